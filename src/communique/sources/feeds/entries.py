"""The entries of feeds of all kinds, and what is given of each: its full text, or its address with what the feed has of it."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.utils import parsedate_tz
from urllib.parse import urljoin

from communique.errors import InputError
from communique.sources.inputs import Found, Given, Input, Link, part
from communique.sources.markup import from_html, from_plain, is_markup
from communique.sources.text import extracted
from communique.types.analysis import Failed
from communique.types.text import Detail, Document, Interval, Published

_REPORT = 200
_FULL = 400
_FULLER = 1.5
_SURELY_FULL = 1000
_WEB = re.compile(r"(?i)https?://[^\s/]")
_SOUND = re.compile(r"(?i)\.(?:mp3|m4a|aac|ogg|opus|wav|mp4|m4v|mov|webm)(?:$|[?#])")
_ON = r"(?:continue|keep|go on) reading|read (?:more|on|the (?:full|whole) \w+)|full (?:story|text)"
_CUT = re.compile(rf"(?i)(?:…|\.\.\.|\[…\]|\[\.\.\.\]|{_ON})\W*$")
_MORE = re.compile(rf"(?i)\W*(?:{_ON})\b.{{0,200}}|The post .{{1,300}} on .{{1,200}}")
_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_YEARS = range(1900, 2100)
_UNSET = date(1970, 1, 1)
_TYPES = {
    True: {"media": "text/html", "charset": "utf-8"},
    False: {"media": "text/plain", "charset": "utf-8"},
}
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an entry, as HTML or plain."""

    value: str
    is_html: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its feed has it. `name` is how it is called within the feed, `key` what the feed tells it apart by;
    `teaser` is the summary, `texts` are what may be the whole; `media` are the addresses of sound and film."""

    name: str
    key: str | None = None
    url: str | None = None
    title: str | None = None
    published: Published | None = None
    publisher: str | None = None
    byline: tuple[str, ...] = ()
    teaser: Text | None = None
    texts: tuple[Text, ...] = ()
    media: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()


def give(entries: Iterable[Entry], feed: Input, kind: str) -> Iterator[Found]:
    """What each entry of a feed holds, each once: an input with its full text, else its address, with title and summary as a
    document of the format `kind` to be taken instead where these are long enough; Failed where it has neither."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        try:
            if _repeats(entry, seen):
                continue
            yield _found(entry, feed, kind)
        except InputError as error:
            yield Failed(f"{feed.name}#{entry.name}", "source", error)


def day_of(said: str, utc: date | None = None) -> Published | None:
    """The day that a date of RFC 822 or ISO 8601 names, on the clock of whoever wrote it; the day in UTC, if that is known,
    must lie beside it, or is taken instead. None for what is no date of a report."""
    written = _written(said)
    if written is None or (utc is not None and abs(written - utc) > timedelta(days=1)):
        written = utc
    if written is None or written.year not in _YEARS or written == _UNSET:
        return None
    return Published(Interval(written, written + timedelta(days=1)), "metadata")


def web_address(said: str | None, base: str | None) -> str | None:
    """An address of the web, made whole by the address that it stands under; None for what is none."""
    try:
        whole = urljoin(base or "", (said or "").strip())
    except ValueError:
        return None
    return whole if said and said.strip() and _WEB.match(whole) else None


def line_of(said: str | None) -> str | None:
    """A title or name on one line, without markup."""
    if not said:
        return None
    if "<" in said and is_markup(said):
        said = " ".join(from_html(said, "title"))
    return " ".join(html.unescape(said).split()) or None


def _written(said: str) -> date | None:
    try:
        if iso := _ISO.match(said):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        known = parsedate_tz(said[:100])
        return date(*known[:3]) if known else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _repeats(entry: Entry, seen: set[tuple[str, str]]) -> bool:
    """Whether an entry was there before, by its key or its address. Entries of a ticker share an address but have keys and
    texts of their own, and stay."""
    keys = {("key", entry.key)} if entry.key else set()
    if entry.url:
        own = "".join(t.value for t in entry.texts) if entry.key else ""
        keys.add((entry.url.partition("#")[0], hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()))
    found = not keys.isdisjoint(seen)
    seen |= keys
    return found


def _found(entry: Entry, feed: Input, kind: str) -> Found:
    name = f"{feed.name}#{entry.name}"
    texts = (*entry.texts, *([entry.teaser] if entry.teaser else []))
    if half := _HALF.search("".join([entry.title or "", *(text.value for text in texts)])):
        raise InputError(f"{name}: holds half of a surrogate pair (U+{ord(half[0]):04X}); ask its sender for a sound copy")
    no_page = entry.url in (*entry.media, feed.given.url) or _SOUND.search(entry.url or "")
    page = None if no_page else entry.url
    given = Given(page, entry.title, entry.publisher, entry.published, entry.byline, details=entry.details)
    shown = [(text, _paragraphs(text, name)) for text in texts]
    text, said = max(shown, key=lambda pair: _size(pair[1]), default=(Text("", False), []))
    teaser = shown[-1][1] if entry.teaser else []
    least = _REPORT if entry.media else 1
    if _is_full(said, teaser) or (page is None and _size(said) >= least):
        return part(feed, entry.name, _page(text, entry.title), given=given, **_TYPES[text.is_html])
    if page is None:
        lacks = "is sound or film without a text" if entry.media else "has neither text nor address"
        raise InputError(f"{name}: {lacks}; get the report by other means")
    return Link(page, given, _instead(said, given, name, kind))


def _is_full(said: list[str], teaser: list[str]) -> bool:
    """Whether a text is the whole report and not its beginning: it is of some length, much longer than the summary unless it
    is long, and not cut."""
    size = _size(said)
    longer = size >= _SURELY_FULL or size > _FULLER * _size(teaser)
    return size >= _FULL and longer and not _CUT.search(said[-1][-100:])


def _instead(said: list[str], given: Given, name: str, kind: str) -> Document | None:
    """Title and summary as a report, when the summary is long enough to be one."""
    if _size(said) < _REPORT:
        return None
    text = "\n\n".join(filter(None, (given.title, *said)))
    return replace(
        extracted(text, name, given.publisher),
        format=kind,
        url=given.url,
        title=given.title,
        published=given.published or Published(),
        byline=given.byline,
        details=given.details,
    )


def _paragraphs(text: Text, name: str) -> list[str]:
    """The paragraphs of a text, without the last where it only leads on to the page."""
    found = from_html(text.value, name) if text.is_html else from_plain(text.value)
    while found and _MORE.fullmatch(found[-1]):
        found.pop()
    return found


def _size(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _page(text: Text, title: str | None) -> bytes:
    """A text as a page or a plain report, with its title above it as feed readers show it."""
    if not text.is_html:
        return "\n\n".join(filter(None, (title, text.value))).encode()
    head = html.escape(title or "", quote=False)
    top = f"<h1>{head}</h1>\n" if head else ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{head}</title></head>\n'
        f"<body><article>{top}{text.value}</article></body></html>\n"
    ).encode()
