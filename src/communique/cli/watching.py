"""`communique watch`: a line for each report that came in, errors one a line."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime

from communique.cli.reading import complaint
from communique.cli.views import line, words
from communique.config import load
from communique.pipeline.keeping import coder_of
from communique.pipeline.stopping import Stop, Stopped
from communique.pipeline.watch import Kept, Missed, make
from communique.store.desk import Desk


def watch_all(what: list[str], place: str, minutes: float, once: bool, **given: object) -> int:
    """Follow each source for the desk at a place until told to stop, or once; the exit code: 0, or 1 when something could
    not be read in the one look."""
    settings = load(**given)
    missed = False
    with Stop() as stop:
        try:
            with Desk(place, coder_of(settings)) as desk:
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
    changed = f", version {one.version.number}" if one.version.number > 1 else ""
    print(f"{when}  {line(one.record)}{changed}", flush=True)
