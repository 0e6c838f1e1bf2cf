"""A person's view of a record: a readable account with its evidence in colour, and a table of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.types.entities import Actor
from communique.types.events import Coding, Event, Fact, Statement
from communique.types.record import Record
from communique.types.text import Interval, Span

SYMBOLS = {"happened": "●", "ongoing": "◐", "planned": "○", "uncertain": "?", "denied": "✗"}
COLOURS = {"happened": "green", "ongoing": "cyan", "planned": "blue", "uncertain": "yellow", "denied": "red"}
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160)), " ")


def words(text: str) -> str:
    """The text on one line, safe for a terminal: control characters become spaces, white space is single."""
    return " ".join(text.translate(_UNPRINTABLE).split())


def line(record: Record) -> str:
    """A record in one line: where the report is from, its title or first line, and how much it tells."""
    document = record.document
    title = words(document.title or document.text.strip().partition("\n")[0])
    title = title if len(title) <= 80 else title[:79] + "…"
    counts = f"{number(len(record.events), 'event')}, {number(len(record.statements), 'statement')}"
    return f"{words(document.source)}  {title}  {counts}"


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 event`, `1,200 events`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def quote(record: Record, spans: Iterable[Span], marked: Span | None = None) -> Text:
    """The words of the spans in quotation marks, with those of `marked` set off."""
    return quote_from(record.document.text, spans, marked)


def quote_from(text: str, spans: Iterable[Span], marked: Span | None = None) -> Text:
    """The same, of a text that no record has."""
    out = Text("“", style="italic")
    for i, span in enumerate(sorted(spans)):
        if i:
            out.append(" … ")
        if marked is not None and span.contains(marked):
            before, after = words(text[span.start : marked.start] + "|"), words("|" + text[marked.end : span.end])
            out.append(before[:-1])
            out.append(words(marked.of(text)), style="bold reverse")
            out.append(after[1:])
        else:
            out.append(words(span.of(text)))
    return out.append("”")


def days(interval: Interval | None) -> str:
    """The days of an interval, the last one included."""
    if interval is None:
        return ""
    last = interval.end.fromordinal(interval.end.toordinal() - 1)
    return str(interval.start) if last == interval.start else f"{interval.start} to {last}"


def show_text(record: Record, console: Console) -> None:
    """Print an account of the record: the document, then who, what, who said what, and what holds."""
    console.print(_header(record))
    parts: list[tuple[str, list[Text | Group]]] = [
        ("Actors", [_actor(a) for a in record.actors]),
        ("Events", [_event(record, e) for e in record.events]),
        ("Codings", [_coding(record, c) for c in record.codings]),
        ("Statements", [_statement(record, s) for s in record.statements]),
        ("Facts", [_fact(record, f) for f in record.facts]),
        ("Rejected", _rejected(record)),
    ]
    for title, lines in parts:
        if lines:
            console.print(Text(f"\n{title}", style="bold underline"))
        for line in lines:
            console.print(Padding.indent(line, 2))
    console.print()


def _header(record: Record) -> Group:
    document = record.document
    published = document.published
    when = Text("published ")
    if published.interval is None:
        when.append("on an unknown day; times that depend on it stay relative", style="yellow")
    else:
        when.append(days(published.interval), style="bold").append(f" ({published.origin})")
    if published.evidence:
        when.append(" by ").append_text(quote(record, published.evidence))
    lines = [Text(words(document.title or document.source), style="bold"), when]
    if document.syndicated_from:
        lines.append(Text("syndicated from " + ", ".join(document.syndicated_from)))
    dropped = Counter((d.reason, words(d.span.of(document.text))) for d in document.dropped)
    for (reason, line), count in dropped.items():
        lines.append(Text(f"dropped as {reason}: {line}" + (f" (×{count})" if count > 1 else ""), style="dim"))
    return Group(*lines)


def _actor(actor: Actor) -> Text:
    out = Text(words(actor.name), style="bold")
    known = [actor.kind, actor.country, *actor.sectors, *(_role(r.title, r.of) for r in actor.roles)]
    if actor.age is not None:
        known.append(f"aged {actor.age}")
    return out.append("  " + " · ".join(words(k) for k in known if k), style="not bold")


def _role(title: str, of: str | None) -> str:
    return f"{title} of {of}" if of else title


def _event(record: Record, event: Event) -> Group:
    colour = COLOURS[event.status]
    head = Text(f"{SYMBOLS[event.status]} ", style=colour)
    head.append(event.plover + (f" {event.mode}" if event.mode else ""), style=f"bold {colour}")
    head.append("  " + _sides(record, event))
    facts = [event.status, days(event.when.interval if event.when else None)]
    facts += [f"in {words(event.where.name)}" if event.where else ""]
    facts += [f"according to {', '.join(record.names(event.attributed_to))}" if event.attributed_to else ""]
    facts += [f"disputed by {', '.join(record.names(event.denied_by))}" if event.denied_by else ""]
    facts += [words(a.span.of(record.document.text)) + f" {a.kind}" for a in event.amounts]
    lines = [head, Text(" · ".join(f for f in facts if f), style=colour), quote(record, event.evidence, event.trigger)]
    lines += [Text("also told: ").append_text(quote(record, t.evidence, t.trigger)) for t in event.tellings]
    for reason in record.explain.events if record.explain else ():
        if reason.event == event.id:
            lines.append(Text(f"why: {reason.why}", style="magenta"))
    return Group(lines[0], *(Padding.indent(line, 2) for line in lines[1:]))


def _coding(record: Record, coding: Coding) -> Group:
    colour = COLOURS[coding.status]
    head = Text(f"{SYMBOLS[coding.status]} ", style=colour)
    head.append(words(coding.type) + (f" {words(coding.mode)}" if coding.mode else ""), style=f"bold {colour}")
    head.append("  " + _sides(record, coding))
    facts = [coding.status, days(coding.when.interval if coding.when else None)]
    facts += [f"in {words(coding.where.name)}" if coding.where else ""]
    facts += [f"according to {', '.join(record.names(coding.attributed_to))}" if coding.attributed_to else ""]
    facts += [f"{words(coding.codebook)} {coding.score:.2f}", f"see {coding.event}" if coding.event else ""]
    lines = [Text(" · ".join(f for f in facts if f), style=colour), quote(record, coding.evidence, coding.trigger)]
    lines += [Text(f"why: {words(coding.why)}", style="magenta")] if record.explain else []
    return Group(head, *(Padding.indent(line, 2) for line in lines))


def _sides(record: Record, event: Event | Coding) -> str:
    doers = words(", ".join(record.names(event.actor)))
    if event.actor and set(event.actor) == set(event.recipient):
        return doers
    return f"{doers or 'nobody named'} → {words(', '.join(record.names(event.recipient)))}" if event.recipient else doers


def _statement(record: Record, statement: Statement) -> Text:
    out = Text(", ".join(record.names((statement.speaker,))) if statement.speaker else "somebody", style="bold")
    cue = words(statement.cue.of(record.document.text)) if statement.cue else statement.kind
    out.append(f" {cue}", style="not bold cyan")
    if statement.medium:
        out.append(f" (in {', '.join(record.names((statement.medium,)))})", style="not bold")
    return out.append(": ", style="not bold").append_text(quote(record, statement.content_spans or (statement.content,)))


def _fact(record: Record, fact: Fact) -> Text:
    known = {a.id: a.name for a in record.actors}
    out = Text(f"{known[fact.subject]} ", style="bold")
    out.append(fact.predicate.replace("_", " "), style="not bold cyan")
    out.append(f" {words(known.get(fact.object, fact.object))}")
    term = " ".join(f"{word} {day}" for word, day in (("from", fact.begin), ("to", fact.end)) if day)
    return out.append(f" {term}  " if term else "  ", style="not bold").append_text(quote(record, fact.evidence))


def _rejected(record: Record) -> list[Text | Group]:
    if record.explain is None:
        return []
    text = record.document.text
    return [
        Text(f"{r.plover} ", style="dim").append(words(r.trigger.of(text)), style="bold").append(f"  {r.score:.2f}  {r.reason}")
        for r in record.explain.rejected
    ]


def show_table(record: Record, console: Console) -> None:
    """Print the events of the record as a table."""
    title = f"{words(record.document.source)}, published {days(record.document.published.interval) or 'on an unknown day'}"
    table = Table("event", "type", "status", "actor", "recipient", "when", "where", "according to", "trigger")
    table.title, table.title_justify = title, "left"
    for row, event in zip(record.rows(), record.events, strict=True):
        table.add_row(
            row["event"],
            f"{event.plover} {event.mode}" if event.mode else event.plover,
            Text(f"{SYMBOLS[event.status]} {event.status}", style=COLOURS[event.status]),
            *(Text(words(", ".join(row[key]))) for key in ("actor", "recipient")),
            days(event.when.interval if event.when else None),
            Text(words(row["where"] or "")),
            Text(words(", ".join(row["attributed_to"]))),
            Text(words(row["trigger"])),
        )
    console.print(table)
