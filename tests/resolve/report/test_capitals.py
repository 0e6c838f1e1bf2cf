"""Capitals as governments and as places, in sentences of our own."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from communique.annotate.annotator import Annotator
from communique.ontology.knowledge import Knowledge
from communique.ontology.world import load_world
from communique.resolve.actors.resolver import set_scene
from communique.resolve.report.capitals import is_government, is_visited
from communique.resolve.report.scene import Scene
from communique.types.analysis import Analysis
from communique.types.text import Document, Interval, Passage, Published, Span

ROWS = [line.split("\t") for line in (Path(__file__).parent / "data/capitals.tsv").read_text("utf-8").splitlines()[1:]]
DAY = Published(Interval(date(2025, 6, 3), date(2025, 6, 3) + timedelta(days=1)), "given")


def scenes(texts: list[str]) -> list[Scene]:
    """Each text read as a report of its own, with its names and nobody found yet."""
    reports = [
        Analysis(Document("d", "t", "own", text, published=DAY), passages=(Passage((Span(0, len(text)),), "body"),))
        for text in texts
    ]
    world = load_world()
    return [set_scene(a, world, Knowledge((), world)) for a in Annotator()(reports) if isinstance(a, Analysis)]


def test_nine_of_ten_capitals_are_told_apart() -> None:
    right = {"g": 0, "p": 0}
    for (kind, capital, text), scene in zip(ROWS, scenes([row[2] for row in ROWS]), strict=True):
        mention = next(m for m in scene.known if scene.words(m.first, m.last) == capital)
        right[kind] += is_government(scene, mention) == (kind == "g")
        assert text.count(capital) == 1
    wanted = {kind: sum(row[0] == kind for row in ROWS) for kind in right}
    assert all(right[kind] >= 0.9 * wanted[kind] for kind in right)


def test_what_goes_off_visits_nobody() -> None:
    bombs, envoy = scenes(["Two bombs went off in Lima.", "The envoy went to Lima."])
    assert [is_visited(s, s.known[0].first, s.known[0].last) for s in (bombs, envoy)] == [False, True]
