"""The JSON form of the types: dataclass to JSON, JSON to dataclass, and the JSON Schema, all read off the fields.

Spans are written as `{"start", "end", "text"}`, intervals as two ISO 8601 dates, and a field called `span` stands in
place of the object that holds it. Reading refuses what does not fit with a `DataError` that names the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from communique.errors import DataError
from communique.types.text import Interval, Span

_RENAMED = {
    ("Role", "begin"): "from",
    ("Role", "end"): "to",
    ("Fact", "begin"): "from",
    ("Fact", "end"): "to",
    ("Record", "version"): "communique",
}
_SCALARS: dict[object, tuple[tuple[type, ...], str]] = {
    str: ((str,), "string"),
    int: ((int,), "integer"),
    float: ((int, float), "number"),
    bool: ((bool,), "boolean"),
}


class _Key(NamedTuple):
    """A field as it is written: its JSON key, its type, and whether it may be missing when read."""

    name: str
    key: str
    hint: Any
    optional: bool


@cache
def _keys(cls: type) -> tuple[_Key, ...]:
    hints = get_type_hints(cls)
    return tuple(
        _Key(
            f.name,
            _RENAMED.get((cls.__name__, f.name), f.name),
            hints[f.name],
            f.default is not MISSING or f.default_factory is not MISSING,
        )
        for f in fields(cls)
    )


def dump(value: Any, text: str) -> Any:
    """The JSON form of a value; `text` is the document's text, from which the words of spans are taken."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end, "text": value.of(text)}
    if isinstance(value, Interval):
        return [value.start.isoformat(), value.end.isoformat()]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [dump(v, text) for v in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    out: dict[str, Any] = {}
    for name, key, _, _ in _keys(type(value)):
        written = dump(getattr(value, name), text)
        if name == "span":
            out.update(written)
        else:
            out[key] = written
    return out


def load(hint: Any, value: Any, text: str, where: str = "record") -> Any:
    """The value of type `hint` that a piece of JSON stands for; `where` names the piece in errors.

    Keys that the type does not know are passed over, so that records of a newer version can be read.
    Raises DataError when the piece has another form, or when a span's words are not those of `text`.
    """
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return load(next(a for a in get_args(hint) if a is not NoneType), value, text, where)
    if origin is tuple:
        _expect(isinstance(value, list), where, "a list")
        return tuple(load(get_args(hint)[0], v, text, f"{where}[{i}]") for i, v in enumerate(value))
    if origin is Literal:
        _expect(value in get_args(hint), where, "one of " + ", ".join(get_args(hint)))
        return value
    if hint is Span:
        return _load_span(value, text, where)
    if hint is Interval:
        _expect(isinstance(value, list) and len(value) == 2, where, "two dates")
        return Interval(_load_date(value[0], where), _load_date(value[1], where))
    if hint is date:
        return _load_date(value, where)
    if is_dataclass(hint):
        return _load_object(hint, value, text, where)
    accepted, name = _SCALARS[hint]
    _expect(isinstance(value, accepted) and (hint is bool or not isinstance(value, bool)), where, f"a value of type {name}")
    return float(value) if hint is float else value


def _expect(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise DataError(f"{where} should be {what}")


def _load_date(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise DataError(f"{where} should be an ISO 8601 date, not {value!r}") from None


def _load_span(value: Any, text: str, where: str) -> Span:
    _expect(isinstance(value, Mapping), where, "a span with start and end")
    span = Span(load(int, value.get("start"), text, f"{where}.start"), load(int, value.get("end"), text, f"{where}.end"))
    if "text" in value and value["text"] != span.of(text):
        raise DataError(f"{where} says {value['text']!r}, but the document has {span.of(text)!r} at [{span.start}, {span.end})")
    return span


def _load_object(cls: Any, value: Any, text: str, where: str) -> Any:
    _expect(isinstance(value, Mapping), where, "an object")
    found: dict[str, Any] = {}
    for name, key, hint, optional in _keys(cls):
        if name == "span":
            found[name] = _load_span(value, text, where)
        elif key in value:
            found[name] = load(hint, value[key], text, f"{where}.{key}")
        elif not optional:
            raise DataError(f"{where}.{key} is missing")
    return cls(**found)


def schema(cls: type, title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a type, with a definition for each type that it is made of."""
    definitions: dict[str, Any] = {}
    _define(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": f"#/$defs/{cls.__name__}",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(cls: type, definitions: dict[str, Any]) -> None:
    if cls.__name__ in definitions:
        return
    definitions[cls.__name__] = {}
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, key, hint, _ in _keys(cls):
        if name == "span":
            properties |= _span_properties()
            required += ["start", "end", "text"]
            continue
        properties[key] = _describe(hint, definitions)
        if name != "explain":
            required.append(key)
    definitions[cls.__name__] = {
        "description": " ".join((cls.__doc__ or "").split("\n\n")[0].split()),
        "type": "object",
        "properties": properties,
        "required": required,
    }


def _span_properties() -> dict[str, Any]:
    return {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "text": {"type": "string", "minLength": 1},
    }


def _describe(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = next(a for a in get_args(hint) if a is not NoneType)
        return {"anyOf": [_describe(inner, definitions), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _describe(get_args(hint)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if hint is date:
        return {"type": "string", "format": "date"}
    if hint is Interval:
        return {
            "description": "Half-open interval of days: the first, and the first that is no longer part of it.",
            "type": "array",
            "items": {"type": "string", "format": "date"},
            "minItems": 2,
            "maxItems": 2,
        }
    if hint is Span:
        definitions["Span"] = {
            "description": "Half-open code-point offsets into document.text, and the words that stand there.",
            "type": "object",
            "properties": _span_properties(),
            "required": ["start", "end", "text"],
        }
        return {"$ref": "#/$defs/Span"}
    if is_dataclass(hint) and isinstance(hint, type):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _SCALARS[hint][1]}
