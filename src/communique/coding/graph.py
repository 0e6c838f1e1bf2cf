"""Reading a dependency graph: who stands where towards a word.

Functions take a `Reading` and token indices and give token indices of phrase heads; labels are Universal Dependencies v2.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.types.reading import Reading, Token

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
PERSONAL = frozenset({"who", "whom"})
AMOUNTS = frozenset("ten dozen score hundred thousand million number group handful crowd majority couple pair".split())
CLAUSE = frozenset({"ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "conj", "root", "ROOT"})
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree", "offer"})
_PREPOSITIONS = frozenset({"by", "with", "of", "from", "to", "in", "on", "at"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
_NAME_PARTS = frozenset({"flat", "compound", "amod", "nummod", "goeswith", "nmod:desc", "det", "nmod:poss"})
_BEFORE_OF = frozenset({"ahead", "because", "instead", "short", "outside", "inside"})


def base(token: Token) -> str:
    """The relation without its subtype."""
    return token.dep.partition(":")[0]


def is_root(token: Token) -> bool:
    """Whether the token governs its sentence."""
    return token.head == token.index


def case_of(reading: Reading, index: int) -> str:
    """The preposition of a nominal, lower case, with its fixed parts ("because of"); empty when it has none."""
    cases = reading.children(index, "case")
    if not cases:
        return ""
    marks = {"'s", "’s", "'", "’"}
    words = [t for c in cases if c.text.lower() not in marks for t in (c, *reading.children(c.index, "fixed"))]
    name = " ".join(t.text.lower() for t in words)
    if name == "of" and words[0].index and reading.tokens[words[0].index - 1].text.lower() in _BEFORE_OF:
        return f"{reading.tokens[words[0].index - 1].text.lower()} of"
    return name


def conjuncts(reading: Reading, index: int) -> tuple[int, ...]:
    """A nominal and the nominals coordinated with it."""
    found = [index]
    for token in reading.children(index, "conj"):
        if _leaves_bracket(reading, index, token.index):
            break
        if token.upos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            found.extend(conjuncts(reading, token.index))
    return tuple(found)


def _leaves_bracket(reading: Reading, first: int, last: int) -> bool:
    """Whether a bracket that was opened before one word is closed before another one."""
    between = [t.text for t in reading.tokens[first:last]]
    return ")" in between and "(" not in between[: between.index(")")]


def sharing(reading: Reading, noun: int) -> set[int]:
    """The coordinated modifiers that split a noun between those whom they name ("Peruvian and Chilean troops"); none for a
    noun that has but one."""
    modifiers = (t for t in reading.children(noun, "amod", "compound") if is_nationality(t))
    several = (found for t in modifiers if len(found := conjuncts(reading, t.index)) > 1)
    named = {i for found in several for i in found if is_nationality(reading.tokens[i])}
    return named if reading.tokens[noun].upos == "NOUN" else set()


def spread(reading: Reading, heads: Iterable[int]) -> tuple[int, ...]:
    """All conjuncts of several nominals, each once, in order."""
    return tuple(sorted({c for h in heads for c in conjuncts(reading, h)}))


def is_passive(reading: Reading, index: int) -> bool:
    """Whether a verb is passive: by its dependents, or as a bare past participle that modifies a noun."""
    token = reading.tokens[index]
    relations = {t.dep for t in reading.children(index)}
    if "aux:pass" in relations or (relations & {"nsubj:pass", "csubj:pass"} and token.xpos != "VBD"):
        return True
    if token.text.lower().endswith("ing"):
        return False  # whatever a tagger takes it for
    if token.xpos != "VBN" and not (token.feat("VerbForm") == "Part" and token.feat("Tense") == "Past"):
        return False
    if any(t.dep == "aux" for t in reading.children(index)):
        return False
    if token.dep in {"acl", "amod", "advcl"}:
        return True
    return token.dep == "conj" and not reading.children(index, "nsubj") and is_passive(reading, token.head)


def antecedent(reading: Reading, index: int) -> int:
    """What a relative pronoun stands for; the token itself when it is none."""
    token = reading.tokens[index]
    if token.lemma.lower() not in RELATIVE or token.upos not in {"PRON", "DET", "SCONJ"}:
        return index
    for above in ancestors(reading, index):
        if reading.tokens[above].dep == "acl:relcl":
            return reading.tokens[above].head
    return _named_before(reading, index) if token.lemma.lower() in PERSONAL else index


def _named_before(reading: Reading, pronoun: int) -> int:
    """The head of the nominal that stands before a comma and a relative pronoun of persons; the pronoun where none does."""
    if pronoun < 2 or reading.tokens[pronoun - 1].text != "," or reading.tokens[pronoun - 2].upos not in _NOMINAL:
        return pronoun
    head = reading.tokens[pronoun - 2]
    while base(head) in {"flat", "goeswith"} and head.head != head.index:
        head = reading.tokens[head.head]
    return head.index


def ancestors(reading: Reading, index: int) -> Iterable[int]:
    """The token and its governors up to the root."""
    seen = set()
    while index not in seen:
        seen.add(index)
        yield index
        index = reading.tokens[index].head


def surface_subjects(reading: Reading, index: int, depth: int = 0) -> tuple[int, ...]:
    """The grammatical subject of a verb, its own or inherited through coordination, control and modification."""
    own = [t.index for t in reading.children(index, "nsubj") if case_of(reading, t.index) not in _PREPOSITIONS]
    if own:
        return tuple(antecedent(reading, i) for i in own)
    token = reading.tokens[index]
    if depth > 6 or is_root(token):
        return ()
    head, dep = token.head, token.dep
    governor = reading.tokens[head]
    if dep == "acl:relcl":
        return ()
    if dep.startswith("acl"):
        return _noun_clause_subject(reading, index, depth)
    if dep == "xcomp":
        return controllers(reading, head, depth + 1)
    if dep in {"conj", "parataxis"} or base(token) in {"advcl", "ccomp", "nmod", "obl", "csubj"}:
        if governor.upos in {"VERB", "AUX", "ADJ"} or reading.children(head, "nsubj"):
            return surface_subjects(reading, head, depth + 1)
        if governor.upos in {"NOUN", "PROPN"} and dep == "advcl":
            return surface_subjects(reading, head, depth + 1)
    return ()


def _noun_clause_subject(reading: Reading, index: int, depth: int) -> tuple[int, ...]:
    """The subject of a clause that modifies a noun: the noun itself, or for "a plan to ..." whoever has the plan."""
    token = reading.tokens[index]
    if index > 1 and reading.tokens[index - 1].text == "(" and reading.tokens[index - 2].upos in _NOMINAL:
        return (index - 2,)  # what stands in brackets tells of the word before them
    infinitive = any(t.lemma == "to" and t.dep in {"mark", "aux"} for t in reading.children(index))
    if not infinitive:
        return (token.head,)
    nominals = reading.children(token.head, "nmod")
    holders = tuple(t.index for t in nominals if t.dep == "nmod:poss" or case_of(reading, t.index) == "by")
    if holders:
        return holders
    noun = reading.tokens[token.head]
    if base(noun) in {"obj", "obl", "xcomp"} and not is_root(noun):
        return logical_subjects(reading, noun.head, depth + 1)
    return (token.head,) if noun.upos == "PROPN" else ()


def controllers(reading: Reading, head: int, depth: int = 0) -> tuple[int, ...]:
    """Who does what an open complement of `head` says: its object, else its subject ("urged Oslo to act", "vowed to act")."""
    governor = reading.tokens[head]
    if governor.lemma not in _SUBJECT_CONTROL and not is_passive(reading, head):
        held = [t.index for t in reading.children(head, "obj", "iobj")]
        if held and governor.upos == "VERB":
            return (antecedent(reading, held[0]),)
    return surface_subjects(reading, head, depth)


def agents(reading: Reading, index: int) -> tuple[int, ...]:
    """The doer of a passive, in its by-phrase."""
    found = reading.children(index, "obl")
    return tuple(t.index for t in found if case_of(reading, t.index) == "by" and t.upos != "NUM")


def logical_subjects(reading: Reading, index: int, depth: int = 0) -> tuple[int, ...]:
    """The doer of a verb: its subject, or in the passive its agent."""
    if is_passive(reading, index):
        return agents(reading, index)
    return surface_subjects(reading, index, depth)


def logical_objects(reading: Reading, index: int) -> tuple[int, ...]:
    """The done-to of a verb: its object, or in the passive its subject; a relative clause's gap gives the antecedent."""
    token = reading.tokens[index]
    if is_passive(reading, index):
        own = [t.index for t in reading.children(index) if t.dep == "nsubj:pass"]
        if own:
            return tuple(antecedent(reading, i) for i in own)
        if token.dep in {"acl", "amod"}:
            return (token.head,)
        return surface_subjects(reading, index)
    found = [t.index for t in reading.children(index, "obj")] or [t.index for t in reading.children(index, "iobj")]
    if found:
        return tuple(antecedent(reading, i) for i in found)
    if token.dep == "acl:relcl" and reading.children(index, "nsubj"):
        subjects = [antecedent(reading, t.index) for t in reading.children(index, "nsubj")]
        if token.head not in subjects and not reading.children(index, "ccomp", "xcomp"):
            return (token.head,)
    if token.dep == "conj" and not reading.children(index, "obl", "ccomp", "xcomp"):
        return ()
    return _shared_object(reading, index)


def _shared_object(reading: Reading, index: int) -> tuple[int, ...]:
    """The object that a later coordinated verb holds for both ("bombed and seized the port")."""
    for token in reading.children(index, "conj"):
        if token.upos == "VERB" and not reading.children(token.index, "nsubj"):
            objects = [t.index for t in reading.children(token.index, "obj")]
            near = not reading.children(index, "obl", "ccomp", "xcomp", "advcl")
            if (
                objects
                and near
                and all(
                    t.dep in {"cc", "advmod"}
                    for t in reading.children(token.index)
                    if t.index < objects[0] and t.index < token.index
                )
            ):
                return tuple(objects)
    return ()


def is_reciprocal(reading: Reading, index: int) -> bool:
    """Whether those who act do it to each other."""
    objects = (reading.tokens[i] for i in logical_objects(reading, index))
    return any(t.lemma.lower() in {"each", "one"} and reading.children(t.index, "fixed") for t in objects)


def obliques(reading: Reading, index: int, prepositions: frozenset[str]) -> tuple[int, ...]:
    """The nominals that one of the prepositions ties to a verb or noun."""
    nominals = (t for t in reading.children(index, "obl", "nmod", "advcl", "xcomp") if t.upos in _NOMINAL)
    return tuple(antecedent(reading, t.index) for t in nominals if case_of(reading, t.index) in prepositions)


def is_nationality(token: Token) -> bool:
    """Whether a modifier looks like a name or a nationality adjective, by its capital letter."""
    return token.text[:1].isupper() and (token.upos == "PROPN" or (token.upos in {"ADJ", "NOUN"} and not token.text.isupper()))


def phrase(reading: Reading, head: int) -> tuple[int, int]:
    """Tokens `[first, last)` of the name phrase at a head: the name itself, its titles, and an "of" name.

    Where a common noun has a proper name in apposition ("its envoy, Ana Ruiz"), the phrase is that of the name.
    """
    token = reading.tokens[head]
    if token.upos == "NOUN":
        for child in reading.children(head, "appos"):
            if child.upos == "PROPN":
                return phrase(reading, child.index)
    inside = {head}
    _gather(reading, head, inside)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and reading.tokens[first].upos in {"DET", "PUNCT", "PRON"}:
        first += 1
    return first, last + 1


def _gather(reading: Reading, head: int, inside: set[int]) -> None:
    for child in reading.children(head):
        if child.dep in _NAME_PARTS or base(child) == "flat":
            inside.update(i for i in reading.subtree(child.index) if reading.tokens[i].sentence == child.sentence)
        elif (child.dep == "punct" and child.text in {"-", "–", ".", "'", "’"}) or (child.dep == "case" and child.index > head):
            inside.add(child.index)
        elif base(child) == "nmod" and case_of(reading, child.index) in {"of", "for"} and child.upos == "PROPN":
            inside.update(t.index for t in reading.children(child.index, "case", "det"))
            inside.add(child.index)
            _gather(reading, child.index, inside)


def counted(reading: Reading, index: int) -> int:
    """Of a number or amount what it is of ("tens of thousands of people"); else the word itself."""
    while reading.tokens[index].lemma.lower() in AMOUNTS or reading.tokens[index].upos == "NUM":
        below = [t.index for t in reading.children(index, "nmod") if case_of(reading, t.index) == "of"]
        if not below:
            break
        index = below[0]
    return index


def clause_head(reading: Reading, index: int) -> int:
    """The verb or predicate of the clause that a token stands in."""
    for i in ancestors(reading, index):
        token = reading.tokens[i]
        if token.upos in {"VERB", "AUX"} or is_root(token) or (base(token) in CLAUSE and reading.children(i, "nsubj", "cop")):
            return i
    return index
