"""What an event of a Segment SDK must have become, field by field."""

import datetime
import json
import os
import subprocess
from pathlib import Path

from harness import product
from harness.export import Exported, export_events

ACTIVITY_OF = {"page": "Page Viewed", "screen": "Screen Viewed"}
BECOMES_A_PROPERTY = {"page": ("name", "category"), "screen": ("name", "category"), "group": ("groupId",)}
# Members with a place of their own; any other one is kept beside the context.
HAS_A_PLACE = {
    "type", "event", "messageId", "timestamp", "sentAt", "originalTimestamp", "userId", "anonymousId", "previousId",
    "properties", "context", "traits", "writeKey",
}  # fmt: skip
EXTRA = "_extra"


def interpreter(version: str) -> Path:
    """Python with this version of segment-analytics-python: made by `make test`, or now."""
    name = f"VIVENCIA_VENV_SEGMENT_{version.replace('.', '_')}"
    made = os.environ.get(name)
    if made is None:
        script = product.REPOSITORY / "scripts" / "venv.sh"
        requirements = product.REPOSITORY / "e2e" / "requirements" / f"segment-{version}.txt"
        made = subprocess.run([script, requirements], check=True, capture_output=True, text=True).stdout.strip()
    return Path(made) / "bin" / "python"


def assert_arrived(sent: list[dict], data_dir: Path, folder: Path):
    """Everything sent is stored once, field by field, and nothing else is."""
    stored = export_events(data_dir, folder)
    by_id = {event.message_id: event for event in stored}
    assert len(by_id) == len(stored), "an event is stored twice"
    assert by_id.keys() == {message["messageId"] for message in sent}
    faults = [fault for message in sent for fault in differences(message, by_id[message["messageId"]])]
    assert faults == []
    assert_traits_are_known(sent, data_dir)


def milliseconds(text: str) -> int:
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def differences(message: dict, event: Exported) -> list[str]:
    kind = message["type"]
    faults = []

    def expect(what, wanted, found):
        # As JSON, so that `true` is not 1 and 1 is not 1.0, and the order of members does not matter.
        if json.dumps(wanted, sort_keys=True) != json.dumps(found, sort_keys=True):
            faults.append(f"{kind} {message['messageId']}: {what} is {found!r}, not {wanted!r}")

    expect("kind", kind, event.kind)
    expect("activity", message["event"] if kind == "track" else ACTIVITY_OF.get(kind), event.activity)
    expect("original_at", milliseconds(message["timestamp"]), milliseconds(event.original_at))
    expect("occurred_at", milliseconds(message["timestamp"]), milliseconds(event.occurred_at))
    expect("sent_at is known", True, event.sent_at is not None)
    for field, identifier in (("userId", "user_id"), ("anonymousId", "anonymous_id")):
        if message.get(field) is not None:
            expect(field, True, message[field] in event.identifiers.get(identifier, []))
    if kind == "alias" and message["previousId"] != message["userId"]:
        expect("previousId", True, message["previousId"] in event.identifiers.get("anonymous_id", []))

    properties = dict((message.get("traits") if kind == "group" else message.get("properties")) or {})
    for name in BECOMES_A_PROPERTY.get(kind, ()):
        if message.get(name) is not None:
            properties.setdefault(name, message[name])
    expect("properties", properties, event.properties)
    expect("channel", properties.get("channel", channel_of(message)), event.channel)
    expect("unit", properties.get("store_id"), event.unit)

    context = {name: value for name, value in (message.get("context") or {}).items() if name != "traits"}
    if "ip" in context:
        context["ip"] = context["ip"].rsplit(".", 1)[0] + ".0"
    kept = {name: value for name, value in event.context.items() if name != EXTRA}
    expect("context", context, kept)

    elsewhere = HAS_A_PLACE | set(BECOMES_A_PROPERTY.get(kind, ()))
    extra = {name: value for name, value in message.items() if name not in elsewhere and value not in (None, {})}
    found = {name: value for name, value in event.context.get(EXTRA, {}).items() if value not in (None, {})}
    expect("other members", extra, {name: value for name, value in found.items() if name in extra})
    return faults


def channel_of(message: dict) -> str | None:
    """Web for the script of pages; the libraries of servers say nothing about where the customer was."""
    library = ((message.get("context") or {}).get("library") or {}).get("name", "")
    return "web" if library == "analytics.js" else None


def assert_traits_are_known(sent: list[dict], data_dir: Path):
    """The latest value of every trait is found with the customer."""
    latest: dict[str, dict] = {}
    for message in sent:
        if message.get("userId") is None:
            continue
        traits = dict((message.get("context") or {}).get("traits") or {})
        if message["type"] == "identify":
            traits |= message.get("traits") or {}
        known = {name: value for name, value in traits.items() if value is not None}
        latest.setdefault(message["userId"], {}).update(known)
    assert any(latest.values()), "no traits were sent"
    for user, traits in latest.items():
        if not traits:
            continue
        found = product.run_json("customers", "find", "--data-dir", data_dir, user)
        (customer,) = found["customers"]
        shown = product.run_json("customers", "show", "--data-dir", data_dir, customer["id"])
        known = {fact["name"]: fact["value"] for fact in shown["traits"]}
        for name, value in traits.items():
            assert known.get(name) == value, f"{user}: {name} is {known.get(name)!r}, not {value!r}"
