"""Forms of reports other than paragraph after paragraph: live pages, lists, interviews, briefs, wires, several on a page."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

import textwrap
from html import escape

from . import Page
from .furniture import NAV, links, page, paragraphs, teasers
from .reports import ANSWERS, BORDER, BRIEF, BUDGET, LIST, LIVE, RELEASE, STRIKE, Told


def live_posts(told: Told) -> str:
    posts = "".join(
        f'<article class="live-post" id="p{i}"><time datetime="2022-07-13T1{i}:05">1{i}:05</time><p>{escape(p)}</p></article>'
        for i, p in enumerate(told.paragraphs)
    )
    return page(
        told,
        f'<header><ul>{NAV}</ul></header><main><h1>{escape(told.headline)}</h1><div class="live-stream">{posts}</div></main><div class="related">{teasers("article")}</div>',
    )


def live_list(told: Told) -> str:
    posts = "".join(
        f'<li class="post"><span class="timestamp">1{i}:05</span><div class="post-text"><p>{escape(p)}</p></div></li>'
        for i, p in enumerate(told.paragraphs)
    )
    return page(
        told,
        f'<div class="liveblog"><h1>{escape(told.headline)}</h1><ol>{posts}</ol></div>',
    )


def interview(told: Told) -> str:
    first, *rest = told.paragraphs
    text = "".join(f"<p><strong>{escape(p)}</strong></p>" if i % 2 == 0 else f"<p>{escape(p)}</p>" for i, p in enumerate(rest))
    return page(
        told,
        f'<article><h1>{escape(told.headline)}</h1><p class="intro">{escape(first)}</p><div class="interview">{text}</div></article>',
    )


def interview_as_definitions(told: Told) -> str:
    first, *rest = told.paragraphs
    text = "".join(f"<dt>{escape(p)}</dt>" if i % 2 == 0 else f"<dd>{escape(p)}</dd>" for i, p in enumerate(rest))
    return page(
        told,
        f"<div class=page><h1>{escape(told.headline)}</h1><p>{escape(first)}</p><dl>{text}</dl></div>",
    )


def list_article(told: Told) -> str:
    first, *rest = told.paragraphs
    text = "".join(
        f'<div class="slide-item"><h2><a href="#{i}">{escape(h[2:])}</a></h2><p>{escape(p)}</p></div>'
        for i, (h, p) in enumerate(zip(rest[::2], rest[1::2], strict=True))
    )
    return page(
        told,
        f"<article><h1>{escape(told.headline)}</h1><p>{escape(first)}</p>{text}</article>",
    )


def numbered_list(told: Told) -> str:
    first, *rest = told.paragraphs
    text = "".join(f"<li><b>{escape(h[2:])}</b><br>{escape(p)}</li>" for h, p in zip(rest[::2], rest[1::2], strict=True))
    return page(
        told,
        f'<div class="content"><h1>{escape(told.headline)}</h1><p>{escape(first)}</p><ol>{text}</ol></div>',
    )


def brief(told: Told) -> str:
    return page(
        told,
        f'<div id="nav"><ul>{NAV}</ul></div><div id="story"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div><div id="more"><ul>{teasers()}</ul></div>',
    )


def one_paragraph(told: Told) -> str:
    return page(
        told,
        f'<div class="news-item"><h3>{escape(told.headline)}</h3><div>{escape(" ".join(told.paragraphs))}</div></div><ul>{links()}</ul>',
    )


def wire(told: Told) -> str:
    text = "\n".join(textwrap.fill(p.lstrip("#> "), 68, initial_indent="   ") for p in told.paragraphs)
    return page(told, f"<pre>{escape(told.headline)}\n\n{escape(text)}\n</pre>")


def wire_with_blank_lines(told: Told) -> str:
    text = "\n\n".join(textwrap.fill(p.lstrip("#> "), 68) for p in told.paragraphs)
    return page(
        told,
        f'<div class="nav"><ul>{NAV}</ul></div><h1>{escape(told.headline)}</h1><div class="wire"><pre>{escape(text)}</pre></div>',
    )


def release(told: Told) -> str:
    return page(
        told,
        f'<div class="region region-header"><ul>{NAV}</ul></div><div class="node node-press-release"><h1 class="page-title">{escape(told.headline)}</h1>'
        f'<div class="field field-name-body"><div class="field-items"><div class="field-item">{"".join(paragraphs(told))}</div></div></div></div>'
        '<div class="region region-footer"><p>Ministry of Trade, Quay 4, Harn. Accessibility statement. Terms of use.</p></div>',
        site="Government of Norland",
    )


def quotation_marks(told: Told) -> str:
    """Quotations are set apart by markup alone."""
    parts = [p.replace("“", "<q>").replace("”", "</q>") for p in paragraphs(told)]
    return page(told, f"<article><h1>{escape(told.headline)}</h1>{''.join(parts)}</article>")


def details(told: Told) -> str:
    first, *rest = told.paragraphs
    text = "".join(
        f"<details open><summary>{escape(h[2:])}</summary><p>{escape(p)}</p></details>"
        for h, p in zip(rest[::2], rest[1::2], strict=True)
    )
    return page(
        told,
        f"<main><h1>{escape(told.headline)}</h1><p>{escape(first)}</p>{text}</main>",
    )


def headline_twice(told: Told) -> str:
    return page(
        told,
        f'<div class="crumb">{escape(told.headline)}</div><article><h1>{escape(told.headline)}</h1><p><b>{escape(told.headline)}</b></p>{"".join(paragraphs(told))}</article>',
    )


def site_name_as_heading(told: Told) -> str:
    return page(
        told,
        f'<h1><a href="/">Norland Times</a></h1><ul>{NAV}</ul><div class="item"><h2>{escape(told.headline)}</h2>{"".join(paragraphs(told))}</div>',
    )


def pages() -> list[Page]:
    made = [
        (live_posts, LIVE), (live_list, LIVE), (interview, ANSWERS), (interview_as_definitions, ANSWERS), (list_article, LIST), (numbered_list, LIST),
        (brief, BRIEF), (one_paragraph, BRIEF), (wire, BORDER), (wire_with_blank_lines, STRIKE), (release, RELEASE), (quotation_marks, STRIKE),
        (details, LIST), (headline_twice, BUDGET), (site_name_as_heading, BORDER),
    ]  # fmt: skip
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
