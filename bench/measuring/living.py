"""The questions while events arrive, and how long after its acknowledgement an event is in an answer."""

import base64
import http.client
import json
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from .asking import Asked, Log, create_keys, questions_of
from .copies import copied
from .program import Programs, Server, memory, serving
from .questions import SETTLING_SECONDS, WARM_RUNS, check, times

EVENTS_PER_SECOND = 20_000
# Measuring begins when there is something over the projection.
WARM_UP_SECONDS = 5
PROBED = "freshness_probed"
# The day after the log's last: answers by day do not grow longer.
PROBED_AT = "2026-01-01T00:00:00Z"
# A server that takes longer has lost the event.
PROBE_SECONDS = 60


def measure_living(programs: Programs, data_dir: Path, log: dict, seconds: int) -> dict:
    """All questions in turn, quiet and then while events arrive, as often as fit the time and a few times at least.

    Each round ends with one try of freshness.
    """
    questions = questions_of(Log(log["activities"], log["channels"], log["campaign"]))
    with copied(data_dir, data_dir.with_name("living")) as copy, serving(programs, copy) as server:
        keys = create_keys(programs, copy, "read", "collect")
        time.sleep(SETTLING_SECONDS)
        _ask_in_turn(server, keys["read"], questions)
        quiet = [_ask_in_turn(server, keys["read"], questions) for _ in range(WARM_RUNS)]
        quiet_memory = memory(server.process)
        rounds, freshness = [], []
        probe = Probe(server, keys)
        with _arriving(programs, server, keys["collect"], log["customers"]) as arrived:
            time.sleep(WARM_UP_SECONDS)
            begun = time.perf_counter()
            while len(rounds) < WARM_RUNS or time.perf_counter() - begun < seconds:
                rounds.append(_ask_in_turn(server, keys["read"], questions))
                freshness.append(probe.measure())
        counts = json.loads(programs.ask("events", "count", "--data-dir", copy, "--format", "json"))
        rows = log["rows"] + arrived["events"] + probe.sent
        if counts["stored"] != rows or counts["dead"]:
            raise RuntimeError(f"{rows} events were acknowledged; the server counts {counts}")
        customers = log["customers"] + arrived["new_customers"] + probe.sent
        check(server.get(questions["map"].path, keys["read"])[0], rows, customers)
        return {
            "quiet": _by_question(quiet),
            "living": _by_question(rounds),
            "freshness": times(freshness),
            "arrived": arrived,
            "rows": rows,
            "quiet_memory": quiet_memory,
            "memory": memory(server.process),
        }


def _ask_in_turn(server: Server, key: str, questions: dict[str, Asked]) -> dict[str, float]:
    return {question: server.get(asked.path, key)[1] for question, asked in questions.items()}


def _by_question(rounds: list[dict[str, float]]) -> dict:
    return {question: times(one[question] for one in rounds) for question in rounds[0]}


@contextmanager
def _arriving(programs: Programs, server: Server, key: str, customers: int) -> Iterator[dict]:
    """Events arrive; what `load` says of them is there at the end."""
    command = [programs.load, "live", "--host", server.host, "--key", key, "--customers", customers]
    command += ["--events-per-second", EVENTS_PER_SECOND, "--server-process", server.process]
    said: dict = {}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(list(map(str, command)), **pipes)
    try:
        yield said
        written, _ = process.communicate()
        if process.returncode != 0:
            raise RuntimeError(f"{command[:2]} ended with {process.returncode}")
        said |= json.loads(written)
        if said["refused_batches"]:
            raise RuntimeError(f"{said['refused_batches']} batches were refused: {said['first_refusal']}")
    finally:
        process.kill()
        process.wait()


class Probe:
    """Sends one event of somebody new, and asks until a funnel of one step counts it."""

    def __init__(self, server: Server, keys: dict[str, str]) -> None:
        self.server = server
        self.key = keys["read"]
        self.connection = http.client.HTTPConnection(server.host)
        basic = base64.b64encode(f"{keys['collect']}:".encode()).decode()
        self.headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/json"}
        self.sent = 0

    def measure(self) -> float:
        """Milliseconds from the acknowledgement to the end of the first answer with the event."""
        self.sent += 1
        name = f"probe-{self.sent}"
        event = {"type": "track", "messageId": name, "userId": name, "event": PROBED, "timestamp": PROBED_AT}
        self.connection.request("POST", "/v1/batch", json.dumps({"batch": [event]}), self.headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"an event was answered {answer.status}: {said[:200]!r}")
        acknowledged = time.perf_counter()
        while True:
            counted = self._count()
            taken = time.perf_counter() - acknowledged
            if counted >= self.sent:
                return taken * 1000
            if taken > PROBE_SECONDS:
                raise RuntimeError(f"an event is in no answer {PROBE_SECONDS} s after its acknowledgement")

    def _count(self) -> int:
        try:
            answer, _ = self.server.get(f"/api/v1/journeys/funnel?step={quote(PROBED)}", self.key)
        except urllib.error.HTTPError as refused:
            # Nobody has done it yet, as far as questions know.
            if refused.code == http.HTTPStatus.BAD_REQUEST:
                return 0
            raise
        return answer["steps"][0]["customers"]
