"""Write `wikipedia.tsv`, `linked.tsv` and `linked_offices.tsv`: whom the Current Events pages of Wikipedia link to.

    python training/tables/build_linked.py POSTS OUT [--months 1-9]

POSTS is the archive (or folder) of the pages of 2025, of which only the months named are read; OUT the folder of the tables.
`linked.txt` says what the titles are that no table names: a new actor, or a spelling of one that a table has. Other titles
are tied to the actor of that name where there is just one. `wikipedia.tsv` has, by title, the actor and the linked words
that are names of it; `linked_offices.tsv` the offices that are linked to just before a person, on the days that the pages say
so.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from communique.evaluation.current_events import Item, read_items, read_pages
from communique.ontology.gather import Gatherer
from communique.ontology.names import name_key, surnames_of
from communique.ontology.officials import person_id
from communique.ontology.tables import read_rows
from communique.ontology.world import World

BRACKETS = re.compile(r" \(([^)]*)\)$")
SMALL = {
    "of",
    "the",
    "and",
    "for",
    "de",
    "da",
    "do",
    "del",
    "van",
    "von",
    "der",
    "al",
    "el",
    "bin",
    "in",
    "on",
    "to",
    "la",
    "du",
}
# Words that a name made of these alone has in common with bodies of other states.
COMMON = set(
    """national federal general central supreme constitutional civil state public armed security presidential police guard army
    force forces navy air military staff assembly parliament senate house representatives congress council commission committee
    court ministry department office service bureau agency authority directorate corps command administration electoral
    elections anti corruption investigation disaster management defence defense interior justice foreign affairs health human
    rights education party liberal labour labor conservative democratic democrats socialist communist freedom people's peoples
    citizen citizens union alliance coalition movement progressives progress centre center popular front republican independent
    development legislative coast intelligence emergency gendarmerie us united states humanitarian reserve electoral""".split()
)
FORMER = re.compile(
    r"(?:former|ex-?|then|late|deputy|acting|outgoing|incoming|next|first|ousted|deposed|ex)\W*$", re.IGNORECASE
)
JUNIOR = re.compile(r" (?:Jr|Sr|II|III)\.?$")
BETWEEN = re.compile(r",? ?")
# Of whom the surname alone is no name to find them by.
NAMELESS = {"CVL", "JRN", "BUS", "CRM", "JUD", "EDU"}
PREFIX = {"military": "inst", "government": "inst", "group": "group", "organization": "org", "company": "company"}


@dataclass
class Actor:
    """An actor that is linked to, on the way to the tables."""

    key: str
    name: str
    kind: str
    country: str
    sectors: str
    titles: Counter[str] = field(default_factory=Counter)
    aliases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    new: bool = True


class Titles:
    """What the titles are: by `linked.txt`, else by the only actor of that name."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.actors: dict[str, Actor] = {}
        self._of: dict[str, Actor | None] = {}
        self._listed = {entry.id for entry in world.entries()}
        lines = (Path(__file__).parent / "linked.txt").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line and line[0] != "#"]
        for line in kept:
            if line[0] not in "=!":
                head, _, titles = line.partition(": ")
                kind, country, sectors = head.rsplit(" ", 2)
                for title in titles.split("; "):
                    self._of[title] = self._described(title, kind, "" if country == "-" else country, sectors)
        for line in kept:
            if line[0] == "=":
                key, _, titles = line[2:].partition(": ")
                self._of.update((title, self._tied(key)) for title in titles.split("; "))
            elif line[0] == "!":
                for title in line.partition(": ")[2].split("; "):
                    self._of.setdefault(title, None)

    def actor(self, title: str) -> Actor | None:
        """The actor that an article is about; none when it is about something else or nobody knows it."""
        if title not in self._of:
            self._of[title] = self._named(BRACKETS.sub("", title))
        return self._of[title]

    def _named(self, name: str) -> Actor | None:
        found = [n for n in self.world.names(name) if n.use in ("name", "alias")]
        sure = {n.entry.id for n in found if n.use == "name"} or {n.entry.id for n in found}
        return self._tied(sure.pop()) if len(sure) == 1 else None

    def _tied(self, key: str) -> Actor:
        if key.count(":") == 2 and self.world.entry(key) is None:
            actor = self._of[key.split(":")[2]]
            if actor is None:
                raise SystemExit(f"linked.txt: {key} is described nowhere")
            return actor
        if key not in self.actors:
            entry = self.world.entry(key)
            if entry is None:
                raise SystemExit(f"linked.txt: no table has {key}")
            of_table = key in self._listed
            self.actors[key] = Actor(
                key, entry.name, entry.kind, entry.country or "", ",".join(entry.sectors), new=not of_table
            )
        return self.actors[key]

    def _described(self, title: str, kind: str, country: str, sectors: str) -> Actor | None:
        base, brackets = BRACKETS.sub("", title), BRACKETS.search(title)
        known = self._known(title, base, kind, country)
        if known is not None:
            return known
        if brackets and kind in ("government", "military") and is_common(base):
            return None
        state = self.world.state(country)
        name = f"{base} of {state.name}" if brackets and state and kind in ("government", "military") else base
        if brackets and state and kind == "group":
            name = f"{base} ({state.name})"
        slug = re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-")
        home = f"{country}:" if kind in ("government", "military") else ""
        key = person_id(name) if kind == "person" else f"{PREFIX.get(kind, 'outlet')}:{home}{slug}"
        actor = self.actors.setdefault(key, Actor(key, name, kind, country, sectors))
        if name != base and not is_common(base) and not self.world.names(base):
            actor.aliases[title].append(base)
        return actor

    def _known(self, title: str, base: str, kind: str, country: str) -> Actor | None:
        """The actor of a table that a described title is of: by its name, of the same state, and a person where it is one."""
        adjectives = [f"{adjective} {base}" for adjective in ADJECTIVES.get(country, ())]
        for name in (title, base, *adjectives):
            found = {
                n.entry.id
                for n in self.world.names(name)
                if n.use in ("name", "alias")
                and (n.entry.kind == "person") == (kind == "person")
                and (base == title or n.entry.country == (country or None))
            }
            if len(found) == 1:
                return self._tied(found.pop())
        likely = (
            (like for like in self.world.spellings.like(base) if like.how in ("order", "short")) if kind == "person" else ()
        )
        entries = [like.name.entry for like in likely if like.name.entry.country in (None, country or None)]
        near = {e.id for e in entries if bool(JUNIOR.search(e.name)) == bool(JUNIOR.search(base))}
        return self._tied(near.pop()) if len(near) == 1 else None

    def adjectives(self, actor: Actor, base: str) -> list[str]:
        """Names of a body with the adjective of its state, as "Norwegian Labour Party"."""
        state = self.world.state(actor.country)
        found = [f"{text} {base}" for text in ADJECTIVES.get(actor.country, ())] if state else []
        return [text for text in found if not self.world.names(text)]


def is_common(name: str) -> bool:
    """Whether bodies of other states may go by the same name."""
    return {w.strip(".,") for w in name_key(name).split()} <= COMMON | SMALL


def is_capitalised(text: str) -> bool:
    """Whether all words but small ones begin with a capital."""
    return all(w[0].isupper() or w.lower() in SMALL or w[0].isdigit() for w in text.split())


ADJECTIVES = {row[0]: [a for a in row[3].split("|") if a] for row in read_rows("states.tsv")}


def links(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """Title and linked words of each link, without a possessive."""
    for item in items:
        for span, title in item.links:
            yield title, re.sub(r"['’]s$|^(?:the|The) ", "", item.text[span.start : span.end].strip())


def is_name(text: str, actor: Actor, times: int, world: World) -> bool:
    """Whether linked words are a name of the actor that can be found by: not a title, a description or someone else's name."""
    if world.names(text) or actor.kind == "state" or is_common(text):
        return False
    words = text.split()
    if world.title(text) or not text[:1].isupper() or re.search(r"[,;:\"“”()/]", text) or len(words) > 8:
        return False
    if actor.kind == "person":
        shared = set(name_key(text).split()) & set(name_key(actor.name).split())
        return (
            len(words) > 1
            and is_capitalised(text)
            and not world.title(words[0])
            and not world.title(" ".join(words[:2]))
            and (bool(shared) or times > 2)
        )
    if len(words) == 1:
        return times > 1 and (
            (text.isupper() and len(text) > 2) or (name_key(text) in name_key(actor.name).split() and len(text) > 5)
        )
    return is_capitalised(text) and (times > 1 or bool(set(name_key(text).split()) & set(name_key(actor.name).split()) - SMALL))


def take_links(titles: Titles, items: list[Item]) -> None:
    """Count the titles and collect the linked words that are names."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    spoken: Counter[str] = Counter()
    for title, text in links(items):
        spoken[text] += 1
        words[title][text] += 1
    for title, texts in sorted(words.items()):
        actor = titles.actor(title)
        if actor is None:
            continue
        actor.titles[title] += sum(texts.values())
        for text, times in sorted(texts.items()):
            if times >= 0.8 * spoken[text] and is_name(text, actor, times, titles.world):
                actor.aliases[title].append(text)
        base = BRACKETS.sub("", title)
        if base != title and actor.kind in ("government", "military", "group") and actor.new and is_common(base):
            actor.aliases[title] += titles.adjectives(actor, base)
        if name_key(base) != name_key(actor.name) and not titles.world.names(base) and base == title and is_capitalised(base):
            actor.aliases[title].append(base)


def offices(titles: Titles, items: list[Item]) -> Iterator[tuple[str, str, str, str]]:
    """Person, title, state or body, and day, of the offices linked just before a person."""
    for item in items:
        for (before, office), (after, title) in zip(item.links, item.links[1:], strict=False):
            person = titles.actor(title)
            between = item.text[before.end : after.start]
            if person is None or person.kind != "person" or not BETWEEN.fullmatch(between):
                continue
            if FORMER.search(item.text[: before.start]) or FORMER.match(item.text[before.start : before.end].split(" ")[0]):
                continue
            if found := office_of(titles.world, office):
                yield person.key, *found, item.day.isoformat()


def office_of(world: World, article: str) -> tuple[str, str] | None:
    """The title and the state or body of an office by its article, as "Prime Minister of Israel" or "U.S. President"."""
    bare, brackets = BRACKETS.sub("", article), BRACKETS.search(article)
    title = world.title(bare)
    if title is None or title.title_class is None or title.former or "list of" in article.lower():
        return None
    places = [brackets[1]] if brackets else []
    places += [re.sub(r"^the ", "", p) for p in re.split(r" of | for ", bare)[1:]] + [bare.split(" ")[0]]
    if len(bare.split(" ")) > 2:
        places.append(" ".join(bare.split(" ")[:2]))
    for place in reversed(places):
        of = {n.entry.id for n in world.names(place) if n.use != "capital" and n.entry.id.startswith(("state:", "org:"))}
        if len(of) == 1:
            key = of.pop()
            return title.text, key.removeprefix("state:")
    return None


def terms(titles: Titles, items: list[Item]) -> list[tuple[str, ...]]:
    """The rows of offices that no table has: from the first day to the last that the pages say so on."""
    world = titles.world
    seen: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, title, of, day in offices(titles, items):
        seen[key, title, of].append(day)
    rows = []
    for (key, title, of), days in seen.items():
        office = world.title(title)
        assert office is not None
        if any(world_class(world, t.title) == office.title_class and t.of == of for t in world.terms_of(key)):
            continue
        if any(o.holder.id != key for o in world.offices(office.title_class, of, date.fromisoformat(days[0]))):
            continue
        after = date.fromisoformat(days[-1]) + timedelta(days=1)
        rows.append((key, title, of, days[0], after.isoformat(), f"Wikipedia current events {days[0]}"))
    return sorted(rows)


def world_class(world: World, title: str) -> str | None:
    """The class of an office."""
    found = world.title(title)
    return found.title_class if found else None


def write(path: Path, head: str, rows: Iterable[Iterable[str]]) -> None:
    """Write a table."""
    text = "# Written by training/tables/build_linked.py; see SOURCES.md\n" + head + "\n"
    path.write_text(text + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Read the pages and write the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("posts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--months", default="1-9", help="the first and the last month of 2025 to read")
    options = parser.parse_args()
    first, last = map(int, options.months.split("-"))
    pages = [(day, page) for day, page in read_pages(options.posts) if day.year == 2025 and first <= day.month <= last]
    items = [item for day, page in pages for item in read_items(page, day)]
    world = World(Gatherer(linked=False).registry)
    titles = Titles(world)
    take_links(titles, items)
    actors = sorted((a for a in titles.actors.values() if a.titles), key=lambda a: a.key)
    new = [a for a in actors if a.new]
    write(
        options.out / "linked.tsv", "id\tname\tkind\tcountry\tsectors\tsurnames",
        ((a.key, a.name, a.kind, a.country, a.sectors, surnames(a)) for a in new),
    )  # fmt: skip
    ties = [(t, a) for a in actors for t, _ in a.titles.most_common()]
    write(
        options.out / "wikipedia.tsv", "title\tid\taliases",
        ((t, a.key, "|".join(dict.fromkeys(x for x in a.aliases[t] if x != a.name))) for t, a in ties),
    )  # fmt: skip
    rows = [row for row in terms(titles, items) if row[0] in {a.key for a in actors}]
    write(options.out / "linked_offices.tsv", "id\ttitle\tof\tbegin\tend\tsource", rows)
    print(len(items), "items", len(ties), "titles", len(actors), "actors", len(new), "new", len(rows), "terms of office")


def surnames(actor: Actor) -> str:
    """What the column says: "-" for whom no surname alone stands for."""
    if actor.kind != "person":
        return ""
    return "-" if set(actor.sectors.split(",")) <= NAMELESS or not surnames_of(actor.name, actor.country) else ""


if __name__ == "__main__":
    main()
