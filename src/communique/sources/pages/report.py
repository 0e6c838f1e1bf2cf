"""The report on a page: its blocks, chosen by what trafilatura takes for main text and by where they stand in the markup."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.sources.pages.blocks import HEADINGS, Block, read_blocks, tag_of
from communique.sources.pages.frame import names_of, strip_frame

_BODY_NAMES = re.compile(
    " (?:article body|articlebody|article text|article content|article copy|article main body|story body|storybody|story text|"
    "story content|entry content|entry body|post content|post body|post text|body text|body copy|bodytext|main text|"
    "content body|news text|news body|newsbody|fulltext|full text|field name body|release body|copy) "
)
_ENDED = re.compile(r"[.!?…:;。！？।؟][”’\"')\]]*$")
_LETTERS = re.compile(r"\W+")
_CLOCK = re.compile(r"(?i)\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: ?[a-z]{2,4})?$")
_TOLD_BY = re.compile(r"(?i)(?:by|published|updated|posted|last (?:modified|updated)|\d{1,2}[:.]\d\d|\w{3,9},? \d{1,2})\b")
_PROSE_WORDS, _SENTENCE_WORDS, _LINKED = 12, 4, 0.5
_LABEL_WORDS, _SUBTITLE_WORDS, _STANDFIRSTS = 30, 6, 3
_ENOUGH = 25
_SMALL, _MOST, _ALL = 0.75, 0.6, 0.9
_TEASER = 30
_LEAVES = HEADINGS | {"p", "li", "pre", "blockquote"}
_FULL_ARTICLE = 60
_LARGEST_TREE, _LARGEST_TEXT = 20_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a page: its headline as the page shows it, if it does, and its blocks without the headline."""

    headline: str | None
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """How many words the blocks have."""
        return sum(b.words for b in self.blocks)

    @property
    def told(self) -> bool:
        """Whether anything in it reads like a sentence."""
        return any(_is_prose(b) for b in self.blocks)

    @property
    def text(self) -> str:
        """The headline and the blocks: paragraphs parted by an empty line, entries of one list and rows of one table not."""
        said = [self.headline] if self.headline else []
        before: Block | None = None
        for block in self.blocks:
            if before is not None and _belong(before, block):
                said[-1] += "\n" + block.text
            else:
                said.append(block.text)
            before = block
        return "\n\n".join(said)


def find_report(root: Any, titles: Sequence[str], again: Callable[[], Any]) -> Report:
    """The report on a page. `root` is its tree, which is changed; `titles` are what its metadata call it, the surest first;
    `again()` gives the tree anew, for a page whose report is called as frames are elsewhere."""
    strip_frame(root)
    report = _choose(root, titles)
    if report.words >= _ENOUGH:
        return report
    generous = _choose(again(), titles)
    return generous if generous.words > 2 * report.words else report


def same(one: str, other: str) -> bool:
    """Whether two headlines say the same: letter for letter, or one cut short."""
    a, b = (
        _LETTERS.sub(" ", one).casefold().strip(),
        _LETTERS.sub(" ", other).casefold().strip(),
    )
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 0.6 * len(long) and len(short) > 15 and long.startswith(short))


def _choose(root: Any, titles: Sequence[str]) -> Report:
    blocks = read_blocks(root)
    area = _area(root, blocks, titles)
    inside = _within(blocks, area)
    own = [b for b in inside if _is_report(b)]
    theirs = _extend(inside, _main_text(root, inside))
    chosen = theirs if theirs and _prose(theirs) >= _SMALL * _prose(own) else own
    return _with_head(blocks, _trim(chosen), titles)


def _prose(blocks: Iterable[Block]) -> int:
    return sum(b.words for b in blocks if _is_prose(b))


def _is_prose(block: Block) -> bool:
    if block.linked > _LINKED or block.kind in {"heading", "row"}:
        return False
    return block.words >= _PROSE_WORDS or (block.words >= _SENTENCE_WORDS and bool(_ENDED.search(block.text)))


def _is_report(block: Block) -> bool:
    """Everything in the report's area but lines that are links, or the time of day alone."""
    if block.kind in {"heading", "row"}:
        return True
    if _CLOCK.match(block.text):
        return False
    return block.linked <= _LINKED or (block.words > _PROSE_WORDS and bool(_ENDED.search(block.text)))


def _within(blocks: Sequence[Block], area: Any) -> list[Block]:
    if area is None:
        return list(blocks)
    inside = set(area.iter())
    return [b for b in blocks if b.element in inside]


def _area(root: Any, blocks: Sequence[Block], titles: Sequence[str]) -> Any:
    """The element that holds the report, as far as the markup tells: the body of an article, the article that has the
    headline, the main part, what stands around the heading, or where most prose is."""
    weights = _weights(root, blocks)
    bodies = [e for e in root.iter() if e in weights and _is_body(e)]
    if sum(weights[b] for b in bodies) >= _ENOUGH:
        return _joined(bodies, weights)
    articles = [a for a in root.iter("article") if a in weights and not any(tag_of(b) == "article" for b in a.iterancestors())]
    if sum(weights[a] for a in articles) >= _ENOUGH:
        return _article(articles, titles, weights)
    main = [e for e in root.iter() if (tag_of(e) == "main" or e.get("role") == "main") and weights.get(e, 0) >= _ENOUGH]
    return _dense(main[0] if main else root, weights, _headings(root, titles))


def _is_body(element: Any) -> bool:
    said = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
    return "articleBody" in said or "schema:articleBody" in said or bool(_BODY_NAMES.search(names_of(element)))


def _weights(root: Any, blocks: Iterable[Block]) -> dict[Any, int]:
    """Words of prose at and below each element that has any."""
    found: dict[Any, int] = {}
    for block in blocks:
        if _is_prose(block):
            found[block.element] = found.get(block.element, 0) + block.words
    for element in reversed(list(root.iter())):
        above = element.getparent()
        if element in found and above is not None:
            found[above] = found.get(above, 0) + found[element]
    return found


def _joined(bodies: Sequence[Any], weights: dict[Any, int]) -> Any:
    """The first body; where the report is cut in several by what stands between, what is around them all. Several headings or
    articles around them tell of several reports."""
    first = bodies[0]
    rest = [b for b in bodies[1:] if first not in b.iterancestors()]
    if rest:
        above = set(first.iterancestors())
        common = next((a for a in rest[-1].iterancestors() if a in above), first)
        return first if _several(common, first, bodies, weights) else common
    around = next((a for a in first.iterancestors() if tag_of(a) in {"article", "main"}), None)
    return around if around is not None and weights[first] < weights[around] < 2 * weights[first] else first


def _several(common: Any, first: Any, bodies: Sequence[Any], weights: dict[Any, int]) -> bool:
    if sum(weights.get(a, 0) >= _FULL_ARTICLE for a in common.iter("article")) > 1:
        return True
    parts = set(bodies)
    below = list(common.iter())
    return any(tag_of(e) == "h1" and parts.isdisjoint(e.iterancestors()) for e in below[below.index(first) :])


def _article(articles: Sequence[Any], titles: Sequence[str], weights: dict[Any, int]) -> Any:
    """Of several articles the one that has the page's headline, or most of the words; else all that stand side by side, such
    as the entries of a live page."""
    largest = max(articles, key=lambda a: weights[a])
    for title in titles:
        for article in articles:
            if any(same(_said(h), title) for h in article.iter(*HEADINGS)):
                return article
    beside = sum(weights[a] for a in articles if a.getparent() is largest.getparent())
    if weights[largest] < _MOST * beside and next(largest.iter("h1"), None) is None:
        return largest.getparent()
    return largest


def _headings(root: Any, titles: Sequence[str]) -> list[Any]:
    found = [h for h in root.iter(*HEADINGS) if any(same(_said(h), t) for t in titles)]
    return found or list(root.iter("h1"))[:1]


def _said(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _dense(root: Any, weights: dict[Any, int], headings: Sequence[Any]) -> Any:
    """What stands around the heading, as soon as there is prose enough in it; else down from the top as long as one part
    holds most."""
    for heading in headings:
        for above in heading.iterancestors():
            if weights.get(above, 0) >= 2 * _ENOUGH:
                return _down(above, weights, 0.9) if tag_of(above) in {"body", "html"} else above
    return _down(root, weights, 0.6)


def _down(element: Any, weights: dict[Any, int], share: float) -> Any:
    while True:
        heaviest = max(element, key=lambda c: weights.get(c, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < share * weights.get(element, 0) or tag_of(heaviest) in {"p", "pre"}:
            return element
        if weights.get(heaviest, 0) == 0:
            return element
        element = heaviest


def _main_text(root: Any, blocks: Sequence[Block]) -> set[int]:
    """Which blocks trafilatura takes for main text, by their place in the list."""
    if sum(1 for _ in root.iter()) > _LARGEST_TREE or sum(len(b.text) for b in blocks) > _LARGEST_TEXT:
        return set()
    from trafilatura import bare_extraction

    log = logging.getLogger("trafilatura")
    if log.level == logging.NOTSET:  # it warns of every page that it finds no text in
        log.setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(copy.deepcopy(root), include_comments=False, include_tables=True)
    except Exception:  # whatever it stumbles over: the markup alone then tells
        return set()
    text = getattr(found, "text", None) or ""
    main = f" {_LETTERS.sub(' ', text).casefold()} "
    return {i for i, b in enumerate(blocks) if f" {_LETTERS.sub(' ', b.text).casefold().strip()} " in main}


def _extend(blocks: Sequence[Block], chosen: set[int]) -> list[Block]:
    """The chosen blocks, prose that stands in the same element as one of them or between two, and the headings, lists and
    tables between."""
    prose = [i for i in chosen if _is_prose(blocks[i])]
    if not prose:
        return []
    homes = {_home(blocks[i]) for i in prose}
    first, last = min(prose), max(prose)
    return [
        b
        for i, b in enumerate(blocks)
        if _is_report(b) and ((i in chosen and first <= i) or first <= i <= last or (_home(b) in homes and _is_prose(b)))
    ]


def _home(block: Block) -> Any:
    """What a paragraph stands in."""
    parent = block.element.getparent()
    return parent if parent is not None and tag_of(block.element) in _LEAVES else block.element


def _trim(blocks: Sequence[Block]) -> list[Block]:
    """Without headings that nothing follows, and without what is said again word for word."""
    found: list[Block] = []
    told: set[str] = set()
    for block in blocks:
        if block.words > _PROSE_WORDS and block.text in told:
            continue
        told.add(block.text)
        found.append(block)
    found = found[: _teasers(found)]
    while found and found[-1].kind == "heading":
        found.pop()
    return found


def _teasers(blocks: Sequence[Block]) -> int:
    """Where the teasers of other reports begin with which the blocks end: headings that are links, and below each no more than
    a line. Nowhere if that were most of the report."""
    start = at = len(blocks)
    heads = 0
    while at > 0:
        at -= 1 + (blocks[at - 1].kind != "heading")
        if (
            at < 0
            or blocks[at].kind != "heading"
            or blocks[at].linked < _ALL
            or sum(b.words for b in blocks[at + 1 : start]) > _TEASER
        ):
            break
        start, heads = at, heads + 1
    return start if heads > 1 and _prose(blocks[:start]) >= _prose(blocks[start:]) else len(blocks)


def _with_head(blocks: Sequence[Block], chosen: Sequence[Block], titles: Sequence[str]) -> Report:
    """The headline that stands above or at the head of the chosen blocks, and the lines between that are told as prose."""
    if not chosen:
        return Report(None, ())
    place = {b: i for i, b in enumerate(blocks)}
    first = place[chosen[0]]
    at = _headline(blocks, next((place[b] for b in chosen if _is_prose(b)), first), titles)
    if at is None:
        return Report(None, tuple(chosen))
    headline = blocks[at].text.replace("\n", " ")
    between = [b for b in blocks[at + 1 : first] if _is_standfirst(b)][:_STANDFIRSTS]
    rest = [b for b in chosen if place[b] > at or first > at]
    return Report(
        headline,
        tuple(b for b in [*between, *rest] if b.words >= _LABEL_WORDS or not same(b.text, headline)),
    )


def _is_standfirst(block: Block) -> bool:
    told = _is_prose(block) or (block.kind == "heading" and block.words >= _SUBTITLE_WORDS)
    return told and block.linked < _LINKED and not _TOLD_BY.match(block.text)


def _headline(blocks: Sequence[Block], before: int, titles: Sequence[str]) -> int | None:
    """The place of the headline: a line that is the page's title, else the last main heading, up to the first prose."""
    above = range(min(before + 1, len(blocks)) - 1, -1, -1)
    for title in titles:
        for i in above:
            if blocks[i].words < _LABEL_WORDS and same(blocks[i].text, title):
                return i
    return next(
        (i for i in above if tag_of(blocks[i].element) == "h1" and blocks[i].words > 1),
        None,
    )


def _belong(one: Block, other: Block) -> bool:
    if one.kind != other.kind or one.kind not in {"entry", "row"}:
        return False
    if one.kind == "row":
        return one.element is other.element
    return one.element is other.element or one.element.getparent() is other.element.getparent()
