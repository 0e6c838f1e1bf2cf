"""DOCX: what a document shows is its text, and bombs, nesting and broken files end in a named error."""

import io
import time
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import HEAD, Input, Limits, Options
from communique.sources.office.documents import DOCX
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Detail, Document

SAMPLES = Path(__file__).parent / "samples"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(*paragraphs, change=None):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if change is not None:
        change(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def replaced(data, member, content):
    """The archive with another content of one member."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), member}:
            new.writestr(name, content if name == member else old.read(name))
    return found.getvalue()


def body(content):
    return f"<?xml version='1.0'?><w:document {W}><w:body>{content}</w:body></w:document>".encode()


def read(data, **limits):
    return list(DOCX.read(Input("x.docx", io.BytesIO(data)), Options(limits=Limits(**limits))))


def test_paragraphs_headings_and_tables_in_their_order():
    def change(document):
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (c for r in table.rows for c in r.cells),
            ("State", "Seats", "Norland", "101"),
            strict=True,
        ):
            cell.text = text
        document.add_paragraph("It rained.\tIn Kesten\nand Lagona.")
        document.core_properties.title = "Draft 7"
        document.core_properties.author = "Ana Sol"
        document.core_properties.created = datetime(2024, 5, 13, 8)

    data = written(
        change=lambda d: (
            d.add_heading("Border reopens", 1),
            d.add_paragraph("Norland did so."),
            change(d),
        )
    )
    (found,) = read(data)
    assert (
        found.text == "Border reopens\n\nNorland did so.\n\nState\tSeats\n\nNorland\t101\n\nIt rained.\tIn Kesten\nand Lagona."
    )
    assert (found.title, found.format) == ("Border reopens", "docx")
    assert {
        Detail("title", "Draft 7"),
        Detail("author", "Ana Sol"),
        Detail("created", "2024-05-13"),
    } <= {*found.details}
    assert found.published.interval is None  # a file's day is not a report's


def test_a_title_among_the_properties_is_taken_when_the_document_shows_it():
    (found,) = read(
        written(
            "Border Reopens",
            "It rained.",
            change=lambda d: setattr(d.core_properties, "title", "Border reopens"),
        )
    )
    assert found.title == "Border reopens"
    assert "title" not in {d.key for d in found.details}


def test_tracked_deletions_and_hidden_words_are_left_out_and_insertions_kept():
    runs = (
        '<w:r><w:t xml:space="preserve">Norland </w:t></w:r>',
        "<w:del w:id='1'><w:r><w:delText>shut </w:delText></w:r></w:del>",
        '<w:ins w:id="2"><w:r><w:t xml:space="preserve">opened </w:t></w:r></w:ins>',
        "<w:moveFrom w:id='3'><w:r><w:t>there </w:t></w:r></w:moveFrom>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>",
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>it</w:t></w:r>",
        "<w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:t>self.</w:t></w:r>",
    )
    content = f"<w:p>{''.join(runs)}</w:p>"
    (found,) = read(replaced(written("x"), "word/document.xml", body(content)))
    assert found.text == "Norland opened it-self."


def test_text_boxes_are_said_once_and_notes_stand_at_the_end():
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f'<mc:Choice Requires="wps">{box}</mc:Choice>'
    both = f"<mc:AlternateContent {mc}>{choice}<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    notes = (
        f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>By its own count.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    data = replaced(
        written("x"),
        "word/document.xml",
        body(f"<w:p><w:r><w:t>It rained.</w:t></w:r>{both}</w:p>"),
    )
    (found,) = read(replaced(data, "word/footnotes.xml", notes))
    assert found.text == "In a box.\n\nIt rained.\n\nBy its own count."


def test_a_table_in_a_cell_is_part_of_its_row():
    def change(document):
        cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
        cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "101"
        cell.paragraphs[0].text = "Seats"

    assert read(written("Norland", change=change))[0].text == "Norland\n\nSeats\t101"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = body("<w:p><w:r><w:t>" + " " * (100 << 20) + "</w:t></w:r></w:p>")
    begun = time.monotonic()
    with pytest.raises(
        InputError,
        match=r"^x\.docx: unpacks to far more than a document holds \(100 MB\); it may be a bomb$",
    ):
        read(replaced(written("x"), "word/document.xml", bomb))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")[21:],
            "entities",
        ),
        (
            b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")[21:],
            "entities",
        ),
        (body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "well-formed"),
        (body("<w:p><w:r><w:t>It rained.")[:-30], "well-formed"),
        (b"\0" * 100, "well-formed"),
        (b"", "well-formed"),
        (body("<w:p/>"), "empty"),
    ],
)
def test_hostile_and_broken_text_is_named(content, words):
    with pytest.raises(InputError, match=words) as caught:
        read(replaced(written("x"), "word/document.xml", content))
    assert str(caught.value).startswith("x.docx")


def test_an_archive_that_is_broken_encrypted_or_no_document():
    data = written("It rained.")
    for broken in (data[:-40], data[:2000], data.replace(b"PK\x01\x02", b"PK\x01\x03")):
        with pytest.raises(InputError, match=r"^x\.docx: broken or encrypted"):
            read(broken)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("word/other.xml", "x")
    with pytest.raises(InputError, match="without the text of a document"):
        read(empty.getvalue())
    with pytest.raises(InputError, match="larger than"):
        read(data, report=1000)


def test_properties_that_are_broken_do_not_stop_the_text():
    (found,) = read(replaced(written("It rained."), "docProps/core.xml", b"<broken"))
    assert (found.text, found.details) == ("It rained.", ())


def test_recognised_by_content():
    data = written("It rained.")
    assert DOCX.recognises(data[:HEAD], "x", None) == 0.95
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.docx", data)
    assert DOCX.recognises(other.getvalue()[:HEAD], "x.docx", None) == 0


def test_opened_by_what_they_are(tmp_path):
    for name, data in (
        ("a.txt", written("It rained.")),
        ("b.docx", rb"{\rtf1 It rained.\par}"),
    ):
        (tmp_path / name).write_bytes(data)
    found = list(Opener().open(str(tmp_path)))
    assert [(d.format, d.text) for d in found] == [
        ("docx", "It rained."),
        ("rtf", "It rained."),
    ]


def test_a_large_download_in_bounded_time():
    report = (SAMPLES / "nexis-uni.txt").read_text().partition("Narrowed by")[2].partition("Norhaven)\n")
    one = (
        "Norland and Sudria sign\nThe Post (" + report[1] + report[2].partition("End of Document")[0] + "End of Document\n"
    ).splitlines()
    paragraphs = "".join(
        f"<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr><w:t>{line}</w:t></w:r></w:p>" for line in one if line
    ).replace("&", "and")
    data = replaced(written("x"), "word/document.xml", body(paragraphs * 200))
    begun = time.monotonic()
    found = read(data)
    assert len(found) == 200
    assert all(isinstance(d, Document) for d in found)
    assert time.monotonic() - begun < 15


SMALL = written("It rained.", "In Kesten.")
XML = zipfile.ZipFile(io.BytesIO(SMALL)).read("word/document.xml")


@settings(max_examples=100, deadline=2000)
@given(
    st.lists(
        st.tuples(st.integers(0, 40_000), st.integers(0, 60), st.binary(max_size=30)),
        max_size=4,
    )
)
def test_mutated_docx_gives_reports_or_named_errors(changes):
    data = bytearray(SMALL)
    for at, cut, put in changes:
        data[at : at + cut] = put
    _harmless(bytes(data))


@settings(max_examples=100, deadline=2000)
@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 60), st.binary(max_size=30)),
        min_size=1,
        max_size=4,
    )
)
def test_mutated_xml_in_docx_gives_reports_or_named_errors(changes):
    data = bytearray(XML)
    for at, cut, put in changes:
        data[at : at + cut] = put
    _harmless(replaced(SMALL, "word/document.xml", bytes(data)))


def _harmless(data):
    assert 0 <= DOCX.recognises(data[:HEAD], "x", None) <= 1
    try:
        found = read(data)
    except InputError as error:
        assert str(error).startswith("x.docx")
    else:
        assert all(isinstance(d, Document | Failed) for d in found)
        assert all(isinstance(d.error, InputError) for d in found if isinstance(d, Failed))
