"""Stored events as `events export` writes them, with what is personal put back where it was."""

import json
from dataclasses import dataclass
from pathlib import Path

from harness import product


@dataclass
class Exported:
    message_id: str
    kind: str
    activity: str | None
    channel: str | None
    unit: str | None
    customer: str
    identifiers: dict[str, list[str]]
    occurred_at: str
    original_at: str
    sent_at: str | None
    received_at: str
    seq: int
    properties: dict
    context: dict


def export_lines(data_dir: Path, folder: Path, is_personal: bool = True) -> list[dict]:
    out = folder / "export.jsonl"
    personal = ("--with-personal",) if is_personal else ()
    product.run("events", "export", "--data-dir", data_dir, "--format", "jsonl", "--out", out, *personal)
    with out.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def export_events(data_dir: Path, folder: Path) -> list[Exported]:
    return [read(line) for line in export_lines(data_dir, folder)]


def read(line: dict) -> Exported:
    whole = {name: line[name] for name in ("properties", "context")} | {"event": line["activity"]}
    for path, value in (line.get("personal") or {}).items():
        put_back(whole, path.split("."), value)
    identifiers: dict[str, list[str]] = {}
    for text in line.get("identifiers") or []:
        kind, value = text.split(":", 1)
        identifiers.setdefault(kind, []).append(value)
    same = ("message_id", "kind", "channel", "unit", "customer", "occurred_at", "original_at", "sent_at")
    same += ("received_at", "seq")
    return Exported(
        **{name: line[name] for name in same},
        activity=whole["event"],
        identifiers=identifiers,
        properties=whole["properties"],
        context=whole["context"],
    )


def put_back(into, steps: list[str], value):
    """Sets the value at a path; names may have dots in them, so the longest one that is there is taken."""
    if isinstance(into, list):
        at, rest = int(steps[0]), steps[1:]
    else:
        lengths = [length for length in range(len(steps), 0, -1) if ".".join(steps[:length]) in into]
        length = lengths[0] if lengths else len(steps)
        at, rest = ".".join(steps[:length]), steps[length:]
    if rest:
        put_back(into[at], rest, value)
    else:
        into[at] = value
