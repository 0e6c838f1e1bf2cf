"""The stage that codes a report: events, statements and facts from its reading, actors, places and times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.coding.amounts import with_amounts
from communique.coding.arguments import Cast, sides
from communique.coding.candidates import Draft, calibrated, drafts, is_echo, least_score
from communique.coding.circumstances import evidence_of, trigger_of, where_of
from communique.coding.codings import BookCoder, codings, linked
from communique.coding.contexts import with_contexts
from communique.coding.dates import inherited, when_of
from communique.coding.deeds import answered, in_passing
from communique.coding.disputes import with_auxiliary, with_disputes
from communique.coding.facts import facts
from communique.coding.forms import mended
from communique.coding.graph import base
from communique.coding.patterns import code_lemma, mode_of, yield_kind
from communique.coding.statements import spoken
from communique.coding.tellings import echoed, united
from communique.errors import StageError
from communique.ontology.plover import cameo_of, quad_of
from communique.types.analysis import Analysis, Failed, Rejected, each
from communique.types.entities import Actor
from communique.types.events import Event, Statement, Telling
from communique.types.reading import Chunk, EventCandidate, Reading
from communique.types.text import Span

CODED_BY = "coder@0.1.0"


class EventCoder:
    """Stage: codes events, statements and facts. With `explain`, the analysis also tells why each event was coded so and
    which candidates were rejected, and why; with a `book`, what a codebook of the user's own finds."""

    name = "coding"
    requires = frozenset({"reading", "actors"})
    uses = frozenset({"times", "places"})
    provides = frozenset({"events", "statements", "facts"})

    def __init__(self, explain: bool = False, book: BookCoder | None = None) -> None:
        self.explain = explain
        self.book = book

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Each analysis with its events, statements and facts; a report that can't be coded as `Failed`."""
        return each(analyses, self.name, self._code)

    def _code(self, analysis: Analysis) -> Analysis:
        reading = analysis.reading
        if reading is None:
            raise StageError(f"{analysis.document.source}: coding needs a reading; put an annotator before it")
        reading = mended(reading)
        analysis = replace(analysis, reading=reading)
        said, actors = spoken(analysis)
        analysis = replace(analysis, actors=actors)
        cast = Cast(analysis, reading, tuple(s.content for s in said))
        coded: list[tuple[Event, Draft]] = []
        rejected: list[Rejected] = []
        echoes: list[tuple[str, int, Telling]] = []
        for draft in drafts(reading):
            event = self._event(analysis, reading, cast, draft) if draft.score >= least_score(reading) else None
            least = least_score(reading, named=event is not None and bool(event.actor or event.recipient))
            if event is not None and draft.score >= least and not in_passing(reading, event):
                coded.append((event, draft))
            else:
                rejected.append(_rejected(reading, draft, event))
                if is_echo(draft):
                    telling = Telling(trigger_of(reading, draft), evidence_of(analysis, reading, draft))
                    echoes.append((_kind(reading, draft), draft.head, telling))
        own = codings(analysis, cast, self.book, lambda event: _vouched(reading, event, said)) if self.book is not None else ()
        analysis = replace(analysis, actors=tuple(cast.actors))
        found = (echoed(reading, event, echoes) for event in united(reading, answered(reading, [e for e, _ in coded])))
        dated = inherited(reading, tuple(found), analysis.document.published.interval)
        events = _completed(analysis, cast, said, [_vouched(reading, event, said) for event in dated])
        analysis = replace(analysis, events=events, statements=_with_events(said, events), codings=linked(own, events))
        analysis = replace(analysis, facts=facts(analysis))
        if not self.explain:
            return analysis
        why = {e.trigger: "; ".join(d.reasons) for e, d in coded}
        reasons = (next(reason for trigger, reason in why.items() if e.trigger.contains(trigger)) for e in events)
        told = tuple((e.id, f"{e.plover} {e.confidence:.2f}: {reason}") for e, reason in zip(events, reasons, strict=True))
        return replace(analysis, rejected=tuple(rejected), explanations=told)

    def _event(self, analysis: Analysis, reading: Reading, cast: Cast, draft: Draft) -> Event:
        plover = _kind(reading, draft)
        mode = _mode(reading, draft, plover)
        actor, recipient = sides(cast, draft, mode)
        code = cameo_of(plover, mode, draft.status, code_lemma(reading, draft.head))
        return Event(
            id="e0",
            plover=plover,
            mode=mode,
            trigger=trigger_of(reading, draft),
            evidence=evidence_of(analysis, reading, draft),
            status=draft.status,
            actor=_ids(actor),
            recipient=_ids(recipient),
            cameo=code.code,
            goldstein=code.goldstein,
            quad=quad_of(plover),
            when=when_of(analysis, reading, draft),
            where=where_of(analysis, reading, draft),
            attributed_to=_ids(
                a for a in cast.of_chunks(_near(reading, draft), add=False) if a not in actor or draft.status != "happened"
            ),
            confidence=round(calibrated(draft.score), 3),
            coded_by=CODED_BY,
        )


def _near(reading: Reading, draft: Draft) -> tuple[Chunk, ...]:
    """The words for who tells of an act that stand in its sentence: who speaks in another one vouches for that one."""
    sentence = reading.tokens[draft.head].sentence
    return tuple(c for c in draft.arguments("source") if reading.tokens[c.first].sentence == sentence)


def _completed(analysis: Analysis, cast: Cast, said: tuple[Statement, ...], events: list[Event]) -> tuple[Event, ...]:
    """The events with their numbers, those who dispute them, their contexts and auxiliary modes."""
    counted = with_amounts(cast.reading, events)
    disputed = with_disputes(cast.index, counted, said)
    about = with_contexts(cast.reading, cast.actors, disputed)
    return with_auxiliary(cast.reading, about, analysis.document.published.interval)


def _rejected(reading: Reading, draft: Draft, event: Event | None) -> Rejected:
    trigger = trigger_of(reading, draft)
    named = event is None or bool(event.actor or event.recipient)
    least = least_score(reading, named)
    needs = f"{least}" if named else f"{least}, as nobody is named"
    if draft.score >= least:
        needs = "what a mention in passing needs"
    reason = f"score {draft.score:.2f} is below {needs}: {'; '.join(draft.reasons)}"
    return Rejected(trigger.start, trigger.end, _kind(reading, draft), round(draft.score, 3), reason)


def _ids(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(a.id for a in actors)


def _kind(reading: Reading, draft: Draft) -> str:
    return yield_kind(reading, draft.first, draft.last) if draft.plover == "YIELD" else draft.plover


def _mode(reading: Reading, draft: Draft, plover: str) -> str | None:
    """The mode by the codebook's words; for a CONSULT the network's where it is sure or the words say nothing."""
    candidate = draft.pattern or draft.network
    by_words = mode_of(reading, candidate, plover) if isinstance(candidate, EventCandidate) else None
    if plover != "CONSULT" or draft.network is None or not draft.network.mode:
        return by_words
    name, p = next(((n, p) for n, p in draft.network.mode if n != "none"), ("none", 0.0))
    return name if name != "none" and (by_words is None or p > 0.8) else by_words


def _vouched(reading: Reading, event: Event, said: tuple[Statement, ...]) -> Event:
    """The event with the innermost statement that tells it, and its speakers as those who vouch for it: always for the acts
    of others, for the speaker's own only where they have not happened or are only claimed. What the newsroom tells elsewhere
    too, or the speaker takes for known ("after the attack"), nobody needs to vouch for; a headline leaves out who said it. A
    threat of nobody's is theirs who speak."""
    plain = [t for t in (event.trigger, *(t.trigger for t in event.tellings)) if not _in_headline(reading, t)]
    trigger = plain[0] if plain else event.trigger
    telling = [s for s in said if s.content.contains(trigger)]
    inner = min(telling, key=lambda s: s.content.end - s.content.start, default=None)
    if inner is None:
        return event
    speakers = tuple(dict.fromkeys(s.speaker for s in telling if s.content == inner.content and s.speaker))
    if event.plover == "THREATEN" and not event.actor:
        event = replace(event, actor=tuple(s for s in speakers if s not in event.recipient))
    outside = any(not inner.content.contains(t) for t in plain)
    own = inner.speaker in event.actor and event.status == "happened" and not _is_claim(reading, inner)
    vouches = inner.speaker is not None and not outside and not own and not _taken_for_known(reading, trigger)
    return replace(event, statement=inner.id, attributed_to=speakers if vouches else event.attributed_to)


def _in_headline(reading: Reading, span: Span) -> bool:
    token = next(reading.between(span), None)
    return token is not None and reading.sentences[token.sentence].kind == "headline"


def _is_claim(reading: Reading, statement: Statement) -> bool:
    return statement.cue is not None and any(t.lemma in {"claim", "allege"} for t in reading.between(statement.cue))


def _taken_for_known(reading: Reading, trigger: Span) -> bool:
    """Whether an act is named in passing: by a modifier, or by a noun in a prepositional phrase."""
    token = next(reading.between(trigger), None)
    if token is None:
        return False
    return base(token) in {"amod", "acl", "compound"} or (token.upos == "NOUN" and base(token) in {"nmod", "obl"})


def _with_events(said: tuple[Statement, ...], events: tuple[Event, ...]) -> tuple[Statement, ...]:
    told: dict[str, list[str]] = {}
    for event in events:
        if event.statement:
            told.setdefault(event.statement, []).append(event.id)
    return tuple(replace(s, events=tuple(told.get(s.id, ()))) for s in said)
