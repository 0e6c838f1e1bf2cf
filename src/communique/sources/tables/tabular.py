"""Tables: which column holds what, and a row as a report. The formats that tables come in are `delimited.py`, `json_rows.py`
and `parquet.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from communique.errors import InputError
from communique.sources.days import day
from communique.sources.inputs import Options
from communique.sources.text import extracted
from communique.types.analysis import Failed
from communique.types.text import Detail, Document, Interval, Published

# Names that columns have, in letters and digits alone, by how sure it is that they hold what they say: the first group of
# which the table has one is taken.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text fulltext body content contents article articletext articlebody articlecontent bodytext story storytext maintext "
        "newstext fieldsbodytext contenttext reporttext rawtext",
    ),
    "title": ("title headline newstitle articletitle headlinemain webtitle", "head heading"),
    "url": ("url link weburl articleurl canonicalurl newsurl permalink", "href uri address sourceurl"),
    "published": (
        "published publishedat publishdate publisheddate publishedon publishedtime publicationdate datepublished datepublish "
        "pubdate webpublicationdate articledate firstpublished",
        "date datetime day newsdate",
        "timestamp time created createdat",
    ),
    "publisher": (
        "publisher outlet publishername sourcename newspaper",
        "source publication media journal medium",
        "domain site sitename",
    ),
    "byline": ("byline author authors authorname bylineoriginal writer journalist reporter",),
    "id": (),
}
FIELDS = tuple(_NAMES)
_KNOWN = {name: key for key, groups in _NAMES.items() for name in " ".join(groups).split()}
_MOST_LISTED = 40
_LONGEST_NAME = 60
_LONGEST_DETAIL = 500
_MOST_DETAILS = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
_AND = re.compile(r"\s*[;|\n]\s*|\s+and\s+|\s+&\s+")
_BY = re.compile(r"(?i)^by\s+")

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read from which column: the names of the fields (`text`, `title`, …) → the names of the columns."""

    of: dict[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def plain(name: str) -> str:
    """The name of a column as it is compared: without case and signs."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def holds(name: str) -> str | None:
    """The field that a column of that name is known to hold."""
    return _KNOWN.get(plain(name))


def find_columns(table: str, names: Sequence[str], options: Options) -> Columns:
    """Which of a table's columns hold what: as the options say, and for the rest by the names that columns commonly have.

    Raises InputError when a column that was named is missing, when none is known to hold the text, or when several may hold
    the same. Where the options name any column, doubtful others are left aside."""
    found = {key: _named(table, names, key, asked) for key, asked in options.columns}
    for key in FIELDS:
        if key not in found:
            might = _candidates(key, [n for n in names if n not in found.values()])
            if len(might) == 1:
                found[key] = might[0]
            elif might and (key == "text" or not options.columns):
                said = " and ".join(repr(n[:_LONGEST_NAME]) for n in might)
                raise InputError(f"{table}: {said} may both hold the {key}; say which with --columns {key}=NAME{_those(names)}")
    if "text" not in found:
        raise InputError(f"{table}: no column is known to hold the text; name it with --columns text=NAME{_those(names)}")
    others = tuple(n for n in names if n and n not in found.values())
    return Columns(found, others[:_MOST_DETAILS])


def _candidates(key: str, names: Sequence[str]) -> list[str]:
    for group in _NAMES[key]:
        might = [name for name in names if plain(name) in group.split()]
        if might:
            return might
    return []


def _named(table: str, names: Sequence[str], key: str, asked: str) -> str:
    """The column that the options name, whatever its case where that is plain."""
    alike = [n for n in names if n == asked] or [n for n in names if n.strip().casefold() == asked.strip().casefold()]
    if not alike:
        raise InputError(f"{table}: no column {asked!r} for the {key}; name one of those there are{_those(names)}")
    if len(alike) > 1:
        raise InputError(f"{table}: {len(alike)} columns are called {asked!r}; give each its own name")
    return alike[0]


def _those(names: Sequence[str]) -> str:
    shown = [n[:_LONGEST_NAME] for n in names[:_MOST_LISTED]]
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return f" (columns: {', '.join(shown)}{more})"


def check_names(table: str, names: Sequence[str]) -> None:
    """Raises InputError when two columns that hold something known share a name."""
    double = next((n for n, count in Counter(names).items() if count > 1 and holds(n)), None)
    if double is not None:
        raise InputError(f"{table}: two columns are called {double!r}; give each its own name")


def report(table: str, number: int, row: Row, columns: Columns, form: str) -> Document | Failed:
    """The report of a row, which counts from 1; a failure that names the row where it has no text."""
    of = columns.of
    name = f"{table}#{_one(row.get(of['id'])) or number}" if "id" in of else f"{table}#{number}"
    try:
        text = _text(row.get(of["text"]))
        if not text.strip():
            raise InputError(f"{name}: its column {of['text']!r} has no text; fill it or take row {number} out")
        document = extracted(text, name, _one(row.get(of.get("publisher", ""))))
        return replace(
            document,
            format=form,
            title=_one(row.get(of.get("title", ""))),
            url=_one(row.get(of.get("url", ""))),
            byline=_people(row.get(of.get("byline", ""))),
            **_dated(row, columns),  # type: ignore[arg-type]
        )
    except InputError as error:
        return Failed(name, "source", error)


def flat(row: Mapping[str, object]) -> dict[str, object]:
    """A row without objects in it: what an object `source` has as `name` is called `source.name`."""
    return dict(_leaves(row, "", 0))


def _leaves(row: Mapping[str, object], before: str, depth: int) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if isinstance(value, Mapping) and depth < 3:
            yield from _leaves(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", value


def _text(value: object) -> str:
    """The text of a cell: words, the bytes of words, or a list of paragraphs."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    return value.strip("\r\n") if isinstance(value, str) else ""


def _one(value: object) -> str | None:
    """A cell that holds one thing, on one line."""
    if isinstance(value, (str, bytes)):
        words = " ".join(_SURROGATE.sub("\ufffd", _text(value)).split())
    elif isinstance(value, (int, float, date)) and value == value:
        words = str(value)
    else:
        return None
    return None if words.casefold() in {"", "nan", "none", "null"} else words


def _people(value: object) -> tuple[str, ...]:
    """The names of a byline, which stand in a list or are parted by semicolons, bars, lines or "and"."""
    if isinstance(value, list):
        cells = [v.get("name") if isinstance(v, Mapping) else v for v in value]
        said = [name for cell in cells if (name := _one(cell))]
    else:
        said = _AND.split(_text(value) if isinstance(value, (str, bytes)) else "")
    return tuple(dict.fromkeys(name for s in said if (name := _one(_BY.sub("", s.strip())))))


def _dated(row: Row, columns: Columns) -> dict[str, object]:
    """The date of publication, and as details what else the row has: a date that can't be told, and other columns."""
    details = [Detail(n, v[:_LONGEST_DETAIL]) for n in columns.others if (v := _one(row.get(n)))]
    if "published" not in columns.of:
        return {"details": tuple(details)}
    value = row.get(columns.of["published"])
    found = day(value)
    if found is None:
        said = _one(value)
        first = [Detail("published", said[:_LONGEST_DETAIL])] if said else []
        return {"details": tuple(first + details)}
    return {"published": Published(Interval(found, found + timedelta(days=1)), "metadata"), "details": tuple(details)}
