"""Utterances: where a report attributes words to somebody, by quotation marks, verbs of speech and "according to".

Content follows the record's rules: the text inside the marks of a quotation, the clause without "that" of indirect speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.coding import graph
from communique.coding.contents import block, from_that, trim, without_apposition
from communique.coding.disputes import load_disputing, names_head
from communique.coding.quotes import Quote, passage_of
from communique.coding.speakers import load_speech
from communique.types.entities import Actor
from communique.types.events import StatementKind
from communique.types.reading import Reading, Sentence

_AFTER, _BEFORE, _NEAR = 25, 40, 10  # words between a quotation and its cue
_ALSO_DOING = frozenset({"continue", "see", "point", "show", "find", "recall"})  # speech only without an object or infinitive
_ASKING = frozenset({"ask", "request", "demand"})
_MODALS = frozenset({"may", "might", "could", "should", "would", "must", "can", "will"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """A statement in the making: parts of its content as token ranges, its cue and the head of its speaker's phrase."""

    parts: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    speaker: int | None
    kind: StatementKind
    speakers: tuple[Actor, ...] = ()

    @property
    def first(self) -> int:
        """The first token of the content."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """The token after the content."""
        return self.parts[-1][1]

    def overlap(self, other: Utterance) -> float:
        """Shared tokens by all tokens of both contents."""
        shared = max(0, min(self.last, other.last) - max(self.first, other.first))
        return shared / (max(self.last, other.last) - min(self.first, other.first))


def find_utterances(reading: Reading, quotes: Sequence[Quote]) -> list[Utterance]:
    """Everything that the words of a report attribute to somebody, quotations first; speakers are still phrases."""
    indirect = {u.cue: u for u in _indirect(reading, quotes)}
    found: list[Utterance] = []
    for quote in quotes:
        cue = _cue_of_quote(reading, quote, quotes)
        if cue is None or is_name(reading, quote, cue):
            continue
        utterance = _quotation(reading, quote, cue)
        clause = indirect.get(utterance.cue)
        if clause is not None and _is_part_of(reading, quote, clause, quotes):
            continue
        joined = next((i for i, u in enumerate(found) if _one_utterance(reading, u, utterance)), None)
        if joined is not None:
            found[joined] = replace(found[joined], parts=(*found[joined].parts, *utterance.parts))
        elif clause is not None and _leads_to(reading, clause, quote):
            indirect[utterance.cue] = replace(clause, parts=((clause.first, quote.last),), kind="mixed")
        else:
            found.append(utterance)
    quoted = {u.cue for u in found}
    return found + [u for cue, u in indirect.items() if cue not in quoted]


def _is_part_of(reading: Reading, quote: Quote, clause: Utterance, quotes: Sequence[Quote]) -> bool:
    """Whether a quotation is only part of an indirect clause, which says more than the words within the marks."""
    if not (clause.first <= quote.first and quote.last <= clause.last + 1):
        return False
    if clause.first >= quote.open and (quote.close > quote.last or reading.tokens[quote.last - 1].text in {".", "!", "?"}):
        return False
    words = (t for first, last in clause.parts for t in reading.tokens[first:last] if t.upos != "PUNCT")
    return sum(1 for t in words if not any(q.holds(t.index) for q in quotes)) >= 3


def _leads_to(reading: Reading, clause: Utterance, quote: Quote) -> bool:
    """Whether an indirect clause of some length runs on into a quotation ("that he would listen but that “...”")."""
    gap = quote.open - clause.last
    return (
        0 <= gap <= 4
        and clause.last - clause.first >= 3
        and not any(t.text in {".", "!", "?"} for t in reading.tokens[clause.last : quote.open])
    )


def is_name(reading: Reading, quote: Quote, cue: int) -> bool:
    """Whether the marks only set off a name or title."""
    words = [t for t in reading.tokens[quote.first : quote.last] if t.upos != "PUNCT"]
    named = all(t.upos == "PROPN" or t.text[:1].isupper() or t.text.lower() in {"the", "of", "and", "for", "in"} for t in words)
    return named and len(words) <= 5 and cue != quote.open - 1 and reading.tokens[quote.open - 1].text not in {",", ":"}


def _quotation(reading: Reading, quote: Quote, cue: int) -> Utterance:
    token = reading.tokens[cue]
    if token.upos in {"VERB", "AUX"}:
        speakers = _speaker_heads(reading, cue)
        return Utterance(((quote.first, quote.last),), (cue, cue + 1), speakers[0] if speakers else None, "quote")
    return Utterance(((quote.first, quote.last),), (cue, cue + 2), _according_head(reading, cue), "quote")


def _speaker_heads(reading: Reading, cue: int) -> tuple[int, ...]:
    """Whoever the cue's subject is; a passive ("was quoted as saying") keeps its subject."""
    found = tuple(i for i in graph.surface_subjects(reading, cue) if reading.tokens[i].dep != "expl")
    if graph.is_passive(reading, cue) and reading.tokens[cue].lemma not in {"quote", "cite"}:
        return graph.agents(reading, cue)
    return found


def _one_utterance(reading: Reading, earlier: Utterance, later: Utterance) -> bool:
    """A quotation that a cue cuts in two within one sentence is one; so are two short ones that little parts."""
    if earlier.cue != later.cue or earlier.kind != "quote":
        return False
    between = reading.tokens[earlier.last + 1 : later.first - 1]
    if earlier.cue and earlier.last <= earlier.cue[0] < later.first:
        return (bool(between) and between[-1].text in {",", ";", "that"}) or not any(t.text in {".", "!", "?"} for t in between)
    return len(between) <= 4 and not any(t.text == "." for t in between)


def _cue_of_quote(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> int | None:
    """The cue that attributes a quotation: after it when it ends with a comma, else before it, else after it."""
    closing = reading.tokens[quote.close - 1].text if quote.close > quote.first else ""
    after = _cue_after(reading, quote, quotes)
    following = reading.tokens[quote.close + 1] if quote.close + 1 < len(reading.tokens) else None
    if following is not None and following.upos == "CCONJ" and (led := _cue_before(reading, quote, quotes)) is not None:
        return led
    if after is not None and (closing in {",", "?", "!", "-", "—", "…", "..."} or quote.close > quote.last):
        return after
    before = _cue_before(reading, quote, quotes)
    if before is not None:
        return before
    return after if closing not in {"."} and following is not None and following.text in {","} else None


def _cue_after(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> int | None:
    end = min(len(reading.tokens), quote.close + 1 + _AFTER)
    passage = passage_of(reading, quote.close)
    for token in reading.tokens[quote.close + 1 : end]:
        elsewhere = passage_of(reading, token.index) != passage or any(q.holds(token.index) for q in quotes)
        if elsewhere or token.text in {".", "!", "?"}:
            return None
        if _is_cue(reading, token.index, "quote") and token.xpos != "VBG" and not _is_relative(reading, token.index):
            return token.index
    return None


def _is_relative(reading: Reading, index: int) -> bool:
    return reading.tokens[index].dep == "acl:relcl" or any(t.lemma == "who" for t in reading.children(index, "nsubj"))


def _cue_before(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> int | None:
    """The nearest cue before a quotation in its sentence, unless the quotation is only part of an indirect clause."""
    passage = passage_of(reading, quote.open)
    for index in range(quote.open - 1, max(-1, quote.open - 1 - _BEFORE), -1):
        token = reading.tokens[index]
        stop = token.text in {".", "!", "?"} and index < quote.open - 1
        if stop or passage_of(reading, index) != passage or any(q.holds(index) for q in quotes):
            return None
        if _is_cue(reading, index, "quote") or (_is_cue(reading, index, "object") and _is_object(reading, index, quote)):
            return index if _leads_in(reading, index, quote) else None
    return None


def _is_object(reading: Reading, cue: int, quote: Quote) -> bool:
    """Whether words in quotation marks stand in what a verb has for an object."""
    below = reading.children(cue, "obj", "xcomp", "ccomp", "obl")
    return any(quote.first in reading.subtree(t.index) for t in below)


def _leads_in(reading: Reading, cue: int, quote: Quote) -> bool:
    before = reading.tokens[quote.open - 1]
    if before.text in {",", ":", "--", "–", "—"} or before.index == cue or (before.lemma == "that" and before.head != cue):
        return True
    token = reading.tokens[cue]
    if _is_according(reading, cue):
        return False
    takes = load_speech().verbs.get(token.lemma, frozenset())
    if "clause" in takes and reading.children(cue, "ccomp"):
        clause = reading.children(cue, "ccomp")[0]
        return reading.subtree(clause.index)[0] >= quote.open
    if "clause" not in takes:
        return quote.open - cue <= _NEAR
    return quote.last - quote.first >= 2 or cue == quote.open - 2


def _is_cue(reading: Reading, index: int, wanted: str) -> bool:
    token = reading.tokens[index]
    if _is_according(reading, index):
        return True
    if token.upos != "VERB" or token.dep in {"amod", "compound", "case", "fixed"}:
        return False
    goes_on = token.lemma in _ALSO_DOING and reading.children(index, "xcomp", "obj")
    return not goes_on and wanted in load_speech().verbs.get(token.lemma, frozenset())


def _is_according(reading: Reading, index: int) -> bool:
    if index + 1 >= len(reading.tokens):
        return False
    return f"{reading.tokens[index].text} {reading.tokens[index + 1].text}".lower() in load_speech().according


def _according_head(reading: Reading, cue: int) -> int | None:
    """The nominal that "according to" governs."""
    token = reading.tokens[cue]
    if token.dep in {"case", "fixed"} and reading.tokens[token.head].index > cue:
        return token.head
    for later in reading.tokens[cue + 2 : cue + 14]:
        modifies = cue < later.head < later.index + 8 and graph.base(later) in {"compound", "nmod"}
        if later.upos in {"NOUN", "PROPN", "PRON"} and not modifies:
            return later.index
    return None


def _indirect(reading: Reading, quotes: Sequence[Quote]) -> Iterable[Utterance]:
    for sentence in reading.sentences:
        if sentence.kind == "headline":
            continue
        for index in range(sentence.first, sentence.last):
            if _is_according(reading, index):
                found = _according(reading, index, quotes)
            elif reading.tokens[index].upos == "VERB":
                found = _by_verb(reading, index, quotes)
            elif reading.tokens[index].upos == "NOUN":
                found = _by_noun(reading, index, quotes)
            else:
                found = None
            if found is not None:
                yield found


def _by_verb(reading: Reading, cue: int, quotes: Sequence[Quote]) -> Utterance | None:
    takes = load_speech().verbs.get(reading.tokens[cue].lemma)
    if not takes or reading.tokens[cue].dep in {"amod", "case"} or any(q.holds(cue) for q in quotes):
        return None
    if reading.tokens[cue].lemma in _ALSO_DOING and reading.children(cue, "xcomp"):
        return None
    parts: tuple[tuple[int, int], ...] = ()
    if "clause" in takes:
        parts = _clause_of(reading, cue)
    if not parts:
        parts = _object_of(reading, cue, "noun" in takes)
    if not parts or is_unsaid(reading, cue) or parts[-1][1] - parts[0][0] < 2:
        return None
    speakers = _speaker_heads(reading, cue)
    cut = cue + 1 == reading.sentences[reading.tokens[cue].sentence].last
    if cut or any(first <= i < last for i in speakers[:1] for first, last in parts):
        speakers = _behind_cue(reading, cue) or (speakers if cut else ())
    if not speakers:
        return None
    parts = without_apposition(reading, parts, cue, speakers[0])
    return Utterance(parts, (cue, cue + 1), speakers[0], kind_of(parts, quotes))


def _behind_cue(reading: Reading, cue: int) -> tuple[int, ...]:
    """The name that stands behind the verb, past titles, where the parse takes a word of the clause itself for the speaker
    or ends the sentence too early ("..., said Foreign Minister NAME")."""
    for token in reading.tokens[cue + 1 : cue + 7]:
        if passage_of(reading, token.index) != passage_of(reading, cue):
            break
        if token.upos == "PROPN" and token.dep not in {"compound", "nmod:desc", "amod"}:
            return (token.index,)
        if token.upos not in {"PROPN", "NOUN", "ADJ", "DET"}:
            break
    return ()


def _object_of(reading: Reading, cue: int, any_noun: bool) -> tuple[tuple[int, int], ...]:
    """The words of a plain object, where the verb takes one ("denied any part in it", "claimed responsibility for it")."""
    for token in reading.children(cue, "obj"):
        if any_noun or (reading.tokens[cue].lemma, token.lemma.lower()) in load_speech().objects:
            after = graph.obliques(reading, cue, frozenset({"for", "in"}))
            attached = [i for o in after for i in reading.subtree(o) if i > token.index]
            inside = [*reading.subtree(token.index), *attached]
            return trim(reading, block(reading, inside, token.index))
    return ()


def is_unsaid(reading: Reading, cue: int) -> bool:
    """Speech that has not been made ("may say", "did not say", "has yet to say", "to announce") is none."""
    adverbs = {t.lemma for t in reading.children(cue, "advmod")}
    negated = bool(adverbs & {"not", "n't", "never"})
    modal = any(t.lemma in _MODALS for t in reading.children(cue, "aux"))
    infinitive = any(t.lemma == "to" for t in reading.children(cue, "mark"))
    ahead = reading.tokens[cue].dep in {"xcomp", "acl", "advcl"} or adverbs & {"yet", "still"}
    return negated or modal or (infinitive and bool(ahead))


def _clause_of(reading: Reading, cue: int) -> tuple[tuple[int, int], ...]:
    complements = reading.children(cue, "ccomp")
    if any(t.lemma == "so" for t in complements):
        return ()
    open_ones = [t for t in reading.children(cue, "xcomp") if t.xpos == "VBG" or reading.children(t.index, "aux")]
    if reading.tokens[cue].lemma in _ASKING:
        open_ones = []  # "asked not to be named"
    for clause in (*complements, *open_ones):
        if clause.upos not in {"VERB", "AUX"} and not reading.children(clause.index, "nsubj", "cop"):
            continue
        inside = [i for i in reading.subtree(clause.index) if i != cue]
        return trim(reading, from_that(reading, cue, block(reading, inside, clause.index)))
    token = reading.tokens[cue]
    says = "noun" not in load_speech().verbs.get(token.lemma, frozenset())
    if says and token.dep == "parataxis" and not graph.is_root(token) and not reading.children(cue, "obj"):
        own = set(reading.subtree(cue))
        inside = [i for i in reading.subtree(token.head) if i not in own]
        return trim(reading, block(reading, inside, token.head))
    return ()


def _by_noun(reading: Reading, noun: int, quotes: Sequence[Quote]) -> Utterance | None:
    """ "issued a statement that ...", "raised the possibility that ...": the clause that a noun of speech carries."""
    token = reading.tokens[noun]
    if token.lemma.lower() not in load_speech().nouns or any(q.holds(noun) for q in quotes):
        return None
    for clause in reading.children(noun, "acl", "ccomp"):
        marked = any(m.lemma == "that" for m in reading.children(clause.index, "mark"))
        whole = marked or reading.children(clause.index, "nsubj")
        if clause.dep == "acl:relcl" or not whole or clause.index < noun or names_head(reading, clause):
            continue
        owners = [t.index for t in reading.children(noun, "nmod") if t.dep == "nmod:poss"]
        if not owners and graph.case_of(reading, noun):
            continue
        verb = reading.tokens[token.head]
        speakers = owners or (list(_speaker_heads(reading, verb.index)) if verb.upos == "VERB" and verb.index != noun else [])
        parts = trim(reading, block(reading, reading.subtree(clause.index), clause.index))
        disputed = verb.lemma in load_disputing().back and not owners
        if speakers and parts and not disputed and not is_unsaid(reading, verb.index):
            first = verb.index if noun - verb.index in range(1, 4) else noun
            return Utterance(parts, (first, noun + 1), speakers[0], kind_of(parts, quotes))
    return None


def kind_of(parts: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> StatementKind:
    """Quote, indirect, or mixed: an indirect clause with words in quotation marks."""
    first, last = parts[0][0], parts[-1][1]
    for quote in quotes:
        if quote.first <= first + 1 and last - 1 <= quote.last:
            return "quote"
    return "mixed" if any(first <= q.open and q.first < last and q.last - q.first > 1 for q in quotes) else "indirect"


def is_measure(reading: Reading, head: int) -> bool:
    """Whether a noun is what one acts by and nobody says: "according to plan"."""
    return reading.tokens[head].lemma.lower() in load_speech().measures


def _according(reading: Reading, cue: int, quotes: Sequence[Quote]) -> Utterance | None:
    """ "According to X, CLAUSE" and "CLAUSE, according to X": the rest of the sentence, back or on to a semicolon."""
    head = _according_head(reading, cue)
    if head is None or is_measure(reading, head) or any(q.holds(cue) for q in quotes):
        return None
    sentence = reading.sentences[reading.tokens[cue].sentence]
    end = _end_of(reading, sentence)
    after = max([i for i in reading.subtree(head) if i < sentence.last], default=head) + 1
    commas = (t.index for t in reading.tokens[head + 1 : sentence.last] if t.text == ",")
    comma = next((i for i in commas if _ends_source(reading, i, head)), None)
    after = comma if comma is not None and comma < after else after
    opened = max((t.index + 1 for t in reading.tokens[sentence.first : cue] if t.text == ";"), default=sentence.first)
    leading = [t for t in reading.tokens[opened:cue] if t.upos not in {"PUNCT", "CCONJ", "ADV", "SCONJ"}]
    runs = [(opened, cue)] if leading and not _resumes(reading, opened, cue) else []
    if not runs:
        runs = [(after, end)]
    parts = trim(reading, runs)
    if not parts or sum(b - a for a, b in parts) < 2:
        return None
    return Utterance(parts, (cue, cue + 2), head, kind_of(parts, quotes))


def _end_of(reading: Reading, sentence: Sentence) -> int:
    """Where a sentence ends; one that ends in a comma was cut too early and goes on with the next."""
    cut = reading.tokens[sentence.last - 1].text == "," and sentence.index + 1 < len(reading.sentences)
    following = reading.sentences[sentence.index + 1] if cut else sentence
    return following.last if following.passage == sentence.passage else sentence.last


def _ends_source(reading: Reading, comma: int, head: int) -> bool:
    """Whether a comma closes the source's phrase rather than opening an apposition within it."""
    following = reading.tokens[comma + 1] if comma + 1 < len(reading.tokens) else None
    if following is None:
        return True
    above = list(graph.ancestors(reading, following.index))
    return head not in above


def _resumes(reading: Reading, opened: int, cue: int) -> bool:
    """Whether only a connective stands before the cue ("But according to ...", "In May, according to ..., ...")."""
    return not any(t.upos in {"VERB", "AUX"} for t in reading.tokens[opened:cue])
