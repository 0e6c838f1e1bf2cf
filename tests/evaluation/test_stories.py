"""B-cubed on articles in clusters."""

from __future__ import annotations

import json
import tarfile

import pytest

from communique.errors import DataError
from communique.evaluation.stories import b_cubed, evaluate

TALKS = (
    "Envoys of Norland and Sudria met in Lisbon on Monday to talk about the bridge at Velm, which a flood swept away in March."
)
MORE = "The bridge at Velm was the matter when envoys from Sudria and Norland sat down in Lisbon; the flood of March took it."
FIRE = "A fire destroyed the old market of Oshen during the night, and 12 traders lost all that they had, the mayor said."


def article(number, text, cluster):
    return {
        "title": f"Report {number}",
        "text": text,
        "source_domain": f"outlet{number}.example",
        "url": f"https://outlet{number}.example/",
        "date_publish": "2017-09-15T00:00:00",
        "newsCluster": {"EventId": cluster},
    }


@pytest.fixture
def folder(tmp_path):
    for number, (text, cluster) in enumerate(((TALKS, 1), (MORE, 1), (FIRE, 2))):
        (tmp_path / f"{number}.json").write_text(json.dumps(article(number, text, cluster)), encoding="utf-8")
    return tmp_path


def test_b_cubed_by_hand():
    figures = b_cubed([("a", "b", "c"), ("d",)], {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert figures["precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert figures["recall"] == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_articles_of_a_folder_and_of_an_archive_give_the_same(folder, tmp_path_factory):
    figures = evaluate(folder)
    assert (figures["articles"], figures["clusters"], figures["stories"]) == (3, 2, 2)
    assert figures["f1"] == 1.0
    archive = tmp_path_factory.mktemp("archive") / "clusters.tar.gz"
    with tarfile.open(archive, "w:gz") as file:
        for path in sorted(folder.glob("*.json")):
            file.add(path, path.name)
    assert evaluate(archive) == figures


@pytest.mark.parametrize("body", ["{", '{"title": "x"}', "[]"])
def test_what_is_no_article_is_named(folder, body):
    (folder / "bad.json").write_text(body, encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.json"):
        evaluate(folder)


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(DataError, match="holds no articles"):
        evaluate(tmp_path)
