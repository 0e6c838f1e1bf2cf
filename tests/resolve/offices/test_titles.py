"""Offices and titles of people: whose they are, and what they leave of the name. All reports are made up."""

from __future__ import annotations

import pytest
from tests.resolve.readings import VISIT, actors

from communique import read
from communique.resolve.actors.resolver import ActorResolver


def test_titles_give_role_and_country(resolver: ActorResolver) -> None:
    found = actors(resolver, VISIT)
    quispe, rojas = found["Ana Quispe"], found["Luis Rojas"]
    assert (quispe.kind, quispe.country, quispe.sectors) == ("person", "PER", ("GOV",))
    assert [(r.title, r.of) for r in quispe.roles] == [("foreign minister", "PER")]
    assert (rojas.country, [(r.title, r.of) for r in rojas.roles]) == ("CHL", [("president", "CHL")])
    assert "Peruvian" in quispe.why


DESCRIBED = """
Quispe/quispe PROPN 6 nsubj PERSON
, PUNCT 4 punct
a DET 4 det
mayor NOUN 1 appos
, PUNCT 1 punct
met/meet VERB 0 root
Chile PROPN 9 nmod:poss LOC
's PART 7 case
leader NOUN 6 obj
, PUNCT 12 punct
Capt. PROPN 12 compound
Luis PROPN 9 appos PERSON
Rojas PROPN 12 flat PERSON
, PUNCT 12 punct
and CCONJ 20 cc
the DET 17 det
head NOUN 20 nsubj
of ADP 19 case
Antara PROPN 17 nmod ORG
, PUNCT 22 punct
Gen. PROPN 22 compound
Jon PROPN 17 appos PERSON
Berg PROPN 22 flat PERSON
, PUNCT 17 punct
spoke/speak VERB 6 conj
. PUNCT 6 punct

Peruvian ADJ 3 amod MISC
Secretary PROPN 6 compound
of ADP 4 case
State PROPN 2 nmod PERSON
Ana PROPN 4 flat PERSON
Diaz PROPN 2 flat PERSON
saw/see VERB 0 root
a DET 12 det
Chilean ADJ 12 amod MISC
citizen NOUN 12 compound
Eva PROPN 12 compound PERSON
Lund PROPN 7 obj PERSON
. PUNCT 7 punct
"""


def test_ranks_portfolios_and_descriptions_leave_the_name_whole(resolver: ActorResolver) -> None:
    found = actors(resolver, DESCRIBED)
    people = {n: (a.country, [(r.title, r.of) for r in a.roles]) for n, a in found.items() if a.kind == "person"}
    assert people["Luis Rojas"] == ("CHL", [("leader", "CHL")])
    assert people["Jon Berg"][1] == [("head", "Antara")]
    assert people["Ana Diaz"] == ("PER", [("Secretary of State", "PER")])
    assert people["Eva Lund"] == ("CHL", [])
    assert set(people) == {"Quispe", "Luis Rojas", "Jon Berg", "Ana Diaz", "Eva Lund"}


COUNTERPARTS = """
Peruvian ADJ 2 amod MISC
President PROPN 5 nsubj
Ana PROPN 2 flat PERSON
Quispe PROPN 2 flat PERSON
called/call VERB 0 root
her PRON 8 nmod:poss
Chilean ADJ 8 amod MISC
counterpart NOUN 5 obj
Luis PROPN 8 appos PERSON
Rojas PROPN 9 flat PERSON
. PUNCT 5 punct
"""


def test_a_counterpart_holds_the_same_office(resolver: ActorResolver) -> None:
    found = actors(resolver, COUNTERPARTS)
    assert [(r.title, r.of) for r in found["Luis Rojas"].roles] == [("President", "CHL")]


UNTOLD = """
Peru PROPN 2 nsubj LOC
recalled/recall VERB 0 root
its PRON 4 nmod:poss
envoys/envoy NOUN+ 2 obj
. PUNCT 2 punct

Foreign PROPN 2 compound
Minister PROPN 5 nsubj
Ana PROPN 2 flat PERSON
Quispe PROPN 2 flat PERSON
blamed/blame VERB 0 root
Chile PROPN 5 obj LOC
, PUNCT 8 punct
Chile PROPN 6 appos LOC
. PUNCT 5 punct
"""


def test_an_office_is_of_the_state_that_the_paragraph_speaks_for(resolver: ActorResolver) -> None:
    quispe = actors(resolver, UNTOLD)["Ana Quispe"]
    assert (quispe.country, [(r.title, r.of) for r in quispe.roles]) == ("PER", [("Foreign Minister", "PER")])


OWNED = """
The DET 2 det
president NOUN 8 nsubj
of ADP 6 case
the DET 6 det
Peruvian ADJ 6 amod ORG
Miners PROPN 2 nmod ORG
, PUNCT 2 punct
saw/see VERB 0 root
the DET 10 det
bank NOUN 12 nmod:poss
's PART 10 case
chairman NOUN 13 compound
Jon PROPN 8 obj PERSON
Berg PROPN 13 flat PERSON
, PUNCT 8 punct
Chile PROPN 20 nmod:poss LOC
's PART 16 case
chief NOUN 20 compound
of ADP 20 case
staff NOUN 21 compound
General PROPN 22 compound
Eva PROPN 13 conj PERSON
Lund PROPN 22 flat PERSON
and CCONJ 25 cc
Ana PROPN 13 conj PERSON
Quispe PROPN 25 flat PERSON
, PUNCT 29 punct
the DET 29 det
president NOUN 25 appos
of ADP 32 case
Peruvian ADJ 32 amod ORG
Miners PROPN 29 nmod ORG
. PUNCT 8 punct
"""


def test_whose_an_office_is_is_no_part_of_its_title(resolver: ActorResolver) -> None:
    found = actors(resolver, OWNED)
    offices = {n: [(r.title, r.of) for r in a.roles] for n, a in found.items() if a.kind == "person"}
    assert offices["Jon Berg"] == [("chairman", None)]
    assert {t for t, _ in offices["Eva Lund"]} == {"General", "chief of staff"}
    assert offices["Ana Quispe"] == [("president", "Peruvian Miners")]


@pytest.mark.parametrize(
    ("table", "name", "role", "country", "age"),
    [
        pytest.param(
            "Olga PROPN 11 nsubj PERSON\nMelnyk PROPN 1 flat PERSON\n, PUNCT 1 punct\nan DET 6 det\nIcelandic ADJ 6 amod MISC\n"
            "negotiator NOUN 1 appos\nfor ADP 8 case\nfisheries/fishery NOUN+ 6 nmod\n, PUNCT 1 punct\nhad/have AUX 11 aux\n"
            "left/leave VERB 0 root\n. PUNCT 11 punct",
            "Olga Melnyk",
            ("negotiator for fisheries", "ISL"),
            "ISL",
            None,
            id="apposition",
        ),
        pytest.param(
            "Per PROPN 8 nsubj PERSON\nHolm PROPN 1 flat PERSON\n, PUNCT 1 punct\n41 NUM 1 appos\n, PUNCT 1 punct\n"
            "head NOUN 1 appos\nof ADP 9 case\nthe DET 9 det\nGreenpeace PROPN 6 nmod ORG\n, PUNCT 1 punct\n"
            "spoke/speak VERB 0 root",
            "Per Holm",
            ("head", "Greenpeace"),
            None,
            41,
            id="age and body",
        ),
        pytest.param(
            "The DET 2 det\nU.S. PROPN 3 compound LOC\nsecretary NOUN 8 nsubj\nof ADP 5 case\n"
            "state NOUN 3 nmod\n, PUNCT 7 punct\n"
            "Carla PROPN 3 appos PERSON\nDunn PROPN 7 flat PERSON\n, PUNCT 7 punct\nresigned/resign VERB 0 root",
            "Carla Dunn",
            ("secretary of state", "USA"),
            "USA",
            None,
            id="title between commas",
        ),
        pytest.param(
            "Two NUM 3 nummod\nNorwegian ADJ 3 amod MISC\nministers/minister NOUN+ 0 root\n, PUNCT 5 punct\n"
            "Ida PROPN 3 appos PERSON\n"
            "Berg PROPN 5 flat PERSON\n( PUNCT 8 punct\nHealth PROPN 5 appos\n) PUNCT 8 punct\nleft/leave VERB 3 acl",
            "Ida Berg",
            ("minister (Health)", "NOR"),
            "NOR",
            None,
            id="office in brackets",
        ),
    ],
)
def test_roles(
    resolver: ActorResolver, table: str, name: str, role: tuple[str, str], country: str | None, age: int | None
) -> None:
    actor = actors(resolver, table)[name]
    assert role in [(r.title, r.of) for r in actor.roles]
    assert (actor.country, actor.age) == (country, age)


SHARED = """
Swedish ADJ 2 amod MISC
ministers/minister NOUN+ 8 nsubj
Ida PROPN 2 appos PERSON
Holm PROPN 3 flat PERSON
and CCONJ 6 cc
Per PROPN 3 conj PERSON
Lund PROPN 6 flat PERSON
resigned/resign VERB 0 root
. PUNCT 8 punct

Karin PROPN 5 nsubj:pass PERSON
Ek PROPN 1 flat PERSON
has/have AUX 5 aux
been/be AUX 5 aux:pass
elected/elect VERB 0 root
as ADP 7 case
mayor NOUN 5 obl
of ADP 9 case
Visby PROPN 7 nmod LOC
. PUNCT 5 punct
"""


def test_a_plural_title_is_each_ones(resolver: ActorResolver) -> None:
    found = actors(resolver, SHARED)
    for name in ("Ida Holm", "Per Lund"):
        assert [(r.title, r.of) for r in found[name].roles] == [("minister", "SWE")]


def test_an_election_gives_the_office(resolver: ActorResolver) -> None:
    assert [r.title for r in actors(resolver, SHARED)["Karin Ek"].roles] == ["mayor of Visby"]


@pytest.mark.parametrize(
    ("text", "name", "title", "of"),
    [
        ("Kenya's Security Minister Ana Quispe-Moro warned the rebels.", "Ana Quispe-Moro", "Security Minister", "KEN"),
        ("In Kenya, Rebel spokesman Luis Rojas-Moro said so.", "Luis Rojas-Moro", "Rebel spokesman", None),
        ("Kuwaiti Prime Minister Sheikh Omar Rojas-Moro spoke.", "Omar Rojas-Moro", "Prime Minister", "KWT"),
    ],
)
def test_words_of_a_title_are_neither_a_body_nor_part_of_the_next(text: str, name: str, title: str, of: str | None) -> None:
    found = {a.name: a for a in read(text).actors}
    assert [(r.title, r.of) for r in found[name].roles] == [(title, of)]
    assert not found.keys() & {"Security", "Rebel"}


def test_an_adjective_of_two_states_is_of_the_one_that_the_bearer_acts_for() -> None:
    text = "Dominican President Luis Abinader closed the border with Haiti."
    found = {a.name: a for a in read(text).actors}["Luis Abinader"]
    assert (found.country, [(r.title, r.of) for r in found.roles]) == ("DOM", [("President", "DOM")])


def test_a_national_of_a_state_is_of_it() -> None:
    text = "Kidnappers freed German national Bernd Quispe-Moro on Friday. Lithuania and Niger welcomed it."
    assert {a.name: a.country for a in read(text).actors}["Bernd Quispe-Moro"] == "DEU"


def test_a_verb_with_a_subject_is_no_part_of_the_title_behind_it() -> None:
    found = {a.name: a for a in read("Kenyan voters elected President Ana Ruiz on Tuesday. The vote was close.\n").actors}
    assert [r.title for r in found["Ana Ruiz"].roles] == ["President"]
    assert found["Kenyan voters"].country == "KEN"
