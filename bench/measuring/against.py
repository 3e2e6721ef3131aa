"""The same questions on Vivencia and on the strongest engines for them, in the same run, and whether they agree."""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from .agreement import difference
from .asking import Log, ask_vivencia, create_keys, questions_of
from .kept import once
from .peers.asked import QUESTIONS
from .program import Programs

BENCH = Path(__file__).resolve().parent.parent
PEERS = ("ClickHouse", "DuckDB", "Polars")
WARM_RUNS = 5
# One formulation of one question gets no more than this, but a cold and a warm run.
SECONDS_EACH = 45
# A formulation that is slower than this many times the best so far is asked once.
HOPELESS = 1.15
PM4PY_EVENTS = 1_000_000


class Peers:
    """The engines, each question in a process of its own."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.folder = folder

    def run(self, *arguments: object) -> dict:
        command = [self.python, "-m", "measuring.peers.ask", *map(str, arguments)]
        done = subprocess.run(command, cwd=BENCH, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def load(self, names: tuple[str, ...], log: dict, csv: Path) -> dict:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        described = self.folder / "log.json"
        described.write_text(json.dumps(log))
        parquet = self.folder / "log.parquet"
        loads = {name: self.run(name, "load", self.folder, described, csv, parquet) for name in names}
        return loads | {"Parquet": {"disk_bytes": parquet.stat().st_size}}

    def describe(self, name: str) -> dict:
        return self.run(name, "list", self.folder)

    def ask(self, name: str, question: str, formulations: list[str]) -> dict:
        """The answer of the fastest formulation."""
        best = None
        for formulation in formulations:
            limit_ms = best["median_ms"] * HOPELESS if best else float("inf")
            runs = (WARM_RUNS, SECONDS_EACH, limit_ms)
            measured = self.run(name, question, formulation, self.folder, *runs)
            measured |= {"median_ms": statistics.median(measured["warm_ms"]), "formulation": formulation}
            if best is None or measured["median_ms"] < best["median_ms"]:
                best = measured
        return best


def measure_against(
    programs: Programs, python: Path, directory: Path, csv: Path, log: dict, data_dir: Path, ways_of: Path | None
) -> dict:
    """Asks all; where answers differ, says so under `disagreements`. With the folder of an earlier run, peers are asked
    only in the ways that were the fastest there.
    """
    bandwidth = programs.measure("bandwidth", "--threads", 2)
    peers = Peers(python, directory / "peers")
    say("  the peers read the log")
    loads = once(directory / "loads.json", lambda: peers.load(("DuckDB", "ClickHouse"), log, csv))
    ways = {name: peers.describe(name) for name in PEERS}
    names = Log(log["activities"], log["channels"], log["campaign"])
    keys = create_keys(programs, data_dir, "read", "admin")
    results, disagreements = {}, []
    for question, asked in questions_of(names).items():
        told_by = {"Vivencia": lambda asked=asked: ask_vivencia(programs, data_dir, keys, names, asked)}
        for name in PEERS:
            formulations = ways[name]["formulations"][question]
            if ways_of:
                formulations = [json.loads((ways_of / f"{question}-{name}.json").read_text())["formulation"]]
            told_by[name] = lambda name=name, ways=formulations, of=question: peers.ask(name, of, ways)
        measured = {name: once(directory / f"{question}-{name}.json", answer) for name, answer in told_by.items()}
        told = {name: one["answer"] for name, one in measured.items() if one}
        disagreements += compare(question, told)
        results[question] = {name: {**one, "answer": None} if one else None for name, one in measured.items()}
        times = {name: f"{one['median_ms']:,.0f} ms" if one else "not asked" for name, one in measured.items()}
        say(f"  {question}: {', '.join(f'{name} {time}' for name, time in times.items())}")
    again = programs.measure("bandwidth", "--threads", 2)
    return {
        "bytes_per_second": max(bandwidth["bytes_per_second"], again["bytes_per_second"]),
        "loads": loads,
        "versions": {name: one["version"] for name, one in ways.items()},
        "questions": results,
        "disagreements": disagreements,
    }


def measure_pm4py(programs: Programs, python: Path, directory: Path, csv: Path, log: dict, data_dir: Path) -> dict:
    """The process map of a log that fits what pm4py can hold."""
    peers = Peers(python, directory / "pm4py")
    once(directory / "loads.json", lambda: peers.load(("DuckDB",), log, csv))
    names = Log(log["activities"], log["channels"], log["campaign"])
    keys = create_keys(programs, data_dir, "read", "admin")
    ours = ask_vivencia(programs, data_dir, keys, names, questions_of(names)["map"])
    listed = peers.describe("pm4py")
    theirs = peers.ask("pm4py", "map", listed["formulations"]["map"])
    disagreements = compare("map", {"Vivencia": ours["answer"], "pm4py": theirs["answer"]})
    measured = {"Vivencia": {**ours, "answer": None}, "pm4py": {**theirs, "answer": None}}
    return {"version": listed["version"], "map": measured, "disagreements": disagreements, "rows": log["rows"]}


def compare(question: str, answers: dict) -> list[str]:
    """Each answer against the first."""
    if QUESTIONS.get(question) is None or len(answers) < 2:
        return []
    (first, ours), *others = answers.items()
    found = []
    for name, theirs in others:
        where = difference(question, ours, theirs)
        if where:
            found.append(f"{QUESTIONS[question].words}: {first} and {name} disagree, {where}"[:2000])
    return found


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
