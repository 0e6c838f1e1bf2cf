"""Statements (cue, speaker, content) of other corpora, for the heads that learn them from communique-events.

Two sources, read into the conventions of communique-events: PropBank's frames of speech predicates on UD EWT, and the
attribution relations of GUM (its open genres). What those conventions leave open in a sentence (a speaker "I", a question, a
speech verb without a clause) keeps the whole sentence out, since every word that is no cue is learnt to be none.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from names import TITLES

Unit = dict[str, Any]
Span = tuple[int, int]
GENRES = frozenset("academic bio court interview news speech textbook voyage".split())  # open, and written or made to be read

# Verbs with which somebody says that something is so; those in NOMINAL also say a thing that a noun names.
SAYING = frozenset(
    """say tell announce claim report state add warn declare deny confirm note explain allege argue insist admit reveal
    assert write conclude predict estimate vow pledge promise stress emphasize acknowledge maintain complain point
    contend reiterate remark caution disclose testify""".split()
)
NOMINAL = frozenset("announce confirm deny".split())
# Verbs, and nouns, that may or may not introduce a statement: sentences with them are left out.
OPEN = frozenset(
    """accuse ask call demand urge threaten condemn criticize describe respond reply comment mention cite blame speak read order
    rule propose request recommend advise express inform quote attribute hint signal order answer observe recall assure notify
    hear speculate agree swear refer concede joke shout recount dispute suggest
    indicate""".split()
)
OPEN_NOUNS = frozenset("statement claim report announcement accusation allegation assertion argument warning promise".split())
QUOTES = frozenset(['"', "“", "”", "``", "''", "'", "‘", "’"])
_STOPS = frozenset([",", ".", ";", ":", "-", "--", "—", "–", "...", "…", "!"]) | QUOTES
_THIRD = frozenset("he she they it".split())
_QUESTION = frozenset("what who why how where when which whether if".split())
_MODALS = frozenset("would should could may might can must do will".split())
_AFTER_NAME = ("acl", "appos", "punct", "parataxis", "advcl", "list", "dep", "discourse", "orphan")
_NOT_NAME = (*_AFTER_NAME, "det", "cc", "case", "advmod", "cop", "nsubj", "expl", "mark")


Parts = Callable[["Tree", int], "tuple[int, Span] | None"]


class Tree:
    """A unit's syntax: heads as indices (-1 at the root), relations, children."""

    def __init__(self, unit: Unit) -> None:
        self.words: list[str] = unit["words"]
        self.upos = [t[0] for t in unit["tags"]]
        self.lemmas = [t[3].lower() for t in unit["tags"]]
        self.heads = [h - 1 for h, _ in unit["arcs"]]
        self.rels = [r for _, r in unit["arcs"]]
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(i)

    def below(self, word: int, without: Sequence[str] = (), skip: int = -1) -> list[int]:
        """The word and all that hangs on it, sorted, without its children of some relations and without one branch."""
        found, todo = [word], [c for c in self.children[word] if not self.rels[c].startswith(tuple(without)) and c != skip]
        while todo:
            i = todo.pop()
            found.append(i)
            todo += [c for c in self.children[i] if c != skip]
        return sorted(found)

    def of(self, word: int, *rels: str) -> list[int]:
        """The children of a word by relation, subtypes apart."""
        return [c for c in self.children[word] if self.rels[c] in rels]


def propbank(frames: Path, treebank: Iterable[Unit]) -> Iterator[Unit]:
    """Units with statements, of a PropBank file (JSON lines, gzip) and the treebank's units with the same `id` and words."""
    with gzip.open(frames, "rt", encoding="utf-8") as lines:
        known = {item["sent_id"]: item for item in map(json.loads, lines)}
    for unit in treebank:
        item = known.get(unit["id"])
        if item is None or len(item["tokens"]) != len(unit["words"]):
            continue
        arguments = {p["i"]: p["args"] for p in item["preds"]}
        yield from _unit(unit, lambda tree, cue, arguments=arguments: _of_frame(tree, cue, arguments.get(cue, [])))


def gum(path: Path, treebank: Iterable[Unit]) -> Iterator[Unit]:
    """Units with statements, of GUM's CoNLL-U (gzip; MISC `Discourse=`) and its units with the same `id`."""
    attributed = dict(_attributions(path))
    for unit in treebank:
        if unit["doc"].split("_")[1] not in GENRES:
            continue
        words = attributed.get(unit["id"], frozenset())
        yield from _unit(unit, lambda tree, cue, words=words: _of_tree(tree, cue) if cue in words else None)


def attach(units: Iterable[Unit], told: Iterable[Unit]) -> int:
    """Gives units of a treebank the statements of the same sentence; how many got some."""
    known = {(unit["source"], unit["id"]): unit["statements"] for unit in told}
    found = [unit for unit in units if (unit["source"], unit.get("id")) in known]
    for unit in found:
        unit |= {"statements": known[unit["source"], unit["id"]], "statements_only": True}
    return len(found)


def _unit(unit: Unit, parts: Parts) -> Iterator[Unit]:
    """The unit with its statements, if it has any and all that could be one is clear."""
    tree = Tree(unit)
    statements = []
    for i, lemma in enumerate(tree.lemmas):
        if tree.upos[i] == "VERB" and lemma in SAYING:
            found = parts(tree, i)
        elif lemma == "accord" and tree.words[i + 1 : i + 2] == ["to"]:
            found = _according(tree, i)
        elif (tree.upos[i] == "VERB" and lemma in OPEN) or (tree.upos[i] == "NOUN" and lemma in OPEN_NOUNS):
            return  # open in the conventions
        else:
            continue
        speaker = name_of(tree, found[0]) if found else None
        content = clean(tree, found[1]) if found else []
        if not speaker or not content or set(speaker) & set(content):
            return
        statements.append({"cue": _cue(tree, i), "speaker": speaker, "content": content})
    if statements:
        keep = {k: unit[k] for k in ("source", "doc", "id", "words")}
        yield keep | {"statements": statements, "statements_only": True}


def _cue(tree: Tree, word: int) -> list[int]:
    if tree.lemmas[word] == "accord":
        return [word, word + 1]
    return [word, *(c for c in tree.of(word, "compound:prt") if c == word + 1)]


def _of_frame(tree: Tree, cue: int, arguments: list[tuple[int, int, str]]) -> tuple[int, Span] | None:
    """Head of the speaker and span of the content, from a frame."""
    if any(tree.words[b].lower() in {"not", "n't", "never", "if"} for b, _, k in arguments if k == "ARGM-NEG"):
        return None
    spans = {k: [(b, e) for b, e, label in arguments if label == k] for k in ("ARG0", "ARG1", "C-ARG1")}
    if len(spans["ARG0"]) != 1 or len(spans["ARG1"]) != 1:
        return None
    (content,), (said_by,) = spans["ARG1"], spans["ARG0"]
    if spans["C-ARG1"] and content[0] > cue:
        return None
    head = next(iter(_tops(tree, said_by)), None)
    if tree.lemmas[cue] == "tell" and tree.words[content[0]].lower() == "to":
        return None
    clausal = any(tree.upos[i] in {"VERB", "AUX"} for i in range(*content)) and not _nominal(tree, content)
    if head is None or (not clausal and tree.lemmas[cue] not in NOMINAL) or not _told(tree, cue, content):
        return None
    return head, content


def _tops(tree: Tree, span: Span) -> Iterator[int]:
    return (i for i in range(*span) if not span[0] <= tree.heads[i] < span[1] and tree.rels[i] != "punct")


def _nominal(tree: Tree, span: Span) -> bool:
    """Whether the span is a noun phrase, whatever clause it may hold."""
    top = next(_tops(tree, span), span[0])
    governed = any(c for c in tree.children[top] if tree.rels[c] in {"nsubj", "nsubj:pass", "csubj", "cop", "expl"})
    return tree.upos[top] not in {"VERB", "AUX"} and not governed


def _told(tree: Tree, cue: int, content: Span) -> bool:
    """Whether the cue tells in a main or plain clause: no question, wish or order, no indirect question."""
    first = next((tree.words[i].lower() for i in range(*content) if tree.upos[i] != "PUNCT"), "")
    modal = any(tree.lemmas[c] in _MODALS for c in tree.of(cue, "aux"))
    marked = any(tree.words[c].lower() in {"if", "to", "whether"} for c in tree.of(cue, "mark"))
    asked = tree.words[-1] == "?" and cue < content[0]
    return not (modal or marked or asked or first in _QUESTION)


def _of_tree(tree: Tree, cue: int) -> tuple[int, Span] | None:
    """Head of the speaker and span of the content, from the syntax around a cue."""
    speaker = next(iter(tree.of(cue, "nsubj")), None)
    if speaker is None and tree.rels[cue] in {"advcl", "conj"} and tree.heads[cue] >= 0:
        speaker = next(iter(tree.of(tree.heads[cue], "nsubj")), None)
    if speaker is not None and tree.lemmas[speaker] in {"who", "which", "that"} and tree.rels[cue] == "acl:relcl":
        speaker = tree.heads[cue]
    clause = next(iter(tree.of(cue, "ccomp", "xcomp")), None)
    negated = any(tree.words[c].lower() == "if" or tree.lemmas[c] in {"not", "never"} for c in tree.children[cue])
    if speaker is None or negated:
        return None
    if clause is not None:
        words = tree.below(clause)
        span = _run(words, clause)
        loose = any(tree.upos[i] == "ADP" for i in range(cue + 1, span[0])) and not tree.of(clause, "mark")
        if loose or any(tree.upos[i] != "PUNCT" for i in words if not span[0] <= i < span[1]):
            return None
    elif tree.rels[cue] == "parataxis" and tree.heads[cue] >= 0:
        own = set(tree.below(cue))
        rest = tree.below(tree.heads[cue], skip=cue)
        before = [i for i in rest if i < min(own)]
        if before and tree.heads[cue] not in before:
            return None
        span = _run(before or rest, tree.heads[cue])
    else:
        return None
    return (speaker, span) if _told(tree, cue, span) and not span[0] <= cue < span[1] else None


def _according(tree: Tree, word: int) -> tuple[int, Span] | None:
    """ "According to X, …" at the start of a sentence, "…, according to X" at its end."""
    head = tree.heads[word]
    if head < word or tree.upos[head] not in {"NOUN", "PROPN", "PRON"} or tree.rels[head] != "obl":
        return None
    if any(tree.words[c].lower() in {"your", "my", "our"} for c in tree.children[head]):
        return None
    phrase = tree.below(head, ["punct"])
    if word == 0 and tree.words[phrase[-1] + 1 : phrase[-1] + 2] == [","]:
        return head, (phrase[-1] + 1, len(tree.words))
    rest = [i for i in range(phrase[-1] + 1, len(tree.words)) if tree.upos[i] != "PUNCT"]
    return (head, (0, word)) if not rest and word > 2 and tree.rels[tree.heads[head]] == "root" else None


def _run(words: list[int], inside: int) -> Span:
    """The unbroken run of words around one of them."""
    own, begin, end = set(words), inside, inside + 1
    while begin - 1 in own:
        begin -= 1
    while end in own:
        end += 1
    return begin, end


def name_of(tree: Tree, head: int) -> list[int] | None:
    """The speaker as communique-events marks it: the name without titles and appositions, a noun phrase without its article.

    None where it would be open: first and second persons, questions, several names.
    """
    if tree.upos[head] == "PRON":
        return [head] if tree.words[head].lower() in _THIRD else None
    if tree.upos[head] not in {"NOUN", "PROPN"}:
        return None
    named = [c for c in tree.of(head, "appos", "flat") if tree.upos[c] == "PROPN" and tree.words[c][:1].isupper() and c > head]
    if any(tree.upos[c] == "PROPN" for c in tree.of(head, "conj")):
        return None
    words = tree.below(head, _NOT_NAME)
    if named and (tree.upos[head] == "NOUN" or tree.words[head].lower() in TITLES):
        if tree.rels[named[0]] == "appos":
            head = named[0]
            words = tree.below(head, _AFTER_NAME)
        else:
            words = sorted({i for c in named for i in tree.below(c, _AFTER_NAME)})
    begin, end = _run(words, head if head in words else words[0])
    if tree.upos[head] == "PROPN":
        begin = max([begin, *(i + 1 for i in range(begin, head) if _is_title(tree, i))])
    while begin < end - 1 and tree.upos[begin] in {"DET", "PUNCT"}:
        begin += 1
    clear = tree.upos[begin] != "ADP" and "(" not in tree.words[begin:end] and end - begin < 12
    return list(range(begin, end)) if clear else None


def _is_title(tree: Tree, word: int) -> bool:
    """Whether a word before a name's head is no part of the name: a title, or a common word ("spokeswoman Ana Sol")."""
    return tree.words[word].lower() in TITLES or (tree.upos[word] in {"NOUN", "ADJ"} and tree.words[word].islower())


def clean(tree: Tree, span: Span) -> list[int]:
    """The content without "that", the quotation marks around it, and the stop behind; a stop inside the marks stays at the end.

    Empty where a quotation goes on behind it, or where hardly anything is left.
    """
    words, (begin, end) = tree.words, span
    while begin < end and words[begin] in _STOPS:
        begin += 1
    if begin < end and words[begin].lower() == "that" and tree.upos[begin] == "SCONJ":
        begin += 1
    if begin < end and words[begin] in QUOTES and not any(w in QUOTES for w in words[begin + 1 : end - 2]):
        begin += 1
    quoted = begin > 0 and words[begin - 1] in QUOTES
    while end > begin and words[end - 1] in _STOPS:
        if quoted and words[end - 1] == "." and words[end : end + 1] and words[end] in QUOTES:
            break
        end -= 1
    if not quoted and sum(w in QUOTES and w != "'" for w in words[begin:end]) % 2:
        closing = next((i for i in range(end, min(end + 3, len(words))) if words[i] in QUOTES), end - 1)
        end = closing + 1
    later = next((i for i in range(end, len(words)) if words[i] in QUOTES), end)
    broken = quoted and any(w not in _STOPS for w in words[end:later]) and words[begin - 1] in {'"', "“", "``"}
    broken |= quoted and end - begin > 2 and words[end - 2] in QUOTES  # words behind the quotation: '…," however'
    return list(range(begin, end)) if end - begin > 1 and not broken else []


def _attributions(path: Path) -> Iterator[tuple[str, frozenset[int]]]:
    """Of each sentence, the words of the discourse units that attribute what another unit says."""
    name, at, inside, words = "", 0, False, set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                name, at, inside, words = line.partition("=")[2].strip(), 0, False, set()
            elif line[:1].isdigit() and line.split("\t", 1)[0].isdigit():
                told = next((m for m in line.rstrip("\n").split("\t")[9].split("|") if m.startswith("Discourse=")), None)
                inside = told.startswith("Discourse=attribution-positive") if told else inside
                words |= {at} if inside else set()
                at += 1
            elif not line.strip() and name:
                yield name, frozenset(words)
