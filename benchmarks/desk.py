"""How fast a desk is written and asked, against one table of SQLite with the same events, in the same run.

usage: python benchmarks/desk.py [--events N] [--folder FOLDER] [--json]

Events are made up in the shape that reports give: ten for each document, with its actors, mentions, places, times, statements
and facts, and a text and record of its length. They go through the writer that `communique read --desk` uses, from tables in
memory; making these is not counted. Each question is asked seven times over all rows that count, documents looked up anew each
time; the first and the median are printed, in milliseconds. SQLite has the events alone, with the countries of both sides in
columns of their own and an index on them, and what it needs for the rest of a record is not written.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
import pyarrow as pa

from communique.ontology.plover import cameo_codes, quad_of
from communique.ontology.world import load_world
from communique.store.compaction import compact
from communique.store.lake import Lake
from communique.store.tables import CHILDREN, SCHEMAS
from communique.store.writer import Coder, Writer

DOCUMENTS = 2000  # of a batch
ROWS = {"events": 10, "actors": 8, "mentions": 16, "places": 3, "times": 3, "statements": 5, "facts": 2}
TYPES = (
    *("CONSULT", "CONSULT", "CONSULT", "ACCUSE", "ACCUSE", "ASSAULT", "ASSAULT", "AGREE", "SUPPORT", "COOPERATE", "AID"),
    *("REQUEST", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "CONCEDE", "RETREAT"),
)
STATUS = ("happened",) * 7 + ("planned", "planned", "ongoing", "uncertain", "denied")
COUNTRIES = tuple(sorted(load_world().states))[:192]
KINDS = ("person", "state", "government", "military", "organization", "group")
FIRST, DAYS = datetime.date(2015, 1, 1), 3650
CODES = tuple(code for code in cameo_codes() if len(code) > 2)
WORDS = tuple(
    "premier envoy border treaty minister strike port election council army talks convoy said on that reopened".split()
)
Tables = dict[str, pa.Table]


def batches(events: int, chance: np.random.Generator) -> Iterator[Tables]:
    """Tables of a batch each, without their run."""
    texts = [" ".join(chance.choice(WORDS, 300)) for _ in range(200)]
    records = [json.dumps({"n": n, "mentions": [int(x) for x in chance.integers(0, 99999, 1500)]}) for n in range(200)]
    documents = events // ROWS["events"]
    for start in range(0, documents, DOCUMENTS):
        yield batch(range(start, min(start + DOCUMENTS, documents)), texts, records, chance)


def batch(numbers: range, texts: list[str], records: list[str], chance: np.random.Generator) -> Tables:
    """The rows of documents with these numbers."""
    ids = np.array([hashlib.sha256(str(n).encode()).hexdigest() for n in numbers])
    published = chance.integers(0, DAYS, len(ids))
    documents = {"id": ids, "text_id": ids, "source": ids, "text": chance.choice(texts, len(ids))}
    documents |= {"record": chance.choice(records, len(ids)), **published_on(published)}
    documents |= {"publisher": chance.choice(WORDS, len(ids)), "read_at": np.full(len(ids), np.datetime64(FIRST, "us"))}
    tables = {"documents": table("documents", documents, len(ids))}
    for name, each in ROWS.items():
        of = np.repeat(np.arange(len(ids)), each)
        columns = {"document": ids[of], "text_id": ids[of], **published_on(published[of])}
        columns |= {"id": np.tile([f"{name[0]}{n}" for n in range(1, each + 1)], len(ids))}
        columns |= MAKERS[name](len(of), chance, published[of])
        tables[name] = table(name, columns, len(of))
    return tables


def table(name: str, columns: dict[str, object], rows: int) -> pa.Table:
    """A table of the desk with these columns; the others have no values, or no more than empty lists."""
    arrays = [pa.array(columns[f.name], f.type) if f.name in columns else nothing(f.type, rows) for f in SCHEMAS[name]]
    return pa.table(arrays, schema=SCHEMAS[name])


def nothing(kind: pa.DataType, rows: int) -> pa.Array:
    """A column without values."""
    if not pa.types.is_list(kind):
        return pa.nulls(rows, kind)
    return pa.ListArray.from_arrays(pa.array(np.zeros(rows + 1), pa.int32()), pa.nulls(0, kind.value_type), type=kind)


def days(numbers: np.ndarray) -> np.ndarray:
    """Days from numbers of days since the first."""
    return np.datetime64(FIRST, "D") + numbers


def published_on(numbers: np.ndarray) -> dict[str, object]:
    """The columns of the day of publication."""
    return {"published_start": days(numbers), "published_end": days(numbers + 1)}


def lists(values: np.ndarray) -> pa.Array:
    """Lists of one value each."""
    return pa.ListArray.from_arrays(pa.array(np.arange(len(values) + 1), pa.int32()), pa.array(values, pa.string()))


def make_events(rows: int, chance: np.random.Generator, published: np.ndarray) -> dict[str, object]:
    """Events whose countries are as unevenly spread as those of the news."""
    share = 1 / np.arange(1, len(COUNTRIES) + 1)
    sides = {side: chance.choice(COUNTRIES, rows, p=share / share.sum()) for side in ("actor", "recipient")}
    when = published - chance.integers(0, 10, rows)
    starts = chance.integers(0, 4000, rows)
    types = chance.choice(TYPES, rows)
    found: dict[str, object] = {"plover": types, "status": chance.choice(STATUS, rows), "cameo": chance.choice(CODES, rows)}
    for n, (side, codes) in enumerate(sides.items(), 1):
        found |= {
            side: lists(np.full(rows, f"a{n}")),
            f"{side}_countries": lists(codes),
            f"{side}_sectors": lists(np.full(rows, "GOV")),
        }
        found |= {f"{side}_names": lists(np.char.add("Ministry of ", codes))}
    found |= {"goldstein": chance.integers(-10, 11, rows).astype(float), "quad": np.vectorize(quad_of)(types).astype(np.int8)}
    found |= {"when_start": days(when), "when_end": days(when + 1), "when_precision": np.full(rows, "day")}
    found |= {"place": np.full(rows, "p1"), "place_name": chance.choice(COUNTRIES, rows)}
    found |= {"latitude": chance.random(rows), "longitude": chance.random(rows)}
    found |= {"trigger_start": starts, "trigger_end": starts + 6, "trigger": chance.choice(WORDS, rows)}
    found |= {"confidence": chance.random(rows), "coded_by": np.full(rows, "coding@1")}
    return found | {"evidence": evidence(starts, chance), "tellings": np.full(rows, 1)}


def evidence(starts: np.ndarray, chance: np.random.Generator) -> pa.Array:
    """A span each, from these places in the text on."""
    spans = pa.StructArray.from_arrays(
        [pa.array(starts, pa.int32()), pa.array(starts + 80, pa.int32()), pa.array(chance.choice(EVIDENCE, len(starts)))],
        ["start", "end", "text"],
    )
    return pa.ListArray.from_arrays(pa.array(np.arange(len(starts) + 1), pa.int32()), spans)


def make_actors(rows: int, chance: np.random.Generator, published: np.ndarray) -> dict[str, object]:
    """Actors, one in three of them in the registry."""
    codes = chance.choice(COUNTRIES, rows)
    entries = np.where(chance.random(rows) < 1 / 3, np.char.add("state:", codes), None)
    names = {"name": np.char.add("Ministry of ", codes), "kind": chance.choice(KINDS, rows), "why": chance.choice(WORDS, rows)}
    return names | {"country": codes, "entry": entries, "sectors": lists(np.full(rows, "GOV"))}


def make_facts(rows: int, chance: np.random.Generator, published: np.ndarray) -> dict[str, object]:
    """Facts between two actors, with their evidence."""
    found = {"subject": np.full(rows, "a1"), "object": np.full(rows, "a2"), "predicate": np.full(rows, "allied_with")}
    return found | {"evidence": evidence(chance.integers(0, 4000, rows), chance)}


def make_spans(name: str, *columns: str, **same: str) -> Callable[[int, np.random.Generator, np.ndarray], dict[str, object]]:
    """What fills columns with words, others with one and the same, and those of a span, whose names begin so, with offsets."""

    def make(rows: int, chance: np.random.Generator, published: np.ndarray) -> dict[str, object]:
        starts = chance.integers(0, 4000, rows)
        found = {column: chance.choice(WORDS, rows) for column in columns}
        found |= {column: np.full(rows, value) for column, value in same.items()}
        return found | {f"{name}start": starts, f"{name}end": starts + 20}

    return make


EVIDENCE = tuple(" ".join(WORDS[i % len(WORDS)] for i in range(n, n + 12)) for n in range(500))
MAKERS = {
    "events": make_events,
    "actors": make_actors,
    "mentions": make_spans("", "words", of="a1"),
    "places": make_spans("", "name", country="ABW", precision="city"),
    "times": make_spans("", "words", "timex"),
    "statements": make_spans("content_", "speaker_name", "content", speaker="a1", kind="quote"),
    "facts": make_facts,
}
COLUMNS = "document, id, plover, status, actor_countries, recipient_countries, when_start, goldstein, quad, trigger, confidence"
CHOSEN = "plover = 'ASSAULT' AND status = 'happened' AND when_start BETWEEN DATE '2018-01-01' AND DATE '2019-12-31'"
DESK = {
    "filter": f"SELECT {COLUMNS} FROM ({{events}}) WHERE list_contains(actor_countries, '{COUNTRIES[2]}') AND {CHOSEN} "
    "ORDER BY when_start DESC, document LIMIT 50",
    "dyad_months": "SELECT date_trunc('month', when_start), count(*), avg(goldstein) FROM ({events}) "
    f"WHERE list_contains(actor_countries, '{COUNTRIES[0]}') AND list_contains(recipient_countries, '{COUNTRIES[1]}') "
    "GROUP BY ALL ORDER BY ALL",
    "all_dyad_months": "SELECT a, r, date_trunc('month', when_start), count(*), avg(goldstein) FROM ({events}), "
    "unnest(actor_countries) AS _(a), unnest(recipient_countries) AS __(r) GROUP BY ALL",
}
PEER = {
    "filter": f"SELECT {COLUMNS} FROM events WHERE actor_countries = '{COUNTRIES[2]}' AND {CHOSEN.replace('DATE ', '')} "
    "ORDER BY when_start DESC, document LIMIT 50",
    "dyad_months": "SELECT substr(when_start, 1, 7), count(*), avg(goldstein) FROM events "
    f"WHERE actor_countries = '{COUNTRIES[0]}' AND recipient_countries = '{COUNTRIES[1]}' GROUP BY 1 ORDER BY 1",
    "all_dyad_months": "SELECT actor_countries, recipient_countries, substr(when_start, 1, 7), count(*), avg(goldstein) "
    "FROM events GROUP BY 1, 2, 3",
}


def write(folder: Path, events: int, figures: dict[str, float]) -> None:
    """Write the desk and the peer, and say how fast."""
    peer = sqlite3.connect(folder / "peer.sqlite")
    names = COLUMNS.split(", ")
    peer.execute(f"CREATE TABLE events ({COLUMNS})")
    seconds = peer_seconds = 0.0
    with Writer(Lake(folder / "desk"), Coder("0", "{}")) as writer:
        for tables in batches(events, np.random.default_rng(7)):
            began = time.perf_counter()
            run = writer.run()
            marked = {n: t.set_column(t.schema.names.index("run"), "run", pa.repeat(run, len(t))) for n, t in tables.items()}
            writer.write(marked)
            seconds += time.perf_counter() - began
            chosen = tables["events"].select(names).to_pydict()
            sides = {n: [v[0] for v in chosen[n]] for n in ("actor_countries", "recipient_countries")}
            chosen |= sides | {"when_start": [day.isoformat() for day in chosen["when_start"]]}
            began = time.perf_counter()
            with peer:
                peer.executemany(
                    f"INSERT INTO events VALUES ({', '.join('?' * len(names))})", zip(*chosen.values(), strict=True)
                )
            peer_seconds += time.perf_counter() - began
    began = time.perf_counter()
    peer.execute("CREATE INDEX dyads ON events (actor_countries, recipient_countries, when_start)")
    peer.execute("CREATE INDEX types ON events (plover, status, when_start)")
    peer.close()
    peer_seconds += time.perf_counter() - began
    figures |= {
        "events_per_second": events / seconds,
        "rows_per_second": events / ROWS["events"] * sum(ROWS.values()) / seconds,
    }
    figures |= {"sqlite_events_per_second": events / peer_seconds}


def ask(folder: Path, figures: dict[str, float]) -> None:
    """Ask both, and say how long it takes."""
    lake, peer = Lake(folder / "desk"), sqlite3.connect(folder / "peer.sqlite")
    for name in DESK:
        with duckdb.connect(config={"threads": 2}) as connection:
            answers, times = timed(lambda name=name: connection.execute(asked(lake, DESK[name])).fetchall())
        peer_answers, peer_times = timed(lambda name=name: peer.execute(PEER[name]).fetchall())
        if len(answers) != len(peer_answers):
            raise SystemExit(f"{name}: {len(answers)} answers of the desk, {len(peer_answers)} of SQLite")
        figures |= {f"{name}_answers": len(answers), f"{name}_first_ms": times[0], f"{name}_ms": median(times)}
        figures |= {f"sqlite_{name}_first_ms": peer_times[0], f"sqlite_{name}_ms": median(peer_times)}


def asked(lake: Lake, question: str) -> str:
    """A question over the events that count now."""
    return question.format(events=lake.visible("events").select())


def timed(act: Callable[[], list[object]]) -> tuple[list[object], list[float]]:
    """What it gives, and how long each of seven times took."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        found = act()
        times.append(1000 * (time.perf_counter() - began))
    return found, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--folder", type=Path, help="where to write, in place of a folder that is removed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        write(folder, args.events, figures)
        began = time.perf_counter()
        compact(Lake(folder / "desk"))
        figures["compact_seconds"] = time.perf_counter() - began
        ask(folder, figures)
        lake = Lake(folder / "desk")
        size = sum(Path(file).stat().st_size for name in (*CHILDREN, "documents") for file in lake.files(name))
        figures |= {"desk_mb": size / 1e6, "sqlite_events_mb": (folder / "peer.sqlite").stat().st_size / 1e6}
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:32} {value:12,.1f}")


if __name__ == "__main__":
    main()
