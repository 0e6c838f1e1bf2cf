"""Whom a common noun means that was told before: people by title, bodies by their kind, armed groups by their fighters."""

from __future__ import annotations

from collections.abc import Iterable

from communique.resolve.coreference.links import link_of
from communique.resolve.coreference.phrases import Phrase
from communique.resolve.names.comparison import plain
from communique.resolve.names.nouns import word_lists, word_map, words
from communique.resolve.offices.holders import in_term, terms
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
from communique.types.entities import Role

_OPENING = 2
_REPORT, _NEAR, _ARMED = 40, 4, 2  # how many sentences back
_LIKELY = 0.5


def named_last(scene: Scene, drafts: Iterable[Draft], index: int, reach: int) -> Draft | None:
    """The draft of these that was named last before a token, at most `reach` sentences back."""
    here, best = scene.reading.tokens[index].sentence, None
    for draft in drafts:
        before = [a for a, _ in draft.spans if a < index and here - scene.reading.tokens[a].sentence <= reach]
        if before and (best is None or max(before) > best[0]):
            best = (max(before), draft)
    return best[1] if best is not None else None


def person_meant(scene: Scene, phrase: Phrase) -> Draft | None:
    """ "the president", "the former minister", "the Canadian leader", "his counterpart": the person told before with that
    title, or who is known to hold it, or whom the network takes it for."""
    noun = phrase.noun.noun
    if noun in words("relational"):
        return _relative(scene, phrase) or _by_network(scene, phrase)
    people = [
        d for d in scene.drafts if d.kind == "person" and not d.plural and phrase.country in (None, d.country or phrase.country)
    ]
    if _was_anothers(scene, phrase):
        people = [d for d in people if any((t := scene.world.title(r.title)) is not None and t.former for r in d.roles)]
    people = [d for d in people if not _of_other_office(scene, d, phrase)]
    told = [d for d in people if any(_titled(role.title, noun) and not _shared(scene, role) for role in d.roles)]
    known = [d for d in people if d in told or _holds(scene, d, phrase) or any(_titled(r.title, noun) for r in d.roles)]
    return (
        named_last(scene, told, phrase.head, _REPORT)
        or named_last(scene, known, phrase.head, _REPORT)
        or (_by_country(scene, phrase, people) or _by_network(scene, phrase))
        or _ahead(scene, phrase)
    )


def _was_anothers(scene: Scene, phrase: Phrase) -> bool:
    """ "His former foreign minister": an office held under another person, which nobody told as in office is meant by."""
    first = phrase.first - 1 if phrase.modifiers[:1] != ("former",) else phrase.first
    former, before = scene.token(first), scene.token(first - 1)
    owned = before is not None and before.text.lower() in ("his", "her", "their")
    return owned and former is not None and former.text.lower() in ("former", "ex", "ex-")


def _of_other_office(scene: Scene, draft: Draft, phrase: Phrase) -> bool:
    """Whether the report calls the person only minister of another portfolio than the phrase tells: "the defence minister" is
    no "foreign minister"."""
    title = scene.world.title(" ".join((*phrase.modifiers, phrase.noun.noun))) or scene.world.title(phrase.noun.noun)
    if title is None or not (title.title_class or "").endswith("-minister"):
        return False
    held = {t.title_class for role in draft.roles if (t := scene.world.title(role.title)) is not None and t.title_class}
    return bool(held) and held.isdisjoint({title.title_class, "minister"}) and not _holds(scene, draft, phrase)


def _shared(scene: Scene, role: Role) -> bool:
    """Whether an office is only told by calling its bearer the counterpart of another."""
    text = " ".join(span.of(scene.text) for span in role.evidence).lower()
    return "counterpart" in text


def _holds(scene: Scene, draft: Draft, phrase: Phrase) -> bool:
    """Whether the registry has the person in an office of that name, or of that rank, on the day of the report."""
    title = scene.world.title(_full_title(scene, phrase))
    if draft.entry is None or title is None or not title.title_class or title.former or scene.when is None:
        return False
    offices = (o for o in terms(scene, draft.entry.id) if in_term(o, scene.when))
    return any((t := scene.world.title(o.title)) is not None and t.title_class == title.title_class for o in offices)


def _full_title(scene: Scene, phrase: Phrase) -> str:
    """The noun with what belongs to the title: "head of state", "vice president"."""
    tokens, noun = scene.reading.tokens, phrase.noun.noun
    if noun == "head" and scene.same_sentence(phrase.head, phrase.head + 2) and tokens[phrase.head + 1].text == "of":
        return f"head of {tokens[phrase.head + 2].text.lower()}"
    before = scene.token(phrase.head - 1)
    if before is not None and before.text.lower() in ("vice", "deputy") and not noun.startswith(before.text.lower()):
        return f"{before.text.lower()} {noun}"
    return noun


def _relative(scene: Scene, phrase: Phrase) -> Draft | None:
    """ "his counterpart": the one who was called so before."""
    tokens = scene.reading.tokens
    called = [
        d for d in scene.drafts
        if d.kind == "person" and any(b - a == 1 and tokens[a].lemma.lower() == phrase.noun.noun for a, b in d.spans)
    ]  # fmt: skip
    return named_last(scene, called, phrase.head, _NEAR)


def _by_country(scene: Scene, phrase: Phrase, people: list[Draft]) -> Draft | None:
    """ "the Chinese official", "the top U.S. diplomat": the only person with an office of that state told just before."""
    if phrase.country is None or phrase.noun.noun not in words("any_office"):
        return None
    here = scene.reading.tokens[phrase.head].sentence
    near = {
        d: None for d in people
        if d.country == phrase.country and (d.roles or d.entry is not None)
        and any(a < phrase.head and here - scene.reading.tokens[a].sentence <= _NEAR for a, _ in d.spans)
    }  # fmt: skip
    return next(iter(near)) if len(near) == 1 else None


def _by_network(scene: Scene, phrase: Phrase) -> Draft | None:
    """The person told before that the network holds the phrase to mean, where no words speak against it."""
    link = link_of(scene, phrase.head) if phrase.definite and phrase.owner is None else None
    if link is None or len(link.drafts) != 1 or link.score < _LIKELY:
        return None
    draft = link.drafts[0]
    fits = draft.kind == "person" and not draft.plural and phrase.country in (None, draft.country or phrase.country)
    gender = word_map("gendered").get(phrase.noun.noun)
    return draft if fits and (gender is None or draft.gender in (None, gender)) else None


def _ahead(scene: Scene, phrase: Phrase) -> Draft | None:
    """Whom a headline or a report's first sentences mean by a title before they name the bearer, where only one fits."""
    sentence = scene.reading.sentences[scene.reading.tokens[phrase.head].sentence]
    if sentence.kind != "headline" and sentence.index > _OPENING:
        return None
    office = scene.world.title(phrase.noun.noun)
    known = office.title_class if office is not None else None
    said = scene.world.title(scene.words(max(phrase.head - 1, 0), phrase.head + 1))
    former = said is not None and said.former
    fits = {}
    for draft in scene.drafts:
        if draft.kind != "person" or draft.key or (phrase.country is not None and draft.country not in (None, phrase.country)):
            continue
        for role in draft.roles:
            held = scene.world.title(role.title)
            same = held is not None and known is not None and held.title_class == known
            if (same or _titled(role.title, phrase.noun.noun)) and (held is not None and held.former) == former:
                fits[id(draft)] = draft
    return next(iter(fits.values())) if len(fits) == 1 else None


def _titled(title: str, noun: str) -> bool:
    held = plain(title).split(" of ")[0].split(" for ")[0].replace("-", " ").split()
    own = noun.replace("-", " ").split()
    leads = noun == "leader" and held[-1:] and held[-1] in ("president", "premier", "chancellor", "minister")
    return bool(leads) or (bool(held) and held[-len(own) :] == own)


def body_meant(scene: Scene, phrase: Phrase) -> Draft | None:
    """ "the company", "the party": the body of that kind that was named last."""
    noun = phrase.noun.noun
    called = word_lists("called")
    fits = [d for d in scene.drafts if noun in called.get(d.kind, ()) and (d.entry is not None or d.key[:1] == ("org",))]
    named = [d for d in fits if noun in plain(d.name).split()]
    return named_last(scene, named or fits, phrase.head, 3)


def so_called(scene: Scene, phrase: Phrase) -> Draft | None:
    """The body whose name follows: "a group calling itself NAME", "a militia known as NAME"."""
    tokens, i = scene.reading.tokens, phrase.last
    if not phrase.noun.is_body or not scene.same_sentence(phrase.head, i) or tokens[i].text.lower() not in words("naming"):
        return None
    while scene.same_sentence(phrase.head, i + 1) and i < phrase.last + 5:
        i += 1
        if (mention := scene.at.get(i)) is not None:
            draft = scene.draft_at(i)
            if draft is None and mention.label == "ORG":
                name = scene.words(mention.first, mention.last)
                draft = Draft(name, phrase.noun.kind, key=("org", plain(name)), resolved_by="report")
                draft.add(mention.first, mention.last)
                scene.drafts.append(draft)
                scene.institutions.difference_update(range(mention.first, mention.last))
            return draft if mention.label in ("ORG", "MISC") and draft is not None and draft.kind != "person" else None
        if tokens[i].upos == "VERB":
            return None
    return None


def fighters_meant(scene: Scene, phrase: Phrase) -> Draft | None:
    """ "the militants", "the rebels": the one armed group that was named just before."""
    if phrase.modifiers or phrase.owner is not None or phrase.country is not None:
        return None
    here = scene.reading.tokens[phrase.head].sentence
    near = [
        d for d in scene.drafts
        if d.kind == "group" and (d.entry is not None or d.key[:1] == ("org",))
        and any(a < phrase.head and here - scene.reading.tokens[a].sentence <= _ARMED for a, _ in d.spans)
    ]  # fmt: skip
    own = any(d.key[:1] == ("group",) and d.key[1:2] == (phrase.noun.noun,) and d.first < phrase.head for d in scene.drafts)
    return near[0] if len(near) == 1 and not own else None
