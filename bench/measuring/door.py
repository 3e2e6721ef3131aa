"""Events per second through the door, and what disk and parser allow beside it."""

import json
import shutil
import sys
from pathlib import Path

from .program import Programs, memory, serving

CLIENTS = (1, 8, 64)
BATCH_BYTES = 50_000


def measure_limits(programs: Programs, directory: Path, seconds: int) -> dict:
    directory.mkdir(parents=True, exist_ok=True)
    syncs = []
    for clients in CLIENTS:
        record_bytes = clients * BATCH_BYTES
        syncs.append(programs.measure("sync", "--dir", directory, "--record-bytes", record_bytes, "--seconds", seconds))
    return {"syncs": syncs, "parsing": programs.measure("parse", "--seconds", seconds)}


def measure_sending(programs: Programs, directory: Path, seconds: int) -> list[dict]:
    """One fresh server for each number of clients; nothing counts unless the server has stored what it acknowledged."""
    rounds = []
    for clients in CLIENTS:
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
        rounds.append(sent)
    return rounds
