"""Actors: from names, titles, common nouns and pronouns to who they are. All reports are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.resolve.readings import analysis

from communique.errors import StageError
from communique.resolve.actors import ActorResolver, state_actor
from communique.types.analysis import Analysis, Failed
from communique.types.entities import Actor


@pytest.fixture(scope="module")
def resolver() -> ActorResolver:
    return ActorResolver()


def actors(resolver: ActorResolver, table: str, published: date | None = None) -> dict[str, Actor]:
    read = analysis(table, published)
    return {a.name: a for a in resolver.actors(read)}


def words(read: Analysis, actor: Actor) -> list[str]:
    return [m.of(read.document.text) for m in actor.mentions]


VISIT = """
Peruvian ADJ 3 amod MISC
foreign ADJ 3 amod
minister NOUN 4 compound
Ana PROPN 6 nsubj PERSON
Quispe PROPN 4 flat PERSON
met/meet VERB 0 root
Chile PROPN 9 nmod:poss LOC
's PART 7 case
president NOUN 6 obj
, PUNCT 11 punct
Luis PROPN 9 appos PERSON
Rojas PROPN 11 flat PERSON
, PUNCT 11 punct
in ADP 15 case
Lima PROPN 6 obl LOC
. PUNCT 6 punct

She PRON 2 nsubj
said/say VERB 0 root
the DET 5 det
two NUM 5 nummod
countries/country NOUN+ 6 nsubj
trusted/trust VERB 2 ccomp
each DET 6 obj
other ADJ 7 fixed
. PUNCT 2 punct

Quispe PROPN 2 nsubj PERSON
praised/praise VERB 0 root
the DET 4 det
president NOUN 2 obj
. PUNCT 2 punct
"""


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


def test_a_counterpart_holds_the_same_office(resolver: ActorResolver) -> None:
    found = actors(resolver, COUNTERPARTS)
    assert [(r.title, r.of) for r in found["Luis Rojas"].roles] == [("President", "CHL")]


def test_what_only_describes_a_company_is_none_of_its_own(resolver: ActorResolver) -> None:
    read = analysis(COUNTERPARTS)
    found = {a.name: a for a in resolver.actors(read)}
    assert "The Australian" not in found
    assert {"Australian miner", "Copperfield Mines", "Copperfield"} <= set(words(read, found["Copperfield Mines"]))
    assert found["North Korea"].kind == "state"
    assert not any(n.startswith("Nine") for n in found)


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


SOLE = """
Secretary-General PROPN 2 nsubj
welcomes/welcome VERB 0 root
accord NOUN 2 obj

Peru PROPN 2 nsubj LOC
heard/hear VERB 0 root
UN PROPN 4 compound ORG
Secretary-General PROPN 5 compound
Jon PROPN 2 obj PERSON
Berg PROPN 5 flat PERSON
. PUNCT 2 punct

The DET 2 det
Secretary-General PROPN 3 nsubj
left/leave VERB 0 root
Chile PROPN 3 obj LOC
; PUNCT 7 punct
Peru PROPN 7 nsubj LOC
thanked/thank VERB 3 parataxis
him PRON 7 obj
. PUNCT 3 punct

Miners/miner NOUN+ 2 nsubj
blocked/block VERB 0 root
government NOUN 4 compound
offices/office NOUN+ 2 obj
. PUNCT 2 punct
"""


def test_a_sole_office_and_the_paragraphs_government_are_found(resolver: ActorResolver) -> None:
    read = analysis(SOLE)
    found = {a.name: a for a in resolver.actors(read)}
    assert [n for n, a in found.items() if a.kind == "person"] == ["Jon Berg"]
    assert words(read, found["Jon Berg"]).count("Secretary-General") >= 2
    assert "government" in words(read, found["Chile"])


SPEAKERS = """
Ana PROPN 3 nsubj PERSON
Quispe PROPN 1 flat PERSON
said/say VERB 0 root
Luis PROPN 6 nsubj PERSON
Rojas PROPN 4 flat PERSON
slept/sleep VERB 3 ccomp
. PUNCT 3 punct

It PRON 2 nsubj
ended/end VERB 6 ccomp
, PUNCT 2 punct
she PRON 6 nsubj
then ADV 6 advmod
noted/note VERB 0 root
. PUNCT 6 punct

Police NOUN 2 compound
sources/source NOUN+ 3 nsubj
said/say VERB 0 root
new ADJ 5 amod
sources/source NOUN+ 6 nsubj
dried/dry VERB 3 ccomp
. PUNCT 3 punct

Security NOUN 2 compound
sources/source NOUN+ 3 nsubj
agreed/agree VERB 0 root
, PUNCT 5 punct
say/say VERB 3 parataxis
insiders/insider NOUN+ 5 nsubj
. PUNCT 3 punct
"""


def test_who_spoke_last_speaks_on(resolver: ActorResolver) -> None:
    read = analysis(SPEAKERS)
    found = {a.name: a for a in resolver.actors(read)}
    assert words(read, found["Ana Quispe"]) == ["Ana Quispe", "she"]


def test_sources_are_somebody_only_as_they_speak(resolver: ActorResolver) -> None:
    found = actors(resolver, SPEAKERS)
    assert {"Police", "insiders"} <= set(found)
    assert not any("sources" in name for name in found)


AHEAD = """
Peruvian ADJ 2 amod MISC
president NOUN 3 nsubj
resigns/resign VERB 0 root

President PROPN 4 nsubj
Ana PROPN 1 flat PERSON
Quispe PROPN 1 flat PERSON
left/leave VERB 0 root
Lima PROPN 4 obj LOC
. PUNCT 4 punct
"""


def test_a_title_at_the_top_means_who_is_named_below(resolver: ActorResolver) -> None:
    read = analysis(AHEAD)
    found = {a.name: a for a in resolver.actors(read)}
    assert [n for n, a in found.items() if a.kind == "person"] == ["Ana Quispe"]
    assert found["Ana Quispe"].country == "PER"


def test_surname_pronoun_and_title_lead_back(resolver: ActorResolver) -> None:
    read = analysis(VISIT)
    found = {a.name: a for a in resolver.actors(read)}
    assert words(read, found["Ana Quispe"]) == ["foreign minister", "Ana Quispe", "She", "Quispe"]
    assert words(read, found["Luis Rojas"]) == ["president", "Luis Rojas", "president"]


def test_two_countries_are_the_salient_states(resolver: ActorResolver) -> None:
    read = analysis(VISIT)
    found = {a.name: a for a in resolver.actors(read)}
    assert "two countries" in words(read, found["Chile"])


def test_ids_follow_first_mentions(resolver: ActorResolver) -> None:
    found = resolver.actors(analysis(VISIT))
    assert [a.id for a in found] == [f"a{i}" for i in range(1, len(found) + 1)]
    assert [a.mentions[0].start for a in found] == sorted(a.mentions[0].start for a in found)


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


CAPITALS = """
Oslo PROPN 2 nsubj LOC
warned/warn VERB 0 root
against ADP 4 case
talks/talk NOUN+ 2 obl
between ADP 6 case
Madrid PROPN 4 nmod LOC
and CCONJ 8 cc
Lisbon PROPN 6 conj LOC
. PUNCT 2 punct

A DET 2 det
hotel NOUN 5 nsubj
in ADP 4 case
Helsinki PROPN 2 nmod LOC
burned/burn VERB 0 root
. PUNCT 5 punct

Envoys/envoy NOUN+ 2 nsubj
flew/fly VERB 0 root
to ADP 4 case
Vienna PROPN 2 obl LOC
. PUNCT 2 punct
"""


def test_capitals_act_or_are_places(resolver: ActorResolver) -> None:
    found = actors(resolver, CAPITALS)
    assert {"Norway", "Spain", "Portugal"} <= set(found)
    assert "Finland" not in found
    assert "Austria" in found, "the host of a journey is an actor"
    assert state_actor(found.values(), "NOR") is found["Norway"]


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


QUOTE = """
Ivo PROPN 3 nsubj PERSON
Kranjc PROPN 1 flat PERSON
spoke/speak VERB 0 root
. PUNCT 3 punct

“ PUNCT 3 punct
I PRON 3 nsubj
refuse VERB 6 ccomp
, PUNCT 3 punct
” PUNCT 3 punct
said/say VERB 0 root
Kranjc PROPN 6 nsubj PERSON
. PUNCT 6 punct
"""


def test_a_quotation_belongs_to_its_speaker(resolver: ActorResolver) -> None:
    read = analysis(QUOTE)
    (actor,) = resolver.actors(read)
    assert words(read, actor) == ["Ivo Kranjc", "I", "Kranjc"]


def test_without_entities_proper_nouns_and_the_registry_do(resolver: ActorResolver) -> None:
    read = analysis(VISIT)
    assert read.reading is not None
    bare = replace(read, reading=replace(read.reading, entities=()))
    assert {"Ana Quispe", "Luis Rojas", "Chile"} <= {a.name for a in resolver.actors(bare)}


def test_a_report_that_was_not_read_fails_alone(resolver: ActorResolver) -> None:
    unread = replace(analysis(QUOTE), reading=None)
    first, second, third = resolver([unread, Failed("x", "y", ValueError()), analysis(QUOTE)])
    assert isinstance(first, Failed) and isinstance(first.error, StageError)
    assert isinstance(second, Failed) and second.source == "x"
    assert isinstance(third, Analysis) and third.actors


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

A DET 4 det
foreign ADJ 4 amod
ministry NOUN 4 compound
official NOUN 5 nsubj
praised/praise VERB 0 root
the DET 7 det
country NOUN 5 obj
. PUNCT 5 punct
"""


def test_a_plural_title_is_each_ones(resolver: ActorResolver) -> None:
    found = actors(resolver, SHARED)
    for name in ("Ida Holm", "Per Lund"):
        assert [(r.title, r.of) for r in found[name].roles] == [("minister", "SWE")]


def test_an_election_gives_the_office(resolver: ActorResolver) -> None:
    assert [r.title for r in actors(resolver, SHARED)["Karin Ek"].roles] == ["mayor of Visby"]


def test_people_without_names_hold_offices_too(resolver: ActorResolver) -> None:
    official = actors(resolver, SHARED)["foreign ministry official"]
    assert (official.kind, official.country, [r.title for r in official.roles]) == (
        "person",
        "SWE",
        ["foreign ministry official"],
    )


def test_the_country_is_the_one_told_of(resolver: ActorResolver) -> None:
    read = analysis(SHARED)
    sweden = next(a for a in resolver.actors(read) if a.name == "Sweden")
    assert "country" in words(read, sweden)
