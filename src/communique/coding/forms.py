"""Lemmas of the words that the tables know, by their forms: a net under the lemmatizer.

A lemmatizer that makes "denie" of "denied" would hide a word from every table. Where a word's lemma is unknown to the tables
but its form is a form of a word that they know, the known lemma is put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from communique.coding.codebook import load_codebook, noun_classes, read_table
from communique.types.reading import Reading, Token

_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")


def mended(reading: Reading) -> Reading:
    """The reading with the lemmas of known words put right; the same object when nothing was wrong."""
    verbs, nouns = _known()
    changed: dict[int, Token] = {}
    for token in reading.tokens:
        table = verbs if token.upos in {"VERB", "AUX"} else nouns if token.upos == "NOUN" else None
        if table is None:
            continue
        lemma = table.get(token.text.lower())
        lemma = _joined(reading, token, lemma or token.lemma, table) or lemma
        if lemma is not None and lemma != token.lemma and ("-" in lemma or token.lemma not in table.get("", frozenset())):
            changed[token.index] = replace(token, lemma=lemma)
    if not changed:
        return reading
    return replace(reading, tokens=tuple(changed.get(t.index, t) for t in reading.tokens))


def _joined(reading: Reading, token: Token, lemma: str, table: Mapping[str, Any]) -> str | None:
    """The lemma of a verb that a hyphen joins to the word before it ("test-fired"), where the tables know them as one."""
    if token.upos != "VERB" or token.index < 2 or reading.tokens[token.index - 1].text != "-":
        return None
    whole = f"{reading.tokens[token.index - 2].text.lower()}-{lemma}"
    return whole if whole in table.get("", frozenset()) else None


@cache
def _known() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Form to lemma for verbs and nouns; the entry "" holds the lemmas themselves."""
    verbs = {word.split()[0] for word in _verbs()}
    nouns = {word.split()[-1] for word in _nouns()}
    by_form: dict[str, Any] = {}
    irregular = read_table("irregular.yaml")
    for verb in sorted(verbs):
        for form in (*verb_forms(verb), *irregular.get(verb, ())):
            by_form.setdefault(form, verb)
    for verb in verbs | set(irregular):
        by_form.update({form: verb for form in irregular.get(verb, ()) if verb in verbs or form not in by_form})
        by_form[verb] = verb
    plurals: dict[str, Any] = {form: noun for noun in sorted(nouns) for form in noun_forms(noun)}
    plurals.update({noun: noun for noun in nouns})
    by_form[""], plurals[""] = frozenset(verbs | set(irregular)), frozenset(nouns)
    return by_form, plurals


def verb_forms(verb: str) -> Iterator[str]:
    """The regular forms of a verb, with the doubled consonants of British and American spelling."""
    yield verb
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", (verb[:-1] if not verb.endswith(("ee", "ye", "oe")) else verb) + "ing")
        if verb.endswith("ie"):
            yield verb[:-2] + "ying"
        return
    yield from (verb + "s", verb + "es", verb + "ed", verb + "ing")
    if _DOUBLING.search(verb) or verb.endswith("l"):
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def noun_forms(noun: str) -> Iterator[str]:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        yield noun[:-1] + "ies"
    elif noun.endswith(("s", "x", "z", "ch", "sh")):
        yield noun + "es"
    else:
        yield noun + "s"


def _verbs() -> Iterator[str]:
    book = load_codebook()
    yield from (word for part, word in book.index if part == "verb")
    for entry in book.types.values():
        for pattern in entry.patterns:
            yield from pattern.lists.get("clause_verb", ())
            yield from pattern.lists.get("light", ())
    status, light = read_table("status.yaml"), read_table("codebook/light.yaml")
    yield from _words(g for g in status["governors"] if g["part"] == "verb")
    yield from _words(status["noun_verbs"])
    for plain in (status["motion"], status["occurrences"], light["carry"], light["mean"]):
        yield from plain
    yield from _words(read_table("speech.yaml")["verbs"])
    for row in read_table("relations.yaml"):
        yield from (*row.get("verb", ()), *row.get("member", ()))


def _nouns() -> Iterator[str]:
    book = load_codebook()
    yield from (word for part, word in book.index if part == "noun")
    for words in noun_classes().values():
        yield from words
    for entry in book.types.values():
        for pattern in entry.patterns:
            for name in ("object", "subject", "except", "of"):
                yield from pattern.lists.get(name, frozenset()) - {"name"}
    status, speech = read_table("status.yaml"), read_table("speech.yaml")
    yield from _words(g for g in status["governors"] if g["part"] == "noun")
    yield from status["appointments"]
    for name in ("nouns", "documents", "voices", "media"):
        yield from speech[name]
    for row in read_table("relations.yaml"):
        yield from row.get("noun", ())


def _words(groups: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for group in groups:
        yield from group["words"]
