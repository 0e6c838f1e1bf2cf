"""Whether an act has happened, by its words: the cue tables' examples and the forms of verbs."""

from __future__ import annotations

import pytest
from tests.coding.examples import STATUS_TABLES, read_all, unmarked
from tests.coding.trees import tree

from communique import read
from communique.coding.codebook import read_table
from communique.coding.forms import mended
from communique.coding.status import status_of
from communique.types.analysis import Analysis

GROUPS = [g for name in STATUS_TABLES for g in read_table("status.yaml")[name]]


def test_cue_examples(examples: dict[str, Analysis]) -> None:
    """The annotator may misread one of them."""
    wrong = {}
    told = [(g["example"], g.get("gives", g["status"])) for g in GROUPS]
    told += [(g["negated_example"], g["negated"]) for g in GROUPS if "negated" in g]
    for marked, status in told:
        example = unmarked(marked)
        reading = examples[example.text].reading
        assert reading is not None
        index = next(t.index for t in reading.tokens if t.start == example.span("x").start)
        found = status_of(mended(reading), index)
        if found[0] != status:
            wrong[marked] = found
    assert len(wrong) <= 1, wrong


def verb(before: str, tag: str, after: str = "") -> tuple[str, str]:
    """The status of "Peru ... visit ... Chile" with auxiliaries `before`, all governed by the verb."""
    rows = ["Peru NNP 9 nsubj", *before.split("|")] if before else ["Peru NNP 9 nsubj"]
    root = len(rows) + 1
    rows += [f"visit/visit {tag} 0 root", f"Chile NNP {root} obj", *(after.split("|") if after else [])]
    return status_of(tree("\n".join(r.replace(" 9 ", f" {root} ") for r in rows)), root - 1)


@pytest.mark.parametrize(
    ("before", "tag", "status"),
    [
        ("", "VBD", "happened"),
        ("", "VBZ", "happened"),
        ("has/have AUX 9 aux", "VBN", "happened"),
        ("is/be AUX 9 aux", "VBG", "ongoing"),
        ("has/have AUX 9 aux|been/be VBN 9 aux", "VBG", "ongoing"),
        ("will/will MD 9 aux", "VB", "planned"),
        ("will/will MD 9 aux|not/not RB 9 advmod", "VB", "denied"),
        ("did/do MD 9 aux|not/not RB 9 advmod", "VB", "denied"),
        ("may/may MD 9 aux", "VB", "uncertain"),
        ("may/may MD 9 aux|not/not RB 9 advmod", "VB", "uncertain"),
        ("could/could MD 9 aux|have/have AUX 9 aux", "VBN", "denied"),
        ("could/could MD 9 aux|not/not RB 9 advmod", "VB", "denied"),
        ("must/must MD 9 aux", "VB", "uncertain"),
        ("would/would MD 9 aux", "VB", "planned"),
        ("would/would MD 9 aux|have/have AUX 9 aux", "VBN", "denied"),
        ("to/to TO 9 mark", "VB", "planned"),
        ("never/never RB 9 advmod", "VBD", "denied"),
        ("allegedly/allegedly RB 9 advmod", "VBD", "uncertain"),
    ],
)
def test_forms_of_a_verb(before: str, tag: str, status: str) -> None:
    assert verb(before, tag)[0] == status


def test_coming_date_makes_a_present_progressive_planned() -> None:
    assert verb("is/be AUX 9 aux", "VBG", "tomorrow/tomorrow NN 9 obl:unmarked")[0] == "planned"


def test_condition_and_indirect_question() -> None:
    table = """
        It/it PRP 3 expl
        is/be AUX 3 cop
        unclear/unclear JJ 0 root
        {mark} SC 6 mark
        Peru NNP 6 nsubj
        visited/visit VBD 3 ccomp
        Chile NNP 6 obj"""
    assert status_of(tree(table.format(mark="whether/whether")), 5)[0] == "uncertain"
    assert status_of(tree(table.format(mark="if/if")), 5)[0] == "uncertain"


@pytest.mark.parametrize(
    ("governor", "status"),
    [
        ("refused/refuse", "denied"),
        ("plans/plan", "planned"),
        ("wants/want", "uncertain"),
        ("managed/manage", "happened"),
        ("continues/continue", "ongoing"),
    ],
)
def test_governors_of_an_infinitive(governor: str, status: str) -> None:
    reading = tree(f"""
        Peru NNP 2 nsubj
        {governor} VBZ 0 root
        to/to TO 4 mark
        attack/attack VB 2 xcomp
        Chile NNP 4 obj""")
    assert status_of(reading, 3)[0] == status


def test_an_adjective_straight_before_an_infinitive_governs_it() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        said/say VBD 0 root
        it/it PRP 5 nsubj
        is/be VBZ 5 cop
        due/due JJ 2 ccomp
        to/to TO 7 mark
        attack/attack VB 2 ccomp""")
    assert status_of(reading, 6)[0] == "planned"


def test_refusal_itself_has_happened() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        refused/refuse VBD 0 root
        to/to TO 4 mark
        attack/attack VB 2 xcomp""")
    assert status_of(reading, 1)[0] == "happened"


def test_denied_clause() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        denied/deny VBD 0 root
        that/that SC 5 mark
        it/it PRP 5 nsubj
        attacked/attack VBD 2 ccomp
        Chile NNP 5 obj""")
    assert status_of(reading, 4)[0] == "denied"


def test_conjoined_verb_shares_the_auxiliary() -> None:
    reading = tree("""
        Peru NNP 3 nsubj
        will/will MD 3 aux
        visit/visit VB 0 root
        and/and CC 5 cc
        praise/praise VB 3 conj
        Chile NNP 5 obj""")
    assert status_of(reading, 4)[0] == "planned"


def test_noun_under_a_light_verb_is_as_real_as_the_verb() -> None:
    table = """
        Peru NNP 3 nsubj
        {aux} 3 aux
        hold/hold {tag} 0 root
        talks/talk NNS 3 obj"""
    assert status_of(tree(table.format(aux="will/will MD", tag="VB")), 3)[0] == "planned"
    assert status_of(tree(table.format(aux="has/have AUX", tag="VBN")), 3)[0] == "happened"


def test_what_is_called_for_is_not_yet_so() -> None:
    reading = tree("""
        Peru NNP 2 nsubj
        called/call VBD 0 root
        for/for IN 4 case
        talks/talk NNS 2 obl""")
    assert status_of(reading, 3)[0] == "uncertain"
    assert status_of(reading, 1)[0] == "happened"


def test_no_talks() -> None:
    reading = tree("""
        There/there PRP 2 expl
        were/be VBD 0 root
        no/no DT 4 det
        talks/talk NNS 2 nsubj""")
    assert status_of(reading, 3)[0] == "denied"


SENTENCES = [
    ("Cars are being [searched|x] by the police.", "ongoing"),
    ("Peru's minister is to [visit|x] Chile.", "planned"),
    ("Peru's minister was to have [visited|x] Chile.", "denied"),
    ("There were not any [attacks|x] on Peru.", "denied"),
    ("Peru suspended its planned [visit|x] to Chile.", "denied"),
    ("Peru stopped short of [blaming|x] Chile.", "denied"),
    ("Peru rejected a claim that its army had [shelled|x] the port.", "denied"),
    ("There is no evidence that Peru [shelled|x] the port.", "uncertain"),
    ("Peru became the first country to [recognise|x] the new government.", "happened"),
    ("The general was arrested for [attacking|x] the port.", "happened"),
    ("There is a [war|x] between Peru and Chile.", "ongoing"),
    ("It is unclear whether Peru [shelled|x] the port.", "uncertain"),
    ("If Chile does not withdraw, Peru will [attack|x] it.", "uncertain"),
    ("Peru was supposed to [sign|x] the treaty in May.", "planned"),
    ("Nurses called off a [march|x] planned for Friday.", "denied"),
    ("The minister's [visit|x] to Chile, planned for May 20, has been called off.", "denied"),
    ("Peru's president put off his [trip|x] to Chile.", "planned"),
    ("The [talks|x] were put off until Friday.", "planned"),
    ("Peru called [talks|x] with Chile.", "planned"),
    ('"This [raid|x] will not go unanswered," the army of Peru said.', "happened"),
    ("A [raid|x] left ten people dead.", "happened"),
    ("Peru said it would not cancel its [summit|x] with Chile.", "planned"),
    ("The [talks|x] with Chile were not called off.", "planned"),
    ("Police failed to prevent the [attack|x] on the port.", "happened"),
    ("Peru did not deny that its troops had [attacked|x] Chile.", "uncertain"),
    ("Peru shelved its plan to [attack|x] Chile.", "denied"),
    ("Peru is close to an [agreement|x] with Chile.", "uncertain"),
    ("Peru is open to [talks|x] with Chile.", "uncertain"),
    ("Peru has pledged 200 million euros in emergency [aid|x] to Chile.", "planned"),
    ("Peru blocked a package of [aid|x] for Chile.", "denied"),
]


@pytest.fixture(scope="module")
def sentences() -> dict[str, Analysis]:
    return read_all(unmarked(marked).text for marked, _ in SENTENCES)


@pytest.mark.parametrize(("marked", "status"), SENTENCES)
def test_status_of_a_word_in_a_sentence(marked: str, status: str, sentences: dict[str, Analysis]) -> None:
    example = unmarked(marked)
    reading = sentences[example.text].reading
    assert reading is not None
    index = next(t.index for t in reading.tokens if t.start == example.span("x").start)
    assert status_of(mended(reading), index)[0] == status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("If the senate fails to approve the aid to Peru, Chile will collapse.", "AID", "uncertain"),
        ("Did Peru attack Chile?", "ASSAULT", "uncertain"),
        ("Will Peru attack Chile?", "ASSAULT", "uncertain"),
        ("Why did Peru attack Chile?", "ASSAULT", "happened"),
        ("Had Peru attacked Chile, Bolivia would have sent troops.", "ASSAULT", "denied"),
        ("There were no reports of violence in Chile.", "ASSAULT", "denied"),
    ],
)
def test_conditions_questions_and_missing_reports_leave_acts_undone(text, kind, status):
    assert {e.status for e in read(text).events if e.plover == kind} == {status}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Nurses called off a march planned for Friday.", "PROTEST", "denied"),
        ("Teachers call off strike in Chad", "PROTEST", "denied"),
        ("Peru called off a visit to Chile.", "CONSULT", "denied"),
        ("Peru's president put off his trip to Chile.", "CONSULT", "planned"),
        ("Peru scrapped a visit to Chile by its foreign minister.", "CONSULT", "denied"),
        ("Peru has not cancelled the talks with Chile.", "CONSULT", "planned"),
        ("Peru shelved its plan to attack Chile.", "ASSAULT", "denied"),
        ("Unions called a general strike for 25 April.", "PROTEST", "planned"),
    ],
)
def test_to_call_off_is_no_act_but_the_status_of_one(text, kind, status):
    assert [(e.plover, e.status) for e in read(text).events] == [(kind, status)]
