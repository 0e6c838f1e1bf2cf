"""How well lines that are not report text are told from lines that are, each alone and within whole reports."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from communique.clean.boilerplate import judge
from communique.clean.cleaner import clean
from communique.errors import DataError, InputError
from communique.sources.text import from_string
from communique.types.analysis import Analysis

_ROUNDS = 5
_EACH = 4
_SEED = 20

Labelled = tuple[str, bool]


def evaluate(data: Path) -> dict[str, float]:
    """Precision, recall and F1 of dropping, over JSON lines with `text` and `label` (`dropped` or `report`).

    Each line is judged alone; then (`report_precision`, `report_recall`) the same lines stand in whole reports: four to be
    kept and four to be dropped at random places of each report of our own wording (`data/reports.txt`), so that every line
    stands in five reports. There a line is dropped if no passage has any of it, and the report's own paragraphs count too.
    Raises DataError for lines of another form and for none.
    """
    lines = _read(data)
    alone = _figures([(judge(text).dropped, label) for text, label in lines])
    within = _figures([told for report in whole_reports(lines) for told in _told(report)])
    return {
        **alone,
        "report_precision": within["precision"],
        "report_recall": within["recall"],
        "lines": float(len(lines)),
    }


def whole_reports(lines: Sequence[Labelled]) -> Iterator[list[Labelled]]:
    """Reports with the lines put into them, as lines with whether each is to be dropped; the same at every call."""
    rng = random.Random(_SEED)
    kept = [line for line in lines if not line[1]]
    dropped = [line for line in lines if line[1]]
    for _ in range(_ROUNDS):
        rng.shuffle(kept)
        rng.shuffle(dropped)
        for number, start in enumerate(range(0, max(len(kept), len(dropped)), _EACH)):
            headline, *report = [(text, False) for text in _own()[number % len(_own())]]
            for line in (*kept[start : start + _EACH], *dropped[start : start + _EACH]):
                report.insert(rng.randint(0, len(report)), line)
            yield [headline, *report]


@cache
def _own() -> tuple[list[str], ...]:
    text = resources.files("communique.evaluation").joinpath("data", "reports.txt").read_text(encoding="utf-8")
    return tuple(report.splitlines() for report in text.strip().split("\n\n"))


def _told(report: Sequence[Labelled]) -> Iterator[tuple[bool, bool]]:
    """For each line of a report whether it was dropped and whether it should have been; all are where the report is refused."""
    try:
        passages = clean(Analysis(from_string("\n".join(text for text, _ in report)))).passages
    except InputError:
        passages = ()
    starts = {span.start for passage in passages for span in passage.spans}
    ends = {span.end for passage in passages for span in passage.spans}
    at = 0
    for text, label in report:
        yield at not in starts and at + len(text) not in ends, label
        at += len(text) + 1


def _read(data: Path) -> list[Labelled]:
    lines = []
    for number, row in enumerate(data.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
            lines.append((str(line["text"]).strip(), line["label"] == "dropped"))
        except (ValueError, KeyError, TypeError):
            raise DataError(f"{data}: line {number} is no JSON object with text and label; mend that line") from None
    if not lines:
        raise DataError(f"{data}: empty; give JSON lines with text and label")
    return lines


def _figures(told: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Precision, recall and F1 of what was dropped, given beside what should have been."""
    given = sum(dropped for dropped, _ in told)
    wanted = sum(label for _, label in told)
    right = sum(dropped and label for dropped, label in told)
    return {
        "precision": right / given if given else 0.0,
        "recall": right / wanted if wanted else 0.0,
        "f1": 2 * right / (given + wanted) if given + wanted else 0.0,
    }
