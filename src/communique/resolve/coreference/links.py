"""What the network makes of a pronoun or a noun that points back: the earlier mention near by, and the actors named there."""

from __future__ import annotations

from dataclasses import dataclass

from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene

_STEPS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """Where a mention leads: the `drafts` named there, none where no actor is; `score` is the probability of the choice.

    `word` heads the mention that it leads back to, none where nothing near by was told of it before but by pronouns.
    """

    word: int | None
    drafts: tuple[Draft, ...]
    score: float


def link_of(scene: Scene, index: int) -> Link | None:
    """Where the mention that a token heads leads, by way of other mentions until one names an actor; none where the reading
    has no antecedents or holds the token to head no mention (the "it" of "it is clear that")."""
    link, score = scene.links.get(index), 1.0
    if link is None:
        return None
    for _ in range(_STEPS):
        score = min(score, link.score)
        if link.antecedent is None:
            break
        drafts, after = headed(scene, link.antecedent), scene.links.get(link.antecedent)
        if drafts or after is None or after.antecedent is None:
            open_end = not drafts and scene.reading.tokens[link.antecedent].upos == "PRON"
            return Link(None if open_end else link.antecedent, drafts, score)
        link = after
    return Link(None, (), score)


def headed(scene: Scene, index: int) -> tuple[Draft, ...]:
    """The actors of the longest mention that a token heads; of "both countries" each one."""
    found = [(b - a, d) for d in scene.drafts for a, b in d.spans if a <= index < b and scene.head(a, b) == index]
    longest = max((size for size, _ in found), default=0)
    return tuple(dict.fromkeys(d for size, d in found if size == longest))
