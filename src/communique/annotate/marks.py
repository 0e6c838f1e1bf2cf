"""Which unit a punctuation mark parts off, by the tree of the words around it.

Universal Dependencies hang a mark on the unit that it parts off: of the largest units that end before it and begin behind it,
on the head of the one that is below the other ("When it rained, they stayed": on "rained"). Quotation marks and brackets
belong to what they enclose and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def parted_off(heads: Sequence[int], marks: Sequence[bool], parting: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Marks of a sentence with the word that each should hang on, both counted from 0.

    `heads` as `trees.best_tree` gives them; `marks`: which words are punctuation; `parting`: which of these are asked about. A
    mark between two units of which neither is below the other is left out.
    """
    for mark in (i for i, asked in enumerate(parting) if asked):
        before = next((i for i in range(mark - 1, -1, -1) if not marks[i]), None)
        behind = next((i for i in range(mark + 1, len(marks)) if not marks[i]), None)
        while before is not None and 0 <= heads[before] - 1 < mark:
            before = heads[before] - 1
        while behind is not None and heads[behind] - 1 > mark:
            behind = heads[behind] - 1
        if before is None or behind is None:
            found = behind if before is None else before
        else:
            found = before if heads[before] - 1 > mark else behind if heads[behind] else None
        if found is not None:
            yield mark, found
