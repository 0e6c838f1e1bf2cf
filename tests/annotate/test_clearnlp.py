"""A pipeline with the labels of spaCy's own English ones: its arcs in Universal Dependencies, and reports coded from them."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

import communique
from communique.annotate import Annotator
from communique.annotate.clearnlp import named, to_universal
from communique.types.analysis import Analysis
from communique.types.reading import Chunk
from communique.types.record import Event
from communique.types.text import Document, Passage
from communique.types.text import Span as Place

# Each word as form/UPOS/XPOS/label/number of its governor from 1/lemma/entity, as ClearNLP's guidelines have it.
PARSES = """
Ministers/NOUN/NNS/nsubj/2/minister/_ met/VERB/VBD/ROOT/2/meet/_ on/ADP/IN/prep/2/on/_ Monday/PROPN/NNP/pobj/3/Monday/DATE ./PUNCT/./punct/2/./_
Iran/PROPN/NNP/nsubjpass/3/Iran/GPE was/AUX/VBD/auxpass/3/be/_ attacked/VERB/VBN/ROOT/3/attack/_ by/ADP/IN/agent/3/by/_ Iraq/PROPN/NNP/pobj/4/Iraq/GPE ./PUNCT/./punct/3/./_
China/PROPN/NNP/nsubj/4/China/GPE did/AUX/VBD/aux/4/do/_ not/PART/RB/neg/4/not/_ attack/VERB/VB/ROOT/4/attack/_ Japan/PROPN/NNP/dobj/4/Japan/GPE ./PUNCT/./punct/4/./_
Macron/PROPN/NNP/nsubj/2/Macron/PERSON met/VERB/VBD/ROOT/2/meet/_ Narendra/PROPN/NNP/compound/4/Narendra/PERSON Modi/PROPN/NNP/dobj/2/Modi/PERSON ./PUNCT/./punct/2/./_
The/DET/DT/det/2/the/_ minister/NOUN/NN/nsubj/3/minister/_ travelled/VERB/VBD/ROOT/3/travel/_ to/ADP/IN/prep/3/to/_ Ghana/PROPN/NNP/pobj/4/Ghana/GPE on/ADP/IN/prep/3/on/_ Monday/PROPN/NNP/pobj/6/Monday/DATE ./PUNCT/./punct/3/./_
The/DET/DT/det/2/the/_ general/NOUN/NN/nsubj/6/general/_ who/PRON/WP/nsubj/4/who/_ attacked/VERB/VBD/relcl/2/attack/_ Chad/PROPN/NNP/dobj/4/Chad/GPE is/AUX/VBZ/ROOT/6/be/_ a/DET/DT/det/8/a/_ hero/NOUN/NN/attr/6/hero/_ of/ADP/IN/prep/8/of/_ Peru/PROPN/NNP/pobj/9/Peru/GPE ./PUNCT/./punct/6/./_
Kenya/PROPN/NNP/nsubj/2/Kenya/GPE is/AUX/VBZ/ROOT/2/be/_ ready/ADJ/JJ/acomp/2/ready/_ to/PART/TO/aux/5/to/_ help/VERB/VB/xcomp/3/help/_ ./PUNCT/./punct/2/./_
There/PRON/EX/expl/2/there/_ were/VERB/VBD/ROOT/2/be/_ talks/NOUN/NNS/attr/2/talk/_ in/ADP/IN/prep/2/in/_ Lima/PROPN/NNP/pobj/4/Lima/GPE ./PUNCT/./punct/2/./_
He/PRON/PRP/nsubj/2/he/_ left/VERB/VBD/ROOT/2/leave/_ without/ADP/IN/prep/2/without/_ telling/VERB/VBG/pcomp/3/tell/_ Iran/PROPN/NNP/poss/7/Iran/GPE 's/PART/POS/case/5/'s/_ parliament/NOUN/NN/dobj/4/parliament/_ because/SCONJ/IN/prep/2/because/_ of/ADP/IN/pcomp/8/of/_ war/NOUN/NN/pobj/8/war/_ ./PUNCT/./punct/2/./_
Envoys/NOUN/NNS/nsubj/2/envoy/_ pulled/VERB/VBD/ROOT/2/pull/_ out/ADP/RP/prt/2/out/_ two/NUM/CD/nummod/5/two/CARDINAL days/NOUN/NNS/npadvmod/6/day/_ ago/ADV/RB/advmod/2/ago/_ ,/PUNCT/,/punct/2/,/_ gave/VERB/VBD/conj/2/give/_ rebels/NOUN/NNS/dative/8/rebel/_ arms/NOUN/NNS/dobj/8/arm/_ and/CCONJ/CC/cc/8/and/_ went/VERB/VBD/conj/8/go/_ home/ADV/RB/advmod/12/home/_ ./PUNCT/./punct/2/./_
The/DET/DT/det/2/the/_ minister/NOUN/NN/nsubj/3/minister/_ is/AUX/VBZ/ROOT/3/be/_ in/ADP/IN/prep/3/in/_ Ghana/PROPN/NNP/pobj/4/Ghana/GPE ./PUNCT/./punct/3/./_
Troops/NOUN/NNS/nsubj/2/troops/_ came/VERB/VBD/ROOT/2/come/_ from/ADP/IN/prep/2/from/_ Lima/PROPN/NNP/pobj/3/Lima/GPE to/ADP/IN/prep/3/to/_ Quito/PROPN/NNP/pobj/5/Quito/GPE ./PUNCT/./punct/2/./_
The/DET/DT/det/2/the/_ envoy/NOUN/NN/nsubj/3/envoy/_ is/AUX/VBZ/ROOT/3/be/_ to/PART/TO/aux/5/to/_ visit/VERB/VB/xcomp/3/visit/_ Togo/PROPN/NNP/dobj/5/Togo/GPE ./PUNCT/./punct/3/./_
"""  # noqa: E501
ROWS = [[word.rsplit("/", 6) for word in line.split()] for line in PARSES.strip().splitlines()]
BY_WORDS = {tuple(row[0] for row in rows): rows for rows in ROWS}


@Language.component("clearnlp_parses")
def clearnlp_parses(doc: Doc) -> Doc:
    """Puts the parse of a sentence of ours on it."""
    rows = BY_WORDS[tuple(t.text for t in doc)]
    for token, (_, upos, xpos, label, head, lemma, _) in zip(doc, rows, strict=True):
        token.pos_, token.tag_, token.lemma_ = upos, xpos, lemma
        token.head, token.dep_ = doc[int(head) - 1], label
    ents: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        if ents and ents[-1][1:] == (i, row[-1]):
            ents[-1] = (ents[-1][0], i + 1, row[-1])
        elif row[-1] != "_":
            ents.append((i, i + 1, row[-1]))
    doc.set_ents([Span(doc, first, last, label) for first, last, label in ents])
    return doc


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("clearnlp_parses")
    path = tmp_path_factory.mktemp("pipelines") / "clearnlp"
    nlp.to_disk(path)
    return str(path)


ARCS = [
    ("Iran was attacked by Iraq.", "nsubj:pass<attacked aux:pass<attacked root case<Iraq obl:agent<attacked punct<attacked"),
    ("China did not attack Japan.", "nsubj<attack aux<attack advmod<attack root obj<attack punct<attack"),
    (
        "The minister travelled to Ghana on Monday.",
        "det<minister nsubj<travelled root case<Ghana obl<travelled case<Monday obl<travelled punct<travelled",
    ),
    (
        "The general who attacked Chad is a hero of Peru.",
        "det<general nsubj<hero nsubj<attacked acl:relcl<general obj<attacked cop<hero det<hero root case<Peru nmod<hero "
        "punct<hero",
    ),
    ("Kenya is ready to help.", "nsubj<ready cop<ready root mark<help xcomp<ready punct<ready"),
    ("There were talks in Lima.", "expl<were root nsubj<were case<Lima obl<were punct<were"),
    (
        "He left without telling Iran's parliament because of war.",
        "nsubj<left root mark<telling advcl<left nmod:poss<parliament case<Iran obj<telling case<war fixed<because obl<left "
        "punct<left",
    ),
    (
        "Envoys pulled out two days ago, gave rebels arms and went home.",
        "nsubj<pulled root compound:prt<pulled nummod<days obl:unmarked<ago advmod<pulled punct<pulled conj<pulled iobj<gave "
        "obj<gave cc<went conj<pulled advmod<went punct<pulled",
    ),
    ("The minister is in Ghana.", "det<minister nsubj<Ghana cop<Ghana case<Ghana root punct<Ghana"),
    ("Troops came from Lima to Quito.", "nsubj<came root case<Lima obl<came case<Quito obl<came punct<came"),
    ("The envoy is to visit Togo.", "det<envoy nsubj<visit cop<visit mark<visit root obj<visit punct<visit"),
]


@pytest.mark.parametrize(("text", "arcs"), ARCS, ids=[text for text, _ in ARCS])
def test_arcs_are_universal_dependencies(text: str, arcs: str, theirs: str) -> None:
    report = Analysis(Document("d", "t", "made-up", text), (Passage((Place(0, len(text)),)),))
    (analysis,) = Annotator(theirs)([report])
    assert isinstance(analysis, Analysis) and analysis.reading is not None
    tokens = analysis.reading.tokens
    found = [t.dep if t.head == t.index else f"{t.dep}<{tokens[t.head].text}" for t in tokens]
    assert " ".join(found) == arcs


def only_event(text: str, pipeline: str) -> tuple[Event, tuple[str, ...], tuple[str, ...]]:
    record = communique.read(text, pipeline=pipeline)
    (event,) = record.events
    return event, record.names(event.actor), record.names(event.recipient)


def test_an_agent_acts_on_the_subject_of_a_passive(theirs: str) -> None:
    event, actor, recipient = only_event("Iran was attacked by Iraq.", theirs)
    assert (event.plover, event.status, actor, recipient) == ("ASSAULT", "happened", ("Iraq",), ("Iran",))


def test_a_negated_verb_is_denied(theirs: str) -> None:
    event, actor, recipient = only_event("China did not attack Japan.", theirs)
    assert (event.plover, event.status, actor, recipient) == ("ASSAULT", "denied", ("China",), ("Japan",))


def test_who_meets_is_met(theirs: str) -> None:
    event, actor, recipient = only_event("Macron met Narendra Modi.", theirs)
    assert event.plover == "CONSULT" and len(actor) == 2 and actor == recipient
    assert "Macron" in actor[0] and actor[1] == "Narendra Modi"


def test_a_place_behind_a_preposition(theirs: str) -> None:
    event, _, recipient = only_event("The minister travelled to Ghana on Monday.", theirs)
    assert (event.plover, recipient) == ("CONSULT", ("Ghana",))


def test_a_relative_clause_tells_an_event(theirs: str) -> None:
    event, _, recipient = only_event("The general who attacked Chad is a hero of Peru.", theirs)
    assert (event.plover, event.status, recipient) == ("ASSAULT", "happened", ("Chad",))


@pytest.mark.parametrize(
    ("theirs_label", "ours"),
    [("PERSON", "PERSON"), ("GPE", "LOC"), ("FAC", "LOC"), ("NORP", "MISC"), ("ORG", "ORG"), ("DATE", None), ("MONEY", None)],
)
def test_entities_are_people_bodies_places_and_the_rest(theirs_label: str, ours: str | None) -> None:
    found = named(Chunk(0, 1, theirs_label))
    assert (found and found.label) == ours


LABELS = ["prep", "pobj", "pcomp", "attr", "conj", "cc", "xcomp", "nsubj", "agent", "aux", "dative", "relcl", "expl"]


@given(st.data())
def test_trees_stay_trees(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    order = data.draw(st.permutations(range(size)))
    heads, labels = [0] * size, ["ROOT"] * size
    heads[order[0]] = order[0]
    for at in range(1, size):
        heads[order[at]] = order[data.draw(st.integers(0, at - 1))]
        labels[order[at]] = data.draw(st.sampled_from(LABELS))
    upos = [data.draw(st.sampled_from(["ADP", "NOUN", "VERB", "AUX", "PART"])) for _ in heads]
    lemmas = [data.draw(st.sampled_from(["be", "x"])) for _ in heads]
    found, deps = to_universal(heads, labels, upos, lemmas)
    roots = [i for i, head in enumerate(found) if head == i]
    assert len(roots) == 1 and deps[roots[0]] == "root" and deps.count("root") == 1
    for i in range(size):
        for _ in range(size):
            i = found[i]
        assert i == roots[0]
