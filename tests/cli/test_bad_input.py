"""Bad input gets a clear answer in one line, and costs no other report anything."""

import json
import re

import pytest

REPORT = "PARIS, 4 March 2019 – French President Emmanuel Macron met German Chancellor Angela Merkel in Berlin on Monday.\n"

FRENCH = (
    "Le président de la République a reçu lundi à Paris le premier ministre du Sénégal pour évoquer la coopération entre les "
    "deux pays. Ils ont signé un accord sur la pêche, puis dîné avec les ambassadeurs de la région.\n"
)
ADVERTISEMENT = "Advertisement\nSubscribe now and save 50%\nClick here to continue reading\nAdvertisement\n"

BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n  \n", "empty|no text"),
    "binary": (bytes(range(256)) * 40, "binary|not text"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02\xff" * 400, "binary|not text"),
    "french": (FRENCH.encode(), "(?i)french"),
    "advertisement": (ADVERTISEMENT.encode(), "advertisement|no report text"),
    "one line of ten megabytes": ((REPORT.strip() + " ").encode() * 95_000, "too long for one report, which may have 250,000"),
}

READ = {
    "utf-8": REPORT.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + REPORT.encode(),
    "utf-16": REPORT.encode("utf-16"),
    "windows-1252": REPORT.encode("cp1252"),
    "control characters": REPORT.replace("met", "met\x07\x1b[31m").encode(),
    "windows line ends": REPORT.replace("\n", "\r\n").encode() * 2,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_in_one_line(run, tmp_path, name):
    data, said = BAD[name]
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    done = run("read", file, "--format", "json")
    assert done.code == 1 and done.out == ""
    assert done.err.startswith(f"{file}: ") and done.err.count("\n") == 1 and ";" in done.err
    assert re.search(said, done.err.removeprefix(str(file))), done.err


def test_a_missing_file_and_a_directory_are_told_apart(run, tmp_path):
    none, folder = tmp_path / "none.txt", tmp_path
    done = run("read", none, folder)
    first, second = done.err.splitlines()
    assert done.code == 1 and first.startswith(f"{none}: ") and second.startswith(f"{folder}: ")
    assert "no such file" in first and ("folder" in second or "directory" in second)


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read(run, tmp_path, name):
    file = tmp_path / "report.txt"
    file.write_bytes(READ[name])
    done = run("read", file, "--format", "jsonl")
    assert done.code == 0, done.err
    record = json.loads(done.out)
    assert record["document"]["published"]["interval"] == ["2019-03-04", "2019-03-05"]
    assert {"Emmanuel Macron", "Angela Merkel"} <= {a["name"] for a in record["actors"]}
    assert any(e["plover"] == "CONSULT" for e in record["events"])


def test_bad_ones_in_the_midst_of_a_batch_cost_the_others_nothing(run, tmp_path):
    files = []
    for k, data in enumerate([REPORT.encode(), b"", REPORT.encode(), FRENCH.encode(), REPORT.encode()]):
        files.append(tmp_path / f"{k}.txt")
        files[-1].write_bytes(data)
    files.insert(2, tmp_path / "none.txt")
    done = run("read", *files, "--format", "jsonl")
    assert done.code == 1 and len(done.err.splitlines()) == 3
    read = [json.loads(line) for line in done.out.splitlines()]
    assert [r["document"]["source"] for r in read] == [str(tmp_path / f"{k}.txt") for k in (0, 2, 4)]
    assert read[0]["events"] == read[1]["events"] == read[2]["events"] != []


def test_an_empty_name_is_called_empty(run):
    done = run("read", "")
    assert done.code == 1 and "empty" in done.err and done.err.count("\n") == 1


def test_bad_standard_input_is_named(run):
    done = run("read", "-", "--format", "json", stdin=b"")
    assert done.code == 1 and done.err.startswith("-: ") and done.err.count("\n") == 1
