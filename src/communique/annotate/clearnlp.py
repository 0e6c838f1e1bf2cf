"""From the labels of spaCy's own English pipelines to those that the stages after this one read.

Their parsers keep to the ClearNLP style (Choi and Palmer 2012, "Guidelines for the Clear Style Constituent to Dependency
Conversion"): function words govern, as in "prep" over "pobj" and "be" over "attr". Universal Dependencies v2
(universaldependencies.org/guidelines.html; Nivre et al. 2020) has the words of content govern. Their entities keep to
OntoNotes 5.0 (Weischedel et al. 2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.types.reading import Chunk, Sentence, Token

# Labels that Universal Dependencies does not have: one of them tells the style.
_ONLY = frozenset(
    "acomp agent attr auxpass csubjpass dative dobj intj meta neg npadvmod nsubjpass oprd pcomp pobj poss preconj predet prep "
    "prt quantmod relcl".split()
)
_SAME_WORD = {
    "ROOT": "root",
    "acomp": "xcomp",
    "agent": "obl:agent",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "discourse",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "obl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "": "dep",
}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"})
_VERBAL = frozenset({"VERB", "AUX"})
_ENTITIES = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    **dict.fromkeys(("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY"), ""),
}


def named(chunk: Chunk) -> Chunk | None:
    """An entity as PERSON, ORG, LOC or MISC; none where it is a number, an amount or a time."""
    label = _ENTITIES.get(chunk.label, "MISC")
    return replace(chunk, label=label) if label else None


def universal(tokens: Sequence[Token], sentences: Iterable[Sentence]) -> list[Token]:
    """The tokens of a report with Universal Dependencies; as they are where no label is of ClearNLP's alone."""
    out = list(tokens)
    if _ONLY.isdisjoint(t.dep for t in tokens):
        return out
    for sentence in sentences:
        words, base = tokens[sentence.first : sentence.last], sentence.first
        heads, labels = to_universal(
            [t.head - base for t in words], [t.dep for t in words], [t.upos for t in words], [t.lemma for t in words]
        )
        out[base : sentence.last] = [
            replace(t, head=base + head, dep=label) for t, head, label in zip(words, heads, labels, strict=True)
        ]
    return out


def to_universal(
    heads: Sequence[int], labels: Sequence[str], upos: Sequence[str], lemmas: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and labels of one sentence, from ClearNLP's style to Universal Dependencies v2.

    `heads[i]` is the index of the governor of word `i`, its own index at a root; all four are as long as the sentence.
    """
    tree = _Tree(heads, labels, upos, lemmas)
    below = {i: child for i in range(len(heads)) if (child := tree.content(i)) is not None}
    arcs = [_arc(tree, below, i) for i in range(len(heads))]
    new_heads, new_labels = [head for head, _ in arcs], [label for _, label in arcs]
    _coordinate(new_heads, new_labels)
    return new_heads, new_labels


@dataclass(frozen=True, slots=True)
class _Tree:
    heads: Sequence[int]
    labels: Sequence[str]
    upos: Sequence[str]
    lemmas: Sequence[str]

    def children(self, i: int, *labels: str) -> list[int]:
        return [k for k, head in enumerate(self.heads) if head == i != k and self.labels[k] in labels]

    def content(self, i: int) -> int | None:
        """The child that governs in place of a preposition or a copula."""
        if self.lemmas[i] == "be" and self.upos[i] in _VERBAL:
            return self._predicate(i)
        for label in ("pobj", "pcomp"):
            if found := self.children(i, label):
                return found[0]
        if self.upos[i] != "ADP":
            return None
        return next((k for k in self.children(i, "prep") if k > i and self.content(k) is not None), None)

    def _predicate(self, be: int) -> int | None:
        if self.children(be, "expl"):
            return None
        if found := self.children(be, "attr", "acomp"):
            return found[0]
        if not self.children(be, "nsubj", "csubj"):
            return None
        for k in self.children(be, "xcomp", "prep"):
            if k > be and (self.content(k) is not None if self.labels[k] == "prep" else self._is_infinitive(k)):
                return k
        return None

    def _is_infinitive(self, i: int) -> bool:
        return any(self.upos[k] == "PART" for k in self.children(i, "aux"))

    def is_clause(self, i: int) -> bool:
        """Whether a preposition's complement is a clause."""
        return self.labels[i] == "pcomp" and self.upos[i] in _VERBAL

    def is_fixed(self, i: int) -> bool:
        """Whether a word is the second of a preposition of two: "because of"."""
        return self.labels[i] in ("pcomp", "prep") and self.upos[i] == "ADP" and self.heads[i] == i - 1


def _arc(tree: _Tree, below: dict[int, int], i: int) -> tuple[int, str]:
    if i in below:
        return _bottom(below, i), _function(tree, below, i)
    governor = tree.heads[i]
    if governor != i and below.get(governor, i) != i and tree.is_fixed(i):
        return governor, "fixed"
    top, clause = i, False
    while tree.heads[top] != top and below.get(tree.heads[top]) == top:
        clause = clause or tree.is_clause(top)
        top = tree.heads[top]
    if tree.heads[top] == top:
        return i, "root"
    label = _lifted(tree, top, clause) if top != i else _plain(tree, i)
    return _bottom(below, _governor(tree, below, top)), label


def _bottom(below: dict[int, int], i: int) -> int:
    while i in below:
        i = below[i]
    return i


def _governor(tree: _Tree, below: dict[int, int], i: int) -> int:
    """A preposition that hangs on one with an object of its own ("from Lima to Quito") goes with it."""
    head = tree.heads[i]
    while tree.labels[i] == "prep" == tree.labels[head] and below.get(head, i) != i and head < i:
        i, head = head, tree.heads[head]
    return head


def _function(tree: _Tree, below: dict[int, int], i: int) -> str:
    if tree.lemmas[i] == "be" and tree.upos[i] in _VERBAL:
        return "cop"
    return "mark" if tree.is_clause(below[i]) else "case"


def _lifted(tree: _Tree, top: int, clause: bool) -> str:
    """The label of a word that governs in place of its preposition or copula, `top`."""
    label = tree.labels[top]
    if label not in ("prep", "agent", "dative"):
        return _plain(tree, top)
    head = tree.heads[top]
    while tree.labels[head] == "prep" and tree.heads[head] != head:
        head = tree.heads[head]
    nominal = tree.upos[head] in _NOMINAL
    if clause:
        return "acl" if nominal else "advcl"
    if label == "agent":
        return "obl:agent"
    return "nmod" if nominal else "obl"


def _plain(tree: _Tree, i: int) -> str:
    """The label of a word that keeps its governor."""
    label, upos, head = tree.labels[i], tree.upos[i], tree.heads[i]
    nominal = tree.upos[head] in _NOMINAL
    if label == "attr" and tree.children(head, "expl"):
        return "nsubj"
    if label == "aux" and upos == "PART":
        return "mark"
    if label == "neg":
        return "det" if upos == "DET" else "advmod"
    if label == "npadvmod":
        return "nmod:unmarked" if nominal else "obl:unmarked"
    if label == "nmod":
        return "compound" if i < head else "nmod"
    if label == "quantmod":
        return "compound" if upos == "NUM" else "advmod"
    if label == "prep":
        return "nmod" if nominal else "obl"
    if label == "pcomp" and upos in _VERBAL:
        return "ccomp"
    return _SAME_WORD.get(label, label)


def _coordinate(heads: list[int], labels: list[str]) -> None:
    """Hangs each conjunct on the first, where ClearNLP has a chain, and each conjunction on the conjunct behind it."""
    for i, label in enumerate(labels):
        if label == "conj":
            while labels[heads[i]] == "conj":
                heads[i] = heads[heads[i]]
    for i, label in enumerate(labels):
        if label == "cc":
            first = heads[heads[i]] if labels[heads[i]] == "conj" else heads[i]
            behind = (k for k in range(i + 1, len(heads)) if labels[k] == "conj" and heads[k] == first)
            heads[i] = next(behind, heads[i])
