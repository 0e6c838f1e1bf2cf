from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the annotated data that the project does not hold; tests that need it are skipped without it."""
    folder = os.environ.get("COMMUNIQUE_DATA")
    if not folder:
        pytest.skip("COMMUNIQUE_DATA does not name the folder with the annotated data")
    return Path(folder)
