"""Readings of passages: offsets that hold in any text, texts of any length, the same reading whoever is read beside."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.annotate import Annotator
from communique.errors import StageError
from communique.types.analysis import Analysis, Failed
from communique.types.reading import LEXICAL, Chunk, Reading
from communique.types.text import Document, Passage, Span


def report(text: str, *passages: Passage) -> Analysis:
    """A report; one passage a line unless passages are given."""
    if not passages:
        starts = [i for i, c in enumerate(text) if c != "\n" and (i == 0 or text[i - 1] == "\n")]
        passages = tuple(Passage((Span(i, i + len(text[i:].split("\n")[0])),)) for i in starts)
    return Analysis(Document("d", "t", "made-up", text), passages)


def over(text: str, *parts: str, kind: str = "body") -> Passage:
    """The passage of these stretches of the text."""
    return Passage(tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts), kind)  # type: ignore[arg-type]


def read(analysis: Analysis) -> Reading:
    (found,) = Annotator()([analysis])
    assert isinstance(found, Analysis), found.error
    assert found.reading is not None
    return found.reading


def holds(analysis: Analysis, reading: Reading) -> None:
    """All that must be true of a reading, whatever the text is."""
    text, tokens = analysis.document.text, reading.tokens
    assert [t.index for t in tokens] == list(range(len(tokens)))
    for token in tokens:
        assert "".join(" " if c.isspace() else c for c in token.span.of(text)) == token.text
        assert any(s.contains(token.span) for p in analysis.passages for s in p.spans)
        assert reading.tokens[token.head].sentence == token.sentence
    covered = [i for s in reading.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(tokens)))
    for number, sentence in enumerate(reading.sentences):
        assert sentence.index == number
        assert sum(t.head == t.index for t in reading.words(sentence)) >= 1
        assert {t.sentence for t in reading.words(sentence)} == {number}
        inside = analysis.passages[sentence.passage]
        assert sentence.kind == inside.kind
        assert inside.spans[0].start <= tokens[sentence.first].start and tokens[sentence.last - 1].end <= inside.spans[-1].end
    chunks: list[Chunk | None] = [*reading.entities]
    for event in reading.events:
        chunks += [Chunk(event.first, event.last, "trigger"), *event.arguments]
    for said in reading.statements:
        chunks += [said.cue, said.speaker, said.content]
    for chunk in filter(None, chunks):
        assert 0 <= chunk.first < chunk.last <= len(tokens)
        assert tokens[chunk.first].start < tokens[chunk.last - 1].end
        assert (
            reading.sentences[tokens[chunk.first].sentence].passage
            == reading.sentences[tokens[chunk.last - 1].sentence].passage
        )


ODD = [
    "Peru’s envoy met\trebels in Lima.",
    "Peru’s envoy\xa0met rebels  in Lima . ",
    "👩‍🚀 Peru’s envoy met 🇵🇪 rebels in Lima. 👍🏽",
    "Peru’s e\u0301nvoy met rebels in Li\u0301ma.",
    "  \u2003\u3000 Peru’s envoy met rebels in Lima. \u2003 \u3000",
    "Peru’s envoy met\u2028rebels\x85in Lima.",
    "«Peru’s envoy met…rebels» — in Lima?!",
    "𝐏𝐞𝐫𝐮 met 中国 in Lima\u200b.",
]


@pytest.mark.parametrize("text", ODD)
def test_offsets_in_odd_texts(text: str) -> None:
    analysis = report(text, Passage((Span(0, len(text)),)))
    reading = read(analysis)
    holds(analysis, reading)
    assert "met" in [t.text.split("…")[0] for t in reading.tokens]
    words = "".join(t.text for t in reading.tokens)
    assert words == "".join(text.split())


def test_a_passage_of_several_spans_is_read_as_one_sentence() -> None:
    text = "The envoy of Norland\n[Buy two, get one]\nmet rebels\n\nin Lima. Later they\nleft."
    analysis = report(text, over(text, "The envoy of Norland", "met rebels", "in Lima. Later they", "left."))
    reading = read(analysis)
    holds(analysis, reading)
    first, second = reading.sentences
    assert [t.text for t in reading.words(first)] == "The envoy of Norland met rebels in Lima .".split()
    assert [t.text for t in reading.words(second)] == "Later they left .".split()
    met = next(t for t in reading.tokens if t.text == "met")
    assert text[met.start :].startswith("met rebels")
    assert reading.tokens[next(t for t in reading.tokens if t.text == "envoy").head] == met


def test_line_breaks_within_a_span_are_blanks() -> None:
    text = "The envoy of Nor\tland met\r\nrebels in Lima."
    analysis = report(text, Passage((Span(0, len(text)),)))
    reading = read(analysis)
    holds(analysis, reading)
    assert len(reading.sentences) == 1
    assert all(t.text.strip() for t in reading.tokens)


def test_passages_keep_their_kind_and_indices_run_on() -> None:
    text = "Norland bombs Sudria\nThe army of Norland bombed a port in Sudria. A clerk said that ships had burned."
    head, body = text.split("\n")
    analysis = report(text, over(text, head, kind="headline"), over(text, body))
    reading = read(analysis)
    holds(analysis, reading)
    assert [s.kind for s in reading.sentences] == ["headline", "body", "body"]
    triggers = {reading.tokens[e.first].text: e for e in reading.events}
    assert {"bombs", "bombed"} <= set(triggers)
    actors = [a for a in triggers["bombed"].arguments if a.label == "actor"]
    assert "army" in {reading.tokens[i].text for a in actors for i in range(a.first, a.last)}
    (said,) = reading.statements
    assert reading.tokens[said.cue.first].text == "said"
    assert said.speaker is not None and reading.tokens[said.speaker.last - 1].text == "clerk"


def test_a_thousand_words_without_a_full_stop() -> None:
    text = " ".join(["the envoy of Norland met rebels in Lima and"] * 111 + ["left"])
    analysis = report(text)
    reading = read(analysis)
    holds(analysis, reading)
    assert len(reading.tokens) == 1000
    assert {e.first // 250 for e in reading.events} == {0, 1, 2, 3}


def test_long_texts_are_cut_where_sentences_end() -> None:
    """The window's length is no multiple of the sentence's, so a cut elsewhere would tear one in two."""
    sentence = "The envoy of Norland met seven rebels in Lima on Friday."
    text = " ".join([sentence] * 40)
    reading = read(report(text))
    assert [len(reading.words(s)) for s in reading.sentences] == [12] * 40
    assert {t.text for t in reading.tokens if t.head == t.index} == {"met"}


@pytest.mark.parametrize("word", ["x" * 5000, "é-" * 400, "https://norland.example/" + "a-" * 400, "." * 900, "@" + "a_" * 400])
def test_a_word_longer_than_a_window(word: str) -> None:
    analysis = report(f"Norland met {word} in Lima.")
    reading = read(analysis)
    holds(analysis, reading)
    assert [t.text for t in reading.tokens[:2]] == ["Norland", "met"] and reading.tokens[-2].text == "Lima"


def test_the_same_reading_alone_and_among_others() -> None:
    texts = [
        "Norland’s envoy met rebels in Lima.\nThey left on Friday.",
        "No.",
        "The army shelled a port near Sudria, a clerk said, and " + "burned its stores and " * 60 + "left.",
        "Norland’s envoy met rebels in Lima.\nNobody saw it.",
    ]
    alone = [read(report(t)) for t in texts]
    together = [a.reading for a in Annotator()(map(report, reversed(texts))) if isinstance(a, Analysis)]
    assert together[::-1] == alone
    assert alone[0].tokens[:7] == alone[3].tokens[:7]


@pytest.mark.parametrize("analysis", [report(""), report(" \u3000 \t"), report("a\nb", Passage((Span(1, 2),)))])
def test_no_words_fail_alone(analysis: Analysis) -> None:
    before = Failed("lost", "source", ValueError("gone"))
    passed, failed, good = Annotator()([before, analysis, report("Peru voted.")])
    assert passed is before
    assert isinstance(failed, Failed) and failed.stage == "annotate" and isinstance(failed.error, StageError)
    assert isinstance(good, Analysis)


def test_stage_leaves_the_rest_of_the_analysis_alone() -> None:
    analysis = report("Peru voted.")
    (found,) = Annotator()([analysis])
    assert analysis.reading is None
    assert isinstance(found, Analysis) and found.document is analysis.document and found.passages is analysis.passages
    assert found.reading is not None and found.reading.has_event_graph and found.reading.origin == "communique"


PIECES = st.sampled_from(
    ["Norland", "met", "rebels", ".", " ", " ", "\n", "\t", "\xa0", "“", "…", "👍", "e\u0301", "\u200d", "said", "it's"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.lists(st.integers(0, 80), min_size=2, max_size=6))
def test_offsets_in_any_text_cut_anyhow(text: str, cuts: list[int]) -> None:
    at = sorted({min(c, len(text)) for c in cuts})
    spans = [Span(a, b) for a, b in itertools.pairwise(at)]
    passages = [Passage(tuple(spans[i : i + 2])) for i in range(0, len(spans), 2)]
    analysis = Analysis(Document("d", "t", "made-up", text), tuple(passages))
    (found,) = Annotator()([analysis])
    if isinstance(found, Failed):
        assert isinstance(found.error, StageError)
        assert not any(s.of(text).strip() for s in spans)
        return
    assert found.reading is not None
    holds(analysis, found.reading)
    words = "".join("".join(s.of(text).split()) for s in spans)
    assert "".join(t.text for t in found.reading.tokens) == words


def test_words_carry_vectors_only_where_they_are_asked_for() -> None:
    analysis = report("Rebels shelled the town.\nThe town fell.")
    plain, asked = (next(Annotator(vectors=v)([analysis])) for v in (False, True))
    assert isinstance(plain, Analysis) and isinstance(asked, Analysis) and asked.reading is not None
    assert plain.reading == asked.reading and plain.reading is not None and plain.reading.vectors == ()
    vectors = asked.reading.vectors
    assert len(vectors) == len(asked.reading.tokens) and {len(v) for v in vectors} == {LEXICAL + 256}
    first, second = (t.index for t in asked.reading.tokens if t.text == "town")
    assert vectors[first][:LEXICAL] == vectors[second][:LEXICAL] and vectors[first] != vectors[second]
