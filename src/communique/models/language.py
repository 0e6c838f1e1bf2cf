"""Inference of the language network: words in, scores of all heads out, in one pass (ONNX Runtime, int8, CPU).

How it was made, from what and how well it does: `training/language/` and its model card.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from communique.errors import DataError
from communique.models.wordpiece import WordPieces, shape_of

FOLDER = Path(__file__).with_name("language")
MAX_WORDS, MAX_PIECES = 160, 320
BATCH_PIECES = 1200

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window of `n` words.

    Labels `[n]`: upos, xpos, feats, lemma (indices into `LanguageModel.labels`). Probabilities: sent, cue `[n]`; entity, plover,
    status, mode `[n, labels]`. Arc scores `[n, n + 1]`, column 0 the root. The rest are projections for `pair_scores`.
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    sent: Floats
    entity: Floats
    plover: Floats
    status: Floats
    mode: Floats
    cue: Floats
    arc: Floats
    rel_child: Floats
    rel_head: Floats
    trigger: Floats
    argument: Floats
    cue_state: Floats
    part: Floats


_OUTPUTS = tuple(Scores.__dataclass_fields__)


class LanguageModel:
    """The network with its vocabulary and labels. `threads`: how many cores one pass may use (none: all)."""

    def __init__(self, folder: Path = FOLDER, threads: int | None = None) -> None:
        try:
            self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.pieces = WordPieces.load(folder / "vocab.txt")
            options = ort.SessionOptions()
            options.intra_op_num_threads = threads or 0
            options.log_severity_level = 3
            path = folder / "network.onnx"
            self.session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            with np.load(folder / "pairs.npz") as pairs:
                self.pairs = {name: pairs[name].astype(np.float32) for name in ("rels", "roles", "parts")}
        except (OSError, ValueError, KeyError) as error:
            raise DataError(f"{folder}: the language model can't be loaded ({error}); install Communique again") from error

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the words go into one window."""
        return len(words) <= MAX_WORDS and sum(len(self.pieces.cut(w)) for w in words) <= MAX_PIECES

    def read(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """Scores of each window; a window is a list of words that `fits`, at least one. Windows of like length run together."""
        cuts = [[self.pieces.cut(w) for w in words] for words in windows]
        lengths = [sum(map(len, cut)) for cut in cuts]
        found: list[Scores | None] = [None] * len(windows)
        for batch in _batches(lengths):
            for index, scores in zip(batch, self._run([cuts[i] for i in batch], [windows[i] for i in batch]), strict=True):
                found[index] = scores
        return [scores for scores in found if scores is not None]

    def _run(self, cuts: list[list[tuple[int, ...]]], windows: list[Sequence[str]]) -> Iterator[Scores]:
        length = 2 + max(sum(map(len, cut)) for cut in cuts)
        words = max(map(len, cuts))
        pieces, shapes = np.zeros((2, len(cuts), length), np.int64)
        first, last = np.zeros((2, len(cuts), words), np.int64)
        for b, (cut, window) in enumerate(zip(cuts, windows, strict=True)):
            sizes = np.fromiter(map(len, cut), np.int64, len(cut))
            ends = sizes.cumsum()
            first[b, : len(cut)], last[b, : len(cut)] = ends - sizes + 1, ends
            pieces[b, 0] = self.pieces.start
            pieces[b, 1 : ends[-1] + 1] = [i for ids in cut for i in ids]
            pieces[b, ends[-1] + 1] = self.pieces.end
            shapes[b, 1 : ends[-1] + 1] = np.repeat([shape_of(w) for w in window], sizes)
        feed = {"pieces": pieces, "shapes": shapes, "first": first, "last": last}
        out = dict(zip(_OUTPUTS, self.session.run(list(_OUTPUTS), feed), strict=True))
        for b, cut in enumerate(cuts):
            n = len(cut)
            own = {name: value[b, :n] for name, value in out.items()}
            own["arc"] = own["arc"][:, : n + 1]
            own["rel_head"] = out["rel_head"][b, : n + 1]
            yield Scores(**own)

    def relations(self, child: Floats, head: Floats) -> Ints:
        """The best relation of each pair of rows, as indices into `labels["rel"]`."""
        left = np.einsum("pi,oij->poj", with_one(child), self.pairs["rels"], optimize=True)
        scores: Ints = np.einsum("poj,pj->po", left, with_one(head)).argmax(-1)
        return scores

    def links(self, kind: str, rows: Floats, columns: Floats) -> Floats:
        """Scores `[rows, out, columns]` of each row with each column, with the weights of `roles` or `parts`."""
        left = np.einsum("ri,oij->roj", with_one(rows), self.pairs[kind], optimize=True)
        scores: Floats = left @ with_one(columns).T
        return scores


def with_one(states: Floats) -> Floats:
    """The states with a last column of ones, which carries the bias terms."""
    return np.concatenate([states, np.ones_like(states[:, :1])], axis=1)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * (lengths[index] + 2) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


@cache
def load_language(threads: int | None = None) -> LanguageModel:
    """The shipped model, loaded once in a process."""
    return LanguageModel(threads=threads)
