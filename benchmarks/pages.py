"""Main text of pages: ours against plain trafilatura, in the layouts made for the tests.

usage: python benchmarks/pages.py [--repeat N] [--json]

Prints the token F1 (mean, worst) and the pages a second on one core of both, in turns on the same pages. Reports and layouts
are our own (`tests/sources/layouts/`), so the figures compare the two, and say little of pages at large.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from read import use_one_core

sys.path.append(str(Path(__file__).parents[1] / "tests" / "sources"))


def ours(html: str) -> str:
    from communique.errors import InputError
    from communique.sources.pages.html import read_page

    try:
        return read_page(html, "page").text
    except InputError:
        return ""


def theirs(html: str) -> str:
    from trafilatura import extract

    return extract(html) or ""


def measure(repeat: int) -> tuple[dict[str, float], list[tuple[str, float, float]]]:
    """Figures of both, and the F1 of each page: its name, ours, theirs."""
    import layouts

    pages = layouts.pages()
    readers: dict[str, Callable[[str], str]] = {
        "communique": ours,
        "trafilatura": theirs,
    }
    scores = {name: [layouts.f1(read(p.html), p) for p in pages] for name, read in readers.items()}
    seconds = dict.fromkeys(readers, 0.0)
    for _ in range(repeat):
        for name, read in readers.items():
            start = time.process_time()
            for page in pages:
                read(page.html)
            seconds[name] += time.process_time() - start
    figures: dict[str, float] = {"pages": len(pages)}
    for name in readers:
        figures[f"{name}_f1_mean"] = sum(scores[name]) / len(pages)
        figures[f"{name}_f1_worst"] = min(scores[name])
        figures[f"{name}_pages_per_second"] = repeat * len(pages) / seconds[name]
    return figures, [(p.name, a, b) for p, a, b in zip(pages, *scores.values(), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    use_one_core()
    logging.disable(logging.CRITICAL)
    figures, each = measure(args.repeat)
    if args.json:
        print(
            json.dumps(
                figures | {"each": {name: {"communique": a, "trafilatura": b} for name, a, b in each}},
                indent=1,
            )
        )
        return
    for name, a, b in each:
        print(f"{name:26} {a:8.3f} {b:8.3f}")
    for name, value in figures.items():
        print(f"{name:30} {value:10.3f}")


if __name__ == "__main__":
    main()
