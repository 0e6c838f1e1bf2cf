"""Events by words and syntax alone: the codebook's patterns matched on dependencies.

The way to code where a pipeline gives no event graph, and a second opinion where it does: modes, CONCEDE or RETREAT, contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from communique.coding import frames, graph
from communique.coding.clauses import with_particle
from communique.coding.codebook import Index, Pattern, load_codebook, noun_classes, read_table
from communique.coding.contexts import shown_by
from communique.coding.cues import load_cues
from communique.coding.forms import mended
from communique.coding.frames import Site
from communique.coding.spoken import REFUSABLE, REFUSAL, is_refusal, one_sided
from communique.coding.status import status_of
from communique.types.reading import Chunk, EventCandidate, Reading, Token

YIELDS = ("CONCEDE", "RETREAT")
_MILITARY = frozenset({"military", "peacekeeping", "economic", "territory", "cbrn"})
_TIME_WORDS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today",
                         "tomorrow", "tonight", "week", "month", "year", "morning", "evening", "night", "january", "february",
                         "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
                         "day", "weekend", "hour", "spring", "summer", "autumn", "winter"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits at a site, with its arguments' heads by role."""

    site: Site
    pattern: Pattern
    filled: dict[str, tuple[int, ...]]

    @property
    def score(self) -> float:
        """How much it tells: the pattern's weight, more for each of its conditions."""
        return self.pattern.weight + 0.15 * self.pattern.strictness


def propose(reading: Reading) -> tuple[EventCandidate, ...]:
    """Event candidates in the report's order, with types, status, mode and arguments; types are PLOVER's, YIELD for two."""
    reading = mended(reading)
    found: list[tuple[Site, tuple[Match, ...]]] = []
    for token in reading.tokens:
        ranked = matches_at(reading, token.index)
        if ranked and not _is_hazard(ranked[0].site):
            found.append((ranked[0].site, ranked))
    covered = {i for site, _ in found for i in range(site.first, site.last) if i != site.head and site.part == "noun"}
    return tuple(candidate_of(ranked) for site, ranked in found if site.head not in covered)


def _is_hazard(site: Site) -> bool:
    """Whether a word tells what a fire or an earthquake did, which is nobody's act."""
    reading, token = site.reading, site.reading.tokens[site.head]
    if token.lemma not in _results():
        return False
    around = {*graph.surface_subjects(reading, site.head), *graph.agents(reading, site.head)}
    around.update(graph.obliques(reading, site.head, frozenset({"in", "during", "after", "by", "from"})))
    if token.dep in {"advcl", "conj", "acl:relcl", "acl"}:
        around.add(token.head)
    return any(reading.tokens[i].lemma.lower() in noun_classes()["hazards"] for i in around)


@cache
def _results() -> frozenset[str]:
    return frozenset(read_table("codebook/light.yaml")["result"])


def matches_at(reading: Reading, index: int, book: Index | None = None) -> tuple[Match, ...]:
    """The patterns that fit with this word as the trigger's head, the most telling first; ours, or those of another book."""
    found = list(_matches(reading, index, load_codebook().index if book is None else book))
    if found and book is None:
        wrong = excluded_at(reading, index)
        refused = {kind for kind, instead in wrong.items() if instead == REFUSAL and kind in REFUSABLE}
        found = [m for m in found if m.pattern.plover not in wrong] + [
            Match(m.site, replace(m.pattern, plover=REFUSAL, mode=None), m.filled) for m in found if m.pattern.plover in refused
        ]
    return tuple(sorted(found, key=lambda m: -m.score))


def excluded_at(reading: Reading, index: int) -> dict[str, str | None]:
    """The types that a word, as it stands there, tells nothing of by the rules of the codebook, though it often does
    elsewhere ("agreed to the demands" is no AGREE), each with the type that it tells of instead, if of any."""
    book = load_codebook()
    ruled: dict[str, str | None] = dict.fromkeys(REFUSABLE, REFUSAL) if is_refusal(reading, index) else {}
    ruled.update((m.pattern.plover, book.instead[m.pattern.example]) for m in _matches(reading, index, book.exclusions))
    return ruled


def _matches(reading: Reading, index: int, book: Index) -> Iterator[Match]:
    for pattern, site in _sites(reading, reading.tokens[index], book):
        filled = frames.arguments(site, pattern)
        if frames.holds(site, pattern, filled):
            yield Match(site, pattern, filled)


def _sites(reading: Reading, token: Token, index: Index) -> Iterator[tuple[Pattern, Site]]:
    if token.upos == "VERB" and token.dep not in {"amod", "compound"}:
        whole = with_particle(reading, token) in load_cues().lists["unplanning"]  # "call off" is not to call
        for pattern, words in index.get(("verb", token.lemma.lower()), ()):
            if (not whole) if len(words) == 1 else _verb_goes_on(reading, token, words[1:]):
                yield pattern, Site(reading, token.index, token.index + 1, token.index, "verb")
    elif token.upos == "NOUN" and token.dep != "compound":
        for pattern, words in index.get(("noun", token.lemma.lower()), ()):
            first = _noun_start(reading, token.index, words[:-1])
            if first is not None:
                light = frames.light_verb(reading, token.index, pattern.lists.get("light", frozenset()))
                yield pattern, Site(reading, first, token.index + 1, token.index, "noun", light)


def _verb_goes_on(reading: Reading, verb: Token, rest: tuple[str, ...]) -> bool:
    following = reading.tokens[verb.index + 1 : verb.index + 1 + len(rest)]
    if tuple(t.text.lower() for t in following) == rest:
        return True
    return len(rest) == 1 and any(
        t.text.lower() == rest[0] and t.dep in {"compound:prt", "advmod", "xcomp", "obj"} for t in reading.children(verb.index)
    )


def _noun_start(reading: Reading, index: int, before: tuple[str, ...]) -> int | None:
    for word in reversed(before):
        index -= 1
        if index >= 0 and reading.tokens[index].text == "-":
            index -= 1
        if index < 0 or word not in {reading.tokens[index].lemma.lower(), reading.tokens[index].text.lower()}:
            return None
    return index


def candidate_of(ranked: Sequence[Match]) -> EventCandidate:
    """What the matches at a word propose, the first of them its arguments."""
    best = ranked[0]
    site = best.site
    status, _ = status_of(site.reading, site.head)
    arguments = _arguments(best)
    if best.pattern.plover == REFUSAL and "both" in best.filled:
        arguments = one_sided(site.reading, site.head, arguments)
    statuses = ((status, 0.8), *((s, 0.05) for s in ("happened", "ongoing", "planned", "uncertain", "denied") if s != status))
    mode = next(((m.pattern.mode, 0.8) for m in ranked if m.pattern.mode and m.pattern.plover == best.pattern.plover), None)
    return EventCandidate(
        site.first, site.last, _types(ranked), statuses, (mode,) if mode else (), tuple(arguments),
    )  # fmt: skip


def _types(ranked: Sequence[Match]) -> tuple[tuple[str, float], ...]:
    shares: dict[str, float] = {}
    sure = ranked[0].pattern.weight
    for rank, match in enumerate(ranked):
        share = sure if rank == 0 else (1 - sure) * 0.5 * match.pattern.weight
        for name, part in ((match.pattern.plover, share), *((a, (1 - sure) * 0.4) for a in match.pattern.also)):
            name = "YIELD" if name in YIELDS else name
            shares[name] = max(shares.get(name, 0.0), part)
    return tuple(sorted(shares.items(), key=lambda s: -s[1]))


def _arguments(match: Match) -> Iterator[Chunk]:
    reading, site = match.site.reading, match.site
    for role in ("actor", "recipient"):
        for head in match.filled.get(role, ()):
            first, last = graph.phrase(reading, head)
            yield Chunk(first, last, role, match.pattern.weight)
    carrier = site.head if site.light is None else site.light
    for head in dict.fromkeys((*_circumstances(reading, site.head), *_circumstances(reading, carrier))):
        token = reading.tokens[head]
        first, last = graph.phrase(reading, head)
        if any(reading.tokens[i].lemma.lower() in _TIME_WORDS or reading.tokens[i].upos == "NUM" for i in range(first, last)):
            yield Chunk(first, last, "when", 0.7)
        elif token.upos == "PROPN" and graph.case_of(reading, head) != "on":
            yield Chunk(first, last, "where", 0.6)


def _circumstances(reading: Reading, index: int) -> Iterator[int]:
    for token in reading.children(index, "obl", "nmod", "advmod"):
        unmarked = token.dep.endswith((":unmarked", ":tmod")) or token.lemma.lower() in _TIME_WORDS
        if unmarked or graph.case_of(reading, token.index) in {"in", "at", "on", "near", "outside", "since", "during"}:
            yield token.index


def mode_of(reading: Reading, candidate: EventCandidate, plover: str) -> str | None:
    """The mode of an event of the given type by its words; none where they don't tell, except that a CONSULT is a meeting."""
    told = False
    for index in range(candidate.last - 1, candidate.first - 1, -1):
        for match in matches_at(reading, index):
            if match.pattern.plover == plover and match.pattern.mode:
                return match.pattern.mode
            told = told or match.pattern.plover == plover
    for index in range(candidate.last - 1, candidate.first - 1, -1):
        token = reading.tokens[index]
        mode = _mode_by_word().get((plover, "verb" if token.upos == "VERB" else "noun", token.lemma.lower()))
        if mode and not told:
            return mode
    return "meet" if plover == "CONSULT" else _mode_around(reading, candidate, plover)


def _mode_around(reading: Reading, candidate: EventCandidate, plover: str) -> str | None:
    """The mode that most of the words in the trigger's own clause, and below it, speak for."""
    modes = load_codebook().types[plover].modes
    if not modes:
        return None
    around = {reading.tokens[i].lemma.lower() for i in _own_clause(reading, range(candidate.first, candidate.last))}
    shown = {name: len(mode.words & around) for name, mode in modes.items()}
    best = max(shown, key=lambda name: shown[name])
    return best if shown[best] else None


def _own_clause(reading: Reading, trigger: Iterable[int]) -> Iterator[int]:
    stack = list(trigger)
    seen = set(stack)
    while stack:
        index = stack.pop()
        yield index
        for child in reading.children(index):
            further = child.dep in {"parataxis", "acl:relcl"} or (child.dep == "conj" and child.upos == "VERB")
            if child.index not in seen and not further:
                seen.add(child.index)
                stack.append(child.index)


@cache
def _mode_by_word() -> dict[tuple[str, str, str], str]:
    """The mode that a word alone speaks for: that of its heaviest pattern ("attack" is no drone for "drone attack") without an
    object ("ordered" is no curfew for "ordered a curfew")."""
    found: dict[tuple[str, str, str], tuple[float, str]] = {}
    for entry in load_codebook().types.values():
        for pattern in (p for p in entry.patterns if not p.lists.get("object")):
            for words in (w for w in pattern.words if len(w) == 1):
                key = (pattern.plover, pattern.part, words[0])
                if pattern.mode and pattern.weight > found.get(key, (0.0, ""))[0]:
                    found[key] = (pattern.weight, pattern.mode)
    return {key: mode for key, (_, mode) in found.items()}


def yield_kind(reading: Reading, first: int, last: int) -> Literal["CONCEDE", "RETREAT"]:
    """Which of the two yielding types tokens `[first, last)` tell of.

    Deeds (release, ceasefire, withdrawal, disarming, access, resignation, economic sanctions eased) are RETREAT, words and
    administrative easing CONCEDE, as CAMEO's 084 to 087 and 080 to 083 are divided.
    """
    for index in range(last - 1, first - 1, -1):
        for match in matches_at(reading, index):
            if match.pattern.plover in YIELDS:
                return "RETREAT" if match.pattern.plover == "RETREAT" else "CONCEDE"
    book = load_codebook().index
    weights = {"CONCEDE": 0.0, "RETREAT": 0.0}
    for token in reading.tokens[first:last]:
        for part in ("verb", "noun"):
            for pattern, _ in book.get((part, token.lemma.lower()), ()):
                if pattern.plover in YIELDS:
                    weights[pattern.plover] = max(weights[pattern.plover], pattern.weight)
    if weights["CONCEDE"] != weights["RETREAT"]:
        return "CONCEDE" if weights["CONCEDE"] > weights["RETREAT"] else "RETREAT"
    words = (t.lemma for t in reading.tokens if t.sentence == reading.tokens[first].sentence)
    return "RETREAT" if _MILITARY & set(shown_by(words)) else "CONCEDE"


def code_lemma(reading: Reading, head: int) -> str:
    """The lemma that tells the CAMEO code of an act: that of its trigger, or of the deal that is agreed on."""
    token = reading.tokens[head]
    if token.lemma.lower() == "agree":
        deals = noun_classes()["deals"]
        over = (*graph.logical_objects(reading, head), *graph.obliques(reading, head, frozenset({"on", "to"})))
        return next((lemma for i in over if (lemma := reading.tokens[i].lemma.lower()) in deals), "agree")
    return token.lemma.lower()
