"""Copies are told from independent tellings and from other happenings in like words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.merge.conftest import told

from communique.merge.copies import Prepared, compare, find_copies
from communique.merge.sketches import names, sketch

KINDS = {
    "exact": "exact",
    "trimmed": "trimmed",
    "retitled": "retitled",
    "reworded": "reworded",
    "machine": "machine-reworded",
}
APART = ("independent", "different")


def pairs(happenings):
    """Pairs with the kind of copy that each is, or none."""
    for reports in happenings.values():
        for kind in (*KINDS, *APART):
            yield reports["original"], reports[kind], KINDS.get(kind)
        yield reports["reworded"], reports["independent"], None
        yield reports["machine"], reports["independent"], None
        yield reports["trimmed"], reports["reworded"], "reworded"


def test_copies_are_told_from_independent_tellings(happenings):
    judged = [(kind is not None, compare(Prepared(one), Prepared(other)) is not None) for one, other, kind in pairs(happenings)]
    assert len(judged) >= 60
    right = sum(gold and found for gold, found in judged)
    f1 = 2 * right / (sum(gold for gold, _ in judged) + sum(found for _, found in judged))
    assert f1 >= 0.98


def test_kinds_of_copies(happenings):
    judged = [(kind, compare(Prepared(one), Prepared(other))) for one, other, kind in pairs(happenings) if kind]
    assert sum(copy is not None and copy.kind == kind for kind, copy in judged) >= 0.95 * len(judged)


def test_copies_meet_among_all_documents(happenings):
    told = [one for reports in happenings.values() for one in reports.values()]
    found = {frozenset((c.one, c.other)) for c in find_copies(told)}
    for name in happenings:
        for kind in ("exact", "trimmed", "retitled", "machine"):
            assert any(f"{name}-{kind}" in pair for pair in found), (name, kind)
    assert not any(end.endswith(APART) for pair in found for end in pair)


def test_what_comes_in_later_is_compared_with_what_is_there(happenings):
    reports = happenings["quake"]
    told = [reports[k] for k in ("original", "retitled", "exact", "independent")]
    found = {(c.one, c.other) for c in find_copies(told, ["quake-exact"])}
    assert found == {("quake-original", "quake-exact")}


def test_substituted_terms_are_named_with_the_words_that_they_stand_for(happenings):
    reports = happenings["strike"]
    copy = compare(Prepared(reports["original"]), Prepared(reports["machine"]))
    put = {pair for r in copy.rewordings for pair in r.substituted}
    assert {("dockers", "longshoremen"), ("stopped", "halted"), ("plan", "scheme")} <= put
    first = copy.rewordings[0]
    assert first.one.of(reports["original"].text).startswith("Some 3,000 dockers in Sane stopped work")
    assert first.other.of(reports["machine"].text).startswith("Some 3,000 longshoremen in Sane halted labour")


def test_spans_of_reworded_passages_lie_in_their_texts(happenings):
    reports = happenings["vote"]
    copy = compare(Prepared(reports["original"]), Prepared(reports["reworded"]))
    shown = [(r.one.of(reports["original"].text), r.other.of(reports["reworded"].text)) for r in copy.rewordings]
    assert any(a.startswith("His Civic List") and b.startswith("Two fewer than before") for a, b in shown)
    assert all(a and b and a != b for a, b in shown)


@pytest.mark.parametrize("text", ["", "Talks end", "Talks end\n\nThey ended."])
def test_texts_too_short_to_tell_are_no_copies(happenings, text):
    short = replace(happenings["vote"]["original"], document="short", text_id="short", text=text, title=None)
    assert compare(Prepared(short), Prepared(happenings["vote"]["original"])) is None


def test_a_report_that_a_thousand_outlets_print_is_compared_linearly(happenings):
    report = happenings["court"]["original"]
    told = [replace(report, document=f"d{n:04}") for n in range(1000)]
    found = find_copies(told)
    assert len(found) == 999
    assert {c.one for c in found} == {"d0000"}


SHORT = "A bomb killed six police officers in Velm on Thursday. The Free Sudria Front said that it had laid the bomb."
PLAN = "Norland's President Ana Sol will host the Sudrian Premier Tomas Reyk in Velm on April 18, her office said on Monday."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHORT, "A bomb killed four soldiers in Velm on Thursday."),
        (PLAN, PLAN.replace("will host", "met").replace("April 18", "Thursday")),
        (PLAN, PLAN.replace("host", "receive").replace("office", "spokesman").replace("April 18", "April 25")),
        (PLAN, PLAN.replace("will host", "hosted").replace("office", "spokesman")),
        (PLAN, PLAN.replace("host", "receive").replace("office", "spokesman").replace("Velm", "Sane")),
    ],
)
def test_short_reports_of_other_facts_are_no_copies(one, other):
    assert compare(*(Prepared(told(text[:40], text, day=date(2024, 4, 8))) for text in (one, other))) is None


def test_the_same_day_of_the_week_is_another_day_a_week_later():
    other = PLAN.replace("host", "receive").replace("office", "spokesman")
    reports = [told(f"d{day}", text, day=date(2024, 4, day)) for text, day in ((PLAN, 8), (other, 9), (other, 15))]
    kinds = [compare(Prepared(reports[0]), Prepared(later)) for later in reports[1:]]
    assert kinds[0] is not None and kinds[0].kind == "machine-reworded"
    assert kinds[1] is None


WIRE = """Shelling kills soldiers

VELM - Sudrian forces shelled a Norland army post near Velm on Sunday, killing 12 soldiers, the Norland army said.

"This attack will not go unanswered," army spokesman Bertil Krag told reporters in Nordhaven.

Sudria denied that its troops had crossed the border. Its spokeswoman Dora Pike said the post had been attacked by militias."""
AGAIN = """Twelve die at Velm

Twelve Norland soldiers were killed on Sunday when Sudrian forces bombarded an army post near Velm, its military said.

"This attack will not go unanswered," Bertil Krag, who speaks for the army, said to journalists in the capital.

Port Sud denied its soldiers crossed the frontier; its spokeswoman, Dora Pike, said militias had attacked the position{}."""


def test_a_text_that_credits_another_and_follows_it_sentence_by_sentence_is_made_from_it():
    wire = told("wire", WIRE, syndicated_from=("Norland Wire",))
    crediting, silent = told("a", AGAIN.format(", Norland Wire reported")), told("b", AGAIN.format(""))
    copy = compare(Prepared(wire), Prepared(crediting))
    assert copy is not None and copy.kind == "reworded" and copy.likeness > 0.5
    assert len(copy.rewordings) >= 3
    assert compare(Prepared(wire), Prepared(silent)) is None
    assert names(sketch(crediting), "Norland Wire") and not names(sketch(silent), "Norland Wire")


def test_independent_tellings_stay_so_when_they_credit_the_agency(happenings):
    for reports in happenings.values():
        wire = replace(reports["original"], syndicated_from=("Norland Wire",))
        other = replace(reports["independent"], text=reports["independent"].text + " Norland Wire reported so too.")
        assert compare(Prepared(wire), Prepared(other)) is None
