"""One training step, and its replay as a CUDA graph: a step of this small network is hundreds of short kernels, which Python
starts more slowly than a GPU runs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from distil import opinion, soft_losses
from losses import Batch, losses, total
from network import Network
from torch import Tensor
from windows import Shape

HIDE = 103  # [MASK]


class Average:
    """An exponential moving average of the weights (Polyak and Juditsky 1992), used for evaluation and export."""

    def __init__(self, network: Network, decay: float) -> None:
        self.most, self.steps = decay, 0
        self.names = [k for k, _ in network.named_parameters()]
        self.own = [p.data for p in network.parameters()]
        self.mean = [p.detach().clone() for p in network.parameters()]
        self.decay = torch.zeros((), device=self.own[0].device)

    def advance(self) -> None:
        """Set how much the coming step counts: the first ones count more."""
        self.steps += 1
        self.decay.fill_(min(self.most, (1 + self.steps) / (10 + self.steps)))

    @torch.no_grad()
    def update(self) -> None:
        """Move the mean towards the weights as they are."""
        torch._foreach_mul_(self.mean, self.decay)
        torch._foreach_add_(self.mean, torch._foreach_mul(self.own, 1 - self.decay))

    def state(self) -> dict[str, Tensor]:
        """The mean weights by name, for `load_state_dict`."""
        return dict(zip(self.names, self.mean, strict=True))


class Stepper:
    """Runs training steps; on a GPU each batch shape's step is captured once and then replayed."""

    def __init__(
        self,
        network: Network,
        optimizer: torch.optim.Optimizer,
        average: Average,
        config: dict[str, Any],
        teachers: Sequence[Network],
    ) -> None:
        self.network, self.optimizer, self.average, self.config, self.teachers = network, optimizer, average, config, teachers
        self.device = next(network.parameters()).device
        self.parameters = list(network.parameters())
        for p in self.parameters:
            p.grad = torch.zeros_like(p)
        self.graphs: dict[tuple[Shape, bool], tuple[torch.cuda.CUDAGraph, Batch]] = {}
        self.pool = torch.cuda.graph_pool_handle() if self.device.type == "cuda" else None
        self.quantised = False
        self.names: list[str] = []
        self.sums = torch.zeros(64, device=self.device)
        self.counted = 0

    def quantise(self) -> None:
        """From now on train through the 8-bit form."""
        self.network.quantise(True)
        self.quantised = True
        self.graphs.clear()
        self.pool = torch.cuda.graph_pool_handle() if self.device.type == "cuda" else None

    def __call__(self, shape: Shape, batch: Batch) -> None:
        """Train on one batch. The first one of a shape, which a GPU's graph is captured with, counts three times."""
        self.average.advance()
        self.counted += 1
        if self.device.type != "cuda":
            self._step(batch)
            return
        key = (shape, self.quantised)
        if key not in self.graphs:
            self.graphs[key] = self._capture({k: v.to(self.device) for k, v in batch.items()})
            return
        graph, static = self.graphs[key]
        for name, value in batch.items():
            static[name].copy_(value, non_blocking=True)
        graph.replay()

    def means(self) -> dict[str, float]:
        """Mean losses since the last call."""
        values = (self.sums / max(1, self.counted)).tolist()
        self.sums.zero_()
        self.counted = 0
        return {name: round(v, 3) for name, v in zip(self.names, values, strict=False)}

    def _capture(self, static: Batch) -> tuple[torch.cuda.CUDAGraph, Batch]:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self._step(static)
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        # The loader's thread that pins memory calls CUDA too; it must not end the capture.
        with torch.cuda.graph(graph, pool=self.pool, capture_error_mode="thread_local"):
            self._step(static)
        return graph, static

    def _step(self, batch: Batch) -> None:
        grads = [p.grad for p in self.parameters]
        torch._foreach_zero_(grads)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda", cache_enabled=False):
            loss = self._loss(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.config["clip"])
        self.optimizer.step()
        self.average.update()

    def _loss(self, batch: Batch) -> Tensor:
        pieces = batch["pieces"]
        hidden = (torch.rand(pieces.shape, device=self.device) < self.config["piece_dropout"]) & (pieces > HIDE)
        out = self.network(pieces.masked_fill(hidden, HIDE), batch["shapes"], batch["first"], batch["last"], batch["unit"] >= 0)
        found = losses(self.network, out, batch)
        loss = total(found, self.config["weights"])
        if self.teachers:
            taught = opinion(self.teachers, batch)
            soft = soft_losses(self.network, out, batch, taught)
            share = self.config["taught"]
            loss = loss * (1 - share) + total(soft, self.config["weights"]) * share
        self.names = list(found)
        self.sums[: len(found)] += torch.stack([v.detach() for v in found.values()])
        return loss
