"""Which words head a mention of somebody or something, and which earlier mention in the window means the same.

A mention ranks the mentions before it, and "none", by one biaffine score each, as Dobrovolskii (2021, "Word-level coreference
resolution") does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from communique.models.language import Floats, LanguageModel, Scores

MENTION_LEAST = 0.5
CANDIDATE_LEAST = 0.3  # a word that may be an antecedent: one that is missed here can't be found


@dataclass(frozen=True, slots=True)
class MentionHead:
    """The head word of a mention, its kind with the probability that it is one at all, and the head that it goes back to.

    `antecedent` is none for what the window has not told of before; `chance` is the probability of that choice.
    """

    word: int
    kind: str
    score: float
    antecedent: int | None
    chance: float


def mention_heads(model: LanguageModel, scores: Scores) -> tuple[MentionHead, ...]:
    """The mentions of a window in the order of their head words."""
    chances = 1.0 - scores.mention[:, 0]
    words = np.flatnonzero(chances >= MENTION_LEAST)
    kinds = scores.mention[words, 1:].argmax(-1) + 1
    names = model.labels["mention"]
    return tuple(
        MentionHead(int(word), names[kind], float(chances[word]), antecedent, chance)
        for word, kind, (antecedent, chance) in zip(words, kinds, antecedents(model, scores, words.tolist()), strict=True)
    )


def antecedents(model: LanguageModel, scores: Scores, words: Sequence[int]) -> list[tuple[int | None, float]]:
    """The antecedent of each word, held to head a mention, among the likely mentions before it, and how probable it is."""
    if not words:
        return []
    links = model.links("coref", scores.coref_row[words], scores.coref_column)[:, 0]
    columns = np.arange(links.shape[1])
    candidate = np.concatenate([[True], 1.0 - scores.mention[:, 0] >= CANDIDATE_LEAST])
    allowed = candidate[None, :] & (columns[None, :] <= np.asarray(words)[:, None])
    shares = _softmax(np.where(allowed, links, -1e9))
    best = shares.argmax(-1)
    return [(int(at) - 1 if at else None, float(own[at])) for own, at in zip(shares, best, strict=True)]


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max(-1, keepdims=True))
    shares: Floats = (powers / powers.sum(-1, keepdims=True)).astype(np.float32)
    return shares
