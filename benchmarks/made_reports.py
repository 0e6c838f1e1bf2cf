"""Reports made up for measuring how they are merged, with what is truly one story and one incident.

Each story is one to four happenings between two of 48 invented states, drawn as unevenly as those of the news, so that one pair
of states fills each day. It is told by one to sixty documents, in words of their own (names, terms and numbers of the story
among words drawn by how often English has them) or as copies: verbatim, trimmed, under another headline, reworded by hand or
word by word. Beside its happenings stand events that are told nowhere else, and older happenings of the same states. Events
have a coder's mistakes, at rates that are assumed: sides missing or under another name, days missing or a day off, kin types.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

FIRST, YEAR = date(2023, 1, 1), 365
STATES, STORY = 48, 60
ACTS = (  # type, mode, whether both sides act, number, trigger
    *(("CONSULT", "meet", True, None, "met"), ("CONSULT", "visit", True, None, "visited")),
    ("AGREE", None, True, None, "signed"),
    *(("ACCUSE", "allege", False, None, "accused"), ("ASSAULT", "heavy-weapons", False, "killed", "shelled")),
    *(("COERCE", "arrest", False, "detained", "arrested"), ("SANCTION", None, False, "money", "imposed")),
    *(("AID", None, False, "money", "sent"), ("THREATEN", "restrict", False, None, "threatened")),
)
KIN = {"CONSULT": "AGREE", "AGREE": "COOPERATE", "AID": "COOPERATE", "ACCUSE": "THREATEN", "COERCE": "SANCTION"}
SYLLABLES = [a + b for a in (*"bdfgklmnprstvz", "st", "tr") for b in "aeiou"]
LITTLE = (
    "the of and to in that for on with as was by at from it had were an which their has would its after over said not".split()
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly happened: number of the act, sides, day, place, number and words that it is told with."""

    name: str
    act: int
    sides: tuple[int, int]
    day: date
    place: int
    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What a story's documents have in common."""

    name: str
    day: date
    sides: tuple[int, int]
    happenings: tuple[Happening, ...]
    people: tuple[str, ...]
    terms: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """A document with its events; `kind` is how it was made of `source`, or `told` where it was not."""

    id: str
    story: str
    text: str
    publisher: str
    day: date
    kind: str = "told"
    source: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    truths: list[str] = field(default_factory=list)

    @property
    def text_id(self) -> str:
        """What verbatim copies share."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


class Press:
    """Makes reports; the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = Random(seed)
        pieces = files("communique.models").joinpath("language/vocab.txt").read_text(encoding="utf-8").split("\n")
        self.english = [p for p in pieces[pieces.index("the") :] if p.isalpha() and len(p) > 3][:9000]
        self.often = [1 / (n + 20) for n in range(len(self.english))]
        self.states = [self.name(2, 3) + "ia" for _ in range(STATES)]
        self.cities = [self.name(2, 3) for _ in range(STATES * 6)]
        self.people = [[f"{self.name(2, 2)} {self.name(2, 3)}" for _ in range(6)] for _ in range(STATES)]
        share = [1 / (n + 1) for n in range(STATES)]
        drawn = (self.random.choices(range(STATES), share, k=2) for _ in range(4000))
        self.dyads = [(a, b) for a, b in drawn if a != b]
        self.told: dict[frozenset[int], list[Happening]] = {}
        self.drawn: Iterator[str] = iter(())

    def reports(self, number: int, days: int = YEAR, first: date = FIRST) -> Iterator[Report]:
        """So many reports that came out within `days`, story by story."""
        made = count = 0
        while made < number:
            count += 1
            story = self.story(f"s{self.random.getrandbits(48):012x}", first + timedelta(days=self.random.randrange(days)))
            size = min(STORY, int(self.random.paretovariate(1.1)), number - made)
            for report in self.tellings(story, size):
                made += 1
                yield report

    def name(self, least: int, most: int) -> str:
        """A name that nobody has."""
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(least, most))).capitalize()

    def word(self) -> str:
        """A word as English has it."""
        word = next(self.drawn, None)
        if word is None:
            self.drawn = iter(self.random.choices(self.english, self.often, k=20000))
            return next(self.drawn)
        return word

    def story(self, name: str, day: date) -> Story:
        """A new story of that day."""
        sides = self.random.choice(self.dyads)
        happenings = tuple(
            self.happening(f"{name}.{n}", sides, day - timedelta(days=self.random.choice((0, 0, 1, 3))))
            for n in range(self.random.choice((1, 1, 2, 3, 4)))
        )
        people = (*(self.random.choice(self.people[s]) for s in sides), f"{self.name(2, 2)} {self.name(2, 3)}")
        terms = tuple(w for h in happenings for w in h.words) + tuple(self.word() for _ in range(6))
        return Story(name, day, sides, happenings, people, terms, tuple(str(self.random.randint(3, 900)) for _ in range(4)))

    def happening(self, name: str, sides: tuple[int, int], day: date) -> Happening:
        """A new happening between two states."""
        a, b = sides if self.random.random() < 0.7 else sides[::-1]
        place = self.random.choice(sides) * 6 + self.random.randrange(6)
        words = tuple(self.random.choice(self.english[300:]) for _ in range(6))
        return Happening(name, self.random.randrange(len(ACTS)), (a, b), day, place, self.random.randint(3, 60), words)

    def tellings(self, story: Story, size: int) -> Iterator[Report]:
        """The documents of a story, the first of them told by itself."""
        done: list[Report] = []
        older = self.told.setdefault(frozenset(story.sides), [])
        for _ in range(size):
            day = story.day + timedelta(days=min(20, int(self.random.expovariate(0.7))))
            source = self.random.choice(done) if done and self.random.random() < 0.4 else None
            report = self.copy(source, day) if source else self.tell(story, day, older)
            done.append(report)
            yield report
        older.extend(story.happenings)

    def tell(self, story: Story, day: date, older: list[Happening]) -> Report:
        """A telling in words of its own."""
        lines = [self.headline(story), *(self.sentences(story) for _ in range(self.random.randint(4, 9)))]
        report = Report(self.id(), story.name, "\n\n".join(lines), f"Outlet {self.random.randrange(400)}", day)
        known = [h for h in story.happenings if self.random.random() < 0.8] or [story.happenings[0]]
        if older and self.random.random() < 0.3:
            known.append(self.random.choice(older[-40:]))
        by_itself = [
            self.happening(f"{report.id}.{n}", self.random.choice(self.dyads), day - timedelta(days=self.random.randrange(30)))
            for n in range(self.random.randint(3, 7))
        ]
        for n, happening in enumerate([*known, *by_itself]):
            report.events.append(self.event(happening, n, day))
            report.truths.append(happening.name)
        return report

    def id(self) -> str:
        """An id as documents have it."""
        return f"{self.random.getrandbits(128):032x}"

    def headline(self, story: Story) -> str:
        """A first line without a stop."""
        a, b = (self.states[s] for s in story.sides)
        words = self.random.sample(story.terms, 2)
        return f"{a} and {b} {self.word()} {words[0]} {self.word()} over {words[1]} {self.word()}"

    def sentences(self, story: Story) -> str:
        """A paragraph: words of English in no order, among them those of the story."""
        told = []
        for _ in range(self.random.randint(2, 3)):
            words = self.random.choices(LITTLE, k=24)
            for n in self.random.sample(range(1, 23), 13):
                words[n] = self.word()
            for n in self.random.sample(range(1, 23), 5):
                words[n] = self.of_story(story)
            told.append(" ".join((words[0].capitalize(), *words[1:])) + ".")
        return " ".join(told)

    def of_story(self, story: Story) -> str:
        """A name, term or number of the story."""
        kind = self.random.random()
        if kind < 0.3:
            return self.states[self.random.choice(story.sides)]
        if kind < 0.4:
            return self.cities[self.random.choice(story.happenings).place]
        if kind < 0.6:
            return self.random.choice(story.people)
        return self.random.choice(story.terms if kind < 0.9 else story.numbers)

    def copy(self, source: Report, day: date) -> Report:
        """A copy of a report, perhaps of a copy, that came out no earlier."""
        kind = self.random.choice(("exact", "exact", "trimmed", "retitled", "reworded", "machine-reworded"))
        head, *paragraphs = source.text.split("\n\n")
        if kind == "trimmed" and len(paragraphs) > 3:
            paragraphs = paragraphs[: self.random.randint(3, len(paragraphs) - 1)]
        elif kind == "retitled":
            head = " ".join(self.word() for _ in range(6)).capitalize()
        elif kind == "reworded":
            paragraphs = [p if self.random.random() < 0.6 else self.reworded(p, 0.3) for p in paragraphs]
        elif kind == "machine-reworded":
            paragraphs = [self.reworded(p, 0.6) for p in paragraphs]
        text = "\n\n".join((head, *paragraphs))
        outlet = f"Outlet {self.random.randrange(400)}"
        copy = Report(self.id(), source.story, text, outlet, max(day, source.day), kind, source.id)
        return replace(copy, events=list(source.events), truths=list(source.truths))

    def reworded(self, paragraph: str, share: float) -> str:
        """A paragraph with others in place of some of its words in lower case."""
        return " ".join(
            self.word() if w.isalpha() and w.islower() and len(w) > 4 and self.random.random() < share else w
            for w in paragraph.split(" ")
        )

    def event(self, h: Happening, n: int, published: date) -> dict[str, Any]:
        """A row of `events` with a coder's mistakes, and the parties of both sides under `parties`."""
        random = self.random
        plover, mode, mutual, kind, trigger = ACTS[h.act]
        actor = [] if not mutual and random.random() < 0.1 else [self.party(h.sides[0])]
        recipient = [self.party(h.sides[1])] if random.random() < 0.85 else []
        if mutual:
            actor = recipient = [*actor, *recipient]
        start = h.day + timedelta(days=random.choice((-1, 1)) if random.random() < 0.06 else 0)
        days: tuple[date | None, date | None] = (start, start + timedelta(days=1))
        if (told := random.random()) < 0.3:
            monday = h.day - timedelta(days=h.day.weekday())
            days = (None, None) if told < 0.2 else (monday, monday + timedelta(days=7))
        words = [*random.sample(h.words, 4), *(self.word() for _ in range(8))]
        random.shuffle(words)
        exact = random.random() < 0.6
        place = self.cities[h.place] if exact else self.states[h.place // 6]
        amount = {"kind": kind, "low": float(h.number), "high": float(h.number), "unit": None, "words": str(h.number)}
        return {
            "id": f"e{n + 1}",
            "plover": KIN.get(plover, plover) if random.random() < 0.07 else plover,
            "mode": mode if random.random() < 0.8 else None,
            "status": "planned" if h.day > published else "happened",
            "parties": (actor, recipient),
            "when_start": days[0],
            "when_end": days[1],
            "when_precision": "day" if days[0] else None,
            "place": place if random.random() < 0.85 else None,
            "precision": "city" if exact else "country",
            "place_country": f"S{h.place // 6:02d}",
            "latitude": h.place * 1.7 % 120 - 60,
            "longitude": h.place * 37.3 % 360 - 180,
            "trigger_start": 100 * n + random.randrange(90),
            "trigger": trigger,
            "evidence": f"{self.states[h.sides[0]]} {trigger} {self.states[h.sides[1]]} " + " ".join(words),
            "amounts": [amount] if kind and random.random() < 0.7 else [],
            "confidence": round(random.random(), 2),
        }

    def party(self, state: int) -> tuple[str, str | None, str | None]:
        """Name, registry id and country: the state, its head, its minister, or a name that no registry knows."""
        name, country, told = self.states[state], f"S{state:02d}", self.random.random()
        if told < 0.55:
            return name, f"state:{country}", country
        if told < 0.75:
            return f"Head of {name}", f"person:{name.lower()}", country
        return (f"Minister of {name}", None, country) if told < 0.9 else ("officials", None, None)


def record(report: Report) -> str:
    """A record as JSON of usual length, as far as merging reads it."""
    document = {"id": report.id, "text": report.text, "dropped": []}
    filling = [{"start": n, "end": n + 9, "words": "minister"} for n in range(200)]
    return json.dumps({"communique": "0", "document": document, "mentions": filling}, ensure_ascii=False)


NOW = datetime(2026, 1, 1, tzinfo=UTC)
