"""Label inventories and the integers that training sees."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from communique.models.lemmas import apply_rule
from communique.models.wordpiece import SHAPES, WordPieces

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "norland", "vote", "##d", "attack", "##ed", "."]
UNIT: dict[str, Any] = {
    "source": "ewt",
    "doc": "ewt:1",
    "words": ["Norland", "voted", "."],
    "tags": [("PROPN", "NNP", "Number=Sing", "Norland"), ("VERB", "VBD", "Tense=Past", "vote"), ("PUNCT", ".", "_", ".")],
    "arcs": [(2, "nsubj"), (0, "root"), (2, "punct")],
}
EVENTS: dict[str, Any] = {
    "source": "events",
    "doc": "wn:1",
    "words": ["Norland", "attacked", "."],
    "events": [
        {
            "words": [1],
            "types": ["RETREAT", "CONCEDE", "ASSAULT"],
            "status": "denied",
            "mode": "visit",
            "arguments": {"actor": [[0]], "source": []},
        },
        {"words": [0], "types": ["CONSULT"], "status": "planned", "mode": None, "arguments": {}},
        {"words": [], "types": ["AID"], "status": "planned", "mode": None, "arguments": {}},
    ],
    "statements": [
        {"cue": [1], "speaker": [], "content": [0]},
        {"cue": [], "speaker": [0], "content": [0]},
        {"cue": [1], "speaker": [0], "content": []},
    ],
}


@pytest.fixture(scope="module")
def names(prepare: ModuleType) -> dict[str, list[str]]:
    found: dict[str, list[str]] = prepare.inventory([UNIT] * 3 + [{"source": "x", "doc": "x", "words": ["no", "tags"]}])
    return found


def test_inventory_holds_what_the_units_have(names: dict[str, list[str]]) -> None:
    assert set(names["upos"]) == {"PROPN", "VERB", "PUNCT"} and set(names["rel"]) == {"nsubj", "root", "punct"}
    assert set(names["feats"]) == {"Number=Sing", "Tense=Past", "_"}
    assert {apply_rule(rule, "Voted") for rule in names["lemma"]} >= {"vote"}


def test_rare_forms_and_rules_are_left_out_but_no_tag(prepare: ModuleType) -> None:
    names = prepare.inventory([UNIT])
    assert names["lemma"] == [] and names["feats"] == []
    assert len(names["upos"]) == len(names["xpos"]) == len(names["rel"]) == 3


def test_the_networks_labels_are_those_of_the_scripts(prepare: ModuleType, model: Any) -> None:
    """The shipped labels are what the reader works with; scripts that say otherwise would make another network."""
    for head, name in (("plover", "TYPES"), ("status", "STATUS"), ("mode", "MODES"), ("role", "ROLES"), ("entity", "ENTITIES")):
        assert model.labels[head] == getattr(prepare, name)
    assert model.labels["plover"][0] == model.labels["entity"][0] == "O" and model.labels["mode"][0] == "none"


def encoded(prepare: ModuleType, names: dict[str, list[str]], unit: dict[str, Any]) -> dict[str, Any]:
    labels = {head: {name: i for i, name in enumerate(values)} for head, values in names.items()}
    found: dict[str, Any] = prepare.encode(unit, labels, WordPieces(VOCABULARY))
    return found


def test_words_tags_and_arcs(prepare: ModuleType, names: dict[str, list[str]]) -> None:
    found = encoded(prepare, names, UNIT)
    assert found["pieces"] == [(4,), (5, 6), (9,)]
    assert [SHAPES[s] for s in found["shape"]] == ["title", "lower", "punctuation"]
    assert [names["upos"][i] for i in found["upos"]] == ["PROPN", "VERB", "PUNCT"]
    assert [apply_rule(names["lemma"][i], w) for i, w in zip(found["lemma"], UNIT["words"], strict=True)] == [
        "Norland",
        "vote",
        ".",
    ]
    assert found["head"] == [2, 0, 2] and [names["rel"][i] for i in found["rel"]] == ["nsubj", "root", "punct"]
    assert "entity" not in found and "events" not in found


def test_what_is_not_known_or_left_open_is_no_label(prepare: ModuleType, names: dict[str, list[str]]) -> None:
    odd = UNIT | {"tags": [("X", "X", "X", "Nor"), *UNIT["tags"][1:]], "entities": ["?", "B-PERSON", "O"]}
    found = encoded(prepare, names, odd)
    assert [found[head][0] for head in ("upos", "xpos", "feats", "lemma")] == [-100] * 4
    assert found["entity"] == [-100, names["entity"].index("B-PERSON"), 0]


def test_events(prepare: ModuleType, names: dict[str, list[str]]) -> None:
    """CONCEDE and RETREAT are one type; the mode is known of consultations alone; what no word tells is left out."""
    found = encoded(prepare, names, EVENTS)
    yielding, consult = found["events"]
    assert [names["plover"][i] for i in yielding["types"]] == ["YIELD", "ASSAULT"]
    assert names["status"][yielding["status"]] == "denied" and yielding["mode"] == -100
    assert yielding["arguments"] == {names["role"].index("actor"): [[0]], names["role"].index("source"): []}
    assert names["mode"][consult["mode"]] == "none"
    assert found["statements"] == [EVENTS["statements"][0]]
