"""Reading plain text: every kind of bad input has its answer, and the text is the decoded input."""

import codecs
import io
import logging
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.text import LARGEST, from_string, read_text

REPORT = "Dorva reopened its border on Monday.\r\nLagona — its neighbour — did not.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_text_equals_the_decoded_input(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.encode(encoding))
    assert read_text(str(path)).text == REPORT


def test_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    document = read_text("-")
    assert (document.text, document.source) == (REPORT, "-")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\nstream", "PDF"),
        (bytes(range(256)) * 8, "binary"),
        (b"report\0\0\0\0\0\0", "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "utf-16"),
    ],
)
def test_refuses_what_is_no_text(data, words):
    with pytest.raises(InputError, match=words) as caught:
        read_text("x.bin", data)
    assert "x.bin" in str(caught.value)


def test_refuses_missing_files_and_folders(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_text(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="folder"):
        read_text(str(tmp_path))
    with pytest.raises(InputError, match="can't be read"):
        read_text("a\0b")
    with pytest.raises(InputError, match="empty"):
        read_text("")


def test_refuses_what_is_too_large(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(InputError, match="larger than 64 MB"):
        read_text(str(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_says_when_permission_is_missing(tmp_path):
    path = tmp_path / "shut.txt"
    path.write_text(REPORT)
    path.chmod(0)
    with pytest.raises(InputError, match="permission"):
        read_text(str(path))


def test_keeps_control_characters():
    text = "Dorva\x07 voted.\x0b " + "The count went on. " * 10 + "\x00"
    assert read_text("x", text.encode()).text == text


def test_guesses_legacy_encodings_and_says_so(caplog):
    text = "The café in Köln, the mayor said, would reopen after Müller’s trial. " * 3
    with caplog.at_level(logging.WARNING):
        assert read_text("x", text.encode("cp1252")).text == text
    assert "cp1252" in caplog.text


def test_mends_utf8_with_a_broken_byte(caplog):
    text = "Dorva – Lagona’s neighbour – “voted” – and “lost” – said the mayor’s café. " * 2
    with caplog.at_level(logging.WARNING):
        assert read_text("x", text.encode() + b"\xe2\x80").text == text + "\ufffd"
    assert "broken" in caplog.text


@pytest.mark.parametrize("broken", [b"\x9d", b"\xe2\x80", b"\x81\x8d"])
def test_a_few_broken_bytes_in_long_utf8_are_mended_as_utf8(broken, caplog):
    half = "The mayor of Dorva said that she would “go on”, and that Lagona’s envoys had left. ".encode()
    with caplog.at_level(logging.WARNING):
        text = read_text("x", half + broken + b" " + half).text
    assert text == f"{half.decode()}{broken.decode('utf-8', 'replace')} {half.decode()}"
    assert "broken" in caplog.text


def test_what_windows_lacks_is_mended_as_utf8_in_plain_english():
    text = "Dorva and Lagona signed an accord on the waters of the Sarn. " * 3
    assert read_text("x", text.encode() + b"\x8d\x81").text == text + "\ufffd\ufffd"


def test_half_of_a_surrogate_pair_is_named_with_its_place():
    with pytest.raises(InputError, match=r"character 6 is half of a surrogate pair \(U\+D83D\)"):
        from_string("Dorva \ud83d voted.")


def test_ids_follow_content():
    one, again = from_string(REPORT, "a"), from_string(REPORT, "a")
    reprint = from_string("DORVA reopened its border on Monday. Lagona — its neighbour — did not.", "b")
    assert one == again
    assert one.id != reprint.id
    assert one.text_id == reprint.text_id
    assert from_string(REPORT, "a", publisher="Star").id == from_string(REPORT, "b", publisher="Star").id


@given(st.text(min_size=1).filter(str.strip))
def test_any_string_is_kept_as_it_is(text):
    assert from_string(text).text == text
