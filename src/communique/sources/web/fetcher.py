"""Fetches addresses: politely, within limits, and from the public internet only.

Robots.txt is honoured (RFC 9309), each host is left a while between two requests, and what a cache remembers is asked for
conditionally (RFC 9110, 13). Proxies that the environment names are not used, nor its passwords (.netrc): a proxy looks names
up by itself, so that nobody could check the addresses.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, MutableMapping
from contextlib import closing, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import metadata
from typing import BinaryIO, TypeVar, cast

import httpcore
import httpx

from communique.errors import InputError
from communique.sources.inputs import Given, Input, Options
from communique.sources.web.codings import ACCEPTED, unpacked
from communique.sources.web.robots import NOTHING, Rules, read_rules
from communique.sources.web.wire import Backend, Deadline, Private, Resolver, Unreachable, Wire, resolve
from communique.types.record import version

ROBOT = "Communique"
K = TypeVar("K")
V = TypeVar("V")
_WANTED = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, text/plain;q=0.8, */*;q=0.5"
_IN_MEMORY = 16 << 20
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_RULES_LIMIT = 512 << 10  # RFC 9309, 2.5 asks for 500 KiB at least
_RULES_REDIRECTS = 5
_RULES_KEPT = 24 * 3600.0  # RFC 9309, 2.4
_RULES_MISSED = 600.0
_HOSTS = 1000
_AGAIN = "read it again later"
_BY_HAND = "open it in a browser and give the saved page"
_ANSWERS = {
    204: f"the answer is empty; {_AGAIN}",
    401: f"asks for a login; {_BY_HAND}",
    402: f"asks for payment; {_BY_HAND}",
    403: f"the host refuses it; {_BY_HAND}",
    404: "no such page; check the address",
    410: "the page is gone; look for it in an archive",
    451: "withheld for legal reasons; look for it in an archive",
}


class Unchanged(InputError):
    """The page is as it was when it was last read."""


class Barred(InputError):
    """The address is no public one, and others may not be asked."""


class Busy(InputError):
    """The host asks to be left alone for `pause` seconds."""

    def __init__(self, said: str, pause: float) -> None:
        super().__init__(said)
        self.pause = pause


class _LeftAlone(Unreachable):
    def __init__(self, said: str, pause: float) -> None:
        super().__init__(said)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Validator:
    """By what a host tells whether a page has changed: the lines ETag and Last-Modified of its last answer, as they were."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are asked, in seconds: the least `delay` between two visits to one; the `patience`, the longest that is waited
    where a host asks for more; the longest `silence` while connecting or reading; `whole`, by when a page must have come,
    without the delays before it. And how many redirects are followed."""

    delay: float = 1.0
    patience: float = 60.0
    silence: float = 20.0
    whole: float = 90.0
    redirects: int = 10


class Fetcher:
    """Fetches pages, one after the other; not for several threads at once. It remembers for as long as it lives when each
    host was last asked and what its robots.txt says. `seen` maps addresses to what their pages last were: where it is given,
    it is kept up, and pages that are as they were raise Unchanged."""

    def __init__(
        self,
        options: Options | None = None,
        seen: MutableMapping[str, Validator] | None = None,
        manners: Manners | None = None,
        resolver: Resolver = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options or Options()
        self._seen = seen
        self._manners = manners or Manners()
        self._clock = clock
        self._sleep = sleep
        self._deadline = Deadline(clock)
        self._next: dict[str, float] = {}
        self._rules: dict[tuple[str, str, int | None], tuple[Rules, float]] = {}
        self._cookies = httpx.Cookies()
        self._wire = Wire(Backend(self._options.private, resolver, self._deadline))
        self._lines = {
            "User-Agent": agent(),
            "Accept": _WANTED,
            "Accept-Language": "en, *;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }

    def fetch(self, url: str) -> Input:
        """The page at an address, as an input under the address that it was found at in the end. Raises InputError, naming
        the address, where it can't be had (Busy where the host says for how long, Barred where it may not be asked), Unchanged
        where it is as `seen` has it."""
        hops = [url]
        self._cookies.clear()
        self._deadline.start(self._manners.whole)
        try:
            return self._follow(hops)
        except (Unreachable, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            way = ", which leads to ".join(dict.fromkeys(_shown(hop) for hop in (hops[0], hops[-1])))
            said = f"{way}: {self._told(error)}"
            if isinstance(error, _LeftAlone):
                raise Busy(said, error.pause) from None
            raise (Barred if isinstance(error, Private) else InputError)(said) from None

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def _follow(self, hops: list[str]) -> Input:
        """Follow redirects to the page. A site may lead back to an address with a cookie that it has set; without one that
        is a loop."""
        states: set[tuple[str, str | None]] = set()
        host = None
        asked = _address(hops[0])
        while True:
            self._mind(asked, visiting=asked.host == host)
            host = asked.host
            request = self._request(asked)
            state = (str(asked), request.headers.get("cookie"))
            if state in states:
                raise Unreachable("the redirects lead in a circle; check the address")
            if len(states) > self._manners.redirects:
                raise Unreachable(f"more than {self._manners.redirects} redirects; check the address")
            states.add(state)
            with closing(self._answer(request)) as response:
                if response.status_code not in _REDIRECTS:
                    return self._take(response)
                hops.append(_location(response))
            asked = _address(hops[-1])

    def _request(self, asked: httpx.URL) -> httpx.Request:
        known = self._seen.get(str(asked)) if self._seen is not None else None
        lines = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
        headers = self._lines | {name: line for name, line in lines.items() if line}
        timeouts = httpx.Timeout(self._manners.silence).as_dict()
        return httpx.Request("GET", asked, headers=headers, cookies=self._cookies, extensions={"timeout": timeouts})

    def _send(self, request: httpx.Request) -> httpx.Response:
        response = self._wire.handle_request(request)
        response.request = request
        self._cookies.extract_cookies(response)
        return response

    def _answer(self, request: httpx.Request) -> httpx.Response:
        """The host's answer; where it is busy and says until when, its answer then, if there is time."""
        response = self._send(request)
        pause = _pause(response) if response.status_code in _BUSY else None
        if pause is None:
            return response
        response.close()
        self._next[request.url.host] = self._clock() + pause
        if pause >= self._deadline.left():
            raise _LeftAlone(f"the host is busy, and asks to be left alone for {pause:.0f} s; {_AGAIN}", pause)
        self._sleep(pause)
        return self._send(request)

    def _take(self, response: httpx.Response) -> Input:
        """The page of an answer. Raises Unreachable, or Unchanged, where it has none."""
        url, status = str(response.url), response.status_code
        if status == 304 and self._seen is not None:
            raise Unchanged(f"{url}: not changed since it was last read; nothing is to be done")
        if status != 200 and status != 203:
            raise Unreachable(_ANSWERS.get(status) or f"the host answers {status}; {_AGAIN}")
        media, _, _ = response.headers.get("content-type", "").partition(";")
        stream = self._spool(response)
        self._note(url, response)
        return Input(url, stream, media.strip().casefold() or None, response.charset_encoding, Given(url=url))

    def _note(self, url: str, response: httpx.Response) -> None:
        if self._seen is None:
            return
        known = Validator(response.headers.get("etag"), response.headers.get("last-modified"))
        if known == Validator():
            self._seen.pop(url, None)
        else:
            self._seen[url] = known

    def _spool(self, response: httpx.Response) -> BinaryIO:
        most = self._options.limits.report
        kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by whoever reads the input
        try:
            for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), most):
                self._deadline.within(None)
                kept.write(piece)
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return cast("BinaryIO", kept)

    def _mind(self, asked: httpx.URL, visiting: bool) -> None:
        """Ask the host's robots.txt, and wait until the host may be visited again, unless it is being visited."""
        rules = self._rules_of(asked)
        if not rules.allows(asked.raw_path.decode("ascii", "replace")):
            if rules is NOTHING:
                raise Unreachable(f"robots.txt can't be had, so nothing may be read; {_AGAIN}")
            raise Unreachable(f"robots.txt forbids it; {_BY_HAND}")
        if visiting:
            return
        wait = self._next.get(asked.host, float("-inf")) - self._clock()
        if wait > self._manners.patience:
            raise _LeftAlone(f"the host asks to be left alone for {wait:.0f} s more; {_AGAIN}", wait)
        if wait > 0:
            self._sleep(wait)
            self._deadline.extend(wait)
        _remember(self._next, asked.host, self._clock() + max(self._manners.delay, rules.delay or 0.0))

    def _rules_of(self, asked: httpx.URL) -> Rules:
        """What the host's robots.txt says, asked once in a day."""
        origin = (asked.scheme, asked.host, asked.port)
        rules, until = self._rules.get(origin, (NOTHING, float("-inf")))
        if self._clock() < until:
            return rules
        rules = self._read_rules(asked.copy_with(raw_path=b"/robots.txt"))
        kept = _RULES_MISSED if rules is NOTHING else _RULES_KEPT
        _remember(self._rules, origin, (rules, self._clock() + kept))
        return rules

    def _read_rules(self, asked: httpx.URL) -> Rules:
        """Where the host has none (4xx, or too many redirects), it forbids nothing; where it can't say (5xx, or it is asked too
        often), it forbids everything. RFC 9309, 2.3.1."""
        for _ in range(_RULES_REDIRECTS + 1):
            with closing(self._send(self._request(asked))) as response:
                status = response.status_code
                if status in _REDIRECTS:
                    asked = _address(_location(response))
                    continue
                if status >= 500 or status == 429:
                    return NOTHING
                return read_rules(_beginning(response), ROBOT) if status == 200 else Rules()
        return Rules()

    def _told(self, error: Exception) -> str:
        if isinstance(error, Unreachable):
            return str(error)
        if isinstance(error, httpcore.TimeoutException):
            late = self._deadline.left() <= 0
            said = f"not done within {self._manners.whole:g} s" if late else f"no answer within {self._manners.silence:g} s"
            return f"{said}; {_AGAIN}"
        reason = " ".join(str(error).split())[:200]
        if isinstance(error, httpcore.ConnectError):
            return f"no connection ({reason}); check the address, and {_AGAIN}"
        return f"the connection breaks off ({reason}); {_AGAIN}"


def agent() -> str:
    """How the fetcher calls itself: name and version, and where the project says what it does, if the package names that."""
    addresses = dict(line.split(", ", 1) for line in metadata("communique").get_all("Project-URL") or ())
    about = addresses.get("Documentation") or addresses.get("Homepage")
    return f"{ROBOT}/{version()}" + (f" (+{about})" if about else "")


def _address(text: str) -> httpx.URL:
    """An address that may be asked, without its fragment. Raises Unreachable."""
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
        host, port = url.host, 80 if url.port is None else url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable(f"no address ({error}); check how it is written") from None
    if url.scheme not in {"http", "https"} or not host or not 0 < port < 1 << 16:
        raise Unreachable("no address of a page; addresses begin with http:// or https:// and a host")
    if url.userinfo:
        raise Unreachable("the address holds a name or password, which would stand in the record; take it out")
    return url


def _location(response: httpx.Response) -> str:
    line = response.headers.get("location")
    with suppress(httpx.InvalidURL, ValueError):
        if line:
            return str(response.url.join(line))
    raise Unreachable(f"the host leads on to no address; {_AGAIN}")


def _pause(response: httpx.Response) -> float | None:
    """The seconds of the line Retry-After, which may also give a moment; the host's own clock tells how far off that is."""
    line = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", line):
        return float(line)
    try:
        then = parsedate_to_datetime(line).timestamp()
        now = parsedate_to_datetime(response.headers["date"]).timestamp() if "date" in response.headers else time.time()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0.0, then - now)


def _beginning(response: httpx.Response) -> str:
    """The text of robots.txt, cut where it gets too long."""
    found = b""
    for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), _RULES_LIMIT << 8):
        found += piece
        if len(found) >= _RULES_LIMIT:
            break
    return found[:_RULES_LIMIT].decode("utf-8", "replace")


def _shown(url: str) -> str:
    """An address as errors show it: without a password, and not endless."""
    shown = re.sub(r"(?<=//)[^/?#]*@", "", url)
    return shown if len(shown) <= 300 else f"{shown[:299]}…"


def _remember(known: dict[K, V], key: K, value: V) -> None:
    """Keep a value as the newest, and no more than `_HOSTS` of them."""
    known.pop(key, None)
    known[key] = value
    if len(known) > _HOSTS:
        del known[next(iter(known))]
