"""Places scored on made-up articles, counted by hand."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from communique.errors import DataError
from communique.evaluation import where
from communique.evaluation.where import Counts, Toponym
from communique.types.entities import Place
from communique.types.text import Span

XML = """<articles><article><url> http://example.org/a </url><text>Rain fell on Oslo and on Bergen.</text><toponyms>
<toponym><start>14</start><end>18</end><phrase>Oslo</phrase>
<gaztag><lat>59.91</lat><lon>10.75</lon></gaztag></toponym>
<toponym><start>25</start><end>31</end><phrase>Bergen</phrase></toponym>
<toponym><start>3</start><end>9</end><phrase>Tromsø</phrase></toponym>
</toponyms></article></articles>"""


def corpus(folder: Path, name: str, text: str = XML) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()))
    return path


def place(name: str, *spans: Span, point: tuple[float, float] | None = None) -> Place:
    latitude, longitude = point or (None, None)
    return Place(name, name, None, spans, latitude, longitude)


def test_an_article_is_read_with_its_offsets_put_right(tmp_path: Path) -> None:
    (article,) = where.read_corpus(corpus(tmp_path, "a.xml.gz"))
    assert [g.span.of(article.document.text) for g in article.gold] == ["Oslo", "Bergen"]
    assert [g.point for g in article.gold] == [(59.91, 10.75), None]
    assert article.document.url == "http://example.org/a"


def test_distances_are_those_on_the_great_circle() -> None:
    assert where.kilometres((59.91, 10.75), (60.39, 5.32)) == pytest.approx(305, abs=3)
    assert where.kilometres((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.2)


def test_figures_are_counted_by_hand() -> None:
    gold = (
        Toponym(Span(0, 4), (59.9, 10.8)),
        Toponym(Span(10, 16), (60.4, 5.3)),
        Toponym(Span(20, 25), (69.6, 18.9)),
        Toponym(Span(30, 35), None),
    )
    given = (place("p1", Span(0, 4), point=(60.0, 10.8)), place("p2", Span(10, 16), point=(50.0, 5.3)))
    found = (place("p1", Span(0, 4), Span(40, 45), point=(60.0, 10.8)), place("p2", Span(10, 14)))
    counts = Counts()
    where.score(gold, given, found, counts)
    figures = counts.figures("x")
    assert figures["x_within_161km"] == pytest.approx(1 / 3)
    assert figures["x_resolved"] == pytest.approx(2 / 3)
    assert figures["x_recognition_f1"] == pytest.approx(2 * 1 / (4 + 3))
    assert figures["x_recognition_overlap_f1"] == pytest.approx(2 * 2 / (4 + 3))
    assert figures["x_end_to_end_within_161km"] == pytest.approx(1 / 3)
    assert figures["x_median_km"] > 500


def test_a_folder_without_the_corpora_is_told(tmp_path: Path) -> None:
    corpus(tmp_path, "TR-News.xml.gz")
    with pytest.raises(DataError, match=r"lacks GeoVirus.xml.gz, lgl.xml.gz"):
        where.evaluate(tmp_path)


def test_what_is_no_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not a gzipped XML file"):
        where.read_corpus(corpus(tmp_path, "a.xml.gz", "no XML"))


def test_the_file_of_one_corpus_is_enough(tmp_path: Path) -> None:
    one = corpus(tmp_path, where.CORPORA["tr_news"])
    assert where.evaluate(one)["tr_news_within_161km"] == 1.0
    with pytest.raises(DataError, match=r"other\.xml\.gz"):
        where.evaluate(corpus(tmp_path, "other.xml.gz"))
