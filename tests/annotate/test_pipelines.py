"""Another spaCy pipeline in place of ours: what it must do, and that reports are coded from its tags and arcs alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import communique
from communique.annotate import Annotator
from communique.annotate.component import GRAPH, our_pipeline
from communique.errors import UsageError
from communique.types.analysis import Analysis
from communique.types.record import Record
from communique.types.text import Document, Passage, Span


@Language.component("without_event_graph")
def without_event_graph(doc: Doc) -> Doc:
    """Leaves what any spaCy pipeline gives: tags, arcs, entities."""
    del doc.user_data[GRAPH]
    return doc


@Language.component("arcs_alone")
def arcs_alone(doc: Doc) -> Doc:
    """A parser without a tagger."""
    for token in doc:
        token.head, token.dep_ = doc[0], "dep" if token.i else "ROOT"
    return doc


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline without an event graph, as spaCy stores them."""
    nlp = our_pipeline()
    nlp.add_pipe("without_event_graph")
    path = tmp_path_factory.mktemp("pipelines") / "plain"
    nlp.to_disk(path)
    return str(path)


def passage(text: str) -> Analysis:
    return Analysis(Document("d", "t", "made-up", text), (Passage((Span(0, len(text)),)),))


def test_reading_tells_where_it_is_from_and_has_no_event_graph(plain: str) -> None:
    text = "Norland’s envoy met rebels in Lima."
    (theirs,), (ours,) = Annotator(plain)([passage(text)]), Annotator()([passage(text)])
    assert isinstance(theirs, Analysis) and theirs.reading is not None
    assert isinstance(ours, Analysis) and ours.reading is not None
    assert theirs.reading.origin == plain
    assert not theirs.reading.has_event_graph and theirs.reading.events == theirs.reading.statements == ()
    assert theirs.reading.tokens == ours.reading.tokens and theirs.reading.entities == ours.reading.entities


REPORT = (
    "Police in Nigeria arrested three journalists on Wednesday.\n\n"
    "The president of Ghana will visit Kenya next week. Peru did not attack Chile, a minister in Lima said.\n"
)


def told(record: Record) -> dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    text = record.document.text
    return {e.trigger.of(text): (e.plover, e.status, record.names(e.actor), record.names(e.recipient)) for e in record.events}


def test_reports_are_coded_by_patterns(plain: str) -> None:
    record = communique.read(REPORT, pipeline=plain, explain=True)
    events = told(record)
    assert events["arrested"][:2] == ("COERCE", "happened")
    assert events["visit"][:2] == ("CONSULT", "planned") and events["visit"][3] == ("Kenya",)
    assert events["attack"] == ("ASSAULT", "denied", ("Peru",), ("Chile",))
    assert [record.document.text[s.content.start : s.content.end] for s in record.statements] == ["Peru did not attack Chile"]
    assert record.explain is not None
    assert all("network" not in reason.why and "patterns" in reason.why for reason in record.explain.events)


@pytest.mark.parametrize("component", [None, "arcs_alone", "sentencizer"])
def test_a_pipeline_must_parse_and_tag(component: str | None, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    if component:
        nlp.add_pipe(component)
    nlp.to_disk(tmp_path / "weak")
    with pytest.raises(UsageError, match=r"does not parse and tag: it gives no .*UPOS") as caught:
        communique.read(REPORT, pipeline=str(tmp_path / "weak"))
    assert "weak" in str(caught.value)


def test_a_pipeline_must_be_there() -> None:
    with pytest.raises(UsageError, match="no_such_pipeline: no such spaCy pipeline"):
        communique.read(REPORT, pipeline="no_such_pipeline")
