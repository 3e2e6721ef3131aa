"""The same installation with its state in PostgreSQL gives the same answers, also after kills."""

import pytest

from harness import logs, postgres, product
from harness.http import post_batch

MAPPING = "customer=customer,activity=activity,occurred_at=occurred_at"
QUESTIONS = (
    ("journeys", "map", "--medians"),
    ("journeys", "funnel", "--steps", "product_view,add_to_cart,purchase", "--window", "7d"),
    ("journeys", "paths", "--from-activity", "cart", "--length", "4", "--top", "20"),
    ("events", "count"),
)


@pytest.fixture(scope="module")
def state_url():
    with postgres.running() as url:
        yield url


def live(data_dir, file, *state):
    """A file, calls, a merge, and a server that is killed in between; what it answers in the end."""
    product.run("events", "import", "--data-dir", data_dir, file, "--map", MAPPING, *state)
    server = product.Server(data_dir, *state).start()
    key = product.create_key(data_dir, "calls", "collect")
    for number in range(30):
        batch = [
            {
                "type": "track",
                "messageId": f"{number}-{index}",
                "anonymousId": f"a-{index % 5}",
                "userId": f"u-{index % 5}" if number > 15 else None,
                "event": f"Call {index % 3}",
                "timestamp": f"2026-01-05T10:{number:02}:{index:02}Z",
            }
            for index in range(20)
        ]
        assert post_batch(server.address, key, batch).status == 200
        if number % 10 == 9:
            server.kill()
            server.start()
            assert post_batch(server.address, key, batch).status == 200, "sent again after the kill"
    merge = product.run_json("customers", "merge", "--data-dir", data_dir, "u-1", "u-2")
    assert merge["is_done"]
    server.kill()
    answers = [product.run_json(*question, "--data-dir", data_dir, *state) for question in QUESTIONS]
    found = product.run_json("customers", "find", "--data-dir", data_dir, "u-1", *state)["customers"]
    answers.append([sorted(f"{each['kind']}:{each['value']}" for each in one["identifiers"]) for one in found])
    return answers


def test_the_answers_are_those_of_sqlite(state_url, tmp_path):
    file = logs.write_csv(logs.COMMITTED[0], tmp_path / "ecom.csv")
    on_postgres = live(tmp_path / "postgres", file, "--state-url", state_url)
    on_sqlite = live(tmp_path / "sqlite", file)
    assert on_postgres == on_sqlite
    assert on_sqlite[3]["stored"] == 31_106 + 600
    assert on_sqlite[3]["duplicate"] == 60
    assert not (tmp_path / "postgres" / "state.db").exists()


def test_a_state_that_cannot_be_reached_is_named(data_dir, tmp_path):
    nowhere = f"postgres://postgres@localhost/vivencia?host={tmp_path}"
    refused = product.run("serve", "--data-dir", data_dir, "--state-url", nowhere, ok=False, limit_s=60)
    assert refused.returncode == 1
    assert "state" in refused.stderr
