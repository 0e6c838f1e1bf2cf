"""SQL asks the desk's tables and reaches nothing else: no file, no setting, no change."""

from pathlib import Path

import pytest

from communique.errors import CommuniqueError, UsageError

SHUT = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd', header = false)",
    "SELECT * FROM '/etc/passwd'",
    "FROM read_blob('/etc/pass*')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM read_csv('https://herald.example/x.csv')",
    "SELECT * FROM query('COPY (SELECT 1) TO ''{there}''')",
    "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = '{there}')",
    "SELECT * FROM enable_profiling(save_location = '{there}')",
    "SELECT * FROM here",
    "ATTACH '{there}' AS other",
    "COPY (SELECT 1) TO '{there}'",
    "COPY events FROM '/etc/passwd'",
    "EXPORT DATABASE '{there}'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "CREATE TABLE x AS SELECT 1",
    "CREATE VIEW events AS SELECT 1",
    "DROP VIEW events",
    "INSERT INTO counted VALUES ('x', 'x')",
    "WITH x AS (INSERT INTO counted VALUES ('x', 'x') RETURNING id) SELECT * FROM x",
    "DELETE FROM counted",
    "CALL enable_logging()",
    "EXPLAIN ANALYZE SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{there}'",
    "SELECT 1) TO '{there}' --",
    "",
    "SELEC 1",
)


@pytest.mark.parametrize("query", SHUT)
def test_nothing_but_the_tables_can_be_reached(desk, tmp_path, query):
    there = tmp_path / "there"
    here = [{"secret": 1}]
    with pytest.raises(UsageError):
        desk.sql(query.format(there=there)).rows()
    assert not there.exists() and here
    assert desk.sql("SELECT count(*) AS n FROM events").rows() == [{"n": 6}]


def test_the_files_of_the_tables_can_not_be_written_by_the_connection_itself(desk):
    (file, *_) = desk.view.ask("SELECT DISTINCT filename FROM read_parquet(?, filename = true)", (_files(desk),))["filename"]
    before = Path(file.as_py()).read_bytes()
    with pytest.raises(CommuniqueError):
        desk.view.ask(f"COPY (SELECT 1 AS x) TO '{file.as_py()}' (FORMAT parquet)")
    assert Path(file.as_py()).read_bytes() == before


def _files(desk):
    return [str(path) for path in (desk.view.lake.folder / "events").glob("*.parquet")]


def test_a_query_is_sorted_paged_and_given_values(desk):
    asked = desk.sql("SELECT document, id, status FROM events WHERE status <> ? ORDER BY 1 -- é; ; the end", ["denied"])
    assert asked.count() == 4
    assert [r["status"] for r in asked.sort("-status", "id").page(2, 1).rows()] == ["planned", "ongoing"]
    assert desk.sql("FROM (DESCRIBE events) ;").rows()[0]["column_name"] == "document"
    assert desk.sql("SELECT 'é;' AS x;").rows() == [{"x": "é;"}]
    with pytest.raises(UsageError, match="no such column"):
        asked.sort("plover")


def test_what_is_wrong_with_a_query_is_said(desk):
    with pytest.raises(UsageError, match="plovr"):
        desk.sql("SELECT plovr FROM events").rows()
