"""Where desks lie: places that are odd work, or are refused before anything is made."""

import os
from pathlib import Path

import pyarrow as pa
import pytest

from communique.errors import UsageError
from communique.query.view import View
from communique.store.compaction import compact
from communique.store.lake import Lake
from communique.store.merged import replace_rows, told_documents
from communique.store.places import place_of, told
from communique.store.tables import SCHEMAS
from communique.store.upkeep import troubles, vacuum
from communique.store.writer import Coder, Writer


def use(place, record):
    """Write a desk there, write it again, and ask it."""
    for version in ("1", "2"):
        with Writer(Lake(place), Coder(version, "{}"), most=1) as writer:
            writer.add(record(1))
            writer.add(record(2))
    lake = Lake(place)
    assert compact(lake) > 0 and vacuum(lake, 1)[0] == 0 and troubles(lake) == []
    assert {told.document for told in told_documents(lake, {"d1"})} == {"d1"}
    row = {"story": "s1", "document": "d1", "run": writer.run(), "likeness": 1.0}
    replace_rows(lake, "stories", pa.Table.from_pylist([row], schema=SCHEMAS["stories"]))
    assert all(Path(file).is_file() for file in lake.files("events")) and len(lake.files("events")) == 1
    with View(lake) as view:
        assert view.ask("SELECT count(*) AS n FROM events").to_pylist() == [{"n": 6}]
        assert view.ask("SELECT story FROM stories").to_pylist() == [{"story": "s1"}]


def test_a_folder_with_all_kinds_of_signs(tmp_path, record):
    name = ' Österreich, 北京: it\'s "a#b?c" 100% {x}*&;<>$`~'
    use(tmp_path / name, record)
    assert os.listdir(tmp_path) == [name] and (tmp_path / name / "documents" / "_delta_log").is_dir()


def test_folders_by_a_relative_path_a_link_and_the_home(tmp_path, record, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    use("link", record)
    for place in ("desk/", "~/desk//", f"file://localhost{tmp_path}/a%20%23desk"):
        Lake(place).create()
        assert View(Lake(place)).ask("SELECT id FROM documents").num_rows == 0
    assert sorted(os.listdir(tmp_path)) == ["a #desk", "desk", "home", "link", "real"]
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "events").is_dir()
    assert (tmp_path / "home" / "desk" / "events").is_dir()


@pytest.mark.parametrize("name", ["[news]", "a%20b", "a%5Bb", "a^b", "a|b", "a\nb", "a\0b", "a\udcffb"])
def test_folders_that_delta_would_take_for_others_are_refused(tmp_path, name):
    with pytest.raises(UsageError, match=r"no desk can lie in a folder with .* in its path; choose another"):
        Lake(tmp_path / name / "desk")
    if "\0" not in name:
        (tmp_path / name).mkdir()
        (tmp_path / "link").symlink_to(tmp_path / name)
        with pytest.raises(UsageError, match="no desk can lie in a folder"):
            Lake(tmp_path / "link")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "no place is named"),
        ("https://herald.example/desk", "no place for a desk"),
        ("file://elsewhere/desk", "no folder of this machine"),
        ("file://desk", "no folder of this machine"),
        ("s3://", "names no bucket"),
        ("s3:///desk", "names no bucket"),
        ("s3://bucket/a//desk", "'//' in its address"),
        ("s3://bucket/../desk", r"'\.\.' in its address"),
        ("s3://bucket/a#b", "'#' in its address"),
        ("gs://bucket/a?b", r"'\?' in its address"),
        ("az://bucket/a%20b", "'%20' in its address"),
        ("s3://bucket/[a]", r"'\[' in its address"),
    ],
)
def test_what_is_no_place_is_refused(place, said):
    with pytest.raises(UsageError, match=said):
        Lake(place)


def test_places_as_they_are_looked_up_in():
    assert [place_of(p) for p in ("S3://bucket/desk/", "gs://bucket", "/", "a/", "file:///a%20b/")] == [
        "s3://bucket/desk",
        "gs://bucket",
        "/",
        "a",
        "/a b",
    ]


def test_errors_are_told_by_their_cause():
    chain = "Generic S3 error\n \x1b[31m↳\x1b[0m Error performing GET http://x in 3ms\n  \x1b[31m↳\x1b[0m "
    assert told(OSError(chain + "tcp connect error\n \x1b[31m↳\x1b[0m Connection refused (os error 111)\n")) == (
        "Connection refused (os error 111)"
    )
    assert told(OSError(chain + "<Error><Code>NoSuchBucket</Code><Message>x</Message></Error>\n")) == "NoSuchBucket"
    assert told(OSError(28, "No space left on device")) == "No space left on device"
