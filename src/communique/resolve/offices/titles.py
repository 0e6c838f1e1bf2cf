"""Titles: the words before or behind a name that say which office its bearer holds, and whose office it is."""

from __future__ import annotations

from communique.resolve.names.nouns import PersonNoun, is_plural, noun_at, singular, word_map, words
from communique.resolve.report.drafts import Title
from communique.resolve.report.scene import Scene

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
DASHES = frozenset({"-", "–", "—"})
_RANKS = frozenset({"Vice", "Rear", "Maj.", "Lt.", "Brig.", "Maj", "Lt", "Brig"})
STOPS = frozenset({",", ")", "-RRB-", ".", ";", ":", "–", "—", "”", '"', "“", "("})


def title_before(scene: Scene, first: int, end: int) -> Title | None:
    """The title that ends right before token `end`; `first` is where the person's name starts."""
    end = before_honorifics(scene, end)
    head = _head_before(scene, end)
    return parse_title(scene, _first_modifier(scene, head), head, end) if head is not None else None


def described(scene: Scene, end: int) -> Title:
    """What the noun that ends right before token `end` and its modifiers tell, read as a title is: "Peruvian citizen NAME"."""
    return parse_title(scene, _first_modifier(scene, end - 1), end - 1, end)


def _first_modifier(scene: Scene, head: int) -> int:
    start = head
    while start and scene.same_sentence(start - 1, head) and _modifies(scene, start - 1, head):
        start -= 1
    return start


def before_honorifics(scene: Scene, end: int) -> int:
    """Where the honorifics that end right before a token begin ("Vice Adm. | NAME"); the token itself without any."""
    tokens = scene.reading.tokens
    while scene.same_sentence(end - 1, end):
        at = end - 2 if tokens[end - 1].text == "." and scene.same_sentence(end - 2, end) else end - 1
        noun = noun_at(scene.reading, at)
        titled = noun is not None and noun.is_title and not _behind_title(scene, at)
        if tokens[at].text.lower() not in word_map("honorifics") or titled:
            break
        vice = scene.token(at - 1)
        end = at - 1 if vice is not None and vice.text in _RANKS and scene.same_sentence(at - 1, at) else at
    return end


def _behind_title(scene: Scene, index: int) -> bool:
    """Whether an office of one word stands right before a form of address that can be a title: "Prime Minister | Sheikh"."""
    noun, own = (noun_at(scene.reading, i) if i > 0 else None for i in (index - 1, index))
    one_word = own is not None and " " not in own.noun
    office = noun is not None and noun.is_title and scene.same_sentence(index - 1, index)
    return office and one_word and scene.reading.tokens[index - 1].text.lower() not in words("title_prefixes")


def _head_before(scene: Scene, end: int) -> int | None:
    """The title's head noun: right before the name ("President"), or before "of" ("Secretary of State")."""
    if not scene.same_sentence(end - 1, end) or scene.reading.tokens[end - 1].upos == "PUNCT":
        return None
    if ends_office(scene, end - 1):
        return end - 3
    noun = noun_at(scene.reading, end - 1)
    if noun is not None and _titular(scene, end - 1, noun) and end - 1 not in scene.at_person:
        return end - 1
    for i in range(end - 2, max(-1, end - 9), -1):
        token = scene.reading.tokens[i]
        if (
            not scene.same_sentence(i, end)
            or token.upos not in ("NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET", "PART")
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


def ends_office(scene: Scene, index: int) -> bool:
    """Whether a word ends an office of its own before another title: "chief of staff | General NAME"."""
    of = scene.token(index - 1)
    noun = noun_at(scene.reading, index - 2) if index > 1 and scene.same_sentence(index - 2, index) else None
    named = of is not None and of.text.lower() == "of" and scene.reading.tokens[index].text.lower() in words("portfolios")
    return named and noun is not None and noun.is_title


def _modifies(scene: Scene, index: int, head: int) -> bool:
    token = scene.reading.tokens[index]
    word = token.text.lower()
    if index in scene.at_person and word not in POSSESSIVE and scene.reading.tokens[index + 1].text not in POSSESSIVE:
        return False
    if word in words("calendar") or token.text in STOPS - DASHES or ends_office(scene, index):
        return False
    if token.upos == "CCONJ":
        around = scene.token(index - 1), scene.reading.tokens[index + 1]
        nouns = all(t is not None and t.text[:1].isupper() and t.upos in ("PROPN", "NOUN") for t in around)
        return nouns and index + 1 < head and noun_at(scene.reading, index - 1) is None and index - 1 not in scene.at_person
    return (
        token.upos in ("NOUN", "PROPN", "ADJ", "X")
        or token.text in POSSESSIVE
        or token.text in DASHES
        or (word in words("title_prefixes") and not scene.reading.children(index, "nsubj"))  # "lawmakers ousted President X"
    )


def parse_title(scene: Scene, start: int, head: int, end: int) -> Title:
    """Read the tokens `[start, end)` around a title's head: whose office it is, and its words without the state's name."""
    noun = noun_at(scene.reading, head)
    before, behind = scene.country_in(start, head), scene.country_in(head + 1, end)
    first = _skip_owner(scene, start, head)
    last = _drop_tail(scene, head, end)
    while last - 1 > head and scene.reading.tokens[last - 1].upos in ("ADP", "DET", "CCONJ", "PUNCT"):
        last -= 1
    country, reason = None, ""
    body = scene.body_in(start, head) or scene.body_in(head + 1, end)
    if body is None and first < head:
        body = scene.written_small(first, head)
    owner = before or (behind if body is None or body.country is None else None)
    if owner is not None:
        country, reason = owner[0], f"'{owner[1]}' by the title"
    elif body is not None:
        country, reason = body.country, f"office of {body.name}"
    if country is None and body is None:
        country, reason = _place_country(scene, start, end)
    of = _office_of(scene, start, head, end, country, body.name if body is not None else None)
    text = _title_words(scene, first, head, last)
    known = scene.world.title(text)
    sectors = known.sectors if known is not None and known.sectors else ()
    sector = sectors[0] if sectors else _sector(noun, body.sectors if body is not None else ())
    return Title(first, last, head, text, of, country, sector, reason)


def _place_country(scene: Scene, start: int, end: int) -> tuple[str | None, str]:
    """The country of a place that the title names: "the governor of Bavaria"."""
    span = scene.span(start, end)
    place = next((p for p in scene.places if p.country and any(m.overlap(span) for m in p.mentions)), None)
    return (place.country, f"{place.name} in the title") if place is not None else (None, "")


def _title_words(scene: Scene, first: int, head: int, last: int) -> str:
    """The title in the report's words; what several people share in the plural ("ministers") is each one's in the singular."""
    token = scene.reading.tokens[head]
    if not is_plural(token):
        return scene.words(first, last)
    before = scene.words(first, head) + " " if first < head else ""
    behind = " " + scene.words(head + 1, last) if last > head + 1 else ""
    return before + singular(token.text) + behind


def _office_of(scene: Scene, start: int, head: int, end: int, country: str | None, body: str | None) -> str | None:
    if body is not None:
        return body
    if country is not None:
        return _named_after(scene, head, end) or country
    for i in (*range(start, head), *range(head + 1, end)):
        mention = scene.at.get(i)
        if mention is not None and mention.label in ("ORG", "LOC"):
            return scene.words(mention.first, mention.last)
    return None


def _named_after(scene: Scene, head: int, end: int) -> str | None:
    """The body behind a title whose name only holds a state's: "president of the Peruvian Miners" is not Peru's."""
    for i in range(head + 1, end):
        mention, known = scene.at.get(i), scene.known_at.get(i)
        if mention is not None and mention.label == "ORG" and known is not None and mention.covers(known) and mention != known:
            return scene.words(mention.first, mention.last) if mention.last > known.last else None
    return None


def _sector(noun: PersonNoun | None, body: tuple[str, ...]) -> str:
    own = noun.sector if noun is not None else "UNK"
    return body[0] if body and own in ("ELI", "UNK") else own


def _skip_owner(scene: Scene, start: int, head: int) -> int:
    """Where the title's own words start, behind the state, person or determiner that it belongs to."""
    owners = (i for i in range(start, head) if scene.reading.tokens[i].text in POSSESSIVE and not _names_office(scene, i))
    first = max(owners, default=start - 1) + 1
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
            or token.text in POSSESSIVE
            or token.text in DASHES
            or first in scene.at_person
            or (token.upos in ("ADV", "VERB") and token.text.lower() not in words("title_prefixes"))
        ):
            first += 1
        else:
            break
    return first


def _names_office(scene: Scene, possessive: int) -> bool:
    """Whether a possessor is part of what an office is called: "women's minister", but not "the bank's chairman"."""
    owner = scene.token(possessive - 1)
    return owner is not None and owner.upos == "NOUN" and is_plural(owner)


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


def phrase_end(scene: Scene, index: int) -> int:
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
            token.text in STOPS - DASHES
            or token.upos in ("VERB", "AUX", "PRON", "SCONJ", "ADV")
            or token.text.lower()
            in ("with", "on", "during", "after", "by", "since", "until", "before", "amid", "despite", "under")
        ):
            break
        follows = scene.token(i + 1)
        if token.upos == "CCONJ" and (
            follows is None or follows.upos not in ("NOUN", "PROPN", "ADJ") or i + 1 in scene.at_person
        ):
            break
        i += 1
    return i
