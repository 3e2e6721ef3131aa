"""What the explorer keeps as Parquet, read by pyarrow and by DuckDB, beside the CSV of the same picture."""

import csv
import datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness import console

PICTURES = {
    "map": {"from": pa.string(), "events": pa.int64(), "mean_ms": pa.float64()},
    "mapCompared": {"compared_customers": pa.int64(), "difference_low": pa.float64()},
    "paths": {"path": pa.string(), "count": pa.int64(), "share": pa.float64()},
    "pathsCompared": {"compared_count": pa.int64(), "difference": pa.float64()},
    "funnel": {"step": pa.int64(), "activity": pa.string(), "entries": pa.int64()},
    "funnelCompared": {"entries": pa.int64(), "compared_of_first": pa.float64()},
    "retention": {"cohort": pa.string(), "complete": pa.bool_()},
    "retentionCompared": {"compared_returned": pa.int64(), "difference_high": pa.float64()},
    "lifeCycle": {"first_day": pa.string(), "active": pa.int64(), "complete": pa.bool_()},
    "attribution": {"model": pa.string(), "outcomes": pa.float64()},
    "attributionCompared": {"compared_outcomes": pa.float64(), "difference_low": pa.float64()},
    "effort": {"week": pa.string(), "runs": pa.int64(), "p90": pa.float64()},
    "effortCompared": {"compared_runs": pa.int64(), "compared_median": pa.float64()},
    "frictions": {"kind": pa.string(), "longest_ms": pa.int64(), "customers_lost": pa.float64()},
    "frictionsCompared": {"compared_customers": pa.int64(), "share_difference": pa.float64()},
    "behind": {"activities": pa.int64(), "first_activity_at": pa.timestamp("ms", tz="UTC")},
}


@pytest.fixture(scope="module")
def kept(company, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    console.drive(company, "keep.mjs", "--out", str(folder))
    return folder


def as_csv_writes(value):
    """A value of a Parquet file as the cell of the CSV beside it. What is missing is an empty cell."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime.datetime():
            return f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z"
        case str() if value[:1] in tuple("=+-@"):
            return f"'{value}"
        case _:
            return value


def same(cell, value):
    written = as_csv_writes(value)
    return cell == written if isinstance(written, str) else cell != "" and float(cell) == written


@pytest.mark.parametrize("picture", PICTURES)
def test_parquet_has_the_rows_of_the_csv_and_their_types(picture, kept):
    with (kept / f"{picture}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    table = pq.read_table(kept / f"{picture}.parquet")
    assert table.column_names == header
    assert {name: table.schema.field(name).type for name in PICTURES[picture]} == PICTURES[picture]
    assert len(rows) > 0
    found = [list(row.values()) for row in table.to_pylist()]
    assert len(found) == len(rows)
    wrong = [(cells, row) for cells, row in zip(rows, found, strict=True) if not all(map(same, cells, row))]
    assert wrong == []


def test_duckdb_asks_the_same_files(kept):
    steps = duckdb.sql(f"select step, customers from '{kept / 'funnel.parquet'}' order by step").fetchall()
    assert [step for step, _ in steps] == [1, 2, 3]
    assert steps[0][1] >= steps[1][1] >= steps[2][1] > 0
    [(weeks, missing)] = duckdb.sql(
        f"select count(*), count(*) filter (p10 is null) from '{kept / 'effort.parquet'}' where week <> '(all)'"
    ).fetchall()
    assert weeks == missing > 0
