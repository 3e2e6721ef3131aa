"""segment-analytics-python, unmodified, in the version that needs exactly 200 and in the newest."""

import json
import subprocess

import pytest

from harness import product, segment
from harness.export import export_events

VERSIONS = ["2.3.4", "2.4.0"]
DRIVER = product.REPOSITORY / "e2e" / "drivers" / "python_sdk.py"


def start_driver(version, server, key, out, *more):
    command = [segment.interpreter(version), DRIVER, "--host", server.url, "--key", key, "--out", out, *more]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=product.clean_environment(), **pipes)


def finish(driver, out) -> list[dict]:
    _, complaints = driver.communicate(timeout=120)
    assert driver.returncode == 0, complaints
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["errors"] == [], complaints
    return report["sent"]


@pytest.mark.parametrize("more", [(), ("--gzip",)], ids=["plain", "gzip"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_field_arrives(version, more, server, collect_key, data_dir, tmp_path):
    out = tmp_path / "sent.json"
    sent = finish(start_driver(version, server, collect_key, out, *more), out)
    segment.assert_arrived(sent, data_dir, tmp_path)
    assert product.counts(data_dir) == {"received": len(sent), "stored": len(sent), "duplicate": 0, "dead": 0}
    # One thread of the SDK sends one batch after the other.
    numbers = {event.message_id: event.seq for event in export_events(data_dir, tmp_path)}
    in_order_of_sending = [numbers[message["messageId"]] for message in sent]
    assert in_order_of_sending == sorted(in_order_of_sending)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_killed_between_two_flushes_loses_and_doubles_nothing(version, data_dir, tmp_path):
    server = product.Server(data_dir).start()
    key = product.create_key(data_dir, "tests", "collect")
    out = tmp_path / "sent.json"
    driver = start_driver(version, server, key, out, "--pause")
    assert driver.stdout.readline().strip() == "half", driver.stderr.read()
    server.kill()
    # The SDK already sends its second half while nobody listens, and tries again.
    driver.stdin.write("go on\n")
    driver.stdin.flush()
    server.listen_again().start()
    try:
        sent = finish(driver, out)
        segment.assert_arrived(sent, data_dir, tmp_path)
        assert product.counts(data_dir)["stored"] == len(sent)
    finally:
        server.kill()
