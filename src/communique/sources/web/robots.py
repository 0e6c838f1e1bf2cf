"""What a host asks of robots: robots.txt after RFC 9309, and the `Crawl-delay` that many hosts add to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RULES = {"allow": True, "disallow": False}


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robot may read of a host: patterns of paths, each with whether it allows them; and the seconds that are to
    pass between two requests, where the host says so."""

    patterns: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be read: the longest pattern that fits decides, `allow` between equals."""
        path = _normal(path).replace("*", "%2A").replace("$", "%24")
        if path == "/robots.txt":
            return True
        fitting = ((len(pattern), allowed) for pattern, allowed in self.patterns if _fits(pattern, path))
        return max(fitting, default=(0, True))[1]


NOTHING = Rules((("/", False),))


def read_rules(text: str, robot: str) -> Rules:
    """The rules of a robots.txt for the robot of that product token: those of all groups that name it, else those for `*`.
    Lines that are none are passed over, as the RFC asks."""
    own: list[tuple[str, str]] = []
    anyone: list[tuple[str, str]] = []
    named = False
    agents: list[str] = []
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            token = _TOKEN.match(value)
            agents.append("*" if value.startswith("*") else token[0].casefold() if token else "")
            named = named or agents[-1] == robot.casefold()
            continue
        # a delay between two names of a group does not end the names
        in_rules = in_rules or key in _RULES
        if robot.casefold() in agents:
            own.append((key, value))
        if "*" in agents:
            anyone.append((key, value))
    return _rules(own if named else anyone)


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        key, colon, value = line.partition("#")[0].partition(":")
        key = key.strip().casefold()
        if colon and (key in _RULES or key in {"user-agent", "crawl-delay"}):
            found.append((key, value.strip()))
    return found


def _rules(lines: list[tuple[str, str]]) -> Rules:
    patterns = tuple((_normal(value), _RULES[key]) for key, value in lines if key in _RULES and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value)]
    return Rules(patterns, max(delays, default=None))


def _normal(path: str) -> str:
    """A path as RFC 9309, 2.2.2 compares it: what needs no escape is unescaped, what is not ASCII is escaped."""

    def unescaped(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(unescaped, quote(path, safe="%!\"#$&'()*+,/:;<=>?@[\\]^`{|}~", errors="replace"))


def _fits(pattern: str, path: str) -> bool:
    """Whether the path begins as the pattern says (`*` any characters, `$` the end). Piece by piece, each as early as it can
    be, because a regular expression with many stars may take for ever."""
    ends = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not pieces:
        return not ends or at == len(path)
    *middle, last = pieces
    for piece in middle:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if ends:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
