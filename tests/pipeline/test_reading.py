"""The whole way, from reports of our own wording to their records: only what a reader would not dispute."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import communique
from communique.types.analysis import Failed
from communique.types.events import Event
from communique.types.record import Record

REPORTS = {
    "visit": (
        "NAIROBI, 3 March 2025 – The president of Kenya will visit Ghana on Tuesday, his office said on Monday.\n\n"
        "It is the first such trip in six years. Farmers in both countries expect little from it.\n"
    ),
    "denial": (
        "ANKARA, 4 June 2024 – Turkey did not attack Greece, the defence ministry in Ankara said on Tuesday.\n\n"
        "Fishermen had spoken of a loud noise at sea the night before.\n"
    ),
    "sanction": (
        "The European Union imposed sanctions on Belarus on Monday.\n\n"
        "The measures cover timber and steel. Shops in Minsk were open as usual.\n"
    ),
    "arrest": (
        "ABUJA, 6 March 2025 – Police in Nigeria arrested three journalists on Wednesday.\n\n"
        "Their newspaper had printed a letter about road works. It is sold in the north.\n"
    ),
    "claim": (
        "Ukraine's army said on Thursday that Russian forces had shelled Kharkiv.\n\n"
        "The city has been quiet for weeks. Its markets are full again.\n"
    ),
    "meeting": (
        "BERLIN, 7 June 2024 – French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Friday.\n\n"
        "Neither of them took questions. It had rained all day.\n"
    ),
    "protest": (
        "Thousands of teachers protested against the government of Chile in Santiago on Sunday.\n\n"
        "They want smaller classes. Buses ran late.\n"
    ),
    "threat": "North Korea threatened to attack South Korea on Monday.\n\nShares in Seoul fell a little.\n",
    "quiet": (
        "The old library of Bergen has a new roof. It is made of slate and should last for a century.\n\n"
        "Readers liked the smell of the old one. The doors open at nine.\n"
    ),
}


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return {name: communique.read(text) for name, text in REPORTS.items()}


def only(record: Record, plover: str) -> Event:
    (event,) = [e for e in record.events if e.plover == plover]
    return event


def countries(record: Record, ids: Sequence[str]) -> list[str | None]:
    return [a.country for i in ids for a in record.actors if a.id == i]


def days(event: Event) -> list[str]:
    assert event.when is not None and event.when.interval is not None
    return [event.when.interval.start.isoformat(), event.when.interval.end.isoformat()]


def test_a_visit_to_come(records: dict[str, Record]) -> None:
    record = records["visit"]
    event = only(record, "CONSULT")
    assert (event.mode, event.status, event.cameo) == ("visit", "planned", "036")
    assert countries(record, event.actor) == ["KEN"]
    (host,) = [a for a in record.actors if a.id in event.recipient]
    assert (host.name, host.kind) == ("Ghana", "state")
    assert days(event) == ["2025-03-04", "2025-03-05"]
    assert len(record.events) == 1


def test_an_attack_that_is_denied(records: dict[str, Record]) -> None:
    record = records["denial"]
    event = only(record, "ASSAULT")
    assert event.status == "denied"
    assert record.names(event.actor) == ("Turkey",) and record.names(event.recipient) == ("Greece",)
    (statement,) = record.statements
    assert event.statement == statement.id and event.denied_by == (statement.speaker,) and event.attributed_to == ()
    assert statement.content.of(record.document.text) == "Turkey did not attack Greece"
    assert statement.speaker is not None and countries(record, [statement.speaker]) == ["TUR"]


def test_sanctions(records: dict[str, Record]) -> None:
    event = only(records["sanction"], "SANCTION")
    assert event.status == "happened" and event.attributed_to == ()
    assert records["sanction"].names(event.actor) == ("European Union",)
    assert records["sanction"].names(event.recipient) == ("Belarus",)
    assert "sanctions" in event.trigger.of(records["sanction"].document.text)


def test_an_arrest(records: dict[str, Record]) -> None:
    record = records["arrest"]
    event = only(record, "COERCE")
    assert (event.mode, event.status) == ("arrest", "happened")
    assert countries(record, event.actor) == ["NGA"]
    assert "journalists" in " ".join(record.names(event.recipient))
    assert days(event) == ["2025-03-05", "2025-03-06"]


def test_a_claim_is_its_speakers(records: dict[str, Record]) -> None:
    record = records["claim"]
    event = only(record, "ASSAULT")
    assert event.status == "happened"
    assert countries(record, event.actor) == ["RUS"] and countries(record, event.attributed_to) == ["UKR"]
    (statement,) = record.statements
    assert statement.kind == "indirect" and statement.events == (event.id,)
    assert statement.content.of(record.document.text) == "Russian forces had shelled Kharkiv"


def test_a_meeting_has_both_sides_in_both_lists(records: dict[str, Record]) -> None:
    record = records["meeting"]
    event = only(record, "CONSULT")
    assert set(record.names(event.actor)) == {"Emmanuel Macron", "Olaf Scholz"}
    assert set(event.recipient) == set(event.actor)
    assert event.where is not None and event.where.name == "Berlin"
    assert days(event) == ["2024-06-07", "2024-06-08"]


def test_a_protest(records: dict[str, Record]) -> None:
    record = records["protest"]
    event = only(record, "PROTEST")
    assert event.status == "happened"
    assert "CHL" in countries(record, event.recipient)
    assert event.where is not None and event.where.name == "Santiago"


def test_a_threat_has_happened_though_the_attack_has_not(records: dict[str, Record]) -> None:
    record = records["threat"]
    event = only(record, "THREATEN")
    assert event.status == "happened"
    assert record.names(event.actor) == ("North Korea",) and record.names(event.recipient) == ("South Korea",)
    assert all(e.status != "happened" for e in record.events if e.plover == "ASSAULT")


def test_nothing_happens_in_a_report_of_nothing(records: dict[str, Record]) -> None:
    assert records["quiet"].events == () and records["quiet"].statements == ()


def test_the_same_record_alone_and_among_others(records: dict[str, Record], tmp_path) -> None:
    files = []
    for name, text in reversed(REPORTS.items()):
        files.append(tmp_path / f"{name}.txt")
        files[-1].write_text(text, encoding="utf-8")
    for file, record in zip(files, communique.read_many(files), strict=True):
        assert not isinstance(record, Failed)
        alone = records[file.stem]
        assert (record.events, record.statements, record.actors) == (alone.events, alone.statements, alone.actors)


def test_a_dropped_line_is_in_no_evidence() -> None:
    text = (
        "The European Union imposed sanctions on Belarus and on its northern\n\n"
        "Advertisement\n\n"
        "ports on Monday.\n\nShips were sent home. The harbour master said that he knew nothing of it.\n"
    )
    record = communique.read(text)
    gone = [d.span for d in record.document.dropped]
    assert [s.of(text) for s in gone] == ["Advertisement"]
    assert record.events
    spans = [s for e in record.events for s in (*e.evidence, e.trigger)]
    assert not any(s.overlap(g) for s in spans for g in gone)


def test_explain_lists_what_was_not_taken() -> None:
    record = communique.read(REPORTS["threat"], explain=True)
    assert record.explain is not None
    assert {r.event for r in record.explain.events} == {e.id for e in record.events}
    assert all(r.why.startswith(e.plover) for r, e in zip(record.explain.events, record.events, strict=True))
    text = "Norland’s minister may one day apply for a loan. The bank is closed for the week.\n\nNobody has asked it yet."
    record = communique.read(text, explain=True)
    assert record.explain is not None
    taken = {e.trigger for e in record.events}
    assert all(c.trigger not in taken and "is below" in c.reason for c in record.explain.rejected)
    assert record.explain.rejected
