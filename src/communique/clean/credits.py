"""What stands around a report's text and tells where it comes from: bylines, date lines, datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.clean.agencies import load_agencies, named
from communique.clean.dates import MONTH, Dated, date_line, find_date
from communique.clean.features import word_class

_PARTICLE = r"(?:de|da|do|dos|del|della|der|den|di|du|van|von|bin|bint|ibn|al|el|la|le|ten|ter|zu|e|y)"
_WORD = r"(?:[A-Z][\w’'-]+|[A-Z]\.(?:[A-Z]\.)*|al-[A-Z][\w’'-]+|[A-Z])"
NAME = rf"{_WORD}(?: (?:{_PARTICLE} )*{_WORD}){{1,4}}"
_NAMES = rf"(?P<names>{NAME}(?:(?:, and |, | and | & |; ?){NAME})*)"
_ROLE = r"(?:,? (?:in|at|for) [A-Z][\w .,’'-]{2,40}|(?:,| [|–—-]| ·|/) ?[A-Z][\w .,’'&-]{2,50})?"
_BYLINE = re.compile(
    r"(?:[Bb][Yy]|(?:[Ww]ritten|[Rr]eported|[Ss]tory|[Tt]ext|[Ww]ords) by|[Aa]uthors?:|[Rr]eporter:) " + _NAMES + _ROLE
)
_STAFF = re.compile(
    r"(?:By|From) (?:our |the |a )?(?:[A-Z]?[\w.’'-]+ ){0,3}"
    r"(?:[Cc]orrespondents?|[Ss]taff|[Rr]eporters?|[Dd]esk|[Aa]genc(?:y|ies)|[Ww]riters?)"
)
_PIECES = re.compile(r" ?[|•·] ?| [–—] |\t+| {3,}")
_SEPARATOR = r"(?: ?[—–]+ ?| ?-{1,2} |: )"
_CITY = r"[A-Z][A-Z’'.-]*[A-Z.](?:[ -][A-Z][A-Z’'.-]+){0,3}(?:/[A-Z][A-Z ’'.-]+)?"
_PLACE = r"[A-Z][\w’'.-]+(?: (?:[a-z]{2,3} )?[A-Z][\w’'.-]*){0,3}"
_REGION = rf"(?:, {_PLACE})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY = rf"{_WEEKDAY}(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
_WHEN = rf"(?:[,.]? (?P<when>{_DAY}))"
_ANYWHERE = rf"(?P<place>{_CITY}{_REGION}?|{_PLACE}{_REGION}?)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_ANYWHERE}(?: \([^()]{{3,40}}\))?{_WHEN}?,? ?(?P<credit>\([^()]{{2,40}}\))(?:[,.]? (?P<when2>{_DAY}))?{_SEPARATOR}",
        rf"{_ANYWHERE}{_WHEN}?[,.]? (?P<credit>/[A-Z][^/]{{1,30}}/)(?:\.? |{_SEPARATOR})",
        rf"{_ANYWHERE}{_WHEN}{_SEPARATOR}",
        rf"(?P<place>{_CITY}{_REGION}?)(?: ?[—–]+ ?| -{{1,2}} |-{{2}})(?=[\"“‘']?[A-Z].{{40}})",
        rf"(?P<place>{_CITY}{_REGION}?): (?=[\"“‘']?[A-Z].{{60}})",
    )
)
_CREDIT_ALONE = re.compile(rf"(?P<credit>\([^()]{{2,40}}\)){_SEPARATOR}")
_PLACE_AND_DAY = re.compile(rf"{_ANYWHERE}[,.]? (?P<when>{_DAY})")
_SLUG = re.compile(
    r"(?:UPDATE|WRAPUP|CORRECTED|REFILE|RECAST|FACTBOX|TIMELINE|ANALYSIS|EXCLUSIVE|INTERVIEW)(?: ?\d+)? ?-+ ?|Subject: "
)
_NO_PLACE = re.compile(r"\b(?:FILE|WATCH|LIVE|UPDATE|BREAKING|EXCLUSIVE|NOTE|PHOTO|VIDEO|READ|SEE|LISTEN)\b")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's length in its line (the text starts after it), its agencies, and its date."""

    end: int
    agencies: tuple[str, ...]
    dated: Dated | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a line that is no sentence tells of the report: who wrote it, which agency it is from, when it came out."""

    names: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dated: Dated | None = None


def slug(line: str) -> int:
    """How long the mark is that a wire or a mail puts before a headline ("UPDATE 2-", "Subject: "); 0 without one."""
    found = _SLUG.match(line)
    return found.end() if found and found.end() < len(line) else 0


def dateline(line: str) -> Dateline | None:
    """The dateline that a line begins with, such as "LIMA, May 3 (AFP) —" or an agency's credit alone, "(AFP) —"."""
    if line[:1] == "(" and (alone := _CREDIT_ALONE.match(line)) and alone.end() < len(line):
        agencies = _credits(alone["credit"])
        return Dateline(alone.end(), agencies, None) if agencies else None
    if not line[:1].isupper():
        return None
    for form in _FORMS:
        match = form.match(line)
        if match and match.end() < len(line) and not _NO_PLACE.search(match["place"]):
            found = _read_dateline(line, match)
            if found:
                return found
    return None


def _read_dateline(line: str, match: re.Match[str]) -> Dateline | None:
    part = match.groupdict()
    credit = part.get("credit")
    agencies = _credits(credit or "")
    if credit and not agencies and not part["place"].isupper():
        return None
    bare = not credit and not part.get("when")
    if bare and (word_class(part["place"].lower()) or sum(map(str.isalpha, part["place"])) < 4 or line.isupper()):
        return None
    return Dateline(match.end(), agencies, find_date(line[: match.end()]) if part.get("when") or part.get("when2") else None)


def _credits(words: str) -> tuple[str, ...]:
    return tuple(a for piece in re.split(r"[/,] ?| and ", words.strip("/")) if (a := named(piece)))


def _people(words: str) -> tuple[str, ...]:
    names = re.split(r", and |, | and | & |; ?", words)
    return tuple(name.title() if name.isupper() else name for name in names if not named(name))


def _piece(words: str, alone: bool) -> Imprint | None:
    words = words.strip(" ,")
    dated = date_line(words)
    if dated:
        return Imprint(dated=dated)
    place = _PLACE_AND_DAY.fullmatch(words)
    dated = find_date(words) if place and not word_class(place["place"].lower()) else None
    if dated and dated.interval:
        return Imprint(dated=dated)
    match = _BYLINE.fullmatch(words)
    if (
        match
        and not find_date(words)
        and not any(word_class(w.lower()) in {"month", "weekday"} for w in match["names"].split())
    ):
        agencies = [a for a in re.findall(load_agencies().mentioned, words) if named(a)]
        return Imprint(_people(match["names"]), tuple(dict.fromkeys(a for f in agencies if (a := named(f)))))
    by = re.fullmatch(r"(?:[Bb]y |BY )?(?:[Tt]he )?(.+)", words)
    agency = named(by[1]) if by else None
    if agency:
        return Imprint(agencies=(agency,))
    if _STAFF.fullmatch(words):
        return Imprint()
    if not alone and re.fullmatch(rf"{_PLACE}|{NAME}", words):
        return Imprint()
    return None


def imprint(line: str) -> Imprint | None:
    """What a line tells of the report if it is a byline, a date line, an agency's name, or several of these."""
    if len(line) > 160 or (line.rstrip().endswith((".", "!", "?")) and not re.search(r"[ap]\.m\.$", line.rstrip())):
        return None
    pieces = [p for p in _PIECES.split(line.strip()) if p.strip()]
    found = [_piece(piece, len(pieces) == 1) for piece in pieces]
    told = [p for p in found if p is not None]
    if not told or len(told) < len(found) or (not any(p.names or p.agencies or p.dated for p in told) and len(told) > 1):
        return None
    dated = next((_moved(p.dated, piece, line) for p, piece in zip(told, pieces, strict=True) if p.dated), None)
    return Imprint(tuple(n for p in told for n in p.names), tuple(a for p in told for a in p.agencies), dated)


def _moved(dated: Dated, piece: str, line: str) -> Dated:
    at = line.index(piece) + len(piece) - len(piece.lstrip(" ,"))
    return Dated(at + dated.start, at + dated.end, dated.interval)
