"""Who of the registry people and titles mean: surnames of incumbents, other spellings, offices by date. Reports are made up."""

from __future__ import annotations

from datetime import date

import pytest
from tests.resolve.readings import actors, analysis, words

from communique.ontology.knowledge import Knowledge, Lesson
from communique.ontology.world import load_world
from communique.resolve.actors.resolver import ActorResolver
from communique.resolve.offices.holders import sectors_of
from communique.resolve.report.scene import Scene
from communique.types.reading import Reading

SPRING = date(2024, 4, 8)


def said(*name: str, place: str = "Lima") -> str:
    """NAME spoke in PLACE."""
    first, verb = name[0], len(name) + 1
    lines = [f"{first} PROPN {verb} nsubj PERSON", *(f"{part} PROPN 1 flat PERSON" for part in name[1:])]
    return "\n".join(
        [*lines, f"spoke/speak VERB 0 root\nin ADP {verb + 2} case\n{place} PROPN {verb} obl LOC\n. PUNCT {verb} punct"]
    )


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        (("Macron",), "Emmanuel Macron"),
        (("Zelensky",), "Volodymyr Zelenskyy"),
        (("Netanyahu",), "Benjamin Netanyahu"),
        (("Lavrov",), "Sergey Lavrov"),
    ],
)
def test_a_surname_alone_is_the_one_in_high_office(resolver: ActorResolver, name: tuple[str, ...], entry: str) -> None:
    actor = actors(resolver, said(*name), SPRING)[entry]
    assert (actor.resolved_by, actor.kind) == ("registry", "person")
    assert "held at the time" in actor.why


def test_a_surname_says_less_where_no_day_is_known_or_long_before(resolver: ActorResolver) -> None:
    assert actors(resolver, said("Scholz"), date(2004, 3, 1))["Scholz"].resolved_by == "unresolved"
    assert actors(resolver, said("Lavrov"), date(1990, 3, 1))["Lavrov"].resolved_by == "unresolved"


def test_a_surname_of_another_persons_full_name_is_that_persons(resolver: ActorResolver) -> None:
    found = actors(resolver, said("Jonas", "Macron") + "\n\n" + said("Macron"), SPRING)
    assert found["Jonas Macron"].resolved_by == "unresolved" and "Emmanuel Macron" not in found


@pytest.mark.parametrize(
    ("name", "country", "wikidata_of"),
    [
        (("Sergei", "Lavroff"), "RUS", "Sergey Lavrov"),
        (("Jinping", "Xi"), "CHN", "Xi Jinping"),
        (("Orbán", "Viktor"), "HUN", "Viktor Orbán"),
        (("Viktor", "Orban"), "HUN", "Viktor Orbán"),
        (("Aleksander", "Lukashenko"), "BLR", "Alexander Lukashenko"),
        (("Muhammad", "bin", "Salman"), "SAU", "Mohammed bin Salman"),
        (("Emmanuel", "J.", "Macron"), "FRA", "Emmanuel Macron"),
    ],
)
def test_other_spellings_are_the_same_person(
    resolver: ActorResolver, name: tuple[str, ...], country: str, wikidata_of: str
) -> None:
    place = {"RUS": "Russia", "CHN": "China", "HUN": "Hungary", "BLR": "Belarus", "SAU": "Riyadh", "FRA": "France"}[country]
    (actor,) = [a for a in actors(resolver, said(*name, place=place), SPRING).values() if a.kind == "person"]
    assert (actor.resolved_by, actor.country) == ("registry", country)
    assert wikidata_of.split()[-1] in actor.why or wikidata_of in actor.why


def test_another_spelling_alone_is_not_enough(resolver: ActorResolver) -> None:
    found = actors(resolver, said("Serghei", "Lavroff"), date(1990, 1, 1))
    assert found["Serghei Lavroff"].resolved_by == "unresolved"


def title(adjective: str, *office: str, before: str = "the DET {h} det", year: str | None = None) -> str:
    """The ADJECTIVE OFFICE left."""
    head, verb = 2 + len(office), 3 + len(office)
    lines = [before.format(h=head), f"{adjective} ADJ {head} amod MISC"]
    lines += [f"{word} ADJ {head} amod" for word in office[:-1]] + [f"{office[-1]} NOUN {verb} nsubj", "left/leave VERB 0 root"]
    lines += [f"in ADP {verb + 2} case", f"{year} NUM {verb} obl"] if year else []
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("adjective", "office", "holder"),
    [
        ("French", ("president",), "Emmanuel Macron"),
        ("Israeli", ("prime", "minister"), "Benjamin Netanyahu"),
        ("Russian", ("foreign", "minister"), "Sergey Lavrov"),
    ],
)
def test_a_title_alone_is_who_holds_it(resolver: ActorResolver, adjective: str, office: tuple[str, ...], holder: str) -> None:
    (actor,) = [a for a in actors(resolver, title(adjective, *office), SPRING).values() if a.kind == "person"]
    assert actor.resolved_by == "registry" and holder in actor.why
    assert holder != actor.name, "the report's words stay the name"


@pytest.mark.parametrize(
    "table",
    [
        title("French", "president", before="a DET {h} det"),
        title("French", "president", before="former ADJ {h} amod"),
        title("French", "president", before="next ADJ {h} amod"),
        title("French", "president", year="1987"),
        title("French", "mayor"),
    ],
)
def test_a_title_of_another_time_or_of_many_is_nobody(resolver: ActorResolver, table: str) -> None:
    (actor,) = [a for a in actors(resolver, table, SPRING).values() if a.kind == "person"]
    assert actor.resolved_by == "report"


def test_without_a_day_or_around_a_change_a_title_stays_open(resolver: ActorResolver) -> None:
    for day in (None, date(2017, 5, 15)):
        (actor,) = [a for a in actors(resolver, title("French", "president"), day).values() if a.kind == "person"]
        assert actor.resolved_by == "report"


def test_a_word_of_the_name_and_the_office_are_enough(resolver: ActorResolver) -> None:
    king = "King PROPN 3 compound\nCharles PROPN 3 nsubj PERSON\nleft/leave VERB 0 root\nBritain PROPN 3 obj LOC"
    found = actors(resolver, king, SPRING)
    assert found["Charles III"].resolved_by == "registry"
    assert actors(resolver, king.replace("Charles", "Olaf"), SPRING)["Olaf"].resolved_by == "report"


def test_offices_of_bodies_and_the_one_of_its_kind(resolver: ActorResolver) -> None:
    table = (
        "The DET 2 det\nPope PROPN 8 nsubj\nand CCONJ 6 cc\nthe DET 6 det\nUN PROPN 6 compound ORG\n"
        "secretary-general NOUN 2 conj\nboth DET 8 dep\nleft/leave VERB 0 root"
    )
    people = {a.entry for a in actors(resolver, table, SPRING).values() if a.kind == "person"}
    assert people == {"person:francis", "person:antonio-guterres"}


def test_who_heads_an_international_body_acts_for_no_country(resolver: ActorResolver) -> None:
    assert actors(resolver, said("Ursula", "von", "der", "Leyen"), SPRING)["Ursula von der Leyen"].country is None
    assert actors(resolver, said("Ursula", "von", "der", "Leyen"), date(2015, 3, 1))["Ursula von der Leyen"].country == "DEU"


def test_particles_alone_make_no_full_name(resolver: ActorResolver) -> None:
    found = actors(resolver, said("bin", "Salman", place="Riyadh"), SPRING)
    assert found["Mohammed bin Salman"].resolved_by == "registry"


def test_title_and_surname_are_one(resolver: ActorResolver) -> None:
    read = analysis(said("Macron") + "\n\n" + title("French", "president"), SPRING)
    (actor,) = [a for a in resolver.actors(read) if a.kind == "person"]
    assert words(read, actor) == ["Macron", "French president"]


TWICE = """
Norwegian ADJ 4 amod MISC
- PUNCT 4 punct
French ADJ 4 amod MISC
envoy NOUN 5 compound
Emmanuel PROPN 7 nsubj PERSON
Macron PROPN 5 flat PERSON
left/leave VERB 0 root
. PUNCT 7 punct
"""


def test_a_full_name_outweighs_another_country_where_its_own_is_named_too(resolver: ActorResolver) -> None:
    assert actors(resolver, TWICE, SPRING)["Emmanuel Macron"].resolved_by == "registry"
    alone = TWICE.replace("French ADJ 4 amod MISC", "young ADJ 4 amod")
    assert actors(resolver, alone, SPRING)["Emmanuel Macron"].resolved_by == "report"


OFFICIAL = """
Ida PROPN 9 nsubj PERSON
Holm PROPN 1 flat PERSON
, PUNCT 1 punct
Putin PROPN 7 nmod:poss PERSON
's PART 4 case
new ADJ 7 amod
envoy NOUN 1 appos
, PUNCT 1 punct
left/leave VERB 0 root
"""


def test_an_official_acts_for_the_country_of_whose_it_is(resolver: ActorResolver) -> None:
    holm = actors(resolver, OFFICIAL, SPRING)["Ida Holm"]
    assert holm.country == "RUS" and "Vladimir Putin" in holm.why


def lesson(name: str, office: str, of: str, seen: date, document: str = "d1") -> Lesson:
    return Lesson("office", name, office, of, seen, document, "desk/1.txt", office, 0, len(office), country=of)


def test_what_the_desk_learned_resolves_and_says_so() -> None:
    knowledge = Knowledge([lesson("Eva Lund", "defence minister", "NOR", date(2024, 3, 1))])
    taught = ActorResolver(knowledge=knowledge)
    lund = actors(taught, said("Eva", "Lund"), SPRING)["Eva Lund"]
    assert (lund.resolved_by, lund.country) == ("registry", "NOR")
    assert "defence minister of NOR" in lund.why and "learned from desk/1.txt, 2024-03-01" in lund.why
    before = actors(taught, said("Lund"), date(2023, 3, 1))["Lund"]
    assert before.resolved_by == "unresolved"


MINISTER = """
Energy PROPN 2 compound
Minister PROPN 3 compound
Dubrova PROPN 4 nsubj PERSON
met/meet VERB 0 root
Polish ADJ 6 amod MISC
officials/official NOUN+ 4 obj
. PUNCT 4 punct
"""


def test_a_learned_office_resolves_a_surname_with_its_title() -> None:
    knowledge = Knowledge([lesson("Oksana Dubrova", "energy minister", "UKR", date(2024, 3, 1))])
    found = actors(ActorResolver(knowledge=knowledge), MINISTER, SPRING)["Oksana Dubrova"]
    assert (found.resolved_by, found.country) == ("registry", "UKR")
    assert "Oksana Dubrova" not in actors(ActorResolver(knowledge=knowledge), MINISTER, date(2023, 4, 8))


def test_a_learned_acronym_names_its_body() -> None:
    alias = Lesson(
        "alias", "Sun and Sea Union", "SSU", None, date(2024, 3, 1), "d1", "x.txt", "SSU", 5, 8, "NRU", "organization"
    )
    table = "SSU PROPN 2 nsubj ORG\nleft/leave VERB 0 root\nChile PROPN 2 obj LOC"
    union = actors(ActorResolver(knowledge=Knowledge([alias])), table, SPRING)["Sun and Sea Union"]
    assert (union.country, union.resolved_by) == ("NRU", "registry") and "learned from x.txt, 2024-03-01" in union.why
    assert "SSU" in actors(ActorResolver(), table, SPRING)


def test_a_report_is_not_its_own_witness() -> None:
    knowledge = Knowledge([lesson("Eva Lund", "defence minister", "NOR", SPRING, document="t")])  # as the report itself
    lund = actors(ActorResolver(knowledge=knowledge), said("Eva", "Lund"), SPRING)["Eva Lund"]
    assert lund.resolved_by == "unresolved"


def test_learned_against_the_tables_stays_open_and_visible() -> None:
    knowledge = Knowledge([lesson("Eva Lund", "president", "FRA", date(2024, 3, 1))])
    scene = ActorResolver(knowledge=knowledge).found(analysis(title("French", "president"), SPRING))
    (decision,) = [d.decision for d in scene.drafts if d.decision is not None]
    assert decision.taken is None and {c.entry.name for c in decision.candidates} == {"Emmanuel Macron", "Eva Lund"}
    assert any("against the tables, which have Emmanuel Macron" in w for c in decision.candidates for w in c.words)


@pytest.mark.parametrize(
    ("day", "sectors"), [(date(2017, 5, 2), ("GOV", "MIL")), (date(2024, 6, 5), ("IGO",)), (None, ("IGO",))]
)
def test_sectors_are_those_of_the_offices_held_on_the_day(day: date | None, sectors: tuple[str, ...]) -> None:
    world = load_world()
    entry = next(n.entry for n in world.names("Ursula von der Leyen") if n.entry.kind == "person")
    scene = Scene("", Reading((), (), ()), world, (), (), when=day)
    assert sectors_of(scene, entry) == sectors
