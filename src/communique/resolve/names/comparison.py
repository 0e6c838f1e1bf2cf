"""Names made alike for comparing: without case, accents, particles and initials."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from communique.resolve.names.nouns import words


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name in lower case without accents, dots and apostrophes, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in ".’'‘`").lower().strip()


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name for comparing, without particles and one-letter initials where others are left."""
    parts = [p for p in plain(name).replace("-", " - ").split() if p != "-"]
    full = [p for p in parts if len(p) > 1 and p not in words("name_particles")]
    return tuple(full or parts)
