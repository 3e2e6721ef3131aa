"""More than the server can take: it says so and when to come back, and what it took is there."""

import json
import threading
import time
from collections import Counter

from harness import product
from harness.http import Connection, basic, request

CLIENTS = 16
BATCHES = 25
EVENTS = 200
FILLER = "x" * 400


def test_overload_is_refused_with_a_time_to_come_back(data_dir, tmp_path):
    settings = tmp_path / "vivencia.toml"
    settings.write_text("body_bytes = 250000\nqueue_bytes = 250000\n", encoding="utf-8")
    with product.Server(data_dir, "--config", str(settings)) as server:
        key = product.create_key(data_dir, "tests", "collect")
        answers: Counter = Counter()
        faults: list[str] = []
        lock = threading.Lock()
        storm = [threading.Thread(target=send, args=(server, key, n, answers, faults, lock)) for n in range(CLIENTS)]
        for client in storm:
            client.start()
        slowest_s = 0.0
        while any(client.is_alive() for client in storm):
            begun = time.monotonic()
            assert request(server.address, "GET", "/readyz").status in {200, 503}
            slowest_s = max(slowest_s, time.monotonic() - begun)
            time.sleep(0.1)
        assert faults == []
        assert answers[200] > 0, answers
        assert answers[429] + answers[503] > 0, f"nothing was refused: {answers}"
        assert set(answers) <= {200, 429, 503}
        assert slowest_s < 1.0, "the server does not say whether it is ready"
        assert product.counts(data_dir)["stored"] == answers[200] * EVENTS
        assert request(server.address, "GET", "/readyz").status == 200


def send(server, key, client, answers, faults, lock):
    connection = Connection(server.address)
    for number in range(BATCHES):
        batch = [
            {
                "type": "track",
                "messageId": f"{client}-{number}-{index}",
                "userId": f"u-{index}",
                "event": "Storm",
                "properties": {"filler": FILLER},
            }
            for index in range(EVENTS)
        ]
        answer = connection.request("POST", "/v1/batch", json.dumps({"batch": batch}), basic(key))
        with lock:
            answers[answer.status] += 1
            if answer.status in {429, 503}:
                after = answer.headers.get("retry-after", "")
                if not (after.isdigit() and int(after) >= 1):
                    faults.append(f"{answer.status} with Retry-After {after!r}")
                if answer.json().get("success") is not False:
                    faults.append(f"{answer.status} with {answer.body!r}")
