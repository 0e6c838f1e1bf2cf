"""Who is quoted or reported as saying what; sentences of our own wording, read by the annotator."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.examples import Analysis, analysis_of, as_kind, named, read_all, unmarked
from tests.coding.reports import report
from tests.coding.trees import tree

from communique import read
from communique.coding.codebook import read_table
from communique.coding.contents import without_apposition
from communique.coding.quotes import find_quotes
from communique.coding.statements import spoken, statements
from communique.types.entities import Actor
from communique.types.events import Statement
from communique.types.reading import Chunk, StatementCandidate
from communique.types.text import Span

REPORTS = {
    "before": "Ana Ruiz said, “The harbour is closed.”",
    "after": "“The harbour is closed,” said Ana Ruiz.",
    "straight": 'Ana Ruiz said: "The harbour is closed."',
    "single": "‘The harbour is closed,’ said Ana Ruiz, the board’s chair.",
    "split": "“The harbour is closed,” Ana Ruiz said, “and it will stay closed.”",
    "two": "“The harbour is closed,” Ana Ruiz said.\n“It will stay closed until May.”",
    "long": "“The harbour is closed.\nIt will stay closed until May,” said Ana Ruiz.",
    "indirect": "Ana Ruiz said that the harbour was closed.",
    "mixed": "Ana Ruiz said the harbour would be “closed for good” in May.",
    "according": "According to Ana Ruiz, the harbour was closed in May.",
    "according after": "The harbour was closed in May, according to Ana Ruiz.",
    "verbless name": "Ana Ruiz sailed on the “Blue Star” in May.",
    "unsaid": "Ana Ruiz did not say that the harbour was closed.",
    "medium": "Ana Ruiz told the daily El Faro that the harbour was closed.",
    "addressee": "Ana Ruiz told Omar Haddad that the harbour was closed.",
    "pronoun": "Ana Ruiz said the harbour was closed. She added that it would stay closed.",
    "nested": "Ana Ruiz said that Omar Haddad claimed that the harbour was closed.",
    "both": "Ana Ruiz and Omar Haddad said that the harbour was closed.",
    "spokesman": "A spokesman for the Harbour Board said that the gates were closed.",
    "nobody": "It is said that the harbour was closed.",
    "described": "The harbour was closed in May, said Ana Ruiz, the head of Peru's navy.",
    "document": "Ana Ruiz said the harbour was closed. “The gates will open in May,” the statement reads.",
    "led": "Ana Ruiz called the report “false” and Omar Haddad recalled the envoy.",
    "denied": "Ana Ruiz denied closing the harbour.",
    "headline": "Ana Ruiz says harbour is closed",
    "unnamed": "Fishermen said the harbour was closed. Fishermen also said the road was closed.",
    "unresolved": "He said the harbour was closed.",
    "plan": "The harbour was closed according to plan.",
    "rejected claim": "Ana Ruiz rejected a claim that the harbour was closed.",
    "told": "Ana Ruiz was told that the harbour was closed.",
    "goes on": "Ana Ruiz continues to repair the harbour.",
    "accused": "Ana Ruiz accused Omar Haddad of closing the harbour.",
    "quoted twice": "“Omar Haddad has admitted that the harbour is closed, and we are glad,” said Ana Ruiz.",
    "transcript": "Ana Ruiz and Omar Haddad spoke.\nRUIZ: We will open the harbour in May.\nNote: it stays closed until May.",
    "signed": "“The harbour is a disgrace.” — Omar Haddad, fisherman",
    "paper": "Reports say that the harbour was closed.",
}


@pytest.fixture(scope="module")
def told() -> dict[str, Analysis]:
    read = read_all(REPORTS.values())
    return {name: read[text] for name, text in REPORTS.items()}


def said(told: dict[str, Analysis], name: str, *names: str) -> tuple[str, tuple[Statement, ...]]:
    """The report's text and its statements, with actors of the given names."""
    text = REPORTS[name]
    return text, statements(replace(told[name], actors=named(text, *(names or ("Ana Ruiz", "Omar Haddad")))))


@pytest.mark.parametrize("name", ["before", "after", "straight", "single"])
def test_quotation_is_the_text_inside_its_marks(told: dict[str, Analysis], name: str) -> None:
    text, found = said(told, name)
    assert [(s.speaker, s.kind) for s in found] == [("a1", "quote")]
    assert found[0].content.of(text).rstrip(".") == "The harbour is closed"
    assert found[0].cue is not None
    assert found[0].cue.of(text) == "said"


def test_quotation_that_a_cue_cuts_is_one(told: dict[str, Analysis]) -> None:
    text, found = said(told, "split")
    assert len(found) == 1
    assert [s.of(text) for s in found[0].content_spans] == ["The harbour is closed", "and it will stay closed."]
    assert found[0].content.of(text) == "The harbour is closed,” Ana Ruiz said, “and it will stay closed."


def test_quotation_alone_goes_to_the_last_speaker(told: dict[str, Analysis]) -> None:
    text, found = said(told, "two")
    assert [(s.speaker, s.content.of(text)) for s in found] == [
        ("a1", "The harbour is closed"),
        ("a1", "It will stay closed until May."),
    ]
    assert found[1].cue is None


def test_quotation_over_paragraphs_is_one(told: dict[str, Analysis]) -> None:
    text, found = said(told, "long")
    assert [s.content.of(text) for s in found] == ["The harbour is closed.\nIt will stay closed until May"]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("indirect", "indirect", "the harbour was closed"),
        ("mixed", "mixed", "the harbour would be “closed for good” in May"),
        ("according", "indirect", "the harbour was closed in May"),
        ("according after", "indirect", "The harbour was closed in May"),
    ],
)
def test_indirect_speech_is_its_clause(told: dict[str, Analysis], name: str, kind: str, content: str) -> None:
    text, found = said(told, name)
    assert [(s.speaker, s.kind, s.content.of(text)) for s in found] == [("a1", kind, content)]


def test_what_the_speaker_is_called_is_not_said(told: dict[str, Analysis]) -> None:
    text, found = said(told, "described")
    assert [(s.speaker, s.content.of(text), s.content_spans) for s in found] == [("a1", "The harbour was closed in May", ())]


def test_a_document_is_the_last_speakers(told: dict[str, Analysis]) -> None:
    text, found = said(told, "document")
    assert [(s.speaker, s.content.of(text)) for s in found][-1] == ("a1", "The gates will open in May")


def test_a_quotation_before_and_belongs_to_the_verb_before_it(told: dict[str, Analysis]) -> None:
    text, found = said(told, "led")
    assert [(s.speaker, s.cue.of(text) if s.cue else "") for s in found] == [("a1", "called")]


def test_what_is_denied_is_a_statement(told: dict[str, Analysis]) -> None:
    text, found = said(told, "denied")
    assert [(s.speaker, s.content.of(text)) for s in found] == [("a1", "closing the harbour")]


@pytest.mark.parametrize("name", ["verbless name", "unsaid", "nobody", "plan", "rejected claim", "told", "goes on"])
def test_no_statement(told: dict[str, Analysis], name: str) -> None:
    assert said(told, name)[1] == ()


def test_headline_gives_no_indirect_statement(told: dict[str, Analysis]) -> None:
    analysis = told["headline"]
    assert analysis.reading is not None
    sentences = tuple(replace(s, kind="headline") for s in analysis.reading.sentences)
    headed = replace(analysis.reading, sentences=sentences, statements=())
    actors = named(REPORTS["headline"], "Ana Ruiz")
    assert statements(replace(analysis, reading=headed, actors=actors)) == ()


def test_medium_and_addressee(told: dict[str, Analysis]) -> None:
    text = REPORTS["medium"]
    actors = (*named(text, "Ana Ruiz"), replace(named(text, "El Faro")[0], id="a2", kind="company"))
    found = statements(replace(told["medium"], actors=actors))
    assert [(s.speaker, s.medium, s.addressee) for s in found] == [("a1", "a2", None)]
    _, found = said(told, "addressee")
    assert [(s.speaker, s.medium, s.addressee) for s in found] == [("a1", None, "a2")]


def test_pronoun_without_an_actor_is_the_last_speaker(told: dict[str, Analysis]) -> None:
    text, found = said(told, "pronoun")
    assert [s.content.of(text) for s in found] == ["the harbour was closed", "it would stay closed"]
    assert {s.speaker for s in found} == {"a1"}


def test_statement_within_a_statement(told: dict[str, Analysis]) -> None:
    _, found = said(told, "nested")
    outer, inner = sorted(found, key=lambda s: s.content.start)
    assert (outer.speaker, inner.speaker) == ("a1", "a2")
    assert inner.within == outer.id
    assert outer.within is None


def test_two_speakers_make_two_statements(told: dict[str, Analysis]) -> None:
    _, found = said(told, "both")
    assert {s.speaker for s in found} == {"a1", "a2"}
    assert len({s.content for s in found}) == 1


def test_spokesman_speaks_for_the_body(told: dict[str, Analysis]) -> None:
    text = REPORTS["spokesman"]
    board = as_kind(named(text, "Harbour Board"), "organization")
    aide = Actor("a9", "spokesman", "person", None, named(text, "spokesman")[0].mentions)
    assert [s.speaker for s in statements(replace(told["spokesman"], actors=(*board, aide)))] == ["a1"]


def test_report_without_reading_or_actors() -> None:
    assert statements(analysis_of("Ana Ruiz said no.")) == ()


@pytest.mark.parametrize("group", read_table("speech.yaml")["verbs"], ids=lambda g: g["example"][:40])
def test_table_examples(group: dict[str, str], examples: dict[str, Analysis]) -> None:
    example = unmarked(group["example"])
    speaker = Actor("a1", example.span("s").of(example.text), "person", None, (example.span("s"),))
    found = statements(replace(examples[example.text], actors=(speaker,)))
    assert [(s.speaker, s.cue, s.content) for s in found] == [("a1", example.span("q"), example.span("c"))]


def test_the_part_of_a_clause_that_describes_the_speaker_is_left_out() -> None:
    reading = tree("""
        Gates NNS 2 nsubj
        closed VBD 4 ccomp
        , . 2 punct
        said/say VBD 0 root
        Ana NNP 4 nsubj
        Ruiz NNP 5 flat
        , . 8 punct
        mayor NN 1 appos
        of IN 10 case
        Lima NNP 8 nmod
        . . 4 punct""")
    assert without_apposition(reading, ((0, 2), (7, 10)), 3, 4) == ((0, 2),)
    assert without_apposition(reading, ((0, 2),), 3, 4) == ((0, 2),)


def test_quotation_marks() -> None:
    reading = tree("""
        " . 2 punct
        Wait VB 0 root
        " . 2 punct
        said/say VBD 2 parataxis
        Ana NNP 4 nsubj

        “ . 2 punct
        Open VB 0 root
        end NN 2 obj

        Next JJ 2 amod
        line NN 0 root""")
    assert [(q.first, q.last) for q in find_quotes(reading)] == [(1, 2), (6, 8)]


def test_apostrophe_opens_nothing() -> None:
    reading = tree("""
        workers NNS 3 nmod:poss
        ' POS 1 case
        strike NN 0 root""")
    assert find_quotes(reading) == ()


CUED = """
Ruiz NNP 2 nsubj
{0} VBD 0 root
{1} 4 det
closure/closure NN 2 obj
of/of IN 7 case
the/the DT 7 det
port/port NN 4 nmod"""


@pytest.mark.parametrize(
    ("cue", "first", "score", "count"),
    [
        ("demanded/demand", "the/the DT", 0.9, 1),
        ("demanded/demand", "the/the DT", 0.2, 0),
        ("demanded/demand", "a/a DT", 0.9, 1),
        ("announced/announce", "the/the DT", 0.9, 1),
        ("announced/announce", "a/a DT", 0.9, 1),
        ("condemned/condemn", "the/the DT", 0.9, 0),
        ("accused/accuse", "hiding/hide VBG", 0.9, 1),
        ("accused/accuse", "the/the DT", 0.9, 0),
        ("urged/urge", "to/to TO", 0.9, 0),
        ("called/call", "the/the DT", 0.9, 0),
        ("called/call", "for/for IN", 0.9, 1),
    ],
)
def test_what_the_network_takes_for_said_without_a_clause(cue: str, first: str, score: float, count: int) -> None:
    analysis = report(CUED.format(cue, first))
    assert analysis.reading is not None
    speaker, content = Chunk(0, 1, "speaker", score), Chunk(2 + first.startswith("for"), 7, "content", score)
    candidate = StatementCandidate(Chunk(1, 2, "cue", score), speaker, content)
    actors = named(analysis.document.text, "Ruiz")
    assert (
        len(statements(replace(analysis, reading=replace(analysis.reading, statements=(candidate,)), actors=actors))) == count
    )


@pytest.mark.parametrize(
    ("name", "who", "kind", "count"),
    [("unnamed", "Fishermen", "group", 2), ("unresolved", "He", "person", 1), ("paper", "Reports", "group", 1)],
)
def test_speakers_whom_nobody_resolved_stand_under_the_words_of_the_report(
    told: dict[str, Analysis], name: str, who: str, kind: str, count: int
) -> None:
    found, actors = spoken(told[name])
    assert [(a.id, a.name, a.kind, len(a.mentions)) for a in actors] == [("a1", who, kind, count)]
    assert [s.speaker for s in found] == ["a1"] * count


def test_an_accusation_says_what_it_accuses_of(told: dict[str, Analysis]) -> None:
    text, found = said(told, "accused")
    assert [(s.speaker, s.content.of(text)) for s in found] == [("a1", "closing the harbour")]


def test_a_statement_within_a_quotation(told: dict[str, Analysis]) -> None:
    _, found = said(told, "quoted twice")
    assert {s.speaker: s.within for s in found} == {"a1": None, "a2": found[0].id}


def test_labels_name_the_speakers_of_a_transcript(told: dict[str, Analysis]) -> None:
    text = REPORTS["transcript"]
    (ruiz, haddad) = named(text, "Ana Ruiz", "Omar Haddad")
    again = text.index("RUIZ")
    actors = (replace(ruiz, mentions=(*ruiz.mentions, Span(again, again + 4))), haddad)
    found = statements(replace(told["transcript"], actors=actors))
    assert [(s.speaker, s.content.of(text)) for s in found] == [("a1", "We will open the harbour in May")]


def test_a_name_behind_a_quotation_signs_it(told: dict[str, Analysis]) -> None:
    text, found = said(told, "signed", "Omar Haddad")
    assert [(s.speaker, s.content.of(text)) for s in found] == [("a1", "The harbour is a disgrace.")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway has yet to say when the port will open.",
        "The clerk asked not to be named.",
    ],
)
def test_what_nobody_said_is_no_statement(text):
    assert read(text).statements == ()


def test_an_answer_is_that_of_who_answers():
    record = read("Asked whether Chile would support a raid on Peru, Carlos Ruiz answered: “That is not on the table.”")
    (said,) = record.statements
    assert record.names((said.speaker,)) == ("Carlos Ruiz",)


def test_a_relative_clause_ends_what_is_said_in_it():
    text = "Chile says Peru, which denies the charge, had been arming the rebels."
    assert {s.content.of(text) for s in read(text).statements if s.cue and s.cue.of(text) == "denies"} == {"the charge"}


def test_what_a_claim_is_called_is_not_what_it_claims():
    record = read("The port is open, Peru said, a claim that Chile called false.")
    assert [record.names((s.speaker,)) for s in record.statements] == [("Peru",)]


def test_who_speaks_too_is_no_medium():
    record = read("Ana Ruiz and Reuters said in an interview with Reuters that the port was closed.")
    assert [s.medium for s in record.statements] == [None, None]
