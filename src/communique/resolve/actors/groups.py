"""Actors that the report names by a common noun: crowds, troops, institutions, people without a name."""

from __future__ import annotations

from communique.resolve.coreference.phrases import Phrase, classifier_before, governs_itself, phrases
from communique.resolve.coreference.referents import body_meant, fighters_meant, named_last, person_meant, so_called
from communique.resolve.names.comparison import plain
from communique.resolve.names.nouns import PersonNoun, person_nouns, words
from communique.resolve.offices.titles import parse_title, phrase_end
from communique.resolve.report.drafts import Draft
from communique.resolve.report.hosts import home_country, third_countries
from communique.resolve.report.scene import Scene
from communique.types.entities import ActorKind, Role

_TRADES = frozenset({"LAB", "BUS", "JRN", "UNK"})
_NAMED = frozenset({"company", "organization", "news agency", "group", "bloc"})
_ARMY = frozenset({"army", "military", "armed forces"})
_TROOPS = frozenset({"troop", "soldier", "force", "serviceman", "servicemen"})
_REBELS = frozenset({"rebel", "insurgent", "guerrilla", "fighter"})
_AGAINST = frozenset({"OPP", "REB"})  # who is against a state is against the own one, not against who mediates
_NEAR = 6
_POLICE = frozenset({"police", "officer", "policeman", "policewoman", "police officer", "cop", "constable"})


def find_groups(scene: Scene) -> None:
    """Add the people and bodies that the report names by common nouns to the scene's drafts, each once."""
    counted: set[int] = set()
    found = list(phrases(scene))
    for phrase in found:
        outer = classifier_before(scene, phrase) if phrase.plural else None
        if outer is not None:
            counted.add(outer)
    for phrase in found:
        if phrase.head in counted:
            continue
        draft = (
            _named_body(scene, phrase) or _registered(scene, phrase) or _referent(scene, phrase) or _own_draft(scene, phrase)
        )
        _give_office(scene, draft, phrase)
        draft.add(phrase.first, phrase.last)
        outer = classifier_before(scene, phrase) if phrase.plural else None
        if outer is not None:
            draft.add(outer, phrase.last)
        if phrase.last - phrase.first > 1 and phrase.noun.is_institution and phrase.owner is not None:
            draft.add(phrase.owner, phrase.last)


def _referent(scene: Scene, phrase: Phrase) -> Draft | None:
    """An actor that the phrase means besides a group of its own: the state, a person by title, a body by its kind."""
    rule = governs_itself(scene, phrase)
    if rule == "state":
        noun = phrase.noun.noun
        if phrase.country is not None:
            scene.governments[noun] = phrase.country
        here = scene.sentence_country(phrase.head)
        near = (here if here not in third_countries(scene) else None) or scene.country_before(phrase.head)
        country = phrase.country or scene.governments.get(noun) or near or scene.main_country()
        return scene.draft_of_state(country) if country is not None else None
    if (
        not phrase.plural
        and not phrase.noun.is_body
        and not phrase.indefinite
        and (phrase.definite or phrase.noun.scope == "state" or phrase.noun.noun in words("sole_offices"))
    ):
        return person_meant(scene, phrase)
    if phrase.plural and phrase.definite and phrase.noun.noun in words("armed_nouns"):
        return fighters_meant(scene, phrase)
    if phrase.plural or not phrase.definite or rule == "own" or not phrase.noun.is_body:
        return None
    if phrase.modifiers or phrase.owner is not None:
        return None
    return body_meant(scene, phrase)


def _named_body(scene: Scene, phrase: Phrase) -> Draft | None:
    """The body that a common noun right by its name describes: "the television network NAME", "NAME newspaper"."""
    if phrase.noun.noun in words("armed_nouns") and (armed := _armed_body(scene, phrase)) is not None:
        return armed
    if phrase.plural:
        return None
    if (named := so_called(scene, phrase)) is not None:
        return named
    if (described := _described(scene, phrase)) is not None:
        return described
    if not phrase.noun.is_body:
        return None
    after = scene.at.get(phrase.last)
    if after is not None and after.label != "PERSON" and scene.same_sentence(phrase.head, phrase.last):
        draft = scene.draft_at(phrase.last)
        tied = scene.reading.tokens[scene.head(after.first, after.last)].dep.split(":")[0] in (
            "appos",
            "flat",
            "compound",
            "nmod",
            "dep",
        )
        if draft is not None and draft.kind not in ("person", "state") and tied:
            return draft
    before = scene.at.get(phrase.first)
    if (
        before is not None
        and before.last == phrase.head - phrase.noun.noun.count(" ")
        and before.label == "ORG"
        and not phrase.noun.is_institution
    ):
        return scene.draft_at(phrase.first)
    return None


def _described(scene: Scene, phrase: Phrase) -> Draft | None:
    """Whom a singular noun only describes: "copper producer NAME", "NAME, the biggest shareholder of ..."."""
    token, after = scene.reading.tokens[phrase.head], scene.at.get(phrase.last)
    if after is not None and after.label == "ORG" and phrase.noun.sector in _TRADES and not phrase.noun.is_institution:
        draft = scene.draft_at(phrase.last)
        name = scene.reading.tokens[scene.head(after.first, after.last)]
        tied = name.head == token.index or after.first <= token.head < after.last
        if draft is not None and draft.kind in _NAMED and tied:
            return draft
    if token.dep.split(":")[0] != "appos":
        return None
    told = scene.draft_at(token.head)
    if told is None or told.plural or (phrase.owner is not None and scene.draft_at(phrase.owner) is told):
        return None  # "NAME's brother" is another
    if told.kind == "person":
        return told if phrase.noun.noun in words("relational") else None
    return told if told.kind in _NAMED or (told.kind == "state" and phrase.noun.noun in words("relational")) else None


def _armed_body(scene: Scene, phrase: Phrase) -> Draft | None:
    """The armed group whose fighters the phrase names: "FARC guerrillas", "Houthi fighters" of the Houthis."""
    if phrase.first == phrase.head:
        return None
    last = phrase.head - 1
    while last > phrase.first and scene.reading.tokens[last].lemma.lower() in words("armed_nouns") | {"armed"}:
        last -= 1  # "M23 rebel group"
    draft = scene.draft_at(last)
    if draft is not None and draft.kind in ("group", "organization", "military"):
        return draft
    word = plain(scene.reading.tokens[last].text)
    return next((d for d in scene.drafts if d.kind == "group" and d.key[:1] == ("org",) and plain(d.name) == f"{word}s"), None)


def _own_draft(scene: Scene, phrase: Phrase) -> Draft:
    country, reason = _country(scene, phrase)
    kind = _kind(phrase)
    lemma = _class(phrase)
    fits = [d for d in scene.drafts if d.key[:2] == ("group", lemma) and (d.kind == kind or phrase.noun.is_institution)]
    for draft in reversed(fits):
        if _same_group(draft, phrase, country):
            _sharpen(draft, phrase, country, reason)
            return draft
    draft = Draft(
        phrase.name, kind, country, key=("group", lemma, *_distinct(phrase)), plural=phrase.plural or phrase.noun.is_body
    )
    draft.sectors = [phrase.noun.sector] if phrase.noun.sector != "UNK" else []
    draft.resolved_by, draft.country_told = "report", phrase.country is not None
    draft.because(reason)
    scene.drafts.append(draft)
    return draft


def _beside(scene: Scene, phrase: Phrase) -> Draft | None:
    """The person told in one breath with a group: "NAME and other ministers", "opposition leader NAME"."""
    token = scene.reading.tokens[phrase.head]
    tied = token.dep == "conj" or (token.dep in ("compound", "amod") and token.head > token.index)
    others = [c.index for c in scene.reading.children(phrase.head, "conj")] + ([token.head] if tied else [])
    drafts = (scene.draft_at(i) for i in others)
    return next((d for d in drafts if d is not None and d.kind == "person" and d.country is not None), None)


def _give_office(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """What a person without a name is: "a foreign ministry official" holds that office."""
    if draft.kind != "person" or not phrase.noun.is_title or draft.roles:
        return
    title = parse_title(scene, phrase.first, phrase.head, phrase_end(scene, phrase.head + 1))
    draft.roles.append(Role(title.text, title.of, (scene.span(title.first, title.last),)))
    if draft.country is None and title.country is not None:
        draft.country, draft.country_told = title.country, True


def _registered(scene: Scene, phrase: Phrase) -> Draft | None:
    """A body of the registry whose name the report writes small ("the state department") or, once told, without its state
    ("the Foreign Ministry")."""
    if not phrase.noun.is_institution or phrase.plural:
        return None
    entry = scene.written_small(phrase.first, phrase.last)
    if entry is not None:
        return scene.draft_of(entry)
    noun = phrase.noun.noun
    if " " not in noun or set(phrase.modifiers) - set(noun.split()):
        return None
    told = [
        d
        for d in scene.drafts
        if d.entry is not None
        and d.kind in ("government", "military")
        and plain(d.name).endswith(f" {noun}")
        and phrase.country in (None, d.country)
    ]
    return named_last(scene, told, phrase.head, _NEAR)


def _distinct(phrase: Phrase) -> tuple[str, ...]:
    skip = {w for n in person_nouns() if " " in n for w in n.split()[:1]} if phrase.noun.sector == "COP" else set()
    return tuple(sorted(m for m in phrase.modifiers if m not in skip))


def _same_group(draft: Draft, phrase: Phrase, country: str | None) -> bool:
    """Whether a group told before is the one of the phrase: modifiers and countries agree, and so does the number
    unless the noun is an institution's."""
    known, new = set(draft.key[2:]), set(_distinct(phrase))
    if draft.plural != (phrase.plural or phrase.noun.is_body) or (_is_loose(phrase) and not phrase.definite and known != new):
        return False
    if phrase.country is not None and draft.country != country and (draft.country_told or known or draft.country is not None):
        return False
    return not new or not known or new <= known or known <= new


def _is_loose(phrase: Phrase) -> bool:
    """Whether the noun is so wide ("group", "man") that two bare mentions need not be the same."""
    return phrase.noun.sector == "UNK" or phrase.noun.noun in (
        "man",
        "woman",
        "person",
        "people",
        "child",
        "company",
        "leader",
        "official",
        "expert",
    )


def _sharpen(draft: Draft, phrase: Phrase, country: str | None, reason: str) -> None:
    if not draft.key[2:] and _distinct(phrase):
        draft.key = (*draft.key[:2], *_distinct(phrase))
    if phrase.country is not None and not draft.country_told:
        draft.country, draft.country_told = country, True
        draft.because(reason)


def _class(phrase: Phrase) -> str:
    """The class of heads that may name the same: soldiers and troops, an army and a military, police and officers."""
    noun = phrase.noun.noun
    for name, members in (("army", _ARMY), ("troop", _TROOPS), ("rebel", _REBELS)):
        if noun in members:
            return name
    return "police" if noun in _POLICE and phrase.noun.sector == "COP" else noun


def _kind(phrase: Phrase) -> ActorKind:
    noun: PersonNoun = phrase.noun
    return noun.kind if phrase.plural or noun.is_body else "person"


def _is_foreign(phrase: Phrase) -> bool:
    """Whether a modifier sets the group apart from the report's own country; "foreign" of a ministry does not."""
    behind = (*phrase.modifiers[1:], phrase.noun.noun)
    return any(
        m in words("foreign_modifiers") and b not in words("foreign_offices")
        for m, b in zip(phrase.modifiers, behind, strict=False)
    )


def _is_against(phrase: Phrase) -> bool:
    """Whether the phrase names those who are against a state's government: "the rebels", "opposition lawmakers"."""
    nouns = (phrase.noun, *(person_nouns().get(m) for m in phrase.modifiers))
    return any(noun is not None and noun.sector in _AGAINST for noun in nouns)


def _country(scene: Scene, phrase: Phrase) -> tuple[str | None, str]:
    """The country of a group: by its words, its sentence, or the report's main country, as its noun's scope allows."""
    if phrase.country is not None:
        return phrase.country, f"'{phrase.told}' by the words"
    if (body := scene.body_in(phrase.first, phrase.head)) is not None and body.country is None:
        return None, f"of {body.name}"
    beside = _beside(scene, phrase)
    if beside is not None and beside.country is not None:
        return beside.country, f"named beside {beside.name}"
    scope = phrase.noun.scope
    if scope == "open" or (phrase.plural and phrase.noun.is_institution) or _is_foreign(phrase):
        return None, "named by the report, of no country"
    here, share = scene.sentence_country(phrase.head), 0.0 if scope == "state" else 0.34
    main = scene.main_country(share) if scope == "state" else home_country(scene, share)
    if _is_against(phrase):
        main, here = home_country(scene, share), None if here in third_countries(scene) else here
    country = here if here is not None and scope == "local" else main or here
    return country, f"named in a report about {country}" if country else "named by the report, of no country"
