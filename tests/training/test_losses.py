"""Losses of labels and of teachers, and steps that make them fall."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

torch = pytest.importorskip("torch")
TRAINING = Path(__file__).parents[2] / "training/language"
WEIGHTS = tomllib.loads((TRAINING / "config.toml").read_text(encoding="utf-8"))["weights"]
CONFIG = {"clip": 3.0, "piece_dropout": 0.0, "taught": 0.6, "weights": WEIGHTS}


def read(network: Any, batch: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = network(batch["pieces"], batch["shapes"], batch["first"], batch["last"], batch["unit"] >= 0)
    return found


def test_every_head_has_a_loss(training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]) -> None:
    network, losses = tiny(), training["losses"]
    found = losses.losses(network, read(network, batch), batch)
    assert set(found) == set(WEIGHTS)
    without = {name for name, value in found.items() if value == 0}
    assert without == {"mode"}  # the made event is no consultation
    assert all(torch.isfinite(v) for v in found.values()) and torch.isfinite(losses.total(found, WEIGHTS))


def test_what_is_not_labelled_costs_nothing(
    training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]
) -> None:
    network, losses = tiny(), training["losses"]
    empty = {name: value[2:] for name, value in batch.items()}
    assert all(value == 0 for value in losses.losses(network, read(network, empty), empty).values())
    padded = losses.losses(network, read(network, batch), batch)
    tight = {name: value[:2] for name, value in batch.items()}
    alone = losses.losses(network, read(network, tight), tight)
    assert all(torch.allclose(alone[name], value, atol=1e-5) for name, value in padded.items())


def test_right_antecedents_share_one_chance(training: dict[str, ModuleType], batch: dict[str, Any]) -> None:
    """Scores of 0: one of two candidates is right, so that the loss is log 2."""
    network = type("Zero", (), {"pairs": {"coref": lambda rows, columns: torch.zeros(1, 4, 1, 5)}})
    coref = torch.tensor([[[0] * 5, [0] * 5, [0] * 5, [0, 2, 0, 1, 0]]])
    found = training["losses"]._coref(network, {"coref_row": None, "coref_column": None}, {"coref": coref})
    assert found.item() == pytest.approx(0.6931, abs=1e-3)


@pytest.mark.parametrize("taught", [False, True], ids=["labels", "teachers"])
@pytest.mark.parametrize("quantised", [False, True], ids=["float", "8 bits"])
def test_ten_steps_make_the_loss_fall(
    training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any], taught: bool, quantised: bool
) -> None:
    steps, losses, shape = training["steps"], training["losses"], training["windows"].Shape(3, 16, 20)
    network, teachers = tiny(), [tiny(1)] if taught else []
    average = steps.Average(network, 0.999)
    step = steps.Stepper(network, torch.optim.AdamW(network.parameters(), lr=1e-3), average, CONFIG, teachers)
    if quantised:
        step.quantise()
    before = losses.total(losses.losses(network, read(network, batch), batch), WEIGHTS).item()
    for _ in range(10):
        step(shape, batch)
    after = losses.total(losses.losses(network, read(network, batch), batch), WEIGHTS).item()
    assert after < 0.8 * before
    assert average.steps == 10 and set(step.means()) == set(WEIGHTS)
    moved = [not torch.equal(average.state()[n], p) for n, p in network.named_parameters()]
    assert sum(moved) > len(moved) / 2  # the mean lags behind


def test_a_teacher_has_nothing_to_teach_itself(
    training: dict[str, ModuleType], tiny: Callable[..., Any], batch: dict[str, Any]
) -> None:
    """Where pupil and teacher agree, the gradient of what compares probabilities is zero; where not, it isn't."""
    distil, losses = training["distil"], training["losses"]
    teacher, other = tiny(), tiny(1)
    with torch.no_grad():
        for p in other.parameters():
            p.add_(torch.randn_like(p) * 0.05)
    norms = []
    for teachers in ([teacher], [other]):
        teacher.zero_grad()
        found = distil.soft_losses(teacher, read(teacher, batch), batch, distil.opinion(teachers, batch))
        assert set(found) == set(WEIGHTS) - {"coref"}
        losses.total(found, WEIGHTS).backward()
        norms.append(sum(p.grad.norm().item() for p in teacher.parameters() if p.grad is not None))
    assert norms[0] < 0.01 * norms[1]
