"""Expressions of time are found, and resolved against the date of publication without guessing."""

from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.resolve.times import calendar
from communique.resolve.times.grammar import load_grammar
from communique.resolve.times.guards import GUARDS
from communique.resolve.times.makers import MAKERS
from communique.resolve.times.resolver import TimeResolver, find_times
from communique.resolve.times.tense import Tenses, direction_of_words, direction_told, load_cues, sentences
from communique.types.analysis import Analysis, Failed
from communique.types.reading import Reading, Sentence, Token
from communique.types.text import Document, Interval, Passage, Published, Span

GRAMMAR = load_grammar()
WEDNESDAY = date(2024, 5, 15)


def one_day(day: date = WEDNESDAY) -> Interval:
    return Interval(day, day + timedelta(days=1))


def days(start: str, end: str) -> Interval:
    return Interval(date.fromisoformat(start), date.fromisoformat(end))


def told(text: str, published: Interval | None = None) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.timex) for t in find_times(text, published or one_day())]


@pytest.mark.parametrize("rule", GRAMMAR.rules, ids=lambda r: r.name)
def test_each_rule_reads_its_example(rule):
    sentence, expression, value = rule.example
    assert (expression, value) in told(sentence, one_day(GRAMMAR.published))


def test_rules_and_functions_belong_together():
    assert {r.make for r in GRAMMAR.rules} == set(MAKERS)
    assert {r.guard for r in GRAMMAR.rules if r.guard} == set(GUARDS)


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        # weekdays by the tense of the clause; the day of publication itself on the same weekday
        ("The two sides met on Thursday.", "2024-05-09", days("2024-05-09", "2024-05-10")),
        ("On Thursday, the king will go abroad.", "2024-05-16", days("2024-05-16", "2024-05-17")),
        ("The ministry said on Wednesday that it had paid.", "2024-05-15", days("2024-05-15", "2024-05-16")),
        ("The cabinet will meet on Wednesday.", "2024-05-15", days("2024-05-15", "2024-05-16")),
        ("They parted last Wednesday.", "2024-05-08", days("2024-05-08", "2024-05-09")),
        ("They meet next Wednesday.", "2024-05-22", days("2024-05-22", "2024-05-23")),
        ("They parted on Monday last week.", "2024-05-06", days("2024-05-06", "2024-05-07")),
        # months
        ("In May, the two sides agreed on a truce.", "2024-05", days("2024-05-01", "2024-06-01")),
        ("In June, the two sides agreed on a truce.", "2023-06", days("2023-06-01", "2023-07-01")),
        ("The accord will expire in April.", "2025-04", days("2025-04-01", "2025-05-01")),
        ("The envoy fell ill late last month.", "2024-04", days("2024-04-21", "2024-05-01")),
        ("The bridge was closed in mid-February.", "2024-02", days("2024-02-11", "2024-02-21")),
        # dates without a year, where the nearest is meant even if the tense is not plain
        ("The ban was to end on May 20.", "2024-05-20", days("2024-05-20", "2024-05-21")),
        ("A court freed him on December 28.", "2023-12-28", days("2023-12-28", "2023-12-29")),
        # periods
        ("It rained in early 2019.", "2019", days("2019-01-01", "2019-05-02")),
        ("It rained in the 1990s.", "199", days("1990-01-01", "2000-01-01")),
        ("It rained this week.", "2024-W20", days("2024-05-13", "2024-05-20")),
        ("It rained in the past two weeks.", "P2W", days("2024-05-01", "2024-05-16")),
        ("It rained two days ago.", "2024-05-13", days("2024-05-13", "2024-05-14")),
        ("It rained in the winter of 2014.", "2014-WI", days("2014-12-01", "2015-03-01")),
        ("It rained from 3 to 5 March 2020.", "2020-03-03/2020-03-05", days("2020-03-03", "2020-03-06")),
        ("It rained for six years.", "P6Y", None),
        ("It rained two and a half years ago.", "2021", days("2021-01-01", "2022-01-01")),
    ],
)
def test_a_day_of_publication_resolves(text, value, interval):
    found = find_times(text, one_day())
    assert (found[-1].timex, found[-1].interval) == (value, interval)


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("They met on Thursday.", "XXXX-WXX-4", None),
        ("They met yesterday.", "XXXX-XX-XX", None),
        ("They met last week.", "XXXX-WXX", None),
        ("The envoy fell ill late last month.", "2024-04", days("2024-04-21", "2024-05-01")),
        ("In March, the two sides agreed on a truce.", "2024-03", days("2024-03-01", "2024-04-01")),
        ("They met last year.", "2023", days("2023-01-01", "2024-01-01")),
        ("They met on 4 May.", "2024-05-04", days("2024-05-04", "2024-05-05")),
    ],
)
def test_a_month_of_publication_resolves_only_what_it_settles(text, value, interval):
    (found,) = find_times(text, days("2024-05-01", "2024-06-01"))
    assert (found.timex, found.interval) == (value, interval)


def test_a_month_is_not_told_by_a_publication_on_both_sides_of_it():
    (found,) = find_times("In March, the two sides agreed on a truce.", days("2024-02-01", "2024-04-01"))
    assert (found.timex, found.interval) == ("XXXX-03", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Thursday", "XXXX-WXX-4"),
        ("last month", "XXXX-XX"),
        ("in March", "XXXX-03"),
        ("on 16 May", "XXXX-05-16"),
        ("tonight", "XXXX-XX-XXTNI"),
    ],
)
def test_without_a_publication_relative_times_stay_relative(text, value):
    (found,) = find_times(f"They met {text}.")
    assert (found.timex, found.interval) == (value, None)


@pytest.mark.parametrize(
    "text",
    ["May 16, 2019", "16 May 2019", "2019-05-16", "16/5/2019", "5/16/2019", "Thursday, May 16, 2019", "the 16th of May, 2019"],
)
def test_full_dates_need_no_publication(text):
    (found,) = find_times(f"They met on {text}.")
    assert (found.span.of(f"They met on {text}."), found.timex, found.interval) == (
        text,
        "2019-05-16",
        days("2019-05-16", "2019-05-17"),
    )


def test_a_day_that_no_calendar_has_is_no_time():
    assert told("It rained on 30 February 2020.") == []


def test_the_story_anchors_what_follows():
    text = "They met on 2 May 2019. The next day they quarrelled. A week later they parted. It began a few days before the war."
    assert told(text) == [
        ("2 May 2019", "2019-05-02"),
        ("The next day", "2019-05-03"),
        ("A week later", "2019-05-10"),
        ("a few days", "PXD"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs May will go to Paris, said the aide.",
        "They may march on the capital.",
        "Some 2000 troops crossed the river.",
        "The fall of the city was near.",
        "The Sunday Herald wrote so.",
        "Fans remember Black Monday.",
        "It lost 3:2.",
        "He paid $1990 for it.",
        "The China Daily wrote so.",
        "The 16th president of the club spoke.",
    ],
)
def test_words_that_only_look_like_times(text):
    assert told(text) == []


def test_an_evening_has_its_part_of_day():
    (found,) = find_times("They will talk on Thursday evening.", one_day())
    assert (found.part_of_day, found.kind, found.precision) == ("evening", "time", "day")


def test_a_set_and_a_duration_have_their_kinds():
    found = find_times("They met every Friday for three hours.", one_day())
    assert [(t.kind, t.timex) for t in found] == [("set", "XXXX-WXX-5"), ("duration", "PT3H")]


def analysis_of(text: str, *spans: Span, reading: Reading | None = None) -> Analysis:
    document = Document("d", "t", "s", text, published=Published(one_day(), "given"))
    return Analysis(document, (Passage(spans or (Span(0, len(text)),)),), reading)


def test_an_expression_is_read_across_a_line_break_but_not_across_dropped_words():
    text = "They met on May\n16, 2019."
    (result,) = TimeResolver()([analysis_of(text, Span(0, 15), Span(16, len(text)))])
    assert [(t.span.of(text), t.timex) for t in result.times] == [("May\n16, 2019", "2019-05-16")]
    text = "They met on May\nBuy now!\n16, 2019."
    (result,) = TimeResolver()([analysis_of(text, Span(0, 15), Span(25, len(text)))])
    assert all("Buy" not in t.span.of(text) for t in result.times)


def test_only_passages_are_read():
    text = "Updated on Monday.\nThey met on Friday."
    (result,) = TimeResolver()([analysis_of(text, Span(19, len(text)))])
    assert [(t.id, t.span.of(text)) for t in result.times] == [("t1", "Friday")]


def test_failures_pass_and_a_broken_report_fails_alone():
    failed = Failed("a.txt", "clean", ValueError("x"))
    broken = Analysis(Document("d", "t", "b.txt", None), (Passage((Span(0, 1),)),))  # type: ignore[arg-type]
    first, second = TimeResolver()([failed, broken])
    assert first is failed
    assert isinstance(second, Failed) and second.stage == "times"


def reading_of(*rows: tuple[str, str, str, str, int, str]) -> tuple[str, Reading]:
    """Text and reading of one sentence from rows of word, lemma, part of speech, tag, head, relation."""
    tokens, position = [], 0
    for index, (word, lemma, upos, xpos, head, dep) in enumerate(rows):
        feats = {"VBD": "Tense=Past", "VB": "VerbForm=Inf"}.get(xpos, "_")
        tokens.append(Token(index, position, position + len(word), word, lemma, upos, xpos, feats, head, dep, 0))
        position += len(word) + 1
    return " ".join(row[0] for row in rows), Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),))


def test_the_governing_verb_outweighs_nearer_words():
    text, reading = reading_of(
        ("Lind", "Lind", "PROPN", "NNP", 4, "nsubj"),
        ("will", "will", "AUX", "MD", 4, "aux"),
        ("on", "on", "ADP", "IN", 3, "case"),
        ("Friday", "Friday", "PROPN", "NNP", 4, "obl"),
        ("join", "join", "VERB", "VB", 4, "root"),
        ("rebels", "rebel", "NOUN", "NNS", 4, "obj"),
        ("jailed", "jail", "VERB", "VBN", 5, "acl"),
    )
    friday = Span(text.index("Friday"), text.index("Friday") + 6)
    assert Tenses(reading).direction(friday) == "future"
    (result,) = TimeResolver()([analysis_of(text, reading=reading)])
    assert [t.timex for t in result.times] == ["2024-05-17"]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ([("met", "meet", "VERB", "VBD")], "past"),
        ([("has", "have", "AUX", "VBZ"), ("met", "meet", "VERB", "VBN")], "past"),
        ([("would", "would", "AUX", "MD"), ("meet", "meet", "VERB", "VB")], "future"),
        ([("meets", "meet", "VERB", "VBZ")], "future"),
        ([("says", "say", "VERB", "VBZ")], "past"),
        ([("to", "to", "PART", "TO"), ("meet", "meet", "VERB", "VB")], "future"),
    ],
)
def test_directions_of_predicates(verb, expected):
    last = len(verb)
    helpers = [(*word, last, "mark" if word[2] == "PART" else "aux") for word in verb[:-1]]
    rows = [
        ("She", "she", "PRON", "PRP", last, "nsubj"),
        *helpers,
        (*verb[-1], last, "root"),
        ("Friday", "Friday", "PROPN", "NNP", last, "obl:tmod"),
    ]
    text, reading = reading_of(*rows)
    assert Tenses(reading).direction(Span(text.index("Friday"), len(text))) == expected


@pytest.mark.parametrize(("text", "expected"), [*load_cues().examples, ("A storm on Friday", None)])
def test_directions_from_words_alone(text, expected):
    start = text.index("Friday")
    assert direction_of_words(text, Span(start, start + 6)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is his first trip since war broke out on Friday.", "past"),
        ("The judge has set a hearing for Friday.", "future"),
        ("A strike was called by the union for Friday.", "future"),
        ("The court has ruled, since then, on Friday.", None),
        ("They paid for the hall on Friday.", None),
    ],
)
def test_directions_told_right_before(text, expected):
    assert direction_told(text, text.index("Friday")) == expected


def test_sentences_do_not_end_at_abbreviations():
    text = "Gen. Lind came on Jan. 3. He left."
    assert [s.of(text).strip() for s in sentences(text)] == ["Gen. Lind came on Jan. 3.", "He left."]


PIECES = st.lists(
    st.sampled_from(
        [
            *GRAMMAR.words,
            "x",
            ",",
            ".",
            "-",
            "'s",
            "2019",
            "16",
            "3:30",
            "1990s",
            "16th",
            "99",
            "0500",
            "1,200",
            "2019-05-16",
            "9/11/2001",
            "\n",
            "’",
        ]
    ),
    max_size=14,
)


@given(PIECES, st.sampled_from([None, one_day(), days("2024-05-01", "2024-06-01"), one_day(date(2024, 2, 29))]))
def test_any_words_give_ordered_spans_and_sound_intervals(pieces, published):
    text = " ".join(pieces)
    found = find_times(text, published)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for time in found:
        assert 0 <= time.span.start < time.span.end <= len(text)
        assert time.span.of(text).strip() == time.span.of(text)
        assert time.timex
        assert time.interval is None or time.interval.start < time.interval.end


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    assert all(t.span.of(text) for t in find_times(text, one_day()))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from("DWMQYEC"))
def test_a_unit_holds_its_day_and_borders_on_the_next(day, unit):
    interval = calendar.unit_interval(day, unit)
    assert interval.start <= day < interval.end
    assert calendar.unit_interval(day, unit, 1).start == interval.end
    assert calendar.unit_interval(day, unit, -1).end == interval.start


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 7))
def test_weekdays_lie_within_a_week(day, weekday):
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday - 1]
    (past,) = find_times(f"They met on {name}.", one_day(day))
    (future,) = find_times(f"They will meet on {name}.", one_day(day))
    assert past.interval.start <= day <= future.interval.start
    assert past.interval.start.isoweekday() == future.interval.start.isoweekday() == weekday
    assert (future.interval.start - past.interval.start).days in (0, 7)


def test_the_end_of_the_calendar_is_no_error():
    assert [t.timex for t in find_times("It will last a thousand years, until 9 May 2199.", one_day())] == [
        "P1000Y",
        "2199-05-09",
    ]
    assert calendar.shift(date(2024, 1, 31), "M", 1) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="outside"):
        calendar.month_start(9999, 1)


@pytest.mark.parametrize(
    "unit",
    [
        "May 3 ",
        "On Monday in May he said he may go. ",
        "1990s ",
        "a b ",
        "Two days after the raid of 3 May 2014. ",
        "the tenth anniversary of the raid ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit):
    def seconds(text):
        started = process_time()
        find_times(text, one_day())
        return process_time() - started

    short, long = (min(seconds(unit * (size // len(unit))) for _ in range(2)) for size in (2_000, 16_000))
    assert long < 30 * short + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "It was the first visit in two years.",
        "They suffered the deadliest attack in two years.",
        "He won for the third time in two years.",
    ],
)
def test_how_long_it_has_been_is_no_time_ahead(text: str) -> None:
    (found,) = find_times(text, Interval(date(2024, 5, 15), date(2024, 5, 16)))
    assert (found.kind, found.timex, found.interval) == ("duration", "P2Y", None)
