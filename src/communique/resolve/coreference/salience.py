"""Which of the actors told before stands out: by how near it was named and as what (Hobbs 1978, Lappin & Leass 1994)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
from communique.types.reading import Token


def mentioned(scene: Scene, token: Token, reach: int) -> Iterator[tuple[int, int, Draft]]:
    """(sentence, token, draft) of what was mentioned before a token and near enough, the latest first."""
    found = []
    for draft in scene.drafts:
        for first, last in draft.spans:
            if last <= token.index and token.sentence - scene.reading.tokens[first].sentence <= reach:
                found.append((scene.reading.tokens[first].sentence, first, draft))
    return iter(sorted(found, key=lambda f: (-f[0], -f[1])))


def most_salient(
    scene: Scene, token: Token, candidates: list[tuple[int, int, Draft]], extra: Mapping[Draft, float]
) -> Draft | None:
    """The most salient: each mention counts 100 and 80 more as a subject (50 as an object, 30 else), half for each
    sentence back, as Lappin & Leass (1994) weigh them, and `extra` what else speaks for an actor; the nearest of two that
    are as salient."""
    weights: dict[Draft, float] = {}
    for sentence, first, draft in candidates:
        role = 80.0 if is_subject(scene, first, draft) else 50.0 if scene.reading.tokens[first].dep in ("obj", "iobj") else 30.0
        told = weights.get(draft, extra.get(draft, 0.0))
        weights[draft] = told + (100.0 + role) * 0.5 ** (token.sentence - sentence)
    return max(weights, key=lambda d: weights[d], default=None)


def nearest(scene: Scene, token: Token, candidates: list[tuple[int, int, Draft]]) -> Draft | None:
    """Of the nearest sentence that has any: a subject before the rest, then the first told (the latest, in the token's
    own sentence)."""
    ranked = []
    for sentence, first, draft in candidates:
        order = first if sentence == token.sentence else -first
        ranked.append(((sentence, is_subject(scene, first, draft), order), draft))
    return max(ranked, key=lambda r: r[0])[1] if ranked else None


def is_subject(scene: Scene, first: int, draft: Draft) -> bool:
    """Whether the mention of a draft that starts at a token is a subject, or coordinated or in apposition with one."""
    last = next(b for a, b in draft.spans if a == first)
    index = scene.head(first, last)
    for _ in range(6):
        token = scene.reading.tokens[index]
        relation = token.dep.split(":")[0]
        if relation in ("nsubj", "csubj"):
            return True
        if relation not in ("flat", "appos", "compound", "conj") or token.head == index:
            return False
        index = token.head
    return False


def same_clause(scene: Scene, token: Token, first: int, draft: Draft) -> bool:
    """Whether token and mention are arguments of one predicate, so that a plain pronoun can't mean it."""
    if token.dep not in ("obj", "iobj") and token.dep.split(":")[0] != "obl":
        return False
    last = next(b for a, b in draft.spans if a == first)
    head = scene.reading.tokens[scene.head(first, last)]
    while head.dep == "conj" and head.head != head.index:
        head = scene.reading.tokens[head.head]
    return head.head == token.head and not token.text.lower().endswith(("self", "selves"))


def told_of(scene: Scene, token: Token) -> set[Draft]:
    """Of whom the noun that a possessive belongs to is told, so that the possessive can't mean them: the rival of "NAME is its
    rival", "NAME, its rival," and "sees NAME as its rival"."""
    tokens, noun = scene.reading.tokens, scene.reading.tokens[token.head]
    if token.dep != "nmod:poss":
        return set()
    heads = (
        {c.index for c in scene.reading.children(noun.index, "nsubj")} if scene.reading.children(noun.index, "cop") else set()
    )
    if noun.dep.split(":")[0] == "appos":
        heads.add(noun.head)
    above = noun.index
    while _is_as(scene, above) and tokens[above].head != above:  # "sees A as its rival and B as its friend"
        above = tokens[above].head
        heads |= {c.index for c in scene.reading.children(above, "obj")}
        heads |= {above} if tokens[above].upos in ("NOUN", "PROPN") else set()
    return {d for d in scene.drafts if any(a <= h < b and scene.head(a, b) == h for a, b in d.spans for h in heads)}


def _is_as(scene: Scene, index: int) -> bool:
    return any(c.text.lower() == "as" for c in scene.reading.children(index, "case"))
