"""Which corpora are measured, and with which model."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import DataError, UsageError
from communique.evaluation import language
from communique.models.language import FOLDER


class Network:
    """Has one head; `export` is the folder that it comes from."""

    def __init__(self, export: object = None, threads: int | None = None) -> None:
        self.export, self.session = export, self

    def get_outputs(self):
        return [SimpleNamespace(name="arc")]


@pytest.fixture
def corpora(monkeypatch):
    """Two corpora whose figure is the size of their file, one more for another export than the one that ships."""
    measure = lambda name: lambda path, model: {name: float(path.stat().st_size) + (model.export is not None)}
    held = {n: language.Corpus(f"{n}/{{}}.txt", measure(n), "arc") for n in ("first", "second")}
    monkeypatch.setattr(language, "CORPORA", held)
    monkeypatch.setattr(language, "load_language", lambda threads: Network(None, threads))
    monkeypatch.setattr(language, "LanguageModel", Network)
    return held


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "second", "data"),
    [("first", "second", "."), ("train/first", "eval/second", "."), ("train/first", "eval/second", "train")],
)
def test_corpora_are_found_where_they_lie(tmp_path, corpora, first, second, data):
    put(tmp_path / first / "test.txt", "abc")
    put(tmp_path / second / "test.txt", "abcde")
    put(tmp_path / first / "dev.txt", "a")
    assert language.evaluate(tmp_path / data) == {"first": 3, "second": 5}


def test_part_choice_and_model(tmp_path, corpora, caplog):
    put(tmp_path / "first/dev.txt", "ab")
    put(tmp_path / "second/dev.txt", "abcd")
    assert language.evaluate(tmp_path, "dev", ["second"]) == {"second": 4}
    assert language.evaluate(tmp_path, "dev", model=tmp_path) == {"first": 3, "second": 5}
    assert not caplog.records


def test_what_is_missing_is_named(tmp_path, corpora, caplog):
    put(tmp_path / "first/test.txt", "abc")
    with caplog.at_level(logging.WARNING):
        assert language.evaluate(tmp_path) == {"first": 3}
    assert "second (second/test.txt)" in caplog.text
    with pytest.raises(DataError, match=r"second \(second/test\.txt\)"):
        language.evaluate(tmp_path, only=["second"])


def test_what_the_model_has_no_head_for_is_named(tmp_path, corpora, caplog):
    put(tmp_path / "first/test.txt", "abc")
    put(tmp_path / "third/test.txt", "abcd")
    corpora["third"] = language.Corpus("third/{}.txt", corpora["first"].measure, "mood")
    with caplog.at_level(logging.WARNING):
        assert language.evaluate(tmp_path, only=["first", "third"]) == {"first": 3}
    assert "no head for it: third" in caplog.text


def test_each_corpus_has_its_parts():
    places = {name: (corpus.of("dev"), corpus.of("test")) for name, corpus in language.CORPORA.items()}
    assert places["gap"] == ("GAP/gap-validation.tsv.gz", "GAP/gap-test.tsv.gz")
    assert places["ewt"] == ("UD_English-EWT/en_ewt-ud-dev.conllu.gz", "UD_English-EWT/en_ewt-ud-test.conllu.gz")
    assert places["graph"] == ("communique-events/dev.jsonl",) * 2


def test_names_that_there_are_none_of(tmp_path):
    with pytest.raises(UsageError, match="nowhere: no such corpus here; there are: ewt, gum"):
        language.evaluate(tmp_path, only=["nowhere"])


def test_two_models_side_by_side(tmp_path, corpora):
    put(tmp_path / "first/test.txt", "abc")
    command = ["evaluate", "language", "--data", str(tmp_path), "--against", str(FOLDER)]
    shown = CliRunner().invoke(app, command).stdout
    assert shown.replace("│", " ").replace("┃", " ").split()[-5:-1] == ["first", "3.0000", "4.0000", "-1.0000"]
    figures = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
    assert (figures["figures"], figures["against"]) == ({"first": 3.0}, {"first": 4.0})


def test_other_evaluations_have_no_models(tmp_path):
    put(tmp_path / "lines.jsonl", '{"text": "Read more", "label": "dropped"}\n')
    for option in (["--split", "dev"], ["--only", "ewt"], ["--model", str(FOLDER)], ["--against", str(FOLDER)]):
        done = CliRunner().invoke(app, ["evaluate", "clean", "--data", str(tmp_path / "lines.jsonl"), *option])
        assert isinstance(done.exception, UsageError)
        assert "the evaluation clean has no such option" in str(done.exception)


def test_a_model_that_is_not_there(tmp_path, corpora):
    put(tmp_path / "first/test.txt", "abc")
    done = CliRunner().invoke(app, ["evaluate", "language", "--data", str(tmp_path), "--model", str(tmp_path / "none")])
    assert isinstance(done.exception, UsageError)
