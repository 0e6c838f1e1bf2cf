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

from communique.clean.features import features, sequences, shapes, tokens, unquoted, word_class
from communique.clean.notices import corrects, credits_staff
from communique.types.text import DropReason

THRESHOLD = 0.5
_LONGEST = 600
_SENTENCE = 9
_PUNCTUATION = ".,;:!?()[]{}\"'“”‘’…—–-"
_LONG_SENTENCE = 16
_CUT_SENTENCE = 13
_SEPARATED = re.compile(r"^\W*\w+(?: \w+)?(?: [–—-]+ |: )|^[^\w\"'“‘]|[|»›•·©]")
_OWN = frozenset(
    {"advertising", "letter", "social", "app", "privacy", "legal", "picture", "editing", "correction", "self", "you", "we"}
)
_OWN_AT_TIMES = frozenset(
    {"gesture", "below", "subscription", "account", "share", "player", "interface", "related", "comments", "stamp"}
)
_REASONS: tuple[DropReason, ...] = get_args(DropReason)


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
    """Weights of the word and class sequences by their parts, of the other features by name."""

    bias: float
    grams: dict[str, dict[tuple[str, ...], float]]
    shapes: dict[str, float]
    reasons: dict[str, tuple[float, ...]]


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of `data/patterns.yaml`."""
    table = yaml.load(
        files("communique.clean").joinpath("data/patterns.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
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
    grams: dict[str, dict[tuple[str, ...], float]] = {"word": {}, "class": {}}
    shapes: dict[str, float] = {}
    for feature, weight in table["weights"].items():
        name, _, rest = feature.partition(":")
        if name in grams:
            grams[name][tuple(rest.split(" "))] = weight
        else:
            shapes[feature] = weight
    return _Weights(table["bias"], grams, shapes, {f: tuple(v) for f, v in table["reasons"].items()})


def _reason(found: set[str]) -> DropReason:
    table = _weights().reasons
    sums = [0.0] * len(_REASONS)
    for feature in found:
        for i, value in enumerate(table.get(feature, ())):
            sums[i] += value
    best: DropReason = _REASONS[sums.index(max(sums))]
    return best


@lru_cache(maxsize=1 << 15)
def _own(word: str) -> int:
    """2 for a word that a page speaks of itself or its reader with, 1 for one that reports use as often, 0 for others."""
    bare = word.strip(_PUNCTUATION)
    found = word_class(bare.lower().replace("’", "'")) if bare != "US" else None
    return 2 if found in _OWN else 1 if found in _OWN_AT_TIMES else 0


def _is_plain_sentence(line: str) -> bool:
    """Whether a line is a sentence of some length, or the start of a longer one that a line break cuts, without any word that
    a page speaks of itself or its reader with."""
    words = unquoted(line).split()
    ends = line.rstrip("\"'”’»)")[-1:] in tuple(".!?")
    if not ends and _SEPARATED.search(line):
        return False
    if len(words) < (_SENTENCE if ends else _CUT_SENTENCE):
        return False
    return max(map(_own, words)) < (1 if len(words) < _LONG_SENTENCE else 2)


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
    if corrects(line) or credits_staff(line):
        return Verdict(math.inf, 1, "boilerplate", "notice")
    if _is_plain_sentence(line):
        return Verdict(-math.inf, 0, "boilerplate")
    words, kinds = tokens(line)
    weights = _weights()
    values = [v for name, grams in sequences(words, kinds) for v in map(weights.grams[name].get, set(grams)) if v is not None]
    seen = set(shapes(line, kinds))
    values += [v for v in map(weights.shapes.get, seen) if v is not None]
    score = sum(values) / math.sqrt(max(1, len(values))) + weights.bias
    evidence = sum(1 for s in seen if s.startswith("has:") and " " not in s)
    reason: DropReason = _reason(features(line)) if score > THRESHOLD else "boilerplate"
    return Verdict(score, evidence, reason)
