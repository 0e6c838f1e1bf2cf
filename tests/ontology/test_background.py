"""What the tables know of states and organisations on a day."""

from datetime import date

import pytest

from communique.ontology.background import Background, background
from communique.ontology.world import load_world


def test_a_state_with_its_codes_memberships_and_offices() -> None:
    norway = load_world().state("NOR")
    assert norway is not None
    known = background(load_world(), norway, date(2018, 6, 1))
    assert dict(known.codes)["cow"] == "385" and dict(known.codes)["iso2"] == "NO"
    assert "NATO" in known.member_of and "European Union" not in known.member_of
    assert any(o.title == "prime minister" and o.holder.name == "Erna Solberg" for o in known.held_by)


def test_an_organisation_has_the_members_of_the_day() -> None:
    nato = load_world().entry("org:nato")
    assert nato is not None
    assert "FIN" not in background(load_world(), nato, date(2020, 1, 1)).members
    assert "FIN" in background(load_world(), nato, date(2024, 1, 1)).members
    assert background(load_world(), nato).codes == ()


def test_nothing_is_told_of_people() -> None:
    person = next(e for e in load_world().entries() if e.kind == "person")
    assert background(load_world(), person) == Background()
    assert Background().to_dict() == {"codes": {}, "members": [], "member_of": [], "held_by": []}


@pytest.mark.parametrize("on", [None, date(2024, 3, 4)])
def test_offices_are_held_by_those_of_whom_it_is_known_and_each_is_told_once(on: date | None) -> None:
    sudan = load_world().state("SDN")
    assert sudan is not None
    told = [(o.holder.name, o.title) for o in background(load_world(), sudan, on).held_by]
    assert ("Abdel Fattah al-Burhan", "leader") in told and len(told) == len(set(told))
    assert not {"John Garang", "Hassan al-Turabi"} & {name for name, _ in told}
    assert ("John Garang", "politician") in [(o.holder.name, o.title) for o in load_world().offices(None, "SDN", None)]
