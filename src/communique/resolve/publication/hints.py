"""What a report tells of its month, weighed: who holds or held which office in it, how old they are, which years it names,
and what it calls by a name that the world has had only since some month."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from communique.ontology.entries import Office
from communique.ontology.world import World
from communique.resolve.publication.chronicle import heard
from communique.resolve.publication.clues import Days, Sentence, load_sayings, place_in
from communique.resolve.publication.elections import elections
from communique.resolve.publication.meetings import meetings
from communique.resolve.publication.people import Named, people_named
from communique.resolve.publication.weights import FIRST, LAST, Curve, Hint, month_of, weigh
from communique.resolve.tables import read_rows
from communique.resolve.times.tense import Direction
from communique.types.text import Span

_YEAR = re.compile(r"(?:19|20)\d\d")
_RESOLUTION = re.compile(r"\b[Rr]esolutions? (?:(?:No\.|number) )?(\d{3,4})\b")
_NAME = r"(?P<name>[A-Z][\w’'-]+(?: (?:(?:al|bin|de|von|van|da|el) )?[A-Z][\w’'-]+\.?){0,4})"
_AGES = (re.compile(r"\b(?P<age>\d\d)-year-old (?:[\w-]+ ){0,3}?" + _NAME), re.compile(_NAME + r", (?:aged )?(?P<age>\d\d),"))
# Of one person's mentions the one that says most counts.
_ORDER = ("elect", "former", "new", "outgoing", "holder", "official", "dated", "bare")
# A term that a list leaves open ends in the list when it was made; it went on from there.
_LIST_ENDS = {"REIGN": (2021, 3), "Wikidata": (2022, 10), "World Factbook": (2026, 5)}
_COARSE = "official"
_LEAD = 4


def hints(told: Sequence[Sentence], world: World, text: str) -> list[Hint]:
    """All hints of a report's sentences; `text` is the document's."""
    people = list(_people(told, world))
    return [
        *people,
        *_ages(told, world),
        *_years(told),
        *heard(told, text, [span for hint in people for span in hint.evidence]),
        *_resolutions(told),
        *meetings(told),
        *elections(told, world),
    ]


def hint_of_days(days: Days, evidence: tuple[Span, ...]) -> Hint:
    """What clues say that leave only some days, as a hint: no other month is likely."""
    stretches = [(month_of(i.start), month_of(i.end - timedelta(days=1)) + 1) for i in days]
    return Hint("days", weigh(_curve("days"), stretches), evidence)


def _curve(name: str) -> Curve:
    return load_sayings().curves[name]


def _people(told: Sequence[Sentence], world: World) -> Iterator[Hint]:
    best: dict[str, tuple[int, Named, Span]] = {}
    turns: dict[str, tuple[str, Span]] = {}
    book = load_sayings()
    for number, sentence in enumerate(told):
        dated = any(t.interval for t, _ in sentence.times)
        for named in people_named(sentence.text, world, book.uses):
            use = _use(named, dated)
            span = place_in(sentence, named.span)
            known = best.get(named.person)
            if known is None or _ORDER.index(use) < known[0]:
                best[named.person] = (_ORDER.index(use), named, span)
            if number < _LEAD and not dated and named.person not in turns:
                turn = next((t for t, said in book.turns.items() if said.search(sentence.text)), None)
                turns |= {named.person: (turn, span)} if turn else {}
    for person, (rank, named, span) in best.items():
        yield from _of_person(_ORDER[rank], named.terms, span)
        if person in turns and _ORDER[rank] in ("holder", "bare", "new"):
            yield from _of_person(turns[person][0], named.terms, turns[person][1])


def _use(named: Named, dated: bool) -> str:
    if named.use != "holder":
        return named.use
    if dated:
        return "dated"
    return "official" if all(o.title == _COARSE for o in named.terms) else "holder"


def _of_person(use: str, terms: Sequence[Office], span: Span) -> Iterator[Hint]:
    """A hint by the terms of one person, or by how they begin ("new", "elect", "begins") or end ("outgoing", "ends")."""
    begins = [month_of(o.begin) for o in terms if o.begin]
    ends = [end for o in terms if (end := _end(o)) is not None]
    stretches: list[tuple[int | None, int | None]]
    if use in ("new", "elect", "begins"):
        stretches = [(b, b + 1) for b in begins]
    elif use in ("outgoing", "ends"):
        stretches = [(e - 1, e) for e in ends]
    else:
        stretches = _merged([(_begin(o), _end(o)) for o in terms])
    if stretches:
        yield Hint(use, weigh(_curve(use), stretches), (span,))


def _begin(office: Office) -> int | None:
    """The month in which a term began; some years earlier for those whom the first list of the table has already."""
    if office.begin is None:
        return None
    begin = month_of(office.begin)
    return begin - _COARSE_LEAD if office.title == _COARSE and begin == _COARSE_BEGIN else begin


def _end(office: Office) -> int | None:
    """The month after a term; None where it is open or where only a list ended."""
    if office.end is None:
        return _COARSE_END if office.title == _COARSE else None
    last = office.end - timedelta(days=1)
    return None if _LIST_ENDS.get(office.source) == (last.year, last.month) else month_of(last) + 1


# The lists behind the table of officials begin and end; who was in office then came earlier, and went later.
_COARSE_BEGIN = month_of(date(2003, 1, 1))
_COARSE_LEAD = 60
_COARSE_END = month_of(date(2014, 1, 1))


def _merged(stretches: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    """Terms that follow each other as one, so that their borders tell nothing."""
    found: list[tuple[int | None, int | None]] = []
    for begin, end in sorted(stretches, key=lambda s: -1 if s[0] is None else s[0]):
        last = found[-1] if found else None
        if last and (last[1] is None or begin is None or begin <= last[1] + 1):
            found[-1] = (last[0], None if end is None or last[1] is None else max(end, last[1]))
        else:
            found.append((begin, end))
    return found


def _ages(told: Sequence[Sentence], world: World) -> Iterator[Hint]:
    """The year of life of those whose age the text gives and whose birth the table has."""
    seen = set()
    for sentence in told:
        for found in (f for pattern in _AGES for f in pattern.finditer(sentence.text)):
            people = {n.entry.id for n in world.names(found["name"]) if n.entry.kind == "person"}
            if len(people) > 1:  # a family name of several: whom the report names in full
                people &= {n.person for s in told for n in people_named(s.text, world, load_sayings().uses)}
            born = load_births(world).get(next(iter(people))) if len(people) == 1 else None
            if born is None or (found["name"], found["age"]) in seen:
                continue
            seen.add((found["name"], found["age"]))
            begin = month_of(born) + 12 * int(found["age"])
            yield Hint("age", weigh(_curve("age"), [(begin, begin + 13)]), (place_in(sentence, Span(*found.span())),))


def _years(told: Sequence[Sentence]) -> Iterator[Hint]:
    """The latest month with its year that the text tells as past, the latest year without one, and the earliest year ahead.

    Newsrooms name the year with the month for months of another year than their own: that is mostly the year before.
    """
    found: dict[str, list[tuple[int, int, Span]]] = {
        name: [] for name in ("past day", "past month", "past year", "month ahead", "year ahead", "year")
    }
    for sentence in told:
        for time, direction in sentence.times:
            year = (time.timex or "")[:4]
            if time.interval is None or not _YEAR.match(year) or year not in sentence.text or not FIRST <= int(year) < LAST:
                continue
            begin, end = month_of(time.interval.start), month_of(time.interval.end - timedelta(days=1)) + 1
            if end - begin <= 12:
                found[_kind_of_year(time.precision, direction, end - begin)].append((begin, end, time.span))
    latest = max((begin for name in ("past day", "past month", "past year") for begin, _, _ in found[name]), default=-1)
    for ahead in ("month ahead", "year ahead"):
        if any(end <= latest + 12 for _, end, _ in found[ahead]):
            found[ahead] = []  # one year as past and as ahead: one of the two is misread
    if latest >= 0 or found["month ahead"] or found["year ahead"]:
        found["year"] = []
    for name, times in found.items():
        if times:
            begin, end, span = (min if name.endswith("ahead") else max)(times)
            yield Hint(name, weigh(_curve(name), [(begin, end)]), (span,))


def _kind_of_year(precision: str | None, direction: Direction | None, months: int) -> str:
    if direction == "past" and precision == "day":
        return "past day"
    if direction == "past":
        return "past month" if months <= 3 else "past year"
    if direction == "future":
        return "month ahead" if months <= 1 else "year ahead"
    return "year"


def _resolutions(told: Sequence[Sentence]) -> Iterator[Hint]:
    """The latest resolution of the Security Council that the text gives by number."""
    numbers, years = load_resolutions()
    latest: tuple[int, Span] | None = None
    for sentence in told:
        if "ecurity Council" not in sentence.text and "U.N." not in sentence.text and "UN" not in sentence.text:
            continue
        for found in _RESOLUTION.finditer(sentence.text):
            if numbers[0] < int(found[1]) <= numbers[-1] and (latest is None or int(found[1]) > latest[0]):
                latest = (int(found[1]), place_in(sentence, Span(*found.span())))
    if latest is not None:
        begin = month_of(date(years[bisect_left(numbers, latest[0])], 1, 1))
        yield Hint("resolution", weigh(_curve("heard"), [(begin, None)]), (latest[1],))


@cache
def load_resolutions() -> tuple[list[int], list[int]]:
    """The last number of each year of `data/resolutions.tsv`, and the years; between two rows a number may be of the year after
    the earlier one."""
    known = [(int(year), int(last)) for year, last in read_rows("publication", "resolutions.tsv")]
    years = [known[0][0], *(a[0] + 1 for a, _ in pairwise(known))]
    return [last for _, last in known], years


@cache
def load_births(world: World) -> dict[str, date]:
    """When people of the registry were born, by their id, from `data/births.tsv`."""
    found = {}
    for name, born in read_rows("publication", "births.tsv"):
        day = date.fromisoformat(born if len(born) == 10 else f"{born}-01")
        found.update({n.entry.id: day for n in world.names(name) if n.entry.kind == "person" and n.use in ("name", "alias")})
    return found
