"""What a number counts: who was killed or detained, how many marched, how much money, how long a prison term."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.coding import graph
from communique.coding.numbers import Number, amounts_table
from communique.types.reading import Reading, Token

_YEARS = range(1000, 2101)
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ"})
_MORE = frozenset({"more", "other", "others", "further", "additional"})
TERM = frozenset({"year", "month"})
_NUMBER = frozenset({"number", "count", "total", "figure"})
_REACHED = frozenset({"to", "at"})
_OLD = frozenset({"old", "olds"})
_ORDINAL = ("st", "nd", "rd", "th", "%")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of count: the words that tell it and the types of events that it belongs to, the likeliest first."""

    name: str
    verbs: frozenset[str]
    dying: frozenset[str]
    nouns: frozenset[str]
    counted: frozenset[str]
    heads: frozenset[str]
    tolls: frozenset[str]
    types: tuple[str, ...]
    carried: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds, in the order in which they are tried."""
    return tuple(_kind(row) for row in amounts_table()["kinds"])


def _kind(row: dict[str, Any]) -> Kind:
    words = {name: frozenset(row.get(name, ())) for name in ("verbs", "dying", "nouns", "counted", "heads", "tolls")}
    return Kind(row["kind"], **words, types=tuple(row["types"]), carried=row.get("carried", False))


def kinds_of(reading: Reading, number: Number) -> tuple[Kind, ...]:
    """The kinds that a number may be of, the surest first: by what is done to those counted, then by what they are."""
    if number.unit:
        return tuple(k for k in kinds() if k.name == "money")
    if _is_date(reading, number) or _is_age(reading, number):
        return ()
    counted = counted_by(reading, number)
    before = reading.tokens[number.first - 1] if number.first else None
    if _is_whole(reading, number, counted) or (before is not None and before.lemma.lower() == "include"):
        return ()
    words, length = _lemmas(counted), _is_length(reading, number)
    above = {lemma for i in graph.ancestors(reading, counted.index) for lemma in _lemmas(reading.tokens[i])}
    fit = [k for k in kinds() if (not k.heads or k.heads & above) and (not length or k.counted & TERM)]
    next_to = [k for k in fit if before is not None and _lemmas(before) & k.verbs]
    done = [k for k in fit if _is_done(reading, counted, number, k)]
    return tuple(dict.fromkeys((*next_to, *done, *(k for k in fit if words & k.counted))))


def counted_by(reading: Reading, number: Number) -> Token:
    """The noun that is counted: what the numeral modifies, or stands behind its "of"; else the numeral itself."""
    token = reading.tokens[number.head]
    if number.last < len(reading.tokens) and reading.tokens[number.last].lemma.lower() in TERM:
        return reading.tokens[number.last]
    while token.head != token.index and _is_before(reading, token, number):
        token = reading.tokens[token.head]
        if token.lemma.lower() in TERM:
            return token
    behind = (t for t in reading.children(token.index, "nmod") if graph.case_of(reading, t.index) == "of")
    if number.first <= token.index < number.last:
        return next((t for t in behind if t.index >= number.last), token)
    return token


def _is_before(reading: Reading, token: Token, number: Number) -> bool:
    """Whether a word stands before the one that is counted and belongs to it: a numeral, "dozens" before "more"."""
    more = token.head == number.last and reading.tokens[token.head].lemma.lower() in _MORE
    return more or graph.base(token) in {"nummod", "compound", "det"} or _is_second(reading, token)


def _lemmas(token: Token) -> set[str]:
    """The forms by which the table may know a word: its lemma, and its own without an ending, should the lemma be wrong."""
    text = token.text.lower()
    return {token.lemma.lower(), text, text.removesuffix("s")}


def _is_date(reading: Reading, number: Number) -> bool:
    token = reading.tokens[number.head]
    year = token.text.isdigit() and len(token.text) == 4 and number.high is not None and int(number.high) in _YEARS
    return (year and token.dep != "nummod") or token.xpos == "JJ" or token.text.endswith(_ORDINAL)


def _is_age(reading: Reading, number: Number) -> bool:
    """ "a 16-year-old", "two years old", "aged 16"."""
    words = [t.text.lower() for t in reading.tokens[number.last : number.last + 5] if t.text != "-"]
    before = reading.tokens[number.first - 1].text.lower() if number.first else ""
    return before in {"aged", "age"} or any(w in _OLD or w.endswith(("-old", "-olds")) for w in words[:2])


def _is_length(reading: Reading, number: Number) -> bool:
    """Whether a number is part of a compound: "a three-day siege", "a 12-year term"."""
    return number.last < len(reading.tokens) and reading.tokens[number.last].text == "-"


def _is_second(reading: Reading, token: Token) -> bool:
    """Whether a numeral is the second of a range: "between 20 and 30"."""
    return token.dep == "conj" and token.upos == reading.tokens[token.head].upos == "NUM"


def _is_whole(reading: Reading, number: Number, counted: Token) -> bool:
    """Whether a number is that of which another one is a part: "two of the three attackers"."""
    above = reading.tokens[counted.head]
    part = graph.base(counted) == "nmod" and graph.case_of(reading, counted.index) == "of" and above.upos == "NUM"
    return part and not number.first <= above.index < number.last


def _is_done(reading: Reading, counted: Token, number: Number, kind: Kind) -> bool:
    """Whether a verb or noun of the kind governs the counted: as what is done to, as who dies, as its "of"."""
    place = counted
    while place.head != place.index and (_is_of(reading, place) or _is_joined(reading, place)):
        above = reading.tokens[place.head]
        if _is_of(reading, place) and above.lemma.lower() in kind.nouns:
            return True
        place = above
    if any(_lemmas(t) & kind.verbs for t in reading.children(counted.index, "acl", "amod") if t.xpos == "VBN"):
        return True
    return any(_is_done_to(reading, t, number, kind) or _is_toll(reading, t, kind) for t in dict.fromkeys((counted, place)))


def _is_of(reading: Reading, token: Token) -> bool:
    return graph.base(token) == "nmod" and graph.case_of(reading, token.index) == "of"


def _is_joined(reading: Reading, token: Token) -> bool:
    """Whether a nominal is joined to another: "two guards and three children"."""
    return token.dep == "conj" and token.upos in _NOMINAL and reading.tokens[token.head].upos in _NOMINAL


def _is_done_to(reading: Reading, token: Token, number: Number, kind: Kind) -> bool:
    above, relation = reading.tokens[token.head], _relation(reading, token, number)
    verbs = _lemmas(above)
    if verbs & kind.verbs and relation == "obj":
        return True
    if verbs & kind.dying and relation == "nsubj":
        return True
    results = [t for i in (token.index, above.index) for t in reading.children(i, "amod", "xcomp")]
    state = {lemma for t in (above, *(results if relation in {"obj", "nsubj", "done"} else ())) for lemma in _lemmas(t)}
    return bool(state & kind.counted) and (relation in {"obj", "nsubj"} or token.dep in {"nummod", "xcomp"})


def _relation(reading: Reading, token: Token, number: Number) -> str:
    """What those counted are to their verb: `obj` (done to), `nsubj` (doing) or another relation."""
    above, relation = reading.tokens[token.head], graph.base(token)
    own = all(number.first <= t.index < number.last for t in reading.children(token.index, "case"))
    if token.dep == "nsubj:pass" or (relation == "nsubj" and graph.is_passive(reading, above.index)):
        return "obj"
    if token.lemma.lower() in _MORE and relation == "advmod" and above.xpos == "VBN":
        return "obj"
    if relation in {"obj", "obl"} and reading.children(token.index, "case"):
        return "obj" if own else "obl"
    return relation


def is_toll(reading: Reading, number: Number, kind: Kind) -> bool:
    """Whether a number is the whole of its kind so far: "the toll rose to 63", "bringing the number of dead to nine"."""
    token = counted_by(reading, number)
    return _is_toll(reading, token, kind) or _is_toll(reading, reading.tokens[number.head], kind)


def is_increment(reading: Reading, number: Number) -> bool:
    """Whether those counted come to others: "two more bodies"."""
    behind = reading.tokens[number.last].lemma.lower() if number.last < len(reading.tokens) else ""
    before = reading.tokens[number.first - 1].lemma.lower() if number.first else ""
    return behind in _MORE or before == "another"


def _is_toll(reading: Reading, token: Token, kind: Kind) -> bool:
    """ "the toll rose to 63", "which brought the toll to 63", "the toll passed 63", "put the number of arrests at 45"."""
    relation = graph.base(token)
    reached = {t.lemma.lower() for t in reading.children(token.index, "case")} & _REACHED
    if relation == "obj":
        whole = reading.children(token.head, "nsubj")
    elif relation == "obl" and reached:
        whole = reading.children(token.head, "nsubj", "obj")
    elif relation == "nmod" and reached:  # "put the number of [arrests at 45]"
        whole = tuple(reading.tokens[i] for i in graph.ancestors(reading, token.head) if reading.tokens[i].upos == "NOUN")
    else:
        whole = ()
    return any(_lemmas(t) & kind.tolls or _is_number_of(reading, t, kind) for t in whole)


def _is_number_of(reading: Reading, noun: Token, kind: Kind) -> bool:
    """Whether a noun is the number of those of a kind: "the number of dead", "of arrests", "of people killed"."""
    if noun.lemma.lower() not in _NUMBER:
        return False
    words = kind.verbs | kind.nouns | kind.counted
    of = [t for t in reading.children(noun.index, "nmod") if graph.case_of(reading, t.index) == "of"]
    return any(_lemmas(w) & words for t in of for w in (t, *reading.children(t.index, "acl", "amod")))
