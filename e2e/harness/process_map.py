"""The process map as pm4py discovers it, and as the product answers it, in one form."""

import contextlib
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas


@dataclass
class ProcessMap:
    """Nodes, edges, starts and ends; and how many customers lived each variant: a whole history."""

    nodes: dict[str, tuple[int, int]] = field(default_factory=dict)
    edges: dict[tuple[str, str], int] = field(default_factory=dict)
    mean_ms: dict[tuple[str, str], float] = field(default_factory=dict)
    median_ms: dict[tuple[str, str], float] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    variants: dict[tuple[str, ...], int] = field(default_factory=dict)


def read_csv(path: Path) -> pandas.DataFrame:
    frame = pandas.read_csv(path, dtype={"customer": "string", "activity": "string"})
    frame["occurred_at"] = pandas.to_datetime(frame["occurred_at"], format="ISO8601", utc=True)
    return frame


def by_pm4py(path: Path) -> ProcessMap:
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415 (slow to load, and greets on standard output)

    names = {"customer": "case:concept:name", "activity": "concept:name", "occurred_at": "time:timestamp"}
    frame = read_csv(path).rename(columns=names)
    edges, starts, ends = pm4py.discover_dfg(frame)
    variants = pm4py.get_variants(frame)
    durations, _, _ = pm4py.discover_performance_dfg(frame)
    per_activity = frame.groupby("concept:name")["case:concept:name"].agg(["size", "nunique"])
    return ProcessMap(
        nodes={activity: (int(row["size"]), int(row["nunique"])) for activity, row in per_activity.iterrows()},
        edges={pair: int(count) for pair, count in edges.items()},
        mean_ms={pair: float(values["mean"]) * 1000 for pair, values in durations.items()},
        median_ms={pair: float(values["median"]) * 1000 for pair, values in durations.items()},
        starts={activity: int(count) for activity, count in starts.items()},
        ends={activity: int(count) for activity, count in ends.items()},
        variants={variant: int(count) for variant, count in variants.items()},
    )


def cut(variants: dict[tuple[str, ...], int], length: int) -> dict[tuple[str, ...], int]:
    """Histories as the product names them: those that are longer are cut, and end with an ellipsis."""
    found = Counter()
    for variant, count in variants.items():
        found[variant if len(variant) <= length else (*variant[:length], "…")] += count
    return dict(found)


def variants_of(answer: dict) -> dict[tuple[str, ...], int]:
    paths = {(*path["activities"], *("…" if path.get("goes_on") else "")): path for path in answer["paths"]}
    assert len(paths) == len(answer["paths"]), "a variant is listed twice"
    return {variant: path["count"] for variant, path in paths.items()}


def of_answer(answer: dict) -> ProcessMap:
    edges = {(edge["from"], edge["to"]): edge for edge in answer["edges"]}
    assert len(edges) == len(answer["edges"]), "an edge is listed twice"
    return ProcessMap(
        nodes={node["activity"]: (node["events"], node["customers"]) for node in answer["nodes"]},
        edges={pair: edge["events"] for pair, edge in edges.items()},
        mean_ms={pair: edge["mean_ms"] for pair, edge in edges.items()},
        median_ms={pair: edge["median_ms"] for pair, edge in edges.items() if "median_ms" in edge},
        starts={start["activity"]: start["customers"] for start in answer["starts"]},
        ends={end["activity"]: end["customers"] for end in answer["ends"]},
    )


def differences(expected: dict, found: dict) -> dict:
    """What differs, by key, as (expected, found): readable when it is not empty."""
    keys = expected.keys() | found.keys()
    return {key: (expected.get(key), found.get(key)) for key in keys if expected.get(key) != found.get(key)}


def far(expected: dict[tuple, float], found: dict[tuple, float]) -> dict:
    """Durations further apart than the rounding of a double allows."""
    keys = expected.keys() | found.keys()
    apart = {key: (expected.get(key), found.get(key)) for key in keys}
    return {key: pair for key, pair in apart.items() if None in pair or abs(pair[0] - pair[1]) > 1e-9 * max(1.0, *pair)}
