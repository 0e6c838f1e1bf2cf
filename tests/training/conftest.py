from __future__ import annotations

import gzip
import importlib
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "training" / "language"


class Scripts(dict[str, ModuleType]):
    """The training scripts by name, each imported when it is first asked for."""

    def __missing__(self, name: str) -> ModuleType:
        self[name] = importlib.import_module(name)
        return self[name]


@pytest.fixture(scope="session")
def training() -> Iterator[dict[str, ModuleType]]:
    """The training scripts by name; they import each other as files of one folder."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield Scripts()
    finally:
        sys.path.remove(str(FOLDER))
        for name, module in list(sys.modules.items()):
            if Path(getattr(module, "__file__", None) or "/").parent == FOLDER:
                del sys.modules[name]


@pytest.fixture(scope="session")
def corpora(training: dict[str, ModuleType]) -> ModuleType:
    return training["corpora"]


@pytest.fixture(scope="session")
def prepare(training: dict[str, ModuleType]) -> ModuleType:
    return training["prepare"]


@pytest.fixture(scope="session")
def chains(training: dict[str, ModuleType]) -> ModuleType:
    return training["chains"]


@pytest.fixture(scope="session")
def factuality(training: dict[str, ModuleType]) -> ModuleType:
    return training["factuality"]


@pytest.fixture
def made() -> dict[str, Any]:
    """A unit as prepare.py writes it, with every kind of label: "Norland 's envoy attacked Sudria , a clerk said"."""
    return {
        "source": "ewt", "doc": "ewt:1",
        "pieces": [(104,), (105,), (106, 107), (108,), (109,), (110,), (111,), (112,), (113,)],
        "shape": [3, 1, 1, 1, 3, 2, 1, 1, 1],
        "upos": [0, 1, 1, 2, 0, 1, 1, 1, 2], "xpos": [0, 1, 1, 2, 0, 1, 1, 1, 2], "feats": [0, 1, 1, 2, 0, 1, 1, 1, -100],
        "lemma": [0, 0, 0, 1, 0, 0, 0, 0, 1], "head": [3, 1, 4, 9, 4, 9, 8, 9, 0], "rel": [1, 2, 1, 2, 1, 2, 2, 1, 0],
        "entity": [5, 0, 0, 0, 5, 0, 0, 0, 0],
        "events": [
            {"words": [3], "types": [15, 13, 14], "status": 3, "mode": -100, "arguments": {0: [[0]], 1: [[4]], 4: [[6, 7]]}}
        ],
        "statements": [{"cue": [8], "speaker": [6, 7], "content": [0, 1, 2, 3, 4]}],
        "frames": [(3, [1, 2, 2, 0, 3, 0, 0, 0, -100])], "frames_open": False,
        "factuality": [(3, -1.5)],
        "mentions": [(0, 2, "a", True), (2, 1, "b", True), (4, 2, "a", True), (7, 1, "c", False)],
    }  # fmt: skip


@pytest.fixture
def pointer() -> dict[str, Any]:
    """A unit of four words where all that is known is what a pronoun goes back to."""
    return {"source": "gap", "doc": "ewt:1", "pieces": [(120,)] * 4, "shape": [3, 1, 3, 1], "links": [(3, [0], [2])]}


@pytest.fixture
def tiny(training: dict[str, ModuleType]) -> Callable[..., Any]:
    """Makes a small network with random weights; the seed is fixed."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    labels = {
        "upos": 3,
        "xpos": 3,
        "feats": 3,
        "lemma": 2,
        "rel": 3,
        "entity": 9,
        "plover": 16,
        "status": 5,
        "mode": 6,
        "role": 5,
    }

    def make(layers: int = 2, inner: int = 24) -> Any:
        torch.manual_seed(5)
        network = training["network"]
        sizes = network.Sizes(125, 9, labels | {"mention": 4, "frame": 5}, layers, inner)
        return network.Network(sizes, dropout=0.0).eval()

    return make


@pytest.fixture
def batch(training: dict[str, ModuleType], made: dict[str, Any], pointer: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """A batch of two windows in the place for three: both units, and the pointer alone."""
    pytest.importorskip("torch")
    windows = training["windows"]
    first, second = read_back(windows, tmp_path, [made, pointer])
    found: dict[str, Any] = windows.collate([[first, second], [second]], windows.Shape(3, 16, 20))
    return found


def read_back(windows: ModuleType, work: Path, units: list[dict[str, Any]], split: str = "train") -> list[dict[str, Any]]:
    """The units as training reads them from the prepared file."""
    with gzip.open(work / f"{split}.pickle.gz", "wb") as file:
        pickle.dump(units, file)
    found: list[dict[str, Any]] = windows.load_units(work, split)
    return found
