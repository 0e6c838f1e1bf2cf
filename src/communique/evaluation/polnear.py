"""Who said what, on PolNeAR (Newell, Margolin and Ruths 2018): news reports with source, cue and content of attributions.

A folder or a tar file of it: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat). A content is found when the content
of a statement shares at least half of the shorter of the two; each counts once. A source is right when a mention of the speaker
overlaps it. Where several people annotated a report, the first of them by name counts. Attributions without a content are left
out.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.tally import pair
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.events import Statement
from communique.types.record import Record
from communique.types.text import Span

_SPAN = re.compile(r"(\d+) (\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The spans of a content, in order, and those of its source, if it has one."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A report with its attributions."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def load(path: Path) -> list[Attributed]:
    """The reports of a folder or tar file, by name. Raises DataError where it has another form."""
    try:
        files = dict(_files(path))
    except (OSError, tarfile.TarError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path}: can't be read as PolNeAR ({error}); give the folder or tar file of one of its parts"
        ) from None
    texts = {PurePosixPath(name).stem: text for name, text in files.items() if name.endswith(".txt")}
    notes: dict[str, str] = {}
    for name in sorted(name for name in files if name.endswith(".ann")):
        notes.setdefault(PurePosixPath(name).stem.rpartition("_")[0], files[name])
    found = [Attributed(name, texts[name], tuple(parse(notes[name]))) for name in sorted(texts) if name in notes]
    if not found:
        raise DataError(f"{path}: holds no text/NAME.txt with attributions/NAME_ANNOTATOR.ann; give a part of PolNeAR")
    return found


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in (".txt", ".ann"):
                yield str(file), file.read_bytes().decode("utf-8")
        return
    with tarfile.open(path) as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None and member.name.endswith((".txt", ".ann")):
                yield member.name, held.read().decode("utf-8")


def parse(notes: str) -> Iterator[Attribution]:
    """The attributions of a brat file."""
    spans: dict[str, tuple[Span, ...]] = {}
    for line in notes.splitlines():
        if line.startswith("T"):
            ident, described, *_ = line.split("\t")
            spans[ident] = tuple(Span(int(a), int(b)) for a, b in _SPAN.findall(described))
    for line in notes.splitlines():
        if line.startswith("E"):
            parts = [part.split(":") for part in line.split("\t")[1].split()]
            content = tuple(s for kind, ident in parts if kind.startswith("Content") for s in spans.get(ident, ()))
            source = tuple(s for kind, ident in parts if kind.startswith("Source") for s in spans.get(ident, ()))
            if content:
                yield Attribution(tuple(sorted(content)), source)


def evaluate(path: Path) -> dict[str, float]:
    """Precision, recall and F1 of contents, and the share of right sources among the contents found that have one."""
    reports = load(path)
    from_string = registry.find(registry.SOURCES, "string")
    wanted = given = found = sourced = right = 0
    for report, record in zip(reports, build(Settings()).read(from_string(r.text) for r in reports), strict=True):
        wanted += len(report.attributions)
        if isinstance(record, Failed):
            continue
        told = _told(record)
        given += len(told)
        pairs, _ = pair(report.attributions, told, lambda a, s: _shared(a.content, s.content_spans or (s.content,)))
        mentions = {actor.id: actor.mentions for actor in record.actors}
        for attribution, statement in pairs:
            found += 1
            sourced += bool(attribution.source)
            held = mentions.get(statement.speaker or "", ())
            right += any(m.overlap(s) for m in held for s in attribution.source)
    return {
        "polnear_content_precision": found / (given or 1),
        "polnear_content_recall": found / (wanted or 1),
        "polnear_content_f1": 2 * found / (given + wanted or 1),
        "polnear_source": right / (sourced or 1),
        "polnear_reports": float(len(reports)),
    }


def _told(record: Record) -> list[Statement]:
    """The statements, one for each content: where several say the same, the first."""
    return list({(s.content, s.content_spans): s for s in reversed(record.statements)}.values())


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """The share of the shorter of two contents that both hold; 0 where it is less than half."""
    both = sum(a.overlap(b) for a in one for b in other)
    shorter = min(sum(s.end - s.start for s in spans) for spans in (one, other))
    share = both / (shorter or 1)
    return share if share >= 0.5 else 0.0
