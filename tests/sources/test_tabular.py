"""Tables of any form: each row is a report, columns are found or named, and a row that fails stops no other."""

import io
import tracemalloc
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tests.sources.rows import ROWS, WRITTEN, comma, lines, opened, parquet, read

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.tables.delimited import DELIMITED
from communique.sources.tables.json_rows import JSON
from communique.sources.tables.parquet import PARQUET
from communique.types.analysis import Failed
from communique.types.text import Document, Interval


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


@pytest.mark.parametrize("write", [comma, lines, parquet])
def test_a_row_without_text_stops_no_other(write):
    kind = {comma: DELIMITED, lines: JSON, parquet: PARQUET}[write]
    first, failed, last = read(kind, write([ROWS[0], {**ROWS[1], "text": "  "}, ROWS[1]]))
    assert (first.text, last.text) == (ROWS[0]["text"], ROWS[1]["text"])
    assert isinstance(failed, Failed)
    assert str(failed.error).startswith("table.x#2: its column 'text' has no text")


def test_a_heading_alone_is_no_table_of_reports():
    with pytest.raises(InputError, match="without rows"):
        read(DELIMITED, b"title,text\n")
    with pytest.raises(InputError, match="without rows"):
        read(PARQUET, parquet([], schema=pa.schema([("text", pa.string())])))


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
