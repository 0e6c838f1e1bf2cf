"""Measure everything that the gate measures and write it down: as the new pins, and in the README, with what a reader sees.

usage: python evaluation/pin.py FOLDER     the folder with the annotated data
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gate import MEASURED, PINS, measure, pins

README = PINS.parents[1] / "README.md"
HEAD = "# The figures that were reached; written by evaluation/pin.py, held by the gate.\n"
TABLE = re.compile(r"(?s)(?<=<!-- figures: evaluation/pin.py -->\n).*?(?=<!-- end of figures -->)")
SHOWN = re.compile(r"(?s)(?<=<!-- output: evaluation/pin.py -->\n).*?(?=<!-- end of output -->)")
EVENTS_SHOWN = 4
ELSEWHERE = ("language",)  # in the model card
COUNTS = ("reports", "sentences", "lines", "failed", "report_text_dropped")


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as a Markdown table: one row for each figure, one column for what it was measured on."""
    figures = {name: one for name, one in figures.items() if name not in ELSEWHERE}
    rows = dict.fromkeys(key for one in figures.values() for key in one if key not in COUNTS)
    lines = ["| | " + " | ".join(figures) + " |", "|---" * (len(figures) + 1) + "|"]
    for row in rows:
        cells = (f"{one[row]:.2f}" if row in one else "" for one in figures.values())
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n" + "\n".join(lines) + "\n\n"


def shown() -> str:
    """What `communique read examples/summit.txt` shows of the document and its first events."""
    command = [str(Path(sys.executable).with_name("communique")), "read", "examples/summit.txt"]
    done = subprocess.run(command, cwd=README.parent, capture_output=True, text=True, check=True).stdout
    lines = [line.rstrip() for line in done.splitlines()]
    events = lines[lines.index("Events") : lines.index("Statements")]
    heads = [i for i, line in enumerate(events) if re.match(r"  [^\s“]", line)]
    kept = events[: heads[EVENTS_SHOWN]] if len(heads) > EVENTS_SHOWN else events
    return "\n```text\n" + "\n".join([*lines[: lines.index("Actors")], *kept]).rstrip() + "\n  ...\n```\n\n"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = [HEAD]
    for name in ("examples", *MEASURED):
        figures = measure(name, Path(sys.argv[1]))
        lines += [f"\n[{name}]\n", *(f"{key} = {round(value, 4)}\n" for key, value in figures.items())]
    PINS.write_text("".join(lines), encoding="utf-8")
    text = TABLE.sub(lambda _: table(pins()), README.read_text(encoding="utf-8"))
    README.write_text(SHOWN.sub(lambda _: shown(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
