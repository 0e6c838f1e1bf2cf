"""Judgements in the table of a desk."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from communique.store.lake import Lake
from communique.store.tables import SCHEMAS
from communique.types.incidents import Anchor, Judgement

_NAMES = pa.list_(pa.string())
EVENTS = pa.schema([*SCHEMAS["events"], pa.field("corrected_by", _NAMES), pa.field("confirmed_by", _NAMES)])
"""The columns of `events` as they are judged."""

_SAME = ("id", "made", "by", "kind", "why", "undoes")


def schema_of(table: str) -> pa.Schema:
    """The columns that a table of a desk has when judgements are applied."""
    return EVENTS if table == "events" else SCHEMAS[table]


def keep(lake: Lake, judgement: Judgement) -> None:
    """Add a judgement to a desk."""
    first, other = judgement.anchor, judgement.other
    row = {name: getattr(judgement, name) for name in _SAME} | {
        "text_id": first and first.text_id,
        "trigger_start": first and first.start,
        "trigger_end": first and first.end,
        "other_text_id": other and other.text_id,
        "other_start": other and other.start,
        "other_end": other and other.end,
        "change": json.dumps(dict(judgement.change), ensure_ascii=False) if judgement.change else None,
    }
    lake.append("judgements", [row])


def kept(lake: Lake) -> list[Judgement]:
    """All judgements of a desk, also those that were undone."""
    return [judgement_of(row) for row in lake.rows("judgements", SCHEMAS["judgements"].names).to_pylist()]


def judgement_of(row: dict[str, Any]) -> Judgement:
    """The judgement that a row of the table has."""
    return Judgement(
        **{name: row[name] for name in _SAME},
        anchor=_anchor(row["text_id"], row["trigger_start"], row["trigger_end"]),
        other=_anchor(row["other_text_id"], row["other_start"], row["other_end"]),
        change=tuple(json.loads(row["change"]).items()) if row["change"] else (),
    )


def _anchor(text_id: str | None, start: int, end: int) -> Anchor | None:
    return Anchor(text_id, start, end) if text_id is not None else None
