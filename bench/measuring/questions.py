"""Questions about lived journeys, asked of a running server over HTTP."""

import statistics
import time
from pathlib import Path
from urllib.parse import quote, urlencode

from .program import Programs, Server, memory, serving

WARM_RUNS = 5
SIGN_INS = "customer=user,customer:loyalty_card=customer,activity=activity,occurred_at=occurred_at"
# Until the memory that starting took has been given back.
SETTLING_SECONDS = 3


def measure_questions(programs: Programs, data_dir: Path, log: dict, sign_ins: Path) -> dict:
    """The questions as the import left the timeline, and again after a fifth of the customers were merged since."""
    steps = log["funnel"]
    questions = [
        (f"funnel of {len(steps)} steps, 7 days, medians", "funnel?" + urlencode([("step", step) for step in steps])),
        ("process map, means", "map"),
        ("process map, means and medians", "map?medians=true"),
        (f"top 50 paths of length 5 from {steps[0]}", f"paths?from_activity={quote(steps[0])}&length=5&top=50"),
    ]
    with serving(programs, data_dir) as server:
        key = programs.ask("key", "create", "--data-dir", data_dir, "--name", "questions", "--scope", "read")
        time.sleep(SETTLING_SECONDS)
        idle = memory(server.process)
        answers = _ask_all(server, key, questions, log)
        asked = memory(server.process)
        started = server.seconds_to_start
        written = programs.measure("sign-ins", "--customers", log["customers"], "--out", sign_ins)
        programs.ask("events", "import", "--data-dir", data_dir, sign_ins, "--map", SIGN_INS, "--time-zone", "UTC")
        merged = {
            "rows": log["rows"] + written["rows"],
            "customers": log["customers"] - written["customers"] + written["people"],
        }
        merged_answers = _ask_all(server, key, questions, merged)
        merged_memory = memory(server.process)
    return {
        "answers": answers,
        "seconds_to_start": started,
        "idle_memory": idle,
        "asked_memory": asked,
        "merged_customers": written["customers"],
        "merged_answers": merged_answers,
        "merged_memory": merged_memory,
    }


def _ask_all(server: Server, key: str, questions: list[tuple[str, str]], log: dict) -> dict:
    answers = {name: _ask(server, key, f"/api/v1/journeys/{path}") for name, path in questions}
    for answer in answers.values():
        _check(answer.pop("answer"), log)
    return answers


def _ask(server: Server, key: str, path: str) -> dict:
    answer, first = server.get(path, key)
    warm = [server.get(path, key)[1] for _ in range(WARM_RUNS)]
    return {"first_ms": first, "median_ms": statistics.median(warm), "slowest_ms": max(warm), "answer": answer}


def _check(answer: dict, log: dict) -> None:
    """A fast answer that has lost events is no answer."""
    if "nodes" in answer:
        events = sum(node["events"] for node in answer["nodes"])
        pairs = sum(edge["events"] for edge in answer["edges"])
        if (events, pairs) != (log["rows"], log["rows"] - log["customers"]):
            raise RuntimeError(f"the map has {events} events and {pairs} pairs of {log['rows']}")
    if "steps" in answer:
        reached = [step["customers"] for step in answer["steps"]]
        if not reached[-1] or reached != sorted(reached, reverse=True):
            raise RuntimeError(f"the funnel was answered with {reached}")
    if "paths" in answer and len(answer["paths"]) != 50:
        raise RuntimeError(f"{len(answer['paths'])} paths were answered")
