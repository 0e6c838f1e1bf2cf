"""PDF: what the pages show, in the order of reading; what is no report left out; broken and hostile files refused."""

import importlib.util
import io
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.opener import Opener
from communique.sources.pdf import document as pdf_document
from communique.sources.pdf.apart import Reader
from communique.sources.pdf.report import PDF
from communique.types.text import Detail

_spec = importlib.util.spec_from_file_location("pdf_writer", Path(__file__).with_name("pdf_writer.py"))
pdf_writer = importlib.util.module_from_spec(_spec)
sys.modules["pdf_writer"] = pdf_writer
_spec.loader.exec_module(pdf_writer)
Sheet, write, stream = pdf_writer.Sheet, pdf_writer.write, pdf_writer.stream

FIRST = (
    "Envoys of Norland and Sudria met in Dorva on Monday to speak about the border, which has been shut since the spring, "
    "and about the fish that both catch in the Sarn. They agreed to meet again in a month, said Premier Ana Sol, who led "
    "the talks."
)
SECOND = (
    "The opposition in Sudria called the talks a show. Its leader, Ivo Bek, told Norland Radio that nothing had been signed "
    "and that nothing would be. A vote on the border is expected in the autumn, when the parliament of Sudria sits again in "
    "Lagona."
)
THIRD = (
    "Fishermen on both banks of the Sarn wait. Some of them have sold their boats and moved to the coast, where work is found."
)


def read(data, name="x.pdf"):
    (found,) = PDF.read(Input(name, io.BytesIO(data)), Options())
    return found


def wrapped(text, width=60):
    return textwrap.wrap(text, width)


def test_lines_are_joined_to_paragraphs_told_by_white():
    page = Sheet().line("Border talks go on in Dorva", 72, 720, 18)
    page.lines(wrapped(FIRST), 72, 690).lines(wrapped(SECOND), 72, 690 - 12 * len(wrapped(FIRST)) - 10)
    found = read(write([page]))
    assert found.text == f"Border talks go on in Dorva\n\n{FIRST}\n\n{SECOND}"
    assert (found.format, found.title, found.published.interval) == ("pdf", None, None)


def test_paragraphs_are_told_by_their_first_line():
    page, y = Sheet(), 700
    for text in (FIRST, SECOND, THIRD):
        first, *rest = wrapped(text)
        page.line(first, 84, y).lines(rest, 72, y - 12)
        y -= 12 * (1 + len(rest))
    assert read(write([page])).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def columns_page(rows_first):
    left, right = wrapped(FIRST + " " + SECOND, 44), wrapped(THIRD + " " + FIRST, 44)
    page = Sheet().line("Border talks go on while boats are sold on the banks of the Sarn", 72, 730, 15)
    pieces = [(text, x, 700 - 12 * at) for x, side in ((72, left), (320, right)) for at, text in enumerate(side)]
    if rows_first:
        pieces.sort(key=lambda p: (-p[2], p[1]))
    for text, x, y in pieces:
        page.line(text, x, y, 9.5)
    return page


@pytest.mark.parametrize("rows_first", [False, True])
def test_columns_are_read_one_after_the_other(rows_first):
    found = read(write([columns_page(rows_first)]))
    assert found.text.replace("\n\n", " ") == (
        f"Border talks go on while boats are sold on the banks of the Sarn {FIRST} {SECOND} {THIRD} {FIRST}"
    )


def test_three_columns_below_a_headline_and_a_line_across_their_foot():
    page = Sheet().line("Three voices from the banks of the river Sarn, and what they want", 60, 740, 16)
    for x, text in ((60, FIRST), (230, SECOND), (400, THIRD)):
        page.lines(wrapped(text, 30), x, 700, 9)
    page.line(
        "Those who spoke to the paper did so in Dorva, in Lagona and on the water itself, over two weeks.",
        60,
        400,
        10,
    )
    words = read(write([page])).text.replace("\n\n", " ")
    at = [words.index(w) for w in ("Three voices", FIRST, SECOND, THIRD, "Those who")]
    assert at == sorted(at)


def test_a_table_and_a_list_are_read_by_rows():
    page = Sheet().lines(["Catch", "Norland", "Sudria", "Lagona"], 72, 700).lines(["tons", "1,200", "800", "310"], 300, 700)
    page.lines(["1.", "2.", "3.", "4."], 72, 600, lead=14).lines(
        [f"{w} wants the border open again soon" for w in "ABCD"], 90, 600, lead=14
    )
    text = " ".join(read(write([page])).text.split())
    assert "Norland 1,200" in text
    assert "1. A wants the border open again soon 2. B wants" in text


def headed(number, text):
    page = Sheet().line("THE LAGONA STAR", 72, 760, 9).line(f"{number} May 2031", 480, 760, 9)
    page.lines(wrapped(text), 72, 700)
    return page.line(f"Page {number} of 4", 280, 30, 9).line("All rights with the Star", 72, 42, 8)


def test_headers_and_footers_that_repeat_are_left_out():
    texts = [
        FIRST,
        SECOND,
        THIRD,
        "Boats lie on the banks, and nobody comes to buy them.",
    ]
    found = read(write([headed(n, t) for n, t in enumerate(texts, 1)]))
    assert found.text.replace("\n\n", " ") == " ".join(texts)


def test_a_title_stays_that_later_pages_repeat_in_small():
    title = "Border talks go on"
    pages = [Sheet().line(title, 72, 720, 18).lines(wrapped(FIRST), 72, 690)]
    pages += [
        Sheet().line(title, 72, 760, 8).line(f"- {n} -", 300, 30, 8).lines(wrapped(t), 72, 700)
        for n, t in ((2, SECOND), (3, THIRD))
    ]
    found = read(write(pages))
    assert found.text.startswith(f"{title}\n\n{FIRST}")
    assert found.text.count(title) == 1
    assert "- 2 -" not in found.text


def test_a_page_number_alone_is_left_out_and_a_number_in_the_text_is_not():
    page = Sheet().lines([*wrapped(FIRST), "1999"], 72, 700).line("7", 300, 30)
    assert read(write([page])).text == f"{FIRST}\n\n1999"


def test_a_paragraph_goes_on_over_the_page():
    lines = wrapped(FIRST + " " + SECOND)
    pages = [Sheet().lines(lines[:4], 72, 700), Sheet().lines(lines[4:], 72, 700)]
    assert read(write(pages)).text == f"{FIRST} {SECOND}"


def test_words_that_a_line_end_cut_are_mended():
    lines = [
        "The parlia-",
        "ment of Sudria, a well-",
        "known house, heard the self-",
        "styled envoy of the Sudria-",
        "Norland league from 2029-",
        "2031.",
    ]
    assert read(write([Sheet().lines(lines, 72, 700)])).text == (
        "The parliament of Sudria, a well-known house, heard the self-styled envoy of the Sudria-Norland league from 2029-2031."
    )


def test_a_hyphen_stays_where_the_report_has_it_elsewhere():
    lines = [
        "A door-",
        "keeper and another door-keeper met a key-",
        "holder there, one keyholder of two, in DOR-",
        "VA, and Dorva paid.",
    ]
    assert read(write([Sheet().lines(lines, 72, 700)])).text == (
        "A door-keeper and another door-keeper met a keyholder there, one keyholder of two, in DORVA, and Dorva paid."
    )


def test_words_set_apart_by_place_alone_and_letters_set_wide():
    page = Sheet()
    for at, word in enumerate(["Envoys", "of", "Norland", "met", "in", "Dorva"]):
        page.line(word, 72 + 64 * at, 700, 12, "C")
    page.line("They spoke of fish and of the border for two days.", 72, 684, 12, spacing=4)
    words = " ".join(read(write([page])).text.split())
    assert words == "Envoys of Norland met in Dorva They spoke of fish and of the border for two days."


@pytest.mark.parametrize(
    ("turned", "matrix", "place"),
    [
        (90, "0 1 -1 0", lambda x, y: (612 - y, x)),
        (180, "-1 0 0 -1", lambda x, y: (612 - x, 792 - y)),
        (270, "0 -1 1 0", lambda x, y: (y, 792 - x)),
    ],
)
def test_pages_that_are_shown_turned(turned, matrix, place):
    page = Sheet(turned)
    for at, text in enumerate(wrapped(FIRST)):
        page.line(text, *place(72, 500 - 12 * at), matrix=matrix)
    assert read(write([page])).text == FIRST


def test_a_stamp_across_the_page_is_left_out():
    page = Sheet().lines(wrapped(FIRST), 72, 700).line("CONFIDENTIAL", 200, 640, 40, matrix="0.7 0.7 -0.7 0.7")
    assert read(write([page])).text == FIRST


def test_what_the_file_says_of_itself():
    said = {
        "Title": "Border talks go on",
        "Author": "Ana Sol; Ivo Bek and root",
        "Subject": "Talks",
        "Keywords": "border, fish",
        "CreationDate": "D:20310512103000+02'00'",
        "ModDate": "D:2031",
    }
    found = read(write([Sheet().lines(wrapped(FIRST), 72, 700)], said))
    assert (found.title, found.byline, found.published.interval) == (
        "Border talks go on",
        ("Ana Sol", "Ivo Bek"),
        None,
    )
    assert found.details == (
        Detail("subject", "Talks"),
        Detail("keywords", "border, fish"),
        Detail("created", "2031-05-12"),
    )
    assert (
        read(
            write(
                [Sheet().lines(wrapped(FIRST), 72, 700)],
                {"Title": "Microsoft Word - talks.docx"},
            )
        ).title
        is None
    )


def test_pictures_of_pages_are_refused_and_said_of_some():
    with pytest.raises(InputError, match=r"x\.pdf: its pages \(2\) show no text, .*OCR"):
        read(write([Sheet(), Sheet()]))
    found = read(write([Sheet().lines(wrapped(FIRST), 72, 700), Sheet()]))
    assert found.details == (Detail("pages without text", "2"),)


def test_an_encrypted_file_is_refused():
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>/ID[<00><00>]"
    with pytest.raises(InputError, match=r"x\.pdf: encrypted; save it without a password"):
        read(write([Sheet().lines(wrapped(FIRST), 72, 700)], trailer=locked))


def test_a_broken_table_of_objects_is_mended():
    whole = write([Sheet().lines(wrapped(FIRST), 72, 700)])
    at = whole.index(b"xref\n")
    assert read(whole[:at] + whole[at:].replace(b"0000", b"9999")).text == FIRST


def test_a_truncated_file_is_refused_or_read_as_far_as_it_goes():
    whole = write([headed(n, t) for n, t in enumerate([FIRST, SECOND, THIRD], 1)])
    for size in range(0, len(whole), 97):
        try:
            read(whole[:size])
        except InputError as error:
            assert str(error).startswith("x.pdf: ")
    with pytest.raises(InputError, match="a broken PDF"):
        read(b"%PDF-1.7\n" + b"nothing" * 50)


def laughs(depth):
    """A page of ten times what is ten times what is … one line."""
    drawn = [
        b"BT /H 10 Tf 72 700 Td (Envoys met in Dorva.) Tj ET",
        *(b"/X%d Do " % n * 10 for n in range(depth)),
    ]
    known = [b"/X%d %d 0 R" % (n, n + 6) for n in range(depth + 1)]
    more = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</H 3 0 R>>/XObject<<" + b" ".join(known) + b">>>>"
    page = Sheet()
    page.drawn.append(b"/X%d Do" % depth)
    return write([page], extra=[stream(d, more=more) for d in drawn], fonts=known)


def test_what_draws_without_end_is_stopped(monkeypatch):
    with pytest.raises(InputError, match="page 1 has more than 100,000 characters"):
        read(laughs(4))
    monkeypatch.setattr("communique.sources.pdf.report._READER", Reader(seconds=2))
    with pytest.raises(
        InputError,
        match=r"x\.pdf: (takes longer than 2 seconds|breaks down what reads PDF)",
    ):
        read(laughs(9))
    assert read(write([Sheet().lines(wrapped(FIRST), 72, 700)])).text == FIRST


def test_what_unpacks_without_measure_stays_in_its_bounds():
    page = Sheet().lines(wrapped(FIRST), 72, 700)
    page.drawn.append(b" " * (100 << 20))
    try:
        assert read(write([page])).text == FIRST
    except InputError as error:
        assert "breaks down" in str(error)


def test_too_many_pages_and_characters_are_refused(monkeypatch):
    page = Sheet().lines(wrapped(FIRST), 72, 700)
    for name, most, words in (
        ("_MOST_PAGES", 2, "3 pages, of which 2 are read; split it"),
        ("_MOST_CHARACTERS", 500, "more than 500 characters up to page 3; split it"),
        ("_MOST_ON_PAGE", 100, "page 1 has more than 100 characters"),
    ):
        with monkeypatch.context() as patched, pytest.raises(InputError, match=words):
            patched.setattr(pdf_document, name, most)
            pdf_document.take(io.BytesIO(write([page] * 3)), "x.pdf")


def test_is_recognised_by_its_first_bytes(tmp_path):
    data = write([Sheet().lines(wrapped(FIRST), 72, 700)])
    path = tmp_path / "talks.txt"
    for before in (b"", b"\xef\xbb\xbf", b"HTTP rest\r\n"):
        path.write_bytes(before + data)
        (found,) = Opener().open(path)
        assert (found.format, found.text) == ("pdf", FIRST)
    assert (
        PDF.recognises(
            b"What %PDF-1.7 means for an archive, an obj of study",
            "x.pdf",
            "application/pdf",
        )
        == 0
    )


SEEDS = [write([headed(1, FIRST), columns_page(True)], {"Title": "Talks"}, packed=p) for p in (True, False)]


@st.composite
def mutated(draw):
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(data) - 1))
        data[at : at + draw(st.integers(0, 6))] = draw(
            st.binary(max_size=6) | st.sampled_from([b"<<", b">>", b" 0 R", b"99999999", b"-1"])
        )
    return bytes(data)


@settings(max_examples=150, deadline=None)
@drawn(mutated() | st.binary(max_size=200).map(lambda b: b"%PDF-1.4\n" + b))
def test_any_bytes_give_a_report_or_say_why_not(data):
    assert 0 <= PDF.recognises(data, "x", None) <= 1
    try:
        assert pdf_document.take(io.BytesIO(data), "x.pdf").text.strip()
    except InputError as error:
        assert str(error).startswith("x.pdf: ")
