"""JSON Feed, versions 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.errors import InputError
from communique.sources.feeds.entries import Entry, Text, day_of, give, line_of, web_address
from communique.sources.inputs import Found, Input, Options
from communique.sources.trees import LARGEST
from communique.sources.values import load
from communique.types.text import Detail

_VERSION = b"jsonfeed.org/version/1"
_MOST_WORDS = 50


class JsonFeed:
    """Feeds in JSON."""

    name = "jsonfeed"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the address of the standard, which each feed names as its version."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start[:1] != b"{":
            return 0.0
        if _VERSION in start.replace(b"\\/", b"/"):
            return 0.97
        return 0.9 if media == "application/feed+json" else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """What each item holds (see `entries.give`). Raises InputError for what is no feed, holds no item or is larger than
        one report may be."""
        data = given.read(min(LARGEST, options.limits.report)).removeprefix(b"\xef\xbb\xbf")
        feed = load(data, given.name)
        items = feed.get("items") if isinstance(feed, dict) else None
        if not isinstance(items, list) or not items:
            raise InputError(f"{given.name}: a feed without items; check whether it is the right one, or read it again later")
        base = web_address(_line(feed.get("home_page_url")), None) or given.given.url
        publisher = line_of(_line(feed.get("title"))) or given.given.publisher
        yield from give((_entry(item, n, base, publisher) for n, item in enumerate(items, 1)), given, self.name)


JSON_FEED = JsonFeed()


def _entry(item: Any, number: int, base: str | None, publisher: str | None) -> Entry:
    """An item as an entry; what is of the wrong type is as if it were not there."""
    said: dict[str, Any] = item if isinstance(item, dict) else {}
    key = said.get("id")
    authors = [*_objects(said.get("authors")), *_objects([said.get("author")])]
    files = _objects(said.get("attachments"))
    tags = said.get("tags") if isinstance(said.get("tags"), list) else []
    published, changed = (day_of(_line(said.get(k)) or "") for k in ("date_published", "date_modified"))
    details = [("keyword", line_of(_line(t))) for t in (tags or [])[:_MOST_WORDS]]
    if published and changed and changed.interval and changed != published:
        details.append(("modified", changed.interval.start.isoformat()))
    return Entry(
        name=str(number),
        key=str(key) if isinstance(key, str | int | float) and key != "" else None,
        url=web_address(_line(said.get("url")), base) or web_address(_line(said.get("external_url")), base),
        title=line_of(_line(said.get("title"))),
        published=published or changed,
        publisher=publisher,
        byline=tuple(dict.fromkeys(n for a in authors if (n := line_of(_line(a.get("name")))))),
        teaser=_text(said.get("summary"), False),
        texts=tuple(filter(None, (_text(said.get("content_html"), True), _text(said.get("content_text"), False)))),
        media=tuple(
            _line(f.get("url")) or "" for f in files if (_line(f.get("mime_type")) or "").startswith(("audio/", "video/"))
        ),
        details=tuple(dict.fromkeys(Detail(k, v) for k, v in details if v)),
    )


def _line(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _objects(values: Any) -> list[dict[str, Any]]:
    return [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []


def _text(value: Any, is_html: bool) -> Text | None:
    return Text(value, is_html) if isinstance(value, str) and value.strip() else None
