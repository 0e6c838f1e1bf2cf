"""What a page says of its report, from JSON-LD, Open Graph, meta tags and microdata: title, authors, day, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from communique.sources.days import day
from communique.sources.pages.blocks import tag_of, tidy
from communique.sources.pages.frame import names_of
from communique.sources.pages.linked import LinkedData, Node, texts, types
from communique.types.text import Detail, Interval, Published

_TITLES = (
    "og:title",
    "twitter:title",
    "headline",
    "title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
)
_AUTHORS = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
_DATES = (
    "article:published_time og:published_time article:published datepublished date_published parsely-pub-date sailthru.date "
    "publish-date publishdate published_time pubdate publication_date dc.date.issued dcterms.issued dc.date dcterms.created "
    "dcterms.date dc.date.created cxenseparse:recs:publishtime citation_date article.published date release_date"
).split()
_CHANGES = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "citation_journal_title",
)
_SECTIONS = ("article:section", "section", "parsely-section", "cxenseparse:section")
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags")
_SOURCES = (
    "syndication-source",
    "dc.source",
    "dcterms.source",
    "article:provider",
    "original-publisher",
    "agency",
    "credit",
)
_CORRECTIONS = ("correction", "corrections", "article:correction")
_PLACES = ("geo.placename",)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: (?:[^\Wa-z\d_][\w.’'-]*|v[ao]n|d[aeiou]s?|de[lnr]|l[ae]|al|bin|ibn|y)){1,4}$")
_NO_PERSON = re.compile(
    r"(?i)\b(?:times|news|press|agency|radio|post|herald|tribune|journal|daily|staff|desk|editors?|correspondents?|reporters?)\b"
)
_BY = re.compile(r"(?i)^\s*(?:written |reported |story )?by[:\s]+")
_SEPARATORS = re.compile(r"\s*(?:;|&|\||\n|\band\b)\s*")
_SITE = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*")
_MOST_META, _LONGEST, _MOST_WORDS, _MOST_AUTHORS = 2_000, 2_000, 60, 30


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a page says of its report. `titles` are the names it gives it, the surest first; `body` is the text in its linked
    data."""

    titles: tuple[str, ...] = ()
    url: str | None = None
    publisher: str | None = None
    byline: tuple[str, ...] = ()
    language: str | None = None
    published: Published = field(default_factory=Published)
    syndicated_from: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    body: str | None = None


def read_masthead(root: Any, address: str | None) -> Masthead:
    """What the page says; `address` is where it was had from, for links that are relative to it."""
    metas = _metas(root)
    linked = LinkedData([e.text or "" for e in root.iter("script") if "ld+json" in (e.get("type") or "").lower()])
    url = _address(root, metas, address)
    shown = tidy(" ".join(next(root.iter("title"), root.makeelement("title")).itertext()))
    titles = [*_first_of(metas, _TITLES, every=True), *([shown] if shown else [])]
    node = linked.article([u for u in (url, address) if u], titles) or {}
    publisher = _publisher(root, metas, linked, node)
    titles = [*texts(node.get("headline")), *texts(node.get("name")), *titles]
    authors = linked.resolve(node.get("author")) or linked.resolve(node.get("creator"))
    changed = _day_of([*texts(node.get("dateModified")), *_first_of(metas, _CHANGES)])
    return Masthead(
        titles=tuple(dict.fromkeys(t for t in (_without_site(tidy(t), publisher) for t in titles) if t)),
        url=url
        or _web_address(
            next(iter(texts(node.get("url")) + texts(node.get("mainEntityOfPage"))), None),
            address,
        ),
        publisher=publisher,
        byline=_byline(root, metas, [n for n in authors if not _is_body(n)]),
        language=_language(root, metas, node),
        published=_published(root, metas, node),
        syndicated_from=_sources(metas, linked, node, [n for n in authors if _is_body(n)], publisher),
        details=_details(metas, node, changed),
        body=_body(node),
    )


def _metas(root: Any) -> dict[str, list[str]]:
    """Meta tags by name, property or item property, in lower case; microdata and RDFa of other elements too."""
    found: dict[str, list[str]] = {}
    for element in list(root.iter("meta"))[:_MOST_META]:
        content = tidy((element.get("content") or "")[:_LONGEST])
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _first_of(metas: dict[str, list[str]], names: Iterable[str], every: bool = False) -> list[str]:
    found = [values for name in names if (values := metas.get(name.lower()))]
    return [v for values in (found if every else found[:1]) for v in values]


def _properties(root: Any, *names: str) -> list[str]:
    """What microdata and RDFa say under a property: the machine's form of it, else the words."""
    found = []
    for element in root.xpath("//*[@itemprop or @property]"):
        said = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
        if tag_of(element) != "meta" and any(s.rsplit(":", 1)[-1] in names for s in said):
            found.append(element.get("content") or element.get("datetime") or tidy(" ".join(element.itertext())))
    return [f for f in found if f][:_MOST_AUTHORS]


def _address(root: Any, metas: dict[str, list[str]], address: str | None) -> str | None:
    """The canonical address; one of the front page alone is a mistake where the page was had from elsewhere."""
    base = next((e.get("href") for e in root.iter("base") if e.get("href")), None)
    start = _web_address(base, address) or address
    links = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for said in [*links, *_first_of(metas, ("og:url",))]:
        found = _web_address(said, start)
        if found and not (address and urlsplit(found).path in {"", "/"} and urlsplit(address).path not in {"", "/"}):
            return found
    return None


def _web_address(said: str | None, base: str | None) -> str | None:
    try:
        found = urljoin(base or "", tidy(said or "")[:4000]) if said else ""
        return found if urlsplit(found).scheme in {"http", "https"} and urlsplit(found).hostname else None
    except ValueError:
        return None


def _publisher(root: Any, metas: dict[str, list[str]], linked: LinkedData, node: Node) -> str | None:
    names = [t for n in linked.resolve(node.get("publisher")) for t in texts(n.get("name"))]
    said = [
        *names,
        *_first_of(metas, _PUBLISHERS, every=True),
        *_properties(root, "publisher"),
    ]
    return next(
        (t for s in said if (t := tidy(s)) and len(t.split()) <= 10 and "://" not in t),
        None,
    )


def _is_body(node: Node) -> bool:
    return any(t.endswith("Organization") for t in types(node))


def _byline(root: Any, metas: dict[str, list[str]], authors: Sequence[Node]) -> tuple[str, ...]:
    said = [t for n in authors for t in texts(n.get("name"))] or [s for s in _first_of(metas, _AUTHORS) if "://" not in s]
    said = said or _properties(root, "author", "creator") or _shown_authors(root)
    names = [name for s in said[:_MOST_AUTHORS] for name in _names(s)]
    return tuple(dict.fromkeys(names))[:_MOST_AUTHORS]


def _shown_authors(root: Any) -> list[str]:
    links = [e for e in root.iter("a", "address", "span") if "author" in (e.get("rel") or "").lower().split()]
    shown = [e for e in root.iter("div", "p", "span", "a") if re.search(" (?:byline|by line|author|author name) ", names_of(e))]
    for element in [*links, *shown]:
        said = tidy(" ".join(element.itertext()))
        if 0 < len(said.split()) <= 12 and _names(said):
            return [said]
    return []


def _names(said: str) -> list[str]:
    """Names out of a line such as "By Ana Sol and Per Rude, Norland Times": what comes after a comma is taken for a name only
    where all between commas look like names of persons."""
    found = []
    for part in _SEPARATORS.split(_BY.sub("", said.replace("\n", ";"))):
        parts = [tidy(p) for p in part.split(",")]
        kept = parts if all(_NAME.fullmatch(p) and not _NO_PERSON.search(p) for p in parts) else parts[:1]
        found += [p for p in kept if p and len(p) <= 80 and not day(p)]
    return found


def _language(root: Any, metas: dict[str, list[str]], node: Node) -> str | None:
    html = next(root.iter("html"), root)
    said = [
        *texts(node.get("inLanguage")),
        html.get("lang") or "",
        html.get("xml:lang") or "",
        *metas.get("content-language", []),
    ]
    said += [*metas.get("og:locale", []), *metas.get("dc.language", [])]
    codes = (re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", s) for s in said)
    return next((c[1].lower() for c in codes if c), None)


def _published(root: Any, metas: dict[str, list[str]], node: Node) -> Published:
    said = [
        *texts(node.get("datePublished")),
        *_first_of(metas, _DATES, every=True),
        *texts(node.get("dateCreated")),
    ]
    found = _day_of(said) or _day_of(_properties(root, "datePublished", "dateCreated")) or _day_of(_times(root))
    return Published(Interval(found, found + timedelta(days=1)), "metadata") if found else Published()


def _times(root: Any) -> list[str]:
    """The dates of <time> elements: those that say that they are the publication's, else the first in the report's head. Times
    in other parts of the page are of other reports."""
    times = [e for e in root.iter("time") if e.get("datetime")]
    sure = [
        e for e in times if e.get("pubdate") is not None or re.search(" (?:published|pubdate|posted|entry date) ", names_of(e))
    ]
    heading = next(root.iter("h1"), None)
    around = (
        next(
            (a for a in heading.iterancestors() if tag_of(a) in {"article", "header", "main"}),
            None,
        )
        if heading is not None
        else None
    )
    near = [e for e in times if around is not None and around in e.iterancestors()]
    return [e.get("datetime") for e in sure[:1] or near[:1] or (times if len(times) == 1 else [])]


def _day_of(said: Iterable[str]) -> date | None:
    return next((d for s in said if (d := day(s))), None)


def _sources(
    metas: dict[str, list[str]],
    linked: LinkedData,
    node: Node,
    bodies: Sequence[Node],
    publisher: str | None,
) -> tuple[str, ...]:
    """Whose report it is, where that is not the publisher: agencies among the authors, and where the page says it is from."""
    nodes = [
        *bodies,
        *(n for k in ("sourceOrganization", "provider") for n in linked.resolve(node.get(k))),
    ]
    said = [t for n in nodes for t in texts(n.get("name"))] + _first_of(metas, _SOURCES, every=True)
    found = dict.fromkeys(t for s in said if (t := tidy(s)) and "://" not in t and len(t.split()) <= 8)
    return tuple(t for t in found if t.casefold() != (publisher or "").casefold())


def _details(metas: dict[str, list[str]], node: Node, changed: date | None) -> tuple[Detail, ...]:
    said = [("section", s) for s in texts(node.get("articleSection")) or _first_of(metas, _SECTIONS)]
    words = texts(node.get("keywords")) or _first_of(metas, _KEYWORDS)
    said += [("keyword", k) for line in words for k in re.split(r"[,;]", line[:_LONGEST])][:_MOST_WORDS]
    said += [("dateline", d) for d in texts(node.get("dateline")) or _first_of(metas, ("dateline",))]
    said += [("place", p) for p in texts(node.get("contentLocation")) or _first_of(metas, _PLACES)]
    said += [("credit", c) for c in texts(node.get("creditText"))]
    said += [("correction", c) for c in texts(node.get("correction")) + _first_of(metas, _CORRECTIONS)]
    said += [("genre", g) for g in texts(node.get("genre"))]
    said += [("revised", changed.isoformat())] if changed else []
    if node.get("isAccessibleForFree") in (False, "False", "false"):
        said.append(("access", "paid"))
    clean = ((key, tidy(value)) for key, value in said)
    return tuple(dict.fromkeys(Detail(key, value) for key, value in clean if value and len(value) <= _LONGEST))


def _body(node: Node) -> str | None:
    """The text of the article; of a live report what its entries say."""
    parts = texts(node.get("articleBody"))
    updates = node.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) and not parts else []:
        if isinstance(update, dict):
            parts += [*texts(update.get("headline")), *texts(update.get("articleBody"))]
    return "\n\n".join(parts) or None


def _without_site(title: str, publisher: str | None) -> str:
    """A title without the name of the site before or after it."""
    parts = _SITE.split(title)
    if len(parts) < 2:
        return title
    name = (publisher or "").casefold()
    if name and parts[-1].casefold() == name:
        return title[: title.rfind(parts[-1])].rstrip(" |–—·»-")
    if name and parts[0].casefold() == name:
        return title[len(parts[0]) :].lstrip(" |–—·»-")
    return title
