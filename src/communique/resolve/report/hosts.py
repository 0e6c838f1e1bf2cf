"""Third countries of a report: whose people mediate between others, and where others meet."""

from __future__ import annotations

from collections.abc import Iterator

from communique.resolve.names.nouns import words
from communique.resolve.report.scene import Scene
from communique.types.reading import Token

_IN = frozenset({"in", "at"})


def third_countries(scene: Scene) -> frozenset[str]:
    """The countries (alpha-3) that the report tells of as mediators or hosts between others: "Qatari mediators", "talks hosted
    by Norway", "talks in Doha". A meeting's place makes none of a country whose government or rebels the report names. Found
    once for a report."""
    if scene.third is None:
        scene.third = _third(scene)
    return scene.third


def _third(scene: Scene) -> frozenset[str]:
    parties = {told[0] for i in _tokens(scene, "conflict_sides") if (told := scene.country_in(max(i - 2, 0), i)) is not None}
    hosts = {c for i in _tokens(scene, "mediating") for c in _mediators(scene, scene.reading.tokens[i])}
    places = {c for i in _tokens(scene, "parleys") if (c := _place(scene, i)) is not None}
    return frozenset(hosts | (places - parties))


def home_country(scene: Scene, share: float = 0.0) -> str | None:
    """The country that the report names most but for third countries, when at least `share` of the names are its own; where it
    names no other, the one of its armed groups that the registry knows."""
    away = third_countries(scene)
    if not away:
        return scene.main_country(share)
    counts = {code: count for code, count in scene.countries.items() if code not in away}
    if not counts:
        groups = {d.country for d in scene.drafts if d.kind == "group" and d.entry is not None and d.country} - away
        return groups.pop() if len(groups) == 1 else None
    best = max(counts, key=lambda code: counts[code])  # of equals the one that was named first
    return best if counts[best] >= share * sum(counts.values()) else None


def _tokens(scene: Scene, kind: str) -> Iterator[int]:
    known = words(kind)
    return (t.index for t in scene.reading.tokens if t.lemma.lower() in known)


def _mediators(scene: Scene, token: Token) -> Iterator[str]:
    """The countries that the words by a word of mediation name: before a noun, or as the doer of a verb."""
    beside: list[tuple[int, int]] = [(token.index - 2, token.index)] if token.upos in ("NOUN", "ADJ", "PROPN") else []
    for child in scene.reading.children(token.index, "nsubj", "obl", "obl:agent", "nmod"):
        by = any(c.text.lower() in ("by", "from") for c in scene.reading.children(child.index, "case"))
        if child.dep == "nsubj" or by:
            beside.append((child.index - 2, child.index + 1))
    for first, last in beside:
        told = scene.country_in(max(first, 0), last) if scene.same_sentence(max(first, 0), token.index) else None
        person = scene.draft_at(last - 1)
        if told is not None:
            yield told[0]
        elif person is not None and person.kind == "person" and person.country is not None:
            yield person.country


def _place(scene: Scene, index: int) -> str | None:
    """The country of the place where a meeting is, right behind its word: "talks in Doha", "met in Oslo"."""
    sentence = scene.reading.sentences[scene.reading.tokens[index].sentence]
    for i in range(index + 1, min(index + 8, sentence.last)):
        if scene.reading.tokens[i].text.lower() in _IN and i + 1 < sentence.last:
            span = scene.span(i + 1, i + 2)
            place = next((p for p in scene.places if any(m.overlap(span) for m in p.mentions)), None)
            if place is not None:
                return place.country
    return None
