"""Questions in SQL: one SELECT over the tables of a desk."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from communique.errors import UsageError
from communique.query.relations import Relation
from communique.query.view import View


def select(view: View, query: str, values: Sequence[object] = ()) -> Relation:
    """The rows of a SELECT in DuckDB's SQL; `values` stand for its question marks, in order.

    The view allows nothing but reading the desk's tables; this refuses what is no single SELECT before it gets there, so that
    it is known what is wrong. Raises UsageError then.
    """
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise UsageError(f"the query is no SQL: {' '.join(str(error).split())}") from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError("the query is no single SELECT; a desk can only be read, so ask with one SELECT (or FROM, WITH)")
    # the one semicolon there may be is that at the end; DuckDB counts bytes
    written = query.encode()
    marks = (at for at, kind in duckdb.tokenize(query) if kind == duckdb.token_type.operator and written[at : at + 1] == b";")
    return Relation(view, written[: next(marks, None)].decode(), tuple(values))
