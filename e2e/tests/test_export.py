"""What leaves: JSON lines, CSV and Parquet say the same, and the open files of the log can be read without us."""

import csv
import json
from pathlib import Path

import duckdb
import pandas
import pytest

from harness import logs, process_map, product
from harness.export import export_lines
from harness.http import post_batch
from harness.segment import milliseconds

COMMENT = "Frío, «caro»\ny 100 % lento ☕"
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
            {"type": "track", "userId": "u-1", "event": "Rated", "properties": {"rating": 2, "comment": COMMENT}},
            {"type": "track", "userId": "u-2", "event": "Said", "properties": {"answers": [{"text": "ok"}]}},
            {"type": "identify", "userId": "u-1", "traits": {"email": "Ana@Example.es"}},
        ]
        assert post_batch(server.address, key, events).status == 200
        assert server.stop() == 0
    return data_dir


@pytest.fixture(scope="module")
def lines(filled, tmp_path_factory):
    return export_lines(filled, tmp_path_factory.mktemp("lines"), is_personal=False)


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
    assert len(rows) == len(wanted) == 31_112
    for row, line in zip(rows, wanted, strict=True):
        names = ("event_id", "seq", "customer", "kind", "activity")
        assert row[:5] == tuple(line[name] for name in names)
        assert row[5] == milliseconds(line["occurred_at"])
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


def test_the_files_of_the_log_are_read_without_us(filled, lines, monkeypatch):
    """As `events/README` says: the manifest names the chunks, `identity.parquet` the customers that became others."""
    monkeypatch.chdir(filled / "events")
    text = Path("README").read_text(encoding="utf-8")
    assert all(word in text for word in ("manifest.json", "identity.parquet", "DuckDB", "pandas"))

    log = duckdb.connect()
    log.execute("SET VARIABLE chunks = (SELECT list(c.name) FROM (SELECT unnest(chunks) AS c FROM 'manifest.json'))")
    log.execute("""
        CREATE VIEW events AS
        SELECT coalesce(i.customer, e.node) AS customer, e.seq, e.kind, e.activity, e.occurred_at, e.properties
        FROM read_parquet(getvariable('chunks'), union_by_name = true) e LEFT JOIN 'identity.parquet' i USING (node)
    """)
    rows = log.execute("SELECT seq, 'cus_' || customer, kind, activity, epoch_ms(occurred_at) FROM events").fetchall()
    wanted = [
        (line["seq"], line["customer"], line["kind"], line["activity"], milliseconds(line["occurred_at"]))
        for line in lines
    ]
    assert sorted(rows) == sorted(wanted)

    starts = process_map.of_answer(product.run_json("journeys", "map", "--data-dir", filled)).starts
    first = log.execute("""
        SELECT activity, count(*) FROM (
            SELECT arg_min(activity, (occurred_at, seq)) AS activity FROM events
            WHERE activity IS NOT NULL GROUP BY customer
        ) GROUP BY 1
    """).fetchall()
    assert dict(first) == starts

    # The example for pandas.
    manifest = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
    frame = pandas.concat(pandas.read_parquet(chunk["name"]) for chunk in manifest["chunks"])
    identity = pandas.read_parquet("identity.parquet").set_index("node")["customer"]
    customers = frame["node"].map(identity).fillna(frame["node"]).astype("uint64")
    assert sorted(f"cus_{customer}" for customer in customers) == sorted(line["customer"] for line in lines)


def test_free_texts_are_joined_as_the_readme_says(filled, lines, monkeypatch):
    monkeypatch.chdir(filled / "events")
    wanted = [("Rated", "comment", COMMENT), ("Said", "answers.0.text", "ok")]

    log = duckdb.connect()
    log.execute("SET VARIABLE chunks = (SELECT list(c.name) FROM (SELECT unnest(chunks) AS c FROM 'manifest.json'))")
    log.execute("SET VARIABLE texts = (SELECT list(t.name) FROM (SELECT unnest(texts) AS t FROM 'manifest.json'))")
    joined = log.execute("""
        SELECT e.activity, t.property, t.text
        FROM read_parquet(getvariable('chunks'), union_by_name = true) e
        JOIN read_parquet(getvariable('texts')) t USING (event_id)
        ORDER BY e.seq
    """).fetchall()
    assert joined == wanted

    manifest = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
    events = pandas.concat(pandas.read_parquet(chunk["name"]) for chunk in manifest["chunks"])
    texts = pandas.concat(pandas.read_parquet(texts["name"]) for texts in manifest["texts"])
    commented = events.merge(texts[["event_id", "property", "text"]], on="event_id").sort_values("seq")
    assert list(commented[["activity", "property", "text"]].itertuples(index=False, name=None)) == wanted

    # The chunks themselves have no word of them; what is exported does.
    assert not any(COMMENT in text or "ok" in text for text in events["properties"])
    [rated] = [line["properties"] for line in lines if line["activity"] == "Rated"]
    # What a comment says stands beside what was sent.
    said = {name for name in rated if name.startswith("comment_")}
    assert "comment_tier" in said
    assert {name: rated[name] for name in rated if name not in said} == {"rating": 2, "comment": COMMENT}


def test_an_export_to_a_place_that_is_not_there_says_so(filled, tmp_path):
    out = tmp_path / "nowhere" / "export.csv"
    answer = product.run("events", "export", "--data-dir", filled, "--format", "csv", "--out", out, ok=False)
    assert answer.returncode == 1
    assert str(out) in answer.stderr
