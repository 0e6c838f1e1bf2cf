"""Lists of feeds."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.feeds.opml import OPML
from communique.sources.inputs import Given, Input, Link, Options
from communique.types.analysis import Failed

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Norland"><outline text="Papers">
  <outline type="rss" text="Herald" title="Norland Herald" xmlUrl="https://herald.example/rss?a=1&amp;b=2" htmlUrl="https://herald.example/"/>
  <outline type="rss" text="Post" XMLURL=" feed://post.example/rss "/>
</outline></outline>
<outline text="Sudria" type="atom" xmlUrl="feed:https://sudria.example/atom"/>
<outline text="again" type="rss" xmlUrl="https://herald.example/rss?a=1&amp;b=2"/>
<outline text="a page" type="link" url="https://page.example/"/>
<outline text="other list" type="include" url="https://lists.example/opml"/>
<outline text="lost" type="rss"/>
<outline text="near" type="rss" xmlUrl="/local.rss"/>
</body></opml>"""


def read(data, url=None):
    return list(OPML.read(Input("list.opml", io.BytesIO(data), given=Given(url=url)), Options()))


def test_each_feed_comes_once_however_deep():
    found = read(LIST)
    links = [(f.url, f.given.publisher) for f in found if isinstance(f, Link)]
    assert links == [
        ("https://herald.example/rss?a=1&b=2", "Norland Herald"),
        ("http://post.example/rss", "Post"),
        ("https://sudria.example/atom", "Sudria"),
    ]
    failed = [str(f.error) for f in found if isinstance(f, Failed)]
    assert [f.partition(":")[0] for f in failed] == ["list.opml#lost", "list.opml#near"]
    assert all("without an address" in f for f in failed)


def test_addresses_stand_under_that_of_the_list():
    assert "https://lists.example/local.rss" in [
        f.url for f in read(LIST, "https://lists.example/a/opml") if isinstance(f, Link)
    ]


def test_recognised_by_its_root():
    assert OPML.recognises(LIST, "x", None) > 0.9
    assert OPML.recognises(LIST.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "x", None) > 0.9
    assert OPML.recognises(b"<rss/>", "x.opml", "text/x-opml") == 0
    assert OPML.recognises(b"opml", "x.opml", None) == 0


def test_broken_lists_are_mended():
    data = LIST.replace(b"&amp;", b"&").replace(b"</body></opml>", b"").replace(b"Sudria", b"S&uuml;dria\x00")
    found = [f for f in read(data) if isinstance(f, Link)]
    assert found[0].url == "https://herald.example/rss?a=1&b=2"
    assert found[2].given.publisher == "Südria"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no list"),
        (b"<opml/>", "without feeds"),
        (b"<opml><body><outline text='a'/></body></opml>", "without feeds"),
        (b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + LIST[39:], "declares entities"),
        (b"<opml>" + b"<outline>" * 1_000_001, "marks"),
    ],
)
def test_what_can_t_be_read_is_told(data, words):
    with pytest.raises(InputError, match=words) as error:
        read(data)
    assert str(error.value).startswith("list.opml: ")


def test_endless_nesting_is_read_as_far_as_it_goes():
    data = b"<opml><body>" + b"<outline xmlUrl='http://a.example/'>" * 100_000
    assert [f.url for f in read(data)] == ["http://a.example/"]


@given(st.binary(max_size=60), st.integers(0, len(LIST)), st.integers(0, 60))
def test_mutated_lists_give_links_or_the_one_error(put, at, cut):
    data = LIST[:at] + put + LIST[at + cut :]
    OPML.recognises(data, "x", None)
    try:
        assert all(isinstance(f, Link | Failed) for f in read(data))
    except InputError as error:
        assert "list.opml" in str(error)
