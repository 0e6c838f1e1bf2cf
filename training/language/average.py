"""The mean of trained networks of one size, weight by weight (Wortsman et al. 2022, arXiv:2203.05482).

python training/language/average.py --work .train/language --names s s2 --out m
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from train import load_network, save


def average(work: Path, names: list[str], out: str) -> None:
    """Write `OUT.pt`, the mean of the runs `names`. Raises ValueError where their sizes differ."""
    networks = [load_network(work / f"{name}.pt") for name in names]
    if any(network.sizes != networks[0].sizes for network in networks):
        raise ValueError(
            f"{', '.join(names)}: networks of different sizes have no mean; name runs of the same layers and labels"
        )
    states = [network.state_dict() for network in networks]
    save(networks[0], {key: torch.stack([s[key] for s in states]).mean(0) for key in states[0]}, work / f"{out}.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--names", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    average(args.work, args.names, args.out)


if __name__ == "__main__":
    main()
