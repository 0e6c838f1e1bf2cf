"""How units become batches: places, labels, links, and what is not known."""

from __future__ import annotations

import gzip
import pickle
import random
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("torch")
import numpy as np


@pytest.fixture(scope="module")
def windows(training: dict[str, ModuleType]) -> ModuleType:
    return training["windows"]


def test_pieces_and_words_have_their_places(batch: dict[str, Any]) -> None:
    assert batch["pieces"][0, :4].tolist() == [101, 104, 105, 106] and batch["pieces"][0, 15:17].tolist() == [102, 0]
    assert (batch["first"][0, 2], batch["last"][0, 2]) == (3, 4)
    assert batch["shapes"][0, 3:5].tolist() == [1, 1]
    assert batch["unit"][0].tolist() == [0] * 9 + [1] * 4 + [-1] * 3
    assert batch["unit"][2].tolist() == [-1] * 16 and not batch["pieces"][2].any()


def test_labels_of_words(batch: dict[str, Any]) -> None:
    assert batch["head"][0, :10].tolist() == [3, 1, 4, 9, 4, 9, 8, 9, 0, -100]
    assert batch["sent"][0, :10].tolist() == [1] + [0] * 8 + [-100]
    assert batch["feats"][0, 8] == -100 and batch["upos"][0, 8] == 2
    assert batch["factuality"][0, 3] == -1.5 and (batch["factuality"][0] > -100).sum() == 1


def test_a_second_unit_is_moved_behind_the_first(windows: ModuleType, made: dict[str, Any], tmp_path: Any) -> None:
    with gzip.open(tmp_path / "dev.pickle.gz", "wb") as file:
        pickle.dump([made, dict(made)], file)
    pair = windows.load_units(tmp_path, "dev")
    found = windows.collate([pair], windows.Shape(1, 20, 30))
    assert found["head"][0, 9:18].tolist() == [12, 10, 13, 18, 13, 18, 17, 18, 0]
    assert found["links"][0, 12, 9] == 1 and found["links"][0, 12, 0] == 0
    assert (found["begin"][0, 17], found["end"][0, 17]) == (9, 13)
    assert found["frames"][0, 12, 9] == 1 and found["frames"][0, 12, 0] == 255
    assert found["coref"][0, 9].tolist()[:6] == [1, 2, 0, 1, 0, 2]


def test_events_and_statements(batch: dict[str, Any]) -> None:
    """Bits of `links`: actor 1, recipient 2, source 16, speaker 32. The first of several types counts most."""
    assert batch["plover"][0, :4].tolist() == [0, 0, 0, 15] and batch["plover"][0, 9] == -100
    target = batch["plover_target"][0, 3].numpy()
    assert np.allclose(target[[15, 13, 14]], [0.7, 0.15, 0.15]) and target[0] == 0
    assert batch["plover_target"][0, 0, 0] == 1
    assert batch["links"][0, 3].tolist() == [1, 0, 0, 0, 2, 0, 16, 16] + [0] * 8
    assert batch["links"][0, 8].tolist() == [0] * 6 + [32, 32] + [0] * 8
    assert batch["cue"][0, 7:10].tolist() == [0, 1, -100]
    assert (batch["begin"][0, 8], batch["end"][0, 8], batch["status"][0, 3], batch["mode"][0, 3]) == (0, 4, 3, -100)


def test_frames(batch: dict[str, Any]) -> None:
    assert batch["frames"][0, 3].tolist() == [1, 2, 2, 0, 3, 0, 0, 0] + [255] * 8
    assert (batch["frames"][0, [0, 8, 15]] == 255).all()
    assert batch["predicate"][0, 2:5].tolist() == [0, 1, 0] and batch["predicate"][0, 9] == -100


def test_antecedents(batch: dict[str, Any]) -> None:
    """Column 0 is none: right for what comes first of its chain; a mention kept apart learns nothing."""
    assert batch["coref"][0, 0].tolist() == [2] + [0] * 16
    assert batch["coref"][0, 2].tolist() == [2, 1] + [0] * 15
    assert batch["coref"][0, 4].tolist() == [1, 2, 0, 1] + [0] * 13
    assert not batch["coref"][0, 7].any()
    assert batch["coref"][0, 12].tolist() == [1] + [0] * 9 + [2, 0, 1] + [0] * 4
    assert batch["coref"][1, 3].tolist() == [1, 2, 0, 1] + [0] * 13


def unit(doc: str, words: int, source: str = "ewt") -> dict[str, Any]:
    return {"doc": doc, "source": source, "sizes": np.ones(words, int), "pieces": np.ones(words, int)}


def test_windows_hold_what_is_of_one_document(windows: ModuleType) -> None:
    units = [unit("a", 60), unit("a", 50), unit("a", 1), unit("b", 5), unit("b", 5)]
    assert [len(w) for w in windows.windows(units, None)] == [2, 1, 2]
    assert [len(w) for w in windows.windows(units, None, 0)] == [1] * 5
    drawn = windows.windows(units * 20, random.Random(3))
    assert [u["doc"] for w in drawn for u in w] == [u["doc"] for u in units * 20]
    assert len({len(w) for w in drawn}) > 1


def test_packs_take_the_smallest_shape_that_holds_a_window(windows: ModuleType) -> None:
    groups = [[unit("a", n)] for n in (30, 44, 45, 161, 31, 32)]
    found = windows.packs(groups, windows.shapes(64), None)
    assert [(s.words, [len(w[0]["sizes"]) for w in pack]) for s, pack in found] == [
        (32, [30, 31]),
        (32, [32]),
        (60, [44]),
        (60, [45]),
    ]


def test_sources_are_repeated(windows: ModuleType) -> None:
    frames, events = [unit(f"b{i // 2}", 1, "frames") for i in range(20)], [unit(f"c{i}", 1, "events") for i in range(4)]
    units = [unit("a", 1), *frames, *events]
    found = windows.repeated(units, {"frames": 0.5, "events": 2.5}, random.Random(1))
    assert [sum(u["source"] == s for u in found) for s in ("ewt", "frames", "events")] == [1, 10, 10]
    # documents stay whole
    drawn = [u["doc"] for u in found if u["source"] == "frames"]
    assert drawn == [name for doc in sorted(set(drawn), key=lambda d: int(d[1:])) for name in (doc, doc)]


def test_an_epoch_is_drawn_again_from_its_seed(windows: ModuleType, batch: dict[str, Any], tmp_path: Any) -> None:
    units = windows.load_units(tmp_path, "train")
    draw = lambda seed: next(iter(windows.Stream(units * 8, {}, windows.shapes(64), seed)))[1]["pieces"].tolist()
    assert draw(1) == draw(1) != draw(2)
