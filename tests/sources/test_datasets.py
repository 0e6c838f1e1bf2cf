"""Event files of ICEWS, POLECAT and GDELT, well formed and not. All lines are invented."""

import gzip
import zipfile
from datetime import date

import pyarrow as pa
import pytest

from communique.errors import InputError
from communique.ontology.datasets import DATASETS, GDELT, ICEWS, POLECAT
from communique.sources.tables.datasets import BadLine, open_events

_VALUES = {"text": "word", "whole": "7", "number": "-2.5", "day": "2024-03-04"}


def cells(dataset, **given):
    return [given.get(name.replace(" ", "_"), _VALUES[kind]) for name, kind in DATASETS[dataset].items()]


def lines(*rows):
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def rows_of(path):
    """The data set, rows with all columns, and bad lines."""
    bad = []
    with open_events(path) as file:
        found = [pa.table(columns).to_pylist() for columns in file.batches(bad.append)]
    return file.dataset, [row for rows in found for row in rows], bad


def test_icews_has_its_columns_with_their_kinds(tmp_path):
    path = tmp_path / "events.tab"
    path.write_bytes(lines(ICEWS, cells("icews", CAMEO_Code="010", City="", Event_Text='"Say ""no"""')))
    dataset, (row,), _ = rows_of(path)
    assert dataset == "icews" and len(row) == len(ICEWS) + 1 and row["line"] == 2
    assert row["cameo_code"] == "010" and row["city"] is None and row["event_text"] == 'Say "no"'
    assert row["event_date"] == date(2024, 3, 4) and row["intensity"] == -2.5 and row["event_id"] == "word"


@pytest.mark.parametrize(("missing", "length"), [((), 61), (("ADM2Code",), 58), (("ADM2Code", "SOURCEURL"), 57)])
def test_gdelt_has_no_header_and_three_lengths(tmp_path, missing, length):
    told = dict(zip(GDELT, cells("gdelt", SQLDATE="20240304", EventCode="042"), strict=True))
    line = [cell for name, cell in told.items() if not name.endswith(missing or ("-",))]
    assert len(line) == length
    path = tmp_path / "20240304.export.CSV"
    path.write_bytes(lines(line))
    dataset, (row,), _ = rows_of(path)
    assert dataset == "gdelt" and row["sqldate"] == date(2024, 3, 4) and row["eventcode"] == "042" and row["line"] == 1
    assert row.get("sourceurl") == (None if "SOURCEURL" in missing else "word")


def test_polecat_headers_that_do_not_fit_are_tolerated(tmp_path):
    names, path = list(POLECAT), tmp_path / "polecat.txt"
    row = cells("polecat", Event_Type="CONSULT", Version="v9")
    headers = {
        "as it should be": names,
        "a name of no column": [*names[:5], "Headline", *names[5:]],
        "a stray tab": [*names[:9], "", *names[9:]],
        "stray tabs at the end": [*names, "", ""],
        "both": ["Headline", *names, ""],
        "byte order mark": ["\ufeffEvent ID", *names[1:]],
    }
    for what, header in headers.items():
        path.write_bytes(lines(header, row, [*row, "", ""]))
        _, found, bad = rows_of(path)
        assert not bad, what
        assert [(r["event_type"], r["latitude"], r["version"]) for r in found] == [("CONSULT", -2.5, "v9")] * 2, what


def test_a_column_that_is_in_header_and_lines_is_left_out(tmp_path):
    path = tmp_path / "polecat.txt"
    row = cells("polecat", Event_Type="CONSULT")
    path.write_bytes(lines([*list(POLECAT)[:5], "Headline", *list(POLECAT)[5:]], [*row[:5], "Talks held", *row[5:]]))
    (found,) = rows_of(path)[1]
    assert found["quad_code"] == "word" and len(found) == len(POLECAT) + 1


def test_bad_lines_are_named_and_the_others_read(tmp_path):
    path = tmp_path / "events.tab"
    good = cells("icews")
    wrong = [cells("icews", Event_Date="4 March"), good[:7], cells("icews", Latitude="nan"), cells("icews", Story_ID="x")]
    path.write_bytes(lines(ICEWS, good, *wrong) + b"\n\xff\xfe\n" + lines(good))
    _, found, bad = rows_of(path)
    assert bad == [
        BadLine(3, "Event Date: '4 March' is no day"),
        BadLine(4, "has 7 cells, not 20"),
        BadLine(5, "Latitude: 'nan' is no number"),
        BadLine(6, "Story ID: 'x' is no number"),
        BadLine(8, "is no UTF-8"),
    ]
    assert [r["line"] for r in found] == [2, 9]


def test_numbers_are_read_however_they_are_written(tmp_path):
    path = tmp_path / "events.tab"
    written = {"7": 7, "+7": 7, " 7": 7, "007": 7, "7.0": 7, "-7": -7, "NA": None, "NULL": None, "": None, '"7"': 7}
    wrong = ["0x10", "7.5", str(2**63), "--7"]
    path.write_bytes(lines(ICEWS, *(cells("icews", Story_ID=cell) for cell in (*written, *wrong))))
    _, found, bad = rows_of(path)
    assert [row["story_id"] for row in found] == [*written.values()]
    assert [b.why for b in bad] == [f"Story ID: {cell!r} is no number" for cell in wrong]
    written = {"1e2": 100, "+1.5": 1.5, ".5": 0.5, "None": None}
    wrong = ["1e999", "inf", "0x1p3", "1,5"]
    path.write_bytes(lines(ICEWS, *(cells("icews", Latitude=cell) for cell in (*written, *wrong))))
    _, found, bad = rows_of(path)
    assert [row["latitude"] for row in found] == [*written.values()]
    assert [b.why for b in bad] == [f"Latitude: {cell!r} is no number" for cell in wrong]


def test_a_line_with_several_flaws_is_named_once(tmp_path):
    path = tmp_path / "events.tab"
    path.write_bytes(lines(ICEWS, cells("icews", Story_ID="x", Event_Date="y", Latitude="z"), cells("icews")))
    assert rows_of(path)[2] == [BadLine(2, "Event Date: 'y' is no day")]


def test_lines_are_numbered_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("communique.sources.tables.datasets._BLOCK", 100)
    monkeypatch.setattr("communique.sources.tables.datasets._LONGEST", 400)
    path, row = tmp_path / "events.tab", cells("icews", City="Zürich")
    long = lines(cells("icews", City="x" * 900))
    path.write_bytes(lines(ICEWS, row) + b"\r\n" + long + lines(row, row[:3]) + lines(row).rstrip(b"\n"))
    _, found, bad = rows_of(path)
    assert [(r["line"], r["city"], r["longitude"]) for r in found] == [(n, "Zürich", -2.5) for n in (2, 5, 7)]
    assert bad == [BadLine(4, "has more than 400 bytes"), BadLine(6, "has 3 cells, not 20")]


def test_headers_and_line_ends_of_other_systems(tmp_path):
    path = tmp_path / "events.tab"
    quoted = [f'"{name}"' for name in ICEWS]
    path.write_bytes(lines(quoted, cells("icews", Longitude='"3.5"')).replace(b"\n", b"\r\n"))
    _, (row,), bad = rows_of(path)
    assert row["longitude"] == 3.5 and not bad
    path.write_bytes(b"\xef\xbb\xbf" + lines(cells("gdelt", SQLDATE="20240304", SOURCEURL='"u"')))
    _, (row,), bad = rows_of(path)
    assert (row["globaleventid"], row["sourceurl"], row["line"]) == (7, "u", 1) and not bad


def test_files_come_packed_too(tmp_path):
    data = lines(ICEWS, cells("icews"))
    (tmp_path / "a.tab.gz").write_bytes(gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.tab", data)
    assert rows_of(tmp_path / "a.tab.gz") == rows_of(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr("b.tab", data)
    with pytest.raises(InputError, match="holds 2 files, not one"):
        rows_of(tmp_path / "a.zip")


@pytest.mark.parametrize("data", [b"", b"a\tb\n1\t2\n", b"PK\x03\x04 no archive", lines([*ICEWS, "City"])])
def test_what_is_no_event_file_is_told(tmp_path, data):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(InputError, match=str(path)):
        rows_of(path)
    with pytest.raises(InputError, match="No such file"):
        rows_of(tmp_path / "missing")
