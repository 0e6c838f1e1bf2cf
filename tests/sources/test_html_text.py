"""The text of pages: paragraphs as the page shows them, and the main text of every layout made for the tests."""
# ruff: noqa: E501  # markup reads best on one line

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.sources.pages.html import read_page

FOLDER = Path(__file__).parent
HEADLINE = "Norland reopens border with Sudria"
FIRST = "Norland opened its border with Sudria to lorries on Monday, eleven months after a dispute over tolls."
SECOND = "The first trucks passed at six in the morning, the Interior Ministry said in a short note."
BODY = f"<h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}"


def shown(html: str) -> str:
    return read_page(html, "page").text


def test_paragraphs_headings_lists_quotations_tables_and_lines_keep_their_shape():
    text = shown(
        f"""<article><h1>{HEADLINE}</h1><p>{FIRST}<br>{SECOND}</p><h2>The <i>terms</i></h2><p>Both sides <b>agreed</b> on this:</p>
        <ul><li>a lower toll for all lorries</li><li>a committee that meets each month</li></ul>
        <blockquote><p>We have waited long enough for this day.</p></blockquote><table><tr><th>Year</th><th>Lorries</th></tr>
        <tr><td>2017</td><td>310</td></tr><tr><td>2018</td><td>12</td></tr></table><p>She said <q>never again</q> and&nbsp;left.</p></article>"""
    )
    assert text == (
        f"{HEADLINE}\n\n{FIRST}\n{SECOND}\n\nThe terms\n\nBoth sides agreed on this:\n\na lower toll for all lorries\na committee that "
        "meets each month\n\nWe have waited long enough for this day.\n\nYear\tLorries\n2017\t310\n2018\t12\n\nShe said “never again” and left."
    )


def test_lines_of_a_wire_and_its_indented_paragraphs():
    text = shown(
        f"<pre>   NORLAND opened its border\non Monday, officials said.\n   Sudria will lower the\ntoll by a third.\n</pre><title>{HEADLINE}</title>"
    )
    assert text == "NORLAND opened its border\non Monday, officials said.\n\nSudria will lower the\ntoll by a third."


def test_the_headline_stands_once():
    text = shown(
        f"<title>{HEADLINE}</title><div>{HEADLINE}</div><article><header><h1>{HEADLINE}</h1></header><p><b>{HEADLINE}</b></p>{BODY}</article>"
    )
    assert text == TEXT


def test_what_has_no_width_does_not_cut_words():
    assert shown(f"<p>\u200f{FIRST.replace('border', 'bor&shy;der').replace('Sudria', 'Sud&#8203;ria')}\u200e</p>") == FIRST


@pytest.fixture(scope="module")
def layouts() -> Iterator[object]:
    sys.path.insert(0, str(FOLDER))
    try:
        import layouts as found  # the benchmark imports it so too

        yield found
    finally:
        sys.path.remove(str(FOLDER))


# Below 0.99: an imprint below a print version, numbers of lines beside a text, a last paragraph that is said to be the footer,
# "Advertisement" without a name, which the cleaner tells by its words
FLOORS = {"print_version": 0.93, "cells_of_a_grid": 0.98, "text_in_the_footer": 0.92, "pieces_below_a_logo": 0.98}


def test_the_main_text_of_pages(layouts):
    pages = layouts.pages()
    scores = {p.name: layouts.f1(shown(p.html), p) for p in pages}
    assert len(scores) == len(pages) >= 80
    assert {name: score for name, score in scores.items() if score < FLOORS.get(name, 0.99)} == {}
    assert sum(scores.values()) / len(scores) >= 0.995


def test_every_paragraph_of_the_reports_is_there_as_one(layouts):
    """Word counts alone would not see paragraphs run together, or cut where the page does not cut them."""
    joined = {
        "linked_graph",
        "one_paragraph",
        "wire",
        "wire_with_blank_lines",
        "data_table",
        "text_in_the_footer",
        "headline_twice",
    }
    for page in layouts.pages():
        if page.name in joined:
            continue
        found = {line.strip() for line in shown(page.html).split("\n")}
        assert {p for p in page.gold.split("\n\n") if p not in found} == set(), page.name
