"""One reading of all examples for the tests of the coding layer."""

from __future__ import annotations

import pytest
from tests.coding.examples import all_texts, read_all

from communique.types.analysis import Analysis


@pytest.fixture(scope="session")
def examples() -> dict[str, Analysis]:
    """Every example of the tables, by its text, as the annotator reads it."""
    return read_all(all_texts())
