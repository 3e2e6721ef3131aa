"""A data directory and the processes that want it."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from harness import product
from harness.http import Connection, basic, bearer, post_batch, request

EVENT = {"type": "track", "userId": "u-1", "event": "Visited"}


def test_a_second_server_on_the_same_directory_says_what_to_do(server):
    second = product.run("serve", "--data-dir", server.data_dir, "--listen", "127.0.0.1:0", ok=False, limit_s=30)
    assert second.returncode == 1
    assert "another vivencia process" in second.stderr
    assert str(server.data_dir) in second.stderr
    assert server.process.poll() is None


def test_a_directory_of_a_newer_format_is_not_touched(data_dir):
    with product.Server(data_dir):
        pass
    marker = data_dir / "vivencia.json"
    newer = json.loads(marker.read_text(encoding="utf-8")) | {"format": 999}
    marker.write_text(json.dumps(newer), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in data_dir.rglob("*") if path.is_file() and path.name != "lock"}
    refused = product.run("serve", "--data-dir", data_dir, "--listen", "127.0.0.1:0", ok=False, limit_s=30)
    assert refused.returncode == 1
    assert "999" in refused.stderr
    assert "newer" in refused.stderr
    after = {path: path.stat().st_mtime_ns for path in before if path.exists()}
    assert after == before


def test_a_directory_with_other_files_is_not_taken(data_dir):
    data_dir.mkdir()
    (data_dir / "thesis.txt").write_text("chapter one", encoding="utf-8")
    refused = product.run("serve", "--data-dir", data_dir, "--listen", "127.0.0.1:0", ok=False, limit_s=30)
    assert refused.returncode == 1
    assert [path.name for path in data_dir.iterdir()] == ["thesis.txt"]


def test_plain_http_stays_on_this_machine(data_dir):
    refused = product.run("serve", "--data-dir", data_dir, "--listen", "0.0.0.0:0", ok=False, limit_s=30)
    assert refused.returncode in {1, 2}
    assert "loopback" in refused.stderr or "127.0.0.1" in refused.stderr


def test_a_stopped_server_ends_well_and_soon(server, collect_key, data_dir):
    connection = Connection(server.address)
    body = json.dumps({"batch": [EVENT]})
    assert connection.request("POST", "/v1/batch", body, basic(collect_key)).status == 200
    begun = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(30) == 0
    assert time.monotonic() - begun < 10
    assert not (data_dir / "server.json").exists()
    assert product.counts(data_dir)["stored"] == 1


def test_commands_reach_a_running_server_by_its_directory_or_by_its_address(server, collect_key, data_dir):
    assert post_batch(server.address, collect_key, [EVENT, {**EVENT, "event": "Paid"}]).status == 200
    read_key = product.create_key(data_dir, "reader", "read")
    by_directory = product.run_json("journeys", "map", "--data-dir", data_dir)
    by_address = product.run_json("journeys", "map", "--url", server.url, "--key", read_key)
    by_http = request(server.address, "GET", "/api/v1/journeys/map", None, bearer(read_key)).json()
    assert by_directory == by_address
    assert by_http["edges"] == by_address["edges"]
    server.stop()
    assert product.run_json("journeys", "map", "--data-dir", data_dir) == by_directory


def test_the_local_token_is_for_the_owner_of_the_directory_alone(server, data_dir):
    mode = stat.S_IMODE(os.stat(data_dir / "server.json").st_mode)
    assert mode & 0o077 == 0, oct(mode)


def test_no_key_is_kept_in_clear(server, collect_key, data_dir):
    assert post_batch(server.address, collect_key, [EVENT]).status == 200
    server.stop()
    for path in data_dir.rglob("*"):
        if path.is_file():
            assert collect_key.encode() not in path.read_bytes(), path.name


def test_a_revoked_key_collects_no_more(server, collect_key, data_dir):
    assert post_batch(server.address, collect_key, [EVENT]).status == 200
    product.run("key", "revoke", "--data-dir", data_dir, "tests")
    assert post_batch(server.address, collect_key, [EVENT]).status == 401


def test_readiness_and_openapi_are_served(server):
    assert request(server.address, "GET", "/readyz").status == 200
    openapi = request(server.address, "GET", "/api/v1/openapi.json")
    assert openapi.status == 200
    assert "/api/v1/journeys/map" in openapi.json()["paths"]


COMMANDS = [
    "serve", "demo", "demo generate", "key create", "events import", "events export", "events count", "events verify",
    "events dead list", "events dead replay", "customers find", "customers merge", "customers unmerge",
    "journeys funnel", "journeys map", "journeys paths",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(command):
    shown = product.run(*command.split(), "--help").stdout
    assert re.search(rf"vivencia {command} ", shown.split("Usage:")[-1]), shown


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["journeys", "funnel"],
        ["key", "create", "--scope", "everything"],
        ["events", "count", "--format", "xml"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words, data_dir):
    more = ["--data-dir", data_dir] if len(words) > 1 else []
    assert product.run(*words, *more, ok=False).returncode == 2


def test_the_binary_needs_nothing_beside_it(tmp_path):
    """Copied alone into an empty folder, without PATH: the console, the documents, and nothing left elsewhere."""
    folder = tmp_path / "alone"
    folder.mkdir()
    shutil.copy2(product.find_binary(), folder / "vivencia")
    empty = tmp_path / "empty"
    empty.mkdir()
    process = subprocess.Popen(
        [folder / "vivencia", "serve", "--data-dir", "data", "--listen", "127.0.0.1:0"],
        cwd=folder,
        env={"PATH": "", "HOME": str(empty), "TMPDIR": str(empty)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        line = process.stdout.readline()
        assert "listening on http://" in line, line
        host, port = line.split("http://")[1].strip().rsplit(":", 1)
        address = (host, int(port))
        html = {"Accept": "text/html"}
        page = request(address, "GET", "/", None, html)
        assert page.status == 200
        scripts = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.body.decode())
        assert [path for path in scripts if path.endswith(".js")], "the binary was built without the console"
        # What a script names is asked for as well, and so on: every page of the console.
        asked = set()
        while scripts:
            path = scripts.pop()
            if path in asked:
                continue
            asked.add(path)
            answer = request(address, "GET", path)
            assert answer.status == 200, path
            if path.endswith(".js"):
                scripts += [
                    f"/assets/{name}" for name in re.findall(r"\w[\w.-]*-[\w-]{8}\.(?:js|css)", answer.body.decode())
                ]
        assert len(asked) > 10
        for path in ("/docs", "/api/openapi.json", "/readyz"):
            assert request(address, "GET", path, None, html).status == 200, path
        children = [task.read_text() for task in (Path("/proc") / str(process.pid) / "task").glob("*/children")]
        assert "".join(children).split() == [], "one process"
        links = [os.readlink(link) for link in (Path("/proc") / str(process.pid) / "fd").iterdir() if link.is_symlink()]
        files = [Path(link) for link in links if link.startswith("/") and not link.startswith("/dev/")]
        assert [file for file in files if not file.is_relative_to(folder / "data")] == []
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["data", "vivencia"]
    assert list(empty.iterdir()) == []
