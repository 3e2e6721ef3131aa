"""The process map and the variants of real logs are those that pm4py discovers, with difference 0."""

import pytest

from harness import logs, process_map, product
from harness.process_map import cut, differences, far, variants_of


@pytest.mark.parametrize("log", logs.available(), ids=lambda log: log.name)
def test_the_process_map_and_the_variants_equal_those_of_pm4py(log, data_dir, tmp_path):
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

    for length in (3, 64):
        answer = product.run_json(
            "journeys", "paths", "--data-dir", data_dir, "--start", "--length", length, "--top", 10_000
        )
        variants = variants_of(answer)
        assert differences(cut(expected.variants, length), variants) == {}
        assert sum(variants.values()) == answer["occurrences"] == log.customers
        assert answer["tail"]["count"] == 0
