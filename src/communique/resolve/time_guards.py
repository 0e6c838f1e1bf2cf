"""When words that look like a time are none: "May" the person, "2000" the number, "the fall" of a city.

Each guard takes a match and says whether it stands; a rule of `data/times.yaml` names its guard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from communique.resolve.time_grammar import Match, load_grammar, value_of

_PERSON_MAY = re.compile(r"\b(?:Mrs?|Ms|Minister|Secretary|Sir|Lady|Dame|Brian|Theresa)\.? May\b")
_ENDS = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "",
        ")",
        "]",
        "”",
        '"',
        "!",
        "?",
        "-",
        "–",
        "—",
        "and",
        "or",
        "but",
        "at",
        "in",
        "to",
        "when",
        "after",
        "before",
        "as",
        "for",
        "with",
        "by",
        "that",
        "while",
        "until",
    ]
)
_BREAKS = frozenset([".", ",", ";", ":", "", "will", "would", "shall"])
_ORDINALS = frozenset("first second third fourth fifth last only most least worst best".split())


def _near(match: Match, words: str) -> bool:
    return match.words.word(match.first - 1) in load_grammar().guards[words]


def _after(match: Match, words: str) -> bool:
    return match.words.word(match.last) in load_grammar().guards[words]


def _named(match: Match) -> bool:
    """Whether the expression stands inside a name: a capital before it, in the middle of a sentence, or after it."""
    before, after = match.words.raw(match.first - 1), match.words.raw(match.last)
    inside = before[:1].isupper() and match.words.raw(match.first - 2) not in ("", ".", "”", '"') and value_of(before) is None
    return inside or (after[:1].isupper() and after.isalpha() and value_of(after) is None)


@lru_cache(maxsize=4)
def _names_may(text: str) -> bool:
    """Whether a passage speaks of a person called May."""
    return _PERSON_MAY.search(text) is not None


def month(match: Match) -> bool:
    """A month that stands alone; "May" only after a word that calls for a time, and no part of a name."""
    words = match.words
    if words.word(match.first) in ("may", "march"):
        strict = words.word(match.first) == "may" and _names_may(words.text)
        if words.raw(match.first).isupper() and words.raw(match.first - 1).isupper():
            return False
        return _near(match, "month_prepositions" if strict else "time_prepositions")
    return _near(match, "time_prepositions") or not _named(match)


def month_day(match: Match) -> bool:
    """A month and a number that is a day of it, not a count: "in May 20 people" is none."""
    return not (match.has("DAY") and (_after(match, "counted") or match.words.word(match.last) in ("%", ":")))


def year(match: Match) -> bool:
    """A number of four digits that is a year, not a count."""
    words = match.words
    value = match.value("YEAR")
    if match.has("EARLY", "EDGE", "FISCAL", "YEARW"):
        return True
    before = words.word(match.first - 1)
    if not 1400 <= value <= 2100 or _after(match, "counted") or before in ("$", "€", "£", "¥", "no", "#", "-"):
        return False
    if _near(match, "time_prepositions") or before in ("the", "a", "late", "("):
        return True
    return value >= 1900 and words.raw(match.last).lower() != "%" and not words.word(match.last).endswith("s")


def short_year(match: Match) -> bool:
    """Two digits after an apostrophe, after a word that calls for a time."""
    return _near(match, "time_prepositions") or match.words.word(match.first - 1) == "the"


def decade(match: Match) -> bool:
    """A decade of two digits only after "the" or an apostrophe; no age ("in his 70s") and no part of a name ("KC-30s")."""
    before = match.words.raw(match.first - 1)
    index = match.all("DECADE")[0]
    long = match.words.ends[index] - match.words.starts[index] > 4
    return before != "-" and (long or match.has("THE") or match.words.raw(index)[0] in "'’")


def common(match: Match) -> bool:
    """A word in lower case, not the name of a paper."""
    return match.words.raw(match.first).islower()


def season(match: Match) -> bool:
    """A season, not the verb or noun: only after a preposition of time, and not "the fall of"."""
    if match.words.word(match.last) == "of" or _named(match):
        return False
    return _near(match, "place_prepositions") or match.has("EARLY", "EDGE")


def weekday(match: Match) -> bool:
    """A weekday that is no name of a day or paper: "Black Monday", "Sunday Times"."""
    after = match.words.raw(match.last)
    titled = match.words.word(match.first - 1) == "the" and after[:1].isupper() and after.isalpha() and value_of(after) is None
    return not _near(match, "named_days") and not titled


def part(match: Match) -> bool:
    """ "the morning" after a preposition, and not followed by what makes it another one: "the night of"."""
    return match.has("EARLY") or (
        match.words.word(match.first - 1) in ("in", "during", "by", "into", "until", "through")
        and match.words.word(match.last) != "of"
    )


def clock(match: Match) -> bool:
    """Hours and minutes that tell the time: with a.m. or a zone, or after "at"; a score is none."""
    if match.has("AMPM", "OCLOCK", "ZONE", "LOCAL", "NOON"):
        return True
    hour, minute = re.split("[:.]", match.words.raw(match.first))
    before = match.words.word(match.first - 1)
    return int(hour) < 25 and int(minute) < 60 and before in ("at", "around", "about", "by", "until", "from")


def unit(match: Match) -> bool:
    """ "the year" that is a time of the story: after a preposition, and not told further by "of", "that" or "when"."""
    return _near(match, "place_prepositions") and not _after(match, "not_of")


def plural(match: Match) -> bool:
    """Units without a number, "for months": only after a preposition that measures time."""
    before = match.words.word(match.first - 1)
    return match.has("OLD") or before in ("for", "after", "in", "over", "of", "within", "took", "last", "lasted")


def offset(match: Match) -> bool:
    """ "two days before" with nothing that it is before: the story's own time is meant then."""
    return not match.has("BEFORE") or match.words.word(match.last) in (".", ",", ";", "", "”", '"')


def ahead(match: Match) -> bool:
    """ "in two years" from now, and not how long it has been: "the first visit in two years", "the worst storm in a
    century"."""
    for back in range(1, 10):
        word = match.words.word(match.first - back)
        if word in _BREAKS:
            return True
        if word in _ORDINALS or (len(word) > 5 and word.endswith("est")):
            return False
    return True


def ends_clause(match: Match) -> bool:
    """Nothing follows that the words could belong to: "the 16th" and not "the 16th president"."""
    return match.words.word(match.last) in _ENDS


GUARDS: dict[str, Callable[[Match], bool]] = {
    guard.__name__: guard
    for guard in (
        month,
        month_day,
        year,
        short_year,
        decade,
        common,
        season,
        weekday,
        part,
        clock,
        unit,
        plural,
        offset,
        ahead,
        ends_clause,
    )
}


def stands(match: Match) -> bool:
    """Whether the match is a time expression after all."""
    return match.rule.guard is None or GUARDS[match.rule.guard](match)
