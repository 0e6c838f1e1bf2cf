"""Archives: their members are inputs, one at a time; what is hostile or broken is named and costs no more than itself."""

import bz2
import contextlib
import gzip
import io
import lzma
import os
import struct
import tarfile
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.archives.archive import ARCHIVE
from communique.sources.inputs import Input, Limits, Link, Options
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Document

REPORT = b"Norland reopened its border on Monday. Sudria, its neighbour, said that it would do the same.\n"
WEEK = {"week/b.txt": REPORT, "week/a.txt": REPORT * 2}
ZEROS = bytes(30_000_000)
SMALL = Options(limits=Limits(report=1 << 20))


def zipped(members, **changes):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in dict(members).items():
            entry = zipfile.ZipInfo(name, (2019, 6, 3, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            for key, value in changes.items():
                setattr(entry, key, value)
            archive.writestr(entry, content)
    return packed.getvalue()


def tarred(members, mode="w", kind=tarfile.GNU_FORMAT, **changes):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode, format=kind) as archive:
        for name, content in dict(members).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            for key, value in changes.items():
                setattr(entry, key, value)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def zstandard(content):
    from fastwarc.stream_io import ZstdWriter

    class Kept(io.BytesIO):
        def close(self):
            pass

    packed = Kept()
    with ZstdWriter(packed) as writer:
        writer.write(content)
    return packed.getvalue()


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard}


@contextlib.contextmanager
def traced():
    """The most bytes that are held within, once it is left."""
    most = []
    tracemalloc.start()
    try:
        yield most
        most.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def read(data, options=None, name="week.zip"):
    return list(ARCHIVE.read(Input(name, io.BytesIO(data)), options or Options()))


def opened(data, options=None, name="week.zip"):
    """Texts and errors, as the opener gives them."""
    found = Opener(options).read(Input(name, io.BytesIO(data)))
    return [str(f.error) if isinstance(f, Failed) else f.source for f in found]


def test_members_of_a_zip_archive_come_in_its_order():
    found = read(zipped({"week/": b""} | WEEK))
    assert [f.name for f in found] == ["week.zip#week/b.txt", "week.zip#week/a.txt"]
    assert [f.stream.read() for f in found] == list(WEEK.values())
    assert {f.depth for f in found} == {1}


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("packing", ["", *PACKERS])
def test_members_of_a_tar_archive_come_in_its_order(kind, packing):
    data = PACKERS.get(packing, bytes)(tarred({"./a.txt": REPORT} | WEEK | {"long/" * 40 + "c.txt": REPORT}, kind=kind))
    assert ARCHIVE.recognises(data[: 1 << 14], "x", None) == 0.6
    found = read(data, name="week.tar")
    names = ["week.tar#a.txt", "week.tar#week/b.txt", "week.tar#week/a.txt", "week.tar#" + "long/" * 40 + "c.txt"]
    assert [f.name for f in found] == names
    assert [f.stream.read() for f in found] == [REPORT, *WEEK.values(), REPORT]


def test_tar_of_the_seventh_edition_is_known_by_its_checksum():
    data = bytearray(tarred({"a.txt": REPORT}, kind=tarfile.USTAR_FORMAT))
    data[257:265] = bytes(8)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert ARCHIVE.recognises(bytes(data), "x", None) == 0.6
    assert [f.name for f in read(bytes(data), name="x")] == ["x#a.txt"]


def test_a_tar_archive_is_known_however_late_its_packing_gives_the_first_block():
    data = bz2.compress(tarred({"a.bin": os.urandom(200_000), "b.txt": REPORT}))
    assert [f.name for f in read(data, name="x")] == ["x#a.bin", "x#b.txt"]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_single_file_is_unpacked(packing):
    (found,) = read(PACKERS[packing](REPORT), name=f"folder/report.txt.{packing}")
    assert (found.name, found.stream.read()) == (f"folder/report.txt.{packing}#report.txt", REPORT)


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
def test_several_members_and_zeros_behind_them_are_one_file(packing):
    pack = PACKERS[packing]
    (found,) = read(pack(REPORT) + pack(REPORT) + bytes(512), name="a")
    assert found.stream.read() == REPORT * 2


def test_documents_come_out_of_archives_within_archives():
    inner = zipped(WEEK)
    outer = tarred({"one.zip": inner, "two.txt.gz": gzip.compress(REPORT)}, "w:gz")
    names = ["a.tgz#one.zip#week/b.txt", "a.tgz#one.zip#week/a.txt", "a.tgz#two.txt.gz#two.txt"]
    assert opened(outer, name="a.tgz") == names


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_systems_leave_behind_is_passed_over(pack):
    junk = ["__MACOSX/._a.txt", ".DS_Store", "week/.hidden/a.txt", "week/Thumbs.db", "desktop.ini", "README.md"]
    assert [f.name for f in read(pack(dict.fromkeys(junk, b"x") | {"a.txt": REPORT}))] == ["week.zip#a.txt"]


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", ["../a.txt", "week/../../a.txt", "/etc/passwd", "C:\\a.txt", "..\\a.txt", "\\\\host\\a.txt"])
def test_names_that_lead_out_are_refused(pack, name):
    refused, good = read(pack({name: REPORT, "a.txt": REPORT}))
    assert "leads out of the archive" in str(refused.error)
    assert refused.source == f"week.zip#{name}"
    assert good.name == "week.zip#a.txt"


def test_members_without_a_name_are_refused():
    data = bytearray(zipped({"a": REPORT, "b.txt": REPORT}))
    for mark, place in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        data[data.index(mark) + place] = 0  # at which a name ends
    refused, good = read(bytes(data))
    assert "it has no name" in str(refused.error)
    assert good.name == "week.zip#b.txt"


@pytest.mark.parametrize(
    ("kind", "words"),
    [(tarfile.SYMTYPE, "a link"), (tarfile.LNKTYPE, "a link"), (tarfile.CHRTYPE, "a device"), (tarfile.FIFOTYPE, "a device")],
)
def test_links_and_devices_are_refused(kind, words):
    (found,) = read(tarred({"a": b""}, type=kind, linkname="/etc/passwd"))
    assert words in str(found.error)
    if kind == tarfile.SYMTYPE:
        (found,) = read(zipped({"a": b"/etc/passwd"}, external_attr=0o120777 << 16, create_system=3))
        assert "a link" in str(found.error)


def test_sparse_files_are_refused():
    data = tarred(
        {"a": REPORT}, kind=tarfile.PAX_FORMAT, pax_headers={"GNU.sparse.size": str(1 << 50), "GNU.sparse.map": "0,9"}
    )
    (found,) = read(data)
    assert "stored with holes" in str(found.error)


def test_encrypted_members_say_so():
    data = bytearray(zipped({"secret.txt": REPORT, "a.txt": REPORT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    refused, good = read(bytes(data))
    assert "week.zip#secret.txt: it is encrypted" in str(refused.error)
    assert good.name == "week.zip#a.txt"


def test_names_that_can_not_be_printed_are_mended():
    (found,) = read(tarred({"a\udcff\x1b[31m\u202e.txt": REPORT}))
    assert found.name == "week.zip#a\ufffd\ufffd[31m\ufffd.txt"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_without_files_says_so(pack):
    with pytest.raises(InputError, match=r"week\.zip: an archive without files"):
        read(pack({"week/": b"", ".DS_Store": b"x"}) if pack is zipped else tarred({"week": b""}, type=tarfile.DIRTYPE))


def test_a_bomb_in_a_zip_archive_costs_itself_alone():
    data = zipped({"bomb.txt": ZEROS, "a.bin": os.urandom(100_000), "b.txt": REPORT})
    refused, noise, good = read(data, SMALL)
    assert "week.zip#bomb.txt: unpacks to more than 200 times its size" in str(refused.error)
    assert (noise.name, good.name) == ("week.zip#a.bin", "week.zip#b.txt")


@pytest.mark.parametrize("packing", PACKERS)
def test_a_compressed_bomb_is_refused(packing):
    with pytest.raises(InputError, match="unpacks to more than"):
        read(PACKERS[packing](ZEROS), SMALL)
    with pytest.raises(InputError, match="unpacks to more than"):
        read(PACKERS[packing](tarred({"a.txt": ZEROS})), SMALL)


def test_small_files_may_be_packed_as_well_as_can_be():
    (found,) = read(gzip.compress(bytes(900_000)), SMALL)
    assert len(found.stream.read()) == 900_000


def test_bombs_within_bombs_are_counted_together():
    inner = zipped({"a.txt": bytes(900_000)})
    outer = zipped({f"{n}.zip": inner for n in range(50)})
    errors = opened(outer, SMALL)
    assert "binary" in errors[0]
    assert "the file that it came in unpacks to more than" in errors[-1]
    assert len(errors) < 10


def test_an_archive_that_holds_itself_ends():
    data = gzip.compress(REPORT)
    for _ in range(6):
        data = gzip.compress(data)
    (error,) = opened(data, name="r.gz")
    assert "lies in 5 archives, one in the other, of which 4 are opened" in error


def overlapped():
    """Three entries of the list that share one member's bytes."""
    data = zipped({"a.txt": REPORT})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, last = data[start:end], bytearray(data[end:])
    struct.pack_into("<HHL", last, 8, 3, 3, 3 * len(entry))
    return data[:start] + entry * 3 + bytes(last)


def test_members_that_overlap_are_refused():
    found = read(overlapped())
    assert ["overlaps another" in str(f.error) for f in found] == [True, True, True]


def test_no_more_parts_are_taken_than_allowed():
    options = Options(limits=Limits(parts=5))
    with pytest.raises(InputError, match="more than 5 files"):
        read(tarred({f"{n}.txt": REPORT for n in range(9)}), options)
    with pytest.raises(InputError, match=r"week.zip: its list of files has"):
        read(zipped({f"{n}.txt": REPORT for n in range(9)}), options)


@pytest.mark.parametrize("cut", [100, 700, 1100])
def test_of_a_tar_archive_that_breaks_off_what_came_before_stays(cut):
    data = tarred({"a.txt": REPORT, "b.txt": REPORT * 9, "c.txt": REPORT})
    for packed in (data[: 1024 + cut], gzip.compress(data)[:-30]):
        found = ARCHIVE.read(Input("week.tar", io.BytesIO(packed)), Options())
        assert next(found).name == "week.tar#a.txt"
        with pytest.raises(InputError, match=r"week\.tar: broken at byte"):
            list(found)


def test_a_damaged_header_in_a_tar_archive_is_said():
    data = bytearray(tarred({"a.txt": REPORT, "b.txt": REPORT}))
    data[1024:1030] = b"damage"
    found = ARCHIVE.read(Input("week.tar", io.BytesIO(bytes(data))), Options())
    assert next(found).name == "week.tar#a.txt"
    with pytest.raises(InputError, match=r"week.tar: broken at byte 1,536 .*neither a file nor the end"):
        next(found)


def test_of_a_compressed_file_that_breaks_off_what_came_before_stays():
    text = "".join(f"Report {n} of Norland: the vote stood at {n * n}.\n" for n in range(9000)).encode()
    found = ARCHIVE.read(Input("rows.jsonl.gz", io.BytesIO(gzip.compress(text)[:-20])), Options())
    first = next(found).stream.read()
    assert text.startswith(first)
    assert len(first) > len(text) // 2
    with pytest.raises(InputError, match=r"rows.jsonl.gz: breaks off before its end after [\d,]+ unpacked bytes"):
        next(found)


def test_a_damaged_member_of_a_zip_archive_costs_itself_alone():
    data = bytearray(zipped({"a.txt": os.urandom(3000), "b.txt": REPORT}))
    data[500:510] = b"damage...."
    refused, good = read(bytes(data))
    assert "week.zip#a.txt: it can't be unpacked (Bad CRC-32" in str(refused.error)
    assert good.name == "week.zip#b.txt"


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 90, zipped(WEEK)[:-40], zipped(WEEK)[:100]])
def test_a_zip_archive_without_its_list_says_so(data):
    with pytest.raises(InputError, match=r"week\.zip: its list of files is missing or broken"):
        read(data)


@pytest.mark.parametrize("method", [9, 98, 12345])
def test_methods_that_are_not_known_are_said(method):
    data = bytearray(zipped({"a.txt": REPORT}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, method)
    (found,) = read(bytes(data))
    assert "it can't be unpacked" in str(found.error)


def header(size, kind):
    entry = tarfile.TarInfo("x")
    entry.size, entry.type = size, kind
    return entry.tobuf()


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_headers_without_end_do_not_fill_the_memory(kind):
    start = tarred({"a.txt": REPORT})[:1024]
    data = gzip.compress(start + header(8**11 - 1, kind) + bytes(40_000_000))
    found = ARCHIVE.read(Input("week.tar", io.BytesIO(data)), Options())
    next(found)
    with traced() as most, pytest.raises(InputError, match="a header of more than 4 MB"):
        next(found)
    assert most[0] < 8 << 20


def test_headers_upon_headers_end():
    data = tarred({"a.txt": REPORT})[:1024] + header(0, tarfile.GNUTYPE_LONGNAME) * 6000
    found = ARCHIVE.read(Input("week.tar", io.BytesIO(data)), Options())
    next(found)
    with pytest.raises(InputError, match=r"week\.tar: broken at byte"):
        next(found)


def test_sizes_below_zero_end():
    start = tarred({"a.txt": REPORT})[:1024]
    bad = bytearray(header(0, tarfile.REGTYPE))
    bad[124:136] = b"\xff" * 11 + b"\x00"
    bad[148:156] = b" " * 8
    bad[148:156] = b"%06o\0 " % sum(bad)
    with pytest.raises(InputError):
        read(start + bytes(bad) + bytes(1024))


def test_large_members_are_read_in_bounded_memory():
    data = zipped({f"{n}.bin": bytes(17 << 20) for n in range(3)}, compress_type=zipfile.ZIP_STORED)
    with traced() as most:
        for found in ARCHIVE.read(Input("week.zip", io.BytesIO(data)), Options()):
            assert len(found.stream.read(1 << 16)) == 1 << 16
            found.stream.close()
    assert most[0] < 40 << 20


@pytest.mark.parametrize("head", [b"", b"PK", b"Norland", b"BZh9 is how it begins", b"\0" * 512, b"\x1f\x8b", b"BZ"])
def test_others_are_not_recognised(head):
    assert ARCHIVE.recognises(head, "a.zip", "application/zip") == 0.0


def only_what_may_come(data):
    with contextlib.suppress(InputError):
        for found in ARCHIVE.read(Input("a", io.BytesIO(data)), Options(limits=Limits(report=1 << 16))):
            assert isinstance(found, Document | Input | Link) or isinstance(found.error, InputError)


VALID = [
    zipped(WEEK),
    tarred(WEEK),
    tarred(WEEK, kind=tarfile.PAX_FORMAT),
    tarred(WEEK, "w:gz"),
    *(pack(REPORT * 20) for pack in PACKERS.values()),
]
CHANGES = st.lists(st.tuples(st.integers(0, 1 << 14), st.integers(0, 30), st.binary(max_size=8)), min_size=1, max_size=4)


@settings(deadline=None)
@given(st.sampled_from(VALID), CHANGES, st.booleans())
def test_any_damage_gives_inputs_or_an_error(valid, changes, packed):
    data = bytearray(valid)
    for place, length, new in changes:
        at = place % max(1, len(data))
        data[at : at + length] = new
    only_what_may_come(gzip.compress(bytes(data)) if packed else bytes(data))


@settings(deadline=None)
@given(st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"BZh91AY&SY", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"]), st.binary())
def test_any_bytes_give_inputs_or_an_error(head, tail):
    assert 0.0 <= ARCHIVE.recognises(head + tail, "a", None) <= 0.6
    only_what_may_come(head + tail)
