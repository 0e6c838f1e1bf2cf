"""What PropBank's frame files and sentences say of each verb: its roles, and which argument stands in which place.

The places are `subject` (of an active verb with an object), `alone` (subject of one without), `passive` (subject of a passive),
`object`, and every preposition after the word. Frame files: Pradhan et al. 2022, "PropBank Comes of Age".
"""

from __future__ import annotations

import tarfile
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WRITTEN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
RENAMED = {"ARGM-PNC": "ARGM-PRP"}  # "purpose, not cause", in PropBank's older releases
Argument = tuple[int, int, str]
PREPOSITIONS = frozenset(
    """about above across after against along alongside amid among around as at before behind below beneath beside between
    beyond by despite during for from in inside into like near of off on onto out outside over past per regarding since through
    throughout to toward towards under until up upon via with within without""".split()
)
BE = frozenset("am are be been being get gets got is was were 's 're".split())


@dataclass(frozen=True)
class Example:
    """A sentence of the frame files with one predicate."""

    words: list[str]
    word: int
    roleset: str
    arguments: list[Argument]
    noun: bool
    origin: str


@dataclass
class Rolesets:
    """What is known of each lemma.

    `roles`: number → function tag (PAG agent, PPT patient, GOL goal ...) for every sense; `senses`: the lemmas that another
    word goes by (`invasion` → `invade`); `nouns`: those that have a sense; `seen`: labels counted by lemma and place.
    """

    roles: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    senses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    nouns: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, words: Sequence[str], word: int, roleset: str, arguments: Iterable[Argument], noun: bool) -> None:
        """Counts one predicate of a sentence."""
        lemma = lemma_of(roleset)
        self.senses[words[word].lower()][lemma] += 1
        for place, label in places(words, word, list(arguments), noun):
            self.seen[lemma, place][label] += 1

    def lemma(self, word: str) -> str:
        """The lemma of a form; the word itself where it was never seen."""
        found = self.senses.get(word.lower())
        return found.most_common(1)[0][0] if found and word.lower() not in self.roles else word.lower()

    def label(self, lemma: str, place: str, least: int = 2, share: float = 0.6) -> str | None:
        """The label that most arguments of the lemma in a place have; none where they are few or disagree."""
        counts = self.seen.get((lemma, place), Counter())
        (label, n), total = next(iter(counts.most_common(1)), ("", 0)), sum(counts.values())
        return label if n >= least and n >= share * total else None

    def first_role(self, lemma: str) -> str | None:
        """`ARG0` where a sense has one, or the lowest that it has; none for an unknown lemma."""
        numbers = sorted({n for sense in self.roles.get(lemma, []) for n in sense if n.isdigit()})
        return f"ARG{numbers[0]}" if numbers else None

    def role_with(self, lemma: str, function: str) -> str | None:
        """The one numbered role that has a function tag in the senses of a lemma; none where there are several."""
        found = {n for sense in self.roles.get(lemma, []) for n, f in sense.items() if f == function and n.isdigit()}
        return f"ARG{found.pop()}" if len(found) == 1 else None


def lemma_of(roleset: str) -> str:
    """The lemma of a roleset: `call` of `call.06`, `take` of `take_off.19`."""
    return roleset.partition(".")[0].partition("_")[0]


def places(words: Sequence[str], word: int, arguments: list[Argument], noun: bool) -> Iterator[tuple[str, str]]:
    """The place and label of arguments that stand in a plain place around their predicate."""
    core = [a for a in arguments if a[2][:3] == "ARG" and a[2][3:].isdigit()]
    after = [a for a in core if a[0] > word and words[a[0]].lower() not in PREPOSITIONS]
    for begin, _, label in arguments:
        if begin > word and words[begin].lower() in PREPOSITIONS and not label.startswith(("R-", "C-")):
            yield words[begin].lower(), label
    if noun:
        return
    if after:
        yield "object", after[0][2]
    before = [a for a in core if a[1] <= word]
    if before:
        passive = not words[word].endswith("ing") and any(w.lower() in BE for w in words[max(0, word - 3) : word])
        yield "passive" if passive else "subject" if after else "alone", before[-1][2]


def read(path: Path) -> tuple[Rolesets, list[Example]]:
    """The frame files (XML in a tar.gz): what they say of roles, and their example sentences."""
    known, examples = Rolesets(), []
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            try:
                root = ET.parse(file).getroot() if file else None
            except ET.ParseError:  # two files of the release are not well-formed
                continue
            for roleset in root.iter("roleset") if root is not None else ():
                _roleset(known, roleset)
                examples += _examples(roleset)
    for example in examples:
        known.add(example.words, example.word, example.roleset, example.arguments, example.noun)
    return known, examples


def _roleset(known: Rolesets, element: ET.Element) -> None:
    lemma = lemma_of(element.get("id", ""))
    roles = {role.get("n", "").lower(): role.get("f", "").upper() for role in element.iter("role")}
    if roles:
        known.roles[lemma].append(roles)
    for alias in element.iter("alias"):
        name = alias.text or ""
        if name and alias.get("pos") == "n":
            known.nouns |= {name.lower(), _plural(name.lower())}
            if name != lemma:
                known.senses[name.lower()][lemma] += 1


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _examples(element: ET.Element) -> Iterator[Example]:
    nouns = {(a.text or "").lower() for a in element.iter("alias") if a.get("pos") == "n"}
    for item in element.iter("example"):
        words, rel = (item.findtext("text") or "").split(), item.find("propbank/rel")
        place = "" if rel is None else rel.get("relloc", "")
        if not place.isdigit() or int(place) >= len(words):
            continue
        word = int(place)
        arguments = []
        for argument in item.iter("arg"):
            begin, end = argument.get("start", ""), argument.get("end", "")
            if not (begin.isdigit() and end.isdigit()) or int(end) >= len(words):
                break
            if words[int(begin) : int(end) + 1] != (argument.text or "").split():
                break
            arguments.append((int(begin), int(end) + 1, argument.get("type", "")))
        else:
            noun = words[word].lower() in nouns or words[word].lower().removesuffix("s") in nouns
            yield Example(words, word, element.get("id", ""), sorted(arguments), noun, item.get("src", ""))


def units(examples: Iterable[Example], held_out: Iterable[Sequence[str]] = ()) -> Iterator[dict[str, Any]]:
    """The examples as training units (`frames_open`), without those that share a sentence with the `held_out` ones."""
    closed = [_letters(words) for words in held_out if len(words) > 3]
    starts = {text[:24] for text in closed}
    text = "\n".join(closed)
    for example in examples:
        own = _letters(example.words)
        if len(example.words) < 4 or own in text or any(own[i : i + 24] in starts for i in range(len(own) - 23)):
            continue
        frame = {
            "word": example.word,
            "arguments": [(a, b, RENAMED.get(k, k)) for a, b, k in example.arguments if k != "C-V"],
            "unknown": [],
        }
        key = f"frames:{example.roleset}:{own[:24]}"
        words = [WRITTEN.get(w, w) for w in example.words]
        yield {"source": "frames", "doc": key, "words": words, "frames": [frame], "frames_open": True}


def _letters(words: Sequence[str]) -> str:
    return "".join(c for c in "".join(words).lower() if c.isalnum())
