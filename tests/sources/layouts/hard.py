"""Layouts that tell little of themselves, or tell it wrongly."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

from html import escape

from . import Page
from .furniture import LONG_STORY, NAV, TEASERS, links, page, paragraphs, teasers
from .reports import BORDER, BRIEF, BUDGET, LIST, LIVE, STRIKE, Told


def subtitle_above_body(told: Told) -> str:
    first, rest = told.paragraphs[0], Told(told.headline, told.paragraphs[1:])
    return page(
        told,
        f'<div class="head"><h1>{escape(told.headline)}</h1><h2>{escape(first)}</h2><p>By {told.author}</p><p>Published 3 June 2019, 14:05</p></div>'
        f'<div class="storytext">{"".join(paragraphs(rest))}</div><div class="boxes">{teasers("div")}</div>',
    )


def spans_as_paragraphs(told: Told) -> str:
    text = "".join(
        f'<div dir="auto"><span class="r-1"><span class="r-2">{escape(p.lstrip("#> "))}</span></span></div>'
        for p in told.paragraphs
    )
    return page(
        told,
        f'<div id="react-root"><div><div role="navigation"><ul>{NAV}</ul></div><div><div role="heading">{escape(told.headline)}</div><div>{text}</div></div></div></div>',
    )


def footnotes(told: Told) -> str:
    text = "".join(
        f'<p>{escape(p.lstrip("#> "))}<sup><a href="#f{i}">[{i}]</a></sup></p>' for i, p in enumerate(told.paragraphs, 1)
    )
    return page(told, f'<div class="text"><h1>{escape(told.headline)}</h1>{text}</div>')


def two_columns(told: Told) -> str:
    parts = paragraphs(told)
    half = len(parts) // 2
    return page(
        told,
        f'<h1>{escape(told.headline)}</h1><div class="col1">{"".join(parts[:half])}</div><div class="gap"><img src="ad.gif"></div><div class="col2">{"".join(parts[half:])}</div>'
        f'<div class="col3"><ul>{links()}</ul></div>',
    )


def picture_story(told: Told) -> str:
    text = "".join(
        f'<figure><img src="{i}.jpg"><figcaption>{escape(p.lstrip("#> "))}</figcaption></figure>'
        for i, p in enumerate(told.paragraphs)
    )
    return page(told, f"<article><h1>{escape(told.headline)}</h1>{text}</article>")


def long_consent(told: Told) -> str:
    terms = "".join(
        f"<p>{p} We use cookies and similar means to find out which of these pages you read, and our partners do so too.</p>"
        for p in LONG_STORY
    )
    return page(
        told,
        f'<div id="story"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div><div id="msg_container" role="alertdialog"><h2>Your privacy</h2>{terms}</div>',
    )


def unnamed_related(told: Told) -> str:
    parts = paragraphs(told)
    box = "".join(f'<div><a href="/{i}"><img src="t.jpg"><span>{h}</span></a></div>' for i, (h, _) in enumerate(TEASERS[:3]))
    return page(
        told,
        f'<div class="b"><h1>{escape(told.headline)}</h1>{"".join(parts[:3])}<h3>Related content</h3>{box}{"".join(parts[3:])}</div>',
    )


def shareable(told: Told) -> str:
    return page(
        told,
        f'<div class="share-content social-article"><h1>{escape(told.headline)}</h1><div class="share-text">{"".join(paragraphs(told))}</div></div><div class="ad-free">{teasers("div", count=2)}</div>',
    )


def shadow_root(told: Told) -> str:
    return page(
        told,
        f'<news-story><template shadowrootmode="open"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</template></news-story><template><p>Row to be filled in later by the program</p></template>',
    )


def article_for_each_paragraph(told: Told) -> str:
    text = "".join(f"<article><section>{p}</section></article>" for p in paragraphs(told))
    return page(
        told,
        f'<h1>{escape(told.headline)}</h1><div class="parts">{text}</div><div class="weather-widget"><p>Harn 17 degrees, light wind from the west, rain in the evening.</p></div>',
    )


def posts_in_quotes(told: Told) -> str:
    text = "".join(f'<blockquote class="embedded-post"><p>{escape(p)}</p></blockquote>' for p in told.paragraphs[1:])
    return page(
        told,
        f"<article><h1>{escape(told.headline)}</h1><p>{escape(told.paragraphs[0])}</p>{text}</article>",
    )


def headings_without_levels(told: Told) -> str:
    text = "".join(
        f"<p><strong>{escape(p[2:])}</strong></p>" if p.startswith("# ") else f"<p>{escape(p.lstrip('> '))}</p>"
        for p in told.paragraphs
    )
    return page(
        told,
        f'<div><div><p class="t1"><b>{escape(told.headline)}</b></p>{text}<p><a href="/all">All reports</a></p></div></div>',
    )


def cells_of_a_grid(told: Told) -> str:
    rows = "".join(
        f'<tr><td class="n">{i}</td><td>{escape(p.lstrip("#> "))}</td></tr>' for i, p in enumerate(told.paragraphs, 1)
    )
    return page(told, f'<h1>{escape(told.headline)}</h1><table class="lines">{rows}</table>')


def text_in_the_footer(told: Told) -> str:
    parts = paragraphs(told)
    return page(
        told,
        f"<article><h1>{escape(told.headline)}</h1>{''.join(parts[:-1])}<footer>{parts[-1]}</footer></article>",
    )


def subjects_as_classes(told: Told) -> str:
    """A post whose subjects are called as frames are."""
    return page(
        told,
        f'<div id="content"><article id="post-7" class="post-7 post type-post hentry category-newsletter tag-cookies tag-social tag-comments">'
        f'<h1>{escape(told.headline)}</h1><div class="txt">{"".join(paragraphs(told))}</div></article><aside id="side"><ul>{links()}</ul></aside></div>',
    )


def pieces_below_a_logo(told: Told) -> str:
    """The name of the site is a main heading too, and the body comes in pieces far from one another."""
    pieces = "".join(
        f'<div class="row"><div class="story-body">{p}</div></div><div class="row"><i>Advertisement</i></div>'
        for p in paragraphs(told)
    )
    return page(
        told, f'<h1 class="logo">Norland Times</h1><ul>{NAV}</ul><h1>{escape(told.headline)}</h1>{pieces}<ul>{links()}</ul>'
    )


def brief_among_teasers(told: Told) -> str:
    return page(
        told,
        f'<div class="grid"><div class="cell"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div>{teasers("div")}{teasers("div")}</div>',
    )


def pages() -> list[Page]:
    made = [
        (subtitle_above_body, STRIKE), (spans_as_paragraphs, BORDER), (footnotes, BUDGET), (two_columns, BORDER), (picture_story, LIST),
        (long_consent, BRIEF), (unnamed_related, STRIKE), (shareable, BUDGET), (shadow_root, STRIKE), (article_for_each_paragraph, BORDER),
        (posts_in_quotes, LIVE), (headings_without_levels, BUDGET), (cells_of_a_grid, STRIKE), (text_in_the_footer, BUDGET),
        (brief_among_teasers, BRIEF),
        (subjects_as_classes, STRIKE),
        (pieces_below_a_logo, BORDER),
    ]  # fmt: skip
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
