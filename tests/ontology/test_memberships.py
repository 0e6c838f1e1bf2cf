"""The members of organisations by date."""

from datetime import date

import pytest

from communique.ontology.memberships import load_memberships
from communique.ontology.tables import read_rows
from communique.ontology.world import load_world


@pytest.mark.parametrize(
    ("organisation", "state", "on", "member"),
    [
        ("org:eu", "GBR", date(2016, 1, 1), True),
        ("org:eu", "GBR", date(2020, 2, 1), False),
        ("org:nato", "SWE", date(2024, 3, 6), False),
        ("org:nato", "SWE", date(2024, 3, 7), True),
        ("org:council-of-europe", "RUS", date(2022, 3, 15), True),
        ("org:council-of-europe", "RUS", None, False),
        ("org:ecowas", "NER", date(2025, 1, 28), True),
        ("org:ecowas", "NER", date(2025, 1, 29), False),
        ("org:aes", "NER", date(2025, 1, 29), True),
        ("org:arab-league", "SYR", date(2015, 1, 1), False),
        ("org:arab-league", "SYR", None, True),
        ("org:commonwealth", "ZAF", date(1980, 1, 1), False),
        ("org:commonwealth", "GMB", date(2015, 1, 1), False),
        ("org:icc", "PHL", date(2018, 1, 1), True),
        ("org:icc", "PHL", None, False),
        ("org:un", "SUN", date(1980, 1, 1), True),
        ("org:un", "RUS", date(1980, 1, 1), False),
        ("org:wto", "CHN", date(2000, 1, 1), False),
        ("org:brics", "EGY", date(2023, 6, 1), False),
        ("org:g8", "RUS", date(2013, 6, 1), True),
        ("org:g8", "RUS", None, False),
    ],
)
def test_a_member_on_a_day(organisation: str, state: str, on: date | None, member: bool) -> None:
    assert (state in load_memberships().members(organisation, on)) is member
    assert (organisation in load_memberships().organisations_of(state, on)) is member


@pytest.mark.parametrize(
    ("organisation", "on", "count"),
    [
        ("org:un", None, 193),
        ("org:un", date(1978, 12, 31), 151),
        ("org:eu", None, 27),
        ("org:eu", date(1990, 1, 1), 12),
        ("org:nato", None, 32),
        ("org:nato", date(1990, 1, 1), 16),
        ("org:council-of-europe", None, 46),
        ("org:osce", None, 57),
        ("org:oecd", None, 38),
        ("org:commonwealth", None, 56),
        ("org:au", None, 55),
        ("org:asean", None, 11),
        ("org:eurozone", date(2025, 1, 1), 20),
        ("org:schengen", None, 29),
        ("org:gcc", None, 6),
        ("org:opec", None, 12),
        ("org:sco", None, 10),
        ("org:oas", None, 34),
        ("org:ecowas", None, 12),
        ("org:oic", None, 57),
        ("org:npt-nuclear", None, 5),
        ("org:warsaw-pact", None, 0),
        ("org:ruritania", None, 0),
    ],
)
def test_how_many_members_an_organisation_has(organisation: str, on: date | None, count: int) -> None:
    assert len(load_memberships().members(organisation, on)) == count


def test_every_membership_is_of_an_organisation_and_a_state_of_the_registry() -> None:
    world = load_world()
    for organisation, state, begin, end in read_rows("memberships.tsv"):
        assert world.entry(organisation) is not None, organisation
        assert world.state(state) is not None, state
        assert not begin or not end or begin < end, (organisation, state)
    assert set(load_memberships().organisations()) == {row[0] for row in read_rows("memberships.tsv")}


def test_states_joined_world_organisations_once_they_were_states() -> None:
    """But those that were members as colonies, before Gleditsch and Ward list them."""
    since: dict[str, str] = {}
    for code, system, _, begin, _ in read_rows("codes.tsv"):
        if system == "gw" and begin:
            since[code] = min(begin, since.get(code, begin))
    worldwide = {"org:imf", "org:who", "org:unesco", "org:iaea", "org:g77", "org:icc", "org:wto"}
    early = [
        (organisation, state)
        for organisation, state, begin, _ in read_rows("memberships.tsv")
        if organisation in worldwide and begin and begin < since.get(state, begin)[:4]
    ]
    assert not early
