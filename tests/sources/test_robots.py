"""robots.txt, by the rules of RFC 9309."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.web.robots import NOTHING, Rules, read_rules


def rules(text: str) -> Rules:
    return read_rules(text, "Communique")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/", "/a", True),
        ("/news", "/newsroom", True),
        ("/news/", "/news", False),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/*.pdf", "/a/b.pdf?x", True),
        ("/a*b*c", "/axbxc", True),
        ("/a*b*c", "/axcxb", False),
        ("/a*a$", "/a", False),
        ("/a$", "/ab", False),
        ("/*?id=", "/read?id=4", True),
        ("/%7Eana", "/~ana", True),
        ("/ä", "/%C3%A4", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%2fb", "/a/b", False),
        ("/%2A", "/*", True),
    ],
)
def test_patterns(pattern, path, fits):
    assert rules(f"User-agent: *\nDisallow: {pattern}").allows(path) is not fits


def test_the_longest_pattern_decides_and_allow_between_equals():
    found = rules("User-agent: *\nDisallow: /\nAllow: /open\nDisallow: /open/not\nAllow: /both\nDisallow: /both")
    assert [found.allows(p) for p in ("/", "/open", "/open/not", "/both")] == [False, True, False, True]


def test_own_groups_go_before_everyone_s_and_are_joined():
    text = (
        "User-agent: other\nUser-agent: COMMUNIQUE/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n"
        "User-agent: communique\nDisallow: /b # and no more\nCrawl-delay: 2.5\n"
    )
    found = rules(text)
    assert [found.allows(p) for p in ("/a", "/b", "/c")] == [False, False, True]
    assert found.delay == 2.5


def test_an_own_group_without_rules_allows_everything():
    assert rules("User-agent: Communique\nDisallow:\nUser-agent: *\nDisallow: /").allows("/a")


@pytest.mark.parametrize(
    "text", ["", "\ufeff\r\n# nothing\r", "Disallow: /", "<html>no rules</html>", "User-agent: other\nDisallow: /"]
)
def test_what_does_not_concern_us_forbids_nothing(text):
    assert rules(text) == Rules()


def test_mark_and_line_ends_of_every_kind():
    assert not rules("\ufeffUSER-AGENT : *\rdisallow : /a\r\nSitemap: x").allows("/a")


@pytest.mark.parametrize("value", ["soon", "-1", "1e9", "inf", "nan", ""])
def test_a_delay_that_is_none_is_passed_over(value):
    assert rules(f"User-agent: *\nCrawl-delay: {value}").delay is None


def test_nothing_is_nothing_but_robots_txt_itself():
    assert not NOTHING.allows("/")
    assert NOTHING.allows("/robots.txt")


def test_many_stars_take_no_time():
    found = rules("User-agent: *\nDisallow: /" + "*a" * 5000 + "b$")
    begun = time.perf_counter()
    assert found.allows("/" + "a" * 60000)
    assert time.perf_counter() - begun < 1


@given(st.text(), st.text())
def test_any_text_gives_rules(text, path):
    assert rules(text).allows(path) in {True, False}
