"""`communique export`: writes a format and reports what it could not carry on the standard error."""

from __future__ import annotations

import sys
from pathlib import Path

from communique.errors import UsageError


def export(format: str, desk: str | None, records: Path | None, out: Path, **asked: object) -> None:
    """Export a desk, or a file of records, to a file, or to the standard output for `-`, with what the format is asked for."""
    from communique.pipeline.exporting import export_desk, export_records

    options = {name: value for name, value in asked.items() if value}
    target = None if str(out) == "-" else out
    if desk is not None and records is None:
        loss = export_desk(format, desk, target, **options)
    elif records is not None and desk is None:
        loss = export_records(format, records, target, **options)
    else:
        raise UsageError("export: name what to export: either a desk with --desk, or a file of records with --records")
    print(*loss.lines(), sep="\n", file=sys.stderr)
