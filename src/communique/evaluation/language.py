"""The language network on public corpora and on annotated sentences: `communique evaluate language --data FOLDER`.

The folder holds the corpora, in whole or in part, as `CORPORA` names them; they may also lie in `train/` and `eval/` below it
or in `eval/` beside it. Figures are shares between 0 and 1. What each means: `treebanks`, `names`,
`frames`, `factuality`, `antecedents`, `graphs`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.config import load
from communique.errors import DataError, UsageError
from communique.evaluation import antecedents, factuality, frames, graphs, names, treebanks
from communique.models.language import LanguageModel, load_language


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where its part lies, what measures it, and an output of the network that this needs."""

    place: str
    measure: Callable[[Path, LanguageModel], dict[str, float]]
    needs: str

    def of(self, split: str) -> str:
        """The file of a part. Sentences with events have no part but `dev`; GAP calls its part for choices `validation`."""
        return self.place.format(split, gap={"dev": "validation"}.get(split, split))


CORPORA = {
    "ewt": Corpus("UD_English-EWT/en_ewt-ud-{}.conllu.gz", treebanks.ewt, "arc"),
    "gum": Corpus("UD_English-GUM/en_gum-ud-{}.conllu.gz", treebanks.gum, "arc"),
    "crossner": Corpus("CrossNER/politics/{}.txt", names.crossner, "entity"),
    "uner": Corpus("UNER/en_ewt-ud-{}.iob2", names.uner, "entity"),
    "frames": Corpus("EWT-PropBank/ewt-propbank-{}.jsonl.gz", frames.evaluate, "frame_row"),
    "factuality": Corpus("factuality/UDS_IH2/{}.jsonl.gz", factuality.uds, "factuality"),
    "chains": Corpus("UD_English-GUM/en_gum-ud-{}.conllu.gz", antecedents.gum, "coref_row"),
    "gap": Corpus("GAP/gap-{gap}.tsv.gz", antecedents.gap, "coref_row"),
    "graph": Corpus("communique-events/dev.jsonl", graphs.evaluate, "plover"),
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
    missing = [f"{name} ({CORPORA[name].of(split)})" for name in places if name not in found]
    if not found:
        raise DataError(f"{data}: none of the corpora is here; give the folder that holds one of: {', '.join(missing)}")
    if missing:
        _log.warning("not measured, for it is not there: %s", ", ".join(missing))
    threads = load().threads
    network = LanguageModel(model, threads) if model else load_language(threads)
    heads = {output.name for output in network.session.get_outputs()}
    figures: dict[str, float] = {}
    for name, path in found.items():
        if CORPORA[name].needs in heads:
            figures |= CORPORA[name].measure(path, network)
        else:
            _log.warning("not measured, for the model has no head for it: %s", name)
    return figures


def find(data: Path, name: str, split: str) -> Path:
    """Where a corpus' part lies; in the folder itself when it lies nowhere."""
    places = [data / base / CORPORA[name].of(split) for base in _BESIDE]
    return next((place for place in places if place.exists()), places[0])
