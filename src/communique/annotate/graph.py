"""From the network's scores to what the reader works with: sentences, arcs, entities, the event graph, statements.

Word indices count within a window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from communique.annotate.antecedents import mention_heads
from communique.annotate.arcs import parse
from communique.annotate.names import names
from communique.models.language import Floats, Ints, LanguageModel, Scores
from communique.types.reading import Antecedent, Chunk, EventCandidate, StatementCandidate

START_LEAST = 0.5
# The network is slow to begin a sentence with a name: behind a stop that ends a plain word, and behind one that ends a name or
# a number, less will do.
START_BEHIND_WORD, START_BEHIND_NAME = 0.03, 0.15
_STOPS = frozenset(".!?")
CLOSING = frozenset({"”", "’’", "''"})
TRIGGER_LEAST = 0.25  # below this a word is no candidate at all
ARGUMENT_LEAST, ARGUMENT_SURE = 0.3, 0.5
FAR_ARGUMENT_LEAST = 0.7  # in the sentences beside the trigger's
TOLD_BEHIND = frozenset({"actor", "source"})  # a time or a target that the next sentence tells is another act's
CUE_LEAST = 0.4
TYPE_LEAST = 0.02


@dataclass(frozen=True, slots=True)
class Graph:
    """A window's analysis; `heads[i]` is the index of the governor, the word's own index at a root; `factuality[i]` and
    `antecedents` as in `Reading`."""

    starts: tuple[int, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    entities: tuple[Chunk, ...]
    events: tuple[EventCandidate, ...]
    statements: tuple[StatementCandidate, ...]
    factuality: tuple[float, ...] = ()
    antecedents: tuple[Antecedent, ...] = ()


def decode(
    model: LanguageModel, scores: Scores, words: Sequence[str], whole: bool = False, joined: Sequence[bool] = ()
) -> Graph:
    """The analysis of one window; `whole` holds it to be one sentence.

    `joined`, where it is known: which words follow on the one before without a space.
    """
    n = len(words)
    starts = [0] if whole else _starts(scores.sent, words, joined)
    bounds = list(zip(starts, [*starts[1:], n], strict=True))
    tree = parse(model, scores, bounds)
    sentence = np.zeros(n, np.int64)
    for k, (begin, end) in enumerate(bounds):
        sentence[begin:end] = k
    return Graph(
        tuple(starts),
        tree.heads,
        tree.deps,
        tuple(names(model, scores, words)),
        tuple(_events(model, scores, sentence)),
        tuple(_statements(model, scores, bounds)),
        tuple(scores.factuality.round(2).tolist()),
        tuple(Antecedent(m.word, m.antecedent, round(m.chance, 4)) for m in mention_heads(model, scores)),
    )


def _starts(chances: Floats, words: Sequence[str], joined: Sequence[bool]) -> list[int]:
    """Where sentences begin. A mark that closes a quotation belongs to what it closes: the sentence begins behind it."""
    found = {0}
    for i in map(int, 1 + np.flatnonzero(chances[1:] > START_BEHIND_WORD)):
        if chances[i] <= START_LEAST and not _behind_stop(chances[i], words, joined, i):
            continue
        after = joined[i] if joined else list(words[:i]).count('"') % 2 == 1
        closes = words[i] in CLOSING or (words[i] == '"' and after)
        if i + closes < len(words):
            found.add(i + closes)
    return sorted(found)


def _behind_stop(chance: float, words: Sequence[str], joined: Sequence[bool], i: int) -> bool:
    """Whether a word with a capital stands behind a stop, apart from it, and the stop ends a word that is no abbreviation."""
    if i < 2 or words[i - 1] not in _STOPS or not words[i][:1].isupper() or (joined and joined[i]):
        return False
    last = words[i - 2]
    return len(last) > 2 and (last.islower() or (chance > START_BEHIND_NAME and last.isalnum()))


def runs(flags: Floats, least: float) -> Iterator[tuple[int, int, float]]:
    """Maximal runs of words whose value is at least `least`: begin, end, mean."""
    begin = None
    for i, value in enumerate([*flags, -1.0]):
        if value >= least and begin is None:
            begin = i
        elif value < least and begin is not None:
            yield begin, i, float(flags[begin:i].mean())
            begin = None


def _events(model: LanguageModel, scores: Scores, sentence: Ints) -> Iterator[EventCandidate]:
    acts = 1.0 - scores.plover[:, 0]
    spans = list(_triggers(scores, acts, sentence))
    if not spans:
        return
    words = np.concatenate([np.arange(a, b) for a, b in spans])
    links = _sigmoid(model.links("roles", scores.trigger[words], scores.argument))
    row = 0
    for begin, end in spans:
        weight = acts[begin:end] / acts[begin:end].sum()
        own = np.einsum("t,tow->ow", weight, links[row : row + end - begin])
        row += end - begin
        yield EventCandidate(
            begin,
            end,
            _ranked(model.labels["plover"], scores.plover[begin:end].max(0), TYPE_LEAST, skip="O"),
            _ranked(model.labels["status"], weight @ scores.status[begin:end]),
            _ranked(model.labels["mode"], weight @ scores.mode[begin:end]),
            tuple(_arguments(model.labels["role"], own, sentence - sentence[begin])),
        )


def _triggers(scores: Scores, acts: Floats, sentence: Ints) -> Iterator[tuple[int, int]]:
    """Runs of words that may be a trigger and share their best type."""
    best = scores.plover[:, 1:].argmax(-1)
    begin = end = -1
    for i in map(int, np.flatnonzero(acts >= TRIGGER_LEAST)):
        if i == end and best[i] == best[begin] and sentence[i] == sentence[begin]:
            end = i + 1
            continue
        if begin >= 0:
            yield begin, end
        begin, end = i, i + 1
    if begin >= 0:
        yield begin, end


def _arguments(roles: list[str], links: Floats, apart: Ints) -> Iterator[Chunk]:
    """The words in each role in the trigger's sentence; where it names none, those that are sure in the sentence before, of who
    acts and who says so also in the one behind. `apart`: how many sentences each word stands behind the trigger's."""
    for role, own in zip(roles, links, strict=True):
        near = list(runs(np.where(apart == 0, own, 0), ARGUMENT_LEAST))
        if not any(score >= ARGUMENT_SURE for _, _, score in near):
            reach = np.abs(apart) == 1 if role in TOLD_BEHIND else apart == -1
            near += runs(np.where(reach, own, 0), FAR_ARGUMENT_LEAST)
        yield from (Chunk(a, b, role, score) for a, b, score in near)


def _ranked(names: list[str], values: Floats, least: float = 0.0, skip: str = "") -> tuple[tuple[str, float], ...]:
    found = [(n, round(float(v), 4)) for n, v in zip(names, values, strict=True) if v >= least and n != skip]
    return tuple(sorted(found, key=lambda x: -x[1]))


def _statements(model: LanguageModel, scores: Scores, bounds: list[tuple[int, int]]) -> Iterator[StatementCandidate]:
    for first, last, score in list(runs(scores.cue, CUE_LEAST)):
        begin, end = next(b for b in bounds if b[0] <= first < b[1])
        links = model.links("parts", scores.cue_state[first:last], scores.part[begin:end]).mean(0)
        who = [Chunk(begin + a, begin + b, "speaker", s) for a, b, s in runs(_sigmoid(links[0]), 0.5)]
        sums = np.triu(links[1][:, None] + links[2][None, :]) + np.tril(np.full((end - begin,) * 2, -1e9), -1)
        a, b = np.unravel_index(int(sums.argmax()), sums.shape)
        content = Chunk(begin + int(a), begin + int(b) + 1, "content", _edge(links[1], int(a)) * _edge(links[2], int(b)))
        yield StatementCandidate(
            Chunk(first, last, "cue", score), max(who, key=lambda c: c.score * (c.last - c.first), default=None), content
        )


def _sigmoid(values: Floats) -> Floats:
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)


def _edge(values: Floats, at: int) -> float:
    shares = np.exp(values - values.max())
    return float(shares[at] / shares.sum())
