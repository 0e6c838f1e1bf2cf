"""What frames a report on its page, by its markup: navigation, advertisement, shares, comments, captions, bylines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.sources.pages.blocks import BLOCK_TAGS, is_shown, tag_of

# Tags and roles, and names of classes and ids in which sites the world over call such parts; each name as single words.
_TAGS = frozenset("nav footer aside form figcaption dialog menu search amp-sidebar amp-carousel".split())
_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar".split())
_CERTAIN = re.compile(
    " (?:comments?|commentlist|disqus|respond|newsletters?|subscribe|subscription|signup|sign up|cookies?|consent|gdpr|"
    "related|recirc(?:ulation)?|recommend(?:ed|ations?)|trending|breadcrumbs?|outbrain|taboola|share|shares|sharing|sharebar|"
    "sharedaddy|social|sociable|sidebar|side bar|right rail|rail|footer|nav|navbar|navigation|subnav|menu|toolbar|pagination|"
    "pager|paywall|regwall|most (?:read|popular|viewed|shared)|mostread|read (?:more|next|also)|readmore|more (?:on|from|"
    "stories|news|in)|see also|you may|up next|next (?:article|story|post)|prev(?:ious)? (?:article|story|post)|"
    "infinite scroll|captions?|wp caption text|headlines list|latest news|latest headlines|other news|also on) "
)
_LIKELY = re.compile(
    " (?:ad|ads|adv|advert|adverts|advertisement|advertising|adslot|ad slot|adsbygoogle|dfp|sponsor|sponsored|promo|promos|"
    "promotion|banner|widget|popup|pop up|modal|overlay|infobox|info box|factbox|fact box|pullquote|pull quote|gallery|"
    "slideshow|carousel|slider|credit|credits|photo credit|tag|tags|taglist|keywords|topics|print only|hidden|"
    "visually hidden|visuallyhidden|sr only|screen reader text|placeholder|player|video|poll|quiz|survey|donate|donation|"
    "support us|membership|app download|ticker|skip|author bio|about author|about the author|masthead|logo|copyright|"
    "site header|top bar|topbar|correction policy|feedback|report error|download|language switch|weather|stocks|"
    "tools|utility|actions|buttons?|ratings?) "
)
_LABEL = re.compile(
    " (?:byline|by line|author|authors|meta|metadata|entry meta|post meta|timestamp|date|time|pubdate|posted|published|"
    "publish date|updated|dateline|kicker|eyebrow|category|section name|section label|reading time|read time|views|credit|"
    "source|label) "
)
_INLINE = re.compile(
    " (?:ad|ads|advert|advertisement|share|social|caption|credit|photo credit|sr only|visually hidden|screen reader text) "
)
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_NOTE = re.compile(r"\s*\[\w{1,3}\]\s*$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_POST = re.compile(r"\bhentry\b|\btype-post\b|\bpost-\d")
_SUBJECTS = re.compile(r"(?:^|\s)(?:tag|category|topic)-\S+")
_NO_LETTERS = re.compile(r"[^a-z]+")
# A name or tag under which stands that share of all words or more means something else on that page.
_MUCH, _MOST = 0.25, 0.5
_ALWAYS = frozenset(
    (
        "",
        "comment",
        "comments",
        "nav",
        "footer",
        "figcaption",
        "dialog",
        "navigation",
        "contentinfo",
    )
)
_LABEL_WORDS, _BIO_WORDS, _REPORT_WORDS = 30, 80, 60
_LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True)
class _Weight:
    """Of an element and all below: words that are not links, and whether a report may well lie in it."""

    words: int
    holds: bool


def names_of(element: Any) -> str:
    """The words of an element's class and id, in lower case, one space before and after each. WordPress also writes there
    what a post is about, which says nothing of the element."""
    said = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAME]
    return _names(said) if said != " " else said


@lru_cache(maxsize=4096)
def _names(said: str) -> str:
    if _POST.search(said):
        said = _SUBJECTS.sub(" ", said)
    return f" {_NO_LETTERS.sub(' ', _CAMEL.sub(' ', said).lower()).strip()} "


def strip_frame(root: Any) -> None:
    """Take out of a tree what frames the report. What holds its heading or much of the page's words stays, whatever it is
    called: pages name their outermost part after its sidebar, and builders call each paragraph a widget."""
    weights = _weigh(root)
    total = max(1, weights[root].words)
    words: dict[str, int] = {}
    for element, reason in _frames(root, weights, total, frozenset()):
        if reason and tag_of(element):
            words[reason] = words.get(reason, 0) + weights[element].words
    common = frozenset(reason for reason, number in words.items() if number >= _limit(reason) * total)
    for element, _ in list(_frames(root, weights, total, common)):
        element.drop_tree()


def _frames(root: Any, weights: dict[Any, _Weight], total: int, common: frozenset[str]) -> Iterator[tuple[Any, str]]:
    """The outermost elements that are taken for frame, each with the name or tag that tells; those in `common` tell nothing."""
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            tag = tag_of(child)
            reason = _reason(child, tag, weights[child], total) if tag else ""
            if reason is None or reason in common:
                waiting.append(child)
            else:
                yield child, reason


def _weigh(root: Any) -> dict[Any, _Weight]:
    weights: dict[Any, _Weight] = {}
    for element in reversed(list(root.iter())):
        tag = tag_of(element)
        if not tag:
            continue
        below = [weights[c] for c in element if c in weights]
        own = 0
        if tag != "a":
            own = len((element.text or "").split()) + sum(len((c.tail or "").split()) for c in element)
        words = own + sum(w.words for w in below) if is_shown(element, tag) else 0
        body = element.get("itemprop") == "articleBody" or tag in {"h1", "main"}
        reports = tag == "article" and words >= _REPORT_WORDS and not _CERTAIN.search(names_of(element))
        weights[element] = _Weight(words, body or reports or any(w.holds for w in below))
    return weights


def _reason(element: Any, tag: str, weight: _Weight, total: int) -> str | None:
    """What tells that an element is frame, nothing where it may be report; empty where no doubt is left."""
    if not is_shown(element, tag) or (tag == "sup" and _NOTE.match("".join(element.itertext())[:9])):
        return ""
    if tag in {"body", "main", "h1", "br"} or element.get("itemprop") == "articleBody":
        return None
    if _unseen(element):
        return "unseen"
    names = names_of(element)
    if tag not in BLOCK_TAGS:
        return _found(_INLINE, names)
    if weight.holds:
        return tag if tag == "nav" else _found(_CERTAIN, names) if tag == "article" else None
    if tag == "footer" and tag_of(element.getparent()) == "blockquote":
        return None
    if tag in _TAGS or (tag == "header" and not _in_report(element)):
        return tag
    if element.get("role") in _ROLES:
        return str(element.get("role"))
    few = weight.words <= _LABEL_WORDS or (" author " in names and weight.words <= _BIO_WORDS)
    return _found(_CERTAIN, names) or (_found(_LABEL, names) if few else None) or _found(_LIKELY, names)


def _limit(reason: str) -> float:
    if reason in _ALWAYS:
        return math.inf
    return _MUCH if reason == "unseen" or _LIKELY.search(f" {reason} ") else _MOST


def _found(pattern: re.Pattern[str], names: str) -> str | None:
    match = pattern.search(names)
    return match[0].strip() if match else None


def _unseen(element: Any) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search((element.get("style") or "")[:_LONGEST_NAME]))


def _in_report(element: Any) -> bool:
    return any(tag_of(a) in {"article", "main"} for a in element.iterancestors())
