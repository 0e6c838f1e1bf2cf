"""The coder on all that its figures are asked for: `communique evaluate coding --data FOLDER --gold FOLDER`.

`--data` is the folder with `train/` and `eval/`, `--gold` the one with whole reports, annotated. What is missing is named in
the log. Figures: `dyads` (type between a given source and target), `petrarch`, `polnear`, `happened`, `sentences_...`, and for
each folder of reports below `--gold` its name and the figures of `reports`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from communique.errors import DataError, UsageError
from communique.evaluation import contexts, dyads, factuality, petrarch, polnear, reports, sentences

Measure = Callable[[Path], dict[str, float]]
PLACES: dict[str, tuple[str, Measure]] = {
    "dyads": ("eval/PLV/PLV_train.tsv", dyads.evaluate),
    "petrarch": ("train/PETRARCH/text/PETR.UnitTest.records.xml", petrarch.evaluate),
    "polnear": ("eval/PolNeAR/dev.tar.gz", polnear.evaluate),
    "happened": ("eval/factuality/UW", factuality.happened),
    "sentences": ("train/communique-events/dev.jsonl", sentences.evaluate),
}
_log = logging.getLogger(__name__)


def evaluate(data: Path, gold: Path | None = None, labels: Path | None = None, only: Sequence[str] = ()) -> dict[str, float]:
    """All figures of the coder that the folders allow; `labels` are those of contexts, `only` names some of `PLACES`.

    Raises UsageError for names that there are none of, DataError where there is nothing to measure.
    """
    if unknown := [name for name in only if name not in PLACES]:
        raise UsageError(f"{', '.join(unknown)}: nothing of this name is measured here; there are: {', '.join(PLACES)}")
    figures: dict[str, float] = {}
    for name, (place, measure) in ((name, PLACES[name]) for name in only or PLACES):
        path = data / place
        if not path.exists():
            _log.warning("%s: not there, so that %s is not measured", path, name)
            continue
        own = measure(path)
        figures |= own if name != "sentences" else {f"sentences_{key}": value for key, value in own.items()}
    for folder in sorted(p for p in gold.iterdir() if p.is_dir()) if gold is not None else ():
        figures |= {f"{folder.name}_{key}": value for key, value in reports.evaluate(folder).items()}
    if gold is not None and labels is not None:
        figures |= contexts.evaluate(gold / "dev", labels)
    if not figures:
        raise DataError(
            f"{data}: holds none of {', '.join(p for p, _ in PLACES.values())}; give the folder above train and eval"
        )
    return figures
