"""Training from its start, after a break, and the mean of what was trained."""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

torch = pytest.importorskip("torch")

CHANGES = ["steps=6", "evaluations=3", "words_per_batch=64", "workers=0", "layers=1", "inner=16", "quantise_from=0.5"]


@pytest.fixture
def work(training: dict[str, ModuleType], tiny: Callable[..., Any], made: dict[str, Any], tmp_path: Path) -> Path:
    """A folder with prepared units and a trained network, `teacher`."""
    teacher = tiny()
    training["train"].save(teacher, teacher.state_dict(), tmp_path / "teacher.pt")
    labels = {k: ["O", *(f"{'BI'[i % 2]}-{i // 2}" for i in range(n - 1))] for k, n in teacher.sizes.labels.items()}
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    for split, sources in (("train", ("ewt", "events")), ("dev", ("ewt", "gum", "crossner", "events"))):
        with gzip.open(tmp_path / f"{split}.pickle.gz", "wb") as file:
            pickle.dump([made | {"source": s, "doc": s} for s in sources], file)
    return tmp_path


def run(training: dict[str, ModuleType], work: Path, changes: list[str], **given: Any) -> None:
    train = training["train"]
    config = train.settings(Path(train.__file__).with_name("config.toml"), changes)
    named = {"name": "s", "teachers": ["teacher"], "encoder": None, "fresh": False, "start": None, "checkpoints": True} | given
    train.train(work, argparse.Namespace(**named), config)


def test_settings_are_laid_over_the_file(training: dict[str, ModuleType]) -> None:
    train = training["train"]
    config = train.settings(Path(train.__file__).with_name("config.toml"), ["seed=7", "encoder_rate=2e-4", "repeat.events=3"])
    assert (config["seed"], config["encoder_rate"], config["repeat"]["events"]) == (7, 2e-4, 3)
    assert config["repeat"]["frames"] == 0.5


def test_the_rate_rises_and_falls_to_zero(training: dict[str, ModuleType]) -> None:
    clock = training["train"].Clock({"steps": 100, "minutes": 0, "warmup": 0.1})
    assert [clock.share(n) for n in (0, 50, 100)] == [0, 0.5, 1]
    rates = [clock.rate(s / 100) for s in range(101)]
    assert rates[0] == 0 and max(rates) == rates[10] == 1 and rates[100] == pytest.approx(0)
    assert rates[:11] == sorted(rates[:11]) and rates[10:] == sorted(rates[10:], reverse=True)


def test_a_limit_of_minutes_ends_a_run_early(training: dict[str, ModuleType]) -> None:
    clock = training["train"].Clock({"steps": 1000, "minutes": 2, "warmup": 0.1})
    clock.spent = 90
    assert clock.share(10) == pytest.approx(0.75, abs=0.01) and clock.share(900) == 0.9


def test_rates_fall_with_depth(training: dict[str, ModuleType], tiny: Callable[..., Any]) -> None:
    config = {"head_rate": 1e-3, "encoder_rate": 1e-4, "layer_decay": 0.5, "weight_decay": 0.01}
    network = tiny(2)
    groups = training["train"].groups_of(network, config, torch.device("cpu"))
    group_of = {id(p): g for g in groups for p in g["params"]}
    assert set(group_of) == {id(p) for p in network.parameters()}
    rate = lambda p: group_of[id(p)]["peak"]
    layers = network.encoder.layers
    assert (
        rate(layers[1].up.weight) == 1e-4
        and rate(layers[0].up.weight) == 5e-5
        and rate(network.encoder.pieces.weight) == 2.5e-5
    )
    assert rate(network.tags.weight) == rate(network.encoder.shapes.weight) == 1e-3
    assert group_of[id(network.tags.weight)]["weight_decay"] == 0.01 and group_of[id(network.tags.bias)]["weight_decay"] == 0


def test_a_broken_run_goes_on_at_its_step(
    training: dict[str, ModuleType], work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first run is broken off in its fifth step; the last checkpoint is of the third."""
    stepper, seen = training["train"].Stepper, []
    go = stepper.__call__

    def counting(self: Any, shape: Any, batch: Any) -> None:
        if len(seen) == 4:
            seen.append(-1)
            raise KeyboardInterrupt
        go(self, shape, batch)
        seen.append(self.average.steps)

    monkeypatch.setattr(stepper, "__call__", counting)
    monkeypatch.setattr(training["train"], "figures", lambda network, dev, labels: {"heads": len(dev)})
    with pytest.raises(KeyboardInterrupt):
        run(training, work, CHANGES)
    assert not (work / "s.pt").exists()
    saved = torch.load(work / "s.checkpoint", weights_only=False)
    assert saved["steps"] == 3 and seen == [1, 2, 3, 4, -1]
    run(training, work, CHANGES)
    assert seen[5:] == [4, 5, 6]
    assert "s final, 6 steps" in capsys.readouterr().out
    network = training["train"].load_network(work / "s.pt")
    assert (network.sizes.layers, network.sizes.inner) == (1, 16)
    assert all(torch.isfinite(p).all() for p in network.parameters())


def test_what_is_taken_up_is_what_was_kept(training: dict[str, ModuleType], tiny: Callable[..., Any], tmp_path: Path) -> None:
    train, steps = training["train"], training["steps"]
    settings = {"head_rate": 1e-3, "encoder_rate": 1e-4, "layer_decay": 0.5, "weight_decay": 0.01, "steps": 9, "minutes": 0}

    def state(change: float) -> tuple[Any, ...]:
        network = tiny()
        optimizer = train.optimizer_of(network, settings, torch.device("cpu"))
        average = steps.Average(network, 0.99)
        for p in network.parameters():
            p.grad = torch.full_like(p, change)
        if change:
            optimizer.step()
            average.advance()
            average.update()
        return network, optimizer, average, train.Clock(settings)

    old, new = state(0.5), state(0.0)
    old[3].spent = 60
    train.keep(tmp_path / "x.checkpoint", *old)
    train.resume(tmp_path / "x.checkpoint", *new)
    assert all(torch.equal(a, b) for a, b in zip(old[0].parameters(), new[0].parameters(), strict=True))
    assert all(torch.equal(a, b) for a, b in zip(old[2].mean, new[2].mean, strict=True)) and new[2].steps == 1
    moments = [[s["exp_avg"] for s in o.state.values()] for o in (old[1], new[1])]
    assert moments[1] and all(torch.equal(a, b) for a, b in zip(*moments, strict=True))
    assert new[3].minutes() == pytest.approx(1, abs=0.1)


def test_figures_are_percentages_of_every_head(training: dict[str, ModuleType], work: Path) -> None:
    score = training["score"]
    network = training["train"].load_network(work / "teacher.pt").eval()
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    figures = score.figures(network, training["windows"].load_units(work, "dev"), labels)
    assert {"ewt_las", "gum_las", "entity", "type", "actor", "cue", "frame", "mention", "coref"} <= set(figures)
    assert all(0 <= value <= 100 for value in figures.values())
    assert score.spans_of("B-a I-a O I-b B-b I-b B-a B-a".split()) == {
        (0, 2, "a"), (3, 4, "b"), (4, 6, "b"), (6, 7, "a"), (7, 8, "a"),
    }  # fmt: skip


def test_a_pretrained_encoder(training: dict[str, ModuleType], tiny: Callable[..., Any]) -> None:
    """Hugging Face's names; the embedding of segment 0 is the same for all pieces and goes into the places."""
    encoder = tiny(1, 24).encoder
    layer = {"attention.output.dense": (384, 384), "intermediate.dense": (24, 384), "output.dense": (384, 24)}
    layer |= {f"attention.self.{k}": (384, 384) for k in ("query", "key", "value")}
    layer |= {f"{k}.LayerNorm": (384,) for k in ("attention.output", "output")}
    state = {f"encoder.layer.0.{k}.weight": torch.randn(size) for k, size in layer.items()}
    state |= {f"encoder.layer.0.{k}.bias": torch.randn(size[0]) for k, size in layer.items()}
    tables = {"word_embeddings": 125, "position_embeddings": 512, "token_type_embeddings": 2}
    state |= {f"embeddings.{k}.weight": torch.randn(n, 384) for k, n in tables.items()}
    state |= {f"embeddings.LayerNorm.{k}": torch.randn(384) for k in ("weight", "bias")}
    encoder.load_bert(state)
    assert torch.equal(encoder.layers[0].qkv.weight[384:768], state["encoder.layer.0.attention.self.key.weight"])
    assert torch.equal(encoder.layers[0].norm2.bias, state["encoder.layer.0.output.LayerNorm.bias"])
    places = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    assert torch.equal(encoder.places.weight, places)
    assert not encoder.shapes.weight.any()


def test_a_fresh_network_has_teachers_but_not_their_weights(
    training: dict[str, ModuleType], work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train = training["train"]
    teacher = train.load_network(work / "teacher.pt")
    monkeypatch.setattr(train, "sizes_of", lambda work: teacher.sizes)
    monkeypatch.setattr(train, "pretrained", lambda path: {"embedding": torch.full((384,), 0.25)})
    monkeypatch.setattr(
        training["network"].Encoder, "load_bert", lambda self, state: self.norm.bias.data.copy_(state["embedding"])
    )
    named = argparse.Namespace(teachers=["teacher"], fresh=True, start=None, encoder=None)
    network, teachers = train.start(work, named, {"dropout": 0.1}, torch.device("cpu"))
    assert len(teachers) == 1 and torch.equal(teachers[0].tags.weight, teacher.tags.weight)
    assert (network.encoder.norm.bias == 0.25).all() and not torch.equal(network.tags.weight, teacher.tags.weight)


def test_a_run_goes_on_from_the_weights_of_another(training: dict[str, ModuleType], work: Path) -> None:
    train = training["train"]
    named = argparse.Namespace(teachers=[], fresh=False, start="teacher", encoder=None)
    network, teachers = train.start(work, named, {"dropout": 0.1}, torch.device("cpu"))
    other = train.load_network(work / "teacher.pt")
    assert not teachers and network.dropout.p == 0.1
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), other.parameters(), strict=True))


def test_the_mean_of_networks(training: dict[str, ModuleType], tiny: Callable[..., Any], tmp_path: Path) -> None:
    train, average = training["train"], training["average"]
    one, other = tiny(), tiny()
    with torch.no_grad():
        for p in other.parameters():
            p.add_(1)
    for name, network in (("one", one), ("other", other), ("small", tiny(1))):
        train.save(network, network.state_dict(), tmp_path / f"{name}.pt")
    average.average(tmp_path, ["one", "other"], "mean")
    found = train.load_network(tmp_path / "mean.pt")
    assert found.sizes == one.sizes
    assert all(torch.allclose(m, p + 0.5, atol=2e-3) for m, p in zip(found.parameters(), one.parameters(), strict=True))
    with pytest.raises(ValueError, match="different sizes"):
        average.average(tmp_path, ["one", "small"], "mean")


def test_sizes_come_from_the_prepared_folder(training: dict[str, ModuleType], tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(json.dumps({"upos": ["A", "B"]}), encoding="utf-8")
    (tmp_path / "vocab.txt").write_text("a\nb\nc\n", encoding="utf-8")
    sizes = training["train"].sizes_of(tmp_path)
    assert (sizes.vocabulary, sizes.labels, sizes.layers, sizes.inner) == (3, {"upos": 2}, 6, 1536)
