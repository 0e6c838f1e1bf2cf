"""ninjs of the IPTC, news in JSON: versions 1.0 to 1.8, 2.0 to 2.4 and 3.0 to 3.3, of which the last write keys with capitals;
one object, an array of them, or one after the other as in JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from communique.errors import InputError
from communique.sources.dispatch import Dispatch, fit, fullest, names, published_on, tell
from communique.sources.inputs import Found, Input, Options, part
from communique.sources.markup import from_html, from_plain, is_markup
from communique.sources.values import load, values
from communique.types.analysis import Failed

MEDIA = "application/ninjs+json"
_STANDARD = re.compile(rb'(?i)ninjs-schema|"name"\s*:\s*"ninjs"')
_OWN = re.compile(
    rb'(?i)"(uri|versioncreated|firstcreated|pubstatus|representationtype|body_(?:text|x?html)|bodies|headlines|embargoed|'
    rb'embargoeduntil|infosources|usageterms|copyrightnotice|copyrightholder|associations|description_text|plannedcoverage)"\s*:'
)
_NAMED = (
    ("person", "people"),
    ("organisation", "organisations"),
    ("place", "places"),
    ("event", "events"),
    ("object", "objects"),
)
Object = Mapping[str, Any]
Pairs = list[tuple[str, str | None]]


class Ninjs:
    """News objects, and the texts that are associated with them."""

    name = "ninjs"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the schema that it names, or at least three keys that other JSON seldom has together."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start not in {b"{", b"["} and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            return 0.0
        head = head.replace(b"\0", b"")
        if media == MEDIA or (_STANDARD.search(head) and b'"uri"' in head):
            return 0.95
        return 0.9 if len({k.lower() for k in _OWN.findall(head)}) >= 3 else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The report of a single object, then the texts associated with it; of several objects each as an input of its own,
        numbered from 1. Raises InputError when the JSON is not sound or has no object."""
        held: bytes | None = None
        number = 0
        for number, (data, listed) in enumerate(values(given), 1):
            if number == 1 and not listed:
                held = data
                continue
            if held is not None:
                yield _part(given, "1", held)
                held = None
            yield _part(given, str(number), data)
        if held is not None:
            yield from _one(load(held, given.name), given)
        elif not number:
            raise InputError(f"{given.name}: JSON without a news object; give an object, or an array or lines of them")


NINJS = Ninjs()


def dispatch(news: Object, name: str) -> Dispatch:
    """What a news object says, its keys in small letters; `name` is for errors. What is of a wrong type is passed over."""
    text = _body(news, name)
    about = fullest([_paragraphs(d, name) for d in _renditions(news, "description")])
    heads = _headlines(news, name)
    embargo = _text(news, "embargoed") or _text(news, "embargoeduntil")
    sources = [_label(s) for s in _objects(news, "infosources")]
    instants = [_text(news, key) for key in ("contentcreated", "versioncreated", "firstcreated")]
    bylines = [_text(news, "byline") or _text(news, "by") or "", *(_byline(b) for b in _list(news, "bylines"))]
    return Dispatch(
        paragraphs=text or about,
        title=heads[0] if heads else fit(_text(news, "title")),
        byline=tuple(dict.fromkeys(n for b in bylines for n in names(b))),
        publisher=_text(news, "copyrightholder") or next((s for s in sources if s), None),
        url=_address(news),
        language=_text(news, "language"),
        published=published_on(instants, embargo),
        details=tell(_details(news, embargo, heads[1:], name) + ([("summary", p) for p in about] if text else [])),
    )


def _part(given: Input, name: str, data: bytes) -> Input | Failed:
    if not data.startswith(b"{"):
        return Failed(
            f"{given.name}#{name}", "source", InputError(f"{given.name}#{name}: no object but a list; give an object")
        )
    return part(given, name, data, media=MEDIA, depth=given.depth)


def _one(found: Any, given: Input) -> Iterator[Found]:
    news = _small(found)
    report = dispatch(news, given.name)
    texts = [(name, other) for name, other in _associations(news) if _body(other, given.name)]
    if report.title or report.paragraphs or not texts:
        yield report.document(given.name, NINJS.name)
    for name, other in texts:
        yield part(given, name, json.dumps(other).encode(), media=MEDIA)


def _associations(news: Object) -> list[tuple[str, Object]]:
    """The associated objects by name: of an object in version 1, of an array later."""
    found = news.get("associations")
    if isinstance(found, dict):
        return [(name, _small(o)) for name, o in found.items() if isinstance(o, dict)]
    return [(_text(o, "name") or str(n), o) for n, o in enumerate(_objects(news, "associations"), 1)]


def _details(news: Object, embargo: str | None, headlines: list[str], name: str) -> Pairs:
    status, kind = _text(news, "pubstatus"), _text(news, "type")
    return [
        ("guid", _text(news, "uri")),
        ("version", _text(news, "version")),
        ("status", status if status != "usable" else None),
        ("embargo", embargo),
        ("embargo-reason", _text(news, "embargoedreason")),
        ("expires", _text(news, "expires")),
        ("kind", kind if kind != "text" else None),
        ("revised", _text(news, "versioncreated")),
        ("created", _text(news, "contentcreated") or _text(news, "firstcreated")),
        ("copyright", _text(news, "copyrightnotice")),
        ("usage", _text(news, "usageterms")),
        ("note", _text(news, "ednote")),
        ("urgency", _text(news, "urgency")),
        ("slugline", _text(news, "slugline")),
        ("dateline", _text(news, "dateline")),
        ("located", _text(news, "located")),
        ("credit", _text(news, "creditline")),
        *[("headline", h) for h in headlines],
        *[("source", _label(s)) for s in _objects(news, "infosources")],
        *[("genre", _label(g)) for k in ("genre", "genres") for g in _objects(news, k)],
        *[("keyword", k) for k in _list(news, "keywords") if isinstance(k, str)],
        *[("subject", _coded(s)) for k in ("subject", "subjects") for s in _objects(news, k)],
        *[(key, _label(o)) for key, plural in _NAMED for k in (key, plural) for o in _objects(news, k)],
        *[("ticker", t) for k in ("organisation", "organisations") for o in _objects(news, k) for t in _tickers(o)],
        *_planned(news),
        *[("associated", _associated(o, name)) for _, o in _associations(news) if not any(_renditions(o, "body"))],
    ]


def _planned(news: Object) -> Pairs:
    """When an event is to be, and what is to be covered."""
    event = _small(news.get("eventdetails"))
    found: Pairs = [("planned", _dates(event) or ("event" if event else None))]
    for coverage in _objects(news, "plannedcoverage"):
        said = (_dates(coverage), _text(coverage, "type"), _text(coverage, "title"))
        found.append(("planned", " ".join(s for s in said if s)))
    return found


def _dates(thing: Object) -> str:
    dates = _small(thing.get("dates"))
    ends = [_text(dates, f"{end}date") or _text(dates, f"expected{end}date") for end in ("start", "end")]
    return " to ".join(e for e in ends if e)


def _headlines(news: Object, name: str) -> list[str]:
    """The headlines, the main one first."""
    found = _objects(news, "headlines")
    found.sort(key=lambda h: (_text(h, "role") or "main") != "main")
    told = [_text(news, "headline"), *(_text(h, "value") for h in found)]
    told += [v for k, v in news.items() if k.startswith("headline_") and isinstance(v, str)]
    plain = (" ".join(from_html(h, name)) if h and is_markup(h) else h for h in told)
    return list(dict.fromkeys(h for p in plain if (h := fit(p))))


def _body(news: Object, name: str) -> tuple[str, ...]:
    return fullest([_paragraphs(b, name) for b in _renditions(news, "body")])


def _renditions(news: Object, what: str) -> list[tuple[str, str]]:
    """The renditions of body or description, as media type and value, with markup before plain text."""
    several = "bodies" if what == "body" else f"{what}s"
    found = [(_text(b, "contenttype") or "", _text(b, "value") or "") for b in _objects(news, several)]
    found += [(k, v) for k, v in news.items() if (k == what or k.startswith(f"{what}_")) and isinstance(v, str)]
    return sorted(found, key=lambda r: not is_markup(r[1]))


def _paragraphs(rendition: tuple[str, str], name: str) -> list[str]:
    media, text = rendition
    if "nitf" in media.lower() and "<" in text:
        return _nitf(text, name)
    return from_html(text, name) if "html" in media.lower() or is_markup(text) else from_plain(text)


def _nitf(text: str, name: str) -> list[str]:
    """The paragraphs of a body in NITF, whole or the inside of one."""
    from communique.sources.markup import paragraphs
    from communique.sources.trees import local, parse
    from communique.sources.wires import nitf

    root = parse(text.encode("utf-8", "replace"), name)
    return list(nitf.dispatch(root).paragraphs) if local(root) == "nitf" else paragraphs(root)


def _associated(other: Object, name: str) -> str:
    said = next(iter(_headlines(other, name)), None) or next((v for _, v in _renditions(other, "description")), None)
    return ": ".join(s for s in (_text(other, "type"), said or _text(other, "uri")) if s)


def _address(news: Object) -> str | None:
    """Where the report stands on the web: its rendition in HTML. The `uri` is a name and need not be an address."""
    found = news.get("renditions")
    all_of = [_small(r) for r in found.values()] if isinstance(found, dict) else _objects(news, "renditions")
    pages = (_text(r, "href") for r in all_of if "html" in (_text(r, "contenttype") or _text(r, "mimetype") or ""))
    return next((p for p in pages if p and p.startswith(("http://", "https://"))), None)


def _byline(found: Any) -> str:
    return found if isinstance(found, str) else _text(_small(found), "byline") or _text(_small(found), "name") or ""


def _coded(concept: Object) -> str | None:
    label = _label(concept)
    code = _text(concept, "uri") or _text(concept, "code") or _text(concept, "literal")
    return f"{label} ({code})" if label and code and label != code else label


def _label(concept: Object) -> str | None:
    return next((v for k in ("name", "literal", "code", "uri") if (v := _text(concept, k))), None)


def _tickers(organisation: Object) -> list[str]:
    found = ((_text(s, "ticker") or _text(s, "symbol"), _text(s, "exchange")) for s in _objects(organisation, "symbols"))
    return [f"{exchange}:{ticker}" if exchange else ticker for ticker, exchange in found if ticker]


def _text(thing: Object, key: str) -> str | None:
    """A value as text; numbers are written out, and what else is no text is passed over."""
    found = thing.get(key)
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) and found.strip() else None


def _list(thing: Object, key: str) -> list[Any]:
    found = thing.get(key)
    return found if isinstance(found, list) else []


def _objects(thing: Object, key: str) -> list[Object]:
    return [_small(o) for o in _list(thing, key) if isinstance(o, dict)]


def _small(found: Any) -> Object:
    """An object with its keys in small letters; an empty one for what is none."""
    return {k.lower(): v for k, v in found.items()} if isinstance(found, dict) else {}
