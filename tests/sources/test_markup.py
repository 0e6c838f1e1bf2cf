"""From markup to paragraphs: blocks, lists, tables and breaks; without recursion, scripts and frames."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.markup import from_html, from_plain, is_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One\n two</p>three<p>four</p>", ["One two", "three", "four"]),
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("<p>One<br/><br/>two</p>", ["One", "two"]),
        ("<div>One<div>two</div>three</div>", ["One", "two", "three"]),
        ("<ul><li>One</li><li><p>two</p><p>three</p></li></ul>four", ["- One", "- two", "three", "four"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr><tr><td></td><td>d</td></tr></table>e", ["a b\tc\nd", "e"]),
        ("<pre>one\n  two</pre>", ["one\ntwo"]),
        ("<p>a<script>x()</script><b>b</b>&nbsp;&amp; c<!-- d --> e</p>", ["ab & c e"]),
        ("<figure><img src=x><figcaption>Cap</figcaption></figure>", ["Cap"]),
        ("<o:p>One</o:p> two", ["One two"]),
        ("&lt;p&gt;", ["<p>"]),
        ("", []),
        ("<p> </p>", []),
        ("<td>a</td>", ["a"]),
    ],
)
def test_html(text, expected):
    assert from_html(text, "x") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\r\nb \r\n\r\n\r\nc", ["a\nb", "c"]), ("  a\n \t\nb", ["a", "b"]), ("\n\n", []), ("1 < 2 & 3 > 2", ["1 < 2 & 3 > 2"])],
)
def test_plain_text(text, expected):
    assert from_plain(text) == expected


@pytest.mark.parametrize(("text", "answer"), [("<p>a", True), ("a&amp;b", True), ("1 < 2 > 0", False), ("AT&T; x", False)])
def test_what_is_markup(text, answer):
    assert is_markup(text) is answer


def test_deep_markup_ends():
    assert "".join(from_html("<div>" * 50_000 + "end", "x")) in {"", "end"}


def test_too_many_marks_are_refused():
    with pytest.raises(InputError, match="x: one report with more than"):
        from_html("<b>" * 1_100_000, "x")


@given(st.text(st.sampled_from("<>/&;ab \n\t\0\ud800pdivtrlbre=\"'!-"), max_size=80))
def test_any_string_gives_paragraphs_without_loose_ends(text):
    for paragraph in from_html(text, "x") + from_plain(text):
        assert paragraph and paragraph == paragraph.strip() and "\n\n" not in paragraph
