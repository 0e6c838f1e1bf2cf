"""Fuzzes a format with Atheris: `python fuzz/formats.py NAME [arguments of libFuzzer]`; NAME is a format of the registry, or
`any` for the recognition of formats and all that follows. README.md in this folder tells more."""

from __future__ import annotations

import importlib
import io
import logging
import os
import pkgutil
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import seeds

SECONDS = float(os.environ.get("FUZZ_SECONDS", "10"))
MEGABYTES = int(os.environ.get("FUZZ_MEGABYTES", "400"))
MOST = 2_000  # of what an input gives is looked at


class Wrong(Exception):
    """What no input may bring about."""


def check(data: bytes, form: str) -> int:
    """Reads an input as a format (`any`: as what it is recognised as), and says how much it gave. Raises Wrong when it gives
    anything but what may come, a text that can't be written, or takes too long or too much memory; and whatever else the
    format raises but InputError."""
    at, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    number = sum(1 for found in _read(data, form) if _sound(found))
    seconds, grown = time.process_time() - at, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) >> 10
    if seconds > SECONDS or grown > MEGABYTES:
        raise Wrong(f"took {seconds:.1f} s and {grown} MB for {len(data)} bytes")
    return number


def _read(data: bytes, form: str) -> Iterator[Any]:
    from communique import registry
    from communique.errors import InputError
    from communique.sources.inputs import HEAD, Input, Limits, Options
    from communique.sources.opener import Opener

    options = Options(limits=Limits(report=8 << 20, unpacked=64 << 20, parts=1_000))
    if form == "any":
        found: Iterator[Any] = Opener(options, follow=lambda link: iter(())).read(Input("x", io.BytesIO(data)))
    else:
        if form == "docx" and not data.startswith(b"PK"):  # no change of packed bytes gets as far as the text
            data = seeds.written(data)
        reader = registry.find(registry.FORMATS, form)
        if not 0 <= reader.recognises(data[:HEAD], "x", None) <= 1:
            raise Wrong("is recognised beyond measure")
        found = reader.read(Input("x", io.BytesIO(data)), options)
    try:
        for _ in range(MOST):
            yield next(found)
    except (InputError, StopIteration):
        return


def _sound(found: Any) -> bool:
    from communique.errors import InputError
    from communique.sources.inputs import Input, Link
    from communique.types.analysis import Failed
    from communique.types.text import Document

    if isinstance(found, Failed):
        if not isinstance(found.error, InputError):
            raise Wrong("fails otherwise than by an InputError") from found.error
        written(str(found.error), "error")
    elif isinstance(found, Document):
        written(found, "document")
        if not found.text.strip() or ("\0" in found.text and found.format != "text"):
            raise Wrong("a document without text, or with a null character in it")
    elif isinstance(found, Input):
        written(found.given, "given")
        written(found.name, "name")
    elif isinstance(found, Link):
        written(found, "link")
    else:
        raise Wrong(f"gives {type(found)}")
    return True


def written(value: Any, place: str) -> None:
    """Raises Wrong where a string within a value can't be written as UTF-8."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Wrong(f"{place} holds half of a surrogate pair: {value[:80]!a}") from None
    elif isinstance(value, tuple):
        for part in value:
            written(part, place)
    elif is_dataclass(value):
        for field in fields(value):
            written(getattr(value, field.name), f"{place}.{field.name}")


def main(arguments: list[str]) -> None:
    """Fuzzes until libFuzzer ends: at the first input that is wrong, or when its arguments say so."""
    import atheris

    if len(arguments) < 2 or arguments[1].startswith("-"):
        sys.exit("fuzz/formats.py: name a format first, or any")
    program, form, *others = arguments
    with atheris.instrument_imports(include=["communique.sources"]):
        from communique import sources

        for module in pkgutil.walk_packages(sources.__path__, "communique.sources."):
            importlib.import_module(module.name)
    logging.disable(logging.CRITICAL)
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{form}-"))
    for name, seed in seeds.seeds(form):
        (corpus / name).write_bytes(seed)
    defaults = ["-max_len=20000", "-timeout=60", "-rss_limit_mb=3000"]
    atheris.Setup([program, *defaults, *others, str(corpus)], lambda data: _one(data, form))
    atheris.Fuzz()


def _one(data: bytes, form: str) -> None:
    check(data, form)


if __name__ == "__main__":
    main(sys.argv)
