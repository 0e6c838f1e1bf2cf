"""What a NewsItem of NewsML 1.0 to 1.2 says; the format that reads it is in `newsml.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.sources.dispatch import Dispatch, fit, fullest, names, published_on, tell
from communique.sources.markup import from_html, from_plain, is_markup, paragraphs, words
from communique.sources.trees import every, first, local, value
from communique.sources.wires import nitf
from communique.types.text import Detail

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINES = {
    "SlugLine": "slugline",
    "DateLine": "dateline",
    "CreditLine": "credit",
    "CopyrightLine": "copyright",
    "RightsLine": "usage",
    "KeywordLine": "keyword",
}


def dispatch(item: _Element, name: str) -> Dispatch:
    """The report of an item: of all texts in its components the longest, with the lines of the outermost component."""
    management = first(item, "NewsManagement")
    lines = first(item, ".//NewsLines")
    status = value(management, "Status", "FormalName").lower()
    embargo = words(first(management, "StatusWillChange/DateAndTime")) if status == "embargoed" else ""
    inner = first(item, ".//DataContent/nitf")
    inside = Dispatch() if inner is None else nitf.dispatch(inner)
    told = _details(item, lines, status, embargo)
    keys = {d.key for d in told}
    instants = [words(first(management, p)) for p in ("ThisRevisionCreated", "FirstCreated")]
    return Dispatch(
        paragraphs=fullest([inside.paragraphs, *_texts(item, name)]),
        title=fit(words(first(lines, "HeadLine"))) or inside.title,
        subheads=tuple(w for e in every(lines, "SubHeadLine") if (w := words(e))) or inside.subheads,
        byline=tuple(n for e in every(lines, "ByLine") for n in names(words(e))) or inside.byline,
        publisher=fit(value(item, ".//AdministrativeMetadata/Provider/Party", "FormalName")) or inside.publisher,
        language=value(item, ".//DescriptiveMetadata/Language", "FormalName"),
        published=published_on([*instants, words(first(item, ".//DateId"))], embargo) or inside.published,
        details=told + tuple(d for d in inside.details if d.key not in keys),
    )


def _texts(item: _Element, name: str) -> list[tuple[str, ...]]:
    found = []
    for content in every(item, ".//DataContent"):
        children = [c for c in content if local(c)]
        text = content.text or ""
        if any(local(c) == "nitf" for c in children):
            continue
        if children:
            found.append(tuple(paragraphs(content)))
        elif value(content.getparent(), "Encoding", "Notation").lower() not in {"base64"}:
            found.append(tuple(from_html(text, name) if is_markup(text) else from_plain(text)))
    return found


def _details(item: _Element, lines: _Element | None, status: str, embargo: str) -> tuple[Detail, ...]:
    identity, management = first(item, "Identification/NewsIdentifier"), first(item, "NewsManagement")
    return tell(
        [
            ("guid", words(first(identity, "PublicIdentifier")) or words(first(identity, "NewsItemId"))),
            ("version", words(first(identity, "RevisionId"))),
            ("status", status if status != "usable" else None),
            ("embargo", embargo),
            ("revised", words(first(management, "ThisRevisionCreated"))),
            ("created", words(first(management, "FirstCreated"))),
            ("urgency", value(management, "Urgency", "FormalName")),
            *[(key, words(e)) for tag, key in _LINES.items() for e in every(lines, tag)],
            *[("genre", e.get("FormalName")) for e in every(item, ".//DescriptiveMetadata/Genre")],
            *[("subject", e.get("FormalName")) for e in every(item, ".//DescriptiveMetadata/SubjectCode/*")],
            *[("place", e.get("Value")) for e in every(item, ".//DescriptiveMetadata/Location/Property")],
        ]
    )
