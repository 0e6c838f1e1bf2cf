"""Reports of our own wording in `pairs/`: for each of ten happenings the original, copies of it, the same told independently,
and another happening in the same turns of phrase."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from communique.types.stories import Told
from communique.types.text import Interval

PAIRS = Path(__file__).with_name("pairs")


def told(document: str, text: str, publisher: str | None = None, day: date | None = None, **more) -> Told:
    text_id = hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:32]
    published = Interval(day, day + timedelta(days=1)) if day else None
    return Told(document, text_id, text, text.partition("\n")[0], publisher, published, **more)


def read_happening(path: Path) -> dict[str, Told]:
    """The reports of one happening. Of `trimmed` the file has how many paragraphs are left, of `retitled` the headline."""
    parts = re.split(r"(?m)^== (.*)$", path.read_text(encoding="utf-8"))[1:]
    found: dict[str, Told] = {}
    for head, body in zip(parts[::2], parts[1::2], strict=True):
        kind, publisher, day, *count = (word.strip() for word in head.split("|"))
        title, *paragraphs = found["original"].text.split("\n\n") if found else ("",)
        text = {
            "exact": "\n\n".join((title, *paragraphs)),
            "trimmed": "\n\n".join((title, *paragraphs[: int(count[0]) if count else 0])),
            "retitled": "\n\n".join((body.strip(), *paragraphs)),
        }.get(kind, body.strip())
        found[kind] = told(f"{path.stem}-{kind}", text, publisher, date.fromisoformat(day))
    return found


@pytest.fixture(scope="session")
def happenings() -> dict[str, dict[str, Told]]:
    return {path.stem: read_happening(path) for path in sorted(PAIRS.glob("*.txt"))}
