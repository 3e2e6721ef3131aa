"""One engine and one question in a process of its own, with the packages of the peers; prints an object of JSON.

usage: python -m measuring.peers.ask ENGINE load FOLDER LOG.json CSV PARQUET
       python -m measuring.peers.ask ENGINE QUESTION FORMULATION FOLDER RUNS SECONDS SLOWER_THAN_MS
       python -m measuring.peers.ask ENGINE list FOLDER
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

from .. import machine
from ..machine import drop_page_cache
from ..program import memory
from .asked import QUESTIONS

ENGINES = {"ClickHouse": "clickhouse", "DuckDB": "duckdb", "Polars": "polars", "pm4py": "pm4py"}


def open_engine(name: str, folder: Path) -> object:
    module = importlib.import_module(f".{ENGINES[name]}", __package__)
    classes = {"ClickHouse": "ClickHouse", "DuckDB": "DuckDb", "Polars": "Polars", "pm4py": "Pm4py"}
    return getattr(module, classes[name])(folder)


def load(name: str, folder: Path, log: Path, csv: Path, parquet: Path) -> dict:
    begun = time.perf_counter()
    done = open_engine(name, folder).load(json.loads(log.read_text()), csv, parquet)
    return done | {"seconds": time.perf_counter() - begun, "memory": memory(os.getpid())}


def list_formulations(name: str, folder: Path) -> dict:
    engine = open_engine(name, folder)
    return {
        "version": engine.version(),
        "formulations": {question: list(engine.formulations(question)) for question in QUESTIONS},
    }


def ask(name: str, question: str, formulation: str, folder: Path, runs: int, seconds: float, limit_ms: float) -> dict:
    """A cold run, then warm ones: `runs` of them, or as many as the seconds allow, at least one. The first warm one is
    the last when it took longer than `limit_ms`: another formulation was faster.
    """
    run = open_engine(name, folder).formulations(question)[formulation]
    is_cold = drop_page_cache()
    busy, own = machine.busy_seconds(), time.process_time()
    begun = time.perf_counter()
    answer = run()
    cold_ms = (time.perf_counter() - begun) * 1000
    warm_ms = []
    while not warm_ms or (len(warm_ms) < runs and warm_ms[0] <= limit_ms and time.perf_counter() - begun < seconds):
        asked = time.perf_counter()
        again = run()
        warm_ms.append((time.perf_counter() - asked) * 1000)
    if fingerprint(again) != fingerprint(answer):
        raise RuntimeError(f"{name} answers {question} with two answers")
    elapsed = time.perf_counter() - begun
    others = machine.busy_seconds() - busy - (time.process_time() - own)
    return {
        "cold_ms": cold_ms if is_cold else None,
        "warm_ms": warm_ms,
        "answer": answer,
        "memory": memory(os.getpid()),
        "others_cores": others / elapsed,
    }


def fingerprint(answer: object) -> object:
    """The same for answers that differ in the order of rows and in the last digits of sums."""
    if isinstance(answer, dict):
        return {name: fingerprint(value) for name, value in answer.items()}
    if isinstance(answer, list | tuple):
        parts = [fingerprint(value) for value in answer]
        return sorted(parts, key=repr) if parts and isinstance(parts[0], list) else parts
    return float(f"{answer:.9g}") if isinstance(answer, float) else answer


def main() -> None:
    name, what, *rest = sys.argv[1:]
    if what == "load":
        printed = load(name, *map(Path, rest))
    elif what == "list":
        printed = list_formulations(name, Path(rest[0]))
    else:
        formulation, folder, runs, seconds, limit_ms = rest
        printed = ask(name, what, formulation, Path(folder), int(runs), float(seconds), float(limit_ms))
    print(json.dumps(printed))


if __name__ == "__main__":
    main()
