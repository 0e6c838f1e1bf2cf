"""The mentions of GUM (Zeldes 2017): the key `Entity` of CoNLL-U MISC.

Its form is `(id-type-infstat-salience-centering-minspan-link-identity`. A bracket opens before a mention's first word and
closes after its last (Universal Anaphora, CorefUD); all mentions of one id in a document are one chain. `link` says how a
mention hangs on the chain: `ana`, `coref`, `cata`, `disc` (what it refers to is a clause), `appos` and `pred` (told of the
one before, not a second mention of it), `sgl`. Bridging and split antecedents have keys of their own (`Bridge`, `SplitAnte`)
and join no chain.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from communique.errors import DataError

ASIDE = frozenset({"appos", "pred"})
_BRACKET = re.compile(r"\((?P<open>[^()]+)(?P<one>\))?|(?P<close>[^()]+)\)")
_CLAUSE = frozenset({"VERB", "AUX"})
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `begin` to `end` (exclusive) of a sentence with their head, the entity's kind, the chain's id within the document.

    `aside`: an apposition or a predicate, which belongs to the chain but is no reference of its own. `article`: the title of
    the article of Wikipedia that GUM links it to, if any.
    """

    begin: int
    end: int
    head: int
    kind: str
    chain: str
    aside: bool
    article: str


def documents(path: Path) -> Iterator[tuple[str, list[list[Row]]]]:
    """The name and the sentences of each document of a CoNLL-U file (gzip). Raises DataError where it has another form."""
    found: list[tuple[str, list[list[Row]]]] = []
    rows: list[Row] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in (*lines, "\n"):
                if line.startswith("# newdoc id"):
                    found.append((line.partition("=")[2].strip(), []))
                elif line[:1].isdigit() and (columns := line.rstrip("\n").split("\t"))[0].isdigit():
                    rows.append(columns)
                elif not line.strip() and rows:
                    found[-1][1].append(rows)
                    rows = []
    except (OSError, ValueError, IndexError) as error:
        raise DataError(f"{path}: no CoNLL-U of documents, compressed with gzip ({error}); give it as published") from None
    yield from found


def mentions(rows: Sequence[Row]) -> list[Mention]:
    """Every mention of a sentence, given as CoNLL-U rows of its words; inner ones before those around them."""
    found: list[Mention] = []
    still_open: dict[str, list[tuple[int, list[str]]]] = {}
    for i, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for bracket in _BRACKET.finditer(entity):
            key = bracket["close"]
            if bracket["open"]:
                fields = bracket["open"].split("-", 7)
                key = fields[0]
                still_open.setdefault(key, []).append((i, fields))
            if (bracket["one"] or bracket["close"]) and still_open.get(key):
                begin, fields = still_open[key].pop()
                aside = len(fields) > 6 and fields[6] in ASIDE
                article = unquote(fields[7]).replace("_", " ") if len(fields) > 7 else ""
                found.append(Mention(begin, i + 1, head_of(rows, begin, i + 1), fields[1], key, aside, article))
    return found


def head_of(rows: Sequence[Row], begin: int, end: int) -> int:
    """The first word of a span whose governor stands outside."""
    return next((j for j in range(begin, end) if not begin < int(rows[j][6]) <= end), begin)


def mention_heads(rows: Sequence[Row]) -> dict[int, Mention]:
    """The mention that each head word stands for: the smallest, so that a first conjunct is itself and not the group.

    Clauses that a pronoun sums up ("... . That hurt.") are left out: they are marked only where something refers to them.
    """
    out: dict[int, Mention] = {}
    for mention in mentions(rows):
        if rows[mention.head][3] not in _CLAUSE:
            out.setdefault(mention.head, mention)
    return out
