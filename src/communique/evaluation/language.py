"""The language network on public corpora and on annotated sentences: `communique evaluate language --data FOLDER`.

The folder holds the corpora, in whole or in part, as `CORPORA` names them; they may also lie in `train/` and `eval/` below it
or in `eval/` beside it. Figures are shares between 0 and 1. What each means: `treebanks`, `names`, `graphs`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from communique.errors import DataError, UsageError
from communique.evaluation import graphs, names, treebanks
from communique.models.language import LanguageModel, load_language

# What each corpus is called, where its part lies, and what measures it; sentences with events have no part but `dev`.
CORPORA: dict[str, tuple[str, Callable[[Path, LanguageModel], dict[str, float]]]] = {
    "ewt": ("UD_English-EWT/en_ewt-ud-{}.conllu.gz", treebanks.ewt),
    "gum": ("UD_English-GUM/en_gum-ud-{}.conllu.gz", treebanks.gum),
    "crossner": ("CrossNER/politics/{}.txt", names.crossner),
    "uner": ("UNER/en_ewt-ud-{}.iob2", names.uner),
    "graph": ("communique-events/dev.jsonl", graphs.evaluate),
}
_BESIDE = (".", "train", "eval", "../eval")
_log = logging.getLogger(__name__)


def evaluate(data: Path, split: str = "test", only: Sequence[str] = (), model: Path | None = None) -> dict[str, float]:
    """Figures on what there is; what is missing is named in the log. `split` is `test` or `dev`, for choices; `only` names
    some of `CORPORA`; `model` is the folder of another export than the one that ships.

    Raises UsageError for names that there are none of, DataError when there is none of the corpora or one has another form.
    """
    if unknown := [name for name in only if name not in CORPORA]:
        raise UsageError(f"{', '.join(unknown)}: no such corpus here; there are: {', '.join(CORPORA)}")
    places = {name: find(data, name, split) for name in only or CORPORA}
    found = {name: path for name, path in places.items() if path.exists()}
    missing = [f"{name} ({CORPORA[name][0].format(split)})" for name in places if name not in found]
    if not found:
        raise DataError(f"{data}: none of the corpora is here; give the folder that holds one of: {', '.join(missing)}")
    if missing:
        _log.warning("not measured, for it is not there: %s", ", ".join(missing))
    network = LanguageModel(model) if model else load_language()
    figures: dict[str, float] = {}
    for name, path in found.items():
        figures |= CORPORA[name][1](path, network)
    return figures


def find(data: Path, name: str, split: str) -> Path:
    """Where a corpus' part lies; in the folder itself when it lies nowhere."""
    places = [data / base / CORPORA[name][0].format(split) for base in _BESIDE]
    return next((place for place in places if place.exists()), places[0])
