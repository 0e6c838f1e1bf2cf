"""Mail: single messages (RFC 5322 and MIME, RFC 2045 to 2049) and mailboxes of many (mbox, RFC 4155). A message gives its body,
its attachments that can be read, and the messages in it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from mimetypes import guess_type

from communique.errors import InputError
from communique.sources.dispatch import fit, tell
from communique.sources.inputs import HEAD, Found, Given, Input, Options, part
from communique.sources.text import decode
from communique.types.analysis import Failed
from communique.types.text import Interval, Published

_SURE, _LIKELY = 0.95, 0.6
_HEADER = re.compile(rb"([!-9;-~]{1,76}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)")
_OF_TRANSPORT = {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature"}
_OF_LETTERS = ({b"from"}, {b"subject"}, {b"date", b"to"})
_FROM = re.compile(
    rb"From [^\r\n]{1,400}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "
    rb"(?:[A-Z][a-z]{2} [ \d]\d|\d{1,2} [A-Z][a-z]{2})\b[^\r\n]{0,80}\d\d:\d\d"
)
_MUNGED = re.compile(rb"(?m)^>(>*From )")
_LINE = 1 << 20
_MOST_LINES, _MOST_BOUNDARIES = 1_000_000, 100
_DEEPEST, _MOST_PARTS = 20, 1000
_BY_ITS_OWN = ("iso-2022", "hz", "utf-7")
_NO_REPORT = re.compile(
    r"(?i)(?:image|audio|video|font)/|text/(?:calendar|x?-?vcard|css|x-amp-html)|application/(?:ics|pgp|(?:x-)?pkcs7)|"
    r".*(?:spreadsheet|presentation|excel|powerpoint)"
)
_READABLE = 0.1


class Mail:
    """Messages, each by itself: newsletters above all."""

    name = "mail"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the header lines with which it begins: surely where one is of those that transport leaves."""
        names = _header_names(head)
        if not names:
            return 0.0
        said = media == "message/rfc822" or name.lower().endswith(".eml")
        letter = sum(not names.isdisjoint(of) for of in _OF_LETTERS)
        if (letter > 1 and names & _OF_TRANSPORT) or (said and (letter or names & _OF_TRANSPORT)):
            return _SURE
        return _LIKELY if letter == len(_OF_LETTERS) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The body, then what is attached. Raises InputError for a message without anything that can be read, and for one of
        more lines or parts than any letter has."""
        message = _parse(given.read(options.limits.report), given.name)
        known = _given(message, given.given)
        parts, deeper = _parts(message)
        if deeper:
            said = f"parts lie more than {_DEEPEST} deep in one another, or are more than {_MOST_PARTS:,}"
            yield Failed(given.name, "source", InputError(f"{given.name}: {said}; the others are read"))
        attached = [p for p in parts if p.is_report()]
        left = [p.file for p in parts if p.file and p not in attached]
        known = replace(known, details=known.details + tell(("associated", name) for name in left))
        body = next((p for kind in ("text/html", "text/plain") for p in parts if p.is_body(kind)), None)
        if body is not None:
            yield body.input(given, known, "text", given.depth)
        for n, found in enumerate(attached, 1):
            yield found.input(given, known if body is None else Given(published=known.published), f"part{n}", given.depth + 1)
        if body is None and not attached:
            raise InputError(f"{given.name}: a message without text; give one that holds a report")


class Mbox:
    """Mailboxes: one message after another, read one at a time."""

    name = "mbox"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the line that parts messages, with a header line below it."""
        start = head.lstrip(b"\r\n")
        if not start.startswith(b"From ") or not _FROM.match(start):
            return 0.0
        return _SURE if _header_names(start.partition(b"\n")[2]) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The messages. One that is larger than a report may be is yielded as `Failed`."""
        for n, content in enumerate(_messages(given, options.limits.report), 1):
            if content is None:
                said = f"message {n} is larger than {options.limits.report >> 20} MB; read it by itself"
                yield Failed(f"{given.name}#{n}", "source", InputError(f"{given.name}#{n}: {said}"))
            else:
                yield part(given, str(n), _MUNGED.sub(rb"\1", content), media="message/rfc822")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a message that has no parts of its own, or is a message."""

    message: Message
    media: str
    file: str

    @property
    def attached(self) -> bool:
        return bool(self.file) or self.message.get_content_disposition() == "attachment"

    def content(self) -> bytes:
        """Its bytes, as they were before they were coded for transport; none where they can't be had."""
        try:
            if self.media != "message/rfc822":
                found = self.message.get_payload(decode=True)
                return found if isinstance(found, bytes) else b""
            inner = self.message.get_payload()
            return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
        except (MessageError, ValueError, LookupError, TypeError):
            return b""

    def is_body(self, kind: str) -> bool:
        return self.media == kind and not self.attached and bool(self.content().strip())

    def is_report(self) -> bool:
        """Whether it is attached, and some format knows it or it is text."""
        if not self.attached and self.media != "message/rfc822":
            return False
        named = guess_type(self.file)[0] or ""
        if _NO_REPORT.match(self.media) or _NO_REPORT.match(named) or not (content := self.content()).strip():
            return False
        from communique.sources.opener import load_formats  # which knows this one too

        head = content[:HEAD]
        known = max(f.recognises(head, self.file, self.media) for f in load_formats())
        return known > _READABLE or (b"\0" not in head and self.media.startswith("text/"))

    def input(self, outer: Input, known: Given, name: str, depth: int) -> Input:
        content, charset = self.content(), self.message.get_param("charset")
        said = charset.lower() if isinstance(charset, str) else None
        if self.media == "text/plain":
            content, said = _decode(content, said, outer.name).encode("utf-8", "replace"), "utf-8"
        return part(outer, self.file or name, content, media=self.media, charset=said, given=known, depth=depth)


def _header_names(head: bytes) -> set[bytes]:
    """The names of the header lines that the bytes begin with."""
    at, names = 0, set()
    while found := _HEADER.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    return names


def _parse(data: bytes, name: str) -> Message:
    """The message. The parser of the standard library takes time for each line by how deep it lies."""
    if data.count(b"\n") > _MOST_LINES or len(re.findall(rb"(?i)boundary=", data)) > _MOST_BOUNDARIES:
        said = f"more than {_MOST_LINES:,} lines or {_MOST_BOUNDARIES} kinds of parts"
        raise InputError(f"{name}: a message of {said}; save what it holds as files of their own")
    try:
        return email.message_from_bytes(data, policy=compat32)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError) as error:
        raise InputError(f"{name}: a message that can't be taken apart ({error}); save its text by itself") from None


def _parts(message: Message) -> tuple[list[_Part], bool]:
    """The innermost parts in their order, and whether there are some that lie too deep or are too many."""
    found: list[_Part] = []
    todo, deeper = [(message, 0)], False
    while todo:
        top, depth = todo.pop()
        media = top.get_content_type()
        inner = top.get_payload() if top.is_multipart() else None  # of others it is decoded by what they say
        if isinstance(inner, list) and media != "message/rfc822":
            deeper = deeper or depth >= _DEEPEST
            if depth < _DEEPEST:
                todo += [(m, depth + 1) for m in reversed(inner) if isinstance(m, Message)]
        elif len(found) < _MOST_PARTS:
            found.append(_Part(top, media, _file_name(top)))
        else:
            return found, True
    return found, deeper


def _file_name(message: Message) -> str:
    try:
        said = message.get_filename() or ""
    except (ValueError, LookupError, TypeError, IndexError):
        return ""
    return re.sub(r"[/\\#\s]+", " ", _unfold(said)).strip()[:200]


def _given(message: Message, outer: Given) -> Given:
    """What the header says, over what was known before. A page that a browser saved as mail (MHTML) is dated when it was saved,
    which tells nothing of when it was published."""
    name, address = parseaddr(_unfold(message.get("From")))
    page = _unfold(message.get("Snapshot-Content-Location"))
    day = _published(_unfold(message.get("Date")))
    details = tell(
        [
            ("captured", str(day.interval.start) if page and day and day.interval else None),
            ("guid", _unfold(message.get("Message-ID")).strip("<> ")),
            ("from", address if not page else None),
            ("list", _unfold(message.get("List-ID"))),
        ]
    )
    return Given(
        url=page or outer.url,
        title=fit(_unfold(message.get("Subject"))) or outer.title,
        publisher=fit(name) or outer.publisher,
        published=outer.published if page else day or outer.published,
        details=outer.details + details,
    )


def _published(said: str) -> Published | None:
    """The day by the sender's own clock."""
    try:
        day = parsedate_to_datetime(said).date()
        return Published(Interval(day, day + timedelta(days=1)), "metadata")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _unfold(value: object) -> str:
    """A header line as it is read: encoded words (RFC 2047) decoded, or left as they are where they can't be; bytes beyond
    ASCII taken for UTF-8."""
    text = str(value or "")[:4000].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = decode_header(text) if "=?" in text else [(text, None)]
    except (MessageError, ValueError):
        pieces = [(text, None)]
    return " ".join("".join(_word(word, charset) for word, charset in pieces).split())


def _word(word: str | bytes, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return word.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return word.decode("utf-8", "replace")


def _decode(data: bytes, charset: str | None, name: str) -> str:
    """Text in UTF-8 where it is sound as that, whatever is said of it; else as is said; else as is likeliest."""
    own = charset is not None and charset.startswith(_BY_ITS_OWN)
    for encoding in (charset, "utf-8") if own else ("utf-8", charset):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return decode(data, name)


def _messages(given: Input, most: int) -> Iterator[bytes | None]:
    """The messages between the lines that part them; None for one of more bytes than `most`."""
    given.stream.seek(0)
    held: list[bytes] = []
    size, begun, apart, fresh = 0, False, True, True
    while line := given.stream.readline(_LINE):
        if fresh and apart and line.startswith(b"From ") and _FROM.match(line):
            if begun:
                yield b"".join(held) if size <= most else None
            held, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= most:
                held.append(line)
            else:
                held.clear()
        apart, fresh = fresh and line in (b"\n", b"\r\n"), line.endswith(b"\n")
    if begun:
        yield b"".join(held) if size <= most else None


MAIL = Mail()
MBOX = Mbox()
