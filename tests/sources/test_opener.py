"""Addresses that lead to each other end, whatever they lead to."""

import hashlib
import io

from communique.errors import InputError
from communique.sources.inputs import Given, Input, Options
from communique.sources.opener import Opener
from communique.types.analysis import Failed

NEWS = "https://herald.example"


def feed(*links):
    items = "".join(f"<item><title>Norland {n}</title><link>{link}</link></item>" for n, link in enumerate(links))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'.encode()


class Web:
    """Pages by their address; what is asked for is counted."""

    def __init__(self, page):
        self.page = page
        self.asked = []

    def fetch(self, url):
        self.asked.append(url)
        return Input(url, io.BytesIO(self.page(url)), given=Given(url=url))


def read(page):
    opener = Opener()
    opener._fetcher = Web(page)
    return list(opener.open(f"{NEWS}/0")), opener._fetcher.asked


def test_feeds_that_lead_in_a_circle():
    found, asked = read(lambda url: feed(f"{NEWS}/1") if url.endswith("/0") else feed(f"{NEWS}/0"))
    (failed,) = found
    assert isinstance(failed, Failed) and isinstance(failed.error, InputError) and "is a circle" in str(failed.error)
    assert asked == [f"{NEWS}/0", f"{NEWS}/1"]


def test_feeds_that_lead_on_and_on():
    found, asked = read(lambda url: feed(f"{NEWS}/{int(url.rpartition('/')[2]) + 1}"))
    (failed,) = found
    assert str(failed.error).startswith(f"{NEWS}/3: is reached by {NEWS}/0 and {NEWS}/1 and {NEWS}/2")
    assert asked == [f"{NEWS}/{n}" for n in range(3)]


def test_a_report_may_be_reached_twice():
    found, _ = read(lambda url: feed(f"{NEWS}/1", f"{NEWS}/2") if url.endswith("/0") else b"Norland met Sudria on Monday.")
    assert [d.source for d in found] == [f"{NEWS}/1", f"{NEWS}/2"]
    again = Opener()
    again._fetcher = Web(lambda url: b"Norland met Sudria on Monday.")
    assert [d.source for _ in range(2) for d in again.open(f"{NEWS}/1")] == [f"{NEWS}/1"] * 2


def test_what_a_feed_tells_in_the_stead_of_a_page_has_its_hash(tmp_path):
    words = "Norland and Sudria agreed on Monday to open the bridge over the Zune again. " * 4
    item = f"<item><title>Bridge</title><link>http://127.0.0.1:9/1</link><description>{words}</description></item>"
    path = tmp_path / "feed.xml"
    path.write_text(f'<rss version="2.0"><channel><title>Herald</title>{item}</channel></rss>', encoding="utf-8")
    (found,) = Opener(Options(keep_raw=tmp_path / "kept")).open(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.title == "Bridge" and found.raw == digest and (tmp_path / "kept" / digest[:2] / digest).is_file()


def test_an_address_of_another_kind_is_named_as_it_was_given():
    (failed,) = Opener().open("ftp://herald.example/a")
    assert isinstance(failed, Failed)
    assert str(failed.error).startswith("ftp://herald.example/a: no address that can be asked; addresses begin with http://")
