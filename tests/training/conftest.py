from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "training" / "language"


@pytest.fixture(scope="session")
def training() -> Iterator[dict[str, ModuleType]]:
    """The training scripts that need no PyTorch, by name; they import each other as files of one folder."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in ("corpora", "prepare")}
    finally:
        sys.path.remove(str(FOLDER))
        for name in ("corpora", "prepare"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="session")
def corpora(training: dict[str, ModuleType]) -> ModuleType:
    return training["corpora"]


@pytest.fixture(scope="session")
def prepare(training: dict[str, ModuleType]) -> ModuleType:
    return training["prepare"]
