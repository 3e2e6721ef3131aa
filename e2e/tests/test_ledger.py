"""Nothing acknowledged is lost and nothing is stored twice, however often the server is killed."""

import os
import random
import threading
import time
from collections import Counter

from harness import product
from harness.export import export_events
from harness.ledger import Client, Ledger, seal_of

KILLS = int(os.environ.get("VIVENCIA_KILLS", "50"))
CLIENTS = 3


def test_a_ledger_of_acknowledged_events_survives_kills(data_dir, tmp_path):
    dice = random.Random(KILLS)
    server = product.Server(data_dir).start()
    slowest_start_s = server.started_in_s
    key = product.create_key(data_dir, "ledger", "collect")
    ledger = Ledger()
    stop = threading.Event()
    clients = [Client(f"client{n}", lambda: server.address, key, ledger, stop) for n in range(CLIENTS)]
    for client in clients:
        client.start()

    for kill in range(KILLS):
        time.sleep(dice.uniform(0.02, 0.7))
        if kill % 3 == 2:
            # Killed while it seals what it has, as it does before it ends well.
            server.process.terminate()
            time.sleep(dice.uniform(0.0, 0.15))
        server.kill()
        if kill % 10 == 9:
            # Recovery must survive its own death.
            server.kill_while_it_starts(dice.uniform(0.0, 0.1))
        server.start()
        slowest_start_s = max(slowest_start_s, server.started_in_s)
        if kill % 10 == 5:
            with ledger.lock:
                known = len(ledger.acknowledged)
            assert product.counts(data_dir)["stored"] >= known

    time.sleep(0.5)
    server.kill()
    stop.set()
    for client in clients:
        client.join(30)
        assert not client.is_alive()
    assert ledger.faults == []

    server.start()
    counts = product.counts(data_dir)
    assert server.stop() == 0
    assert product.counts(data_dir) == counts, "the counts changed when the server stopped"
    events = export_events(data_dir, tmp_path)

    times_stored = Counter(event.message_id for event in events)
    lost = ledger.acknowledged - times_stored.keys()
    doubled = [message_id for message_id, times in times_stored.items() if times > 1]
    torn = [event.message_id for event in events if event.properties["seal"] != seal_of(event.message_id)]
    halves = [ids[0] for ids in ledger.given_up if len(times_stored.keys() & set(ids)) not in {0, len(ids)}]
    print(
        f"{KILLS} kills, {len(ledger.acknowledged)} events acknowledged, {len(ledger.given_up)} batches given up, "
        f"{counts}, slowest start {slowest_start_s:.2f} s"
    )
    assert (len(lost), len(doubled), len(torn), halves) == (0, 0, 0, [])
    assert counts["stored"] == len(events)
    assert counts["duplicate"] > 0, "no retry was needed: the test killed nothing at a bad moment"
    assert counts["dead"] > 0
    assert slowest_start_s < product.START_LIMIT_S
    assert len(ledger.acknowledged) > 40 * KILLS, "too little arrived between the kills to prove anything"
