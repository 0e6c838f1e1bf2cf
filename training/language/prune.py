"""A smaller network from a trained one: fewer layers, and of each feed-forward block the units that matter most.

A unit's weight is its mean absolute activation times the norm of what it adds (compare Hou et al. 2020, DynaBERT,
arXiv:2004.04037).
"""

from __future__ import annotations

from dataclasses import replace

import torch
from losses import Batch
from network import Network
from torch import Tensor
from torch.nn import functional as F


def smaller(teacher: Network, layers: int, inner: int, batches: list[Batch]) -> Network:
    """A network of `layers` layers with `inner` feed-forward units, which starts from the teacher's weights."""
    student = Network(replace(teacher.sizes, layers=layers, inner=inner), teacher.dropout.p)
    state = {k: v for k, v in teacher.state_dict().items() if not k.startswith("encoder.layers.")}
    depth = len(teacher.encoder.layers)
    kept = [round(i * (depth - 1) / max(1, layers - 1)) for i in range(layers)]
    use = importance(teacher, batches)
    for i, k in enumerate(kept):
        best = use[k].topk(inner).indices.sort().values
        for name, value in teacher.encoder.layers[k].state_dict().items():
            if name.startswith("up."):
                value = value[best]
            elif name == "down.weight":
                value = value[:, best]
            state[f"encoder.layers.{i}.{name}"] = value
    student.load_state_dict(state)
    return student


@torch.no_grad()
def importance(network: Network, batches: list[Batch]) -> list[Tensor]:
    """How much each feed-forward unit of each layer adds to the states, at all places of `batches`, padding among them."""
    sums = [torch.zeros(layer.up.out_features, device=layer.up.weight.device) for layer in network.encoder.layers]
    hooks = []
    for total, layer in zip(sums, network.encoder.layers, strict=True):
        add = lambda _, __, out, total=total: total.add_(F.gelu(out.float()).abs().sum((0, 1)))
        hooks.append(layer.up.register_forward_hook(add))
    network.eval()
    for batch in batches:
        network(batch["pieces"], batch["shapes"], batch["first"], batch["last"])
    for hook in hooks:
        hook.remove()
    return [s * layer.down.weight.norm(dim=0) for s, layer in zip(sums, network.encoder.layers, strict=True)]
