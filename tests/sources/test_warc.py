"""WARC files: what of a crawl can be a report is read, in bounded memory, and damage costs the damaged records alone."""

import contextlib
import gzip
import io
import random
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.archives.warc import WARC_FILES
from communique.sources.inputs import Input, Limits, Link, Options, part
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Detail, Document

SEEN = "2019-06-03T08:15:00Z"
HTTP = "application/http; msgtype=response"
CHANGES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4)
PLAIN = "Content-Type: text/plain; charset=utf-8"


def report(number):
    return f"Norland reopened border post {number} on Monday. Sudria, its neighbour, said that it would do the same.\n".encode()


def record(block, kind="response", uri="http://star.example/1", media=HTTP, length=None, more=""):
    said = len(block) if length is None else length
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:6f0e>\r\nWARC-Date: {SEEN}\r\n"
    head += f"WARC-Target-URI: {uri}\r\n{more}Content-Type: {media}\r\nContent-Length: {said}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def answer(body, *headers, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def page(number, **changes):
    return record(answer(report(number), PLAIN), uri=f"http://star.example/{number}", **changes)


def read(data, options=None, name="crawl.warc"):
    return list(WARC_FILES.read(Input(name, io.BytesIO(data)), options or Options()))


def shown(found):
    """The addresses of what was read, and what was said of what could not be."""
    return [str(f.error) if isinstance(f, Failed) else f.given.url for f in found]


def addresses(*numbers):
    return [f"http://star.example/{n}" for n in numbers]


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_pages_are_inputs_with_address_day_and_type(packed):
    found = read(packed(page(1)) + packed(page(2)))
    assert [f.stream.read() for f in found] == [report(1), report(2)]
    assert (found[0].name, found[0].media, found[0].charset) == ("crawl.warc#http://star.example/1", "text/plain", "utf-8")
    assert found[0].given.url == "http://star.example/1"
    assert found[0].given.details == (Detail("captured", SEEN),)


def test_one_gzip_member_may_hold_all_records():
    assert shown(read(gzip.compress(page(1) + page(2) + page(3)))) == addresses(1, 2, 3)


def test_zstandard_is_read():
    from fastwarc.stream_io import ZstdWriter

    class Kept(io.BytesIO):
        def close(self):
            pass

    packed = Kept()
    writer = ZstdWriter(packed)
    for number in (1, 2):
        writer.write(page(number))
        writer.finish()
    writer.close()
    assert shown(read(packed.getvalue())) == addresses(1, 2)


def test_documents_carry_what_the_crawl_says():
    (found,) = Opener().read(Input("crawl.warc.gz", io.BytesIO(gzip.compress(page(1)))))
    assert (found.text, found.format, found.url) == (report(1).decode(), "text", "http://star.example/1")
    assert found.details == (Detail("captured", SEEN),)


def test_resources_and_conversions_are_read_and_who_made_the_archive_is_said():
    made = record(b"operator: Ada\r\npublisher: Norland Web Archive\r\n", "warcinfo", media="application/warc-fields")
    found = read(
        made
        + record(report(1), "resource", "file:///a.txt", "text/plain;charset=UTF-8")
        + record(report(2), "conversion", "http://star.example/2", "text/plain")
    )
    assert [f.stream.read() for f in found] == [report(1), report(2)]
    assert [f.given.url for f in found] == [None, "http://star.example/2"]
    assert found[0].charset == "utf-8"
    assert Detail("archived-by", "Norland Web Archive") in found[0].given.details


@pytest.mark.parametrize(
    "skipped",
    [
        record(b"GET / HTTP/1.1\r\n\r\n", "request", media="application/http; msgtype=request"),
        record(b"via: http://star.example/\r\n", "metadata", media="application/warc-fields"),
        record(answer(b"", PLAIN), "revisit"),
        record(answer(report(1), PLAIN, status="404 Not Found")),
        record(answer(b"", "Location: /b", PLAIN, status="301 Moved Permanently")),
        record(answer(b"\x89PNG", "Content-Type: image/png")),
        record(answer(b"a {}", "Content-Type: text/css")),
        record(answer(b"f()", "Content-Type: application/javascript")),
        record(answer(b"<svg/>", "Content-Type: image/svg+xml")),
        record(answer(b"User-agent: *", PLAIN), uri="http://star.example/robots.txt"),
        record(answer(b"  \r\n", PLAIN)),
        record(answer(b"\0\1\2")),
        record(b"20190603081500\r\nstar.example. 60 IN A 192.0.2.1", uri="dns:star.example", media="text/dns"),
    ],
)
def test_what_can_be_no_report_is_passed_over(skipped):
    assert shown(read(skipped + page(2))) == addresses(2)


@pytest.mark.parametrize(
    "media", ["text/html", "application/xhtml+xml", "application/rss+xml", "text/xml", "application/pdf", "application/ld+json"]
)
def test_what_can_be_a_report_is_taken(media):
    (found,) = read(record(answer(b"<p>Norland", f"content-type: {media.upper()} ; charset='ISO-8859-1'")))
    assert (found.media, found.charset) == (media, "iso-8859-1")


def test_without_a_type_the_content_tells():
    assert shown(read(record(answer(b"\n <html>Norland", "Server: x")))) == addresses(1)
    more = "WARC-Identified-Payload-Type: text/plain\r\n"
    assert read(record(answer(report(1), "Server: x"), more=more))[0].media == "text/plain"


def test_headers_with_bare_line_ends_are_read():
    (found,) = read(record(b"HTTP/1.0 200 OK\nContent-Type: text/plain\n\n" + report(1)))
    assert found.stream.read() == report(1)


def chunked(body):
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(c), c) for c in (body[:7], body[7:])) + b"0\r\n\r\n"


def bare(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "packed"),
    [
        (["Transfer-Encoding: chunked"], chunked),
        (["Content-Encoding: gzip"], gzip.compress),
        (["Content-Encoding: deflate"], zlib.compress),
        (["Content-Encoding: deflate"], bare),
        (["Content-Encoding: x-gzip", "Transfer-Encoding: chunked"], lambda b: chunked(gzip.compress(b))),
        (["Content-Encoding: gzip, deflate"], lambda b: zlib.compress(gzip.compress(b))),
        (["Transfer-Encoding: chunked"], bytes),
        (["Content-Encoding: gzip"], bytes),
        (["Content-Encoding: deflate"], bytes),
        (["Content-Encoding: br"], bytes),
    ],
    ids=["chunked", "gzip", "zlib", "deflate", "both", "twice", "not chunked", "not gzip", "not deflate", "not br"],
)
def test_bodies_are_undone_where_they_are_coded(headers, packed):
    (found,) = read(record(answer(packed(report(1)), PLAIN, *headers)))
    assert found.stream.read() == report(1)
    assert found.given.details == (Detail("captured", SEEN),)


@pytest.mark.parametrize(
    ("headers", "body", "more"),
    [
        (["Content-Encoding: gzip"], gzip.compress(random.Random(1).randbytes(9000))[:-4000], ""),
        (["Transfer-Encoding: chunked"], b"8\r\nNorland \r\n70\r\nvoted", ""),
        ([], b"Norland", "WARC-Truncated: length\r\n"),
    ],
)
def test_a_body_that_breaks_off_is_kept_and_said_to_be_cut(headers, body, more):
    (found,) = read(record(answer(body, PLAIN, *headers), more=more))
    assert found.given.details[-1] == Detail("truncated", "length" if more else "coding")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (answer(gzip.compress(b" " * 5000), PLAIN, "Content-Encoding: gzip"), "its body unpacks to more than"),
        (answer(b"x", PLAIN, "Content-Encoding: " + "gzip, " * 50), "coded 50 times over"),
        (answer(b"x", PLAIN, "Content-Encoding: sdch"), "'sdch', which isn't known"),
        (answer(b"x" * 5000, PLAIN), "larger than"),
        (b"nonsense\r\n\r\nNorland", "HTTP headers are broken"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\nNorland", "HTTP headers are broken"),
    ],
)
def test_what_is_wrong_with_one_record_is_said_of_it_alone(block, words):
    broken, good = read(record(block) + page(2), Options(limits=Limits(report=2000)))
    assert words in str(broken.error)
    assert "crawl.warc#http://star.example/1" in str(broken.error)
    assert "record at byte 0" in str(broken.error)
    assert good.given.url == "http://star.example/2"


def test_segments_are_named():
    (found,) = read(page(1, more="WARC-Segment-Number: 1\r\n"))
    assert "one of several parts" in str(found.error)


PACKED = [gzip.compress(page(n)) for n in range(5)]


@pytest.mark.parametrize(
    ("damaged", "lost"),
    [
        (PACKED[2][:-30], {2}),
        (PACKED[2][:40], {2}),
        (PACKED[2][:-8] + bytes(8), {2}),
        (b"garbage\r\n" + PACKED[2], set()),
        (gzip.compress(b"garbage\r\n") + PACKED[2], set()),
        (gzip.compress(page(2, length=70_000)), {2}),
        (gzip.compress(page(2, length=-5)), {2}),
        (gzip.compress(page(2, length="many")), {2}),
        (gzip.compress(page(2, length=10**30)), {2}),
        (gzip.compress(page(2).replace(b"WARC/1.1", b"WARC/7.1")), {2}),
    ],
)
def test_damage_within_a_packed_file_costs_one_record(damaged, lost):
    found = read(b"".join([*PACKED[:2], damaged, *PACKED[3:]]))
    failed = [f for f in found if isinstance(f, Failed)]
    assert [f.given.url for f in found if not isinstance(f, Failed)] == addresses(*(n for n in range(5) if n not in lost))
    (error,) = failed
    assert error.source == "crawl.warc"
    assert f"crawl.warc: damaged at byte {len(PACKED[0] + PACKED[1]):,}" in str(error.error)
    assert "reading goes on at byte" in str(error.error)


@pytest.mark.parametrize(
    ("damaged", "lost"),
    [
        (b"garbage\r\n" + page(2), set()),
        (page(2, length=-5), {2}),
        (page(2, length="many"), {2}),
        (page(2).replace(b"WARC/1.1", b"WARC/7.1"), {2}),
        (page(2)[:60] + b"\0" * 3 + page(2)[300:], {2}),
    ],
)
def test_damage_within_a_plain_file_costs_one_record(damaged, lost):
    found = read(b"".join([page(0), page(1), damaged, page(3), page(4)]))
    assert [f.given.url for f in found if not isinstance(f, Failed)] == addresses(*(n for n in range(5) if n not in lost))
    (error,) = (f.error for f in found if isinstance(f, Failed))
    assert "damaged at byte" in str(error)


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_of_a_file_that_breaks_off_what_came_before_stays(packed):
    first, second = packed(page(1)), packed(page(2))
    for cut in range(20, len(second) - 8):
        url, *errors = shown(read(first + second[:cut]))
        assert url == "http://star.example/1"
        assert f"at byte {len(first):,}" in errors[-1]


def test_a_length_beyond_the_end_never_lets_a_page_speak_for_another():
    forged = record(answer(report(9), PLAIN), uri="http://other.example/forged")
    bait = record(answer(report(1) + b"\r\n\r\n" + forged, PLAIN))
    for data in (bait + b"garbage\r\n" + page(2), bait + page(2, length=10_000), gzip.compress(bait)[:-4] + b"...."):
        assert "http://other.example/forged" not in shown(read(data))
    assert shown(read(bait + b"garbage\r\n" + page(2)))[::2] == addresses(1, 2)


def test_endless_damage_is_given_up():
    with pytest.raises(InputError, match="damaged in more than 1,000 places"):
        read(b"WARC/1.1\r\nx\r\n\r\n" * 3000)


def test_arc_is_named():
    with pytest.raises(InputError, match="an ARC file"):
        read(b"filedesc://a.arc 0.0.0.0 20190603081500 text/plain 76\n1 0 Norland\n\n")


@pytest.mark.parametrize("data", [b"", b"WARC", b"WARC/1.0 is a format of files\n", gzip.compress(b"<html>"), b"\x1f\x8b\x08"])
def test_others_are_not_recognised(data):
    assert WARC_FILES.recognises(data, "a.warc.gz", "application/warc") == 0.0


@pytest.mark.parametrize("version", [b"WARC/0.18", b"WARC/1.0", b"WARC/1.1"])
def test_versions_are_recognised(version):
    data = page(1).replace(b"WARC/1.1", version)
    assert WARC_FILES.recognises(data, "a", None) > 0.9
    assert WARC_FILES.recognises(gzip.compress(data), "a", None) > 0.9
    assert shown(read(data)) == addresses(1)


def test_a_crawl_within_an_archive_is_read():
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("week/crawl.warc.gz", PACKED[1] + PACKED[2])
    found = list(Opener().read(Input("week.zip", outer)))
    assert [f.source for f in found] == [f"week.zip#week/crawl.warc.gz#http://star.example/{n}" for n in (1, 2)]
    assert [f.text for f in found] == [report(1).decode(), report(2).decode()]


def test_a_bomb_stops_the_file():
    bomb = gzip.compress(record(answer(bytes(20_000_000), "Content-Type: image/png")))
    with pytest.raises(InputError, match="the file that it came in unpacks to more than"):
        read(PACKED[1] + bomb + PACKED[2], Options(limits=Limits(report=1 << 16)))


class Counted(io.BytesIO):
    """A stream that keeps the largest piece that was asked for."""

    largest = 0

    def read(self, size=-1, /):
        found = super().read(size)
        self.largest = max(self.largest, len(found))
        return found


def test_a_large_file_is_read_in_bounded_memory():
    noise = random.Random(6)
    body = b"<p>" + noise.randbytes(40_000).hex().encode()
    packed = gzip.compress(record(answer(body, "Content-Type: text/html")), 1)
    data = Counted(packed * 400)  # 32 MB unpacked
    WARC_FILES.read(Input("a", io.BytesIO(packed)), Options()).__next__()  # what is loaded once
    tracemalloc.start()
    count = sum(len(f.stream.read()) == len(body) for f in WARC_FILES.read(Input("a", data), Options()))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 400
    assert data.largest <= 1 << 16
    assert most < 3 << 20


def only_what_may_come(data):
    with contextlib.suppress(InputError):
        for found in WARC_FILES.read(Input("a", io.BytesIO(data)), Options(limits=Limits(report=1 << 16))):
            assert isinstance(found, Document | Input | Link) or isinstance(found.error, InputError)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"WARC/1.0\r\n", b"WARC/1.1\r\nWARC-Type: response\r\n"]), st.booleans())
def test_any_bytes_give_inputs_or_an_error(tail, head, packed):
    data = head + tail
    assert 0.0 <= WARC_FILES.recognises(data, "a", None) <= 1.0
    only_what_may_come(gzip.compress(data) if packed else data)


VALID = page(1) + record(
    answer(chunked(gzip.compress(report(2))), PLAIN, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4),
    st.integers(0, 2),
)
def test_any_damage_gives_inputs_or_an_error(changes, packing):
    data = bytearray([VALID + page(3), gzip.compress(VALID) + gzip.compress(page(3)), gzip.compress(VALID + page(3))][packing])
    for place, length, new in changes:
        at = place % len(data) if data else 0
        data[at : at + length] = new
    only_what_may_come(bytes(data))


@settings(deadline=None)
@given(CHANGES)
def test_any_damage_behind_the_packing_gives_inputs_or_an_error(changes):
    data = bytearray(VALID)
    for place, length, new in changes:
        data[place : place + length] = new
    only_what_may_come(gzip.compress(bytes(data)) + PACKED[1])


def test_depth_is_counted():
    outer = Input("a", io.BytesIO(page(1)), depth=2)
    (found,) = WARC_FILES.read(outer, Options())
    assert found.depth == 3
    assert found.meter is outer.meter is part(outer, "b", b"").meter
