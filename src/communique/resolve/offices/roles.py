"""Offices and occupations of the people that a report names: titles before names, appositions, predicates, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.resolve.names.mentions import Mention
from communique.resolve.names.nouns import is_plural, noun_at, word_map, words
from communique.resolve.offices.titles import (
    DASHES,
    POSSESSIVE,
    STOPS,
    before_honorifics,
    ends_office,
    parse_title,
    phrase_end,
    title_before,
)
from communique.resolve.report.drafts import Title
from communique.resolve.report.scene import Scene

_COMMAS = frozenset({",", "(", "-LRB-", "–", "—"})
_AGE_BEFORE = re.compile(r"(?<!\d)(\d{1,3})[-\s\u2010-\u2015]*year[-\s\u2010-\u2015]*old\s(?:[^\W\d][^\W\d-]*\s){0,4}$")
_AGE_AFTER = re.compile(r"\s*(?:,\s*(?:aged\s)?(\d{1,3})(?=\s*,|\.|\s+from\b)|\((?:aged\s)?(\d{1,3})\)|,?\s*aged (\d{1,3})\b)")


def titles_of(scene: Scene, mention: Mention) -> Iterator[Title]:
    """The titles that stand by a person's name: before it, in apposition, in brackets, or as predicate."""
    before = title_before(scene, mention.first, mention.first)
    found = [
        before or _shared(scene, mention),
        _coordinated(scene, before) if before is not None else None,
        _appointment(scene, mention),
        _reversed_apposition(scene, mention),
        _listed_office(scene, mention),
        _after(scene, mention),
    ]
    for title in found:
        if title is not None:
            yield title


def _shared(scene: Scene, mention: Mention) -> Title | None:
    """The plural title before the first of several names, for the ones behind "and" and commas: "ministers A, B and C"."""
    first = mention.first
    while True:
        i = first - 1
        while i >= 0 and (scene.reading.tokens[i].upos == "CCONJ" or scene.reading.tokens[i].text == ","):
            i -= 1
        other = scene.at_person.get(i)
        if i == first - 1 or other is None or not scene.same_sentence(i, mention.first):
            return None
        first = other.first
        title = title_before(scene, first, first)
        if title is not None:
            return title if is_plural(scene.reading.tokens[title.head]) else None


def _coordinated(scene: Scene, title: Title) -> Title | None:
    """The title before "and" in "mayor and former minister NAME", or right before another in "chief of staff General NAME"."""
    before = scene.token(title.first - 1)
    if before is not None and scene.same_sentence(before.index, title.head) and ends_office(scene, before.index):
        return title_before(scene, title.first, title.first)
    if before is None or before.upos != "CCONJ" or not scene.same_sentence(title.first - 1, title.head):
        return None
    return title_before(scene, title.first, title.first - 1)


def _appointment(scene: Scene, mention: Mention) -> Title | None:
    """What somebody is elected, appointed, sworn in or serves as: "was elected as mayor", "serves as treasurer"."""
    name = scene.reading.tokens[scene.head(mention.first, mention.last)]
    governor = scene.reading.tokens[name.head]
    verbs = [governor, *(v for v in scene.reading.children(name.index, "acl") if v.upos == "VERB")]
    for verb in verbs:
        if verb.lemma.lower() not in words("appointing") or (
            verb is governor and name.dep not in ("nsubj", "nsubj:pass", "obj")
        ):
            continue
        for noun in scene.reading.children(verb.index, "obl", "xcomp", "obj", "nmod"):
            known = noun_at(scene.reading, noun.index)
            if known is None or not known.is_title or noun.index in scene.at_person or noun.index < verb.index:
                continue
            start = noun.index
            while start - 1 > verb.index and scene.reading.tokens[start - 1].upos in ("ADJ", "NOUN", "PROPN", "PART"):
                start -= 1
            active = verb is governor and name.dep == "nsubj" and verb.lemma.lower() not in ("serve", "act", "work")
            if not active:
                return parse_title(scene, start, noun.index, phrase_end(scene, noun.index + 1))
    return None


def _reversed_apposition(scene: Scene, mention: Mention) -> Title | None:
    """ "Iran's chief negotiator, NAME, said ...": the title stands before a comma, the name between two."""
    comma = before_honorifics(scene, mention.first) - 1
    before, after = scene.token(comma), scene.token(mention.last)
    if before is None or before.text != "," or not scene.same_sentence(comma, mention.first):
        return None
    closes = after is not None and (after.text in (",", ".") or after.upos in ("VERB", "AUX", "ADP"))
    title = title_before(scene, comma + 1, comma) if closes else None
    if title is None or is_plural(scene.reading.tokens[title.head]) or title.head in scene.titles:
        return None
    determined = scene.token(title.first - 1)
    owned = determined is not None and (determined.upos in ("DET", "PRON", "PART") or title.of is not None)
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
        end = phrase_end(scene, index + 1)
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
            token.text in STOPS - DASHES
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
    end = phrase_end(scene, head + 1)
    if any(_is_titled(scene, m) for i in range(head + 2, end) if (m := scene.at_person.get(i)) is not None):
        return None
    return parse_title(scene, start, head, end)


def _is_titled(scene: Scene, mention: Mention) -> bool:
    """Whether an office ends right before a name, so that it is that person's: "chief of staff NAME"."""
    noun = noun_at(scene.reading, mention.first - 1)
    return (noun is not None and noun.is_title) or ends_office(scene, mention.first - 1)


def _foreign_name(scene: Scene, start: int, head: int) -> bool:
    """Whether another person's name stands before the head other than as its owner."""
    people = {m for i in range(start, head + 1) if (m := scene.at_person.get(i)) is not None}
    return any(scene.reading.tokens[m.last].text not in POSSESSIVE for m in people)


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
