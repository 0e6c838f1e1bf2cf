"""Words of two tokenizations that are the same word."""

from communique.evaluation.aligned import AlignedWord, align


def words(*parts):
    """Words one after the other; a tuple of forms is written as one: its first part is what stands in the text."""
    found, at = [], 0
    for part in parts:
        if isinstance(part, str):
            found.append(AlignedWord(part, at, at + len(part)))
            at += len(part)
        else:
            written, *forms = part
            found += [AlignedWord(form, at, at + len(written), joined=True) for form in forms]
            at += len(written)
    return found


def test_words_that_cover_the_same_characters():
    assert align(words("well", "-", "known", "men"), words("well-known", "men")) == [(3, 1)]
    assert align(words("No", ".", "3"), words("No.", "3")) == [(2, 1)]


def test_words_written_as_one_by_their_forms():
    gold = words("They", ("don't", "do", "n't"), "vote")
    assert align(gold, words("They", "do", "n't", "vote")) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert align(gold, words("They", "don't", "vote")) == [(0, 0), (3, 2)]
    assert align(gold, words("They", "don", "'t", "vote")) == [(0, 0), (3, 3)]


def test_forms_that_are_not_as_written_and_case():
    gold = words(("Gonna", "going", "na"), "win")
    assert align(gold, words("Gon", "na", "win")) == [(1, 1), (2, 2)]
    assert align(words(("CAN'T", "ca", "n't")), words("CA", "N'T")) == [(0, 0), (1, 1)]


def test_nothing_before_or_behind_the_joined_words_is_taken_for_one():
    gold = words("do", ("dont", "do", "nt"), "do")
    assert align(gold, words("dod", "ont", "do")) == [(3, 2)]
    assert align(gold, words("do", "do", "ntdo")) == [(0, 0), (1, 1)]


def test_the_longest_common_subsequence_in_order():
    gold = words(("abab", "a", "b", "a", "b"))
    assert align(gold, words("ba", "a", "b")) == [(2, 1), (3, 2)]
    assert align(gold, words("a", "ba", "b")) == [(0, 0), (3, 2)]
    assert align(words(("aab", "aa", "b")), words("a", "a", "b")) == [(1, 2)]
