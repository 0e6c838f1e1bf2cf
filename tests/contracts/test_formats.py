"""What holds of every format of the registry, and of every sample whichever way it comes in."""

import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from communique import registry
from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.opener import Opener, load_formats
from communique.types.analysis import Failed
from communique.types.text import Document

HERE = Path(__file__).parents[1]
SAMPLES = sorted(p for p in (HERE / "sources/samples").iterdir() if not p.name.endswith(".expected.json"))
DOCS = (HERE.parent / "docs/sources.md").read_text(encoding="utf-8")
PROSE = b"The ministers of Norland and Sudria met in Zune on Monday, and agreed to talk again.\n"
HEADS = [
    b"",
    b"\0" * 64,
    b"<",
    b"{",
    b"[",
    b"a,b\n1,2\n",
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"From ",
    b"<?xml",
    b"{\\rtf1",
    PROSE,
]


def reports(path, options=None) -> list[Document]:
    """The reports of a source; some samples hold one without a body, which fails by its number."""
    found = list(Opener(options).open(path))
    assert all(isinstance(f.error, InputError) for f in found if isinstance(f, Failed)), found
    return [d for d in found if isinstance(d, Document)]


@pytest.mark.parametrize("format", load_formats(), ids=lambda f: f.name)
def test_a_format_is_sure_to_some_degree(format):
    for head in HEADS:
        for name, media in (("x", None), ("x.html", "text/html"), ("x.json", "application/json"), ("x.csv", "text/csv")):
            assert 0 <= format.recognises(head, name, media) <= 1


@pytest.mark.parametrize("name", registry.names(registry.FORMATS))
def test_a_format_stands_on_the_page_of_sources(name):
    assert re.search(rf"(?m)^\| .*`{re.escape(name)}`", DOCS), name


def test_prose_is_plain_text():
    assert Opener().recognise(Input("x.txt", io.BytesIO(PROSE))).name == "text"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_gives_reports(path):
    found = reports(path)
    assert found and len({d.id for d in found}) == len(found)
    for document in found:
        assert document.source.startswith(str(path)) and document.format and re.fullmatch(r"[0-9a-f]{64}", document.raw)
        assert document.text.strip() and "\0" not in document.text
        document.text.encode("utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_is_the_same_in_an_archive_and_a_folder(path, tmp_path):
    plain = [(d.text, d.title, d.raw, d.published) for d in reports(path)]
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, f"week/{path.name}")
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as archive:
        archive.add(path, f"week/{path.name}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / path.name).write_bytes(path.read_bytes())
    for name in ("all.zip", "all.tar.gz", "folder"):
        assert [(d.text, d.title, d.raw, d.published) for d in reports(tmp_path / name)] == plain, name


def test_what_can_not_be_read_stops_nothing(tmp_path):
    for n, content in enumerate((PROSE, b"%PDF-1.7\nbroken", PROSE * 2, b"PK\x03\x04broken", b"\0\1\2" * 100, PROSE * 3)):
        (tmp_path / f"{n}.txt").write_bytes(content)
    found = list(Opener().open(tmp_path))
    assert [isinstance(f, Failed) for f in found] == [False, True, False, True, True, False]
    assert all(str(f.error).startswith(f.source) for f in found if isinstance(f, Failed))


def test_the_original_of_each_report_is_kept(tmp_path):
    found = [d for path in SAMPLES for d in reports(path, Options(keep_raw=tmp_path))]
    assert {d.raw for d in found} == {p.name for p in tmp_path.glob("*/*")}
