"""Words that are split already: one analysis a list, heads as in CoNLL-U, long lists in parts."""

from __future__ import annotations

from communique.annotate.words import analyse_words
from communique.models.language import MAX_WORDS, LanguageModel

FIRST = "Norland 's envoy met rebels in Lima .".split()
SECOND = "They left on Friday .".split()


def test_tags_heads_and_entities(model: LanguageModel) -> None:
    (found,) = analyse_words([FIRST], model=model)
    met = FIRST.index("met")
    assert [w.upos for w in found.words][met] == "VERB"
    assert (found.words[met].lemma, found.words[met].head, found.words[met].dep) == ("meet", 0, "root")
    assert found.words[met - 1].head == met + 1 and found.words[met - 1].dep == "nsubj"
    assert (FIRST.index("Lima"), FIRST.index("Lima") + 1, "LOC") in found.entities


def test_sentences_are_found_unless_told_that_it_is_one(model: LanguageModel) -> None:
    parted, whole = (analyse_words([FIRST + SECOND], whole=w, model=model)[0] for w in (False, True))
    assert parted.starts == (0, len(FIRST))
    assert whole.starts == (0,)
    assert [w.head for w in whole.words].count(0) == 1
    assert [w.head for w in parted.words].count(0) == 2


def test_lists_longer_than_a_window_are_read_in_parts(model: LanguageModel) -> None:
    words = (FIRST + SECOND) * 40
    (found,) = analyse_words([words], model=model)
    assert len(found.words) == len(words) > 2 * MAX_WORDS
    assert all(0 <= w.head <= len(words) and w.head != i for i, w in enumerate(found.words, 1))
    envoys = [i for i, w in enumerate(words) if w == "envoy" and i > MAX_WORDS]
    assert sum(found.words[i].head == i + 2 for i in envoys) > 0.8 * len(envoys)
    late = [i for i, w in enumerate(words) if w == "Lima" and i > MAX_WORDS]
    named = {i for first, last, _ in found.entities for i in range(first, last)}
    assert sum(i in named for i in late) > 0.8 * len(late)


def test_each_list_has_its_analysis_in_order(model: LanguageModel) -> None:
    texts = [FIRST, [], SECOND]
    together = analyse_words(texts, model=model)
    assert together == [analyse_words([t], model=model)[0] for t in texts]
    assert [len(a.words) for a in together] == [len(FIRST), 0, len(SECOND)]
