"""RTF: what a document shows is its text, in any code page; groups without end and broken words end in a named error."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import HEAD, Input, Options
from communique.sources.office.documents import RTF
from communique.types.analysis import Failed
from communique.types.text import Detail, Document

SAMPLES = Path(__file__).parent / "samples"


def read(data):
    return list(RTF.read(Input("x.rtf", io.BytesIO(data)), Options()))


def rtf(
    content,
    head=r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Times;}{\f2\fcharset128 Mincho;}}",
):
    data = content if isinstance(content, bytes) else content.encode("ascii")
    return head.encode("ascii") + b"\n" + data + b"}"


def said(content, **options):
    (found,) = read(rtf(content, **options))
    return found.text


def test_recognised_by_its_first_group():
    assert RTF.recognises(rtf("It rained."), "x", None) == 0.95
    assert RTF.recognises(b"It rained {\\rtf1}", "x.rtf", "application/rtf") == 0


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r"It rained.\par In Kesten\line and Lagona.\par\par", "It rained.\n\nIn Kesten\nand Lagona."),
        (r"\ldblquote Caf\'e9\rdblquote\emdash M\u252?ller\rquote s \u8364\'80 5", "“Café”—Müller’s € 5"),
        (r"\f1\'d1\'e0\'f0\'ed\f0 \f2\'93\'fa\'96\'7b", "Сарн日本"),
        (r"{\uc2\u8364ab}{\uc0\u8364}x \u-10179?\u-8704?.", "€€x 😀."),
        (r"half \u-10179?. \u-8704?", "half . \ufffd"),
        (r"A\{b\}\\c\~d\_e\-f", "A{b}\\c d-ef"),
        (r"{\b Norland} opened {\deleted not }it{\v secretly}self.", "Norland opened itself."),
        (r"\deleted Shut.\deleted0 Open.\v Hid\plain den", "Open.den"),
        (
            r"\trowd\intbl State\cell Seats\cell\row\intbl Norland\cell 101\par or so\cell\row\pard Rain.",
            "State\tSeats\n\nNorland\t101\nor so\n\nRain.",
        ),
        (r"It rained.{\footnote By {\i its} count.} And then\par stopped.", "It rained. And then\n\nstopped.\n\nBy its count."),
        (
            r"It{\header Page 1\par}{\*\bkmkstart a}{\*\unknown x{y}} rained{\field{\*\fldinst HYPERLINK x}{\fldrslt  here}}.",
            "It rained here.",
        ),
        (r"It {\pict\pngblip 89504e47{x}}{\object\objemb{\*\objdata 0105}{\result{\pict 00}}}rained.", "It rained."),
        (r"{\upr{It rained.}{\*\ud{It rained.}}}", "It rained."),
        (r"{\stylesheet{\s1 Heading;}}{\info{\title Hidden}{\comment x}}It rained.", "It rained."),
        (r"It rained.}{\par It is out", "It rained."),
        (r"{{{It rained.", "It rained."),
    ],
)
def test_rtf_shows(content, text):
    assert said(content) == text


def test_rtf_passes_over_binary_data_whatever_stands_in_it():
    (found,) = read(rtf(b"It {\\pict\\bin6 }}{\\x}}rained.\\bin9999999 x"))
    assert found.text == "It rained."


def test_rtf_says_of_itself():
    content = (
        r"{\info{\title Caf\'e9 \u8211? 7}{\author Ana Sol}{\creatim\yr2024\mo5\dy13\hr8}{\revtim\yr2024\mo5\dy14}}It rained."
    )
    (found,) = read(rtf(content))
    pairs = [
        ("title", "Café – 7"),
        ("author", "Ana Sol"),
        ("created", "2024-05-13"),
        ("modified", "2024-05-14"),
    ]
    assert found.details == tuple(Detail(*p) for p in pairs)
    assert (found.title, found.format) == (None, "rtf")


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (r"{\rtf1\mac ", "é"),
        (r"{\rtf1\pc ", "Ä"),
        (r"{\rtf1\ansi\ansicpg1251 ", "Ћ"),
        (r"{\rtf1\ansi\ansicpg99999 ", "Ž"),
        (r"{\rtf1 ", "Ž"),
    ],
)
def test_rtf_code_pages(head, text):
    assert said(rb"\'8e", head=head) == text


def test_rtf_groups_within_groups_are_bounded():
    assert said("{" * 900 + "It rained." + "}" * 900) == "It rained."
    with pytest.raises(InputError, match=r"^x\.rtf: groups lie more than 1,000 deep"):
        read(rtf("{" * 100_000))


@pytest.mark.parametrize(
    "piece",
    [r"\'e9", "{}", r"\par ", r"\u8364?", "a", r"{\pict 00}", r"\cell ", r"\b\i0 "],
)
def test_rtf_takes_time_by_its_length(piece):
    begun = time.monotonic()
    said("It rained." + piece * 30_000)
    assert time.monotonic() - begun < 5


def test_empty_rtf_is_named():
    with pytest.raises(InputError, match=r"^x\.rtf: empty"):
        read(rtf(r"\par{\pict 00}"))


SEEDS = [
    rtf(r"{\info{\title A}}\ldblquote Caf\'e9\rdblquote\par\intbl a\cell b\cell\row {\footnote x}\u8364? \bin3 abc{\pict 00}x")
]
WORDS = (
    r"{ } { } \* \par \u-10179? \'e9 \bin5 \info \title \v \uc3 ab \row \cell \fonttbl \f1 \fcharset128 \ansicpg932 \footnote "
    r"\creatim \yr9 \mo5 \intbl \pard \plain \upr \ud \field \fldinst \pict \'".split()
)
SEEDS += [p.read_bytes() for p in sorted(SAMPLES.glob("*.rtf"))]


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 60), st.binary(max_size=30)),
        max_size=8,
    ),
)
def test_mutated_rtf_gives_reports_or_named_errors(seed, changes):
    data = bytearray(seed)
    for at, cut, put in changes:
        data[at : at + cut] = put
    _harmless(bytes(data))


@settings(max_examples=100, deadline=2000)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_order_of_rtf_words_gives_reports_or_named_errors(pieces):
    _harmless(rtf("".join(pieces)))


def _harmless(data):
    assert 0 <= RTF.recognises(data[:HEAD], "x", None) <= 1
    try:
        found = read(data)
    except InputError as error:
        assert str(error).startswith("x.rtf")
    else:
        assert all(isinstance(d, Document | Failed) for d in found)
        assert all(isinstance(d.error, InputError) for d in found if isinstance(d, Failed))
