"""Products as the 8-bit network computes them."""

from __future__ import annotations

from types import ModuleType

import pytest

torch = pytest.importorskip("torch")


@pytest.fixture(scope="module")
def quantise(training: dict[str, ModuleType]) -> ModuleType:
    return training["quantise"]


def test_a_row_of_weights_has_at_most_127_levels(quantise: ModuleType) -> None:
    weight = torch.randn(3, 5000) * torch.tensor([[0.01], [1.0], [50.0]])
    found = quantise.fake_weight(weight)
    scale = weight.abs().amax(1, keepdim=True) / 63
    assert all(64 < len(torch.unique(torch.round(row / s))) <= 127 for row, s in zip(found, scale, strict=True))
    assert ((found - weight).abs() <= scale * 0.501).all()
    assert torch.allclose(found.abs().amax(1), weight.abs().amax(1))


def test_activations_have_at_most_256_levels_in_the_range_of_their_window(quantise: ModuleType) -> None:
    x = torch.randn(2, 40, 50) * torch.tensor([0.1, 10.0])[:, None, None]
    found = quantise.fake_activation(x, None)
    for k in range(2):
        step = (x[k].max() - x[k].min()) / 255
        assert 128 < len(torch.unique(found[k])) <= 256
        assert (found[k] - x[k]).abs().max() <= step * 1.01
        assert torch.equal(found[k], quantise.fake_activation(x[k : k + 1], None)[0])


def test_zero_is_kept_where_all_values_are_positive(quantise: ModuleType) -> None:
    x = torch.tensor([[[5.0, 6.0, 0.0]]])
    assert quantise.fake_activation(x, None)[0, 0, 2] == 0
    assert quantise.fake_activation(x[..., :2], None)[0, 0].tolist() == pytest.approx([5.0, 6.0], abs=6 / 255)


def test_padding_does_not_count_for_the_range(quantise: ModuleType) -> None:
    x = torch.randn(1, 6, 8)
    padded = torch.cat([x, torch.full((1, 2, 8), 100.0)], 1)
    keep = torch.tensor([1.0] * 6 + [0.0] * 2)[None, :, None]
    assert torch.equal(quantise.fake_activation(padded, keep)[:, :6], quantise.fake_activation(x, None))
    assert not torch.equal(quantise.fake_activation(padded, None)[:, :6], quantise.fake_activation(x, None))


def test_gradients_pass_straight_through(quantise: ModuleType) -> None:
    weight, x = torch.randn(3, 4, requires_grad=True), torch.randn(1, 2, 4, requires_grad=True)
    (quantise.fake_weight(weight).sum() + 2 * quantise.fake_activation(x, None).sum()).backward()
    assert (weight.grad == 1).all() and (x.grad == 2).all()
