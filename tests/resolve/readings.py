"""Readings written by hand as small tables, for tests that need no network.

A line is a word: `form[/lemma] TAG[+] head relation [label]`. The head counts from 1 in the sentence, 0 at its root; `+`
marks a plural; words in a row with the same label are one entity, `label*` starts another. A blank line ends a sentence.
"""

from __future__ import annotations

from datetime import date, timedelta

from communique.resolve.actors.resolver import ActorResolver
from communique.types.analysis import Analysis
from communique.types.entities import Actor
from communique.types.reading import Chunk, Reading, Sentence, Token
from communique.types.text import Document, Interval, Passage, Published, Span

VISIT = """
Peruvian ADJ 3 amod MISC
foreign ADJ 3 amod
minister NOUN 4 compound
Ana PROPN 6 nsubj PERSON
Quispe PROPN 4 flat PERSON
met/meet VERB 0 root
Chile PROPN 9 nmod:poss LOC
's PART 7 case
president NOUN 6 obj
, PUNCT 11 punct
Luis PROPN 9 appos PERSON
Rojas PROPN 11 flat PERSON
, PUNCT 11 punct
in ADP 15 case
Lima PROPN 6 obl LOC
. PUNCT 6 punct

She PRON 2 nsubj
said/say VERB 0 root
the DET 5 det
two NUM 5 nummod
countries/country NOUN+ 6 nsubj
trusted/trust VERB 2 ccomp
each DET 6 obj
other ADJ 7 fixed
. PUNCT 2 punct

Quispe PROPN 2 nsubj PERSON
praised/praise VERB 0 root
the DET 4 det
president NOUN 2 obj
. PUNCT 2 punct
"""

QUOTE = """
Ivo PROPN 3 nsubj PERSON
Kranjc PROPN 1 flat PERSON
spoke/speak VERB 0 root
. PUNCT 3 punct

“ PUNCT 3 punct
I PRON 3 nsubj
refuse VERB 6 ccomp
, PUNCT 3 punct
” PUNCT 3 punct
said/say VERB 0 root
Kranjc PROPN 6 nsubj PERSON
. PUNCT 6 punct
"""

MINISTERS = """
Swedish ADJ 2 amod MISC
ministers/minister NOUN+ 8 nsubj
Ida PROPN 2 appos PERSON
Holm PROPN 3 flat PERSON
and CCONJ 6 cc
Per PROPN 3 conj PERSON
Lund PROPN 6 flat PERSON
resigned/resign VERB 0 root
. PUNCT 8 punct

A DET 4 det
foreign ADJ 4 amod
ministry NOUN 4 compound
official NOUN 5 nsubj
praised/praise VERB 0 root
the DET 7 det
country NOUN 5 obj
. PUNCT 5 punct
"""


def analysis(table: str, published: date | None = None) -> Analysis:
    """A report of the table's sentences, one passage, with its reading."""
    sentences = [block.strip().split("\n") for block in table.strip().split("\n\n")]
    tokens: list[Token] = []
    bounds: list[Sentence] = []
    labels: list[str] = []
    text = ""
    for number, lines in enumerate(sentences):
        base = len(tokens)
        for line in lines:
            form, tag, head, relation, *label = line.split()
            form, _, lemma = form.partition("/")
            if text and not text.endswith(("\n", "(", "“")) and form not in (",", ".", ";", ":", ")", "'s", "’s", "”"):
                text += " "
            start = len(text)
            text += form
            plural = tag.endswith("+")
            governor = base + int(head) - 1 if head != "0" else len(tokens)
            xpos = "POS" if form in ("'s", "’s") else {"NOUN+": "NNS", "PROPN+": "NNPS"}.get(tag, tag)
            feats = "Number=Plur" if plural else ""
            lemma = lemma or (form if tag.startswith("PROPN") else form.lower())
            tokens.append(
                Token(len(tokens), start, len(text), form, lemma, tag.rstrip("+"), xpos, feats, governor, relation, number)
            )
            labels.append(label[0] if label else "")
        bounds.append(Sentence(number, base, len(tokens), 0))
        text += "\n"
    reading = Reading(tuple(tokens), tuple(bounds), tuple(_chunks(tokens, labels)))
    interval = Interval(published, published + timedelta(days=1)) if published else None
    document = Document("d", "t", "hand-made", text, published=Published(interval, "given" if interval else "unknown"))
    return Analysis(document, (Passage((Span(0, len(text)),)),), reading)


def _chunks(tokens: list[Token], labels: list[str]) -> list[Chunk]:
    chunks: list[Chunk] = []
    for index, label in enumerate(labels):
        name = label.rstrip("*")
        last = chunks[-1] if chunks else None
        joined = last is not None and last.last == index and last.label == name and not label.endswith("*")
        if name and joined and last is not None and tokens[last.first].sentence == tokens[index].sentence:
            chunks[-1] = Chunk(last.first, index + 1, name)
        elif name:
            chunks.append(Chunk(index, index + 1, name))
    return chunks


def actors(resolver: ActorResolver, table: str, published: date | None = None) -> dict[str, Actor]:
    read = analysis(table, published)
    return {a.name: a for a in resolver.actors(read)}


def words(read: Analysis, actor: Actor) -> list[str]:
    return [m.of(read.document.text) for m in actor.mentions]
