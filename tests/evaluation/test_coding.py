"""The coder's measures on public sets: their files are read as they are published, their figures worked out by hand."""

from __future__ import annotations

import gzip
import json
import shutil
import tarfile

import pytest

from communique.errors import DataError
from communique.evaluation import coding, dyads, factuality, petrarch, polnear
from communique.types.text import Span


def test_marked_sentences_become_text_and_spans():
    found = dyads.parse("<s>Norland</s> warned <t>the Sudrian army</t>.", "THREATEN")
    assert (found.text, found.source, found.target) == ("Norland warned the Sudrian army.", Span(0, 7), Span(15, 31))
    assert dyads.parse("Norland warned <t>Sudria</t>.", "THREATEN").source is None


def test_macro_f1_is_the_mean_over_the_types_wanted():
    figures = dyads.score(["AID", "AID", "ACCUSE", "ACCUSE"], ["AID", "ACCUSE", "ACCUSE", dyads.NONE])
    assert figures["dyads_aid_f1"] == pytest.approx(2 / 3)
    assert figures["dyads_accuse_f1"] == pytest.approx(0.5)
    assert figures["dyads_macro_f1"] == pytest.approx(7 / 12)
    assert figures["dyads_accuracy"] == 0.5


def test_dyads_read_from_a_table_and_coded(tmp_path):
    table = tmp_path / "table.tsv"
    table.write_text(
        "marked_sentence\tgold_root\n<s>Rebels</s> shelled <t>the town</t> on Monday.\tASSAULT\n", encoding="utf-8"
    )
    assert dyads.evaluate(table)["dyads_accuracy"] == 1.0


def test_a_table_without_the_columns_is_named(tmp_path):
    table = tmp_path / "other.tsv"
    table.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"other\.tsv"):
        dyads.load(table)


RECORDS = """<Sentences>
<Sentence date="19950101" id="A" category="A" sentence="true">
<EventCoding sourcecode="AAA" targetcode="BBB" eventcode="{code}"></EventCoding>
<Text>
Rebels shelled the
capital &amp; its port.
</Text>
</Sentence>
</Sentences>"""


@pytest.mark.parametrize(("code", "right"), [("190", 1.0), ("174K", 0.0)])
def test_petrarch_records_by_the_root_of_their_code(tmp_path, code, right):
    file = tmp_path / "records.xml"
    file.write_text(RECORDS.format(code=code), encoding="utf-8")
    assert petrarch.load(file)[0].text == "Rebels shelled the capital & its port."
    assert petrarch.evaluate(file)["petrarch_type_accuracy"] == right


def test_petrarch_codes_that_plover_drops_leave_nothing(tmp_path):
    file = tmp_path / "records.xml"
    file.write_text(RECORDS.format(code="023"), encoding="utf-8")
    with pytest.raises(DataError, match=r"records\.xml"):
        petrarch.load(file)


TEXT = "Ana Ruiz said the port was open. Nobody else spoke."
NOTES = "T1\tSource 0 8\tAna Ruiz\nT2\tCue 9 13\tsaid\nT3\tContent 14 31\tthe port was open\nT4\tAttribution 9 13\tsaid\n"
NOTES += "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nE2\tAttribution:T4 Cue:T2\n"


def _polnear(folder):
    for name, text in (("text/one.txt", TEXT), ("attributions/one_ab.ann", NOTES), ("attributions/one_zz.ann", "")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_polnear_from_a_folder_or_a_tar_file(tmp_path):
    (tmp_path / "dev").mkdir()
    _polnear(tmp_path / "dev")
    with tarfile.open(tmp_path / "dev.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "dev", "dev")
    assert polnear.load(tmp_path / "dev") == polnear.load(tmp_path / "dev.tar.gz")
    (report,) = polnear.load(tmp_path / "dev")
    assert report.attributions == (polnear.Attribution((Span(14, 31),), (Span(0, 8),)),)


def test_polnear_scored_by_hand(tmp_path):
    _polnear(tmp_path)
    figures = polnear.evaluate(tmp_path)
    assert (figures["polnear_content_f1"], figures["polnear_source"]) == (1.0, 1.0)


def test_a_folder_without_any_of_the_sets_is_named(tmp_path):
    with pytest.raises(DataError, match="train and eval"):
        coding.evaluate(tmp_path)


def test_what_took_place_told_from_what_did_not(tmp_path):
    rows = [
        {"text": "Rebels shelled the town .", "targets": [{"span1": [1, 2], "label": 3.0}]},
        {"text": "Rebels did not shell the town .", "targets": [{"span1": [3, 4], "label": -3.0}]},
    ]
    for part, row in zip(("dev", "test"), rows, strict=True):
        with gzip.open(tmp_path / f"{part}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    assert factuality.happened(tmp_path)["happened_balanced_accuracy"] == 1.0
    shutil.copy(tmp_path / "dev.jsonl.gz", tmp_path / "test.jsonl.gz")
    with pytest.raises(DataError, match="one side of 0"):
        factuality.happened(tmp_path)
