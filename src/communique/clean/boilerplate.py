"""Which lines are not report text: a linear classifier over readable features, and patterns for whole lines."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

import yaml

from communique.clean.features import features
from communique.types.text import DropReason

THRESHOLD = 0.5
_LONGEST = 600
_REASONS = get_args(DropReason)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole line of a page's frame, with a line that it matches and one that it does not."""

    name: str
    reason: DropReason
    regex: re.Pattern[str]
    example: str
    unlike: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is taken for. `score` is the log odds that it is no report text, `evidence` the number of words that
    belong to a page's frame; `pattern` names the pattern that matched the whole line."""

    score: float
    evidence: int
    reason: DropReason
    pattern: str | None = None

    @property
    def dropped(self) -> bool:
        """Whether a line that stands alone is taken for something else than report text."""
        return self.score > THRESHOLD


@dataclass(frozen=True, slots=True)
class _Weights:
    bias: float
    lines: dict[str, float]
    reasons: dict[str, tuple[float, ...]]


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of `data/patterns.yaml`."""
    table = yaml.safe_load(files("communique.clean").joinpath("data/patterns.yaml").read_text(encoding="utf-8"))
    return tuple(
        Pattern(
            entry["name"],
            entry["reason"],
            re.compile(entry["pattern"], 0 if entry.get("case") else re.IGNORECASE),
            str(entry["example"]),
            str(entry["unlike"]),
        )
        for entry in table
    )


@cache
def _weights() -> _Weights:
    table = json.loads(files("communique.clean").joinpath("data/weights.json").read_text(encoding="utf-8"))
    return _Weights(table["bias"], table["weights"], {f: tuple(v) for f, v in table["reasons"].items()})


def _reason(found: set[str]) -> DropReason:
    table = _weights().reasons
    sums = [0.0] * len(_REASONS)
    for feature in found:
        for i, value in enumerate(table.get(feature, ())):
            sums[i] += value
    return _REASONS[max(range(len(sums)), key=sums.__getitem__)]


@lru_cache(maxsize=4096)
def judge(line: str) -> Verdict:
    """What one line (without its line break) is taken for. Lines of over 600 characters are always report text."""
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return Verdict(-math.inf, 0, "boilerplate")
    if len(line) <= 120:
        for pattern in patterns():
            if pattern.regex.fullmatch(line):
                return Verdict(math.inf, 1, pattern.reason, pattern.name)
    weights = _weights()
    found = features(line)
    values = [weights.lines[f] for f in found if f in weights.lines]
    score = sum(values) / math.sqrt(max(1, len(values))) + weights.bias
    evidence = sum(1 for f in found if f.startswith("has:") and " " not in f)
    reason: DropReason = _reason(found) if score > THRESHOLD else "boilerplate"
    return Verdict(score, evidence, reason)
