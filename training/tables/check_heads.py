"""Print, state by state, the days of 2015 to 2026 for which the registry knows no head of state or of government.

    python training/tables/check_heads.py [--days N] [--overlaps] [STATE ...]

STATE is an ISO 3166-1 alpha-3 code; without one all states are checked. Gaps of fewer than N days (7) are left out;
`--overlaps` prints as well where two persons hold one office for longer than that, mostly because a list does not say when
the first one left. `heads.tsv` says which office it is in which state. The last line counts; the exit status is 1 where
there are gaps.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from communique.ontology.entries import Office
from communique.ontology.world import World, load_world

FIRST, END = date(2015, 1, 1), date(2026, 6, 1)
# Who rules after a coup or for a while goes by one of these, whatever the office is called by law.
FOR_A_WHILE = frozenset({"leader", "junta leader", "chairman"})
Stretch = tuple[date, date, str]


def offices_wanted() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By state: the classes of the head of state and those of the head of government."""
    lines = (Path(__file__).parent / "heads.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line[0] != "#"][1:]
    return {code: (frozenset(s.split("|")), frozenset(g.split("|"))) for s, g, states in rows for code in states.split()}


def held(world: World, state: str, classes: frozenset[str]) -> list[Office]:
    """The terms in a state of offices of these classes that touch the years checked, the earliest first."""
    found = []
    for office in world.offices(None, state, None):
        title = world.title(office.title)
        names = {title.title_class, title.text} if title else set()
        if names & (classes | FOR_A_WHILE) and (office.end or END) > FIRST and (office.begin or FIRST) < END:
            found.append(office)
    return sorted(found, key=lambda o: (o.begin or date.min, o.end or date.max))


def gaps(offices: Iterable[Office], days: int) -> Iterator[Stretch]:
    """The stretches of at least so many days that no term covers, with whom they lie between."""
    free, before = FIRST, "nobody"
    for office in offices:
        begin = office.begin or FIRST
        if (begin - free).days >= days:
            yield free, begin, f"between {before} and {office.holder.name}"
        if (office.end or END) >= free:
            free, before = office.end or END, office.holder.name
    if (END - free).days >= days:
        yield free, END, f"after {before}"


def overlaps(offices: list[Office], days: int) -> Iterator[Stretch]:
    """The stretches of more than so many days that two persons hold one office."""
    for number, one in enumerate(offices):
        for other in offices[number + 1 :]:
            begin, end = max(one.begin or FIRST, other.begin or FIRST, FIRST), min(one.end or END, other.end or END)
            if one.holder != other.holder and one.title == other.title and (end - begin).days > days:
                yield begin, end, f"{one.holder.name} ({one.source}) and {other.holder.name} ({other.source})"


def main() -> int:
    """Check and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("states", nargs="*", metavar="STATE")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--overlaps", action="store_true")
    wanted, options = offices_wanted(), parser.parse_args()
    world, missing, days_missing = load_world(), 0, 0
    for state in sorted(options.states or wanted):
        for role, classes in zip(("head of state", "head of government"), wanted[state], strict=True):
            offices = held(world, state, classes)
            for begin, end, why in gaps(offices, options.days):
                missing, days_missing = missing + 1, days_missing + (end - begin).days
                print(f"{state}\t{role}\tgap\t{begin}\t{end}\t{why}\t({', '.join(sorted(classes))})")
            for begin, end, why in overlaps(offices, options.days) if options.overlaps else ():
                print(f"{state}\t{role}\toverlap\t{begin}\t{end}\t{why}")
    print(f"{missing} gaps, {days_missing} days of {2 * len(options.states or wanted) * (END - FIRST).days}")
    return bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
