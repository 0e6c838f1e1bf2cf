"""Layouts of applications, phones and single pages: AMP, text that scripts show, lazy pictures, marks of direction."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

import json
from html import escape

from . import Page
from .furniture import NAV, links, page, paragraphs, teasers
from .reports import BORDER, BRIEF, BUDGET, STRIKE, Told


def linked(told: Told, **more: object) -> str:
    article = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": told.headline, "datePublished": f"{told.day}T08:00:00+02:00",
        "author": {"@type": "Person", "name": told.author}, "publisher": {"@type": "Organization", "name": "Norland Times"},
    } | more  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def amp(told: Told) -> str:
    ad = '<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>'
    text = "".join(paragraphs(told))
    return (
        f'<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{escape(told.headline)}</title>{linked(told)}<style amp-boilerplate>body{{}}</style></head>'
        f'<body><amp-sidebar id="s"><ul>{NAV}</ul></amp-sidebar><header><a href="/">Norland Times</a></header><article><h1>{escape(told.headline)}</h1>'
        f'<amp-img src="a.jpg"><noscript><img src="a.jpg"></noscript></amp-img>{ad}{text}{ad}</article><amp-accordion><section><h4>More stories</h4><ul>{links()}</ul>'
        "</section></amp-accordion></body></html>"
    )


def only_linked_data(told: Told) -> str:
    """The text is in the linked data alone; the page shows a spinner."""
    body = "\n\n".join(p.lstrip("#> ") for p in told.paragraphs)
    return page(
        told,
        '<div id="root"><div class="spinner">Loading…</div></div>',
        linked(told, articleBody=body),
    )


def linked_graph(told: Told) -> str:
    body = " ".join(p.lstrip("#> ") for p in told.paragraphs)
    graph = [
        {"@type": "WebSite", "name": "Norland Times"},
        {
            "@type": ["ReportageNewsArticle"],
            "headline": told.headline,
            "articleBody": body,
        },
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": graph})}</script>'
    return page(
        told,
        f'<div id="app"></div><div class="teasers"><ul>{links()}</ul></div>',
        script,
    )


def without_scripts(told: Told) -> str:
    return page(
        told,
        f'<div id="app"></div><noscript><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</noscript>',
    )


def lazy_pictures(told: Told) -> str:
    lazy = '<div class="lazyload-placeholder" data-src="x.jpg"><noscript><img src="x.jpg" alt="A bridge"></noscript></div>'
    return page(
        told,
        f"<article><h1>{escape(told.headline)}</h1>{lazy.join(paragraphs(told))}</article>",
    )


def phone(told: Told) -> str:
    return page(
        told,
        f'<div data-role="page"><div data-role="header"><h1>{escape(told.headline)}</h1></div><div data-role="content">{"".join(paragraphs(told))}</div>'
        f'<div data-role="footer"><ul>{NAV}</ul></div></div>',
        '<meta name="viewport" content="width=device-width">',
    )


def marks_of_direction(told: Told) -> str:
    text = "".join(f'<p dir="ltr">\u200f\u200e{escape(p.lstrip("#> "))}\u200f</p>' for p in told.paragraphs)
    text = text.replace("border", "bor\xadder")
    return page(
        told,
        f'<article dir="rtl"><h1>\u202b{escape(told.headline)}\u202c</h1>{text}</article>',
    )


def entities(told: Told) -> str:
    text = "".join(
        f"<p>{''.join(f'&#{ord(c)};' if not c.isascii() or c == 'e' else c for c in p.lstrip('#> '))}&nbsp;</p>"
        for p in told.paragraphs
    )
    return page(told, f"<div class=story><h1>{escape(told.headline)}</h1>{text}</div>")


def xhtml(told: Told) -> str:
    text = "\n".join(paragraphs(told))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{escape(told.headline)}</title><script type="text/javascript" src="a.js"/></head>'
        f'<body><div id="nav"/><a name="top"/><div id="content"><h1>{escape(told.headline)}</h1>{text}</div><div id="foot"><p>Imprint</p></div></body></html>'
    )


def microdata(told: Told) -> str:
    return page(
        told,
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><div itemprop="headline">{escape(told.headline)}</div><span itemprop="author">{told.author}</span>'
        f'<div itemprop="articleBody">{"".join(paragraphs(told))}</div></div><div>{teasers("div")}</div>',
    )


def hidden_until_clicked(told: Told) -> str:
    parts = paragraphs(told)
    return page(
        told,
        f'<article><h1>{escape(told.headline)}</h1>{"".join(parts[:2])}<button>Read on</button><div class="rest" style="display: none">{"".join(parts[2:])}</div></article>',
    )


def teaser_behind_wall(told: Told) -> str:
    wall = (
        '<div class="paywall"><h3>Read on with a subscription</h3><p>Subscribers read all reports, the archive since 1921 and the crossword. The first '
        'month costs one crown, and you can cancel whenever you like.</p><a href="/buy">See offers</a></div>'
    )
    return page(
        told,
        f'<article><h1>{escape(told.headline)}</h1><div class="article-body">{"".join(paragraphs(told))}</div>{wall}</article>',
        linked(told, isAccessibleForFree=False),
    )


def web_components(told: Told) -> str:
    text = "".join(f"<np-paragraph><p>{escape(p.lstrip('#> '))}</p></np-paragraph>" for p in told.paragraphs)
    return page(
        told,
        f"<np-app><np-header><ul>{NAV}</ul></np-header><np-article><h1>{escape(told.headline)}</h1>{text}</np-article><np-teasers><ul>{teasers()}</ul></np-teasers></np-app>",
    )


def dark_wrapper(told: Told) -> str:
    """Every wrapper has a name that elsewhere means a frame."""
    return page(
        told,
        f'<div class="page-with-sidebar no-ads"><div class="share-enabled"><div class="widget-content"><h1>{escape(told.headline)}</h1><div class="widget text">'
        f'{"".join(paragraphs(told))}</div></div></div><div class="sidebar"><ul>{teasers()}</ul></div></div>',
    )


def linked_paragraphs(told: Told) -> str:
    """Half of the words are links."""
    text = "".join(
        f"<p>{' '.join(f'<a href=/t/{i}>{w}</a>' if i % 3 == 0 else w for i, w in enumerate(escape(p.lstrip('#> ')).split()))}</p>"
        for p in told.paragraphs
    )
    return page(
        told,
        f"<article><h1>{escape(told.headline)}</h1>{text}</article><ul>{links()}</ul>",
    )


def pages() -> list[Page]:
    made = [
        (amp, BORDER), (only_linked_data, STRIKE), (linked_graph, BUDGET), (without_scripts, STRIKE), (lazy_pictures, BORDER), (phone, BUDGET),
        (marks_of_direction, BORDER), (entities, BUDGET), (xhtml, BORDER), (microdata, STRIKE), (hidden_until_clicked, BORDER),
        (teaser_behind_wall, BRIEF), (web_components, STRIKE), (dark_wrapper, BUDGET), (linked_paragraphs, STRIKE),
    ]  # fmt: skip
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
