"""NewsML-G2 and NewsML 1: items told apart, messages streamed, and XML that would do harm refused."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.opener import Opener
from communique.sources.trees import LARGEST
from communique.sources.wires.newsml import NEWSML

SPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
ITEM = f'<newsItem {SPACE} guid="g{{n}}"><contentMeta><headline>Norland votes {{n}}</headline></contentMeta></newsItem>'


def message(*items: str) -> bytes:
    return f"<newsMessage {SPACE}><itemSet>{''.join(items)}</itemSet></newsMessage>".encode()


def read(data: bytes) -> list:
    return list(Opener().read(Input("wire.xml", io.BytesIO(data))))


def details(item: str, key: str) -> list[str]:
    (document,) = read(item.encode())
    return [d.value for d in document.details if d.key == key]


def item(meta: str = "", content: str = "", rest: str = "") -> str:
    inner = f"<itemMeta>{meta}</itemMeta><contentMeta><headline>Norland votes</headline>{content}</contentMeta>{rest}"
    return f'<newsItem {SPACE} guid="g">{inner}</newsItem>'


def test_items_of_a_message_are_numbered_and_packages_passed_over():
    package = f'<packageItem {SPACE} guid="p"/>'
    found = read(message(ITEM.format(n=1), package, ITEM.format(n=2)))
    assert [(d.source, d.title) for d in found] == [("wire.xml#1", "Norland votes 1"), ("wire.xml#3", "Norland votes 2")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (message(), "no item"),
        (message(f"<packageItem {SPACE}/>", f"<conceptItem {SPACE}/>"), "1 packageItem, 1 conceptItem"),
        (f"<packageItem {SPACE}/>".encode(), "a packageItem, which holds no report"),
        (f'<newsItem {SPACE} guid="g"/>'.encode(), "no headline, text or description"),
    ],
)
def test_what_holds_no_report_says_so(data, words):
    (failed,) = read(data)
    assert words in str(failed.error)


def test_a_broken_item_leaves_the_others():
    found = read(message(ITEM.format(n=1), f'<newsItem {SPACE} guid="empty"/>', ITEM.format(n=2)))
    assert [getattr(d, "title", "failed") for d in found] == ["Norland votes 1", "failed", "Norland votes 2"]
    assert found[1].source == "wire.xml#2"


def test_a_message_that_breaks_off_gives_what_came_before():
    whole = message(ITEM.format(n=1), ITEM.format(n=2))
    *found, failed = read(whole[: whole.index(b"votes 2")])
    assert [d.title for d in found] == ["Norland votes 1"]
    assert re.search(r"wire\.xml: not well-formed XML .*line 1", str(failed.error))


def test_entities_of_a_document_type_that_is_not_read_are_known_from_html():
    inner = "<NewsItem><NewsComponent><NewsLines><HeadLine>Vote&mdash;at last</HeadLine></NewsLines></NewsComponent></NewsItem>"
    (document,) = read(f'<!DOCTYPE NewsML SYSTEM "x.dtd"><NewsML>{inner}</NewsML>'.encode())
    assert (document.format, document.title) == ("newsml", "Vote\u2014at last")


def test_paragraphs_may_stand_in_the_item_without_a_root():
    (document,) = read(item(rest="<contentSet><inlineXML><p>One.</p><p>Two.</p></inlineXML></contentSet>").encode())
    assert document.text == "Norland votes\n\nOne.\n\nTwo."


@pytest.mark.parametrize(
    ("status", "told"), [("stat:usable", []), ("stat:canceled", ["canceled"]), ("stat:withheld", ["withheld"])]
)
def test_the_status_is_told_when_it_is_not_usable(status, told):
    assert details(item(meta=f'<pubStatus qcode="{status}"/>'), "status") == told


def test_an_embargo_is_told_and_the_report_read():
    held = item(meta="<versionCreated>2026-06-01T09:00:00Z</versionCreated><embargoed>2026-06-03T06:00:00Z</embargoed>")
    assert details(held, "embargo") == ["2026-06-03T06:00:00Z"]
    (document,) = read(held.encode())
    assert document.published.interval.start.isoformat() == "2026-06-03"


def test_the_day_is_that_of_the_senders_clock_and_a_bad_one_is_no_day():
    (late,) = read(item(meta="<versionCreated>2026-06-01T23:50:00-08:00</versionCreated>").encode())
    assert late.published.interval.start.isoformat() == "2026-06-01"
    (bad,) = read(item(meta="<versionCreated>2026-13-45</versionCreated>").encode())
    assert bad.published.interval is None


def test_names_come_from_what_the_item_asserts():
    subject = '<subject qcode="o:1"/><subject type="cpnat:person" literal="x"/><subject type="cpnat:poi" qcode="p:dam"/>'
    asserted = '<assert qcode="o:1"><type qcode="cpnat:organisation"/><name>Norland Rail</name></assert>'
    whole = item(content=subject, rest=asserted)
    assert details(whole, "organisation") == ["Norland Rail"]
    assert details(whole, "person") == ["x"]
    assert details(whole, "place") == ["dam"]


def test_the_fullest_rendition_is_read_and_coded_data_left():
    rest = (
        '<contentSet><inlineData contenttype="text/plain">Short.</inlineData>'
        '<inlineData contenttype="text/html">&lt;p&gt;Norland votes on Sunday.&lt;/p&gt;'
        "&lt;p&gt;Polls open at six.&lt;/p&gt;</inlineData>"
        f'<inlineData contenttype="image/jpeg" encoding="base64">{"QUJD" * 99}</inlineData></contentSet>'
    )
    (document,) = read(item(rest=rest).encode())
    assert document.text == "Norland votes\n\nNorland votes on Sunday.\n\nPolls open at six."


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE newsMessage [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><newsMessage><x>&b;</x></newsMessage>',
        b'<!DOCTYPE newsMessage [<!ENTITY x SYSTEM "file:///etc/passwd">]><newsMessage><x>&x;</x></newsMessage>',
        b'<!DOCTYPE newsMessage [<!ENTITY % x SYSTEM "http://host.example/x.dtd"> %x;]><newsMessage/>',
        b"<!DOCTYPE newsMessage [<!--" + b"x" * 20_000 + b'--><!ENTITY a "b">]>' + message(ITEM.format(n=1)),
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE newsMessage [<!ENTITY a "b">]><newsMessage>&a;</newsMessage>'.encode(
            "utf-16"
        ),
    ],
)
def test_declared_entities_are_refused(data):
    with pytest.raises(InputError, match=r"wire\.xml: declares entities"):
        list(NEWSML.read(Input("wire.xml", io.BytesIO(data)), Options()))


def test_no_document_type_is_fetched_from_the_disk(tmp_path):
    outer = tmp_path / "outer.dtd"
    outer.write_text('<!ENTITY secret "from the disk">')
    data = f'<!DOCTYPE newsItem SYSTEM "{outer}">{item(content="<slugline>a &secret; b</slugline>")}'
    assert details(data, "slugline") == ["a &secret; b"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<newsMessage>" + b"<a>" * 100_000, "not well-formed"),
        (b"<newsMessage>" + b"<a/>" * 1_100_000, "1,000,000 marks"),
        (b"<newsMessage>" + b"<a>%s</a>" % (b"x" * 1000) * (LARGEST // 1000 + 100), "more than 16 MB"),
        (b"<newsMessage><a>" + b"x" * 11_000_000, "Text node too long"),
        (b"<newsMessage>\0</newsMessage>", "not well-formed"),
        (b"<newsMessage>&#xD800;</newsMessage>", "not well-formed"),
        (b'<?xml version="1.0" encoding="utf-8"?><newsMessage>\xff</newsMessage>', "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><newsMessage/>', "not well-formed"),
        (message(item(rest="<contentSet><inlineXML>" + "<p>" * 100_000 + "</inlineXML></contentSet>")), "not well-formed"),
    ],
    ids=["deep", "many", "large", "long", "null", "surrogate", "not utf-8", "no encoding", "deep item"],
)
def test_hostile_xml_is_refused_with_its_name(data, words):
    (failed,) = read(data)
    assert str(failed.error).startswith("wire.xml") and words in str(failed.error)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory in use is asked of Linux")
def test_a_message_of_ten_thousand_items_is_read_in_bounded_memory(tmp_path):
    body = (
        "<contentSet><inlineXML><p>"
        + "</p><p>".join(f"Norland counts vote {i}." for i in range(20))
        + "</p></inlineXML></contentSet>"
    )
    path: Path = tmp_path / "wire.xml"
    with path.open("wb") as file:
        file.write(f"<newsMessage {SPACE}><itemSet>".encode())
        for n in range(10_000):
            file.write(item(rest=body).replace('guid="g"', f'guid="g{n}"').encode())
        file.write(b"</itemSet></newsMessage>")
    assert path.stat().st_size > 7 << 20
    code = (
        "from communique.sources.opener import Opener; from pathlib import Path\n"
        "used = lambda: int(Path('/proc/self/statm').read_text().split()[1]) * 4\n"
        f"found = Opener().open(Path({str(path)!r})); next(found); before = used(); most = 0\n"
        "for n, _ in enumerate(found, 2): most = max(most, used()) if n % 500 == 0 else most\n"
        "print(n, most - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, grown = map(int, done.stdout.split())
    assert number == 10_000
    assert grown < 10_000  # KB
