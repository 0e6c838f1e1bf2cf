"""spaCy as reading loads it: without its command line, and whole for whoever asks for that."""

from __future__ import annotations

import subprocess
import sys


def printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_reading_does_not_load_the_command_line() -> None:
    assert printed("import sys, communique.annotate; print([m for m in sys.modules if m.startswith('spacy.cli')])") == "[]"


def test_spacy_is_whole_afterwards() -> None:
    code = "import communique.annotate, spacy; print(spacy.info()['spacy_version'] == spacy.__version__)"
    code += "\nimport spacy.cli; print(spacy.cli.info.__module__, callable(spacy.cli.download))"
    assert printed(code).split() == ["True", "spacy.cli.info", "True"]


def test_spacy_that_is_there_already_is_left_alone() -> None:
    assert printed("import spacy; own = spacy.info; import communique.annotate; print(spacy.info is own)") == "True"
