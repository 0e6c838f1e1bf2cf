"""Opens whatever is named: finds the door, recognises the format, and goes down into archives until reports are reached."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from communique import registry
from communique.errors import InputError, UsageError
from communique.sources.doors import door
from communique.sources.inputs import HEAD, Format, Found, Given, Input, Link, Options
from communique.sources.keeping import keep
from communique.sources.text import identify
from communique.types.analysis import Failed
from communique.types.text import Document

ADDRESS = re.compile(r"(?i)https?://")
# a list of feeds leads to a feed, and that to a page
_MOST_LINKS = 3
Follow = Callable[[Link], Iterator[Document | Failed]]


class Opener:
    """Reads files, folders, addresses and standard input as reports. One for a run: what it has asked a host of is
    remembered, so that hosts are asked politely. Formats are looked up in the registry. `follow` gives the reports behind an
    address in the stead of fetching it once."""

    def __init__(self, options: Options | None = None, follow: Follow | None = None) -> None:
        self.options = options or Options()
        self._follow = follow or self._fetch_and_read
        self._links: list[str] = []
        self._formats: tuple[Format, ...] = ()
        self._fetcher: Any = None

    def open(self, what: str | Path) -> Iterator[Document | Failed]:
        """The reports of a file, folder or address (`-` is standard input), one at a time. What can't be read is yielded
        as `Failed` in its place, and the rest goes on."""
        name = str(what)
        if isinstance(what, str) and ADDRESS.match(name):
            yield from self._descend(Link(name), None)
            return
        try:
            for found in door(name, self.options):
                yield from self._descend(found, None)
        except UsageError:
            raise
        except Exception as error:
            yield Failed(name, "source", error)

    def read(self, given: Input) -> Iterator[Document | Failed]:
        """The reports of one input; its stream is closed at the end."""
        try:
            if given.depth > self.options.limits.depth:
                said = f"lies in {given.depth} archives, one in the other, of which {self.options.limits.depth} are opened"
                raise InputError(f"{given.name}: {said}; unpack the outer ones first")
            for found in self.recognise(given).read(given, self.options):
                yield from self._descend(found, given)
        except UsageError:
            raise
        except Exception as error:
            yield Failed(given.name, "source", error)
        finally:
            with contextlib.suppress(OSError):
                given.stream.close()

    def recognise(self, given: Input) -> Format:
        """The format that is surest of an input."""
        if not self._formats:
            self._formats = load_formats()
        head = given.head(HEAD)
        return max(self._formats, key=lambda f: f.recognises(head, given.name, given.media))

    def _descend(self, found: Found, outer: Input | None) -> Iterator[Document | Failed]:
        if isinstance(found, Failed):
            yield found
        elif isinstance(found, Input):
            yield from self.read(found)
        elif isinstance(found, Link):
            for one in self._lead(found):
                yield self._complete(found.instead, outer) if one is found.instead and found.instead is not None else one
        else:
            yield self._complete(found, outer)

    def _lead(self, link: Link) -> Iterator[Document | Failed]:
        """The reports behind an address, unless it leads in a circle or on and on."""
        if link.url in self._links or len(self._links) >= _MOST_LINKS:
            said = f"is reached by {' and '.join(self._links)}, which is a circle or too long a way; take it out of the last"
            yield link.instead or Failed(link.url, "source", InputError(f"{link.url}: {said}"))
            return
        self._links.append(link.url)
        try:
            yield from self._follow(link)
        finally:
            self._links.pop()

    def _fetch_and_read(self, link: Link) -> Iterator[Document | Failed]:
        """The reports behind an address; where it can't be had, what the feed had of it."""
        try:
            fetched = self._fetch(link)
        except Exception as error:
            yield link.instead or Failed(link.url, "source", error)
            return
        for found in self.read(fetched):
            yield link.instead if isinstance(found, Failed) and link.instead is not None else found

    def _fetch(self, link: Link) -> Input:
        if self._fetcher is None:
            from communique.sources.web.fetcher import Fetcher  # loads an HTTP client, which files don't need

            self._fetcher = Fetcher(self.options)
        fetched: Input = self._fetcher.fetch(link.url)
        return replace(fetched, given=over(fetched.given, link.given))

    def _complete(self, document: Document, outer: Input | None) -> Document:
        """The document with what its input knows of it, where it does not say so itself."""
        if outer is None or document.raw is not None:
            return document
        digest = outer.digest()
        if self.options.keep_raw is not None:
            keep(outer, digest, self.options.keep_raw)
        return identify(fill(document, outer.given, digest))


def fill(document: Document, given: Given, digest: str) -> Document:
    """The document with what is given of it in the fields that it leaves empty."""
    known = {name: getattr(given, name) for name in ("url", "title", "publisher", "byline", "syndicated_from")}
    changes: dict[str, Any] = {name: value for name, value in known.items() if value and not getattr(document, name)}
    if given.published is not None and document.published.interval is None:
        changes["published"] = given.published
    details = document.details + tuple(d for d in given.details if d not in document.details)
    return replace(document, raw=digest, details=details, **changes)


def over(first: Given, second: Given) -> Given:
    """What is given first, and where it says nothing, what is given second."""
    names = ("url", "title", "publisher", "published", "byline", "syndicated_from")
    return Given(**{n: getattr(first, n) or getattr(second, n) for n in names}, details=first.details + second.details)


def load_formats() -> tuple[Format, ...]:
    """Every format of the registry."""
    return tuple(cast("Format", registry.find(registry.FORMATS, name)) for name in registry.names(registry.FORMATS))
