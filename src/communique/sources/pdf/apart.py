"""PDFs are read in a process of their own: a small file can have a library draw without end or break down, and then it is that
process that ends."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO, Any, BinaryIO, cast

from communique.errors import InputError
from communique.sources.pdf.shown import Shown

_SECONDS = 60
_MEMORY = 2 << 30
_LENGTH = 8


class Reader:
    """Asks the process, which is started when it is first needed, waits for the next file, and ends with this one."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def take(self, data: bytes, name: str) -> Shown:
        """What `document.take` gives. Raises InputError as it does, and when a file takes too long or ends the process."""
        with self._lock:
            answer = self._ask(data, name)
        if "error" in answer:
            raise InputError(answer["error"])
        return Shown(**answer)

    def _ask(self, data: bytes, name: str) -> dict[str, Any]:
        process, late = self._running(), threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            for piece in (name.encode("utf-8", "surrogateescape"), data):
                send(cast("IO[bytes]", process.stdin), piece)
            found = receive(cast("IO[bytes]", process.stdout))
        except OSError:
            found = None
        except BaseException:
            self.close()  # it may have been asked by half
            raise
        finally:
            timer.cancel()
        if found is None:
            self.close()
            said = f"takes longer than {self._seconds:g} seconds" if late.is_set() else "breaks down what reads PDF"
            raise InputError(f"{name}: {said}; print it to a new PDF, or get another copy")
        return cast("dict[str, Any]", json.loads(found))

    def _running(self) -> subprocess.Popen[bytes]:
        # one that a forked process inherits belongs to its parent
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            # the same modules are found, and none in the folder that happens to be the current one
            found_in = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=found_in,
            )
            self._owner = os.getpid()
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast("IO[bytes]", pipe).close()
            process.wait()


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write bytes after their length."""
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The bytes that were sent; none at the end."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    data = pipe.read(size := int.from_bytes(length, "big"))
    return data if len(data) == size else None


def answer(asked: BinaryIO, out: BinaryIO) -> None:
    """Read each PDF that comes, until no more come."""
    from communique.sources.pdf.document import take  # loads a large library, which the process that asks doesn't need

    while (name := receive(asked)) is not None and (data := receive(asked)) is not None:
        try:
            found = asdict(take(io.BytesIO(data), name.decode("utf-8", "surrogateescape")))
        except InputError as error:
            found = {"error": str(error)}
        send(out, json.dumps(found).encode())


def _bound() -> None:
    """Bound this process's memory, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # Unix alone has it

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _bound()
    answer(sys.stdin.buffer, sys.stdout.buffer)
