"""Titles of persons and head words of institutions: what sector they put an actor in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.ontology.names import name_key
from communique.ontology.tables import read_rows
from communique.types.entities import ActorKind

_TIMES = re.compile(
    r"^(?:(?:the|a|an|then|former|ex|late|acting|interim|caretaker|incoming|outgoing|current|new|newly|elected|appointed|disgraced"
    r"|ousted|deposed|exiled|jailed|senior|top|longtime|veteran|honorary|transitional|next|retired|re|reelected|chief)\s+)+"
)
_PAST = re.compile(r"\b(?:former|ex|late|then|ousted|deposed|retired|outgoing)\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a person. `title_class` names the office it is, none where it is no office of state; `before_name` says
    whether it can stand before a name ("President Xi"); `former` whether the words say that the office is past."""

    text: str
    title_class: str | None
    sectors: tuple[str, ...]
    before_name: bool
    former: bool = False


class Titles:
    """The tables of titles and of institution heads."""

    def __init__(self) -> None:
        self._titles: dict[str, Title] = {}
        self._read: dict[str, Title | None] = {}
        for text, title_class, sectors, before, aliases in read_rows("titles.tsv"):
            title = Title(text, title_class or None, tuple(filter(None, sectors.split(","))), before == "yes")
            for spelling in (text, *filter(None, aliases.split("|"))):
                self._titles[name_key(spelling)] = replace(title, text=spelling)
        self._heads: dict[str, tuple[ActorKind, tuple[str, ...]]] = {}
        kinds: dict[str, ActorKind] = {
            k: k for k in ("state", "government", "military", "company", "news agency", "organization", "bloc", "group")
        }
        for head, kind, sectors, _example in read_rows("institution_heads.tsv"):
            self._heads[name_key(head)] = (kinds[kind], tuple(filter(None, sectors.split(","))))

    def title(self, words: str) -> Title | None:
        """The title that the words are or end in: whole first, then without "former", then singular, then its last words."""
        key = name_key(words)
        if key not in self._read:
            self._read[key] = self._find(key)
        return self._read[key]

    def _find(self, key: str) -> Title | None:
        if key in self._titles:
            return self._titles[key]
        former = bool(_PAST.search(key))
        parts = _TIMES.sub("", key).split(" ")
        # "minister of finance" and "president of Ruritania" carry the title before the preposition.
        before = next((i for i, p in enumerate(parts) if i and p in ("of", "for", "to", "at", "in")), len(parts))
        for span in (parts, parts[:before]):
            for first in range(len(span)):
                found = self._singular(" ".join(span[first:]))
                if found:
                    return replace(found, former=former)
        return None

    def institution(self, head: str) -> tuple[ActorKind, tuple[str, ...]] | None:
        """Kind and sectors of an institution by the longest last words, or those before "of", that the table has."""
        parts = name_key(head).split(" ")
        before = next((i for i, p in enumerate(parts) if i and p in ("of", "for", "in", "against")), len(parts))
        for span in (parts, parts[:before]):
            for first in range(len(span)):
                tail = " ".join(span[first:])
                for form in (tail, *_singulars(tail)):
                    if form in self._heads:
                        return self._heads[form]
        return None

    def _singular(self, text: str) -> Title | None:
        for form in (text, *_singulars(text)):
            if form in self._titles:
                return self._titles[form]
        return None


def _singulars(text: str) -> tuple[str, ...]:
    if text.endswith("men"):
        return (text[:-3] + "man",)
    if text.endswith("ies"):
        return (text[:-3] + "y", text[:-1])
    if text.endswith("s"):
        return (text[:-1],)
    head, of, rest = text.partition(" of ")
    return (head[:-1] + of + rest,) if of and head.endswith("s") else ()
