"""Rich Text Format (Microsoft, version 1.9.1): from its bytes to the paragraphs that it shows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from communique.errors import InputError

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_DEEPEST = 1000
_CHARSETS = {
    int(number): codec
    for number, codec in (
        pair.split(":")
        for pair in "77:mac_roman 128:cp932 129:cp949 130:johab 134:gbk 136:big5 161:cp1253 162:cp1254 163:cp1258 177:cp1255 "
        "178:cp1256 186:cp1257 204:cp1251 222:cp874 238:cp1250 254:cp437".split()
    )
}
_SETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SIGNS = {"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_CHARACTERS = dict.fromkeys(("tab", "cell", "nestcell"), "\t") | dict.fromkeys(("line", "lbr"), "\n")
_CHARACTERS |= dict.fromkeys(("emspace", "enspace", "qmspace"), " ") | _SIGNS
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
# what is said in these groups is not shown as text, or stands around the pages
_UNSHOWN = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc "
    "ftncn aftnsep aftnsepc aftncn annotation atnid atnauthor atntime atnicn atnref fldinst nonshppict bkmkstart bkmkend xe tc "
    "rxe txe themedata datastore listtable listoverridetable revtbl rsidtbl generator template xmlnstbl pn private "
    "docvar sp latentstyles".split()
)
_TOLD = frozenset("title author creatim revtim".split())
_NOTES = frozenset(["footnote"])


@dataclass(frozen=True, slots=True)
class Pages:
    """What an RTF document shows: paragraphs (a row of a table is one, with a tab between cells), then footnotes; and what it
    says of itself: `title`, `author`, and `created` and `modified` as YYYY-MM-DD."""

    paragraphs: tuple[str, ...]
    told: dict[str, str]


def read_rtf(data: bytes, name: str) -> Pages:
    """The pages of an RTF document; what it breaks off in the middle of is shown so far. Raises InputError when groups lie
    more than 1,000 deep in one another."""
    return _Reader(name).read(data)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group and for the groups in it."""

    into: str = "text"
    codec: str = "cp1252"
    after_unicode: int = 1
    hidden: bool = False
    table: bool = False


@dataclass(slots=True)
class _Reader:
    """One way through a document."""

    name: str
    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    codec: str = "cp1252"
    fonts: dict[str, str] = field(default_factory=dict)
    font: str = ""
    raw: bytearray = field(default_factory=bytearray)
    high: int = 0
    skip: int = 0
    opened: bool = False
    pieces: dict[str, list[str]] = field(default_factory=lambda: {"text": [], "note": []})
    shown: dict[str, list[str]] = field(default_factory=lambda: {"text": [], "note": []})
    told: dict[str, str] = field(default_factory=dict)

    def read(self, data: bytes) -> Pages:
        at, size = 0, len(data)
        while at < size and (token := _TOKEN.match(data, at)):
            at = token.end()
            word, number, byte, symbol, brace, text = token.groups()
            if byte is None and text is None and self.raw:
                self.flush_raw()
            if text is not None:
                self.raw_text(text)
            elif word is not None:
                if word == b"bin":
                    at += max(0, int(number or 0))
                else:
                    self.word(word.decode("ascii"), None if number is None else int(number))
            elif byte is not None:
                self.raw_text(bytes([int(byte, 16)]))
            elif brace is not None:
                if brace == b"{":
                    self.open()
                elif not self.close():
                    break
            elif symbol is not None:
                self.symbol(symbol)
        return self.end()

    def end(self) -> Pages:
        self.flush_raw()
        for into in ("note", "text"):
            self.paragraph(into)
        dates = {"creatim": "created", "revtim": "modified"}
        told = {dates.get(k, k): w for k, v in self.told.items() if (w := " ".join(v.split()))}
        return Pages((*self.shown["text"], *self.shown["note"]), told)

    def open(self) -> None:
        if len(self.outer) >= _DEEPEST:
            raise InputError(f"{self.name}: groups lie more than {_DEEPEST:,} deep in one another; save it as text")
        self.outer.append(self.state)
        self.opened, self.skip = True, 0

    def close(self) -> bool:
        """Whether the document goes on after the group."""
        self.skip, self.high, self.opened = 0, 0, False
        if not self.outer:
            return False
        if self.state.into == "note" and self.outer[-1].into != "note":
            self.paragraph("note")
        self.state = self.outer.pop()
        return bool(self.outer)

    def word(self, word: str, number: int | None) -> None:
        opened, self.opened, self.skip = self.opened, False, 0
        if word in _TOLD and opened and self.state.into in {"info", *_TOLD}:
            self.into(word)
        elif self.state.into in _TOLD:
            self.date(word, number)
        elif word in _UNSHOWN:
            self.into(word if self.state.into in {"text", "note"} else self.state.into)
        elif word in _NOTES and self.state.into == "text":
            self.into("note")
        elif self.state.into == "fonttbl":
            self.define_font(word, number)
        elif word == "u" and number is not None:
            self.unicode(number % 0x10000)
            self.skip = self.state.after_unicode
        else:
            self.format(word, number)

    def format(self, word: str, number: int | None) -> None:
        change: Callable[..., None] = self.change
        if word in _SETS or (word == "ansicpg" and number is not None):
            self.codec = _SETS.get(word) or _codec(f"cp{number}") or self.codec
            change(codec=self.codec)
        elif word == "f":
            change(codec=self.fonts.get(str(number), self.codec))
        elif word == "plain":
            change(codec=self.codec, hidden=False)
        elif word == "uc":
            change(after_unicode=max(0, min(number or 0, 100)))
        elif word in {"v", "deleted"}:
            change(hidden=number != 0)
        elif word in {"pard", "intbl"}:
            change(table=word == "intbl")
        elif word in _CHARACTERS:
            self.say(_CHARACTERS[word])
        elif word == "par" and self.state.table:
            self.say("\n")
        elif word in {"par", "sect", "page", "row", "nestrow"} and self.state.into in self.shown:
            self.paragraph(self.state.into)

    def change(self, **values: object) -> None:
        self.state = replace(self.state, **values)  # type: ignore[arg-type]

    def into(self, destination: str) -> None:
        self.change(into=destination)

    def symbol(self, symbol: bytes) -> None:
        if symbol == b"*" and self.opened and self.state.into in {"text", "note"}:
            self.into("unknown")
            return
        self.opened = False
        if symbol in _SYMBOLS:
            self.say(_SYMBOLS[symbol])

    def raw_text(self, text: bytes) -> None:
        """Bytes in the codec of the font; a character of several bytes may come in several tokens. After a character by its
        number come bytes for readers that don't know it."""
        self.opened = False
        if self.skip:
            passed = min(self.skip, len(text))
            self.skip -= passed
            text = text[passed:]
        if text:
            self.high = 0
        if self.state.into in {"text", "note", *_TOLD}:
            self.raw += text

    def flush_raw(self) -> None:
        if self.raw:
            text = self.raw.replace(b"\0", b"").decode(self.state.codec, "replace")
            self.raw.clear()
            self.say(text)

    def unicode(self, unit: int) -> None:
        """A unit of UTF-16; half of a pair waits for the other."""
        if 0xD800 <= unit < 0xDC00:
            self.high = unit
            return
        high, self.high = self.high, 0
        if 0xDC00 <= unit < 0xE000:
            self.say(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else "\ufffd")
        elif unit:
            self.say(chr(unit))

    def say(self, text: str) -> None:
        into = self.state.into
        if into in _TOLD:
            self.told[into] = self.told.get(into, "") + text
        elif into in self.pieces and not self.state.hidden:
            self.pieces[into].append(text)

    def paragraph(self, into: str) -> None:
        text = "".join(self.pieces[into])
        self.pieces[into].clear()
        lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip() for line in text.split("\n"))
        if said := "\n".join(line for line in lines if line):
            self.shown[into].append(said)

    def date(self, word: str, number: int | None) -> None:
        if self.state.into in {"creatim", "revtim"} and word in {"yr", "mo", "dy"} and number is not None:
            before = self.told.get(self.state.into, "")
            self.told[self.state.into] = f"{before}-{number:02}" if before else f"{number:04}"
        elif word == "u" and number is not None and self.state.into in {"title", "author"}:
            self.unicode(number % 0x10000)
            self.skip = self.state.after_unicode

    def define_font(self, word: str, number: int | None) -> None:
        if word == "f":
            self.font = str(number)
        elif word == "fcharset" and number in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[number]


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman", "cp936": "gbk"}.get(name, name)).name
    except LookupError:
        return None
