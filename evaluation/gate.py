"""What the gate measures, and how a figure is held against its pin."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path

from communique import registry

HERE = Path(__file__).parent
PINS = HERE / "pins.toml"
EXAMPLES = HERE.parent / "examples"
SLACK = 0.005

# what each pin is measured with: evaluation, data below the folder with the annotated data, options
MEASURED = {
    "seed": ("reports", "gold/seed", {}),
    "dev": ("reports", "gold/dev", {}),
    "sentences": ("sentences", "data/train/communique-events/dev.jsonl", {}),
    "coding": ("coding", "data", {"only": ["dyads", "petrarch", "polnear", "happened"]}),
    "contexts": ("contexts", "gold/dev", {"labels": HERE.parent / "tests/evaluation/data/contexts.jsonl"}),
    "who": ("who", "data", {}),
    "when": ("when", "data", {}),
    "where": ("where", "data/eval/geoparsing/TR-News.xml.gz", {}),
    "published": ("published", "gold", {}),
    "clean": ("clean", "gold/boilerplate.jsonl", {}),
    "stories": ("stories", "data/eval/story-clusters", {}),
    "language": ("language", "data", {"split": "dev"}),  # the test parts are for the model card, once for each model
}


def pins() -> dict[str, dict[str, float]]:
    """The figures reached, by what they were measured on."""
    return tomllib.loads(PINS.read_text(encoding="utf-8"))


def measure(name: str, data: Path) -> dict[str, float]:
    """The figures now, of one of `MEASURED` or of the examples."""
    if name == "examples":
        return measure_examples()
    evaluation, folder, options = MEASURED[name]
    return dict(registry.find(registry.EVALUATIONS, evaluation)(data / folder, **options))


def measure_examples() -> dict[str, float]:
    """The figures on the annotated examples that come with the project."""
    with tempfile.TemporaryDirectory() as folder:
        for gold in EXAMPLES.glob("*.gold.json"):
            name = gold.name.removesuffix(".gold.json")
            report = Path(folder, name)
            report.mkdir()
            shutil.copy(gold, report / "gold.json")
            shutil.copy(EXAMPLES / f"{name}.txt", report / "report.txt")
        return dict(registry.find(registry.EVALUATIONS, "reports")(Path(folder)))


def worse(pinned: dict[str, float], now: dict[str, float]) -> list[str]:
    """One line for each figure that is worse than its pin, or that is no longer measured.

    Shares may drop by `SLACK`, errors (`..._error`) rise by it, distances in space and time (`..._km`, `..._days`) by ten times
    its share; counts of what went wrong (`failed`, `report_text_dropped`) may not rise.
    """
    out = []
    for key, value in pinned.items():
        if key not in now:
            out.append(f"{key} is no longer measured; it was {value:.4f}")
        elif key in ("failed", "report_text_dropped"):
            out += [f"{key} rose from {value:.0f} to {now[key]:.0f}"] if now[key] > value else []
        elif key.endswith("_error"):
            out += [f"{key} rose from {value:.4f} to {now[key]:.4f}"] if now[key] > value + SLACK else []
        elif key.endswith(("_km", "_days")):
            out += [f"{key} rose from {value:.0f} to {now[key]:.0f}"] if now[key] > value * (1 + 10 * SLACK) else []
        elif now[key] < value - SLACK:
            out.append(f"{key} dropped from {value:.4f} to {now[key]:.4f}")
    return out
