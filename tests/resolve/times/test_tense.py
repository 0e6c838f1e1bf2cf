"""Whether a clause looks back or ahead."""

import pytest
from tests.resolve.times.telling import analysis_of

from communique.resolve.times.resolver import TimeResolver
from communique.resolve.times.tense import Tenses, direction_of_words, direction_told, load_cues, sentences
from communique.types.reading import Reading, Sentence, Token
from communique.types.text import Span


def reading_of(*rows: tuple[str, str, str, str, int, str]) -> tuple[str, Reading]:
    """Text and reading of one sentence from rows of word, lemma, part of speech, tag, head, relation."""
    tokens, position = [], 0
    for index, (word, lemma, upos, xpos, head, dep) in enumerate(rows):
        feats = {"VBD": "Tense=Past", "VB": "VerbForm=Inf"}.get(xpos, "_")
        tokens.append(Token(index, position, position + len(word), word, lemma, upos, xpos, feats, head, dep, 0))
        position += len(word) + 1
    return " ".join(row[0] for row in rows), Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),))


def test_the_governing_verb_outweighs_nearer_words():
    text, reading = reading_of(
        ("Lind", "Lind", "PROPN", "NNP", 4, "nsubj"),
        ("will", "will", "AUX", "MD", 4, "aux"),
        ("on", "on", "ADP", "IN", 3, "case"),
        ("Friday", "Friday", "PROPN", "NNP", 4, "obl"),
        ("join", "join", "VERB", "VB", 4, "root"),
        ("rebels", "rebel", "NOUN", "NNS", 4, "obj"),
        ("jailed", "jail", "VERB", "VBN", 5, "acl"),
    )
    friday = Span(text.index("Friday"), text.index("Friday") + 6)
    assert Tenses(reading).direction(friday) == "future"
    (result,) = TimeResolver()([analysis_of(text, reading=reading)])
    assert [t.timex for t in result.times] == ["2024-05-17"]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ([("met", "meet", "VERB", "VBD")], "past"),
        ([("has", "have", "AUX", "VBZ"), ("met", "meet", "VERB", "VBN")], "past"),
        ([("would", "would", "AUX", "MD"), ("meet", "meet", "VERB", "VB")], "future"),
        ([("meets", "meet", "VERB", "VBZ")], "future"),
        ([("says", "say", "VERB", "VBZ")], "past"),
        ([("to", "to", "PART", "TO"), ("meet", "meet", "VERB", "VB")], "future"),
    ],
)
def test_directions_of_predicates(verb, expected):
    last = len(verb)
    helpers = [(*word, last, "mark" if word[2] == "PART" else "aux") for word in verb[:-1]]
    rows = [
        ("She", "she", "PRON", "PRP", last, "nsubj"),
        *helpers,
        (*verb[-1], last, "root"),
        ("Friday", "Friday", "PROPN", "NNP", last, "obl:tmod"),
    ]
    text, reading = reading_of(*rows)
    assert Tenses(reading).direction(Span(text.index("Friday"), len(text))) == expected


@pytest.mark.parametrize(("text", "expected"), [*load_cues().examples, ("A storm on Friday", None)])
def test_directions_from_words_alone(text, expected):
    start = text.index("Friday")
    assert direction_of_words(text, Span(start, start + 6)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *load_cues().told,
        ("It is his first trip since war broke out on Friday.", "past"),
        ("The judge has set a hearing for Friday.", "future"),
        ("A strike was called by the union for Friday.", "future"),
        ("The court has ruled, since then, on Friday.", None),
        ("They paid for the hall on Friday.", None),
    ],
)
def test_directions_told_right_before(text, expected):
    assert direction_told(text, text.index("Friday")) == expected


def test_sentences_do_not_end_at_abbreviations():
    text = "Gen. Lind came on Jan. 3. He left."
    assert [s.of(text).strip() for s in sentences(text)] == ["Gen. Lind came on Jan. 3.", "He left."]
