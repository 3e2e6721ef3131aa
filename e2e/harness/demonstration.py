"""Café Alameda in a smaller size: made once in a run of the suite, copied for each server that wants it."""

import fcntl
import json
import shutil
from contextlib import contextmanager
from pathlib import Path

from harness import product

CUSTOMERS = 2_000
START_LIMIT_S = 180


def make_once(shared: Path) -> Path:
    """The data directory of a stopped server that brought the company in. Workers wait for the one that makes it."""
    made = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "key.json").exists():
            shutil.rmtree(made, ignore_errors=True)
            demo = product.Server(made / "data", "--customers", str(CUSTOMERS), command="demo")
            demo.start(limit_s=START_LIMIT_S)
            key = product.create_key(made / "data", "console tests", "admin")
            assert demo.stop(limit_s=60) == 0
            (made / "key.json").write_text(json.dumps(key))
    return made


@contextmanager
def serve_copy(shared: Path, folder: Path, *flags: str):
    """A server over a copy of its own, and a key that may administer it."""
    made = make_once(shared)
    shutil.copytree(made / "data", folder)
    with product.Server(folder, *flags) as server:
        yield server, json.loads((made / "key.json").read_text())
