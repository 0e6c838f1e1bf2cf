"""Which articles are about states, heads of state and government, and intergovernmental organisations, by public lists."""

from __future__ import annotations

import csv
import html
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from communique.errors import DataError
from communique.evaluation.current_events import Item
from communique.ontology.names import name_key

_OFFICE = (
    r"(?:President|Prime Minister|Chancellor|King|Queen|Emperor|Sultan|Emir|Supreme Leader|Taoiseach|Premier|Pope|Monarchy?)"
)
_OF = re.compile(rf"^{_OFFICE} of (?:the )?(.+)$")
_BEFORE = re.compile(rf"^(?:the )?([\w. ]+?) {_OFFICE}$", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|then|late|deputy|vice)\W*$", re.IGNORECASE)
_SINCE = re.compile(r"^(?P<who>[^(;]+?)\s*\(since ")
_RANKS = re.compile(
    r"^(?:\W*(?:[a-z]\S*|President|Prime|Minister|King|Queen|Emperor|Sultan|Amir|Emir|Chancellor|Interim|Transition|Supreme|Leader"
    r"|Gen\.|Dr\.|Capt\.|Col\.)\s+)+"
)
# Pages of the Factbook on territories that no state's government names as a state.
_TERRITORIES = frozenset({"west bank", "gaza strip"})
_BRACKETS = re.compile(r" \((?:country|politician|state)\)$")


class Reference:
    """The states, heads and organisations that public lists have; `folder` is that of the lists, `items` the pages measured.

    Raises DataError where a list is missing.
    """

    def __init__(self, folder: Path, items: Iterable[Item]) -> None:
        try:
            pages = list(_factbook(folder / "factbook.tar.gz"))
            self._adjectives = {name_key(a) for _, a, _ in pages for a in re.split(r" or |, ", a) if a}
            self._states = set(_states(folder, (name for names, _, _ in pages for name in names)))
            heads = {name_key(n) for n in (*(h for *_, found in pages for h in found), *_leaders(folder))}
        except (OSError, KeyError, ValueError) as error:
            raise DataError(f"{folder}: can't read the lists of states and leaders ({error})") from error
        self._heads = {head for head in heads if " " in head} | {name_key(t) for t in self._after_offices(items)}
        text = resources.files("communique.evaluation").joinpath("data", "igos.tsv").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"][1:]
        self._igos = {title for row in rows for title in row[1].split("|")}

    def kind(self, title: str) -> str | None:
        """`state`, `head` or `igo`, or none."""
        if title in self._igos:
            return "igo"
        key = name_key(_BRACKETS.sub("", title))
        if "(U" not in title and key in self._states:
            return "state"
        return "head" if key in self._heads else None

    def _after_offices(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            for (office, article), (person, title) in zip(item.links, item.links[1:], strict=False):
                plain = item.text[office.end : person.start] in (" ", ", ") and not _FORMER.search(item.text[: office.start])
                if plain and self._is_head(article) and " " in title and not self._is_other(title):
                    yield title

    def _is_other(self, title: str) -> bool:
        named = title[0].isdigit() or title.startswith(("Vice", "List of"))
        return named or name_key(title) in self._states or self._is_head(title)

    def _is_head(self, article: str) -> bool:
        if match := _OF.match(article):
            return name_key(match[1]) in self._states
        match = _BEFORE.match(article)
        return bool(match) and name_key(match[1] if match else "") in self._states | self._adjectives


def _factbook(path: Path) -> Iterator[tuple[list[str], str, list[str]]]:
    """Of each page: the names of the state, the adjective, and who leads it."""
    with tarfile.open(path) as tar:
        for member in tar:
            file = tar.extractfile(member) if re.fullmatch(r"factbook/[a-z-]+/[a-z]{2}\.json", member.name) else None
            if file is None:
                continue
            page = json.load(file)
            government = page.get("Government", {})
            names = [
                html.unescape(n.get("text", "")) for n in government.get("Country name", {}).values() if isinstance(n, dict)
            ]
            adjective = page.get("People and Society", {}).get("Nationality", {}).get("adjective", {}).get("text", "")
            heads = []
            for role in ("chief of state", "head of government"):
                text = government.get("Executive branch", {}).get(role, {}).get("text", "")
                if match := _SINCE.match(re.sub(r"<.*?>", " ", html.unescape(text))):
                    heads.append(_RANKS.sub("", match["who"]))
            yield [n for n in names if n and n != "none" and n.lower() not in _TERRITORIES], adjective, heads


def _states(folder: Path, names: Iterable[str]) -> Iterator[str]:
    yield from (name_key(name) for name in names)
    with (folder / "country-codes/country-codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from (
                name_key(row[c].rstrip(" *").split(" (")[0]) for c in ("CLDR display name", "UNTERM English Short") if row[c]
            )
    for row in json.loads((folder / "mledoze-countries/countries.json").read_text(encoding="utf-8")):
        yield from map(name_key, (row["name"]["common"], row["name"]["official"]))
        yield from (name_key(name) for name in row["altSpellings"] if len(name) > 3)


def _leaders(folder: Path) -> Iterator[str]:
    for table in ("wikidata.csv", "wikipedia.csv"):
        with (folder / "world-leaders-2021" / table).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield re.sub(r"\s*\(.*?\)", "", row.get("officeholderLabel") or row.get("officeholderlabel") or "")
    current = json.loads((folder / "world-leaders-current/all-leaders.json").read_text(encoding="utf-8"))
    for row in current["leaders"].values():
        yield from filter(None, (row["head_of_state"], row["head_of_government"]))
