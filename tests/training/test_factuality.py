"""Values of factuality on the units that they are of."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType
from typing import Any


def unit(text: str) -> dict[str, Any]:
    return {"source": "ewt", "words": text.split()}


def write(path: Path, *sentences: tuple[str, dict[int, float]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for text, values in sentences:
            targets = [{"span1": [i, i + 1], "label": v, "span_text": text.split()[i]} for i, v in values.items()]
            file.write(json.dumps({"text": text, "targets": targets}) + "\n")
    return path


def test_values_go_to_units_of_the_same_words(factuality: ModuleType, tmp_path: Path) -> None:
    units = [unit("Rain fell ."), unit("She may well go"), unit("Rain fell ."), unit("Nothing here")]
    path = write(tmp_path / "x.gz", ("Rain fell .", {1: 3}), ("She maywell go", {2: 0.5, 1: -1}), ("Rain fell .", {1: 2}))
    count = factuality.attach(units, factuality.read(path))
    assert [u.get("factuality") for u in units] == [[(1, 3.0)], [(1, -1.0), (3, 0.5)], [(1, 2.0)], None]
    assert count == {"attached": 4}


def test_what_is_also_in_another_split_stays_out(factuality: ModuleType, tmp_path: Path) -> None:
    units = [unit("Go on !"), unit("We went")]
    path = write(tmp_path / "x.gz", ("Go on !", {0: -1}), ("We went", {1: 3}), ("Others left", {1: 3}))
    count = factuality.attach(units, factuality.read(path), held=[unit("Go on !")])
    assert "factuality" not in units[0] and units[1]["factuality"] == [(1, 3.0)]
    assert count == {"attached": 1, "held": 1, "over": 1}


def test_meantime_gives_units_of_its_own(factuality: ModuleType, tmp_path: Path) -> None:
    path = write(tmp_path / "x.gz", ("Shares fell", {1: 3}), ("They will fall", {2: 0.75}))
    first, second = factuality.meantime(path)
    assert first["words"] == ["Shares", "fell"] and first["factuality"] == [(1, 3.0)] and first["source"] == "meantime"
    assert second["factuality"] == [(2, 0.75)] and first["doc"] != second["doc"]
