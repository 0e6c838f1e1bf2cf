"""Where the arguments of a pattern stand, and whether its conditions hold around a trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from communique.coding import graph
from communique.coding.codebook import Pattern, noun_classes, read_table
from communique.types.reading import Reading, Token

_CLAUSES = ("ccomp", "xcomp", "csubj")


@dataclass(frozen=True, slots=True)
class Site:
    """A word that may be a trigger: tokens `[first, last)`, its head, and for a noun the verb that carries it."""

    reading: Reading
    first: int
    last: int
    head: int
    part: str
    light: int | None = None


@cache
def light_verbs() -> frozenset[str]:
    """Verbs whose subject is also the doer of the noun that they govern."""
    table = read_table("codebook/light.yaml")
    return frozenset([*table["carry"], *table["mean"]])


@cache
def _doers() -> frozenset[str]:
    classes = noun_classes()
    return classes["people"] | classes["troops"] | classes["police"] | classes["institutions"]


def light_verb(reading: Reading, noun: int, extra: frozenset[str]) -> int | None:
    """The verb that lends a noun its subject, none when nothing does."""
    token = reading.tokens[noun]
    if token.dep == "conj":
        above = light_verb(reading, token.head, extra)
        if above is not None:
            return above
    if token.dep in {"obj", "nsubj:pass", "obl", "acl:relcl", "xcomp"} and not graph.is_root(token):
        verb = reading.tokens[token.head]
        if token.dep == "obl" and graph.case_of(reading, noun) not in {"in", "on", "into", "for", "to"}:
            return None
        if verb.lemma in extra or (verb.lemma in light_verbs() and token.dep != "obl"):
            return verb.index
    for child in reading.children(noun, "acl"):
        if child.lemma in extra or child.lemma in light_verbs():
            return child.index
    if graph.case_of(reading, noun) == "on" and reading.children(noun, "nsubj") and "be" in extra:
        return noun
    return None


def fill(site: Site, slot: str) -> tuple[int, ...]:
    """The heads that stand in a slot of the pattern's frame; dots lead from one head to the next ("obj.with")."""
    first, *rest = slot.split(".")
    if rest and (first == "xcomp" or slot == "for.comp"):
        return _in_clause(site, first, rest[0])
    heads = _fill_first(site, first)
    for step in rest:
        heads = tuple(h for head in heads for h in _nominal(site.reading, head, step))
    return heads


def _in_clause(site: Site, first: str, step: str) -> tuple[int, ...]:
    reading = site.reading
    found: list[int] = []
    wanted = ("xcomp",) if first == "xcomp" else ("advcl", "ccomp", "xcomp")
    for clause in reading.children(site.head, *wanted):
        if first == "for":
            marked = any(m.lemma == "for" for m in reading.children(clause.index, "mark"))
            found.extend(t.index for t in reading.children(clause.index, "nsubj") if marked)
        elif step == "obj":
            found.extend(graph.logical_objects(reading, clause.index))
        else:
            found.extend(_obliques(reading, clause.index, "verb", step))
    return tuple(found)


def _fill_first(site: Site, slot: str) -> tuple[int, ...]:
    reading, head = site.reading, site.head
    if slot == "subj":
        return graph.logical_subjects(reading, head)
    if slot == "obj":
        return graph.logical_objects(reading, head)
    if slot == "iobj":
        return tuple(t.index for t in reading.children(head, "iobj"))
    if slot == "comp":
        return _complement_subjects(reading, head)
    if slot == "agent":
        return _noun_agents(site)
    if slot in {"poss", "amod"}:
        return _nominal(reading, head, slot)
    found = _obliques(reading, head, site.part, slot)
    if not found and site.light is not None and slot not in {"by", "of"}:
        found = tuple(i for i in graph.obliques(reading, site.light, _variants(slot)) if i != head)
        if slot in {"to", "iobj"}:
            found += tuple(t.index for t in reading.children(site.light, "iobj"))
    return found


def _obliques(reading: Reading, head: int, part: str, preposition: str) -> tuple[int, ...]:
    """What a preposition ties to a word, or failing that to its object ("sold grain to X", "the sale of grain to X")."""
    found = graph.obliques(reading, head, _variants(preposition))
    if found or preposition == "of" or (part == "verb" and preposition == "by"):
        return found
    through = graph.logical_objects(reading, head) if part == "verb" else graph.obliques(reading, head, frozenset({"of"}))
    return tuple(i for o in through for i in graph.obliques(reading, o, _variants(preposition)))


def _variants(preposition: str) -> frozenset[str]:
    if preposition == "with":
        return frozenset({"with", "alongside", "together with"})
    return frozenset({"between", "among", "amongst"} if preposition == "between" else {preposition})


def _complement_subjects(reading: Reading, head: int) -> tuple[int, ...]:
    found: list[int] = []
    for clause in reading.children(head, "ccomp"):
        found.extend(t.index for t in reading.children(clause.index, "nsubj"))
    if reading.children(head, "xcomp"):
        found.extend(t.index for t in reading.children(head, "obj", "iobj"))
    return tuple(found)


def _noun_agents(site: Site) -> tuple[int, ...]:
    reading = site.reading
    owners = _nominal(reading, site.head, "poss") or _obliques(reading, site.head, "noun", "by")
    if owners and not all(reading.tokens[i].upos == "PRON" for i in owners):
        return owners
    if site.light is not None:
        doers = tuple(i for i in graph.logical_subjects(reading, site.light) if i != site.head)
        if doers:
            return doers
    if owners:
        return owners
    return _nominal(reading, site.head, "amod")


def _nominal(reading: Reading, head: int, step: str) -> tuple[int, ...]:
    if step == "poss":
        return tuple(graph.antecedent(reading, t.index) for t in reading.children(head, "nmod") if t.dep == "nmod:poss")
    if step == "amod":
        named = [t.index for t in reading.children(head, "amod", "compound") if graph.is_nationality(t)]
        return tuple(i for i in named if reading.tokens[i].upos in {"ADJ", "PROPN"})
    return graph.obliques(reading, head, _variants(step))


def arguments(site: Site, pattern: Pattern) -> dict[str, tuple[int, ...]]:
    """Actor and recipient heads; for a two-sided pattern the same on both sides. Coordinations are spread out."""
    both: list[int] = []
    filled: dict[str, tuple[int, ...]] = {}
    for role, slots in pattern.slots.items():
        heads: list[int] = []
        for slot in slots:
            found = [i for i in fill(site, slot) if i not in heads and _may_be_actor(site.reading, i, site.head)]
            if role != "both" and any(_can_act(site.reading.tokens[i]) for i in found):
                heads = found
                break
            heads.extend(found if role == "both" or not heads else [])
        if role == "both":
            both = heads
        else:
            filled[role] = graph.spread(site.reading, heads)
    if "both" in pattern.slots:
        sides = graph.spread(site.reading, both)
        filled = {"actor": sides, "recipient": filled.get("recipient") or _other_side(site.reading, sides), "both": sides}
    return filled


def _other_side(reading: Reading, sides: tuple[int, ...]) -> tuple[int, ...]:
    """Two sides or a plural stand on both sides; one alone has nobody on the other."""
    plural = any(reading.tokens[i].feat("Number") == "Plur" for i in sides)
    return sides if len(sides) > 1 or plural else ()


def _can_act(token: Token) -> bool:
    return token.upos in {"PROPN", "PRON", "ADJ"} or token.lemma.lower() in _doers() | noun_classes()["places"]


def _may_be_actor(reading: Reading, index: int, trigger: int) -> bool:
    token = reading.tokens[index]
    if index == trigger or token.upos not in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"}:
        return False
    if token.upos == "PRON" and token.lemma.lower() in {"it", "there"} and token.dep == "expl":
        return False
    return not token.dep.endswith((":unmarked", ":tmod"))


def holds(site: Site, pattern: Pattern, filled: dict[str, tuple[int, ...]]) -> bool:
    """Whether all conditions of a pattern hold at a site."""
    lists = pattern.lists
    if pattern.part == "verb":
        fits = _object_fits(site, pattern) and _subject_fits(site, lists.get("subject")) and _clause_fits(site, pattern)
    else:
        fits = _modifiers_fit(site, pattern)
    return fits and _prepositions_fit(site, pattern) and _needs_met(site, lists.get("needs", frozenset()), filled)


def _object_fits(site: Site, pattern: Pattern) -> bool:
    wanted, unwanted = pattern.lists.get("object"), pattern.lists.get("except")
    beside, phrase = pattern.lists.get("beside"), pattern.lists.get("object_text")
    reading = site.reading
    if beside and not any(reading.tokens[i].lemma in beside for i in reading.subtree(site.head) if i > site.head):
        return False
    if not (wanted or unwanted or phrase):
        return True
    objects = graph.spread(reading, graph.logical_objects(reading, site.head))
    lemmas = {reading.tokens[i].lemma.lower() for o in objects for i in (o, graph.counted(reading, o))}
    if unwanted and (lemmas & unwanted or ("name" in unwanted and any(_is_name(reading.tokens[i]) for i in objects))):
        return False
    if phrase:
        texts = (" ".join(reading.tokens[i].lemma.lower() for i in reading.subtree(o)) for o in objects)
        if not any(p in text for text in texts for p in phrase):
            return False
    if not wanted:
        return True
    return bool(lemmas & wanted) or ("name" in wanted and any(_is_name(reading.tokens[i]) for i in objects))


def _is_name(token: Token) -> bool:
    return token.upos in {"PROPN", "PRON"}


def _subject_fits(site: Site, wanted: frozenset[str] | None) -> bool:
    if not wanted:
        return True
    reading = site.reading
    subjects = graph.spread(reading, graph.logical_subjects(reading, site.head))
    if not subjects:
        return wanted == {"name"} and graph.is_passive(reading, site.head)
    lemmas = {reading.tokens[i].lemma.lower() for i in subjects}
    if "name" in wanted and (lemmas & _doers() or any(_is_name(reading.tokens[i]) for i in subjects)):
        return True
    return bool(lemmas & wanted)


def _clause_fits(site: Site, pattern: Pattern) -> bool:
    reading, lists = site.reading, pattern.lists
    clauses = reading.children(site.head, *_CLAUSES)
    wanted = lists.get("clause")
    if wanted is not None:
        if not wanted:
            return not clauses
        if not any(t.dep in wanted for t in clauses):
            return False
    lemmas = {t.lemma for t in clauses}
    if lists.get("clause_verb") and not lemmas & lists["clause_verb"]:
        return False
    return not (lists.get("except_clause") and lemmas & lists["except_clause"])


def _modifiers_fit(site: Site, pattern: Pattern) -> bool:
    reading = site.reading
    unwanted = pattern.lists.get("except_modifier")
    if unwanted and any(t.lemma.lower() in unwanted for t in reading.children(site.head, "compound", "amod")):
        return False
    wanted = pattern.lists.get("of")
    if not wanted:
        return True
    heads = graph.spread(reading, graph.obliques(reading, site.head, frozenset({"of"})))
    return any(reading.tokens[i].lemma.lower() in wanted or ("name" in wanted and _is_name(reading.tokens[i])) for i in heads)


def _prepositions_fit(site: Site, pattern: Pattern) -> bool:
    reading = site.reading
    unwanted = pattern.lists.get("prep_not")
    if unwanted and graph.obliques(reading, site.head, unwanted):
        return False
    if not pattern.prepositions:
        return True
    for preposition, nouns in pattern.prepositions.items():
        lemmas = {reading.tokens[i].lemma.lower() for i in _obliques(reading, site.head, site.part, preposition)}
        for clause in reading.children(site.head, "advcl", "ccomp"):
            if any(m.lemma == preposition for m in reading.children(clause.index, "mark")):
                lemmas.add(clause.lemma)
        if lemmas and ("any" in nouns or lemmas & nouns):
            return True
    return False


def _needs_met(site: Site, needs: Iterable[str], filled: dict[str, tuple[int, ...]]) -> bool:
    reading = site.reading
    for need in needs:
        kind, _, role = need.partition(":")
        if kind == "name":
            met = any(reading.tokens[i].upos == "PROPN" for i in filled.get(role, ()))
        elif need == "arguments":
            met = any(filled.values())
        elif need == "light":
            met = site.light is not None
        elif need == "infinitive":
            clauses = reading.children(site.head, "xcomp", "ccomp", "advcl")
            met = any(m.lemma in {"to", "not"} for c in clauses for m in reading.children(c.index, "mark", "advmod"))
        elif need == "predicate":
            met = bool(fill(site, "obj")) and any(
                t.upos in {"NOUN", "PROPN", "ADJ"} and not graph.case_of(reading, t.index)
                for t in reading.children(site.head, "xcomp", "obl")
            )
        elif need in {"actor", "recipient", "both"}:
            met = bool(filled.get(need))
        else:
            met = bool(fill(site, need))
        if not met:
            return False
    return True
