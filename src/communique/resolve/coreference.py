"""Pronouns and pairs: "he", "its", "the two leaders", "both countries" lead back to the actors that they mean.

Only what is clear is resolved: by agreement in number and gender, by what stands as subject, and never from more
than two sentences away (the order of preferences follows Hobbs 1978 and Lappin & Leass 1994).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from communique.resolve.bodies import state_draft
from communique.resolve.nouns import base, is_plural, words
from communique.resolve.scene import Draft, Scene
from communique.types.reading import Token

_GENDER = {
    "he": "Masc",
    "him": "Masc",
    "his": "Masc",
    "himself": "Masc",
    "she": "Fem",
    "her": "Fem",
    "hers": "Fem",
    "herself": "Fem",
}
_NEUTER = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_SIZES = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"|“[^“”\n]*$", re.MULTILINE)
_REACH = 2


def resolve_pairs(scene: Scene) -> None:
    """Add mentions like "the two leaders", "both countries" and "the country" to the drafts of each that they mean."""
    for token in scene.reading.tokens:
        if base(token) in ("country", "nation") and _is_the_country(scene, token):
            for draft in _salient_states(scene, token, 1):
                draft.add(token.index, token.index + 1)
                scene.taken.add(token.index)
        if token.text.lower() in _SIZES and (head := _pair_head(scene, token)) is not None:
            for draft in _pair(scene, token, head):
                draft.add(token.index, head + 1)
                scene.taken.add(head)


def resolve_pronouns(scene: Scene) -> None:
    """Add the mentions by pronoun to the scene's drafts."""
    quotes = [m.span() for m in _QUOTES.finditer(scene.text)]
    for token in scene.reading.tokens:
        word = token.text.lower()
        if word in _GENDER and token.upos in ("PRON", "DET"):
            _add(_person(scene, token, _GENDER[word]), token)
        elif word in _NEUTER and token.upos in ("PRON", "DET"):
            _add(_thing(scene, token), token)
        elif word in _THEY and token.upos in ("PRON", "DET"):
            for draft in _several(scene, token):
                _add(draft, token)
        elif word in _SPEAKER and token.upos in ("PRON", "DET") and token.text != "US":
            _add(_speaker(scene, token, quotes), token)


def _add(draft: Draft | None, token: Token) -> None:
    if draft is not None:
        draft.add(token.index, token.index + 1)


def _mentioned(scene: Scene, token: Token) -> Iterator[tuple[int, int, Draft]]:
    """(sentence, token, draft) of what was mentioned before a token and near enough, the latest first."""
    found = []
    for draft in scene.drafts:
        for first, last in draft.spans:
            if last <= token.index and token.sentence - scene.reading.tokens[first].sentence <= _REACH:
                found.append((scene.reading.tokens[first].sentence, first, draft))
    return iter(sorted(found, key=lambda f: (-f[0], -f[1])))


def _best(scene: Scene, token: Token, candidates: list[tuple[int, int, Draft]]) -> Draft | None:
    """The most salient: each mention counts 100 and 80 more as a subject (50 as an object, 30 else), half for each
    sentence back, as Lappin & Leass (1994) weigh them; the nearest of two that are as salient."""
    weights: dict[Draft, float] = {}
    for sentence, first, draft in candidates:
        role = (
            80.0 if _is_subject(scene, first, draft) else 50.0 if scene.reading.tokens[first].dep in ("obj", "iobj") else 30.0
        )
        weights[draft] = weights.get(draft, 0.0) + (100.0 + role) * 0.5 ** (token.sentence - sentence)
    return max(weights, key=lambda d: weights[d], default=None)


def _nearest(scene: Scene, token: Token, candidates: list[tuple[int, int, Draft]]) -> Draft | None:
    """Of the nearest sentence that has any: a subject before the rest, then the first told (the latest, in the token's
    own sentence)."""
    ranked = []
    for sentence, first, draft in candidates:
        order = first if sentence == token.sentence else -first
        ranked.append(((sentence, _is_subject(scene, first, draft), order), draft))
    return max(ranked, key=lambda r: r[0])[1] if ranked else None


def _is_subject(scene: Scene, first: int, draft: Draft) -> bool:
    last = next(b for a, b in draft.spans if a == first)
    index = scene.head(first, last)
    for _ in range(6):
        token = scene.reading.tokens[index]
        relation = token.dep.split(":")[0]
        if relation in ("nsubj", "csubj"):
            return True
        if relation not in ("flat", "appos", "compound", "conj") or token.head == index:
            return False
        index = token.head
    return False


def _same_clause(scene: Scene, token: Token, first: int, draft: Draft) -> bool:
    """Whether token and mention are arguments of one predicate, so that a plain pronoun can't mean it."""
    if token.dep not in ("obj", "iobj") and token.dep.split(":")[0] != "obl":
        return False
    last = next(b for a, b in draft.spans if a == first)
    head = scene.reading.tokens[scene.head(first, last)]
    while head.dep == "conj" and head.head != head.index:
        head = scene.reading.tokens[head.head]
    return head.head == token.head and not token.text.lower().endswith(("self", "selves"))


def _person(scene: Scene, token: Token, gender: str) -> Draft | None:
    found = [
        (s, i, d)
        for s, i, d in _mentioned(scene, token)
        if d.kind == "person" and not d.plural and d.gender in (None, gender) and not _same_clause(scene, token, i, d)
    ]
    best = _told_before(scene, token, found) or _best(scene, token, found)
    if best is not None and best.gender is None and len({id(d) for s, _, d in found}) == 1:
        best.gender = gender
    return best


def _told_before(scene: Scene, token: Token, candidates: list[tuple[int, int, Draft]]) -> Draft | None:
    """For the "he" of a quotation's "he said": who spoke in the sentence before, rather than who was spoken of."""
    if not _speaks(scene, token):
        return None
    for sentence, first, draft in candidates:
        last = next(b for a, b in draft.spans if a == first)
        if token.sentence - sentence == 1 and _speaks(scene, scene.reading.tokens[scene.head(first, last)]):
            return draft
    return None


def _speaks(scene: Scene, token: Token) -> bool:
    """Whether a token is the subject of a verb of speech that is not itself said."""
    verb = scene.reading.tokens[token.head]
    spoken = verb.dep.split(":")[0] in ("ccomp", "acl", "advcl")
    return token.dep == "nsubj" and verb.lemma.lower() in words("speech_verbs") and not spoken


def _thing(scene: Scene, token: Token) -> Draft | None:
    if token.text.lower() == "it" and (token.dep.startswith("expl") or _expletive(scene, token)):
        return None
    found = [
        (s, i, d)
        for s, i, d in _mentioned(scene, token)
        if d.kind != "person"
        and not (d.plural and d.kind == "group")
        and (d.entry is not None or d.key[:1] == ("org",) or d.kind in ("government", "military"))
        and token.sentence - s <= 1
        and not _same_clause(scene, token, i, d)
    ]
    if token.text.lower() == "it":
        if not token.dep.startswith("nsubj") or scene.reading.tokens[token.head].upos != "VERB":
            return None
        found = [f for f in found if _is_subject(scene, f[1], f[2])]
    return _nearest(scene, token, found)


def _expletive(scene: Scene, token: Token) -> bool:
    """ "It is clear that ...", "it emerged ...": the pronoun stands for nothing."""
    governor = scene.reading.tokens[token.head]
    clauses = scene.reading.children(governor.index, "ccomp", "csubj", "xcomp")
    return bool(clauses) and (
        governor.upos != "VERB" or token.dep == "nsubj:pass" or governor.lemma in ("seem", "appear", "emerge", "take", "remain")
    )


def _several(scene: Scene, token: Token) -> list[Draft]:
    """Whom "they" means: the people or crowd that is the subject, or the coordinated ones."""
    found = [
        (s, i, d)
        for s, i, d in _mentioned(scene, token)
        if (d.plural or d.kind == "group") and not _same_clause(scene, token, i, d)
    ]
    best = _nearest(scene, token, found)
    joined = _joined_subjects(scene, token)
    if joined and (best is None or not _near_subject(scene, token, best)):
        return joined
    return [best] if best is not None else []


def _near_subject(scene: Scene, token: Token, draft: Draft) -> bool:
    return any(
        a < token.index and token.sentence - scene.reading.tokens[a].sentence <= 1 and _is_subject(scene, a, draft)
        for a, _ in draft.spans
    )


def _joined_subjects(scene: Scene, token: Token) -> list[Draft]:
    """Two or more actors that are one coordinated subject, in this sentence before the token or in the one before."""
    for back in (0, 1):
        if token.sentence < back:
            return []
        sentence = scene.reading.sentences[token.sentence - back]
        for other in scene.reading.words(sentence):
            if other.index >= token.index or other.dep.split(":")[0] != "nsubj":
                continue
            heads = [other.index, *(c.index for c in scene.reading.children(other.index, "conj"))]
            drafts = [d for h in heads if (d := scene.draft_at(h)) is not None]
            unique = list(dict.fromkeys(drafts))
            if len(unique) > 1 and len({d.kind == "person" for d in unique}) == 1:
                return unique
    return []


def _speaker(scene: Scene, token: Token, quotes: list[tuple[int, int]]) -> Draft | None:
    """Who speaks a quotation: the subject of a verb of speech that stands right behind the quotation or before it."""
    at = bisect_right([a for a, _ in quotes], token.start) - 1
    if at < 0 or not quotes[at][0] < token.start < quotes[at][1]:
        return None
    start, end = quotes[at]
    around = [t for t in scene.reading.tokens if start - 160 < t.end <= start or end <= t.start < end + 160]
    behind = [t for t in around if t.start >= end and _one_paragraph(scene, end, t.start)]
    before = [t for t in reversed(around) if t.end <= start and _one_paragraph(scene, t.end, start)]
    for near in (behind, before):
        for verb in near:
            if verb.lemma.lower() in words("speech_verbs") and verb.upos == "VERB":
                return _subject_of(scene, verb)
    return None


def _one_paragraph(scene: Scene, start: int, end: int) -> bool:
    return "\n" not in scene.text[start:end]


def _subject_of(scene: Scene, verb: Token) -> Draft | None:
    for subject in scene.reading.children(verb.index, "nsubj"):
        if (draft := scene.draft_at(subject.index)) is not None:
            return draft
    after = scene.draft_at(verb.index + 1)
    return after if after is not None and after.kind == "person" else None


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
    for i in range(token.index + 1, min(token.index + 4, len(scene.reading.tokens))):
        noun = scene.reading.tokens[i]
        if noun.upos in ("NOUN", "PROPN") and base(noun) in words("leader_heads") | words("state_heads"):
            return i
        if noun.upos not in ("ADJ", "NOUN", "PROPN", "DET", "PART") and noun.text != "-":
            return None
    return None


def _pair(scene: Scene, token: Token, head: int) -> list[Draft]:
    """The most salient people or states before the phrase, as many as it counts; none when there are fewer."""
    noun = base(scene.reading.tokens[head])
    size = _SIZES[token.text.lower()]
    people = noun in words("leader_heads") or token.text.lower() in ("pair", "duo", "trio")
    if people:
        leads = _salient(scene, token, size, lambda d: d.kind == "person" and _leads(scene, d))
        found = leads if noun == "leader" and len(leads) == size else _salient(scene, token, size, lambda d: d.kind == "person")
        if len(found) == size:
            return found
    if noun not in words("state_heads"):
        return []
    if noun in words("loose_sides"):
        found = _salient(scene, token, size, lambda d: d.kind != "person")
    else:
        found = _salient_states(scene, token, size)
    return found if len(found) == size else []


def _is_the_country(scene: Scene, token: Token) -> bool:
    """Whether a noun is "the country" or "this nation" with nothing that says which."""
    before, after = scene.token(token.index - 1), scene.token(token.index + 1)
    if token.upos != "NOUN" or is_plural(token) or before is None or before.text.lower() not in ("the", "this", "that"):
        return False
    return after is None or (
        after.text.lower() not in ("of", "that", "which", "where", "-") and after.upos not in ("NOUN", "PROPN")
    )


def _leads(scene: Scene, draft: Draft) -> bool:
    """Whether a person heads a state or its government by the titles that the report gives."""
    classes = {t.title_class for r in draft.roles if (t := scene.world.title(r.title)) is not None and not t.former}
    return bool(classes & {"president", "prime-minister", "monarch", "chancellor", "supreme-leader"})


def _salient(scene: Scene, token: Token, size: int, fits: Callable[[Draft], bool]) -> list[Draft]:
    """The fitting drafts that were mentioned most and last before a token, and don't act in its own clause."""
    weights: dict[Draft, float] = {}
    for draft in scene.drafts:
        if fits(draft) and not _acts_here(scene, token, draft):
            told = [first for first, _ in draft.spans if first < token.index]
            if told:
                weights[draft] = sum(_weight(scene, token, first) for first in told) + 0.1 * len(told)
    return sorted(weights, key=lambda d: -weights[d])[:size]


def _salient_states(scene: Scene, token: Token, size: int) -> list[Draft]:
    """The states that were named most and last, by any of their names or by people who act for them."""
    weights: dict[str, float] = {}
    for mention in scene.known:
        for code in {n.entry.country for n in mention.names if n.entry.kind == "state" and n.entry.country}:
            weights[code] = weights.get(code, 0.0) + _weight(scene, token, mention.first)
    for draft in scene.drafts:
        if draft.kind == "person" and draft.country:
            weight = 0.6 * sum(_weight(scene, token, first) for first, _ in draft.spans)
            weights[draft.country] = weights.get(draft.country, 0.0) + weight
    ranked = sorted((c for c in weights if weights[c]), key=lambda c: -weights[c])
    found: list[Draft] = []
    for code in ranked:
        known = next((d for d in scene.drafts if d.kind == "state" and d.country == code), None)
        if len(found) < size and (known is None or not _acts_here(scene, token, known)):
            made = known or state_draft(scene, code)
            found += [made] if made is not None else []
    return found


def _weight(scene: Scene, token: Token, first: int) -> float:
    """How much a mention counts: less with each sentence between, nothing after the token or more than six before."""
    back = token.sentence - scene.reading.tokens[first].sentence
    return 0.7**back if first < token.index and back <= 6 else 0.0


def _acts_here(scene: Scene, token: Token, draft: Draft) -> bool:
    """Whether the actor is a subject in the phrase's own clause: "the US put sanctions on both countries" leaves it out."""
    return any(
        a < token.index and scene.same_sentence(a, token.index) and _is_subject(scene, a, draft) and _governs(scene, token, a)
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
        above = scene.reading.tokens[index].head
        if above == index:
            return False
        index = above
    return False
