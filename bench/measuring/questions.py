"""The ten questions, asked of a running server over HTTP: quiet, and after a fifth of the customers were merged."""

import statistics
import time
from collections.abc import Iterable
from pathlib import Path

from .asking import Asked, Log, create_keys, questions_of
from .copies import copied
from .peers.asked import PATH_TOP
from .program import Programs, Server, memory, serving

WARM_RUNS = 5
SIGN_INS = "customer=user,customer:loyalty_card=customer,activity=activity,occurred_at=occurred_at"
# Until the memory that starting took has been given back.
SETTLING_SECONDS = 3


def measure_questions(programs: Programs, data_dir: Path, log: dict) -> dict:
    """The questions as the import left the timeline, and again after a fifth of the customers were merged since."""
    questions = questions_of(Log(log["activities"], log["channels"], log["campaign"]))
    sign_ins = data_dir.with_name("sign-ins.csv")
    with copied(data_dir, data_dir.with_name("merged")) as copy, serving(programs, copy) as server:
        key = create_keys(programs, copy, "read")["read"]
        time.sleep(SETTLING_SECONDS)
        idle = memory(server.process)
        answers = _ask_all(server, key, questions, log)
        asked = memory(server.process)
        written = programs.measure("sign-ins", "--customers", log["customers"], "--out", sign_ins)
        programs.ask("events", "import", "--data-dir", copy, sign_ins, "--map", SIGN_INS, "--time-zone", "UTC")
        sign_ins.unlink()
        merged = {
            "rows": log["rows"] + written["rows"],
            "customers": log["customers"] - written["customers"] + written["people"],
        }
        merged_answers = _ask_all(server, key, questions, merged)
        merged_memory = memory(server.process)
    return {
        "answers": answers,
        "seconds_to_start": server.seconds_to_start,
        "idle_memory": idle,
        "asked_memory": asked,
        "merged_customers": written["customers"],
        "merged_answers": merged_answers,
        "merged_memory": merged_memory,
    }


def _ask_all(server: Server, key: str, questions: dict[str, Asked], log: dict) -> dict:
    answers = {}
    for question, asked in questions.items():
        answer, first = server.get(asked.path, key)
        check(answer, log["rows"], log["customers"])
        answers[question] = {"first_ms": first} | times(server.get(asked.path, key)[1] for _ in range(WARM_RUNS))
    return answers


def times(taken_ms: Iterable[float]) -> dict:
    taken = list(taken_ms)
    return {"median_ms": statistics.median(taken), "slowest_ms": max(taken), "answers": len(taken)}


def check(answer: dict, rows: int, customers: int) -> None:
    """A fast answer that has lost events is no answer."""
    if "nodes" in answer:
        events = sum(node["events"] for node in answer["nodes"])
        pairs = sum(edge["events"] for edge in answer["edges"])
        if (events, pairs) != (rows, rows - customers):
            raise RuntimeError(f"the map has {events} events and {pairs} pairs of {rows}")
    if "steps" in answer:
        reached = [step["customers"] for step in answer["steps"]]
        if not reached[-1] or reached != sorted(reached, reverse=True):
            raise RuntimeError(f"the funnel was answered with {reached}")
    if "paths" in answer and len(answer["paths"]) != PATH_TOP:
        raise RuntimeError(f"{len(answer['paths'])} paths were answered")
