"""Customers, merges and un-merges by command: what would change is shown before it does."""

import pytest

from harness import product
from harness.http import post_batch


@pytest.fixture
def two_customers(server, collect_key, data_dir):
    """Ana on the web and Ana in the shop, whom nothing has connected yet."""
    events = [
        {"type": "track", "userId": "ana-web", "event": "Menu Viewed", "timestamp": "2026-01-05T10:00:00Z"},
        {"type": "track", "userId": "ana-shop", "event": "Order Completed", "timestamp": "2026-01-05T10:05:00Z"},
    ]
    assert post_batch(server.address, collect_key, events).status == 200
    return data_dir


def find(data_dir, value):
    found = product.run_json("customers", "find", "--data-dir", data_dir, value)
    (customer,) = found["customers"]
    return customer


def edges(data_dir):
    answer = product.run_json("journeys", "map", "--data-dir", data_dir)
    return [(edge["from"], edge["to"]) for edge in answer["edges"]], len(answer["starts"])


def test_a_merge_is_previewed_done_and_undone(two_customers):
    data_dir = two_customers
    web, shop = find(data_dir, "ana-web"), find(data_dir, "ana-shop")
    assert web["id"] != shop["id"]
    assert edges(data_dir) == ([], 2)

    pair = (web["id"], shop["id"])
    preview = product.run_json("customers", "merge", "--data-dir", data_dir, *pair, "--dry-run")
    assert len(preview["before"]) == 2
    assert len(preview["after"]) == 1
    assert edges(data_dir) == ([], 2), "a dry run changed something"

    merged = product.run_json("customers", "merge", "--data-dir", data_dir, *pair)
    assert find(data_dir, "ana-web")["id"] == find(data_dir, "ana-shop")["id"]
    assert edges(data_dir) == ([("Menu Viewed", "Order Completed")], 1)

    merge = merged["merge"]["id"]
    preview = product.run_json("customers", "unmerge", "--data-dir", data_dir, merge, "--dry-run")
    assert (len(preview["before"]), len(preview["after"])) == (1, 2)
    assert edges(data_dir) == ([("Menu Viewed", "Order Completed")], 1), "a dry run changed something"
    product.run_json("customers", "unmerge", "--data-dir", data_dir, merge)
    assert edges(data_dir) == ([], 2)
    assert find(data_dir, "ana-web")["id"] == web["id"]
    assert find(data_dir, "ana-shop")["id"] == shop["id"]


def test_a_merge_survives_a_kill_and_a_restart(two_customers, server):
    data_dir = two_customers
    pair = (find(data_dir, "ana-web")["id"], find(data_dir, "ana-shop")["id"])
    product.run("customers", "merge", "--data-dir", data_dir, *pair)
    server.kill()
    assert edges(data_dir) == ([("Menu Viewed", "Order Completed")], 1)


def test_two_users_on_one_device_never_merge_by_themselves(server, collect_key, data_dir):
    events = [
        {"type": "track", "userId": "ana", "anonymousId": "tablet-1", "event": "Menu Viewed"},
        {"type": "track", "userId": "luis", "anonymousId": "tablet-1", "event": "Order Completed"},
    ]
    assert post_batch(server.address, collect_key, events).status == 200
    assert find(data_dir, "ana")["id"] != find(data_dir, "luis")["id"]


def test_an_unknown_customer_is_not_found(server, data_dir):
    answer = product.run("customers", "find", "--data-dir", data_dir, "nobody@example.es", ok=False)
    assert answer.returncode in {0, 1}
    assert "cus_" not in answer.stdout
    merge = product.run("customers", "merge", "--data-dir", data_dir, "cus_1", "cus_2", ok=False)
    assert merge.returncode == 1
    unmerge = product.run("customers", "unmerge", "--data-dir", data_dir, "mrg_77", ok=False)
    assert unmerge.returncode == 1
    assert "mrg_77" in unmerge.stderr
