"""Measure everything that the gate measures and write it down as the new pins.

usage: python evaluation/pin.py FOLDER     the folder with the annotated data
"""

from __future__ import annotations

import sys
from pathlib import Path

from gate import MEASURED, PINS, measure

HEAD = "# The figures that were reached; written by evaluation/pin.py, held by the gate.\n"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = [HEAD]
    for name in ("examples", *MEASURED):
        figures = measure(name, Path(sys.argv[1]))
        lines += [f"\n[{name}]\n", *(f"{key} = {round(value, 4)}\n" for key, value in figures.items())]
    PINS.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
