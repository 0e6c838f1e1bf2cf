"""Names from GUM's mentions: which words of a mention are the name itself, as corpora of names (CoNLL 2003, CrossNER) mark it.

Without article and title; with what hangs on it by "of", "for", "and", where these are of the name. An outer name goes before
the names in it ("Bank of Norland" is one organisation).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.evaluation.mentions import Mention, Row, mentions

TITLES = frozenset(
    """president premier prime minister secretary chancellor king queen prince princess pope sir lord lady mr mrs ms dr mr.
    mrs. ms. dr. senator sen. representative rep. governor gov. general gen. colonel col. captain capt. lieutenant lt.
    sergeant sgt. admiral judge justice professor prof. ambassador mayor chairman director ceo coach saint st. father
    sister brother bishop cardinal rev. reverend vice deputy prof emeritus speaker chair commissioner undersecretary
    lords senators madam madame mademoiselle mlle. mme. rabbi imam sheikh inspector officer detective sheriff""".split()
)
ENTITY_OF = {
    "politician": "PERSON", "person": "PERSON", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
    "location": "LOC",
    "election": "MISC", "event": "MISC", "misc": "MISC",
    "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC",
    "corporation": "ORG", "group": "ORG", "creative-work": "MISC", "product": "MISC",
    "Person": "PERSON", "Organisation": "ORG", "Location": "LOC",
    "organization": "ORG", "place": "LOC",
}  # fmt: skip
_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
_WITH_ARTICLE = frozenset({"abstract", "object"})  # these kinds are names for sure only where Wikipedia has an article
_NAMED = frozenset({"person", "organization", "place", "event"}) | _WITH_ARTICLE
_FLAT = frozenset({"flat", "goeswith", "dep"})
_IN_NAMES = frozenset({"PROPN", "X", "PART", "NUM", "NOUN", "ADP"})
_ORDINAL = re.compile(r"[IVX]+\.?")
_HYPHENS = frozenset("-–/&@+")
_QUOTES = frozenset({"'", '"', "“", "”"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def gum_names(rows: Sequence[Row]) -> list[str]:
    """BIO labels of a sentence of GUM; capitalised words that may be names, but are not marked so, are left open ("?")."""
    labels = ["?" if _may_be_name(row) else "O" for row in rows]
    found = mentions(rows)
    for mention in sorted(found, key=lambda m: (not _proper(rows[m.head]), m.begin - m.end)):
        for i in range(mention.begin, mention.end):
            word = rows[i][1].lower()
            if labels[i] == "?" and (mention.kind, True) in (("person", word in TITLES), ("time", word in _CALENDAR)):
                labels[i] = "O"
        if mention.kind not in _NAMED or (mention.kind in _WITH_ARTICLE and not mention.article):
            continue
        begin, end = _name(rows, mention, found)
        if begin < end and all(label[:2] not in ("B-", "I-") for label in labels[begin:end]):
            label = ENTITY_OF.get(mention.kind, "MISC")
            labels[begin:end] = [f"B-{label}"] + [f"I-{label}"] * (end - begin - 1)
    return labels


def _may_be_name(row: Row) -> bool:
    """Proper nouns, and adjectives with a capital that is no matter of where they stand ("Norlandic")."""
    return row[1][:1].isupper() and (_proper(row) or (row[3] == "ADJ" and row[2][:1].isupper()))


def _name(rows: Sequence[Row], mention: Mention, found: Sequence[Mention]) -> tuple[int, int]:
    """The words of the name in a mention, none where it has none."""
    begin, end = _of_head(rows, mention, found)
    written = _as_article(rows, mention)
    if written and (begin == end or written[0] <= mention.head < written[1]):
        begin, end = written
    if not any(c.isupper() or c.isdigit() for r in rows[begin:end] for c in r[1]):
        return begin, begin
    while begin < mention.head and rows[begin][1][0].islower():
        begin += 1
    return begin, end


def _of_head(rows: Sequence[Row], mention: Mention, found: Sequence[Mention]) -> tuple[int, int]:
    """The name that a mention's head is of, as the tree has it."""
    head = mention.head
    if mention.kind == "person":
        return _person(rows, mention)
    if not _proper(rows[head]) or rows[head][1].lower() in TITLES:
        return head, head
    begin, end = _other(rows, mention, found)
    office = mention.kind == "abstract" and any(r[1].lower() in TITLES for r in rows[begin:end])
    people = mention.kind == "organization" and end - begin == 1 and rows[head][4] == "NNPS" and not mention.article
    return (head, head) if office or people else (begin, end)


def _proper(row: Row) -> bool:
    return row[4] in ("NNP", "NNPS") or (row[3] == "PROPN" and row[4] not in ("NN", "NNS"))


def _as_article(rows: Sequence[Row], mention: Mention) -> tuple[int, int] | None:
    """Where the mention has the words of the title of its article, if these are a name and not a people or an office."""
    title = re.sub(r" \(.*\)$", "", mention.article).lower().removeprefix("the ").replace(" ", "")
    if not title or (mention.kind == "place" and "," in title):  # "Springfield, Ohio" is two places
        return None
    for begin in range(mention.begin, mention.end):
        for end in range(begin + 1, mention.end + 1):
            if "".join(r[1] for r in rows[begin:end]).lower() == title:
                head = rows[mention.head] if begin <= mention.head < end else rows[begin]
                group = mention.kind == "person" and (head[4] == "NNPS" or (end - begin == 1 and mention.begin < begin))
                office = mention.kind in ("person", "abstract") and rows[begin][1].lower() in TITLES
                return (begin, end) if _proper(head) and not group and not office else None
    return None


def _person(rows: Sequence[Row], mention: Mention) -> tuple[int, int]:
    """Given and family names. "The Norlanders", "a Democrat", "our Speaker" are of a group or an office, and no names."""
    head = mention.head
    begin, end = head, head + 1
    while end < mention.end and (step := _step(rows, mention, end)):
        end += step
    while begin > mention.begin and _own(rows, begin - 1, head, ("compound", "amod", "flat")):
        begin -= 1
    determined = any(int(r[6]) - 1 == head and r[7] in ("det", "nmod:poss") and r[3] in ("DET", "PRON") for r in rows)
    if end == head + 1 and (determined or rows[head][4] == "NNPS"):
        return head, head
    outside = (i + 1 for i in range(begin, end) if rows[i][1].lower() in TITLES or not _of_name(rows[i], i == head))
    begin = max([begin, *outside])
    initial = end - begin == 1 and len(rows[begin][1]) == 1
    return (head, head) if initial or begin >= end else (begin, end)


def _step(rows: Sequence[Row], mention: Mention, end: int) -> int:
    """How many words at `end` go on with a person's name: "Sol", "- Lee", "the Great", "II"."""
    joined = rows[end][1].lower() in _HYPHENS | _QUOTES | {"the"} and end + 1 < mention.end
    last = rows[end + joined]
    on_head = int(last[6]) - 1 == mention.head
    by_name = joined and rows[end][1].lower() == "the" and last[1][:1].isupper() and on_head
    if by_name or (on_head and _ORDINAL.fullmatch(last[1])) or _flat(rows, end + joined, mention.head):
        return 1 + joined
    return int(rows[end][1] in _QUOTES and any(r[1] in _QUOTES for r in rows[mention.head : end]))


def _of_name(row: Row, head: bool) -> bool:
    """Whether a word may stand in a name: a common noun or an adjective before it tells who that is ("singer Ana Sol")."""
    return _proper(row) or not (head or row[3] in ("NOUN", "ADJ")) or bool(_ORDINAL.fullmatch(row[1]))


def _own(rows: Sequence[Row], word: int, head: int, relations: tuple[str, ...]) -> bool:
    row = rows[word]
    return _proper(row) and row[7] in relations and row[1].lower() not in TITLES and int(row[6]) - 1 == head


def _flat(rows: Sequence[Row], word: int, head: int) -> bool:
    """Whether a word hangs on the head by `flat` alone, at any depth."""
    for _ in range(4):
        if rows[word][7] not in _FLAT or rows[word][3] not in _IN_NAMES:
            return False
        word = int(rows[word][6]) - 1
        if word == head:
            return True
    return False


def _other(rows: Sequence[Row], mention: Mention, found: Sequence[Mention]) -> tuple[int, int]:
    begin, end = mention.head, mention.head + 1
    moved = True
    while moved:
        left = _before(rows, mention, begin, end, found)
        right = _behind(rows, mention, begin, end, found)
        moved = (left, right) != (begin, end)
        begin, end = left, right
    while begin < mention.head and rows[begin][1].lower() in ("the", "a", "an"):
        begin += 1
    return begin, end


def _before(rows: Sequence[Row], mention: Mention, begin: int, end: int, found: Sequence[Mention]) -> int:
    if begin > mention.begin and _proper(rows[begin - 1]):
        return begin - 1
    k = begin - 1
    while k > mention.begin and not _proper(rows[k]) and begin - k < 3:
        k -= 1
    inside = mention.begin <= k < begin - 1 and _proper(rows[k]) and _under(rows, k, begin, end)
    return k if inside and _joins(rows, mention, k, begin, found) else begin


def _behind(rows: Sequence[Row], mention: Mention, begin: int, end: int, found: Sequence[Mention]) -> int:
    if end < mention.end and (_proper(rows[end]) or rows[end][7] == "flat"):
        return end + 1
    k = end
    while k < mention.end and not _proper(rows[k]) and k - end < 3:
        k += 1
    last = k
    while last + 1 < mention.end and _proper(rows[last + 1]):
        last += 1
    inside = end < k < mention.end and _proper(rows[k]) and any(_under(rows, j, begin, end) for j in range(k, last + 1))
    return last + 1 if inside and _joins(rows, mention, end - 1, k, found) else end


def _under(rows: Sequence[Row], word: int, begin: int, end: int) -> bool:
    """Whether a word's governors lead into the name, by way of words beside it."""
    for _ in range(3):
        word = int(rows[word][6]) - 1
        if begin <= word < end:
            return True
    return False


def _joins(rows: Sequence[Row], mention: Mention, left: int, right: int, found: Sequence[Mention]) -> bool:
    """Whether what stands between two words of a mention is of its name."""
    between = [r[1].lower() for r in rows[left + 1 : right]]
    joined = " ".join([*between, rows[right][1].lower()])
    if f" {joined} ".replace(" '", "'") in f"{mention.article} ".lower():
        return True
    glue = [w for w in between if w != "the"]
    if len(glue) != 1 or (between[-1:] == glue and len(between) > 1):
        return False
    around = (mention.begin, mention.end)
    inner = [m for m in found if mention.begin <= m.begin and m.end <= mention.end and (m.begin, m.end) != around]
    if glue[0] in _POSSESSIVE:
        return not any(m.end in (left + 1, left + 2) for m in inner)
    if glue[0] in ("and", "&"):
        conjunct = next((j for j in range(right, mention.end) if rows[j][7] == "conj"), None)
        return conjunct is not None and int(rows[conjunct][6]) - 1 != mention.head
    if glue[0] in _HYPHENS:
        return len(between) == 1 and not any(m.end == left + 1 and m.article for m in inner)
    return glue[0] == "of" or (glue[0] == "for" and mention.kind in ("organization", "event"))
