"""Semantic roles on EWT-PropBank (Pradhan et al. 2022): gold tokens, sentences and predicates, the network's own tree.

The measure is that of the CoNLL-2005 shared task (Carreras and Màrquez 2005, `srl-eval.pl`), written anew: an argument is
right when its label and all its words are; precision and recall are taken over all arguments. A continuation (`C-ARG1`) is
part of the argument before it that it continues, and both must be right together; one that continues nothing counts as a
plain argument. Relative pronouns (`R-ARG1`) count under their own label, parts of the verb (`V`, `C-V`) do not count. Every
gold predicate is asked for, auxiliaries (be.03, have.01, do.01) too: these have no arguments, so that any found is wrong.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.annotate.arcs import parse
from communique.annotate.frames import PREDICATE_LEAST, frames
from communique.annotate.words import cut
from communique.errors import DataError
from communique.models.language import LanguageModel
from communique.types.reading import Chunk

AUXILIARIES = frozenset({"be.03", "have.01", "do.01"})
VERB = frozenset({"V", "C-V"})
Labelled = tuple[int, int, str]
Argument = tuple[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with the arguments of each predicate; `auxiliaries`: the predicates that only help another verb."""

    words: tuple[str, ...]
    predicates: dict[int, tuple[Labelled, ...]]
    auxiliaries: frozenset[int]


def evaluate(path: Path, model: LanguageModel) -> dict[str, float]:
    """F1, precision and recall of arguments, and F1 of finding the predicates (auxiliaries aside), as shares.

    `path`: a split of EWT-PropBank (JSON lines, gzip). Raises DataError where it has another form.
    """
    right: Counter[str] = Counter()
    for sentence in load(path):
        want = {word: joined(spans) for word, spans in sentence.predicates.items()}
        found, predicates = _found(model, sentence)
        for word, gold in want.items():
            have = joined((c.first, c.last, c.label) for c in found.get(word, ()))
            right.update(arguments=(gold & have).total(), gold=gold.total(), got=have.total())
        verbs = set(want) - sentence.auxiliaries
        right.update(predicates=len(verbs & predicates), verbs=len(verbs), said=len(predicates - sentence.auxiliaries))
    return {
        "frames_ewt_f1": 2 * right["arguments"] / max(1, right["gold"] + right["got"]),
        "frames_ewt_precision": right["arguments"] / max(1, right["got"]),
        "frames_ewt_recall": right["arguments"] / max(1, right["gold"]),
        "frames_ewt_predicates_f1": 2 * right["predicates"] / max(1, right["verbs"] + right["said"]),
    }


def load(path: Path) -> list[Sentence]:
    """The sentences of a split. Raises DataError where it has another form."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [
                Sentence(
                    tuple(item["tokens"]),
                    {p["i"]: tuple((begin, end, label) for begin, end, label in p["args"]) for p in item["preds"]},
                    frozenset(p["i"] for p in item["preds"] if p["roleset"] in AUXILIARIES and not p["args"]),
                )
                for item in map(json.loads, lines)
            ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not EWT-PropBank's form ({error}); give its JSON lines, compressed with gzip") from None


def joined(spans: Iterable[Labelled]) -> Counter[Argument]:
    """Arguments as label and spans, with continuations joined to what they continue."""
    found: list[tuple[str, list[tuple[int, int]]]] = []
    for begin, end, label in sorted(spans):
        if label in VERB:
            continue
        kind = label.removeprefix("C-")
        before = next((parts for name, parts in reversed(found) if name == kind), None) if kind != label else None
        if before is not None:
            before.append((begin, end))
        else:
            found.append((kind, [(begin, end)]))
    return Counter((kind, tuple(parts)) for kind, parts in found)


def _found(model: LanguageModel, sentence: Sentence) -> tuple[dict[int, tuple[Chunk, ...]], set[int]]:
    """The arguments of the gold predicates, and the words that the network holds to be predicates."""
    arguments: dict[int, tuple[Chunk, ...]] = {}
    predicates: set[int] = set()
    base = 0
    for part in cut(model, sentence.words):
        (scores,) = model.read([part])
        asked = [word - base for word in sentence.predicates if base <= word < base + len(part)]
        tree = parse(model, scores, [(0, len(part))])
        for frame in frames(model, scores, part, tree, asked):
            arguments[base + frame.word] = tuple(
                Chunk(base + c.first, base + c.last, c.label, c.score) for c in frame.arguments
            )
        predicates |= {base + i for i, chance in enumerate(scores.predicate) if chance >= PREDICATE_LEAST}
        base += len(part)
    return arguments, predicates
