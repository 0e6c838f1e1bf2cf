"""Whom titles, common nouns and plurals mean that were told before. All reports are made up."""

from __future__ import annotations

from datetime import date

import pytest
from tests.resolve.readings import analysis, words

from communique import read
from communique.resolve.actors.resolver import ActorResolver

COUNTERPARTS = """
Prime ADJ 2 amod
Minister PROPN 3 compound
Ana PROPN 5 nsubj PERSON
Quispe PROPN 3 flat PERSON
met/meet VERB 0 root
her PRON 9 nmod:poss
Chilean ADJ 9 amod MISC
counterpart NOUN 9 compound
Luis PROPN 5 obj PERSON
Rojas PROPN 9 flat PERSON
. PUNCT 5 punct

Her PRON 2 nmod:poss
counterpart NOUN 3 nsubj
left/leave VERB 0 root
. PUNCT 3 punct

The DET 3 det
prime ADJ 3 amod
minister NOUN 4 nsubj
stayed/stay VERB 0 root
. PUNCT 4 punct

The DET 6 det
71 NUM 4 nummod
- PUNCT 4 punct
year NOUN 6 compound
- PUNCT 4 punct
old NOUN 7 nsubj
spoke/speak VERB 0 root
. PUNCT 7 punct
"""


def test_a_title_means_who_was_told_with_it_before_who_shares_it(resolver: ActorResolver) -> None:
    read = analysis(COUNTERPARTS)
    found = {a.name: words(read, a) for a in resolver.actors(read)}
    assert "prime minister" in found["Ana Quispe"] and "prime minister" not in found["Luis Rojas"]
    assert found["Luis Rojas"].count("counterpart") == 2


def test_an_age_by_itself_is_told_of_the_last_person(resolver: ActorResolver) -> None:
    ages = {a.name: a.age for a in resolver.actors(analysis(COUNTERPARTS))}
    assert ages == {"Ana Quispe": 71, "Luis Rojas": None} | {n: None for n in ages if n not in ("Ana Quispe", "Luis Rojas")}


SIDES = """
Peru PROPN 4 nsubj LOC
and CCONJ 3 cc
Chile PROPN 1 conj LOC
fought/fight VERB 0 root
. PUNCT 4 punct

The DET 3 det
{modifier} ADJ 3 amod
{noun} NOUN+ 6 nsubj
{tail} ADP 5 case
Bolivia PROPN 3 nmod LOC
rested/rest VERB 0 root
. PUNCT 6 punct
"""


@pytest.mark.parametrize("noun", ["neighbours/neighbour", "parties/party", "belligerents/belligerent", "foes/foe"])
def test_those_told_in_one_breath_are_meant_together(resolver: ActorResolver, noun: str) -> None:
    read = analysis(SIDES.format(noun=noun, modifier="warring", tail="near"))
    found = {a.name: words(read, a) for a in resolver.actors(read)}
    word = noun.split("/")[0]
    assert word in found["Peru"] and word in found["Chile"] and word not in found["Bolivia"]


def test_others_are_meant_where_the_words_tell_them_apart(resolver: ActorResolver) -> None:
    for modifier, tail in (("northern", "near"), ("warring", "of")):
        read = analysis(SIDES.format(noun="parties/party", modifier=modifier, tail=tail))
        assert "parties" not in words(read, next(a for a in resolver.actors(read) if a.name == "Peru"))


NAMED = """
A DET 2 det
group NOUN 9 nsubj
calling/call VERB 2 acl
itself PRON 3 obj
the DET 6 det
Dawn PROPN 3 xcomp ORG
Front PROPN 6 flat ORG
today NOUN 9 obl
attacked/attack VERB 0 root
Lima PROPN 9 obj LOC
. PUNCT 9 punct

The DET 2 det
militants/militant NOUN+ 3 nsubj
fled/flee VERB 0 root
. PUNCT 3 punct
"""


def test_a_group_is_the_one_that_it_calls_itself_and_its_fighters_are_it(resolver: ActorResolver) -> None:
    read = analysis(NAMED)
    front = [a for a in resolver.actors(read) if a.kind == "group"]
    assert [a.name for a in front] == ["Dawn Front"]
    assert {"group", "itself", "militants"} <= set(words(read, front[0]))


COUPLE = """
Maria PROPN 5 nsubj PERSON
Lopez PROPN 1 flat PERSON
and CCONJ 4 cc
Juan PROPN 1 conj PERSON*
Lopez PROPN 4 flat PERSON
left/leave VERB 0 root
. PUNCT 6 punct

Mrs PROPN 2 compound
Lopez PROPN 3 nsubj PERSON
spoke/speak VERB 0 root
. PUNCT 3 punct

Mr PROPN 2 compound
Lopez PROPN 3 nsubj PERSON
slept/sleep VERB 0 root
. PUNCT 3 punct
"""


def test_a_surname_that_two_bear_is_told_apart_by_courtesy_titles(resolver: ActorResolver) -> None:
    people = [a for a in resolver.actors(analysis(COUPLE)) if a.kind == "person"]
    assert [(a.name, len(a.mentions)) for a in people] == [("Maria Lopez", 2), ("Juan Lopez", 2)]


NATION = """
Peru PROPN 3 nsubj LOC
is/be AUX 3 cop
angry ADJ 0 root
as SCONJ 7 mark
the DET 6 det
nation NOUN 7 nsubj
lost/lose VERB 3 advcl
gold NOUN 7 obj
. PUNCT 3 punct

Banks/bank NOUN+ 2 nsubj
accused/accuse VERB 0 root
the DET 4 det
country NOUN 2 obj
of SCONJ 6 mark
{verb} 2 advcl
. PUNCT 2 punct
"""


def test_the_country_is_meant_across_clauses_but_not_with_its_name_behind(resolver: ActorResolver) -> None:
    told = []
    for verb in ("Chile PROPN", "spying/spy VERB"):
        read = analysis(NATION.format(verb=verb))
        told.append(words(read, next(a for a in resolver.actors(read) if a.name == "Peru")))
    assert "nation" in told[0] and "country" not in told[0]


RIVALS = """
Peru PROPN 4 nsubj LOC
and CCONJ 3 cc
Chile PROPN 1 conj LOC
fought/fight VERB 0 root
Bolivia PROPN 4 obj LOC
. PUNCT 4 punct

Bolivia PROPN 2 nsubj LOC
fears/fear VERB 0 root
the DET 7 det
two NUM 7 nummod
most ADV 6 advmod
potent ADJ 7 amod
rivals/rival NOUN+ 2 obj
of ADP 9 case
Bolivia PROPN 7 nmod LOC
. PUNCT 2 punct
"""


def test_two_rivals_are_others_than_whose_they_are(resolver: ActorResolver) -> None:
    read = analysis(RIVALS)
    found = {a.name: any("rivals" in w for w in words(read, a)) for a in resolver.actors(read) if a.kind == "state"}
    assert found == {"Peru": True, "Chile": True, "Bolivia": False}


AHEAD = """
Former ADJ 2 amod
minister NOUN 3 nsubj
charged/charge VERB 0 root

Former ADJ 3 amod
defence NOUN 3 compound
minister NOUN 4 compound
Ana PROPN 8 nsubj PERSON
Quispe PROPN 4 flat PERSON
and CCONJ 7 cc
Luis PROPN 4 conj PERSON
Rojas/rojas PROPN 7 flat PERSON
, PUNCT 11 punct
foreign ADJ 11 amod
minister NOUN 7 appos
, PUNCT 11 punct
spoke/speak VERB 0 root
. PUNCT 13 punct
"""


def test_a_former_minister_in_the_headline_is_not_the_one_in_office(resolver: ActorResolver) -> None:
    read = analysis(AHEAD)
    found = {a.name: words(read, a) for a in resolver.actors(read)}
    assert "Former minister" in found["Ana Quispe"] and "Former minister" not in found["Luis Rojas"]


CAPITALS = """
Germany PROPN 2 nsubj LOC
warned/warn VERB 0 root
Moscow PROPN 2 obj LOC
. PUNCT 2 punct

Both DET 2 det
countries/country NOUN+ 3 nsubj
traded/trade VERB 0 root
. PUNCT 3 punct
"""


def test_a_capital_stands_for_the_state_of_the_reports_time(resolver: ActorResolver) -> None:
    read = analysis(CAPITALS, date(2024, 5, 6))
    both = {a.entry for a in resolver.actors(read) if "Both countries" in words(read, a)}
    assert both == {"state:DEU", "state:RUS"}


def test_the_states_of_a_bloc_are_not_the_last_ones_told() -> None:
    text = "Estonia met Iceland and Peru in Lima. Peru said the three Baltic states had agreed."
    found = {a.name: {m.of(text) for m in a.mentions} for a in read(text).actors}
    assert not any("states" in m for name in ("Estonia", "Iceland", "Peru") for m in found[name])
    assert any("Baltic states" in m for m in found["Baltic states"])


def test_a_former_minister_of_somebody_is_nobody_in_office() -> None:
    met = "Norway's foreign minister Ana Lund-Moro met Norway's defence minister Jon Berg-Moro."
    text = f"{met} He praised his former foreign minister."
    found = {a.name: {m.of(text) for m in a.mentions} for a in read(text).actors}
    assert found["former foreign minister"] == {"former foreign minister"}
    assert not any("former" in m for name in ("Ana Lund-Moro", "Jon Berg-Moro") for m in found[name])


def test_a_group_with_its_kind_behind_its_name_is_that_group() -> None:
    text = "Congolese officials and the M23 rebel group met. The M23 left."
    assert [a.country for a in read(text).actors if "M23" in a.name] == ["COD"]
    assert "Congolese" not in {a.name for a in read(text).actors}


def test_a_husband_in_office_is_one_actor() -> None:
    text = "Ana Quispe led on Sunday in Kenya. Her husband, former minister Luis Rojas, voted for her."
    found = {a.name: {m.of(text) for m in a.mentions} for a in read(text).actors}
    assert {"husband", "Luis Rojas"} <= found["Luis Rojas"] and "husband" not in found
