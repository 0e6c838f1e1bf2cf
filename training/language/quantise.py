"""Products as the 8-bit network computes them, for training through (Jacob et al. 2018, arXiv:1712.05877).

Weights: signed, symmetric, a scale for each output, 7 bits, since the integer products of processors without VNNI add pairs of
unsigned-by-signed products in 16 bits and would saturate with 8. Activations: unsigned, one range for each window, which
always holds 0 (DynamicQuantizeLinear of ONNX). Gradients pass straight through.
"""

from __future__ import annotations

import torch
from torch import Tensor

WEIGHT_LEVELS, ACTIVATION_LEVELS = 63, 255


def fake_weight(weight: Tensor) -> Tensor:
    """The weight `[out, in]` rounded to its integers and back."""
    with torch.no_grad():
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_LEVELS
        change = torch.round(weight / scale) * scale - weight
    return weight + change


def fake_activation(x: Tensor, keep: Tensor | None) -> Tensor:
    """The states `[batch, places, width]` rounded within each window's range; `keep` `[batch, places, 1]` is 0 at padding."""
    with torch.no_grad():
        values = x.float()
        counted = values if keep is None else values * keep
        low = counted.amin((1, 2), keepdim=True).clamp(max=0)
        high = counted.amax((1, 2), keepdim=True).clamp(min=0)
        scale = ((high - low) / ACTIVATION_LEVELS).clamp(min=1e-8)
        zero = torch.round(-low / scale)
        change = ((torch.round(values / scale) + zero).clamp(0, ACTIVATION_LEVELS) - zero) * scale - values
    return x + change.to(x.dtype)
