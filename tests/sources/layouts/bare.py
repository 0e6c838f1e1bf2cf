"""Pieces of pages as they come within feeds and mails: no head, no frame."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

from html import escape

from . import Page
from .furniture import paragraphs
from .reports import BRIEF, BUDGET, STRIKE, Told


def feed_piece(told: Told) -> str:
    return (
        "".join(paragraphs(told))
        + '<p><a href="https://times.example/1">Continue reading</a></p><img src="pixel.gif" width="1" height="1">'
    )


def mail(told: Told) -> str:
    text = "".join(f'<tr><td style="padding:8px">{escape(p.lstrip("#> "))}</td></tr>' for p in told.paragraphs)
    return f'<div style="display:none">{escape(told.headline)}</div><table role="presentation"><tr><td><h1>{escape(told.headline)}</h1></td></tr>{text}</table>'


def text_with_breaks(told: Told) -> str:
    return "<br/><br/>".join(escape(p.lstrip("#> ")) for p in told.paragraphs)


def pages() -> list[Page]:
    made = [(feed_piece, BUDGET), (mail, STRIKE), (text_with_breaks, BRIEF)]
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
