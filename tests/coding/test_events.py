"""The coder on readings written by hand: from what the network proposes to events, statements and their links."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.reports import proposed, report, span, with_places

from communique import read
from communique.coding import EventCoder
from communique.coding.candidates import LEAST, LEAST_NAMELESS, calibrated
from communique.errors import StageError
from communique.ontology.plover import cameo_of
from communique.types.analysis import Analysis, Failed
from communique.types.record import build
from communique.types.text import Document


def code(analysis: Analysis, explain: bool = False) -> Analysis:
    """The coded report, which makes a record that holds."""
    (found,) = EventCoder(explain)([analysis])
    assert isinstance(found, Analysis), found.error
    assert build(found, explain).events == found.events
    return found


def names(analysis: Analysis, ids: tuple[str, ...]) -> list[str]:
    return [a.name for i in ids for a in analysis.actors if a.id == i]


MEETING = """
Peru NNP 2 nsubj
met/meet VBD 0 root
Chile NNP 2 obj
in/in IN 5 case
Lima NNP 2 obl"""


def test_a_meeting_as_it_stands_in_the_record() -> None:
    candidate = proposed(MEETING, "met", "CONSULT", mode="meet", actor="Peru", recipient="Chile", where="Lima")
    found = code(with_places(report(MEETING, candidate, Peru="state", Chile="state"), Lima="PER"))
    (event,) = found.events
    assert (event.id, event.plover, event.mode, event.status) == ("e1", "CONSULT", "meet", "happened")
    assert names(found, event.actor) == names(found, event.recipient) == ["Peru", "Chile"]
    assert event.where is not None and event.where.place == "p1"
    assert event.trigger.of(found.document.text) == "met"
    assert [s.of(found.document.text) for s in event.evidence] == ["Peru met Chile in Lima"]
    assert event.cameo == cameo_of("CONSULT", "meet", "happened", "meet").code
    assert event.quad == 1 and event.confidence == round(calibrated(1.0), 3) and event.coded_by.startswith("coder@")
    assert found.explanations == found.rejected == ()


VISIT = """
Peru NNP 3 nsubj
will/will MD 3 aux
visit/visit VB 0 root
Santiago NNP 3 obj"""


@pytest.mark.parametrize(("status", "cameo"), [("planned", "036"), ("happened", "042")])
def test_the_code_follows_status_and_the_host_is_the_state(status: str, cameo: str) -> None:
    rows = VISIT if status == "planned" else VISIT.replace("will/will MD 3 aux", "thus RB 3 advmod").replace("VB 0", "VBD 0")
    candidate = proposed(rows, "visit", "CONSULT", status=status, mode="visit", actor="Peru", recipient="Santiago")
    found = code(with_places(report(rows, candidate, Peru="state"), Santiago="CHL"))
    (event,) = found.events
    assert (event.status, event.cameo) == (status, cameo)
    assert names(found, event.recipient) == ["Chile"]


@pytest.mark.parametrize(
    ("said", "mode"), [("visit", "visit"), ("negotiate", "negotiate"), ("none", "meet")], ids=["agree", "sure", "says nothing"]
)
def test_mode_of_a_meeting_is_the_networks_where_it_is_sure(said: str, mode: str) -> None:
    found = code(report(MEETING, proposed(MEETING, "met", "CONSULT", mode=said), Peru="state", Chile="state"))
    assert [e.mode for e in found.events] == [mode]


@pytest.mark.parametrize(
    ("rows", "trigger", "kind"),
    [
        ("Peru NNP 2 nsubj\nwithdrew/withdraw VBD 0 root\ntroops/troops NNS 2 obj", "withdrew", "RETREAT"),
        ("Peru NNP 2 nsubj\napologised/apologise VBD 0 root\nyesterday/yesterday NN 2 obl", "apologised", "CONCEDE"),
    ],
)
def test_yielding_is_told_apart_by_its_words(rows: str, trigger: str, kind: str) -> None:
    found = code(report(rows, proposed(rows, trigger, "YIELD", actor="Peru"), Peru="state"))
    assert [e.plover for e in found.events] == [kind]


SAID = """
Peru NNP 2 nsubj
said/say VBD 0 root
that/that SC 5 mark
Chile NNP 5 nsubj
attacked/attack VBD 2 ccomp
Bolivia NNP 5 obj"""
STATES = {"Peru": "state", "Chile": "state", "Bolivia": "state"}


def said(rows: str = SAID, **arguments: str) -> Analysis:
    candidate = proposed(rows, "attacked", "ASSAULT", actor="Chile", recipient="Bolivia", **arguments)  # type: ignore[arg-type]
    return code(report(rows, candidate, **STATES))  # type: ignore[arg-type]


def test_who_says_so_vouches_for_it_and_statement_and_event_know_each_other() -> None:
    found = said()
    (event,), (statement,) = found.events, found.statements
    assert names(found, event.attributed_to) == ["Peru"]
    assert event.statement == statement.id and statement.events == (event.id,)
    assert (names(found, event.actor), names(found, event.recipient)) == (["Chile"], ["Bolivia"])


def test_what_the_newsroom_tells_elsewhere_too_needs_nobody_to_vouch() -> None:
    rows = SAID + "\n\nChile NNP 2 nsubj\nattacked/attack VBD 0 root\nBolivia NNP 2 obj"
    both = [proposed(rows, "attacked", "ASSAULT", actor="Chile", recipient="Bolivia", nth=k) for k in (0, 1)]
    (event,) = code(report(rows, *both, **STATES)).events  # type: ignore[arg-type]
    assert len(event.tellings) == 1 and event.attributed_to == ()


OWN = """
Peru NNP 2 nsubj
said/say VBD 0 root
it/it PRP 5 nsubj
will/will MD 5 aux
attack/attack VB 2 ccomp
Bolivia NNP 5 obj"""


@pytest.mark.parametrize(
    ("rows", "trigger", "status", "vouched"),
    [
        (OWN.replace("will/will MD", "thus RB").replace("attack/attack VB", "attacked/attack VBD"), "attacked", "happened", []),
        (
            OWN.replace("said/say", "claimed/claim")
            .replace("will/will MD", "thus RB")
            .replace("attack/attack VB", "attacked/attack VBD"),
            "attacked",
            "happened",
            ["Peru"],
        ),
        (OWN, "attack", "planned", ["Peru"]),
    ],
)
def test_nobody_vouches_for_what_he_did_unless_claimed_but_for_what_he_will_do(
    rows: str, trigger: str, status: str, vouched: list[str]
) -> None:
    candidate = proposed(rows, trigger, "ASSAULT", status=status, actor="Peru", recipient="Bolivia")
    found = code(report(rows, candidate, Peru="state", Bolivia="state"))
    (event,) = found.events
    assert event.status == status and event.statement == "s1"
    assert names(found, event.attributed_to) == vouched


PASSING = """
Chile NNP 2 nsubj
said/say VBD 0 root
that/that SC 5 mark
it/it PRP 5 nsubj
mourned/mourn VBD 2 ccomp
after/after IN 7 case
attacks/attack NNS 5 {}
of/of IN 9 case
Peru NNP 7 nmod"""


@pytest.mark.parametrize(("dep", "vouched"), [("obj", ["Chile"]), ("obl", [])])
def test_nobody_vouches_for_what_is_named_in_passing(dep: str, vouched: list[str]) -> None:
    rows = PASSING.format(dep)
    candidate = proposed(rows, "attacks", "ASSAULT", actor="Peru")
    found = code(report(rows, candidate, **STATES))  # type: ignore[arg-type]
    assert found.events[0].statement == "s1"
    assert names(found, found.events[0].attributed_to) == vouched


def test_the_innermost_statement_tells_it() -> None:
    rows = """
    Bolivia NNP 2 nsubj
    says/say VBZ 0 root
    that/that SC 5 mark
    Peru NNP 5 nsubj
    claimed/claim VBD 2 ccomp
    that/that SC 8 mark
    Chile NNP 8 nsubj
    attacked/attack VBD 5 ccomp
    Lima NNP 8 obj"""
    candidate = proposed(rows, "attacked", "ASSAULT", actor="Chile", recipient="Lima")
    found = code(report(rows, candidate, **STATES))  # type: ignore[arg-type]
    assert names(found, found.events[0].attributed_to) == ["Peru"]
    assert len(found.statements) == 2


ACCORDING = """
Chile NNP 2 nsubj
attacked/attack VBD 0 root
Bolivia NNP 2 obj
amid/amid IN 5 case
Peru NNP 2 obl"""


def test_a_source_that_the_network_names() -> None:
    """Only where the words make no statement of it."""
    found = said(ACCORDING, source="Peru")
    assert found.statements == ()
    assert names(found, found.events[0].attributed_to) == ["Peru"]
    found = said(ACCORDING, source="Chile")
    assert found.events[0].attributed_to == ()


def test_explanations_and_what_was_rejected() -> None:
    rows = MEETING + "\n\nLima NNP 2 nsubj\nblorped/blorp VBD 0 root"
    strong, weak = proposed(rows, "met", "CONSULT"), proposed(rows, "blorped", {"AID": LEAST - 0.1, "COERCE": 0.05})
    found = code(report(rows, strong, weak, Peru="state", Chile="state"), explain=True)
    (event,) = found.events
    ((told, why),) = found.explanations
    assert (
        told == event.id
        and why.startswith(f"CONSULT {calibrated(1.0):.2f}: ")
        and "network CONSULT 0.90" in why
        and "happened" in why
    )
    (rejected,) = found.rejected
    assert found.document.text[rejected.trigger_start : rejected.trigger_end] == "blorped"
    assert (rejected.plover, rejected.score) == ("AID", pytest.approx(LEAST - 0.1))
    assert f"is below {LEAST}" in rejected.reason and "AID" in rejected.reason


def test_a_candidate_that_is_just_sure_enough() -> None:
    rows = "Peru NNP 2 nsubj\nblorped/blorp VBD 0 root"
    for score, coded in ((LEAST - 0.001, 0), (LEAST, 1)):
        named = proposed(rows, "blorped", {"AID": score}, actor="Peru")
        assert len(code(report(rows, named, Peru="state")).events) == coded


def test_what_names_nobody_must_be_surer() -> None:
    rows = "Lima NNP 2 nsubj\nblorped/blorp VBD 0 root"
    for score, coded in ((LEAST_NAMELESS - 0.001, 0), (LEAST_NAMELESS, 1)):
        found = code(report(rows, proposed(rows, "blorped", {"AID": score})), explain=True)
        assert len(found.events) == coded
        assert [f"below {LEAST_NAMELESS}, as nobody is named" in r.reason for r in found.rejected] == [True] * (1 - coded)


def test_without_an_event_graph_the_patterns_code() -> None:
    analysis = report(SAID, **STATES)  # type: ignore[arg-type]
    assert analysis.reading is not None
    assert code(analysis).events == ()
    found = code(replace(analysis, reading=replace(analysis.reading, has_event_graph=False)))
    (event,) = found.events
    assert (event.plover, names(found, event.actor), names(found, event.recipient)) == ("ASSAULT", ["Chile"], ["Bolivia"])
    assert names(found, event.attributed_to) == ["Peru"]


def test_new_actors_are_added_after_those_that_are_there() -> None:
    rows = MEETING.replace("Chile", "Zorvia")
    candidate = proposed(rows, "met", "CONSULT", actor="Peru", recipient="Zorvia")
    found = code(report(rows, candidate, Peru="state"))
    assert [(a.id, a.name, a.resolved_by) for a in found.actors[1:]] == [("a2", "Zorvia", "unresolved")]
    assert found.actors[1].mentions == (span(found.reading, "Zorvia"),)  # type: ignore[arg-type]
    assert found.events[0].recipient == ("a1", "a2")


def test_one_report_that_fails_stops_none() -> None:
    before = Failed("lost", "source", ValueError("gone"))
    unread = Analysis(Document("d", "t", "unread.txt", "Peru voted."))
    passed, failed, good = EventCoder()([before, unread, report(MEETING)])
    assert passed is before
    assert isinstance(failed, Failed) and (failed.source, failed.stage) == ("unread.txt", "coding")
    assert isinstance(failed.error, StageError) and "put an annotator before it" in str(failed.error)
    assert isinstance(good, Analysis)


def test_a_headline_does_not_vouch() -> None:
    text = (
        "Police arrest mayor of Lima\n\nMay 4, 2020\n\n"
        "According to the Green Party, police arrested Ana Ruiz, the mayor of Lima, on Monday.\n\nThe party called for calm.\n"
    )
    record = read(text)
    (arrest,) = [e for e in record.events if e.plover == "COERCE"]
    assert len(arrest.tellings) == 1
    assert record.names(arrest.attributed_to) == ("Green Party",)


def test_all_speakers_of_a_statement_vouch() -> None:
    record = read("Ana Ruiz and Omar Haddad said that Peru had shelled Chile.")
    assert [record.names(e.attributed_to) for e in record.events] == [("Ana Ruiz", "Omar Haddad")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("“We will not yield,” Peru's president said.", "happened"),
        ("Peru did not reject the plan.", "denied"),
        ("Peru will veto the resolution.", "planned"),
    ],
)
def test_a_refusal_has_been_made_though_its_words_deny(text: str, status: str) -> None:
    assert [(e.plover, e.status) for e in read(text).events] == [("REJECT", status)]


def test_a_threat_of_nobodys_in_what_is_said_is_the_speakers() -> None:
    record = read("“This crime will not go unpunished,” said the president of Chad, Ali Saleh.")
    (threat,) = record.events
    assert (threat.plover, record.names(threat.actor), threat.attributed_to) == ("THREATEN", ("Ali Saleh",), ())


NEXT_SENTENCE = """
Ruiz NNP 2 nsubj
spoke/speak VBD 0 root

Peru NNP 2 nsubj
blorped/blorp VBD 0 root
Chile NNP 2 obj"""


def test_who_speaks_in_another_sentence_does_not_vouch() -> None:
    candidate = proposed(NEXT_SENTENCE, "blorped", "ASSAULT", actor="Peru", recipient="Chile", source="Ruiz")
    (event,) = code(report(NEXT_SENTENCE, candidate, Peru="state", Chile="state", Ruiz="person")).events
    assert event.attributed_to == ()
