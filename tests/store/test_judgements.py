"""Judgements come from a desk as they were put there."""

from datetime import UTC, datetime

from communique.merge.judgements import judge
from communique.store.judgements import keep, kept
from communique.store.lake import Lake
from communique.types.incidents import Anchor

NOW = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)


def test_every_kind_comes_back_the_same(tmp_path):
    lake, first, other = Lake(tmp_path / "desk"), Anchor("x1", 3, 7), Anchor("x2", 0, 4)
    lake.create()
    assert kept(lake) == []
    confirmed = judge("confirm", "ana", NOW, "it is so", first)
    made = [
        confirmed,
        judge("merge", "ana", NOW, "the same", first, other),
        judge("correct", "ana", NOW, "a visit", first, change=(("mode", "visit"), ("status", "planned"))),
        judge("undo", "ben", NOW, "it is not", undoes=confirmed.id),
    ]
    for judgement in made:
        keep(lake, judgement)
    assert sorted(kept(lake), key=lambda j: j.id) == sorted(made, key=lambda j: j.id)
