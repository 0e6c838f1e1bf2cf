"""Who disputes an event: whoever denies its act, the part in it or the claim that tells of it (`denied_by`).

Also whether an event is long past or only imagined (`auxiliary`), which no status tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

from communique.coding import graph
from communique.coding.clauses import is_negated
from communique.coding.codebook import read_table
from communique.coding.speakers import ActorIndex
from communique.coding.status import status_of
from communique.types.entities import Actor
from communique.types.events import Event, Statement
from communique.types.reading import Reading, Token
from communique.types.text import Interval

# An event that ended so long before its report is told as history. PLOVER gives no figure; a quarter of a year is ours.
HISTORY = timedelta(days=91)
_IMAGINED = frozenset({"if", "unless", "would", "could", "might", "in case", "were", "may"})
_ACCUSING = "ACCUSE"
_SPEAKING = frozenset({_ACCUSING, "REJECT"})
_VAGUE = frozenset({"which", "something", "thing"})
_COOPERATION = frozenset({1, 2})  # quad classes
_FROM = frozenset({"from", "by", "of"})


@dataclass(frozen=True, slots=True)
class Disputing:
    """The words that dispute: verbs over a clause or an act, verbs over a claim, what claims are called, those of them that
    tell of guilt, nouns of denying, what is said of what is not so, and verbs that say that of something."""

    clause: frozenset[str]
    back: frozenset[str]
    claims: frozenset[str]
    guilt: frozenset[str]
    nouns: frozenset[str]
    falsehoods: frozenset[str]
    calling: frozenset[str]


@cache
def load_disputing() -> Disputing:
    """The words, read once."""
    table: Mapping[str, Any] = read_table("disputes.yaml")
    words = (table["clause"]["words"], table["back"]["words"], table["claims"], table["guilt"], table["nouns"]["words"])
    return Disputing(*(frozenset(w) for w in (*words, table["false"]["words"], table["calling"])))


@dataclass(frozen=True, slots=True)
class _Dispute:
    """Who disputes which event; `bare` where the words that dispute it are those that tell it."""

    event: Event
    who: tuple[str, ...]
    bare: bool = False


class _Acts:
    """The acts of a report by the tokens that tell them."""

    def __init__(self, reading: Reading, events: Sequence[Event]) -> None:
        self.reading = reading
        spans = ((span, event) for event in events for span in (event.trigger, *(t.trigger for t in event.tellings)))
        heads = ((next(iter(reading.between(span)), None), event) for span, event in spans)
        self.told = sorted(((t.index, e) for t, e in heads if t is not None), key=lambda pair: pair[0])

    def within(self, *tops: Token) -> Event | None:
        """The first act told in what some words govern; no accusation, which was made, and no claim among the words."""
        claims = {t.index for t in tops if t.lemma.lower() in load_disputing().claims}
        inside = {i for top in tops for i in self.reading.subtree(top.index)}
        return next((e for index, e in self.told if index in inside - claims and e.plover != _ACCUSING), None)

    def above(self, index: int) -> Event | None:
        """The nearest act that governs a word, the word's own first; no accusation."""
        acts = {i: e for i, e in self.told if e.plover not in _SPEAKING}
        return next((acts[i] for i in graph.ancestors(self.reading, index) if i in acts), None)

    def before(self, index: int, who: Sequence[str]) -> Event | None:
        """The last act told before a word, in its sentence or the one before in its passage, that is the denier's or claimed by
        another; not the accusation itself, which was made."""
        found = None
        here = self.reading.sentences[self.reading.tokens[index].sentence]
        for at, event in self.told:
            there = self.reading.sentences[self.reading.tokens[at].sentence]
            near = at < index and here.index - there.index <= 1 and here.passage == there.passage
            claimed = bool(set(event.attributed_to) - set(who))
            if near and event.plover not in _SPEAKING and (set(event.actor) & set(who) or claimed):
                found = event
        return found

    def claimed(self, claim: Token, parts: Sequence[Token], at: int, who: Sequence[str]) -> Event | None:
        """The act that a claim tells, within its words or, where it carries none, before `at`; of guilt only where the act is
        one that somebody may be guilty of."""
        event = self.within(claim, *parts)
        if event is not None or _has_content(self.reading, claim):
            return event
        event = self.before(at, who)
        blameless = event is not None and event.quad in _COOPERATION and claim.lemma.lower() in load_disputing().guilt
        return None if blameless else event


def with_disputes(index: ActorIndex, events: Sequence[Event], said: Sequence[Statement] = ()) -> tuple[Event, ...]:
    """The events with those who dispute them: what somebody denies to have happened, or says not to have happened, is denied by
    them; of an accusation or a claim that is denied or called false, the act that it tells."""
    acts = _Acts(index.reading, events)
    found: dict[str, list[_Dispute]] = {}
    for token in index.reading.tokens:
        for dispute in (_by_verb(index, acts, token), _by_noun(index, acts, token), _by_falsehood(index, acts, token, said)):
            if dispute is not None and dispute.who:
                found.setdefault(dispute.event.id, []).append(dispute)
    for dispute in _contradicted(index, acts, said):
        found.setdefault(dispute.event.id, []).append(dispute)
    return tuple(_disputed(e, found[e.id]) if e.id in found else e for e in events)


def _disputed(event: Event, disputes: Sequence[_Dispute]) -> Event:
    """An event that only its denial tells of is denied; one that is told elsewhere stays as it was told. Nobody vouches for an
    act by disputing it."""
    who = dict.fromkeys(w for d in disputes for w in d.who)
    alone = any(d.bare for d in disputes) and not event.tellings
    vouching = tuple(a for a in event.attributed_to if a not in who)
    return replace(event, denied_by=tuple(who), attributed_to=vouching, status="denied" if alone else event.status)


def _who(index: ActorIndex, heads: Iterable[int]) -> tuple[str, ...]:
    return tuple(a.id for head in heads for a in index.of_phrase(head))


def _by_verb(index: ActorIndex, acts: _Acts, verb: Token) -> _Dispute | None:
    reading, words = index.reading, load_disputing()
    lemma = verb.lemma.lower()
    if verb.upos != "VERB" or lemma not in words.clause | words.back or is_negated(reading, verb.index):
        return None
    who = _who(index, graph.logical_subjects(reading, verb.index))
    claim = next((t for t in reading.children(verb.index, "obj", "nsubj:pass") if t.lemma.lower() in words.claims), None)
    if claim is not None:
        parts = [t for t in reading.children(verb.index, "obl") if graph.case_of(reading, t.index) in {"for", "in"}]
        event = acts.claimed(claim, parts, verb.index, who)
        return _Dispute(event, who) if event is not None else None
    below = reading.children(verb.index, "ccomp", "xcomp", "obj", "advcl") if lemma in words.clause else ()
    event = acts.within(*(t for t in below if t.index > verb.index))
    if event is not None:
        return _Dispute(event, who, bare=True)
    event = _taken_up(reading, acts, verb, who)
    return _Dispute(event, who) if event is not None else None


def _taken_up(reading: Reading, acts: _Acts, verb: Token, who: tuple[str, ...]) -> Event | None:
    """ "a charge Peru denies", "an accusation denied by Peru", "something it denies": what was charged before; "the raid, which
    Peru denies": the act itself."""
    noun = reading.tokens[verb.head]
    vague = any(t.lemma.lower() in _VAGUE and t.index < verb.index for t in reading.children(verb.index, "obj"))
    if verb.dep == "acl:relcl" or (verb.dep == "acl" and graph.is_passive(reading, verb.index)):
        charged = noun.lemma.lower() in load_disputing().claims | _VAGUE
        return acts.before(noun.index, who) if charged else acts.above(noun.index)
    aside = verb.dep == "parataxis" and not reading.children(verb.index, "obj", "ccomp", "xcomp")
    return acts.before(verb.index, who) if vague or aside else None


def _by_noun(index: ActorIndex, acts: _Acts, noun: Token) -> _Dispute | None:
    """ "Despite denials from Peru, ...": what the noun carries, else the act that it stands beside."""
    reading = index.reading
    if noun.upos != "NOUN" or noun.lemma.lower() not in load_disputing().nouns:
        return None
    owners = [
        t for t in reading.children(noun.index, "nmod") if t.dep == "nmod:poss" or graph.case_of(reading, t.index) in _FROM
    ]
    who = _who(index, (t.index for t in owners))
    below = [t for t in reading.children(noun.index, "nmod", "acl") if t not in owners]
    following = (e for i, e in acts.told if i > noun.index and reading.tokens[i].sentence == noun.sentence)
    beside = next((e for e in following if e.plover not in _SPEAKING), None) if graph.case_of(reading, noun.index) else None
    event = acts.within(*below) or beside
    return _Dispute(event, who) if event is not None else None


def _by_falsehood(index: ActorIndex, acts: _Acts, token: Token, said: Sequence[Statement]) -> _Dispute | None:
    """ "called the report false", "said this was untrue", "This is a lie", he said."""
    reading, words = index.reading, load_disputing()
    if token.lemma.lower() not in words.falsehoods or is_negated(reading, token.index):
        return None
    verb = reading.tokens[token.head]
    subjects = reading.children(token.index, "nsubj")
    if verb.lemma in words.calling and not subjects:
        subjects = reading.children(verb.index, "obj")
        who = _who(index, graph.logical_subjects(reading, verb.index))
    else:
        telling = [s for s in said if s.content.contains(token.span) and s.speaker]
        inner = min((s.content.end - s.content.start for s in telling), default=0)
        who = tuple(s.speaker for s in telling if s.speaker and s.content.end - s.content.start == inner)
    called = [reading.tokens[graph.antecedent(reading, t.index)] for t in subjects]
    if names_head(reading, verb):
        called.append(reading.tokens[verb.head])
    claim = next((t for t in called if t.lemma.lower() in words.claims), None)
    event = acts.claimed(claim, (), min(claim.index, token.index), who) if claim is not None else None
    return _Dispute(event, who) if event is not None else None


def names_head(reading: Reading, verb: Token) -> bool:
    """Whether a clause behind a noun says what somebody calls it ("a claim that Peru called false"), and not what it is."""
    calling = verb.lemma in load_disputing().calling and graph.base(verb) == "acl" and verb.index > verb.head
    return calling and not any(t.dep == "obj" and t.index > verb.index for t in reading.children(verb.index))


def _has_content(reading: Reading, claim: Token) -> bool:
    """Whether a claim carries what it claims: "reports that ...", "allegations of fraud"."""
    if any(t.dep in {"acl", "ccomp"} and not names_head(reading, t) for t in reading.children(claim.index)):
        return True
    return any(graph.case_of(reading, t.index) in {"of", "about"} for t in reading.children(claim.index, "nmod"))


def _contradicted(index: ActorIndex, acts: _Acts, said: Sequence[Statement]) -> Iterator[_Dispute]:
    """What its doer says not to have happened, or what is told shortly before and somebody says not to have happened."""
    reading, actors = index.reading, index.actors
    for at, event in acts.told:
        token = reading.tokens[at]
        past = any(a.lemma in {"do", "have"} for a in reading.children(at, "aux"))
        if event.status != "denied" or not past or not is_negated(reading, at):
            continue
        telling = [s for s in said if s.content.contains(token.span) and s.speaker]
        inner = min(telling, key=lambda s: s.content.end - s.content.start, default=None)
        if inner is None or inner.speaker is None:
            continue
        earlier = acts.before(at, (inner.speaker,))
        like = earlier is not None and earlier.plover == event.plover and earlier.status != "denied"
        if like or _acts_for(actors, inner.speaker, event):
            yield _Dispute(event, (inner.speaker,))
        if like and earlier is not None:
            yield _Dispute(earlier, (inner.speaker,))


def _acts_for(actors: Sequence[Actor], speaker: str, event: Event) -> bool:
    """Whether a speaker is the doer of an act, or of the doer's state."""
    countries = {a.id: a.country for a in actors}
    ours = countries.get(speaker)
    return speaker in event.actor or (ours is not None and ours in {countries.get(a) for a in event.actor})


def with_auxiliary(reading: Reading, events: Sequence[Event], published: Interval | None) -> tuple[Event, ...]:
    """The events with the auxiliary modes of PLOVER that no status tells: `historical` where its own time ended long before the
    report came out, `hypothetical` where it is only imagined."""
    return tuple(replace(e, auxiliary=tuple(_auxiliary(reading, e, published))) for e in events)


def _auxiliary(reading: Reading, event: Event, published: Interval | None) -> Iterator[str]:
    when = event.when.interval if event.when is not None else None
    if when is not None and published is not None and when.end + HISTORY <= published.start:
        yield "historical"
    token = next(iter(reading.between(event.trigger)), None)
    if event.status == "uncertain" and token is not None:
        reason = status_of(reading, token.index)[1].lower()
        if any(f"'{word}'" in reason for word in _IMAGINED):
            yield "hypothetical"
