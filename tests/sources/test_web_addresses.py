"""Which addresses are fetched: none that is no address or private, whatever leads to it."""

import itertools
import socket
import threading
import time

import pytest
from tests.hosts import PAGE
from tests.sources.fetching import fetching, refused

from communique.errors import InputError
from communique.sources.web import wire


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://norland.example/a", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("http://", "begin with http"),
        ("http:///a", "begin with http"),
        ("norland.example", "begin with http"),
        ("http://[::1", "no address"),
        ("http://norland.example:99999/", "begin with http"),
        ("http://norland.example:0/", "begin with http"),
        ("http://a\x00b/", "no address"),
        ("http://norland.example/\ud800", "no address"),
        ("http://" + "a" * 70000, "no address"),
        ("http://" + "a" * 200 + ".example/", "not known"),
    ],
)
def test_what_is_no_address_is_told(url, words):
    said = refused(url)
    assert words in said
    assert len(said) < 600


def test_a_password_is_refused_and_not_repeated(host):
    said = refused(f"http://ana:secret@127.0.0.1:{host.port}/")
    assert "password" in said
    assert "secret" not in said
    host.leads("/to", f"http://ana:secret@127.0.0.1:{host.port}/")
    said = refused(host.url("/to"))
    assert "password" in said
    assert "secret" not in said
    assert host.paths() == ["/robots.txt", "/to"]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0"])
def test_private_addresses_are_not_asked(host, name):
    said = refused(host.url(name=name), private=False)
    assert "no public address" in said or "not known" in said
    assert host.asked == []


def test_one_private_address_among_public_ones_is_enough(host):
    said = refused(host.url(name="norland.example"), private=False, resolver=lambda name, port: ["93.184.216.34", "127.0.0.1"])
    assert "norland.example is 127.0.0.1" in said
    assert host.asked == []


def test_the_checked_address_is_the_one_connected_to(host, monkeypatch):
    """A name service that first says a public and then a private address is asked once for a connection, and its first
    answer is where the connection goes."""
    answers = itertools.chain([["93.184.216.34"]], itertools.repeat(["127.0.0.1"]))
    looked_up, connected = [], []

    def resolver(name, port):
        looked_up.append(name)
        return next(answers)

    def connect(address, *_, **__):
        connected.append(address)
        raise OSError("kept here")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert "no connection" in refused(host.url(name="norland.example"), private=False, resolver=resolver)
    assert looked_up == ["norland.example"]
    assert connected == [("93.184.216.34", host.port)]


def public_here(monkeypatch):
    """Take what this machine is called for public, and everything else for what it is."""
    right = wire.is_public
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1" or right(address))


def test_rebinding_after_the_first_connection_is_caught(host, monkeypatch):
    public_here(monkeypatch)
    host.pages["/"] = lambda request: (200, {"Connection": "close"}, PAGE)
    answers = itertools.chain([["127.0.0.1"], ["127.0.0.1"]], itertools.repeat(["10.0.0.1"]))
    with fetching(private=False, resolver=lambda name, port: next(answers)) as fetcher:
        fetcher.fetch(host.url(name="norland.example"))
        time.sleep(0.1)
        with pytest.raises(InputError, match=r"norland\.example is 10\.0\.0\.1"):
            for _ in range(3):
                fetcher.fetch(host.url(name="norland.example"))
                time.sleep(0.1)


def test_redirects_to_private_addresses_are_not_followed(host, monkeypatch):
    public_here(monkeypatch)
    for to in ("http://169.254.169.254/latest", "http://[::1]:80/", "http://10.1.2.3/", "//192.168.0.1/"):
        host.leads("/to", to)
        said = refused(host.url("/to"), private=False)
        assert "no public address" in said
        assert said.startswith(f"{host.url('/to')}, which leads to http://")


def test_redirects_to_other_kinds_of_address_are_not_followed(host):
    for to in ("file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/plain,x"):
        host.leads("/to", to)
        assert "begin with http" in refused(host.url("/to"))


def test_the_host_line_holds_the_name(host):
    with fetching(resolver=lambda name, port: ["127.0.0.1"]) as fetcher:
        assert fetcher.fetch(host.url(name="norland.example")).name == host.url(name="norland.example")
    assert {lines["Host"] for _, lines in host.asked} == {f"norland.example:{host.port}"}


def test_the_name_for_tls_is_that_of_the_host():
    """A host that ends the handshake after the first message, in which the name stands."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            connection, _ = server.accept()
            heard.append(connection.recv(4096))
            connection.close()

        listening = threading.Thread(target=listen)
        listening.start()
        said = refused(f"https://norland.example:{server.getsockname()[1]}/", resolver=lambda name, port: ["127.0.0.1"])
        listening.join(5)
    assert "no connection" in said
    assert b"norland.example" in heard[0]


def test_proxies_of_the_environment_are_not_used(host, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    with fetching() as fetcher:
        assert fetcher.fetch(host.url()).read(1000) == PAGE


def test_the_second_address_is_tried(host):
    with fetching(resolver=lambda name, port: ["127.9.9.9", "127.0.0.1"]) as fetcher:
        assert fetcher.fetch(host.url(name="norland.example")).read(1000) == PAGE


def test_what_is_not_there_is_told(host):
    def unknown(name, port):
        raise socket.gaierror(-2, "Name or service not known")

    assert "not known to the name service" in refused("http://norland.example/", resolver=unknown)
    assert "no address" in refused("http://norland.example/", resolver=lambda name, port: [])
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "no connection" in refused(f"http://127.0.0.1:{port}/")
