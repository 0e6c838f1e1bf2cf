"""Named entities: the network's labels read as spans, put right where the tables of the world know the words.

What a name is and of which kind follows CoNLL 2003 (Tjong Kim Sang and De Meulder) as the corpora that are trained on do:
titles stand outside, states and cities are LOC, nationalities and creeds MISC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from communique.models.language import Floats, LanguageModel, Scores
from communique.ontology.entries import Name
from communique.ontology.gazetteer import load_gazetteer
from communique.ontology.world import load_world
from communique.types.reading import Chunk

OUTSIDE = 1.65  # how much a word is rather held to be outside of names than the network says
PLACE_LEAST = 0.1  # below this a place of the gazetteer is left the kind that the network gives
SURE_PERSON = 0.8  # a person more likely than this is one, though a state or a body has that name
DOUBT = 0.8  # names that the network is less sure of need a mention of somebody, a place or an organisation
LOOSE = frozenset(["of", "and", "for", "the", "in", "on", "at", "to", "or", "a", "an", "by", "with", "from", ","])
COMPANY_FORMS = frozenset(["inc", "ltd", "llc", "lp", "llp", "corp", "plc", "co", "ag", "gmbh", "sa", "nv"])
PEERAGE = frozenset(["sir", "dame", "lord", "lady", "baron", "baroness"])  # part of how these persons are called
BODIES = frozenset(["organization", "company", "news agency", "bloc", "military", "government", "group"])
MENTIONED = {"PERSON": "person", "LOC": "place", "ORG": "organization"}
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Window:
    """The words of a window with what the network says of each.

    `kinds` `[n, kinds]`: probability to be in a name of each kind, in the order of `order`; `proper`: tagged as proper nouns;
    `named` and `common` `[n]`: probability to head a mention of somebody, a place or an organisation, or of anything else.
    """

    words: Sequence[str]
    order: tuple[str, ...]
    kinds: list[list[float]]
    proper: list[bool]
    named: list[float]
    common: list[float]

    def text(self, first: int, last: int) -> str:
        """The words `[first, last)`, with single spaces between them."""
        return " ".join(self.words[first:last])

    def chance(self, span: Span) -> float:
        """How probable the kind of a span is over all its words."""
        kind = self.order.index(span[2])
        return sum(row[kind] for row in self.kinds[span[0] : span[1]]) / (span[1] - span[0])


def names(model: LanguageModel, scores: Scores, words: Sequence[str]) -> Iterator[Chunk]:
    """The names of a window in order, without overlaps."""
    labels = tuple(model.labels["entity"])
    spans = list(_spans(_best(scores.entity, labels), labels))
    if not spans:
        return
    window = _window(model, scores, words, labels)
    trimmed = (_trimmed(window, span) for span in spans)
    for span in (_mended(window, span) for span in _joined(window, (s for s in trimmed if s[0] < s[1]))):
        if _is_name(window, span):
            yield from (Chunk(*own, window.chance(own)) for own in _parted(window, span))


def _best(probabilities: Floats, labels: tuple[str, ...]) -> list[int]:
    """The best label sequence in which I-X follows only B-X or I-X."""
    table, allowed = probabilities.copy(), _allowed(labels)
    table[:, 0] *= OUTSIDE
    best = table.argmax(1)
    if allowed[0, best[0]] == 0 and not allowed[best[:-1], best[1:]].any():
        return list(map(int, best))
    return _viterbi(np.log(table + 1e-9), allowed)


@cache
def _allowed(labels: tuple[str, ...]) -> Floats:
    """Which label may follow which, as log weights `[before, after]`."""
    table = np.zeros((len(labels), len(labels)), np.float32)
    for after, label in enumerate(labels):
        if label.startswith("I-"):
            table[[n[2:] != label[2:] for n in labels], after] = -1e4
    return table


def _viterbi(logs: Floats, allowed: Floats) -> list[int]:
    score, back = logs[0] + allowed[0], []
    for row in logs[1:]:
        paths = score[:, None] + allowed
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    best = [int(score.argmax())]
    for step in reversed(back):
        best.append(int(step[best[-1]]))
    return best[::-1]


def _spans(best: list[int], labels: tuple[str, ...]) -> Iterator[Span]:
    begin = 0
    while begin < len(best):
        label, end = labels[best[begin]], begin + 1
        while label != "O" and end < len(best) and labels[best[end]] == f"I-{label[2:]}":
            end += 1
        if label != "O":
            yield begin, end, label[2:]
        begin = end


def _window(model: LanguageModel, scores: Scores, words: Sequence[str], labels: tuple[str, ...]) -> Window:
    mentions = model.labels["mention"]
    named = scores.mention[:, [mentions.index(kind) for kind in MENTIONED.values()]].sum(1)
    order, table = _kinds(labels)
    proper = scores.upos == model.labels["upos"].index("PROPN")
    common = 1 - scores.mention[:, 0] - named
    return Window(words, order, (scores.entity @ table).tolist(), proper.tolist(), named.tolist(), common.tolist())


@cache
def _kinds(labels: tuple[str, ...]) -> tuple[tuple[str, ...], Floats]:
    """The kinds, and which labels are of which `[labels, kinds]`."""
    order = tuple(dict.fromkeys(label[2:] for label in labels if label != "O"))
    return order, np.array([[label[2:] == kind for kind in order] for label in labels], np.float32)


def _trimmed(window: Window, span: Span) -> Span:
    """A span without the loose words at its ends, and a person's without titles."""
    (first, last, kind), words = span, window.words
    while first < last and words[last - 1] in LOOSE:
        last -= 1
    while first < last and words[first] in LOOSE:
        first += 1
    while last - first > 1 and (kind == "PERSON" or words[first].endswith(".")) and _is_title(words[first]):
        first, kind = first + 1, "PERSON"
    return first, last, kind


@lru_cache(4096)
def _is_title(word: str) -> bool:
    title = load_world().title(word)
    return title is not None and title.before_name and word.lower() not in PEERAGE


def _joined(window: Window, spans: Iterable[Span]) -> list[Span]:
    """Spans that the registry knows as one name are one, and a company's has its legal form."""
    found: list[Span] = []
    for first, last, kind in spans:
        before = found[-1] if found else (0, -2, "")
        entries = _called(window.text(before[0], last)) if first - before[1] <= 1 else ()
        if entries:
            found[-1] = before[0], last, _kind_of(entries[0])
        elif first >= before[1]:
            found.append(_with_form(window, (first, last, kind)))
    return found


def _with_form(window: Window, span: Span) -> Span:
    first, last, kind = span
    tail = window.words[last : last + 2]
    formed = kind == "ORG" and len(tail) == 2 and tail[0] == "," and tail[1].lower().replace(".", "") in COMPANY_FORMS
    return (first, last + 2, kind) if formed else span


def _called(text: str) -> tuple[Name, ...]:
    """What the registry calls so."""
    return _sure(load_world().names(text))


def _sure(known: Sequence[Name]) -> tuple[Name, ...]:
    """Names of a thing itself; adjectives, surnames and seats left out."""
    return tuple(n for n in known if n.use in ("name", "alias"))


def _kind_of(name: Name) -> str:
    return {"state": "LOC", "person": "PERSON"}.get(name.entry.kind, "ORG")


def _mended(window: Window, span: Span) -> Span:
    """A span with the kind that the tables know it to be of; a state is cut off a common noun behind it ("US troops")."""
    first, last, kind = span
    if kind == "PERSON" and window.chance(span) >= SURE_PERSON:
        return span
    if last - first > 1 and window.words[last - 1].islower() and _is_state(window.text(first, last - 1)):
        return first, last - 1, "LOC"
    text = window.text(first, last)
    known = load_world().names(text)
    entries = _sure(known)
    if _are_adjectives(known) or (last - first > 1 and all(map(_is_adjective, window.words[first:last]))):
        return first, last, "MISC"
    if any(n.entry.kind == "state" for n in entries):
        return first, last, "LOC"
    places = load_gazetteer().well_known(text)
    if entries and not places and all(n.entry.kind in BODIES for n in entries) and (kind == "LOC" or not _is_group(entries)):
        return first, last, "ORG"
    if places and not entries and window.chance((first, last, "LOC")) >= PLACE_LEAST:
        return first, last, "LOC"
    return span


def _is_group(entries: Sequence[Name]) -> bool:
    return any(n.entry.kind == "group" for n in entries)


def _is_state(text: str) -> bool:
    return any(n.entry.kind == "state" for n in _called(text))


def _is_adjective(word: str) -> bool:
    return _are_adjectives(load_world().names(word))


def _are_adjectives(known: Sequence[Name]) -> bool:
    return bool(known) and known[0].use in ("adjective", "demonym")


def _is_name(window: Window, span: Span) -> bool:
    """Whether one of the words is a proper noun, and the span no thing or notion that the network isn't sure to be a name."""
    own = slice(span[0], span[1])
    return any(window.proper[own]) and (window.chance(span) >= DOUBT or sum(window.common[own]) <= sum(window.named[own]))


def _parted(window: Window, span: Span) -> Iterator[Span]:
    """A place and the state or division that it lies in, written without a comma, are two ("Springfield Illinois")."""
    first, last, kind = span
    lookup = load_gazetteer().lookup
    if kind == "LOC" and last - first > 1 and not lookup(window.text(first, last).title()):
        for cut in range(last - 1, first, -1):
            outer = lookup(window.text(cut, last).title())
            around = {p.country for p in outer if p.precision in ("country", "admin1")}
            if around and any(p.precision == "city" and p.country in around for p in lookup(window.text(first, cut).title())):
                yield first, cut, kind
                first = cut
                break
    yield first, last, kind
