"""spaCy without its command line, which takes as long to load as all the rest of it."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_COMMANDS = "spacy.cli.info"


def import_spacy() -> None:
    """Load spaCy. It takes one function, `spacy.info`, from its command line; that is loaded when the function is called."""
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(_COMMANDS)
    stand_in.info = _info  # type: ignore[attr-defined]
    sys.modules[_COMMANDS] = stand_in
    try:
        importlib.import_module("spacy")
    finally:
        del sys.modules[_COMMANDS]


def _info(*args: Any, **options: Any) -> Any:
    return importlib.import_module(_COMMANDS).info(*args, **options)
