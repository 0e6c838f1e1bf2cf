"""How fast reports are read, on one core, over the whole way from text to JSON.

usage: python benchmarks/read.py [FILES] [--repeat N] [--against "COMMAND"] [--json]

Prints sentences a second with each stage's share, the time from a cold start to the first record, and peak memory.
The baseline in the same run is spaCy's blank English tokenizer with its rule-based sentencizer: it says how fast the
machine is, so that ratios can be compared across machines. `--against` runs another command on the same files and
compares it, start included, with `communique read FILES --format jsonl`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shlex
import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
READ = [str(Path(sys.executable).with_name("communique")), "read"]


def use_one_core() -> None:
    """Bind this process and its children to one core, before any library has asked how many there are."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    os.environ |= {"COMMUNIQUE_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def whole_way(files: list[Path], repeat: int) -> dict[str, float]:
    """Seconds by stage and sentences a second, for `repeat` rounds over the files once everything is loaded."""
    from communique.config import load
    from communique.pipeline import build
    from communique.types.analysis import Analysis
    from communique.types.record import build as build_record

    pipeline = build(load())
    seconds: dict[str, float] = {}
    sentences = 0

    def timed(name, work):
        start = time.perf_counter()
        result = work()
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start
        return result

    for round_ in range(repeat + 1):
        analyses = timed("source", lambda: [analysis for f in files for analysis in pipeline.load(str(f))])
        for stage in pipeline.stages:
            analyses = timed(stage.name, lambda stage=stage, given=analyses: list(stage(given)))
        done = [a for a in analyses if isinstance(a, Analysis)]
        timed("record", lambda found=done: [build_record(a).to_json() for a in found])
        if round_ == 0:  # tables are loaded and caches filled in the first round
            seconds.clear()
        else:
            sentences += sum(len(a.reading.sentences) for a in done)
    total = sum(seconds.values())
    shares = {f"share_{name}": value / total for name, value in seconds.items()}
    return {"sentences": sentences, "sentences_per_second": sentences / total} | shares


def baseline(files: list[Path], repeat: int) -> float:
    """Sentences a second of spaCy's blank tokenizer and sentencizer."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    texts = [f.read_text(encoding="utf-8") for f in files] * repeat
    start = time.perf_counter()
    count = sum(len(list(doc.sents)) for doc in nlp.pipe(texts))
    return count / (time.perf_counter() - start)


def first_record(file: Path) -> float:
    """Seconds from the start of a new process to the first record: the median of three, once bytecode is there."""
    command = [*READ, str(file), "--format", "json"]
    seconds_of(command)
    return sorted(seconds_of(command) for _ in range(3))[1]


def seconds_of(command: list[str]) -> float:
    """Wall-clock seconds of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(EXAMPLES.glob("*.txt")))
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--against", metavar="COMMAND")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    use_one_core()
    figures = {"first_record_seconds": first_record(args.files[0])}
    figures |= whole_way(args.files, args.repeat)
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    figures["baseline_sentences_per_second"] = baseline(args.files, args.repeat)
    figures["ratio_to_baseline"] = figures["sentences_per_second"] / figures["baseline_sentences_per_second"]
    if args.against:
        names = [str(f) for f in args.files] * args.repeat
        figures["against_seconds"] = seconds_of([*shlex.split(args.against), *names])
        figures["communique_seconds"] = seconds_of([*READ, *names, "--format", "jsonl"])
        figures["ratio_to_against"] = figures["against_seconds"] / figures["communique_seconds"]
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:32} {value:10.3f}")


if __name__ == "__main__":
    main()
