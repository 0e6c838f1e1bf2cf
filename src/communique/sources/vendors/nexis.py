"""Nexis Uni and its forerunners (LexisNexis Academic, Lexis Advance): reports below "1 of 250 DOCUMENTS" in text, RTF and HTML
until 2018, and above "End of Document" in DOCX and RTF since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from communique.sources.dispatch import Dispatch, names, tell
from communique.sources.vendors.downloads import (
    Download,
    after_date,
    blocks_of,
    count_in,
    day_in,
    is_copyright,
    is_dated,
    language_code,
    paragraphs_of,
)

_NUMBERED = re.compile(r"\s{0,200}(\d{1,6}) of (\d{1,6}) DOCUMENTS?\s*")
_END = re.compile(r"(?i)\s{0,200}end of document\s*")
_LABEL = re.compile(r"\s{0,200}([A-Z][A-Za-z/ -]{1,30}):(?:\s+(.*)|)$")
_LENGTH = re.compile(r"Length:\s*[\d,.]+ words?\s*")
_COVER = ("Date and Time:", "Job Number:", "Documents (", "Document (")
_LONGEST = 500
_FEW, _NEAR = 3, 12
_BODY, _CLASSIFICATION = "Body", "Classification"
_APART = frozenset(["Graphic", "Notes", "Correction"])
_HEAD = frozenset("byline section length dateline highlight series show anchor anchors guest guests host type".split())
_TAIL = frozenset(
    "load-date language publication-type pub-type journal-code graphic subject geographic person company organization industry "
    "ticker correction correction-date document-type distribution update issn acc-no notes url state country city "
    "classification".split()
)
_CLOSING = frozenset("load-date language publication-type journal-code".split())
_LISTS = frozenset("subject geographic person company organization industry ticker".split())
_KEYS = (
    ("section", "section"),
    ("series", "series"),
    ("dateline", "dateline"),
    ("correction", "correction"),
    ("corrected", "correction-date"),
    ("graphic", "graphic"),
    ("loaded", "load-date"),
    ("genre", "publication-type"),
    ("genre", "document-type"),
    ("code", "journal-code"),
    ("subject", "subject"),
    ("place", "geographic"),
    ("place", "country"),
    ("place", "state"),
    ("place", "city"),
    ("person", "person"),
    ("organisation", "company"),
    ("organisation", "organization"),
    ("industry", "industry"),
    ("ticker", "ticker"),
    ("note", "notes"),
)


class Nexis:
    """The downloads of Nexis."""

    name = "nexis"

    def marked(self, lines: Sequence[str]) -> bool:
        """By the number above a report, the cover page, or the head of a single report."""
        said = {mark for line in lines for mark in _COVER if line.startswith(mark)}
        if len(said) > 2 or any(_NUMBERED.fullmatch(line) for line in lines):
            return True
        alone = {line.strip() for line in lines if len(line) < 40}
        return _BODY in alone and any(_LENGTH.match(line.replace("\xa0", " ").strip()) for line in lines)

    def split(self, lines: Sequence[str]) -> Iterator[Download]:
        """The reports of either kind of download."""
        starts = [i for i, line in enumerate(lines) if _NUMBERED.fullmatch(line)]
        if starts:
            for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
                yield _numbered(n, lines[start + 1 : end])
            return
        start = n = 0
        for i in (*(i for i, line in enumerate(lines) if _END.fullmatch(line)), len(lines)):
            part = lines[start:i]
            if _is_report(part, ended=i < len(lines)):
                n += 1
                yield _ended(n, part)
            start = i + 1


def _is_report(lines: Sequence[str], ended: bool) -> bool:
    """Whatever "End of Document" closes is one; what follows the last only where it has a body or a length."""
    said = [line.replace("\xa0", " ").strip() for line in lines]
    return any(said) and (ended or _BODY in said or any(_LENGTH.match(line) for line in said))


def _numbered(number: int, lines: Sequence[str]) -> Download:
    """A report below "1 of 250 DOCUMENTS": publication, date and headline by their place, then fields in capitals."""
    blocks = blocks_of(lines)
    fields: dict[str, str] = {}
    bare: list[list[str]] = []
    at = 0
    for at, block in enumerate(blocks):  # noqa: B007  # where the body begins
        label = _field(block[0], capitals=True)
        if label and label[0] in _TAIL:
            break
        if label and label[0] in _HEAD:
            fields.setdefault(label[0], _joined([label[1], *block[1:]]))
        elif "length" in fields or (fields and len(bare) > 2):
            break
        elif is_copyright(block[0]):
            fields.setdefault("copyright", _joined(line for line in block if is_copyright(line)))
            bare += _parted(line for line in block if not is_copyright(line))
        else:
            bare += _parted(block)
    else:
        at = len(blocks)
    end = _end_of_report(blocks, at)
    _tail(blocks[end:], fields)
    dated = next((i for i, b in enumerate(bare) if is_dated(b[0])), min(1, len(bare)))
    body = [line for b in blocks[at:end] for line in (*b, "")]
    when = bare[dated] if dated < len(bare) else [""]
    heads = [_joined(b) for b in bare[dated + 1 :]]
    return _download(number, heads, _joined(bare[0] if dated else []), when, fields, paragraphs_of(body))


def _parted(block: Iterable[str]) -> list[list[str]]:
    """A block, cut above a date that stands below other lines."""
    lines = list(block)
    at = next((i for i, line in enumerate(lines) if i and is_dated(line)), len(lines))
    return [part for part in (lines[:at], lines[at:]) if part]


def _end_of_report(blocks: Sequence[Sequence[str]], begin: int) -> int:
    """Where the fields below a body begin. A paragraph may begin as one of them does, but is followed by another paragraph."""
    for i in range(begin, len(blocks)):
        said = (_field(blocks[i][0], capitals=True) or ("",))[0]
        below = blocks[i + 1][0] if i + 1 < len(blocks) else ""
        if said in _CLOSING or (said in _TAIL and (not below or is_copyright(below) or _field(below, capitals=True))):
            return i
        if i + _FEW >= len(blocks) and is_copyright(blocks[i][0]):
            return i
    return len(blocks)


def _tail(blocks: Sequence[Sequence[str]], fields: dict[str, str]) -> None:
    last = ""
    for block in blocks:
        label = _field(block[0], capitals=True)
        if label:
            last = label[0]
            fields.setdefault(last, _joined([label[1], *block[1:]]))
        elif is_copyright(block[0]):
            fields.setdefault("copyright", _joined(block))
            last = ""
        elif last:
            fields[last] = _joined([fields[last], *block])


def _ended(number: int, lines: Sequence[str]) -> Download:
    """A report above "End of Document": title, publication, date and copyright by their place, fields, then "Body"."""
    flat = [s for line in lines if (s := line.replace("\xa0", " ").strip())]
    at = flat.index(_BODY) if _BODY in flat else len(flat)
    head, rest = flat[:at], flat[at + 1 :]
    dated = _date_line(head)
    if any(line.startswith(_COVER) for line in head) and dated is not None:
        head, dated = head[max(0, dated - 2) :], min(dated, 2)
    fields: dict[str, str] = {}
    for line in head:
        label = _field(line)
        if label and label[0] in _HEAD:
            fields.setdefault(*label)
        elif is_copyright(line):
            fields.setdefault("copyright", line)
    bare = [line for line in head if not (_is_field(line) or line.startswith("Link to "))]
    split = bare.index(head[dated]) if dated is not None else min(2, len(bare))
    end = _end_of_body(rest)
    _ended_tail(rest[end:], fields)
    heads = bare[: split - 1] if split > 1 else bare[:1]
    publisher = bare[split - 1] if split > 1 else ""
    return _download(
        number, [_joined(heads)] if heads else [], publisher, bare[split:] or [""], fields, paragraphs_of(rest[:end])
    )


def _is_field(line: str) -> bool:
    return is_copyright(line) or (_field(line) or ("",))[0] in _HEAD


def _date_line(head: Sequence[str]) -> int | None:
    """Where the date stands: with copyright or fields close below it, as a title may begin with a date too."""
    dated = [i for i, line in enumerate(head) if is_dated(line)]
    sure = [i for i in dated if any(_is_field(line) for line in head[i + 1 : i + 3])]
    return next(iter(sure or [i for i in dated if i > 1] or dated), None)


def _end_of_body(lines: Sequence[str]) -> int:
    """Where the body ends: above the last "Classification", else above the first field that is followed by no paragraph; what
    is said of pictures, and notes, stand close above that."""
    sections = [i for i, line in enumerate(lines) if line == _CLASSIFICATION]
    fields = (i for i, line in enumerate(lines) if (_field(line) or ("",))[0] in _CLOSING)
    end = sections[-1] if sections else next((i for i in fields if i + 1 == len(lines) or _field(lines[i + 1])), len(lines))
    return next((i for i in range(max(0, end - _NEAR), end) if lines[i] in _APART), end)


def _ended_tail(lines: Iterable[str], fields: dict[str, str]) -> None:
    part = ""
    for line in lines:
        label = _field(line)
        if label and label[0] in _TAIL:
            part = ""
            fields.setdefault(*label)
        elif line == _CLASSIFICATION or line in _APART:
            part = line.lower()
        elif part:
            fields[part] = _joined([fields.get(part, ""), line])


def _field(line: str, capitals: bool = False) -> tuple[str, str] | None:
    found = _LABEL.match(line[:2000].replace("\xa0", " "))
    if found is None or (capitals and not found[1].isupper()):
        return None
    return found[1].lower().replace("journal code", "journal-code"), (found[2] or "").strip()


def _joined(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


def _values(label: str, said: str) -> list[str]:
    return said.split(";") if label in _LISTS else [said]


def _download(
    number: int, heads: Sequence[str], publisher: str, dated: Sequence[str], fields: dict[str, str], body: tuple[str, ...]
) -> Download:
    count = count_in(fields.get("length"))
    details = tell(
        [
            *[(key, value) for key, label in _KEYS for value in _values(label, fields.get(label, ""))],
            ("edition", _joined([after_date(dated[0]), *dated[1:]])),
            ("copyright", fields.get("copyright")),
            ("words", str(count) if count else None),
        ]
    )
    dispatch = Dispatch(
        paragraphs=body,
        title=heads[0] if heads else None,
        subheads=tuple(h for h in (*heads[1:], fields.get("highlight", "")) if h),
        byline=names(fields.get("byline", "")[:_LONGEST]),
        publisher=publisher or None,
        language=language_code(fields.get("language")),
        published=day_in(dated[0]) or day_in(fields.get("load-date")),
        details=details,
    )
    return Download(number, dispatch, count)


NEXIS = Nexis()
