"""How fast event files of others come into a desk, against a loop of `csv.DictReader` over the same file, in the same run.

usage: python benchmarks/imports.py [--lines N] [--folder FOLDER] [--json]

The files are made up in the published layouts, with as many lines each. Each is taken in by a process of its own, on one core
where the machine lets a process choose; its peak of memory includes the libraries. The loop turns lines into dicts and does
nothing with them: what it gives is still text, unchecked and nowhere kept.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from communique.ontology.datasets import DATASETS
from communique.pipeline.importing import import_events
from communique.store.lake import Lake

FIRST, DAYS, PEOPLE, PLACES = date(2018, 1, 1), 365, 5000, 2000
WORDS = "premier envoy border treaty minister strike port election council army talks convoy".split()
Figures = tuple[int, float, float]
HEADED = {"icews", "polecat"}
LENGTHS = {"SOURCEURL": 12, "Story People": 10, "Story Organizations": 10, "Story Locations": 6, "Event Text": 4}


def cells(dataset: str, number: int, chance: random.Random) -> Iterator[str]:
    """The cells of a line: numbers, days and words as the kinds of its columns ask; every fifth word is wanting."""
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    for name, kind in DATASETS[dataset].items():
        if name == "GLOBALEVENTID":
            yield str(number)
        elif kind == "day":
            yield f"{day:%Y%m%d}" if dataset == "gdelt" else day.isoformat()
        elif kind == "number":
            yield f"{chance.uniform(-90, 90):.4f}"
        elif kind == "whole":
            yield str(chance.randrange(100_000))
        elif name in LENGTHS:
            yield "-".join(chance.choices(WORDS, k=LENGTHS[name]))
        else:
            yield "" if chance.random() < 0.2 else f"{chance.choice(WORDS)} {chance.randrange(PEOPLE)}"


def make(dataset: str, path: Path, lines: int) -> None:
    """Write an event file of so many lines; after the first 20,000 they come again, as making them takes long."""
    chance = random.Random(7)
    made = ["\t".join(cells(dataset, n, chance)) + "\n" for n in range(min(lines, 20_000))]
    with path.open("w", encoding="utf-8") as file:
        if dataset in HEADED:
            file.write("\t".join(DATASETS[dataset]) + "\n")
        for start in range(0, lines, len(made)):
            file.writelines(made[: lines - start])


def take(path: Path, folder: Path) -> int:
    """Import the file; how many rows came."""
    return import_events(path, Lake(folder / "desk"), print).rows


def loop(path: Path, folder: Path) -> int:
    """Read the file with `csv.DictReader`; how many rows it has."""
    names = None if path.stem in HEADED else list(DATASETS[path.stem])
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file, names, delimiter="\t"))


def measured(run: Callable[[Path, Path], int], path: Path, folder: Path, answers: SimpleQueue[Figures]) -> None:
    """Answer with rows, seconds and the peak of memory in MB."""
    with contextlib.suppress(AttributeError):  # not on every system
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    began = time.perf_counter()
    rows = run(path, folder)
    answers.put((rows, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def apart(run: Callable[[Path, Path], int], path: Path, folder: Path) -> Figures:
    """The same in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answers: SimpleQueue[Figures] = context.SimpleQueue()
    process = context.Process(target=measured, args=(run, path, folder, answers))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{path}: the process ended with {process.exitcode}")
    return answers.get()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        for dataset in DATASETS:
            path = folder / f"{dataset}.tab"
            make(dataset, path, args.lines)
            for what, run in (("", take), ("dictreader_", loop)):
                rows, seconds, peak = apart(run, path, folder)
                if rows != args.lines:
                    raise SystemExit(f"{path}: {rows} rows of {args.lines} lines")
                figures |= {f"{dataset}_{what}lines_per_second": rows / seconds, f"{dataset}_{what}peak_mb": peak}
            ours, theirs = (figures[f"{dataset}_{what}lines_per_second"] for what in ("", "dictreader_"))
            figures |= {f"{dataset}_mb": path.stat().st_size / 1e6, f"{dataset}_times_as_fast": ours / theirs}
            path.unlink()
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:32}{value:12,.1f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
