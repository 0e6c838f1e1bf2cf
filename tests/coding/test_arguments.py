"""Who did it and to whom: both sides of a meeting, the host of a visit, and words that no actor stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.reports import at, proposed, report, span, with_days, with_places

from communique.coding.arguments import Cast, sides
from communique.coding.bystanders import heads
from communique.coding.candidates import drafts
from communique.types.analysis import Analysis
from communique.types.entities import Actor
from communique.types.reading import Chunk, EventCandidate


def cast_of(analysis: Analysis) -> Cast:
    assert analysis.reading is not None
    return Cast(analysis, analysis.reading)


def told(analysis: Analysis, mode: str | None) -> tuple[list[str], list[str]]:
    """The names of both sides of the report's first candidate."""
    cast = cast_of(analysis)
    actor, recipient = sides(cast, drafts(cast.reading)[0], mode)
    return [a.name for a in actor], [a.name for a in recipient]


MEETING = """
Peru NNP 4 nsubj
and/and CC 3 cc
Chile NNP 1 conj
blorped/blorp VBD 0 root
Bolivia NNP 4 obj
in/in IN 7 case
Lima NNP 4 obl"""


def meeting(kind: str = "CONSULT", **arguments: str) -> Analysis:
    candidate = proposed(MEETING, "blorped", kind, **arguments)  # type: ignore[arg-type]
    return report(MEETING, candidate, Peru="state", Chile="state", Bolivia="state")


def test_heads_of_a_coordination() -> None:
    reading = cast_of(meeting()).reading
    assert heads(reading, 0, 3) == (0, 2)
    assert heads(reading, *at(reading, "in Lima")) == (6,)
    assert heads(reading, 1, 2) == (1,)


@pytest.mark.parametrize("mode", ["meet", "negotiate", "talk", None])
def test_both_sides_of_a_meeting_are_in_both_lists(mode: str | None) -> None:
    everyone = ["Peru", "Chile", "Bolivia"]
    assert told(meeting(actor="Peru and Chile", recipient="Bolivia"), mode) == (everyone, everyone)
    assert told(meeting(actor="Peru and Chile"), mode) == (everyone[:2], everyone[:2])


def test_a_mediator_stays_apart() -> None:
    assert told(meeting(actor="Bolivia", recipient="Peru and Chile"), "mediate") == (["Bolivia"], ["Peru", "Chile"])


def test_an_agreement_told_of_one_side_towards_another_has_sides() -> None:
    assert told(meeting("AGREE", actor="Peru", recipient="Chile"), None) == (["Peru"], ["Chile"])
    assert told(meeting("AGREE", actor="Peru and Chile"), None) == (["Peru", "Chile"], ["Peru", "Chile"])


def test_nobody_attacks_himself_but_a_side_may_attack_its_own() -> None:
    assert told(meeting("ASSAULT", actor="Peru", recipient="Peru and Chile"), None) == (["Peru"], ["Chile"])
    assert told(meeting("ASSAULT", actor="Peru", recipient="Peru"), None) == (["Peru"], [])
    assert told(meeting("ASSAULT", actor="Peru and Chile", recipient="Peru and Chile"), None) == (["Peru", "Chile"],) * 2


VISIT = """
Peru NNP 3 nsubj
will/will MD 3 aux
visit/visit VB 0 root
Santiago NNP 3 obj
Ruiz NNP 3 obl"""


def visit(*countries: tuple[str, str], **arguments: str | tuple[str, float]) -> Analysis:
    candidate = proposed(VISIT, "visit", "CONSULT", **arguments)  # type: ignore[arg-type]
    return with_places(report(VISIT, candidate, Peru="state", Ruiz="person"), **dict(countries))


def test_the_host_of_a_visit_is_the_country_of_the_place() -> None:
    analysis = visit(("Santiago", "CHL"), actor="Peru", recipient="Santiago")
    cast = cast_of(analysis)
    actor, (host,) = sides(cast, drafts(cast.reading)[0], "visit")
    assert [a.name for a in actor] == ["Peru"]
    assert (host.name, host.kind, host.country, host.resolved_by) == ("Chile", "state", "CHL", "registry")
    assert host.mentions == (span(cast.reading, "Santiago"),)
    assert host in cast.actors and len({a.id for a in cast.actors}) == len(cast.actors) == 3


def test_the_host_is_found_by_where_too_and_goes_before_a_person() -> None:
    assert told(visit(("Santiago", "CHL"), actor="Peru", recipient="Ruiz", where="Santiago"), "visit") == (["Peru"], ["Chile"])
    assert told(visit(actor="Peru", recipient="Ruiz"), "visit") == (["Peru"], ["Ruiz"])


def test_a_host_that_the_report_knows_is_not_made_again() -> None:
    analysis = visit(("Santiago", "PER"), actor="Ruiz", where="Santiago")
    known = replace(analysis.actors[0], country="PER")
    cast = cast_of(replace(analysis, actors=(known, *analysis.actors[1:])))
    _, (host,) = sides(cast, drafts(cast.reading)[0], "visit")
    assert host.id == known.id and len(cast.actors) == 2
    assert span(cast.reading, "Santiago") in host.mentions
    assert [a for a in cast.actors if a.id == known.id] == [host]


def test_a_traveller_is_not_the_host() -> None:
    assert told(visit(actor="Peru", recipient="Peru"), "visit") == (["Peru"], [])


def test_a_state_is_not_its_own_host() -> None:
    analysis = visit(("Santiago", "PER"), actor="Peru", where="Santiago")
    own = tuple(replace(a, country="PER") if a.name == "Peru" else a for a in analysis.actors)
    assert told(replace(analysis, actors=own), "visit") == (["Peru"], [])


def test_a_place_that_no_state_holds_has_no_host() -> None:
    assert told(visit(("Santiago", "XXZ"), actor="Peru", where="Santiago"), "visit") == (["Peru"], [])


NAMELESS = """
Zorvia NNP 2 compound
Rangers NNP 3 nsubj
shelled/shell VBD 0 root
farmers/farmer NNS 3 obj
near/near IN 6 case
Lima NNP 3 obl"""


def nameless(*candidates: EventCandidate) -> Cast:
    return cast_of(with_places(report(NAMELESS, *candidates), Lima="PER"))


def named(cast: Cast, words: str, score: float = 0.9) -> list[Actor]:
    return list(cast.of_chunks([Chunk(*at(cast.reading, words), "actor", score)]))


def test_names_that_nobody_resolved_become_actors_under_the_reports_words() -> None:
    cast = nameless()
    (found,) = named(cast, "Zorvia Rangers")
    assert (found.name, found.resolved_by, found.mentions) == (
        "Zorvia Rangers",
        "unresolved",
        (span(cast.reading, "Zorvia Rangers"),),
    )
    assert cast.actors == [found]
    assert named(cast, "Zorvia Rangers") == [found] and len(cast.actors) == 1


def test_neither_common_nouns_nor_unsure_words_nor_where_it_is_not_asked_for() -> None:
    cast = nameless()
    assert named(cast, "farmers") == []
    assert named(cast, "Zorvia Rangers", score=0.55) == []
    assert cast.of_chunks([Chunk(0, 2, "source", 0.9)], add=False) == ()
    assert cast.actors == []


def test_what_is_done_to_a_place_is_done_to_its_state() -> None:
    (found,) = named(nameless(), "Lima")
    assert (found.name, found.country) == ("Peru", "PER")


def test_one_actor_for_the_same_name_told_twice() -> None:
    rows = "Zorvia NNP 2 nsubj\nwon/win VBD 0 root\n\nZORVIA NNP 2 nsubj\nlost/lose VBD 0 root"
    cast = cast_of(report(rows))
    (first,), (second,) = named(cast, "Zorvia"), named(cast, "ZORVIA")
    assert first.id == second.id
    assert [len(a.mentions) for a in cast.actors] == [2]


def test_an_attack_that_names_no_victim_strikes_the_state_in_whose_land_it_is() -> None:
    assert told(with_places(meeting("ASSAULT", actor="Chile"), Lima="PER"), None) == (["Chile"], ["Peru"])
    assert told(meeting("ASSAULT", actor="Chile"), None) == (["Chile"], [])
    assert told(with_places(meeting("ACCUSE", actor="Chile"), Lima="PER"), None) == (["Chile"], [])


def test_nobody_strikes_his_own_land_for_being_there() -> None:
    analysis = with_places(meeting("ASSAULT", actor="Peru"), Lima="PER")
    own = tuple(replace(a, country="PER") if a.name == "Peru" else a for a in analysis.actors)
    assert told(replace(analysis, actors=own), None) == (["Peru"], [])


def test_who_tells_of_an_act_is_no_party_to_it_where_others_are_named() -> None:
    rows = """
    Peru NNP 2 nsubj
    said/say VBD 0 root
    Chile NNP 4 nsubj
    blorped/blorp VBD 2 ccomp
    Bolivia NNP 4 obj"""
    candidate = proposed(rows, "blorped", "ASSAULT", actor="Chile", recipient="Bolivia")
    teller = Chunk(0, 1, "actor", 0.9)
    both = replace(candidate, arguments=(teller, *candidate.arguments))
    alone = replace(candidate, arguments=(teller, *(a for a in candidate.arguments if a.label != "actor")))
    for proposal, actors in ((both, ["Chile"]), (alone, ["Peru"])):
        analysis = report(rows, proposal, Peru="state", Chile="state", Bolivia="state")
        assert analysis.reading is not None
        content = span(analysis.reading, "Chile blorped Bolivia")
        cast = Cast(analysis, analysis.reading, (content,))
        actor, _ = sides(cast, drafts(cast.reading)[0], None)
        assert [a.name for a in actor] == actors


COUNTED = """
Tens/ten NNS 4 nsubj
of/of IN 3 case
farmers/farmer NNS 1 nmod
blorped/blorp VBD 0 root
the/the DT 6 det
members/member NNS 4 obj
of/of IN 9 case
the/the DT 9 det
council/council NN 6 nmod
in/in IN 11 case
Lima NNP 4 obl"""


def counted_report(kind: str = "ASSAULT", **arguments: str) -> Analysis:
    candidate = proposed(COUNTED, "blorped", kind, **arguments)  # type: ignore[arg-type]
    analysis = report(COUNTED, candidate, farmers="group", members="group", council="organization")
    return with_places(replace(analysis, actors=tuple(replace(a, resolved_by="report") for a in analysis.actors)), Lima="PER")


def test_of_a_number_of_people_the_people_act() -> None:
    assert told(counted_report(actor="Tens of farmers", recipient="council"), None) == (["farmers"], ["council"])


def test_words_that_only_tell_more_of_another_side_are_none() -> None:
    candidate = counted_report(recipient="members").reading.events[0]  # type: ignore[union-attr]
    more = counted_report(recipient="council").reading.events[0].arguments  # type: ignore[union-attr]
    analysis = counted_report()
    assert analysis.reading is not None
    events = (replace(candidate, arguments=(*candidate.arguments, *more)),)
    assert told(replace(analysis, reading=replace(analysis.reading, events=events)), None)[1] == ["members"]


def test_who_has_no_name_has_all_the_words_for_him_as_a_mention() -> None:
    cast = cast_of(counted_report())
    (found,) = cast.of_chunks([Chunk(*at(cast.reading, "members of the council"), "recipient", 0.9)])
    assert span(cast.reading, "members of the council") in found.mentions


def test_where_people_without_a_name_are_struck_so_is_their_state() -> None:
    nobody = counted_report(actor="farmers", recipient="members")
    people = replace(nobody, actors=tuple(replace(a, name="people") if a.name == "members" else a for a in nobody.actors))
    assert told(people, None) == (["farmers"], ["people", "Peru"])
    assert told(nobody, None) == (["farmers"], ["members"])


def test_who_fights_whom_is_on_both_sides_also_where_others_suffer() -> None:
    both = told(meeting("ASSAULT", actor="Peru and Chile", recipient="Peru and Chile"), None)
    assert both == (["Peru", "Chile"], ["Peru", "Chile"])


CALL = """
After/after IN 2 mark
holding/hold VBG 8 advcl
a/a DT 4 det
call/call NN 2 obj
with/with IN 6 case
Chile NNP 4 nmod
Peru NNP 8 nsubj
spoke/speak VBD 0 root"""


def test_talks_told_of_one_side_are_held_by_the_subject() -> None:
    analysis = report(CALL, proposed(CALL, "call", "CONSULT", recipient="Chile"), Peru="state", Chile="state")
    assert told(analysis, "talk") == (["Peru", "Chile"], ["Peru", "Chile"])


def with_chunks(rows: str, kind: str, *chunks: tuple[str, str, float], **actors: str) -> Analysis:
    """A report whose word "blorped" is a candidate with these words, each with role and score."""
    candidate = proposed(rows, "blorped", kind)
    reading = cast_of(report(rows)).reading
    arguments = tuple(Chunk(*at(reading, words), role, score) for words, role, score in chunks)
    return report(rows, replace(candidate, arguments=arguments), **actors)  # type: ignore[arg-type]


def test_words_beside_sure_ones_go_with_them() -> None:
    states = {"Peru": "state", "Chile": "state", "Bolivia": "state"}
    for score, actors in ((0.9, ["Peru", "Chile"]), (0.6, ["Peru"])):
        analysis = with_chunks(MEETING, "ACCUSE", ("Peru", "actor", score), ("Chile", "actor", 0.4), **states)
        assert told(analysis, None) == (actors, [])


RIVALS = """
Ruiz NNP 2 nsubj
glimmed/glim VBD 0 root
Peru NNP 2 obj
but/but CC 5 cc
blorped/blorp VBD 2 conj
Chile NNP 5 obj"""


def test_the_object_of_another_verb_is_no_recipient_of_a_verb_that_has_one() -> None:
    for score, recipients in ((0.7, ["Chile"]), (0.9, ["Peru", "Chile"])):
        chunks = (("Ruiz", "actor", 0.9), ("Peru", "recipient", score), ("Chile", "recipient", 0.95))
        assert told(with_chunks(RIVALS, "ACCUSE", *chunks, Ruiz="person", Peru="state", Chile="state"), None)[1] == recipients


PASSIVE = """
Peru NNP 3 nsubj:pass
was/be VBD 3 aux:pass
blorped/blorp VBN 0 root"""
THROWN = """
Stones/stone NNS 2 nsubj:pass
blorped/blorp VBN 0 root
at/at IN 4 case
Peru NNP 2 obl"""


@pytest.mark.parametrize(
    ("rows", "kind", "sides"),
    [
        (PASSIVE, "ACCUSE", ([], ["Peru"])),
        (THROWN, "ASSAULT", ([], ["Peru"])),
        (PASSIVE, "MOBILIZE", (["Peru"], [])),
    ],
)
def test_to_whom_a_clause_says_it_is_done_is_no_actor(rows: str, kind: str, sides: tuple[list[str], list[str]]) -> None:
    assert told(with_chunks(rows, kind, ("Peru", "actor", 0.8), Peru="state"), None) == sides


OWNED = """
Peru NNP 2 nsubj
sent/send VBD 0 root
its/its PRP$ 4 nmod:poss
forces/force NNS 5 nsubj
blorped/blorp VBD 2 ccomp"""


def test_a_states_people_act_for_it() -> None:
    for owner, actors in (("state", ["Peru"]), ("person", ["forces"])):
        analysis = with_chunks(OWNED, "ASSAULT", ("forces", "actor", 0.9), Peru=owner, forces="group")
        its = span(cast_of(analysis).reading, "its")
        peru, forces = analysis.actors
        known = (replace(peru, mentions=(*peru.mentions, its)), replace(forces, resolved_by="report"))
        assert told(replace(analysis, actors=known), None)[0] == actors


def test_a_time_is_nobody_and_a_town_is_its_state() -> None:
    analysis = with_chunks(
        MEETING, "ASSAULT", ("Peru", "actor", 0.9), ("Bolivia", "recipient", 0.9), Peru="person", Bolivia="person"
    )
    unknown = replace(analysis, actors=tuple(replace(a, resolved_by="unresolved") for a in analysis.actors))
    placed = with_places(unknown, Bolivia="BOL")
    town = replace(placed, places=tuple(replace(p, precision="city") for p in placed.places))
    assert told(with_days(town, Peru="2019-06-03"), None) == ([], ["Bolivia"])
    (state,) = sides(cast_of(town), drafts(cast_of(town).reading)[0], None)[1]
    assert state.country == "BOL"


def test_where_nobody_is_known_by_sure_words_the_surest_of_the_others_counts() -> None:
    chunks = (
        ("in", "recipient", 0.9),
        ("Peru", "recipient", 0.35),
        ("Chile", "recipient", 0.45),
        ("Bolivia", "recipient", 0.2),
    )
    states = {"Peru": "state", "Chile": "state", "Bolivia": "state"}
    assert told(with_chunks(MEETING, "ACCUSE", *chunks, **states), None) == ([], ["Chile"])
    assert told(with_chunks(MEETING, "ACCUSE", ("Bolivia", "recipient", 0.2), **states), None) == ([], [])


BOMBINGS = """
Peru NNP 2 nsubj
blorped/blorp VBD 0 root
the/the DT 5 det
Lima NNP 5 compound
bombings/bombing NNS 2 obj"""


def test_the_town_that_an_attack_is_called_by_neither_does_it_nor_is_meant() -> None:
    for precision, recipients in (("city", []), ("country", ["Chile"])):
        analysis = with_chunks(
            BOMBINGS, "ACCUSE", ("Peru", "actor", 0.9), ("Lima", "recipient", 0.9), Peru="state", Lima="state"
        )
        placed = with_places(analysis, Lima="CHL")
        named = replace(placed, places=tuple(replace(p, precision=precision) for p in placed.places))
        assert told(named, None) == (["Peru"], recipients)


def test_an_attack_strikes_the_state_of_the_town_that_it_is_called_by() -> None:
    rows = "the/the DT 3 det\nLima NNP 3 compound\nblorps/blorp NNS 0 root"
    analysis = with_places(report(rows, proposed(rows, "blorps", "ASSAULT")), Lima="PER")
    assert told(analysis, None) == ([], ["Peru"])
