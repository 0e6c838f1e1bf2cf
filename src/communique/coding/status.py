"""Has it happened? The status of an act, from tense, modality, negation, conditions and the words that govern it.

The five values are those of the record (`happened`, `ongoing`, `planned`, `uncertain`, `denied`): what the report itself
holds true. The cues are in `data/status.yaml`, each group with an example that is its test.
"""

from __future__ import annotations

from typing import cast

from communique.coding import graph
from communique.coding.clauses import (
    carries,
    condition_above,
    is_asked,
    is_complement,
    is_infinitive,
    is_inverted,
    is_negated,
    is_simple_past,
    is_simple_present,
    near_times,
    part_of,
    present_above,
    with_particle,
)
from communique.coding.cues import load_cues
from communique.coding.modality import UNREAL, Verdict, arranged, by_modal, would
from communique.coding.numbers import amounts_table
from communique.types.events import Status
from communique.types.reading import Reading, Token

_MODAL = frozenset({"would", "'d", "’d"})
_DEPTH = 5
_REPORTS = frozenset({"report", "word", "case", "trace"})
_ASKED = "a question"
_FARED = "how it fares"


def status_of(reading: Reading, trigger_index: int) -> Verdict:
    """The status of the act that a word tells of, and the reason in words.

    A refusal or a threat has happened as such; what is refused is denied, what is asked for is uncertain.
    """
    token = reading.tokens[trigger_index]
    if token.upos in {"NOUN", "PROPN"} or (token.upos == "ADJ" and not reading.children(trigger_index, "nsubj", "cop")):
        return _noun_status(reading, trigger_index, 0)
    return _verb_status(reading, trigger_index, 0)


def is_sure(reason: str) -> bool:
    """Whether the reason of a status settles it alone: certain words, a condition, a plain negation."""
    cues, word = load_cues(), reason.strip("'").lower()
    listed = word in cues.lists["sure"] or word in cues.lists["conditions"]
    return listed or reason in {_ASKED, _FARED} or reason.endswith("is negated") or word.startswith(("no ", "not "))


def _verb_status(reading: Reading, index: int, depth: int) -> Verdict:
    cues, token = load_cues(), reading.tokens[index]
    own = _own_status(reading, index, depth)
    if is_negated(reading, index) and own[0] != "denied":
        modal = next((a.lemma.lower() for a in reading.children(index, "aux") if a.lemma.lower() in cues.modals), "")
        if modal in {"may", "might", "should", "must", "need"}:
            return "uncertain", f"'{modal} not'"
        if depth == 0 or own[0] != "uncertain":
            return "denied", f"'{token.text}' is negated"
    for child in reading.children(index, "advmod", "cc:preconj"):
        word = child.lemma.lower()
        if word in cues.modifiers and cues.modifiers[word] in {"uncertain", "denied"} and own[0] in {"happened", "ongoing"}:
            return cast(Status, cues.modifiers[word]), f"'{child.text}'"
    return _embedded(reading, index, own)


def _own_status(reading: Reading, index: int, depth: int) -> Verdict:
    cues, token = load_cues(), reading.tokens[index]
    auxiliaries = reading.children(index, "aux", "cop")
    for aux in auxiliaries:
        word = aux.text.lower()
        if word in cues.modals or aux.lemma.lower() in cues.modals:
            return by_modal(reading, index, cues.modals.get(word) or cues.modals[aux.lemma.lower()], aux)
        if word in _MODAL and aux.xpos != "VBD":
            return would(reading, index)
    if depth < _DEPTH:
        if is_infinitive(reading, index):
            if any(t.lemma == "be" and t.feat("VerbForm") == "Fin" for t in auxiliaries):
                return arranged(reading, index)
            return _governed(reading, index, depth)
        inherited = _shared(reading, index, depth)
        if inherited:
            return inherited
        if token.dep in {"xcomp", "ccomp", "csubj"} and token.xpos == "VBG" and not auxiliaries:
            return _governed(reading, index, depth)
        if token.dep == "advcl" and not auxiliaries and token.xpos in {"VBG", "VBN", "VB"}:
            return _participle(reading, index, depth)
        if token.dep == "amod":
            return _noun_status(reading, token.head, depth + 1)
    return _tense(reading, index)


def _governed(reading: Reading, index: int, depth: int) -> Verdict:
    """The status of an infinitive, gerund or clause by what governs it."""
    token = reading.tokens[index]
    if graph.is_root(token):
        return "planned", "a headline's infinitive"
    governor = _before(reading, index) or reading.tokens[token.head]
    if token.dep == "conj":
        return _verb_status(reading, token.head, depth + 1)
    if token.dep.startswith("acl"):
        status = load_cues().governors.get(("noun", governor.lemma.lower()))
        return _by_noun(reading, governor, status, depth)
    if token.dep == "advcl" and not is_complement(governor):
        return _purpose(reading, governor, depth)
    status = load_cues().governors.get((part_of(reading, governor), governor.lemma.lower()))
    if status is None and token.dep == "advcl":
        return _purpose(reading, governor, depth)
    return _by_governor(reading, governor, status, depth)


def _before(reading: Reading, index: int) -> Token | None:
    """The adjective straight before an infinitive that governs such ("due to send"), whatever a parse hangs it on."""
    mark = next((m.index for m in reading.children(index, "mark") if m.lemma == "to"), 0)
    before = reading.tokens[mark - 1] if mark else None
    listed = before is not None and before.upos == "ADJ" and ("adj", before.lemma.lower()) in load_cues().governors
    return before if listed and reading.tokens[index].dep in {"ccomp", "xcomp", "advcl"} else None


def _by_noun(reading: Reading, noun: Token, status: str | None, depth: int) -> Verdict:
    if status is None and any(
        t.lemma.lower() in load_cues().lists["ordinals"] for t in reading.children(noun.index, "amod", "nummod")
    ):
        above = _verb_status(reading, noun.head, depth + 1) if depth < _DEPTH and not graph.is_root(noun) else None
        return above or ("happened", f"the one {noun.text} that did")
    if status is None or status in {"same", "going on"}:
        return "uncertain", f"only '{noun.text} to ...'"
    if any(t.lemma.lower() == "no" for t in reading.children(noun.index, "det")) and status == "planned":
        return "denied", f"'no {noun.text}'"
    verb = reading.tokens[noun.head]
    if status == "planned" and _is_off(reading, noun, verb):
        return _by_noun_verb(reading, verb, depth) if _moves(reading, verb) else ("denied", f"'{verb.text}'")
    return cast(Status, status), f"'{noun.text}'"


def _by_governor(reading: Reading, governor: Token, status: str | None, depth: int) -> Verdict:
    word = governor.text
    above = _verb_status(reading, governor.index, depth + 1) if depth < _DEPTH else ("happened", "")
    signature = load_cues().negated.get((part_of(reading, governor), governor.lemma.lower()))
    if signature is not None and is_negated(reading, governor.index):
        return cast(Status, signature), f"'not {word}'"
    if status is None or status in {"same", "going on"}:
        lasting = status == "going on" and above[0] == "happened" and not is_simple_past(reading, governor.index)
        return ("ongoing", f"'{word}'") if lasting else (above[0], f"as '{word}'")
    if is_negated(reading, governor.index):
        return ("uncertain", f"'not {word}'") if status in {"denied", "uncertain"} else ("denied", f"'not {word}'")
    if status == "planned" and above[0] in {"uncertain", "denied"}:
        return cast(Status, above[0]), above[1]
    return cast(Status, status), f"'{word}'"


def _purpose(reading: Reading, governor: Token, depth: int) -> Verdict:
    if governor.upos not in {"VERB", "AUX"}:
        return "planned", "a purpose"
    above = _verb_status(reading, governor.index, depth + 1)
    if above[0] == "happened" and governor.lemma not in load_cues().lists["motion"]:
        return "planned", f"what '{governor.text}' was for"
    return above[0], f"as '{governor.text}'"


def _participle(reading: Reading, index: int, depth: int) -> Verdict:
    token = reading.tokens[index]
    marks = {m.lemma.lower() for m in reading.children(index, "mark", "case")}
    before = {reading.tokens[m.index - 1].text.lower() for m in reading.children(index, "mark", "case") if m.index}
    if marks & {"without", "instead", "rather"} or ("of" in marks and before & {"short", "instead"}):
        return "denied", "'without'"
    if marks & {"after", "since", "while"}:
        return "happened", "it comes before"
    above = _verb_status(reading, token.head, depth + 1)
    if above[0] == "denied":
        return "happened", "beside what is denied"
    governor = reading.tokens[token.head]
    status = load_cues().governors.get(("verb", governor.lemma)) if marks & {"from", "of", "to", "on", "for", "about"} else None
    if status in {"denied", "uncertain"}:
        return cast(Status, status), f"'{governor.text}'"
    return cast(Status, above[0]), f"as '{governor.text}'"


def _shared(reading: Reading, index: int, depth: int) -> Verdict | None:
    """A coordinated verb without words of its own shares the auxiliary of the first ("will meet and talk")."""
    token = reading.tokens[index]
    if token.dep != "conj" or reading.children(index, "nsubj", "aux") or token.feat("VerbForm") == "Fin":
        return None
    return _own_status(reading, token.head, depth + 1)


def _tense(reading: Reading, index: int) -> Verdict:
    token = reading.tokens[index]
    auxiliaries = reading.children(index, "aux", "cop")
    present = any(a.feat("Tense") == "Pres" and a.feat("VerbForm") != "Part" for a in auxiliaries)
    progressive = any(a.lemma == "be" and (token.xpos == "VBG" or a.text.lower() == "being") for a in auxiliaries)
    if progressive and present:
        if any(a.lemma == "have" for a in auxiliaries):
            return "ongoing", "present perfect progressive"
        later = load_cues().lists["later"]
        if any(reading.tokens[i].lemma.lower() in later for i in near_times(reading, index)):
            return "planned", "present progressive with a coming date"
        return "ongoing", "present progressive"
    lasting = next((t for t in reading.children(index, "advmod") if t.lemma.lower() in load_cues().lists["lasting"]), None)
    if lasting is not None and present and graph.is_passive(reading, index):
        return "ongoing", f"'{lasting.text}'"
    if token.dep.startswith("acl") and token.xpos == "VBG" and not reading.children(index, "mark", "case"):
        return "ongoing" if present_above(reading, index) else "happened", "participle"
    return "happened", "told as a fact"


def _embedded(reading: Reading, index: int, own: Verdict) -> Verdict:
    """A clause within another: conditions, and governors that deny or doubt it."""
    if is_inverted(reading, index):
        return "denied", "'had'"
    condition = condition_above(reading, index)
    if condition and own != UNREAL:
        return "uncertain", f"'{condition}'"
    if is_asked(reading, index) and own[0] != "denied":
        return "uncertain", _ASKED
    cues = load_cues()
    for i in graph.ancestors(reading, index):
        token = reading.tokens[i]
        if token.dep in {"acl", "ccomp"} and reading.tokens[token.head].upos == "NOUN":
            return _by_claim(reading, token.head) or own
        if token.dep not in {"ccomp", "xcomp", "conj", "csubj"} or graph.is_root(token):
            break
        above = reading.tokens[token.head]
        if token.dep == "ccomp" and own[0] in {"happened", "planned", "ongoing"}:
            status = cues.governors.get((part_of(reading, above), above.lemma.lower()))
            if above.lemma in cues.lists["doubts"] and status in {"denied", "uncertain"}:
                negated = is_negated(reading, above.index)
                if not negated:
                    return cast(Status, status), f"'{above.text}'"
                return ("uncertain", f"'not {above.text}'") if status == "denied" else own
    return own


def _by_claim(reading: Reading, noun: int) -> Verdict | None:
    """The status of the clause that a noun carries: of a claim that somebody rejects, of what there is no sign of."""
    cues, token = load_cues(), reading.tokens[noun]
    verb = reading.tokens[token.head]
    if (
        token.lemma.lower() in cues.lists["claims"]
        and verb.lemma in cues.lists["rejects"]
        and graph.base(token) in {"obj", "nsubj"}
    ):
        return "denied", f"'{verb.text} the {token.text}'"
    if token.lemma.lower() in cues.lists["evidence"] and any(t.lemma == "no" for t in reading.children(noun, "det")):
        return "uncertain", f"'no {token.text}'"
    return None


def _noun_status(reading: Reading, index: int, depth: int) -> Verdict:
    cues, token = load_cues(), reading.tokens[index]
    for child in reading.children(index, "det", "amod", "compound", "nmod"):
        word = child.lemma.lower()
        if child.dep == "det" and word == "no":
            return "denied", f"'no {token.text}'"
        for form in (child.text.lower(), word):
            if child.dep != "nmod" and form in cues.modifiers:
                return _modified(reading, index, child, cues.modifiers[form])
    if depth >= _DEPTH or graph.is_root(token):
        return _predicate_or_fact(reading, index)
    preposition = graph.case_of(reading, index)
    if preposition in cues.prepositions:
        return cast(Status, cues.prepositions[preposition]), f"'{preposition}'"
    if token.dep == "conj":
        return _noun_status(reading, token.head, depth + 1)
    governor = reading.tokens[token.head]
    participle = next((t for t in reading.children(index, "acl") if _moves(reading, t) and t.xpos == "VBN"), None)
    if participle and not _is_off(reading, token, governor):
        return _by_noun_verb(reading, participle, depth)
    if governor.upos in {"NOUN", "PROPN"} and graph.base(token) in {"nmod", "compound", "obl"}:
        return _under_noun(reading, token, governor, preposition, depth)
    if reading.children(index, "cop"):
        return _own_status(reading, index, depth)
    if governor.upos in {"VERB", "AUX", "ADJ"} and graph.base(token) in {"obj", "nsubj", "obl", "xcomp"}:
        return _under_verb(reading, token, governor, preposition, depth)
    return "happened", "named as a fact"


def _modified(reading: Reading, index: int, modifier: Token, status: str) -> Verdict:
    """The status that a modifier gives the noun of an act; "not any" and the calling off of a planned one deny it."""
    token = reading.tokens[index]
    verb = reading.tokens[token.head]
    if modifier.lemma.lower() == "any" and is_negated(reading, verb.index):
        return "denied", "'not any'"
    if status == "planned" and _is_off(reading, token, verb):
        return "denied", f"'{with_particle(reading, verb)}'"
    return cast(Status, status), f"'{modifier.text}'"


def _is_off(reading: Reading, token: Token, verb: Token) -> bool:
    """Whether a verb calls off the act that a noun names, or halts it."""
    word = with_particle(reading, verb)
    off = load_cues().noun_verbs.get(word) == "denied" or word in load_cues().lists["halts"]
    return off and graph.base(token) in {"obj", "nsubj"}


def _moves(reading: Reading, verb: Token) -> bool:
    return with_particle(reading, verb) in load_cues().noun_verbs or verb.lemma in load_cues().noun_verbs


def _predicate_or_fact(reading: Reading, index: int) -> Verdict:
    if reading.children(index, "cop"):
        return _own_status(reading, index, _DEPTH)
    return "happened", "named as a fact"


def _under_noun(reading: Reading, token: Token, governor: Token, preposition: str, depth: int) -> Verdict:
    cues = load_cues()
    told = governor.lemma.lower() in cues.lists["evidence"] | _REPORTS
    if told and preposition == "of" and any(t.lemma == "no" for t in reading.children(governor.index, "det")):
        return "denied", f"'no {governor.text}'"
    status = cues.governors.get(("noun", governor.lemma.lower()))
    if status and (preposition in {"of", "for", "to", "about", "on"} or token.dep == "compound"):
        return _by_noun(reading, governor, status, depth)
    part = governor.lemma.lower() in cues.lists["parts"] or governor.lemma.lower() in amounts_table()["currencies"]
    if part and preposition in {"of", "for", "in", "as"}:
        return _noun_status(reading, governor.index, depth + 1)
    return "happened", "named as a fact"


def _under_verb(reading: Reading, token: Token, governor: Token, preposition: str, depth: int) -> Verdict:
    cues = load_cues()
    appointment = token.lemma.lower() in cues.lists["appointments"]
    relation = graph.base(token)
    if relation == "obl" and not preposition and with_particle(reading, governor) in cues.noun_verbs:
        relation = "obj"  # "called off their strike": a parser takes "off" for a preposition, then for the verb's own
    if preposition == "for" and governor.lemma in cues.lists["appeals"]:
        return "uncertain", f"'{governor.text} for'"
    if relation == "obl":
        part = part_of(reading, governor)
        status = cues.governors.get((part, governor.lemma.lower()))
        if (preposition == "for" and status == "planned") or (part == "adj" and preposition in {"to", "from"} and status):
            return cast(Status, status), f"'{governor.text} {preposition}'"
        above = _verb_status(reading, governor.index, depth + 1)
        within = preposition in {"in", "on", "at", "for", "during", "to"}
        if appointment and within and above[0] in {"planned", "uncertain", "ongoing"}:
            return above
        return "happened", "named as a fact"
    if (
        relation == "nsubj"
        and is_simple_present(governor)
        and governor.lemma == "be"
        and reading.children(governor.index, "expl")
    ):
        return "ongoing", "'there is'"
    passive_subject = token.dep == "nsubj:pass"
    adverse = is_negated(reading, governor.index) and governor.lemma in cues.lists["occurrences"]
    if relation == "nsubj" and adverse and any(t.upos == "ADJ" for t in reading.children(governor.index, "xcomp")):
        return _fared(reading, token)
    if _moves(reading, governor) and (relation == "obj" or passive_subject):
        return _by_noun_verb(reading, governor, depth)
    carried = relation == "nsubj" and (governor.lemma in cues.lists["occurrences"] or appointment)
    if carried or (relation == "obj" and carries(governor)) or (passive_subject and carries(governor)):
        above = _verb_status(reading, governor.index, depth + 1)
        if relation == "obj" or passive_subject or governor.lemma in cues.lists["occurrences"]:
            return above
        return above if above[0] == "planned" else ("happened", "named as a fact")
    return "happened", "named as a fact"


def _fared(reading: Reading, noun: Token) -> Verdict:
    """Of "this raid will not go unanswered", which denies how the act fares: it is one that is known, or any such."""
    words = {t.lemma.lower() for t in reading.children(noun.index, "det")}
    known = bool(words & load_cues().lists["definite"]) or any(t.dep == "nmod:poss" for t in reading.children(noun.index))
    return ("happened", _FARED) if known else ("uncertain", _FARED)


def _by_noun_verb(reading: Reading, verb: Token, depth: int) -> Verdict:
    word = with_particle(reading, verb)
    word = word if word in load_cues().noun_verbs else verb.lemma
    status = load_cues().noun_verbs[word]
    above = _verb_status(reading, verb.index, depth + 1)
    if status == "going on":
        lasting = above[0] == "happened" and not is_simple_past(reading, verb.index)
        return ("ongoing", f"'{verb.text}'") if lasting else above
    if above[0] == "denied":
        undone = load_cues().negated.get(("noun verb", word))
        return (cast(Status, undone), f"'not {word}'") if undone else above
    return cast(Status, status), f"'{word if word != verb.lemma else verb.text}'"
