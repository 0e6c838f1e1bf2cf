"""Bodies of HTTP answers: coded as they say, or as they do not; the rest is tested with the crawls that hold them."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.archives.bodies import decode_body

REPORT = b"Norland reopened its border on Monday. Sudria, its neighbour, said that it would do the same.\n"


def test_brotli_is_undone():
    from fastwarc.stream_io import BrotliWriter

    class Kept(io.BytesIO):
        def close(self):
            pass

    packed = Kept()
    with BrotliWriter(packed) as writer:
        writer.write(REPORT)
    assert decode_body(packed.getvalue(), "", "br", 1000) == (REPORT, True)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"7\r\nNorland\r\n0\r\n\r\n", True),
        (b"7\nNorland\n0\n\n", True),
        (b"0007 ; x=y\r\nNorland\r\n00\r\n", True),
        (b"7\r\nNorland\r\n0\r\nX-Sum: 1\r\n\r\n", True),
        (b"7\r\nNorland", False),
        (b"fffffff\r\nNorland", False),
        (b"7\r\nNorland\r\nzz\r\n", False),
    ],
)
def test_chunks_are_joined_as_far_as_they_go(body, whole):
    assert decode_body(body, "chunked", "", 1000) == (b"Norland", whole)


def test_a_word_that_is_a_number_too_is_no_chunk():
    assert decode_body(b"dead and buried", "chunked", "", 1000) == (b"dead and buried", True)


@settings(deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "chunked", "gzip"]),
    st.sampled_from(["", "gzip", "deflate", "br", "zstd", "x"]),
)
def test_any_body_is_decoded_within_its_bounds(body, transfer, content):
    with contextlib.suppress(InputError):
        assert len(decode_body(body, transfer, content, 1000)[0]) <= max(1000, len(body))
