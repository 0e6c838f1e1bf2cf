"""The table of roles that ships beside the network: what the tree says of a word and a predicate (record 0035).

    python training/language/role_table.py --data DATA/train --out src/communique/models/language/roles.npz

Weights are learned on the training part of EWT-PropBank (CC BY-SA 4.0) with the network's own tags and trees. How much the
table counts beside the network is fitted on the development part, since the network knows the training part by heart.
`--model`: another export of the network than the one that ships.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from communique.annotate.arcs import Tree, parse
from communique.annotate.constituents import constituents, tagged
from communique.annotate.frames import ARGUMENTS_LEAST, candidates, head_of, scheme
from communique.evaluation.frames import VERB, Sentence, load
from communique.models.language import LanguageModel, Scores, load_language
from communique.models.roles import RoleTable, log_softmax

SEEN, KEPT, LEVELS = 3, 80_000, 31  # a feature that is kept: how often at least, how many at most; integers up to this
BATCH, RATES, SEED = 2048, (0.1, 0.1, 0.03, 0.03), 1
PENALTY, STEPS = 1.0, 15
RARE = -1
Array = np.ndarray[Any, Any]


def read(model: LanguageModel, path: Path) -> Iterator[tuple[Sentence, Scores, Tree]]:
    """The sentences of a split that fit one window, with the network's scores and tree."""
    sentences = [s for s in load(path) if s.predicates and model.fits(s.words)]
    for sentence, scores in zip(sentences, model.read(s.words for s in sentences), strict=True):
        yield sentence, scores, parse(model, scores, [(0, len(sentence.words))])


def examples(model: LanguageModel, path: Path) -> tuple[Array, Array]:
    """Features of constituents and their labels: 0 for no argument, else 1 + the label's place in the scheme."""
    names = scheme(tuple(model.labels["frame"])).names
    features, labels = [], []
    for sentence, scores, tree in read(model, path):
        predicates = sorted(set(sentence.predicates) - sentence.auxiliaries)
        near = constituents(tagged(model, scores, sentence.words, tree), predicates)
        for row, predicate in enumerate(predicates):
            own = near.row == row
            spans = {h: span for h, *span in zip(*(x[own].tolist() for x in (near.head, near.first, near.last)), strict=True)}
            roles = {}
            for first, last, label in sentence.predicates[predicate]:
                whole = [k for k, span in spans.items() if span == [first, last]]
                inside = [k for k in spans if first <= k < last]
                head = head_of(tree, first, last, predicate, whole or inside)
                if head is not None and label not in VERB:
                    roles[head] = 1 + names.index(label) if label in names else RARE
            features.append(near.features[own])
            labels += [roles.get(head, 0) for head in spans]
    known = np.array(labels) != RARE
    return np.concatenate(features)[known], np.array(labels)[known]


def vocabulary(features: Array, labels: Array) -> Array:
    """The hashes that occur `SEEN` times and once with an argument, ascending."""
    keys, counts = np.unique(features, return_counts=True)
    return keys[(counts >= SEEN) & np.isin(keys, features[labels > 0])]


def learn(places: Array, labels: Array, size: int, outputs: int) -> tuple[Array, Array]:
    """Weights `[1 + size, outputs]` and bias, by Adagrad (Duchi et al. 2011); what is unknown, place 0, has none."""
    draw = np.random.default_rng(SEED)
    weights, bias = np.zeros((size + 1, outputs), np.float32), np.zeros(outputs, np.float32)
    squares, bias_squares = np.full_like(weights, 1e-10), np.full_like(bias, 1e-10)
    kinds = places.shape[1]
    for epoch, rate in enumerate(RATES):
        loss = 0.0
        order = draw.permutation(len(places))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            used, inverse = np.unique(places[batch], return_inverse=True)
            inverse = inverse.reshape(-1, kinds)
            own = weights[used]
            logs = log_softmax(sum(own[inverse[:, k]] for k in range(kinds)) + bias)
            right = np.arange(len(batch)), labels[batch]
            loss -= float(logs[right].sum())
            slope = np.exp(logs)
            slope[right] -= 1
            slope /= len(batch)
            flat = inverse.ravel()
            columns = [np.bincount(flat, np.repeat(slope[:, k], kinds), len(used)) for k in range(outputs)]
            slopes = np.array(columns, np.float32).T * (used > 0)[:, None]
            squares[used] += slopes**2
            weights[used] = own - rate * slopes / np.sqrt(squares[used])
            bias_squares += slope.sum(0) ** 2
            bias -= rate * slope.sum(0) / np.sqrt(bias_squares)
        print(f"epoch {epoch + 1}: loss {loss / len(places):.4f}", flush=True)
    return weights, bias


def table(features: Array, labels: Array, names: Sequence[str]) -> RoleTable:
    """The table of examples: the `KEPT` features whose weights matter most (size times root of frequency), in integers."""
    keys = vocabulary(features, labels)
    at = np.minimum(np.searchsorted(keys, features), len(keys) - 1)
    places = np.where(keys[at] == features, at + 1, 0)
    weights, bias = learn(places, labels, len(keys), 1 + len(names))
    weights = (weights - weights.mean(1, keepdims=True))[1:]
    counts = np.bincount(places.ravel(), minlength=len(keys) + 1)[1:]
    worth = np.sqrt(counts) * np.linalg.norm(weights, axis=1)
    kept = np.sort(np.argsort(-worth, kind="stable")[:KEPT])
    scale = float(np.percentile(np.abs(weights[kept]), 99.99)) / LEVELS
    rows = np.clip(np.round(weights[kept] / scale), -127, 127).astype(np.int8)
    return RoleTable(keys[kept], rows, scale, bias, tuple(names), np.ones(4, np.float32))


def weigh(model: LanguageModel, found: RoleTable, path: Path) -> Array:
    """How much each kind of evidence counts: logistic regression on each candidate's likeliest label, whether it is right."""
    names = scheme(tuple(model.labels["frame"])).names
    rows, right = [], []
    for sentence, scores, tree in read(model, path):
        predicates = np.array([p for p in sentence.predicates if scores.predicate[p] >= ARGUMENTS_LEAST], np.int64)
        if not len(predicates):
            continue
        spans = candidates(model, scores, sentence.words, tree, predicates, found)
        best = spans.evidence[..., 1:3].sum(2).argmax(1)
        rows.append(spans.evidence[np.arange(len(best)), best])
        for row, first, last, label in zip(spans.row, spans.first, spans.last, best, strict=True):
            right.append((first, last, names[label]) in sentence.predicates[int(predicates[row])])
    return logistic(np.concatenate(rows).astype(np.float64), np.array(right))


def logistic(rows: Array, right: Array) -> Array:
    """Weights by Newton's method, with a penalty on their squares."""
    weights = np.zeros(rows.shape[1])
    ridge = PENALTY * np.eye(rows.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (chances - right) + PENALTY * weights
        weights -= np.linalg.solve((rows * (chances * (1 - chances))[:, None]).T @ rows + ridge, slope)
    return weights.astype(np.float32)


def make(model: LanguageModel, data: Path) -> RoleTable:
    """The whole table, from `data/EWT-PropBank`."""
    split = "EWT-PropBank/ewt-propbank-{}.jsonl.gz"
    features, labels = examples(model, data / split.format("train"))
    found = table(features, labels, scheme(tuple(model.labels["frame"])).names)
    return replace(found, evidence=weigh(model, found, data / split.format("dev")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    found = make(LanguageModel(args.model) if args.model else load_language(), args.data)
    found.save(args.out)
    print(
        len(found.keys), "features", found.evidence.round(3).tolist(), round(args.out.stat().st_size / 1e6, 2), "MB", args.out
    )


if __name__ == "__main__":
    main()
