"""The date of publication of reports that tell none: `communique evaluate published --data FOLDER`.

The folder holds annotated reports (`report.txt` with a `gold.json` that knows the day) or TimeML documents (`.tml`) with
their creation time. Every line by which a report tells its own date is taken out before it is read. Measures: `reports`,
the share that gets an interval (`given`), the share of these that holds the true day (`right`), their median width in days,
and the shares of all reports that get one of a year or less (`within_a_year`) and whose day lies in it (`within_a_year_right`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.when import read_timeml
from communique.pipeline.stages import Stage, make
from communique.types.analysis import Analysis, Failed
from communique.types.text import Document, Interval, Published, Span

_YEAR = 366
_MOST_DATELINES = 3


def evaluate(data: Path) -> dict[str, float]:
    """The measures over all reports below a folder. Raises DataError where it holds none whose day is known."""
    stages = {stage.name: stage for stage in make(Settings())}
    before = [stages[name] for name in ("annotate", "publication")]
    told = [(day, _infer(undated(document, stages["clean"]), before)) for document, day in dated_reports(data)]
    if not told:
        raise DataError(f"{data}: holds no report with a known day; give a folder with gold.json files, or of TimeML")
    return figures(told)


def figures(told: list[tuple[date, Interval | None]]) -> dict[str, float]:
    """The measures over reports, each with its true day and the interval that was inferred."""
    given = [(day, interval) for day, interval in told if interval is not None]
    widths = [(interval.end - interval.start).days for _, interval in given]
    right = [interval.start <= day < interval.end for day, interval in given]
    close = [r for r, width in zip(right, widths, strict=True) if width <= _YEAR]
    return {
        "reports": float(len(told)),
        "given": len(given) / len(told),
        "right": sum(right) / len(given) if given else 0.0,
        "median_days": float(median(widths)) if widths else 0.0,
        "within_a_year": len(close) / len(told),
        "within_a_year_right": sum(close) / len(told),
    }


def dated_reports(data: Path) -> Iterator[tuple[Document, date]]:
    """The reports below a folder whose day of publication is known, with it."""
    source = registry.find(registry.SOURCES, "text")
    for file in sorted(data.rglob("gold.json")):
        told = json.loads(file.read_text(encoding="utf-8"))["document"]["published"]
        day = told.get("given") or told.get("when_given")
        if day:
            yield source(str(file.with_name("report.txt"))), date.fromisoformat(day)
    make_document = registry.find(registry.SOURCES, "string")
    for file in sorted(data.rglob("*.tml")):
        text = read_timeml(file)
        if text.published is not None and text.text.strip():
            yield make_document(text.text), text.published.start


def undated(document: Document, clean: Stage) -> Analysis | Failed:
    """The cleaned report without the lines by which it told its date."""
    (analysis,) = clean([Analysis(document)])
    for _ in range(_MOST_DATELINES):
        if isinstance(analysis, Failed) or not analysis.document.published.evidence:
            return analysis
        document = _without_line(document, analysis.document.published.evidence[0])
        (analysis,) = clean([Analysis(document)])
    if isinstance(analysis, Failed):
        return analysis
    return replace(analysis, document=replace(analysis.document, published=Published()))


def _without_line(document: Document, span: Span) -> Document:
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    return replace(document, text=document.text[:start] + (document.text[end + 1 :] if end >= 0 else ""))


def _infer(analysis: Analysis | Failed, stages: list[Stage]) -> Interval | None:
    for stage in stages:
        (analysis,) = stage([analysis])
    return None if isinstance(analysis, Failed) else analysis.document.published.interval
