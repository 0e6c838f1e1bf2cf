"""Judgements: applied on reading, undone exactly, found again after a re-run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.merge.happenings import reports
from tests.merge.test_incidents import NORLAND, SUDRIA, VESTRIA, days, told

from communique.errors import UsageError
from communique.merge.corrections import corrected, read_changes
from communique.merge.incidents import incidents_of
from communique.merge.judgements import apply, apply_events, judge, lost, standing
from communique.types.incidents import Anchor, Figure, Party
from communique.types.text import Span

NOON = datetime(2024, 4, 1, 12, tzinfo=UTC)
EVENTS, _ = reports(7, 10)
INCIDENTS = incidents_of(EVENTS)


def word(kind, minute=0, why="as I read it", **said):
    return judge(kind, "ann", NOON + timedelta(minutes=minute), why, **said)


def draw(seed, number):
    """So many judgements on the made reports, undoings among them."""
    random = Random(seed)
    made = []
    for minute in range(number):
        kind = random.choice(("merge", "split", "correct", "reject", "confirm", "undo"))
        one, two = (e.anchor for e in random.sample([e for e in EVENTS if not e.document.endswith("r")], 2))
        if kind == "undo" and made:
            made.append(word(kind, minute, undoes=random.choice(made).id))
        elif kind == "merge":
            made.append(word(kind, minute, anchor=one, other=two))
        elif kind != "undo":
            change = (
                read_changes([random.choice(("status=denied", "when=2023-05-01", "killed=9"))]) if kind == "correct" else ()
            )
            made.append(word(kind, minute, anchor=one, change=change))
    return made


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.data())
def test_an_undone_judgement_never_was(seed, number, data):
    made = draw(seed, number)
    gone = data.draw(st.sampled_from(made)) if made else None
    if gone is None or gone.kind == "undo":
        return
    undo = word("undo", 100, undoes=gone.id)
    without = [j for j in made if j.id != gone.id and j.undoes != gone.id]
    left = [j for j in made if j.undoes != gone.id]
    assert apply(INCIDENTS, [*left, undo]) == apply(INCIDENTS, without)
    assert apply_events(EVENTS, [*left, undo]) == apply_events(EVENTS, without)
    again = word("undo", 101, undoes=undo.id)
    assert apply(INCIDENTS, [*left, undo, again]) == apply(INCIDENTS, left)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_the_order_that_judgements_are_read_in_changes_nothing(seed, number):
    made = draw(seed, number)
    mixed = [*made, *made]
    Random(seed).shuffle(mixed)
    assert apply(INCIDENTS, mixed) == apply(INCIDENTS, made)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_nothing_is_lost_but_what_was_rejected(seed, number):
    made = draw(seed, number)
    kept = sorted(t.event.shown for i in apply(INCIDENTS, made) for t in i.tellings)
    assert kept == sorted(e.shown for e in apply_events(EVENTS, made))
    assert apply(INCIDENTS, []) == INCIDENTS


def test_merge_and_split():
    one, other = told("a"), told("b", when=days("2024-03-23"), published="2024-03-24")
    apart = incidents_of([one, other])
    merge = word("merge", 0, "one campaign", anchor=one.anchor, other=other.anchor)
    (together,) = apply(apart, [merge])
    assert [t.event.document for t in together.tellings] == ["a", "b"]
    assert all("merged by ann: one campaign" in t.reasons[-1].words for t in together.tellings)
    split = word("split", 1, anchor=other.anchor)
    assert len(apply(apart, [merge, split])) == 2
    assert apply(apart, [merge, word("undo", 2, undoes=merge.id)]) == apart


def test_correct_reject_and_confirm():
    one, other = told("a"), told("b")
    (incident,) = incidents_of([one, other])
    change = word("correct", 0, anchor=one.anchor, change=read_changes(["status=denied", "actor=Sudria; Vestria [state:VST]"]))
    reject, confirm = word("reject", 1, anchor=other.anchor), word("confirm", 2, anchor=one.anchor)
    (seen,) = apply([incident], [change, reject, confirm])
    (telling,) = seen.tellings
    assert (telling.event.status, telling.event.actor) == ("denied", (SUDRIA, VESTRIA))
    assert telling.event.confirmed_by == ("ann",)
    assert seen.outcome == "denied"
    assert apply_events([one, other], [change, reject, confirm]) == (telling.event,)
    assert one.status == "happened"


def test_judgements_find_their_words_again_after_a_re_run():
    reject = word("reject", anchor=told("a").anchor)
    rerun = told("a", event="e4", run="later", trigger=Span(8, 15))
    beside = told("a", event="e5", run="later", trigger=Span(40, 45))
    assert apply_events([rerun, beside], [reject]) == (beside,)
    assert lost([beside], [reject]) == (reject,)
    assert lost([rerun, beside], [reject]) == ()
    assert apply_events([beside], [reject]) == (beside,)


def test_what_no_judgement_touches_is_left_as_it_is():
    seen = apply(INCIDENTS, [word("confirm", anchor=INCIDENTS[0].tellings[0].event.anchor)])
    assert sum(new is old for new in seen for old in INCIDENTS) == len(INCIDENTS) - 1


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("plover=COERCE", "plover", "COERCE"),
        ("mode=", "mode", None),
        ("when=2024-03-15/2024-03-16", "when", days("2024-03-15", 2)),
        ("when=", "when", None),
        ("place=Dunwick", "place", "Dunwick"),
        ("denied_by=Norland; Ana Sol", "denied_by", ("Norland", "Ana Sol")),
        ("killed=10-15", "figures", (Figure("killed", 10, 15),)),
        ("killed=1,000+", "figures", (Figure("killed", 1000, None),)),
        ("killed=", "figures", ()),
        ("recipient=Dunes Ltd", "recipient", (Party("Dunes Ltd"),)),
        ("recipient=Norland", "recipient", (NORLAND,)),
    ],
)
def test_corrections(change, field, value):
    event = told("a", figures=(Figure("killed", 3, 3),))
    assert getattr(corrected(event, read_changes([change])), field) == value


@pytest.mark.parametrize(
    "changes",
    [[], ["status"], ["status=maybe"], ["plover=FIGHT"], ["colour=red"], ["when=May"], ["when=2024-05-02/2024-05-01"],
     ["killed=many"], ["killed=3-5+"], ["actor=[state:NRL]"]],
)  # fmt: skip
def test_corrections_that_cannot_be(changes):
    with pytest.raises(UsageError):
        read_changes(changes)


def test_judgements_that_do_not_fit():
    anchor = Anchor("t", 0, 4)
    for kind, said in (
        ("merge", {"anchor": anchor}),
        ("merge", {"anchor": anchor, "other": anchor}),
        ("split", {}),
        ("correct", {"anchor": anchor}),
        ("confirm", {"anchor": anchor, "change": (("status", "denied"),)}),
        ("undo", {}),
        ("reject", {"anchor": anchor, "undoes": "j1"}),
    ):
        with pytest.raises(UsageError):
            word(kind, **said)
    with pytest.raises(UsageError, match="--why"):
        word("reject", why=" ", anchor=anchor)


def test_only_what_holds_stands():
    first, second = word("reject", 0, anchor=Anchor("t", 0, 4)), word("confirm", 1, anchor=Anchor("t", 0, 4))
    undo = word("undo", 2, undoes=first.id)
    assert standing([second, undo, first]) == (second,)
    assert standing([replace(first), first]) == (first,)
