"""Acts that are only spoken of: a request or a threat tells what is asked for or threatened, which is no event beside it;
what its doer says will not be done is refused; to call off an act of one's own is no act but its status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from communique.coding import graph
from communique.coding.clauses import with_particle
from communique.coding.cues import load_cues
from communique.types.reading import Chunk, Reading

# Types whose content has not come about by being said.
SPEAKING = frozenset({"REQUEST", "THREATEN"})
# "We will not ..." with an act of one of these types is an act of the other.
REFUSABLE = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
REFUSAL = "REJECT"
LIFTED = frozenset({"SANCTION", "MOBILIZE"})  # what is given up by yielding: "lifted the embargo", "withdrew its troops"
SUBJECT = 0.9  # the score of a subject that the event's graph passes over for whom it stands for
_MISREAD = frozenset({REFUSAL, "REQUEST", "YIELD"})  # what "call" and "off" look like, each by itself
_PREPOSITIONS = frozenset({"for", "to", "of", "against", "with"})


def is_only_spoken_of(reading: Reading, head: int, types: Mapping[int, str]) -> bool:
    """Whether a word stands in the content of the nearest act above it, and that one asks or threatens; `types` are those of
    the acts by their heads. What a relative clause or an aside in the content tells stands for itself."""
    below = head
    for index in graph.ancestors(reading, head):
        if index == head:
            continue
        if index in types:
            refused = (
                types[index] == REFUSAL and types.get(head) in (*REFUSABLE, "YIELD") and reading.tokens[below].dep == "xcomp"
            )
            lifted = (
                types[index] == "YIELD" and types.get(head) in LIFTED and reading.tokens[below].dep in {"obj", "nsubj:pass"}
            )
            return refused or lifted or (types[index] in SPEAKING and _is_content(reading, below))
        if reading.tokens[below].dep in {"acl:relcl", "parataxis"}:
            return False
        below = index
    return False


def is_calling_off(reading: Reading, head: int, kind: str, acts: Collection[int]) -> bool:
    """Whether a word, or the verb whose particle it is, calls off or puts off an act ("called off the strike"): whose own
    status tells it, so that it is neither a refusal nor a request. `acts` are the words that tell of one."""
    token = reading.tokens[head]
    verb = reading.tokens[token.head] if token.dep == "compound:prt" else token
    if kind not in _MISREAD or verb.upos != "VERB":
        return False
    if with_particle(reading, verb) in load_cues().lists["unplanning"]:
        return True
    below = {i for o in graph.spread(reading, graph.logical_objects(reading, verb.index)) for i in _of_plan(reading, o)}
    return verb.lemma in load_cues().lists["cancelling"] and any(i in acts for i in below)


def _of_plan(reading: Reading, noun: int) -> Iterator[int]:
    """A noun, and where it names a plan what is planned: "a plan to attack Peru", "the plan of a visit"."""
    yield noun
    if load_cues().governors.get(("noun", reading.tokens[noun].lemma.lower())) == "planned":
        yield from (t.index for t in reading.children(noun, "acl", "nmod"))


def is_refusal(reading: Reading, verb: int) -> bool:
    """Whether a verb tells what its subject will not do; what will not be done to the subject is nobody's refusal."""
    if reading.tokens[verb].upos != "VERB" or graph.is_passive(reading, verb):
        return False
    will = any(aux.lemma.lower() in {"will", "would", "wo"} for aux in reading.children(verb, "aux"))
    no = any(word.text.lower() in {"not", "n't", "n’t", "never"} for word in reading.children(verb, "advmod"))
    return will and no and bool(graph.logical_subjects(reading, verb))


def one_sided(reading: Reading, verb: int, arguments: Iterable[Chunk]) -> Iterator[Chunk]:
    """The arguments of a verb whose subject alone acts, though both sides of the act would: the subject is no recipient, what
    else there is no actor."""
    subjects = graph.spread(reading, graph.logical_subjects(reading, verb))
    told = set[int]()
    for chunk in arguments:
        does = [i for i in subjects if chunk.first <= i < chunk.last]
        if chunk.label not in {"actor", "recipient"} or bool(does) == (chunk.label == "actor"):
            told.update(does)
            yield chunk
    yield from (Chunk(i, i + 1, "actor", SUBJECT) for i in subjects if i not in told and reading.tokens[i].upos == "PRON")


def _is_content(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    kind = graph.base(token)
    if token.dep == "acl:relcl":
        return False
    if kind in {"obj", "iobj", "xcomp", "ccomp"} or token.dep == "nsubj:pass":
        return True
    if kind in {"obl", "nmod"}:
        return graph.case_of(reading, index) in _PREPOSITIONS
    return kind in {"acl", "advcl"} and any(mark.lemma in {"to", "that"} for mark in reading.children(index, "mark"))
