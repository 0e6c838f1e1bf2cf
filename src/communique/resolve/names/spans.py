"""Entity spans as they come from a network, cut to the names in them: without titles, determiners and loose ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.resolve.names.nouns import first_names, is_plural, noun_at, word_map, words
from communique.types.reading import Chunk, Reading, Token

_TICKER = re.compile(r"[A-Z0-9]{2,7}\.[A-Z]{1,2}")
_LOOSE = frozenset({"DET", "PUNCT", "PART", "ADP", "CCONJ", "SCONJ", "PRON", "VERB", "AUX", "ADV"})


def clean_spans(reading: Reading, chunks: Iterable[Chunk]) -> list[Chunk]:
    """The names in entity spans: spans that are only a title are left out, titles before a name cut off, names that a
    hyphen tears apart joined, bodies that were taken for people put right."""
    found: list[Chunk] = []
    for chunk in chunks:
        clean = _person(reading, chunk) if chunk.label == "PERSON" else _other(reading, chunk)
        if clean is None:
            continue
        last = found[-1] if found else None
        if last is not None and clean.label == "PERSON" == last.label and _torn(reading, last, clean):
            found[-1] = replace(last, last=clean.last)
        else:
            found.append(clean)
    return found


def _torn(reading: Reading, left: Chunk, right: Chunk) -> bool:
    """Whether a hyphen without spaces stands between two parts of a name."""
    if right.first != left.last + 1 or reading.tokens[left.last].text != "-":
        return False
    dash = reading.tokens[left.last]
    return dash.start == reading.tokens[left.last - 1].end and dash.end == reading.tokens[right.first].start


def _bare(reading: Reading, chunk: Chunk) -> Chunk | None:
    """A span without loose words at its ends; none when nothing is left."""
    first, last = chunk.first, chunk.last
    while first < last and _is_loose(reading.tokens[first]):
        first += 1
    while last > first and _is_loose(reading.tokens[last - 1]):
        last -= 1
    return replace(chunk, first=first, last=last) if first < last else None


def _is_loose(token: Token) -> bool:
    return (
        token.upos in _LOOSE
        and not (token.text[:1].isupper() and token.upos != "DET")
        and token.text.lower() not in ("al", "el", "de")
    )


def _person(reading: Reading, chunk: Chunk) -> Chunk | None:
    bare = _bare(reading, chunk)
    if bare is None:
        return None
    noun = noun_at(reading, bare.last - 1)
    if noun is not None and noun.is_institution:
        return replace(bare, label="ORG") if bare.last - bare.first > 1 else None
    behind = _behind_portfolio(reading, bare.first - 1)
    if bare.first < behind < bare.last:
        return _person(reading, replace(bare, first=behind))
    titles = [i for i in range(bare.first, bare.last) if _is_title(reading, i)]
    if not titles:
        return bare
    after = titles[-1] + 1
    if after >= bare.last:
        return None
    token = reading.tokens[after]
    if token.upos in ("ADP", "PUNCT", "PART"):
        after = _name_behind(reading, after, bare.last)
    return _bare(reading, replace(bare, first=after)) if after < bare.last else None


def _behind_portfolio(reading: Reading, index: int) -> int:
    """Where what "of" or "for" at a token adds to the title before it ends: "Secretary of State | NAME"."""
    noun = noun_at(reading, index - 1) if index > 0 else None
    if noun is None or not noun.is_title or reading.tokens[index].text.lower() not in ("of", "for"):
        return index
    end = index + 1
    while end < len(reading.tokens) and reading.tokens[end].text.lower() in words("portfolios"):
        end += 1
    return end


def behind_titles(reading: Reading, first: int, last: int) -> int:
    """Where a person's name starts in tokens `[first, last)` that may open with titles."""
    while first + 1 < last and _is_title(reading, first):
        first += 1
    return first


def _name_behind(reading: Reading, index: int, last: int) -> int:
    """Where the name starts behind "of ..." in a span like "Secretary of State A B": at the word that governs the rest."""
    if index + 1 < (behind := _behind_portfolio(reading, index)) < last:
        return behind
    heads = [
        i for i in range(index + 1, last) if not index < reading.tokens[i].head < last and reading.tokens[i].upos == "PROPN"
    ]
    flats = [i for i in range(index + 1, last) if reading.tokens[i].dep.split(":")[0] == "flat"]
    found = [i for i in heads if any(reading.tokens[f].head == i for f in flats)]
    return found[-1] if found else last


def _is_title(reading: Reading, index: int) -> bool:
    word = reading.tokens[index].text.lower()
    if word in word_map("honorifics") or word in words("title_prefixes"):
        return True
    noun = noun_at(reading, index)
    return noun is not None and noun.is_title and word not in first_names()


def _other(reading: Reading, chunk: Chunk) -> Chunk | None:
    """A span of another class: a common noun for people behind the name ("Hamas militants") is not part of it."""
    bare = _uncounted(reading, chunk)
    if bare is None or bare.last - bare.first == 1:
        return None if bare is not None and _TICKER.fullmatch(reading.tokens[bare.first].text) else bare
    token, noun = reading.tokens[bare.last - 1], noun_at(reading, bare.last - 1)
    if noun is None or token.upos != "NOUN" or token.text[:1].isupper():
        return bare
    if is_plural(token) or not noun.is_body or noun.noun in words("governing"):
        before = reading.tokens[bare.first : bare.last - 1]
        proper = any(t.upos == "PROPN" or t.text[:1].isupper() for t in before)
        proper = proper and not (len(before) == 1 and before[0].upos == "NOUN")
        return _bare(reading, replace(bare, last=bare.last - 1)) if proper else None
    return bare


def _uncounted(reading: Reading, chunk: Chunk) -> Chunk | None:
    """A span without the number that opens it and without adjectives in small letters that end it, which no name has:
    of "Nine southern European" only "European" is left."""
    bare = _bare(reading, chunk)
    while bare is not None and bare.last - bare.first > 1:
        opens, ends = reading.tokens[bare.first], reading.tokens[bare.last - 1]
        if opens.text.isalpha() and (
            opens.upos == "NUM" or (opens.upos == "ADJ" and opens.text.islower() and ends.upos == "ADJ")
        ):
            bare = _bare(reading, replace(bare, first=bare.first + 1))
        elif ends.upos == "ADJ" and ends.text.islower():
            bare = _bare(reading, replace(bare, last=bare.last - 1))
        else:
            break
    return bare


def proper_runs(reading: Reading) -> Iterator[Chunk]:
    """Runs of proper nouns, labelled by their words and what stands before them; a day or month alone names nobody."""
    for sentence in reading.sentences:
        i = sentence.first
        while i < sentence.last:
            last = _run_end(reading, i, sentence.last)
            if any(t.text.lower() not in words("calendar") for t in reading.tokens[i:last]):
                yield Chunk(i, last, _run_label(reading, i, last), 0.5)
            i = max(last, i + 1)


def _run_end(reading: Reading, first: int, end: int) -> int:
    last = first
    while last < end:
        token = reading.tokens[last]
        inner = last > first and last + 1 < end and reading.tokens[last + 1].upos == "PROPN"
        if token.upos != "PROPN" and not (inner and token.text.lower() in words("name_particles")):
            break
        last += 1
    return last


def _run_label(reading: Reading, first: int, last: int) -> str:
    tokens = reading.tokens
    head = noun_at(reading, last - 1)
    if head is not None and head.is_body:
        return "ORG"
    title = noun_at(reading, first) or (noun_at(reading, first - 1) if first else None)
    before = tokens[first - 1].text.lower() if first else ""
    if (
        (title is not None and title.is_title)
        or before in word_map("honorifics")
        or tokens[first].text.lower() in first_names()
    ):
        return "PERSON"
    if before in words("place_prepositions"):
        return "LOC"
    return "PERSON" if 2 <= last - first <= 3 and not any(t.text.isupper() for t in tokens[first:last]) else "ORG"
