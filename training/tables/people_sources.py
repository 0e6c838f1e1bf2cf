"""Readers of the public lists of office holders: each yields `Term`s."""

from __future__ import annotations

import csv
import html
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

MONTHS = ("January", "February", "March", "April", "May", "June")
MONTHS += ("July", "August", "September", "October", "November", "December")
OFFICE_WORDS = {"president", "prime", "minister", "king", "queen", "interim", "transition", "transitional", "vice-president"}
OFFICE_WORDS |= {"chancellor", "sultan", "emir", "amir", "grand", "duke"}
# Whom REIGN lists as rulers of a state that they occupied.
OCCUPIERS = {("KWT", "Saddam Hussein"), ("IRQ", "Tommy Ray Franks")}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as a list tells it; `begin` and `end` as written in our tables (a year, a month or a day)."""

    name: str
    country: str
    title: str
    begin: str
    end: str
    source: str
    wikidata: str = ""
    aliases: tuple[str, ...] = ()
    sectors: str = "GOV"
    full_name: bool = True


def mended(terms: Iterable[Term]) -> Iterator[Term]:
    """The terms with the names and titles that `list_fixes.tsv` gives them, without those that it leaves out."""
    lines = (Path(__file__).parent / "list_fixes.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line[0] != "#")
    fixes = {(state, listed): fix for state, listed, *fix in rows}
    for term in terms:
        name, title, only = fixes.get((term.country, term.name), ("", "", ""))
        if only not in ("", term.source):
            yield term
        elif name != "-":
            full = term.full_name or " " in name
            yield replace(term, name=name or term.name, title=title or term.title, full_name=full)


def country_names(states: Path) -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by every name of a state, in lower case."""
    found = {}
    for line in states.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            code, name, aliases = line.split("\t")[:3]
            found.update({alias.lower(): code for alias in [name, *aliases.split("|")] if alias})
    found |= {
        "drc": "COD",
        "congo (brazzaville)": "COG",
        "burma": "MMR",
        "turkey (turkiye)": "TUR",
        "micronesia, federated states of": "FSM",
    }
    return found


def reign(data: Path, since: int = 1990) -> Iterator[Term]:
    """REIGN: leaders month by month to March 2021; an open end says only that the list ends."""
    lines = (Path(__file__).parent / "reign_states.tsv").read_text(encoding="utf-8").splitlines()
    states = {cow: (iso, office) for cow, iso, office in (line.split("\t") for line in lines[2:])}
    with (data / "actors/REIGN/leaderlist_3_21.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            ended = row["eyear"].strip()
            if (ended and int(ended) < since) or row["stateabb"] == "SNM":
                continue
            name = re.sub(r"\s*\(.*?\)", "", row["leader"]).replace("\ufffd", "").strip()
            name = re.sub(r"^[A-Z]\.\s*(?=[A-Z][a-z])", "", name)
            name = re.sub(r"\s+[A-Z]\.$", "", name)
            if "," in name:
                last, _, first = name.partition(",")
                name = f"{first.strip()} {last.strip()}"
            if not name or " and " in name or "&" in name:
                continue
            country, title = states[row["stateabb"]]
            if (country, name) in OCCUPIERS:
                continue
            begin = f"{int(row['syear'])}-{int(row['smonth']):02}-{min(int(row['sdate'] or 1), 28) or 1:02}"
            end = f"{int(ended)}-{int(row['emonth']):02}" if ended else ""
            yield Term(name, country, title, begin, end, "REIGN", full_name=" " in name)


def wikidata(data: Path) -> Iterator[Term]:
    """Heads of state and government after Wikidata to 2022, by year."""
    iso = country_names(Path(__file__).parents[2] / "src/communique/ontology/data/states.tsv")
    for table in ("wikidata.csv", "wikipedia.csv"):
        with (data / "actors/world-leaders-2021" / table).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                label = row.get("positionLabel") or row.get("positionlabel") or ""
                name = re.sub(r"\s*\(.*?\)", "", row.get("officeholderLabel") or row.get("officeholderlabel") or "")
                name = re.sub(r"(?<=[IVX]) of \w+$", "", name)
                title = re.split(r" of (?!the council)| for ", label)[0].lower()
                if "list" in title or "monarchy" in title or "co-prince" in title or name.lower() in title:
                    continue
                country = iso.get(row["country"].lower())
                if country and name and title and not re.fullmatch(r"Q\d+", name):
                    begin = row["start_year"] or row["end_year"]
                    yield Term(name, country, title, begin, row["end_year"], "Wikidata", row["officeholder"])


def factbook(data: Path) -> Iterator[Term]:
    """Chiefs of state and heads of government of the World Factbook of May 2026; a name in capitals is the family name."""
    iso = country_names(Path(__file__).parents[2] / "src/communique/ontology/data/states.tsv")
    with (data / "actors/country-codes/country-codes.csv").open(encoding="utf-8") as file:
        sovereign = {row["ISO3166-1-Alpha-3"] for row in csv.DictReader(file) if row["is_independent"] == "Yes"} | {
            "XKX",
            "TWN",
            "PSE",
        }
    pattern = re.compile(r"^(?P<who>[^(;]+?)\s*\(since (?P<since>[^)]+)\)")
    with tarfile.open(data / "actors/factbook.tar.gz") as tar:
        for member in tar:
            if not re.fullmatch(r"factbook/[a-z-]+/[a-z]{2}\.json", member.name):
                continue
            government = json.load(tar.extractfile(member)).get("Government", {})  # type: ignore[arg-type]
            names = government.get("Country name", {})
            country = next(
                (iso[n] for k in ("conventional short form", "conventional long form")
                 if (n := html.unescape(names.get(k, {}).get("text", "")).lower()) in iso), None,
            )  # fmt: skip
            for role in ("chief of state", "head of government"):
                text = re.sub(
                    r"<.*?>", " ", html.unescape(government.get("Executive branch", {}).get(role, {}).get("text", ""))
                )
                match = pattern.match(text)
                if country in sovereign and match and (term := _factbook_term(match["who"], match["since"], country)):
                    yield term


def _factbook_term(who: str, since: str, country: str) -> Term | None:
    words = re.sub(r"\b(?:Gen|Col|Dr|Capt|Lt)\.", "", who).split()
    first = next((i for i, w in enumerate(words) if w.lower().strip(",") not in OFFICE_WORDS), 0)
    title = " ".join(words[:first]).lower().replace("transition ", "transitional ")
    name = " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in words[first:])
    name = re.sub(r"\b[IVX]{1,4}\b|\bI[iv]{1,2}\b|\bVi{0,3}\b", lambda m: m[0].upper(), name.split(" of ")[0])
    name = re.sub(r"-(\w)", lambda m: "-" + m[1].upper(), name).replace("Al-", "al-").replace("El-", "el-")
    if not title or not name or not all(w[:1].isupper() or len(w) < 4 or w.startswith(("al-", "el-")) for w in name.split()):
        return None
    parts = since.split()
    day = parts[0].zfill(2) if len(parts) == 3 else ""
    month = f"{MONTHS.index(parts[-2]) + 1:02}" if len(parts) >= 2 and parts[-2] in MONTHS else ""
    begin = "-".join(p for p in (parts[-1], month, day) if p) if re.fullmatch(r"\d{4}", parts[-1]) else ""
    return Term(name, country, title, begin, "", "World Factbook 2026-05")


def congress(data: Path) -> Iterator[Term]:
    """Members of the US Congress of 2026, one term a chamber."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = data / "actors/us-congress/legislators-current.yaml"
    for person in yaml.load(path.read_text(encoding="utf-8"), Loader=loader):
        name, terms = person["name"], person["terms"]
        plain = re.sub(r"\s*\(.*?\)", "", f"{name['first']} {name['last']}")
        official = name.get("official_full", plain)
        first = re.sub(r"\s*\(.*?\)", "", name["first"])
        called = f"{name.get('nickname') or first} {name['last']}"
        aliases = tuple(dict.fromkeys(n for n in (plain, official) if n != called))
        for chamber, title in (("sen", "senator"), ("rep", "representative")):
            held = [t for t in terms if t["type"] == chamber]
            if held:
                end = "" if held[-1] is terms[-1] else str(held[-1]["end"])
                wd = person["id"].get("wikidata", "")
                yield Term(called, "USA", title, str(held[0]["start"]), end, "congress-legislators", wd, aliases, "LEG")


def petrarch(data: Path) -> Iterator[Term]:
    """Officials of the CountryInfo list in the PETRARCH actor dictionary (to 2014), without their titles.

    The term spans all their time in government; who never was in government is left out.
    """
    path = data / "PETRARCH/dictionaries/Phoenix.Countries.actors.txt"
    names: list[str] = []
    codes: list[str] = []
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), "END # CountryInfo"]:
        if line.startswith("\t"):
            codes += re.findall(r"\[([^\]]+)\]", line)
        elif line.startswith("+"):
            names.append(line[1:])
        elif line and line[0] not in "#\n":
            if names and codes and (term := _petrarch_term(names, codes)):
                yield term
            names, codes = ([line] if "CountryInfo" in line else []), []


def _petrarch_term(names: list[str], codes: list[str]) -> Term | None:
    held = [m for c in codes if (m := re.match(r"([A-Z]{3})(GOV|LEG|JUD|MIL)([A-Z]*)(?: (.*))?$", c))]
    if not held:
        return None
    spans = [_span(m[4] or "") for m in held]
    begin, end = min(s[0] for s in spans), max(s[1] for s in spans)
    if end < "1998":
        return None
    clean = [_plain(n) for n in names]
    words = clean[0].split()
    if (
        len(words) < 2
        or any(len(w) < 2 for w in (words[0], words[-1]))
        or len(words) > 5
        or not clean[0].replace(" ", "").isascii()
    ):
        return None
    aliases = tuple(a for a in clean[1:] if a.split()[-1:] == words[-1:] and len(a.split()) in (2, 3) and not TITLES.search(a))
    sectors = ",".join(dict.fromkeys(s for m in held for s in (m[2], *re.findall("...", m[3])) if s in SECTORS))
    return Term(
        clean[0], held[0][1], "official", begin, "" if end > "2090" else end, "PETRARCH CountryInfo 2014", "", aliases, sectors
    )


SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "SPY", "AGR", "BUS", "EDU", "LAB", "MED", "REF", "REL"}
TITLES = re.compile(
    r"\b(?:President|Minister|Mr|Mrs|General|Gen|Premier|King|Sheikh|Prince|Dr|The|Chancellor|Secretary|Leader)\b", re.I
)


def _span(text: str) -> tuple[str, str]:
    dates = [_iso(d) for d in re.findall(r"\d{8}|\d{6}", text)]
    if len(dates) == 2:
        return dates[0], dates[1]
    if len(dates) == 1:
        return (dates[0], "2099") if ">" in text else ("1900", dates[0])
    return "1900", "1900"


def _iso(digits: str) -> str:
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > 30 else "20") + digits
    return f"{digits[:4]}-{digits[4:6]}"


def _plain(text: str) -> str:
    words = re.sub(r"#.*|\[.*", "", text).replace("_", " ").split()
    return " ".join(
        w.lower() if w.lower() in ("al", "bin", "de", "del", "da", "van", "von", "der", "el", "dos", "di") else w.title()
        for w in words
    )
