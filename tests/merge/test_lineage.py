"""Who had a text first, what each copy was made from, and how many sources there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique.merge.copies import find_copies
from communique.merge.lineage import count_sources, trace
from communique.types.stories import Copy
from communique.types.text import Interval


def lineages(*told):
    return trace(told, find_copies(told))


def on(day: date, days: int = 1) -> Interval:
    return Interval(day, day + timedelta(days=days))


def test_the_first_to_publish_is_the_first_whatever_came_to_the_desk_first(happenings):
    reports = happenings["rates"]
    (one,) = lineages(*(reports[k] for k in ("machine", "retitled", "original", "trimmed")))
    assert one.documents[0] == "rates-original"
    assert one.source == "norland wire"
    machine = one.parents[one.documents.index("rates-machine")]
    assert (machine.one, machine.kind) == ("rates-machine", "machine-reworded")
    assert ("lifted", "raised") in {p for r in machine.rewordings for p in r.substituted}


def test_an_agency_that_others_credit_was_first_on_the_same_day(happenings):
    original = replace(happenings["quake"]["original"], published=on(date(2020, 3, 14)))
    paper = replace(original, document="paper", publisher="City Sheet", syndicated_from=("Meridian Press Agency",))
    (one,) = lineages(paper, original)
    assert one.documents == ("quake-original", "paper")
    assert one.source == "meridian press agency"


def test_an_agency_is_not_first_where_it_surely_came_later(happenings):
    original = replace(happenings["quake"]["original"], published=on(date(2020, 3, 16)))
    paper = replace(
        original,
        document="paper",
        publisher="Sheet",
        published=on(date(2020, 3, 14)),
        syndicated_from=("Meridian Press Agency",),
    )
    (one,) = lineages(original, paper)
    assert one.documents[0] == "paper"


def test_without_days_the_order_on_the_desk_decides(happenings):
    told = [replace(happenings["vote"][k], published=None) for k in ("retitled", "original", "trimmed")]
    (one,) = lineages(*told)
    assert one.documents[0] == "vote-retitled"


def test_sources_count_once_however_often_they_are_reprinted(happenings):
    reports = happenings["drone"]
    found = lineages(*(reports[k] for k in ("original", "exact", "trimmed", "reworded", "independent")))
    assert len(found) == 2
    assert count_sources(found) == 2


def test_two_texts_of_one_agency_are_one_source(happenings):
    reports = happenings["drone"]
    told = [replace(reports[k], syndicated_from=("Meridian",)) for k in ("original", "independent")]
    assert len(lineages(*told)) == 2
    assert count_sources(lineages(*told)) == 1


def test_chains_go_by_the_likest_parent(happenings):
    reports = happenings["court"]
    told = [reports["original"], reports["retitled"], reports["trimmed"]]
    copies = [
        Copy("court-original", "court-retitled", "retitled", 0.99),
        Copy("court-retitled", "court-trimmed", "trimmed", 1.0),
        Copy("court-original", "court-trimmed", "trimmed", 0.95),
    ]
    told[1] = replace(told[1], published=reports["original"].published)
    (one,) = trace(told, copies)
    assert one.parents[one.documents.index("court-trimmed")].other == "court-retitled"
