"""Bodies of states by what they are called at home: "the senate" of a state, "its armed forces"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

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
    """The governments' and armies' bodies, and parties, by state and words.

    `names` gives the names of a state (ISO 3166-1 alpha-3) and of all who act for it; a state is looked at when it is first
    asked for.
    """

    def __init__(self, names: Callable[[str], Iterable[Name]]) -> None:
        self._names = names
        self._states: dict[str, _State] = {}

    def find(self, country: str, words: str) -> Entry | None:
        """The only body of the state that is called so, as ("PHL", "Philippine Senate"); none where there are several."""
        if country not in self._states:
            self._states[country] = _State(tuple(self._names(country)))
        return self._states[country].find(words)


class _State:
    """The bodies of one state, by what is left of their names without its own."""

    def __init__(self, names: Sequence[Name]) -> None:
        called = (n.text for n in names if n.entry.id.startswith("state:") and n.use != "capital")
        self._own = frozenset(word for text in called for word in name_key(text).split(" "))
        self._found: dict[str, dict[str, Entry]] = defaultdict(dict)
        for name in names:
            if name.entry.kind in ("government", "military", "group") and name.use in ("name", "alias"):
                for key in self._keys(name.text):
                    self._found[key][name.entry.id] = name.entry
                if name.entry.sectors == ("LEG",):
                    self._found["the legislature"][name.entry.id] = name.entry

    def find(self, words: str) -> Entry | None:
        for key in self._keys(words):
            found = self._found.get(key, {})
            if len(found) == 1:
                return next(iter(found.values()))
        found = self._found.get(_INSTEAD.get(self._bare(words), ""), {})
        return next(iter(found.values())) if len(found) == 1 else None

    def _keys(self, words: str) -> tuple[str, ...]:
        key = self._bare(words)
        loose = " ".join(w for w in key.split() if w not in _LOOSE)
        whole = "the armed forces" if key in _FORCES else "the police" if key in _POLICE else ""
        return tuple(dict.fromkeys(k for k in (key, whole, loose) if k))

    def _bare(self, words: str) -> str:
        kept = (w.removesuffix("'s") for w in name_key(words.replace("’", "'")).split())
        return " ".join("defence" if w == "defense" else w for w in kept if w not in self._own and w not in _SMALL)
