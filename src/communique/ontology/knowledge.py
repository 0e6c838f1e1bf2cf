"""What a desk has learned from its reports beyond the built-in tables: who holds which office, and what bodies are called.

Kept as JSON lines, one lesson a line, each with the document and the words that it rests on.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from communique.errors import DataError
from communique.ontology.entries import Entry, Name, Office
from communique.ontology.names import name_key, surnames_of
from communique.ontology.officials import person_id
from communique.ontology.tables import read_rows
from communique.ontology.world import World, load_world
from communique.types.entities import ActorKind

SOLE = frozenset({"president", "prime-minister", "chancellor", "monarch", "supreme-leader", "vice-president", "crown-prince"})
SOLE |= {"foreign-minister", "defence-minister", "interior-minister", "finance-minister", "justice-minister", "speaker"}
SOLE |= {"secretary-general", "director-general", "managing-director", "commission-president", "council-president"}
SOLE |= {"high-representative", "pope", "central-bank-governor", "attorney-general", "governor-general"}
"""Classes of offices that one person holds at a time in a state or organisation."""


@cache
def unsure_words() -> frozenset[str]:
    """Words near a title that make it no office that is held: hedged, denied, past, hoped for."""
    return frozenset(word for word, _example in read_rows("unsure.tsv"))


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """One thing that one report teaches, on the day it was published (`seen`).

    `kind` is office: `name` holds `title` of `of` (alpha-3 code or the registry's id of a body), from `begin` to `end` where
    told; or alias: the body `name` is also called `title`. `start` and `end_at` are offsets of `words` into the document.
    """

    kind: str
    name: str
    title: str
    of: str | None
    seen: date
    document: str
    source: str
    words: str
    start: int
    end_at: int
    country: str | None = None
    actor_kind: str = "person"
    begin: date | None = None
    end: date | None = None

    def where(self) -> str:
        """From which report it is known, in words."""
        return f"learned from {self.source}, {self.seen}"


class Knowledge:
    """Lessons over the built-in tables, in the form that resolving asks for. Nothing is changed in place."""

    def __init__(self, lessons: Iterable[Lesson] = (), world: World | None = None) -> None:
        self.world = world if world is not None else load_world()
        self.lessons = tuple(dict.fromkeys(lessons))
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._taught: dict[str, str] = {}
        self._terms: dict[str, list[Office]] = defaultdict(list)
        self._held: dict[tuple[str | None, str], list[Office]] = defaultdict(list)
        for lesson in self.lessons:
            if lesson.kind == "office":
                self._take_office(lesson)
            else:
                self._take_alias(lesson)

    def without(self, document: str) -> Knowledge:
        """The knowledge without what this document taught, so that no report confirms itself."""
        kept = [lesson for lesson in self.lessons if lesson.document != document]
        return self if len(kept) == len(self.lessons) else Knowledge(kept, self.world)

    def names(self, text: str) -> tuple[Name, ...]:
        """The learned names that equal the text, as `World.names` has it."""
        return tuple(self._names.get(name_key(text), ())) if self._names else ()

    def taught(self, entry_id: str) -> str | None:
        """From which report the other names of a body are known, in words; none where no report gave any."""
        return self._taught.get(entry_id)

    def terms_of(self, entry_id: str) -> tuple[Office, ...]:
        """The learned terms of office of a person, by the id of its entry."""
        return tuple(self._terms.get(entry_id, ()))

    def offices(self, title_class: str | None, of: str, on: date) -> tuple[Office, ...]:
        """The learned terms of office of a class in a state or body that run on a day."""
        held = self._held.get((title_class, of), ())
        return tuple(o for o in held if (o.begin is None or o.begin <= on) and (o.end is None or on < o.end))

    def class_of(self, title: str) -> str | None:
        """The class of an office by its title."""
        known = self.world.title(title)
        return known.title_class if known is not None else None

    def _take_office(self, lesson: Lesson) -> None:
        known = {n.entry.id: n.entry for n in self.world.names(lesson.name) if n.entry.kind == "person" and n.use != "surname"}
        entry = next(iter(known.values())) if len(known) == 1 else None
        if entry is None:
            title = self.world.title(lesson.title)
            sectors = title.sectors if title is not None else ()
            entry = Entry(person_id(lesson.name), lesson.name, "person", lesson.country, sectors)
        self._call(lesson.name, entry, "name")
        for surname in surnames_of(lesson.name, lesson.country):
            self._call(surname, entry, "surname")
        title_class, of = self.class_of(lesson.title), lesson.of or ""
        end = lesson.end or self._followed(lesson, title_class)
        office = Office(entry, lesson.title, of, lesson.begin or lesson.seen, end, self._source(lesson, title_class, entry))
        self._terms[entry.id].append(office)
        self._held[title_class, of].append(office)

    def _followed(self, lesson: Lesson, title_class: str | None) -> date | None:
        """When somebody else is first told to hold an office that one alone holds, and this one no more after that."""
        if title_class not in SOLE:
            return None
        same = [o for o in self.lessons if o.kind == "office" and o.of == lesson.of and self.class_of(o.title) == title_class]
        later = [o.seen for o in same if name_key(o.name) != name_key(lesson.name) and o.seen > lesson.seen]
        own = [o.seen for o in same if name_key(o.name) == name_key(lesson.name)]
        return min(later) if later and max(own) < min(later) else None

    def _source(self, lesson: Lesson, title_class: str | None, entry: Entry) -> str:
        others = self.world.offices(title_class, lesson.of, lesson.seen) if title_class in SOLE and lesson.of else ()
        rivals = dict.fromkeys(o.holder.name for o in others if o.holder.id != entry.id)
        return lesson.where() + (f"; against the tables, which have {', '.join(rivals)}" if rivals else "")

    def _take_alias(self, lesson: Lesson) -> None:
        kind = cast(ActorKind, lesson.actor_kind)
        known = next((n.entry for n in self.world.names(lesson.name) if n.entry.kind == kind), None)
        entry = known or Entry("learned:" + name_key(lesson.name).replace(" ", "-"), lesson.name, kind, lesson.country)
        self._taught.setdefault(entry.id, lesson.where())
        self._call(lesson.name, entry, "name")
        self._call(lesson.title, entry, "alias")

    def _call(self, text: str, entry: Entry, use: Any) -> None:
        same = self._names[name_key(text)]
        if all(n.entry.id != entry.id for n in same):
            same.append(Name(text, use, entry))


def read_knowledge(path: Path, world: World | None = None) -> Knowledge:
    """The knowledge that a file holds; empty where there is no file yet. Raises DataError naming the line that is none,
    or where the file can't be read."""
    if not path.exists():
        return Knowledge((), world)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: can't be read as what a desk has learned ({error}); name another file") from None
    return Knowledge((_lesson(path, number, line) for number, line in enumerate(lines, 1) if line.strip()), world)


def _lesson(path: Path, number: int, line: str) -> Lesson:
    try:
        form: dict[str, Any] = json.loads(line)
        days = {key: date.fromisoformat(form[key]) for key in ("seen", "begin", "end") if form.get(key)}
        lesson = Lesson(**{"of": None} | form | days)
        if lesson.kind not in ("office", "alias") or lesson.actor_kind not in get_args(ActorKind) or not lesson.name:
            raise ValueError("neither an office nor an alias")
    except (TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}, line {number}: no lesson as `communique read --knowledge` writes them: {error}") from None
    return lesson


def write_knowledge(knowledge: Knowledge, path: Path) -> None:
    """Write all lessons to a file, together with those that another run has added to it meanwhile; the file is replaced
    at once, so that it is whole at any time. Raises OSError where the folder can't be written."""
    there = read_knowledge(path, knowledge.world).lessons
    lessons = dict.fromkeys((*there, *knowledge.lessons))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            for lesson in lessons:
                form = {k: str(v) if isinstance(v, date) else v for k, v in asdict(lesson).items() if v is not None}
                file.write(json.dumps(form, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def add(knowledge: Knowledge, lessons: Iterable[Lesson]) -> Knowledge:
    """The knowledge with more lessons; what the same document has taught before is not taken twice."""
    known = {(o.kind, name_key(o.name), name_key(o.title), o.of, o.document) for o in knowledge.lessons}
    new = [o for o in lessons if (o.kind, name_key(o.name), name_key(o.title), o.of, o.document) not in known]
    return Knowledge((*knowledge.lessons, *new), knowledge.world) if new else knowledge
