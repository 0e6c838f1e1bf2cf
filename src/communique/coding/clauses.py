"""The form of a clause, as status asks for it: negation, conditions, tense and what governs it."""

from __future__ import annotations

from communique.coding import graph
from communique.coding.cues import load_cues
from communique.coding.frames import light_verbs
from communique.types.reading import Reading, Token


def has_condition(reading: Reading, index: int) -> bool:
    """Whether the clause carries an if-clause, or stands in one."""
    conditions = load_cues().lists["conditions"] - {"whether"}
    for clause in reading.children(index, "advcl"):
        if any(m.lemma.lower() in conditions for m in reading.children(clause.index, "mark")):
            return True
    return condition_above(reading, index) is not None


def condition_above(reading: Reading, index: int) -> str | None:
    """The condition that a clause stands in ("if", "unless"), by its word; none where it stands in none."""
    conditions = load_cues().lists["conditions"]
    for i in graph.ancestors(reading, index):
        token = reading.tokens[i]
        for mark in reading.children(i, "mark", "advmod"):
            if mark.dep == "mark" and mark.lemma.lower() in conditions:
                return mark.text
        if token.dep in {"acl:relcl", "parataxis"} or graph.is_root(token) or (token.upos in {"NOUN", "PROPN"} and i != index):
            return None
    return None


def is_inverted(reading: Reading, index: int) -> bool:
    """Whether a clause is a condition that was not met, by its order of words: "Had Peru attacked, Chile would have ..."."""
    token = reading.tokens[index]
    if token.dep != "advcl":
        return False
    had = next((t.index for t in reading.children(index, "aux") if t.text.lower() == "had"), None)
    subject = next((t.index for t in reading.children(index, "nsubj")), None)
    return had is not None and subject is not None and had < subject


def is_asked(reading: Reading, index: int) -> bool:
    """Whether a verb leads a question that asks whether it is so ("Did Peru attack?"), not one that takes it for known ("Why
    did Peru attack?")."""
    sentence = reading.sentences[reading.tokens[index].sentence]
    ends = [t.text for t in reading.tokens[max(sentence.first, sentence.last - 2) : sentence.last]]
    if not graph.is_root(reading.tokens[index]) or "?" not in ends:
        return False
    children = reading.children(index)
    helper = next((t.index for t in children if t.dep in {"aux", "aux:pass", "cop"}), None)
    subject = next((t.index for t in children if t.dep.startswith("nsubj")), None)
    before = (t for t in reading.tokens[sentence.first : helper] if helper is not None)
    return helper is not None and subject is not None and helper < subject and not any(t.xpos.startswith("W") for t in before)


def is_negated(reading: Reading, index: int) -> bool:
    """Whether a verb, or its subject, is negated ("did not", "no longer", "nobody")."""
    negations = load_cues().lists["negations"]
    for child in reading.children(index, "advmod", "cc", "det"):
        if child.lemma.lower() in negations or child.text.lower() in negations:
            return True
        if child.lemma.lower() == "longer" and any(t.lemma == "no" for t in reading.children(child.index)):
            return True
    subjects = (d for s in reading.children(index, "nsubj") for d in (s, *reading.children(s.index, "det")))
    return any(t.lemma.lower() in {"no", "nobody", "none"} for t in subjects)


def is_infinitive(reading: Reading, index: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(m.lemma.lower() == "to" and m.dep in {"mark", "aux"} for m in reading.children(index))


def is_complement(governor: Token) -> bool:
    """Whether a word governs infinitives as its complements."""
    return governor.upos == "ADJ" or ("verb", governor.lemma) in load_cues().governors


def part_of(reading: Reading, token: Token) -> str:
    """The part of speech under which the cue tables list a word: verb, noun or adj."""
    if token.upos in {"ADJ", "ADV"} or (token.upos == "VERB" and ("adj", token.text.lower()) in load_cues().governors):
        return "adj"
    return "noun" if token.upos in {"NOUN", "PROPN"} else "verb"


def with_particle(reading: Reading, verb: Token) -> str:
    """The lemma of a verb with the particle behind it: "call off" of "called the strike off"."""
    particle = next((t for t in reading.children(verb.index) if t.dep == "compound:prt" and t.index > verb.index), None)
    return f"{verb.lemma} {particle.text.lower()}" if particle is not None else verb.lemma


def is_simple_past(reading: Reading, index: int) -> bool:
    """Whether a word is a finite past form."""
    token = reading.tokens[index]
    return token.feat("Tense") == "Past" and token.feat("VerbForm") == "Fin"


def is_simple_present(token: Token) -> bool:
    """Whether a word is a finite present form."""
    return token.feat("Tense") == "Pres" and token.feat("VerbForm") == "Fin"


def near_times(reading: Reading, index: int) -> tuple[int, ...]:
    """The tokens of the times and adverbs that modify a verb."""
    times = reading.children(index, "obl", "advmod")
    return tuple(i for t in times if graph.case_of(reading, t.index) in {"", "on", "in"} for i in reading.subtree(t.index))


def present_above(reading: Reading, index: int) -> bool:
    """Whether the clause that a word stands in is told in the present tense."""
    above = reading.tokens[graph.clause_head(reading, reading.tokens[index].head)]
    words = (above, *reading.children(above.index, "aux", "cop"))
    present = any(t.feat("Tense") == "Pres" and t.feat("VerbForm") == "Fin" for t in words)
    return present and not any(t.lemma == "have" for t in words[1:])


def carries(verb: Token) -> bool:
    """Whether the noun of an act under a verb is as real as the verb."""
    return verb.lemma in light_verbs() or verb.lemma in {"attend", "visit"}
