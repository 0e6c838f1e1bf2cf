"""JSON Feed: what its items give, and what can't be read."""

import pytest
from tests.sources.feeds import LONG, SENTENCE, TEASER, day, json_feed, read, rss

from communique.errors import InputError
from communique.sources.feeds.entries import day_of
from communique.sources.feeds.feed import FEED
from communique.sources.feeds.jsonfeed import JSON_FEED
from communique.sources.inputs import Given, Input, Link
from communique.types.analysis import Failed
from communique.types.text import Detail


def test_json_feeds_are_recognised():
    assert JSON_FEED.recognises(json_feed(), "x", None) > 0.9
    assert JSON_FEED.recognises(json_feed().replace(b"/", rb"\/"), "x", None) > 0.9
    assert FEED.recognises(b"Warning: line 3\n" + rss(), "x.rss", None) == 0.7


def test_json():
    items = [
        {
            "id": 7,
            "url": "/1",
            "title": "Bridge",
            "content_html": LONG,
            "date_published": "2019-06-03T23:30:00-05:00",
            "tags": ["a", 3],
        },
        {"id": "7", "url": "/again"},
        {
            "external_url": "https://s.example/2",
            "summary": TEASER,
            "authors": [{"name": "Ana Sol"}, 5],
            "date_modified": "2019-06-04",
        },
        {"content_text": SENTENCE},
        {"url": "/4.mp3", "attachments": [{"url": "https://h.example/4.mp3", "mime_type": "audio/mpeg"}]},
        [],
        {"id": "9", "content_text": "half \ud800 " + SENTENCE},
    ]
    found = read(json_feed(*items, home_page_url="https://h.example/"), kind=JSON_FEED)
    assert [type(f) for f in found] == [Input, Link, Input, Failed, Failed, Failed]
    assert found[0].given == Given(
        "https://h.example/1", "Bridge", "Norland Herald", day_of("2019-06-03"), details=(Detail("keyword", "a"),)
    )
    assert (found[1].url, found[1].given.byline, day(found[1])) == ("https://s.example/2", ("Ana Sol",), "2019-06-04")
    assert found[1].instead.format == "jsonfeed"
    assert found[2].media == "text/plain"
    assert "surrogate" in str(found[5].error)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "without items"),
        (b"[]", "without items"),
        (b'{"items": {}}', "without items"),
        (b'{"items": [', "JSON"),
        (b"\xff", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"items": [' + b"9" * 5000 + b"]}", "JSON"),
    ],
)
def test_json_that_can_t_be_read_is_told(data, words):
    with pytest.raises(InputError, match=words):
        read(data, kind=JSON_FEED)
