"""Pages made for the tests: reports of our own wording in layouts that news sites have."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page and what a reader would call its report: the headline, and the paragraphs below it."""

    name: str
    html: str
    headline: str
    gold: str


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(found: str, page: Page) -> float:
    """Token F1 of what was found against the report. The headline counts on neither side: extractors differ by design in
    whether they repeat it in the text."""
    got, gold = words(found.replace(page.headline, " ", 1)), words(page.gold)
    hits = sum((got & gold).values())
    return 2 * hits / max(1, sum(got.values()) + sum(gold.values()))


def pages() -> list[Page]:
    """Every page of every layout."""
    from . import bare, forms, hard, modern, plain, sites

    return [page for part in (plain, sites, modern, forms, bare, hard) for page in part.pages()]
