"""Statements: who is quoted or reported as saying what.

A statement is found by its cue or its quotation marks (`coding/utterances.py`); what the network proposes joins in where
the rules see nothing. Speakers are the report's actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.coding import graph
from communique.coding.circumstances import parts
from communique.coding.contents import trim
from communique.coding.disputes import load_disputing, names_head
from communique.coding.forms import mended
from communique.coding.labels import labelled
from communique.coding.quotes import Quote, find_quotes, passage_of
from communique.coding.speakers import TELLING, ActorIndex, hearing, load_speech, media_told, unnamed_actor, unnamed_at
from communique.coding.utterances import Utterance, find_utterances, is_measure, is_name, is_unsaid, kind_of
from communique.types.analysis import Analysis
from communique.types.entities import Actor, Time
from communique.types.events import Statement, StatementKind, When
from communique.types.reading import Reading, StatementCandidate
from communique.types.text import Span

_BLAMING = frozenset({"accuse", "blame", "charge", "suspect"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their"})
SURE, SURE_CONTENT = 0.5, 0.3  # of the network's cue and speaker, and of a content without a clause
_CERTAIN = 0.9  # of the network's words that stand against those of the rules
_PHRASE = 3  # words that such a content must have
_ALONE = 5  # words that a quotation without any attribution must have


def statements(analysis: Analysis) -> tuple[Statement, ...]:
    """The statements of a report, in its order; one for each speaker where several say the same."""
    return spoken(analysis)[0]


def spoken(analysis: Analysis) -> tuple[tuple[Statement, ...], tuple[Actor, ...]]:
    """The statements of a report and its actors: `analysis.actors`, and after them those who speak though nobody resolved
    them ("residents", a pronoun that nothing stands before), under the report's own words.

    Raises nothing on a report without a reading: it gives none.
    """
    if analysis.reading is None or not analysis.reading.tokens:
        return (), analysis.actors
    reading = mended(analysis.reading)
    index = ActorIndex(reading, analysis.actors)
    quotes = find_quotes(reading)
    told = [_aided(index, _with_speakers(index, u), reading.statements) for u in find_utterances(reading, quotes)]
    told.extend(_with_speakers(index, u) for u in labelled(index, quotes) if not any(u.overlap(k) > 0.3 for k in told))
    told.extend(_proposed(index, reading.statements, told, quotes))
    told.extend(Utterance(((q.first, q.last),), None, None, "quote") for q in _alone(reading, quotes, told))
    chained = _chained(index, sorted(told, key=lambda u: (u.first, u.last)))
    voiced, unnamed = _with_unnamed(index, chained, analysis.document.text)
    return _nested(_records(analysis, index, _distinct(voiced))), (*analysis.actors, *unnamed)


def _with_speakers(index: ActorIndex, utterance: Utterance) -> Utterance:
    if utterance.speaker is None:
        return utterance
    actors: list[Actor] = []
    for head in graph.conjuncts(index.reading, utterance.speaker):
        actors.extend(index.of_phrase(head))
    return replace(utterance, speakers=tuple(dict.fromkeys(actors)))


def _aided(index: ActorIndex, utterance: Utterance, candidates: Sequence[StatementCandidate]) -> Utterance:
    """With what the network says of the same cue: the speaker where none was found or one of several, and the clause where
    it holds more of it."""
    first, last = utterance.cue or (0, 0)
    same = next((c for c in candidates if c.cue.first < last and first < c.cue.last), None)
    if same is None or _is_told(index.reading, same):
        return utterance
    if same.speaker is not None:
        named = _named_within(index, same.speaker.first, same.speaker.last)
        known = set(utterance.speakers)
        borrowed = index.reading.tokens[first].xpos == "VBG" and same.speaker.score >= _CERTAIN
        if not known or borrowed or (known < set(named) and all(a.kind == "person" for a in named)):
            utterance = replace(utterance, speakers=named or utterance.speakers)
    return _rebounded(index.reading, utterance, same)


def _rebounded(reading: Reading, utterance: Utterance, same: StatementCandidate) -> Utterance:
    """With the network's words for what was said: of a clause where they hold all of it or where the network is certain, of
    words in quotation marks where they stand in a clause that goes on outside of the marks."""
    content = same.content
    if content is None or len(utterance.parts) > 1 or content.first <= same.cue.first < content.last:
        return utterance
    if _runs_on(reading, same):
        return utterance
    wider = content.first <= utterance.first and utterance.last <= content.last
    if utterance.kind == "quote":
        outside = (*reading.tokens[content.first : utterance.first - 1], *reading.tokens[utterance.last + 1 : content.last])
        if not wider or content.score < _CERTAIN or sum(t.upos != "PUNCT" for t in outside) < _PHRASE:
            return utterance
        return replace(utterance, parts=trim(reading, [(content.first, content.last)]), kind="mixed")
    apart = content.score >= _CERTAIN and (content.last <= utterance.first or utterance.last <= content.first)
    if not (wider or apart):
        return utterance
    return replace(utterance, parts=trim(reading, [(content.first, content.last)]) or utterance.parts)


def _named_within(index: ActorIndex, first: int, last: int) -> tuple[Actor, ...]:
    """The actors of a speaker's words: of their head, and of the names coordinated with it."""
    head = _head_of(index.reading, first, last)
    found = list(index.of_phrase(head))
    joined = any(t.upos == "CCONJ" for t in index.reading.tokens[first:last])
    for i in range(first, last) if joined or not found else ():
        found.extend(a for a in index.headed(i) if a.kind == "person" or not found)
    return tuple(dict.fromkeys(found))


def _proposed(
    index: ActorIndex, candidates: Sequence[StatementCandidate], told: Sequence[Utterance], quotes: Sequence[Quote]
) -> Iterable[Utterance]:
    """What the network proposes and the rules did not see, widened to the quotation it stands in."""
    for candidate in candidates:
        if candidate.speaker is None or candidate.content is None or not _is_credible(index.reading, candidate, quotes):
            continue
        around = (q for q in quotes if q.first <= candidate.content.first and candidate.content.last <= q.last + 2)
        quote = next((q for q in around if not q.holds(candidate.cue.first)), None)
        run = (quote.first, quote.last) if quote else (candidate.content.first, candidate.content.last)
        parts = trim(index.reading, [run])
        if not parts or (quote is not None and is_name(index.reading, quote, candidate.cue.first)):
            continue
        head = _head_of(index.reading, candidate.speaker.first, candidate.speaker.last)
        if is_measure(index.reading, head):
            continue
        if candidate.content.first <= head < candidate.content.last:
            head = next(iter(graph.surface_subjects(index.reading, candidate.cue.first)), head)
        kind: StatementKind = "quote" if quote else kind_of(parts, quotes)
        utterance = _with_speakers(index, Utterance(parts, (candidate.cue.first, candidate.cue.last), head, kind))
        if not any(_tells(index.reading, u, utterance) and (u.speakers or _pending(index.reading, u)) for u in told):
            yield utterance


def _tells(reading: Reading, known: Utterance, other: Utterance) -> bool:
    """Whether an utterance holds much the same words as another one, or is the same cue's and holds all of them; what is said
    to be said within it is another one."""
    whole = known.cue == other.cue and known.first <= other.first and other.last <= known.last
    named = other.speaker is not None and reading.tokens[other.speaker].upos in {"NOUN", "PROPN"}
    within = named and other.cue is not None and known.first <= other.cue[0] < known.last
    return whole or (known.overlap(other) > 0.3 and not within)


def _pending(reading: Reading, utterance: Utterance) -> bool:
    """Whether a quotation has a cue whose speaker is found later."""
    return utterance.kind == "quote" and utterance.speaker is not None and _leads_back(reading, utterance.speaker)


def _is_credible(reading: Reading, candidate: StatementCandidate, quotes: Sequence[Quote]) -> bool:
    """What the network takes for a statement must be a clause with a subject, or a quotation, apart from its cue; or what it
    is sure of, unless the cue judges a thing ("condemned the raid") rather than says it."""
    cue, content = candidate.cue, candidate.content
    if content is None or (content.first <= cue.first < content.last) or is_unsaid(reading, cue.first):
        return False
    if _is_told(reading, candidate) or _runs_on(reading, candidate):
        return False
    if any(q.first <= content.first + 1 and content.last - 1 <= q.last for q in quotes):
        return True
    if reading.tokens[cue.first].lemma == "deny" and reading.tokens[content.first].xpos == "VBG":
        return True
    inside = reading.tokens[content.first : content.last]
    if any(t.dep.startswith("nsubj") or t.feat("VerbForm") == "Fin" for t in inside):
        return True
    return _is_sure(candidate) and not _judges(reading, cue.first, content.first)


def _runs_on(reading: Reading, candidate: StatementCandidate) -> bool:
    """Whether what is said in a relative clause has words behind the clause ("Peru, which denies the charge, had ...")."""
    cue, content = reading.tokens[candidate.cue.first], candidate.content
    return content is not None and cue.dep == "acl:relcl" and content.last > max(reading.subtree(cue.index)) + 1


def _is_told(reading: Reading, candidate: StatementCandidate) -> bool:
    """Whether the speaker's words are those of whoever is spoken to ("he was told that ...", "was accused of ..."), of a paper
    that quotes, or of whoever turns down a claim."""
    cue, speaker = candidate.cue.first, candidate.speaker
    above = reading.tokens[reading.tokens[cue].head]
    noun = reading.tokens[cue].upos == "NOUN"
    if noun and (above.lemma in load_disputing().back or any(names_head(reading, t) for t in reading.children(cue, "acl"))):
        return True
    passive = (t.index for t in reading.children(cue, "nsubj") if t.dep == "nsubj:pass")
    told = speaker is not None and any(speaker.first <= i < speaker.last for i in passive)
    return reading.tokens[cue].lemma in {"quote", "hear"} or (told and reading.tokens[cue].lemma in TELLING | _BLAMING)


def _is_sure(candidate: StatementCandidate) -> bool:
    cue, speaker, content = candidate.cue, candidate.speaker, candidate.content
    if speaker is None or content is None:
        return False
    return min(cue.score, speaker.score) >= SURE and content.score >= SURE_CONTENT and content.last - content.first >= _PHRASE


def _judges(reading: Reading, cue: int, content: int) -> bool:
    """Whether a cue tells what its speaker thinks of the thing that follows or asks for it ("urged them to go"), rather than
    what was said; "called for an inquiry" and "accused them of hiding it" say something."""
    lemma = reading.tokens[cue].lemma
    if [t.text.lower() for t in reading.tokens[content : content + 2] if t.text.lower() != "not"][:1] == ["to"]:
        return True
    if lemma == "accuse":
        return reading.tokens[content].xpos != "VBG"
    if load_speech().verbs.get(lemma) != frozenset({"quote"}):
        return False
    return lemma != "call" or all(t.lemma != "for" for t in reading.tokens[cue:content])


def _head_of(reading: Reading, first: int, last: int) -> int:
    tops = (t.index for t in reading.tokens[first:last] if not first <= t.head < last or graph.is_root(t))
    return next(tops, first)


def _alone(reading: Reading, quotes: Sequence[Quote], told: Sequence[Utterance]) -> Iterator[Quote]:
    """Quotations of whole sentences that nothing attributes."""
    for quote in quotes:
        opens = reading.tokens[quote.open - 1] if quote.open else None
        fresh = opens is None or opens.text in {".", "!", "?", "”", '"'}
        fresh = fresh or passage_of(reading, quote.open - 1) != passage_of(reading, quote.open)
        whole = reading.tokens[quote.last - 1].text in {".", "!", "?", "...", "…"}
        if (
            fresh
            and whole
            and quote.last - quote.first >= _ALONE
            and not any(u.first < quote.last and quote.first < u.last for u in told)
        ):
            yield quote


def _chained(index: ActorIndex, told: Sequence[Utterance]) -> list[Utterance]:
    """A pronoun that no actor's mention covers, and a quotation without attribution, go to whoever spoke last, in the same
    passage or the one before; failing that, a quotation goes to the subject of the sentence before it."""
    found: list[Utterance] = []
    rest: list[Utterance] = []
    for utterance in told:
        if not utterance.speakers:
            utterance = replace(utterance, speakers=_last_speaker(index, utterance, found))
        (found if utterance.speakers else rest).append(utterance)
    return sorted((*found, *rest), key=lambda u: (u.first, u.last))


def _with_unnamed(index: ActorIndex, told: Sequence[Utterance], text: str) -> tuple[list[Utterance], tuple[Actor, ...]]:
    """The utterances that have a speaker, those whom nobody resolved among them, and these as new actors."""
    words = {u.speaker: w for u in told if not u.speakers and u.speaker is not None and (w := unnamed_at(index, u.speaker))}
    mentions: dict[str, list[Span]] = {}
    for span in words.values():
        mentions.setdefault(span.of(text).lower(), []).append(span)
    actors = {
        name: unnamed_actor(f"a{len(index.actors) + number}", spans, index.reading, text)
        for number, (name, spans) in enumerate(mentions.items(), 1)
    }
    voiced = [
        replace(u, speakers=(actors[words[u.speaker].of(text).lower()],)) if u.speaker in words and not u.speakers else u
        for u in told
    ]
    return [u for u in voiced if u.speakers], tuple(actors.values())


def _leads_back(reading: Reading, speaker: int) -> bool:
    """Whether a speaker's word is a pronoun, or a document that is whoever's the report spoke of ("the statement reads")."""
    token = reading.tokens[speaker]
    document = token.lemma.lower() in load_speech().documents and not reading.children(speaker, "nmod", "nmod:poss", "compound")
    return token.lemma.lower() in _PRONOUNS or document


def _last_speaker(index: ActorIndex, utterance: Utterance, found: Sequence[Utterance]) -> tuple[Actor, ...]:
    reading = index.reading
    if utterance.speaker is not None and not _leads_back(reading, utterance.speaker):
        return ()
    here = passage_of(reading, utterance.first)
    for earlier in reversed(found):
        if earlier.last <= utterance.first and here - passage_of(reading, earlier.first) <= 1:
            return earlier.speakers[:1]
    if utterance.cue is not None:
        return ()
    sentence = reading.sentences[reading.tokens[utterance.first].sentence]
    before = reading.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.passage != here:
        return ()
    subjects = (t for t in reading.words(before) if t.dep == "nsubj" and graph.is_root(reading.tokens[t.head]))
    return next((index.of_phrase(t.index)[:1] for t in subjects), ())


def _distinct(told: Sequence[Utterance]) -> list[Utterance]:
    """Of two that cover much the same words for the same speaker, the one with a cue, else the first."""
    found: list[Utterance] = []
    for utterance in sorted(told, key=lambda u: (u.cue is None, u.kind == "indirect")):
        if not any(u.overlap(utterance) >= 0.5 and set(u.speakers) & set(utterance.speakers) for u in found):
            found.append(utterance)
    return sorted(found, key=lambda u: (u.first, -u.last))


def _records(analysis: Analysis, index: ActorIndex, told: Sequence[Utterance]) -> list[Statement]:
    reading = index.reading
    media = _Media(media_told(index))
    found: list[Statement] = []
    for utterance in told:
        speaking = {s.id for s in utterance.speakers}
        spans = tuple(span for part in utterance.parts for span in parts(analysis, reading, *part))
        whole = Span(spans[0].start, spans[-1].end)
        cue = reading.span(*utterance.cue) if utterance.cue else None
        for speaker in utterance.speakers:
            heard = hearing(index, utterance.cue[0]) if utterance.cue else None
            medium = media.of(utterance, speaker.id, heard.medium if heard else None)
            found.append(Statement(
                id=f"s{len(found) + 1}", speaker=speaker.id, kind=utterance.kind, content=whole, cue=cue,
                content_spans=spans if len(spans) > 1 else (),
                addressee=heard.addressee if heard and heard.addressee != speaker.id else None,
                medium=medium if medium not in speaking else None, when=_when(reading, utterance, analysis.times),
                events=tuple(e.id for e in analysis.events if any(s.contains(e.trigger) for s in (spans or (whole,)))),
            ))  # fmt: skip
    return found


class _Media:
    """The medium that each speaker spoke through last; later quotations of the same speaker keep it."""

    def __init__(self, told: dict[int, tuple[str, str]]) -> None:
        self._told = sorted(told.items())
        self._last: dict[str, str] = {}

    def of(self, utterance: Utterance, speaker: str, own: str | None) -> str | None:
        """The medium of an utterance: its own, else for a quotation the last one of its speaker."""
        while self._told and self._told[0][0] < utterance.last:
            _, (who, medium) = self._told.pop(0)
            self._last[who] = medium
        if own is not None:
            self._last[speaker] = own
        return own or (self._last.get(speaker) if utterance.kind == "quote" else None)


def _when(reading: Reading, utterance: Utterance, times: Sequence[Time]) -> When | None:
    """The time that modifies the cue."""
    if utterance.cue is None:
        return None
    inside = range(utterance.first, utterance.last)
    for token in reading.children(utterance.cue[0], "obl", "advmod", "nmod"):
        if token.index not in inside:
            for time in times:
                if time.span.start < token.end and token.start < time.span.end:
                    return When(time.interval, time.precision, time.id)
    return None


def _nested(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each statement within the smallest other one whose content holds its content and cue."""
    placed = []
    for inner in found:
        outer = [
            s for s in found
            if s.id != inner.id and s.content != inner.content and s.content.contains(inner.content)
            and (inner.cue is None or s.content.contains(inner.cue))
        ]  # fmt: skip
        smallest = min(outer, key=lambda s: s.content.end - s.content.start, default=None)
        placed.append(replace(inner, within=smallest.id) if smallest else inner)
    return tuple(placed)
