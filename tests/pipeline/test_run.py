"""Running reports through stages: order kept, one bad report never stops the others, an order that can't work is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

import communique
from communique.errors import DataError, InputError, StageError, UsageError
from communique.pipeline import Pipeline, record_or_raise
from communique.pipeline.facade import _names_file
from communique.types.analysis import Failed
from communique.types.record import Record
from communique.types.text import Span


@pytest.fixture
def reports(tmp_path):
    files = [tmp_path / f"{k}.txt" for k in range(7)]
    for file in files:
        file.write_text("x", encoding="utf-8")
    return files


def _reader(source):
    if not Path(source).is_file():
        raise InputError(f"{source}: no such file; check the name")
    from communique.types.text import Document

    return [Document(source, source, source, "Norland met Sudria.")]


def _same(analysis):
    return analysis


def test_records_come_in_order_and_a_missing_report_stops_nothing(reports, stage, tmp_path):
    pipeline = Pipeline([stage("s", frozenset({"document"}), frozenset(), _same)], _reader)
    sources = [*reports[:3], tmp_path / "none.txt", *reports[3:]]
    found = list(pipeline.read(sources))
    assert [isinstance(r, Failed) for r in found] == [False] * 3 + [True] + [False] * 4
    assert [Path(r.document.source) for r in found if isinstance(r, Record)] == reports
    assert found[3].stage == "source" and isinstance(found[3].error, InputError)


def test_reading_is_lazy(reports, stage):
    seen = []

    def sources():
        for report in reports:
            seen.append(report)
            yield report

    results = Pipeline([stage("s", frozenset(), frozenset(), _same)], _reader).read(sources())
    next(results)
    assert len(seen) == 1


def test_a_stage_that_breaks_off_fails_only_the_culprit(reports, stage):
    def change(analysis):
        if analysis.document.source.endswith("2.txt"):
            raise ZeroDivisionError("no such luck")
        return analysis

    found = list(Pipeline([stage("counting", frozenset(), frozenset(), change)], _reader).read(reports))
    assert [isinstance(r, Failed) for r in found] == [k == 2 for k in range(7)]
    assert found[2].stage == "counting" and isinstance(found[2].error, ZeroDivisionError)


def test_a_stage_that_loses_a_report_fails_only_that(reports, stage):
    class Losing(stage):
        def __call__(self, analyses):
            return (a for a in analyses if not a.document.source.endswith("4.txt"))

    found = list(Pipeline([Losing("l", frozenset(), frozenset(), _same)], _reader).read(reports))
    assert [isinstance(r, Failed) for r in found] == [k == 4 for k in range(7)]


def test_a_record_that_does_not_hold_is_a_failure(reports, stage, analysis):
    def change(given):
        event = replace(analysis.events[0], trigger=Span(900, 901))
        return replace(analysis, document=given.document, events=(event,))

    (found,) = Pipeline([stage("coding", frozenset(), frozenset(), change)], _reader).read(reports[:1])
    assert isinstance(found, Failed) and found.stage == "record"
    with pytest.raises(DataError):
        record_or_raise(found)


def test_an_order_that_cannot_work_is_refused(stage):
    first = stage("annotate", frozenset({"passages"}), frozenset({"reading"}), _same)
    second = stage("clean", frozenset({"document"}), frozenset({"passages"}), _same)
    Pipeline([second, first], _reader)
    with pytest.raises(StageError, match="stage 'annotate' requires passages"):
        Pipeline([first, second], _reader)


def test_names_of_files_and_texts_are_told_apart(tmp_path):
    odd = tmp_path / "a report with spaces"
    odd.write_text("x", encoding="utf-8")
    for name in ("report.txt", "my report.txt", "/tmp/none", str(odd)):
        assert _names_file(name), name
    for text in (
        "Norland met Sudria.",
        "Norland met\nSudria.txt",
        "The talks were held in the U.S. on Monday",
        "A " * 5_000_000,
        "The talks went on and on " * 12,
        "The talks went on and on " * 36,
        "The talks were held\0 on Monday",
        "",
    ):
        assert not _names_file(text), text[:50]


@pytest.mark.parametrize("length", [300, 900])
def test_a_long_line_is_read_as_text(length):
    text = ("The mayor met the envoy in the old town hall on Monday. " * 20)[:length].strip()
    assert communique.read(text).document.text == text


@pytest.mark.parametrize("source", [b"Norland met Sudria.", None, 3])
def test_a_source_of_another_type_is_refused_with_those_there_are(source):
    with pytest.raises(UsageError, match=r"str.*Path.*Document"):
        communique.read(source)


@pytest.mark.parametrize("sources", ["a.txt", Path("a.txt"), b"a.txt", None])
def test_a_single_source_is_no_list(sources):
    with pytest.raises(UsageError, match="give a list"):
        communique.read_many(sources)


def test_an_empty_text_is_called_empty():
    with pytest.raises(InputError, match="empty"):
        communique.read("")


def test_a_setting_that_cannot_be_used_is_named():
    with pytest.raises(UsageError, match="published: 'June' is no day"):
        communique.read("report.txt", published="June")


def test_what_was_asked_for_and_cannot_be_had_is_no_failure_of_a_report(reports, stage):
    def change(analysis):
        raise UsageError("en_none: no such spaCy pipeline is installed")

    with pytest.raises(UsageError, match="en_none"):
        list(Pipeline([stage("annotate", frozenset(), frozenset(), change)], _reader).read(reports))


def test_a_record_does_not_depend_on_what_else_is_read():
    files = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))[:3]
    together = list(communique.read_many(files))
    assert [communique.read(file) for file in files] == together
    assert list(communique.read_many(reversed(files))) == together[::-1]
