"""`communique watch`: a line for each report that came in, errors one a line."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from communique.cli.reading import complaint
from communique.cli.views import words
from communique.config import load
from communique.pipeline.stopping import Stop, Stopped
from communique.pipeline.watch import Kept, Missed, make
from communique.store.desk import Desk


def watch_all(what: list[str], folder: Path, minutes: float, once: bool, **given: object) -> int:
    """Follow each source for the desk in a folder until told to stop, or once; the exit code: 0, or 1 when something could
    not be read in the one look."""
    settings = load(**given)
    missed = False
    with Stop() as stop:
        try:
            with Desk(folder) as desk:
                watch = make(what, desk, settings, minutes, stop)
                with closing(watch.once() if once else watch.follow()) as found:
                    for one in found:
                        missed = missed or isinstance(one, Missed)
                        show(one)
        except Stopped:
            return 0
    return 1 if missed else 0


def show(one: Kept | Missed) -> None:
    """Print what was kept to the standard output, what was missed to the standard error."""
    when = datetime.fromtimestamp(one.when).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(one, Missed):
        again = f" (next try {datetime.fromtimestamp(one.again):%Y-%m-%d %H:%M})" if one.again is not None else ""
        print(f"{when}  {words(complaint(one.failed))}{again}", file=sys.stderr, flush=True)
        return
    record, version = one.record, one.version
    title = words(record.document.title or record.document.text.strip().partition("\n")[0])
    title = title if len(title) <= 80 else title[:79] + "…"
    counts = f"{_number(len(record.events), 'event')}, {_number(len(record.statements), 'statement')}"
    changed = f", version {version.number}" if version.number > 1 else ""
    print(f"{when}  {words(record.document.source)}  {title}  {counts}{changed}", flush=True)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
