"""Write `states.tsv`: states and territories with their names, adjectives, demonyms and capitals.

    python training/tables/build_states.py DATA OUT

DATA is the folder that holds `actors/country-codes/country-codes.csv` (PDDL) and `actors/factbook.tar.gz` (CC0); what
they lack or say unusually stands in `states_own.tsv` beside this file. OUT is the TSV to write.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
import tarfile
from pathlib import Path

COLUMNS = ("code", "name", "aliases", "adjectives", "demonyms", "capitals", "wikidata", "begin", "end")
SEE = "# States and territories: datasets/country-codes (PDDL), World Factbook (CC0), own compilation (see SOURCES.md)\n"
ARTICLE = re.compile(r"^(the|The) ")
# Territories whose people have no adjective of their own in these tables.
BORROWED = {
    "American",
    "French",
    "Norwegian",
    "Dutch",
    "Australian",
    "Indian",
    "Channel Islander",
    "NA",
    "none",
    "or Wallis and Futuna Islander",
}


def factbook(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Adjectives and demonyms by the country name in lower case."""
    found = {}
    with tarfile.open(path) as tar:
        for member in tar:
            if not re.fullmatch(r"factbook/[a-z-]+/[a-z]{2}\.json", member.name):
                continue
            page = json.load(tar.extractfile(member))  # type: ignore[arg-type]
            names = page.get("Government", {}).get("Country name", {})
            nation = page.get("People and Society", {}).get("Nationality", {})
            adjective = nation.get("adjective", {}).get("text", "")
            noun = nation.get("noun", {}).get("text", "")
            adjectives = [
                a for a in re.split(r" or |, |; ", re.sub(r"\(.*?\)", "", adjective)) if a.strip() and "note" not in a
            ]
            demonyms = [n.strip() + "s" for n in re.findall(r"([\w' -]+)\(s\)", noun)] or adjectives
            for key in ("conventional short form", "conventional long form"):
                name = html.unescape(names.get(key, {}).get("text", "")).lower()
                if name and name != "none":
                    found.setdefault(name, ([a.strip() for a in adjectives], demonyms))
    return found


def base_rows(data: Path) -> dict[str, dict[str, list[str]]]:
    """The rows that the two tables give, by ISO 3166-1 alpha-3 code."""
    nations = factbook(data / "actors/factbook.tar.gz")
    rows = {}
    for row in csv.DictReader((data / "actors/country-codes/country-codes.csv").open(encoding="utf-8")):
        code = row["ISO3166-1-Alpha-3"]
        short = ARTICLE.sub("", row["UNTERM English Short"].rstrip(" *") or row["CLDR display name"]).split(" (")[0]
        name = row["CLDR display name"].split(" (")[0].replace(" & ", " and ").replace("St. ", "Saint ") or short
        formal = ARTICLE.sub("", row["UNTERM English Formal"].rstrip(" *")).split(" (")[0]
        adjectives, demonyms = nations.get(name.lower()) or nations.get(short.lower()) or ([], [])
        rows[code] = {
            "code": [code],
            "name": [name],
            "aliases": [a for a in dict.fromkeys((short, row["official_name_en"].split(" (")[0], formal)) if a and a != name],
            "adjectives": [a for a in adjectives if a not in BORROWED],
            "demonyms": [d for d in demonyms if d not in BORROWED and d.rstrip("s") not in BORROWED],
            "capitals": [c for c in [row["Capital"].strip()] if c and c != name],
            "wikidata": [row["wikidata_id"].rpartition("/")[2]],
        }
    return rows


def own_rows() -> list[dict[str, str]]:
    """The rows of `states_own.tsv`."""
    lines = (Path(__file__).parent / "states_own.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def main(data: str, out: str) -> None:
    """Read the tables, lay the own rows over them and write the result."""
    rows = base_rows(Path(data))
    for own in own_rows():
        row = rows.setdefault(own["code"], {"code": [own["code"]], "name": [own["name"]]})
        for column in ("adjectives", "demonyms", "capitals", "begin", "end"):
            if own[column]:
                row[column] = own[column].split("|")
        if own["name"] and own["name"] != row["name"][0]:
            row["aliases"] = [*row.get("aliases", []), *(n for n in row["name"] if " - " not in n)]
            row["name"] = [own["name"]]
        row["aliases"] = [
            a for a in dict.fromkeys([*own["aliases"].split("|"), *row.get("aliases", [])]) if a and a != row["name"][0]
        ]
    lines = ("\t".join("|".join(row.get(column, [])) for column in COLUMNS) for _, row in sorted(rows.items()))
    Path(out).write_text(SEE + "\t".join(COLUMNS) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
