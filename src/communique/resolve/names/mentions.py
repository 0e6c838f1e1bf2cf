"""Where a report names something: entity spans of the network and names that the registry knows, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.ontology.entries import Name
from communique.ontology.world import World
from communique.resolve.names.nouns import noun_at, words
from communique.resolve.names.spans import behind_titles, clean_spans, proper_runs
from communique.types.reading import Reading

_NAME_TAGS = frozenset({"PROPN", "ADJ", "NOUN", "X", "SYM"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `[first, last)` that name something. `label` is PERSON, ORG, LOC or MISC; `names` what the registry has
    under these words, none where it knows nothing."""

    first: int
    last: int
    label: str
    names: tuple[Name, ...] = ()

    def covers(self, other: Mention) -> bool:
        """Whether the other mention lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def uses(self, *uses: str) -> bool:
        """Whether the registry has a name here that is used in one of these ways."""
        return any(n.use in uses for n in self.names)


def slice_text(text: str, reading: Reading, first: int, last: int) -> str:
    """The words of tokens `[first, last)` as the report writes them, with single spaces."""
    return " ".join(reading.span(first, last).of(text).split())


def registry_mentions(text: str, reading: Reading, world: World) -> list[Mention]:
    """The longest names of the registry that the report has, left to right; none overlap."""
    found = []
    for sentence in reading.sentences:
        i = sentence.first
        while i < sentence.last:
            mention = _longest(text, reading, world, i, sentence.last)
            if mention is None:
                i += 1
            else:
                found.append(mention)
                i = mention.last
    return found


def _longest(text: str, reading: Reading, world: World, first: int, end: int) -> Mention | None:
    if not any(c.isupper() for c in reading.tokens[first].text) and reading.tokens[first].text not in words("name_particles"):
        return None
    for last in range(min(end, first + world.longest(reading.tokens[first].text)), first, -1):
        if reading.tokens[last - 1].upos in ("PART", "PUNCT", "DET"):
            continue
        written = slice_text(text, reading, first, last)
        names = tuple(n for n in world.names(written) if _written_alike(n.text, written))
        names = _by_article(reading, first, last, names)
        if reading.tokens[first].upos == "DET":
            names = tuple(n for n in names if n.text[:4] == "The ")
        if names and _may_be_name(reading, first, last, names):
            label = _label(names)
            return Mention(behind_titles(reading, first, last) if label == "PERSON" else first, last, label, names)
    return None


def _written_alike(name: str, written: str) -> bool:
    """Acronyms must be written in capitals: "US" is not "us", "IS" not "Is"."""
    if len(name) <= 5 and name.isupper():
        return written.isupper()
    if name.endswith(("'s", "’s")) and not written.endswith(("'s", "’s")):
        return False
    if name[:4] == "The " and written[:4].lower() == "the " and written[4:5].islower() and name[4:5].isupper():
        return False
    return written[:1].isupper() or name[:1].islower()


def _by_article(reading: Reading, first: int, last: int, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names without those that are one word behind "The" where the report has no such "The": "the Australian miner" is
    not of the newspaper The Australian."""
    start = first if reading.tokens[first].upos == "DET" else first - 1
    article = reading.tokens[start] if start >= 0 else None
    after = reading.tokens[last] if last < len(reading.tokens) else None
    adjective = any(n.use in ("adjective", "demonym") for n in names)
    opens = article is not None and reading.sentences[article.sentence].first == start
    told = article is not None and article.text == "The" and not (opens and start < first)
    if adjective and after is not None and after.upos in ("NOUN", "PROPN", "ADJ"):
        told = False
    return tuple(n for n in names if told or n.text[:4] != "The " or " " in n.text[4:])


def _may_be_name(reading: Reading, first: int, last: int, names: tuple[Name, ...]) -> bool:
    if last - first > 1:
        return True
    token = reading.tokens[first]
    if token.upos not in _NAME_TAGS:
        return False
    if any(n.use != "surname" for n in names):
        return True
    return token.upos == "PROPN" and token.text.lower() not in words("calendar")  # a day names nobody by the surname alone


def _label(names: tuple[Name, ...]) -> str:
    kinds = {n.entry.kind for n in names}
    if names[0].use in ("adjective", "demonym"):
        return "MISC"
    if "state" in kinds:
        return "LOC"
    return "PERSON" if kinds == {"person"} else "ORG"


def entity_mentions(text: str, reading: Reading, world: World) -> list[Mention]:
    """The network's entity spans, cleaned, with the registry's names for them. A pipeline that gives no entities gets
    runs of proper nouns instead."""
    found = []
    for chunk in clean_spans(reading, reading.entities or tuple(proper_runs(reading))):
        written = slice_text(text, reading, chunk.first, chunk.last)
        names = tuple(n for n in world.names(written) if _written_alike(n.text, written))
        names = _by_article(reading, chunk.first, chunk.last, names)
        if chunk.label != "PERSON":
            names = tuple(n for n in names if n.use != "surname")
        elif not names and is_office(reading, chunk.first, chunk.last):
            continue
        if chunk.label == "ORG" and not names and _opens_title(reading, chunk.first, chunk.last):
            continue
        found.append(Mention(chunk.first, chunk.last, chunk.label, names))
    return found


def is_office(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens that were taken for a person's name are only words of an office: "Prime", "Secretary of State"."""
    loose = words("title_prefixes") | words("portfolios") | words("office_words")
    for index in range(first, last):
        noun = noun_at(reading, index)
        if reading.tokens[index].text.lower() not in loose and (noun is None or not noun.is_title):
            return False
    return True


def _opens_title(reading: Reading, first: int, last: int) -> bool:
    """Whether a word that was taken for a body's name only belongs to the title behind it: "Security Minister NAME"."""
    inside = last < len(reading.tokens) and reading.tokens[last].sentence == reading.tokens[first].sentence
    after = noun_at(reading, last) if inside and last - first == 1 else None
    if after is None or not after.is_title:
        return False
    return reading.tokens[first].text.lower() in words("portfolios") or noun_at(reading, first) is not None


def name_mentions(text: str, reading: Reading, world: World) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The report's name mentions in order, without overlaps, and all that the registry knows, also within longer names.

    A registry name within a longer entity span is left to the span ("China" in "Bank of China"), and a person's name
    is never read as a state's ("Jordan").
    """
    known = registry_mentions(text, reading, world)
    at = {i: m for m in _split_lists(reading, entity_mentions(text, reading, world), known) for i in range(m.first, m.last)}
    for mention in known:
        rivals = list(dict.fromkeys(at[i] for i in range(mention.first, mention.last) if i in at))
        if _is_only_surname(mention) and reading.entities and not any(e.label == "PERSON" for e in rivals):
            continue
        if _opens_body(mention, rivals):
            at.update(dict.fromkeys(range(mention.first, rivals[-1].last), replace(rivals[-1], first=mention.first)))
            continue
        if len(rivals) == 1 and _is_nationality(mention, rivals[0]):
            at.update(dict.fromkeys(range(mention.last, rivals[0].last), replace(rivals[0], first=mention.last)))
            at.update(dict.fromkeys(range(mention.first, mention.last), mention))
            continue
        if len(rivals) == 1 and _is_core(reading, mention, rivals[0]):
            at.update(_core(reading, mention, rivals[0]))
            at = {i: m for i, m in at.items() if m is not rivals[0]}
            continue
        if all(_gives_way(e, mention) for e in rivals):
            label = rivals[0].label if len(rivals) == 1 and rivals[0].covers(mention) else mention.label
            for i in (i for e in rivals for i in range(e.first, e.last)):
                at.pop(i, None)
            at.update(dict.fromkeys(range(mention.first, mention.last), replace(mention, label=label)))
    return tuple(sorted(dict.fromkeys(at.values()), key=lambda m: m.first)), tuple(known)


def _is_only_surname(mention: Mention) -> bool:
    return all(n.use == "surname" for n in mention.names)


def _is_nationality(mention: Mention, entity: Mention) -> bool:
    """Whether a state's adjective opens a person's span: "Chadian NAME"."""
    opens = entity.first == mention.first and mention.last < entity.last and entity.label == "PERSON" and not entity.names
    return opens and mention.uses("adjective") and not mention.uses("name", "surname")


def _is_core(reading: Reading, known: Mention, entity: Mention) -> bool:
    """Whether a span without a name of its own is a known name and words that belong to none: "Lima, | Peru",
    "southern | Peru", "Hamas | militants", "Reuters | building"."""
    if entity.names or not entity.covers(known) or not known.uses("name", "alias") or known == entity:
        return False
    if entity.label == "LOC" and known.label == "LOC" and known.last == entity.last:
        before = reading.tokens[entity.first : known.first]
        return _behind_comma(reading, known) or all(t.text.islower() or t.text == "-" for t in before)
    behind = reading.tokens[known.last : entity.last]
    body = entity.label != "PERSON" and known.label == "ORG" and known.first == entity.first
    return body and all(t.text.islower() for t in behind)


def _core(reading: Reading, known: Mention, entity: Mention) -> dict[int, Mention]:
    at = dict.fromkeys(range(known.first, known.last), known)
    if known.first > entity.first and _behind_comma(reading, known):
        rest = replace(entity, last=known.first - 1)
        at.update(dict.fromkeys(range(rest.first, rest.last), rest))
    return at


def _behind_comma(reading: Reading, known: Mention) -> bool:
    return reading.tokens[known.first - 1].text == ","


def _opens_body(mention: Mention, rivals: list[Mention]) -> bool:
    """Whether a state's adjective opens a body's name that the network cut too short: "Costa | Rican Ministry"."""
    last = rivals[-1] if rivals else None
    longer = last is not None and last.label == "ORG" and last.first > mention.first and last.last > mention.last
    return longer and mention.uses("adjective", "demonym")


def _gives_way(entity: Mention, known: Mention) -> bool:
    if known.covers(entity):
        return True
    if entity.label == "PERSON" and entity.covers(known) and known.first == entity.first and not entity.names:
        return {n.entry.kind for n in known.names} <= {"company", "organization", "news agency", "bloc"}
    return not entity.covers(known) and known.last - known.first > entity.last - entity.first


def _split_lists(reading: Reading, entities: Iterable[Mention], known: list[Mention]) -> Iterator[Mention]:
    """Spans that a name of the registry starts and another ends, with "and" between them, are two."""
    starts, ends = {m.first: m for m in known}, {m.last: m for m in known}
    for entity in entities:
        ands = [i for i in range(entity.first + 1, entity.last - 1) if reading.tokens[i].lemma.lower() == "and"]
        left, right = (ends.get(ands[0]), starts.get(ands[0] + 1)) if len(ands) == 1 and not entity.names else (None, None)
        if left is not None and right is not None and entity.covers(left) and entity.covers(right):
            yield replace(entity, last=ands[0], names=left.names)
            yield replace(entity, first=ands[0] + 1, names=right.names)
        else:
            yield entity


def acronyms(text: str, reading: Reading, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Names with the acronym that follows them in parentheses, and the reverse: (long, short)."""
    listed = list(mentions)
    by_first = {m.first: m for m in listed}
    for mention in listed:
        if mention.last + 2 < len(reading.tokens) and reading.tokens[mention.last].text in ("(", "-LRB-", "["):
            short = by_first.get(mention.last + 1)
            inside = slice_text(text, reading, mention.last + 1, mention.last + 2)
            if short is None and re.fullmatch(r"[A-Z][A-Za-z.&/-]{1,11}", inside) and sum(c.isupper() for c in inside) >= 2:
                short = Mention(mention.last + 1, mention.last + 2, mention.label)
            if (
                short is not None
                and short.last - short.first <= 2
                and _abbreviates(inside, slice_text(text, reading, mention.first, mention.last))
            ):
                yield mention, short


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of the acronym come in order in the name and start with its first (names in other languages
    may be abbreviated by letters that the translation lacks: then at least half must come)."""
    letters, rest, hits = re.sub(r"[^A-Z]", "", short), full.upper(), 0
    if len(letters) < 2 or len(short) >= len(full):
        return False
    for letter in letters:
        at = rest.find(letter)
        if at >= 0:
            hits, rest = hits + 1, rest[at + 1 :]
    return 2 * hits > len(letters)
