"""The journey questions answered the obvious way, customer by customer, to compare real logs with."""

from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

from harness.process_map import read_csv

DAY_MS = 86_400_000


def journeys(path: Path) -> dict[str, list[tuple[int, str]]]:
    """`(occurred_at in ms, activity)` of each customer; ties keep the order of the file."""
    frame = read_csv(path)
    instants = frame["occurred_at"].dt.as_unit("ms").astype("int64")
    lived = defaultdict(list)
    for customer, occurred_at, activity in zip(frame["customer"], instants, frame["activity"], strict=True):
        lived[customer].append((int(occurred_at), activity))
    for events in lived.values():
        events.sort(key=lambda event: event[0])
    return lived


def funnel(lived, steps: list[str], window_ms: int) -> list[tuple[int, float | None]]:
    """Customers and median wait of each step; the steps are different activities."""
    waits = [[] for _ in steps]
    for events in lived.values():
        begun: dict[int, int] = {}
        last: dict[int, int] = {}
        for occurred_at, activity in events:
            if activity not in steps:
                continue
            level = steps.index(activity)
            if level == 0:
                start, wait = occurred_at, 0
            elif level - 1 in begun and occurred_at - begun[level - 1] <= window_ms:
                start, wait = begun[level - 1], occurred_at - last[level - 1]
            else:
                continue
            if level not in begun:
                waits[level].append(wait)
            begun[level] = max(start, begun.get(level, 0))
            last[level] = occurred_at
    return [(len(wait), float(median(wait)) if level and wait else None) for level, wait in enumerate(waits)]


def paths(lived, start: str, length: int) -> tuple[Counter, dict[tuple[str, ...], set], int]:
    """How often each path was walked, by whom, and how often `start` occurred."""
    counts: Counter = Counter()
    walkers = defaultdict(set)
    occurrences = 0
    for customer, events in lived.items():
        names = [activity for _, activity in events]
        for at, name in enumerate(names):
            if name != start:
                continue
            occurrences += 1
            path = tuple(names[at : at + length])
            if len(path) == length:
                counts[path] += 1
                walkers[path].add(customer)
    return counts, walkers, occurrences
