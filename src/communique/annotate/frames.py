"""Semantic roles: from the network's scores to predicates with their arguments, labelled as in PropBank.

The labels of a predicate's words are decoded together under the BIO constraint (Viterbi), all predicates of a window at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from communique.models.language import Floats, Ints, LanguageModel, Scores
from communique.types.reading import Chunk, Frame

PREDICATE_LEAST = 0.5
# PropBank marks auxiliaries too, without arguments: a word that is so surely no predicate has none when it is asked for.
ARGUMENTS_LEAST = 0.2
# An argument less sure than this is left out: it is wrong more often than an argument missed costs (chosen on EWT dev).
ARGUMENT_LEAST = 0.45
CORE = frozenset(f"ARG{n}" for n in range(6))
NEVER, TINY = np.float32(-1e9), np.float32(1e-9)


@dataclass(frozen=True, slots=True)
class Scheme:
    """BIO labels in the order of decoding: O, all `B-`, all `I-`.

    `order[k]`: where the k-th stands in the network's order; `outer`: how many are O or `B-`; `opening[k]`: the `B-` of the
    k-th `I-`; `names[k]` without the mark; `core[k]`: whether the k-th is a numbered argument, which occurs once.
    """

    order: Ints
    outer: int
    opening: Ints
    names: tuple[str, ...]
    core: npt.NDArray[np.bool_]


@cache
def scheme(labels: tuple[str, ...]) -> Scheme:
    """The scheme of the network's labels, in any order; every `I-` needs its `B-`."""
    begins = [label for label in labels if label.startswith("B-")]
    ordered = ["O", *begins, *(label for label in labels if label.startswith("I-"))]
    outer = len(begins) + 1
    opening = [1 + begins.index(f"B-{label[2:]}") for label in ordered[outer:]]
    names = tuple(label[2:] for label in ordered)
    core = np.array([name in CORE for name in names])
    return Scheme(np.array([labels.index(x) for x in ordered], np.int64), outer, np.array(opening, np.int64), names, core)


def frames(
    model: LanguageModel,
    scores: Scores,
    predicates: Sequence[int] | None = None,
    bounds: Sequence[tuple[int, int]] | None = None,
    least: float = ARGUMENT_LEAST,
) -> list[Frame]:
    """The frames of a window: of the words `predicates`, or of all that are a predicate with at least `PREDICATE_LEAST`.

    `bounds`: the window's sentences `(begin, end)`; arguments stand in their predicate's sentence. Without, it is one sentence.
    `least`: the least score of an argument.
    """
    chances = scores.predicate
    chosen = np.flatnonzero(chances >= PREDICATE_LEAST) if predicates is None else np.asarray(predicates, np.int64)
    asked = chosen[chances[chosen] >= ARGUMENTS_LEAST]
    found: dict[int, list[Chunk]] = {int(word): [] for word in chosen}
    if len(asked):
        begins, ends = np.array(bounds or [(0, len(chances))], np.int64).T
        sentence = np.searchsorted(begins, asked, side="right") - 1
        begin, end = begins[sentence], ends[sentence]
        links = model.links("frames", scores.frame_row[asked], scores.frame_column)
        raw = _gathered(links, sentence, begin, end)
        for row, chunk in arguments(raw, end - begin, asked - begin, tuple(model.labels["frame"]), least):
            base = int(begin[row])
            found[int(asked[row])].append(Chunk(base + chunk.first, base + chunk.last, chunk.label, chunk.score))
    return [Frame(word, float(chances[word]), tuple(chunks)) for word, chunks in found.items()]


def _gathered(links: Floats, sentence: Ints, begin: Ints, end: Ints) -> Floats:
    """Each predicate's own sentence out of scores `[predicates, labels, words]`: `[words, predicates, labels]`."""
    own = np.zeros((int((end - begin).max()), *links.shape[:2]), np.float32)
    for first in np.unique(sentence, return_index=True)[1]:
        rows = np.flatnonzero(sentence == sentence[first])
        span = slice(begin[first], end[first])
        own[: end[first] - begin[first], rows] = links[rows, :, span].transpose(2, 0, 1)
    return own


def arguments(
    raw: Floats, sizes: Ints, words: Ints, labels: tuple[str, ...], least: float = ARGUMENT_LEAST
) -> list[tuple[int, Chunk]]:
    """Arguments of predicates, as (row, chunk) in order, of those whose score (`_chances`) is at least `least`.

    `raw`: scores `[words, predicates, labels]`; `sizes[p]`: how many words the sentence of predicate p has; `words[p]`: where
    the predicate stands in it, which is no part of its arguments. A numbered argument occurs once: where the best labels have
    it twice, the span that is worse in it takes its next best label, which may be none (Punyakanok et al. 2008 hold the same
    constraint by integer programming).
    """
    plan = scheme(labels)
    ordered = raw[:, :, plan.order] if np.any(np.diff(plan.order) != 1) else raw.copy()
    rows = np.arange(ordered.shape[1])
    ordered[words, rows, 1:] = NEVER
    for at in range(int(sizes.min()), len(ordered)):
        ordered[at, sizes <= at, 1:] = NEVER
    row, first, last, label = _spans(_best(ordered, plan), plan)
    if not len(row):
        return []
    label = _once(ordered, plan, row, first, last, label)
    chances = _chances(ordered, plan, row, first, last, label)
    spans = zip(row.tolist(), first.tolist(), last.tolist(), label.tolist(), chances.tolist(), strict=True)
    return [(r, Chunk(a, b, plan.names[k], s)) for r, a, b, k, s in spans if k and s >= least]


def _best(scores: Floats, plan: Scheme) -> Ints:
    """The best labels `[words, predicates]` of scores `[words, predicates, labels]` in which every `I-` follows its own.

    Where each word's best label, taken alone, keeps to that, it is the answer; only the other predicates are searched.
    """
    found: Ints = scores.argmax(2)
    inner = found >= plan.outer
    before = np.concatenate([np.zeros_like(found[:1]), found[:-1]])
    opening = plan.opening[np.where(inner, found - plan.outer, 0)] if len(plan.opening) else found
    wrong = np.flatnonzero((inner & (before != found) & (before != opening)).any(0))
    if len(wrong):
        found[:, wrong] = _viterbi(scores[:, wrong], plan)
    return found


def _viterbi(scores: Floats, plan: Scheme) -> Ints:
    """The best label sequences by dynamic programming; forms as in `_best`.

    As only `I-` is bound to what stands before it, a step needs the best label before and each `I-`'s own two, not all pairs.
    """
    outer, size = plan.outer, scores.shape[1]
    rows = np.arange(size)
    path = np.concatenate([scores[0, :, :outer], np.full((size, len(plan.opening)), NEVER)], axis=1)
    tops, stays = [], []
    for step in scores[1:]:
        top = path.argmax(1)
        inside, opened = path[:, outer:], path[:, plan.opening]
        tops.append(top)
        stays.append(inside > opened)
        after = step + path[rows, top][:, None]
        after[:, outer:] = step[:, outer:] + np.maximum(inside, opened)
        path = after
    found = np.empty(scores.shape[:2], np.int64)
    found[-1] = path.argmax(1)
    for at in range(len(tops) - 1, -1, -1):
        now = found[at + 1]
        bound = now >= outer
        found[at] = tops[at]
        own = now[bound]
        found[at][bound] = np.where(stays[at][bound, own - outer], own, plan.opening[own - outer])
    return found


def _spans(found: Ints, plan: Scheme) -> tuple[Ints, Ints, Ints, Ints]:
    """Row, first and last word (exclusive) and `B-` label of every span in labels `[words, predicates]`, row by row."""
    width = len(found) + 1
    flat = np.concatenate([found, np.zeros_like(found[:1])]).T.ravel()  # an O behind each row ends its last span
    starts = np.flatnonzero((flat > 0) & (flat < plan.outer))
    others = np.flatnonzero(flat < plan.outer)
    ends = others[np.searchsorted(others, starts, side="right")]
    return starts // width, starts % width, ends - starts + starts % width, flat[starts]


def _once(scores: Floats, plan: Scheme, row: Ints, first: Ints, last: Ints, label: Ints) -> Ints:
    """The labels with no numbered argument twice in a row: kept where it gains most over having none."""
    _, inverse, counts = np.unique(row * plan.outer + label, return_inverse=True, return_counts=True)
    twice = np.flatnonzero((counts[inverse] > 1) & plan.core[label])
    if not len(twice):
        return label
    label = label.copy()
    totals = {int(k): _totals(scores[first[k] : last[k], row[k]], plan) for k in twice}
    used: dict[int, list[int]] = {}
    for at, kind in zip(row[numbered := plan.core[label]].tolist(), label[numbered].tolist(), strict=True):
        used.setdefault(at, []).append(kind)
    kept: set[tuple[int, int]] = set()
    for k in sorted(totals, key=lambda k: float(totals[k][0] - totals[k][label[k]])):
        own = int(row[k])
        if (own, int(label[k])) in kept:
            totals[k][used[own]] = NEVER
            label[k] = totals[k].argmax()
            used[own] += [int(label[k])] * bool(plan.core[label[k]])
        kept.add((own, int(label[k])))
    return label


def _totals(scores: Floats, plan: Scheme) -> Floats:
    """What a span `[words, labels]` has in all with O or with each label from its `B-` on."""
    totals = scores[0, : plan.outer].copy()
    if len(scores) > 1:
        rest = np.full(plan.outer, NEVER)
        rest[plan.opening] = scores[1:, plan.outer :].sum(0)
        rest[0] = scores[1:, 0].sum()
        totals += rest
    return totals


def _chances(scores: Floats, plan: Scheme, row: Ints, first: Ints, last: Ints, label: Ints) -> Floats:
    """How sure each span is: the geometric mean of its labels' probabilities, times that of the span not going on."""
    sizes = last - first + 1  # with the word behind it
    starts = np.concatenate([[0], sizes.cumsum()[:-1]])
    span = np.repeat(np.arange(len(row)), sizes)
    words = np.arange(len(span)) - starts[span] + first[span]
    ends = starts + sizes - 1
    own = scores[np.minimum(words, len(scores) - 1), row[span]]
    inner = np.zeros(plan.outer, np.int64)
    inner[plan.opening] = np.arange(plan.outer, len(plan.order))
    labels = np.where(words == first[span], label[span], inner[label[span]])
    own = np.exp(own - own.max(1, keepdims=True))
    chances = own[np.arange(len(own)), labels] / own.sum(1)
    stays = (last < len(scores)) & (labels[ends] > 0)
    logs = np.log(np.maximum(chances, TINY))
    logs[ends] = np.log(np.maximum(1 - np.where(stays, chances[ends], 0), TINY))
    means: Floats = np.exp((np.add.reduceat(logs, starts) - logs[ends]) / (last - first) + logs[ends])
    return means
