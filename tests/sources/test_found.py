"""What the fuzzer found (`found/FORMAT-what.bin`), and its seeds: none gives anything but reports, parts or an InputError."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
FUZZ = FOLDER.parent.parent / "fuzz"
FOUND = sorted((FOLDER / "found").glob("*.bin"))
SAMPLES = sorted(p for p in (FOLDER / "samples").iterdir() if not p.name.endswith(".expected.json"))


@pytest.fixture(scope="module", autouse=True)
def fuzz() -> Iterator[object]:
    sys.path.insert(0, str(FUZZ))
    try:
        import formats  # its harness needs no fuzzer

        logging.disable(logging.CRITICAL)
        yield formats
    finally:
        logging.disable(logging.NOTSET)
        sys.path.remove(str(FUZZ))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(fuzz, path):
    data = path.read_bytes()
    fuzz.check(data, path.stem.partition("-")[0])
    fuzz.check(data, "any")


def test_a_file_that_ended_the_whole_program_no_longer_does():
    """In a program of its own, since one that ends so takes the tests with it."""
    command = "import sys, formats; formats.check(open(sys.argv[1], 'rb').read(), 'parquet')"
    path = FOLDER / "found" / "parquet-levels-of-another-size.bin"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(FUZZ), *sys.path])}
    ended = subprocess.run([sys.executable, "-c", command, str(path)], env=environment, capture_output=True, timeout=100)
    assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_gives_reports(fuzz, path):
    assert fuzz.check(path.read_bytes(), "any") > 0


def test_every_seed_is_read_as_its_format(fuzz):
    forms = "archive csv docx feed html json jsonfeed mail mbox opml parquet pdf rtf text warc".split()
    for form in forms:
        made = [seed for name, seed in fuzz.seeds.seeds(form) if name.startswith(form)]
        assert made
        assert all(fuzz.check(seed, form) > 0 for seed in made), form


def test_the_harness_tells_what_is_wrong(fuzz):
    with pytest.raises(fuzz.Wrong, match="title holds half"):
        fuzz.written(("a", "b\ud800"), "title")
    with pytest.raises(fuzz.Wrong, match="gives"):
        fuzz._sound("no document")
