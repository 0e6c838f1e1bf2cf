from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "training" / "language"


class Scripts(dict[str, ModuleType]):
    """The training scripts by name, each imported when it is first asked for."""

    def __missing__(self, name: str) -> ModuleType:
        self[name] = importlib.import_module(name)
        return self[name]


@pytest.fixture(scope="session")
def training() -> Iterator[dict[str, ModuleType]]:
    """The training scripts that need no PyTorch, by name; they import each other as files of one folder."""
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
