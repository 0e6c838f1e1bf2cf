"""Seeds: small inputs of every format, from which the fuzzer makes others."""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests" / "sources"
LINE = "Envoys of Norland and Sudria met in Dorva on Monday and agreed to open the border bridge before the winter sets in."
REPORT = f"{LINE}\n\nThe premier, Ana Sol, said that talks on fishing would go on. Sudria’s side did not comment.\n"
PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Bridge to open</title>'
    '<meta property="og:title" content="Bridge to open"><meta name="author" content="By Per Rude">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge to open",'
    '"datePublished":"2021-10-14","author":[{"name":"Per Rude"}]}</script></head><body><nav><a href="/x">Home</a></nav>'
    f"<article><h1>Bridge to open</h1><p class='byline'>By Per Rude</p><p>{LINE}</p><ul><li>One &amp; two</li></ul>"
    "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table><pre>  x\n y</pre></article></body></html>"
)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Norland Herald</title>'
    "<link>https://herald.example/</link><item><title>Bridge &amp;amp; border</title><link>https://herald.example/1</link>"
    "<guid>1</guid><pubDate>Mon, 03 Jun 2019 23:30:00 -0500</pubDate><dc:creator>Ana Sol</dc:creator>"
    f"<description>&lt;p&gt;{LINE}&lt;/p&gt;</description><content:encoded><![CDATA[<p>{LINE * 5}</p>]]></content:encoded>"
    '<enclosure url="https://herald.example/a.mp3" type="audio/mpeg"/></item></channel></rss>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://herald.example/"><title>Herald</title><entry><id>urn:1</id>'
    '<title type="html">A &lt;b&gt;bridge&lt;/b&gt;</title><link rel="alternate" href="a"/><updated>2021-10-14T00:00:00Z'
    f'</updated><author><name>Per Rude</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>'
    f"{LINE * 5}</p></div></content></entry></feed>"
)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Norland Herald",
    "items": [
        {"id": "1", "url": "https://herald.example/1", "title": "Bridge", "content_html": f"<p>{LINE * 5}</p>"},
        {"id": 2, "content_text": LINE * 5, "authors": [{"name": "Ana Sol"}], "date_published": "2021-10-14T00:00:00Z"},
    ],
}
OPML = (
    '<opml version="2.0"><head><title>Mine</title></head><body><outline text="News"><outline type="rss" '
    'text="Herald" xmlUrl="https://herald.example/rss" htmlUrl="https://herald.example/"/></outline></body></opml>'
)
MAIL = (
    "From: Norland Herald <desk@herald.example>\r\nTo: x@y.example\r\nSubject: =?utf-8?q?Bridge_to_open?=\r\n"
    "Date: Thu, 14 Oct 2021 09:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    f"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{LINE}=\r\n x\r\n"
    f"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: in\r\n\r\n{LINE}\r\n"
    "--b\r\nContent-Type: text/html; name=a.html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n"
    f"<html><body><p>{LINE}</p></body></html>\r\n--b--\r\n"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}}{\info{\title Bridge}{\creatim\yr2021\mo10\dy14}}"
    rf"\pard\f0 {LINE}\par\'e4\u8217?\bin3 abc\trowd\cellx1 a\cell b\cell\row{{\footnote note}}\par\v hid\v0 }}"
)
CSV = f'title,text,published,url\nBridge,"{LINE}\n""More""",2021-10-14,https://herald.example/1\nB,{LINE},03/04/2024,x\n'


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def tarred(members: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive of these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def record(block: bytes, kind: str = "response", media: str = "application/http; msgtype=response") -> bytes:
    """A record of a WARC file."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2021-10-14T00:00:00Z\r\nWARC-Target-URI: https://herald.example/1\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def crawl() -> bytes:
    """A WARC file of a header, a page, a packed and chunked one and a conversion."""
    page = PAGE.encode()
    packed = gzip.compress(page, mtime=0)
    chunked = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    coded = plain[:-2] + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    told = record(b"software: x\r\nisPartOf: y\r\n", "warcinfo", "application/warc-fields")
    return told + record(plain + page) + record(coded + chunked) + record(REPORT.encode(), "conversion", "text/plain")


def written(body: bytes) -> bytes:
    """A DOCX file with this `word/document.xml`."""
    kinds = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
        b'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    leads = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        b"</Relationships>"
    )
    members = {"[Content_Types].xml": kinds, "_rels/.rels": leads, "word/document.xml": body}
    return zipped(members, zipfile.ZIP_STORED)


def paragraphs(*texts: str) -> bytes:
    """The `word/document.xml` of these paragraphs, with a table, a deletion and a note."""
    said = "".join(f"<w:p><w:pPr/><w:r><w:t xml:space='preserve'>{t}</w:t></w:r></w:p>" for t in texts)
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:tab/></w:r></w:p></w:tc></w:tr></w:tbl>"
    gone = "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>h</w:t></w:r></w:p>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f"<w:document {space}><w:body>{said}{table}{gone}</w:body></w:document>".encode()


def parquet() -> bytes:
    """A table of two rows in Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    rows = pa.table({"title": ["Bridge", None], "text": [LINE, REPORT], "meta": [{"a": [1, 2]}, None]})
    pq.write_table(rows, out, compression="snappy")
    return out.getvalue()


def pdf() -> bytes:
    """A PDF of two pages."""
    sys.path.insert(0, str(TESTS))
    try:
        writer = importlib.import_module("pdf_writer")
    finally:
        sys.path.remove(str(TESTS))
    sheets = [writer.Sheet().lines([LINE[:60], LINE[60:]] * 4, 72, 700) for _ in range(2)]
    made: bytes = writer.write(sheets, {"Title": "Bridge to open", "CreationDate": "D:20211014"}, packed=False)
    return made


def _archives() -> list[bytes]:
    members = {"a.txt": REPORT.encode(), "b/c.html": PAGE.encode()}
    tar = tarred(members)
    inner = zipped({"in.zip": zipped(members), ".hidden": b"x"})
    packed = [gzip.compress(tar, mtime=0), bz2.compress(tar), lzma.compress(tar), gzip.compress(REPORT.encode(), mtime=0)]
    return [zipped(members), zipped(members, zipfile.ZIP_STORED), inner, tar, tarred(members, tarfile.GNU_FORMAT), *packed]


def _lines() -> list[bytes]:
    rows = [{"title": "Bridge", "text": LINE, "published": "2021-10-14", "source": {"name": "Herald"}}, {"text": [LINE, "x"]}]
    return ["\n".join(map(json.dumps, rows)).encode(), json.dumps(rows).encode()]


_MADE: dict[str, Callable[[], list[bytes]]] = {
    "text": lambda: [REPORT.encode(), REPORT.encode("utf-16"), REPORT.encode("cp1252"), b"\x1b$B$3$s\x1b(B"],
    "html": lambda: [PAGE.encode(), PAGE.encode("utf-16"), f"<div><p>{LINE}<br>x</p></div>".encode()],
    "feed": lambda: [RSS.encode(), ATOM.encode()],
    "jsonfeed": lambda: [json.dumps(JSON_FEED).encode()],
    "opml": lambda: [OPML.encode()],
    "mail": lambda: [MAIL.encode()],
    "mbox": lambda: [b"From a Thu Oct 14 09:00:00 2021\n" + MAIL.replace("\r\n", "\n").encode() + b"\n>From x\n\n"],
    "rtf": lambda: [RTF.encode()],
    "csv": lambda: [CSV.encode(), CSV.replace(",", "\t").encode()],
    "json": _lines,
    "parquet": lambda: [parquet()],
    "pdf": lambda: [pdf()],
    "warc": lambda: [crawl(), gzip.compress(crawl(), mtime=0)],
    "archive": _archives,
    "docx": lambda: [paragraphs(LINE, "x"), written(paragraphs(LINE))],
}
_SAMPLES = {
    "newsml": "newsml*.xml",
    "ninjs": "ninjs*.json*",
    "nitf": "nitf*.xml",
    "nexis": "nexis*",
    "factiva": "factiva*",
    "proquest": "proquest*",
    "mail": "*.eml",
    "mbox": "*.mbox",
    "rtf": "*.rtf",
    "docx": "*.docx",
    "html": "*.html",
    "text": "*.txt",
}


def seeds(form: str) -> Iterator[tuple[str, bytes]]:
    """The seeds of a format, each with a name; of all formats when it is `any`."""
    if form == "any":
        for name in sorted({*_MADE, *_SAMPLES}):
            yield from seeds(name)
        return
    for number, made in enumerate(_MADE.get(form, list)(), 1):
        yield f"{form}-{number}", made
    for path in sorted((TESTS / "samples").glob(_SAMPLES.get(form, "-"))):
        if not path.name.endswith(".expected.json"):
            yield path.name, path.read_bytes()
    if form == "html":
        yield from layouts()


def layouts() -> Iterator[tuple[str, bytes]]:
    """The pages that the tests of web pages are made of."""
    sys.path.insert(0, str(TESTS))
    try:
        pages = importlib.import_module("layouts").pages()
    finally:
        sys.path.remove(str(TESTS))
    yield from ((f"layout-{page.name}", page.html.encode("utf-8", "surrogatepass")) for page in pages)
