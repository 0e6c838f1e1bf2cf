"""From scores to sentences, arcs, entities, event graph and statements, with scores written by hand."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.annotate.graph import (
    ARGUMENT_LEAST,
    CUE_LEAST,
    FAR_ARGUMENT_LEAST,
    START_LEAST,
    TRIGGER_LEAST,
    Graph,
    _starts,
    decode,
    runs,
)
from communique.models.language import LanguageModel, Scores

ENTITY = ["O", "B-PERSON", "I-PERSON", "B-LOC", "I-LOC"]
LABELS = {
    "upos": ["NOUN", "VERB", "PUNCT"],
    "xpos": ["NN", "VB", ","],
    "rel": ["root", "nsubj", "obj"],
    "entity": ENTITY,
    "plover": ["O", "CONSULT", "ASSAULT"],
    "status": ["happened", "planned"],
    "mode": ["none", "meet"],
    "role": ["actor", "recipient"],
    "mention": ["O", "person"],
}


class HandMade:
    """Stands for the network; `table[kind][row, out, column]` holds the scores of links, `rel` each word's relation."""

    labels = LABELS

    def __init__(self, n: int, rel: list[int] | None = None) -> None:
        self.rel = np.array(rel or [0] * n)
        self.table = {"roles": np.full((n, 2, n), -9.0, np.float32), "parts": np.full((n, 3, n), -9.0, np.float32)}

    def relations(self, child: np.ndarray, head: np.ndarray, words: np.ndarray) -> np.ndarray:
        assert len(head) == len(words) and words.max() < len(child)
        return 9 * np.eye(len(self.labels["rel"]), dtype=np.float32)[self.rel[words]]

    def links(self, kind: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        return self.table[kind][rows.argmax(1)][:, :, columns.argmax(1)]


def read(model: HandMade, **given: Any) -> Graph:
    """The graph of a window in which nothing happens but what is given; arcs are given as heads, -1 for the root."""
    n = len(model.rel)
    arc = np.zeros((n, n + 1), np.float32)
    for word, head in enumerate(given.pop("heads", range(-1, n - 1))):
        arc[word, head + 1] = 10
    one = np.eye(n, dtype=np.float32)
    first = lambda size: np.eye(size, dtype=np.float32)[[0] * n]
    values = {
        "upos": one[0], "xpos": one[0], "feats": one[0], "lemma": one[0], "sent": np.zeros(n), "entity": first(len(ENTITY)),
        "plover": first(3), "status": first(2), "mode": first(2), "cue": np.zeros(n), "arc": arc, "rel_left": one,
        "meaning": one, "rel_head": np.zeros((n + 1, n), np.float32), "trigger": one, "argument": one, "cue_state": one,
        "part": one, "predicate": np.zeros(n), "mention": first(2), "factuality": np.zeros(n),
        **dict.fromkeys(("frame_row", "frame_column", "coref_row", "coref_column"), one),
    }  # fmt: skip
    words, whole = given.pop("words", "w" * n), given.pop("whole", False)
    values |= given
    return decode(cast(LanguageModel, model), Scores(**values), words, whole)


def acts(n: int, **words: tuple[int, float]) -> np.ndarray:
    """Probabilities of types: `w3=(1, 0.8)` makes word 3 a CONSULT at 0.8."""
    table = np.zeros((n, 3), np.float32)
    table[:, 0] = 1
    for name, (kind, p) in words.items():
        table[int(name[1:]), [0, kind]] = 1 - p, p
    return table


def test_sentences_and_their_own_roots() -> None:
    """A head in another sentence is out of reach, and only a root is called root."""
    graph = read(HandMade(5, rel=[1, 0, 2, 1, 0]), heads=[1, -1, 1, 1, 3], sent=np.array([0.9, 0.1, 0.2, 0.8, 0.4]))
    assert graph.starts == (0, 3)
    assert graph.heads == (1, 1, 1, 3, 3)
    assert graph.deps == ("nsubj", "root", "obj", "root", "nsubj")


def test_first_word_starts_a_sentence_whatever_it_scores() -> None:
    assert read(HandMade(2), sent=np.array([0.0, 0.9])).starts == (0, 1)


@pytest.mark.parametrize(("chance", "starts"), [(START_LEAST - 0.01, (0,)), (START_LEAST + 0.01, (0, 1))])
def test_a_sentence_starts_where_the_chance_is_enough(chance: float, starts: tuple[int, ...]) -> None:
    sent = np.array([1.0, chance])
    assert read(HandMade(2), sent=sent).starts == starts
    assert read(HandMade(2), sent=sent, whole=True).starts == (0,)


@pytest.mark.parametrize(
    ("words", "joined", "starts"),
    [
        (['.', '"', 'Yes'], (), (0, 1)),
        (['"', '.', '"', 'Yes'], (), (0, 3)),
        (['.', '"', 'Yes'], (False, True, False), (0, 2)),
        (['.', '”', 'Yes'], (), (0, 2)),
        (['"', '.', '"'], (), (0,)),
    ],
)  # fmt: skip
def test_a_closing_mark_belongs_to_its_quotation(words: list[str], joined: tuple[bool, ...], starts: tuple[int, ...]) -> None:
    sent = np.array([w in {'"', "”"} for w in words], np.float32)
    assert _starts(sent, words, joined) == list(starts)


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ([], []),
        ([0.1, 0.2], []),
        ([0.5], [(0, 1)]),
        ([0.9, 0.6, 0.1, 0.7], [(0, 2), (3, 4)]),
        ([0.1, 0.5, 0.5], [(1, 3)]),
    ],
)
def test_runs(flags: list[float], found: list[tuple[int, int]]) -> None:
    assert [(a, b) for a, b, _ in runs(np.array(flags, np.float32), 0.5)] == found


@given(st.lists(st.floats(0, 1, width=32), max_size=12))
def test_runs_hold_all_that_is_high_enough_and_nothing_else(flags: list[float]) -> None:
    values = np.array(flags, np.float32)
    held = {i: mean for a, b, mean in runs(values, 0.5) for i in range(a, b)}
    assert set(held) == set(np.flatnonzero(values >= 0.5))
    assert all(0.5 <= mean <= 1 for mean in held.values())


def test_triggers_of_one_type_side_by_side_are_one() -> None:
    graph = read(HandMade(5), plover=acts(5, w0=(1, 0.9), w1=(1, 0.6), w2=(2, 0.9), w4=(2, 0.7)))
    assert [(e.first, e.last, e.types[0][0]) for e in graph.events] == [(0, 2, "CONSULT"), (2, 3, "ASSAULT"), (4, 5, "ASSAULT")]
    assert graph.events[0].types[0][1] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("words", "chance", "starts"),
    [
        ("Peru praised the deal . Chile rejected it .", 0.05, (0, 5)),
        ("Peru praised the deal . Chile rejected it .", 0.02, (0,)),
        ("Troops left Peru . Chile stayed .", 0.05, (0,)),
        ("Troops left Peru . Chile stayed .", 0.2, (0, 4)),
        ("Troops left in 2016 . Chile stayed .", 0.2, (0, 5)),
        ("They met at no . 10 Downing Street .", 0.2, (0,)),
        ("They praised the deal . but not it .", 0.2, (0,)),
    ],
)
def test_behind_a_stop_less_is_enough(words: str, chance: float, starts: tuple[int, ...]) -> None:
    """More behind a name or a number, whose stop may be an abbreviation's; nothing before a word without a capital."""
    sent = np.array([i > 0 and w == "." for i, w in enumerate(["", *words.split()])][:-1], np.float32) * chance
    assert _starts(sent, words.split(), ()) == list(starts)


def test_a_trigger_never_crosses_into_the_next_sentence() -> None:
    graph = read(HandMade(2), plover=acts(2, w0=(1, 0.9), w1=(1, 0.9)), sent=np.array([1, 1]))
    assert [(e.first, e.last) for e in graph.events] == [(0, 1), (1, 2)]


def test_what_is_hardly_an_act_is_no_candidate() -> None:
    assert read(HandMade(2), plover=acts(2, w0=(1, TRIGGER_LEAST - 0.01))).events == ()
    assert len(read(HandMade(2), plover=acts(2, w0=(1, TRIGGER_LEAST + 0.01))).events) == 1


def test_types_status_and_mode_are_ranked_and_no_type_is_none() -> None:
    plover = np.array([[0.1, 0.3, 0.6]], np.float32)
    status, mode = np.array([[0.2, 0.8]], np.float32), np.array([[0.4, 0.6]], np.float32)
    (event,) = read(HandMade(1), plover=plover, status=status, mode=mode).events
    assert [name for name, _ in event.types] == ["ASSAULT", "CONSULT"]
    assert [name for name, _ in event.status] == ["planned", "happened"]
    assert [name for name, _ in event.mode] == ["meet", "none"]
    assert event.mode[0][1] == pytest.approx(0.6)


def logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def test_arguments_are_runs_of_words_by_role() -> None:
    model = HandMade(5)
    model.table["roles"][2, 0, [0, 1]] = logit(0.8), logit(0.6)
    model.table["roles"][2, 1, 4] = logit(ARGUMENT_LEAST + 0.05)
    model.table["roles"][2, 1, 3] = logit(ARGUMENT_LEAST - 0.05)
    (event,) = read(model, plover=acts(5, w2=(1, 0.9))).events
    assert [(a.first, a.last, a.label) for a in event.arguments] == [(0, 2, "actor"), (4, 5, "recipient")]
    assert event.arguments[0].score == pytest.approx(0.7, abs=1e-4)


def test_arguments_further_off_must_be_surer_and_no_further_than_the_next_sentence() -> None:
    model = HandMade(4)
    model.table["roles"][1, 0, [0, 2, 3]] = logit(FAR_ARGUMENT_LEAST - 0.05), logit(FAR_ARGUMENT_LEAST + 0.05), 9
    (event,) = read(model, plover=acts(4, w1=(1, 0.9)), sent=np.array([1, 1, 1, 1])).events
    assert [(a.first, a.last) for a in event.arguments] == [(2, 3)]


def test_a_statement_has_its_cue_the_surest_speaker_and_the_best_stretch_of_its_sentence() -> None:
    model = HandMade(6)
    parts = model.table["parts"][1]
    parts[0, 0] = 3
    parts[1, [2, 4, 5]] = 1, 5, 9  # begins; word 5 lies in the next sentence
    parts[2, [3, 4]] = 9, 6  # ends; 4 to 3 would be backwards
    (said,) = read(model, cue=np.array([0, CUE_LEAST + 0.1, 0, 0, 0, 0]), sent=np.array([1, 0, 0, 0, 0, 1])).statements
    assert (said.cue.first, said.cue.last) == (1, 2)
    assert said.speaker is not None and (said.speaker.first, said.speaker.last) == (0, 1)
    assert said.content is not None and (said.content.first, said.content.last) == (4, 5)


def test_a_cue_without_a_speaker() -> None:
    (said,) = read(HandMade(2), cue=np.array([0.9, 0])).statements
    assert said.speaker is None
    assert read(HandMade(2), cue=np.array([CUE_LEAST - 0.01, 0])).statements == ()


def test_mentions_have_their_antecedents() -> None:
    model = HandMade(3)
    model.table["coref"] = np.full((3, 1, 4), -9.0, np.float32)
    model.table["coref"][2, 0, 1] = 9.0
    model.table["coref"][0, 0, 0] = 9.0
    mention = np.array([[0.1, 0.9], [0.9, 0.1], [0.2, 0.8]], np.float32)
    found = read(model, mention=mention, coref_column=np.eye(4, dtype=np.float32)).antecedents
    assert [(a.mention, a.antecedent, a.score) for a in found] == [(0, None, 1.0), (2, 0, 1.0)]
