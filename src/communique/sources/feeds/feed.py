"""Feeds in XML: RSS 0.9 to 2.0, RSS 1.0 in RDF, Atom 0.3 and 1.0.

feedparser knows the many ways in which these are written; it gets sound XML without entities, so that neither its parser for
broken feeds, which can take for ever, nor anything that loads addresses is ever reached.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.entities import html5
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from communique.errors import InputError
from communique.sources.feeds.entries import Entry, Text, day_of, give, line_of, web_address
from communique.sources.inputs import Found, Input, Options
from communique.sources.text import decode
from communique.sources.trees import bound, root_of
from communique.types.text import Detail

if TYPE_CHECKING:  # lxml is loaded where XML is read, not for a report in plain text
    from lxml.etree import _Element

_ATOM = re.compile(rb"www\.w3\.org/2005/Atom|purl\.org/(?:net/)?atom", re.I)
_RDF = re.compile(rb"purl\.org/rss/1\.|my\.netscape\.com/rdf/simple|purl\.org/net/rss1", re.I)
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_NAMES = re.compile(r"(?i)\.(?:rss|atom|rdf)(?:$|[?#])")
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|RDF|channel|opml)(?=[\s>/])")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,40})""")
_ENTITY_DECLARED = re.compile(r"(?i)<!ENTITY")
_REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,31})|#[xX](?P<hexadecimal>[0-9A-Fa-f]{1,31})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")
_KEPT = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(r"<([A-Za-z][\w.-]*):")
_DECLARES = re.compile(r"\bxmlns:([A-Za-z][\w.-]*)\s*=")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_PERSON = re.compile(r"[^()]*@[^()]*\(([^()]+)\)\s*")
_LAST = 0x10FFFF
_MOST_WORDS = 50
_MOST_ATTRIBUTES = 50
_MOST_REFERENCES, _MOST_ENTRIES = 1_000_000, 10_000


class Feed:
    """RSS, RDF and Atom."""

    name = "feed"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the root element and its namespace; what stands before it in a broken feed only where it is called a feed."""
        root, narrow = root_of(head), head.replace(b"\0", b"")
        if root == "rss" or (root == "RDF" and _RDF.search(narrow)) or (root == "feed" and _ATOM.search(narrow)):
            return 0.95
        called = media in _TYPES or _NAMES.search(name) is not None
        if called and _ROOT.search(narrow.decode("latin-1")):
            return 0.7
        return 0.6 if root == "feed" else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """What each entry holds (see `entries.give`). Raises InputError for what is no feed, holds no entry, declares entities
        or is larger than one report may be."""
        parsed = _parse(given, options)
        feed = parsed.get("feed") or {}
        base = web_address(feed.get("link"), None) or given.given.url
        publisher = _publisher(feed) or given.given.publisher
        entries = parsed.get("entries") or []
        if not entries:
            raise InputError(f"{given.name}: a feed without entries; check whether it is the right one, or read it again later")
        yield from give((_entry(e, n, base, publisher) for n, e in enumerate(entries, 1)), given, self.name)


FEED = Feed()


def sound(given: Input, options: Options) -> _Element:
    """The root of XML that may be broken: entities of HTML are written as characters, prefixes that were not declared are
    declared, and what is still broken is mended as far as it goes. Raises InputError where nothing is left, or where it
    declares entities or is larger than one report may be."""
    from lxml import etree

    data = given.read(options.limits.report)
    bound(data, given.name)
    if data.count(b"&") > _MOST_REFERENCES:
        raise InputError(f"{given.name}: more than {_MOST_REFERENCES:,} references to characters, which is no feed; split it")
    text = _FORBIDDEN.sub("", _decode(data, given))
    start = _ROOT.search(text)
    if start is None:
        raise InputError(f"{given.name}: no feed and no list of feeds; give the address of the feed, not of its page")
    if _ENTITY_DECLARED.search(text, 0, start.start()):
        said = "declares entities, which can hold bombs or files of this machine; take the declarations out"
        raise InputError(f"{given.name}: {said}")
    text = _outside_cdata(text[start.start() :], lambda piece: _REFERENCE.sub(_character, piece))
    for broken in (False, True):
        mended = _declare(_outside_cdata(text, lambda piece: _BARE.sub("&amp;", piece))) if broken else text
        parser = etree.XMLParser(
            recover=broken, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(mended.encode(), parser)
        except (etree.LxmlError, ValueError) as error:
            reason = error
            continue
        if root is not None:
            return root
    raise InputError(
        f"{given.name}: not well-formed XML ({' '.join(str(reason).split())[:200]}); ask its sender for a sound copy"
    )


def _decode(data: bytes, given: Input) -> str:
    """By byte order mark or as UTF-8 where it is that; as what the sender or the document says; else as it is likeliest."""
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data[:2].count(0) == 1
    if not wide:
        data = data.replace(b"\0", b"")
        declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
        for encoding in ("utf-8", given.charset, declared[1].decode("ascii") if declared else None):
            try:
                if encoding:
                    return data.decode(encoding)
            except (UnicodeDecodeError, LookupError, ValueError):
                continue
    return decode(data, given.name)


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    """The text with what stands outside of CDATA changed."""
    first, *others = text.split("<![CDATA[")
    parts = [change(first)]
    for other in others:
        inside, end, outside = other.partition("]]>")
        parts.append(inside + end + change(outside))
    return "<![CDATA[".join(parts)


def _character(match: re.Match[str]) -> str:
    """What a reference to a character is in XML: names of HTML, which it does not know, as the character; none for numbers
    that are no character, which make the parser give text that can't be decoded."""
    if name := match["name"]:
        found = html5.get(f"{name};", "")
        return match[0] if name in _KEPT or not found or found in "&<>" else found
    code = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
    return "" if code > _LAST or _FORBIDDEN.match(chr(code)) else match[0]


def _declare(text: str) -> str:
    """The text with a declaration for each prefix that has none."""
    missing = sorted(set(_PREFIX.findall(text)) - set(_DECLARES.findall(text)))
    added = "".join(f' xmlns:{p}="{_NAMESPACES.get(p, f"urn:undeclared:{p}")}"' for p in missing[:100])
    root = _ROOT.match(text)
    return text[: root.end()] + added + text[root.end() :] if root else text


def _parse(given: Input, options: Options) -> Any:
    from lxml import etree

    root = sound(given, options)
    if sum(1 for _ in root.iter("{*}item", "{*}entry")) > _MOST_ENTRIES:
        raise InputError(f"{given.name}: more than {_MOST_ENTRIES:,} entries, which is no feed; split it")
    _tidy(root)
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
        # takes long to load
        import feedparser

        headers = {"content-type": "application/xml; charset=utf-8", "content-location": given.given.url or ""}
        return feedparser.parse(io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # a parser by others, of which nobody says what it raises
        raise InputError(
            f"{given.name}: a feed that can't be read ({str(error)[:200]}); ask its sender for a sound copy"
        ) from None


def _tidy(root: _Element) -> None:
    """Take out what feedparser would mistake (titles of pictures for that of the entry, mail addresses for parts of names) or
    take for ever for (attributes without number), and put the address of content that lies elsewhere where it looks for it."""
    from lxml import etree

    for element in root.iter():
        if len(element.attrib) > _MOST_ATTRIBUTES:
            element.attrib.clear()
    etree.strip_elements(root, f"{{{_NAMESPACES['media']}}}*", with_tail=False)
    for content in root.iter("{*}content"):
        if content.get("src") and not content.text and content.tag.startswith(f"{{{_NAMESPACES['atom']}"):
            content.addnext(content.makeelement(content.tag.replace("content", "link"), {"href": content.get("src")}))
    for author in root.iter("author", "{*}author", "{*}creator"):
        said = author.text or ""
        if "@" in said and len(author) == 0:
            name = _PERSON.fullmatch(said[:500])
            author.text = name[1] if name else None


def _publisher(feed: Any) -> str | None:
    said = dict.get(feed, "publisher") or ""
    return line_of(said if "@" not in said else None) or line_of(dict.get(feed, "title"))


def _entry(found: Any, number: int, base: str | None, publisher: str | None) -> Entry:
    """An entry as feedparser has it. (It is asked as a plain dictionary: by its own rules one field stands in for another.)"""
    summary = _text(dict.get(found, "summary_detail"))
    contents = [_text(c) for c in dict.get(found, "content") or ()]
    links = [e for e in dict.get(found, "links") or () if e.get("rel") == "enclosure"]
    media = tuple(str(e.get("href", "")) for e in links if str(e.get("type", "")).partition("/")[0] in {"audio", "video"})
    address = dict.get(found, "feedburner_origlink") or dict.get(found, "link")
    days = [_day(found, key) for key in ("published", "created", "updated")]
    changed = days[2] if days[0] is not None and days[2] != days[0] else None
    details = [("keyword", line_of(t.get("label") or t.get("term"))) for t in (dict.get(found, "tags") or ())[:_MOST_WORDS]]
    if changed is not None and changed.interval is not None:
        details.append(("modified", changed.interval.start.isoformat()))
    names = [line_of(a.get("name")) for a in dict.get(found, "authors") or ()]
    return Entry(
        name=str(number),
        key=dict.get(found, "id") or None,
        url=web_address(address, base),
        title=line_of(dict.get(found, "title")),
        published=next(filter(None, days), None),
        publisher=line_of((dict.get(found, "source") or {}).get("title")) or publisher,
        byline=tuple(dict.fromkeys(n for n in names if n and "@" not in n)),
        teaser=summary,
        texts=tuple(t for t in contents if t),
        media=media,
        details=tuple(dict.fromkeys(Detail(k, v) for k, v in details if v)),
    )


def _text(detail: Any) -> Text | None:
    if not detail or not (detail.get("value") or "").strip():
        return None
    kind = str(detail.get("type") or "").lower()
    if kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
        return None
    return Text(detail["value"], kind != "text/plain")


def _day(found: Any, key: str) -> Any:
    utc, said = dict.get(found, f"{key}_parsed"), dict.get(found, key)
    try:
        known = date(*utc[:3]) if utc else None
    except (ValueError, TypeError):
        known = None
    return day_of(str(said), known) if said else None
