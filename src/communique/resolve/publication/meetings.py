"""Meetings with a number or a place ("the 34th G8 summit", "the NATO summit in Riga"): reports of them are of that time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.resolve.publication.clues import Sentence, count, load_sayings, place_in
from communique.resolve.publication.weights import Hint, month, weigh
from communique.resolve.tables import read_rows
from communique.types.text import Span

_BETWEEN = r"(?:[\w-]+ ){0,3}?"
_LIKELY = re.compile(
    r"ummit|Congress|Assembly|onference|orum|Movement|leaders|resident of the U|S\.? [Pp]resident|COP|talks|meeting|CHOGM"
)
_CALENDAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings of one kind. `numbers` gives the months `[begin, end)` of each by its number, `places` those of each place;
    `yearly` the year before the first where each year has one; `lasting`: what a number begins goes on."""

    expression: re.Pattern[str]
    numbered: re.Pattern[str]
    numbers: dict[int, tuple[int, int]]
    places: dict[str, tuple[tuple[int, int], ...]]
    yearly: int | None
    lasting: bool

    def months(self, number: int) -> tuple[int, int] | None:
        """When the meeting with this number is or was."""
        if self.yearly is not None and 0 < number < 120:
            begin = month(f"{self.yearly + number}-01")
            return begin, begin + 12
        return self.numbers.get(number)


@cache
def load_series() -> tuple[Series, ...]:
    """The meetings of `data/meetings.tsv`."""
    found = []
    for expression, numbers, places in read_rows("publication", "meetings.tsv"):
        lasting = numbers.startswith("since ")
        listed = [n.split(":") for n in numbers.removeprefix("since ").split("|") if ":" in n]
        met: dict[str, tuple[tuple[int, int], ...]] = {}
        for place, _, when in (p.rpartition(" ") for p in places.split("|") if p):
            met[place] = (*met.get(place, ()), (month(when), month(when) + 1))
        found.append(
            Series(
                re.compile(rf"\b(?:{expression})\b"),
                re.compile(rf"\b{load_sayings().ordinal}[ -]{_BETWEEN}(?:{expression})\b", re.IGNORECASE),
                {int(n): (month(when), month(when) + 1) for n, when in listed},
                met,
                int(numbers[1:]) if numbers.startswith("+") else None,
                lasting,
            )
        )
    return tuple(found)


def meetings(told: Sequence[Sentence]) -> Iterator[Hint]:
    """Hints by the meetings that sentences without a year tell of."""
    likely = [s for s in told if _LIKELY.search(s.text)]
    for series in load_series():
        for sentence in likely:
            found = series.expression.search(sentence.text)
            if found is None or _CALENDAR.search(sentence.text):
                continue
            hint = _numbered(series, sentence) or _placed(series, sentence, found)
            if hint is not None:
                yield hint
                break


def _numbered(series: Series, sentence: Sentence) -> Hint | None:
    found = series.numbered.search(sentence.text)
    months = series.months(count(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", found["n"]))) if found else None
    if found is None or months is None:
        return None
    curve, last = ("heard", None) if series.lasting else ("meeting", months[1])
    return Hint("meeting", weigh(load_sayings().curves[curve], [(months[0], last)]), (_span(sentence, found),))


def _placed(series: Series, sentence: Sentence, found: re.Match[str]) -> Hint | None:
    near = sentence.text[max(0, found.start() - 40) : found.end() + 60]
    place = next((p for p in series.places if p in near), None)
    if place is None:
        return None
    return Hint("meeting", weigh(load_sayings().curves["meeting"], series.places[place]), (_span(sentence, found),))


def _span(sentence: Sentence, found: re.Match[str]) -> Span:
    return place_in(sentence, Span(*found.span()))
