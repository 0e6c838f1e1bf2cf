"""Who is meant again: surnames, titles, pronouns, speakers, both countries. All reports are made up."""

from __future__ import annotations

from tests.resolve.readings import MINISTERS, QUOTE, VISIT, actors, analysis, words

from communique.resolve.actors.resolver import ActorResolver

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


def test_a_quotation_belongs_to_its_speaker(resolver: ActorResolver) -> None:
    read = analysis(QUOTE)
    (actor,) = resolver.actors(read)
    assert words(read, actor) == ["Ivo Kranjc", "I", "Kranjc"]


def test_the_country_is_the_one_told_of(resolver: ActorResolver) -> None:
    read = analysis(MINISTERS)
    sweden = next(a for a in resolver.actors(read) if a.name == "Sweden")
    assert "country" in words(read, sweden)
