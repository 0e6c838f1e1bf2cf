"""People: which names of a report are one person's, the titles that go with them, and the country each acts for."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from communique.resolve.names.comparison import name_parts, plain
from communique.resolve.names.mentions import Mention
from communique.resolve.names.nouns import first_names, is_plural, noun_at, word_map, words
from communique.resolve.offices.roles import age_of, honorific_gender, titles_of
from communique.resolve.offices.titles import POSSESSIVE, before_honorifics, described, title_before
from communique.resolve.report.drafts import Draft, Title
from communique.resolve.report.hosts import home_country
from communique.resolve.report.scene import Scene
from communique.types.entities import Role

_STATE_OFFICES = frozenset(
    {
        "president",
        "vice-president",
        "prime-minister",
        "deputy-prime-minister",
        "chancellor",
        "minister",
        "foreign-minister",
        "interior-minister",
        "finance-minister",
        "defence-minister",
        "justice-minister",
        "monarch",
        "crown-prince",
        "supreme-leader",
        "security-adviser",
        "attorney-general",
    }
)


def find_people(scene: Scene) -> None:
    """Add the report's people to the scene's drafts, with their titles, ages and countries."""
    mentions = [m for m in scene.mentions if m.label == "PERSON"]
    longest = sorted(mentions, key=lambda m: (-len(name_parts(scene.words(m.first, m.last))), m.first))
    people: list[Draft] = []
    chosen: dict[Mention, Draft] = {}
    for mention in longest:
        draft = _same_person(scene, people, mention)
        if draft is None:
            draft = Draft(scene.words(mention.first, mention.last), "person")
            people.append(draft)
        chosen[mention] = draft
        draft.add(mention.first, mention.last)
    for mention in mentions:
        _describe(scene, mention, chosen[mention])
        _take_description(scene, mention, chosen[mention])
    _share_offices(scene, chosen)
    for draft in people:
        draft.spans.sort()
        draft.gender = draft.gender or first_names().get(draft.name.split()[0].lower())
    scene.drafts.extend(people)


def _same_person(scene: Scene, people: list[Draft], mention: Mention) -> Draft | None:
    parts = name_parts(scene.words(mention.first, mention.last))
    told = honorific_gender(scene, mention.first)
    fits = [d for d in people if told is None or _gender(scene, d) in (None, told)]
    scored = [(_likeness(name_parts(d.name), parts), -_distance(d, mention), d) for d in fits]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _gender(scene: Scene, draft: Draft) -> str | None:
    """The gender that a courtesy title, a noun ("her husband NAME") or the first name tells."""
    told = (honorific_gender(scene, a) for a, _ in draft.spans)
    return next((g for g in told if g), None) or first_names().get(draft.name.split()[0].lower())


def _distance(draft: Draft, mention: Mention) -> int:
    """How far the nearest mention stands; names told before count as nearer than names told later."""
    return min(mention.first - a if a <= mention.first else 2 * (a - mention.first) + 50 for a, _ in draft.spans)


def _likeness(known: tuple[str, ...], parts: tuple[str, ...]) -> int:
    """How well a shorter (or equal) name fits a known full one: 0 not at all, 4 the same."""
    if known == parts:
        return 4
    if len(parts) == 1 and len(known) > 1:
        if parts[0] == known[-1]:
            return 3
        if parts[0] in known:
            return 2
        return 1 if any(_misspelt(parts[0], k) for k in known) else 0
    if set(parts) <= set(known):
        return 3
    if len(parts) == len(known) and sum(p == k or _misspelt(p, k) for p, k in zip(parts, known, strict=True)) == len(known):
        return 3 if parts[-1] == known[-1] or parts[0] == known[0] else 0
    return 0


def _misspelt(one: str, other: str) -> bool:
    """Whether two long words are the same but for a letter or two, as names in other scripts often are."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other).ratio() >= (0.85 if min(len(one), len(other)) > 6 else 0.9)


def _describe(scene: Scene, mention: Mention, draft: Draft) -> None:
    draft.age = draft.age or age_of(scene, mention)
    for title in titles_of(scene, mention):
        _give_role(scene, draft, title, mention)
    draft.gender = draft.gender or honorific_gender(scene, mention.first)
    if draft.country is None:
        _told_country(scene, mention, draft)


def _give_role(scene: Scene, draft: Draft, title: Title, mention: Mention) -> None:
    if (code := _of_two_states(scene, title, mention)) is not None:
        title = replace(title, country=code, of=code if title.of == title.country else title.of)
    scene.titles.update(range(title.first, title.last))
    noun = noun_at(scene.reading, title.head)
    if noun is not None and title.reason != "office in brackets":
        draft.add(min(title.first, title.head), title.head + 1)
        draft.scopes.add(noun.scope)
    scene.taken.add(title.head)
    if (owner := _owner(scene, title)) is not None:
        scene.owned.append((draft, owner))
    evidence = scene.span(title.first, title.last)
    same = [r for r in draft.roles if plain(r.title) == plain(title.text)]
    if not same and noun is not None and noun.noun in words("relational"):
        scene.relations.append((title, mention))
    elif not same:
        draft.roles.append(Role(title.text, title.of, (evidence,)))
    elif same[0].of is None and title.of is not None:
        draft.roles[draft.roles.index(same[0])] = replace(same[0], of=title.of)
    if title.sector not in ("UNK", "CVL", *draft.sectors):
        draft.sectors.append(title.sector)
    word = scene.reading.tokens[title.head].lemma.lower()
    draft.gender = draft.gender or word_map("gendered").get(word)
    if (title.country is not None or title.reason) and not draft.country_told:
        draft.country, draft.country_told = title.country, True
        draft.because(title.reason)


def _of_two_states(scene: Scene, title: Title, mention: Mention) -> str | None:
    """Whose official a person is by an adjective that two states share ("Dominican President NAME"): the state that the
    registry has the bearer of the name act for."""
    near = range(max(title.first - 3, 0), title.head)
    told = next((m for i in near if (m := scene.known_at.get(i)) is not None and m.uses("adjective")), None)
    codes = {n.entry.country for n in told.names if n.entry.kind == "state"} if told is not None else set()
    own = {n.entry.country for n in mention.names if n.entry.kind == "person"} & codes
    return own.pop() if len(codes) > 1 and len(own) == 1 and title.country in codes else None


def _owner(scene: Scene, title: Title) -> Mention | None:
    """The person whose official the title makes its bearer: "NAME's newly appointed finance minister"."""
    i = title.first - 1
    while scene.same_sentence(i, title.head) and scene.reading.tokens[i].upos in ("ADV", "VERB", "ADJ") and title.first - i < 5:
        i -= 1
    owns = scene.same_sentence(i - 1, title.head) and scene.reading.tokens[i].text in POSSESSIVE
    return scene.at_person.get(i - 1) if owns else None


def follow_owners(scene: Scene) -> None:
    """Let an official act for the country of the person whose official the report says it is, once that is known."""
    for draft, owner in scene.owned:
        boss = scene.draft_at(owner.first)
        if boss is not None and boss is not draft and boss.country is not None and not draft.country_told:
            draft.country, draft.country_told = boss.country, True
            draft.because(f"an official of {boss.name}, who acts for {boss.country}")


def _take_description(scene: Scene, mention: Mention, draft: Draft) -> None:
    """ "X's main rival, NAME, ..." and "gang boss NAME": a noun right by a name, though no title, names nobody else."""
    title = title_before(scene, mention.first, mention.first)  # "her husband, former President NAME, ..."
    end = title.first if title is not None else before_honorifics(scene, mention.first)
    before, after = scene.token(end - 1), scene.token(mention.last)
    if before is not None and before.text == "," and after is not None and (after.text == "," or after.upos in ("VERB", "AUX")):
        end -= 1
    noun = noun_at(scene.reading, end - 1) if end and scene.same_sentence(end - 1, mention.first) else None
    token = scene.reading.tokens[end - 1]
    nominal = token.upos == "NOUN" or token.dep == "nmod:desc"  # "German national NAME"
    if noun is None or noun.is_title or noun.is_body or is_plural(token) or not nominal or end - 1 in scene.taken:
        return
    apart = end < mention.first and before is not None and before.index == end
    if not apart or noun.noun in words("relational"):
        told = described(scene, end)
        scene.taken.add(end - 1)
        draft.add(end - 1, end)
        if told.country is not None and draft.country is None:
            draft.country, draft.country_told = told.country, True
            draft.because(told.reason)


def _share_offices(scene: Scene, chosen: dict[Mention, Draft]) -> None:
    """ "The Peruvian president met his Chilean counterpart NAME": NAME holds the same office in Chile."""
    for title, mention in scene.relations:
        draft = chosen[mention]
        if scene.reading.tokens[title.head].lemma.lower() != "counterpart" or draft.roles or title.of is None:
            continue
        sentence = scene.reading.sentences[scene.reading.tokens[title.head].sentence]
        others = [d for m, d in chosen.items() if sentence.first <= m.first < title.first and d is not draft and d.roles]
        if others:
            office = max(others, key=lambda d: max(a for a, _ in d.spans if a < title.first)).roles[0]
            draft.roles.append(Role(office.title, title.of, (scene.span(title.first, title.last),)))


def _told_country(scene: Scene, mention: Mention, draft: Draft) -> None:
    """The country that stands by the name without a title: "Turkey's NAME", "NAME of Turkey", "NAME's Soviet Union"."""
    tokens = scene.reading.tokens
    before, after = scene.token(mention.first - 1), scene.token(mention.last)
    beside: list[Mention | None] = []
    if before is not None and scene.same_sentence(before.index, mention.first):
        owner = scene.known_at.get(before.index - 1 if before.upos == "PART" else before.index)
        beside.append(owner if owner is not None and owner.last >= before.index else None)
    if after is not None and mention.last + 1 < len(tokens) and scene.same_sentence(mention.first, mention.last + 1):
        behind = scene.known_at.get(mention.last + 1)
        owned = after.xpos == "POS" and behind is not None and behind.uses("name", "alias")
        beside.append(behind if owned or after.text.lower() in ("of", "from") else None)
    for known in beside:
        if known is not None and (told := scene.country_in(known.first, known.last)) is not None:
            draft.country, draft.country_told = told[0], True
            draft.because(f"'{told[1]}' by the name")
            return


_TELLING, _MOSTLY = 3, 0.5


def settle_countries(scene: Scene) -> None:
    """Give the people that no words tie to a country the one of their office's or the report's main country."""
    main = scene.main_country(_MOSTLY)
    # In a text that names a country once or twice, the most frequent one says little about who else is in it.
    strong = home_country(scene, 0.5) if scene.countries.total() >= _TELLING else None
    for draft in scene.drafts:
        if draft.kind != "person" or draft.country is not None or draft.country_told or draft.entry is not None:
            continue
        office = "state" in draft.scopes
        here = scene.country_before(draft.first)
        country = (here or main) if office else strong
        if country is not None:
            draft.country = country
            draft.because(f"{'an office' if office else 'named'} in a report that is mostly about {country}")
    for draft in scene.drafts:
        if draft.kind == "person" and draft.country is not None:
            draft.roles = [_of_state(scene, role, draft.country) for role in draft.roles]


def _of_state(scene: Scene, role: Role, country: str) -> Role:
    """An office of state of which the report does not say whose it is belongs to the state that its bearer acts for."""
    known = scene.world.title(role.title) if role.of is None else None
    return replace(role, of=country) if known is not None and known.title_class in _STATE_OFFICES else role
