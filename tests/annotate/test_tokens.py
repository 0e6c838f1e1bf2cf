"""Words as the English treebanks of Universal Dependencies have them."""

from __future__ import annotations

import pytest

from communique.annotate.tokens import english

NLP = english()


def words(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


def test_runs_of_a_mark_are_one_word() -> None:
    """As Universal Dependencies has them; single marks are words of their own."""
    assert words("Really?! No -- never!! (So?)") == ["Really", "?!", "No", "--", "never", "!!", "(", "So", "?", ")"]
    assert words("==== end--of it ...") == ["====", "end", "--", "of", "it", "..."]
    assert words("It cost $5. A well-known C++ book") == [*"It cost $ 5 . A well - known C++ book".split()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("re-elected non-EU Anti-war mid-2003 ex-mayor", "re-elected non-EU Anti-war mid-2003 ex-mayor"),
        ("half-hearted 10-year-old", "half - hearted 10 - year - old"),
        ("F-16 COVID-19 Su-35", "F-16 COVID-19 Su-35"),
        ("him and/or her", "him and / or her"),
        ("713-555-0123 555-0123 2001-09-11 1990s 70's", "713-555-0123 555-0123 2001-09-11 1990s 70's"),
        ("200-1000 2003-2004 $10-$20", "200 - 1000 2003 - 2004 $ 10 - $ 20"),
        ("at 7:30PM", "at 7:30 PM"),
        ("#election", "#election"),
        ("DON'T YOU'LL I'm", "DO N'T YOU 'LL I 'm"),
        ("Wanna go alot", "Wan na go a lot"),
        ("Ft. Hood", "Ft. Hood"),
        ("gone?why report(s)", "gone ? why report ( s )"),
        ("www.example.org/a-b?c=d", "www.example.org/a-b?c=d"),
    ],
)
def test_words_of_the_treebanks(text: str, wanted: str) -> None:
    assert words(text) == wanted.split()
