"""Which documents are copies of which: the same text, trimmed, under another headline, reworded by hand or word by word.

Not copies are the same happening told independently, and other happenings told in the same turns of phrase: the first share
names and numbers but few runs of words outside quotations, the second share runs of words but neither names nor numbers.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

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
_FEWEST_PUT = 20  # words of a body that can be told to be reworded: in fewer, words that differ are what is told
_FOLLOWED, _SENTENCES = 0.7, 3  # words, and sentences, that follow a text which is credited, of a rewording of it
_WEEK = 6  # days between reports after which the same day of the week is another day
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow".split())
_STATUS = frozenset("will would shall may might could not never no denied".split())  # words that say whether something happened


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
        """Runs of words of the body outside quotations, but those of names alone, which whoever tells of the same has."""
        own = self.wording
        return shingles([own.forms[i] for i in own.told], WORDS, [own.kinds[i] == CONTENT for i in own.told])

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
    if len(short.wording.body) < _FEWEST_PUT or _other_days(short, long):
        return None
    kept = _share(short.own_runs, long.own_runs)
    lined, otherwise = _lined(one.wording, other.wording) if _share(short.skeleton, long.skeleton) >= _ALMOST else ([], 0)
    if otherwise >= _LINED * len(short.wording.body):
        return None
    words = sum(w for _, w, _, _ in lined)
    covered = min(1.0, words / len(short.wording.body))
    contents = sum(c for _, _, c, _ in lined)
    put = sum(len(r.substituted) for r, _, _, _ in lined)
    if covered >= _LINED and put >= _SUBSTITUTED * max(contents, 1):
        same = sum(s for _, _, _, s in lined)
        return Copy(*pair, "machine-reworded", min(1.0, same / len(short.wording.body)), tuple(r for r, _, _, _ in lined))
    followed = _followed(short.wording, long.wording) if _credits(short, long) else 0.0
    if kept >= _REWORDED or followed:
        return Copy(*pair, "reworded", max(kept, whole, followed), tuple(_reworded(one.wording, other.wording)))
    return None


def _same_things(short: Prepared, long: Prepared) -> bool:
    """Whether the names and numbers of the shorter text are in the longer, in whatever place there."""
    return not short.anchors or len(short.anchors & long.forms) >= _ANCHORS * len(short.anchors)


def _other_days(one: Prepared, other: Prepared) -> bool:
    """Whether both tell of the same day of the week, in reports so far apart that it is another day."""
    days = [p.told.published for p in (one, other)]
    if days[0] is None or days[1] is None or not _WEEKDAYS & one.forms & other.forms:
        return False
    return max(days[0].start - days[1].end, days[1].start - days[0].end).days + 1 >= _WEEK


def _credits(one: Prepared, other: Prepared) -> bool:
    """Whether one of two texts names the agency or the outlet that the other is from."""
    return _names_source(one, other) or _names_source(other, one)


def _names_source(one: Prepared, other: Prepared) -> bool:
    said = f" {' '.join(one.wording.forms)} "
    return any(f" {' '.join(word(name).forms)} " in said for name in sources(other.told))


def sources(told: Told) -> tuple[str, ...]:
    """The agencies and the outlet that a document is from, as far as they are known."""
    return (*told.syndicated_from, told.publisher) if told.publisher else told.syndicated_from


def _followed(short: Wording, long: Wording) -> float:
    """The share of words that a text has from the sentences of another which it tells one by one, in the same order; 0 where
    it does not."""
    pairs = [pair for pair in _partners(short, long, anchors_only=False) if _anchored(short, long, *pair)]
    words = sum(last - first for (first, last), _ in pairs)
    in_order = all(one[0] <= two[0] for (_, one), (_, two) in pairwise(pairs))
    if not in_order or len({second for _, second in pairs}) < _SENTENCES or words < _FOLLOWED * len(short.body):
        return 0.0
    return sum(f in _bag(long, second) for first, second in pairs for f in short.forms[slice(*first)]) / len(short.body)


def _anchored(one: Wording, other: Wording, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two sentences share a name or a number, or words that both quote."""
    shared = _bag(one, first) & _bag(other, second)
    return any(one.forms[i] in shared and (one.quoted[i] or one.kinds[i] in (NUMBER, NAME)) for i in range(*first))


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


def _lined(one: Wording, other: Wording) -> tuple[list[Lined], int]:
    """Sentences whose skeletons line up: the rewording, the words of the shorter sentence, the words of content that stand at
    the same place, and the words that are kept or put for another. Beside, the words of sentences that tell of different
    things so."""
    found: list[Lined] = []
    otherwise = 0
    for first, second in _partners(one, other, anchors_only=True):
        left, right = one.skeleton(*first), other.skeleton(*second)
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        if matcher.ratio() < _SKELETON:
            continue
        if _tell_otherwise(one, other, first, second, matcher):
            otherwise += min(len(left), len(right))
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
    return found, otherwise


def _tell_otherwise(
    one: Wording, other: Wording, first: tuple[int, int], second: tuple[int, int], matcher: SequenceMatcher[str]
) -> bool:
    """Whether two sentences of one skeleton tell of different things: a number or a name stands for another, or what the one
    says to have happened is to come or is denied in the other."""
    if (_STATUS & _bag(one, first)) != (_STATUS & _bag(other, second)):
        return True
    for tag, a, b, c, d in matcher.get_opcodes():
        kinds = [set(w.kinds[s + i : s + j]) for w, s, i, j in ((one, first[0], a, b), (other, second[0], c, d))]
        if tag == "replace" and all(k & {NUMBER, NAME} for k in kinds):
            return True
    return False


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
