"""What belongs to the content of a statement: runs of tokens, cut to the words that are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.types.reading import Reading

_EDGE = frozenset({",", ";", ":", "-", "--", "–", "—", ".", "that", "“", "”", '"', "``", "''", "(", "...", "…"})


def from_that(reading: Reading, cue: int, runs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """A clause after "that" starts right behind it, whatever the parse holds of what comes first ("that, if ..., it")."""
    if not runs:
        return runs
    longest = max(runs, key=lambda r: r[1] - r[0])
    that = next((t.index for t in reading.tokens[cue + 1 : longest[0]] if t.lemma == "that" and t.upos == "SCONJ"), None)
    return runs if that is None else ((that + 1, longest[1]), *(r for r in runs if r[0] >= longest[1]))


def block(reading: Reading, inside: Iterable[int], head: int) -> tuple[tuple[int, int], ...]:
    """The runs of tokens that belong to a clause, within its sentence."""
    sentence = reading.tokens[head].sentence
    runs: list[tuple[int, int]] = []
    for i in sorted(inside):
        if reading.tokens[i].sentence != sentence:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return tuple(r for r in runs if any(reading.tokens[i].upos != "PUNCT" for i in range(*r)))


def trim(reading: Reading, runs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The runs of tokens without marks, conjunctions and punctuation at their edges; single left-over words are dropped."""
    found = []
    for first, last in runs:
        while first < last and reading.tokens[first].text.lower() in _EDGE - {"“", '"', "``"}:
            first += 1
        while first < last and reading.tokens[last - 1].text.lower() in _EDGE - {"”", '"', "''"}:
            last -= 1
        if last > first:
            found.append((first, last))
    whole = sum(b - a for a, b in found)
    return tuple(r for r in found if r[1] - r[0] > 1 or whole <= 3)


def without_apposition(
    reading: Reading, parts: tuple[tuple[int, int], ...], cue: int, speaker: int
) -> tuple[tuple[int, int], ...]:
    """The parts of an indirect clause without what describes its speaker: of "..., said NAME, the mayor of Lima" the mayor,
    which a parse may hold to be part of the clause. Such a part has no verb and stands by the speaker's name."""
    end = speaker + 1
    while end < len(reading.tokens) and reading.tokens[end].dep == "flat":
        end += 1
    between = range(min(cue, speaker), max(cue + 1, end))

    def describes(first: int, last: int) -> bool:
        apposed = first - 1 == between.stop and reading.tokens[first - 1].text == ","
        beside = apposed or last in (between.start, speaker)
        return beside and not any(t.upos in {"VERB", "AUX"} for t in reading.tokens[first:last])

    return tuple(p for p in parts if not describes(*p)) or parts
