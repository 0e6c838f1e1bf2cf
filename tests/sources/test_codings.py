"""Packed answers: undone in pieces, and no further than a limit."""

import contextlib
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.web.codings import unpacked
from communique.sources.web.wire import Unreachable

REPORT = b"Norland reopened its border on Monday. " * 400
RAW = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": gzip.compress(REPORT),
    "X-GZIP": gzip.compress(REPORT[:9000]) + gzip.compress(REPORT[9000:]) + b"\0\0",
    "deflate": zlib.compress(REPORT),
    " Deflate": RAW.compress(REPORT) + RAW.flush(),
    "identity": REPORT,
    "": REPORT,
}


def pieces(packed: bytes, size: int) -> list[bytes]:
    return [packed[at : at + size] for at in range(0, len(packed), size)]


@pytest.mark.parametrize("coding", PACKED)
@pytest.mark.parametrize("size", [1, 7, 100000])
def test_what_was_packed_comes_back(coding, size):
    assert b"".join(unpacked(pieces(PACKED[coding], size), coding, len(REPORT))) == REPORT


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_stops_at_the_limit(coding):
    pack = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    bomb = b"".join([pack.compress(bytes(1 << 20)) for _ in range(300)]) + pack.flush()
    assert len(bomb) < 400_000
    tracemalloc.start()
    size = 0
    with pytest.raises(Unreachable, match="larger than 8 MB"):
        for piece in unpacked([bomb], coding, 8 << 20):
            size += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size <= 8 << 20
    assert peak < 4 << 20


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_breaks_off_or_is_broken_is_told(coding):
    packed = PACKED[coding]
    with pytest.raises(Unreachable, match="breaks off"):
        list(unpacked([packed[:-9]], coding, 1 << 20))
    with pytest.raises(Unreachable, match="broken"):
        list(unpacked([packed[:20] + b"\xff" * 40], coding, 1 << 20))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "x" * 1000])
def test_what_was_not_asked_for_is_refused(coding):
    with pytest.raises(Unreachable, match="not asked for"):
        list(unpacked([b"x"], coding, 100))


def test_an_endless_answer_stops_at_the_limit():
    def endless():
        while True:
            yield b"x" * 1000

    with pytest.raises(Unreachable, match="larger than 5000 bytes"):
        list(unpacked(endless(), "", 5000))


@given(st.lists(st.binary(max_size=50), max_size=5), st.sampled_from(["gzip", "deflate", "", "br"]))
def test_any_bytes_give_bytes_or_the_one_error(chunks, coding):
    with contextlib.suppress(Unreachable):
        assert sum(map(len, unpacked(chunks, coding, 10000))) <= 10000
