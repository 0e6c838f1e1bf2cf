"""Words that the arcs of an event's graph give for a side and that are none: the town that an attack is called by, who told of
it, what was sent, who brokered it, what was talked about, whose right was hurt, the next sentence's subject."""

from __future__ import annotations

from collections.abc import Iterable

from communique.coding import graph
from communique.coding.candidates import Draft
from communique.coding.codebook import types_of
from communique.coding.numbers import amounts_table
from communique.coding.speakers import load_speech
from communique.types.analysis import Analysis
from communique.types.reading import Chunk, Reading, Token

SENT = frozenset({"AID", "MOBILIZE"})
SENDING = frozenset({"send", "fly", "dispatch", "deploy", "ship", "airlift"})
RECALLING = frozenset({"recall", "withdraw", "call"})
BROKERING = frozenset({"broker", "mediate", "facilitate"})
# Types that are told in a town as often as they are done to its state.
VERBAL = frozenset({"AGREE", "SUPPORT", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
WITHIN = frozenset({"in", "at"})
TALKING = frozenset({"discuss", "debate"})
ABOUT = frozenset({"on", "about", "over", "concerning", "regarding"})
WITH = frozenset({"with"})
# What there is between two sides, which then are named by "its ... with".
BETWEEN_TWO = frozenset(
    "dispute relation relationship tie trade border war conflict feud row standoff stand-off tension quarrel deal treaty pact "
    "cooperation alliance talk agreement".split()
)
BESIDE = frozenset({"with", "between", "among", "by", "for"})
SURELY_MEANT = 0.8  # of words of the sentence before
WRONGS = frozenset({"violation", "breach", "infringement", "encroachment"})


def parties(analysis: Analysis, reading: Reading, draft: Draft, role: str, chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """The words in a role without those of bystanders."""
    chunks = tuple(chunks)
    if role == "actor":
        chunks = _named_by(reading, draft, chunks) or chunks
        chunks = tuple(
            c for c in chunks if not (_is_far(reading, draft, c, chunks) or _does_another(reading, draft, c, chunks))
        )
    if role == "recipient":
        chunks = tuple(c for c in chunks if not _is_left_behind(reading, draft, c))
    found = (
        c for c in chunks if not (_is_currency(reading, c) or _is_sent(reading, draft, c) or _has_brokered(reading, draft, c))
    )
    if role == "recipient" and draft.plover in VERBAL:
        found = (c for c in found if not _is_venue(analysis, reading, c))
    if draft.plover == "CONSULT":
        found = (c for c in found if not _is_topic(reading, draft, c))
    if role == "recipient" and draft.plover == "ACCUSE":
        found = (c for c in found if not _is_wronged(reading, draft, c))
    if role == "actor" or draft.plover != "ASSAULT":
        found = (c for c in found if not _is_scene(analysis, reading, c))
    return tuple(found)


def heads(reading: Reading, first: int, last: int) -> tuple[int, ...]:
    """The heads of the phrases that tokens `[first, last)` hold: one, or one for each conjunct of it."""
    outer = [i for i in range(first, last) if reading.tokens[i].head == i or not first <= reading.tokens[i].head < last]
    found = list(outer)
    for i in range(first, last):
        if reading.tokens[i].dep == "conj" and reading.tokens[i].head in found and i not in found:
            found.append(i)
    named = [i for i in sorted(found) if reading.tokens[i].upos not in {"PUNCT", "CCONJ", "DET", "ADP"}]
    return tuple(named) or (last - 1,)


def _is_scene(analysis: Analysis, reading: Reading, chunk: Chunk) -> bool:
    """Whether words name the town that an attack is called by ("the Lima bombings"), which neither does it nor is meant."""
    token = reading.tokens[chunk.last - 1]
    noun = reading.tokens[token.head]
    named = token.dep == "compound" and noun.upos == "NOUN" and "ASSAULT" in types_of(noun.lemma.lower())
    return named and _is_town(analysis, reading, token.index)


def _is_venue(analysis: Analysis, reading: Reading, chunk: Chunk) -> bool:
    """Whether words are the town in which something is said ("lifted its objections in Lima")."""
    found = heads(reading, chunk.first, chunk.last)
    return all(graph.case_of(reading, h) in WITHIN and _is_town(analysis, reading, h) for h in found)


def _is_town(analysis: Analysis, reading: Reading, index: int) -> bool:
    span = reading.tokens[index].span
    return any(p.precision == "city" and m.overlap(span) for p in analysis.places for m in p.mentions)


def _is_topic(reading: Reading, draft: Draft, chunk: Chunk) -> bool:
    """Whether words are of what is talked about ("discussed aid to Peru", "talks on Peru"), not of those who talk."""
    verb = reading.tokens[draft.head]
    for index in _path(reading, draft, chunk):
        token, case = reading.tokens[index], graph.case_of(reading, index)
        if case in BESIDE:
            return case == "with" and _is_topics_other_side(reading, draft, token)
        talked_of = verb.lemma in TALKING and verb.upos == "VERB" and (token.dep == "obj" or token.dep == "nsubj:pass")
        if case in ABOUT or (talked_of and token.head == draft.head):
            return True
    return False


def _is_topics_other_side(reading: Reading, draft: Draft, token: Token) -> bool:
    """Whether "with" ties words to what is talked about, not to those who talk: in "its dispute with Peru", and where those who
    talk stand behind: "trade with Peru with the minister"."""
    noun = reading.tokens[token.head]
    if noun.index == draft.head or noun.upos != "NOUN":
        return False
    own = noun.lemma.lower() in BETWEEN_TWO and any(t.dep == "nmod:poss" for t in reading.children(noun.index))
    behind = (*graph.obliques(reading, draft.head, WITH), *graph.obliques(reading, noun.index, WITH))
    return own or any(i > token.index for i in behind)


def _is_wronged(reading: Reading, draft: Draft, chunk: Chunk) -> bool:
    """Whether words name whose right was hurt: the charge "a violation of Peru's sovereignty" is not against Peru."""
    path = _path(reading, draft, chunk)
    return any(graph.case_of(reading, i) == "of" and reading.tokens[reading.tokens[i].head].lemma in WRONGS for i in path)


def _path(reading: Reading, draft: Draft, chunk: Chunk) -> tuple[int, ...]:
    """The words from the head of some words up to the trigger, without it; none where they do not stand below it."""
    above = tuple(graph.ancestors(reading, heads(reading, chunk.first, chunk.last)[0]))
    return above[: above.index(draft.head)] if draft.head in above else ()


def _is_currency(reading: Reading, chunk: Chunk) -> bool:
    """Whether words only say whose money it is ("US dollars")."""
    token = reading.tokens[chunk.last - 1]
    return (
        graph.base(token) in {"amod", "compound"} and reading.tokens[token.head].lemma.lower() in amounts_table()["currencies"]
    )


def _is_sent(reading: Reading, draft: Draft, chunk: Chunk) -> bool:
    """Whether words are what is sent ("flew in 168 rescuers"), or tell more of it ("deployed Peruvian forces"), or are the
    envoy who is called home."""
    lemma = reading.tokens[draft.head].lemma
    if not (draft.plover in SENT and lemma in SENDING) and not (draft.plover == "SANCTION" and lemma in RECALLING):
        return False
    sent = graph.spread(reading, graph.logical_objects(reading, draft.head))
    found = heads(reading, chunk.first, chunk.last)
    return all(h in sent or (reading.tokens[h].dep in {"amod", "compound"} and reading.tokens[h].head in sent) for h in found)


def _has_brokered(reading: Reading, draft: Draft, chunk: Chunk) -> bool:
    """Whether words name who brokered an act between others ("a truce that Peru brokered")."""
    noun = reading.tokens[draft.head]
    above = reading.tokens[noun.head]
    verbs = [t for t in (above, *reading.children(noun.index, "acl")) if t.lemma in BROKERING and t.index != noun.index]
    for verb in verbs:
        under = noun.index in graph.logical_objects(reading, verb.index)
        doers = graph.spread(reading, graph.logical_subjects(reading, verb.index))
        if under and doers and all(h in doers for h in heads(reading, chunk.first, chunk.last)):
            return True
    return False


def _does_another(reading: Reading, draft: Draft, chunk: Chunk, chunks: Iterable[Chunk]) -> bool:
    """Whether words are the subject of another verb, where the subject of the trigger is among those who act ("Peru shot down
    drones that Chile sent")."""
    trigger = reading.tokens[draft.head]
    own = _own_subjects(reading, trigger)
    if not any(set(own) & set(range(c.first, c.last)) for c in chunks):
        return False
    token = reading.tokens[heads(reading, chunk.first, chunk.last)[0]]
    while token.dep == "conj" and token.head != token.index:
        token = reading.tokens[token.head]
    verb = reading.tokens[token.head]
    return graph.base(token) == "nsubj" and token.index not in own and verb.upos == "VERB" and verb.index != trigger.index


def _own_subjects(reading: Reading, trigger: Token) -> tuple[int, ...]:
    """The subjects that an active verb has itself."""
    active = trigger.upos == "VERB" and not graph.is_passive(reading, trigger.index)
    return graph.spread(reading, (t.index for t in reading.children(trigger.index, "nsubj"))) if active else ()


def _named_by(reading: Reading, draft: Draft, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Those of the words for who acts that a noun has behind its "by": "Peru cut ties after an attack by rebels"."""
    if reading.tokens[draft.head].upos != "NOUN":
        return ()
    doers = set(graph.spread(reading, graph.obliques(reading, draft.head, frozenset({"by"}))))
    return tuple(c for c in chunks if doers & set(heads(reading, c.first, c.last)))


def _is_left_behind(reading: Reading, draft: Draft, chunk: Chunk) -> bool:
    """Whether less sure words of the sentence before can't tell to whom a verb does what it does to an object of its own:
    "Peru met Chile. Oslo accepted the ruling."."""
    trigger, words = reading.tokens[draft.head], reading.tokens[chunk.first]
    if trigger.upos != "VERB" or words.sentence >= trigger.sentence or chunk.score >= SURELY_MEANT:
        return False
    return any(t.upos in {"NOUN", "PROPN"} for t in reading.children(trigger.index, "obj"))


def _is_far(reading: Reading, draft: Draft, chunk: Chunk, chunks: Iterable[Chunk]) -> bool:
    """Whether words of another sentence can't tell who acts: those of the one before for a passive or a verb whose own subject
    acts, those of the one behind unless it takes the act up by a pronoun or tells who spoke of it."""
    trigger, words = reading.tokens[draft.head], reading.tokens[chunk.first]
    passive = trigger.upos == "VERB" and graph.is_passive(reading, trigger.index)
    if words.sentence < trigger.sentence:
        told = {i for c in chunks for i in range(c.first, c.last) if reading.tokens[i].upos in {"NOUN", "PROPN"}}
        return passive or any(i in told or reading.tokens[i].upos == "PROPN" for i in _own_subjects(reading, trigger))
    if words.sentence == trigger.sentence:
        return False
    if passive or (trigger.upos == "VERB" and graph.surface_subjects(reading, trigger.index)):
        return True
    behind = reading.words(reading.sentences[words.sentence])
    return not any(t.upos == "PRON" or (t.upos == "VERB" and t.lemma in load_speech().verbs) for t in behind)
