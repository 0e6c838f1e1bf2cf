"""Layouts of the first two decades of the web: tables, frames of fonts, line breaks."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

from html import escape

from . import Page
from .furniture import LONG_STORY, NAV, TEASERS, links, page, paragraphs, teasers
from .reports import BORDER, BRIEF, BUDGET, RELEASE, STRIKE, TABLE, Told


def plain_paragraphs(told: Told) -> list[str]:
    return [escape(p.removeprefix("# ").removeprefix("> ").removeprefix("- ")) for p in told.paragraphs]


def three_columns(told: Told) -> str:
    menu = "<br>".join(f'<a href="/{i}"><font size="1">{h}</font></a>' for i, (h, _) in enumerate(TEASERS))
    text = "".join(f'<p><font face="Times">{p}</font></p>' for p in plain_paragraphs(told))
    return page(
        told,
        f'<table width="780" border="0"><tr><td colspan="3"><img src="logo.gif" alt="Norland Times"></td></tr><tr>'
        f'<td width="120" valign="top" bgcolor="#ccccff">{menu}</td><td width="480" valign="top"><h1>{escape(told.headline)}</h1>{text}</td>'
        f'<td width="180" valign="top"><b>Today</b><p>{TEASERS[1][1]}</p><p>{TEASERS[2][1]}</p></td></tr></table>'
        "<center><font size=1>Copyright 1999 Norland Times. All rights reserved.</font></center>",
    )


def nested_tables(told: Told) -> str:
    text = "".join(f"<tr><td>{p}</td></tr><tr><td height=8></td></tr>" for p in plain_paragraphs(told))
    inner = f"<table><tr><td><font size=5><b>{escape(told.headline)}</b></font></td></tr>{text}</table>"
    return page(
        told,
        f"<table><tr><td><table><tr>{NAV.replace('li>', 'td>')}</tr></table></td></tr><tr><td>{inner}</td></tr></table>",
    )


def broken_lines(told: Told) -> str:
    text = "<br><br>\n".join(plain_paragraphs(told))
    return page(
        told,
        f"<div id=menu>{NAV}</div><div id=main><h2>{escape(told.headline)}</h2>{text}<br><br><a href=print>Print</a></div>",
    )


def broken_lines_in_font(told: Told) -> str:
    text = "<br> <br>".join(plain_paragraphs(told))
    return page(
        told,
        f'<table><tr><td><a href="/">Home</a><br><a href="/news">News</a></td><td><span class="hl">{escape(told.headline)}</span><br>'
        f'<font face="Arial" size="2">{text}</font></td></tr></table><p align=center><a href="top">Back to top</a></p>',
    )


def unclosed(told: Told) -> str:
    text = "".join(f"<p><font size=3><b></b>{p}" for p in plain_paragraphs(told))
    return f"<html><head><title>{escape(told.headline)}</title><body bgcolor=white><h1>{escape(told.headline)}</h1>{text}<hr><ul>{links()}</ul>"


def unclosed_fonts(told: Told) -> str:
    ornament = "<font color=red><b><i><u><span><big>" * 60
    text = "".join(f"<p>{p}{'<font><b><i>' * 30}" for p in plain_paragraphs(told))
    return f"<html><head><title>{escape(told.headline)}</title></head><body>{ornament}<h1>{escape(told.headline)}</h1>{text}</body></html>"


def upper_case(told: Told) -> str:
    text = "".join(f"<P ALIGN=JUSTIFY>{p}</P>\n" for p in plain_paragraphs(told))
    return (
        f"<HTML><HEAD><TITLE>{escape(told.headline)}</TITLE></HEAD><BODY><TABLE><TR><TD><H1>{escape(told.headline)}</H1>{text}"
        f"<HR>{'<BR>'.join(f'<A HREF=x>{h}</A>' for h, _ in TEASERS)}</TD></TR></TABLE></BODY></HTML>"
    )


def long_sidebar(told: Told) -> str:
    story = "".join(f"<p>{p}</p>" for p in LONG_STORY)
    text = "".join(paragraphs(told))
    return page(
        told,
        f'<div id="wrap"><div id="left"><h1>{escape(told.headline)}</h1>{text}</div>'
        f'<div id="sidebar"><h2>From the archive: the moon garden</h2>{story}</div></div>',
    )


def long_column(told: Told) -> str:
    """A second column that is longer than the report and that no name gives away."""
    story = "".join(f"<p>{p}</p>" for p in LONG_STORY)
    return page(
        told,
        f"<table><tr><td><h1>{escape(told.headline)}</h1>{''.join(paragraphs(told))}</td><td><h3>Weekend</h3>{story}</td></tr></table>",
    )


def print_version(told: Told) -> str:
    text = "".join(f"<p>{p}</p>" for p in plain_paragraphs(told))
    return page(
        told,
        f"<p>Norland Times Online</p><hr><h1>{escape(told.headline)}</h1>{text}<hr><p><small>This article is from "
        '<a href="https://times.example/1">https://times.example/1</a></small></p><script>window.print()</script>',
    )


def frame_content(told: Told) -> str:
    text = "\n".join(
        f'<p class="MsoNormal"><span style="font-size:11pt">{p}<o:p></o:p></span></p>' for p in plain_paragraphs(told)
    )
    return f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>{escape(told.headline)}</title></head><body><div class="WordSection1"><h1>{escape(told.headline)}</h1>{text}</div></body></html>'


def form_around_all(told: Told) -> str:
    """Pages of application servers lie in one form."""
    return page(
        told,
        f'<form id="aspnetForm" action="x.aspx"><input type="hidden" name="__VIEWSTATE" value="{"A" * 3000}"><ul>{NAV}</ul><div id="ctl00_c">'
        f'<h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div><div id="ctl00_r"><ul>{teasers(count=3)}</ul></div></form>',
    )


def government(told: Told) -> str:
    return page(
        told,
        f'<div id="skip"><a href="#c">Skip to content</a></div><div class="gov-bar">An official site of the Kingdom of Norland</div>'
        f'<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/press">Press releases</a></div><div id="c"><div class="press-release">'
        f'<p class="date">17 April 2024</p><h1>{escape(told.headline)}</h1>{"".join(paragraphs(told))}</div>'
        '<div class="contact"><h4>Contact</h4><p>Press office, Quay 4, Harn</p></div></div><div class="footer">Imprint</div>',
        site="Ministry of Trade",
    )


def data_table(told: Told) -> str:
    rows = [p for p in told.paragraphs if " | " in p]
    at = told.paragraphs.index(rows[0])
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row.split(" | ")) + "</tr>" for row in rows)
    first = "".join(f"<p>{escape(p)}</p>" for p in told.paragraphs[:at])
    last = "".join(f"<p>{escape(p)}</p>" for p in told.paragraphs[at + len(rows) :])
    return page(
        told,
        f"<ul>{NAV}</ul><div><h1>{escape(told.headline)}</h1>{first}<table border=1>{table}</table>{last}</div>",
    )


def pages() -> list[Page]:
    made = [
        (three_columns, BORDER), (nested_tables, STRIKE), (broken_lines, BORDER), (broken_lines_in_font, STRIKE), (unclosed, BUDGET),
        (unclosed_fonts, BORDER), (upper_case, STRIKE), (long_sidebar, STRIKE), (long_column, STRIKE), (print_version, BRIEF),
        (frame_content, BUDGET), (form_around_all, BORDER), (government, RELEASE), (data_table, TABLE),
    ]  # fmt: skip
    return [Page(make.__name__, make(told), told.headline, told.gold) for make, told in made]
