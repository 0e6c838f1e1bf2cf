"""Write `registry.gz`: all tables of actors, their names and offices as one file that is quick to read.

    python training/tables/build_registry.py OUT [DATA]

OUT is the folder of the tables. With DATA, the folder of the public lists, all tables that are built from them are built first,
in order; without it, only the tables as they are (edited by hand, perhaps) are put together.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from communique.ontology.gather import INDEX, Gatherer, packed

HERE = Path(__file__).parent


def main(out: str, data: str | None = None) -> None:
    """Build the tables where asked to, then put them together."""
    if data is not None:
        steps = (
            ("build_states.py", data, f"{out}/states.tsv"),
            ("build_codes.py", data, f"{out}/codes.tsv"),
            ("build_people.py", data, out),
            ("build_linked.py", f"{data}/wikipedia-current-events/posts-2025.tar.gz", out),
        )
        for script, *arguments in steps:
            subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)
    made = packed(Gatherer().registry)
    Path(out, INDEX).write_bytes(made)
    print(INDEX, len(made), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:3])
