"""Directed dyad-month panels."""

import csv
import io
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from communique.errors import UsageError
from communique.export.exports import load
from communique.export.panels import months_of
from communique.store.tables import SCHEMAS


def panel(*documents, **options):
    out = io.BytesIO()
    loss = load("panel", **options).write(documents, out)
    return loss, list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def month_of(**event):
    found = months_of(pa.RecordBatch.from_pylist([event], schema=SCHEMAS["events"]))
    return None if np.isnat(found[0]) else found[0].astype("datetime64[D]").item()


def test_counts_are_summed_over_reports(rows):
    _, found = panel(rows, rows)
    cell = next(line for line in found if (line["source"], line["target"]) == ("SWE", "NOR"))
    assert (cell["month"], cell["source_cow"], cell["source_gw"], cell["target_cow"]) == ("2024-03", "380", "380", "385")
    assert (cell["events"], cell["quad1"], cell["quad4"], cell["consult"], cell["assault"]) == ("4", "2", "2", "2", "2")
    assert (cell["goldstein_mean"], cell["goldstein_events"]) == ("-4.5", "4")


def test_quads_and_types_each_add_up_to_the_events(rows):
    _, found = panel(rows)
    for line in found:
        numbers = {name: int(value) for name, value in line.items() if value.isdigit() and not name.endswith(("_cow", "_gw"))}
        quads = sum(value for name, value in numbers.items() if name.startswith("quad"))
        types = sum(
            value
            for name, value in numbers.items()
            if name not in ("events", "goldstein_events", "quad1", "quad2", "quad3", "quad4")
        )
        assert numbers["events"] == quads == types


def test_what_did_not_happen_between_two_countries_is_left_out(rows):
    loss, found = panel(rows)
    assert {line["month"] for line in found} == {"2024-03"}
    assert loss.lost["planned events left out"] == 2
    assert loss.lost["events with a side of no country left out"] == 3
    assert loss.lost["events of no known month left out"] == 1


def test_an_event_without_a_class_has_that_of_its_type(rows):
    _, (line,) = panel(rows | {"events": [rows["events"][3] | {"quad": None}]})
    assert (line["events"], line["quad4"]) == ("1", "1")


def test_an_event_within_one_country_is_left_out(rows):
    event = rows["events"][0] | {"actor_countries": ["NOR"], "recipient_countries": ["NOR"]}
    loss, found = panel(rows | {"events": [event]})
    assert (found, loss.lost["events within one country left out"]) == ([], 1)


def test_zeros_fill_the_months_between(rows):
    later = rows["events"][3] | {"when_start": date(2024, 6, 1), "when_end": date(2024, 6, 2)}
    documents = [rows | {"events": [rows["events"][3]]}, rows | {"events": [later, later | {"actor_countries": ["FIN"]}]}]
    assert [line["month"] for line in panel(*documents)[1]] == ["2024-03", "2024-06", "2024-06"]
    loss, found = panel(*documents, zeros=True)
    assert [(line["month"], line["source"], line["events"]) for line in found] == [
        ("2024-03", "FIN", "0"), ("2024-03", "SWE", "1"), ("2024-04", "FIN", "0"), ("2024-04", "SWE", "0"),
        ("2024-05", "FIN", "0"), ("2024-05", "SWE", "0"), ("2024-06", "FIN", "1"), ("2024-06", "SWE", "1"),
    ]  # fmt: skip
    assert loss.written == 8
    assert found[0]["goldstein_mean"] == ""


def test_numbers_are_those_of_the_day(rows):
    event = rows["events"][3] | {"actor_countries": ["DEU"], "when_start": date(1980, 5, 1), "when_end": date(1980, 5, 2)}
    _, (line,) = panel(rows | {"events": [event]})
    assert (line["source_cow"], line["source_gw"]) == ("260", "260")


@pytest.mark.parametrize(
    ("start", "end", "month"),
    [
        ((2024, 3, 4), (2024, 3, 5), (2024, 3, 1)),
        ((2024, 3, 1), (2024, 4, 1), (2024, 3, 1)),
        ((2024, 3, 30), (2024, 4, 3), (2024, 3, 1)),
        ((2024, 3, 31), (2024, 4, 3), (2024, 4, 1)),
        ((2023, 1, 31), (2023, 3, 2), (2023, 2, 1)),
        ((2024, 1, 1), (2025, 1, 1), None),
    ],
)
def test_an_event_belongs_to_the_month_that_has_most_of_its_days(start, end, month):
    found = month_of(when_start=date(*start), when_end=date(*end), auxiliary=[])
    assert found == (date(*month) if month else None)


def test_an_event_without_days_belongs_to_the_month_of_publication_unless_long_past():
    published = {"published_start": date(2024, 3, 4), "published_end": date(2024, 3, 5)}
    assert month_of(**published, auxiliary=[]) == date(2024, 3, 1)
    assert month_of(**published, auxiliary=["historical"]) is None
    assert month_of(auxiliary=[]) is None


def test_options_that_a_format_has_not_are_refused():
    with pytest.raises(UsageError, match="cameo: has no option zeros; it has none"):
        load("cameo", zeros=True)
