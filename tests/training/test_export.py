"""The ONNX graph against the network that it was built from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "norland", "vote", "##d", ".", *(f"[unused{i}]" for i in range(117))]
SIGMOID = ("sent", "cue", "predicate")


@pytest.fixture
def lively(tiny: Callable[..., Any]) -> Any:
    """A network whose random weights are large enough for its labels to differ from word to word."""
    network = tiny()
    with torch.no_grad():
        for name, p in network.named_parameters():
            if p.ndim > 1 and "encoder.pieces" not in name:
                p.mul_(2.0)
        network.encoder.shapes.weight.normal_()
    return network


def feed(words: int) -> dict[str, Any]:
    rng = np.random.default_rng(7)
    sizes = rng.integers(1, 4, words)
    ends = sizes.cumsum()
    pieces = np.array([101, *rng.integers(104, 125, ends[-1]), 102])
    return {"pieces": pieces, "shapes": rng.integers(0, 9, len(pieces)), "first": ends - sizes + 1, "last": ends}


def in_torch(network: Any, fed: dict[str, Any]) -> dict[str, Any]:
    with torch.no_grad():
        out = network(*(torch.from_numpy(fed[k])[None] for k in ("pieces", "shapes", "first", "last")))
    return {name: value[0] for name, value in out.items()}


def in_onnx(training: dict[str, ModuleType], network: Any, fed: dict[str, Any], quantised: bool) -> dict[str, Any]:
    graph = training["graph"]
    session = onnxruntime.InferenceSession(
        graph.build(network, quantised).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return dict(zip(graph.OUTPUTS, session.run(list(graph.OUTPUTS), fed), strict=True))


@pytest.mark.parametrize("words", [1, 40])
def test_the_graph_in_float32_is_the_network(training: dict[str, ModuleType], lively: Any, words: int) -> None:
    """But for the pieces' table in 8 bits, and what of an arc's score depends on the dependent alone."""
    graph, fed = training["graph"], feed(words)
    table = lively.encoder.pieces.weight.data
    scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    table.copy_(torch.round(table / scale) * scale)
    want, have = in_torch(lively, fed), in_onnx(training, lively, fed, False)
    for name in graph.BEST:
        assert (have[name] == want[name].argmax(-1).numpy()).all()
    for name in graph.SHARES:
        assert np.allclose(have[name], torch.softmax(want[name], -1), atol=1e-2), name
    for name in SIGMOID:
        assert np.allclose(have[name], torch.sigmoid(want[name]), atol=1e-2), name
    for name in ("factuality", *graph.KEPT):
        assert np.allclose(have[name], want[name], atol=1e-2), name
    pairs = lively.pairs["rels"].pairs(want["rel_child"], want["rel_head"][1:]).detach()
    left = have["rel_left"].reshape(words, pairs.shape[1], -1)
    head = np.concatenate([have["rel_head"][1:], np.ones((words, 1), np.float32)], 1)
    assert np.allclose((left * head[:, None]).sum(-1), pairs, atol=1e-2)
    both = [a - a.mean(1, keepdims=True) for a in (have["arc"], want["arc"].numpy())]
    assert np.allclose(*both, atol=1e-2)


def test_the_graph_in_integers_is_the_network_trained_through_them(training: dict[str, ModuleType], lively: Any) -> None:
    graph, fed = training["graph"], feed(60)
    exact = in_torch(lively, fed)
    lively.quantise(True)
    want, have = in_torch(lively, fed), in_onnx(training, lively, fed, True)
    for name in graph.BEST:
        assert len(set(have[name])) > 1
        assert (have[name] == want[name].argmax(-1).numpy()).mean() >= 0.9, name
    assert (have["arc"].argmax(1) == want["arc"].argmax(1).numpy()).mean() >= 0.9
    states = lambda out: np.concatenate([np.asarray(out[k]).ravel() for k in ("trigger", "argument", "frame_row")])
    assert np.abs(states(have) - states(want)).mean() < np.abs(states(exact) - states(want)).mean()


def test_an_export_is_what_the_reader_loads(training: dict[str, ModuleType], lively: Any, tmp_path: Path) -> None:
    from communique.models.language import LanguageModel, Scores

    assert {f.name for f in fields(Scores)} == set(training["graph"].OUTPUTS)
    training["train"].save(lively, lively.state_dict(), tmp_path / "n.pt")
    (tmp_path / "labels.json").write_text(json.dumps({"upos": ["A", "B", "C"]}), encoding="utf-8")
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    training["export"].export(tmp_path, "n", tmp_path / "out", quantised=False)
    model = LanguageModel(tmp_path / "out")
    (scores,) = model.read([["Norland", "voted", "."]])
    assert scores.plover.shape == (3, 16) and scores.arc.shape == (3, 4) and scores.coref_column.shape == (4, 64)
    want = lively.pairs["roles"](torch.from_numpy(scores.trigger)[None], torch.from_numpy(scores.argument)[None])[0]
    assert np.allclose(model.links("roles", scores.trigger, scores.argument), want.detach(), atol=1e-2)
