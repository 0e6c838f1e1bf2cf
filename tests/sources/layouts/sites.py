"""Layouts of content systems: blogs, portals, magazines, agencies."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

from html import escape

from . import Page
from .furniture import (
    LONG_STORY,
    NAV,
    TEASERS,
    links,
    page,
    paragraphs,
    remarks,
    teasers,
)
from .reports import BORDER, BRIEF, BUDGET, LIST, STRIKE, Told

SHARE = (
    '<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li></ul></div>'
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>Mornings in Harn</h4><p>The five stories that you need to start your day, in your inbox before '
    'breakfast. You can cancel at any time.</p><form><input type="email"><button>Sign up</button></form></div>'
)
COOKIES = (
    '<div id="cookie-consent" role="dialog"><p>We and our 412 partners store and read cookies on your device in order to show you '
    "advertisements that match what you like. You can change your choice at any time.</p><button>Accept all</button></div>"
)


def middle(told: Told, inserted: list[str], **how: str) -> str:
    """The report with things set between its paragraphs, evenly."""
    parts = paragraphs(told, **how)
    for i, thing in enumerate(inserted):
        parts.insert(2 * i + 2, thing)
    return "".join(parts)


def wordpress(told: Told) -> str:
    return page(
        told,
        f'<div id="page" class="hfeed site has-sidebar"><header class="site-header"><nav class="main-navigation"><ul>{NAV}</ul></nav></header>'
        f'<div id="primary"><main><article class="post-12 post type-post hentry"><header class="entry-header"><h1 class="entry-title">'
        f'{escape(told.headline)}</h1><div class="entry-meta">Posted on <time class="entry-date" datetime="2019-06-03">3 June 2019</time> by '
        f'<span class="author">{told.author}</span></div></header><div class="entry-content">{"".join(paragraphs(told))}{SHARE}</div>'
        f'<footer class="entry-footer">Filed under: <a href="/t">Trade</a></footer></article><div id="comments" class="comments-area">'
        f'<h2>4 thoughts on “{escape(told.headline)}”</h2><ol class="comment-list">{remarks("li", "comment even")}</ol><div id="respond">'
        f'<h3>Leave a Reply</h3><form><textarea></textarea></form></div></div></main></div><div id="secondary" class="widget-area">'
        f"<ul>{links()}</ul></div></div>",
    )


def blocks_editor(told: Told) -> str:
    """WordPress with a builder: the report's own part is called a widget."""
    inner = "".join(
        f'<div class="elementor-element elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container">{p}</div></div>'
        for p in paragraphs(told)
    )
    return page(
        told,
        f'<div class="elementor elementor-12"><section class="elementor-section"><h1 class="elementor-heading-title">{escape(told.headline)}</h1></section>'
        f'<section class="elementor-section">{inner}</section><section class="elementor-section related-posts">{teasers("div", count=3)}</section></div>',
    )


def div_soup(told: Told) -> str:
    text = "".join(
        f'<div class="x{i}a"><div class="k9">{escape(p.lstrip("#> "))}</div></div>' for i, p in enumerate(told.paragraphs)
    )
    return page(
        told,
        f'<div class="a1"><div class="a2">{"".join(f"<div><a href=#>{h}</a></div>" for h, _ in TEASERS)}</div><div class="b7"><div class="c3"><div class="h4x">'
        f'{escape(told.headline)}</div></div><div class="c5">{text}</div></div><div class="z9"><div>© Norland Times</div></div></div>',
    )


def hashed_names(told: Told) -> str:
    text = "".join(paragraphs(told, css="css-at9mc1 evys1bk0"))
    return page(
        told,
        f'<div id="__next"><div class="css-1q2w3e"><ul class="css-9z">{NAV}</ul></div><div class="css-mcm29f"><h1 class="css-88wicj">{escape(told.headline)}</h1>'
        f'<section class="css-1r7ky0e">{text}</section></div><div class="css-13xl2ke">{teasers("div")}</div></div>',
    )


def inline_advertisement(told: Told) -> str:
    ad = '<div class="ad-slot" id="dfp-3"><span>Advertisement</span><p>Cruise the fjords of Norland from 399 crowns, breakfast included.</p></div>'
    return page(
        told,
        f'<article class="story"><h1>{escape(told.headline)}</h1>{middle(told, [ad, ad, ad])}</article>',
    )


def related_boxes(told: Told) -> str:
    box = f'<div class="related-box"><h4>More on this</h4><ul>{links(3)}</ul></div>'
    line = '<p><strong>Read more:</strong> <a href="/2">Why the lakes of Lagona turn green</a></p>'
    return page(
        told,
        f'<div class="article"><h1>{escape(told.headline)}</h1><div class="article-body">{middle(told, [line, box, line])}</div></div>',
    )


def newsletter_forms(told: Told) -> str:
    return page(
        told,
        f"{COOKIES}<main><h1>{escape(told.headline)}</h1>{middle(told, [NEWSLETTER, NEWSLETTER])}</main>",
    )


def gallery(told: Told) -> str:
    slides = "".join(
        f'<li class="slide"><img data-src="{i}.jpg"><figcaption>Lorries wait at the crossing in the early light. Photo: Ole Grav</figcaption></li>'
        for i in range(6)
    )
    figure = '<figure><img src="a.jpg"><figcaption>Drivers on the Harn bridge on Monday. <span class="credit">Norland Pictures</span></figcaption></figure>'
    return page(
        told,
        f'<article><h1>{escape(told.headline)}</h1><div class="gallery"><ul>{slides}</ul></div>{middle(told, [figure, figure])}</article>',
    )


def captions_by_class(told: Told) -> str:
    caption = '<div class="wp-caption"><img src="b.jpg"><p class="wp-caption-text">A guard lifts the barrier at Elsk, watched by the mayor and a brass band.</p></div>'
    return page(
        told,
        f'<div class="post"><h2 class="title">{escape(told.headline)}</h2><div class="entry">{middle(told, [caption, caption])}</div></div>',
    )


def pull_quotes(told: Told) -> str:
    said = next(p for p in told.paragraphs if "“" in p).split("“")[1].split("”")[0]
    quote = f'<aside class="pullquote"><p>{said}</p></aside>'
    return page(
        told,
        f'<article><header><h1>{escape(told.headline)}</h1></header><div class="body">{middle(told, [quote])}</div></article>',
    )


def infobox(told: Told) -> str:
    box = (
        '<div class="infobox"><h3>The Harn bridge</h3><p>Built in 1931 and widened in 1968, it carries two lanes and a footpath over '
        "the river. A second bridge has been planned since the nineties.</p></div>"
    )
    return page(
        told,
        f'<article><h1>{escape(told.headline)}</h1><section class="text">{middle(told, [box])}</section></article>',
    )


def videos(told: Told) -> str:
    embed = (
        '<div class="video-player" data-id="7"><video poster="x.jpg"><p>Your browser does not support the video tag.</p></video>'
        '<div class="video-title">Watch: the first lorries cross</div><iframe src="https://video.example/7"></iframe></div>'
    )
    return page(
        told,
        f'<main id="main"><article><h1>{escape(told.headline)}</h1>{middle(told, [embed, embed])}</article></main>',
    )


def comment_section(told: Told) -> str:
    thread = remarks("article", "comment-body") * 6
    return page(
        told,
        f'<div class="layout"><div class="story-body"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div><section id="comments"><h2>24 comments</h2>{thread}</section></div>',
    )


def sections(told: Told) -> str:
    parts = "".join(f"<section><p>{escape(p.lstrip('#> '))}</p></section>" for p in told.paragraphs)
    return page(
        told,
        f"<header><a href=/>Norland Times</a></header><h1>{escape(told.headline)}</h1>{parts}<footer><p>Imprint, terms of use</p></footer>",
    )


def split_body(told: Told) -> str:
    """The body comes in pieces, with advertisement between."""
    parts = paragraphs(told)
    pieces = [
        f'<div class="article-body">{"".join(parts[i : i + 3])}</div><div class="advert">Advertisement</div>'
        for i in range(0, len(parts), 3)
    ]
    return page(
        told,
        f'<div class="content"><h1>{escape(told.headline)}</h1>{"".join(pieces)}</div><div class="mostread"><ol>{links()}</ol></div>',
    )


def nested_mains(told: Told) -> str:
    return page(
        told,
        f'<main><div class="page"><ul>{NAV}</ul><main id="inner"><main><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</main></main>'
        f'<div class="teasers">{teasers("div", count=3)}</div></div></main>',
    )


def next_articles(told: Told) -> str:
    """The page goes on with other articles in full."""
    story = "".join(f"<p>{p}</p>" for p in LONG_STORY)
    other = "".join(paragraphs(BUDGET))
    return page(
        told,
        f'<div class="stream"><article class="art"><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</article>'
        f'<article class="art"><h1>{escape(BUDGET.headline)}</h1>{other}</article><article class="art"><h1>The moon garden</h1>{story}</article></div>',
        f'<meta property="og:title" content="{escape(told.headline)}">',
    )


def portal(told: Told) -> str:
    return page(
        told,
        f'{COOKIES}<div class="top-nav"><ul>{NAV}</ul></div><div class="row"><div class="col-8"><div class="article-detail"><div class="article-header">'
        f'<span class="category">World</span><h1>{escape(told.headline)}</h1><div class="meta"><span>By {told.author}</span> <span>3 June 2019, 14:05</span></div></div>'
        f'<div class="article-content">{middle(told, ["<div class=banner>Banner</div>"])}</div><div class="tags"><a href=#>trade</a> <a href=#>river</a></div></div></div>'
        f'<div class="col-4 right-rail"><h3>Most read</h3><ul>{teasers()}</ul></div></div><div class="page-footer"><p>Norland Times is published by Harn Press. Reproduction '
        "only with permission in writing of the publisher, which may be asked for by letter.</p></div>",
    )


def standfirst(told: Told) -> str:
    first, rest = told.paragraphs[0], Told(told.headline, told.paragraphs[1:])
    return page(
        told,
        f'<article><header class="article-header"><div class="kicker">Trade</div><h1>{escape(told.headline)}</h1><p class="standfirst">{escape(first)}</p>'
        f'<div class="byline">By <a rel="author" href="/a">{told.author}</a></div></header><div class="article-body">{"".join(paragraphs(rest))}</div></article>',
    )


def drop_capital(told: Told) -> str:
    parts = paragraphs(told)
    parts[0] = parts[0].replace("<p>N", '<p><span class="dropcap">N</span>', 1)
    return page(
        told,
        f'<div role="main"><h1>{escape(told.headline)}</h1><div class="content__article-body from-content-api">{"".join(parts)}</div></div>',
    )


def pages() -> list[Page]:
    made = [
        (wordpress, BORDER), (blocks_editor, STRIKE), (div_soup, BUDGET), (hashed_names, BORDER), (inline_advertisement, BORDER),
        (related_boxes, BORDER), (newsletter_forms, BUDGET), (gallery, BORDER), (captions_by_class, STRIKE), (pull_quotes, STRIKE),
        (infobox, BORDER), (videos, BUDGET), (comment_section, STRIKE), (sections, LIST), (split_body, BORDER), (nested_mains, STRIKE),
        (next_articles, BORDER), (portal, BRIEF), (standfirst, STRIKE), (drop_capital, BORDER),
    ]  # fmt: skip
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
