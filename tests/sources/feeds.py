"""Feeds of our own wording, and how they are read in tests."""

import io
import json

from communique.sources.feeds.feed import FEED
from communique.sources.inputs import Given, Input, Options

SENTENCE = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. "
LONG = "".join(f"<p>{SENTENCE}Minister {name} told reporters that trade would follow. {SENTENCE}</p>" for name in "ABCDE")
TEASER = SENTENCE * 3
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items, head="<title>Norland Herald</title><link>https://herald.example/</link>", version="2.0"):
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="{version}" {SPACES}><channel>{head}{body}</channel></rss>'.encode()


def atom(*entries, head="<title>Norland Herald</title>", base=""):
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {base}>{head}{body}</feed>'.encode()


def json_feed(*items, **others):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Norland Herald", "items": items}
    return json.dumps(feed | others).encode()


def read(data, url="https://herald.example/feed", kind=FEED, charset=None, **options):
    feed = Input("feed.xml", io.BytesIO(data), charset=charset, given=Given(url=url))
    return list(kind.read(feed, Options(**options)))


def day(found):
    return found.given.published and found.given.published.interval.start.isoformat()


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")
