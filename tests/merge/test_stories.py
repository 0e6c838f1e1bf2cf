"""Documents about the same thing come together, and stay together."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

import pytest

from communique.evaluation.stories import b_cubed
from communique.merge.copies import find_copies
from communique.merge.stories import tell_stories


def everything(happenings):
    return [one for reports in happenings.values() for one in reports.values()]


def cluster(document: str) -> str:
    name, _, kind = document.partition("-")
    return document if kind == "different" else name


def test_stories_are_the_happenings(happenings):
    told = everything(happenings)
    stories = tell_stories(told, together=[(c.one, c.other) for c in find_copies(told)])
    figures = b_cubed([s.documents for s in stories], {one.document: cluster(one.document) for one in told})
    assert figures["f1"] >= 0.95


def test_every_document_is_in_one_story_whatever_their_order(happenings):
    told = everything(happenings)
    stories = tell_stories(told)
    random.Random(4).shuffle(told)
    assert tell_stories(told) == stories
    assert sorted(d for s in stories for d in s.documents) == sorted(one.document for one in told)
    assert len({s.id for s in stories}) == len(stories)


def test_what_is_in_a_story_stays_there_and_new_documents_join_it(happenings):
    told = everything(happenings)
    before = [one for one in told if not one.document.endswith(("independent", "reworded"))]
    kept = {d: s.id for s in tell_stories(before) for d in s.documents}
    after = {d: s.id for s in tell_stories(told, kept) for d in s.documents}
    assert {d: after[d] for d in kept} == kept
    joined = [name for name in happenings if after[f"{name}-reworded"] == kept[f"{name}-original"]]
    assert len(joined) >= 9


def test_ids_do_not_change_with_what_comes_later(happenings):
    told = everything(happenings)
    ids = {s.documents[0]: s.id for s in tell_stories(told)}
    fewer = {s.documents[0]: s.id for s in tell_stories([one for one in told if not one.document.endswith("machine")])}
    assert all(ids[first] == name for first, name in fewer.items() if first in ids)


def test_the_same_actors_of_the_registry_bring_documents_together(happenings):
    plain = [happenings["ferry"]["independent"], happenings["ferry"]["different"]]
    plain[1] = replace(plain[1], published=plain[0].published)
    entries = tuple(f"person:{n}" for n in range(8))
    named = [replace(one, entries=entries) for one in plain]
    others = everything(happenings)[:8]
    assert {len(tell_stories([*told, *others])) for told in (plain, named)} == {3, 4}


def test_two_documents_alone_are_one_story_only_if_they_are_alike(happenings):
    for name, reports in happenings.items():
        assert len(tell_stories([reports["original"], happenings["vote" if name != "vote" else "court"]["original"]])) == 2
        assert len(tell_stories([reports["original"], reports["reworded"]])) == 1


@pytest.mark.parametrize("told", [[], ["only"]])
def test_few_documents(happenings, told):
    documents = [happenings["vote"]["original"]] if told else []
    assert [s.documents for s in tell_stories(documents)] == [("vote-original",)] * len(documents)


def test_texts_without_words_are_stories_of_their_own(happenings):
    blank = [replace(happenings["vote"]["original"], document=n, text_id=n, text="…", title=None) for n in ("x", "y")]
    assert len(tell_stories(blank)) == 2


def test_a_story_of_many_documents_is_no_quadratic_step(happenings):
    """Four times the documents of one story in about four times the time."""
    one, chance = happenings["ferry"]["original"], random.Random(5)
    took = []
    for number in (150, 600):
        texts = [f"{one.text}\n{' '.join(chance.choices(one.text.split(), k=40))}" for _ in range(number)]
        told = [replace(one, document=f"{n:04}", text_id=f"{n}", text=text) for n, text in enumerate(texts)]
        start = process_time()
        assert len(tell_stories(told)) == 1
        took.append(process_time() - start)
    assert took[1] < 8 * took[0]
