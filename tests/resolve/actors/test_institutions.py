"""Bodies that are called by a common noun and their state, or whose name stands in a longer one. All reports are made up."""

from __future__ import annotations

from tests.resolve.readings import actors

from communique.ontology.world import load_world
from communique.resolve.actors.resolver import ActorResolver

SENATE = """
The DET 3 det
Philippine ADJ 3 amod
Senate PROPN 4 nsubj ORG
praised/praise VERB 0 root
Lithuania PROPN 7 nmod:poss LOC
's PART 5 case
parliament NOUN 4 obj
. PUNCT 4 punct
"""


def test_a_body_is_the_only_one_of_its_state_that_is_called_so(resolver: ActorResolver) -> None:
    entries = {load_world().entry(a.entry or "") for a in actors(resolver, SENATE).values()}
    assert {"Senate of the Philippines", "Seimas"} <= {e.name for e in entries if e is not None}


PARTY = """
The DET 3 det
ruling/rule VERB 3 amod
Pheu PROPN 9 nsubj ORG
Thai PROPN 3 flat ORG
Party PROPN 3 flat ORG
of ADP 7 case ORG
Thailand PROPN 3 nmod ORG
now ADV 9 advmod
split/split VERB 0 root
. PUNCT 9 punct
"""


def test_a_name_in_a_longer_one_is_found(resolver: ActorResolver) -> None:
    assert "group:pheu-thai" in {a.entry for a in actors(resolver, PARTY).values()}


SOLDIERS = """
Ten NUM 3 nummod
Israeli ADJ 3 amod
soldiers/soldier NOUN+ 4 nsubj
left/leave VERB 0 root
. PUNCT 4 punct
"""


def test_people_of_a_body_are_not_the_body(resolver: ActorResolver) -> None:
    found = actors(resolver, SOLDIERS)
    assert all(a.entry in (None, "state:ISR") for a in found.values())
    assert any(a.kind == "military" for a in found.values())
