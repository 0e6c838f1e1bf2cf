"""When words that look like a time are none: "May" the person, "2000" the number, "the fall" of a city.

Each guard takes a match and says whether it stands; a rule of `data/grammar.yaml` names its guard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from communique.resolve.times.grammar import Match, load_grammar, value_of

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


def feast(match: Match) -> bool:
    """A feast and no part of a name ("Easter Island", "Tariq Ramadan"), nor what is sold for it ("a Christmas market")."""
    return not _named(match) and not _after(match, "wares")


def reaches(match: Match) -> bool:
    """Two years, months or days of a span: no counts, and the second year not before the first."""
    years = [value_of(match.words.raw(i)) for i in match.all("YEAR")]
    if match.has("MON", "WEEKDAY"):
        return True
    if any(not 1400 <= y <= 2100 for y in years) or _after(match, "counted"):
        return False
    if len(years) == 2:
        joined = match.has("HYPHEN", "FROM") or _near(match, "time_prepositions")
        return bool(joined and years[0] < years[1])
    raw = match.words.raw(match.last - 1)
    return len(raw) == 2 and raw.isdigit() and (years[0] % 100 < int(raw) or years[0] % 100 == 99)


def slashed_day(match: Match) -> bool:
    """A day and month in figures, no fraction: after a preposition of time, or with two figures each; 9/11."""
    raw = match.words.raw(match.first)
    before = match.words.word(match.first - 1)
    return raw == "9/11" or before == "on" or (len(raw) == 5 and before in ("since", "until", "by", "from", "before", "after"))


def spelled_year(match: Match) -> bool:
    """Two numerals that spell a year: nineteen ninety-six."""
    parts = [value_of(match.words.raw(i)) for i in match.all("WNUM")]
    return parts[1] >= 10 and (len(parts) == 2 or (parts[1] >= 20 and parts[2] < 10))


def quarter_number(match: Match) -> bool:
    """Q3 of a year, or after a preposition; no model of a car."""
    return match.has("YEAR", "REL") or _near(match, "place_prepositions") or match.words.word(match.first - 1) in ("'s", "’s")


def dawn(match: Match) -> bool:
    """Dawn as a time of day: named with its day or after a preposition."""
    before = match.words.word(match.first - 1)
    return "date" in match.groups or before in ("at", "before", "after", "since", "until", "around", "by", "from", "till")


def from_day(match: Match) -> bool:
    """A week from Friday, not between two days."""
    return match.words.word(match.all("FROM")[0]) == "from"


def story_time(match: Match) -> bool:
    """ "Since then", "at that time"; not "then" in a row of events nor "the same time"."""
    before = match.words.word(match.first - 1)
    if match.has("THEN"):
        return before in ("since", "until", "till", "by")
    return match.words.word(match.first) == "that" and before in ("at", "by", "since", "until", "from", "around")


def named_day(match: Match) -> bool:
    """The day of a month that an act is named by, with the act after it: "the September 11 terrorist attacks"."""
    words, acts = match.words, load_grammar().guards["acts"]
    known = f"{match.value('MON')}-{match.value('DAY', 'ORD')}" in load_grammar().named_days
    following = [words.word(match.last + k) for k in (0, 1, 2)]
    return known and any(f in acts and all(w.isalpha() for w in following[:k]) for k, f in enumerate(following))


def part(match: Match) -> bool:
    """ "the morning" after a preposition, and not followed by what makes it another one: "the night of"."""
    return (
        match.has("EARLY")
        or (match.has("SAME") and match.words.word(match.last) not in ("of", "when", "the"))
        or (
            match.words.word(match.first - 1) in ("in", "during", "by", "into", "until", "through")
            and match.words.word(match.last) != "of"
        )
    )


def clock(match: Match) -> bool:
    """Hours and minutes that tell the time: with a.m. or a zone, or after "at"; a score is none."""
    if match.has("AMPM", "OCLOCK", "ZONE", "LOCAL", "NOON", "PLACETIME", "PART"):
        return True
    before = match.words.word(match.first - 1)
    if match.has("HALF", "QUARTERW"):
        return before in ("at", "around", "about", "by", "until", "from", "before", "after", "since")
    hour, minute = re.split("[:.]", match.words.raw(match.first))
    return (
        int(hour) < 25
        and int(minute) < 60
        and before in ("at", "around", "about", "by", "until", "from", "before", "after", "since")
    )


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


def reference(match: Match) -> bool:
    """ "Soon", "now" and no measure of another time: "soon after", "as soon as", "shortly before"."""
    after = match.words.word(match.last)
    return match.words.word(match.first - 1) != "as" and after not in ("after", "before", "as", "thereafter", "afterwards")


def ahead(match: Match) -> bool:
    """ "in two years" from now, and not how long it has been: "the first visit in two years", "the worst storm in a
    century"."""
    if match.words.word(match.last) in ("ago", "later", "earlier"):
        return False
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
        reference,
        named_day,
        feast,
        reaches,
        slashed_day,
        spelled_year,
        quarter_number,
        dawn,
        from_day,
        story_time,
        ahead,
        ends_clause,
    )
}


def stands(match: Match) -> bool:
    """Whether the match is a time expression after all."""
    return match.rule.guard is None or GUARDS[match.rule.guard](match)
