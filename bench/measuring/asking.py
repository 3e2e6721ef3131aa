"""The questions of `peers.asked`, asked of Vivencia over HTTP, and its answers in the codes of the log."""

import statistics
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from . import machine
from .peers.asked import (
    CONVERSION,
    DAY_MS,
    FIRST_MONDAY_MS,
    FUNNEL,
    LOOK_BACK_MS,
    PATH_LENGTH,
    PATH_START,
    PATH_TOP,
    RETENTION_WEEKS,
    SOME_CHANNELS,
    TOUCHES,
    YEAR_START_MS,
)
from .program import Programs, Server, memory, serving

WARM_RUNS = 5
# Until the memory that starting took has been given back.
SETTLING_SECONDS = 2
NO_SUCH_ROUTE = 404


@dataclass(frozen=True)
class Log:
    activities: list[str]
    channels: list[str]
    campaign: str

    def activity(self, name: str) -> int:
        return self.activities.index(name)


@dataclass(frozen=True)
class Asked:
    path: str
    read: Callable[[dict, Log], object]


def questions_of(log: Log) -> dict[str, Asked]:
    steps = [("step", log.activities[code]) for code in FUNNEL]
    in_campaign = [("step", f"{steps[0][1]}[campaign={log.campaign}]"), *steps[1:]]
    channels = [("channel", log.channels[code]) for code in SOME_CHANNELS]
    paths = {"from_activity": log.activities[PATH_START], "length": PATH_LENGTH, "top": PATH_TOP}
    touches = [("touch", log.activities[code]) for code in TOUCHES]
    attribution = [("outcome", log.activities[CONVERSION]), *touches, ("window", f"{LOOK_BACK_MS // DAY_MS}d")]
    attribution.append(("path", "whole_window"))
    asked = {
        "funnel": Asked(f"funnel?{urlencode(steps)}", _customers),
        "funnel_medians": Asked(f"funnel?{urlencode(steps)}", _customers_and_medians),
        "map": Asked("map", _edges),
        "map_medians": Asked("map?medians=true", _edges),
        "paths": Asked(f"paths?{urlencode(paths)}", _paths),
        "retention": Asked(f"retention?every=week&after={RETENTION_WEEKS}", _retention),
        "attribution": Asked(f"attribution?{urlencode(attribution)}", _attribution),
        "daily": Asked("daily", _daily),
        "funnel_property": Asked(f"funnel?{urlencode(in_campaign)}", _customers),
        "funnel_channels": Asked(f"funnel?{urlencode([*steps, *channels])}", _customers),
    }
    return {question: Asked(f"/api/v1/journeys/{one.path}", one.read) for question, one in asked.items()}


def create_keys(programs: Programs, data_dir: Path, *scopes: str) -> dict[str, str]:
    """By scope. Their names are new, as an earlier run may have left others in the same directory."""
    command = ("key", "create", "--data-dir", data_dir)
    now = time.time_ns()
    return {scope: programs.ask(*command, "--name", f"{scope} {now}", "--scope", scope) for scope in scopes}


def ask_vivencia(programs: Programs, data_dir: Path, keys: dict[str, str], log: Log, asked: Asked) -> dict | None:
    """A server that has just started is asked cold and then warm; none where it has no such question. One key asks, and
    one reads what the server measures of itself.
    """
    with serving(programs, data_dir) as server:
        time.sleep(SETTLING_SECONDS)
        idle = memory(server.process)
        is_cold = machine.drop_page_cache()
        try:
            answer, cold_ms = server.get(asked.path, keys["read"])
        except urllib.error.HTTPError as refused:
            if refused.code == NO_SUCH_ROUTE:
                return None
            raise RuntimeError(f"{asked.path} is refused: {refused.read().decode()}") from refused
        busy, own = machine.busy_seconds(), machine.process_seconds(server.process)
        begun = time.perf_counter()
        before = _answering_ms(server, keys["admin"])
        warm = [server.get(asked.path, keys["read"])[1] for _ in range(WARM_RUNS)]
        inside_ms = (_answering_ms(server, keys["admin"]) - before) / WARM_RUNS
        elapsed = time.perf_counter() - begun
        others = machine.busy_seconds() - busy - (machine.process_seconds(server.process) - own)
        used = memory(server.process)
    return {
        "cold_ms": cold_ms if is_cold else None,
        "warm_ms": warm,
        "median_ms": statistics.median(warm),
        "inside_ms": inside_ms,
        "idle_memory": idle,
        "memory": used,
        "others_cores": max(0.0, others / elapsed),
        "answer": asked.read(answer, log),
    }


def _answering_ms(server: Server, key: str) -> float:
    """What the server says it has spent on answering so far."""
    [line] = [
        line
        for line in server.get_text("/metrics", key).splitlines()
        if line.startswith("vivencia_request_seconds_sum")
    ]
    return float(line.split()[-1]) * 1000


def _customers(answer: dict, _log: Log) -> list:
    return [step["customers"] for step in answer["steps"]]


def _customers_and_medians(answer: dict, _log: Log) -> list:
    return [[step["customers"], step["median_ms"]] for step in answer["steps"]]


def _edges(answer: dict, log: Log) -> list:
    figures = lambda edge: [edge["events"], edge["mean_ms"], *([edge["median_ms"]] if "median_ms" in edge else [])]
    return [[log.activity(edge["from"]), log.activity(edge["to"]), *figures(edge)] for edge in answer["edges"]]


def _paths(answer: dict, log: Log) -> list:
    return [[*map(log.activity, path["activities"][1:]), path["count"]] for path in answer["paths"]]


def _retention(answer: dict, _log: Log) -> list:
    """All of a cohort in the place of week 0, as the peers have it; the product says who came back within that week."""
    rows = []
    for cohort in answer["cohorts"]:
        began = _days_since(FIRST_MONDAY_MS, cohort["first_day"]) // 7
        later = [returned["customers"] for returned in cohort["returned"][1:]]
        rows += [[began, after, count] for after, count in enumerate([cohort["customers"], *later]) if count]
    return rows


def _attribution(answer: dict, log: Log) -> dict:
    channels = [[0, 0, 0.0] for _ in log.channels]
    for credit in answer["credits"]:
        first, last, linear = (credit[model]["outcomes"] for model in ("first", "last", "linear"))
        channels[log.channels.index(credit["channel"])] = [round(first), round(last), linear]
    return {"channels": channels, "conversions": answer["outcomes"], "without": answer["without_touch"]}


def _daily(answer: dict, log: Log) -> list:
    days = [_days_since(YEAR_START_MS, day) for day in answer["days"]]
    return [
        [log.activity(counted["activity"]), day, events, customers]
        for counted in answer["activities"]
        for day, events, customers in zip(days, counted["events"], counted["customers"], strict=True)
        if events
    ]


def _days_since(start_ms: int, day: str) -> int:
    return (date.fromisoformat(day) - datetime.fromtimestamp(start_ms / 1000, UTC).date()).days
