"""Elections at hand: reports of polls about to open or just closed are of about a month in which the state voted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.ontology.world import World
from communique.resolve.publication.clues import Sentence, load_sayings, place_in
from communique.resolve.publication.weights import Hint, month, weigh
from communique.resolve.tables import read_rows
from communique.types.text import Span

_LIKELY = re.compile(r"lection|oll|ote|allot|residential|un-?off|eferend|esults")
_WORD = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# For a state alone ("Georgian" voters) a word between counts too; a town or a person of that name does not vote.
_USES = frozenset({"name", "alias", "adjective", "demonym"})


@cache
def load_elections() -> dict[str, tuple[tuple[int, int], ...]]:
    """The months `[begin, end)` in which each state voted, by its ISO alpha-3 code, from `data/elections.tsv`."""
    return {
        state: tuple((month(m), month(m) + 1) for m in months.split())
        for state, months in read_rows("publication", "elections.tsv")
    }


def elections(told: Sequence[Sentence], world: World) -> Iterator[Hint]:
    """A hint for the first state whose election is at hand: the one named in that sentence, or first in the report."""
    at_hand = load_sayings().at_hand
    for sentence in (s for s in told if _LIKELY.search(s.text)):
        found = at_hand.search(sentence.text)
        if found is None or _YEAR.search(sentence.text):
            continue
        states = states_named(sentence.text, world)
        if not states:
            states = next((s[:1] for other in told if (s := states_named(other.text, world))), [])
        if len(states) == 1 and states[0] in load_elections():
            weights = weigh(load_sayings().curves["election"], load_elections()[states[0]])
            yield Hint("election", weights, (place_in(sentence, Span(*found.span())),))
            return


def states_named(sentence: str, world: World) -> list[str]:
    """The codes of the states that a sentence names, each once, in order."""
    found: dict[str, None] = {}
    for run in _WORD.finditer(sentence):
        words = run[0].split(" ")
        for begin in range(len(words)):
            for end in range(len(words), begin, -1):
                names = [n for n in world.names(" ".join(words[begin:end])) if n.use in _USES and n.entry.kind == "state"]
                if names:
                    found.update({n.entry.country: None for n in names[:1] if n.entry.country})
                    break
    return list(found)
