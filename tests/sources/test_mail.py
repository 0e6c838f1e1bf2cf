"""Mail and mailboxes: the body, what is attached, messages in messages; nothing that is sent does harm."""

import io
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import HEAD, Input, Limits, Options
from communique.sources.mail import MAIL, MBOX
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Detail

SAMPLES = Path(__file__).parent / "samples"
HEADER = "Message-ID: <1@press.example>\nFrom: Norland Press <brief@press.example>\nTo: a@b.example\nSubject: Border reopens\n"
PLAIN = HEADER + "Date: Mon, 13 May 2024 08:00:01 +0200\nContent-Type: text/plain; charset={charset}\n\n"


def message(header, body=b"", charset="utf-8"):
    return header.format(charset=charset).encode() + body


def read(data, form=MAIL, **limits):
    return list(form.read(Input("x.eml", io.BytesIO(data)), Options(limits=Limits(**limits))))


def opened(name):
    return list(Opener().open(str(SAMPLES / name)))


def test_a_newsletter_gives_its_page_with_what_the_header_says():
    (found,) = opened("newsletter.eml")
    assert found.format == "html"
    assert found.text.startswith("Border with Sudria reopens\n\nNorland reopened its border")
    assert "“a good day for both banks”. The café owners" in found.text  # it says that it is Latin-1, and is UTF-8
    assert found.publisher == "Norland Press – Brief"
    assert found.published.interval.start == date(2024, 5, 13)
    assert Detail("guid", "20240513.1@press.example") in found.details
    assert Detail("list", "Morning Brief <brief.press.example>") in found.details
    (body,) = read((SAMPLES / "newsletter.eml").read_bytes())
    assert (body.media, body.charset) == ("text/html", "iso-8859-1")
    assert body.given.title == "Morning brief: border reopens – at last"


def test_attachments_that_can_be_read_and_messages_within_are_reports_of_their_own():
    body, attached, inner = opened("forwarded.eml")
    assert body.text == "The papers are below – all three, said Müller.\n"
    assert (body.title, body.publisher, body.published.interval.start) == (
        "For the record",
        "Ana Sol",
        date(2024, 5, 16),
    )
    assert attached.source.endswith("forwarded.eml#sailors.txt")
    assert attached.title is None  # what the letter is called is not what its attachments are
    assert (inner.title, inner.publisher, inner.published.interval.start) == (
        "Grain deal signed",
        "Sudria Courier",
        date(2024, 5, 15),
    )


def test_what_is_attached_and_no_report_is_named():
    body = opened("forwarded.eml")[0]
    assert [d.value for d in body.details if d.key == "associated"] == ["logo.png"]


def test_a_page_saved_as_mail_has_its_address_and_is_not_dated_by_its_saving():
    header = HEADER.replace("Norland Press <brief@press.example>", "<Saved by Blink>")
    saved = "Snapshot-Content-Location: https://star.example/a\nMIME-Version: 1.0\nDate: Mon, 13 May 2024 08:00:01 -0000\n"
    (found,) = read((header + saved + "Content-Type: text/html\n\n<p>It rained.</p>").encode())
    assert (found.given.url, found.given.published, found.given.publisher) == ("https://star.example/a", None, None)
    assert Detail("captured", "2024-05-13") in found.given.details


def test_a_mailbox_gives_its_messages_with_what_was_guarded_undone():
    first, second = opened("letters.mbox")
    assert "\n\nFrom Kesten, the first lorries left at dawn.\n\nFrom the far bank came cheers, a guard said.\n" in first.text
    assert (second.title, second.publisher) == ("Chamber votes", None)
    assert Detail("from", "courier@courier.example") in second.details


@pytest.mark.parametrize(
    ("name", "mail", "mbox"),
    [
        ("newsletter.eml", 0.95, 0),
        ("forwarded.eml", 0.95, 0),
        ("letters.mbox", 0, 0.95),
        ("nexis-uni.txt", 0, 0),
        ("proquest.txt", 0, 0),
    ],
)
def test_recognised_by_header_lines(name, mail, mbox):
    head = (SAMPLES / name).read_bytes()[:HEAD]
    assert (MAIL.recognises(head, "x", None), MBOX.recognises(head, "x", None)) == (
        mail,
        mbox,
    )


def test_a_report_that_begins_with_a_word_and_a_colon_is_no_mail():
    for text in (
        b"Date: 15 May 2024\nNorland reopened its border.",
        b"Norland: border open\n\nIt rained.",
        b"From Lagona: rain\n",
    ):
        assert MAIL.recognises(text, "x.txt", None) == 0
        assert MBOX.recognises(text, "x.txt", None) == 0


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("koi8-r", "utf-8"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "latin-1"),
        ("utf-8", "cp1252"),
        ("no-such-thing", "cp1252"),
        ("../../etc/passwd", "utf-8"),
    ],
)
def test_encodings_that_are_said_rightly_and_wrongly(charset, encoding):
    text = "The café owners of Kesten, said Müller, expect more guests than in all the years before.\n"
    (found,) = read(message(PLAIN, text.encode(encoding), charset))
    assert found.stream.read().decode() == text


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?B?Qm9yZGVyIHJlb3BlbnM=?=",
        "=?utf-8?Q?Border_reopens?=",
        "Border\n reopens",
    ],
)
def test_subjects(subject):
    (found,) = read(message(PLAIN.replace("Border reopens", subject), b"It rained."))
    assert found.given.title == "Border reopens"


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?B?Qm9?=",
        "=?no-such?Q?=FF?=",
        "=?utf-8?Q?=FF=FE?=",
        "\xff\xfe",
        "=?" * 5000,
    ],
)
@pytest.mark.parametrize(
    "day",
    ["not a day", "Mon, 99 May 2024 99:99:99 +9999", "Mon, 13 May 99999 08:00:00", ""],
)
def test_broken_header_lines_leave_the_text(subject, day):
    header = PLAIN.replace("Border reopens", subject).replace("Mon, 13 May 2024 08:00:01 +0200", day)
    (found,) = read(header.encode("latin-1").replace(b"{charset}", b"utf-8") + b"It rained in Lagona.\n")
    assert found.stream.read() == b"It rained in Lagona.\n"
    assert found.given.published is None


def test_a_message_without_text_says_so():
    with pytest.raises(
        InputError,
        match=r"^x\.eml: a message without text; give one that holds a report$",
    ):
        read(message(HEADER + "Content-Type: image/png\n\n", b"\x89PNG"))


def nested(levels, inner=b"Content-Type: text/plain\n\nIt rained.\n"):
    for n in range(levels):
        inner = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n%b\n--b%d--\n' % (n, n, inner, n)
    return HEADER.encode() + inner


def test_parts_that_lie_deep_are_named_and_what_stands_above_is_read():
    (found,) = read(nested(10))
    assert found.stream.read().strip() == b"It rained."
    with pytest.raises(InputError, match="without text"):
        read(nested(30))
    both = nested(
        1,
        b"Content-Type: text/plain\n\nIt rained.\n--b0\n" + nested(30).partition(b"reopens\n")[2].replace(b"b0", b"c0"),
    )
    failed, body = read(both)
    assert isinstance(failed, Failed)
    assert "more than 20 deep" in str(failed.error)
    assert body.stream.read().strip() == b"It rained."


@pytest.mark.parametrize("data", [nested(400), HEADER.encode() + b"\n" + b"\n" * 1_100_000])
def test_more_parts_or_lines_than_a_letter_has_are_refused(data):
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"^x\.eml: a message of more than"):
        read(data)
    assert time.monotonic() - begun < 5


def test_messages_in_messages_end_at_the_depth_of_archives(tmp_path):
    inner = message(PLAIN, b"It rained.\n")
    for _ in range(8):
        inner = HEADER.encode() + b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + inner
    (tmp_path / "x.eml").write_bytes(inner)
    (found,) = Opener().open(str(tmp_path / "x.eml"))
    assert isinstance(found, Failed)
    assert "archives" in str(found.error)


def test_a_large_message_fails_alone_and_is_not_held(tmp_path):
    start = b"From a@b.example Mon May 13 06:00:05 2024\n" + message(PLAIN)
    box = start + b"It rained.\n\n" + start + b"x" * (3 << 20) + b"\n\n" + start + b"It rained again.\n"
    first, failed, last = read(box, MBOX, report=1 << 20)
    assert isinstance(failed, Failed)
    assert str(failed.error) == "x.eml#2: message 2 is larger than 1 MB; read it by itself"
    assert [first.name, last.name] == ["x.eml#1", "x.eml#3"]


def test_a_name_of_a_file_can_not_lead_elsewhere():
    part = b'Content-Type: text/plain; name="../../etc/x#1.txt"\nContent-Disposition: attachment\n\nIt rained.\n'
    (found,) = read(nested(1, part))
    assert found.name == "x.eml#.. .. etc x 1.txt"


SEEDS = [(SAMPLES / n).read_bytes() for n in ("newsletter.eml", "forwarded.eml", "letters.mbox")]


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 200), st.binary(max_size=40)),
        max_size=6,
    ),
)
def test_mutated_mail_gives_reports_or_named_errors(seed, changes):
    data = bytearray(seed)
    for at, cut, put in changes:
        data[at : at + cut] = put
    _harmless(bytes(data))


@settings(max_examples=100, deadline=2000)
@given(
    st.lists(
        st.sampled_from([line for seed in SEEDS for line in seed.splitlines(True)]),
        max_size=60,
    )
)
def test_shuffled_lines_give_reports_or_named_errors(lines):
    _harmless(HEADER.encode() + b"".join(lines))


@settings(max_examples=80, deadline=2000)
@given(st.binary(max_size=1500))
def test_arbitrary_bytes_give_reports_or_named_errors(data):
    _harmless(data)


def _harmless(data):
    for form in (MAIL, MBOX):
        assert 0 <= form.recognises(data[:HEAD], "x", None) <= 1
        try:
            found = read(data, form)
        except InputError as error:
            assert str(error).startswith("x.eml")
        else:
            assert all(isinstance(f, Input | Failed) for f in found)
            assert all(isinstance(f.error, InputError) for f in found if isinstance(f, Failed))
