"""What a user's codebook finds in sentences: patterns first, then likeness, with counter-examples, parents and arguments."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.coding.books import coder, kind, readings

from communique.coding.codings import BookCoder, Found
from communique.coding.userbook import load_userbook
from communique.types.reading import Reading

BOOK = Path(__file__).parents[2] / "examples/pressure.codebook.yaml"
REPORTS = {
    "closed": "Freedonia has shut its frontier with Sylvania.",
    "likely": "Attackers broke into the computers of the tax ministry.",
    "other": "The shop closed its doors after forty years.",
    "twice": "Freedonia closed its border and Sylvania sealed the frontier too.",
    "nested": "Freedonia carried out a cyberattack on the bank.",
}


@pytest.fixture(scope="module")
def read() -> dict[str, Reading]:
    book = load_userbook(BOOK)
    return readings([*REPORTS.values(), *(s.text for k in book.types.values() for s in k.sentences())])


@pytest.fixture(scope="module")
def book(read: dict[str, Reading]) -> BookCoder:
    return BookCoder(load_userbook(BOOK), read)


def found(book: BookCoder, read: dict[str, Reading], name: str) -> list[tuple[str, str]]:
    return [(f.kind.name, f.by) for f in book.find(read[REPORTS[name]])]


def words(reading: Reading, one: Found, role: str) -> list[str]:
    return [reading.tokens[i].text for i in one.match.filled.get(role, ())]


def test_patterns_come_first(book: BookCoder, read: dict[str, Reading]) -> None:
    (one,) = book.find(read[REPORTS["closed"]])
    assert (one.kind.name, one.by, one.score) == ("BORDER_CLOSURE", "pattern", 0.9)
    assert one.why == "the pattern of verbs close, shut, seal, block"
    reading = read[REPORTS["closed"]]
    assert (words(reading, one, "actor"), words(reading, one, "recipient")) == (["Freedonia"], ["Sylvania"])


def test_likeness_names_the_nearest_example(book: BookCoder, read: dict[str, Reading]) -> None:
    (one,) = book.find(read[REPORTS["likely"]])
    assert (one.kind.name, one.by) == ("CYBER_ATTACK", "likeness") and 0.6 <= one.score <= 1
    assert one.why.startswith("like “Hackers from Westland broke into the ministry's servers.” (0.")


def test_a_word_alone_is_not_enough(book: BookCoder, read: dict[str, Reading]) -> None:
    assert found(book, read, "other") == []


def test_two_acts_of_a_type_are_two_and_nested_words_one(book: BookCoder, read: dict[str, Reading]) -> None:
    assert [k for k, _ in found(book, read, "twice")] == ["BORDER_CLOSURE", "BORDER_CLOSURE"]
    assert found(book, read, "nested") == [("CYBER_ATTACK", "pattern")]


def test_without_vectors_patterns_alone_are_matched(book: BookCoder) -> None:
    plain = readings([*REPORTS.values(), *(s.text for k in book.kinds for s in k.sentences())], vectors=False)
    bare = BookCoder(book.book, plain)
    assert found(bare, plain, "closed") == [("BORDER_CLOSURE", "pattern")]
    assert found(bare, plain, "likely") == []


MEETING = ["[Norland|b] [swapped|t] prisoners with [Chad|b].", "The army [exchanged|t] captives with the rebels."]
TEXT = "Peru swapped jailed spies with Chile."
AGAINST = "Peru [swapped|t] jailed spies with Bolivia."


def test_a_counterexample_takes_away_what_is_nearer_to_it() -> None:
    read = readings([*MEETING, TEXT, AGAINST])
    (one,) = coder([kind("SWAP", MEETING)], read).find(read[TEXT])
    assert coder([kind("SWAP", MEETING, [AGAINST])], read).find(read[TEXT]) == ()
    assert words(read[TEXT], one, "actor") == words(read[TEXT], one, "recipient") == ["Peru", "Chile"]  # learned from |b]


def test_a_parent_asks_for_the_networks_consent() -> None:
    read = readings([*MEETING, TEXT])
    taken = [p for p in ("COOPERATE", "PROTEST") if coder([kind("SWAP", MEETING, parent=p)], read).find(read[TEXT])]
    assert taken == ["COOPERATE"]
