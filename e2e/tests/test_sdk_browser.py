"""@segment/analytics-next, unmodified, in a real Chromium, from a page of another origin."""

import json
import shutil
import subprocess

import pytest

from harness import product, segment
from harness.export import export_events

DRIVER = product.REPOSITORY / "e2e" / "drivers" / "browser_sdk.mjs"


def drive(server, key, out, delivery):
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make test` installs Debian's"
    command = ["node", DRIVER, "--host", server.url, "--key", key, "--out", out, "--delivery", delivery]
    result = subprocess.run(
        [*command, "--chromium", chromium], capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("delivery", ["standard", "batching"])
def test_every_field_arrives_from_a_page(delivery, server, collect_key, data_dir, tmp_path):
    report = drive(server, collect_key, tmp_path / "sent.json", delivery)
    assert report["messages"] == [], "the browser complained"
    assert report["isDelivered"], json.dumps(report["requests"])[:3000]

    preflights = [request for request in report["requests"] if request["method"] == "OPTIONS"]
    posts = [request for request in report["requests"] if request["method"] == "POST"]
    assert preflights, "the page is of another origin, so the browser must have asked first"
    assert {request["status"] for request in report["requests"]} <= {200, 204}
    paths = {request["url"].removeprefix(f"{server.url}/v1/") for request in posts}
    assert paths == ({"b"} if delivery == "batching" else {"i", "t", "p", "s", "g", "a"})

    sent = report["sent"]
    segment.assert_arrived(sent, data_dir, tmp_path)
    assert product.counts(data_dir) == {"received": len(sent), "stored": len(sent), "duplicate": 0, "dead": 0}


def test_an_anonymous_visitor_who_signs_in_is_one_customer(server, collect_key, data_dir, tmp_path):
    report = drive(server, collect_key, tmp_path / "sent.json", "standard")
    events = {event.message_id: event for event in export_events(data_dir, tmp_path)}
    before, after = report["sent"][1], report["sent"][3]
    assert "userId" not in before
    assert after["userId"] == "b-ñandú-1"
    assert events[before["messageId"]].customer == events[after["messageId"]].customer
