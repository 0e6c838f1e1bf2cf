"""Questions and answers about verbs (QA-SRL, Roit et al. 2020) and nouns (QANom, Klein et al. 2020) as PropBank frames.

A question is mapped by rule to the label of its answer, with what PropBank tells of the verb (`rolesets`); one that does not
map leaves the words of its answers unknown, as does what was not asked for: modals, negation, light verbs, relative pronouns.
A predicate of which no argument is known has no known labels at all.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import rolesets
from rolesets import PREPOSITIONS, WRITTEN, Rolesets

Unit = dict[str, Any]
Row = dict[str, str]
Span = tuple[int, int]
DETERMINERS = frozenset("a an the this these those".split())
BARE = frozenset("something someone".split())
PLACES = frozenset("in at on near inside outside within across around throughout off along over under between among".split())
HERE = frozenset(
    "here there where elsewhere abroad nationwide worldwide overseas nearby home online locally internationally".split()
)
CAUSES = frozenset("because due since owing thanks given".split())
# How many words may stand between a noun and an argument: nearly all of EWT-PropBank's do not stand farther, while
# annotators of QANom also point to those that only the sense tells.
REACH, REACH_OF_DOER = 2, 4
UNASKED = frozenset(
    """will would can could may might must shall should 'll 'd wo ca not n't no never who whom whose which that where when
    make makes made making take takes took taken taking have has had having give gives gave given giving do does did done
    also however therefore thus but and or so then even only just still already yet""".split()
)  # fmt: skip


def open_units(data: Path, train: Iterable[Unit], held_out: Iterable[Unit]) -> list[Unit]:
    """All units of which only some predicates are annotated: QANom, the QA-SRL gold standard, examples of the frame files.

    `data`: the folder that holds QANom, QASRL-GS and propbank-frames; `train`: units of EWT with `frames`, which tell the
    labels of places; `held_out`: units of EWT's dev and test splits, whose sentences no example may share.
    """
    known, examples = rolesets.read(data / "propbank-frames/frames.tar.gz")
    for unit in train:
        for frame in unit.get("frames", []):
            noun = unit["tags"][frame["word"]][0] in ("NOUN", "PROPN")
            known.add(unit["words"], frame["word"], frame["roleset"], frame["arguments"], noun)
    nouns, verbs = data / "QANom/qanom_dataset.zip", data / "QASRL-GS"
    tests = {row["qasrl_id"] for rows in (qanom(nouns, ["test"]), qasrl(verbs, ["test"])) for row in rows}
    asked = units([*qanom(nouns), *qasrl(verbs)], known, tests)
    return [*asked, *rolesets.units(examples, [unit["words"] for unit in held_out])]


def qanom(path: Path, splits: Sequence[str] = ("train", "dev")) -> Iterator[Row]:
    """The rows of QANom's splits (CSV files in a zip); nouns held not to be verbal are left out."""
    with zipfile.ZipFile(path) as archive:
        for split in splits:
            name = next(n for n in archive.namelist() if n.endswith(f"annot.{split}.csv"))
            with archive.open(name) as file:
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
                    if row["is_verbal"] == "True":
                        yield row | {"word": row["target_idx"], "verb": row["verb_form"], "noun": row["noun"]}


def qasrl(folder: Path, splits: Sequence[str] = ("dev",)) -> Iterator[Row]:
    """The rows of the QA-SRL gold standard's splits (CSV, gzip), with their sentences."""
    for gold in sorted(p for split in splits for p in folder.glob(f"*.{split}.gold.csv.gz")):
        sentences = {r["qasrl_id"]: r["tokens"] for r in _csv(gold.with_name(gold.name.replace("gold", "sentences")))}
        for row in _csv(gold):
            yield row | {"word": row["verb_idx"], "sentence": sentences[row["qasrl_id"]], "noun": ""}


def _csv(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def units(rows: Iterable[Row], known: Rolesets, held_out: Iterable[str] = ()) -> list[Unit]:
    """One unit a sentence, with `frames` for its listed predicates and `frames_open`.

    `held_out`: sentence ids (`qasrl_id`) of test splits, whose sentences stay out whatever file names them. Nouns that PropBank
    has no sense for stay out too.
    """
    out, leave = {}, set(held_out)
    asked: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        key = row["qasrl_id"]
        if key not in leave:
            words = [WRITTEN.get(w, w) for w in row["sentence"].split()]
            out.setdefault(key, {"source": "qasrl", "doc": f"qasrl:{key}", "words": words, "frames": [], "frames_open": True})
            asked[key, int(row["word"])].append(row)
    for (key, word), questions in sorted(asked.items()):
        if not questions[0]["noun"] or questions[0]["noun"].lower() in known.nouns:
            out[key]["frames"].append(_frame(out[key]["words"], word, questions, known))
    return [unit for unit in out.values() if unit["frames"]]


def _frame(words: list[str], word: int, questions: list[Row], known: Rolesets) -> dict[str, Any]:
    found: dict[str, Span] = {}
    unknown = {i for i, w in enumerate(words) if w.lower() in UNASKED and i != word}
    for row in questions:
        answers = _answers(row, words, word)
        for begin, end in answers:
            unknown.update(range(begin, end))
        if not answers:
            continue
        span = min(answers, key=lambda s: max(s[0] - word, word - s[1]))
        label = role(row, known, words, span)
        if label:
            span = _whole(words, word, span, row, label)
            usual = known.label(known.lemma(row["verb"]), words[span[0]].lower()) if span[0] > word else None
            longer = label not in found or span[1] - span[0] > found[label][1] - found[label][0]
            if longer and usual in (None, label):  # the noun's "of" may be its doer or what is done: PropBank's habit decides
                found[label] = span
    arguments: list[tuple[int, int, str]] = []
    for label, (begin, end) in sorted(found.items()):  # numbered arguments come first where two overlap
        reach = len(words) if not questions[0]["noun"] else REACH_OF_DOER if label == "ARG0" else REACH
        near = max(begin - word, word - end + 1) - 1 <= reach
        if near and all(end <= a or b <= begin for a, b, _ in arguments):
            arguments.append((begin, end, label))
    taken = {i for begin, end, _ in arguments for i in range(begin, end)}
    if questions[0]["noun"]:  # adjectives before a noun, which QANom does not ask for
        unknown.update(i for i in range(max(0, word - 3), word) if words[i].lower() not in DETERMINERS)
    if not arguments:
        unknown.update(range(len(words)))
    return {"word": word, "arguments": sorted(arguments), "unknown": sorted(unknown - taken - {word})}


def _answers(row: Row, words: list[str], word: int) -> list[Span]:
    """The answers' spans, without those that hold the predicate; coordinated ones as one span."""
    spans: list[Span] = []
    for text in filter(None, (row["answer_range"] or "").split("~!~")):
        begin, end = map(int, text.split(":"))
        if begin < end <= len(words) and not begin <= word < end:
            spans.append((begin, end))
    joined: list[Span] = []
    for begin, end in sorted(spans):
        between = {w.lower() for w in words[joined[-1][1] : begin]} if joined else {"."}
        if between <= {",", "and", "or", "the"} and not (joined and joined[-1][1] <= word < begin):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def role(row: Row, known: Rolesets, words: Sequence[str], span: Span) -> str | None:
    """The PropBank label of the answer `span` to a question, none where no rule tells it."""
    lemma, wh = known.lemma(row["verb"]), row["wh"].lower()
    if wh in ("who", "what"):
        return _participant(row, known, lemma)
    start = words[span[0]].lower()
    lead = start if start in PREPOSITIONS else words[span[0] - 1].lower() if span[0] else ""
    if wh in ("when", "how long"):
        return "ARGM-TMP"
    if wh == "where":
        return _where(known, lemma, start, lead, span[1] == int(row["word"]))
    if wh == "why":
        if start in CAUSES or (lead in ("of", "to") and span[0] > 1 and words[span[0] - 2].lower() in CAUSES):
            return "ARGM-CAU"
        return "ARGM-PRP" if start == "to" or words[span[0] : span[0] + 2] == ["in", "order"] else None
    if wh == "how":
        if start == "by" or (start.endswith("ly") and span[1] - span[0] == 1):
            return "ARGM-MNR" if not (row["noun"] and start.endswith("ly")) else None
        return "ARGM-ADJ" if row["noun"] and span == (int(row["word"]) - 1, int(row["word"])) else None
    return None


def _where(known: Rolesets, lemma: str, start: str, lead: str, before: bool) -> str | None:
    if lead in PREPOSITIONS:
        label = known.label(lemma, lead)
        if label:
            return label
        return "ARGM-LOC" if lead in PLACES else None
    return "ARGM-LOC" if start in HERE or before else None


def _participant(row: Row, known: Rolesets, lemma: str) -> str | None:
    """Who or what: the answer is the subject, the object or stands after the question's preposition."""
    prep, passive = row["prep"].lower(), row["is_passive"] == "True"
    objects = [o for o in (row["obj"], row["obj2"]) if o in BARE]
    clause = any(o and o not in BARE for o in (row["obj"], row["obj2"]))
    if not row["subj"]:
        if passive:
            return _patient(row, known, lemma)
        if row["obj"] in BARE or clause:
            return known.label(lemma, "subject", 3) or known.first_role(lemma)
        return known.label(lemma, "alone") or (known.first_role(lemma) if prep or not _turns(known, lemma) else None)
    if not prep:
        if passive or clause:
            return None
        if objects:  # of two objects the person is told or given, the thing is what is told or given
            return "ARG1" if row["wh"].lower() == "what" else known.role_with(lemma, "GOL")
        return known.label(lemma, "object") or ("ARG1" if known.roles.get(lemma) else None)
    if row["obj2"]:
        # the question's preposition has its own object: the answer is what the verb governs
        return None if passive or row["obj"] else known.label(lemma, "object")
    if prep == "by" and passive:
        return known.first_role(lemma)
    if " " in prep or clause:
        return None
    label = known.label(lemma, prep)
    if label or prep not in ("to", "from"):
        return label
    return known.role_with(lemma, "GOL" if prep == "to" else "DIR") if objects or not passive else None


def _patient(row: Row, known: Rolesets, lemma: str) -> str | None:
    """The subject of a passive: what was done, or to whom it was done where the question has an object too."""
    if row["obj"] in BARE:
        return known.role_with(lemma, "GOL")
    if row["prep"] and not row["obj2"]:
        return known.label(lemma, row["prep"].lower())
    label = known.label(lemma, "passive") or known.label(lemma, "object")
    return label if label and label != "ARG0" else "ARG1" if known.roles.get(lemma) else None


def _turns(known: Rolesets, lemma: str) -> bool:
    """Whether a verb's subject may be either who does or what changes: it has an agent and a patient."""
    return any(sense.get("0") == "PAG" and "1" in sense for sense in known.roles.get(lemma, []))


def _whole(words: list[str], word: int, span: Span, row: Row, label: str) -> Span:
    """The constituent that PropBank marks: with its article, the preposition after a noun or in the question, the 's."""
    begin, end = span
    if end < len(words) and words[end] in ("'s", "'") and end < word and row["noun"]:
        end += 1
    at = begin
    while at and words[at - 1].lower() in DETERMINERS and words[at].lower() not in PREPOSITIONS:
        at -= 1
    lead = words[at - 1].lower() if at else ""
    wanted = {row["prep"].lower()} | ({"by"} if label == "ARG0" else set())
    if at - 1 > word and lead in PREPOSITIONS and (row["noun"] or lead in wanted or label in ("ARGM-LOC", "ARGM-TMP")):
        return at - 1, end
    return at if label[3:].isdigit() and not (row["noun"] and word in (end, at - 1)) else begin, end
