"""Event candidates: the network's event graph and the codebook's patterns, brought together into one score a type."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp

from communique.coding.codebook import load_codebook
from communique.coding.patterns import YIELDS, excluded_at, propose
from communique.coding.spoken import REFUSAL, is_calling_off, is_only_spoken_of, is_refusal, one_sided
from communique.coding.status import is_sure, status_of
from communique.types.events import Status
from communique.types.reading import Chunk, EventCandidate, Reading

# How far each of the two is trusted, and the least score of an event; chosen on the dev part of communique-events
# and on annotated reports.
NETWORK_SHARE, PATTERN_SHARE, AGREEMENT = 1.0, 0.4, 0.05
LEAST, LEAST_NAMELESS = 0.42, 0.8
SPOKEN_OF = 0.3  # what is left of the score of an act that another asks for or threatens
RULED_OUT = 0.3  # what is left of the network's score for a type that the codebook rules out
PATTERN_ALONE = 0.8  # a pattern that needs no network
LEAST_BY_PATTERN = 0.6  # without an event graph
RULE_SHARE = 0.4  # of the status
# How much the network's factuality may add to a status, and the value that speaks neither for nor against.
FACTUALITY_SHARE, NEITHER = 0.2, 1.0
# Score to chance of being right, logistic; fitted on the dev part of communique-events.
CALIBRATION = (4.82, -2.95)
_MADE_BY_WORDS = frozenset({"REJECT", "THREATEN"})
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "uncertain", "denied")


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate on its way to an event. `head` is the trigger's head token; `reasons` tell how the score came about."""

    first: int
    last: int
    head: int
    plover: str
    score: float
    status: Status
    network: EventCandidate | None
    pattern: EventCandidate | None
    reasons: tuple[str, ...]

    def arguments(self, role: str, least: float = 0.5) -> tuple[Chunk, ...]:
        """The words in a role, the network's first; the pattern's where the network has none."""
        for source in (self.network, self.pattern):
            found = tuple(c for c in source.arguments if c.label == role and c.score >= least) if source else ()
            if found:
                return found
        return ()


def drafts(reading: Reading) -> tuple[Draft, ...]:
    """All candidates in the report's order, each with its best type and score; whether the score is enough is the
    coder's to say."""
    patterns = propose(reading)
    if not reading.has_event_graph:
        return tuple(draft_of(reading, None, p) for p in patterns)
    found: list[Draft] = []
    used: set[int] = set()
    for candidate in reading.events:
        matches = [p for p in patterns if p.first < candidate.last and candidate.first < p.last]
        used.update(p.first for p in matches)
        found.append(draft_of(reading, candidate, matches[0] if matches else None))
    verbs = {d.head for d in found}
    found = [d for d in found if not (_is_particle(reading, d.head) and reading.tokens[d.head].head in verbs)]
    told = {(reading.tokens[d.head].sentence, d.plover) for d in found if d.score >= LEAST}
    found += [draft_of(reading, None, p) for p in patterns if p.first not in used]
    found = [d if d.score >= LEAST or (reading.tokens[d.head].sentence, d.plover) in told else _raised(d) for d in found]
    surest = {d.head for d in found if d.score >= LEAST}
    off = {d.head for d in found if is_calling_off(reading, d.head, d.plover, surest)}
    acts = {d.head: d.plover for d in found if d.score >= LEAST and d.head not in off}
    return tuple(sorted((_weighed(reading, d, acts, off) for d in found), key=lambda d: d.first))


def _is_particle(reading: Reading, index: int) -> bool:
    """Whether a word only goes with the verb before it ("sent back the refugees")."""
    token = reading.tokens[index]
    return token.dep == "compound:prt" or (token.upos == "ADV" and token.head == index - 1)


def _weighed(reading: Reading, draft: Draft, acts: Mapping[int, str], off: Collection[int]) -> Draft:
    """A candidate that is only spoken of with the little that is left to it."""
    if is_only_spoken_of(reading, draft.head, acts):
        return replace(draft, score=SPOKEN_OF * draft.score, reasons=(*draft.reasons, "only asked for or threatened"))
    if draft.head in off:
        return replace(draft, score=SPOKEN_OF * draft.score, reasons=(*draft.reasons, "the status of what is called off"))
    return draft


def _raised(draft: Draft) -> Draft:
    """A pattern that is sure enough and has both its sides makes an event alone where the network tells no such act of the
    sentence."""
    pattern = draft.pattern
    if pattern is None or not is_echo(draft) or pattern.types[0][0] != draft.plover:
        return draft
    if not {"actor", "recipient"} <= {c.label for c in pattern.arguments}:
        return draft
    return replace(draft, score=LEAST, reasons=(*draft.reasons, "the pattern is sure"))


def is_echo(draft: Draft) -> bool:
    """Whether a candidate that makes no event of its own may be a further word for one: a pattern that is sure."""
    return draft.pattern is not None and draft.pattern.types[0][1] >= PATTERN_ALONE


def least_score(reading: Reading, named: bool = True) -> float:
    """The score that a candidate needs to become an event; more where it names neither actor nor recipient."""
    if not reading.has_event_graph:
        return LEAST_BY_PATTERN
    return LEAST if named else LEAST_NAMELESS


def draft_of(reading: Reading, network: EventCandidate | None, pattern: EventCandidate | None) -> Draft:
    """What the network and a pattern propose at a word, one of them or both, as one."""
    first, last = (network or pattern).first, (network or pattern).last  # type: ignore[union-attr]
    head = _head(reading, first, last)
    reasons = []
    if network is not None:
        reasons.append("network " + _told(network.types))
        excluded = excluded_at(reading, head)
        network, rules = _ruled(network, excluded)
        if REFUSAL in excluded.values():
            network = replace(network, arguments=tuple(one_sided(reading, head, network.arguments)))
        reasons += rules
    scores = {kind: NETWORK_SHARE * p for kind, p in network.types} if network is not None else {}
    if pattern is not None:
        share = PATTERN_SHARE if reading.has_event_graph else 1.0
        for kind, p in pattern.types:
            scores[kind] = scores.get(kind, 0.0) + share * p
        reasons.append("patterns " + _told(pattern.types))
        if network is not None and network.types:
            agree = network.types[0][0] == pattern.types[0][0]
            scores[network.types[0][0]] += AGREEMENT if agree else 0.0
            reasons.append("both agree" if agree else "they disagree")
    plover = max(scores, key=lambda k: scores[k])
    status, why = _performed(reading, head, plover, pattern, *_status(reading, head, network))
    return Draft(first, last, head, plover, min(scores[plover], 1.0), status, network, pattern, (*reasons, why))


def _ruled(network: EventCandidate, excluded: Mapping[str, str | None]) -> tuple[EventCandidate, list[str]]:
    """The network's candidate with most of what it gives to types that the codebook rules out moved to what they are
    instead, and the rules applied."""
    shares, reasons = dict(network.types), []
    for named, instead in excluded.items():
        wrong, right = ("YIELD" if kind in YIELDS else kind for kind in (named, instead))
        if wrong is None or wrong == right or wrong not in shares:
            continue
        moved = (1 - RULED_OUT) * shares[wrong]
        shares[wrong] -= moved
        if right is not None:
            shares[right] = shares.get(right, 0.0) + moved
        reasons.append(f"the codebook says {right}, not {wrong}" if right else f"the codebook says no {wrong}")
    return replace(network, types=tuple(sorted(shares.items(), key=lambda s: -s[1]))), reasons


def _performed(
    reading: Reading, head: int, plover: str, pattern: EventCandidate | None, status: Status, why: str
) -> tuple[Status, str]:
    """The status of a refusal or a threat that is made by words of the act itself ("we will not yield", "or we will strike"):
    the words deny or announce that act, and with them the refusal or threat has been made."""
    named = pattern is not None and pattern.types[0][0] == plover and not _is_plain_refusal(reading, head)
    if plover in _MADE_BY_WORDS and not named and status in {"planned", "uncertain", "denied"}:
        return "happened", f"happened: made by saying so ({why})"
    return status, why


def _is_plain_refusal(reading: Reading, head: int) -> bool:
    """Whether a verb that does not itself mean to refuse tells what its subject will not do."""
    meant = load_codebook().index.get(("verb", reading.tokens[head].lemma.lower()), ())
    return is_refusal(reading, head) and all(p.plover != REFUSAL for p, _ in meant)


def _by_factuality(reading: Reading, head: int) -> dict[Status, float]:
    """What the network's value for a predicate adds to each status: for the ones that took place, or for the others."""
    value = reading.factuality[head] if reading.factuality else NEITHER
    share = FACTUALITY_SHARE * min(max((value - NEITHER) / 1.4, -1.0), 1.0)
    return {status: share if status in {"happened", "ongoing"} else -share for status in STATUSES}


def calibrated(score: float) -> float:
    """The chance that an event of this score is one, of its type: what stands in the record as its confidence."""
    slope, offset = CALIBRATION
    return 1 / (1 + exp(-(slope * score + offset)))


def _told(types: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{kind} {p:.2f}" for kind, p in list(types)[:3])


def _head(reading: Reading, first: int, last: int) -> int:
    outside = [i for i in range(first, last) if not first <= reading.tokens[i].head < last or reading.tokens[i].head == i]
    verbs = [i for i in outside if reading.tokens[i].upos in {"VERB", "NOUN", "PROPN"}]
    return (verbs or outside or [first])[0]


def _status(reading: Reading, head: int, network: EventCandidate | None) -> tuple[Status, str]:
    rule, reason = status_of(reading, head)
    if network is None or not network.status:
        return rule, f"{rule}: {reason}"
    scores = _by_factuality(reading, head)
    for name, p in network.status:
        scores[name] += (1 - RULE_SHARE) * p  # type: ignore[index]
    scores[rule] += RULE_SHARE
    said = network.status[0]
    # Both lie ahead; whether it is certain to come is told by words ("if", "might") that the rules read more surely.
    ahead = rule == "uncertain" and said[0] in {"planned", "denied"}
    settled = ahead or is_sure(reason)
    best = rule if settled else max(STATUSES, key=lambda s: scores[s])
    return best, f"{best}: network {said[0]} {said[1]:.2f}; rules {rule}, {reason}"
