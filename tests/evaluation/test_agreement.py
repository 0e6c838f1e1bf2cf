"""Our scorers agree with the reference scorers on made-up records of the annotated reports and sentences."""

import importlib.util
import json
import random
import sys
from datetime import date, timedelta

import pytest

from communique.evaluation import reports, sentences
from communique.evaluation.tally import Tally
from communique.types.entities import Actor, Place, Role
from communique.types.events import Event, Fact, Statement, Telling, When, Where
from communique.types.record import Record
from communique.types.text import Document, Dropped, Interval, Published, Span


def _reference(folder, name):
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TYPES = ["CONSULT", "AGREE", "CONCEDE", "RETREAT", "ASSAULT", "ACCUSE"]
STATUSES = ["happened", "ongoing", "planned", "uncertain", "denied"]


class Dice:
    """Draws records that are sometimes right and sometimes wrong about a report."""

    def __init__(self, seed, text):
        self.random, self.text = random.Random(seed), text

    def luck(self, share=0.6):
        return self.random.random() < share

    def span(self, near=None, longest=40):
        start = near.start if near and self.luck(0.8) else self.random.randrange(len(self.text) - 1)
        end = near.end if near and near.end - start <= longest and self.luck() else start + self.random.randint(1, longest)
        return Span(start, max(start + 1, min(end, len(self.text))))

    def some(self, ids, most=2):
        return tuple(self.random.sample(ids, min(len(ids), self.random.randint(0, most))))

    def interval(self, days=None):
        start = (
            date.fromisoformat(days[0]) if days and self.luck() else date(2000, 1, 1) + timedelta(self.random.randrange(9000))
        )
        return Interval(start, start + timedelta(self.random.randint(1, 3)))


def _actors(dice, gold):
    out = []
    for k, g in enumerate(gold["actors"]):
        if not dice.luck(0.8):
            continue
        name = dice.random.choice([g["name"], *g.get("aliases", []), f"The {g['name']}'s", "Somebody Else"])
        place = dice.text.find(g["name"])
        mentions = (Span(place, place + len(g["name"])),) if place >= 0 and dice.luck() else (dice.span(),)
        roles = tuple(Role(r, dice.random.choice([None, "of X"]), (dice.span(),)) for r in g.get("roles", []) if dice.luck())
        out.append(
            Actor(
                f"a{k}", name, "person", g.get("country") if dice.luck(0.8) else None, mentions, age=g.get("age"), roles=roles
            )
        )
    return tuple(out)


def _ids(dice, names, actors):
    by_name = {a.name: a.id for a in actors}
    right = [by_name[n] for n in names or [] if n in by_name]
    return tuple(dict.fromkeys([*(right if dice.luck(0.7) else []), *dice.some([a.id for a in actors], 1)]))


def _events(dice, gold, actors):
    out = []
    for k, g in enumerate([*gold["events"], *gold.get("optional", []), {}, {}]):
        near = Span(g["start"], min(g["end"], g["start"] + 40)) if "start" in g else None
        out.append(
            Event(
                f"e{k}",
                g.get("plover", "AGREE") if dice.luck(0.8) else dice.random.choice(TYPES),
                dice.span(near),
                (dice.span(),),
                g.get("status", "happened") if dice.luck() else dice.random.choice(STATUSES),
                actor=_ids(dice, g.get("actor"), actors),
                recipient=_ids(dice, g.get("recipient"), actors),
                mode=g.get("mode") if dice.luck() else "talk",
                when=When(dice.interval(g.get("when")), "day") if dice.luck() else None,
                where=Where(g.get("where") or "Nowhere", "p1" if dice.luck() else None) if dice.luck() else None,
                attributed_to=_ids(dice, g.get("attributed_to"), actors) if dice.luck() else (),
                tellings=tuple(Telling(dice.span(near), (dice.span(),)) for _ in range(dice.random.randint(0, 2))),
            )
        )
    return tuple(out)


def _statements(dice, gold, actors):
    out = []
    for k, g in enumerate([*gold["statements"], *gold.get("optional", []), {}]):
        near = Span(g["start"], g["end"]) if "start" in g else None
        speaker = _ids(dice, [g.get("speaker")], actors)
        content = dice.span(near, longest=300)
        parts = (content, dice.span(near, longest=300)) if dice.luck(0.3) else ()
        out.append(Statement(f"s{k}", speaker[0] if speaker else None, "quote", content, content_spans=parts))
    return tuple(out)


def _facts(dice, gold, actors):
    out = []
    for k, g in enumerate(gold.get("facts", [])):
        a, b = _ids(dice, [g["subject"]], actors), _ids(dice, [g.get("object")], actors)
        if a:
            thing = b[0] if b else str(g.get("object"))
            a, thing = (b[0], a[0]) if b and dice.luck(0.3) else (a[0], thing)
            out.append(Fact(f"f{k}", a, g["predicate"], thing, (dice.span(Span(g["start"], g["end"])),)))
    return tuple(out)


def _record(dice, gold):
    lines = [dice.text.find(line) for line in gold["document"].get("not_report_text", [])]
    spans = [dice.span(Span(s, s + 20)) for s in lines if s >= 0] + ([dice.span()] if dice.luck(0.3) else [])
    must = gold["document"]["published"].get("must_infer") or {}
    document = Document(
        *("d", "x", "r.txt", dice.text),
        published=Published(dice.interval(must.get("interval")), "inferred"),
        dropped=tuple(Dropped(s, "advertisement") for s in spans),
    )
    actors = _actors(dice, gold)
    places = (Place("p1", "China", "CHN", (dice.span(),)),)
    return Record(
        *("0", document, actors, places, ()),
        events=_events(dice, gold, actors),
        statements=_statements(dice, gold, actors),
        facts=_facts(dice, gold, actors),
    )


@pytest.mark.parametrize("seed", range(3))
def test_reports_are_scored_as_the_reference_does(shared, seed):
    reference = _reference(shared / "gold", "score")
    theirs, ours = reference.Tally(), Tally()
    for file in sorted((shared / "gold").rglob("gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        record = _record(Dice(seed, (file.parent / "report.txt").read_text(encoding="utf-8")), gold)
        reference.score(gold, record.to_dict(), theirs)
        tally = reports.score(gold, record)
        ours.merge(tally, tally.counts)
    figures = ours.figures(reports.WITH_PRECISION)
    for key, wanted in reference.figures(theirs).items():
        name, value = (f"{key}_f1", wanted["f1"]) if "f1" in wanted else (key, wanted["recall"])
        assert figures.get(name) == pytest.approx(value, abs=1e-9) if value is not None else name not in figures, name
    assert 0.1 < figures["events_f1"] < 0.9 and 0 < figures["facts"] < 0.9


@pytest.mark.parametrize("seed", range(3))
def test_sentences_are_scored_as_the_reference_does(shared, seed):
    reference = _reference(shared / "gold", "score_sentences")
    theirs, ours = reference.Tally(), Tally()
    lines = (shared / "data/train/communique-events/dev.jsonl").read_text(encoding="utf-8").splitlines()
    for k, line in enumerate(lines):
        gold = json.loads(line)
        dice = Dice(1000 * seed + k, gold["text"])
        record = _sentence_record(dice, gold)
        reference.score(gold, record.to_dict() if record else {}, theirs)
        sentences.score(gold, sentences.told(record) if record else sentences.Told(), ours)
    figures = ours.figures(sentences.WITH_PRECISION)
    for key, (right, wanted, given) in theirs.items():
        if key == "status":
            assert figures["status"] == pytest.approx(right / wanted, abs=1e-9)
        else:
            assert figures[f"{key}_f1"] == pytest.approx(2 * right / (wanted + given), abs=1e-9), key
    assert 0.1 < figures["trigger_f1"] < 0.99 and 0.05 < figures["statements_f1"] < 0.99


def _sentence_record(dice, gold):
    if dice.luck(0.05):
        return None
    places = [p for e in gold["events"] for side in ("actor", "recipient", "attributed_to") for p in e.get(side, [])]
    places += [s["speaker"] for s in gold["statements"]]
    actors = tuple(Actor(f"a{k}", "N", "person", None, (dice.span(Span(*p)),)) for k, p in enumerate(places))
    ids = [a.id for a in actors]
    events = tuple(
        Event(
            *(
                f"e{k}",
                e.get("plover", "AGREE") if dice.luck(0.7) else dice.random.choice(TYPES),
                dice.span(near),
                (dice.span(),),
            ),
            status=e.get("status", "happened") if dice.luck(0.7) else dice.random.choice(STATUSES),
            actor=dice.some(ids),
            recipient=dice.some(ids),
            attributed_to=dice.some(ids, 1),
        )
        for k, e in enumerate([*gold["events"], {}])
        for near in [Span(*e["trigger"]) if e else None]
    )
    said = tuple(
        Statement(f"s{k}", (dice.some(ids, 1) or (None,))[0], "indirect", dice.span(Span(*s["content"]), longest=300))
        for k, s in enumerate(gold["statements"])
    )
    return Record("0", Document("d", "x", "s", dice.text), actors, events=events, statements=said)
