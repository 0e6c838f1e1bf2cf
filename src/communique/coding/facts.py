"""Facts: offices held, alliances, rivalries, trade, membership, who travels with whom.

Offices come from the actors' roles; other relations from the patterns of `data/relations.yaml`, matched on dependencies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from communique.coding import frames, graph
from communique.coding.codebook import read_table
from communique.coding.forms import mended
from communique.coding.frames import Site
from communique.coding.speakers import ActorIndex
from communique.ontology.world import load_world
from communique.types.analysis import Analysis
from communique.types.entities import Actor, Role
from communique.types.events import Fact
from communique.types.reading import Reading, Token
from communique.types.text import Span

_VIEWS = frozenset({"view", "see", "regard", "portray", "describe", "consider", "treat", "label", "brand", "perceive", "name"})
_ACTS = frozenset({"visit", "travel", "fly", "go", "arrive", "head", "tour", "trip"})
_SHARES = frozenset({"share", "have", "form", "forge", "maintain"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation's words and the places of its subject and object; `kinds` limits what the restricted side may be."""

    predicate: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    kinds: frozenset[str]
    present: bool
    members: frozenset[str]
    there: bool


@cache
def load_relations() -> Mapping[tuple[str, str], tuple[tuple[Relation, tuple[str, ...]], ...]]:
    """The relations by part ("verb", "noun", "there") and lemma: a verb's, or a noun's last word; with all its words."""
    index: dict[tuple[str, str], list[tuple[Relation, tuple[str, ...]]]] = {}
    for row in read_table("relations.yaml"):
        part = next(p for p in ("verb", "noun", "there") if p in row)
        relation = Relation(
            row["predicate"], tuple(row["subject"]), tuple(row["object"]), frozenset(row.get("kinds", ())),
            row.get("tense") == "present", frozenset(row.get("member", ())), part == "there",
        )  # fmt: skip
        for word in row[part]:
            words = tuple(word.split())
            index.setdefault((part, words[-1]), []).append((relation, words))
    return {key: tuple(value) for key, value in index.items()}


def facts(analysis: Analysis) -> tuple[Fact, ...]:
    """The facts of a report: first the offices, in the order of the actors, then relations in the order of the text.

    A relation's object is an actor's id, an office or a possession its words. Each fact has evidence spans; the same fact
    told twice is one, with all its evidence.
    """
    found: dict[tuple[str, str, str], Fact] = {}
    for fact in (*_offices(analysis), *_relations(analysis)):
        key = (fact.subject, fact.predicate, fact.object)
        mirrored = (fact.object, fact.predicate, fact.subject)
        held = found.get(key) or (found.get(mirrored) if fact.predicate in _MUTUAL else None)
        if held is None:
            found[key] = fact
        else:
            evidence = tuple(dict.fromkeys((*held.evidence, *fact.evidence)))
            found[(held.subject, held.predicate, held.object)] = replace(held, evidence=evidence)
    return tuple(replace(fact, id=f"f{number}") for number, fact in enumerate(found.values(), 1))


_MUTUAL = frozenset({"allied_with", "rival_of", "trades_with", "borders"})


# --- offices --------------------------------------------------------------------------------------------------------


def _offices(analysis: Analysis) -> Iterator[Fact]:
    for actor in analysis.actors:
        for role in actor.roles:
            if role.evidence:
                yield Fact(
                    "", actor.id, "holds_office", office_name(role), role.evidence,
                    begin=role.begin.isoformat() if role.begin else None, end=role.end.isoformat() if role.end else None,
                    confidence=0.8,
                )  # fmt: skip


def office_name(role: Role) -> str:
    """An office in full: its title and what it is an office of, by name ("President of Russia")."""
    if role.of is None:
        return role.title
    state = load_world().state(role.of)
    of = state.name if state is not None else role.of
    if of.lower() in role.title.lower():
        return role.title
    return f"{role.title} of {of}"


# --- relations ------------------------------------------------------------------------------------------------------


def _relations(analysis: Analysis) -> Iterator[Fact]:
    if analysis.reading is None or not analysis.actors:
        return
    reading = mended(analysis.reading)
    finder = _Finder(reading, ActorIndex(reading, analysis.actors), analysis)
    for token in reading.tokens:
        if reading.sentences[token.sentence].kind == "headline" and token.upos != "NOUN":
            continue
        yield from finder.at(token)


@dataclass(slots=True)
class _Finder:
    reading: Reading
    index: ActorIndex
    analysis: Analysis
    _traveller: Actor | None = None
    _looked: bool = False

    def at(self, token: Token) -> Iterator[Fact]:
        """The facts that a word states."""
        part = {"VERB": "verb", "NOUN": "noun", "AUX": "there"}.get(token.upos)
        if part is None:
            return
        relations = load_relations()
        for kind in (part, "there") if part == "verb" else (part,):
            for relation, words in relations.get((kind, token.lemma.lower()), ()):
                if self._fits(token, relation, words):
                    yield from self._pairs(token, relation)

    def _fits(self, token: Token, relation: Relation, words: tuple[str, ...]) -> bool:
        before = tuple(t.lemma.lower() for t in self.reading.tokens[max(0, token.index - len(words) + 1) : token.index])
        if before != words[:-1]:
            return False
        if any(t.lemma in {"not", "n't", "never", "no"} for t in self.reading.children(token.index, "advmod", "det")):
            return False
        if relation.there:
            return self._is_there(token)
        return not relation.present or self._is_standing(token)

    def _is_standing(self, token: Token) -> bool:
        """A verb tells of a lasting relation in the simple present or the present perfect progressive."""
        auxiliaries = self.reading.children(token.index, "aux")
        if not auxiliaries:
            return token.feat("Tense") == "Pres" and token.feat("VerbForm") == "Fin"
        return token.xpos == "VBG" and any(a.lemma == "have" for a in auxiliaries)

    def _is_there(self, token: Token) -> bool:
        """ "will also be there", "are also attending": somebody is added to who is on the way."""
        scope = token.index if token.upos == "VERB" else token.head
        around = {t.lemma.lower() for t in self.reading.children(scope)} | {self.reading.tokens[scope].lemma.lower()}
        return "also" in around and (token.upos == "VERB" or bool({"there", "present"} & around))

    def _pairs(self, token: Token, relation: Relation) -> Iterator[Fact]:
        subjects = self._actors(token, relation, relation.subject)
        if not subjects:
            return
        literal = relation.object == ("words",)
        objects = [] if literal else self._actors(token, relation, relation.object)
        split = relation.subject[0] == "between" and relation.object[0] == "between"
        if split and len(subjects) > 1:
            subjects, objects = subjects[:1], subjects[1:]
        if "compound" in relation.subject and len(subjects) > 1 and not split:
            subjects, objects = subjects[:1], subjects[1:]
        for subject, first in subjects:
            if literal:
                yield from self._literal(token, relation, subject)
            for other, second in objects:
                if other.id != subject.id and self._kinds_fit(relation, subject, other):
                    yield self._fact(token, relation, subject, other, first, second)

    def _kinds_fit(self, relation: Relation, subject: Actor, other: Actor) -> bool:
        if not relation.kinds:
            return True
        if relation.predicate == "travels_with":
            return subject.kind == other.kind == "person"
        return other.kind in relation.kinds

    def _literal(self, token: Token, relation: Relation, subject: Actor) -> Iterator[Fact]:
        for head in graph.logical_objects(self.reading, token.index):
            if relation.kinds and subject.kind not in relation.kinds:
                return
            inside = [i for i in self.reading.subtree(head) if i > token.index]
            words = self.reading.span(inside[0], inside[-1] + 1) if inside else self.reading.tokens[head].span
            text = words.of(self.analysis.document.text)
            title = f"head of {text}" if relation.predicate == "holds_office" else text
            yield Fact("", subject.id, relation.predicate, title, (Span(token.start, words.end),), confidence=0.6)

    def _fact(self, token: Token, relation: Relation, subject: Actor, other: Actor, first: int, second: int) -> Fact:
        places = [token.index]
        places += [i for i in (first, second) if self.reading.tokens[i].sentence == token.sentence]
        span = self.reading.span(min(places), max(places) + 1)
        viewers = self._viewers(token)
        return Fact("", subject.id, relation.predicate, other.id, (span,), attributed_to=viewers, confidence=0.6)

    def _viewers(self, token: Token) -> tuple[str, ...]:
        governor = self.reading.tokens[token.head]
        if governor.lemma in _VIEWS and graph.case_of(self.reading, token.index) == "as":
            heads = graph.logical_subjects(self.reading, governor.index)
            return tuple(dict.fromkeys(a.id for h in heads for a in self.index.of_phrase(h)))
        return ()

    def _actors(self, token: Token, relation: Relation, slots: Iterable[str]) -> list[tuple[Actor, int]]:
        for slot in slots:
            if slot == "traveller":
                traveller = self._main_traveller(token)
                return [(traveller, token.index)] if traveller else []
            heads = self._heads(token, relation, slot)
            found = [(a, h) for h in graph.spread(self.reading, heads) for a in self.index.of_phrase(h)]
            if found:
                return found
        return []

    def _heads(self, token: Token, relation: Relation, slot: str) -> tuple[int, ...]:
        reading = self.reading
        site = Site(reading, token.index, token.index + 1, token.index, "noun" if token.upos == "NOUN" else "verb")
        if slot == "bearer":
            return _bearers(reading, token.index)
        if slot == "relative":
            clause = next((i for i in graph.ancestors(reading, token.index) if reading.tokens[i].dep == "acl:relcl"), None)
            return (reading.tokens[clause].head,) if clause is not None else ()
        if slot == "compound":
            return tuple(t.index for t in reading.children(token.index, "compound", "amod", "nmod") if t.upos in {"PROPN", "ADJ"})
        if slot == "light":
            verb = reading.tokens[token.head]
            return graph.logical_subjects(reading, verb.index) if token.dep == "obj" and verb.lemma in _SHARES else ()
        if slot == "member":
            return self._members(token, relation)
        if relation.there and slot == "subj" and token.upos == "AUX":
            return graph.surface_subjects(reading, token.head)
        return frames.fill(site, slot)

    def _members(self, token: Token, relation: Relation) -> tuple[int, ...]:
        verb = self.reading.tokens[token.head]
        if token.dep != "nsubj" or verb.lemma not in relation.members:
            return ()
        return graph.logical_objects(self.reading, verb.index) or graph.obliques(self.reading, verb.index, frozenset({"of"}))

    def _main_traveller(self, token: Token) -> Actor | None:
        """The person most often told to go somewhere, up to and after this sentence; the earliest of equals."""
        if not self._looked:
            self._looked = True
            counts: Counter[str] = Counter()
            for verb in self.reading.tokens:
                if verb.lemma.lower() in _ACTS and verb.upos in {"VERB", "NOUN"}:
                    heads = (
                        graph.logical_subjects(self.reading, verb.index) if verb.upos == "VERB"
                        else frames.fill(Site(self.reading, verb.index, verb.index + 1, verb.index, "noun"), "poss")
                    )  # fmt: skip
                    counts.update(a.id for h in heads for a in self.index.of_phrase(h) if a.kind == "person")
            order = {a.id: i for i, a in enumerate(self.analysis.actors)}
            best = min(counts, key=lambda a: (-counts[a], order[a]), default=None)
            self._traveller = next((a for a in self.analysis.actors if a.id == best), None)
        return self._traveller


def _bearers(reading: Reading, noun: int) -> tuple[int, ...]:
    """Whatever is said to be the noun: by a copula, in apposition, as a title of a name, or where it is viewed "as" one."""
    token = reading.tokens[noun]
    if token.dep == "conj":
        above = _bearers(reading, token.head)
        if above:
            return above
    subjects = [t.index for t in reading.children(noun, "nsubj")]
    if subjects and reading.children(noun, "cop"):
        return tuple(graph.antecedent(reading, i) for i in subjects)
    if token.dep == "appos":
        return (token.head,)
    named = [t.index for t in reading.children(noun, "appos", "flat") if t.upos == "PROPN"]
    if named:
        return tuple(named)
    if token.dep in {"nmod:desc", "compound"} and reading.tokens[token.head].upos == "PROPN":
        return (token.head,)
    governor = reading.tokens[token.head]
    if governor.lemma in _VIEWS | {"become", "remain"}:
        as_one = graph.case_of(reading, noun) == "as"
        return graph.logical_objects(reading, governor.index) if as_one else (
            graph.logical_subjects(reading, governor.index) if token.dep == "xcomp" else ()
        )
    if graph.case_of(reading, noun) == "as" and graph.base(token) in {"obl", "nmod"} and governor.upos in {"NOUN", "PROPN"}:
        return (governor.index,)
    return ()
