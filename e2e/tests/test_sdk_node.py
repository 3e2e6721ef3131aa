"""@segment/analytics-node, unmodified."""

import json
import subprocess

from harness import product, segment

DRIVERS = product.REPOSITORY / "e2e" / "drivers"


def run_driver(name, server, key, out, *more):
    command = ["node", DRIVERS / name, "--host", server.url, "--key", key, "--out", out, *more]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(out.read_text(encoding="utf-8"))


def test_every_field_arrives_from_node(server, collect_key, data_dir, tmp_path):
    report = run_driver("node_sdk.mjs", server, collect_key, tmp_path / "sent.json")
    assert report["errors"] == []
    on_the_wire = {event["messageId"] for request in report["requests"] for event in request["body"]["batch"]}
    assert on_the_wire == {event["messageId"] for event in report["sent"]}
    assert all(request["url"] == f"{server.url}/v1/batch" for request in report["requests"])

    sent = report["sent"]
    segment.assert_arrived(sent, data_dir, tmp_path)
    assert product.counts(data_dir) == {"received": len(sent), "stored": len(sent), "duplicate": 0, "dead": 0}
