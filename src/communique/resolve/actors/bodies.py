"""States, organisations, companies and the like: what bears a name and is no person."""

from __future__ import annotations

from typing import cast

from communique.ontology.entries import Entry
from communique.resolve.actors.candidates import body_candidates
from communique.resolve.names.comparison import name_parts, plain
from communique.resolve.names.mentions import Mention, acronyms
from communique.resolve.names.nouns import is_plural, noun_at, word_map
from communique.resolve.reasons import Candidate
from communique.resolve.report.capitals import is_government, is_visited
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
from communique.types.entities import ActorKind


def find_bodies(scene: Scene) -> None:
    """Add the report's states and named bodies to the scene's drafts. Bodies whose name is a common noun with
    modifiers ("the Swedish foreign ministry") are left to `groups`."""
    for mention in scene.mentions:
        if mention.label == "PERSON":
            continue
        match = body_candidates(scene, mention).taken
        if match is not None and match.entry.kind == "state":
            _take_state(scene, mention, match)
        elif match is not None and _is_region(match) and not is_government(scene, mention):
            continue
        elif match is not None:
            _note(scene, mention, scene.draft_of(match.entry), match.words)
        elif mention.label in ("ORG", "MISC") and _names_people(scene, mention):
            _take_people(scene, mention)
        elif mention.label == "ORG" and not mention.uses("adjective", "demonym"):
            _take_unknown(scene, mention)
        elif mention.label == "LOC":
            _take_place(scene, mention)
    _join_acronyms(scene)
    _take_visited(scene)


def _is_region(match: Candidate) -> bool:
    """Whether it is a part of a state, which is a place until it is said to act."""
    return match.entry.id.startswith("region:") and match.use in ("name", "alias", "capital")


def _note(scene: Scene, mention: Mention, draft: Draft, reasons: tuple[str, ...]) -> None:
    draft.add(mention.first, mention.last)
    for reason in reasons[:2]:
        draft.because(reason)


def _take_state(scene: Scene, mention: Mention, match: Candidate) -> None:
    use = match.use
    if use == "capital":
        if is_government(scene, mention) or is_visited(scene, mention.first, mention.last):
            _note(scene, mention, scene.draft_of(match.entry), match.words)
        return
    token = scene.reading.tokens[mention.last - 1]
    if use in ("demonym", "adjective") and (is_plural(token) or (use == "demonym" and token.text.endswith("s"))):
        _take_nation(scene, mention, match.entry)
        return
    _note(scene, mention, scene.draft_of(match.entry), match.words)


def _take_nation(scene: Scene, mention: Mention, entry: Entry) -> None:
    """ "The Danes": the people of a state, a group of its own."""
    name = scene.words(mention.first, mention.last)
    draft = _keyed(scene, ("nation", entry.id)) or _new(scene, name, "group", ("nation", entry.id))
    draft.country, draft.country_told, draft.plural = entry.country, True, True
    _note(scene, mention, draft, (f"the people of {entry.name}",))
    draft.resolved_by = "report"


def _keyed(scene: Scene, key: tuple[str, ...]) -> Draft | None:
    return next((d for d in scene.drafts if d.key == key), None)


def _new(scene: Scene, name: str, kind: ActorKind, key: tuple[str, ...]) -> Draft:
    draft = Draft(name, kind, key=key)
    scene.drafts.append(draft)
    return draft


def institution_head(scene: Scene, mention: Mention) -> int | None:
    """The common noun that heads a body's name when it is an institution of a state: its last word, or the one before
    "of" ("Ministry of Health")."""
    stop = next(
        (i for i in range(mention.first, mention.last) if scene.reading.tokens[i].text.lower() in ("of", "for")), mention.last
    )
    for index in (mention.last - 1, stop - 1):
        noun = noun_at(scene.reading, index) if index >= mention.first else None
        if noun is not None and noun.is_institution:
            return index
    return None


def _take_unknown(scene: Scene, mention: Mention) -> None:
    head = institution_head(scene, mention)
    noun = noun_at(scene.reading, head) if head is not None else noun_at(scene.reading, mention.last - 1)
    if head is not None and noun is not None and noun.scope == "state":
        scene.institutions.add(head)
        return
    if noun is not None and not noun.is_body and not is_plural(scene.reading.tokens[mention.last - 1]):
        return
    draft = _like_named(scene, mention)
    if draft is None:
        kind: ActorKind = noun.kind if noun is not None else _kind_by_words(scene, mention)
        draft = _new(
            scene, scene.words(mention.first, mention.last), kind, ("org", plain(scene.words(mention.first, mention.last)))
        )
        draft.sectors = [noun.sector] if noun is not None and noun.sector != "UNK" else []
        draft.resolved_by = "report"
        _locate(scene, mention, draft)
    draft.add(mention.first, mention.last)


def _like_named(scene: Scene, mention: Mention) -> Draft | None:
    """A body told before under the same name, or under a longer one that this is the end or start of."""
    own = name_parts(scene.words(mention.first, mention.last))
    for draft in reversed(scene.drafts):
        if draft.kind in ("person", "state") or (draft.entry is None and draft.key[:1] != ("org",)):
            continue
        for known in {name_parts(draft.name), *(name_parts(scene.words(a, b)) for a, b in draft.spans)}:
            shorter, longer = sorted((own, known), key=len)
            if own == known or (len(shorter) > 1 and shorter in (longer[-len(shorter) :], longer[: len(shorter)])):
                return draft
            if (
                len(shorter) == 1
                and len(longer) > 1
                and shorter[0] == longer[0]
                and len(shorter[0]) > 3
                and draft.entry is None
            ):
                return draft
    return None


def _kind_by_words(scene: Scene, mention: Mention) -> ActorKind:
    told = (
        word_map("kinds").get(t.text.lower().strip(".")) for t in reversed(scene.reading.tokens[mention.first : mention.last])
    )
    return cast(ActorKind, next(filter(None, told), "organization"))


def _locate(scene: Scene, mention: Mention, draft: Draft) -> None:
    """The country of an unknown body: named in its name or right before it, behind it ("of Chile", "in Chile"), or the
    report's main country where one clearly dominates."""
    start = mention.first
    while (
        start
        and scene.same_sentence(start - 1, mention.first)
        and scene.reading.tokens[start - 1].upos in ("ADJ", "NOUN", "PROPN", "PART")
    ):
        start -= 1
    behind = scene.token(mention.last)
    end = mention.last + 4 if behind is not None and behind.text.lower() in ("of", "in") else mention.last
    owner = scene.country_in(start, min(end, len(scene.reading.tokens)))
    if owner is not None:
        draft.country, draft.country_told = owner[0], True
        draft.because(f"'{owner[1]}' by the name")
    elif (within := scene.body_in(mention.first, mention.last)) is not None and within.country is not None:
        draft.country, draft.country_told = within.country, True
        draft.because(f"{within.name} in the name")
    elif (main := scene.main_country(0.6)) is not None:
        draft.country = main
        draft.because(f"named in a report that is mostly about {main}")


def _names_people(scene: Scene, mention: Mention) -> bool:
    """Whether a name of the rest class is of people: plural, and no modifier of another noun."""
    token = scene.reading.tokens[mention.last - 1]
    after = scene.token(mention.last)
    modifies = token.dep in ("compound", "amod") and token.head >= mention.last
    return (
        is_plural(token)
        and token.upos in ("PROPN", "NOUN")
        and not modifies
        and not (after is not None and after.upos == "NUM")
    )


def _take_people(scene: Scene, mention: Mention) -> None:
    name = scene.words(mention.first, mention.last)
    key = ("org", plain(name))
    draft = _keyed(scene, key) or _new(scene, name, "group", key)
    draft.plural = True
    draft.resolved_by = "report"
    if not draft.country_told:
        _locate(scene, mention, draft)
        draft.country = draft.country or scene.main_country(0.5)
    draft.add(mention.first, mention.last)


def _take_place(scene: Scene, mention: Mention) -> None:
    """A region or city that acts or is dealt with as a government is."""
    if not is_government(scene, mention):
        return
    span = scene.span(mention.first, mention.last)
    place = next((p for p in scene.places if any(m.overlap(span) for m in p.mentions)), None)
    name = scene.words(mention.first, mention.last)
    key = ("place", plain(name))
    draft = _keyed(scene, key) or _new(scene, name, "government", key)
    draft.country = place.country if place is not None else scene.main_country(0.5)
    draft.sectors, draft.resolved_by = ["GOV"], "report"
    draft.because("a place that acts as a government does")
    draft.add(mention.first, mention.last)


def _join_acronyms(scene: Scene) -> None:
    """A name and the acronym in brackets behind it are one; so is the acronym wherever the report has it."""
    for full, short in acronyms(scene.text, scene.reading, scene.mentions):
        draft, letters = scene.draft_at(full.first), scene.words(short.first, short.last)
        if draft is None or draft.kind == "person":
            continue
        same = [i for i, t in enumerate(scene.reading.tokens) if t.text == letters]
        for other in [
            d for d in scene.drafts if d is not draft and d.spans and all(scene.words(a, b) == letters for a, b in d.spans)
        ]:
            scene.drafts.remove(other)
        for i in same:
            draft.add(i, i + 1)
        draft.because(f"'{letters}' in brackets behind the name")


def _take_visited(scene: Scene) -> None:
    """The state of a place that somebody goes to is an actor: it is the host of a visit."""
    for place in scene.places:
        for span in place.mentions:
            tokens = list(scene.reading.between(span))
            if not tokens or not place.country or scene.draft_at(tokens[0].index) is not None:
                continue
            if is_visited(scene, tokens[0].index, tokens[-1].index + 1):
                draft = scene.draft_of_state(place.country)
                if draft is not None:
                    draft.add(tokens[0].index, tokens[-1].index + 1)
                    draft.because(f"{place.name}, where somebody goes, lies in it")
