"""Last step: the trained network as ONNX with its vocabulary, labels and pair weights, where the reader looks for them.

    python training/language/export.py --work .train/language --name small --out src/communique/models/language [--float]

Products are in 8-bit integers (graph.py), with `--float` in float32, for comparison. The weights of relations, roles, statement
parts, frames and antecedents, which are applied to few pairs, stay in half precision in `pairs.npz`.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
from graph import build
from train import load_network

PAIRS = ("roles", "parts", "frames", "coref")


def export(work: Path, name: str, out: Path, quantised: bool = True) -> None:
    """Write `network.onnx`, `pairs.npz`, `labels.json` and `vocab.txt` to `out`."""
    network = load_network(work / f"{name}.pt").eval()
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(network, quantised), out / "network.onnx")
    half = lambda pair: network.pairs[pair].weight.detach().numpy().astype(np.float16)
    np.savez_compressed(out / "pairs.npz", **{pair: half(pair) for pair in PAIRS})
    for file in ("labels.json", "vocab.txt"):
        shutil.copy(work / file, out / file)
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(out.iterdir()) if p.is_file()}, "MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--name", default="network")
    parser.add_argument("--out", type=Path, default=Path("src/communique/models/language"))
    parser.add_argument("--float", action="store_true", help="keep float32 products")
    args = parser.parse_args()
    export(args.work, args.name, args.out, not args.float)


if __name__ == "__main__":
    main()
