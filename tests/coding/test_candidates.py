"""The network's proposals and the codebook's patterns made into one: type, score, status, head and arguments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.reports import at, proposed, report

from communique.coding.candidates import AGREEMENT, LEAST, PATTERN_SHARE, RULED_OUT, Draft, drafts, least_score
from communique.types.analysis import Analysis
from communique.types.reading import EventCandidate, Reading

ATTACK = """
Peru NNP 2 nsubj
attacked/attack VBD 0 root
Chile NNP 2 obj
. . 2 punct"""


def reading_of(analysis: Analysis) -> Reading:
    assert analysis.reading is not None
    return analysis.reading


def only(rows: str, *candidates: EventCandidate) -> Draft:
    (draft,) = drafts(reading_of(report(rows, *candidates)))
    return draft


def test_patterns_that_agree_make_it_surer() -> None:
    weak = {"ASSAULT": 0.3, "CONSULT": 0.2}
    alone = only(
        ATTACK.replace("attacked/attack", "blorped/blorp"), proposed(ATTACK.replace("attacked", "blorped"), "blorped", weak)
    )
    agreed = only(ATTACK, proposed(ATTACK, "attacked", weak))
    assert (alone.plover, alone.score) == ("ASSAULT", pytest.approx(0.3))
    assert agreed.plover == "ASSAULT" and agreed.score > 0.5 > LEAST > alone.score
    assert "both agree" in agreed.reasons
    assert agreed.pattern is not None
    assert agreed.score == pytest.approx(0.3 + PATTERN_SHARE * agreed.pattern.types[0][1] + AGREEMENT)


def test_where_they_disagree_the_sure_network_is_believed() -> None:
    draft = only(ATTACK, proposed(ATTACK, "attacked", {"ACCUSE": 0.8}))
    assert draft.plover == "ACCUSE"
    assert "they disagree" in draft.reasons
    assert any("ACCUSE 0.80" in r for r in draft.reasons) and any("ASSAULT" in r for r in draft.reasons)


def test_where_they_disagree_an_unsure_network_gives_way() -> None:
    assert only(ATTACK, proposed(ATTACK, "attacked", {"ACCUSE": 0.1, "ASSAULT": 0.05})).plover == "ASSAULT"


AGREED = """
Peru NNP 2 nsubj
agreed/agree VBD 0 root
to/to IN 4 case
demands/demand NNS 2 obl
"""


def test_what_the_codebook_rules_out_gives_way_to_what_it_says_instead() -> None:
    draft = only(AGREED, proposed(AGREED, "agreed", {"AGREE": 0.9}))
    assert draft.plover == "YIELD"
    assert "the codebook says YIELD, not AGREE" in draft.reasons
    assert draft.network is not None and dict(draft.network.types)["AGREE"] == pytest.approx(0.9 * RULED_OUT)
    kept = AGREED.replace("demands/demand", "talks/talk")
    assert only(kept, proposed(kept, "agreed", {"AGREE": 0.9})).plover == "AGREE"


def test_what_another_act_asks_for_is_weak() -> None:
    rows = """
    Peru NNP 2 nsubj
    urged/urge VBD 0 root
    Chile NNP 2 obj
    to/to TO 5 mark
    attack/attack VB 2 xcomp
    Bolivia NNP 5 obj"""
    request, attack = drafts(reading_of(report(rows, proposed(rows, "urged", "REQUEST"), proposed(rows, "attack", "ASSAULT"))))
    assert request.score >= LEAST > attack.score
    assert "only asked for or threatened" in attack.reasons


def test_scores_are_no_more_than_one() -> None:
    assert only(ATTACK, proposed(ATTACK, "attacked", {"ASSAULT": 0.99})).score == 1.0


def test_a_pattern_alone_is_not_enough_beside_an_event_graph_but_without_one() -> None:
    analysis = report(ATTACK)
    (weak,) = drafts(reading_of(analysis))
    assert weak.network is None and weak.score < least_score(reading_of(analysis))
    plain = replace(reading_of(analysis), has_event_graph=False)
    (strong,) = drafts(plain)
    assert strong.plover == "ASSAULT" and strong.score >= least_score(plain)


def test_without_an_event_graph_its_candidates_are_not_looked_at() -> None:
    reading = replace(reading_of(report(ATTACK, proposed(ATTACK, "Chile", "AID"))), has_event_graph=False)
    assert [d.plover for d in drafts(reading)] == ["ASSAULT"]


TWO = """
Peru NNP 2 nsubj
attacked/attack VBD 0 root
Chile NNP 2 obj
and/and CC 5 cc
accused/accuse VBD 2 conj
Bolivia NNP 5 obj"""


def test_in_the_reports_order_each_word_once() -> None:
    found = drafts(reading_of(report(TWO, proposed(TWO, "accused", "ACCUSE"))))
    assert [(d.plover, d.network is not None) for d in found] == [("ASSAULT", False), ("ACCUSE", True)]


def test_the_head_of_a_light_verb_is_the_word_that_governs() -> None:
    rows = """
    Peru NNP 2 nsubj
    imposed/impose VBD 0 root
    sanctions/sanction NNS 2 obj
    on/on IN 5 case
    Chile NNP 3 nmod"""
    draft = only(rows, proposed(rows, "imposed sanctions", "SANCTION"))
    assert (draft.first, draft.last, draft.head) == (1, 3, 1)
    assert draft.pattern is not None


def test_arguments_are_the_networks_and_where_it_has_none_the_patterns() -> None:
    draft = only(ATTACK, proposed(ATTACK, "attacked", "ASSAULT", actor=("Chile", 0.8)))
    reading = reading_of(report(ATTACK))
    assert [(c.first, c.last) for c in draft.arguments("actor")] == [at(reading, "Chile")]
    assert [(c.first, c.last) for c in draft.arguments("recipient")] == [at(reading, "Chile")]
    assert [(c.first, c.last) for c in draft.arguments("actor", least=0.85)] == []


def status(rows: str, said: dict[str, float], trigger: str = "attack") -> str:
    return only(rows, proposed(rows, trigger, "ASSAULT", status=said)).status


PLAIN = ATTACK.replace("attacked/attack VBD", "attack/attack VBD")
NEGATED = """
Peru NNP 4 nsubj
did/do AUX 4 aux
not/not RB 4 advmod
attack/attack VB 0 root
Chile NNP 4 obj"""
CONDITION = """
Peru NNP 3 nsubj
will/will MD 3 aux
attack/attack VB 0 root
if/if SC 6 mark
Chile NNP 6 nsubj
moves/move VBZ 3 advcl"""
ALLEGED = """
Peru NNP 3 nsubj
allegedly/allegedly RB 3 advmod
attack/attack VBD 0 root
Chile NNP 3 obj"""
SURE = {"happened": 0.99, "denied": 0.01}


@pytest.mark.parametrize(
    ("rows", "said", "status_"),
    [
        (PLAIN, {"planned": 0.9, "happened": 0.1}, "planned"),  # a sure network outweighs a tense
        (PLAIN, {"planned": 0.55, "happened": 0.45}, "happened"),  # an unsure one does not
        (NEGATED, SURE, "denied"),  # a plain "not" settles it
        (ALLEGED, SURE, "uncertain"),  # so does "allegedly"
        (CONDITION, {"planned": 0.95}, "uncertain"),  # and "if", of what lies ahead
        (CONDITION, SURE, "happened"),  # but not of what doesn't
    ],
)
def test_status_of_network_and_rules(rows: str, said: dict[str, float], status_: str) -> None:
    assert status(rows, said) == status_


def test_status_by_the_rules_alone() -> None:
    (draft,) = drafts(replace(reading_of(report(NEGATED)), has_event_graph=False))
    assert draft.status == "denied" and "denied: 'attack' is negated" in draft.reasons
