"""Acts that are only spoken of: a request or a threat tells what is asked for or threatened, which is no event beside it."""

from __future__ import annotations

from collections.abc import Mapping

from communique.coding import graph
from communique.types.reading import Reading

# Types whose content has not come about by being said.
SPEAKING = frozenset({"REQUEST", "THREATEN"})
_PREPOSITIONS = frozenset({"for", "to", "of", "against", "with"})


def is_only_spoken_of(reading: Reading, head: int, types: Mapping[int, str]) -> bool:
    """Whether a word stands in the content of the nearest act above it, and that one asks or threatens; `types` are those of
    the acts by their heads. What a relative clause or an aside in the content tells stands for itself."""
    below = head
    for index in graph.ancestors(reading, head):
        if index == head:
            continue
        if index in types:
            return types[index] in SPEAKING and _is_content(reading, below)
        if reading.tokens[below].dep in {"acl:relcl", "parataxis"}:
            return False
        below = index
    return False


def _is_content(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    kind = graph.base(token)
    if token.dep == "acl:relcl":
        return False
    if kind in {"obj", "iobj", "xcomp", "ccomp"} or token.dep == "nsubj:pass":
        return True
    if kind in {"obl", "nmod"}:
        return graph.case_of(reading, index) in _PREPOSITIONS
    return kind in {"acl", "advcl"} and any(mark.lemma in {"to", "that"} for mark in reading.children(index, "mark"))
