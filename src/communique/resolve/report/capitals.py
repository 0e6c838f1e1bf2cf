"""Capitals that stand for their government ("Paris warned Tehran") told apart from the cities ("a hotel in Paris")."""

from __future__ import annotations

from functools import cache

from communique.resolve.names.mentions import Mention
from communique.resolve.names.nouns import words
from communique.resolve.report.scene import Scene
from communique.types.reading import Reading, Token

_AWAY = frozenset({"off", "on", "out", "up", "down", "under"})  # "went off in NAME" is no journey


@cache
def _moves() -> frozenset[str]:
    return words("movement_verbs") | words("movement_nouns") | {"leave", "depart", "bind", "set"}


def is_government(scene: Scene, mention: Mention) -> bool:
    """Whether the capital at a mention is said to act, to be spoken to or dealt with, as a government is.

    Known by the governor of the name, the preposition before it, or what it possesses; coordinated names follow the first.
    """
    index = _first_conjunct(scene.reading, scene.head(mention.first, mention.last))
    token = scene.reading.tokens[index]
    governor = scene.reading.tokens[token.head]
    preposition = _preposition(scene, index, mention)
    relation = token.dep.split(":")[0]
    if token.dep == "nsubj":
        return _acts(scene.reading, governor)
    if preposition == "between" and not _with_a_state(scene, index, mention):
        return False
    if preposition == "from":
        above = scene.reading.tokens[governor.head] if governor.dep == "obj" else governor
        return bool({governor.lemma.lower(), above.lemma.lower()} & words("asked_from"))
    if preposition is None and relation in ("obj", "iobj"):
        return governor.lemma.lower() in words("address_verbs")
    if token.dep == "nmod:poss" or _possesses(scene, mention):
        return governor.upos != "PROPN" and governor.lemma.lower() not in words("place_features")
    if preposition in words("government_prepositions"):
        return not (preposition in ("by", "for", "via") and governor.lemma.lower() in _moves())
    if preposition == "to":
        return governor.lemma.lower() in words("address_nouns") | words("address_verbs")
    return False


def is_visited(scene: Scene, first: int, last: int) -> bool:
    """Whether the place of tokens `[first, last)` is where somebody goes: the object of a verb or noun of movement."""
    token = scene.reading.tokens[_first_conjunct(scene.reading, scene.head(first, last))]
    governor = scene.reading.tokens[token.head]
    if any(c.text.lower() in _AWAY for c in scene.reading.children(governor.index, "compound")):
        return False
    if governor.lemma.lower() in _moves() and token.dep.split(":")[0] in ("obj", "obl", "nmod"):
        return _case(scene.reading, token) in (None, "to", "in", "at", "into", "for", "of")
    before = scene.token(first - 1)
    return (
        before is not None
        and before.text.lower() == "to"
        and any(
            t.lemma.lower() in _moves()
            for t in scene.reading.tokens[max(first - 5, 0) : first]
            if t.sentence == before.sentence
        )
    )


def _with_a_state(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether what "between" couples the name with is nothing but a state, a body or a person: no "between NAME and the
    border"."""
    others = [t.index for t in scene.reading.children(index, "conj")]
    others = [i for i in others if not mention.first <= i < mention.last]
    return all(i in scene.known_at or i in scene.at for i in others)


def _acts(reading: Reading, governor: Token) -> bool:
    if governor.upos == "ADJ":  # "is due to vote", "is ready to talk"
        return any(_acts(reading, c) for c in reading.children(governor.index, "xcomp", "ccomp", "obl") if c.upos == "VERB")
    if governor.upos not in ("VERB", "AUX"):
        return False
    return governor.lemma.lower() not in words("place_verbs") and governor.upos == "VERB"


def _first_conjunct(reading: Reading, index: int) -> int:
    for _ in range(8):
        token = reading.tokens[index]
        if token.dep.split(":")[0] not in ("conj", "appos", "flat") or token.head == index:
            return index
        index = token.head
    return index


def _case(reading: Reading, token: Token) -> str | None:
    cases = reading.children(token.index, "case")
    return next((c.text.lower() for c in cases if c.upos == "ADP"), None)


def _preposition(scene: Scene, index: int, mention: Mention) -> str | None:
    """The preposition of a name by the parse, else the word right before it."""
    found = _case(scene.reading, scene.reading.tokens[index])
    if found is not None:
        return found
    before = scene.token(mention.first - 1)
    return before.text.lower() if before is not None and before.upos == "ADP" else None


def _possesses(scene: Scene, mention: Mention) -> bool:
    after = scene.token(mention.last)
    return after is not None and after.xpos == "POS"
