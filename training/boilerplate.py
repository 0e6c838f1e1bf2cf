"""Train the line classifier of `clean/`: logistic regression on hand-made features, by numpy alone.

python training/boilerplate.py training/data/boilerplate.tsv
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from communique.clean.features import features
from communique.types.text import DropReason

OUTPUT = Path(__file__).parents[1] / "src/communique/clean/data/weights.json"
Array = NDArray[np.float64]


def load(path: Path) -> list[tuple[str, str]]:
    """Lines of the table as (kind, text); kind is `report` or what sort of frame the line belongs to."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["text"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def matrix(rows: list[set[str]], index: dict[str, int]) -> list[NDArray[np.intp]]:
    """For each line the numbers of its features."""
    return [np.array(sorted(index[f] for f in row if f in index), dtype=np.intp) for row in rows]


def fit(rows: list[NDArray[np.intp]], labels: Array, size: int, penalty: float, epochs: int = 60) -> tuple[Array, float]:
    """Weights and bias by AdaGrad on the penalised log loss, each line's features scaled to unit length."""
    rng = np.random.default_rng(7)
    weights, bias = np.zeros(size), 0.0
    squares, bias_square = np.full(size, 1e-8), 1e-8
    for _ in range(epochs):
        for i in rng.permutation(len(rows)):
            at = rows[i]
            if not len(at):
                continue
            scale = 1 / np.sqrt(len(at))
            error = 1 / (1 + np.exp(-(weights[at].sum() * scale + bias))) - labels[i]
            gradient = error * scale + penalty * weights[at]
            squares[at] += gradient**2
            weights[at] -= 0.3 * gradient / np.sqrt(squares[at])
            bias_square += error**2
            bias -= 0.1 * error / np.sqrt(bias_square)
    return weights, bias


def train(lines: list[tuple[str, str]], penalty: float, minimum: int) -> tuple[dict[str, float], float]:
    """Feature weights and bias of a model trained on the lines."""
    rows = [features(text) for _, text in lines]
    counts = Counter(f for row in rows for f in row)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= minimum))}
    labels = np.array([kind != "report" for kind, _ in lines], dtype=float)
    weights, bias = fit(matrix(rows, index), labels, len(index), penalty)
    return {f: float(weights[i]) for f, i in index.items()}, float(bias)


def score(line: str, weights: dict[str, float], bias: float) -> float:
    """The log odds that a line is not report text."""
    found = [weights[f] for f in features(line) if f in weights]
    return sum(found) / max(1, len(found)) ** 0.5 + bias


def cross_validate(lines: list[tuple[str, str]], penalty: float, minimum: int, folds: int = 5) -> list[tuple[float, str, str]]:
    """(log odds, kind, text) of each line, by a model that did not see it."""
    order = np.random.default_rng(3).permutation(len(lines))
    found = []
    for fold in range(folds):
        held = set(order[fold::folds].tolist())
        weights, bias = train([line for i, line in enumerate(lines) if i not in held], penalty, minimum)
        found += [(score(lines[i][1], weights, bias), *lines[i]) for i in held]
    return found


def figures(scored: list[tuple[float, str, str]], threshold: float) -> tuple[float, float]:
    """Precision and recall of dropping the lines above a threshold."""
    taken = [kind != "report" for value, kind, _ in scored if value > threshold]
    wanted = sum(kind != "report" for _, kind, _ in scored)
    return sum(taken) / max(1, len(taken)), sum(taken) / wanted


REASONS: dict[str, DropReason] = {
    **dict.fromkeys(("advertisement", "newsletter", "app", "paywall"), "advertisement"),
    **dict.fromkeys(("related", "navigation", "share", "comments", "audio"), "navigation"),
    **dict.fromkeys(("credit", "copyright", "correction", "cookies", "ticker"), "boilerplate"),
    "caption": "caption",
}


def train_reasons(lines: list[tuple[str, str]], epochs: int = 150) -> dict[str, list[float]]:
    """For each feature one weight a reason (in the order of `DropReason`): softmax regression on the dropped lines, over
    single words and word classes only."""
    reasons = get_args(DropReason)
    dropped = [(reasons.index(REASONS[kind]), features(text)) for kind, text in lines if kind != "report"]
    counts = Counter(f for _, row in dropped for f in row if f.count(" ") == 0 and not f.startswith("shape:"))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 3))}
    x = np.zeros((len(dropped), len(index)))
    for row, (_, found) in enumerate(dropped):
        x[row, [index[f] for f in found if f in index]] = 1
    wanted = np.eye(len(reasons))[[reason for reason, _ in dropped]]
    weights = np.zeros((len(index), len(reasons)))
    for _ in range(epochs):
        odds = np.exp(x @ weights)
        weights += 3.0 * (x.T @ (wanted - odds / odds.sum(axis=1, keepdims=True)) / len(dropped) - 1e-4 * weights)
    right = float((np.argmax(x @ weights, axis=1) == np.argmax(wanted, axis=1)).mean())
    print(f"reasons: {right:.3f} right on the lines they were trained on")
    return {f: [round(float(v), 2) for v in weights[i]] for f, i in index.items()}


def main() -> None:
    """Print cross-validated figures, then train on all lines and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--penalty", type=float, default=0.0003)
    parser.add_argument("--minimum", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="print the lines that a held-out model gets wrong")
    options = parser.parse_args()
    lines = load(options.lines)
    scored = cross_validate(lines, options.penalty, options.minimum)
    for threshold in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0):
        print(threshold, *(round(f, 3) for f in figures(scored, threshold)))
    if options.show:
        for value, kind, text in sorted(scored):
            if (value > 0) != (kind != "report"):
                print(f"{value:6.2f} {kind:14} {text}")
    weights, bias = train(lines, options.penalty, options.minimum)
    kept = {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= 0.03}
    table = {"bias": round(bias, 3), "weights": kept, "reasons": train_reasons(lines)}
    OUTPUT.write_text(json.dumps(table, ensure_ascii=False, separators=(",\n", ":")) + "\n", encoding="utf-8")
    print(len(kept), "weights,", OUTPUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
