"""How well lines that are not report text are told from lines that are."""

from __future__ import annotations

import json
from pathlib import Path

from communique.clean.boilerplate import judge
from communique.errors import DataError


def evaluate(data: Path) -> dict[str, float]:
    """Precision, recall and F1 of dropping, over JSON lines with `text` and `label` (`dropped` or `report`), each line
    judged alone. Raises DataError for lines of another form and for none."""
    right = given = wanted = lines = 0
    for number, row in enumerate(data.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
            text, label = line["text"], line["label"] == "dropped"
        except (ValueError, KeyError, TypeError):
            raise DataError(f"{data}: line {number} is no JSON object with text and label; mend that line") from None
        dropped = judge(text).dropped
        lines, given, wanted, right = lines + 1, given + dropped, wanted + label, right + (dropped and label)
    if not lines:
        raise DataError(f"{data}: empty; give JSON lines with text and label")
    precision = right / given if given else 0.0
    recall = right / wanted if wanted else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * right / (given + wanted) if given + wanted else 0.0,
        "lines": float(lines),
    }
