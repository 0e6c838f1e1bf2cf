"""`communique merge`: what came of bringing the reports of a desk together."""

from __future__ import annotations

from communique.pipeline.incidents import merge_incidents
from communique.pipeline.merging import merge_stories
from communique.store.lake import Lake


def merge(place: str, anew: bool = False) -> None:
    """Merge what is new to a desk, or all of it `anew`: documents to stories, then events to incidents, whose sources are
    counted by the copies found."""
    lake = Lake(place)
    told = merge_stories(lake, anew)
    print(
        f"documents: {told.documents:,}, {told.new:,} of them new\nstories: {told.stories:,}\ncopies: {told.copies:,}",
        flush=True,
    )
    found = merge_incidents(lake, anew)
    print(f"events: {found.events:,}, {found.new:,} of them new\nincidents: {found.incidents:,}")
