"""Who did it and to whom: from an argument's words to actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from communique.coding import graph
from communique.coding.bystanders import heads, parties
from communique.coding.candidates import Draft
from communique.coding.circumstances import place_below, place_beside
from communique.coding.graph import base
from communique.coding.speakers import ActorIndex
from communique.ontology.world import load_world
from communique.types.analysis import Analysis
from communique.types.entities import Actor
from communique.types.reading import Chunk, Reading
from communique.types.text import Span

TWO_SIDED = frozenset({"CONSULT", "AGREE"})
# Acts whose object is the recipient.
DONE_TO = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SANCTION", "COERCE", "ASSAULT"})
NAMELESS = frozenset({"PROPN"})
PRONOUNS = frozenset(
    "i me my we us our you your he him his she her it its they them their who which that this these those".split()
)
NOBODY = frozenset(
    "people person persons others civilian civilians man men woman women child children victims the several".split()
)
LONGEST = 8  # words of an actor without a name
LESS_SURE = 0.3
AGAINST = frozenset({"at", "against"})
LAID_ON = frozenset({"on", "upon", "to"})
DYING = frozenset({"die", "perish"})
KILLING = frozenset({"kill", "injure", "wound", "hurt"})
SUFFERED = frozenset({"in", "during", "from"})  # what somebody dies in
RIVAL_LEAST = 0.8  # of words that another verb has as its object, or of who tells of talks and takes part in them
SIBLING_LEAST = 0.75  # of words that vouch for less sure ones beside them
NAMELESS_LEAST = 0.6  # an actor that nobody resolved needs surer words


@dataclass(slots=True)
class Cast:
    """The actors of a report while its events are coded; words that no actor stands for yet become one under the
    report's words."""

    analysis: Analysis
    reading: Reading
    contents: tuple[Span, ...] = ()
    actors: list[Actor] = field(default_factory=list)
    index: ActorIndex = field(init=False)

    def __post_init__(self) -> None:
        self.actors = list(self.analysis.actors)
        self.index = ActorIndex(self.reading, self.actors)

    def words(self, draft: Draft, role: str, least: float | None = None) -> tuple[Chunk, ...]:
        """The words in a role; where `least` is given, all of that score.

        Of an act that is told in a statement those outside of what was said go where some are inside: who tells of an act is
        not yet a party to it.
        """
        chunks = self._with_conjuncts(draft, role) if least is None else draft.arguments(role, least)
        chunks = parties(self.analysis, self.reading, draft, role, chunks) or self._by_pattern(draft, role)
        if role == "recipient" and len(chunks) > 1:
            chunks = tuple(c for c in chunks if c.score >= RIVAL_LEAST or not self._of_other_verb(draft, c)) or chunks
        trigger = self.reading.tokens[draft.head].span
        told = min((c for c in self.contents if c.contains(trigger)), key=lambda c: c.end - c.start, default=None)
        if told is None:
            return chunks
        inside = tuple(c for c in chunks if told.contains(self.reading.tokens[c.first].span))
        if draft.plover in TWO_SIDED and len(inside) == 1:
            return tuple(c for c in chunks if c in inside or c.score >= RIVAL_LEAST)
        return inside or chunks

    def _by_pattern(self, draft: Draft, role: str) -> tuple[Chunk, ...]:
        """A pattern's words in a role, where the network has none but those of bystanders."""
        if draft.pattern is None or draft.pattern.types[0][0] != draft.plover:
            return ()
        alone = replace(draft, network=None)
        return parties(self.analysis, self.reading, alone, role, alone.arguments(role))

    def _with_conjuncts(self, draft: Draft, role: str) -> tuple[Chunk, ...]:
        """The words in a role, and less sure ones that are coordinated with them ("Peru and Chile")."""
        chunks = draft.arguments(role)
        sure = [c for c in chunks if c.score >= SIBLING_LEAST]
        own = {c for chunk in sure for h in heads(self.reading, chunk.first, chunk.last) for c in self._coordinated(h)}
        if not own or draft.network is None:
            return chunks
        more = (c for c in draft.network.arguments if c.label == role and c not in chunks)
        return (*chunks, *(c for c in more if own & set(heads(self.reading, c.first, c.last))))

    def _coordinated(self, head: int) -> tuple[int, ...]:
        token = self.reading.tokens[head]
        while token.dep == "conj":
            token = self.reading.tokens[token.head]
        return graph.conjuncts(self.reading, token.index)

    def _of_other_verb(self, draft: Draft, chunk: Chunk) -> bool:
        """Whether words are part of the object of another verb than a trigger that has an object of its own."""
        reading = self.reading
        if reading.tokens[draft.head].upos != "VERB" or not reading.children(draft.head, "obj"):
            return False
        verb = next((i for i in graph.ancestors(reading, chunk.first) if reading.tokens[i].upos == "VERB"), draft.head)
        if verb == draft.head or verb not in graph.ancestors(reading, draft.head):
            return False
        below = (reading.subtree(t.index) for t in reading.children(verb, "obj"))
        return any(chunk.first in inside and draft.head not in inside for inside in below)

    def of_chunks(self, chunks: Iterable[Chunk], add: bool = True, acting: bool = False) -> tuple[Actor, ...]:
        """The actors that argument words stand for, in order, each once; of those who act ("its forces") whose they are."""
        found: dict[str, Actor] = {}
        places = [(chunk, head) for chunk in chunks for head in self._heads(chunk)]
        named_by = {head for _, head in places if self.index.of_phrase(head)}
        for chunk, head in places:
            if self.is_time(head):
                continue
            if not _below(self.reading, head, named_by - {head}):
                named = self.index.of_phrase(head) or self.index.of_phrase(graph.counted(self.reading, head))
                actors = self._standing(named or self._inside(chunk, head), head)
                if len(actors) == 1 and actors[0].resolved_by == "report" and self.reading.tokens[head].upos == "NOUN":
                    actors = (acting and self._owner(head)) or (self._in_full(actors[0], chunk, head),)
                if not actors and add and chunk.score >= NAMELESS_LEAST:
                    actors = self._named_by_report(head)
                found.update((a.id, a) for a in actors)
        return tuple(found.values())

    def _heads(self, chunk: Chunk) -> Iterator[int]:
        """The heads of some words, with those who share a noun in its place ("Peruvian and Chilean troops")."""
        for head in heads(self.reading, chunk.first, chunk.last):
            shared = [i for i in sorted(graph.sharing(self.reading, head)) if self.index.at(i)]
            yield from (i for i in shared if chunk.first <= i < chunk.last) if shared else (head,)

    def _standing(self, actors: tuple[Actor, ...], head: int) -> tuple[Actor, ...]:
        """The actors, with the state in the place of what nobody resolved and is a place of it."""
        if len(actors) == 1 and actors[0].resolved_by == "unresolved" and self._may_be_place(actors[0]):
            host = self.host(self.reading.tokens[head].span)
            return (host,) if host is not None else actors
        return actors

    def _owner(self, head: int) -> tuple[Actor, ...]:
        """The state or body whose unnamed people act ("its forces", "their officials")."""
        owner = next((t for t in self.reading.children(head, "nmod") if t.dep == "nmod:poss" and t.upos == "PRON"), None)
        return tuple(a for a in self.index.at(owner.index) if a.kind not in {"person", "group"}) if owner is not None else ()

    def is_time(self, head: int) -> bool:
        """Whether a word tells when, not who ("their August trip")."""
        span = self.reading.tokens[head].span
        return any(t.span.overlap(span) for t in self.analysis.times) and not any(
            a.resolved_by == "registry" for a in self.index.at(head)
        )

    def _may_be_place(self, actor: Actor) -> bool:
        """Whether an actor that nobody resolved is rather a place: no group, and a person only by the name of a place."""
        named = actor.kind != "person" or any(p.name == actor.name and p.precision == "city" for p in self.analysis.places)
        return named and actor.kind != "group"

    def _in_full(self, actor: Actor, chunk: Chunk, head: int) -> Actor:
        """An actor without a name, with all of the words for it that the chunk has as a mention ("members of the council")."""
        span = self.reading.span(chunk.first, chunk.last)
        whole = heads(self.reading, chunk.first, chunk.last) == (head,) and chunk.last - chunk.first <= LONGEST
        return self.mention(actor, span) if whole and "\n" not in span.of(self.analysis.document.text) else actor

    def _inside(self, chunk: Chunk, head: int) -> tuple[Actor, ...]:
        if self.reading.tokens[head].upos not in {"PROPN", "ADJ", "X"}:
            return ()
        return next((found for i in range(chunk.first, chunk.last) if (found := self.index.at(i))), ())

    def _named_by_report(self, head: int) -> tuple[Actor, ...]:
        token = self.reading.tokens[head]
        host = self.host(token.span)
        if host is not None:
            return (host,)
        if token.upos not in NAMELESS or token.text.lower() in PRONOUNS:
            return ()
        first, last = graph.phrase(self.reading, head)
        span = self.reading.span(first, last)
        name = span.of(self.analysis.document.text)
        if "\n" in name or len(name) > 80:
            span, name = token.span, token.text
        known = next((a for a in self.actors if a.name.lower() == name.lower()), None)
        return (self.mention(known, span) if known else self.add(name, span),)

    def add(self, name: str, span: Span) -> Actor:
        """A new actor, unresolved, under the report's own words."""
        plural = any(t.feat("Number") == "Plur" for t in self.reading.between(span))
        kind = "group" if plural else "organization"
        actor = Actor(f"a{len(self.actors) + 1}", name, kind, None, (span,), why="named by an event's words alone")  # type: ignore[arg-type]
        self.actors.append(actor)
        self.index.add(actor)
        return actor

    def mention(self, actor: Actor, span: Span) -> Actor:
        """The actor with one more mention."""
        if span in actor.mentions:
            return actor
        grown = replace(actor, mentions=tuple(sorted({*actor.mentions, span})))
        self.actors[self.actors.index(actor)] = grown
        self.index.add(grown)
        return grown

    def host(self, span: Span) -> Actor | None:
        """The state of the place that the words name; what is done to a place is done to its state."""
        for place in self.analysis.places:
            at = next((m for m in place.mentions if m.overlap(span)), None)
            if at is not None and place.country is not None:
                return self.state(place.country, at)
        return None

    def state(self, country: str, span: Span) -> Actor | None:
        """The state with this code, with a mention at the span; added to the report's actors when it is not there yet."""
        for actor in self.actors:
            if actor.kind == "state" and actor.country == country:
                return self.mention(actor, span)
        entry = load_world().state(country)
        if entry is None:
            return None
        actor = Actor(
            f"a{len(self.actors) + 1}",
            entry.name,
            "state",
            country,
            (span,),
            ("GOV",),
            entry.wikidata,
            resolved_by="registry",
            why="the country of a place that was visited",
            entry=entry.id,
        )
        self.actors.append(actor)
        self.index.add(actor)
        return actor


def _below(reading: Reading, index: int, others: set[int]) -> bool:
    """Whether a word only tells more of one of the others ("the ambassador to Chile", "the members of the council")."""
    token = reading.tokens[index]
    if index in graph.sharing(reading, token.head):
        return False
    while base(token) in {"nmod", "compound", "amod"} and graph.case_of(reading, token.index) in {"", "of", "to", "for"}:
        token = reading.tokens[token.head]
        if token.index in others:
            return True
    return False


def sides(cast: Cast, draft: Draft, mode: str | None) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actor and recipient of an event; both sides in both lists for meetings and agreements, the host country for a visit."""
    actor = cast.of_chunks(cast.words(draft, "actor"), acting=True)
    recipient = cast.of_chunks(cast.words(draft, "recipient"), add=mode != "visit")
    if not recipient:
        recipient = _less_sure(cast, draft, actor)
    if draft.plover in DONE_TO:
        done_to = _done_to(cast, draft, actor)
        actor, recipient = _without(actor, done_to), _unique((*recipient, *done_to))
    if mode == "visit" and draft.plover == "CONSULT":
        return _visit(cast, draft, actor, recipient)
    if draft.plover in TWO_SIDED and mode != "mediate":
        if draft.plover == "CONSULT" and len(_unique((*actor, *recipient))) == 1:
            actor = _unique((*_host_of_talks(cast, draft), *actor))
        both = _unique((*actor, *recipient))
        if len(both) > 1 and (draft.plover == "CONSULT" or len(both) < len(actor) + len(recipient) or not recipient):
            return both, both
        if len(both) == 1 and not _is_several(cast, both[0]):
            return _one_side(cast, draft, both[0])
    if mode == "mediate":
        actor, recipient = _mediated(cast, draft, actor, recipient)
        recipient = _without(recipient, actor)
    if graph.is_reciprocal(cast.reading, draft.head):
        actor = recipient = _unique((*actor, *recipient))
    if draft.plover not in TWO_SIDED:
        mutual = len(actor) > 1 and {a.id for a in actor} <= {r.id for r in recipient}
        recipient = recipient if mutual else _without(recipient, actor) or (recipient if len(actor) > 1 else ())
    if draft.plover == "ASSAULT" and all(_is_nobody(a) for a in recipient):
        recipient = (*recipient, *_without(_struck(cast, draft, actor), recipient))
    return actor, recipient


def _less_sure(cast: Cast, draft: Draft, actor: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Where nobody is known by the sure words for a recipient, those known by the surest of the others."""
    ranked = sorted(cast.words(draft, "recipient", LESS_SURE), key=lambda c: -c.score)
    return next(filter(None, (_without(cast.of_chunks([c], add=False), actor) for c in ranked)), ())


def _done_to(cast: Cast, draft: Draft, actor: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Of the actors those to whom it is done by the clause: the subject of a passive, those that something is thrown at,
    those whom a pattern has behind the preposition of the recipient ("attributed to Peru by Chile")."""
    reading = cast.reading
    if reading.tokens[draft.head].upos != "VERB":
        dead = {a.id for h in _dying(reading, draft.head) for a in cast.index.of_phrase(h)}
        return tuple(a for a in actor if a.id in dead)
    passive = graph.is_passive(reading, draft.head)
    subjects = [t.index for t in reading.children(draft.head, "nsubj")] if passive else []
    struck = graph.obliques(reading, draft.head, AGAINST)
    named = graph.spread(reading, (*struck, *subjects, *_meant_by_pattern(reading, draft)))
    named = (*named, *(t.index for i in named for t in reading.children(i, "appos")))
    found = _unique(a for h in named for a in cast.index.of_phrase(h))
    return tuple(a for a in found if a.id in {b.id for b in actor})


def _meant_by_pattern(reading: Reading, draft: Draft) -> Iterator[int]:
    if draft.pattern is None or draft.pattern.types[0][0] != draft.plover:
        return
    for chunk in draft.pattern.arguments:
        found = heads(reading, chunk.first, chunk.last) if chunk.label == "recipient" else ()
        yield from (h for h in found if graph.case_of(reading, h) in LAID_ON)


def _dying(reading: Reading, noun: int) -> tuple[int, ...]:
    """Those who die in what a noun names: "ten soldiers died in the shelling"."""
    token = reading.tokens[noun]
    verb = reading.tokens[token.head]
    dies = verb.lemma in DYING or (verb.lemma in KILLING and graph.is_passive(reading, verb.index))
    within = graph.base(token) == "obl" and graph.case_of(reading, noun) in SUFFERED
    subjects = (t.index for t in reading.children(verb.index, "nsubj"))
    return graph.spread(reading, subjects) if dies and within else ()


def _visit(
    cast: Cast, draft: Draft, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    travellers = _without(actor, recipient) or actor
    hosts = tuple(r for r in _without(recipient, travellers) if r.kind in {"state", "government", "bloc", "organization"})
    if hosts:
        return travellers, hosts
    for chunk in (
        *draft.arguments("recipient", 0.3),
        *draft.arguments("where", 0.3),
        *place_below(cast.analysis, cast.reading, draft),
    ):
        host = cast.host(cast.reading.span(chunk.first, chunk.last))
        if host is not None and _without((host,), travellers):
            return travellers, (host,)
    return travellers, _without(recipient, travellers)


def _mediated(
    cast: Cast, draft: Draft, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Of those in a mediation the ones who mediate, by the clause or for being no recipients, and those between whom."""
    doers = graph.spread(cast.reading, graph.logical_subjects(cast.reading, draft.head))
    named = tuple(a for h in doers for a in cast.index.of_phrase(h))
    between = _without(actor, named)
    if len(between) == len(actor):
        return _without(actor, recipient) or actor, recipient
    return _without(actor, between), _unique((*recipient, *between))


def _host_of_talks(cast: Cast, draft: Draft) -> tuple[Actor, ...]:
    """The one who held talks that are told of the other side alone ("after a call with Ana Ruiz, Omar Haddad said ...")."""
    token = cast.reading.tokens[draft.head]
    if token.upos != "NOUN":
        return ()
    verb = next((i for i in graph.ancestors(cast.reading, draft.head) if cast.reading.tokens[i].upos == "VERB"), None)
    if verb is None:
        return ()
    return tuple(a for h in graph.logical_subjects(cast.reading, verb) for a in cast.index.of_phrase(h))


def _is_nobody(actor: Actor) -> bool:
    """Whether an actor is but some people of whom nothing is told."""
    return set(actor.name.lower().split()) <= NOBODY


def _one_side(cast: Cast, draft: Draft, known: Actor) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The sides of an act between two of whom the report names one: with whom it was, else who did it."""
    chunks = (*cast.words(draft, "actor"), *cast.words(draft, "recipient"))
    named = (h for c in chunks for h in heads(cast.reading, c.first, c.last) if known in cast.index.of_phrase(h))
    return ((), (known,)) if any(graph.case_of(cast.reading, h) == "with" for h in named) else ((known,), ())


def _is_several(cast: Cast, actor: Actor) -> bool:
    """Whether an actor has members who may deal with each other: a bloc, "the ministers"."""
    nouns = (t for m in actor.mentions for t in cast.reading.between(m) if t.upos == "NOUN")
    return actor.kind in {"group", "bloc"} or any(t.feat("Number") == "Plur" for t in nouns)


def _struck(cast: Cast, draft: Draft, actor: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The state in whose land an attack struck that names no victim."""
    beside = place_beside(cast.analysis, cast.reading, draft) if cast.reading.tokens[draft.head].upos == "NOUN" else ()
    for chunk in (*draft.arguments("where"), *place_below(cast.analysis, cast.reading, draft), *beside):
        host = cast.host(cast.reading.span(chunk.first, chunk.last))
        if host is not None:
            return _without((host,), actor)
    return ()


def _without(actors: Iterable[Actor], others: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors that are not among the others; by id, for an actor may have gained a mention since."""
    ids = {a.id for a in others}
    return tuple(a for a in actors if a.id not in ids)


def _unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({a.id: a for a in actors}.values())
