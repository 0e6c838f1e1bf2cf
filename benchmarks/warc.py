"""How fast a crawl is read, and in how much memory: a WARC.gz of our own making, of any size, in a temporary file.

usage: python benchmarks/warc.py [--size MB] [--documents] [--json]

Prints the peak memory of a process that reads the file, and its records a second: of the records alone (`contents`: what can be
a report, unpacked and decoded), with `--documents` of the whole way to documents too. Where warcio is installed, its time for
the same file is printed, each body decoded. Each figure is taken in a process of its own, so that the peaks are their own.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "Norland Sudria premier envoy border treaty minister strike port election council army talks convoy the a of and in on "
    "said that would by for after before with its their no was were has have reopened signed denied sent took left made"
).split()
PARAGRAPHS = 60


def make(path: Path, size: int) -> int:
    """Write a file of `size` bytes or a little more: pages, each with its request, and an image for every tenth. Returns the
    number of records."""
    chance, count = random.Random(6), 0
    paragraphs = [f"<p>{' '.join(chance.choices(WORDS, k=80))}.</p>\n" for _ in range(2000)]
    with path.open("wb") as file:
        file.write(gzip.compress(record("warcinfo", "", b"publisher: Norland Web Archive\r\n", "application/warc-fields")))
        while file.tell() < size:
            address = f"https://star.example/{count}"
            content = page(chance.sample(paragraphs, PARAGRAPHS), count)
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
            asked = f"GET /{count} HTTP/1.1\r\nHost: star.example\r\n\r\n".encode()
            parts = [record("request", address, asked), record("response", address, answer)]
            if count % 10 == 0:
                image = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + chance.randbytes(80_000)
                parts.append(record("response", f"{address}.jpg", image))
            for part in parts:
                file.write(gzip.compress(part, 1))
            count += len(parts)
    return count + 1


def record(kind: str, address: str, block: bytes, media: str = "application/http") -> bytes:
    """One record of WARC 1.0."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2019-06-03T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:6f0e>\r\n"
    head += f"WARC-Target-URI: {address}\r\n" if address else ""
    return f"{head}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def page(paragraphs: list[str], number: int) -> bytes:
    """A page of some 30 KB."""
    head = f"<html><head><title>Report {number}</title></head><body><nav>Home</nav><article><h1>Report {number}</h1>"
    return f"{head}{''.join(paragraphs)}</article></body></html>".encode()


def contents(path: str) -> int:
    """How many inputs the records give, each read to its end."""
    from communique.sources.archives.warc import WARC_FILES
    from communique.sources.inputs import Input, Options

    with open(path, "rb") as stream:
        return sum(bool(found.stream.read()) for found in WARC_FILES.read(Input(path, stream), Options()))


def documents(path: str) -> int:
    """How many documents the opener gives."""
    from communique.sources.opener import Opener

    return sum(1 for _ in Opener().open(path))


def warcio(path: str) -> int:
    """As `contents`, by warcio."""
    from warcio.archiveiterator import ArchiveIterator

    with open(path, "rb") as stream:
        return sum(bool(r.content_stream().read()) for r in ArchiveIterator(stream) if r.rec_type == "response")


WAYS = {"contents": contents, "documents": documents, "warcio": warcio}


def measure(way: str, path: str) -> dict[str, float]:
    """Seconds, peak memory in MB before and after, and how many were read, in this process."""
    before, start = peak(), time.perf_counter()
    count = WAYS[way](path)
    return {
        "read": count,
        "seconds": time.perf_counter() - start,
        "start_mb": before,
        "peak_mb": peak(),
    }


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1024, metavar="MB")
    parser.add_argument("--documents", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(*args.measure)))
        return
    ways = ["contents"] + ["documents"] * args.documents + ["warcio"] * bool(importlib.util.find_spec("warcio"))
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        records = make(path, args.size << 20)
        figures |= {"file_mb": path.stat().st_size / (1 << 20), "records": records}
        for way in ways:
            command = [sys.executable, __file__, "--measure", way, str(path)]
            found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
            figures |= {f"{way}_{key}": value for key, value in found.items()}
            figures[f"{way}_records_per_second"] = records / found["seconds"]
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:32} {value:12.1f}")


if __name__ == "__main__":
    main()
