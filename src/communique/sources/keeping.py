"""Keeps originals beside the record: the bytes that a report was taken from, under their SHA-256."""

from __future__ import annotations

import shutil
from pathlib import Path

from communique.errors import UsageError
from communique.sources.inputs import Input


def keep(given: Input, digest: str, folder: Path) -> Path:
    """Write the bytes of an input to `folder/DI/DIGEST` (DI: its first two digits), unless they are there; whole or not at
    all. Raises UsageError when the folder can't be written to."""
    path = folder / digest[:2] / digest
    if path.exists():
        return path
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        at = given.stream.tell()
        given.stream.seek(0)
        with draft.open("wb") as file:
            shutil.copyfileobj(given.stream, file, 1 << 20)
        given.stream.seek(at)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{folder}: originals can't be kept there ({error.strerror}); check the folder and the disk") from None
    return path
