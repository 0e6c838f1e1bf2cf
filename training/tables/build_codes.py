"""Write `codes.tsv`: what other systems call the states, and since when.

    python training/tables/build_codes.py DATA OUT

DATA is the folder that holds `actors/country-codes/country-codes.csv` (PDDL); what it lacks stands in `codes_own.tsv`
beside this file, an empty value there takes a code out. OUT is the TSV to write. Gleditsch and Ward number states as the
Correlates of War do but for the rows `gw`; CAMEO has the ISO alpha-3 code but for the rows `cameo`.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

SEE = "# Codes of states in other systems: datasets/country-codes (PDDL), own compilation (see SOURCES.md)\n"
SYSTEMS = {"iso2": "ISO3166-1-Alpha-2", "iso-numeric": "ISO3166-1-numeric", "fips": "FIPS"}
Row = tuple[str, str, str, str, str]


def listed_rows(data: Path) -> list[Row]:
    """The codes of the list, and the state's own code as CAMEO's."""
    rows: list[Row] = []
    for row in csv.DictReader((data / "actors/country-codes/country-codes.csv").open(encoding="utf-8")):
        code = row["ISO3166-1-Alpha-3"]
        for system, column in SYSTEMS.items():
            value = row[column].strip().split(",")[0]
            if value:
                rows.append((code, system, value.zfill(3) if system == "iso-numeric" else value, "", ""))
        rows.append((code, "cameo", code, "", ""))
    return rows


def own_rows() -> list[Row]:
    """The rows of `codes_own.tsv`, number and abbreviation apart, and the numbers of Gleditsch and Ward made of them."""
    lines = (Path(__file__).parent / "codes_own.tsv").read_text(encoding="utf-8").splitlines()
    found = [tuple(line.split("\t")) for line in lines[1:] if not line.startswith(("#", "code\t"))]
    differing = {row[0] for row in found if row[1] == "gw"}
    rows: list[Row] = []
    for code, system, value, begin, end in found:
        if system != "cow":
            rows.append((code, system, value, begin, end))
            continue
        number, letters = value.split()
        rows += [(code, "cow", number, begin, end), (code, "cow-abbr", letters, begin, end)]
        if code not in differing:
            rows.append((code, "gw", number, begin, end))
    return rows


def main(data: str, out: str) -> None:
    """Lay the own rows over those of the list and write the result; the order of a state's own rows is kept."""
    own = own_rows()
    over = {(row[0], row[1]) for row in own}
    rows = [row for row in listed_rows(Path(data)) if row[:2] not in over] + [row for row in own if row[2]]
    lines = ("\t".join(row) for row in sorted(rows, key=lambda row: row[:2]))
    Path(out).write_text(SEE + "code\tsystem\tvalue\tbegin\tend\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
