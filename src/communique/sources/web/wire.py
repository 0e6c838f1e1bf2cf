"""The wire beneath the HTTP client: connections are made to addresses that were checked, and end with a deadline.

The name of a host is looked up once for a connection, every address that comes of it is checked, and the connection is made
to one of these very addresses. So there is no second answer of the name service that could lead elsewhere. The client asks by
this wire alone, for robots.txt and after redirects too.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

Resolver = Callable[[str, int], list[str]]
_GLOBAL = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LONGEST_IDLE = 15.0


class Unreachable(Exception):
    """An address that can't be had: what is wrong; what to do. Whoever knows the address puts it before that."""


class Private(Unreachable):
    """An address that is no public one, and may not be asked."""


class Deadline:
    """The moment by which all must be done; `start` sets it anew, in seconds from now."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = clock()
        self.whole = 0.0

    def start(self, whole: float) -> None:
        """Set the moment to `whole` seconds from now."""
        self.whole = whole
        self._end = self._clock() + whole

    def extend(self, seconds: float) -> None:
        """Put the moment off by some seconds, which were spent in waiting."""
        self._end += seconds

    def left(self) -> float:
        """The seconds that are left; below 0 once the moment is past."""
        return self._end - self._clock()

    def within(self, timeout: float | None) -> float:
        """The shorter of a timeout and what is left. Raises httpcore.ReadTimeout when nothing is."""
        left = self.left()
        if left <= 0:
            raise httpcore.ReadTimeout(f"not done within {self.whole:g} s")
        return left if timeout is None else min(timeout, left)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's name service gives them. Raises OSError or ValueError where it has none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: not of this machine or a private network, no link-local, multicast,
    reserved or mapped one, and none that carries such an address in it (NAT64, 6to4)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not (ip.is_multicast or ip.is_reserved)
    if ip in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    if ip not in _GLOBAL or not ip.is_global or ip.teredo is not None:
        return False
    return ip.sixtofour is None or is_public(str(ip.sixtofour))


class Backend(httpcore.SyncBackend):
    """Makes connections, to public addresses only unless `private`."""

    def __init__(self, private: bool, resolver: Resolver, deadline: Deadline) -> None:
        self._private = private
        self._resolve = resolver
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that takes it. Raises Unreachable or an exception of httpcore."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            try:
                within = self._deadline.within(timeout)
                made = super().connect_tcp(address, port, within, local_address, socket_options)
                return Stream(made, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or Unreachable(f"{host} has no address; check how it is spelt")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            said = f"{host} is not known to the name service ({reason}); check how it is spelt, and the connection"
            raise Unreachable(said) from None
        for address in addresses:
            if not self._private and not is_public(address):
                called = f"{host} is" if host == address else f"{host} is {address}, which is"
                raise Private(f"{called} no public address; allow that (--private-addresses) if you trust its source")
        return addresses


class Stream(httpcore.NetworkStream):
    """A connection of which no step may outlast the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes` bytes, none at the end. Raises the exceptions of httpcore, ReadTimeout past the deadline."""
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the bytes. Raises as `read` does."""
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """End the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """This connection secured, to the host of that name. Raises as `read` does."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection beneath knows by that name, such as its socket; None where it knows nothing."""
        return self._inner.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, found: httpcore.Response) -> None:
        self._found = found

    def __iter__(self) -> Iterator[bytes]:
        yield from self._found.iter_stream()

    def close(self) -> None:
        """Give the connection back to its pool."""
        self._found.close()


class Wire(httpx.BaseTransport):
    """A transport of httpx above a `Backend`. The names of hosts reach it as they are, so that the Host line and the name
    in the certificate are those of the host and not of the address."""

    def __init__(self, backend: Backend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), keepalive_expiry=_LONGEST_IDLE, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still to be read. Raises Unreachable and the exceptions of httpcore."""
        url = request.url
        asked = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        found = self._pool.handle_request(
            httpcore.Request(request.method, asked, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(found.status, headers=found.headers, stream=_Body(found), extensions=found.extensions)

    def close(self) -> None:
        """End all connections."""
        self._pool.close()
