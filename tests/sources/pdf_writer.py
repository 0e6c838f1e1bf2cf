"""Writes small PDF files (ISO 32000-1, 7.5) for the tests: pages of lines set in Helvetica or Courier."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page of 612 × 792 points; `turned`: by how many degrees it is shown clockwise."""

    turned: int = 0
    drawn: list[bytes] = field(default_factory=list)

    def line(self, text, x, y, size=10, font="H", spacing=0.0, matrix="1 0 0 1"):
        words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"BT /{font} {size} Tf {spacing} Tw {matrix} {x} {y} Tm (".encode()
        self.drawn.append(place + words + b") Tj ET")
        return self

    def lines(self, texts, x, y, size=10, lead=12, font="H"):
        for at, text in enumerate(texts):
            self.line(text, x, y - at * lead, size, font)
        return self


def stream(data, packed=False, more=b""):
    if packed:
        data, more = zlib.compress(data, 9), more + b"/Filter/FlateDecode"
    return b"<<" + more + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def write(sheets, described=None, packed=True, fonts=(), trailer=b"", extra=()):
    """The bytes of a PDF. `described` is its Info dictionary, `extra` further objects, from number 6 on."""
    objects = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
    objects.append(b"<<" + b"".join(b"/%s %s" % (k.encode(), literal(v)) for k, v in (described or {}).items()) + b">>")
    objects.extend(extra)
    kids = []
    for sheet in sheets:
        content = stream(b"\n".join(sheet.drawn), packed)
        kids.append(len(objects) + 1)
        head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate %d" % sheet.turned
        resources = b"/Resources<</Font<</H 3 0 R/C 4 0 R>>/XObject<<%s>>>>" % b" ".join(fonts)
        objects += [
            head + resources + b"/Contents %d 0 R>>" % (len(objects) + 2),
            content,
        ]
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 5 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, begin)
    return bytes(out)


def literal(words):
    return b"<feff" + words.encode("utf-16-be").hex().encode() + b">"
