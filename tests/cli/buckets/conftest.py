"""A bucket, on a server of S3 in a process of its own: delta-rs lets no other thread work while it waits for an answer."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Server:
    """The server at a port of this machine."""

    port: int

    def tell(self, **state: object) -> dict[str, int]:
        """Change its state: `new` makes a bucket empty, those `closed` are refused to everybody, those `sealed` to whoever
        writes. Gives the bytes of each object that were read since it was last told anything, or with `list` all it has."""
        body = json.dumps(state).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-", body, timeout=10) as answer:
            read: dict[str, int] = json.load(answer)
            return read


@pytest.fixture(scope="session")
def process() -> Iterator[int]:
    """The port of a server that is at work."""
    command = [sys.executable, str(Path(__file__).with_name("s3.py")), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.kill()


@pytest.fixture
def server(process: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """The server, where the environment leads to it, with a bucket `news` that has nothing in it."""
    said = {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y", "REGION": "us-east-1", "ALLOW_HTTP": "true"}
    for name, value in (said | {"ENDPOINT_URL": f"http://127.0.0.1:{process}"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = Server(process)
    found.tell(new="news", closed=[], sealed=[])
    return found
