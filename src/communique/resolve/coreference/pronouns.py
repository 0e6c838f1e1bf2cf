"""Pronouns: "he", "its", "they", "we" lead back to the actors that they mean.

Only what is clear is resolved: by agreement in number and gender, by what stands as subject, and never from more
than two sentences away (the order of preferences follows Hobbs 1978 and Lappin & Leass 1994).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from communique.resolve.coreference.links import link_of
from communique.resolve.coreference.salience import is_subject, mentioned, most_salient, nearest, same_clause, told_of
from communique.resolve.names.nouns import words
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
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
_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"|“[^“”\n]*$", re.MULTILINE)
_REACH = 2
# What the network says of a pronoun: how much its choice adds to an actor's weight, from where it is taken for things and for
# several, and from where it rules out that an actor is meant; found on the development parts of GUM and GAP (record 0028).
_LINK, _LIKELY, _SURE = 150.0, 0.4, 0.7


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
        elif word == "old" and (age := _age(scene, token)) is not None:
            _be_aged(scene, token, age)


def _add(draft: Draft | None, token: Token) -> None:
    if draft is not None:
        draft.add(token.index, token.index + 1)


def _person(scene: Scene, token: Token, gender: str) -> Draft | None:
    barred = told_of(scene, token)
    found = [
        (s, i, d)
        for s, i, d in mentioned(scene, token, _REACH)
        if d.kind == "person" and not d.plural and d.gender in (None, gender) and not same_clause(scene, token, i, d)
        if d not in barred
    ]
    link = link_of(scene, token.index)
    if link is not None and link.word is not None and not link.drafts and link.score >= _SURE:
        return None
    extra = dict.fromkeys(link.drafts, _LINK * link.score) if link is not None else {}
    best = _told_before(scene, token, found) or most_salient(scene, token, found, extra)
    if best is not None and best.gender is None and len({id(d) for s, _, d in found}) == 1:
        best.gender = gender
    return best


def _age(scene: Scene, token: Token) -> int | None:
    """The years of "the 71-year-old" that is a person's by itself, with no noun behind it."""
    tokens, after = scene.reading.tokens, scene.token(token.index + 1)
    before = [t.text.lower() for t in tokens[max(0, token.index - 5) : token.index]]
    alone = after is None or after.upos not in ("NOUN", "PROPN", "ADJ")
    return int(before[1]) if alone and before[:1] + before[2:] == ["the", "-", "year", "-"] and before[1].isdigit() else None


def _be_aged(scene: Scene, token: Token, age: int) -> None:
    """Tell the age of the person of that age, else of the most salient one whose age is not told, and note the mention."""
    same = [d for d in scene.drafts if d.kind == "person" and d.age == age and d.first < token.index]
    found = [(s, i, d) for s, i, d in mentioned(scene, token, _REACH) if d.kind == "person" and not d.plural and d.age is None]
    draft = same[0] if same else most_salient(scene, token, found, {})
    if draft is not None:
        draft.age = age
        draft.add(token.index - 4, token.index + 1)


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
    barred, link = told_of(scene, token), link_of(scene, token.index)
    if link is not None and link.word is not None:
        drafts = [d for d in link.drafts if d.kind != "person" and d not in barred]
        if drafts and link.score >= _LIKELY:
            return drafts[0]
        if not link.drafts and link.score >= _SURE:
            return None
    found = [
        (s, i, d)
        for s, i, d in mentioned(scene, token, _REACH)
        if d.kind != "person"
        and not (d.plural and d.kind == "group")
        and (d.entry is not None or d.key[:1] == ("org",) or d.kind in ("government", "military"))
        and token.sentence - s <= 1
        and d not in barred
        and not same_clause(scene, token, i, d)
    ]
    if token.text.lower() == "it":
        if not token.dep.startswith("nsubj") or scene.reading.tokens[token.head].upos != "VERB":
            return None
        found = [f for f in found if is_subject(scene, f[1], f[2])]
    return nearest(scene, token, found)


def _expletive(scene: Scene, token: Token) -> bool:
    """ "It is clear that ...", "it emerged ...": the pronoun stands for nothing."""
    governor = scene.reading.tokens[token.head]
    clauses = scene.reading.children(governor.index, "ccomp", "csubj", "xcomp")
    return bool(clauses) and (
        governor.upos != "VERB" or token.dep == "nsubj:pass" or governor.lemma in ("seem", "appear", "emerge", "take", "remain")
    )


def _several(scene: Scene, token: Token) -> list[Draft]:
    """Whom "they" means: the people or crowd that is the subject, or the coordinated ones."""
    link = link_of(scene, token.index)
    if link is not None and link.word is not None:
        drafts = [d for d in link.drafts if d.plural or d.kind != "person"]
        if (drafts or len(link.drafts) > 1) and link.score >= _LIKELY:
            return list(link.drafts)
        if not link.drafts and link.score >= _SURE:
            return []
    found = [
        (s, i, d)
        for s, i, d in mentioned(scene, token, _REACH)
        if (d.plural or d.kind == "group") and not same_clause(scene, token, i, d)
    ]
    best = nearest(scene, token, found)
    joined = _joined_subjects(scene, token)
    if joined and (best is None or not _near_subject(scene, token, best)):
        return joined
    return [best] if best is not None else []


def _near_subject(scene: Scene, token: Token, draft: Draft) -> bool:
    return any(
        a < token.index and token.sentence - scene.reading.tokens[a].sentence <= 1 and is_subject(scene, a, draft)
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
