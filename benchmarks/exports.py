"""How long each export takes on a desk, and how much memory.

usage: python benchmarks/exports.py [--events N] [--desk FOLDER] [FORMAT ...]

The desk is made up as `benchmarks/desk.py` has it, unless one is named. Each format is written by a process of its own;
printed are seconds of processor time, the greatest resident memory in MB, and the size of the file in MB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import desk as made_up

from communique import registry
from communique.store.compaction import compact
from communique.store.lake import Lake

ONE = """
import resource, sys
from pathlib import Path
from communique.pipeline.exporting import export_desk
loss = export_desk(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(loss.events, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--events", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--desk", type=Path, help="a desk that is there already")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place, out = args.desk or Path(scratch) / "desk", Path(scratch) / "out"
        if args.desk is None:
            made_up.write(Path(scratch), args.events, {})
            compact(Lake(place))
        print(f"{'format':16}{'events':>12}{'seconds':>10}{'MB':>8}{'file MB':>10}")
        for name in args.formats or registry.names(registry.EXPORTS):
            command = [sys.executable, "-c", ONE, name, str(place), str(out)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            events, seconds, memory = map(float, done.stdout.split())
            print(f"{name:16}{events:12,.0f}{seconds:10.1f}{memory:8,.0f}{out.stat().st_size / 1e6:10,.1f}", flush=True)


if __name__ == "__main__":
    main()
