"""Readings written by hand: a line is `form/lemma TAG head relation`, heads counted from 1 in the sentence, 0 at the root."""

from __future__ import annotations

from communique.types.reading import Reading, Sentence, Token

UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "IN": "ADP", "TO": "PART", "DT": "DET", "PRP": "PRON", "PRP$": "PRON",
    "WP": "PRON", "WDT": "PRON", "MD": "AUX", "AUX": "AUX", "JJ": "ADJ", "RB": "ADV", "CC": "CCONJ", "POS": "PART",
    ".": "PUNCT", "CD": "NUM", "SC": "SCONJ",
}  # fmt: skip
PRESENT = "Tense=Pres|VerbForm=Fin"
FEATS = {
    "VBD": "Tense=Past|VerbForm=Fin", "VBZ": PRESENT, "VBP": PRESENT, "VB": "VerbForm=Inf", "VBN": "Tense=Past|VerbForm=Part",
    "VBG": "VerbForm=Ger", "NNS": "Number=Plur", "AUX": PRESENT,
}  # fmt: skip


def tree(table: str) -> Reading:
    """The reading of a table; a blank line starts the next sentence, each in a passage of its own."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    start = 0
    for number, block in enumerate(table.strip().split("\n\n")):
        base = len(tokens)
        for line in block.strip().splitlines():
            word, tag, head, relation = line.split()
            form, _, lemma = word.partition("/")
            governor = base + int(head) - 1 if head != "0" else len(tokens)
            end, upos, feats = start + len(form), UPOS.get(tag, "VERB"), FEATS.get(tag, "_")
            tokens.append(Token(len(tokens), start, end, form, lemma or form, upos, tag, feats, governor, relation, number))
            start += len(form) + 1
        sentences.append(Sentence(number, base, len(tokens), number))
    return Reading(tuple(tokens), tuple(sentences))


def words(reading: Reading, indices: object) -> list[str]:
    assert isinstance(indices, tuple | list)
    return [reading.tokens[i].text for i in indices]
