"""Words near an act that are no side of it; sentences of our own wording."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.reports import proposed, report
from tests.coding.trees import tree

from communique import read
from communique.coding import arguments
from communique.coding.arguments import Cast
from communique.coding.candidates import drafts
from communique.coding.spoken import one_sided
from communique.types.reading import Chunk


def sides(text: str, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    record = read(text)
    return [(record.names(e.actor), record.names(e.recipient)) for e in record.events if e.plover == kind]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Omar Haddad was jailed for ten years in May. Canada has offered a reward.", "COERCE", (), ("Omar Haddad",)),
        ("The mayor was shot by soldiers in 1994. Ten thousand people were deported.", "COERCE", (), ("people",)),
        ("The truce was brokered by Qatar and Egypt.", "RETREAT", (), ()),
        ("The truce was brokered by Qatar and Egypt.", "CONSULT", ("Qatar", "Egypt"), ()),
        ("Kenya mediated talks between Chad and Mali.", "CONSULT", ("Kenya",), ("Chad", "Mali")),
        ("Peru flew in 168 rescuers from Chile.", "AID", ("Peru",), ("Chile",)),
        ("Chile lifted its objections in Madrid on Monday.", "CONCEDE", ("Chile",), ()),
        ("Peru and Chile discussed aid to Chad.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("Peru condemned the raid as a violation of Chile's airspace.", "ACCUSE", ("Peru",), ()),
        ("Peru and Kenya discussed Peru's border dispute with Chile.", "CONSULT", ("Peru", "Kenya"), ("Peru", "Kenya")),
        ("Peru discussed trade with Chile with Kenya.", "CONSULT", ("Peru", "Kenya"), ("Peru", "Kenya")),
        ("Peru discussed trade with Chile.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("Peru discussed its dispute with Chile.", "CONSULT", ("Peru",), ()),
        ("The talks with Chile were long.", "CONSULT", (), ("Chile",)),
        ("Peru said that the talks with Chile were long.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("The ministers met in May.", "CONSULT", ("ministers",), ("ministers",)),
        ("Peruvian and Chilean soldiers exchanged fire on Friday.", "ASSAULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("Ten soldiers of Chad died in the shelling of the port.", "ASSAULT", (), ("soldiers",)),
    ],
    ids=[
        *("the next sentence", "the one before", "brokered", "who brokers", "who mediates", "sent", "venue"),
        *("talked about", "wronged", "whose dispute", "about whom, with whom", "with whom", "whose dispute alone"),
        *("one side told", "who tells and takes part", "several who meet"),
        *("a noun that is shared", "the dead"),
    ],
)
def test_who_stands_near_an_act_is_no_side_of_it(text, kind, actor, recipient):
    assert sides(text, kind) == [(actor, recipient)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru recalled its chargé d'affaires from Chile.",
        "Peru recalled its ambassador in Santiago over the remarks.",
        "Peru's ambassador to Chile was recalled.",
        "Peru called home its envoy to Chile.",
        "Peru called back its ambassador from Chile.",
    ],
)
def test_the_envoy_who_is_called_home_is_no_side_of_it(text):
    assert [e.plover for e in read(text).events] == ["SANCTION"]
    assert sides(text, "SANCTION") == [(("Peru",), ("Chile",))]


SENT = """
Peru NNP 2 nsubj
shot/shoot VBD 0 root
drones/drone NNS 2 obj
that WDT 6 obj
Chile NNP 6 nsubj
sent/send VBD 3 acl:relcl"""
BY_REBELS = """
Peru NNP 2 nsubj
left/leave VBD 0 root
after/after IN 4 case
attacks/attack NNS 2 obl
by/by IN 6 case
Chile NNP 4 nmod"""


@pytest.mark.parametrize(
    ("rows", "trigger", "doers", "left"),
    [
        (SENT, "shot", ("Peru", "Chile"), ["Peru"]),
        (SENT, "shot", ("Chile",), ["Chile"]),
        (BY_REBELS, "attacks", ("Peru", "Chile"), ["Chile"]),
        (BY_REBELS, "attacks", ("Peru",), ["Peru"]),
    ],
    ids=["another verb's subject", "it alone", "named by a preposition", "none so named"],
)
def test_of_several_who_may_act_those_act_whom_the_clause_gives_the_act(rows, trigger, doers, left):
    words = {"Peru": 0, "Chile": 4 if rows is SENT else 5}
    candidate = replace(
        proposed(rows, trigger, "ASSAULT"), arguments=tuple(Chunk(words[d], words[d] + 1, "actor", 0.9) for d in doers)
    )
    analysis = report(rows, candidate, Peru="state", Chile="state")
    assert analysis.reading is not None
    actor, _ = arguments.sides(Cast(analysis, analysis.reading), next(d for d in drafts(analysis.reading) if d.network), None)
    assert [a.name for a in actor] == left


ONE_AFTER_ANOTHER = """
Peru NNP 2 nsubj
left/leave VBD 0 root

Chile NNP 2 nsubj
accepted/accept VBD 0 root
rulings/ruling NNS 2 obj"""
EACH_OTHER = """
Peru NNP 2 nsubj
accused/accuse VBD 0 root
each/each DT 2 obj
other/other JJ 3 fixed
before/before IN 6 case
Chile NNP 2 obl"""


@pytest.mark.parametrize(
    ("rows", "trigger", "doers", "meant", "expected"),
    [
        (ONE_AFTER_ANOTHER, "accepted", ("Peru",), (), (["Chile"], [])),
        (ONE_AFTER_ANOTHER, "accepted", ("Chile",), (("Peru", 0.7),), (["Chile"], [])),
        (ONE_AFTER_ANOTHER, "accepted", ("Chile",), (("Peru", 0.9),), (["Chile"], ["Peru"])),
        (ONE_AFTER_ANOTHER, "left", ("Peru",), (("Chile", 0.7),), (["Peru"], ["Chile"])),
        (EACH_OTHER, "accused", ("Peru",), (("Chile", 0.9),), (["Peru", "Chile"], ["Peru", "Chile"])),
    ],
    ids=["has its own subject", "has its own object", "surely meant", "has none", "each other"],
)
def test_what_the_clause_tells_goes_before_the_sentence_before(rows, trigger, doers, meant, expected):
    reading = tree(rows)
    words = {t.text: t.index for t in reading.tokens}
    roles = [*((d, "actor", 0.9) for d in doers), *((m, "recipient", p) for m, p in meant)]
    pattern = proposed(rows, trigger, "ACCUSE", actor="Chile") if rows is ONE_AFTER_ANOTHER and not meant else None
    network = replace(
        proposed(rows, trigger, "ACCUSE"), arguments=tuple(Chunk(words[w], words[w] + 1, r, p) for w, r, p in roles)
    )
    analysis = report(rows, network, Peru="state", Chile="state")
    assert analysis.reading is not None
    draft = replace(next(d for d in drafts(analysis.reading) if d.network), pattern=pattern)
    assert tuple([a.name for a in side] for side in arguments.sides(Cast(analysis, analysis.reading), draft, None)) == expected


def test_who_refuses_is_the_subject_though_only_a_pronoun_stands_there():
    reading = tree("""
        Ruiz NNP 2 nsubj
        said/say VBD 0 root
        he/he PRP 6 nsubj
        would/would MD 6 aux
        not/not RB 6 advmod
        sign/sign VB 2 ccomp""")
    found = list(one_sided(reading, 5, [Chunk(0, 1, "actor", 0.9)]))
    assert [(c.first, c.label) for c in found] == [(2, "actor")]
