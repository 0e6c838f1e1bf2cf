"""Names within longer spans: states behind commas and directions, bodies before those who belong to them. All made up."""

from __future__ import annotations

import pytest
from tests.resolve.readings import actors

from communique import read
from communique.resolve.actors.resolver import ActorResolver

BLAST = """
A DET 2 det
blast NOUN 3 nsubj
shook/shake VERB 0 root
{}
. PUNCT 3 punct
"""


def place(*words: str) -> str:
    """A blast shook WORDS, one span of the network's."""
    rows = [f"{w} {'ADJ' if w.islower() else 'PUNCT' if w == ',' else 'PROPN'} 3 obj LOC" for w in words]
    return BLAST.format("\n".join(rows))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("Arequipa", ",", "Peru"), True),
        (("southern", "Peru"), True),
        (("south", "-", "west", "Peru"), True),
        (("Banco", "Peru"), False),
    ],
)
def test_a_state_at_the_end_of_a_place_is_named(resolver: ActorResolver, words: tuple[str, ...], named: bool) -> None:
    assert ("Peru" in actors(resolver, place(*words))) is named


MILITANTS = """
Hezbollah PROPN 2 compound ORG
militants/militant NOUN+ 3 nsubj ORG
left/leave VERB 0 root
Lebanon PROPN 3 obj LOC
. PUNCT 3 punct

Polish PROPN 3 compound ORG
Army PROPN 3 compound ORG
Choir PROPN 4 nsubj ORG
sang/sing VERB 0 root
. PUNCT 4 punct
"""


def test_those_who_belong_to_a_body_leave_its_name_whole(resolver: ActorResolver) -> None:
    found = actors(resolver, MILITANTS)
    assert found["Hezbollah"].resolved_by == "registry"
    assert "Hezbollah militants" not in found


def test_a_body_has_the_country_of_the_body_in_its_name(resolver: ActorResolver) -> None:
    assert actors(resolver, MILITANTS)["Polish Army Choir"].country == "POL"


def test_a_day_alone_is_nobody_of_that_surname() -> None:
    found = read("The minister arrived in June and met envoys. The visit lasts until Friday.\n").actors
    assert not [a.name for a in found if a.kind == "person" and "Friday" in a.name]
