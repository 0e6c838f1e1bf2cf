"""GDELT 2.0, against a table of its columns that is written here from the codebook, each with the form of its values."""

import io
import re
from datetime import date

import pytest

from communique.export.exports import load
from communique.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, fraction_date, quad_class

INTEGER, NUMBER, TEXT, CODES, EMPTY = r"\d+", r"-?\d+\.\d+", r"[^\t]+", r"([A-Z]{3})*", ""
PLACE = {"Type": "[1-5]?", "FullName": "[^\t]*", "CountryCode": "([A-Z]{2})?", "ADM1Code": r"\w*", "ADM2Code": r"\w*"} | {
    "Lat": f"({NUMBER})?", "Long": f"({NUMBER})?", "FeatureID": r"\w*",
}  # fmt: skip
ACTOR = {"Code": CODES, "Name": "[^a-z\t]*", "CountryCode": "([A-Z]{3})?", "KnownGroupCode": "([A-Z]{3})?", "EthnicCode": EMPTY}
ACTOR |= {"Religion1Code": EMPTY, "Religion2Code": EMPTY} | {f"Type{n}Code": "([A-Z]{3})?" for n in (1, 2, 3)}
EVENTS = {
    "GLOBALEVENTID": INTEGER, "SQLDATE": r"\d{8}", "MonthYear": r"\d{6}", "Year": r"\d{4}", "FractionDate": r"\d{4}\.\d{4}",
    **{f"Actor1{name}": form for name, form in ACTOR.items()},
    **{f"Actor2{name}": form for name, form in ACTOR.items()},
    "IsRootEvent": "[01]", "EventCode": r"\d{3,4}", "EventBaseCode": r"\d{3}", "EventRootCode": r"\d{2}", "QuadClass": "[1-4]",
    "GoldsteinScale": NUMBER, "NumMentions": INTEGER, "NumSources": INTEGER, "NumArticles": INTEGER, "AvgTone": EMPTY,
    **{f"Actor1Geo_{name}": EMPTY for name in PLACE},
    **{f"Actor2Geo_{name}": EMPTY for name in PLACE},
    **{f"ActionGeo_{name}": form for name, form in PLACE.items()},
    "DATEADDED": r"\d{14}", "SOURCEURL": TEXT,
}  # fmt: skip
MENTIONS = {
    "GLOBALEVENTID": INTEGER, "EventTimeDate": r"\d{14}", "MentionTimeDate": r"\d{14}", "MentionType": "[1-6]",
    "MentionSourceName": TEXT, "MentionIdentifier": TEXT, "SentenceID": INTEGER, "Actor1CharOffset": r"-1|\d+",
    "Actor2CharOffset": r"-1|\d+", "ActionCharOffset": INTEGER, "InRawText": "[01]", "Confidence": r"\d{1,2}0|0",
    "MentionDocLen": INTEGER, "MentionDocTone": EMPTY, "MentionDocTranslationInfo": EMPTY, "Extras": EMPTY,
}  # fmt: skip


def table(name, columns, *documents):
    out = io.BytesIO()
    loss = load(name).write(documents, out)
    lines = out.getvalue().decode().removesuffix("\n").split("\n")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines if line], loss


def test_columns_are_those_of_the_codebook():
    assert (len(EVENTS), len(MENTIONS)) == (61, 16)
    assert list(EVENT_COLUMNS) == list(EVENTS)
    assert list(MENTION_COLUMNS) == list(MENTIONS)


@pytest.mark.parametrize(("name", "columns"), [("gdelt", EVENTS), ("gdelt-mentions", MENTIONS)])
def test_every_value_has_the_form_of_its_column(name, columns, rows):
    found, loss = table(name, columns, rows)
    assert len(found) == loss.written == 11
    for line in found:
        for column, form in columns.items():
            assert re.fullmatch(form, line[column]), (column, line[column])


def test_an_event_is_told_in_its_columns(rows):
    found, _ = table("gdelt", EVENTS, rows)
    killed = next(line for line in found if line["EventCode"] == "195")
    assert (killed["SQLDATE"], killed["MonthYear"], killed["Year"]) == ("20240302", "202403", "2024")
    assert (killed["Actor1Code"], killed["Actor2Code"], killed["Actor2Name"]) == ("SWE", "NOR", "NORLAND")
    assert (killed["EventBaseCode"], killed["EventRootCode"], killed["QuadClass"]) == ("195", "19", "4")
    assert (killed["GoldsteinScale"], killed["NumMentions"], killed["IsRootEvent"]) == ("-10.0", "2", "0")
    place = [killed[f"ActionGeo_{column}"] for column in PLACE]
    assert place == ["1", "Norland", "NO", "NO", "", "60.5", "8.5", "NO"]
    aid = next(line for line in found if line["EventCode"] == "070")
    assert [aid[f"Actor1{column}"] for column in ("Code", "CountryCode", "KnownGroupCode", "Type1Code")] == [
        "IGOUNO",
        "",
        "UNO",
        "IGO",
    ]


def test_a_meeting_of_three_gives_a_row_for_each_ordered_pair(rows):
    found, loss = table("gdelt", EVENTS, rows)
    met = {(line["Actor1Name"], line["Actor2Name"]) for line in found if line["EventCode"] == "040"}
    assert len(met) == 6 and ("SUDRIA", "ANA SOL") in met
    assert loss.lost["events told as several dyads"] == 1


def test_a_planned_visit_is_an_intent_of_the_day_of_publication(rows):
    found, loss = table("gdelt", EVENTS, rows)
    assert [line["SQLDATE"] for line in found if line["EventCode"] == "036"] == ["20240304"]
    assert loss.lost["planned or imagined events told as what was stated"] == 1


def test_what_did_not_happen_is_left_out_and_counted(rows):
    found, loss = table("gdelt", EVENTS, rows)
    assert not {"152", "161", "190"} & {line["EventCode"] for line in found}
    for why in ("denied events", "uncertain events", "imagined events", "planned events that CAMEO has no intent for"):
        assert loss.lost[f"{why} left out"] == 1
    assert loss.lost["attributions dropped"] == loss.lost["denials by others dropped"] == loss.lost["amounts dropped"] == 1


def test_events_of_no_known_day_are_left_out(undated):
    found, loss = table("gdelt", EVENTS, undated)
    assert {line["EventCode"] for line in found} == {"040", "195", "070", "192"}
    assert loss.lost["events of no known day left out"] == 2


def test_mentions_have_the_ids_of_their_events_and_say_where_they_stand(rows):
    events, _ = table("gdelt", EVENTS, rows)
    mentions, _ = table("gdelt-mentions", MENTIONS, rows)
    assert [m["GLOBALEVENTID"] for m in mentions] == [e["GLOBALEVENTID"] for e in events]
    assert len({m["GLOBALEVENTID"] for m in mentions}) == len(mentions)
    text = rows["documents"][0]["text"]
    first = mentions[0]
    assert text[int(first["ActionCharOffset"]) :].startswith("met the envoys")
    assert text[int(first["Actor1CharOffset"]) :].startswith("Ana Sol of Norland met")
    assert (first["SentenceID"], first["Confidence"], first["MentionDocLen"]) == ("2", "80", str(len(text)))


def test_a_citation_stands_for_a_report_without_an_address(rows):
    (document,) = rows["documents"]
    mentions, _ = table("gdelt-mentions", MENTIONS, rows | {"documents": [document | {"url": None}]})
    assert {(m["MentionType"], m["MentionIdentifier"]) for m in mentions} == {("2", "talks.txt")}


@pytest.mark.parametrize(("day", "fraction"), [((2013, 1, 1), "2013.0027"), ((2016, 7, 18), "2016.5425")])
def test_fractions_of_years_are_counted_in_months_of_thirty_days(day, fraction):
    assert fraction_date(date(*day)) == fraction


@pytest.mark.parametrize(
    ("code", "quad"), [("010", 1), ("057", 1), ("060", 2), ("0874", 2), ("090", 3), ("138", 3), ("140", 4), ("2042", 4)]
)
def test_quad_classes_follow_from_the_root(code, quad):
    assert quad_class(code) == quad
