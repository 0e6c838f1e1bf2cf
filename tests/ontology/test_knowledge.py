"""What a desk has learned: its file, its lookups, and what a record teaches. All reports are made up."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from communique.errors import DataError
from communique.ontology.knowledge import Knowledge, Lesson, read_knowledge, write_knowledge
from communique.ontology.lessons import learn
from communique.ontology.tables import read_rows
from communique.types.entities import Actor, ActorKind, Role
from communique.types.events import Statement
from communique.types.record import Record
from communique.types.text import Document, Interval, Published, Span

DAY = date(2024, 5, 14)


def lesson(name: str, seen: date = DAY, document: str = "d1", office: str = "foreign minister", of: str = "PER") -> Lesson:
    return Lesson("office", name, office, of, seen, document, "desk/1.txt", office, 4, 4 + len(office), country=of)


def test_the_file_keeps_every_lesson(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.jsonl"
    alias = Lesson("alias", "Sun and Sea Union", "SSU", None, DAY, "d2", "b.txt", "SSU", 5, 8, "NRL", "organization")
    write_knowledge(Knowledge([lesson("Ana Quispe"), alias]), path)
    write_knowledge(Knowledge([lesson("Luis Rojas")]), path)  # as another run that began before the first ended
    assert read_knowledge(path).lessons == (lesson("Ana Quispe"), alias, lesson("Luis Rojas"))
    assert [p.name for p in tmp_path.iterdir()] == ["knowledge.jsonl"]


def test_no_file_is_no_knowledge(tmp_path: Path) -> None:
    assert read_knowledge(tmp_path / "none").lessons == ()


@pytest.mark.parametrize("line", ["no json", "[]", '{"kind": "office"}', json.dumps({"kind": "rumour", "name": "x"})])
def test_a_line_that_is_no_lesson_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "knowledge.jsonl"
    write_knowledge(Knowledge([lesson("Ana Quispe")]), path)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"knowledge.jsonl, line 2: no lesson"):
        read_knowledge(path)


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, tmp_path / "bytes"):
        with pytest.raises(DataError, match=r"can't be read as what a desk has learned"):
            read_knowledge(path)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "knowledge.jsonl"
    write_knowledge(Knowledge([lesson("Ana Quispe")]), path)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_knowledge(Knowledge([lesson("Luis Rojas")]), path)
    assert read_knowledge(path).lessons == (lesson("Ana Quispe"),)
    assert [p.name for p in tmp_path.iterdir()] == ["knowledge.jsonl"]


def test_offices_run_from_the_day_they_were_seen() -> None:
    known = Knowledge([lesson("Ana Quispe")])
    assert [o.holder.name for o in known.offices("foreign-minister", "PER", DAY)] == ["Ana Quispe"]
    assert known.offices("foreign-minister", "PER", DAY - timedelta(days=1)) == ()
    (name,) = known.names("quispe")
    assert (name.use, name.entry.country, name.entry.sectors) == ("surname", "PER", ("GOV",))
    assert known.terms_of(name.entry.id)[0].source.startswith("learned from desk/1.txt, 2024-05-14; against the tables")


def test_a_later_holder_ends_the_term_of_the_earlier() -> None:
    later = DAY + timedelta(days=90)
    known = Knowledge([lesson("Ana Quispe"), lesson("Luis Rojas", later, "d2")])
    assert [o.holder.name for o in known.offices("foreign-minister", "PER", later)] == ["Luis Rojas"]
    again = Knowledge([*known.lessons, lesson("Ana Quispe", later + timedelta(days=9), "d3")])
    assert {o.holder.name for o in again.offices("foreign-minister", "PER", later)} == {"Ana Quispe", "Luis Rojas"}


def test_what_one_document_taught_can_be_left_out() -> None:
    known = Knowledge([lesson("Ana Quispe"), lesson("Luis Rojas", document="d2")])
    assert [o.name for o in known.without("d1").lessons] == ["Luis Rojas"]
    assert known.without("d9") is known


def record(text: str, name: str, office: str, of: str | None, published: int = 1, said: str | None = None) -> Record:
    """A record of one person with one role, its mention the first place of the name, and a statement of the words `said`."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    interval = Interval(DAY, DAY + timedelta(days=published))
    document = Document("d", "t", "new.txt", text, published=Published(interval, "given"))
    actor = Actor("a1", name, "person", of, (span(name),), roles=(Role(office, of, (span(office),)),))
    statements = (Statement("s1", "a1", "indirect", span(said)),) if said else ()
    return Record("0", document, (actor,), statements=statements)


STATED = "The Peruvian foreign minister, Ana Quispe, met nobody. It rained in Lima."


def test_a_stated_office_is_learned_with_its_evidence() -> None:
    (learned,) = learn(Knowledge(), record(STATED, "Ana Quispe", "foreign minister", "PER")).lessons
    assert (learned.name, learned.title, learned.of, learned.seen) == ("Ana Quispe", "foreign minister", "PER", DAY)
    assert STATED[learned.start : learned.end_at] == learned.words == "foreign minister"
    assert (learned.document, learned.source) == ("t", "new.txt")


def test_the_month_of_may_is_not_unsure() -> None:
    told = record("LIMA, 14 May 2024 – " + STATED, "Ana Quispe", "foreign minister", "PER")
    assert len(learn(Knowledge(), told).lessons) == 1


def test_nothing_is_learned_twice_from_one_document() -> None:
    known = learn(Knowledge(), record(STATED, "Ana Quispe", "foreign minister", "PER"))
    assert learn(known, record(STATED, "Ana Quispe", "foreign minister", "PER")) is known


@pytest.mark.parametrize(
    "told",
    [
        record(STATED, "Ana Quispe", "foreign minister", "PER", published=7),
        record(STATED, "Ana Quispe", "foreign minister", "PER", said="The Peruvian foreign minister, Ana Quispe, met nobody"),
        record("The foreign minister, Ana Quispe, slept.", "Ana Quispe", "foreign minister", "PER"),
        record("It was in Peru. The foreign minister, Ana Quispe, slept.", "Ana Quispe", "foreign minister", "PER"),
        record("Peruvian foreign minister Quispe slept.", "Quispe", "foreign minister", "PER"),
        record("Peruvian farmer Ana Quispe slept.", "Ana Quispe", "farmer", "PER"),
        record("The French president, Emmanuel Macron, slept.", "Emmanuel Macron", "president", "FRA"),
        record("Foreign minister Ana Quispe slept.", "Ana Quispe", "oreign minister", None),
    ],
    ids=["no day", "attributed", "no state", "state elsewhere", "no full name", "no office", "in the tables", "of nothing"],
)
def test_what_is_not_sure_is_not_learned(told: Record) -> None:
    assert learn(Knowledge(), told).lessons == ()


@pytest.mark.parametrize(("word", "example"), read_rows("unsure.tsv"))
def test_unsure_words_teach_nothing(word: str, example: str) -> None:
    office = "president" if "president" in example else "foreign minister"
    assert f" {word}" in f" {example.lower()}"
    assert learn(Knowledge(), record(example, "Ana Quispe", office, "PER")).lessons == ()
    sure = f"Ana Quispe, the {office} of Peru, smiled."
    assert len(learn(Knowledge(), record(sure, "Ana Quispe", office, "PER")).lessons) == 1


@pytest.mark.parametrize(("kind", "count"), [("organization", 1), ("group", 1), ("person", 0), ("state", 0)])
def test_acronyms_that_a_report_explains_are_learned(kind: ActorKind, count: int) -> None:
    text = "The Sun and Sea Union (SSU) met."
    document = Document("d", "t", "new.txt", text, published=Published(Interval(DAY, DAY + timedelta(days=1)), "given"))
    actor = Actor("a1", "Sun and Sea Union", kind, "NRL", (Span(4, 21), Span(23, 26)), resolved_by="report")
    learned = learn(Knowledge(), Record("0", document, (actor,)))
    assert [(o.name, o.title) for o in learned.lessons] == [("Sun and Sea Union", "SSU")] * count
    names = [n.entry for n in learned.names("SSU")]
    assert [(e.name, e.kind, e.country) for e in names] == [("Sun and Sea Union", kind, "NRL")] * count
