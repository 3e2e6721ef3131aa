"""Clients that write down what was acknowledged while somebody keeps killing the server."""

import hashlib
import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field

from harness.http import Connection, basic

BATCH_EVENTS = 40


def seal_of(message_id: str) -> str:
    """What an event must carry if it is the one that was sent, whole."""
    return hashlib.sha256(message_id.encode()).hexdigest()


def new_event(message_id: str, batch: str, customer: str) -> dict:
    return {
        "type": "track",
        "messageId": message_id,
        "userId": customer,
        "event": "Visited",
        "properties": {"batch": batch, "seal": seal_of(message_id), "filler": "á" * 60},
    }


@dataclass
class Ledger:
    """What the clients know. Guarded by one lock: they are threads."""

    acknowledged: set[str] = field(default_factory=set)
    given_up: list[list[str]] = field(default_factory=list)
    deliberately_doubled: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client(threading.Thread):
    """Posts batches until it is told to stop. A batch without an answer is sent again with the same ids, wherever the
    server is by then; now and then the client gives it up, or sends an acknowledged one again.
    """

    def __init__(self, name: str, address_of, key: str, ledger: Ledger, stop: threading.Event):
        super().__init__(name=name, daemon=True)
        self.address_of = address_of
        self.key = key
        self.ledger = ledger
        self.stop = stop
        self.random = random.Random(name)
        self.connection: tuple[tuple[str, int], Connection] | None = None

    def run(self):
        number = 0
        try:
            while not self.stop.is_set():
                self.deliver(number)
                number += 1
        except Exception as error:  # a fault of the client fails the test too
            with self.ledger.lock:
                self.ledger.faults.append(f"{self.name}: {type(error).__name__}: {error}")

    def deliver(self, number: int):
        batch = f"{self.name}-{number}"
        ids = [f"{batch}-{index}" for index in range(BATCH_EVENTS)]
        events = [new_event(message_id, batch, f"u-{self.random.randrange(400)}") for message_id in ids]
        if self.random.random() < 0.1:
            events.append({"type": "track", "messageId": f"{batch}-nobody", "event": "Visited by nobody"})
        while not self.post(events):
            if self.random.random() < 0.2:
                with self.ledger.lock:
                    self.ledger.given_up.append(ids)
                return
            # A server that is down comes back at another port.
            time.sleep(0.02)
        with self.ledger.lock:
            self.ledger.acknowledged.update(ids)
        if self.random.random() < 0.05 and self.post(events):
            with self.ledger.lock:
                self.ledger.deliberately_doubled += 1

    def post(self, events: list[dict]) -> bool:
        """Whether the server acknowledged it."""
        address = self.address_of()
        if self.connection is None or self.connection[0] != address:
            self.connection = (address, Connection(address, timeout_s=20))
        headers = {"Content-Type": "application/json", **basic(self.key)}
        try:
            answer = self.connection[1].request("POST", "/v1/batch", json.dumps({"batch": events}), headers)
        except (OSError, http.client.HTTPException):
            self.connection = None
            return False
        if answer.status in {429, 503}:
            wait_s = int(answer.headers["retry-after"])
            assert wait_s >= 1, answer.headers
            self.stop.wait(min(wait_s, 5))
            return False
        assert answer.status == 200, f"{answer.status} {answer.body[:300]!r}"
        return True
