"""Notices of correction, exchange tickers, and the outlet that a report appeared in first."""

import pytest

from communique.clean.notices import corrects, credits_staff, origin, tickers


@pytest.mark.parametrize(
    "line",
    [
        "Correction: The vote is on Tuesday, not on Monday.",
        "CLARIFICATION, 4 June 2021: The fine applies to firms alone.",
        "Clarification (12 May): the sum is before tax.",
        "Erratum – the dam is 90 metres high.",
        "(Corrects name of river in paragraph 3)",
        "An earlier version of this article said that the bridge was built in 1962.",
        "A caption in a previous version of this story named the wrong minister.",
        "This report was amended on 4 June 2021 to correct a figure.",
        "This story has been updated since it was first published.",
    ],
)
def test_notices_of_correction(line):
    assert corrects(line)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: the word that split a party",
        "An earlier version of the bill would have banned strikes.",
        "The constitution was amended on 9 June to let him run again.",
        "This article was used against the editor in court.",
        "“An earlier version of this story is in my drawer,” the editor said.",
        "The ministry corrected its figures on Monday: 41 were killed.",
        "Corrected for inflation, wages fell.",
    ],
)
def test_news_of_corrections_is_no_notice(line):
    assert not corrects(line)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Ines Okafor and National Press writers in Sarn contributed to this report.", True),
        ("Pavel Orr contributed reporting from Lagona", True),
        ("Lagona contributed to this report of the council with nine pages.", False),
        ("The drought contributed to the fall of the cabinet.", False),
    ],
)
def test_credits_of_staff(line, credit):
    assert credits_staff(line) is credit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plains Gas (PLNG.OP) fell, Sarn Steel (SRN.N) rose; Plains Gas (PLNG.OP) is state-owned.", ("PLNG.OP", "SRN.N")),
        ("Halvorsen Bank (NYSE: HVB) and Lagona Ports <LGP.LX> merge.", ("NYSE:HVB", "LGP.LX")),
        ("The envoy (U.S.), the doctor (M.D.), the hour (9.30) and the law (No. 4: B).", ()),
        ("The council (UN: 15 seats) met.", ()),
        ("No brackets", ()),
    ],
)
def test_tickers(text, found):
    assert tickers(text) == found


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("This story originally appeared in The Lagona Ledger.", "Lagona Ledger"),
        ("First published in Sarn Weekly", "Sarn Weekly"),
        ("Republished with permission of the Corran Star", "Corran Star"),
        ("First published on Monday", None),
        ("Originally published at 6:14 pm", None),
        ("He was first published in 1911.", None),
    ],
)
def test_origin(line, outlet):
    assert origin(line) == outlet
