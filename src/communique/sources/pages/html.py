"""Pages in HTML and XHTML, whole or in part: the report, and what the page says of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.text import LARGEST, decode, extracted
from communique.types.text import Document

_ROOT = re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*)*(?:<!doctype\s+html\b|<html[\s>])")
_XML = re.compile(
    rb"(?is)\s*(?:<\?xml\b|<!doctype\s+(?!\s|html)|<(?:rss|feed|opml|rdf:rdf|nitf|newsml|newsitem|newsmessage|svg|urlset)\b)"
)
_TAG = re.compile(
    rb"(?i)<(/?)(p|div|br|span|article|section|main|h[1-6]|ul|ol|li|table|tr|td|a|b|i|em|strong|blockquote|pre|img|font|"
    rb"center|head|body|meta|title|link|script|style|figure|header|footer|nav|form|hr)(?=[\s/>])[^<>]*>"
)
_STRUCTURE = frozenset(b"p div br article section main h1 h2 h3 ul ol li table td blockquote head body meta title pre".split())
_PAGE_NAME = re.compile(r"(?i)\.(?:x?html?|shtml|xht|aspx?|php|jsp)(?:$|[?#])")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{2,40})"""
)
_ENCODINGS = re.compile(
    r"(?:utf_?8|iso8859_\d+|cp125\d|cp8\d\d|koi8_[rut]|gb2312|gbk|gb18030|big5\w*|shift_jis\w*|cp9\d\d|euc_\w+|iso2022_\w+|mac_\w+|tis_620)$"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_EMPTY = re.compile(r"<(script|style|div|a|iframe|title|span|p|textarea|noscript|i|b|em|strong)((?:\s[^<>]*)?)/>")
_FORMATTING = re.compile(
    r"(?i)</?(?:font|b|i|u|em|strong|span|center|big|small|tt|s|strike|ins|del|mark|cite|a|abbr|sup|sub)\b[^<>]*>"
)
_NESTING = re.compile(r"(?i)</?(?!/?(?:p|br|h[1-6]|meta|title|script|style|link|head|body|html|base|pre|hr)\b)[a-z][^<>]*>")
_CONTROLS = dict.fromkeys(c for c in (*range(32), *range(127, 160), 0xFFFE, 0xFFFF) if c not in (9, 10, 12, 13)) | {12: " "}
_NUMBER = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*([0-9]{1,7})(?![0-9]));?")
_SCAN, _MOST_TAGS, _LONGEST_NAME = 4096, 100_000, 1000
_FULLER = 1.5


class Html:
    """Web pages, saved, printed or sent, and pieces of them that come within feeds and mails."""

    name = "html"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the root element, else by how much markup of pages there is; what a sender or a file's name says counts where
        the markup is thin. Other XML is no page whatever it is said to be."""
        start = _plain(head)
        if _ROOT.match(start):
            return 0.9
        if _XML.match(start) or start.lstrip()[:1] in {b"{", b"["}:
            return 0.0
        tags = [(m[1], m[2].lower()) for m in _TAG.finditer(start)]
        structure = sum(tag in _STRUCTURE for _, tag in tags)
        if media in {"text/html", "application/xhtml+xml"} and (tags or b"&" in start):
            return 0.6
        if _PAGE_NAME.search(name) and structure:
            return 0.6
        if _TAG.match(start.lstrip()) and structure and any(closing or tag == b"br" for closing, tag in tags):
            return 0.55
        return 0.3 if structure >= 4 and structure * 500 >= len(start) and any(closing for closing, _ in tags) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document]:
        """One report. Raises InputError for a page without one, and for one with more or deeper markup than any report has."""
        text = _decode(given, min(LARGEST, options.limits.report))
        yield read_page(text, given.name, given.given.url)


HTML = Html()


def read_page(text: str, source: str, address: str | None = None) -> Document:
    """The report of a page. `address` is where the page was had from. Raises InputError as `Html.read` does."""
    # lxml and trafilatura take long to load; reading plain text does without
    from communique.sources.pages.masthead import read_masthead
    from communique.sources.pages.report import find_report

    root = _parse(text, source)
    masthead = read_masthead(root, address)
    scripted = next(root.iter("script"), None) is not None
    report = find_report(root, masthead.titles, lambda: _parse(text, source))
    said = report.text if report.told or not scripted else ""
    if masthead.body and len(masthead.body.split()) > _FULLER * report.words:
        said = _linked_body(masthead.body, report.headline, source)
    if not said.strip():
        said = _without_scripts(text, source)
    if not said.strip():
        raise InputError(f"{source}: a page without report text (scripts may fetch it); save the page as a browser shows it")
    document = extracted(said, source, masthead.publisher)
    return replace(
        document,
        format="html",
        url=masthead.url,
        title=next(iter(masthead.titles), None) or report.headline,
        byline=masthead.byline,
        language=masthead.language or document.language,
        published=masthead.published,
        syndicated_from=masthead.syndicated_from,
        details=masthead.details,
    )


def _linked_body(body: str, headline: str | None, source: str) -> str:
    """The text of linked data, which may itself be marked up, under the headline that the page shows."""
    from communique.sources.pages.blocks import read_blocks

    if "<" in body and _TAG.search(body.encode("utf-8", "replace")):
        said = "\n\n".join(b.text for b in read_blocks(_parse(body, source)))
    else:
        said = "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    return f"{headline}\n\n{said}" if headline and not said.startswith(headline) else said


def _without_scripts(text: str, source: str) -> str:
    """What a page shows to those who run no scripts, where it shows nothing else."""
    from communique.sources.pages.report import find_report

    if "<noscript" not in text.lower():
        return ""
    opened = re.sub(r"(?i)</?noscript\b[^<>]*>", " ", text)
    report = find_report(_parse(opened, source), (), lambda: _parse(opened, source))
    return report.text if report.told else ""


def _plain(head: bytes) -> bytes:
    """The beginning without byte order mark, and of UTF-16 every other byte."""
    for mark in _BOMS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


def _decode(given: Input, most: int) -> str:
    """The text of a page: by byte order mark, as UTF-8 where it is that, by what the sender and the page say, else by what is
    likeliest. Pages say wrongly more often than other bytes make sound UTF-8."""
    data = given.read(most)
    if not data.startswith(_BOMS):
        try:
            if b"\0" not in data[:_SCAN] and not _seven_bits(given.charset, data):
                return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        for encoding in _named(given.charset, data):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return decode(
        data if data.startswith(_BOMS[1:]) or _wide(data) else data.replace(b"\0", b""),
        given.name,
    )


def _wide(data: bytes) -> bool:
    sample = data[:_SCAN]
    return max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 4


def _seven_bits(charset: str | None, data: bytes) -> bool:
    """Whether it is said to be in one of the encodings that shift between alphabets by escapes, which look like ASCII."""
    return b"\x1b" in data and any(e.startswith("iso2022") for e in _named(charset, data))


def _named(charset: str | None, data: bytes) -> list[str]:
    """The encodings that the sender and the page say, in Python's names; Latin-1 stands for Windows-1252, as in browsers."""
    found = []
    said = [
        charset or "",
        *(m.decode("ascii") for groups in _CHARSET.findall(data[:_SCAN]) for m in groups if m),
    ]
    for name in said:
        try:
            known = codecs.lookup(name.strip()).name.replace("-", "_") if name.strip().isascii() else ""
        except (LookupError, ValueError):
            continue
        if _ENCODINGS.match(known):
            found.append("cp1252" if known in {"iso8859_1", "ascii"} else known)
    return found


def _parse(text: str, source: str) -> Any:
    """The tree of a page. The parser gives up below 256 elements, one within the other, and loses what comes after: of deeper
    pages first the formatting is taken away, then all but paragraphs and headings. Raises InputError where they are still too
    deep."""
    from lxml import html

    if text.count("<") > _MOST_TAGS:
        raise InputError(f"{source}: more than {_MOST_TAGS:,} tags, which is no report; save the report's own page")
    text = _NUMBER.sub(_character, text.translate(_CONTROLS) if not text.isprintable() else text)
    text = _DECLARATION.sub("", text)
    if "http://www.w3.org/1999/xhtml" in text[:_SCAN]:
        text = _EMPTY.sub(r"<\1\2></\1>", text)
    for needless in (None, _FORMATTING, _NESTING):
        text = text if needless is None else needless.sub(" ", text)
        parser = html.HTMLParser(encoding="utf-8")
        try:
            root = html.document_fromstring((text or " ").encode("utf-8", "replace"), parser=parser)
        except (html.etree.ParserError, html.etree.ParseError):  # nothing that could be an element
            return html.document_fromstring("<p></p>")
        if not any("Excessive depth" in e.message for e in parser.error_log):
            _shorten(root)
            return root
    raise InputError(f"{source}: elements nested without end; save the report's own page")


def _character(match: re.Match[str]) -> str:
    """What a numeric reference is; a space for those controls that the parser takes into the tree and the tree does not let be
    moved within it."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return " " if code == 12 or (code in _CONTROLS and not 127 <= code < 160) else match[0]


def _shorten(root: Any) -> None:
    """Take out attributes of endless length, over which patterns would be run again and again."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag != "meta":
            for name in [name for name, value in element.attrib.items() if len(value) > _LONGEST_NAME]:
                del element.attrib[name]
