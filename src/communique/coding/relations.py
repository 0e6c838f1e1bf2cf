"""Relations between actors that hold over time, by the patterns of `data/relations.yaml` matched on dependencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from communique.coding import frames, graph
from communique.coding.codebook import read_table
from communique.coding.forms import mended
from communique.coding.frames import Site
from communique.coding.speakers import ActorIndex
from communique.types.analysis import Analysis
from communique.types.entities import Actor
from communique.types.events import Fact
from communique.types.reading import Reading, Token
from communique.types.text import Span

_TIES = frozenset({"of", "for", "to", "at", "'s", "’s"})
_VIEWS = frozenset({"view", "see", "regard", "portray", "describe", "consider", "treat", "label", "brand", "perceive", "name"})
_ACTS = frozenset({"visit", "travel", "fly", "go", "arrive", "head", "tour", "trip"})
_NOMINAL = ("noun", "affiliated")
_PARTS = {"VERB": ("verb", "there"), "AUX": ("there",), "ADJ": ("verb",), "NOUN": _NOMINAL, "PROPN": _NOMINAL}
_SHARES = frozenset({"share", "have", "form", "forge", "maintain"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation's words and the places of its subject and object; `kinds` limits what the restricted side may be.

    `words` are the places whose words are the object where it is a literal, `prefix` what is put before them.
    """

    predicate: str
    part: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    words: tuple[str, ...]
    prefix: str
    kinds: frozenset[str]
    present: bool
    members: frozenset[str]


@cache
def load_relations() -> Mapping[tuple[str, str], tuple[tuple[Relation, tuple[str, ...]], ...]]:
    """The relations by part ("verb", "noun", "there", "affiliated") and the lemma of their last word, with all their words."""
    index: dict[tuple[str, str], list[tuple[Relation, tuple[str, ...]]]] = {}
    for row in read_table("relations.yaml"):
        part = next(p for p in ("verb", "noun", "there", "affiliated") if p in row)
        relation = Relation(
            row["predicate"], part, tuple(row["subject"]), tuple(row.get("object", ())), tuple(row.get("words", ())),
            f"{row['as']} " if "as" in row else "", frozenset(row.get("kinds", ())),
            row.get("tense") == "present", frozenset(row.get("member", ())),
        )  # fmt: skip
        for word in row[part]:
            words = tuple(word.split())
            index.setdefault((part, words[-1]), []).append((relation, words))
    return {key: tuple(value) for key, value in index.items()}


def relations(analysis: Analysis) -> Iterator[Fact]:
    """The relations that a report states, in the order of the text; none without a reading or actors."""
    if analysis.reading is None or not analysis.actors:
        return
    reading = mended(analysis.reading)
    finder = _Finder(reading, ActorIndex(reading, analysis.actors), analysis)
    for token in reading.tokens:
        if reading.sentences[token.sentence].kind == "headline" and token.upos != "NOUN":
            continue
        yield from finder.at(token)


_ADDED = frozenset({"also", "likewise", "too"})
_WITH_THEM = frozenset({"there", "present", "board", "aboard", "attendance"})


@dataclass(slots=True)
class _Finder:
    reading: Reading
    index: ActorIndex
    analysis: Analysis
    _traveller: Actor | None = None
    _looked: bool = False

    def at(self, token: Token) -> Iterator[Fact]:
        """The facts that a word states."""
        relations = load_relations()
        for part in _PARTS.get(token.upos, ()):
            for relation, words in relations.get((part, token.lemma.lower()), ()):
                if self._fits(token, relation, words):
                    yield from self._pairs(token, relation)

    def _fits(self, token: Token, relation: Relation, words: tuple[str, ...]) -> bool:
        before = tuple(t.lemma.lower() for t in self.reading.tokens[max(0, token.index - len(words) + 1) : token.index])
        if before != words[:-1]:
            return False
        if any(t.lemma in {"not", "n't", "never", "no"} for t in self.reading.children(token.index, "advmod", "det")):
            return False
        if relation.part == "there":
            return self._is_there(token)
        return not relation.present or self._is_standing(token)

    def _is_standing(self, token: Token) -> bool:
        """A verb tells of a lasting relation in the simple present or the present perfect progressive."""
        auxiliaries = self.reading.children(token.index, "aux")
        if not auxiliaries and token.xpos == "VB":
            # With a subject ("rebels who support the front") it is the present tense that a tagger took for an infinitive.
            return bool(self.reading.children(token.index, "nsubj")) and not self.reading.children(token.index, "mark")
        if not auxiliaries:
            return token.feat("Tense") == "Pres" and token.feat("VerbForm") == "Fin"
        return token.xpos == "VBG" and any(a.lemma == "have" for a in auxiliaries)

    def _is_there(self, token: Token) -> bool:
        """ "are also attending", "is likewise on board": somebody is added to those on the way."""
        scope = token.index if token.upos == "VERB" else token.head
        around = {t.lemma.lower() for t in self.reading.children(scope)} | {self.reading.tokens[scope].lemma.lower()}
        return bool(_ADDED & around) and (token.upos == "VERB" or bool(_WITH_THEM & around))

    def _pairs(self, token: Token, relation: Relation) -> Iterator[Fact]:
        subjects = self._actors(token, relation, relation.subject)
        if not subjects:
            return
        if relation.words:
            for subject, _ in subjects:
                yield from self._literal(token, relation, subject)
            return
        objects = self._actors(token, relation, relation.object)
        split = relation.subject[0] == "between" and relation.object[0] == "between"
        if len(subjects) > 1 and (split or "compound" in relation.subject):
            subjects, objects = subjects[:1], subjects[1:]
        for subject, first in subjects:
            others = objects
            if objects and all(other.id == subject.id for other, _ in objects):
                others = self._of_sibling(token, relation)
            for other, second in others:
                if other.id != subject.id and self._kinds_fit(relation, subject, other):
                    yield self._fact(token, relation, subject, other, first, second)

    def _of_sibling(self, token: Token, relation: Relation) -> list[tuple[Actor, int]]:
        """A possessive that seems to point back at the bearer ("X is the ally of Y and its source") points at Y."""
        return self._actors(self.reading.tokens[token.head], relation, ("of", "to")) if token.dep == "conj" else []

    def _kinds_fit(self, relation: Relation, subject: Actor, other: Actor) -> bool:
        if not relation.kinds:
            return True
        if relation.predicate == "travels_with":
            return subject.kind == other.kind == "person"
        return other.kind in relation.kinds

    def _literal(self, token: Token, relation: Relation, subject: Actor) -> Iterator[Fact]:
        if relation.kinds and subject.kind not in relation.kinds:
            return
        site = Site(self.reading, token.index, token.index + 1, token.index, "verb")
        for slot in relation.words:
            complements = tuple(t.index for t in self.reading.children(token.index, "xcomp"))
            for head in complements if slot == "xcomp" else frames.fill(site, slot):
                if self.reading.tokens[head].upos in {"NOUN", "PROPN"}:
                    words = self._words(head)
                    text = relation.prefix + words.of(self.analysis.document.text)
                    evidence = Span(min(token.start, words.start), words.end)
                    yield Fact("", subject.id, relation.predicate, text, (evidence,), confidence=0.6)
                    return

    def _words(self, head: int) -> Span:
        """A nominal with its modifiers and what "of", "for", "to" or "at" ties to it."""
        inside = set(self.reading.subtree(head))
        first = last = head
        while first - 1 in inside and self.reading.tokens[first - 1].dep not in {"case", "punct"}:
            first -= 1
        while last + 1 in inside:
            token = self.reading.tokens[last + 1]
            if token.dep == "punct" or (token.dep in {"case", "mark", "nsubj", "cc"} and token.lemma not in _TIES):
                break
            last += 1
        return self.reading.span(first, last + 1)

    def _fact(self, token: Token, relation: Relation, subject: Actor, other: Actor, first: int, second: int) -> Fact:
        places = [token.index]
        places += [i for i in (first, second) if self.reading.tokens[i].sentence == token.sentence]
        span = self.reading.span(min(places), max(places) + 1)
        viewers = self._viewers(token) or self._tellers(span)
        return Fact("", subject.id, relation.predicate, other.id, (span,), attributed_to=viewers, confidence=0.6)

    def _tellers(self, span: Span) -> tuple[str, ...]:
        said = (s.speaker for s in self.analysis.statements if s.speaker and s.content.contains(span))
        return tuple(dict.fromkeys(said))[:1]

    def _viewing(self, token: Token) -> tuple[int, ...]:
        """Whose "its" is where somebody is viewed as such ("Peru sees Chile as its friend and Bolivia as its rival")."""
        owner = next((t for t in self.reading.children(token.index, "nmod") if t.dep == "nmod:poss"), None)
        if owner is None or owner.upos != "PRON" or graph.case_of(self.reading, token.index) != "as":
            return ()
        verb = next((i for i in graph.ancestors(self.reading, token.index) if self.reading.tokens[i].upos == "VERB"), None)
        seen = verb is not None and self.reading.tokens[verb].lemma in _VIEWS
        return graph.logical_subjects(self.reading, verb) if seen and verb is not None else ()

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
            spread = (h for h in graph.spread(self.reading, heads) if not self._behind_bracket(token, h))
            found = [(a, h) for h in spread for a in self.index.of_phrase(h)]
            if found:
                return found
        return []

    def _behind_bracket(self, token: Token, head: int) -> bool:
        """Whether a word stands behind the bracket that a relation is told in, which tells of the word before it."""
        opened = token.index > 0 and self.reading.tokens[token.index - 1].text == "("
        return opened and head > token.index and head not in self.reading.subtree(token.index)

    def _heads(self, token: Token, relation: Relation, slot: str) -> tuple[int, ...]:
        reading = self.reading
        site = Site(reading, token.index, token.index + 1, token.index, "noun" if token.upos == "NOUN" else "verb")
        if slot == "bearer" and relation.part != "affiliated":
            return _bearers(reading, token.index)
        if slot == "relative":
            clause = next((i for i in graph.ancestors(reading, token.index) if reading.tokens[i].dep == "acl:relcl"), None)
            return (reading.tokens[clause].head,) if clause is not None else ()
        if slot == "compound":
            modifiers = reading.children(token.index, "compound", "amod", "nmod")
            return tuple(t.index for t in modifiers if t.upos in {"PROPN", "ADJ"})
        if slot == "light":
            verb = reading.tokens[token.head]
            return graph.logical_subjects(reading, verb.index) if token.dep == "obj" and verb.lemma in _SHARES else ()
        if slot == "member":
            return self._members(token, relation)
        if slot == "poss" and (viewers := self._viewing(token)):
            return viewers
        if slot == "self":
            return (token.index,)
        if relation.part == "there" and slot == "subj":
            return self._listed(token)
        if relation.part == "affiliated":
            return self._affiliated(token)
        return frames.fill(site, slot)

    def _listed(self, token: Token) -> tuple[int, ...]:
        """The persons told of before the word in its sentence, but not those who only own something there."""
        sentence = self.reading.sentences[token.sentence]
        found = []
        for other in self.reading.tokens[sentence.first : token.index]:
            actors = self.index.headed(other.index)
            if actors and actors[0].kind == "person" and other.dep != "nmod:poss":
                found.append(other.index)
        return tuple(found)

    def _affiliated(self, token: Token) -> tuple[int, ...]:
        """The name that "of" or "from" ties to a party: who belongs to it."""
        above = self.reading.tokens[token.head]
        if token.dep != "nmod" or above.upos != "PROPN" or graph.case_of(self.reading, token.index) not in {"of", "from"}:
            return ()
        return (above.index,) if any(a.kind == "person" for a in self.index.of_phrase(above.index)) else ()

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
        return (
            graph.logical_objects(reading, governor.index)
            if as_one
            else (graph.logical_subjects(reading, governor.index) if token.dep == "xcomp" else ())
        )
    if graph.case_of(reading, noun) == "as" and graph.base(token) == "obl" and governor.upos == "VERB":
        return graph.logical_subjects(reading, governor.index)
    if graph.case_of(reading, noun) == "as" and graph.base(token) in {"obl", "nmod"} and governor.upos in {"NOUN", "PROPN"}:
        # "Peru as its friend and Chile as its rival": the last one before the noun, where the verb is left out.
        gapped = graph.case_of(reading, governor.index) == "as"
        return (max(c for c in graph.conjuncts(reading, governor.index) if c < noun),) if gapped else (governor.index,)
    return ()
