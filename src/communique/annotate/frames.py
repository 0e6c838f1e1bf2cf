"""Semantic roles: predicates with their arguments, labelled as in PropBank, from the network's scores and its tree.

What may be an argument of a predicate: the spans of its words' best labels, decoded together under the BIO constraint (Viterbi,
all predicates of a window at once), and the constituents around it. Each with each label is weighed by what the network says
of its words and what the table of roles says of its head's place in the tree (record 0035); the surest come first, none
overlaps another, a numbered argument occurs once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from communique.annotate.arcs import Tree
from communique.annotate.constituents import Constituents, constituents, tagged
from communique.models.language import Floats, Ints, LanguageModel, Scores
from communique.models.roles import RoleTable, load_roles, log_softmax
from communique.types.reading import Chunk, Frame

PREDICATE_LEAST = 0.5
# PropBank marks auxiliaries too, without arguments: a word that is so surely no predicate has none when it is asked for.
ARGUMENTS_LEAST = 0.2
# An argument that is likelier wrong than right is left out.
ARGUMENT_LEAST = 0.5
CORE = frozenset(f"ARG{n}" for n in range(6))
NEVER, TINY = np.float32(-1e9), np.float32(1e-9)
FLOOR = -8.0  # log chances below it count as this
UNPLACED = -6.0  # log chance of each label, as the table would have it, for a span with no head near the predicate


@dataclass(frozen=True, slots=True)
class Scheme:
    """BIO labels in the order of decoding: O, all `B-`, all `I-`.

    `order[k]`: where the k-th stands in the network's order; `outer`: how many are O or `B-`; `opening[k]`: the `B-` of the
    k-th `I-`; `names`: of all `B-`, without the mark.
    """

    order: Ints
    outer: int
    opening: Ints
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans that may be arguments: of predicate `row[k]`, words `[first[k], last[k])` of the window.

    `evidence[k, label]` says of each label: 1; the log chance that the network gives it (the geometric mean of its words'
    chances, times that of not going on); the log chance that the table gives it; whether the span is a constituent.
    """

    row: Ints
    first: Ints
    last: Ints
    evidence: Floats


@cache
def scheme(labels: tuple[str, ...]) -> Scheme:
    """The scheme of the network's labels, in any order; every `I-` needs its `B-`."""
    begins = [label for label in labels if label.startswith("B-")]
    ordered = ["O", *begins, *(label for label in labels if label.startswith("I-"))]
    outer = len(begins) + 1
    opening = [1 + begins.index(f"B-{label[2:]}") for label in ordered[outer:]]
    names = tuple(label[2:] for label in begins)
    return Scheme(np.array([labels.index(x) for x in ordered], np.int64), outer, np.array(opening, np.int64), names)


def frames(
    model: LanguageModel,
    scores: Scores,
    words: Sequence[str],
    tree: Tree,
    predicates: Sequence[int] | None = None,
    least: float = ARGUMENT_LEAST,
    table: RoleTable | None = None,
) -> list[Frame]:
    """The frames of a window: of the words `predicates`, or of all that are a predicate with at least `PREDICATE_LEAST`.

    `tree`: the window's trees, one for each sentence; arguments stand in their predicate's sentence. `least`: the least
    score of an argument. `table`: another than the one that ships.
    """
    chances = scores.predicate
    chosen = np.flatnonzero(chances >= PREDICATE_LEAST) if predicates is None else np.asarray(predicates, np.int64)
    asked = chosen[chances[chosen] >= ARGUMENTS_LEAST]
    found: dict[int, list[Chunk]] = {int(word): [] for word in chosen}
    if len(asked):
        table = table or load_roles()
        spans = candidates(model, scores, words, tree, asked, table)
        for at, chunk in choose(spans, scheme(tuple(model.labels["frame"])).names, table.evidence, least):
            found[int(asked[at])].append(chunk)
    return [Frame(word, float(chances[word]), tuple(chunks)) for word, chunks in found.items()]


def candidates(
    model: LanguageModel, scores: Scores, words: Sequence[str], tree: Tree, predicates: Ints, table: RoleTable
) -> Candidates:
    """The spans that may be arguments of the predicates, with what speaks for each label."""
    plan = scheme(tuple(model.labels["frame"]))
    raw = model.links("frames", scores.frame_row[predicates], scores.frame_column).transpose(2, 0, 1)[:, :, plan.order]
    sentences = _sentences(tree)
    raw[..., 1:][sentences[:, None] != sentences[predicates]] = NEVER
    raw[predicates, np.arange(len(predicates)), 1:] = NEVER
    near = constituents(tagged(model, scores, words, tree), predicates.tolist())
    known = np.vstack([_known(table, near, plan), np.full(len(plan.names) + 1, UNPLACED)])
    spans = _constituents(near, known[:, 0], predicates)
    size = len(spans)
    places = {pair: k for k, pair in enumerate(zip(near.row.tolist(), near.head.tolist(), strict=True))}
    for span in spans_of(raw, plan):
        if span not in spans:
            head = head_of(tree, *span[1:], int(predicates[span[0]]), [k for k in range(*span[1:]) if (span[0], k) in places])
            spans[span] = -1 if head is None else places[span[0], head]
    row, first, last = np.array(list(spans), np.int64).reshape(-1, 3).T
    evidence = np.ones((len(spans), len(plan.names), 4), np.float32)
    evidence[..., 1] = _told(log_softmax(raw), plan, row, first, last)
    evidence[..., 2] = known[list(spans.values()), 1:]
    evidence[size:, :, 3] = 0
    return Candidates(row, first, last, np.maximum(evidence, FLOOR))


def choose(found: Candidates, names: Sequence[str], weights: Floats, least: float) -> Iterator[tuple[int, Chunk]]:
    """Arguments as (row, chunk), in order, of those with a score of at least `least`: the logistic function of the weighed
    evidence. The surest come first; what overlaps one that is taken, or has its number again, is left out."""
    sure = 1 / (1 + np.exp(-(found.evidence @ weights)))
    span, label = np.nonzero(sure >= least)
    order = np.argsort(-sure[span, label], kind="stable")
    taken: dict[int, list[Chunk]] = {}
    for k, name in ((span[at], names[label[at]]) for at in order):
        row, first, last = int(found.row[k]), int(found.first[k]), int(found.last[k])
        others = taken.setdefault(row, [])
        if not any((first < c.last and c.first < last) or (name == c.label and name in CORE) for c in others):
            others.append(Chunk(first, last, name, float(sure[k, names.index(name)])))
    for row, chunks in sorted(taken.items()):
        yield from ((row, chunk) for chunk in sorted(chunks, key=lambda c: c.first))


def spans_of(raw: Floats, plan: Scheme) -> list[tuple[int, int, int]]:
    """The spans (predicate, first, last) of the best labels of scores `[words, predicates, labels]`, in the scheme's order."""
    found = _best(raw, plan)
    width = len(found) + 1
    flat = np.concatenate([found, np.zeros_like(found[:1])]).T.ravel()  # an O behind each row ends its last span
    starts = np.flatnonzero((flat > 0) & (flat < plan.outer))
    others = np.flatnonzero(flat < plan.outer)
    ends = others[np.searchsorted(others, starts, side="right")]
    first = starts % width
    return list(zip((starts // width).tolist(), first.tolist(), (ends - starts + first).tolist(), strict=True))


def head_of(tree: Tree, first: int, last: int, predicate: int, among: Sequence[int]) -> int | None:
    """The head of a span: of the words `among` with a governor outside it, the one nearest the predicate."""
    heads = [k for k in among if not first <= tree.heads[k] < last or tree.heads[k] == k]
    return min(heads, key=lambda k: abs(k - predicate), default=None)


def _sentences(tree: Tree) -> Ints:
    """The root of each word, which tells its sentence."""
    roots = np.array(tree.heads, np.int64)
    while np.any(roots != roots[roots]):
        roots = roots[roots]
    return roots


def _known(table: RoleTable, near: Constituents, plan: Scheme) -> Floats:
    """What the table says of each constituent, by the scheme's labels; nothing is likely that it does not know."""
    chances = table.chances(near.features)
    known = np.full((len(chances), len(plan.names) + 1), FLOOR, np.float32)
    known[:, 0] = chances[:, 0]
    for at, name in enumerate(plan.names):
        if name in table.labels:
            known[:, at + 1] = chances[:, table.labels.index(name) + 1]
    return known


def _constituents(near: Constituents, none: Floats, predicates: Ints) -> dict[tuple[int, int, int], int]:
    """Spans (predicate, first, last) of constituents beside the predicate, each with the one that is likeliest an argument."""
    spans = {}
    beside = (near.last <= predicates[near.row]) | (near.first > predicates[near.row])
    for k in np.argsort(-none[: len(beside)], kind="stable"):
        if beside[k]:
            spans[int(near.row[k]), int(near.first[k]), int(near.last[k])] = int(k)
    return spans


def _told(logs: Floats, plan: Scheme, row: Ints, first: Ints, last: Ints) -> Floats:
    """Log chances `[spans, labels]` of spans, from those of words `[words, predicates, labels]`: the mean of a span's labels,
    and that it does not go on."""
    logs = np.maximum(logs, np.log(TINY))
    outer = plan.opening - 1
    sums = np.concatenate([np.zeros_like(logs[:1, :, plan.outer :]), logs[:, :, plan.outer :].cumsum(0)])
    found = logs[first, row, 1 : plan.outer].copy()
    long = last - first > 1
    inner = np.full_like(found, len(logs) * np.log(TINY))
    inner[:, outer] = sums[last, row] - sums[first + 1, row]
    found[long] = (found[long] + inner[long]) / (last - first)[long, None]
    on = np.where((last < len(logs))[:, None], np.exp(logs[np.minimum(last, len(logs) - 1), row, plan.outer :]), 0)
    found[:, outer] += np.log(np.maximum(1 - on, TINY))
    return found


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
