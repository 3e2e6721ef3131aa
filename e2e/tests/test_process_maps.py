"""The process map of real logs is the one that pm4py discovers, with difference 0."""

import pytest

from harness import logs, process_map, product
from harness.process_map import differences, far


@pytest.mark.parametrize("log", logs.available(), ids=lambda log: log.name)
def test_the_process_map_equals_that_of_pm4py(log, data_dir, tmp_path):
    file = logs.write_csv(log, tmp_path / f"{log.name}.csv")
    mapping = "customer=customer,activity=activity,occurred_at=occurred_at"
    product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping)
    assert product.counts(data_dir) == {"received": log.events, "stored": log.events, "duplicate": 0, "dead": 0}

    expected = process_map.by_pm4py(file)
    found = process_map.of_answer(product.run_json("journeys", "map", "--data-dir", data_dir, "--medians"))

    assert sum(customers for customers in found.starts.values()) == log.customers
    assert differences(expected.nodes, found.nodes) == {}
    assert differences(expected.edges, found.edges) == {}
    assert differences(expected.starts, found.starts) == {}
    assert differences(expected.ends, found.ends) == {}
    assert far(expected.mean_ms, found.mean_ms) == {}
    assert far(expected.median_ms, found.median_ms) == {}
