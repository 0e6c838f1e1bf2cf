"""The first stage: what in a document is report text, in passages, and what the rest tells of its origin."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from communique.clean.agencies import credited, mentions_agency, named
from communique.clean.boilerplate import Verdict, judge
from communique.clean.credits import Dateline, Imprint, dateline, imprint, slug
from communique.clean.dates import find_date
from communique.clean.features import word_class
from communique.clean.language import detect, foreign
from communique.clean.lines import Line, ends_sentence, read_lines
from communique.clean.notices import corrects, origin, tickers
from communique.clean.passages import Kept, build
from communique.errors import InputError
from communique.types.analysis import Analysis, Failed, each
from communique.types.text import Detail, Document, Dropped, DropReason, Interval, Published, Span

_TOP, _FOOT = 8, 4
_MOST = 0.6
_LIKELY, _SURE, _CERTAIN = 0.5, 1.5, 3.5
_LONG, _VERY_LONG, _HEADING = 12, 25, 4
_SPEECH = 6
_LABEL = re.compile(r"\w+(?: ?[:|]| [–—]) ")
_OWN_MARKS = frozenset({"this", "these", "our"})
_LABELS = frozenset({"related", "correction", "advertising", "player", "picture"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with what it is taken for; `reason` is set if it is dropped, `language` if that is because it isn't English."""

    line: Line
    verdict: Verdict
    imprint: Imprint | None = None
    reason: DropReason | None = None
    language: str | None = None


class Cleaner:
    """Sets language, title, byline, agencies, date of publication and what is dropped of a document, and its passages.

    `published` is the date that the user gives; it goes before any that the text tells. A report that is not English or
    nothing but advertisement fails with an InputError.
    """

    name = "clean"
    requires: frozenset[str] = frozenset()
    provides = frozenset({"document", "passages"})

    def __init__(self, published: date | None = None) -> None:
        self.published = published

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """One cleaned analysis for each, or a `Failed` in its place."""
        return each(analyses, self.name, lambda analysis: clean(analysis, self.published))


def clean(analysis: Analysis, published: date | None = None) -> Analysis:
    """The analysis with document and passages filled in. Raises InputError as `Cleaner` says."""
    document = analysis.document
    language = detect(document.text)
    if language != "English":
        raise InputError(f"{document.source}: in {language}; only English reports can be read, give a translation")
    judged = [_in_english(j) for j in decide(read_lines(document.text))]
    if judged and all(j.reason for j in judged):
        raise InputError(f"{document.source}: only advertisement and the like, no report text; give the report itself")
    kept = list(_kept(judged))
    passages = build([k for k, _ in kept])
    head = next((p for p in passages[:1] if p.kind == "headline"), None)
    document = replace(
        document,
        language="en",
        title=document.title or (" ".join(s.of(document.text) for s in head.spans) if head else None),
        byline=document.byline or tuple(dict.fromkeys(n for j in judged if j.imprint for n in j.imprint.names)),
        published=_published(document, judged, kept, published),
        dropped=tuple(Dropped(Span(j.line.spans[0].start, j.line.spans[-1].end), j.reason) for j in judged if j.reason),
        syndicated_from=_agencies(document, judged, kept),
        details=_details(document, judged),
    )
    return replace(analysis, document=document, passages=passages)


def _in_english(judged: Judged) -> Judged:
    """The line, dropped if it is in another language: of a mixed report the English paragraphs are read."""
    if judged.reason or judged.imprint or not (language := foreign(judged.line.text)):
        return judged
    return replace(judged, reason="boilerplate", language=language)


def decide(lines: Sequence[Line]) -> list[Judged]:
    """Which lines of a report are dropped. What a line is like counts, and where it stands: one that is repeated or has
    other such lines beside it goes sooner, one that reads like a sentence, or has no word of a page's frame, later."""
    told = [_told(lines, i) for i in range(len(lines))]
    verdicts = [judge(line.text.removeprefix("Subject: ")) for line in lines]  # a mail's subject is a headline
    if len(lines) == 1 and len(lines[0].text.split()) >= _VERY_LONG:  # a report without line breaks
        return [Judged(lines[0], verdicts[0])]
    repeated = Counter(line.text.casefold() for line in lines)
    if lines and all((v.evidence and v.score > _SURE) or (t and v.dropped) for v, t in zip(verdicts, told, strict=True)):
        return [Judged(line, v, None, v.reason) for line, v in zip(lines, verdicts, strict=True)]
    marked, within = _spoken(lines)
    bars = [
        math.inf
        if i in marked
        else max(_bar(lines, verdicts, i, repeated[lines[i].text.casefold()]), _CERTAIN if i in within else -math.inf)
        for i in range(len(lines))
    ]
    size = sum(len(line.text) for line in lines)
    gone = sum(len(line.text) for line, v, b, t in zip(lines, verdicts, bars, told, strict=True) if v.score > b and not t)
    least = _CERTAIN if gone > _MOST * size else 0.0
    return [
        Judged(line, v, t, v.reason if t is None and v.score > max(bar, least) else None)
        for line, v, bar, t in zip(lines, verdicts, bars, told, strict=True)
    ]


def _told(lines: Sequence[Line], i: int) -> Imprint | None:
    if _TOP <= i < len(lines) - _FOOT or len(lines) == 1:
        return None
    return imprint(lines[i].text)


def _spoken(lines: Sequence[Line]) -> tuple[set[int], set[int]]:
    """The lines of quoted speech that runs over several: those with a mark left open or closed, which are never dropped,
    and the few between two such, among which only what is certain is."""
    marked: set[int] = set()
    within: set[int] = set()
    opened: int | None = None
    for i, line in enumerate(lines):
        balance = line.text.count("“") - line.text.count("”")
        if balance or line.text.count('"') % 2:
            marked.add(i)
        if balance < 0 and opened is not None and i - opened <= _SPEECH:
            within.update(range(opened + 1, i))
        if balance:
            opened = i if balance > 0 else None
    return marked, within


def _bar(lines: Sequence[Line], verdicts: Sequence[Verdict], i: int, times: int) -> float:
    """The log odds that a line must exceed to be dropped."""
    text = lines[i].text
    verdict = verdicts[i]
    words = text.split()
    bar = _SURE
    labelled = _LABEL.match(text) is not None and word_class(words[0].lower().rstrip(":|")) in _LABELS
    beside = [v for v in (*verdicts[max(0, i - 1) : i], *verdicts[i + 1 : i + 2]) if v.score > _CERTAIN]
    if (times > 1 and len(words) <= _LONG) or beside or i >= len(lines) - _FOOT:
        bar = _LIKELY
    if i == 0 and (
        not verdict.evidence or (verdict.evidence < 2 and verdict.pattern is None and sum(map(str.isalpha, words)) > _HEADING)
    ):
        return math.inf
    if (
        not verdict.evidence
        or i == 0
        or (len(words) >= _LONG and ends_sentence(text) and not labelled and not _addresses(words))
    ):
        bar = _CERTAIN
    if len(words) >= _LONG and text[-1:] == "?":
        bar = max(bar, _SURE)
    cut_before = i > 0 and not ends_sentence(lines[i - 1].text) and verdicts[i - 1].score < 0
    if text[:1].islower() and (cut_before or len(words) >= _LONG):
        bar = max(bar, _CERTAIN)
    return bar


def _addresses(words: Sequence[str]) -> bool:
    """Whether a page speaks to its reader or of itself ("this story"; a story or a site alone may be anybody's); in a long
    line "we" alone may as well be a speaker's."""
    bare = [w.lower().strip(".,!?:;") if w != "US" else w for w in words]
    told = {word_class(w) for w in bare} & {"you", "we"}
    told |= {"self" for before, w in pairwise(bare) if before in _OWN_MARKS and word_class(w) == "self"}
    return bool(told) and (len(words) < _VERY_LONG or told != {"we"})


def _kept(judged: Sequence[Judged]) -> Iterator[tuple[Kept, Dateline | None]]:
    cut = False
    for j in judged:
        if j.reason or j.imprint:
            cut = True
            continue
        found = dateline(j.line.text)
        first = j.line.spans[0]
        if found and found.end >= first.end - first.start:
            found = None
        yield Kept(j.line, cut, found.end if found else slug(j.line.text)), found
        cut = False


def _published(
    document: Document, judged: Sequence[Judged], kept: Sequence[tuple[Kept, Dateline | None]], given: date | None
) -> Published:
    if given is not None:
        return Published(Interval(given, given + timedelta(days=1)), "given")
    if document.published.interval is not None:
        return document.published
    dates = [(j.line.spans[0].start, j.imprint.dated) for j in judged if j.imprint and j.imprint.dated]
    dates += [(k.line.spans[0].start, found.dated) for k, found in kept if found and found.dated]
    dates.sort(key=lambda d: d[0])
    dates += [
        (j.line.spans[0].start, stamp)
        for j in judged[:_TOP]
        if ((j.reason == "boilerplate" and not j.language) or slug(j.line.text)) and (stamp := find_date(j.line.text))
    ]
    for start, dated in dates:
        if dated.interval is not None:
            return Published(dated.interval, "dateline", (Span(start + dated.start, start + dated.end),))
    return Published()


def _agencies(document: Document, judged: Sequence[Judged], kept: Sequence[tuple[Kept, Dateline | None]]) -> tuple[str, ...]:
    found = [*document.syndicated_from]
    found += [a for j in judged if j.imprint for a in j.imprint.agencies]
    found += [a for _, head in kept if head for a in head.agencies]
    if mentions_agency(document.text):
        found += [a for j in judged if j.reason != "caption" for a in credited(j.line.text)]
    outlets = [o for j in judged if j.reason == "boilerplate" and (o := origin(j.line.text))]
    return tuple(dict.fromkeys([*found, *(named(o) or o for o in outlets)]))


def _details(document: Document, judged: Sequence[Judged]) -> tuple[Detail, ...]:
    """What the source told, then the notices of correction, the languages of paragraphs that are not English, and tickers."""
    found = [Detail("correction", j.line.text) for j in judged if j.reason and not j.language and corrects(j.line.text)]
    found += [Detail("language", j.language) for j in judged if j.language]
    found += [Detail("ticker", ticker) for ticker in tickers(document.text)]
    return tuple(dict.fromkeys([*document.details, *found]))
