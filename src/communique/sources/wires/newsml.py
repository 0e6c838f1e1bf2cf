"""NewsML-G2 of the IPTC (2.0 to 2.35): messages, items of news, planned coverage and events; packages and other concepts hold
no report. What NewsML 1 says is read by `newsml1.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.sources.dispatch import Dispatch, fit, fullest, names, published_on, tell
from communique.sources.inputs import Found, Input, Options, part
from communique.sources.markup import from_html, from_plain, is_markup, paragraphs, words
from communique.sources.trees import LARGEST, every, first, local, parse, root_of, stream, value
from communique.sources.wires import newsml1, nitf

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIA = "application/vnd.iptc.g2.newsitem+xml"
_MESSAGES = ("newsMessage", "NewsML")
_ITEMS = ("newsItem", "planningItem", "conceptItem", "packageItem", "catalogItem", "knowledgeItem", "NewsItem")
_REPORTS = frozenset({"newsItem", "planningItem", "NewsItem"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMED = {"person": "person", "organisation": "organisation", "geoarea": "place", "poi": "place", "event": "event"}
_OF_STANDARD = re.compile(rb"(?i)iptc\.org|newsml")
Pairs = list[tuple[str, str | None]]


class NewsMl:
    """A message of any number of items, or one item alone."""

    name = "newsml"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the root element; its name is enough for messages, items are of the standard's namespace as well."""
        root = root_of(head)
        if root in _MESSAGES:
            return 1.0
        return 1.0 if root in _ITEMS and (media == _MEDIA or _OF_STANDARD.search(head.replace(b"\0", b""))) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The report of an item; of a message each item that can hold one as an input of its own, numbered from 1. Raises
        InputError when the XML is not sound, and when there is no report in it."""
        if root_of(given.head()) in _MESSAGES:
            yield from _message(given)
            return
        root = parse(given.read(min(LARGEST, options.limits.report)), given.name)
        if not _is_report(root):
            raise InputError(f"{given.name}: a {local(root)}, which holds no report; open the items that it refers to")
        yield dispatch(root, given.name).document(given.name, self.name)


NEWSML = NewsMl()


def dispatch(item: _Element, name: str) -> Dispatch:
    """What an item says; `name` is for errors."""
    kind = local(item)
    if kind == "NewsItem":
        return newsml1.dispatch(item, name)
    if kind == "conceptItem":
        return _event(item)
    return _planned(item) if kind == "planningItem" else _news(item, name)


def _message(given: Input) -> Iterator[Input]:
    from lxml import etree

    passed: Counter[str] = Counter()
    for number, item in enumerate(stream(given, _ITEMS, ("itemSet", "NewsML")), 1):
        if not _is_report(item):
            passed[local(item)] += 1
            continue
        passed["report"] += 1
        # where a document type is named, entities that it may declare are no error, and are to be none in the item alone
        outside = f'<!DOCTYPE {local(item)} SYSTEM "item.dtd">' if item.getroottree().docinfo.system_url else None
        content = etree.tostring(item, encoding="utf-8", with_tail=False, doctype=outside)
        # nothing is unpacked, so an item lies no deeper than its message
        yield part(given, str(number), content, media=_MEDIA, depth=given.depth)
    if not passed["report"]:
        held = ", ".join(f"{n} {kind}" for kind, n in passed.items() if n) or "no item"
        raise InputError(f"{given.name}: a message without a report ({held}); open the items that it refers to")


def _is_report(item: _Element) -> bool:
    return local(item) in _REPORTS or first(item, "concept/eventDetails") is not None


def _news(item: _Element, name: str) -> Dispatch:
    """A newsItem: its text, or where it has none (a picture, a film) what describes it."""
    meta, content = first(item, "itemMeta"), first(item, "contentMeta")
    inner = _inner(item)
    text = fullest(_renditions(item, name, inner))
    about = tuple(p for d in every(content, "description") for p in paragraphs(d))
    pairs = _management(item, meta) + _description(item, content)
    told = tell(pairs + ([("summary", p) for p in about] if text else []))
    keys = {d.key for d in told}
    return Dispatch(
        paragraphs=text or about,
        title=_headline(meta, content) or inner.title,
        subheads=_subheads(content) or inner.subheads,
        byline=_byline(content) or inner.byline,
        publisher=_label(first(meta, "provider")) or inner.publisher,
        url=inner.url,
        language=value(content, "language", "tag") or item.get(_LANGUAGE),
        published=published_on(_instants(meta, content), _said(meta, "embargoed")) or inner.published,
        details=told + tuple(d for d in inner.details if d.key not in keys),
    )


def _inner(item: _Element) -> Dispatch:
    found = first(item, "contentSet/inlineXML/nitf")
    return Dispatch() if found is None else nitf.dispatch(found)


def _renditions(item: _Element, name: str, inner: Dispatch) -> list[tuple[str, ...]]:
    found = [inner.paragraphs]
    found += [tuple(paragraphs(c, every(c, "nitf"))) for c in every(item, "contentSet/inlineXML")]
    plain: list[tuple[str, ...]] = []
    for content in every(item, "contentSet/inlineData"):
        text = "".join(t for t in content.itertext() if isinstance(t, str))
        if content.get("encoding"):  # base64 and the like: no text
            continue
        if "html" in (content.get("contenttype") or "") or is_markup(text):
            found.append(tuple(from_html(text, name)))
        else:
            plain.append(tuple(from_plain(text)))
    return found + plain


def _planned(item: _Element) -> Dispatch:
    """A planningItem: what is to be covered, described as a whole and for each coverage."""
    meta, content = first(item, "itemMeta"), first(item, "contentMeta")
    text = [p for d in every(content, "description") for p in paragraphs(d)]
    pairs = _management(item, meta)
    for coverage in every(item, "newsCoverageSet/newsCoverage"):
        found = [e for path in ("headline", "description") for e in every(coverage, f".//{path}")]
        text += [p for e in found for p in paragraphs(e)]
        kind = _suffix(value(coverage, ".//itemClass", "qcode"))
        pairs.append(("planned", f"{words(first(coverage, './/scheduled'))} {kind}"))
        pairs += [("note", words(e)) for e in every(coverage, ".//edNote")]
    return Dispatch(
        paragraphs=tuple(dict.fromkeys(text)),
        title=_headline(meta, content),
        publisher=_label(first(meta, "provider")),
        language=value(content, "language", "tag") or item.get(_LANGUAGE),
        published=published_on(_instants(meta, content), _said(meta, "embargoed")),
        details=tell(pairs + _description(item, content)),
    )


def _event(item: _Element) -> Dispatch:
    """A conceptItem for an event that lies ahead."""
    meta, concept = first(item, "itemMeta"), first(item, "concept")
    event = first(concept, "eventDetails")
    dates = [words(first(event, f"dates/{d}")) for d in ("start", "end")]
    pairs = _management(item, meta)
    pairs.append(("planned", " to ".join(d for d in dates if d) or "event"))
    pairs += [("place", _label(e)) for e in every(event, "location")]
    pairs += [("organisation", _label(e)) for e in every(event, "organiser")]
    pairs += [("person", _label(e)) for e in every(event, "participant")]
    return Dispatch(
        paragraphs=tuple(p for d in every(concept, "definition") for p in paragraphs(d)),
        title=_label(concept) or fit(words(first(meta, "title"))),
        publisher=_label(first(meta, "provider")),
        language=item.get(_LANGUAGE),
        published=published_on(_instants(meta, None), _said(meta, "embargoed")),
        details=tell(pairs),
    )


def _management(item: _Element, meta: _Element | None) -> Pairs:
    """What is said of the item rather than of its content."""
    status = _suffix(value(meta, "pubStatus", "qcode") or value(meta, "pubStatus", "uri"))
    kind = _suffix(value(meta, "itemClass", "qcode") or value(meta, "itemClass", "uri"))
    return [
        ("guid", item.get("guid")),
        ("version", item.get("version")),
        ("status", status if status != "usable" else None),
        # an embargo without an instant holds until it is lifted
        ("embargo", None if first(meta, "embargoed") is None else _said(meta, "embargoed") or "until lifted"),
        ("kind", kind if kind != "text" else None),
        ("revised", _said(meta, "versionCreated")),
        *[("copyright", words(c)) for c in every(item, "rightsInfo/copyrightNotice")],
        *[("usage", words(c)) for c in every(item, "rightsInfo/usageTerms")],
        *[("note", words(n)) for n in every(meta, "edNote")],
        *[("signal", _suffix(s.get("qcode") or s.get("uri") or "")) for s in every(meta, "signal")],
    ]


def _description(item: _Element, content: _Element | None) -> Pairs:
    """What is said of the content."""
    return [
        ("created", _said(content, "contentCreated")),
        ("urgency", _said(content, "urgency")),
        *[("slugline", words(s)) for s in every(content, "slugline")],
        ("dateline", _said(content, "dateline")),
        *[("located", _label(e)) for e in every(content, "located")],
        *[("credit", words(c)) for c in every(content, "creditline")],
        *[("source", _label(e)) for e in every(content, "infoSource")],
        *[("genre", _label(e)) for e in every(content, "genre")],
        *[("keyword", words(k)) for k in every(content, "keyword")],
        *_concepts(item, content),
    ]


def _concepts(item: _Element, content: _Element | None) -> Pairs:
    """The subjects, with what the item asserts of them, and the people, organisations and places that it asserts besides."""
    asserted = {code: a for a in every(item, "assert") if (code := _code(a))}
    found: Pairs = []
    for subject in every(content, "subject"):
        behind = asserted.pop(_code(subject), None)
        kind = _kind(subject) or _kind(behind)
        name, code, key = _name(subject) or _name(behind), _code(subject), _NAMED.get(kind, "subject")
        if key == "subject" and code:
            found.append((key, f"{name} ({code})" if name else code))
        else:
            found.append((key, name or _label(subject)))
    found += [(_NAMED[k], _label(a)) for a in asserted.values() if (k := _kind(a)) in _NAMED]
    return found


def _headline(meta: _Element | None, content: _Element | None) -> str | None:
    lines = [h for h in every(content, "headline") if "sub" not in (h.get("role") or "")]
    lines.sort(key=lambda h: _suffix(h.get("role") or "main") != "main")
    return fit(words(lines[0])) if lines else fit(words(first(meta, "title")))


def _subheads(content: _Element | None) -> tuple[str, ...]:
    return tuple(w for h in every(content, "headline") if "sub" in (h.get("role") or "") and (w := words(h)))


def _byline(content: _Element | None) -> tuple[str, ...]:
    told = tuple(n for by in every(content, "by") for n in names(words(by)))
    return told or tuple(n for c in every(content, "creator") if (n := _name(c)))


def _instants(meta: _Element | None, content: _Element | None) -> list[str]:
    places = ((content, "contentModified"), (content, "contentCreated"), (meta, "versionCreated"), (meta, "firstCreated"))
    return [_said(element, path) for element, path in places]


def _said(element: _Element | None, path: str) -> str:
    """The words of the first element at a path; empty when there is none."""
    return words(first(element, path))


def _label(element: _Element | None) -> str | None:
    """What a concept is called: its name, else its literal, else its code without the scheme."""
    return None if element is None else _name(element) or element.get("literal") or _suffix(_code(element)) or None


def _name(element: _Element | None) -> str | None:
    found = every(element, "name")
    found.sort(key=lambda n: not (n.get(_LANGUAGE) or "en").startswith("en"))
    return fit(words(found[0])) if found else None


def _code(element: _Element | None) -> str:
    return "" if element is None else element.get("qcode") or element.get("uri") or element.get("literal") or ""


def _kind(element: _Element | None) -> str:
    if element is None:
        return ""
    kind = element.get("type") or element.get("typeuri") or value(element, "type", "qcode") or value(element, "type", "uri")
    return _suffix(kind).lower()


def _suffix(code: str) -> str:
    return re.split(r"[:/#]", code.rstrip("/"))[-1]
