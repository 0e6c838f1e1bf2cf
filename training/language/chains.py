"""What refers to the same: mentions and their chains from GUM, pronouns with the names they may stand for from GAP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.evaluation.gap import passage, read
from communique.evaluation.mentions import Row, mention_heads

Unit = dict[str, Any]


def gum(rows: Sequence[Row]) -> Unit:
    """`mentions` of a sentence of GUM: (head word, kind, chain), and `apart`: the heads that tell of their chain's entity (as
    appositions and predicates) without referring to it; they may be an antecedent, but have none to learn.
    """
    heads = sorted(mention_heads(rows).items())
    return {"mentions": [(i, m.kind, m.chain) for i, m in heads], "apart": [i for i, m in heads if m.aside]}


def gap(path: Path, tokenizer: Any) -> Iterator[Unit]:
    """Passages of GAP with `links`: (word, right words, wrong words), all of which stand before the word.

    A pronoun is linked to the first word of the name that it means (the head, as Universal Dependencies have it), against
    the words of the other; a name that stands behind its pronoun is linked back to it. Passages that give no right link are
    left out.
    """
    for example in read(path):
        tokens = [(t.text, t.idx) for t in tokenizer(example.text) if not t.is_space]
        found = passage(example, tokens)
        right: list[int] = []
        wrong: list[int] = []
        links: list[tuple[int, list[int], list[int]]] = []
        for span, meant in zip(found.names, example.right, strict=True):
            if span is None:
                continue
            if span[0] < found.pronoun:
                (right if meant else wrong).extend(range(span[0], span[0] + 1 if meant else span[1]))
            elif meant:
                links.append((span[0], [found.pronoun], []))
        if right:
            links.insert(0, (found.pronoun, right, wrong))
        if links:
            yield {"source": "gap", "doc": f"gap:{example.id}", "words": list(found.words), "links": links}
