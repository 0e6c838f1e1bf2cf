"""Bodies of states by what they are called at home: "the senate" of a state, "its armed forces"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from communique.ontology.entries import Entry, Name
from communique.ontology.names import name_key

_SMALL = frozenset({"of", "the", "for", "and", "de", "s"})
_LOOSE = frozenset({"national", "royal", "federal"})
# What is said of the body that a state has but one of, whatever its name is.
_FORCES = frozenset("armed forces|forces|military|defence forces|defence force|military forces|self defence forces".split("|"))
_POLICE = frozenset("police|police force|police service|police corps|national police".split("|"))
# What a body may be called where none of the state's has the word in its name.
_INSTEAD = {"parliament": "the legislature", "army": "the armed forces"}


class StateBodies:
    """An index of the governments' and armies' bodies, and of parties, by state and words.

    `own` has for each state (ISO 3166-1 alpha-3) the words of its names, adjectives and demonyms, as keys.
    """

    def __init__(self, names: Iterable[Name], own: Mapping[str, frozenset[str]]) -> None:
        self._own = own
        self._found: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for name in names:
            country = name.entry.country
            if country and name.entry.kind in ("government", "military", "group") and name.use in ("name", "alias"):
                for key in self._keys(name.text, country):
                    self._found[country, key][name.entry.id] = name.entry
                if name.entry.sectors == ("LEG",):
                    self._found[country, "the legislature"][name.entry.id] = name.entry

    def find(self, country: str, words: str) -> Entry | None:
        """The only body of the state that is called so, as ("PHL", "Philippine Senate"); none where there are several."""
        for key in self._keys(words, country):
            found = self._found.get((country, key), {})
            if len(found) == 1:
                return next(iter(found.values()))
        instead = _INSTEAD.get(self._bare(words, country))
        found = self._found.get((country, instead), {}) if instead else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def _keys(self, words: str, country: str) -> tuple[str, ...]:
        key = self._bare(words, country)
        loose = " ".join(w for w in key.split() if w not in _LOOSE)
        whole = "the armed forces" if key in _FORCES else "the police" if key in _POLICE else ""
        return tuple(dict.fromkeys(k for k in (key, whole, loose) if k))

    def _bare(self, words: str, country: str) -> str:
        own = self._own.get(country, frozenset())
        kept = (w.removesuffix("'s") for w in name_key(words.replace("’", "'")).split())
        return " ".join("defence" if w == "defense" else w for w in kept if w not in own and w not in _SMALL)
