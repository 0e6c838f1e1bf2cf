"""Patterns on dependencies: where arguments stand, through passives, relative clauses, control and light verbs."""

from __future__ import annotations

import pytest
from tests.coding.trees import tree

from communique.coding import graph
from communique.coding.patterns import code_lemma, mode_of, propose, yield_kind
from communique.types.reading import EventCandidate, Reading


def sides(reading: Reading, candidate: EventCandidate) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for a in candidate.arguments:
        found.setdefault(a.label, []).append(" ".join(t.text for t in reading.tokens[a.first : a.last]))
    return found


def the_one(reading: Reading, plover: str) -> EventCandidate:
    return next(c for c in propose(reading) if c.types[0][0] == plover)


def test_passive_with_agent() -> None:
    reading = tree("""
        Two/two CD 2 nummod
        students/student NNS 4 nsubj:pass
        were/be AUX 4 aux:pass
        arrested/arrest VBN 0 root
        by/by IN 6 case
        police/police NN 4 obl:agent
        . . 4 punct""")
    found = the_one(reading, "COERCE")
    assert sides(reading, found) == {"actor": ["police"], "recipient": ["Two students"]}
    assert found.mode[0][0] == "arrest"


def test_a_relative_pronoun_of_persons_stands_for_the_name_before_its_comma_whatever_the_clause_hangs_on() -> None:
    rows = """
        Peru NNP 2 nsubj
        freed/free VBD 0 root
        Ana NNP 2 obj
        Ruiz NNP 3 flat
        , . 8 punct
        {}/{} WP 8 obj
        Chile NNP 8 nsubj
        accuses/accuse VBZ 2 advcl"""
    assert graph.logical_objects(tree(rows.format("whom", "whom")), 7) == (2,)
    assert graph.logical_objects(tree(rows.format("which", "which")), 7) == (5,)


def test_relative_clause_gives_the_antecedent() -> None:
    reading = tree("""
        rebels/rebel NNS 6 nsubj
        who/who WP 3 nsubj
        attacked/attack VBD 1 acl:relcl
        Peru NNP 3 obj
        have/have AUX 6 aux
        fled/flee VBN 0 root""")
    assert sides(reading, the_one(reading, "ASSAULT")) == {"actor": ["rebels"], "recipient": ["Peru"]}


def test_open_complement_takes_the_object_of_what_governs_it() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        urged/urge VBD 0 root
        Chile NNP 2 obj
        to/to TO 5 mark
        attack/attack VB 2 xcomp
        Bolivia NNP 5 obj""")
    assert sides(reading, the_one(reading, "ASSAULT")) == {"actor": ["Chile"], "recipient": ["Bolivia"]}
    assert sides(reading, the_one(reading, "REQUEST")) == {"actor": ["Peru"], "recipient": ["Chile"]}


def test_promises_are_kept_by_whoever_makes_them() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        promised/promise VBD 0 root
        Chile NNP 2 obj
        to/to TO 5 mark
        visit/visit VB 2 xcomp
        Bolivia NNP 5 obj""")
    assert sides(reading, the_one(reading, "CONSULT"))["actor"] == ["Peru"]


def test_coordinated_verbs_share_their_subject() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        praised/praise VBD 0 root
        Chile NNP 2 obj
        and/and CC 5 cc
        condemned/condemn VBD 2 conj
        Bolivia NNP 5 obj""")
    assert sides(reading, the_one(reading, "ACCUSE")) == {"actor": ["Peru"], "recipient": ["Bolivia"]}


def test_light_verb_lends_its_subject_and_with_joins_both_sides() -> None:
    reading = tree("""
        Ana NNP 3 nsubj
        Ruiz NNP 1 flat
        held/hold VBD 0 root
        talks/talk NNS 3 obj
        with/with IN 6 case
        Chile NNP 4 nmod
        on/on IN 8 case
        Monday NNP 3 obl""")
    found = the_one(reading, "CONSULT")
    both = ["Ana Ruiz", "Chile"]
    assert sides(reading, found) == {"actor": both, "recipient": both, "when": ["Monday"]}
    assert reading.tokens[found.first].text == "talks"


def test_nationality_and_possessor_act_for_a_noun() -> None:
    reading = tree("""
        Russian JJ 2 amod
        attack/attack NN 5 nsubj
        on/on IN 4 case
        Kyiv NNP 2 nmod
        failed/fail VBD 0 root""")
    assert sides(reading, the_one(reading, "ASSAULT")) == {"actor": ["Russian"], "recipient": ["Kyiv"]}


def test_apposition_gives_the_name() -> None:
    reading = tree("""
        envoy/envoy NN 5 nsubj
        , . 3 punct
        Ana NNP 1 appos
        Ruiz NNP 3 flat
        visited/visit VBD 0 root
        Kenya NNP 5 obj""")
    assert sides(reading, the_one(reading, "CONSULT"))["actor"] == ["Ana Ruiz"]


def killed(subject: str) -> list[str]:
    reading = tree(f"""
        The/the DT 2 det
        {subject} NN 3 nsubj
        killed/kill VBD 0 root
        nine CD 5 nummod
        soldiers/soldier NNS 3 obj""")
    return [reading.tokens[c.first].text for c in propose(reading)]


def test_what_an_earthquake_does_is_nobodys_act() -> None:
    assert killed("rebel/rebel") == ["killed"]
    assert killed("earthquake/earthquake") == []


def test_meeting_a_demand_is_no_meeting() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        met/meet VBD 0 root
        demands/demand NNS 2 obj""")
    assert not any(c.types[0][0] == "CONSULT" for c in propose(reading))


@pytest.mark.parametrize(
    ("verb", "noun", "kind"),
    [
        ("freed/free", "hostages/hostage", "RETREAT"),
        ("lifted/lift", "sanctions/sanction", "RETREAT"),
        ("lifted/lift", "curfew/curfew", "CONCEDE"),
        ("accepted/accept", "demands/demand", "CONCEDE"),
        ("withdrew/withdraw", "troops/troop", "RETREAT"),
    ],
)
def test_yielding_in_deeds_and_in_words(verb: str, noun: str, kind: str) -> None:
    reading = tree(f"""
        Chad NNP 2 nsubj
        {verb} VBD 0 root
        {noun} NNS 2 obj""")
    assert yield_kind(reading, 1, 2) == kind


@pytest.mark.parametrize(("noun", "lemma"), [("treaty/treaty", "treaty"), ("help/help", "agree")])
def test_a_deal_that_is_agreed_on_tells_the_code(noun: str, lemma: str) -> None:
    reading = tree(f"""
        Peru NNP 2 nsubj
        agreed/agree VBD 0 root
        {noun} NN 2 obj""")
    assert code_lemma(reading, 1) == lemma
    assert code_lemma(reading, 0) == "peru"


@pytest.mark.parametrize(("object_", "mode"), [("election/election", "change"), ("talk/talk", "meet"), ("stone/stone", None)])
def test_mode_by_the_words_around(object_: str, mode: str | None) -> None:
    reading = tree(f"""
        Peru NNP 2 nsubj
        demanded/demand VBD 0 root
        {object_} NN 2 obj
        and/and CC 5 cc
        withdrew/withdraw VBD 2 conj""")
    assert mode_of(reading, EventCandidate(1, 2, (("REQUEST", 0.9),), (), (), ()), "REQUEST") == mode


def test_mode_by_word_where_no_pattern_fits() -> None:
    reading = tree("""
        gunfire/gunfire NN 2 nsubj
        rang/ring VBD 0 root""")
    bare = EventCandidate(0, 1, (("ASSAULT", 0.9),), (), (), ())
    assert mode_of(reading, bare, "ASSAULT") == "firearms"
    assert mode_of(reading, bare, "CONSULT") == "meet"
    assert mode_of(reading, bare, "AID") is None


def test_a_word_alone_has_no_mode_that_its_object_would_tell() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        ordered/order VBD 0 root
        calm/calm NN 2 obj""")
    assert mode_of(reading, EventCandidate(1, 2, (("COERCE", 0.9),), (), (), ()), "COERCE") is None


def test_an_object_is_looked_for_behind_its_amount() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        sent/send VBD 0 root
        dozens/dozen NNS 2 obj
        of/of IN 5 case
        warships/warship NNS 3 nmod""")
    assert the_one(reading, "MOBILIZE").mode[0][0] == "weapons"
