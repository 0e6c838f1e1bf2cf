"""Smaller networks keep what matters of the larger one."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

torch = pytest.importorskip("torch")


def read(network: Any, batch: dict[str, Any]) -> Any:
    with torch.no_grad():
        return network.eval()(batch["pieces"], batch["shapes"], batch["first"], batch["last"])["upos"]


def test_full_size_keeps_the_function(training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]) -> None:
    teacher = tiny()
    student = training["prune"].smaller(teacher, 2, 24, [batch])
    assert torch.equal(read(student, batch), read(teacher, batch))


def test_the_units_that_add_most_are_kept(
    training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]
) -> None:
    """What adds nothing can go, and nothing changes; of the first layer the unit with by far the largest weights stays."""
    teacher = tiny()
    idle = torch.arange(0, 24, 3)
    with torch.no_grad():
        for layer in teacher.encoder.layers:
            layer.down.weight[:, idle] = 0
        teacher.encoder.layers[0].down.weight[:, 5] *= 100
    student = training["prune"].smaller(teacher, 2, 16, [batch])
    assert student.sizes.inner == 16 and student.encoder.layers[0].up.weight.shape == (16, 384)
    assert torch.allclose(read(student, batch), read(teacher, batch), atol=1e-5)
    least = training["prune"].smaller(teacher, 2, 1, [batch])
    small, large = least.encoder.layers[0], teacher.encoder.layers[0]
    assert torch.equal(small.down.weight[:, 0], large.down.weight[:, 5])
    assert torch.equal(small.up.weight[0], large.up.weight[5]) and torch.equal(small.up.bias[0], large.up.bias[5])


def test_the_first_and_the_last_layer_are_among_those_kept(
    training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]
) -> None:
    teacher = tiny(4)
    student = training["prune"].smaller(teacher, 2, 24, [batch])
    own, kept = teacher.encoder.layers, student.encoder.layers
    assert torch.equal(kept[0].qkv.weight, own[0].qkv.weight) and torch.equal(kept[1].qkv.weight, own[3].qkv.weight)
