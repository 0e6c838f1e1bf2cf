"""PropBank on the sentences of UD English EWT: predicates with the spans of their arguments, and their labels word by word.

Every predicate is a dict with `word`, its index, and `arguments`, a list of (begin, end, label), end exclusive, and where
PropBank annotated it, its `roleset` (verb and sense). It may have
`auxiliary`: True for the auxiliaries be.03, have.01 and do.01, which PropBank marks, but gives no arguments; and `unknown`,
indices of words that may belong to an argument that nobody annotated.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Unit = dict[str, Any]
Frame = dict[str, Any]
AUXILIARIES = frozenset({"be.03", "have.01", "do.01"})
# Parts of the predicate itself (a particle that stands apart), which the CoNLL-2005 measure leaves out too.
VERBS = frozenset({"V", "C-V"})
UNKNOWN = -100


def read(path: Path) -> dict[str, tuple[list[str], list[Frame]]]:
    """The words and the frames of each sentence, by its id, from a file of EWT-PropBank (JSON lines, gzip)."""
    found = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            found[item["sent_id"]] = item["tokens"], [_frame(p) for p in item["preds"]]
    return found


def _frame(predicate: dict[str, Any]) -> Frame:
    arguments = sorted((begin, end, label) for begin, end, label in predicate["args"] if label not in VERBS)
    frame: Frame = {"word": predicate["i"], "arguments": arguments, "roleset": predicate["roleset"]}
    if predicate["roleset"] in AUXILIARIES and not arguments:
        frame["auxiliary"] = True
    return frame


def attach(units: Iterable[Unit], annotated: dict[str, tuple[list[str], list[Frame]]]) -> Counter[str]:
    """Gives units `frames` by their `id`, where the words are the same.

    Returns how many units were `annotated`, how many had other words (`differ`) and how many PropBank lacks (`missing`);
    neither of these gets `frames`.
    """
    count: Counter[str] = Counter()
    for unit in units:
        words, frames = annotated.get(unit.get("id", ""), (None, []))
        count["missing" if words is None else "annotated" if words == unit["words"] else "differ"] += 1
        if words == unit["words"]:
            unit["frames"] = frames
    return count


def inventory(units: Iterable[Unit], least: int = 30) -> list[str]:
    """The BIO labels of arguments that occur at least `least` times, commonest first, `I-` where a span has two words.

    All `B-` stand before all `I-`, as `annotate/frames.py` decodes them. Words of rarer labels have no known label in training;
    in evaluation such arguments count as missed.
    """
    spans: Counter[str] = Counter()
    long: set[str] = set()
    for unit in units:
        if unit.get("frames_open"):
            continue
        for frame in unit.get("frames", []):
            for begin, end, label in frame["arguments"]:
                spans[label] += 1
                if end - begin > 1:
                    long.add(label)
    names = [label for label, n in spans.most_common() if n >= least]
    return ["O", *(f"B-{name}" for name in names), *(f"I-{name}" for name in names if name in long)]


def bio(frame: Frame, size: int, labels: dict[str, int]) -> list[int]:
    """The label of each of the `size` words for one predicate; -100 where it is not known.

    Arguments must not overlap; of two that do, the one given first is kept.
    """
    row = [labels["O"]] * size
    for word in frame.get("unknown", []):
        row[word] = UNKNOWN
    taken: set[int] = set()
    for begin, end, label in frame["arguments"]:
        if taken.isdisjoint(range(begin, end)):
            taken.update(range(begin, end))
            first = labels.get(f"B-{label}", UNKNOWN)
            row[begin:end] = [first, *[labels.get(f"I-{label}", UNKNOWN)] * (end - begin - 1)]
    return row
