"""What the network says of pronouns, weighed with what the rules see. All reports are made up."""

from __future__ import annotations

from dataclasses import replace

from tests.resolve.readings import analysis

from communique.resolve.actors.resolver import ActorResolver
from communique.types.analysis import Analysis
from communique.types.reading import Antecedent

TWO = """
Ana PROPN 3 nsubj PERSON
Quispe PROPN 1 flat PERSON
met/meet VERB 0 root
Rosa PROPN 3 obj PERSON
Vega PROPN 4 flat PERSON
. PUNCT 3 punct

Rain NOUN 2 nsubj
delayed/delay VERB 0 root
her PRON 2 obj
. PUNCT 2 punct
"""
HER = 8


def linked(table: str, *links: Antecedent) -> Analysis:
    """A report read with these antecedents."""
    read = analysis(table)
    assert read.reading is not None
    return replace(read, reading=replace(read.reading, antecedents=links))


def meant(resolver: ActorResolver, read: Analysis, index: int) -> list[str]:
    """The names of the actors that a word means."""
    return [d.name for d in resolver.found(read).drafts if (index, index + 1) in d.spans]


def test_the_subject_is_meant_unless_the_network_is_sure_of_another(resolver: ActorResolver) -> None:
    assert meant(resolver, linked(TWO), HER) == ["Ana Quispe"]
    unsure, sure = Antecedent(HER, 3, 0.05), Antecedent(HER, 3, 0.9)
    assert meant(resolver, linked(TWO, unsure), HER) == ["Ana Quispe"]
    assert meant(resolver, linked(TWO, sure), HER) == ["Rosa Vega"]


def test_nobody_is_meant_where_the_network_is_sure_that_no_actor_is(resolver: ActorResolver) -> None:
    assert meant(resolver, linked(TWO, Antecedent(HER, 6, 0.9)), HER) == []
    assert meant(resolver, linked(TWO, Antecedent(HER, 6, 0.5)), HER) == ["Ana Quispe"]


LEAGUE = """
The DET 3 det
Arab PROPN 3 compound ORG
League PROPN 4 nsubj ORG
praised/praise VERB 0 root
NATO PROPN 4 obj ORG
. PUNCT 4 punct

Rain NOUN 2 nsubj
hit/hit VERB 0 root
its PRON 4 nmod:poss
office NOUN 2 obj
and CCONJ 8 cc
it PRON 8 nsubj
left/leave VERB 2 conj
. PUNCT 2 punct
"""


def test_a_chain_of_pronouns_is_followed_to_the_first_name(resolver: ActorResolver) -> None:
    ITS, IT, NATO = 8, 11, 4
    read = linked(LEAGUE, Antecedent(ITS, NATO, 0.9), Antecedent(IT, ITS, 0.8))
    assert [meant(resolver, read, i) for i in (ITS, IT)] == [["NATO"], ["NATO"]]
    assert meant(resolver, linked(LEAGUE), ITS) == ["Arab League"]


RIVAL = """
NATO PROPN 2 nsubj ORG
sees/see VERB 0 root
Peru PROPN 2 obj LOC
as ADP 6 case
its PRON 6 nmod:poss
rival NOUN 2 obl
. PUNCT 2 punct

Peru PROPN 4 nsubj LOC
is/be AUX 4 cop
its PRON 4 nmod:poss
rival NOUN 0 root
. PUNCT 4 punct
"""


def test_nobody_is_a_rival_of_itself(resolver: ActorResolver) -> None:
    AS, IS = 4, 9
    read = linked(RIVAL, Antecedent(AS, 2, 0.9), Antecedent(IS, 7, 0.9))
    assert [meant(resolver, read, i) for i in (AS, IS)] == [["NATO"], ["NATO"]]
    assert [meant(resolver, linked(RIVAL), i) for i in (AS, IS)] == [["NATO"], ["NATO"]]
