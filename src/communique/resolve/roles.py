"""Offices and occupations of the people that a report names: titles before names, appositions, predicates, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.resolve.mentions import Mention
from communique.resolve.nouns import PersonNoun, is_plural, noun_at, word_map, words
from communique.resolve.scene import Scene

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({"-", "–", "—"})
_COMMAS = frozenset({",", "(", "-LRB-", "–", "—"})
_STOPS = frozenset({",", ")", "-RRB-", ".", ";", ":", "–", "—", "”", '"', "“", "("})
_AGE_BEFORE = re.compile(r"(?<!\d)(\d{1,3})[-\s\u2010-\u2015]*year[-\s\u2010-\u2015]*old\s(?:[\w-]+\s){0,4}$")
_AGE_AFTER = re.compile(r"\s*(?:,\s*(?:aged\s)?(\d{1,3})(?=\s*,|\.|\s+from\b)|\((?:aged\s)?(\d{1,3})\)|,?\s*aged (\d{1,3})\b)")


@dataclass(frozen=True, slots=True)
class Title:
    """An office in the report's words, tokens `[first, last)`; `of` is a country code or the name of a body."""

    first: int
    last: int
    head: int
    text: str
    of: str | None
    country: str | None
    sector: str
    reason: str


def titles_of(scene: Scene, mention: Mention) -> Iterator[Title]:
    """The titles that stand by a person's name: before it, in apposition, in brackets, or as predicate."""
    found = [
        title_before(scene, mention.first, mention.first),
        _reversed_apposition(scene, mention),
        _listed_office(scene, mention),
        _after(scene, mention),
    ]
    for title in found:
        if title is not None:
            yield title


def title_before(scene: Scene, first: int, end: int) -> Title | None:
    """The title that ends right before token `end`; `first` is where the person's name starts."""
    head = _head_before(scene, end)
    if head is None:
        return None
    start = head
    while start and scene.same_sentence(start - 1, first) and _modifies(scene, start - 1, head):
        start -= 1
    return parse_title(scene, start, head, end)


def _head_before(scene: Scene, end: int) -> int | None:
    """The title's head noun: right before the name ("President"), or before "of" ("Secretary of State")."""
    if not scene.same_sentence(end - 1, end):
        return None
    noun = noun_at(scene.reading, end - 1)
    if noun is not None and _titular(scene, end - 1, noun) and end - 1 not in scene.at_person:
        return end - 1
    for i in range(end - 2, max(-1, end - 9), -1):
        token = scene.reading.tokens[i]
        if (
            not scene.same_sentence(i, end)
            or token.upos not in ("NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET")
            or i in scene.at_person
        ):
            return None
        if token.upos == "ADP" and token.text.lower() not in ("of", "for", "to"):
            return None
        noun = noun_at(scene.reading, i)
        if noun is not None and noun.is_title and scene.reading.tokens[i + 1].text.lower() in ("of", "for", "to"):
            return i
    return None


def _titular(scene: Scene, index: int, noun: PersonNoun) -> bool:
    return noun.is_title and scene.reading.tokens[index].upos in ("NOUN", "PROPN", "ADJ", "X")


def _modifies(scene: Scene, index: int, head: int) -> bool:
    token = scene.reading.tokens[index]
    word = token.text.lower()
    if index in scene.at_person and word not in _POSSESSIVE and scene.reading.tokens[index + 1].text not in _POSSESSIVE:
        return False
    if word in words("calendar") or token.text in _STOPS - _DASHES:
        return False
    if token.upos == "CCONJ":
        around = scene.token(index - 1), scene.reading.tokens[index + 1]
        nouns = all(t is not None and t.text[:1].isupper() and t.upos in ("PROPN", "NOUN") for t in around)
        return nouns and index + 1 < head and noun_at(scene.reading, index - 1) is None and index - 1 not in scene.at_person
    return (
        token.upos in ("NOUN", "PROPN", "ADJ", "X")
        or token.text in _POSSESSIVE
        or token.text in _DASHES
        or word in words("title_prefixes")
    )


def parse_title(scene: Scene, start: int, head: int, end: int) -> Title:
    """Read the tokens `[start, end)` around a title's head: whose office it is, and its words without the state's name."""
    noun = noun_at(scene.reading, head)
    before, behind = scene.country_in(start, head), scene.country_in(head + 1, end)
    first = _skip_owner(scene, start, head)
    last = _drop_tail(scene, head, end)
    country, reason = None, ""
    body = scene.body_in(start, head) or scene.body_in(head + 1, end)
    owner = before or (behind if body is None or body.country is None else None)
    if owner is not None:
        country, reason = owner[0], f"'{owner[1]}' by the title"
    elif body is not None:
        country, reason = body.country, f"office of {body.name}"
    of = _office_of(scene, start, head, end, country, body.name if body is not None else None)
    text = scene.words(first, last)
    known = scene.world.title(text)
    sectors = known.sectors if known is not None and known.sectors else ()
    sector = sectors[0] if sectors else _sector(noun, body.sectors if body is not None else ())
    return Title(first, last, head, text, of, country, sector, reason)


def _office_of(scene: Scene, start: int, head: int, end: int, country: str | None, body: str | None) -> str | None:
    if body is not None:
        return body
    if country is not None:
        return country
    for i in (*range(start, head), *range(head + 1, end)):
        mention = scene.at.get(i)
        if mention is not None and mention.label in ("ORG", "LOC"):
            return scene.words(mention.first, mention.last)
    return None


def _sector(noun: PersonNoun | None, body: tuple[str, ...]) -> str:
    own = noun.sector if noun is not None else "UNK"
    return body[0] if body and own in ("ELI", "UNK") else own


def _skip_owner(scene: Scene, start: int, head: int) -> int:
    """Where the title's own words start, behind the state, person or determiner that it belongs to."""
    first = start
    while first < head:
        token, known = scene.reading.tokens[first], scene.known_at.get(first)
        state = (
            known is not None
            and known.last <= head
            and any(n.entry.kind == "state" and n.use not in ("seat", "capital") for n in known.names)
        )
        if known is not None and state:
            first = known.last
        elif (
            token.upos in ("DET", "PRON", "PUNCT", "PART", "NUM")
            or token.text in _POSSESSIVE
            or token.text in _DASHES
            or first in scene.at_person
            or (token.upos in ("ADV", "VERB") and token.text.lower() not in words("title_prefixes"))
        ):
            first += 1
        else:
            break
    return first


def _drop_tail(scene: Scene, head: int, end: int) -> int:
    """Where the title's words end: an "of" phrase that is just the state or body is left out."""
    tokens = scene.reading.tokens
    if head + 1 >= end or tokens[head + 1].text.lower() not in ("of", "for", "at"):
        return end
    i = head + 2
    while i < end and tokens[i].upos == "DET":
        i += 1
    known, mention = scene.known_at.get(i), scene.at.get(i)
    whole = (known is not None and known.last >= end) or (
        mention is not None and mention.label == "ORG" and mention.last >= end
    )
    return head + 1 if whole else end


def _reversed_apposition(scene: Scene, mention: Mention) -> Title | None:
    """ "Iran's chief negotiator, NAME, said ...": the title stands before a comma, the name between two."""
    before, after = scene.token(mention.first - 1), scene.token(mention.last)
    if before is None or before.text != "," or not scene.same_sentence(mention.first - 1, mention.first):
        return None
    closes = after is not None and (after.text in (",", ".") or after.upos in ("VERB", "AUX", "ADP"))
    title = title_before(scene, mention.first, mention.first - 1) if closes else None
    if title is None or is_plural(scene.reading.tokens[title.head]) or title.head in scene.titles:
        return None
    determined = scene.token(title.first - 1)
    owned = determined is not None and (determined.upos in ("DET", "PRON", "PART") or title.country is not None)
    return title if owned else None


def _listed_office(scene: Scene, mention: Mention) -> Title | None:
    """ "ministers A (Economy), B (Health)": the bracket tells which office of the plural before it."""
    tokens, i = scene.reading.tokens, mention.last
    if i + 2 >= len(tokens) or tokens[i].text not in ("(", "-LRB-") or not tokens[i + 1].text[:1].isupper():
        return None
    close = next((j for j in range(i + 1, min(i + 9, len(tokens))) if tokens[j].text in (")", "-RRB-")), None)
    sentence = scene.reading.sentences[tokens[i].sentence]
    for j in range(mention.first - 1, sentence.first - 1, -1):
        noun = noun_at(scene.reading, j)
        if close is not None and noun is not None and noun.is_title and is_plural(tokens[j]):
            text = f"{noun.noun} {scene.span(i, close + 1).of(scene.text)}"
            owner = scene.country_in(sentence.first, j)
            country = owner[0] if owner is not None else None
            return Title(i, close + 1, j, text, country, country, noun.sector, "office in brackets")
    return None


def _after(scene: Scene, mention: Mention) -> Title | None:
    """What follows the name: ", the Y of Z", ", who is the Y", "is the Y", "as Y", "of Z"."""
    tokens, i = scene.reading.tokens, mention.last
    if i >= len(tokens) or not scene.same_sentence(mention.first, i):
        return None
    if tokens[i].text in _COMMAS and i + 2 < len(tokens) and tokens[i + 1].upos == "NUM" and tokens[i + 2].text == ",":
        i += 2
    if tokens[i].text in _COMMAS and i + 1 < len(tokens):
        i += 1
        if tokens[i].lemma.lower() == "who":
            return _predicate(scene, i + 1)
        return _noun_phrase(scene, i)
    return _predicate(scene, i)


def _predicate(scene: Scene, index: int) -> Title | None:
    token = scene.token(index)
    if token is None:
        return None
    if token.lemma.lower() in ("be", "become", "remain") and token.upos in ("AUX", "VERB"):
        return _noun_phrase(scene, index + 1, strict=True)
    if token.text.lower() == "as":
        return _noun_phrase(scene, index + 1, strict=True)
    if (
        token.lemma.lower() in words("leading")
        and token.upos == "VERB"
        and scene.reading.tokens[index - 1].lemma.lower() == "who"
    ):
        end = _phrase_end(scene, index + 1)
        owner, body = scene.country_in(index, end), scene.body_in(index, end)
        country = owner[0] if owner else body.country if body else None
        return Title(
            index, end, index, scene.words(index, end), body.name if body else country, country, "ELI", "what the person leads"
        )
    return None


def _noun_phrase(scene: Scene, start: int, *, strict: bool = False) -> Title | None:
    """A singular title with what belongs to it, from `start` on; strict where only a determined one will do."""
    tokens, head, i = scene.reading.tokens, None, start
    while i < len(tokens) and scene.same_sentence(start, i) and i < start + 12:
        token = tokens[i]
        if (
            token.text in _STOPS - _DASHES
            or token.upos in ("AUX", "ADP", "SCONJ")
            or (token.upos == "VERB" and token.feat("VerbForm") == "Fin")
        ):
            break
        noun = noun_at(scene.reading, i)
        if noun is not None and token.upos in ("NOUN", "PROPN") and not is_plural(token):
            head = i
        elif token.upos in ("NOUN", "PROPN"):
            head = None if i not in scene.at_person else head
        i += 1
    if (
        head is None
        or tokens[head].dep.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "csubj")
        or (head + 1 in scene.at_person and scene.same_sentence(head, head + 1))
        or _foreign_name(scene, start, head)
    ):
        return None
    noun = noun_at(scene.reading, head)
    determined = tokens[start].upos in ("DET", "PRON") or (scene.country_in(start, head) is not None)
    if (
        noun is None
        or not (noun.is_title or (determined and not noun.is_body))
        or (strict and not determined and not noun.is_title)
    ):
        return None
    return parse_title(scene, start, head, _phrase_end(scene, head + 1))


def _foreign_name(scene: Scene, start: int, head: int) -> bool:
    """Whether another person's name stands before the head other than as its owner."""
    people = {m for i in range(start, head + 1) if (m := scene.at_person.get(i)) is not None}
    return any(scene.reading.tokens[m.last].text not in _POSSESSIVE for m in people)


def _phrase_end(scene: Scene, index: int) -> int:
    """Where the prepositional phrases behind a title end."""
    tokens, i = scene.reading.tokens, index
    if i >= len(tokens) or tokens[i].text.lower() not in ("of", "for", "to", "in", "at", "on"):
        if (
            i == index
            and i < len(tokens)
            and tokens[i].upos in ("DET", "PROPN", "NOUN", "ADJ")
            and tokens[i - 1].upos == "VERB"
        ):
            i += 1
        else:
            return index
    while i < len(tokens) and scene.same_sentence(index, i):
        token = tokens[i]
        if (
            token.text in _STOPS - _DASHES
            or token.upos in ("VERB", "AUX", "PRON", "SCONJ", "ADV")
            or token.text.lower() in ("with", "on", "during", "after")
        ):
            break
        follows = scene.token(i + 1)
        if token.upos == "CCONJ" and (
            follows is None or follows.upos not in ("NOUN", "PROPN", "ADJ") or i + 1 in scene.at_person
        ):
            break
        i += 1
    return i


def age_of(scene: Scene, mention: Mention) -> int | None:
    """The age in years that stands by a name: "71-year-old NAME", "NAME, 25,", "NAME (25)"."""
    span = scene.span(mention.first, mention.last)
    before = _AGE_BEFORE.search(scene.text, max(0, span.start - 60), span.start)
    after = None if before else _AGE_AFTER.match(scene.text, span.end, min(len(scene.text), span.end + 20))
    digits = next((g for found in (before, after) if found for g in found.groups() if g), None)
    return int(digits) if digits is not None and 0 < int(digits) < 120 else None


def honorific_gender(scene: Scene, first: int) -> str | None:
    """The gender that the word before a name tells: Masc or Fem."""
    before = scene.token(first - 1)
    if before is None:
        return None
    told = word_map("honorifics").get(before.text.lower()) or word_map("gendered").get(before.lemma.lower())
    return told if told in ("Masc", "Fem") else None
