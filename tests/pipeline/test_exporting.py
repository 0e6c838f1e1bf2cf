"""Desks and files of records in the formats of others."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from communique.errors import DataError, UsageError
from communique.merge.judgements import judge
from communique.pipeline.exporting import documents_of, export_desk, export_records
from communique.pipeline.merging import merge_stories
from communique.query.view import View
from communique.store.judgements import keep
from communique.store.lake import Lake
from communique.store.tables import CHILDREN, rows_of
from communique.store.writer import Coder, Writer
from communique.types.incidents import Anchor
from communique.types.record import Record, build
from communique.types.text import Interval


@pytest.fixture
def records(analysis) -> list[Record]:
    """Reports of three days that tell the same, each with ten more events, so that e10 comes after e9."""
    made = []
    for n in (1, 2, 3):
        day = Interval(date(2019, 6, n), date(2019, 6, n + 1))
        document = replace(analysis.document, id=f"d{n}", published=replace(analysis.document.published, interval=day))
        more = tuple(replace(analysis.events[0], id=f"e{m}") for m in range(4, 14))
        made.append(build(replace(analysis, document=document, events=analysis.events + more)))
    return made


@pytest.fixture
def desk(tmp_path, records) -> str:
    place = tmp_path / "desk"
    with Writer(Lake(str(place)), Coder("0", "{}"), most=2) as writer:
        for record in reversed(records):
            writer.add(record)
    return str(place)


def test_documents_come_in_order_with_their_rows_as_they_were_written(desk, records):
    with View(Lake(desk)) as view:
        found = list(documents_of(view, CHILDREN))
    assert [rows["documents"][0]["id"] for rows in found] == ["d1", "d2", "d3"]
    for rows, record in zip(found, records, strict=True):
        meant = rows_of(record, rows["documents"][0]["run"])
        for table in CHILDREN:
            assert rows[table] == sorted(meant[table], key=lambda row: (len(row["id"]), row["id"])), table


def test_a_desk_and_its_records_give_the_same_file(tmp_path, desk, records):
    file = tmp_path / "records.jsonl"
    file.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
    one, other = tmp_path / "one", tmp_path / "other"
    told = [export_desk("icews", desk, one), export_records("icews", file, other)]
    assert one.read_bytes() == other.read_bytes()
    assert told[0].to_dict() == told[1].to_dict()
    assert told[0].documents == 3


def test_options_reach_the_format(tmp_path, desk):
    export_desk("panel", desk, tmp_path / "panel.csv", zeros=True)
    with (tmp_path / "panel.csv").open() as lines:
        assert {(line["month"], line["source"], line["consult"]) for line in csv.DictReader(lines)} == {
            ("2019-06", "NRL", "33"),
            ("2019-06", "SDR", "33"),
        }


def test_the_standard_output_takes_an_export(capfdbinary, desk):
    loss = export_desk("plover", desk, None)
    lines = capfdbinary.readouterr().out.splitlines()
    assert len(lines) == loss.written > 0
    assert {json.loads(line)["coder"] for line in lines} == {"Communique"}


def test_what_is_no_desk_or_no_record_is_told(tmp_path, records):
    with pytest.raises(UsageError, match="no desk"):
        export_desk("cameo", str(tmp_path / "none"), tmp_path / "out")
    with pytest.raises(UsageError, match="check the name"):
        export_records("cameo", tmp_path / "none.jsonl", tmp_path / "out")
    file = tmp_path / "records.jsonl"
    file.write_text(records[0].to_json() + "\n{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"records\.jsonl:2: "):
        export_records("cameo", file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_desk_is_exported_as_judged_or_as_coded(tmp_path, desk, records):
    def titles(name, **options):
        export_desk("icews", desk, tmp_path / name, **options)
        with (tmp_path / name).open() as lines:
            return Counter((line["Source Country"], line["CAMEO Code"]) for line in csv.DictReader(lines, delimiter="\t"))

    before = titles("before")
    anchor = Anchor(records[0].document.text_id, *(getattr(records[0].events[0].trigger, edge) for edge in ("start", "end")))
    change = (("plover", "ACCUSE"), ("actor", "Germany"), ("recipient", "Sudria"))
    keep(Lake(desk), judge("correct", "ann", datetime.now(UTC), "misread", anchor, change=change))
    judged = titles("judged")
    assert judged != before and set(judged) & {("Germany", "112")} == {("Germany", "112")}
    assert titles("coded", as_coded=True) == before


def test_merged_tables_tell_what_is_newer_than_the_merge(desk, tmp_path):
    loss = export_desk("csv", desk, tmp_path / "stories.csv", table="stories")
    assert (loss.written, loss.lost) == (0, {"reports newer than the last merge left out": 3})
    merge_stories(Lake(desk))
    loss = export_desk("csv", desk, tmp_path / "stories.csv", table="stories")
    assert (loss.written, loss.lost) == (3, {})
