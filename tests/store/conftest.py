"""Records by the number: fake, but whole, with rows in every table of a desk."""

from dataclasses import replace

import pytest

from communique.store.lake import Lake
from communique.types.record import Record, build


@pytest.fixture
def record(analysis):
    """What makes the record of document `d1`, `d2` … from the sample; `change` is applied to the analysis."""

    def make(number: int, change=lambda analysis: analysis) -> Record:
        document = replace(analysis.document, id=f"d{number}", text_id=f"x{number}", source=f"{number}.txt")
        return build(change(replace(analysis, document=document)))

    return make


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "desk")
