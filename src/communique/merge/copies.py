"""Which documents are copies of which: the same text, trimmed, under another headline, reworded by hand or word by word.

Not copies are the same happening told independently, and other happenings told in the same turns of phrase: the first share
names and numbers but few runs of words outside quotations, the second share runs of words but neither names nor numbers.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np

from communique.merge.signatures import WORDS, Hashes, anchored, meetings, shingles
from communique.merge.sketches import Sketch, sketch
from communique.merge.wording import CONTENT, NAME, NUMBER, Wording, word
from communique.types.stories import Copy, CopyKind, Rewording, Told
from communique.types.text import Span

# Chosen on tests/merge/pairs; the shares of independent tellings and of copies lie far apart on both sides.
_SAME = 0.9  # runs of words shared, of which a text is the other's as it stands
_REWORDED = 0.3  # runs shared, outside quotations, of which it is the other's in other words
_ANCHORS = 0.6  # names and numbers shared, below which the texts tell of different things
_LINED = 0.5  # words in sentences whose skeletons line up
_SKELETON = 0.72  # how alike two skeletons are that line up
_SUBSTITUTED = 0.2  # words of content replaced one by one, among those lined up, of a machine's rewording
_ALMOST = 0.2  # skeletons' shared runs, below which no sentence is looked at
_FEWEST = 8  # words of a body that can be compared at all
_LIKELY = 4  # of 72 least hashes shared: two sets of which a tenth is shared have no fewer fourteen times in fifteen
_NEAR = 0.35  # words shared by two sentences of which one is the other reworded


@dataclass(frozen=True)
class Prepared:
    """A document with what it is compared by, made when first needed."""

    told: Told

    @cached_property
    def wording(self) -> Wording:
        """Its words."""
        return word(self.told.text, self.told.title)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Names and numbers of the body."""
        return self.wording.anchors

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.wording.forms)

    @cached_property
    def runs(self) -> Hashes:
        """Runs of words of the body."""
        return shingles(self.wording.body, WORDS)

    @cached_property
    def own_runs(self) -> Hashes:
        """Runs of words of the body outside quotations."""
        return shingles([self.wording.forms[i] for i in self.wording.told], WORDS)

    @cached_property
    def skeleton(self) -> Hashes:
        """Runs of the body's skeleton that have a name or a number."""
        return anchored(self.wording)


def find_copies(told: Sequence[Told], fresh: Iterable[str] | None = None) -> list[Copy]:
    """The copies among documents: of verbatim ones each with the first of them that was given, and of the others those
    whose signatures meet are compared. With `fresh`, only pairs that have one of these documents."""
    new = {one.document for one in told} if fresh is None else set(fresh)
    firsts, found = verbatim(told, new)
    for left, right in candidates([(one.document, sketch(one)) for one in firsts], new):
        copy = compare(Prepared(firsts[left]), Prepared(firsts[right]))
        if copy is not None:
            found.append(copy)
    return found


def verbatim(told: Sequence[Told], new: Container[str]) -> tuple[list[Told], list[Copy]]:
    """The first document of each text, and as which the others are copies of these, where one of the two is new."""
    firsts: dict[str, Told] = {}
    found = []
    for one in told:
        first = firsts.setdefault(one.text_id, one)
        if first is not one and (one.document in new or first.document in new):
            found.append(Copy(first.document, one.document, "exact", 1.0))
    return list(firsts.values()), found


def candidates(sketches: Sequence[tuple[str, Sketch]], new: Container[str]) -> list[tuple[int, int]]:
    """Pairs of indices of documents, one of them new, whose words or whose skeletons meet in a bucket, each once."""
    fresh = np.array([document in new for document, _ in sketches], bool)
    words, skeletons = ([getattr(s, name) for _, s in sketches] for name in ("words", "skeleton"))
    return sorted({*meetings(words, fresh), *meetings(skeletons, fresh)})


def likely(one: Sketch, other: Sketch) -> bool:
    """Whether two documents share so much, by their signatures, that they are worth comparing."""
    sides = ((one.words, other.words), (one.skeleton, other.skeleton))
    return any(len(a) and len(b) and int((a == b).sum()) >= _LIKELY for a, b in sides)


def compare(one: Prepared, other: Prepared) -> Copy | None:
    """The copy that two documents are of one another; none where each was told by itself, or where a body is too short to
    tell (eight words)."""
    pair = (one.told.document, other.told.document)
    if one.told.text_id == other.told.text_id or one.wording.forms == other.wording.forms:
        return Copy(*pair, "exact", 1.0)
    short, long = sorted((one, other), key=lambda p: len(p.wording.body))
    if len(short.wording.body) < _FEWEST or not _same_things(short, long):
        return None
    whole = _share(short.runs, long.runs)
    if whole >= _SAME:
        return Copy(*pair, _as_it_stands(short, long), whole)
    kept = _share(short.own_runs, long.own_runs)
    lined = _lined(one.wording, other.wording) if _share(short.skeleton, long.skeleton) >= _ALMOST else []
    words = sum(w for _, w, _, _ in lined)
    covered = min(1.0, words / len(short.wording.body))
    contents = sum(c for _, _, c, _ in lined)
    put = sum(len(r.substituted) for r, _, _, _ in lined)
    if covered >= _LINED and put >= _SUBSTITUTED * max(contents, 1):
        same = sum(s for _, _, _, s in lined)
        return Copy(*pair, "machine-reworded", min(1.0, same / len(short.wording.body)), tuple(r for r, _, _, _ in lined))
    if kept >= _REWORDED:
        return Copy(*pair, "reworded", max(kept, whole), tuple(_reworded(one.wording, other.wording)))
    return None


def _same_things(short: Prepared, long: Prepared) -> bool:
    """Whether the names and numbers of the shorter text are in the longer, in whatever place there."""
    return not short.anchors or len(short.anchors & long.forms) >= _ANCHORS * len(short.anchors)


def _as_it_stands(short: Prepared, long: Prepared) -> CopyKind:
    if _share(long.runs, short.runs, of_first=True) < _SAME:
        return "trimmed"
    heads = [p.wording.forms[: p.wording.headline] for p in (short, long)]
    if heads[0] != heads[1]:
        return "retitled"
    return "trimmed" if len(np.setdiff1d(short.runs, long.runs)) == 0 else "reworded"


def _share(short: Hashes, long: Hashes, of_first: bool = False) -> float:
    """The share of runs of the smaller set, or of the first, that are in the other."""
    whole = len(short) if of_first else min(len(short), len(long))
    return len(np.intersect1d(short, long, assume_unique=True)) / whole if whole else 0.0


Lined = tuple[Rewording, int, int, int]


def _lined(one: Wording, other: Wording) -> list[Lined]:
    """Sentences whose skeletons line up: the rewording, the words of the shorter sentence, the words of content that stand at
    the same place, and the words that are kept or put for another."""
    found: list[Lined] = []
    for first, second in _partners(one, other, anchors_only=True):
        left, right = one.skeleton(*first), other.skeleton(*second)
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        if matcher.ratio() < _SKELETON:
            continue
        put: list[tuple[str, str]] = []
        contents = kept = 0
        for block in matcher.get_matching_blocks():
            kept += block.size
            for n in range(block.size):
                a, b = first[0] + block.a + n, second[0] + block.b + n
                if one.kinds[a] == CONTENT:
                    contents += 1
                    if one.forms[a] != other.forms[b]:
                        put.append((one.forms[a], other.forms[b]))
        rewording = Rewording(_span(one, first), _span(other, second), tuple(put))
        found.append((rewording, min(len(left), len(right)), contents, kept))
    return found


def _reworded(one: Wording, other: Wording) -> Iterator[Rewording]:
    """Sentences of `one` that stand in `other` in other words."""
    for first, second in _partners(one, other, anchors_only=False):
        if one.forms[slice(*first)] != other.forms[slice(*second)]:
            yield Rewording(_span(one, first), _span(other, second))


def _partners(one: Wording, other: Wording, anchors_only: bool) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """For each sentence of the body of `one` the sentence of `other` that shares the most with it: at least one name or number
    (`anchors_only`), or a third of the words."""
    bags = [(s, _bag(other, s)) for s in other.sentences if s[0] >= other.headline]
    for sentence in one.sentences:
        if sentence[0] < one.headline or not bags:
            continue
        mine = _bag(one, sentence)
        best, bag = max(bags, key=lambda b: len(mine & b[1]) / (len(mine) + len(b[1])))
        shared = mine & bag
        fixed = {one.forms[i] for i in range(*sentence) if one.kinds[i] in (NUMBER, NAME)}
        if (shared & fixed) if anchors_only else 2 * len(shared) >= _NEAR * (len(mine) + len(bag)):
            yield sentence, best


def _bag(wording: Wording, sentence: tuple[int, int]) -> set[str]:
    return set(wording.forms[sentence[0] : sentence[1]])


def _span(wording: Wording, sentence: tuple[int, int]) -> Span:
    return wording.span(*sentence)
