"""Which news agencies a report comes from: credits, datelines, and an agency's claim to be the only source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Credit:
    """A wording that credits an agency, with a line that it matches."""

    wording: str
    example: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording as a pattern; made when a line is the first to need it, for most reports credit nobody."""
        return _compiled(self.wording)


@cache
def _compiled(wording: str) -> re.Pattern[str]:
    return re.compile(wording)


@dataclass(frozen=True, slots=True)
class Agencies:
    """Agencies by the forms of their names, and the wordings that credit them."""

    by_form: dict[str, str]
    credits: tuple[Credit, ...]
    signoffs: tuple[tuple[re.Pattern[str], str], ...]
    mentioned: str


def _alternatives(forms: list[str]) -> str:
    return r"\b(?:" + "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True)) + r")\b"


@cache
def load_agencies() -> Agencies:
    """The table of `data/agencies.yaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(files("communique.clean").joinpath("data/agencies.yaml").read_text(encoding="utf-8"), Loader=loader)
    agencies = table["agencies"]
    names = [form for entry in agencies for form in entry["names"]]
    forms = {form: entry["agency"] for entry in agencies for form in [*entry["names"], *entry["credit"]]}
    wordings = [(entry, names) for entry in table["running"]] + [(entry, list(forms)) for entry in table["credit"]]
    return Agencies(
        forms,
        tuple(
            Credit(entry["pattern"].replace("{agency}", f"(?P<agency>{_alternatives(known)})"), entry["example"])
            for entry, known in wordings
        ),
        tuple((re.compile(entry["signoff"]), entry["agency"]) for entry in agencies if "signoff" in entry),
        _alternatives(list(forms)),
    )


def named(words: str) -> str | None:
    """The agency that a credit's words name, if they name one."""
    return load_agencies().by_form.get(words.strip(" ()[]."))


def mentions_agency(text: str) -> bool:
    """Whether a text may credit an agency at all."""
    table = load_agencies()
    return any(form in text for form in table.by_form) or any(pattern.search(text) for pattern, _ in table.signoffs)


def credited(line: str) -> list[str]:
    """The agencies that a line credits as origin of the report. A mere "according to Reuters" credits nobody."""
    table = load_agencies()
    found = [agency for pattern, agency in table.signoffs if pattern.fullmatch(line)]
    if not any(form in line for form in table.by_form):
        return found
    for credit in table.credits:
        for match in credit.pattern.finditer(line):
            found.append(table.by_form[match["agency"]])
            found += _listed(line[match.end("agency") :], table)
    return list(dict.fromkeys(found))


def _listed(rest: str, table: Agencies) -> list[str]:
    """Further agencies of a list: "... AFP, dpa and Reuters"."""
    found = []
    while step := re.match(rf"(?:, and |, | and | & |/)(?:the )?({table.mentioned})", rest):
        found.append(table.by_form[step[1]])
        rest = rest[step.end() :]
    return found
