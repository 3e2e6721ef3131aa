"""A PostgreSQL of Debian's, in a folder of its own and on a socket there: nothing listens on a port."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from harness import product

START_LIMIT_S = 60


def find_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    assert found, "PostgreSQL is missing: `make test` installs Debian's"
    return found[-1]


@contextlib.contextmanager
def running():
    """Yields the URL of an empty database, as the product takes it."""
    with cluster() as folder:
        create = ["--host", folder, "--username=postgres", "--template=template0", "--encoding=UTF8", "--locale=C"]
        subprocess.run([find_programs() / "createdb", *create, "vivencia"], check=True, capture_output=True, cwd=folder)
        yield f"postgres://postgres@localhost/vivencia?host={folder}"


@contextlib.contextmanager
def cluster():
    """Yields the folder of the socket on which a server without databases of its own answers `postgres`."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="vivencia-e2e-postgres-"))
    # It refuses to be root.
    as_postgres = {}
    if os.geteuid() == 0:
        as_postgres = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "cwd": folder}
    init = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", *init, "--pgdata", folder / "data"], check=False, **quiet, **as_postgres
    )
    assert made.returncode == 0, made.stderr
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **as_postgres,
        )
    try:
        is_ready = [programs / "pg_isready", "--quiet", "--host", folder]
        product.wait_until(
            lambda: subprocess.run(is_ready, check=False).returncode == 0, START_LIMIT_S, "PostgreSQL to start"
        )
        yield folder
    finally:
        # Fast: it does not wait for those who are still connected.
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
