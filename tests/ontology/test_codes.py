"""The codes of states in other systems."""

from datetime import date

import pytest

from communique.ontology.codes import load_codes
from communique.ontology.tables import read_rows
from communique.ontology.world import load_world


@pytest.mark.parametrize(
    ("country", "system", "on", "code"),
    [
        ("FRA", "iso2", None, "FR"),
        ("NAM", "iso2", None, "NA"),
        ("AFG", "iso-numeric", None, "004"),
        ("GBR", "cow", date(2001, 1, 1), "200"),
        ("GBR", "cow-abbr", None, "UKG"),
        ("DEU", "cow", date(1985, 1, 1), "260"),
        ("DEU", "cow", date(1995, 1, 1), "255"),
        ("DEU", "gw", date(1995, 1, 1), "260"),
        ("DDR", "cow", date(1985, 1, 1), "265"),
        ("DDR", "cow", date(1995, 1, 1), None),
        ("DDR", "cow", None, "265"),
        ("YEM", "cow", date(1980, 1, 1), "678"),
        ("YEM", "cow", None, "679"),
        ("YEM", "gw", None, "678"),
        ("SRB", "gw", None, "340"),
        ("SRB", "cow", None, "345"),
        ("UKR", "cow", date(1985, 1, 1), None),
        ("TLS", "cameo", None, "TMP"),
        ("ROU", "cameo", None, "ROU"),
        ("GRL", "cow", None, None),
    ],
)
def test_the_code_of_a_state_on_a_day(country: str, system: str, on: date | None, code: str | None) -> None:
    assert load_codes().code_of(country, system, on) == code


@pytest.mark.parametrize(
    ("system", "code", "on", "country"),
    [
        ("cow", "365", date(1985, 1, 1), "SUN"),
        ("cow", "365", date(1995, 1, 1), "RUS"),
        ("cow", "2", None, "USA"),
        ("cow", "002", None, "USA"),
        ("cow-abbr", "drc", date(1990, 1, 1), "ZAR"),
        ("cow-abbr", "DRC", None, "COD"),
        ("cow", "345", date(2004, 1, 1), "SCG"),
        ("cow", "345", None, "SRB"),
        ("gw", "265", None, "DDR"),
        ("cameo", "ROM", None, "ROU"),
        ("iso-numeric", "4", None, "AFG"),
        ("cow", "999", None, None),
    ],
)
def test_the_state_of_a_code_on_a_day(system: str, code: str, on: date | None, country: str | None) -> None:
    assert load_codes().state_of(system, code, on) == country


def test_every_code_is_of_a_state_of_the_registry_and_means_one_state_at_a_time() -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for state, system, value, begin, end in read_rows("codes.tsv"):
        assert load_world().state(state), state
        assert not begin or not end or begin < end, (state, system)
        for other, since, until in held.setdefault((system, value), []):
            assert other == state or (until and begin >= until) or (end and since >= end), (system, value, state, other)
        held[system, value].append((state, begin, end))
