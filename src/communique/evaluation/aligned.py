"""Words of two tokenizations of a text that are the same word (Zeman et al. 2018, section 5).

Words are the same that cover the same characters, spaces left out. Where the treebank has several words written as one
("don't" as "do" and "n't"), it does not say which characters are whose; the words found within these characters are
aligned with them by the longest common subsequence of their forms, lower case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """A word with the characters `[begin, end)` it covers, spaces not counted; `joined` with others that cover the same."""

    form: str
    begin: int
    end: int
    joined: bool = False


def align(gold: Sequence[AlignedWord], given: Sequence[AlignedWord]) -> list[tuple[int, int]]:
    """Pairs of indices, in order, of the gold words and the given ones that are the same; given words are never joined."""
    spots = {(w.begin, w.end): j for j, w in enumerate(given)}
    pairs: list[tuple[int, int]] = []
    j = 0
    for (begin, end, joined), group in groupby(enumerate(gold), key=lambda x: (x[1].begin, x[1].end, x[1].joined)):
        own = [i for i, _ in group]
        if not joined:
            pairs += [(i, spots[begin, end]) for i in own if (begin, end) in spots]
            continue
        while j < len(given) and given[j].begin < begin:
            j += 1
        within = [k for k in range(j, min(len(given), j + end - begin)) if given[k].end <= end]
        forms = [gold[i].form.lower() for i in own], [given[k].form.lower() for k in within]
        pairs += [(own[a], within[b]) for a, b in _common(*forms)]
    return pairs


def _common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of indices."""
    size = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in reversed(range(len(left))):
        for b in reversed(range(len(right))):
            same = left[a] == right[b]
            size[a][b] = 1 + size[a + 1][b + 1] if same else max(size[a + 1][b], size[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(left) and b < len(right):
        if left[a] == right[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif size[a + 1][b] >= size[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs
