"""Times are scored against TimeML: strict and relaxed spans, values, and phrases alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import DataError
from communique.evaluation.when import evaluate, predict, read_phrases, read_timeml

TIMEML = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2024-05-15">2024-05-15</TIMEX3></DCT>
<TEXT>The envoys met on <TIMEX3 tid="t1" type="DATE" value="2019-05-02">2 May 2019</TIMEX3>.

They parted <TIMEX3 tid="t2" type="DATE" value="2019-05-03">the next day</TIMEX3>, and some met {third}.
</TEXT></TimeML>
"""


def corpus(folder: Path, third: str) -> Path:
    path = folder / "eval" / "one.tml"
    path.parent.mkdir()
    path.write_text(TIMEML.format(third=third), encoding="utf-8")
    return path


def test_a_document_is_read_with_its_day_and_its_paragraphs_share_one_story(tmp_path: Path) -> None:
    document = read_timeml(corpus(tmp_path, "again"))
    assert document.published is not None and document.published.start.isoformat() == "2024-05-15"
    assert [value for _, value in predict(document)] == [value for _, value in document.gold] == ["2019-05-02", "2019-05-03"]


def test_what_is_wanted_and_missed_and_given_beyond_counts(tmp_path: Path) -> None:
    corpus(tmp_path, 'in <TIMEX3 tid="t3" type="DATE" value="2020-04">early May 2020</TIMEX3> and on 3 June 2021')
    figures = evaluate(tmp_path)
    assert figures["times"] == 3 and figures["documents"] == 1
    assert figures["span_strict_f1"] == figures["span_relaxed_f1"] == pytest.approx(6 / 7)
    assert figures["value_f1"] == pytest.approx(4 / 7)
    assert figures["relaxed_precision"] == 3 / 4 and figures["relaxed_recall"] == 1
    assert "timenorm_value_accuracy" not in figures


def test_phrases_alone_are_scored_where_they_are(tmp_path: Path) -> None:
    corpus(tmp_path, "again")
    path = tmp_path / "train" / "timenorm-tsv" / "test.tsv"
    path.parent.mkdir(parents=True)
    path.write_text("2024-05-15\tDATE\t2024-05-15\nlast month\tDATE\t2024-04\nnonsense\tDATE\t2020\n\n"
                    "2024-06-15\tDATE\t2024-06-15\nlast month\tDATE\t2024-05\n", encoding="utf-8")  # fmt: skip
    figures = evaluate(tmp_path)
    assert figures["timenorm_phrases"] == 3 and figures["timenorm_value_accuracy"] == pytest.approx(2 / 3)
    path.write_text("a month\tDURATION\tP1M\n", encoding="utf-8")
    with pytest.raises(DataError, match="is no day"):
        read_phrases(path)


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"holds no \.tml files"):
        evaluate(tmp_path)
    broken = tmp_path / "broken.tml"
    broken.write_text("<TimeML><TEXT>", encoding="utf-8")
    with pytest.raises(DataError, match="not TimeML"):
        read_timeml(broken)
    broken.write_text("<TimeML/>", encoding="utf-8")
    with pytest.raises(DataError, match="no TEXT"):
        read_timeml(broken)
