"""Did it happen: values in [-3, 3] of predicates, from UDS (White et al. 2016, Rudinger et al. 2018) and MEANTIME.

Both in the form of Jiang and de Marneffe (2021): JSON lines of a text, words parted by blanks, and targets of one word each.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

Unit = dict[str, Any]
Values = list[tuple[int, float]]


def read(path: Path) -> Iterator[tuple[list[str], Values]]:
    """The words and the values (word, value) of each sentence of a file (JSON lines, gzip)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            yield item["text"].split(), [(t["span1"][0], float(t["label"])) for t in item["targets"]]


def attach(units: Iterable[Unit], annotated: Iterable[tuple[list[str], Values]], held: Iterable[Unit] = ()) -> Counter[str]:
    """Gives units `factuality` where a sentence of the same split has the same words, or the same characters otherwise parted.

    Where words occur several times, the first sentence goes to the first unit and so on. Sentences whose words are also a
    unit of `held` (other splits) go to none. Returns how many targets were `attached`, `held` back and left `over`.
    """
    waiting: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        waiting["".join(unit["words"])].append(unit)
    closed = {"".join(unit["words"]) for unit in held}
    count: Counter[str] = Counter()
    for words, values in annotated:
        key = "".join(words)
        if key in closed or not waiting.get(key):
            count["held" if key in closed else "over"] += len(values)
            continue
        unit = waiting[key].pop(0)
        moved = values if words == unit["words"] else _moved(words, unit["words"], values)
        unit["factuality"] = sorted(dict(moved).items())
        count["attached"] += len(unit["factuality"])
    return count


def _moved(words: list[str], others: list[str], values: Values) -> Values:
    """The values on the words of the same text parted otherwise: on the word that holds the target's first character."""
    owner = [i for i, word in enumerate(others) for _ in word]
    starts = [sum(map(len, words[:i])) for i in range(len(words))]
    return [(owner[starts[word]], value) for word, value in values]


def meantime(path: Path) -> Iterator[Unit]:
    """Sentences of MEANTIME (Wikinews, Minard et al. 2016) as units of their own."""
    for words, values in read(path):
        doc = f"meantime:{crc32(' '.join(words).encode())}"
        yield {"source": "meantime", "doc": doc, "words": words, "factuality": sorted(dict(values).items())}
