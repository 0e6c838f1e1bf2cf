"""ProQuest: reports in text, RTF and HTML, between lines of underscores or one below the other, with "Full text:" and the
fields from "Subject:" to "Database:" below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.sources.dispatch import Dispatch, names, tell
from communique.sources.vendors.downloads import Download, day_in, language_code, paragraphs_of

_RULE = re.compile(r"\s{0,40}_{20,}\s*")
_NUMBERED = re.compile(r"\s{0,40}Document (\d{1,6}) of \d{1,6}\s*")
_FIELD = re.compile(r"\s{0,40}([A-Z][A-Za-z][A-Za-z /&-]{1,35}):(?:\s+(.*)|)$")
_HEADING = re.compile(r"(ABSTRACT|FULL TEXT|DETAILS|LINKS)(?: \([A-Z]+\))?")
_LINK = re.compile(r"https?://\S+|ProQuest document link.*", re.IGNORECASE)
_ENTRY = re.compile(r"\d{1,6}\. ")
_AUTHOR = re.compile(r"([^,;]+), ([^,;]+)")
_LONGEST = 500
_INFO = re.compile(r"([^;\[:]+)")
_TOP = frozenset(
    ["author", "publication info", "abstract", "abstract (summary)", "links", "full text", "find a copy", "company"]
)
_BELOW = frozenset(
    [
        *(
            "details",
            "subject",
            "business indexing term",
            "location",
            "people",
            "company / organization",
            "identifier / keyword",
        ),
        *("classification", "title", "alternate title", "publication title", "first page", "pages", "volume", "issue"),
        *("publication year", "publication date", "dateline", "section", "column", "publisher", "place of publication"),
        *("country of publication", "publication subject", "issn", "e-issn", "source type", "language of publication"),
        *("document type", "document feature", "proquest document id", "document url", "copyright", "last updated"),
        *("database", "credit", "illustration", "word count", "correction date", "number of pages", "accession number"),
    ]
)
_LISTS = frozenset(["subject", "location", "people", "identifier / keyword"])
_DETAILS = (
    ("section", "section"),
    ("column", "column"),
    ("page", "pages"),
    ("page", "first page"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("abstract", "abstract"),
    ("abstract", "abstract (summary)"),
    ("subject", "subject"),
    ("dateline", "dateline"),
    ("place", "location"),
    ("person", "people"),
    ("organisation", "company / organization"),
    ("keyword", "identifier / keyword"),
    ("caption", "illustration"),
    ("credit", "credit"),
    ("owner", "publisher"),
    ("issn", "issn"),
    ("genre", "document type"),
    ("guid", "proquest document id"),
    ("copyright", "copyright"),
    ("revised", "last updated"),
    ("database", "database"),
    ("words", "word count"),
)


class ProQuest:
    """The downloads of ProQuest."""

    name = "proquest"

    def marked(self, lines: Sequence[str]) -> bool:
        """By its name in the head of the file, or by the fields around a report."""
        fields = {found[0] for line in lines if (found := _field(line))}
        if "proquest document id" in fields or any(line.strip() == "Report Information from ProQuest" for line in lines):
            return True
        numbered = any(_NUMBERED.fullmatch(line) for line in lines)
        linked = any(line.strip().lower().startswith("proquest document link") for line in lines)
        return "full text" in fields and (numbered or linked or "publication info" in fields)

    def split(self, lines: Sequence[str]) -> Iterator[Download]:
        """The reports."""
        for n, part in enumerate((p for p in _parts(lines) if _is_report(p)), 1):
            yield _report(n, part)


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """What stands between rules and numbers, and, where there are none, up to the last field below each report."""
    part: list[str] = []
    known = closing = False
    for line in lines:
        if _RULE.fullmatch(line) or _NUMBERED.fullmatch(line):
            yield part
            part, known, closing = [], False, False
            continue
        field = _field(line)
        if closing and line.strip() and (field is None or field[0] not in _BELOW):
            yield part
            part, known, closing = [], False, False
        known = known or (field is not None and field[0] == "full text")
        closing = closing or (field is not None and field[0] == "proquest document id")
        part.append(line)
    yield part


def _is_report(lines: Sequence[str]) -> bool:
    fields = {found[0] for line in lines if (found := _field(line))}
    return bool(fields & {"full text", "proquest document id"}) or {"abstract", "publication info"} <= fields


def _report(number: int, lines: Sequence[str]) -> Download:
    begin = next((i for i, line in enumerate(lines) if (f := _field(line)) and f[0] == "full text"), len(lines))
    end = _end_of_body(lines, begin + 1)
    fields = _fields([*lines[:begin], "", *lines[end:]])
    first = _field(lines[begin]) if begin < len(lines) else None
    body = paragraphs_of([first[1] if first else "", *lines[begin + 1 : end]])
    title = fields.get("title") or _headline(lines[:begin])
    info = fields.get("publication info", "")
    paper = fields.get("publication title") or (found[1] if (found := _INFO.match(info)) else "")
    url = fields.get("document url") or next((s for line in lines if (s := line.strip()).startswith("http")), None)
    count = fields.get("word count", "")
    dispatch = Dispatch(
        paragraphs=body,
        title=title or None,
        byline=_authors(fields.get("author", "")),
        publisher=paper.split(";")[0].strip() or None,
        url=url,
        language=language_code(fields.get("language of publication")),
        published=day_in(fields.get("publication date")) or day_in(info.replace("]", "] ")),
        details=tell((key, v) for key, label in _DETAILS for v in _values(label, fields.get(label, ""))),
    )
    return Download(number, dispatch, int(count) if count.isdecimal() and len(count) < 8 else None)


def _end_of_body(lines: Sequence[str], begin: int) -> int:
    """Where fields begin, of which another follows at once: a paragraph may begin like one, but not two."""
    before: int | None = None
    for i in range(begin, len(lines)):
        field = _field(lines[i])
        if field is not None and field[0] in _BELOW:
            if before is not None:
                return before
            before = i
        elif lines[i].strip():
            before = None
    return before if before is not None else len(lines)


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """The fields of a report; a value may stand on the lines below its label."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        field = _field(line)
        if field is not None and (field[0] in _TOP or field[0] in _BELOW):
            last = field[0] if field[0] not in found else ""
            found.setdefault(*field)
        elif (
            last
            and line.strip()
            and not _LINK.fullmatch(line.strip()[:2000])
            and (not found[last] or last.startswith("abstract"))
        ):
            found[last] = f"{found[last]} {line.strip()}".strip()
    return found


def _headline(lines: Sequence[str]) -> str:
    said = [line for line in lines if line.strip()]
    return next((" ".join(_ENTRY.sub("", line.strip(), count=1).split()) for line in said if _field(line) is None), "")


def _field(line: str) -> tuple[str, str] | None:
    """The field that a line begins, in small letters, and its value; headings in capitals have none."""
    if heading := _HEADING.fullmatch(line.strip()[:40]):
        return heading[1].lower(), ""
    found = _FIELD.match(line.replace("\xa0", " "))
    return (found[1].lower().strip(), (found[2] or "").strip()) if found else None


def _values(label: str, said: str) -> list[str]:
    return said.split(";") if label in _LISTS else [said]


def _authors(said: str) -> tuple[str, ...]:
    """The people of "Sol, Ana; Lund, Bo", given name first."""
    turned = (_AUTHOR.sub(r"\2 \1", part.strip()) for part in said[:_LONGEST].split(";"))
    return tuple(dict.fromkeys(n for part in turned for n in names(part) if n != "Anonymous"))


PROQUEST = ProQuest()
