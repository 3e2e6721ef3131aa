"""What the ten questions take as the log grows: the warm medians of the latest run at each size, side by side."""

import json
from pathlib import Path

from .peers.asked import QUESTIONS
from .report_peers import heap_of
from .sections import section
from .table import ms_of, size_of, table

MILLION = 1_000_000


def keep(file: Path, results: dict) -> dict:
    """Puts what was measured at this size among what the file keeps of others; returns all of it by size."""
    sizes = json.loads(file.read_text()) if file.exists() else {}
    about = dict(results["about"])
    measured = {question: one["Vivencia"] for question, one in results["peers"]["questions"].items() if one["Vivencia"]}
    sizes[str(results["log"]["rows"])] = {
        "date": about["date"],
        "commit": about["commit"],
        "customers": results["log"]["customers"],
        "questions": {
            question: {"median_ms": round(one["median_ms"], 3), "heap_bytes": heap_of(one)}
            for question, one in measured.items()
        },
    }
    sizes = {rows: sizes[rows] for rows in sorted(sizes, key=int)}
    file.write_text(json.dumps(sizes, indent=2) + "\n")
    return sizes


def write(sizes: dict) -> str:
    measured = {int(rows): one for rows, one in sizes.items()}
    heads = [f"{rows / MILLION:g} million" for rows in measured]
    times, heaps = [], []
    for question, asked in QUESTIONS.items():
        each = {rows: one["questions"].get(question) for rows, one in measured.items()}
        times.append([asked.words, *(_time(one, rows) for rows, one in each.items())])
        heaps.append([asked.words, *(size_of(one["heap_bytes"]) if one else "" for one in each.values())])
    runs = [f"{head}: {one['date']}, {one['commit']}" for head, one in zip(heads, measured.values(), strict=True)]
    parts = [
        "## Growth",
        "Vivencia's warm medians by the client, from the latest run of each size below, and in brackets what a million "
        f"events take of them. Date and commit: {'; '.join(runs)}.",
        table(["question, events", *heads], times),
        "*Heap*: what answering added to memory that is not mapped.",
        table(["heap, events", *heads], heaps),
    ]
    return section("growth", 0, parts)


def _time(one: dict | None, rows: int) -> str:
    if one is None:
        return ""
    return f"**{ms_of(one['median_ms'])}** ({ms_of(one['median_ms'] * MILLION / rows)})"
