"""Which documents are older versions of watched reports, by the table `versions` of a desk. They stay, but do not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from communique.store.journal import Version
from communique.store.lake import Lake
from communique.store.tables import Row

KEY = ["report", "number", "document"]


def successors(versions: Iterable[Row], documents: Collection[str]) -> dict[str, str]:
    """The newest version in place of each older one, by rows of `versions`, of documents that are there. What is the newest
    where any report stands, is no older one."""
    held = sorted((row["report"], row["number"], row["document"]) for row in versions if row["document"] in documents)
    newest = {report: document for report, _, document in held}
    current = set(newest.values())
    return {document: newest[report] for report, _, document in held if document not in current}


def successors_on(lake: Lake, documents: Collection[str]) -> dict[str, str]:
    """The same of a desk as it is now. The documents must have been looked up before: each is written before its version."""
    return successors(lake.rows("versions", KEY).to_pylist(), documents)


def row_of(version: Version) -> dict[str, Any]:
    """The row of a version."""
    same = ("report", "number", "document", "text_id", "source", "supersedes")
    return {name: getattr(version, name) for name in same} | {"first": datetime.fromtimestamp(version.first, UTC)}
