"""Event files of ICEWS, POLECAT and GDELT, well formed and not. All lines are invented."""

import gzip
import zipfile
from datetime import date

import pytest

from communique.errors import InputError
from communique.ontology.datasets import DATASETS, GDELT, ICEWS, POLECAT
from communique.sources.datasets import BadLine, open_events

_VALUES = {"text": "word", "whole": "7", "number": "-2.5", "day": "2024-03-04"}


def cells(dataset, **given):
    return [given.get(name.replace(" ", "_"), _VALUES[kind]) for name, kind in DATASETS[dataset].items()]


def lines(*rows):
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def rows_of(path):
    with open_events(path) as file:
        return file.dataset, [*file.rows()]


def test_icews_has_its_columns_with_their_kinds(tmp_path):
    path = tmp_path / "events.tab"
    path.write_bytes(lines(ICEWS, cells("icews", CAMEO_Code="010", City="", Event_Text='"Say ""no"""')))
    dataset, (row,) = rows_of(path)
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
    dataset, (row,) = rows_of(path)
    assert dataset == "gdelt" and row["sqldate"] == date(2024, 3, 4) and row["eventcode"] == "042" and row["line"] == 1
    assert row["sourceurl"] == (None if "SOURCEURL" in missing else "word")


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
        _, found = rows_of(path)
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
    found = rows_of(path)[1]
    assert [r for r in found if isinstance(r, BadLine)] == [
        BadLine(3, "Event Date: '4 March' is no day"),
        BadLine(4, "has 7 cells, not 20"),
        BadLine(5, "Latitude: 'nan' is no number"),
        BadLine(6, "Story ID: 'x' is no number"),
        BadLine(8, "is no UTF-8"),
    ]
    assert [r["line"] for r in found if not isinstance(r, BadLine)] == [2, 9]


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
