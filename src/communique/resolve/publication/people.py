"""Who is named in a report, and as what: holders of office, whose terms tell when the report came out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.ontology.entries import Entry, Office
from communique.ontology.world import World
from communique.types.text import Span

_WORD = re.compile(r"[\w][\w’'.-]*[\w’']|\w\.?")
_JOINT = re.compile(r",? ")
_APPOSED = re.compile(r", ((?:[\w’'-]+ ){0,6}[\w’'-]+)(?=[,.;]|$| said| told| has | was | is )")
# "Executive Vice President", "Shadow Home Secretary": no office of state.
_NO_OFFICE = frozenset(
    {"executive", "senior", "shadow", "company", "club", "group", "assistant", "deputy", "vice", "associate"}
)
# What a table calls the office of those of whom it does not know which it was.
_ANY_OFFICE = "official"
# The class of ministers of all that has no class of its own: two of them need not be one office.
_ANY_MINISTER = "minister"
_LONGEST_NAME = 5
_LONGEST_TITLE = 5
_BEFORE = 3
_BORDERS = frozenset({"and", "or", "with", "by", "to", "from", "that", "as", "said"})
_ASIDE = re.compile(r"\bex-|-(?:elect|designate)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in a sentence: the terms that the words may mean, and as what the words call the person.

    `use` is "holder" (President Ada Lind), "former", "elect", "new", "outgoing", or "bare" for a name without an office.
    `span` counts in the sentence.
    """

    person: str
    use: str
    terms: tuple[Office, ...]
    span: Span


def people_named(sentence: str, world: World, words_for: dict[str, frozenset[str]]) -> Iterator[Named]:
    """The people with terms of office whom a sentence names, in order.

    `words_for` gives for each use but "holder" and "bare" the words that mean it before a title. A family name counts
    only after a title, and then stands for all who had that office under that name.
    """
    words = list(_WORD.finditer(sentence))
    position = 0
    while position < len(words):
        found = _named_at(sentence, words, position, world, words_for) if words[position][0][0].isupper() else None
        if found is None:
            position += 1
            continue
        size, named = found
        position += size
        yield from named


def _named_at(
    sentence: str, words: Sequence[re.Match[str]], first: int, world: World, words_for: dict[str, frozenset[str]]
) -> tuple[int, list[Named]] | None:
    """How many words the name at a position has, and who it is; None where no name of the registry stands."""
    for size in range(min(_LONGEST_NAME, len(words) - first), 0, -1):
        last = words[first + size - 1]
        if not last[0][0].isupper() or (size > 1 and _broken(sentence, words[first : first + size])):
            continue
        names = world.names(sentence[words[first].start() : last.end()])
        if not names:
            continue
        whole = {n.entry.id: n.entry for n in names if n.entry.kind == "person" and n.use in ("name", "alias")}
        family = {n.entry.id: n.entry for n in names if n.entry.kind == "person" and n.use == "surname"}
        if not whole and not family:
            return (size, []) if size > 1 else None
        if size > 1 and _begins_with_title(sentence, words[first : first + size], world):
            return None
        span = Span(words[first].start(), last.end())
        return size, list(_called(sentence, words, first, span, whole or family, not whole, world, words_for))
    return None


def _begins_with_title(sentence: str, name: Sequence[re.Match[str]], world: World) -> bool:
    """Whether a name of the registry is a title and another name: "President Hu Jintao"."""
    title = world.title(name[0][0])
    rest = sentence[name[1].start() : name[-1].end()]
    return title is not None and title.title_class is not None and any(n.use in ("name", "alias") for n in world.names(rest))


def _broken(sentence: str, words: Sequence[re.Match[str]]) -> bool:
    return any(sentence[a.end() : b.start()] != " " for a, b in pairwise(words))


def _called(
    sentence: str,
    words: Sequence[re.Match[str]],
    first: int,
    span: Span,
    people: dict[str, Entry],
    by_family: bool,
    world: World,
    words_for: dict[str, frozenset[str]],
) -> Iterator[Named]:
    title_class, begin = _title_before(sentence, words, first, world)
    before = _words_before(sentence, words, begin, first)
    if title_class is None and not by_family:
        apposed = _APPOSED.match(sentence, span.end)
        title = world.title(apposed[1]) if apposed else None
        if apposed and title is not None:
            title_class, before = title.title_class, apposed[1].split()
    held = [o for person in people for o in world.terms_of(person)]
    called = [o for o in held if title_class not in (None, _ANY_MINISTER) and class_of(o, world) == title_class]
    if not called and title_class is not None and len(people) == 1 and all(o.title == _ANY_OFFICE for o in held):
        called = held
    if called:
        use = _use(before, words_for)
        yield Named("|".join(sorted(people)), use, tuple(called), span)
    elif held and not by_family and len(people) == 1:
        yield Named(next(iter(people)), "bare", tuple(held), span)


def _words_before(sentence: str, words: Sequence[re.Match[str]], begin: int, first: int) -> list[str]:
    """The words of a title and up to `_BEFORE` before it, from the last mark or "and" on."""
    start = begin
    while start > max(0, begin - _BEFORE) and words[start - 1][0] not in _BORDERS:
        if sentence[words[start - 1].end() : words[start].start()] not in (" ", ". "):
            break
        start -= 1
    return [w[0].strip("-.") for w in words[start:first]]


def _title_before(sentence: str, words: Sequence[re.Match[str]], first: int, world: World) -> tuple[str | None, int]:
    """The class of the longest title that ends where a name begins, and the word that it begins with."""
    if not first or not _JOINT.fullmatch(sentence[words[first - 1].end() : words[first].start()]):
        return None, first
    best: tuple[str | None, int] = (None, first)
    for begin in range(first - 1, max(-1, first - 1 - _LONGEST_TITLE), -1):
        if begin < first - 1 and sentence[words[begin].end() : words[begin + 1].start()] != " ":
            break
        phrase = _ASIDE.sub("", sentence[words[begin].start() : words[first - 1].end()])
        title = world.title(phrase)
        if title is not None and title.title_class and _key(title.text) == _key(phrase):
            best = (title.title_class, begin)
    if best[1] and words[best[1] - 1][0].lower() in _NO_OFFICE:
        return None, first
    return best


def _key(title: str) -> str:
    return title.casefold().replace("-", " ")


def _use(before: Iterable[str], words_for: dict[str, frozenset[str]]) -> str:
    """What the words say that the holder is; "New" of a name, as in "New Zealand", says nothing."""
    parts = {part.lower() if part != "New" else part for word in before for part in word.split("-")}
    return next((use for use, said in words_for.items() if said & parts), "holder")


def class_of(office: Office, world: World) -> str | None:
    """The class of the office that a term is of."""
    title = world.title(office.title)
    return title.title_class if title else None
