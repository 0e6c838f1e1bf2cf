"""Made reports of made happenings: what a coder gives for 2 to 6 tellings of each, with its usual mistakes, and which events
are truly one. Names, days and wordings are invented; mistakes are drawn at rates that are assumed, not measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from communique.types.incidents import EventTold, Figure, Party
from communique.types.text import Interval, Span

STATES = {  # country: name, head, minister, city, latitude, longitude
    "NRL": ("Norland", "Ana Sol", "Bertil Krag", "Nordhaven", 60.1, 10.2),
    "SDR": ("Sudria", "Cosmo Dell", "Dora Pike", "Port Sud", 41.3, 12.9),
    "VST": ("Vestria", "Emil Roth", "Frida Lund", "Westburg", 47.9, 2.2),
    "OST": ("Ostmark", "Gero Falk", "Hanna Vogt", "Ostenau", 50.4, 30.1),
    "MRN": ("Maren", "Ivo Marek", "Jana Stolz", "Marenport", 35.2, -5.6),
    "ILD": ("Ildara", "Kemal Aydo", "Leyla Oran", "Ildaz", 38.7, 35.3),
}
# ruff: noqa: E501  # one topic to a line
# type, mode, whether both sides act, kinds of numbers, and topics: each told in words that overlap only in part
ACTS = (
    ("CONSULT", "meet", True, (), (
        ("talks on the fishing quota", "a meeting over cod quotas and fishing rights", "discussed fishing quotas at length"),
        ("talks on the river dam", "a meeting over water from the river dam", "discussed the filling of the dam"),
        ("talks on railway tariffs", "a meeting over railway freight tariffs", "discussed lower tariffs for rail freight"),
    )),
    ("AGREE", None, True, (), (
        ("signed an agreement on gas supply through the pipeline", "a gas deal for the northern pipeline", "agreed a gas supply contract"),
        ("signed a treaty on visa-free travel", "a deal ending visas for tourists", "agreed that travellers need no visas"),
        ("signed a memorandum on joint satellites", "a deal to build a satellite together", "agreed to launch a joint satellite"),
    )),
    ("ACCUSE", "allege", False, (), (
        ("accused of spying on its embassy", "alleged espionage against the embassy", "blamed for bugging its embassy"),
        ("accused of poisoning the border river", "alleged chemical pollution of the river", "blamed for chemicals in the border river"),
        ("accused of arming rebels", "alleged arms deliveries to rebels", "blamed for sending rifles to rebels"),
    )),
    ("SANCTION", "discontinue", False, ("money",), (
        ("imposed sanctions on timber imports", "banned timber from entering", "halted imports of timber"),
        ("froze bank assets", "blocked accounts and frozen assets of banks", "ordered banks to freeze assets"),
    )),
    ("AID", None, False, ("money",), (
        ("sent flood relief with tents and pumps", "delivered tents for flood victims", "shipped pumps and tents after the floods"),
        ("gave vaccines for the measles outbreak", "donated measles vaccines", "delivered doses against measles"),
    )),
    ("ASSAULT", "heavy-weapons", False, ("killed", "injured"), (
        ("shelled a market", "artillery fire struck the market square", "shells hit stalls at a market"),
        ("attacked a convoy of trucks", "a truck convoy came under fire", "fired at a convoy, burning trucks"),
        ("bombed a power station", "bombs hit the electricity plant", "an air raid on the power plant"),
    )),
    ("COERCE", "arrest", False, ("detained",), (
        ("seized a trawler with its crew", "boarded the trawler and held its sailors", "captured a fishing trawler"),
        ("arrested truck drivers at the border", "detained drivers of lorries at a crossing", "held drivers at the border crossing"),
    )),
    ("THREATEN", "restrict", False, (), (
        ("threatened to close the strait", "warned that it would shut the strait to ships", "threatened shipping in the strait"),
        ("threatened to cut off electricity", "warned of an end to power exports", "threatened to stop electricity exports"),
    )),
)  # fmt: skip
KINDS_TOLD_FOR = {"CONSULT": "AGREE", "AGREE": "COOPERATE", "AID": "COOPERATE", "ACCUSE": "THREATEN", "COERCE": "SANCTION"}
OPENINGS = (
    "{a} {t} with {b} in a long session",
    "officials from {a} and {b}: {t}",
    "{t}, a spokesman of {a} told reporters about {b}",
)
# nouns that reports add: of a happening, which several tellings may have, and by the way, which only one has
NOUNS = (
    "lighthouse orchard granite bishop harvest tunnel ferry violin quarry basket glacier lantern widow turbine "
    "cathedral saffron pasture copper stadium archive bakery canal pigeon festival mosaic peninsula walnut chapel "
    "drought reservoir tapestry customs sawmill gallery monsoon barley viaduct museum parchment brewery lagoon "
    "vineyard clinic trolley beacon meadow cannery orphan librarian goldsmith surgeon botanist pilgrim weaver "
    "gardener locksmith historian chemist sculptor notary honey almond marble linen amber cedar velvet pepper "
    "cobalt resin tallow slate thistle juniper heron otter falcon badger salmon beetle moth cricket magnolia clover "
    "fern lichen willow poplar maple birch tulip orchid dahlia crocus peony iris "
).split()
TRIGGERS = ("talks", "meeting", "discussed", "signed", "deal", "agreed", "accused", "alleged", "blamed", "imposed", "banned")


@dataclass(frozen=True)
class Happening:
    """What truly happened; reports tell it more or less so."""

    name: str
    act: tuple
    topic: int
    actor: str
    recipient: str
    day: date
    city: tuple[str, str, float, float]
    number: int
    details: tuple[str, ...]


def party(country: str, random: Random) -> Party:
    """The state, its head or its minister; sometimes a name that no registry knows."""
    name, head, minister, *_ = STATES[country]
    told = random.random()
    if told < 0.55:
        return Party(name, f"state:{country}", country)
    if told < 0.75:
        return Party(head, f"person:{head.lower().replace(' ', '-')}", country)
    return Party(minister, None, country) if told < 0.9 else Party("officials", None, None)


def tell(h: Happening, n: int, lag: int, random: Random, status: str = "happened") -> EventTold:
    """One report's event of a happening, `lag` days after it (before, where negative)."""
    plover, mode, mutual, kinds, topics = h.act
    topic = topics[h.topic]
    published = h.day + timedelta(days=lag)
    actor = (party(h.actor, random),)
    recipient = (party(h.recipient, random),) if random.random() < 0.85 else ()
    if mutual:
        actor = recipient = (*actor, *recipient)
    elif plover == "ASSAULT" and random.random() < 0.2:
        actor = (Party("gunmen", None, None),) if random.random() < 0.5 else ()
    words = random.choice(topic)
    evidence = random.choice(OPENINGS).format(a=actor[0].name if actor else "", b=STATES[h.recipient][0], t=words)
    beside = [d for d in h.details if random.random() < 0.5] + random.sample(NOUNS, 3)
    evidence += ", beside " + " and ".join(beside)
    told = random.random()
    day = h.day + timedelta(days=random.choice((-1, 1)) if random.random() < 0.06 else 0)
    when = Interval(day, day + timedelta(days=1))
    if told < 0.2:
        when = None
    elif told < 0.3:
        when = Interval(h.day - timedelta(days=h.day.weekday()), h.day - timedelta(days=h.day.weekday() - 7))
    name, country, latitude, longitude = h.city
    placed = random.random()
    place = {"place": name, "place_precision": "city", "latitude": latitude, "longitude": longitude} if placed < 0.6 else {}
    if placed > 0.85:
        place = {"place": STATES[country][0], "place_precision": "country", "latitude": latitude + 1, "longitude": longitude}
    figures = tuple(
        Figure(kind, float(k), float(k))
        for kind in kinds
        if random.random() < 0.7 and (k := h.number if random.random() < 0.7 else h.number + random.randint(1, 5))
    )
    start = random.randint(0, 500)
    return EventTold(
        document=f"{h.name}-{n}-{random.randrange(16**8):08x}",
        event="e1",
        text_id=f"text-{h.name}-{n}",
        trigger=Span(start, start + 6),
        words=next((w for w in words.split() if w in TRIGGERS), words.split()[0]),
        plover=KINDS_TOLD_FOR.get(plover, plover) if random.random() < 0.07 else plover,
        status=status,
        group=f"source-{h.name}-{n}",
        publisher=random.choice(("Herald", "Courier", "Morning Post", "Radio Nord", "Sentinel")),
        published=Interval(published, published + timedelta(days=1)),
        mode=mode if random.random() < 0.8 else None,
        actor=actor,
        recipient=recipient,
        when=when,
        place_country=country if place else None,
        figures=figures,
        evidence=evidence,
        story=f"story-{h.name}" if random.random() < 0.5 else None,
        **place,
    )


def happenings(random: Random, count: int) -> list[Happening]:
    """Happenings, each second one close to the one before: another act of the same sides that day, the same act some days on,
    the sides turned, or another state in place of one."""
    made: list[Happening] = []
    for n in range(count):
        actor, recipient, third = random.sample(sorted(STATES), 3)
        place = random.choice((actor, recipient))
        act = random.choice(ACTS)
        new = Happening(
            f"h{n}",
            act,
            random.randrange(len(act[4])),
            actor,
            recipient,
            date(2023, 1, 1) + timedelta(days=random.randrange(300)),
            (STATES[place][3], place, *STATES[place][4:]),
            random.randint(3, 60),
            tuple(random.sample(NOUNS, 3)),
        )
        if n % 2:
            old = made[-1]
            kind = random.choice(("topic", "act", "day", "turned", "third"))
            new = replace(old, name=new.name, number=new.number, details=new.details)
            if kind == "topic":
                new = replace(new, topic=(old.topic + 1) % len(old.act[4]))
            elif kind == "act":
                new = replace(new, act=(other := ACTS[(ACTS.index(old.act) + 3) % len(ACTS)]), topic=old.topic % len(other[4]))
            elif kind == "day":
                new = replace(new, day=old.day + timedelta(days=random.randint(4, 20)))
            elif kind == "turned":
                new = replace(new, actor=old.recipient, recipient=old.actor, topic=(old.topic + 1) % len(old.act[4]))
            else:
                other = next(c for c in (third, *sorted(STATES)) if c not in (old.actor, old.recipient))
                city = (STATES[other][3], other, *STATES[other][4:])
                new = replace(new, recipient=other, city=city, topic=(old.topic + 1) % len(old.act[4]))
        made.append(new)
    return made


def reports(seed: int, count: int = 60) -> tuple[list[EventTold], dict[str, str]]:
    """Events as told, and which happening each document tells of. A third of them was announced before, some are reprinted."""
    random = Random(seed)
    events, truth = [], {}
    for h in happenings(random, count):
        told = [tell(h, n, random.choice((0, 0, 1, 1, 2)), random) for n in range(random.randint(2, 5))]
        if random.random() < 0.33:
            plan = tell(h, 9, -random.randint(1, 20), random, "planned")
            told.append(replace(plan, when=plan.when or Interval(h.day, h.day + timedelta(days=1))))
        if random.random() < 0.25:
            told.append(replace(told[0], document=told[0].document + "r", publisher="Evening Echo"))
        events += told
        truth |= {e.document: h.name for e in told}
    random.shuffle(events)
    return events, truth
