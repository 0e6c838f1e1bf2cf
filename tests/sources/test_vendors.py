"""The vendors' downloads: samples after their real forms give exactly what stands beside them, and no bytes do harm."""

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.expected import told

from communique.errors import InputError
from communique.sources.inputs import HEAD, Input, Limits, Options
from communique.sources.opener import Opener
from communique.sources.vendors.formats import (
    FACTIVA_DOWNLOAD,
    NEXIS_DOWNLOAD,
    PROQUEST_DOWNLOAD,
    split,
    vendor_of,
)
from communique.types.analysis import Failed
from communique.types.text import Document

FORMATS = (NEXIS_DOWNLOAD, FACTIVA_DOWNLOAD, PROQUEST_DOWNLOAD)
VENDORS = tuple(f.name for f in FORMATS)
SAMPLES = sorted(
    p for p in (Path(__file__).parent / "samples").iterdir() if p.name.startswith(VENDORS) and not p.name.endswith(".json")
)
PLAIN = [p for p in SAMPLES if p.suffix in {".txt", ".html"}]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


def read(text, form=None, name="x.txt"):
    data = text if isinstance(text, bytes) else text.encode()
    form = form or max(FORMATS, key=lambda f: f.recognises(data[:HEAD], name, None))
    return list(form.read(Input(name, io.BytesIO(data)), Options()))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_gives_what_stands_beside_it(path):
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    assert [told(d) for d in Opener().open(str(path))] == expected


@pytest.mark.parametrize("path", PLAIN, ids=lambda p: p.name)
def test_a_sample_is_recognised_by_its_content_alone(path):
    head = path.read_bytes()[:HEAD]
    scores = {f.name: f.recognises(head, "x", None) for f in FORMATS}
    assert max(scores, key=scores.__getitem__) == path.name.split("-")[0].split(".")[0]
    assert sorted(scores.values())[:2] == [0.0, 0.0]


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_kind_of_file_gives_the_same_reports(vendor):
    by_stem = {}
    for path in SAMPLES:
        if path.name.startswith(vendor) and path.suffix != ".html":
            texts = [d.text for d in Opener().open(str(path)) if isinstance(d, Document)]
            by_stem.setdefault(path.stem, []).append(texts)
    assert any(len(kinds) > 1 for kinds in by_stem.values())
    assert all(kind == kinds[0] for kinds in by_stem.values() for kind in kinds)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_a_report_by_itself_is_no_download(path):
    assert [f.recognises(path.read_bytes()[:HEAD], "x", None) for f in FORMATS] == [
        0.0,
        0.0,
        0.0,
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends_do_not_matter(encoding):
    text = next(p for p in PLAIN if p.name == "factiva-shown.txt").read_text("utf-8").replace("Marsh", "Mårsh")
    found = read(text.replace("\n", "\r\n").encode(encoding))
    assert [d.title for d in found] == [
        "Chamber of Norland passes budget by one vote",
        "Sudria buys grain from Norland",
    ]
    assert "Leo Mårsh" in found[0].text


def test_a_page_is_read_in_the_encoding_that_it_says_unless_it_is_utf8():
    page = next(p for p in PLAIN if p.name == "factiva-indexed.html").read_text("utf-8")
    lying = page.replace("UTF-8", "iso-8859-1")
    assert read(lying)[0].title == read(page)[0].title == "Café owners of Lagona strike"
    assert read(lying.encode("latin-1"))[0].title == "Café owners of Lagona strike"


NEXIS = """The crossing of Kesten

Sudria Courier

{date}

Copyright 2024 Courier Printing House All Rights Reserved

Length: {length} words

Body


{body}

Load-Date: May 16, 2024


End of Document
"""


def test_a_single_report_of_nexis_is_a_download_too():
    text = NEXIS.format(
        date="May 2024",
        length=9,
        body="Lorries crossed at Kesten again.\n\nThe customs house stays open.",
    )
    (found,) = read(text)
    assert found.text == "The crossing of Kesten\n\nLorries crossed at Kesten again.\n\nThe customs house stays open."
    assert found.published.interval.start.isoformat() == "2024-05-16"  # the load date, as a month is no day
    assert found.publisher == "Sudria Courier"


def test_a_count_of_words_that_is_far_off_fails_with_number_and_title_and_the_next_goes_on():
    short = NEXIS.format(date="May 16, 2024 Thursday", length=640, body="Lorries crossed.")
    sound = NEXIS.format(date="May 16, 2024 Thursday", length="1,0", body="Lorries crossed.")
    failed, found = read(short + sound)
    assert isinstance(failed, Failed)
    assert str(failed.error) == (
        'x.txt#1: report 1 ("The crossing of Kesten") has 2 words, 640 by the vendor\'s count; download it again, or alone'
    )
    assert found.source == "x.txt#2"


def test_paragraphs_that_begin_like_fields_or_dates_stay_in_nexis():
    said = (
        "Language: that was what they argued about.\n\nNotes\n\n"
        + "It rained.\n\n" * 15
        + "Graphic\n\nA bridge.\n\nClassification"
    )
    text = NEXIS.format(date="May 16, 2024 Thursday", length=44, body=said).replace(
        "The crossing of Kesten", "May 2024 in Kesten"
    )
    (found,) = read(text)
    assert (found.title, found.publisher, found.published.interval.start.day) == ("May 2024 in Kesten", "Sudria Courier", 16)
    assert found.text.startswith("May 2024 in Kesten\n\nLanguage: that was what they argued about.\n\nNotes\n\nIt rained.")
    assert found.text.endswith("It rained.")
    assert ("graphic", "A bridge.") in {(d.key, d.value) for d in found.details}


def test_paragraphs_that_begin_like_fields_stay_in_numbered_nexis():
    more = "NOTES: one was passed on.\n\nIt rained.\n\nCopyright is not at stake."
    text = (SAMPLES[0].parent / "nexis-numbered.txt").read_text("utf-8").replace('"We have', f'{more}\n\n"We have')
    found = read(text)[0]
    assert f"\n\n{more}\n\n" in found.text
    assert found.text.endswith("end of the week.")


PROQUEST = """Report Information from ProQuest

Document 1 of 1

Norland sends doctors

Sol, Ana. The Norhaven Post; Norhaven. 15 May 2024.

ProQuest document link

ABSTRACT (ENGLISH)

Norland sent doctors.

FULL TEXT

Norland sent forty doctors to Sudria.

A second team leaves on Friday.

DETAILS

Subject:\tFloods
Publication title:\tThe Norhaven Post; Norhaven
Publication date:\tMay 15, 2024
ProQuest document ID:\t3012345678
"""


def test_headings_in_capitals_in_proquest():
    (found,) = read(PROQUEST)
    assert found.text == "Norland sends doctors\n\nNorland sent forty doctors to Sudria.\n\nA second team leaves on Friday."
    assert (found.publisher, found.published.interval.start.day) == ("The Norhaven Post", 15)
    assert [(d.key, d.value) for d in found.details] == [
        ("abstract", "Norland sent doctors."),
        ("subject", "Floods"),
        ("guid", "3012345678"),
    ]


def test_what_breaks_off_is_read_so_far():
    whole = NEXIS.format(date="May 16, 2024", length=5, body="Lorries crossed at Kesten again.")
    found = read(whole + whole[: whole.index(" again")])
    assert [d.text.partition("\n\n")[2] for d in found] == [
        "Lorries crossed at Kesten again.",
        "Lorries crossed at Kesten",
    ]


FACTIVA = """{head}
{title}
120 words
15 May 2024
Sudria Courier
SUDCOU
English
Copyright 2024. Courier Printing House.

{body}

Document SUDCOU0020240515ek5f0000{n}
"""


@pytest.mark.parametrize(
    ("head", "byline", "section"),
    [
        ("", (), None),
        ("World", (), "World"),
        ("Grain deal, The Norhaven Post, 14 May 2024, 300 words, (English)", (), None),
    ],
)
def test_lines_above_the_title_in_factiva(head, byline, section):
    body = "Sudria bought grain from Norland. " * 24
    (found,) = read(FACTIVA.format(head=head, title="Sudria buys grain from Norland once more", body=body, n=1))
    assert found.title == "Sudria buys grain from Norland once more"
    assert found.byline == byline
    assert next((d.value for d in found.details if d.key == "section"), None) == section


def test_a_name_below_the_title_is_the_byline_in_factiva():
    text = FACTIVA.format(
        head="Sudria buys grain from Norland once more",
        title="Ana Sol",
        body="It did so. " * 40,
        n=1,
    )
    (found,) = read(text)
    assert (found.title, found.byline) == (
        "Sudria buys grain from Norland once more",
        ("Ana Sol",),
    )


def test_a_list_without_reports_is_an_error_that_says_so():
    with pytest.raises(
        InputError,
        match=r"x\.txt: begins as a download of nexis does, but holds no report; download the full",
    ):
        read("User Name: A\nDate and Time: Friday, May 17, 2024\nJob Number: 22\nDocuments (1)\n1. Letters\nClient/Matter: -\n")


def test_a_paragraph_that_begins_like_a_field_stays():
    found = Opener().open(str(next(p for p in PLAIN if p.name == "proquest.txt")))
    assert "\n\nSection: that is the name" in next(found).text


def test_many_reports_are_read_in_good_time():
    body = "Lorries crossed at Kesten again on Thursday, and the customs house stayed open.\n\n" * 40
    text = NEXIS.format(date="May 16, 2024 Thursday", length=520, body=body) * 200
    begun = time.monotonic()
    found = read(text)
    assert len(found) == 200
    assert all(isinstance(d, Document) for d in found)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "piece",
    [
        "HD ",
        "Author: a",
        "1 of 9 DOCUMENTS ",
        "_",
        "BYLINE: A in B",
        "9 words",
        "Document A",
        "  ",
    ],
)
def test_lines_without_end_take_no_longer_than_their_length(piece):
    begun = time.monotonic()
    for form in FORMATS:
        for line in (piece * 20_000, "Full text: x\nAuthor: " + piece * 20_000):
            try:
                list(split(form.vendor, [*line.split("\n"), "1 of 1 DOCUMENTS", line], "x"))
            except InputError:
                continue
    assert time.monotonic() - begun < 10


def test_a_page_of_more_marks_than_a_download_has_is_refused():
    page = b"<html><title>Factiva</title>" + b"<b>" * 1_100_000
    with pytest.raises(InputError, match=r"^x\.html: .*marks"):
        read(page, FACTIVA_DOWNLOAD, "x.html")


def test_more_bytes_than_a_report_may_have_are_refused():
    with pytest.raises(InputError, match="larger than"):
        list(
            NEXIS_DOWNLOAD.read(
                Input("x", io.BytesIO(b"x" * (2 << 20))),
                Options(limits=Limits(report=1 << 20)),
            )
        )


def test_halves_of_surrogate_pairs_fail_alone():
    text = NEXIS.format(date="May 16, 2024", length=5, body="Lorries crossed at Kesten again.")
    lines = (text + text.replace("again", "ag\ud83din") + text).splitlines()
    found = list(split(vendor_of(lines), lines, "x"))
    assert [isinstance(d, Failed) for d in found] == [False, True, False]
    assert "surrogate" in str(found[1].error)


SEEDS = [p.read_bytes() for p in PLAIN]


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(0, 6000), st.integers(0, 300), st.binary(max_size=40)),
        max_size=6,
    ),
)
def test_mutated_samples_give_reports_or_named_errors(seed, changes):
    data = bytearray(seed)
    for at, cut, put in changes:
        data[at : at + cut] = put
    _harmless(bytes(data))


@settings(max_examples=80, deadline=2000)
@given(
    st.lists(
        st.sampled_from([line for seed in SEEDS for line in seed.splitlines()]),
        max_size=60,
    )
)
def test_shuffled_lines_give_reports_or_named_errors(lines):
    _harmless(b"\n".join(lines))


@settings(max_examples=80, deadline=2000)
@given(st.binary(max_size=2000))
def test_arbitrary_bytes_give_reports_or_named_errors(data):
    _harmless(data)


def _harmless(data):
    for form in FORMATS:
        assert 0 <= form.recognises(data[:HEAD], "x", None) <= 1
        try:
            found = list(form.read(Input("x", io.BytesIO(data)), Options()))
        except InputError as error:
            assert str(error).startswith("x")
        else:
            assert all(isinstance(d, Document | Failed) for d in found)
            assert all(isinstance(d.error, InputError) for d in found if isinstance(d, Failed))
