"""Write `cameo.tsv`: the CAMEO codes with their Goldstein values and names.

    python training/tables/build_cameo.py NOTES OUT

NOTES is a text that lists the codes one a line as `code  value  name` (the ICEWS code book, `cameo-codes.csv` of
andybega/icews, printed so); OUT the TSV to write.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

LINE = re.compile(r"^(\d{2,4})\s+([+-]\d+\.\d)\s+(\S.*)$", re.M)
HEAD = "# CAMEO codes: Gerner, Schrodt, Yilmaz & Abu-Jabr 2002; values: Goldstein 1992 as ICEWS assigns them (see SOURCES.md)\n"


def main(notes: str, out: str) -> None:
    """Read the listing and write the table."""
    rows = LINE.findall(Path(notes).read_text(encoding="utf-8"))
    lines = (
        f"{code}\t{float(value):g}\t{name.strip().capitalize() if name.isupper() else name.strip()}\n"
        for code, value, name in rows
    )
    Path(out).write_text(HEAD + "code\tgoldstein\tname\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
