"""Who is named as what, how long things have had their names, and what month that makes it."""

from datetime import date
from itertools import pairwise

import pytest

from communique.ontology.entries import Entry, Name, Office
from communique.ontology.world import load_world
from communique.resolve.publication.clues import load_sayings, read_sentences
from communique.resolve.publication.dater import PublicationDater, infer
from communique.resolve.publication.elections import load_elections
from communique.resolve.publication.hints import hints, load_births, load_resolutions
from communique.resolve.publication.meetings import load_series
from communique.resolve.publication.people import people_named
from communique.resolve.publication.weights import Curve, Hint, first_day, likeliest, month_of, prior_of, telling, weigh
from communique.types.analysis import Analysis
from communique.types.text import Document, Passage, Published, Span


class FewOffices:
    """A world that knows the titles of the world and three holders of office."""

    def __init__(self) -> None:
        ada, bo, cy = (Entry(f"person:{n}", f"{n.title()} Lind", "person", "NRL") for n in ("ada", "bo", "cy"))
        self._people = (ada, bo, cy)
        self._terms = {
            ada.id: (
                Office(ada, "President", "NRL", date(2003, 1, 1), date(2007, 1, 1), "test"),
                Office(ada, "Mayor", "NRL", date(1990, 1, 1), date(1994, 1, 1), "test"),
            ),
            bo.id: (Office(bo, "Foreign Minister", "NRL", date(2006, 3, 1), date(2012, 1, 1), "test"),),
            cy.id: (Office(cy, "President", "NRL", date(2007, 1, 1), None, "test"),),
        }

    def title(self, words):
        return load_world().title(words)

    def names(self, text):
        text = text.removesuffix("'s")
        whole = [Name(e.name, "name", e) for e in self._people if e.name == text]
        return tuple(whole or [Name("Lind", "surname", e) for e in self._people if text == "Lind"])

    def terms_of(self, person):
        return self._terms[person]


WORLD = FewOffices()


def analysis_of(text: str) -> Analysis:
    passages, position = [], 0
    for line in text.split("\n"):
        passages.append(Passage((Span(position, position + len(line)),)))
        position += len(line) + 1
    return Analysis(Document("d", "t", "s", text), tuple(passages))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norland's President Ada Lind flew home.", [("ada", "holder", 1)]),
        ("Talks with foreign minister Bo Lind went on.", [("bo", "holder", 1)]),
        ("Ada Lind, Norland's president, flew home.", [("ada", "holder", 1)]),
        ("Bo Lind, the former foreign minister, flew home.", [("bo", "former", 1)]),
        ("Former President Ada Lind flew home.", [("ada", "former", 1)]),
        ("The ex-President Ada Lind flew home.", [("ada", "former", 1)]),
        ("President-elect Ada Lind flew home.", [("ada", "elect", 1)]),
        ("The newly elected President Cy Lind flew home.", [("cy", "new", 1)]),
        ("The former U.N. foreign minister Bo Lind flew home.", [("bo", "former", 1)]),
        ("The former mayor and President Ada Lind flew home.", [("ada", "holder", 1)]),
        ("New Norland President Ada Lind flew home.", [("ada", "holder", 1)]),
        ("That was so under President Ada Lind.", [("ada", "dated", 1)]),
        ("Deputy Foreign Minister Bo Lind flew home.", [("bo", "bare", 1)]),
        ("Outgoing President Ada Lind met President Cy Lind.", [("ada", "outgoing", 1), ("cy", "holder", 1)]),
        ("Ada Lind flew home.", [("ada", "bare", 2)]),
        ("President Lind flew home.", [("ada|person:bo|person:cy", "holder", 2)]),
        ("Executive Vice President Ada Lind flew home.", [("ada", "bare", 2)]),
        ("Lind flew home.", []),
        ("President Di Noor flew home.", []),
    ],
)
def test_people_are_named_with_their_office(sentence, expected):
    found = list(people_named(sentence, WORLD, load_sayings().uses))
    assert [(n.person.removeprefix("person:"), n.use, len(n.terms)) for n in found] == expected
    assert all("Lind" in n.span.of(sentence) for n in found)


def dated(text: str) -> Published:
    return infer(analysis_of(text), WORLD)


def test_terms_of_two_people_narrow_each_other():
    published = dated("President Ada Lind met foreign minister Bo Lind.\nThe two will meet again.")
    assert published.origin == "inferred" and published.interval is not None
    assert date(2006, 1, 1) <= published.interval.start <= date(2006, 4, 1)
    assert date(2006, 12, 1) <= published.interval.end <= date(2008, 1, 1)
    assert len(published.evidence) == 2


def test_a_sentence_with_its_own_date_may_look_back():
    text = "President Cy Lind met foreign minister Bo Lind.\nIn 2004 President Ada Lind had signed a truce."
    published = dated(text)
    assert published.interval is not None
    assert date(2006, 9, 1) <= published.interval.start <= date(2007, 2, 1)


def test_years_alone_are_no_date():
    assert dated("The strait was closed in May 2004.\nIt had been opened in 2003.") == Published()


def test_one_long_term_alone_is_too_wide():
    assert dated("Foreign minister Bo Lind flew home.") == Published()


def test_what_does_not_fit_together_stays_unknown():
    text = "President Ada Lind spoke.\nPresident Cy Lind spoke.\nFormer President Cy Lind spoke.\nThe war will end by 1970."
    assert dated(text) == Published()


def hint_of(text: str, name: str, world=WORLD) -> Hint:
    (found,) = [h for h in hints(read_sentences(analysis_of(text)), world, text) if h.name == name]
    return found


def test_an_age_tells_the_year_of_life():
    hint = hint_of("The 71-year-old Vladimir Putin spoke.", "age", load_world())
    likely = [first_day(i) for i in range(len(hint.weights)) if hint.weights[i] == 0]
    assert (likely[0], likely[-1]) == (date(2023, 10, 1), date(2024, 10, 1))


def test_a_name_is_no_older_than_the_thing():
    hint = hint_of("The ministers praised the Lisbon Treaty and went home.", "heard")
    assert first_day(int((hint.weights == 0).argmax())) == date(2007, 10, 1)
    assert not hints(read_sentences(analysis_of("A Lisbon Treatyx.")), WORLD, "A Lisbon Treatyx.")


def test_a_resolution_is_of_its_year():
    hint = hint_of("The UN recalled resolution 1701 and resolution 242.", "resolution")
    assert first_day(int((hint.weights == 0).argmax())) == date(2006, 1, 1)


def test_an_age_behind_a_family_name_is_that_of_whom_the_report_names_in_full():
    hint = hint_of("Nicolas Maduro met miners. Maduro, 62, thanked them.", "age", load_world())
    assert first_day(int((hint.weights == hint.weights.max()).argmax())) == date(2024, 11, 1)
    told = read_sentences(analysis_of("Maduro, 62, left."))
    assert not any(h.name == "age" for h in hints(told, load_world(), "Maduro, 62, left."))


def test_a_month_with_its_year_is_mostly_of_the_year_before():
    hint = hint_of("The harbour was closed in June 2007 by the army.", "past month")
    best = first_day(int(hint.weights.argmax()))
    assert date(2007, 6, 1) < best < date(2009, 6, 1)


@pytest.mark.parametrize("turn", load_sayings().turns)
def test_each_turn_finds_its_example(turn):
    assert load_sayings().turns[turn].search(load_sayings().examples[turn])


def test_tables_are_whole():
    numbers, years = load_resolutions()
    assert all(a < b for a, b in pairwise(numbers)) and all(a < b for a, b in pairwise(years))
    assert len(load_births(load_world())) > 200


def test_weights_step_away_from_a_stretch():
    weights = weigh(Curve(((2, -1.0), (9999, -3.0)), ((1, -2.0), (9999, -4.0)), 0.5), [(100, 103)])
    assert weights[97:106].tolist() == [-3.0, -1.0, -1.0, 0.5, 0.5, 0.5, -2.0, -4.0, -4.0]


def test_the_shortest_stretch_holds_the_mass():
    inside = weigh(Curve(((9999, -9.0),), ((9999, -9.0),)), [(700, 712)])
    flat = prior_of(date(2026, 1, 1), 0.1, 1.0, 1990)
    stretch, fit = likeliest([Hint("x", inside, (Span(0, 1),))], flat, 0.9)
    assert 700 <= stretch[0] < stretch[1] <= 712 and stretch[1] - stretch[0] == 11
    assert fit == 0.0
    assert telling([Hint("x", inside, (Span(0, 1),))], stretch)
    assert month_of(first_day(700)) == 700


def test_texts_without_hints_have_no_date():
    (result,) = PublicationDater()([analysis_of("The boats came home and the sea was calm.")])
    assert result.document.published == Published()


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("Ministers prepared for the 34th G8 summit in the north.", date(2008, 1, 1), date(2009, 1, 1)),
        ("The allies met at the NATO summit in Riga on Tuesday.", date(2006, 11, 1), date(2006, 12, 1)),
        ("The bill was put to the 110th Congress again.", date(2007, 1, 1), None),
    ],
)
def test_a_meeting_by_number_or_place_tells_its_month(text, begin, end):
    hint = hint_of(text, "meeting")
    assert hint.weights[month_of(begin)] == 0 and hint.weights[month_of(begin) - 60] < -2
    assert end is None or hint.weights[month_of(end) + 60] < -2


def test_a_meeting_in_a_named_year_tells_nothing():
    text = "In 2006 the allies met at the NATO summit in Riga."
    assert not [h for h in hints(read_sentences(analysis_of(text)), WORLD, text) if h.name == "meeting"]


def test_an_election_at_hand_is_of_a_month_in_which_the_state_voted():
    hint = hint_of("Polling stations in Zimbabwe closed on Saturday.", "election", load_world())
    assert hint.weights[month_of(date(2008, 3, 1))] == hint.weights[month_of(date(2008, 6, 1))] == 0
    assert hint.weights[month_of(date(2010, 6, 1))] < -1


@pytest.mark.parametrize(
    "text",
    [
        "In 2008 polling stations in Zimbabwe closed early.",
        "Polling stations closed on Saturday.",
        "The election was a memory in Zimbabwe.",
    ],
)
def test_no_election_at_hand_tells_nothing(text):
    assert not [h for h in hints(read_sentences(analysis_of(text)), load_world(), text) if h.name == "election"]


def test_the_example_of_an_election_at_hand_is_found():
    assert load_sayings().at_hand.search(load_sayings().examples["at_hand"])


def test_tables_of_meetings_and_elections_are_whole():
    assert all(series.numbers or series.places or series.yearly for series in load_series())
    assert all(a < b for months in load_elections().values() for a, b in pairwise(months))
    assert set(load_elections()) <= set(load_world().states)
