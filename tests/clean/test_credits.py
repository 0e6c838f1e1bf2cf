"""Bylines, date lines, datelines, agencies."""

from datetime import date

import pytest

from communique.clean.agencies import credited, load_agencies
from communique.clean.credits import dateline, imprint
from communique.clean.dates import date_line


@pytest.mark.parametrize("credit", load_agencies().credits, ids=lambda c: c.example)
def test_wording_credits_an_agency(credit):
    assert credit.pattern.search(credit.example)
    assert credited(credit.example)


@pytest.mark.parametrize(
    "line",
    [
        "According to Reuters, the border is shut.",
        "The minister told Reuters on Monday that he would go.",
        "Photo: AFP",
        "AP Moller ships were turned back.",
        "Reuters reported on Friday that the dam had burst.",
    ],
)
def test_a_mention_is_no_credit(line):
    assert credited(line) == []


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Additional reporting by Ines Okafor, AFP and Reuters", ["Agence France-Presse", "Reuters"]),
        ("(Reporting by Ines Okafor; Editing by Pavel Orr)", ["Reuters"]),
        ("In May, only AFP reported that the envoy would go.", ["Agence France-Presse"]),
        ("The border is open again. (dpa)", ["dpa"]),
        ("(With inputs from PTI)", []),
        ("With inputs from Press Trust of India", ["Press Trust of India"]),
    ],
)
def test_credits(line, agencies):
    assert credited(line) == agencies


@pytest.mark.parametrize(
    ("line", "prefix", "agencies"),
    [
        ("LIMA (AP) — Voters went to the polls.", "LIMA (AP) — ", ("Associated Press",)),
        ("MOSCOW, May 4. /TASS/. Voters went to the polls.", "MOSCOW, May 4. /TASS/. ", ("TASS",)),
        ("Goma (DR Congo) (AFP) – Voters went to the polls.", "Goma (DR Congo) (AFP) – ", ("Agence France-Presse",)),
        ("BOGOTA, May 15 (Reuters) - Rebels freed nine men.", "BOGOTA, May 15 (Reuters) - ", ("Reuters",)),
        ("Harare, 3 May 2011 (Xinhua) -- Miners ended a strike.", "Harare, 3 May 2011 (Xinhua) -- ", ("Xinhua",)),
        ("PORT-AU-PRINCE, Haiti — The storm cut off four towns on the southern coast.", "PORT-AU-PRINCE, Haiti — ", ()),
        ("KAMPALA: The assembly on Monday put off the vote on the tax that traders have opposed.", "KAMPALA: ", ()),
        ("Quito, 4 June – Teachers ended their strike.", "Quito, 4 June – ", ()),
    ],
)
def test_datelines(line, prefix, agencies):
    found = dateline(line)
    assert found
    assert (line[: found.end], found.agencies) == (prefix, agencies)


@pytest.mark.parametrize(
    "line",
    [
        "NATO: the alliance will meet.",
        "Talks — and more talks — failed.",
        "The minister (left) — no friend of the king — resigned.",
        "WATCH: The bridge came down at noon, and nobody had seen the cracks that the report had shown.",
        "U.S. - China talks on trade resume after a break of nine months, officials in both capitals say.",
        "Reil 'will not resign' (yet) - report",
    ],
)
def test_other_beginnings_are_no_datelines(line):
    assert dateline(line) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("November 13, 2004", date(2004, 11, 13)),
        ("Tuesday, 4 May 2010", date(2010, 5, 4)),
        ("4th May 2010", date(2010, 5, 4)),
        ("2010-05-04", date(2010, 5, 4)),
        ("25/12/2010", date(2010, 12, 25)),
        ("Published: 4 June 2021 14:52 GMT", date(2021, 6, 4)),
        ("Posted on June 4, 2021", date(2021, 6, 4)),
    ],
)
def test_date_lines(line, day):
    found = date_line(line)
    assert found and found.interval
    assert found.interval.start == day


@pytest.mark.parametrize("line", ["4 May", "03/04/2010", "31 February 2010"])
def test_a_date_that_leaves_the_day_open_has_no_interval(line):
    found = date_line(line)
    assert found and found.interval is None


@pytest.mark.parametrize("line", ["On 4 May 2010 the war ended", "Updated 3 hours ago", "May", "2010"])
def test_other_lines_are_no_dates(line):
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Okafor", ("Ines Okafor",)),
        ("By INES OKAFOR and PAVEL ORR", ("Ines Okafor", "Pavel Orr")),
        ("By Ana de la Cruz in Quito", ("Ana de la Cruz",)),
        ("By Ines Okafor, Associated Press", ("Ines Okafor",)),
        ("By Ines Okafor | June 4, 2021", ("Ines Okafor",)),
        ("Written by Ines Okafor", ("Ines Okafor",)),
    ],
)
def test_bylines(line, names):
    found = imprint(line)
    assert found
    assert found.names == names


@pytest.mark.parametrize("line", ["By Monday Night", "By signing the accord", "By Ines Okafor was it written.", "Talks failed"])
def test_other_lines_are_no_bylines(line):
    assert imprint(line) is None
