"""Reports read with a user's codebook: codings in the record, and no cost without one."""

from __future__ import annotations

from pathlib import Path

import communique
from communique.config import Settings
from communique.pipeline.stages import make
from communique.types.record import Record

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOK = EXAMPLES / "pressure.codebook.yaml"


def test_codings_have_what_events_have() -> None:
    record = communique.read(EXAMPLES / "pressure.txt", codebook=BOOK)
    found = {c.type: c for c in record.codings}
    assert set(found) == {"BORDER_CLOSURE", "CYBER_ATTACK", "ENERGY_CUTOFF", "PRISONER_SWAP"}
    border, energy, swap = (found[k] for k in ("BORDER_CLOSURE", "ENERGY_CUTOFF", "PRISONER_SWAP"))
    assert [c.id for c in record.codings] == [f"c{i}" for i in range(1, len(record.codings) + 1)]
    assert border.codebook == "pressure@1" and (border.by, border.score) == ("pattern", 0.9)
    assert (record.names(border.actor), record.names(border.recipient)) == (("Russia",), ("Finland",))
    assert border.when is not None and border.when.interval is not None and str(border.when.interval.start) == "2024-03-11"
    assert energy.status == "uncertain" and record.names(energy.attributed_to) == ("diplomats",)
    assert set(record.names(swap.actor)) == set(record.names(swap.recipient)) == {"Russia", "Ukraine"}
    assert found["CYBER_ATTACK"].by == "likeness"
    events = {e.id: e for e in record.events}
    assert border.event is not None and events[border.event].trigger.overlap(border.trigger)
    assert Record.from_json(record.to_json()) == record


def test_nothing_is_asked_for_without_a_codebook() -> None:
    record = communique.read(EXAMPLES / "pressure.txt")
    assert record.codings == () and record.to_dict()["codings"] == []
    stages = {stage.name: stage for stage in make(Settings())}
    assert not stages["annotate"].vectors and stages["coding"].book is None  # type: ignore[attr-defined]


def test_events_are_the_same_with_a_codebook() -> None:
    plain, coded = (communique.read(EXAMPLES / "pressure.txt", codebook=b) for b in (None, BOOK))
    assert plain.events == coded.events and plain.statements == coded.statements
