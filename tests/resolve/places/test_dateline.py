"""A dateline tells which of the places of a name is meant. All reports are made up."""

from __future__ import annotations

import pytest

from communique import read

STORM = "A storm hit Paris on Monday, the mayor said. Two roofs fell."


@pytest.mark.parametrize(
    ("line", "country"),
    [("PARIS, Texas - ", "USA"), ("PARIS, Texas, May 3 (AP) — ", "USA"), ("PARIS, May 3 (AFP) - ", "FRA"), ("", "FRA")],
)
def test_a_town_of_the_dateline_is_the_one_in_the_text(line: str, country: str) -> None:
    record = read(line + STORM)
    assert [(p.name, p.country) for p in record.places] == [("Paris", country)]
    assert all(m.start >= len(line) for m in record.places[0].mentions)


def test_what_only_the_dateline_names_is_no_place_of_the_report() -> None:
    assert read("LIMA, Peru (AP) — Two ministers met on Monday, a spokesman said.").places == ()
