"""OPML (versions 1 and 2), of which feed readers make lists of feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.sources.feeds.entries import line_of, web_address
from communique.sources.feeds.feed import sound
from communique.sources.inputs import Found, Given, Input, Link, Options
from communique.sources.trees import root_of
from communique.types.analysis import Failed

if TYPE_CHECKING:  # lxml is loaded where XML is read, not for a report in plain text
    pass

_FEED = re.compile(r"(?i)^\s*feed:(?://)?(?=https?:)")
_OVER_HTTP = re.compile(r"(?i)^\s*feed:(?=//)")


class Opml:
    """Lists of feeds."""

    name = "opml"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the root element."""
        return 0.97 if root_of(head) == "opml" else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The address of each feed, once, however deep in the outline it stands; Failed for an outline of a feed that has no
        address of the web. Lists that are included from elsewhere are not followed: they may include each other. Raises
        InputError where there are no feeds, and as `feed.sound` does."""
        seen: set[str] = set()
        for outline in sound(given, options).iter("outline", "{*}outline"):
            lines = {name.lower(): str(value) for name, value in outline.attrib.items()}
            said = lines.get("xmlurl")
            if said is None and lines.get("type", "").strip().lower() not in {"rss", "atom"}:
                continue
            title = line_of(lines.get("title") or lines.get("text"))
            url = web_address(_asked(said or ""), given.given.url)
            if url is None:
                where = f"{given.name}#{title or 'line ' + str(outline.sourceline)}"
                error = InputError(f"{where}: a feed without an address of the web (xmlUrl); add it to the list")
                yield Failed(where, "source", error)
            elif url not in seen:
                yield Link(url, Given(publisher=title))
            seen.add(url or "")
        if not seen:
            raise InputError(f"{given.name}: a list without feeds; give one whose outlines have an xmlUrl")


OPML = Opml()


def _asked(said: str) -> str:
    """An address as it is asked for: that of the scheme `feed` stands for one of the web."""
    return _OVER_HTTP.sub("http:", _FEED.sub("", said))
