"""What other systems call the states: ISO 3166-1, FIPS 10-4, Correlates of War, Gleditsch and Ward, CAMEO.

Sources: ISO 3166-1; Correlates of War, State System Membership (v2016); Gleditsch and Ward, "A Revised List of Independent
States since the Congress of Vienna", International Interactions 25 (1999); CAMEO code book 1.1b3.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import NamedTuple

from communique.ontology.tables import covers, day, read_rows

SYSTEMS = ("iso2", "iso-numeric", "fips", "cow", "cow-abbr", "gw", "cameo")


class Code(NamedTuple):
    """A state's code in a system on the days `[begin, end)`; None is open."""

    state: str
    system: str
    value: str
    begin: date | None
    end: date | None

    def holds(self, on: date | None) -> bool:
        """Whether the code is in use on a day; with no day, whether it is in use still."""
        return covers(self.begin, self.end, on)


class Codes:
    """The codes of all states, both ways, in `SYSTEMS`."""

    def __init__(self) -> None:
        self._of_state: dict[tuple[str, str], list[Code]] = defaultdict(list)
        self._of_value: dict[tuple[str, str], list[Code]] = defaultdict(list)
        for state, system, value, begin, end in read_rows("codes.tsv"):
            code = Code(state, system, value, day(begin), day(end))
            self._of_state[system, state].append(code)
            self._of_value[system, _key(value)].append(code)

    def code_of(self, country: str, system: str, on: date | None = None) -> str | None:
        """The code of a state (ISO 3166-1 alpha-3) in a system on a day, the usual one of several; without a day the
        present one, or the last of a state that ended. None where the system has none."""
        found = _best(self._of_state.get((system, country), []), on)
        return found.value if found else None

    def state_of(self, system: str, code: str, on: date | None = None) -> str | None:
        """The state (ISO 3166-1 alpha-3) that a code means in a system on a day; without a day the present one, or the
        last that had it. Leading zeros and case do not matter."""
        found = _best(self._of_value.get((system, _key(code)), []), on)
        return found.state if found else None


def _key(value: str) -> str:
    return value.strip().upper().lstrip("0")


def _best(codes: list[Code], on: date | None) -> Code | None:
    for code in codes:
        if code.holds(on):
            return code
    return max(codes, key=lambda c: c.end or date.max) if codes and on is None else None


@cache
def load_codes() -> Codes:
    """The codes, read on the first call."""
    return Codes()
