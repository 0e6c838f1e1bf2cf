"""What the tables know of states and organisations on a day."""

from datetime import date

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
