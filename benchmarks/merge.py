"""How fast the reports of a desk are merged, and how right, on reports that are made up (benchmarks/made_reports.py).

usage: python benchmarks/merge.py [--documents N] [--more N] [--folder FOLDER] [--anew] [--json]

Rows go straight into the tables; making them is not counted. Then the desk is merged, `--more` reports of a week are added and
it is merged again, and with `--anew` once more from the beginning, each time in a process of its own, whose peak memory is
measured. Seconds are those of the processor, on one core. Stories and incidents are compared with what is true: B³ F1 (Bagga
and Baldwin 1998) and F1 over pairs; copies with how they were made; and with `--anew` what was merged step by step with what
was merged at once. The plain way, cosines of TF-IDF between all pairs joined by single linkage, is measured in the same run on
the first 2,000 documents; how long it would take for all is reckoned from that.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from made_reports import FIRST, NOW, YEAR, Press, Report, record

from communique.pipeline import merging
from communique.pipeline.incidents import merge_incidents
from communique.pipeline.merging import merge_stories
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS

BATCH = 2000
PLAIN, PLAIN_LIKENESS = 2000, 0.3
Figures = dict[str, float]
Rows = dict[str, list[dict[str, Any]]]


def write(lake: Lake, reports: Iterator[Report], run: str, truth: dict[str, dict[str, str]]) -> None:
    """Put reports on the desk, and note what is true of them."""
    while batch := list(islice(reports, BATCH)):
        rows: Rows = {"documents": [], "actors": [], "places": [], "events": []}
        for report in batch:
            add_rows(report, run, rows)
            truth["stories"][report.id] = report.story
            truth["copies"][report.id] = report.source or ""
            truth["incidents"] |= {f"{report.id}/{e['id']}": t for e, t in zip(report.events, report.truths, strict=True)}
        for name, some in rows.items():
            lake.append_table(name, pa.Table.from_pylist(some, schema=SCHEMAS[name]))


def add_rows(report: Report, run: str, rows: Rows) -> None:
    """The rows of a report, as its record would give them."""
    days = {"published_start": report.day, "published_end": report.day + timedelta(days=1)}
    common = {"document": report.id, "text_id": report.text_id, "run": run, "publisher": report.publisher} | days
    same = {"id": report.id, "text_id": report.text_id, "run": run, "publisher": report.publisher, "read_at": NOW} | days
    title = report.text.partition("\n")[0]
    rows["documents"].append(same | {"title": title, "text": report.text, "record": record(report), "syndicated_from": []})
    actors: dict[Any, str] = {}
    places: dict[Any, str] = {}
    for event in report.events:
        sides = [[actors.setdefault(p, f"a{len(actors) + 1}") for p in side] for side in event["parties"]]
        named = {
            f"{name}_{column}": [party[n] for party in side if party[n]]
            for name, side in zip(("actor", "recipient"), event["parties"], strict=True)
            for n, column in enumerate(("names", "entries", "countries"))
        }
        where = (event["place"], event["precision"], event["place_country"], event["latitude"], event["longitude"])
        place = places.setdefault(where, f"p{len(places) + 1}") if event["place"] else None
        point = {"place_country": where[2], "latitude": where[3], "longitude": where[4]} if place else {}
        end = event["trigger_start"] + len(event["trigger"])
        more = {"actor": sides[0], "recipient": sides[1], "place": place, "place_name": event["place"], "trigger_end": end}
        more |= named | {
            "attributed_names": [],
            "denied_names": [],
            "evidence": [{"start": 0, "end": 9, "text": event["evidence"]}],
        }
        without = ("parties", "place", "precision", "place_country", "latitude", "longitude", "evidence")
        rows["events"].append(common | {k: v for k, v in event.items() if k not in without} | more | point)
    for (name, entry, country), actor in actors.items():
        rows["actors"].append(common | {"id": actor, "name": name, "entry": entry, "country": country})
    for (name, precision, *_), place in places.items():
        rows["places"].append(common | {"id": place, "name": name, "precision": precision})


def in_own_process(act: Any, place: str) -> Figures:
    """What an act on a desk comes to, with its peak of memory, measured apart from all others."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=measured, args=(act, place, sender))
    process.start()
    sender.close()
    found: Figures = receiver.recv()
    process.join()
    return found


def measured(act: Any, place: str, sender: Any) -> None:
    """Act, and send seconds and megabytes."""
    began = time.process_time()
    parts = act(Lake(place))
    seconds = time.process_time() - began
    # not getrusage, which counts what the parent had when it forked
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    sender.send({"seconds": seconds, "mb": int(peak) / 1024} | (parts or {}))


def stories(lake: Lake, anew: bool = False) -> Figures:
    """Merge documents; seconds for their sketches and for telling stories, of which the rest is left to copies."""
    parts: Figures = {}
    for name, what in (("sketches", "sketches_of"), ("telling", "tell_stories")):
        setattr(merging, what, timed(getattr(merging, what), name, parts))
    merge_stories(lake, anew)
    return parts


def timed(act: Any, name: str, parts: Figures) -> Any:
    """The same function, whose seconds are noted."""

    def run(*given: Any) -> Any:
        began = time.process_time()
        found = act(*given)
        parts[name] = time.process_time() - began
        return found

    return run


def incidents(lake: Lake, anew: bool = False) -> None:
    """Merge events."""
    merge_incidents(lake, anew)


def scores(found: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float]:
    """B³ F1 and F1 over pairs."""
    both = Counter((found[d], truth[d]) for d in truth)
    made, true = Counter(found[d] for d in truth), Counter(truth.values())
    precision = sum(n * n / made[f] for (f, _), n in both.items()) / len(truth)
    recall = sum(n * n / true[t] for (_, t), n in both.items()) / len(truth)
    pairs = [sum(n * (n - 1) for n in counts.values()) for counts in (both, made, true)]
    return 2 * precision * recall / (precision + recall), 2 * pairs[0] / (pairs[1] + pairs[2])


def quality(lake: Lake, truth: Mapping[str, Mapping[str, str]], name: str) -> Figures:
    """How right the desk is."""
    told, found = groups(lake)
    b_cubed, pairs = scores(told, truth["stories"])
    figures = {f"{name}stories_b_cubed_f1": b_cubed, f"{name}stories_pairs_f1": pairs}
    b_cubed, pairs = scores(found, truth["incidents"])
    figures |= {f"{name}incidents_b_cubed_f1": b_cubed, f"{name}incidents_pairs_f1": pairs}
    source = {d: first(truth["copies"], d) for d in truth["copies"]}
    rows = lake.rows("stories", ["document", "copy_of"]).to_pylist()
    _, pairs = scores({r["document"]: r["copy_of"] or r["document"] for r in rows}, source)
    return figures | {f"{name}copies_pairs_f1": pairs}


def first(sources: Mapping[str, str], document: str) -> str:
    """The document that a copy goes back to."""
    while sources.get(document):
        document = sources[document]
    return document


def plain(reports: Sequence[Report], documents: int) -> Figures:
    """Stories by the plain way: each pair compared. Seconds for so many documents are reckoned: those for vectors grow with
    documents, those for comparing with pairs."""
    began = time.process_time()
    counts = [Counter(report.text.lower().split()) for report in reports]
    known = Counter(word for count in counts for word in count)
    numbers = {word: n for n, word in enumerate(w for w, n in known.items() if n > 1)}
    vectors = np.zeros((len(reports), len(numbers)), np.float32)
    for n, count in enumerate(counts):
        for word, times in count.items():
            if word in numbers:
                vectors[n, numbers[word]] = (1 + math.log(times)) * math.log(len(reports) / known[word])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    worded = time.process_time() - began
    leader = list(range(len(reports)))
    for n in range(1, len(reports)):
        for other in np.flatnonzero(vectors[:n] @ vectors[n] > PLAIN_LIKENESS):
            leader[root(leader, n)] = root(leader, int(other))
    compared = time.process_time() - began - worded
    more = documents / len(reports)
    b_cubed, _ = scores({r.id: str(root(leader, n)) for n, r in enumerate(reports)}, {r.id: r.story for r in reports})
    return {"plain_stories_seconds": worded * more + compared * more**2, "plain_b_cubed_f1": b_cubed}


def root(leader: list[int], n: int) -> int:
    """Which group it is in."""
    while leader[n] != n:
        leader[n] = leader[leader[n]]
        n = leader[n]
    return n


def merge_and_measure(lake: Lake, truth: Mapping[str, Mapping[str, str]], name: str, anew: bool = False) -> Figures:
    """Merge what is new to the desk, or all of it, and say how fast and how right."""
    told, found = (in_own_process(partial(act, anew=anew), lake.place) for act in (stories, incidents))
    copies = told["seconds"] - told["sketches"] - told["telling"]
    figures = {"sketches": told["sketches"], "copies": copies, "stories": told["telling"], "incidents": found["seconds"]}
    figures = {f"{name}{part}_seconds": seconds for part, seconds in figures.items()}
    figures |= {f"{name}documents_mb": told["mb"], f"{name}incidents_mb": found["mb"]}
    return figures | quality(lake, truth, name)


def groups(lake: Lake) -> tuple[dict[str, str], dict[str, str]]:
    """The story of each document, and the incident of each event."""
    told = {r["document"]: r["story"] for r in lake.rows("stories", ["document", "story"]).to_pylist()}
    rows = lake.rows("incidents", ["document", "event", "incident"]).to_pylist()
    return told, {f"{r['document']}/{r['event']}": r["incident"] for r in rows}


def measure(lake: Lake, documents: int, more: int, anew: bool) -> Iterator[Figures]:
    """Make a desk, merge it, add to it, merge that; figures as they are there."""
    lake.create()
    truth: dict[str, dict[str, str]] = {"stories": {}, "copies": {}, "incidents": {}}
    reckoned = plain(list(islice(Press().reports(documents), PLAIN)), documents)
    press = Press()
    write(lake, press.reports(documents), "r1", truth)
    yield reckoned | {"documents": documents, "events": len(truth["incidents"])}
    figures = merge_and_measure(lake, truth, "")
    seconds = sum(figures[f"{part}_seconds"] for part in ("sketches", "copies", "stories"))
    speed = {
        "documents_per_second": documents / seconds,
        "events_per_second": len(truth["incidents"]) / figures["incidents_seconds"],
    }
    yield figures | speed | {"times_as_fast_as_plain": reckoned["plain_stories_seconds"] / seconds}
    write(lake, press.reports(more, 7, FIRST + timedelta(days=YEAR)), "r1", truth)
    yield {"more": more} | merge_and_measure(lake, truth, "more_")
    if anew:
        step = groups(lake)
        yield merge_and_measure(lake, truth, "anew_", anew=True)
        for name, before, after in zip(("stories", "incidents"), step, groups(lake), strict=True):
            same = sum(before[k] == after[k] for k in before) / len(before)
            yield {f"{name}_same_b_cubed_f1": scores(before, after)[0], f"{name}_same_ids": same}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000, metavar="N")
    parser.add_argument("--more", type=int, default=None, metavar="N", help="reports that are added; 1 %% if not given")
    parser.add_argument("--folder", type=Path, help="where to write, in place of a folder that is removed")
    parser.add_argument("--anew", action="store_true", help="also merge all of the desk anew at the end")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        lake = Lake(args.folder or Path(scratch) / "desk")
        for some in measure(lake, args.documents, args.more or max(1, args.documents // 100), args.anew):
            figures |= some
            if not args.json:
                print("\n".join(f"{name:32} {value:14,.3f}" for name, value in some.items()), flush=True)
    if args.json:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
