"""Events per second through the door, and what disk and parser allow beside it."""

import json
import shutil
import sys
from pathlib import Path

from .program import Programs, memory, serving

CLIENTS = (1, 8, 64)
BATCH_BYTES = 50_000


def measure_sync(programs: Programs, directory: Path, clients: int, seconds: int) -> dict:
    """What the disk allows when the batches of all clients share one record."""
    record_bytes = clients * BATCH_BYTES
    return programs.measure("sync", "--dir", directory, "--record-bytes", record_bytes, "--seconds", seconds)


def measure_door(programs: Programs, directory: Path, seconds: int) -> dict:
    """One fresh server for each number of clients; nothing counts unless the server has stored what it acknowledged.

    The disk of a shared machine has better and worse minutes: its limit is measured before and after each round; the
    better one counts.
    """
    limit_seconds = max(3, seconds // 4)
    parsing = programs.measure("parse", "--seconds", limit_seconds)
    rounds, syncs = [], []
    for clients in CLIENTS:
        before = measure_sync(programs, directory, clients, limit_seconds)
        data_dir = directory / f"door-{clients}"
        with serving(programs, data_dir) as server:
            key = programs.ask("key", "create", "--data-dir", data_dir, "--name", "load", "--scope", "collect")
            sent = programs.measure(
                *("send", "--host", server.host, "--key", key, "--clients", clients),
                *("--seconds", seconds, "--server-process", server.process),
            )
            counts = json.loads(programs.ask("events", "count", "--data-dir", data_dir, "--format", "json"))
            sent["server_memory"] = memory(server.process)
        if counts["stored"] != sent["acknowledged_in_all"] or counts["dead"]:
            raise RuntimeError(f"{sent['acknowledged_in_all']} events were acknowledged; the server counts {counts}")
        print(f"  {clients} clients: {sent['events_per_second']:,.0f} events/s", file=sys.stderr)
        shutil.rmtree(data_dir)
        after = measure_sync(programs, directory, clients, limit_seconds)
        rounds.append(sent)
        syncs.append(max(before, after, key=lambda sync: sync["records_per_second"]))
    return {"sending": rounds, "limits": {"syncs": syncs, "parsing": parsing}}
