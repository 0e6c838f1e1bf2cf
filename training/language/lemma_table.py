"""The table of lemmas that ships beside the network: what no rule of inflection makes, and the words known to be lemmas.

    python training/language/lemma_table.py --data DATA/train --out src/communique/models/language/lemmas.tsv

From the training splits of UD English EWT and the open genres of GUM (CC BY-SA 4.0 and looser), the lemmas of PropBank's
frames (CC BY-SA 4.0) and a list of irregular words (`irregular.tsv`). Only words and their lemmas are kept, no text.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import corpora

from communique.evaluation.treebanks import GUM_OPEN
from communique.models.lemmas import LemmaTable, kind_of, lemma_of

SHARE, KNOWN, TOLD = 0.75, 2, 5
HEADER = """# Lemmas that no rule of inflection makes (UPOS XPOS, form, lemma), and words known to be lemmas (kind, lemma).
# Made by training/language/lemma_table.py. Facts from UD English EWT (Silveira et al. 2014, CC BY-SA 4.0), GUM (Zeldes 2017,
# CC BY 4.0, open genres) and the frames of PropBank (Pradhan et al. 2022, CC BY-SA 4.0).
"""
BASE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})
TELLING = re.compile(r"(?:[sxz]|[cs]h|i|o)e?$|[fv]e?$")
Row = tuple[str, str, str, str]
_ALIAS = re.compile(r'<alias pos="([vnj])">([a-z-]+)</alias>')
_KINDS = {"v": "verb", "n": "noun", "j": "quality"}


def table(words: Iterable[Row], lexicon: Iterable[tuple[str, str]], irregular: Iterable[str]) -> LemmaTable:
    """The table of `(form, UPOS, XPOS, lemma)` in running text, `(kind, lemma)` of a lexicon and lines of irregular words."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    known: dict[str, Counter[str]] = {kind: Counter() for kind in _KINDS.values()}
    for form, upos, xpos, lemma in words:
        if xpos not in {"GW", "AFX"} and lemma != "_" and not re.search(r"\d", form):
            counts[f"{upos} {xpos}", form.lower()][lemma] += 1
        if xpos in BASE and upos in {"VERB", "NOUN", "ADJ", "ADV"} and form == lemma and form.isalpha():
            known[kind_of(upos)][lemma] += 1
    for kind, lemma in lexicon:
        known[kind][lemma] += KNOWN
    told = dict(_irregular(irregular, known["verb"]))
    sure = {kind: frozenset(w for w, n in some.items() if n >= KNOWN) for kind, some in known.items()}
    plain = LemmaTable({}, sure)
    exceptions = dict(told)
    for (tags, form), lemmas in counts.items():
        lemma, n = lemmas.most_common(1)[0]
        total = lemmas.total()
        if n < SHARE * total or (n < KNOWN and len(form) < 4):
            if total >= TOLD:
                exceptions.pop((tags, form), None)
        elif (tags, form) in told:  # the treebanks err too: "fled" of "flead"
            if n >= TOLD and lemma in known[kind_of(tags.split(" ")[0])]:
                exceptions[tags, form] = lemma
        elif _unruly(form, tags, lemma, plain, n >= KNOWN):
            exceptions[tags, form] = lemma
    kept = {kind: frozenset(w for w in some if kind == "verb" or TELLING.search(w)) for kind, some in sure.items()}
    kept["noun"] -= {w for w in kept["noun"] if w.endswith("ie") and w[:-2] + "y" in sure["noun"]}
    kept["quality"] = frozenset(w for w in sure["quality"] if len(w) < 9)
    return LemmaTable(exceptions, kept)


def _unruly(form: str, tags: str, lemma: str, plain: LemmaTable, often: bool) -> bool:
    """Whether inflection alone, without the network, would miss the lemma. Names in the singular are left to the network.

    A form seen once whose regular lemma is a known word is a slip of the pen for another word ("wandering" of "wonder").
    """
    upos, xpos = tags.split(" ")
    if upos == "PROPN" and xpos != "NNPS":
        return False
    regular = lemma_of(form, upos, xpos, "l|0|", plain)
    slip = not often and lemma.islower() and regular != form and regular in plain.known.get(kind_of(upos), ())
    return regular != lemma and not slip


def _irregular(lines: Iterable[str], verbs: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Table entries of irregular words, and of verbs made from them by a prefix ("undergo", "rewrite")."""
    known = set(verbs)
    for line in (line for line in lines if not line.startswith("#")):
        kind, lemma, *forms = line.rstrip("\n").split("\t")
        if kind == "noun":
            yield from ((("NOUN NNS", form), lemma) for form in forms[0].split())
        elif kind == "verb":
            prefixes = [v[: -len(lemma)] for v in known if v.endswith(lemma) and v[: -len(lemma)] in PREFIXES]
            for xpos, column in zip(("VBD", "VBN"), forms, strict=True):
                for form in column.split():
                    yield from (((f"VERB {xpos}", p + form), p + lemma) for p in ("", *sorted(prefixes)))


PREFIXES = frozenset("re un over under out mis fore with up inter".split())


def lexicon(frames: Path) -> Iterator[tuple[str, str]]:
    """The one-word lemmas of PropBank's frame files (tar.gz of XML) with their kind."""
    with tarfile.open(frames) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None:
                yield from ((_KINDS[pos], word) for pos, word in _ALIAS.findall(file.read().decode("utf-8")))


def running(data: Path) -> Iterator[Row]:
    """The words of the training splits with their tags and lemmas."""
    units = [*corpora.conllu(data / "UD_English-EWT/en_ewt-ud-train.conllu.gz", "ewt")]
    gum = corpora.conllu(data / "UD_English-GUM/en_gum-ud-train.conllu.gz", "gum")
    units += (u for u in gum if u["doc"].split("_")[1] in GUM_OPEN)
    for unit in units:
        yield from ((w, t[0], t[1], t[3]) for w, t in zip(unit["words"], unit["tags"], strict=True))


def write(found: LemmaTable, out: Path) -> None:
    """The table as lines, sorted."""
    lines = [f"{tags}\t{form}\t{lemma}" for (tags, form), lemma in sorted(found.exceptions.items())]
    lines += [f"{kind}\t{word}" for kind, words in sorted(found.known.items()) for word in sorted(words)]
    out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    irregular = Path(__file__).with_name("irregular.tsv").read_text(encoding="utf-8").splitlines()
    found = table(running(args.data), lexicon(args.data / "propbank-frames/frames.tar.gz"), irregular)
    write(found, args.out)
    print(len(found.exceptions), "exceptions", {kind: len(words) for kind, words in found.known.items()}, args.out)


if __name__ == "__main__":
    main()
