"""Reports in Parquet files."""

import io
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.rows import WRITTEN, read

from communique.errors import InputError
from communique.sources.tables.parquet import PARQUET
from communique.types.analysis import Failed
from communique.types.text import Detail


def test_parquet_of_every_kind_of_column():
    table = pa.table(
        {
            "body": pa.array(["Envoys met.", None], pa.large_string()),
            "source": pa.array([{"name": "Star"}, None]),
            "published": pa.array([1715767200123456789, 2**62], pa.timestamp("ns")),
            "author": pa.array([["Ana Sol", "Ivo Bek"], []]),
            "vector": pa.array([[0.5], [0.25]]),
            "desk": pa.array(["foreign", "home"]).dictionary_encode(),
            "year": pa.array([2024, None]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    found, failed = read(PARQUET, out.getvalue())
    assert (found.publisher, found.byline, found.published.interval.start) == (
        "Star",
        ("Ana Sol", "Ivo Bek"),
        date(2024, 5, 15),
    )
    assert found.details == (Detail("desk", "foreign"), Detail("year", "2024"))
    assert isinstance(failed, Failed)


def test_broken_and_encrypted_parquet_is_refused():
    whole = WRITTEN["Parquet"]
    for data in (whole[:-20], whole[: len(whole) // 2], b"PAR1\x15" + b"\xff" * 500):
        with pytest.raises(InputError, match=r"table\.x: a broken Parquet file"):
            read(PARQUET, data)
    with pytest.raises(InputError, match="encrypted"):
        read(PARQUET, b"PARE" + whole[4:])


def test_parquet_that_unpacks_without_measure_is_refused():
    table = pa.table({"text": ["x" * (400 << 20)]})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", use_dictionary=False, write_statistics=False)
    with pytest.raises(InputError, match="unpack to"):
        read(PARQUET, out.getvalue())
