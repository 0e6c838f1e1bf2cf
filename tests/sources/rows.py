"""Tables of reports, written in every form that tables come in, and how they are read in tests."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from communique.sources.inputs import Input, Limits, Options
from communique.sources.opener import Opener

ROWS = [
    {
        "title": "Envoys meet",
        "date": "2024-05-15",
        "text": "Envoys of Norland, and of Sudria, met.\nThey “talked”; then they left.",
        "source": "The Lagona Star",
    },
    {"title": "Border open", "date": "16 May 2024", "text": "Norland opened its border.", "source": "The Lagona Star"},
]


def comma(rows, sign=",", end="\r\n"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=sign, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines(rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def parquet(rows, schema=None):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema), out)
    return out.getvalue()


def read(form, data, columns=(), name="table.x", limits=None):
    options = Options(columns=tuple(columns), limits=limits or Limits())
    return list(form.read(Input(name, io.BytesIO(data)), options))


def opened(tmp_path, data, name="table", columns=()):
    path = tmp_path / name
    path.write_bytes(data)
    return list(Opener(Options(columns=tuple(columns))).open(path))


WRITTEN = {
    "comma": comma(ROWS),
    "semicolon": comma(ROWS, ";", "\n"),
    "tab": comma(ROWS, "\t"),
    "bar": comma(ROWS, "|"),
    "byte order mark": b"\xef\xbb\xbf" + comma(ROWS),
    "UTF-16": comma(ROWS, "\t").decode().encode("utf-16"),
    "told sign": b"sep=;\r\n" + comma(ROWS, ";"),
    "JSON Lines": lines(ROWS),
    "JSON Lines with a mark": b"\xef\xbb\xbf" + lines(ROWS),
    "array": json.dumps(ROWS).encode(),
    "array laid out": json.dumps(ROWS, indent=2).encode(),
    "array in UTF-16": json.dumps(ROWS).encode("utf-16"),
    "objects laid out": "\n".join(json.dumps(r, indent=1) for r in ROWS).encode(),
    "answer of a search": json.dumps({"status": "ok", "articles": ROWS}).encode(),
    "Parquet": parquet(ROWS),
}
