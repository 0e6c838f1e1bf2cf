"""NITF: what the head and the body say, and the ways in which files stray from the standard."""

import io

import pytest

from communique.sources.inputs import Input
from communique.sources.opener import Opener


def read(
    head: str = "", top: str = "<hedline><hl1>Vote</hl1></hedline>", body: str = "<p>Norland votes.</p>", attributes: str = ""
):
    inner = f"<head>{head}</head><body><body.head>{top}</body.head><body.content>{body}</body.content></body>"
    (found,) = Opener().read(Input("report.xml", io.BytesIO(f"<nitf{attributes}>{inner}</nitf>".encode())))
    return found


def details(key: str, **fields: str) -> list[str]:
    return [d.value for d in read(**fields).details if d.key == key]


@pytest.mark.parametrize("attributes", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"', ' xml:lang="en-GB"'])
def test_with_and_without_its_namespace(attributes):
    found = read(attributes=attributes)
    assert (found.text, found.title, found.format, found.language) == ("Vote\n\nNorland votes.", "Vote", "nitf", "en")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<byline>By <person>Ana Sol</person></byline>", ("Ana Sol",)),
        ("<byline>BY ANA SOL AND BO LUND</byline>", ("Ana Sol", "Bo Lund")),
        ("<byline>By ANA SOL and BO LUND<byttl>Norland Press</byttl></byline>", ("Ana Sol", "Bo Lund")),
        ("<byline>Ana Sol in Pell, Bo Lund and Cy Dahl, staff writers</byline>", ("Ana Sol", "Bo Lund", "Cy Dahl")),
        ("<byline>Norland Press</byline>", ("Norland Press",)),
        ("<byline/>", ()),
    ],
)
def test_bylines(byline, names):
    assert read(top=byline).byline == names


@pytest.mark.parametrize(
    ("head", "top", "day"),
    [
        ('<docdata><date.issue norm="20260520T230000-0800"/></docdata>', "", "2026-05-20"),
        (
            '<docdata><date.issue norm="2026-05-20"/></docdata>',
            '<dateline><story.date norm="20260519"/></dateline>',
            "2026-05-19",
        ),
        ('<pubdata date.publication="20260521"/>', "", "2026-05-21"),
        ('<docdata><date.issue norm="20260520"/><date.release norm="20260522"/></docdata>', "", "2026-05-22"),
        ('<docdata><date.issue norm="20261350"/><date.release norm="20260522"/></docdata>', "", "2026-05-22"),
        ('<docdata><date.issue norm="yesterday"/></docdata>', "", None),
    ],
)
def test_dates(head, top, day):
    interval = read(head=head, top=top).published.interval
    assert (interval and interval.start.isoformat()) == day


def test_a_release_after_the_issue_is_an_embargo():
    head = '<docdata><date.issue norm="20260520T08"/><date.release norm="{}"/></docdata>'
    assert details("embargo", head=head.format("20260520T18")) == ["20260520T18"]
    assert details("embargo", head=head.format("20260520T08")) == []


@pytest.mark.parametrize(
    ("key", "docdata", "expected"),
    [
        ("series", '<series series.name="Ports" series.part="2" series.totalpart="0"/>', ["Ports (2)"]),
        ("series", '<series series.part="2"/>', ["2"]),
        ("correction", '<correction id-string="r1"/>', ["r1"]),
        ("place", "<location><city>Pell</city><country>Sudria</country></location>", ["Pell, Sudria"]),
        ("place", '<location location-code="PEL"/>', ["PEL"]),
        ("organisation", '<org value="NRAIL"/>', ["NRAIL"]),
    ],
)
def test_details(key, docdata, expected):
    assert details(key, head=f"<docdata>{docdata}<identified-content>{docdata}</identified-content></docdata>") == expected


def test_the_headline_may_stand_in_the_head_alone_or_in_the_text_too():
    assert read(head="<title>Vote</title>", top="").text == "Vote\n\nNorland votes."
    assert read(body="<p>VOTE!</p><p>Norland votes.</p>").text == "VOTE!\n\nNorland votes."


def test_entities_that_html_knows_are_written_out_where_a_document_type_is_named():
    inner = b"<nitf><body><body.content><p>Vote&mdash;at last &odd;.</p></body.content></body></nitf>"
    data = b'<!DOCTYPE nitf SYSTEM "nitf.dtd">' + inner
    (found,) = Opener().read(Input("report.xml", io.BytesIO(data)))
    assert found.text == "Vote\u2014at last &odd;."


def test_bylines_within_the_text_are_lines_of_their_own():
    body = "<block><byline>By Ana Sol</byline><dateline>PELL, May 20</dateline><p>Norland votes.</p></block>"
    assert read(body=body).text == "Vote\n\nBy Ana Sol\n\nPELL, May 20\n\nNorland votes."


def test_an_abstract_is_the_text_where_there_is_no_other():
    abstract = "<hedline><hl1>Vote</hl1></hedline><abstract><p>Norland votes.</p></abstract>"
    assert read(top=abstract, body="").text == "Vote\n\nNorland votes."
    assert details("abstract", top=abstract, body="") == []
    assert details("abstract", top=abstract) == ["Norland votes."]


def test_without_a_text_it_says_so():
    found = read(top="", body="")
    assert str(found.error).startswith("report.xml: no headline, text or description")
