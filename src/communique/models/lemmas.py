"""Lemmas: a network's rule for the word, held to what English inflection allows, and a table of the words that no rule makes.

A rule is `case|strip|append`: take the form (lowered when case is `l`, as it is when `k`), cut `strip`
characters from its end, append a string. `went` → `go` is `l|4|go`. After Straka (2018), UDPipe 2.0, simplified to suffixes.
`lemma_of` asks the table first (form and tags as in the treebanks), then takes off the inflection that the fine tag tells of,
among the possible results one that is a known word (Minnen et al. 2001, morpha, works in the same order); the rule decides
case, what is unknown, and everything that does not inflect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from communique.errors import DataError

TABLE = Path(__file__).with_name("language") / "lemmas.tsv"
VERBAL = frozenset({"VERB", "AUX"})

_ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}
_ENDS = {"VBG": "ing", "VBN": "ed", "VBD": "ed", "VBZ": "s"}
_NO_VERB = frozenset({"NN", "NNS", "JJ", "IN", "RB"})
_PLURALS = frozenset({"NNS", "NNPS", "VBZ"})
_DOUBLED = re.compile(r"([bdgklmnprtzv])\1$")
_OFTEN_DOUBLE = re.compile(r"(?:ll|zz)$")
_SHORT = re.compile(r"^[^aeiou]*[aeiouy][bdgklmnprtvz]$")
_SILENT_E = re.compile(
    r"(?:[vcuz]|[^aeiou]l|[drln]g|[^aeiou]s|[aeiou]s|[aeiou]th|[^aeious]{0,9}[aeiou]r|[^aeo][aiou]t|[aeo]at|[^aeiou][aeiou][kmd])$"
)
_NO_E = re.compile(r"(?:er|or|ss|us|it|et|ot|om|en|in|on|al|el|eak|[aeiou]{2}[dkmprst])$")
_PREFIX = re.compile(r"^(?:re|un|over|under|out|mis|dis|pre|co|inter|counter|up|down|fore)-?(?=.{4})")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SIBILANT = re.compile(r"(?:ss|x|zz|[cs]h|o)$")


def rule_of(form: str, lemma: str) -> str:
    """The rule that makes the lemma from the form."""
    case = "k" if lemma[:1].isupper() and form[:1].isupper() else "l"
    base = form if case == "k" else form.lower()
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}|{len(base) - same}|{lemma[same:]}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma that the rule makes of the form; the form itself when it is too short for the rule."""
    case, strip, append = rule.split("|", 2)
    base = form if case == "k" else form.lower()
    cut = int(strip)
    if cut > len(base):
        return base
    return (base[: len(base) - cut] + append) or base


@dataclass(frozen=True, slots=True, eq=False)
class LemmaTable:
    """Lemmas by (tags as `UPOS XPOS`, lowered form), and the known lemmas of each kind: verb, noun, adjective or adverb."""

    exceptions: Mapping[tuple[str, str], str]
    known: Mapping[str, frozenset[str]]

    @staticmethod
    def load(path: Path = TABLE) -> LemmaTable:
        """Reads lines of `UPOS XPOS, form, lemma` and of `kind, known lemma`. Raises DataError where it can't be read."""
        exceptions: dict[tuple[str, str], str] = {}
        known: dict[str, list[str]] = {}
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise DataError(f"{path}: the table of lemmas can't be read ({error}); install Communique again") from error
        for line in lines:
            columns = line.split("\t")
            if len(columns) == 3:
                exceptions[columns[0], columns[1]] = columns[2]
            elif len(columns) == 2:
                known.setdefault(columns[0], []).append(columns[1])
        return LemmaTable(exceptions, {kind: frozenset(words) for kind, words in known.items()})


load_lemmas = cache(LemmaTable.load)


@lru_cache(1 << 15)
def lemma_of(form: str, upos: str, xpos: str, rule: str, table: LemmaTable | None = None) -> str:
    """The lemma of a form with its tags (UD's, Penn's) and the rule that the network chose for it."""
    table = table or load_lemmas()
    lower = form.lower()
    xpos = _agreed(lower, upos, xpos, table)
    found = table.exceptions.get((f"{upos} {xpos}", lower))
    if found is not None:
        return found
    proposed = apply_rule(rule, form)
    if upos == "PROPN":
        return _name(form, xpos, proposed, table)
    if xpos in _ENDINGS or xpos in _PLURALS:
        plain = _uninflected(lower, upos, xpos, proposed.lower(), table)
        return plain if plain != proposed.lower() else proposed
    if upos in {"NOUN", "ADV", "VERB"} and form[1:].islower():
        proposed = proposed.lower()
    if upos in {"NOUN", "ADJ", "ADV", "VERB"} and proposed.lower() != lower and xpos in {"NN", "JJ", "RB", "VB", "VBP"}:
        return lower
    return proposed


def _agreed(form: str, upos: str, xpos: str, table: LemmaTable) -> str:
    """The fine tag; where it belongs to another coarse tag or the form can't have it, one that fits both."""
    if upos == "NOUN" and (xpos in {"NNP", "NNPS"} or xpos.startswith("VB")):
        return "NNS" if xpos in _PLURALS else "NN"
    if upos != "VERB" or (f"VERB {xpos}", form) in table.exceptions or form in table.known.get("verb", ()):
        return "VB" if upos == "VERB" and xpos in _NO_VERB else xpos
    if xpos in _NO_VERB or (xpos[:2] == "VB" and not form.endswith(_ENDS.get(xpos, "?"))):
        for tag, ending in _ENDS.items():
            if (f"VERB {tag}", form) in table.exceptions or (form.endswith(ending) and not form.endswith("ss")):
                return tag
    return xpos


def kind_of(upos: str) -> str:
    """The kind of known words among which the lemma of a word with this tag is."""
    return "verb" if upos in VERBAL else "noun" if upos in {"NOUN", "PROPN"} else "quality"


def _name(form: str, xpos: str, proposed: str, table: LemmaTable) -> str:
    """A name keeps its form, but for capitals throughout and the plural."""
    if not form.isalpha() or form.islower():
        return proposed if proposed.lower() != form.lower() else form
    shouted = form.isupper() and (len(form) > 5 or (len(form) == 5 and proposed[1:].islower()))
    cased = form.title() if shouted else form
    if xpos == "NNPS":
        plain = _uninflected(cased.lower(), "PROPN", xpos, proposed.lower(), table)
        return cased[:1] + plain[1:] if cased[1:].islower() else proposed
    return cased


def _uninflected(form: str, upos: str, xpos: str, proposed: str, table: LemmaTable) -> str:
    """The lowered form without the inflection of the fine tag; what was proposed where the form shows none."""
    known = table.known.get(kind_of(upos), frozenset())
    possible = list(dict.fromkeys(_singular(form, upos) if xpos in _PLURALS else _bare(form, _ENDINGS[xpos])))
    if not possible or not _WORD.fullmatch(form):
        return form if form in known else proposed if abs(len(proposed) - len(form)) < 4 else form
    sure = [word for word in possible if word in known] or [word for word in possible if _is_composed(word, known)]
    if len(sure) > 1 and proposed in sure and not _SHORT.search(min(sure, key=len)):
        return proposed
    return (sure or possible)[0]


def _is_composed(word: str, known: frozenset[str]) -> bool:
    """Whether the word is a known one behind a prefix or a hyphen."""
    prefix = _PREFIX.match(word)
    return ("-" in word and word.rpartition("-")[2] in known) or (prefix is not None and word[prefix.end() :] in known)


def _bare(form: str, ending: str) -> Iterator[str]:
    """What may stand before -ed, -ing, -er, -est, the likeliest first."""
    if not form.endswith(ending) or len(form) < len(ending) + 2 or not re.search("[aeiouy]", form[: -len(ending)]):
        return
    stem = form[: -len(ending)]
    if ending != "ing" and stem.endswith("i"):
        yield stem[:-1] + "y"
        yield stem + "e"
        return
    if ending == "ing" and len(stem) < 4 and stem.endswith("y"):
        yield stem[:-1] + "ie"
    if _DOUBLED.search(stem):
        yield from (stem, stem[:-1]) if _OFTEN_DOUBLE.search(stem) else (stem[:-1], stem)
        return
    silent = _SHORT.search(stem) or (_SILENT_E.search(stem) and not _NO_E.search(stem))
    yield from (stem + "e", stem) if silent else (stem, stem + "e")


def _singular(form: str, upos: str) -> Iterator[str]:
    """What may stand before the -s of a plural or of the third person, the likeliest first."""
    if not form.endswith("s") or form.endswith("ss") or len(form) < 3:
        return
    if form.endswith("ies") and len(form) > 4:
        yield from (form[:-3] + "y", form[:-1])
    elif form.endswith("es"):
        yield from (form[:-2], form[:-1]) if _SIBILANT.search(form[:-2]) else (form[:-1], form[:-2])
        if form.endswith("ses") and upos == "NOUN":
            yield form[:-2] + "is"
    elif form.endswith(("'s", "’s")) or (form.endswith(("us", "is")) and upos == "NOUN"):
        yield from (form, form[:-1])
    else:
        yield form[:-1]
