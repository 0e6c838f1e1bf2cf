"""NITF, the News Industry Text Format of the IPTC (3.0 to 3.6, with or without its namespace, earlier ones as far as they
agree), and within it the New York Times Annotated Corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.sources.dispatch import Dispatch, fit, names, published_on, tell
from communique.sources.inputs import Input, Options
from communique.sources.markup import paragraphs, words
from communique.sources.trees import LARGEST, every, first, local, parse, root_of, value
from communique.types.text import Detail, Document

if TYPE_CHECKING:
    from lxml.etree import _Element

Pairs = list[tuple[str, str | None]]
_NAMED = {"person": "person", "org": "organisation", "location": "place", "event": "event", "object.title": "work"}
_PARTS = frozenset({"sublocation", "city", "region", "state", "country"})


class Nitf:
    """One report in a file."""

    name = "nitf"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the root element."""
        return 1.0 if root_of(head) == "nitf" else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document]:
        """The report. Raises InputError when the XML is not sound, or holds no text."""
        root = parse(given.read(min(LARGEST, options.limits.report)), given.name)
        yield dispatch(root).document(given.name, self.name)


NITF = Nitf()


def dispatch(root: _Element) -> Dispatch:
    """What an `nitf` element says."""
    head, body = first(root, "head"), first(root, "body")
    docdata, top = first(head, "docdata"), first(body, "body.head")
    embargo = _embargo(docdata)
    content, abstract = _content(body), first(top, "abstract")
    lines = every(top, "hedline/hl2")
    return Dispatch(
        paragraphs=tuple(content or (paragraphs(abstract) if abstract is not None else ())),
        title=fit(words(first(top, "hedline/hl1"))) or fit(words(first(head, "title"))),
        # the corpus of the New York Times has the headline of the page on the web as a second one
        subheads=tuple(w for h in lines if h.get("class") != "online_headline" and (w := words(h))),
        byline=_byline(top),
        publisher=fit(value(head, "pubdata", "name"))
        or fit(words(first(top, "distributor")))
        or fit(value(docdata, "doc.copyright", "holder")),
        url=_address(value(head, "pubdata", "ex-ref")),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        published=published_on(_instants(docdata, head, top), embargo),
        details=_details(root, embargo, words(abstract) if content else None),
    )


def _content(body: _Element | None) -> list[str]:
    found: list[str] = []
    for content in every(body, "body.content"):
        blocks = every(content, "block")
        # the corpus of the New York Times repeats the first paragraph in a block of its own
        whole = any(b.get("class") == "full_text" for b in blocks)
        found += paragraphs(content, [b for b in blocks if whole and b.get("class") == "lead_paragraph"])
    return found


def _byline(top: _Element | None) -> tuple[str, ...]:
    found: list[str] = []
    for byline in every(top, "byline"):
        if byline.get("class") == "normalized_byline":
            continue
        people = [words(p) for p in every(byline, ".//person")]
        titles = every(byline, ".//byttl")
        found += people or names(" ".join(paragraphs(byline, titles)))
    return tuple(dict.fromkeys(found))


def _instants(docdata: _Element | None, head: _Element | None, top: _Element | None) -> list[str]:
    return [
        value(top, "dateline/story.date", "norm"),
        value(docdata, "date.issue", "norm"),
        value(head, "pubdata", "date.publication"),
        value(docdata, "date.release", "norm"),
    ]


def _embargo(docdata: _Element | None) -> str | None:
    """The instant of release where the report was issued before it, or is said to be under embargo."""
    issue, release = value(docdata, "date.issue", "norm"), value(docdata, "date.release", "norm")
    held = docdata is not None and docdata.get("management-status") == "embargoed"
    return release if release and (held or (issue and issue < release)) else None


def _address(text: str) -> str | None:
    return text if text.startswith(("http://", "https://")) else None


def _details(root: _Element, embargo: str | None, abstract: str | None) -> tuple[Detail, ...]:
    head, body = first(root, "head"), first(root, "body")
    docdata, top = first(head, "docdata"), first(body, "body.head")
    status = docdata.get("management-status") if docdata is not None else None
    pairs: Pairs = [
        ("guid", value(docdata, "doc-id", "id-string")),
        ("version", value(docdata, "du-key", "version")),
        ("status", status if status != "usable" else None),
        ("embargo", embargo),
        ("expires", value(docdata, "date.expire", "norm")),
        ("urgency", value(docdata, "urgency", "ed-urg")),
        ("slugline", value(docdata, "du-key", "key")),
        ("dateline", words(first(top, "dateline"))),
        ("abstract", abstract),
        ("copyright", words(first(top, "rights")) or words(first(top, "copyrite")) or _copyright(docdata)),
        *_notes(docdata, body),
        *[("correction", _correction(c)) for c in every(docdata, "correction")],
        *[("series", _series(s)) for s in every(docdata, "series")],
        *[("fixture", f.get("fix-id")) for f in every(docdata, "fixture")],
        *[("scope", s.get("scope")) for s in every(docdata, "doc-scope")],
        *[("keyword", k.get("key")) for k in every(docdata, "key-list/keyword")],
        *[("genre", p.get("tobject.property.type")) for p in every(head, "tobject/tobject.property")],
        *[("subject", _subject(s)) for s in every(head, "tobject/tobject.subject")],
        *_identified(docdata),
        *[("located", _place(e)) for e in every(docdata, "evloc")],
        *[("source", s.get("src-name")) for s in every(docdata, "del-list/from-src")],
    ]
    return tell(pairs)


def _notes(docdata: _Element | None, body: _Element | None) -> Pairs:
    return [
        *[("note", m.get("info")) for m in every(docdata, "ed-msg")],
        *[("note", words(n)) for n in every(body, "body.head/note")],
        *[("credit", words(c)) for c in every(body, "body.content//media-producer")],
        *[("tagline", words(t)) for t in every(body, "body.end/tagline")],
    ]


def _identified(docdata: _Element | None) -> Pairs:
    found: Pairs = []
    for content in every(docdata, "identified-content"):
        for element in content:
            kind = local(element)
            if kind in _NAMED:
                found.append((_NAMED[kind], _place(element) if kind == "location" else words(element) or element.get("value")))
            elif kind == "classifier":
                found.append(("subject", element.get("value") or words(element)))
    return found


def _place(element: _Element) -> str:
    """A location as it is written, else as its parts from small to large."""
    if (element.text or "").strip():
        return words(element)
    inner = [words(p) for p in element if local(p) in _PARTS]
    parts = [element.get(a) for a in ("sublocation", "city", "county-dist", "state-prov", "iso-cc")]
    return ", ".join(p for p in inner or parts if p) or element.get("location-code") or ""


def _copyright(docdata: _Element | None) -> str:
    return " ".join(v for a in ("year", "holder") if (v := value(docdata, "doc.copyright", a)))


def _correction(element: _Element) -> str | None:
    said: str | None = element.get("info") or element.get("regsrc") or element.get("id-string")
    return said


def _series(element: _Element) -> str | None:
    name, part, whole = (element.get(f"series.{a}") for a in ("name", "part", "totalpart"))
    number = f"{part} of {whole}" if part and whole and whole != "0" else part
    return f"{name} ({number})" if name and number else name or number


def _subject(element: _Element) -> str | None:
    said: str | None = next((v for a in ("detail", "matter", "type") if (v := element.get(f"tobject.subject.{a}"))), None)
    code: str | None = element.get("tobject.subject.refnum") or element.get("tobject.subject.code")
    return f"{said} ({code})" if said and code else said or code
