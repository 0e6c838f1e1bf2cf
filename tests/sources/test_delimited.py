"""Reports as rows of text with signs between their cells: which column is which, and rows that are not sound."""

import io

import pytest
from tests.sources.rows import ROWS, comma, opened, read

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.tables.delimited import DELIMITED
from communique.types.analysis import Failed
from communique.types.text import Detail, Document


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


def test_a_date_of_two_readings_is_kept_in_words():
    found = read(DELIMITED, comma([{"text": "Envoys met.", "date": "03/04/2024", "desk": "foreign"}]))
    assert found[0].published.interval is None
    assert found[0].details == (Detail("published", "03/04/2024"), Detail("desk", "foreign"))


def test_a_quotation_mark_that_never_closes_is_named(monkeypatch):
    monkeypatch.setattr("communique.sources.tables.delimited._LARGEST_ROW", 1 << 20)
    data = comma(ROWS) + b'C,2024-05-15,"Envoys' + b" met\n" * 300_000
    rows = DELIMITED.read(Input("table.x", io.BytesIO(data)), Options())
    assert [next(rows).title, next(rows).title] == ["Envoys meet", "Border open"]
    with pytest.raises(InputError, match=r"table\.x#3: a row of more than 1 million characters; look for a quotation mark"):
        next(rows)


def test_windows_text_and_a_few_broken_bytes():
    assert read(DELIMITED, b"title,text\nCaf\xe9,Envoys met in the caf\xe9.\n")[0].text == "Envoys met in the café."
    broken = "title,text\nCafé,Envoys – “all” of Köln’s – met.\n".encode() + b"B,The border\xff.\n"
    assert read(DELIMITED, broken)[1].text == "The border\ufffd."


def test_null_bytes_and_ragged_rows_are_read():
    found = read(DELIMITED, b"title,text\nA\nB,Envoys\x00 met,more,still\n,,\n\nC,They left\n")
    assert [type(f) for f in found] == [Failed, Document, Document]
    assert [f.text for f in found[1:]] == ["Envoys\ufffd met", "They left"]
