"""Several at once: "the two leaders", "both countries", "the pair"; and "the country" of which a report tells."""

from __future__ import annotations

from collections.abc import Callable

from communique.ontology.tables import covers
from communique.resolve.coreference.salience import is_subject
from communique.resolve.names.nouns import base, is_plural, words
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
from communique.types.reading import Token

_SIZES = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
_JOINED = 2  # sentences between what was told side by side and "the neighbours"
_CLAUSES = frozenset({"ccomp", "advcl", "acl", "csubj", "parataxis"})
_TAILS = frozenset({"of", "to", "for", "that", "who", "which"})


def resolve_pairs(scene: Scene) -> None:
    """Add mentions like "the two leaders", "both countries" and "the country" to the drafts of each that they mean."""
    for token in scene.reading.tokens:
        if base(token) in ("country", "nation") and _is_the_country(scene, token):
            for draft in _salient_states(scene, token, 1):
                draft.add(token.index, token.index + 1)
                scene.taken.add(token.index)
        if base(token) in words("joined_heads") and is_plural(token):
            for draft in _side_by_side(scene, token):
                draft.add(token.index, token.index + 1)
                scene.taken.add(token.index)
        if token.text.lower() in _SIZES and (head := _pair_head(scene, token)) is not None:
            for draft in _pair(scene, token, head) or (_pair(scene, token, head, True) if _opens_clause(scene, head) else []):
                draft.add(token.index, head + 1)
                scene.taken.add(head)


def _pair_head(scene: Scene, token: Token) -> int | None:
    """The head noun of "the two leaders", "both sides"; "the pair" and "both" by itself are their own."""
    word = token.text.lower()
    if word in ("pair", "duo", "trio"):
        before, after = scene.token(token.index - 1), scene.token(token.index + 1)
        alone = before is not None and before.text.lower() == "the" and (after is None or after.text.lower() != "of")
        return token.index if alone else None
    before = scene.token(token.index - 1)
    if word != "both" and (before is None or before.text.lower() not in ("the", "these", "those", "'s", "’s", "their", "our")):
        return None
    for i in range(token.index + 1, min(token.index + 6, len(scene.reading.tokens))):
        noun = scene.reading.tokens[i]
        if noun.upos in ("NOUN", "PROPN") and base(noun) in words("leader_heads") | words("state_heads"):
            return i
        if noun.upos not in ("ADJ", "ADV", "NOUN", "PROPN", "DET", "PART") and noun.text != "-":
            return None
    return None


def _opens_clause(scene: Scene, head: int) -> bool:
    """Whether a noun is the subject of a coordinated clause: "X met Y and the two leaders signed"."""
    noun = scene.reading.tokens[head]
    return noun.dep.startswith("nsubj") and scene.reading.tokens[noun.head].dep == "conj"


def _pair(scene: Scene, token: Token, head: int, whole: bool = False) -> list[Draft]:
    """The most salient people or states before the phrase, as many as it counts; none when there are fewer. `whole`: those
    who act in the clause before it among them."""
    noun = base(scene.reading.tokens[head])
    size = _SIZES[token.text.lower()]
    whose = {scene.draft_at(c.index) for c in scene.reading.children(head, "nmod")}  # "the two rivals of NAME"
    people = noun in words("leader_heads") or token.text.lower() in ("pair", "duo", "trio")
    if people:
        leads = _salient(scene, token, size, lambda d: d.kind == "person" and _leads(scene, d), whole)
        found = (
            leads
            if noun == "leader" and len(leads) == size
            else _salient(scene, token, size, lambda d: d.kind == "person", whole)
        )
        if len(found) == size:
            return found
    if noun not in words("state_heads") | words("loose_sides") or _of_bloc(scene, token.index + 1, head + 1):
        return []
    if noun in words("loose_sides"):
        found = _salient(scene, token, size, lambda d: d.kind != "person" and d not in whose, whole)
    else:
        found = _salient_states(scene, token, size, whole)
    return found if len(found) == size else []


def _of_bloc(scene: Scene, first: int, last: int) -> bool:
    """Whether the words say of which bloc the counted states are: "the three Baltic states"."""
    known = {m for i in range(first, last) if (m := scene.known_at.get(i)) is not None}
    return any(n.entry.kind in ("bloc", "organization") for m in known for n in m.names)


def _side_by_side(scene: Scene, token: Token) -> list[Draft]:
    """For "the neighbours", "the warring parties": the states or bodies that were last told in one breath, two or more."""
    i = token.index - 1
    while scene.same_sentence(i, token.index) and scene.reading.tokens[i].text.lower() in words("joined_modifiers"):
        i -= 1
    the, after = scene.token(i), scene.token(token.index + 1)
    if the is None or the.text.lower() not in ("the", "these", "both") or (after is not None and after.text.lower() in _TAILS):
        return []
    for index in range(i - 1, -1, -1):
        other = scene.reading.tokens[index]
        if token.sentence - other.sentence > _JOINED:
            break
        heads = [index, *(c.index for c in scene.reading.children(index, "conj"))]
        drafts = list(dict.fromkeys(d for h in heads if (d := scene.draft_at(h)) is not None)) if len(heads) > 1 else []
        if len(drafts) == len(heads) and all(d.kind != "person" and d.key[:1] != ("group",) for d in drafts):
            return drafts
    return []


def _is_the_country(scene: Scene, token: Token) -> bool:
    """Whether a noun is "the country" or "this nation" with nothing that says which."""
    before, after = scene.token(token.index - 1), scene.token(token.index + 1)
    if token.upos != "NOUN" or is_plural(token) or before is None or before.text.lower() not in ("the", "this", "that"):
        return False
    if after is not None and after.text.lower() == "of":  # "accused the country of spying"
        follows = scene.token(token.index + 2)
        return follows is not None and follows.xpos == "VBG" and follows.upos == "VERB"
    return after is None or (after.text.lower() not in ("that", "which", "where", "-") and after.upos not in ("NOUN", "PROPN"))


def _leads(scene: Scene, draft: Draft) -> bool:
    """Whether a person heads a state or its government by the titles that the report gives."""
    classes = {t.title_class for r in draft.roles if (t := scene.world.title(r.title)) is not None and not t.former}
    return bool(classes & {"president", "prime-minister", "monarch", "chancellor", "supreme-leader"})


def _salient(scene: Scene, token: Token, size: int, fits: Callable[[Draft], bool], whole: bool = False) -> list[Draft]:
    """The fitting drafts that were mentioned most and last before a token, and don't act in its own clause."""
    weights: dict[Draft, float] = {}
    for draft in scene.drafts:
        if fits(draft) and (whole or not _acts_here(scene, token, draft)):
            told = [first for first, _ in draft.spans if first < token.index]
            if told:
                weights[draft] = sum(_weight(scene, token, first) for first in told) + 0.1 * len(told)
    return sorted(weights, key=lambda d: -weights[d])[:size]


def _salient_states(scene: Scene, token: Token, size: int, whole: bool = False) -> list[Draft]:
    """The states that were named most and last, by any of their names or by people who act for them."""
    weights: dict[str, float] = {}
    for mention in scene.known:
        states = [n.entry for n in mention.names if n.entry.kind == "state"]
        living = [e for e in states if covers(e.begin, e.end, scene.when)] or states  # "Moscow" was another state's capital too
        for code in dict.fromkeys(e.country for e in living if e.country):
            weights[code] = weights.get(code, 0.0) + _weight(scene, token, mention.first)
    for draft in scene.drafts:
        if draft.kind == "person" and draft.country:
            weight = 0.6 * sum(_weight(scene, token, first) for first, _ in draft.spans)
            weights[draft.country] = weights.get(draft.country, 0.0) + weight
    ranked = sorted((c for c in weights if weights[c]), key=lambda c: -weights[c])
    found: list[Draft] = []
    for code in ranked:
        known = next((d for d in scene.drafts if d.kind == "state" and d.country == code), None)
        if len(found) < size and (known is None or whole or not _acts_here(scene, token, known)):
            made = known or scene.draft_of_state(code)
            found += [made] if made is not None else []
    return found


def _weight(scene: Scene, token: Token, first: int) -> float:
    """How much a mention counts: less with each sentence between, nothing after the token or more than six before."""
    back = token.sentence - scene.reading.tokens[first].sentence
    return 0.7**back if first < token.index and back <= 6 else 0.0


def _acts_here(scene: Scene, token: Token, draft: Draft) -> bool:
    """Whether the actor is a subject in the phrase's own clause: "the US put sanctions on both countries" leaves it out."""
    return any(
        a < token.index and scene.same_sentence(a, token.index) and is_subject(scene, a, draft) and _governs(scene, token, a)
        for a, _ in draft.spans
    )


def _governs(scene: Scene, token: Token, first: int) -> bool:
    """Whether the predicate that a subject belongs to also governs the token."""
    index = first
    for _ in range(6):
        if scene.reading.tokens[index].dep.split(":")[0] == "nsubj":
            break
        index = scene.reading.tokens[index].head
    predicate, index = scene.reading.tokens[index].head, token.index
    for _ in range(12):
        if index == predicate:
            return True
        if scene.reading.tokens[index].dep.split(":")[0] in _CLAUSES:
            return False
        above = scene.reading.tokens[index].head
        if above == index:
            return False
        index = above
    return False
