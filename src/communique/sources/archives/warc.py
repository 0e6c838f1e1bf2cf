"""WARC 1.0 and 1.1 (ISO 28500), plain or with gzip or Zstandard: what a crawler has fetched, record by record.

Read forward, in memory that does not grow with the file. Where the file is damaged, reading goes on at the next record that
begins behind the last sound one: what looks like a record inside of another is a stranger's content, and could say to be
anybody's page. Only where a gzip member itself is damaged, or a record states no length, is its own rest searched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

from communique.errors import InputError
from communique.sources.archives.archive import clean
from communique.sources.archives.bodies import decode_body
from communique.sources.archives.tape import WARC, Tape, end_of, next_record
from communique.sources.archives.unpacking import Broken, beginning
from communique.sources.inputs import Found, Given, Input, Options, part
from communique.types.analysis import Failed
from communique.types.text import Detail

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_ARC = b"filedesc://"
_LINE = 64
_MOST_BREAKS = 1000
_FIELDS = 1 << 16
_KINDS = ("response", "resource", "conversion")
_MEDIA = {"text/html", "text/plain", "text/xml", "application/pdf", "application/json", "application/xml"}
_MARKUP = re.compile(r"(?:application|text)/[\w.+-]+\+(?:xml|json)")
_TEXTUAL = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<|\{|\[|%PDF-)")
_ROBOTS = re.compile(r"(?i)https?://[^/?#]*/robots\.txt(?:[?#]|$)")
_CHARSET = re.compile(r"(?i);\s*charset\s*=\s*[\"']?([\w.:+-]+)")
_ADDRESS = re.compile(r"(?i)https?://")
_FIELD = re.compile(r"(?m)^([A-Za-z-]+):[ \t]*([^\r\n]*)")
_DIGITS = 19


class Warc:
    """WARC files: of responses with a status of success, resources and conversions those whose content can be a report (HTML,
    plain text, XML, JSON, PDF) are further inputs. Images, scripts, style sheets, robots.txt, redirects, errors, requests,
    metadata and repeats of what was fetched before are passed over."""

    name = "warc"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the first line, unpacked where it is packed."""
        start = beginning(io.BytesIO(head), _LINE)
        return 0.97 if WARC.match(start) or start.startswith(_ARC) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The contents of the records. Raises InputError for ARC, the form that WARC has replaced, and where more than a
        thousand places are damaged; a damaged place is yielded as `Failed`."""
        if beginning(given.stream, _LINE).startswith(_ARC):
            raise InputError(f"{given.name}: an ARC file, older than WARC; turn it into WARC, as with warcio recompress")
        yield from _Reading(given, options).records()


WARC_FILES = Warc()


@dataclass(slots=True)
class _Reading:
    """One way through a file. What a record holds is kept until the next one begins: only then is it sure that it is whole.
    `_begun` and `_last` are the bytes at which the record begins that is being read, and the one before; `_since` is the byte
    from which on nothing can be read, and why, until a record can."""

    given: Input
    options: Options
    _archived_by: str | None = None
    _breaks: int = 0
    _begun: int | None = None
    _last: int | None = None
    _since: tuple[int, str] | None = None
    _kept: list[Found] = field(default_factory=list)

    def records(self) -> Iterator[Found]:
        """What the records hold that can be a report, and what is damaged, in the order of the file."""
        at: int | None = 0
        while at is not None:
            self._begun = self._last = None
            try:
                yield from self._from(at)
                break
            except (Broken, OSError, ValueError) as error:  # the last two by the library, over what it can't make out
                at = self._behind(at, str(error))
                yield from self._let_go()
        if self._since is not None:
            yield self._damaged("what follows can't be read; get it once more")

    def _from(self, at: int) -> Iterator[Found]:
        """What the records hold that stand from a byte on."""
        from fastwarc.warc import ArchiveIterator  # compiled; other formats do without

        tape = Tape(self.given, self.options, at)
        for record in ArchiveIterator(cast("BinaryIO", tape), parse_http=False, stream_detect=False):
            yield from self._let_go()
            self._begun = place = tape.place(record.stream_pos)
            if not _sound(record):
                raise Broken("not the headers of a record")
            if self._since is not None:
                yield self._damaged(f"reading goes on at byte {place:,}")
                self._since = None
            self._kept = list(self._content(record, place))
            self._begun, self._last = None, place
        yield from self._let_go()
        if self._last is not None and tape.plain and end_of(self.given, self.options, self._last)[0] > tape.tell() + at:
            self._begun = self._last  # what is passed over is not missed by the library
            raise Broken("a record breaks off before its end")

    def _let_go(self) -> Iterator[Found]:
        kept, self._kept = self._kept, []
        yield from kept

    def _behind(self, at: int, why: str) -> int | None:
        """Where to go on after a break; what is kept goes with it where the break is in its own record."""
        self._breaks += 1
        if self._breaks > _MOST_BREAKS:
            raise InputError(f"{self.given.name}: damaged in more than {_MOST_BREAKS:,} places; get it once more")
        between = self._begun is None and self._last is not None
        start = self._begun if self._begun is not None else self._last if self._last is not None else at
        end, whole = end_of(self.given, self.options, start)
        if not whole:
            self._kept = []
        self._since = self._since or (end if between and whole else start, why)
        return next_record(self.given, end)

    def _damaged(self, then: str) -> Failed:
        assert self._since is not None
        start, why = self._since
        name = self.given.name
        return Failed(name, "source", InputError(f"{name}: damaged at byte {start:,} ({clean(why)[:200]}); {then}"))

    def _content(self, record: WarcRecord, place: int) -> Iterator[Found]:
        """What one record holds, if it can be a report."""
        kind = str(record.record_type)
        if kind == "warcinfo":
            self._archived_by = _archiver(record.reader.read(_FIELDS)) or self._archived_by
        if kind not in _KINDS:
            return
        uri = clean((record.headers.get("WARC-Target-URI") or "").strip().strip("<>"))
        name = uri or f"byte {place}"
        try:
            found = self._payload(record, uri)
        except InputError as error:
            said = f"{self.given.name}#{name}: {error}; it is the record at byte {place:,}"
            yield Failed(f"{self.given.name}#{name}", "source", InputError(said))
            return
        if found is not None:
            content, media, charset, details = found
            url = uri if _ADDRESS.match(uri) else None
            about = Given(url=url, details=self.given.given.details + details)
            yield part(self.given, name, content, media=media, charset=charset, given=about)

    def _payload(self, record: WarcRecord, uri: str) -> tuple[bytes, str | None, str | None, tuple[Detail, ...]] | None:
        """Content, media type, charset and details of a record that can be a report; None of others."""
        headers, most = record.headers, self.options.limits.report
        line, coded = headers.get("Content-Type") or "", ("", "")
        if line.lower().replace(" ", "").startswith("application/http"):
            try:
                record.parse_http(quirks_mode=True)
            except (OSError, ValueError) as error:
                raise InputError(f"the HTTP headers are broken ({clean(str(error))[:200]})") from None
            http = record.http_headers
            if http is None or http.status_code is None:
                raise InputError("the HTTP headers are broken")
            if not 200 <= http.status_code < 300:
                return None
            line = http.get("Content-Type") or ""
            coded = (http.get("Transfer-Encoding") or "", http.get("Content-Encoding") or "")
        media, charset = _media(line or headers.get("WARC-Identified-Payload-Type") or "")
        if not _wanted(media, uri):
            return None
        if record.content_length > most:
            raise InputError(f"larger than {most >> 20} MB")
        if headers.get("WARC-Segment-Number"):
            raise InputError("it is one of several parts of a page, which are not put together")
        length = record.content_length
        body = record.reader.read(length) if length else b""
        if len(body) < length:
            raise Broken("a record breaks off before its end")
        body, whole = decode_body(body, *coded, most)
        if not body.strip() or (media is None and not _TEXTUAL.match(body)):
            return None
        cut = headers.get("WARC-Truncated") or (None if whole else "coding")
        return body, media, charset, self._details(headers.get("WARC-Date"), cut)

    def _details(self, captured: str | None, cut: str | None) -> tuple[Detail, ...]:
        known = (("captured", captured), ("archived-by", self._archived_by), ("truncated", cut))
        return tuple(Detail(key, clean(value.strip())) for key, value in known if value and value.strip())


def _sound(record: WarcRecord) -> bool:
    length = record.headers.get("Content-Length") or ""
    return "WARC-Type" in record.headers and length.strip().isdecimal() and len(length) < _DIGITS


def _archiver(fields: bytes) -> str | None:
    """Who made the archive, by the warcinfo record: its `publisher`, else its `operator`."""
    found = {key.lower(): value.strip() for key, value in _FIELD.findall(fields.decode("utf-8", "replace"))}
    return found.get("publisher") or found.get("operator") or None


def _media(line: str) -> tuple[str | None, str | None]:
    """The media type and the charset of a line Content-Type, in lower case; None for what it does not say."""
    charset = _CHARSET.search(line)
    return line.partition(";")[0].strip().lower() or None, charset[1].lower() if charset else None


def _wanted(media: str | None, uri: str) -> bool:
    """Whether what has this type can be a report. No type at all leaves it open."""
    if _ROBOTS.match(uri):
        return False
    return media is None or media in _MEDIA or _MARKUP.fullmatch(media) is not None
