"""What leaves: JSON lines, CSV and Parquet say the same, and the open files of the log can be read without us."""

import csv
import json

import duckdb
import pandas
import pytest

from harness import logs, process_map, product
from harness.export import export_lines
from harness.http import post_batch

MAPPING = "customer=customer,activity=activity,occurred_at=occurred_at"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Real journeys from a file, and calls with all that exports have to survive."""
    folder = tmp_path_factory.mktemp("export")
    data_dir = folder / "data"
    ecom = logs.write_csv(logs.COMMITTED[0], folder / "ecom.csv")
    product.run("events", "import", "--data-dir", data_dir, ecom, "--map", MAPPING)
    with product.Server(data_dir) as server:
        key = product.create_key(data_dir, "calls", "collect")
        events = [
            {
                "type": "track",
                "userId": "u-1",
                "event": "=SUM(A1)",
                "properties": {"revenue": 18.35, "currency": "EUR"},
            },
            {"type": "track", "userId": "u-1", "event": "Café, «ñ»\n☕", "properties": {"a": [1, {"b": None}]}},
            {"type": "page", "anonymousId": "a-1", "name": "Menú", "properties": {"order_id": "o-7"}},
            {"type": "identify", "userId": "u-1", "traits": {"email": "Ana@Example.es"}},
        ]
        assert post_batch(server.address, key, events).status == 200
        assert server.stop() == 0
    return data_dir


@pytest.fixture(scope="module")
def lines(filled, tmp_path_factory):
    return export_lines(filled, tmp_path_factory.mktemp("lines"), "--format=jsonl")


def export(data_dir, kind, folder):
    out = folder / f"export.{kind}"
    product.run("events", "export", "--data-dir", data_dir, "--format", kind, "--out", out)
    return out


def test_parquet_is_read_by_duckdb_and_pandas(filled, lines, tmp_path):
    file = export(filled, "parquet", tmp_path)
    rows = duckdb.sql(
        "SELECT event_id, seq, customer, kind, activity, epoch_ms(occurred_at) AS t, amount_minor, currency, properties"
        f" FROM '{file}' ORDER BY seq"
    ).fetchall()
    wanted = sorted(lines, key=lambda line: line["seq"])
    assert len(rows) == len(wanted) == 31_110
    for row, line in zip(rows, wanted, strict=True):
        names = ("event_id", "seq", "customer", "kind", "activity")
        assert row[:5] == tuple(line[name] for name in names)
        assert row[5] == round(pandas.Timestamp(line["occurred_at"]).timestamp() * 1000)
        assert row[6:8] == (line["amount_minor"], line["currency"])
        assert json.loads(row[8]) == line["properties"]

    frame = pandas.read_parquet(file)
    assert len(frame) == len(lines)
    assert str(frame["occurred_at"].dt.tz) == "UTC"
    paid = frame[frame["amount_minor"].notna()]
    assert (paid["amount_minor"].tolist(), paid["currency"].tolist()) == ([1835], ["EUR"])


def test_csv_says_the_same_and_runs_no_formula(filled, lines, tmp_path):
    with export(filled, "csv", tmp_path).open(newline="", encoding="utf-8") as file:
        rows = {row["event_id"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(lines)
    for line in lines:
        row = rows[line["event_id"]]
        activity = line["activity"] or ""
        assert row["activity"] == (f"'{activity}" if activity.startswith("=") else activity)
        assert row["occurred_at"] == line["occurred_at"]
        assert json.loads(row["properties"]) == line["properties"]
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_the_files_of_the_log_are_read_without_us(filled, lines, tmp_path):
    """As `events/README` says: the manifest names the chunks, `identity.parquet` the customer of each node."""
    folder = filled / "events"
    text = next(path for path in folder.iterdir() if path.name.startswith("README")).read_text(encoding="utf-8")
    assert all(word in text for word in ("manifest.json", "identity.parquet", "DuckDB"))

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    names = [file["name"] for file in manifest["files"] if file["kind"] == "chunk"]
    assert all((folder / name).is_file() for name in names)
    chunks = [str(folder / name) for name in names]
    rows = duckdb.execute(
        "SELECT e.seq, i.customer, e.activity, epoch_ms(e.occurred_at)"
        f" FROM read_parquet(?, union_by_name = true) e JOIN '{folder / 'identity.parquet'}' i USING (node)"
        " ORDER BY seq",
        [chunks],
    ).fetchall()
    wanted = sorted(lines, key=lambda line: line["seq"])
    assert len(rows) == len(wanted)
    assert [row[0] for row in rows] == [line["seq"] for line in wanted]
    assert [row[2] for row in rows] == [line["activity"] for line in wanted]
    assert [row[3] for row in rows] == [
        round(pandas.Timestamp(line["occurred_at"]).timestamp() * 1000) for line in wanted
    ]
    groups = {(str(row[1]), line["customer"]) for row, line in zip(rows, wanted, strict=True)}
    assert len(groups) == len({line["customer"] for line in wanted}), "identity.parquet groups events otherwise"

    starts = process_map.of_answer(product.run_json("journeys", "map", "--data-dir", filled)).starts
    first = duckdb.execute(
        "SELECT activity, count(*) FROM (SELECT arg_min(e.activity, (e.occurred_at, e.seq)) AS activity"
        f" FROM read_parquet(?, union_by_name = true) e JOIN '{folder / 'identity.parquet'}' i USING (node)"
        " WHERE e.activity IS NOT NULL GROUP BY i.customer) GROUP BY 1",
        [chunks],
    ).fetchall()
    assert dict(first) == starts


def test_an_export_to_a_place_that_is_not_there_says_so(filled, tmp_path):
    out = tmp_path / "nowhere" / "export.csv"
    answer = product.run("events", "export", "--data-dir", filled, "--format", "csv", "--out", out, ok=False)
    assert answer.returncode == 1
    assert str(out) in answer.stderr
