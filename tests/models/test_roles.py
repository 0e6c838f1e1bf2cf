"""The table of roles: sums of features' weights, and the table that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from communique.errors import DataError
from communique.models.language import load_language
from communique.models.roles import RoleTable, load_roles


def table() -> RoleTable:
    rows = np.array([[0, 4, -2], [2, 0, 0]], np.int8)
    return RoleTable(
        np.array([5, 9], np.uint32), rows, 0.5, np.array([1, 0, 0], np.float32), ("ARG0", "ARG1"), np.ones(4, np.float32)
    )


def test_weights_of_known_features_are_added() -> None:
    found = table().chances(np.array([[5, 9, 7], [5, 5, 9], [1, 6, 4_000_000_000]], np.uint32))
    want = np.array([[2.0, 2.0, -1.0], [2.0, 4.0, -2.0], [1.0, 0.0, 0.0]])
    want -= np.log(np.exp(want).sum(1, keepdims=True))
    assert found == pytest.approx(want)
    assert table().chances(np.zeros((0, 3), np.uint32)).shape == (0, 3)


def test_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table().save(tmp_path / "roles.npz")
    again = RoleTable.load(tmp_path / "roles.npz")
    assert again.labels == ("ARG0", "ARG1") and again.scale == 0.5
    assert np.array_equal(again.rows, table().rows) and np.array_equal(again.evidence, table().evidence)


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"roles\.npz: the table of roles can't be read"):
        RoleTable.load(tmp_path / "roles.npz")
    (tmp_path / "roles.npz").write_bytes(b"no archive")
    with pytest.raises(DataError):
        RoleTable.load(tmp_path / "roles.npz")
    np.savez(tmp_path / "roles.npz", keys=np.zeros(1))
    with pytest.raises(DataError):
        RoleTable.load(tmp_path / "roles.npz")


def test_the_table_that_ships_knows_the_labels_of_the_network() -> None:
    shipped = load_roles()
    assert {f"B-{label}" for label in shipped.labels} == {x for x in load_language().labels["frame"] if x.startswith("B-")}
    assert np.all(np.diff(shipped.keys.astype(np.int64)) > 0) and shipped.rows.shape == (len(shipped.keys), len(shipped.bias))
    assert np.all(shipped.evidence > 0)
