"""The shipped network: forms of its scores, that a window's scores are its own, and what a broken folder says."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from communique.errors import DataError
from communique.models.language import FOLDER, MAX_PIECES, MAX_WORDS, LanguageModel, Scores, with_one

WORDS = "The envoys of Norland met in Lima on Monday , a clerk said .".split()
OTHERS = [["No"], ["Rebels", "shelled", "the", "harbour", "."], ["word"] * MAX_WORDS]


def test_forms_of_the_scores(model: LanguageModel) -> None:
    (scores,) = model.read([WORDS])
    n = len(WORDS)
    for head in ("upos", "xpos", "feats", "lemma"):
        found = getattr(scores, head)
        assert found.shape == (n,)
        assert found.min() >= 0 and found.max() < len(model.labels[head])
    for head in ("entity", "plover", "status", "mode"):
        found = getattr(scores, head)
        assert found.shape == (n, len(model.labels[head]))
        assert np.allclose(found.sum(1), 1, atol=1e-3)
    for head in ("sent", "cue"):
        found = getattr(scores, head)
        assert found.shape == (n,) and found.min() >= 0 and found.max() <= 1
    assert scores.arc.shape == (n, n + 1)
    assert len(scores.rel_left) == n and len(scores.rel_head) == n + 1
    assert scores.meaning.shape == (n, 256) and scores.lexical is None


def test_words_by_themselves_are_given_where_asked_for(model: LanguageModel) -> None:
    (scores,) = model.read([["War", "is", "no", "war", "game", "of", "generalissimos"]], lexical=True)
    own = scores.lexical
    assert own is not None and own.shape == (7, 384)
    assert np.array_equal(own[0], own[3]) and not np.allclose(own[3], own[4])
    (single,) = model.read([["generalissimos"]], lexical=True)
    assert single.lexical is not None and np.allclose(own[6], single.lexical[0])
    assert len(model.pieces.cut("generalissimos")) > 1


def test_it_knows_plain_words(model: LanguageModel) -> None:
    (scores,) = model.read([WORDS])
    tags = [model.labels["upos"][i] for i in scores.upos]
    assert tags[WORDS.index("met")] == "VERB" and tags[WORDS.index("Lima")] == "PROPN" and tags[-1] == "PUNCT"
    assert scores.plover[WORDS.index("met")].argmax() == model.labels["plover"].index("CONSULT")
    assert scores.plover[WORDS.index("The")].argmax() == model.labels["plover"].index("O")


def test_a_window_is_read_alike_alone_and_among_others(model: LanguageModel) -> None:
    (alone,) = model.read([WORDS])
    among = list(model.read([OTHERS[2], WORDS, *OTHERS[:2], WORDS]))
    for found in (among[1], among[4]):
        for name in Scores.__dataclass_fields__:
            assert np.array_equal(getattr(alone, name), getattr(found, name)), name


def test_case_changes_what_is_read(model: LanguageModel) -> None:
    """The vocabulary is uncased; shapes tell the network of capitals."""
    lower, upper = model.read([["turkey", "won"], ["Turkey", "won"]])
    assert not np.array_equal(lower.entity, upper.entity)


def test_windows_are_as_long_as_the_network_can_hold(model: LanguageModel) -> None:
    assert model.fits(["word"] * MAX_WORDS)
    assert not model.fits(["word"] * (MAX_WORDS + 1))
    long = "zq" * 20
    pieces = len(model.pieces.cut(long))
    assert model.fits([long] * (MAX_PIECES // pieces)) and not model.fits([long] * (MAX_PIECES // pieces + 1))
    (scores,) = model.read([[long] * (MAX_PIECES // pieces)])
    assert np.isfinite(scores.arc).all()


def test_pair_scores_are_biaffine(model: LanguageModel) -> None:
    """Against the definition, sum of x_i W_oij y_j with ones appended, taken from the stored weights."""
    (scores,) = model.read([WORDS])
    with np.load(FOLDER / "pairs.npz") as stored:
        weights = {name: stored[name].astype(np.float64) for name in stored.files}
    words = np.array([*range(len(WORDS)), 1, 0])
    left, head = scores.rel_left, scores.rel_head[np.arange(len(words)) % len(scores.rel_head)]
    forms = left.reshape(len(WORDS), len(model.labels["rel"]), -1)
    wanted = np.einsum("noj,nj->no", forms[words], with_one(head))
    assert np.allclose(model.relations(left, head, words), wanted, atol=1e-3)
    for kind, rows, columns in (("roles", scores.trigger[:3], scores.argument), ("parts", scores.cue_state[:2], scores.part)):
        wanted = np.einsum("ri,oij,cj->roc", with_one(rows), weights[kind], with_one(columns))
        found = model.links(kind, rows, columns)
        assert found.shape == (len(rows), len(weights[kind]), len(columns))
        assert np.allclose(found, wanted, atol=1e-3)


FILES = ("labels.json", "vocab.txt", "network.onnx", "pairs.npz")


@pytest.mark.parametrize("broken", FILES)
@pytest.mark.parametrize("how", ["missing", "cut off"])
def test_a_broken_folder_is_said_to_be_so(broken: str, how: str, tmp_path: Path) -> None:
    for name in FILES:
        if name != broken:
            (tmp_path / name).symlink_to(FOLDER / name)
    if how == "cut off":
        shutil.copy(FOLDER / broken, tmp_path / broken)
        with (tmp_path / broken).open("r+b") as file:
            file.truncate(5)
    with pytest.raises(DataError, match="install Communique again") as caught:
        LanguageModel(tmp_path)
    assert str(tmp_path) in str(caught.value)
