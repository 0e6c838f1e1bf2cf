"""Groups, institutions and people that only nouns name. All reports are made up."""

from __future__ import annotations

import pytest
from tests.resolve.readings import MINISTERS, actors, analysis, words

from communique import read
from communique.resolve.actors.resolver import ActorResolver

GROUPS = """
Rioters/rioter NOUN+ 2 nsubj
attacked/attack VERB 0 root
police NOUN 2 obj
in ADP 5 case
Kenya PROPN 2 obl LOC
. PUNCT 2 punct

The DET 2 det
rioters/rioter NOUN+ 3 nsubj
wounded/wound VERB 0 root
three NUM 6 nummod
police NOUN 6 compound
officers/officer NOUN+ 3 obj
. PUNCT 3 punct

A DET 2 det
group NOUN 8 nsubj
of ADP 4 case
students/student NOUN+ 2 nmod
and CCONJ 7 cc
the DET 7 det
government NOUN 2 conj
condemned/condemn VERB 0 root
it PRON 8 obj
. PUNCT 8 punct
"""


def test_groups_are_one_actor_each(resolver: ActorResolver) -> None:
    read = analysis(GROUPS)
    found = {a.name: a for a in resolver.actors(read)}
    assert words(read, found["Rioters"]) == ["Rioters", "rioters"]
    assert (found["Rioters"].kind, found["Rioters"].country) == ("group", "KEN")
    assert words(read, found["police"]) == ["police", "police officers"]
    assert (found["police"].kind, found["police"].country) == ("government", "KEN")
    assert "group of students" in words(read, found["students"])


def test_the_government_is_the_state(resolver: ActorResolver) -> None:
    read = analysis(GROUPS)
    kenya = next(a for a in resolver.actors(read) if a.name == "Kenya")
    assert (kenya.kind, words(read, kenya)) == ("state", ["Kenya", "government"])


NAMES = """
The DET 4 det
Workers PROPN+ 4 compound ORG
Unity PROPN 4 compound ORG
League PROPN 8 nsubj ORG
( PUNCT 6 punct
WUL PROPN 4 appos ORG
) PUNCT 6 punct
accused/accuse VERB 0 root
the DET 11 det
Danish ADJ 11 amod MISC
army NOUN 8 obj
. PUNCT 8 punct

WUL PROPN 2 nsubj ORG
said/say VERB 0 root
soldiers/soldier NOUN+ 4 nsubj
shot/shoot VERB 2 ccomp
a DET 7 det
Danish ADJ 7 amod MISC
student NOUN 4 obj
. PUNCT 2 punct
"""


def test_acronyms_and_unknown_names(resolver: ActorResolver) -> None:
    read = analysis(NAMES)
    found = {a.name: a for a in resolver.actors(read)}
    league = found["Workers Unity League"]
    assert words(read, league) == ["Workers Unity League", "WUL", "WUL"]
    assert (league.kind, league.resolved_by) == ("organization", "report")


def test_institutions_and_people_without_names(resolver: ActorResolver) -> None:
    found = actors(resolver, NAMES)
    assert (found["Danish army"].kind, found["Danish army"].country) == ("military", "DNK")
    assert (found["soldiers"].kind, found["soldiers"].country) == ("military", "DNK")
    assert (found["Danish student"].kind, found["Danish student"].country) == ("person", "DNK")


def test_people_without_names_hold_offices_too(resolver: ActorResolver) -> None:
    official = actors(resolver, MINISTERS)["foreign ministry official"]
    assert (official.kind, official.country, [r.title for r in official.roles]) == (
        "person",
        "SWE",
        ["foreign ministry official"],
    )


COUNTERPARTS = """
The DET 3 det
Australian ADJ 3 amod MISC
miner NOUN 5 nsubj
Copperfield PROPN 3 appos ORG
Mines PROPN 4 flat ORG
paid/pay VERB 0 root
Nine NUM 10 nummod ORG
North PROPN 9 amod ORG
Korean ADJ 10 amod ORG
guards/guard NOUN+ 6 obj
. PUNCT 6 punct

Copperfield PROPN 2 nsubj PERSON
left/leave VERB 0 root
. PUNCT 2 punct
"""


def test_what_only_describes_a_company_is_none_of_its_own(resolver: ActorResolver) -> None:
    read = analysis(COUNTERPARTS)
    found = {a.name: a for a in resolver.actors(read)}
    assert "The Australian" not in found
    assert {"Australian miner", "Copperfield Mines", "Copperfield"} <= set(words(read, found["Copperfield Mines"]))
    assert found["North Korea"].kind == "state"
    assert not any(n.startswith("Nine") for n in found)


@pytest.mark.parametrize(
    ("text", "trigger", "both"),
    [
        ("Kenyan President Ana Ruto met Omar Odinga and the two leaders signed a deal.", "signed", {"Ana Ruto", "Omar Odinga"}),
        ("Norway met Peru in Oslo and both sides agreed to a truce.", "agreed", {"Norway", "Peru"}),
        ("Norway imposed sanctions on Peru and Chile, and both countries protested.", "protested", {"Peru", "Chile"}),
    ],
)
def test_both_of_a_coordinated_clause_are_those_told_before_it(text: str, trigger: str, both: set[str]) -> None:
    record = read(text)
    (event,) = [e for e in record.events if trigger in e.trigger.of(text)]
    assert set(record.names(event.actor)) == both


@pytest.mark.parametrize(
    ("text", "group", "country"),
    [
        ("Talks between Peru's government and the rebels opened in Oslo. Norway's envoy, Ida Lund, hosted them. In Norway, "
         "Norwegian mediators said the rebels would stay. Opposition lawmakers called for peace.",
         "Opposition lawmakers", "PER"),
        ("Norwegian mediators met the Chilean government in Oslo. Norway said it was over. The rebels will stay in Norway.",
         "rebels", "CHL"),
        ("Norway's king opened a school in Oslo. The opposition stayed away.", "opposition", "NOR"),
        ("Peru's president met the opposition in Lima. Peruvian rebels and Chile's envoy joined the talks in Lima.",
         "opposition", "PER"),
    ],
)  # fmt: skip
def test_who_is_against_a_state_is_not_against_the_one_that_mediates(text: str, group: str, country: str) -> None:
    assert {a.country for a in read(text).actors if a.name == group} == {country}
