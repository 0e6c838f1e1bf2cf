"""Whether two events are one happening: a visible list of weighted reasons.

Weights are tenths of a point, whole numbers, so that sums are the same in any order. They were set by hand, so that type,
two sides and the day together suffice, and no two of them do; then a few of them on made reports (tests/merge/happenings.py).
"""

from __future__ import annotations

from math import cos, hypot, radians

from communique.merge.relations import apart_modes, apart_sectors, beside_types
from communique.merge.traits import Traits
from communique.types.incidents import Figure, Reason

ENOUGH = 55  # from here on two events are one
_AT_A_SPOT = ("ASSAULT", "COERCE", "PROTEST")  # types whose place is where they are done, not where they are told
# what makes a second telling in a report the act told before ("the bombardment killed six"), and what speaks against that
_AGAIN = frozenset(("mode", "place", "reported together"))
_DIFFERING = frozenset(
    "actor other|actor of another sector|actor of one country|recipient other|recipient of another sector|sides turned|"
    "recipient of one country|another side|no side|other persons|numbers near|other number|"
    "no word|few words|other words".split("|")
)
_BLAMED = ("ASSAULT", "COERCE", "MOBILIZE")  # types that each of two sides may lay at the other's door
_AHEAD = 60  # days that a plan without a day may lie ahead
_KIN = (
    "CONSULT AGREE", "CONSULT COOPERATE", "AGREE COOPERATE", "AGREE AID", "AGREE SUPPORT", "AGREE CONCEDE", "AGREE RETREAT",
    "AID COOPERATE", "AID SUPPORT", "SUPPORT COOPERATE", "CONCEDE RETREAT", "ACCUSE REJECT", "ACCUSE REQUEST",
    "ACCUSE THREATEN", "REQUEST THREATEN", "REJECT THREATEN", "SANCTION COERCE", "SANCTION REJECT", "SANCTION ACCUSE",
    "COERCE ASSAULT", "ASSAULT MOBILIZE", "COERCE MOBILIZE", "PROTEST ASSAULT", "PROTEST ACCUSE",
)  # fmt: skip
_PAIRS = [tuple(pair.split()) for pair in _KIN]
KIN = frozenset({*_PAIRS, *((two, one) for one, two in _PAIRS)})


def kin(one: str, other: str) -> bool:
    """Whether two PLOVER types may stand for the same act."""
    return one == other or (one, other) in KIN


def score(a: Traits, b: Traits) -> int:
    """How far all reasons together speak for one happening, in tenths of a point."""
    return sum([_SCORES[r] for r in _found(a, b)])


def points(name: str) -> int:
    """What a reason gives, in tenths of a point."""
    return _SCORES[name]


def compare(a: Traits, b: Traits) -> tuple[Reason, ...]:
    """The reasons that speak for or against two events being one happening; the same whichever comes first."""
    return tuple(_REASONS[r] for r in _found(a, b) if r)


def _found(a: Traits, b: Traits) -> list[str]:
    """The names of reasons, empty ones where there is nothing to compare. Called for every candidate pair: no generators."""
    found = _acts(a, b)
    found += _both(a, b) if a.mutual or b.mutual else _sides(a, b)
    found += (_days(a, b), _places(a, b), _told(a, b))
    if a.figures and b.figures:
        found.append(_figures(a, b))
    if a.stem == b.stem:
        found.append("trigger")
    if a.story is not None and b.story is not None:
        found.append("story" if a.story == b.story else "other story")
    if a.text_id == b.text_id or a.group == b.group:
        act = "same report" if a.plover == b.plover else "other type in the same report"
        if set(found) >= _AGAIN and _DIFFERING.isdisjoint(found):
            act = "told again"
        found.append(act if a.planned == b.planned else "plan in the same report")
    return found


def _acts(a: Traits, b: Traits) -> list[str]:
    if a.plover != b.plover:
        if not kin(a.plover, b.plover):
            return ["other types"]
        return ["types beside each other" if beside_types(a.plover, b.plover) else "kin types"]
    if a.mode and b.mode:
        if a.mode == b.mode:
            return ["type", "mode"]
        return ["type", "mode apart" if apart_modes(a.plover, a.mode, b.mode) else "other mode"]
    return ["type"]


def _sides(a: Traits, b: Traits) -> list[str]:
    one = _side((a.actor, b.actor), (a.actor_countries, b.actor_countries), (a.actor_sectors, b.actor_sectors))
    two = _side(
        (a.recipient, b.recipient), (a.recipient_countries, b.recipient_countries), (a.recipient_sectors, b.recipient_sectors)
    )
    other = one == "other" or two == "other"
    if other and a.actor_countries & b.recipient_countries and a.recipient_countries & b.actor_countries:
        return ["sides turned" if a.plover in _BLAMED else "answered in kind"]
    return [one and "actor " + one, two and "recipient " + two]


_Sets = tuple[frozenset[str], frozenset[str]]


def _side(keys: _Sets, countries: _Sets, sectors: _Sets) -> str:
    one, other = keys
    if not one or not other:
        return ""
    if one & other:
        return "same"
    known = bool(countries[0] and countries[1])
    if known and not countries[0] & countries[1]:
        return "other"
    if apart_sectors(*sectors):
        return "of another sector"
    if not known:
        return "of one sector" if sectors[0] & sectors[1] else "unlike"
    return "of one country" if all(k.startswith("person:") for k in one | other) else "country"


def _both(a: Traits, b: Traits) -> list[str]:
    """Acts with two sides, each in either list: how many parties are shared, and whether each has one that the other lacks."""
    if not a.sides or not b.sides:
        return []
    keys = len((a.actor | a.recipient) & (b.actor | b.recipient))
    shared = max(keys, len(a.sides & b.sides))
    if shared >= 2:
        if not keys and a.persons and b.persons:
            return ["other persons"]
        return ["both sides" if keys >= 2 else "both countries"]
    if shared:
        return ["one side", "another side"] if a.sides - b.sides and b.sides - a.sides else ["one side"]
    return ["no side"] if a.known and b.known else []


def _days(a: Traits, b: Traits) -> str:
    if a.planned != b.planned:
        plan, deed = (a, b) if a.planned else (b, a)
        if plan.published is not None and not deed.guessed and plan.published > deed.end:
            return "planned afterwards"
    if lies_ahead(a, b) or lies_ahead(b, a):
        return "called off before" if a.denied or b.denied else "moved from other days"
    if a.guessed or b.guessed:
        return _guessed(a, b)
    gap = max(a.start, b.start) - min(a.end, b.end) + 1  # 0 where they overlap, 1 where one follows the other
    wide = max(a.end - a.start, b.end - b.start)
    if gap > 3 or (gap > 1 and wide > 1):
        return "other time" if gap <= 3 or a.planned or b.planned else "far apart"
    if gap > 0:
        earlier, later = (a, b) if a.start < b.start else (b, a)
        told_before = earlier.published is not None and earlier.published < later.start and not a.planned and not b.planned
        return "days apart" if gap > 1 else "told the day before" if told_before else "next day"
    if wide <= 1:
        return "same day"
    if a.start == b.start and a.end == b.end:
        return "same days"
    return "within a week" if wide <= 7 else "within a month" if wide <= 31 else "overlap"


def lies_ahead(plan: Traits, other: Traits) -> bool:
    """Whether a plan has days that were still to come when it was called off, or has other days since it was moved."""
    if not plan.planned or plan.guessed or other.published is None or plan.published is None:
        return False
    if other.denied:
        return 0 < plan.end - other.published <= _AHEAD and plan.published <= other.published
    apart = other.start >= plan.end or other.end <= plan.start
    return other.moved and apart and abs(plan.start - other.start) <= _AHEAD and plan.published <= other.published


def _guessed(a: Traits, b: Traits) -> str:
    """Days where at least one is only known as that of its report; reports come on the day and soon after, plans before."""
    if not a.start or not b.start:
        return ""
    vague, dated = (a, b) if a.guessed else (b, a)
    if vague.guessed and dated.guessed:
        if a.planned != b.planned:
            vague, dated = (a, b) if a.planned else (b, a)
        else:
            gap = abs(a.start - b.start)
            return "reported together" if gap <= 1 else "reported soon after" if gap <= 3 else "reported apart"
    if vague.planned:
        return "plan before" if -1 <= dated.start - vague.start <= _AHEAD else "planned afterwards"
    if dated.start <= vague.start <= dated.end + 1:
        return "reported together"
    return "reported soon after" if 0 <= vague.start - dated.start <= 7 else "reported apart"


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude) in degrees, on a flat map: right for short ways."""
    east = (a[1] - b[1] + 180) % 360 - 180
    return 111.2 * hypot(a[0] - b[0], east * cos(radians((a[0] + b[0]) / 2)))


def _places(a: Traits, b: Traits) -> str:
    if a.exact_place and b.exact_place:
        if a.place == b.place:
            return "place"
        if a.point is None or b.point is None:
            return ""
        way = distance(a.point, b.point)
        apart = "other spot" if a.plover in _AT_A_SPOT and b.plover in _AT_A_SPOT else "other place"
        return "place" if way <= 10 else "near" if way <= 50 else apart
    if a.place_country and b.place_country:
        return "place's country" if a.place_country == b.place_country else "other country"
    return ""


def bounds(figure: Figure) -> tuple[float, float]:
    """Least and most that a figure says."""
    low = figure.low if figure.low is not None else 0.0
    return low, figure.high if figure.high is not None else float("inf") if figure.low is not None else 0.0


def _figures(a: Traits, b: Traits) -> str:
    """One reason for all numbers of the same kind: the best of them."""
    pairs = ((f, g) for f in a.figures for g in b.figures if f.kind == g.kind and f.unit == g.unit)
    return max((_figure(f, g) for f, g in pairs), key=_SCORES.__getitem__, default="")


def _figure(f: Figure, g: Figure) -> str:
    (low, high), (least, most) = bounds(f), bounds(g)
    if (low, high) == (least, most):
        return "number" if low > 2 else "small number"
    if low <= most and least <= high:
        return "numbers agree"
    return "numbers near" if 2 * min(high, most) >= max(low, least) else "other number"


def _told(a: Traits, b: Traits) -> str:
    """How many of the words around the trigger are shared, of the shorter telling's."""
    fewer = min(a.words.bit_count(), b.words.bit_count())
    if not fewer:
        return ""
    shared = (a.words & b.words).bit_count()
    if fewer < 3:
        return "a word" if shared else "no word"
    if shared >= 2 and 2 * shared >= fewer:
        return "words"
    return "some words" if 4 * shared >= fewer else "few words" if shared else "other words"


_TABLE = (
    ("type", 2.0, "the same type of act"),
    ("mode", 0.3, "the same mode"),
    ("other mode", -0.5, "other modes of the type"),
    ("mode apart", -4.5, "modes that exclude each other"),
    ("kin types", 0.0, "types that can stand for the same act"),
    ("types beside each other", -2.5, "types that one occasion may have both of"),
    ("other types", -5.0, "types that can't be the same act"),
    ("actor same", 2.0, "the same actor"),
    ("actor country", 1.5, "actors of the same country, one perhaps standing for the other"),
    ("actor of one country", 0.0, "other persons of the same country as actors"),
    ("actor of one sector", 0.5, "actors of the same sector under other names"),
    ("actor of another sector", -4.0, "actors of other sectors"),
    ("actor unlike", -0.5, "actors under other names"),
    ("actor other", -3.0, "actors of other countries"),
    ("recipient same", 2.0, "the same recipient"),
    ("recipient country", 1.5, "recipients of the same country, one perhaps standing for the other"),
    ("recipient of one country", 0.0, "other persons of the same country as recipients"),
    ("recipient of one sector", 0.5, "recipients of the same sector under other names"),
    ("recipient of another sector", -5.0, "recipients of other sectors"),
    ("recipient unlike", -0.5, "recipients under other names"),
    ("recipient other", -3.0, "recipients of other countries"),
    ("sides turned", -2.0, "the sides the other way round"),
    ("answered in kind", -4.5, "the sides the other way round, of an act that is answered in kind"),
    ("both sides", 4.0, "the same two sides"),
    ("both countries", 3.0, "sides of the same two countries"),
    ("other persons", -3.5, "other persons of the same two countries"),
    ("one side", 1.5, "one side the same"),
    ("another side", -3.5, "the other side differs"),
    ("no side", -3.5, "no side the same"),
    ("same day", 2.5, "the same day"),
    ("same days", 1.5, "the same days"),
    ("next day", -1.0, "a day apart"),
    ("told the day before", -3.5, "a day apart, told as past before the other day came"),
    ("days apart", -5.0, "two or three days apart"),
    ("within a week", 1.0, "days that overlap, told to the week"),
    ("within a month", 0.5, "days that overlap, told to the month"),
    ("overlap", 0.2, "days that overlap"),
    ("other time", -3.0, "days that do not overlap"),
    ("far apart", -20.0, "days far apart"),
    ("reported together", 1.5, "reported as it happened, no day told"),
    ("reported soon after", 0.3, "reported a few days apart, no day told"),
    ("reported apart", -3.0, "reported at other times, no day told"),
    ("plan before", 0.5, "planned before, no day told"),
    ("called off before", 1.0, "called off before its days"),
    ("moved from other days", 1.0, "moved from other days"),
    ("planned afterwards", -5.0, "planned when the other was over"),
    ("place", 2.0, "the same place"),
    ("near", 0.8, "places less than 50 km apart"),
    ("other place", -3.0, "places more than 50 km apart"),
    ("other spot", -6.0, "an act that has one place, in places more than 50 km apart"),
    ("place's country", 0.3, "places in the same country"),
    ("other country", -3.0, "places in other countries"),
    ("number", 1.8, "the same number"),
    ("small number", 0.8, "the same small number"),
    ("numbers agree", 0.8, "numbers that agree"),
    ("numbers near", -0.3, "numbers that differ, by less than twice"),
    ("other number", -1.0, "numbers that differ"),
    ("trigger", 0.7, "the same trigger"),
    ("a word", 0.5, "of the few words around it one shared"),
    ("no word", -1.5, "none of the few words around it shared"),
    ("words", 3.0, "most of the words around it shared"),
    ("some words", 0.8, "some of the words around it shared"),
    ("few words", -1.0, "few of the words around it shared"),
    ("other words", -4.0, "no word around it shared"),
    ("story", 1.0, "reports of the same story"),
    ("other story", -0.5, "reports of other stories"),
    ("same report", -6.0, "told apart in the same report, or in copies of it"),
    ("other type in the same report", -8.0, "other types of act in the same report, or in copies of it"),
    ("told again", -0.5, "told again in the same report, without a day of its own"),
    ("plan in the same report", -2.0, "a plan and a deed in the same report"),
)
_REASONS = {name: Reason(name, points, words) for name, points, words in _TABLE}
_SCORES = {"": 0} | {name: round(10 * points) for name, points, _ in _TABLE}
