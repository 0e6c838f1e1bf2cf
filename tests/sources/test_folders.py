"""Of a folder the reports are read, and what lies beside them is not."""

import pytest

from communique.errors import InputError
from communique.sources.doors import door, tells_of_reports, walk
from communique.sources.inputs import Options

BESIDE = ["README", "readme.md", "LICENSE.txt", "CHANGELOG.md", "gold.json", "summit.gold.json", "war.codebook.yaml"]
REPORTS = ["a.txt", "readme-first.html", "license talks.txt", "golden.json", "gold.json.txt", "notice of strike.md"]


def test_what_lies_beside_reports_is_passed_over(tmp_path):
    for folder in (tmp_path, tmp_path / "week"):
        folder.mkdir(exist_ok=True)
        for name in (*BESIDE, *REPORTS):
            (folder / name).write_text("Norland met Sudria.")
    assert sorted(p.name for p in walk(tmp_path)) == sorted(2 * REPORTS)
    assert not any(map(tells_of_reports, REPORTS))


@pytest.mark.parametrize("name", BESIDE)
def test_it_is_read_when_it_is_named(tmp_path, name):
    (tmp_path / name).write_text("Norland met Sudria.")
    (given,) = door(str(tmp_path / name), Options())
    assert given.name == str(tmp_path / name)
    with pytest.raises(InputError, match="a folder without files that can be reports"):
        list(door(str(tmp_path), Options()))
