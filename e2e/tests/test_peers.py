"""Funnel, process map and paths of a million generated events equal those of DuckDB and ClickHouse."""

import pytest

from harness import generated, product
from harness.process_map import differences, far

EVENTS = 1_000_000
CUSTOMERS = 60_000


@pytest.fixture(scope="module")
def log():
    return generated.generate(EVENTS, CUSTOMERS)


@pytest.fixture(scope="module")
def imported(log, tmp_path_factory):
    folder = tmp_path_factory.mktemp("peers")
    file = generated.write_csv(log, folder / "log.csv")
    data_dir = folder / "data"
    mapping = "customer=customer,activity=activity,occurred_at=occurred_at"
    product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping)
    assert product.counts(data_dir) == {"received": EVENTS, "stored": EVENTS, "duplicate": 0, "dead": 0}
    return data_dir


@pytest.fixture(scope="module")
def expected(log):
    return generated.by_duckdb(log)


def named(path) -> tuple[str, ...]:
    return tuple(generated.activity_name(code) for code in path)


def test_the_funnel_and_its_medians_are_exact(imported, expected, log, tmp_path):
    steps = ",".join(named(generated.FUNNEL))
    window = f"{generated.WINDOW_DAYS}d"
    answer = product.run_json("journeys", "funnel", "--data-dir", imported, "--steps", steps, "--window", window)
    found = [(step["customers"], step["median_ms"]) for step in answer["steps"]]
    assert [step["activity"] for step in answer["steps"]] == list(named(generated.FUNNEL))
    assert found == expected.funnel
    assert answer["customers"] == expected.funnel[0][0]

    levels, _ = generated.by_clickhouse(log, tmp_path)
    assert levels == [count for count, _ in found], "windowFunnel of ClickHouse counts otherwise"


def test_the_process_map_is_exact(imported, expected, log, tmp_path):
    answer = product.run_json("journeys", "map", "--data-dir", imported)
    found = {(edge["from"], edge["to"]): edge for edge in answer["edges"]}
    counts = {named(pair): count for pair, (count, _) in expected.edges.items()}
    means = {named(pair): mean for pair, (_, mean) in expected.edges.items()}
    assert differences(counts, {pair: edge["events"] for pair, edge in found.items()}) == {}
    assert far(means, {pair: edge["mean_ms"] for pair, edge in found.items()}) == {}
    assert sum(node["events"] for node in answer["nodes"]) == EVENTS

    _, edges = generated.by_clickhouse(log, tmp_path)
    assert differences(counts, {named(pair): count for pair, (count, _) in edges.items()}) == {}


def test_the_most_frequent_paths_are_exact(imported, expected, log):
    start = generated.activity_name(generated.PATH_START)
    length, top = generated.PATH_LENGTH, generated.PATH_TOP
    arguments = ("--from-activity", start, "--length", length, "--top", top)
    answer = product.run_json("journeys", "paths", "--data-dir", imported, *arguments)
    found = [(tuple(path["activities"]), path["count"]) for path in answer["paths"]]
    wanted = [(named(path), count) for path, count in expected.paths]
    assert [count for _, count in found] == [count for _, count in wanted]
    # Paths as frequent as the last one may stand in another order, or be others of the same frequency.
    last = wanted[-1][1]
    assert {path for path in found if path[1] > last} == {path for path in wanted if path[1] > last}

    occurrences = int((log["e"].to_numpy() == generated.PATH_START).sum())
    listed = sum(count for _, count in found)
    assert answer["tail"]["count"] == occurrences - listed
    assert answer["tail"]["share"] == pytest.approx((occurrences - listed) / occurrences, abs=1e-12)
    assert answer["paths"][0]["share"] == pytest.approx(found[0][1] / occurrences, abs=1e-12)
