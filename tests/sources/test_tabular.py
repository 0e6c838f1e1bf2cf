"""Tables: each row is a report, columns are found or named, and a row that fails stops no other."""

import csv
import io
import json
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.days import day
from communique.sources.delimited import DELIMITED
from communique.sources.inputs import Input, Limits, Options
from communique.sources.json_rows import JSON
from communique.sources.opener import Opener
from communique.sources.parquet import PARQUET
from communique.types.analysis import Failed
from communique.types.record import build
from communique.types.text import Detail, Document, Interval

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = [
    {
        "title": "Envoys meet",
        "date": "2024-05-15",
        "text": "Envoys of Norland, and of Sudria, met.\nThey “talked”; then they left.",
        "source": "The Lagona Star",
    },
    {"title": "Border open", "date": "16 May 2024", "text": "Norland opened its border.", "source": "The Lagona Star"},
]


def comma(rows, sign=",", end="\r\n"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=sign, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines(rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def parquet(rows, schema=None):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema), out)
    return out.getvalue()


def read(form, data, columns=(), name="table.x", limits=None):
    options = Options(columns=tuple(columns), limits=limits or Limits())
    return list(form.read(Input(name, io.BytesIO(data)), options))


def opened(tmp_path, data, name="table", columns=()):
    path = tmp_path / name
    path.write_bytes(data)
    return list(Opener(Options(columns=tuple(columns))).open(path))


WRITTEN = {
    "comma": comma(ROWS),
    "semicolon": comma(ROWS, ";", "\n"),
    "tab": comma(ROWS, "\t"),
    "bar": comma(ROWS, "|"),
    "byte order mark": b"\xef\xbb\xbf" + comma(ROWS),
    "UTF-16": comma(ROWS, "\t").decode().encode("utf-16"),
    "told sign": b"sep=;\r\n" + comma(ROWS, ";"),
    "JSON Lines": lines(ROWS),
    "JSON Lines with a mark": b"\xef\xbb\xbf" + lines(ROWS),
    "array": json.dumps(ROWS).encode(),
    "array laid out": json.dumps(ROWS, indent=2).encode(),
    "array in UTF-16": json.dumps(ROWS).encode("utf-16"),
    "objects laid out": "\n".join(json.dumps(r, indent=1) for r in ROWS).encode(),
    "answer of a search": json.dumps({"status": "ok", "articles": ROWS}).encode(),
    "Parquet": parquet(ROWS),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_rows_are_reports_whatever_they_are_written_in(tmp_path, kind):
    found = opened(tmp_path, WRITTEN[kind])
    assert [d.text for d in found] == [row["text"] for row in ROWS]
    assert [d.title for d in found] == ["Envoys meet", "Border open"]
    assert {d.publisher for d in found} == {"The Lagona Star"}
    assert [d.published.interval for d in found] == [
        Interval(date(2024, 5, 15), date(2024, 5, 16)),
        Interval(date(2024, 5, 16), date(2024, 5, 17)),
    ]
    assert [d.source.rsplit("#")[-1] for d in found] == ["1", "2"]
    assert len({d.id for d in found}) == 2
    assert len({d.raw for d in found}) == 1


@pytest.mark.parametrize(
    "prose",
    [
        "Envoys of Norland, Sudria and Lagona met on Monday.\nThey spoke of trade, fish, and the border.\n",
        "LAGONA, Norland, May 15\nEnvoys met, talked, and left.\nThe talks, held in Dorva, went on.\n",
        "Sol, Ana\nBek, Ivo\nTarn, Ula\n",
        "Norland\nSudria\nLagona\n",
        "Text\n",
        "Article\n\nEnvoys met on Monday.\n\nThey left.\n",
        "Title, text, date and author were missing.\nThe envoys, said Sol, had left.\n",
        "Trade; fish; the border\nTalks; a vote; the count\n",
        "Published, Monday\nEnvoys met, in Dorva\n",
        "Norland | Politics\nEnvoys met on Monday | and left\n",
        "[Envoys met on Monday, and left.]\n",
        "{Envoys} met on Monday.\n",
        "PAR1 is the name of a lift.\n",
        "1,000 troops left, officials said\n2,000 stayed, others said\n",
        "Envoys met.\tThey left.\nTalks\twent on.\n",
    ],
)
def test_prose_and_lists_are_no_tables(tmp_path, prose):
    (found,) = opened(tmp_path, prose.encode())
    assert (found.format, found.text) == ("text", prose)


def test_a_table_by_its_name_alone_says_what_is_wanted(tmp_path):
    data = b"titel;artikel\nTreffen;Envoys met.\n"
    (failed,) = opened(tmp_path, data, "t.csv")
    assert str(failed.error).endswith("name it with --columns text=NAME (columns: titel, artikel)")
    (found,) = opened(tmp_path, data, "t.csv", [("text", "Artikel"), ("title", "titel")])
    assert (found.text, found.title) == ("Envoys met.", "Treffen")


def test_a_column_of_reports_alone(tmp_path):
    found = opened(tmp_path, b'text\n"Envoys met, and left."\n"The border is open."\n')
    assert [d.text for d in found] == ["Envoys met, and left.", "The border is open."]


def test_columns_that_are_missing_or_in_doubt_are_named():
    data = comma([{"body": "Envoys met.", "content": "Norland met.", "date": "2024-05-15"}])
    with pytest.raises(InputError, match=r"table\.x: 'body' and 'content' may both hold the text; .*text=NAME \(columns: body"):
        read(DELIMITED, data)
    with pytest.raises(InputError, match=r"no column 'words' for the text; .*body, content, date"):
        read(DELIMITED, data, [("text", "words")])
    (found,) = read(DELIMITED, data, [("text", "content")])
    assert (found.text, found.details) == ("Norland met.", (Detail("body", "Envoys met."),))
    with pytest.raises(InputError, match="two columns are called 'text'"):
        read(DELIMITED, b"text,text,date\na,b,2024-05-15\n")


def test_other_fields_in_doubt_are_asked_for_unless_columns_are_named():
    data = comma([{"text": "Envoys met.", "outlet": "Star", "newspaper": "Post"}])
    with pytest.raises(InputError, match="'outlet' and 'newspaper' may both hold the publisher"):
        read(DELIMITED, data)
    (found,) = read(DELIMITED, data, [("text", "text")])
    assert found.publisher is None


def test_a_row_is_named_by_its_id():
    data = comma([{"text": "Envoys met.", "key": "N-7"}, {"text": "They left.", "key": ""}])
    assert [d.source for d in read(DELIMITED, data, [("id", "key")])] == ["table.x#N-7", "table.x#2"]


@pytest.mark.parametrize("write", [comma, lines, parquet])
def test_a_row_without_text_stops_no_other(write):
    kind = {comma: DELIMITED, lines: JSON, parquet: PARQUET}[write]
    first, failed, last = read(kind, write([ROWS[0], {**ROWS[1], "text": "  "}, ROWS[1]]))
    assert (first.text, last.text) == (ROWS[0]["text"], ROWS[1]["text"])
    assert isinstance(failed, Failed)
    assert str(failed.error).startswith("table.x#2: its column 'text' has no text")


def test_a_date_of_two_readings_is_kept_in_words():
    found = read(DELIMITED, comma([{"text": "Envoys met.", "date": "03/04/2024", "desk": "foreign"}]))
    assert found[0].published.interval is None
    assert found[0].details == (Detail("published", "03/04/2024"), Detail("desk", "foreign"))


@pytest.mark.parametrize(
    "words",
    [
        "2024-05-15",
        "2024-05-15T23:10:00+02:00",
        "2024-05-15 10:00:00.123",
        "2024-05-15Z",
        "2024/5/15",
        "20240515",
        "20240515T101112Z",
        "20240515101112",
        "1715767200",
        "1715767200.5",
        "1715767200000",
        1715767200,
        1715767200000,
        1715767200000000,
        20240515,
        "Wed, 15 May 2024 10:00:00 GMT",
        "Wed May 15 10:20:30 +0000 2024",
        "May 15, 2024",
        "Wednesday, May 15th, 2024, 10:30 am",
        "15. May 2024",
        "15-May-2024",
        "15 May 2024 at 7 pm",
        "15/05/2024",
        "05/15/2024 10:00",
        "15.05.2024",
        date(2024, 5, 15),
        datetime(2024, 5, 15, 23, tzinfo=UTC),
    ],
)
def test_days_in_the_forms_of_tables(words):
    assert day(words) == date(2024, 5, 15)


@pytest.mark.parametrize(
    "words",
    [
        *("03/04/2024", "2024", "2024-05", "2024-13-01", "2024-02-30", "May 2024", "yesterday", "", "15 May 24", "x" * 200),
        *(
            "2024-05-15 to 2024-05-20",
            "45000",
            45000,
            7,
            True,
            None,
            float("nan"),
            float("inf"),
            10**400,
            "9" * 70,
            ["2024-05-15"],
        ),
        *(date.max, date(1, 1, 1), "99999999", "15 Maya 2024"),
    ],
)
def test_what_names_no_day(words):
    assert day(words) is None


def test_objects_within_rows_have_names_of_their_own():
    row = {"source": {"name": "Star"}, "author": [{"name": "Ana Sol"}, "By Ivo Bek"], "body": ["Envoys met.", "They left."]}
    (found,) = read(JSON, json.dumps([row]).encode())
    assert (found.publisher, found.byline, found.text) == ("Star", ("Ana Sol", "Ivo Bek"), "Envoys met.\n\nThey left.")
    deep = json.dumps([{"fields": {"trail": {"words": "Envoys met."}}}]).encode()
    assert read(JSON, deep, [("text", "fields.trail.words")])[0].text == "Envoys met."


def test_a_broken_line_stops_no_other():
    data = lines(ROWS[:1]) + b'\n\n{"text": "Envoys\n[1, 2]\n{"text": "\xff"}\n' + b"[" * 100_000 + b"\n" + lines(ROWS[1:])
    found = read(JSON, data)
    assert [d.text for d in found if isinstance(d, Document)] == [row["text"] for row in ROWS]
    said = [str(f.error) for f in found if isinstance(f, Failed)]
    assert [s.split(":")[0] for s in said] == ["table.x#2", "table.x#3", "table.x#4", "table.x#5"]
    assert "line 3 is no sound JSON" in said[0]
    assert "no object" in said[1]
    assert "no UTF-8" in said[2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[]", "without an object"),
        (b'[{"text": "Envoys met."}, {"text": "They le', "breaks off"),
        (b'{"a": 1}', r"text=NAME \(columns: a\)"),
        (b'[{"text": ' + b"[" * 5000, "nested"),
    ],
)
def test_json_that_holds_no_reports_says_why(data, words):
    with pytest.raises(InputError, match=words):
        read(JSON, data)


def test_half_of_a_surrogate_pair_is_mended_wherever_it_stands():
    row = b'{"text": "Envoys \\ud83d met \\ud83d\\ude00.", "title": "\\ude00", "desk \\ud83d": "x"}'
    (found,) = read(JSON, row)
    assert (found.text, found.title) == ("Envoys \ufffd met \U0001f600.", "\ufffd")
    json.dumps([d.key for d in found.details], ensure_ascii=False).encode()


@pytest.mark.parametrize("value", [5, None, True, {"a": 1}, [], [[]], [1], 1.5])
def test_text_of_another_kind_fails_its_row(value):
    found = read(
        JSON, json.dumps([{"text": "Envoys met."}, {"text": value, "title": value, "date": value, "author": value}]).encode()
    )
    assert [type(f) for f in found] == [Document, Failed]


def test_the_standards_of_others_are_left_to_them():
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": "Envoys met."}]}'
    ninjs = b'{"uri": "urn:x", "type": "text", "versioncreated": "2024-05-15T10:00:00Z", "body_text": "Envoys met."}'
    assert all(0 < JSON.recognises(data, "x.json", "application/json") < 0.9 for data in (feed, ninjs))


def test_a_record_is_read_again_from_its_text(analysis, tmp_path):
    record = build(analysis)
    document = replace(
        record.document,
        raw="ab" * 32,
        format="html",
        url="https://star.example/1",
        title="Envoys",
        details=(Detail("place", "Dorva"),),
    )
    data = replace(record, document=document).to_json()
    for written in (f"{data}\n{data}\n", json.dumps(json.loads(data), indent=2)):
        found = opened(tmp_path, written.encode())[0]
        kept = ("text", "source", "raw", "format", "url", "title", "details", "syndicated_from", "text_id")
        assert [getattr(found, k) for k in kept[:-1]] == [getattr(document, k) for k in kept[:-1]]
        assert found.dropped == ()
        assert found.published.interval is None  # the dateline in the text says it again
    given = json.loads(data)
    given["document"]["published"] |= {"origin": "given"}
    (found,) = opened(tmp_path, json.dumps(given).encode())
    assert found.published.interval == document.published.interval


def test_a_record_that_is_none_is_named():
    found = read(
        JSON, lines([{"communique": "1", "document": d} for d in ({}, {"text": "Envoys met.", "byline": "Ana"}, {"text": ""})])
    )
    assert [str(f.error).split(";")[0] for f in found] == [
        "table.x#1: a record without document.text",
        "table.x#2: no sound record, for record.byline should be a list",
        "table.x#3: empty",
    ]


def test_a_quotation_mark_that_never_closes_is_named(monkeypatch):
    monkeypatch.setattr("communique.sources.delimited._LARGEST_ROW", 1 << 20)
    data = comma(ROWS) + b'C,2024-05-15,"Envoys' + b" met\n" * 300_000
    rows = DELIMITED.read(Input("table.x", io.BytesIO(data)), Options())
    assert [next(rows).title, next(rows).title] == ["Envoys meet", "Border open"]
    with pytest.raises(InputError, match=r"table\.x#3: a row of more than 1 million characters; look for a quotation mark"):
        next(rows)


def test_a_line_without_end_is_refused():
    with pytest.raises(InputError, match="line 2 is longer than 1 MB"):
        read(JSON, lines(ROWS[:1]) + b'\n{"text": "' + b"x" * (2 << 20), limits=Limits(report=1 << 20))


def test_windows_text_and_a_few_broken_bytes():
    assert read(DELIMITED, b"title,text\nCaf\xe9,Envoys met in the caf\xe9.\n")[0].text == "Envoys met in the café."
    broken = "title,text\nCafé,Envoys – “all” of Köln’s – met.\n".encode() + b"B,The border\xff.\n"
    assert read(DELIMITED, broken)[1].text == "The border\ufffd."


def test_null_bytes_and_ragged_rows_are_read():
    found = read(DELIMITED, b"title,text\nA\nB,Envoys\x00 met,more,still\n,,\n\nC,They left\n")
    assert [type(f) for f in found] == [Failed, Document, Document]
    assert [f.text for f in found[1:]] == ["Envoys\ufffd met", "They left"]


def test_a_heading_alone_is_no_table_of_reports():
    with pytest.raises(InputError, match="without rows"):
        read(DELIMITED, b"title,text\n")
    with pytest.raises(InputError, match="without rows"):
        read(PARQUET, parquet([], schema=pa.schema([("text", pa.string())])))


def test_parquet_of_every_kind_of_column():
    table = pa.table(
        {
            "body": pa.array(["Envoys met.", None], pa.large_string()),
            "source": pa.array([{"name": "Star"}, None]),
            "published": pa.array([1715767200123456789, 2**62], pa.timestamp("ns")),
            "author": pa.array([["Ana Sol", "Ivo Bek"], []]),
            "vector": pa.array([[0.5], [0.25]]),
            "desk": pa.array(["foreign", "home"]).dictionary_encode(),
            "year": pa.array([2024, None]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    found, failed = read(PARQUET, out.getvalue())
    assert (found.publisher, found.byline, found.published.interval.start) == (
        "Star",
        ("Ana Sol", "Ivo Bek"),
        date(2024, 5, 15),
    )
    assert found.details == (Detail("desk", "foreign"), Detail("year", "2024"))
    assert isinstance(failed, Failed)


def test_broken_and_encrypted_parquet_is_refused():
    whole = WRITTEN["Parquet"]
    for data in (whole[:-20], whole[: len(whole) // 2], b"PAR1\x15" + b"\xff" * 500):
        with pytest.raises(InputError, match=r"table\.x: a broken Parquet file"):
            read(PARQUET, data)
    with pytest.raises(InputError, match="encrypted"):
        read(PARQUET, b"PARE" + whole[4:])


def test_parquet_that_unpacks_without_measure_is_refused():
    table = pa.table({"text": ["x" * (400 << 20)]})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", use_dictionary=False, write_statistics=False)
    with pytest.raises(InputError, match="unpack to"):
        read(PARQUET, out.getvalue())


@pytest.mark.parametrize("write", [comma, lines, parquet])
def test_rows_are_read_one_at_a_time(write):
    kind = {comma: DELIMITED, lines: JSON, parquet: PARQUET}[write]
    text = "Envoys of Norland met in Dorva on Monday. " * 50
    rows = [{"title": f"No {n}", "text": f"{n} {text}"} for n in range(10_000)]
    data = write(rows)
    del rows
    stream = Input("table.x", io.BytesIO(data))
    tracemalloc.start()
    seen = sum(isinstance(d, Document) for d in kind.read(stream, Options()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == 10_000
    assert peak < 8 << 20


SEEDS = st.sampled_from(
    [WRITTEN[k] for k in ("comma", "tab", "UTF-16", "JSON Lines", "array laid out", "objects laid out", "Parquet")]
)
KINDS = st.sampled_from([DELIMITED, JSON, PARQUET])


@st.composite
def mutated(draw):
    data = bytearray(draw(SEEDS))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data) - 1))
        piece = draw(st.binary(max_size=4) | st.sampled_from([b'"', b"\n", b"{", b"}]", b"\\", b",", b"\xff\xfe"]))
        data[at : at + draw(st.integers(0, 3))] = piece
    return bytes(data)


@settings(max_examples=300, deadline=None)
@drawn(KINDS, mutated() | st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_reports_or_say_why_not(kind, data):
    assert 0 <= kind.recognises(data, "x", None) <= 1
    try:
        found = read(kind, data)
    except InputError as error:
        assert str(error).startswith("table.x")
        return
    assert all(isinstance(f, (Document, Failed)) for f in found)
    assert all(isinstance(f.error, InputError) for f in found if isinstance(f, Failed))
