"""Inference of the language network: words in, scores of all heads out, in one pass (ONNX Runtime, int8, CPU).

How it was made, from what and how well it does: `training/language/` and its model card.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from communique.errors import DataError
from communique.models.wordpiece import WordPieces, shape_of

FOLDER = Path(__file__).with_name("language")
MAX_WORDS, MAX_PIECES = 160, 320

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window of `n` words.

    Labels `[n]`: upos, xpos, feats, lemma (indices into `LanguageModel.labels`). Probabilities: sent, cue, predicate `[n]`;
    entity, mention, plover, status, mode `[n, labels]`. Factuality `[n]`, -3 (did not happen) to 3 (did). Arc scores
    `[n, n + 1]`, column 0 the root. Meaning `[n, 256]`: what types, status and factuality are told from; words of like acts lie
    near each other in it. Lexical `[n, 384]`, only where it was asked for: the words by themselves, wherever they stand. The
    rest are projections for `relations` and `links`; `rel_head` and `coref_column` have a first row for the root and for no
    antecedent.
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    sent: Floats
    cue: Floats
    predicate: Floats
    entity: Floats
    mention: Floats
    plover: Floats
    status: Floats
    mode: Floats
    factuality: Floats
    arc: Floats
    rel_left: Floats
    meaning: Floats
    rel_head: Floats
    trigger: Floats
    argument: Floats
    cue_state: Floats
    part: Floats
    frame_row: Floats
    frame_column: Floats
    coref_row: Floats
    coref_column: Floats
    lexical: Floats | None = None


_OUTPUTS = [name for name in Scores.__dataclass_fields__ if name != "lexical"]


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
                self._pairs = {name: _flat(pairs[name].astype(np.float32)) for name in pairs.files}
        except Exception as error:  # the runtime's own errors have no base in common
            raise DataError(f"{folder}: the language model can't be loaded ({error}); install Communique again") from error

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the words go into one window."""
        return len(words) <= MAX_WORDS and sum(len(self.pieces.cut(w)) for w in words) <= MAX_PIECES

    def read(self, windows: Iterable[Sequence[str]], lexical: bool = False) -> Iterator[Scores]:
        """Scores of each window; a window is a list of words that `fits`, at least one. `lexical` asks for the words by
        themselves too: a word's is the mean of its pieces' rows in the table that the network begins with.

        Each window runs alone: 8-bit arithmetic takes its range from all that runs together, and a report's record must not
        depend on what stood beside it. Without padding this costs no more than batches do.
        """
        for words in windows:
            cut = [self.pieces.cut(w) for w in words]
            sizes = np.fromiter(map(len, cut), np.int64, len(cut))
            ends = sizes.cumsum()
            pieces = np.array([self.pieces.start, *(i for ids in cut for i in ids), self.pieces.end], np.int64)
            shapes = np.zeros_like(pieces)
            shapes[1:-1] = np.repeat([shape_of(w) for w in words], sizes)
            feed = {"pieces": pieces, "shapes": shapes, "first": ends - sizes + 1, "last": ends}
            scores = self.session.run([*_OUTPUTS, "lexical"] if lexical else _OUTPUTS, feed)
            if lexical:
                rows: Floats = np.add.reduceat(scores[-1][:-1], ends - sizes + 1)
                scores[-1] = rows / sizes[:, None].astype(np.float32)
            yield Scores(*scores)

    def relations(self, left: Floats, head: Floats, words: Ints) -> Floats:
        """Scores `[pairs, labels["rel"]]` of pairs' relations: row `words[k]` of `rel_left` under row `k` of `rel_head`."""
        states = with_one(head)
        own = left[words].reshape(len(words), -1, states.shape[1])
        scores: Floats = np.matmul(own, states[:, :, None])[:, :, 0]
        return scores

    def links(self, kind: str, rows: Floats, columns: Floats) -> Floats:
        """Scores `[rows, out, columns]` of each row with each column, with the weights of `kind`: roles,
        parts, frames or coref."""
        scores: Floats = self._left(kind, rows) @ with_one(columns).T
        return scores

    def _left(self, kind: str, rows: Floats) -> Floats:
        weight = self._pairs[kind]
        width = rows.shape[1] + 1
        product: Floats = (with_one(rows) @ weight).reshape(len(rows), -1, width)
        return product


def _flat(weight: Floats) -> Floats:
    """A biaffine weight `[out, left, right]` as a matrix `[left, out * right]`, so that one product serves all labels."""
    return np.ascontiguousarray(weight.transpose(1, 0, 2).reshape(weight.shape[1], -1))


def with_one(states: Floats) -> Floats:
    """The states with a last column of ones, which carries the bias terms."""
    return np.concatenate([states, np.ones_like(states[:, :1])], axis=1)


_loaded: dict[int | None, LanguageModel] = {}
_loading = Lock()


def load_language(threads: int | None = None) -> LanguageModel:
    """The shipped model, loaded once in a process for each number of threads; safe to call from several threads."""
    with _loading:
        if threads not in _loaded:
            _loaded[threads] = LanguageModel(threads=threads)
        return _loaded[threads]
