"""Whole reports: what is dropped, what is read as one, and when it came out."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.clean.cleaner import Cleaner, clean
from communique.errors import InputError
from communique.sources.text import from_string
from communique.types.analysis import Analysis, Failed
from communique.types.text import Detail

BODY = [
    "The president of Dorva flew to Lagona on Monday to sign an accord on the waters of the Sarn.",
    "Lagona had asked for the talks in May, after its reservoirs ran dry and bread was rationed.",
    "“We will share what there is,” the president told reporters at the airport.",
    "The assembly will vote on the accord next week, and a majority is expected.",
]


def read(*lines: str, published: date | None = None, end: str = "\n") -> Analysis:
    return clean(Analysis(from_string(end.join(lines))), published)


def words(analysis: Analysis) -> list[str]:
    text = analysis.document.text
    return [" ".join(s.of(text) for s in p.spans) for p in analysis.passages]


def dropped(analysis: Analysis) -> list[str]:
    return [d.span.of(analysis.document.text) for d in analysis.document.dropped]


def test_frame_is_kept_aside():
    found = read(BODY[0], "Advertisement · Scroll down", BODY[1], "Read more: Dam holds", *BODY[2:], "© 2031 Tollen Post")
    assert dropped(found) == ["Advertisement · Scroll down", "Read more: Dam holds", "© 2031 Tollen Post"]
    assert words(found) == BODY
    assert [d.reason for d in found.document.dropped] == ["advertisement", "navigation", "boilerplate"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028"])
def test_lines_may_end_in_any_way(end):
    assert words(read(*BODY, end=end)) == BODY


def test_title_byline_date_and_dateline_are_told_apart():
    found = read("Dorva and Lagona sign water accord", "By Ines Okafor", "4 May 2010", "LAGONA (AFP) — " + BODY[0], *BODY[1:])
    document = found.document
    assert document.title == "Dorva and Lagona sign water accord"
    assert document.byline == ("Ines Okafor",)
    assert document.syndicated_from == ("Agence France-Presse",)
    assert (document.published.origin, document.published.interval.start) == ("dateline", date(2010, 5, 4))
    assert [s.of(document.text) for s in document.published.evidence] == ["4 May 2010"]
    assert not document.dropped
    assert [p.kind for p in found.passages] == ["headline", "body", "body", "body", "body"]
    assert words(found)[1] == BODY[0]


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Dorva and Lagona sign water accord", "LAGONA, Dorva, May 4, 2010"), date(2010, 5, 4)),
        (("Dorva and Lagona sign water accord", "Updated 4:15 PM GMT, May 4, 2010"), date(2010, 5, 4)),
        (("Dorva and Lagona sign water accord", "Source: Tollen Post   Editor: ines   2010-05-04 22:41:15"), date(2010, 5, 4)),
        (("Subject: Lagona weekly bulletin, 4 May 2010", "Dorva and Lagona sign water accord"), date(2010, 5, 4)),
        (("Date: Tue, 4 May 2010 10:12:00 +0000", "Subject: Dorva and Lagona sign water accord"), date(2010, 5, 4)),
    ],
)
def test_the_lines_at_the_top_tell_the_date(lines, day):
    found = read(*lines, *BODY)
    assert found.document.published.interval.start == day
    assert found.document.published.origin == "dateline"
    assert words(found)[-5:] == ["Dorva and Lagona sign water accord", *BODY]


@pytest.mark.parametrize("mark", ["UPDATE 2-", "WRAPUP 1-", "Subject: ", "EXCLUSIVE-"])
def test_a_mark_before_a_headline_is_no_part_of_it(mark):
    found = read(mark + "Dorva offers $40 billion accord deal on water", *BODY)
    assert words(found) == ["Dorva offers $40 billion accord deal on water", *BODY]
    assert (found.passages[0].kind, found.document.dropped) == ("headline", ())


@pytest.mark.parametrize(
    "line",
    [
        "US stocks also reacted badly to the accord; the main index fell 1.95% while shares in Sarn Power lost 2.04%.",
        "What is the part of the accord that you would show your readers if they asked you about it?",
    ],
)
def test_sentences_that_a_page_could_say_are_kept(line):
    assert words(read(*BODY[:2], "Interview", line, *BODY[2:]))[-3:-2] == [line]
    assert words(read(*BODY, line))[-1] == line


def test_long_report_text_in_which_a_speaker_says_we_is_kept():
    line = (
        "Dorva fully supports the campaign launched by the council on Monday. We will double the share of clean power "
        "and welcome that others support this plan with new offers."
    )
    assert words(read(*BODY[:2], line, *BODY[2:])) == [*BODY[:2], line, *BODY[2:]]


def test_given_date_goes_first():
    assert read("4 May 2010", *BODY, published=date(2011, 1, 2)).document.published.origin == "given"


def test_dateline_gives_the_date_only_with_its_year():
    assert read("LAGONA, May 4 (AFP) — " + BODY[0]).document.published.origin == "unknown"
    published = read("LAGONA, May 4, 2010 (AFP) — " + BODY[0]).document.published
    assert published.interval.start == date(2010, 5, 4)


@pytest.mark.parametrize(
    "lines",
    [
        ("The envoy said that the", "talks would go on."),
        ("The envoy left Lagona on Monday.", "partly because the talks had failed."),
        ("The envoy, who had come from Dorva,", "Lagona’s oldest ally, left on Monday."),
    ],
)
def test_a_sentence_cut_by_a_line_break_is_read_as_one(lines):
    assert words(read(BODY[0], *lines, BODY[3])) == [BODY[0], " ".join(lines), BODY[3]]


def test_a_sentence_cut_by_a_dropped_line_is_read_as_one():
    found = read(BODY[0], "The envoy said that the talks in", "Advertisement", "Lagona would go on for a week.", BODY[3])
    assert dropped(found) == ["Advertisement"]
    assert words(found)[1] == "The envoy said that the talks in Lagona would go on for a week."


@pytest.mark.parametrize(
    "line", ["al-Bakr said that he would go.", "von Hagen resigned.", "- the border reopens;", "a) both sides withdraw;"]
)
def test_small_letters_do_not_always_go_on(line):
    assert line in words(read(BODY[0], line, BODY[1]))


def test_wrapped_text_is_read_in_paragraphs():
    wrapped = (
        "The president of Dorva flew to Lagona on Monday to sign an accord on the\n"
        "waters of the Sarn. Lagona had asked for the talks in May, after its\n"
        "reservoirs ran dry and bread was rationed in the capital and the north.\n"
        "\n"
        "Members of the assembly will vote on the accord next week, and a majority\n"
        "is expected to be in favour, though the farmers of the valley have called\n"
        "for a strike.\n"
    )
    found = read(wrapped)
    assert [len(p.spans) for p in found.passages] == [3, 3]
    assert words(found)[0].startswith("The president of Dorva") and words(found)[0].endswith("and the north.")


def test_speech_over_several_lines_is_kept():
    speech = ["“We ask for your help.", "Sign up with your names.", "Join us at our next meeting.”"]
    found = read(BODY[0], *speech, *BODY[1:])
    assert dropped(found) == []


def test_title_is_kept():
    assert dropped(read("Photo of crying soldier wins prize", *BODY)) == []


@pytest.mark.parametrize(
    "text", ["Advertisement", "Advertisement\n\nSubscribe to our newsletter\nShare on Facebook\n© 2031 Tollen Post"]
)
def test_only_advertisement_is_refused(text):
    with pytest.raises(InputError, match="only advertisement"):
        read(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Präsident von Dorva ist am Montag nach Lagona geflogen, um dort ein Abkommen über das Wasser zu schließen.",
            "German",
        ),
        (
            "Le président est arrivé lundi dans la capitale pour signer un accord sur les eaux du fleuve avec son voisin.",
            "French",
        ),
        ("Президент прибыл в столицу.", "Russian"),
        ("Der Minister reiste am Montag nach Rom.", "German"),
        ("De minister sprak gisteren in Gent met de burgemeester.", "Dutch"),
    ],
)
def test_other_languages_are_named(text, language):
    with pytest.raises(InputError, match=f"in {language}"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Talks failed.",
        "Macron met Modi in Paris",
        "Orr hosts Reil, Obi, Ade in Sao Paulo",
        "Reil: Nein",
        "Orr, Bolt, Reil, Obi, Ade",
        "1,204 - 998",
    ],
)
def test_short_text_passes_for_english(text):
    assert words(read(text)) == [text]


def test_the_stage_fails_one_report_and_goes_on():
    failed = Failed("a", "sources", InputError("gone"))
    reports = [failed, Analysis(from_string("Advertisement", "b")), Analysis(from_string("\n".join(BODY), "c"))]
    first, second, third = Cleaner()(reports)
    assert first is failed
    assert isinstance(second, Failed) and (second.source, second.stage) == ("b", "clean")
    assert isinstance(third, Analysis) and len(third.passages) == 4


def test_one_endless_line_is_read():
    found = read(BODY[0] + " " + "The army said no to the talks and left. " * 25_000)
    assert len(found.passages) == 1


def test_corrections_and_tickers_become_details():
    correction = "Correction: An earlier version of this article named the wrong river."
    found = read(BODY[0], "Shares in Sarn Power (SRNP.LG) fell by 3 percent after the news.", *BODY[1:], correction)
    assert dropped(found) == [correction]
    assert found.document.details == (Detail("correction", correction), Detail("ticker", "SRNP.LG"))


def test_details_that_the_source_told_are_kept():
    document = replace(from_string("\n".join([*BODY, "(SRNP.LG)"])), details=(Detail("place", "Lagona"),))
    assert clean(Analysis(document)).document.details == (Detail("place", "Lagona"), Detail("ticker", "SRNP.LG"))


@pytest.mark.parametrize(
    ("credit", "outlets"),
    [
        ("This story originally appeared in The Lagona Ledger.", ("Lagona Ledger",)),
        ("First published by Reuters", ("Reuters",)),
        ("With additional reporting by AFP", ("Agence France-Presse",)),
    ],
)
def test_credits_name_the_outlet_of_origin(credit, outlets):
    found = read(*BODY, credit)
    assert found.document.syndicated_from == outlets
    assert words(found) == BODY


def test_an_agency_alone_makes_a_dateline():
    found = read("(Reuters) – " + BODY[0], *BODY[1:])
    assert found.document.syndicated_from == ("Reuters",)
    assert words(found) == BODY


def test_paragraphs_in_other_languages_are_set_aside():
    others = [
        "Le président est arrivé lundi dans la capitale pour signer un accord sur les eaux du fleuve avec son voisin.",
        "Президент прибыл в столицу в понедельник, чтобы подписать договор.",
    ]
    found = read(BODY[0], others[0], *BODY[1:3], others[1], BODY[3])
    assert dropped(found) == others
    assert words(found) == BODY
    assert found.document.details == (Detail("language", "French"), Detail("language", "Russian"))


def test_lists_of_names_are_no_other_language():
    names = "Jan Kowalczyk, Szymon Wiśniewski, Władysław Dąbrowski-Zając, Zbigniew Mazur, Jerzy Wójcik i Zofia Nowak"
    assert dropped(read(BODY[0], names, *BODY[1:])) == []


def test_a_report_without_line_breaks_is_never_all_advertisement():
    line = (
        "Doors open Monday at 9 for the hearing on the port. Visit the site on Tuesday: tickets, food and a bus are free. " * 3
    )
    assert dropped(read(line)) == []


LINE = st.one_of(
    st.sampled_from([*BODY, "Advertisement", "By Ines Okafor", "and left", "LIMA (AP) — Rain fell.", "4 May 2010"]),
    st.text(max_size=60),
)


@settings(deadline=None)  # the first text that is not plainly English loads the identifier of languages
@given(st.lists(LINE, min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\x0b", "\u2029"]))
def test_spans_lie_in_the_text_and_never_overlap(lines, end):
    text = end.join([BODY[0], *lines, BODY[1]])
    found = clean(Analysis(from_string(text)))
    assert found == clean(Analysis(from_string(text)))
    spans = [s for p in found.passages for s in p.spans]
    assert spans == sorted(spans)
    every = sorted([*spans, *(d.span for d in found.document.dropped)])
    assert all(a.end <= b.start for a, b in pairwise(every))
    assert all(0 <= s.start < s.end <= len(text) for s in every)
    assert all(s.of(text) == s.of(text).strip() for s in every)
