"""What holds for every export: it is whole or not there, counts what it loses, and writes the same each time."""

import io
from uuid import uuid5

import pytest

from communique import registry
from communique.errors import UsageError
from communique.export.exports import ASPECTS, Loss, aspects_of, load, write_file
from communique.export.identity import SPACE, uuid_of
from communique.store.tables import SCHEMAS

NAMES = registry.names(registry.EXPORTS)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_says_what_it_needs_and_carries(name):
    export = load(name)
    assert export.name == name
    assert export.needs <= SCHEMAS.keys()
    assert export.carries <= ASPECTS.keys()


@pytest.mark.parametrize("name", NAMES)
def test_an_export_needs_only_the_tables_that_it_names(name, rows):
    export = load(name)
    whole, needed = io.BytesIO(), io.BytesIO()
    loss = export.write([rows], whole)
    assert (
        load(name).write([{table: rows[table] for table in export.needs | {"documents"}}], needed).to_dict() == loss.to_dict()
    )
    assert loss.documents == 1
    assert loss.written > 0


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_export_is_no_error(name):
    assert load(name).write([], io.BytesIO()).documents == 0


@pytest.mark.parametrize("name", ["gdelt", "gdelt-mentions", "icews", "polecat", "plover", "cameo", "panel"])
def test_every_event_is_told_or_left_out(name, rows):
    loss = load(name).write([rows], io.BytesIO())
    assert loss.events == len(rows["events"])
    assert sum(number for what, number in loss.lost.items() if what.endswith("left out")) < loss.events


def test_a_file_is_there_whole_or_as_it_was(tmp_path, rows):
    path = tmp_path / "events.tsv"
    write_file(lambda out: load("cameo").write([rows], out), path)
    before = path.read_bytes()

    def broken():
        yield rows
        raise RuntimeError("the disk went away")

    with pytest.raises(RuntimeError):
        write_file(lambda out: load("cameo").write(broken(), out), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_can_not_be_written_is_told(tmp_path):
    with pytest.raises(UsageError, match="is a folder; name a file"):
        write_file(lambda out: Loss("none"), tmp_path)
    with pytest.raises(UsageError, match="No such file or directory"):
        write_file(lambda out: Loss("none"), tmp_path / "none" / "events.tsv")


def test_aspects_of_an_event_are_counted_unless_carried(rows):
    event = rows["events"][3]
    assert aspects_of(event) == ASPECTS.keys() - {"status", "auxiliary"}
    loss = Loss("none")
    loss.take(event, frozenset(ASPECTS) - {"denial", "tellings"})
    assert loss.lines() == [
        "none: 0 rows from 1 events of 0 documents",
        "  1 denials by others dropped",
        "  1 further tellings within a report dropped",
    ]


def test_a_format_that_there_is_none_of_is_named_with_those_there_are():
    with pytest.raises(UsageError, match=r"there are: .*cameo, .*gdelt"):
        load("paper")


@pytest.mark.parametrize("parts", [(), ("actor", "state:SDR"), ("incident", "d1", "é\x1f", "")])
def test_ids_are_those_of_the_standard(parts):
    assert uuid_of(*parts) == str(uuid5(SPACE, "\x1f".join(parts)))
