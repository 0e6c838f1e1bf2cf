"""What one run learns, the next one uses. All reports are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.config import Settings
from communique.errors import UsageError
from communique.ontology.knowledge import read_knowledge
from communique.pipeline import build
from communique.pipeline.who import who_in_registry, who_in_report
from communique.sources.text import from_string
from communique.types.record import Record

FIRST = (
    "LIMA, 3 March 2025 – Peruvian foreign minister Ana Quispe met Chile's president in Lima on Monday.\n\n"
    "Reports say that Juan Berg may become defence minister of Peru. It rained.\n"
)
LATER = "OSLO, 9 April 2025 – Ana Quispe spoke in Oslo on Wednesday.\n\nThe weather in Norway was fine.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, text in {"first": FIRST, "later": LATER}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def read(desk: Path, name: str, knowledge: Path | None) -> Record:
    (record,) = build(Settings(knowledge=knowledge)).read([desk / f"{name}.txt"])
    assert isinstance(record, Record)
    return record


def test_an_office_is_offered_to_later_reports_with_its_source(desk: Path) -> None:
    knowledge = desk / "knowledge.jsonl"
    first = read(desk, "first", knowledge)
    quispe = next(a for a in first.actors if a.name == "Ana Quispe")
    assert [(o.name, o.title, o.of) for o in read_knowledge(knowledge).lessons] == [("Ana Quispe", "foreign minister", "PER")]

    again = read(desk, "first", knowledge)  # its own lesson changes nothing
    assert next(a for a in again.actors if a.name == "Ana Quispe") == quispe
    assert len(read_knowledge(knowledge).lessons) == 1

    alone, told = (next(a for a in read(desk, "later", k).actors if a.name == "Ana Quispe") for k in (None, knowledge))
    assert alone.country != "PER" and alone.resolved_by != "registry"
    assert (told.country, told.resolved_by) == ("PER", "registry")
    assert f"foreign minister of PER 2025-03-03– (learned from {desk / 'first.txt'}, 2025-03-03" in told.why
    assert len(read_knowledge(knowledge).lessons) == 1, "what was only looked up is not learned again"


def test_documents_read_one_by_one_teach_the_next(desk: Path) -> None:
    pipeline = build(Settings(knowledge=desk / "knowledge.jsonl"))
    results = [pipeline.read_one(from_string(text)) for text in (FIRST, LATER)]
    countries = [a.country for r in results if isinstance(r, Record) for a in r.actors if a.name == "Ana Quispe"]
    assert countries == ["PER", "PER"]


def test_one_pipeline_uses_between_runs_what_it_learned(desk: Path) -> None:
    pipeline = build(Settings(knowledge=desk / "knowledge.jsonl"))
    next(pipeline.read([desk / "first.txt", desk / "later.txt"]))  # stopped after the first, which counts all the same
    (later,) = pipeline.read([desk / "later.txt"])
    assert isinstance(later, Record)
    assert next(a for a in later.actors if a.name == "Ana Quispe").country == "PER"


def test_no_folder_for_it_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such folder to keep what is learned"):
        build(Settings(knowledge=tmp_path / "none" / "knowledge.jsonl"))


def test_who_asks_the_report_and_the_desk(desk: Path) -> None:
    knowledge = desk / "knowledge.jsonl"
    read(desk, "first", knowledge)
    document, (answer,) = who_in_report("Quispe", desk / "later.txt", Settings(knowledge=knowledge))
    assert answer.quotes[0][1].of(document.text) == "Ana Quispe"
    assert answer.decision.taken is not None and answer.decision.taken.entry.country == "PER"
    (candidate,) = who_in_registry("Ana Quispe", Settings(knowledge=knowledge)).decision.candidates
    assert candidate.entry.country == "PER"
