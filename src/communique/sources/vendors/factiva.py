"""Factiva: articles with their indexing, each field after a code of two or three letters (HD, WC, PD, SN, LP, TD, AN), and
articles as they are shown, whose lines tell by themselves what they are; both end with "Document" and an accession number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from communique.sources.dispatch import Dispatch, names, tell
from communique.sources.vendors.downloads import Download, count_in, day_in, is_copyright, language_code, paragraphs_of

_CODES = "|".join(
    "ART AN BY CLM CO CR CT CX CY DE DLN ED ET GC HD IN IPC IPD LA LP NGC NS PD PG PUB RE RF RIC SC SE SN TD VOL WC".split()
)
_CODED = re.compile(rf"\s{{0,40}}({_CODES})(?:[\t|\xa0 ]*$|(?:\t|\||[ \xa0]{{2,}})\s*(.*)$)")
_CLOSED = re.compile(r"\s{0,40}Document\s+([A-Za-z][A-Za-z0-9]{1,9}\d{8}[A-Za-z0-9]{5,14})\s*")
_COUNT = re.compile(r"(\d{1,3}(?:[,.]?\d{3})*) words")
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AaPp][Mm])?(?: [A-Z]{2,4})?")
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_PAGE = re.compile(r"(?i)(?:page|pg\.?|p\.) ?(\S+)|[A-Z]{0,3}-?\d{1,4}")
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|and)){1,6}")
_FRAME = re.compile(
    r"(?i)(?:factiva|dow jones(?: factiva)?|.*© ?\d{4} factiva, inc\..*|page \d+(?: of \d+)?|search summary|table of contents|"
    r".*, [\d,.]+ words\b.*)"
)
_AFTER_COUNT, _HEADS, _LONGEST = 12, 3, 500
_DETAILS = (
    ("section", "SE"),
    ("column", "CLM"),
    ("credit", "CR"),
    ("edition", "ED"),
    ("page", "PG"),
    ("volume", "VOL"),
    ("time", "ET"),
    ("code", "SC"),
    ("group", "NGC"),
    ("copyright", "CY"),
    ("copyright", "CX"),
    ("contact", "CT"),
    ("caption", "ART"),
    ("ticker", "RIC"),
    ("organisation", "CO"),
    ("industry", "IN"),
    ("subject", "NS"),
    ("place", "RE"),
    ("keyword", "IPD"),
    ("keyword", "IPC"),
    ("keyword", "DE"),
    ("reference", "RF"),
    ("owner", "PUB"),
    ("guid", "AN"),
)
_LISTS = frozenset("CO IN NS RE IPD IPC RIC".split())


class Factiva:
    """The downloads of Factiva."""

    name = "factiva"

    def marked(self, lines: Sequence[str]) -> bool:
        """By several codes, by a count of words with date and language below it, or by an accession number and a count."""
        codes = {found[1] for line in lines if (found := _CODED.match(line[:200]))}
        if len(codes & {"HD", "WC", "PD", "SN", "SC", "LA", "LP", "TD"}) > 4:
            return True
        said = [s for line in lines if (s := line.strip())]
        return any(_is_display(said, i) for i, line in enumerate(said) if _counted(line)) or (
            any(_CLOSED.fullmatch(line[:200]) for line in said) and any(_counted(line) for line in said)
        )

    def split(self, lines: Sequence[str]) -> Iterator[Download]:
        """The reports of either form; also several forms in one file."""
        start = n = 0
        for i, line in enumerate(lines):
            found = _CLOSED.fullmatch(_after_code(line)[:200])
            if found:
                n += 1
                end = _end_of_fields(lines, i + 1)
                yield self._report(n, lines[start:i], found[1], lines[i + 1 : end])
                start = end
        if _is_unfinished(lines[start:]):
            yield self._report(n + 1, lines[start:], "", ())

    def _report(self, number: int, lines: Sequence[str], accession: str, after: Sequence[str]) -> Download:
        if any((found := _CODED.match(line)) and found[1] == "HD" for line in lines):
            return _coded(number, [*lines, *after], accession)
        return _shown(number, lines, accession)


def _after_code(line: str) -> str:
    found = _CODED.match(line[:200])
    return (found[2] or "") if found and found[1] == "AN" else line


def _end_of_fields(lines: Sequence[str], at: int) -> int:
    """Where the fields end that follow the accession number of an article, if any do: at a field that begins another."""
    end = at
    seen = False
    for i in range(at, min(at + 40, len(lines))):
        found = _CODED.match(lines[i])
        if found and found[1] in {"PUB", "IPC", "IPD", "RF", "CT"}:
            seen = True
        elif found or _counted(lines[i].strip()) or (not seen and lines[i].strip()):
            break
        end = i + 1 if seen else end
    return end


def _is_unfinished(lines: Sequence[str]) -> bool:
    codes = {found[1] for line in lines if (found := _CODED.match(line))}
    said = [s for line in lines if (s := line.strip())]
    return {"HD", "WC"} <= codes or any(_is_display(said, i) for i, line in enumerate(said) if _counted(line))


def _counted(line: str) -> re.Match[str] | None:
    return _COUNT.fullmatch(line) if len(line) < 40 else None


def _is_display(said: Sequence[str], at: int) -> bool:
    """Whether the lines below a count are a date, a language and a notice of copyright."""
    below = said[at + 1 : at + 1 + _AFTER_COUNT]
    return bool(below) and day_in(below[0]) is not None and len(below[0]) < 40 and _language_at(below) is not None


def _language_at(lines: Sequence[str]) -> int | None:
    """Where a line is the name of a language and nothing else."""
    return next((i for i, line in enumerate(lines) if len(line) < 20 and language_code(line) and " " not in line), None)


def _coded(number: int, lines: Sequence[str], accession: str) -> Download:
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in lines:
        if found := _CODED.match(line):
            values = fields.setdefault(found[1], [])
            values.append(found[2] or "")
        else:
            values.append(line)
    said = {code: " ".join(" ".join(v).replace("|", " | ").split()) for code, v in fields.items()}
    said["AN"] = accession or said.get("AN", "").removeprefix("Document ")
    # lead and text may break a line wherever the file does, so each is parted by itself
    body = (*paragraphs_of(fields.get("LP", ())), *paragraphs_of(fields.get("TD", ())))
    pairs = [(key, value) for key, code in _DETAILS for value in _values(code, said.get(code, ""))]
    return _download(number, said, body, pairs, count_in(said.get("WC")))


def _values(code: str, said: str) -> list[str]:
    """The values of a field, of which some have names after their codes: "norl : Norland" is Norland (norl)."""
    if code not in _LISTS:
        return [said]
    pairs = (part.partition(" : ") for part in said.split("|"))
    return [f"{name.strip()} ({code.strip()})" if name.strip() else code for code, _, name in pairs]


def _shown(number: int, lines: Sequence[str], accession: str) -> Download:
    said = [(i, s) for i, line in enumerate(lines) if (s := line.replace("\xa0", " ").strip())]
    counts = [n for n, (_, line) in enumerate(said) if _counted(line)]
    below = [line for _, line in said]
    at = next((n for n in counts if _is_display(below, n)), counts[0] if counts else 0)
    heads = [line for line in below[max(0, at - _HEADS - 3) : at] if not _FRAME.fullmatch(line[:300])][-_HEADS:]
    after = below[at + 1 : at + 1 + _AFTER_COUNT]
    language = _language_at(after)
    last = language if language is not None else min(2, len(after) - 1)
    rights = last + 1 if last + 1 < len(after) and is_copyright(after[last + 1]) else None
    fields = _named(heads) | _placed(after[: last + 1])
    fields["AN"] = accession
    fields["CY"] = after[rights] if rights is not None else ""
    begins = at + 1 + (rights if rights is not None else last) + 1
    body = paragraphs_of(lines[said[begins][0] :]) if counts and begins < len(said) else ()
    fields["WC"] = below[at] if counts else ""
    pairs = [(key, fields.get(code, "")) for key, code in _DETAILS]
    return _download(number, fields, body, pairs, count_in(fields["WC"]))


def _named(heads: Sequence[str]) -> dict[str, str]:
    """Section, headline and byline: the lines above the count."""
    rest = list(heads)
    fields: dict[str, str] = {}
    if len(rest) > 1 and (
        rest[-1].lower().startswith("by ") or (_PERSON.fullmatch(rest[-1]) and len(rest[-1]) < len(rest[-2]))
    ):
        fields["BY"] = rest.pop()
    if rest:
        fields["HD"] = rest.pop()
    if rest:
        fields["SE"] = rest.pop()
    return fields


def _placed(lines: Sequence[str]) -> dict[str, str]:
    """The lines below the count: day, time, source and its code, edition and page, language."""
    rest = list(lines)
    fields = {"PD": rest.pop(0) if rest else "", "LA": rest.pop() if len(rest) > 1 else ""}
    if rest and _TIME.fullmatch(rest[0]):
        fields["ET"] = rest.pop(0)
    fields["SN"] = rest.pop(0) if rest else ""
    for line in rest:
        if _CODE.fullmatch(line) and "SC" not in fields:
            fields["SC"] = line
        elif page := _PAGE.fullmatch(line):
            fields["PG"] = page[1] or line
        else:
            fields.setdefault("ED", line)
    return fields


def _download(
    number: int, said: dict[str, str], body: tuple[str, ...], pairs: Iterable[tuple[str, str]], count: int | None
) -> Download:
    dispatch = Dispatch(
        paragraphs=body,
        title=said.get("HD") or None,
        byline=names(said.get("BY", "")[:_LONGEST]),
        publisher=said.get("SN") or None,
        language=language_code(said.get("LA")),
        published=day_in(said.get("PD")),
        details=tell([*pairs, ("words", str(count) if count else None)]),
    )
    return Download(number, dispatch, count)


FACTIVA = Factiva()
