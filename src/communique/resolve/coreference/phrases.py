"""Noun phrases that name somebody by a common noun: their words, whose they are, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.resolve.names.nouns import PersonNoun, is_plural, is_vague, noun_at, words
from communique.resolve.offices.titles import POSSESSIVE
from communique.resolve.report.scene import Scene
from communique.types.reading import Token

_DASHES = frozenset({"-", "–"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `[first, last)` are modifiers and head; `owner` is where a possessor before them starts.

    `country` is what the words tell, with the words in `told`; `name` the shortest full phrase without determiner."""

    first: int
    head: int
    last: int
    noun: PersonNoun
    plural: bool
    definite: bool
    name: str
    modifiers: tuple[str, ...]
    country: str | None
    told: str
    owner: int | None
    indefinite: bool


def phrases(scene: Scene) -> Iterator[Phrase]:
    """The report's nominal phrases that name people, crowds or institutions, in order."""
    for token in scene.reading.tokens:
        noun = noun_at(scene.reading, token.index)
        if noun is not None and token.upos in ("NOUN", "PROPN") and _eligible(scene, token, noun):
            yield read_phrase(scene, token.index, noun)


def _eligible(scene: Scene, token: Token, noun: PersonNoun) -> bool:
    if token.index in scene.institutions:
        return True
    if _is_spoken_for(scene, token.index, noun):
        return False
    plural, after = is_plural(token), scene.token(token.index + 1)
    if ("p" in noun.flags and not plural) or ("s" in noun.flags and not _is_teller(scene, token)):
        return False
    if after is not None and after.text == "-" and after.start == token.end:
        return False
    if token.dep in ("compound", "amod") and token.head > token.index and not _heads_phrase(scene, token):
        return _acts_as_modifier(scene, token, noun)
    if plural or noun.is_body:
        return True
    if _is_predicate(scene, token):
        return False
    if token.upos == "PROPN" and token.index + 1 in scene.at_person and not _has_determiner(scene, token.index):
        return False
    return noun.noun not in ("head", "member", "partner") or _followed_by(scene, token.index, "of")


def _is_teller(scene: Scene, token: Token) -> bool:
    """Whether a noun is the subject of a verb of speech, or stands behind "according to"."""
    governor = scene.reading.tokens[token.head]
    of = (noun_at(scene.reading, c.index) for c in scene.reading.children(token.index, "compound", "amod"))
    if any(noun is not None and noun.is_institution for noun in of):
        return False
    by = any(c.text.lower() == "according" for c in scene.reading.children(token.index, "case"))
    return by or (token.dep.split(":")[0] == "nsubj" and governor.lemma.lower() in words("speech_verbs"))


def _is_spoken_for(scene: Scene, index: int, noun: PersonNoun) -> bool:
    """Whether a word is part of a title, of a person's name or of a name that is an actor already."""
    if index in scene.taken or index in scene.at_person or (index in scene.titles and not noun.is_institution):
        return True
    mention = scene.at.get(index)
    if mention is None or (mention.label == "MISC" and not mention.names):
        return False
    return mention.label == "LOC" or scene.draft_at(index) is not None


def _acts_as_modifier(scene: Scene, token: Token, noun: PersonNoun) -> bool:
    """Whether a noun before another names an actor of its own: "a police raid", "the foreign ministry spokesman"."""
    if token.index and scene.reading.tokens[token.index - 1].text == "-":
        return False
    governor = noun_at(scene.reading, token.head)
    if (
        governor is not None
        and "s" not in governor.flags
        and (not noun.is_institution or noun.sector in ("COP", "MIL") or governor.is_institution)
    ):
        return False
    return noun.is_body or noun.kind == "military" or noun.sector in ("REB", "UAF", "COP", "OPP", "CRM")


def _is_predicate(scene: Scene, token: Token) -> bool:
    """Whether a noun says what somebody is ("was a lawyer", "seen as a friend") rather than naming somebody."""
    children = scene.reading.children(token.index)
    return any(c.dep == "cop" or (c.dep == "case" and c.text.lower() == "as") for c in children)


def _heads_phrase(scene: Scene, token: Token) -> bool:
    after = scene.token(token.index + 1)
    return after is None or after.upos not in ("NOUN", "PROPN", "ADJ") or not scene.same_sentence(token.index, token.index + 1)


def _followed_by(scene: Scene, index: int, word: str) -> bool:
    after = scene.token(index + 1)
    return after is not None and after.text.lower() == word


def _has_determiner(scene: Scene, index: int) -> bool:
    return any(t.upos in ("DET", "PRON") for t in scene.reading.children(index))


def read_phrase(scene: Scene, head: int, noun: PersonNoun) -> Phrase:
    """The phrase around a head: modifiers to the left as far as order and parse agree, a possessor, a tail that says
    of which country."""
    token = scene.reading.tokens[head]
    first = _first_modifier(scene, head)
    last = head + 1
    mention = scene.at.get(head)
    if mention is not None and mention.label == "ORG":
        first, last = min(first, mention.first), max(last, mention.last)
    owner = _owner(scene, first)
    told = scene.country_in(owner if owner is not None else first, last) or _tail_country(scene, last)
    if told is None and (body := scene.body_in(owner if owner is not None else first, head)) is not None and body.country:
        told = (body.country, body.name)
    before = scene.token(first - 1)
    while (
        before is not None
        and is_vague(before.text.lower())
        and before.upos == "ADJ"
        and scene.same_sentence(before.index, head)
    ):
        before = scene.token(before.index - 1)
    indefinite = before is not None and before.text.lower() in ("a", "an", "another", "one", "any", "some")
    definite = (before is not None and before.text.lower() in _DEFINITE) or owner is not None
    name = _name(scene, first, last, owner, noun, told is not None)
    modifiers = tuple(
        m for i in range(first, head) if (m := scene.reading.tokens[i].lemma.lower()).isalnum() and not is_vague(m)
    )
    country, words_told = told if told is not None else (None, "")
    return Phrase(first, head, last, noun, is_plural(token), definite, name, modifiers, country, words_told, owner, indefinite)


def _first_modifier(scene: Scene, head: int) -> int:
    tokens, first = scene.reading.tokens, head
    while first and scene.same_sentence(first - 1, head):
        token = tokens[first - 1]
        known = scene.known_at.get(first - 1)
        sibling = tokens[head].dep == "compound" and token.head == tokens[head].head
        inside = first <= token.head <= head or sibling or (known is not None and known.last == first and token.upos != "PART")
        if first - 1 in scene.at_person and first == head and tokens[head].lemma.lower() in words("governing"):
            return scene.at_person[first - 1].first
        if first - 1 in scene.at_person or first - 1 in scene.taken or is_vague(token.text.lower()) or not inside:
            break
        modifier = (
            token.upos in ("ADJ", "NOUN", "PROPN", "X")
            or (token.upos == "VERB" and token.dep == "amod")
            or token.text in ("-", "–")
        )
        if not modifier or token.dep.split(":")[0] in ("nsubj", "obj", "nmod", "obl", "conj", "appos", "acl"):
            break
        first = known.first if known is not None and known.last >= first else first - 1
    return _whole_compound(scene, first, head)


def _whole_compound(scene: Scene, first: int, head: int) -> int:
    """Where the modifiers start when the first may be the end of a hyphenated word: "all-party" is taken whole, of
    "six-member" nothing."""
    tokens = scene.reading.tokens
    while first < head and (tokens[first].text in _DASHES or tokens[first].upos == "NUM"):
        first += 1
    if first >= 2 and (
        tokens[first - 1].text == "-" or (tokens[first - 1].text in _DASHES and tokens[first - 1].end == tokens[first].start)
    ):
        return first + 1 if tokens[first - 2].upos == "NUM" and first < head else first - 2
    return first


def _owner(scene: Scene, first: int) -> int | None:
    """Where a possessor with an apostrophe before the phrase starts, when it is a name."""
    before = scene.token(first - 1)
    if before is None or before.text not in POSSESSIVE or first < 2:
        return None
    mention = scene.known_at.get(first - 2) or scene.at.get(first - 2)
    return mention.first if mention is not None else None


def _tail_country(scene: Scene, last: int) -> tuple[str, str] | None:
    """The country named in "of ...", "in ..." or "from ..." right behind the phrase."""
    after = scene.token(last)
    if after is None or after.text.lower() not in ("of", "in", "from", "at"):
        return None
    end = _phrase_end(scene, last)
    told = scene.country_in(last + 1, end)
    if told is not None:
        return told
    span = scene.span(last, end)
    place = next((p for p in scene.places if p.country and any(m.overlap(span) for m in p.mentions)), None)
    if place is not None and place.country is not None:
        return place.country, place.name
    body = scene.body_in(last + 1, end)
    return (body.country, body.name) if body is not None and body.country else None


def _phrase_end(scene: Scene, preposition: int) -> int:
    """Where the noun phrase behind a preposition ends, at most seven words on."""
    end = preposition + 1
    while (
        scene.same_sentence(preposition, end)
        and scene.reading.tokens[end].upos in ("DET", "ADJ", "NOUN", "PROPN", "PART")
        and end < preposition + 8
    ):
        end += 1
    return end


def _name(scene: Scene, first: int, last: int, owner: int | None, noun: PersonNoun, told: bool) -> str:
    start = owner if owner is not None and noun.is_institution and told else first
    if "r" in noun.flags and last < len(scene.reading.tokens) and scene.reading.tokens[last].text.lower() == "of":
        end = _phrase_end(scene, last)
        if any(i in scene.at for i in range(last, end)):
            last = end
    return scene.words(start, last)


def classifier_before(scene: Scene, phrase: Phrase) -> int | None:
    """The token of a classifier ("a group of ...") that counts the phrase, if there is one."""
    i = phrase.first - 1
    while i > 0 and scene.reading.tokens[i].upos in ("DET", "NUM", "ADJ"):
        i -= 1
    if i < 1 or scene.reading.tokens[i].text.lower() != "of" or not scene.same_sentence(i, phrase.head):
        return None
    return i - 1 if scene.reading.tokens[i - 1].lemma.lower() in words("classifiers") else None


def governs_itself(scene: Scene, phrase: Phrase) -> str | None:
    """For "the ... government": "state" when it is the state, "own" when its modifiers make it another body."""
    noun = phrase.noun.noun
    if phrase.plural != (noun == "authority") or noun not in ("government", "administration", "regime", "junta", "authority"):
        return None
    if phrase.first in scene.at_person:
        return "own"
    rest = [m for m in phrase.modifiers if m not in words("own_government")]
    if noun in ("administration", "authority") and phrase.country is None:
        return "own"
    if any(m in words("sub_government") for m in rest):
        return "own"
    strange = [
        i
        for i in range(phrase.first, phrase.head)
        if scene.reading.tokens[i].upos == "PROPN"
        and (i not in scene.known_at or all(n.entry.kind != "state" for n in scene.known_at[i].names))
    ]
    return "own" if strange and phrase.country is None else "state"
