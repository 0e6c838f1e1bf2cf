"""The pipeline that our network is held against learns from the same labels and is scored in the same form."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import pytest
from spacy.tokens import Doc

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def benchmark():
    sys.path.insert(0, str(FOLDER))
    try:
        spec = importlib.util.spec_from_file_location("benchmark_language", FOLDER / "language.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(FOLDER))
    return module


def tree(doc, words, arcs, **more):
    tags = [("NOUN", "NN", "Number=Sing" if i else "_", w) for i, w in enumerate(words)]
    return {"source": "ewt", "doc": doc, "words": words, "arcs": arcs, "tags": tags, **more}


def test_names_in_the_scheme_that_spacy_learns(benchmark):
    labels = ["B-ORG", "B-ORG", "I-ORG", "?", "I-LOC", "I-LOC", "I-LOC", "O", "B-PERSON"]
    assert benchmark._biluo(labels) == ["U-ORG", "B-ORG", "L-ORG", "-", "B-LOC", "I-LOC", "L-LOC", "O", "U-PERSON"]


def test_an_example_holds_two_sentences_with_their_trees(benchmark):
    nlp = benchmark.peer()
    group = [
        tree("a", ["Ana", "won"], [(2, "nsubj"), (0, "root")], entities=["B-PERSON", "O"]),
        tree("a", ["Sol", "lost"], [(2, "nsubj"), (0, "root")]),
    ]
    gold = benchmark.example(nlp, group).reference
    assert [(t.head.i, t.dep_, t.tag_, t.pos_, str(t.morph), t.is_sent_start) for t in gold] == [
        (1, "nsubj", "NN", "NOUN", "", True),
        (1, "ROOT", "NN", "NOUN", "Number=Sing", False),
        (3, "nsubj", "NN", "NOUN", "", True),
        (3, "ROOT", "NN", "NOUN", "Number=Sing", False),
    ]
    assert [(e.start, e.end, e.label_) for e in gold.ents] == [(0, 1, "PERSON")]
    assert [t.ent_iob_ for t in gold] == ["B", "O", "", ""]  # names of the second sentence are not known


def test_all_units_are_learnt_from_and_documents_kept_apart(benchmark):
    units = [tree(doc, [str(i)], [(0, "root")]) for i, doc in enumerate("aaaaaaaaabbc")]
    units += [{"source": "wnut", "doc": "d", "words": ["x"]}] * 2
    found = list(benchmark.groups(units, random.Random(3)))
    assert [u for group in found for u in group] == units
    assert all(len({u["doc"] for u in group}) == 1 for group in found)
    assert max(map(len, found)) > 1 and [len(g) for g in found[-2:]] == [1, 1]


def test_scored_in_the_form_of_ours(benchmark):
    vocab = benchmark.peer().vocab
    heads, deps, tags = [1, 1], ["nsubj", "ROOT"], ["PROPN", "VERB"]
    doc = Doc(vocab, ["Ana", "won"], heads=heads, deps=deps, pos=tags, lemmas=["Ana", "win"], ents=["B-PERSON", "O"])
    found = benchmark.analysis_of(doc)
    assert [(w.upos, w.lemma, w.head, w.dep) for w in found.words] == [("PROPN", "Ana", 2, "nsubj"), ("VERB", "win", 0, "root")]
    assert found.entities == ((0, 1, "PERSON"),)
