"""Which sectors, modes and types two reports may give to one act: tables that ship with this package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import product


@cache
def pairs_of(name: str) -> frozenset[tuple[str, ...]]:
    """The rows of a table without their example, either way round; what stands before the last two cells is kept first."""
    text = files("communique.merge").joinpath(f"data/{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t")[:-1] for line in text.splitlines() if line[0] != "#"][1:]
    return frozenset(pair for *of, one, other in rows for pair in ((*of, one, other), (*of, other, one)))


def apart_modes(plover: str, one: str, other: str) -> bool:
    """Whether two modes of a type exclude each other in one act."""
    return (plover, one, other) in pairs_of("apart_modes")


def beside_types(one: str, other: str) -> bool:
    """Whether one occasion often has acts of both types."""
    return (one, other) in pairs_of("beside_types")


@cache
def apart_sectors(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether parties of these sectors can't be the same: both are known, and no two of them are the same or near."""
    if not some or not others or some & others:
        return False
    return pairs_of("near_sectors").isdisjoint(product(some, others))
