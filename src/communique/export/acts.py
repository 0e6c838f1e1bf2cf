"""Events as the formats of event data tell them: acts on a day, between two sides, without statuses.

CAMEO and PLOVER know no status. What lies ahead is told as the intent that was stated, on the day of publication; what is
denied, uncertain or only imagined did not happen for all that is known, and is left out, each with its count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from communique.export.exports import Loss, Row, Rows
from communique.ontology.cameo_actors import ActorCode, actor_code

_INTENTS = ("03", "13")  # CAMEO's roots of stated intents: to cooperate, and threats
_FUTURE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
_INTENDED = frozenset({"AGREE", "CONCEDE", "THREATEN"})
_MODES = {"visit": "visit", "mediate": "third-party", "talk": "phone"}
_SIDES_OF_MANY = 3


@dataclass(frozen=True, slots=True)
class Act:
    """An event with the type that it is told by (a CAMEO code, or a PLOVER type with its mode) and the first of its days.

    `stated`: what is told is that it was announced, on the day of publication; `undated`: so is its day."""

    event: Row
    day: date
    type: str
    mode: str | None = None
    stated: bool = False
    undated: bool = False


def acts(rows: Rows, teller: Callable[[Row], Act | str], carries: frozenset[str], loss: Loss) -> Iterator[Act]:
    """The acts of a document's events as `teller` tells them, which gives the reason where it can't; all losses are counted."""
    loss.documents += 1
    for event in rows["events"]:
        act = teller(event)
        if isinstance(act, str):
            loss.leave(act)
            continue
        loss.take(event, carries | {"status"})
        loss.drop("ongoing events told as what happened", event["status"] == "ongoing")
        loss.drop("planned or imagined events told as what was stated", act.stated)
        loss.drop("events without days of their own filed under the day of publication", act.undated)
        yield act


def cameo_act(event: Row) -> Act | str:
    """The act that CAMEO can tell of an event, with its code; or why it can't."""
    code = event["cameo"]
    if not code:
        return "events without a CAMEO code left out"
    if untold := _untold(event):
        return untold
    stated = event["status"] == "planned"
    if stated and code[:2] not in _INTENTS:
        return "planned events that CAMEO has no intent for left out"
    return _act(event, code, None, stated)


def plover_act(event: Row) -> Act | str:
    """The act that PLOVER's manual tells of an event: planned consultation, support, cooperation and aid are AGREE, a planned
    retreat is CONCEDE, imagined assault is THREATEN; or why it has nothing for it."""
    collapsed = collapse(event)
    if not collapsed and (untold := _untold(event)):
        return untold
    stated = collapsed is not None or event["status"] == "planned"
    if stated and (collapsed or event["plover"]) not in _INTENDED:
        return "planned events that PLOVER has no agreement or threat for left out"
    return _act(event, collapsed or event["plover"], None if collapsed else plover_mode(event), stated)


def collapse(event: Row) -> str | None:
    """The type that PLOVER's manual gives an event that lies ahead or is imagined, none where it keeps its own."""
    if event["status"] in ("denied", "uncertain"):
        return None
    if "hypothetical" in event["auxiliary"]:
        return "THREATEN" if event["plover"] == "ASSAULT" else None
    return _FUTURE.get(event["plover"]) if event["status"] == "planned" else None


def plover_mode(event: Row) -> str | None:
    """The mode in PLOVER's words. Of consultations it has visit, third-party, multilateral (three sides or more) and phone."""
    mode: str | None = event["mode"]
    if event["plover"] != "CONSULT":
        return mode
    if mode == "meet" and len({*event["actor"], *event["recipient"]}) >= _SIDES_OF_MANY:
        return "multilateral"
    return _MODES.get(mode or "")


def publication_day(event: Row) -> date | None:
    """The day on which the report of an event was published, where it is known to the day."""
    start, end = event["published_start"], event["published_end"]
    known: date | None = start if start is not None and (end - start).days == 1 else None
    return known


def pairs(event: Row, actors: Mapping[str, Row]) -> list[tuple[Row | None, Row | None]]:
    """Everyone who acts with everyone acted on, so that those who meet are both; None for a side that the report does not
    name. Empty where it names nobody."""
    sides = [[actors[i] for i in event[side] if i in actors] for side in ("actor", "recipient")]
    found = [(a, b) for a, b in product(*sides) if a["id"] != b["id"]]
    if found:
        return list(found)
    return [(a, None) for a in sides[0]] or [(None, b) for b in sides[1]]


def code_of(actor: Row | None, on: date) -> ActorCode:
    """The CAMEO code of an actor on a day; empty where it has none."""
    if actor is None:
        return ActorCode()
    return actor_code(actor["kind"], actor["country"], actor["sectors"] or (), actor["entry"], on)


def office_of(actor: Row, on: date) -> str:
    """The title that an actor holds on a day, as far as the report says when; empty where it says none."""
    for role in actor["roles"] or ():
        if (role["start"] is None or role["start"] <= on) and (role["end"] is None or on < role["end"]):
            return str(role["title"])
    return ""


def _act(event: Row, type: str, mode: str | None, stated: bool) -> Act | str:
    own = event["when_start"]
    if own and not stated:
        return Act(event, own, type, mode)
    day = publication_day(event)
    if day is None or "historical" in event["auxiliary"]:
        return "events of no known day left out"
    return Act(event, day, type, mode, stated, not stated)


def _untold(event: Row) -> str | None:
    """Why an event did not take place for all that the report says."""
    if event["status"] in ("denied", "uncertain"):
        return f"{event['status']} events left out"
    return "imagined events left out" if "hypothetical" in event["auxiliary"] else None
