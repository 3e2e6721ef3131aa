"""Answers to a survey through its links, and what is asked of many answers afterwards."""

import csv
import http.client
import json
import random
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .program import Programs, Server, memory, serving

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "crates" / "domain" / "src" / "survey" / "examples" / "after-purchase.json"
LABELLED = REPOSITORY / "models" / "data" / "labelled"
HOTELS = REPOSITORY / "models" / "data" / "opener"
CLIENTS = (1, 8, 64)
# Links that are made by one request.
BATCH = 1_000
# What one answer brings to the disk, about: its row, its event and the event's place in the outbox.
ANSWER_BYTES = 4_000
RUNS = 5
ANSWERS_OF_A_CUSTOMER = 2.5
MAPPING = (
    "customer=customer,activity=activity,occurred_at=occurred_at,channel=channel,"
    "property:nps=nps,property:wait_minutes=wait_minutes,property:items=items,property:errors=errors,"
    "property:first_visit=first_visit,property:comment_topics=comment_topics,property:comment_tier=comment_tier"
)


def measure_listening(programs: Programs, directory: Path, links: int, answers: int) -> dict:
    directory.mkdir(parents=True, exist_ok=True)
    return {
        "reading": _measure_reading(programs, directory),
        "taking": _measure_taking(programs, directory, links),
        "asking": _measure_asking(programs, directory, answers),
    }


def _measure_reading(programs: Programs, directory: Path) -> dict:
    """Comments as they come in, and sentences of hotel reviews."""
    comments = directory / "read.txt"
    comments.write_text("\n".join([*_comments(), *_sentences()]) + "\n")
    return programs.measure("read", "--comments", comments, "--seconds", 5)


def _measure_taking(programs: Programs, directory: Path, links: int) -> dict:
    """For each number of clients: personal links, each answered once, then the open link, as often."""
    comments = directory / "comments.txt"
    comments.write_text("\n".join(_comments()) + "\n")
    rounds, limits = [], []
    for clients in CLIENTS:
        # One client waits for the disk after each answer and needs no more of them.
        count = links if clients > 1 else links // 4
        before = _measure_disk(programs, directory)
        with _a_survey(programs, directory / f"listening-{clients}") as (server, key, survey):
            personal = directory / "personal.txt"
            personal.write_text("\n".join(_invite(server, key, survey["id"], count)) + "\n")
            an_open_link = directory / "open.txt"
            an_open_link.write_text(survey["link"].rsplit("/", 1)[-1] + "\n")
            shared = ("--host", server.host, "--comments", comments, "--clients", clients)
            watched = ("--server-process", server.process)
            known = programs.measure("answer", *shared, *watched, "--links", personal)
            nobody = programs.measure("answer", *shared, *watched, "--links", an_open_link, "--answers", count)
            _check(server, key, survey["id"], count)
            peak = memory(server.process)
        shutil.rmtree(directory / f"listening-{clients}")
        after = _measure_disk(programs, directory)
        rounds.append({"known": known, "nobody": nobody, "memory": peak})
        limits.append(max(before, after, key=lambda sync: sync["records_per_second"]))
        speeds = " and ".join(f"{sent['answers_per_second']:,.0f}" for sent in (known, nobody))
        print(f"  {clients} clients: {speeds} answers/s", file=sys.stderr)
    return {"links": links, "rounds": rounds, "limits": limits}


def _measure_disk(programs: Programs, directory: Path) -> dict:
    """What the disk allows when each answer is a record of its own."""
    return programs.measure("sync", "--dir", directory, "--record-bytes", ANSWER_BYTES, "--seconds", 3)


def _comments() -> Iterator[str]:
    for language in ("es", "en"):
        for line in (LABELLED / f"{language}.jsonl").read_text().splitlines():
            yield " ".join(json.loads(line)["text"].split())


def _sentences() -> Iterator[str]:
    for language in ("es", "en"):
        for line in (HOTELS / f"sentences.{language}.tsv").read_text().splitlines():
            yield " ".join(line.split("\t")[-1].split())


@contextmanager
def _a_survey(programs: Programs, data_dir: Path) -> Iterator[tuple[Server, str, dict]]:
    """A server with an open survey, which believes a form when it says where it comes from."""
    with serving(programs, data_dir, "--behind-proxy") as server:
        key = programs.ask("key", "create", "--data-dir", data_dir, "--name", "listening", "--scope", "admin")
        survey = _call(server, key, "POST", "/api/v1/surveys", EXAMPLE.read_bytes())
        survey = _call(server, key, "PUT", f"/api/v1/surveys/{survey['id']}/state", b'{"state": "open"}')
        yield server, key, survey


def _invite(server: Server, key: str, survey: str, count: int) -> list[str]:
    secrets = []
    for begin in range(0, count, BATCH):
        people = [
            {"identifiers": {"user_id": f"c-{number}"}, "touchpoint": "web:Order Completed"}
            for number in range(begin, min(begin + BATCH, count))
        ]
        body = json.dumps({"people": people}).encode()
        made = _call(server, key, "POST", f"/api/v1/surveys/{survey}/invitations", body)
        secrets += [link["link"].rsplit("/", 1)[-1] for link in made["links"]]
    return secrets


def _check(server: Server, key: str, survey: str, count: int) -> None:
    """Nothing counts unless the server has every answer, and every known customer's in the score."""
    counts = _call(server, key, "GET", f"/api/v1/surveys/{survey}")["counts"]
    if counts["answered"] != count or counts["complete"] != 2 * count:
        raise RuntimeError(f"{count} answers of customers and {count} of nobody were sent; the server counts {counts}")


def _call(server: Server, key: str, method: str, path: str, body: bytes | None = None) -> dict:
    connection = http.client.HTTPConnection(server.host)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path} was answered {answer.status}: {said[:300]!r}")
    return json.loads(said)


def _measure_asking(programs: Programs, directory: Path, answers: int) -> dict:
    """Scores and drivers of answers that were brought in as a file, with waits and errors before them."""
    data_dir, file = directory / "answers", directory / "answers.csv"
    events = _write_answers(file, answers)
    programs.ask("events", "import", "--data-dir", data_dir, file, "--map", MAPPING, "--time-zone", "UTC")
    asked = {
        "score by week": "/api/v1/scores?metric=nps&every=week&days=400",
        "score by week and channel": "/api/v1/scores?metric=nps&every=week&days=400&by=channel",
        "drivers, 9 topics": "/api/v1/drivers?of=nps&days=400&among=topics",
        "drivers, 9 topics and 4 properties": "/api/v1/drivers?of=nps&days=400&among=topics&among=answers"
        "&variable=wait_minutes&variable=items&variable=errors&control=first_visit",
    }
    answered = {}
    with serving(programs, data_dir) as server:
        key = programs.ask("key", "create", "--data-dir", data_dir, "--name", "listening", "--scope", "admin")
        for name, path in asked.items():
            _, first = server.get(path, key)
            times = [server.get(path, key)[1] for _ in range(RUNS)]
            answered[name] = {"first_ms": first, "median_ms": statistics.median(times), "slowest_ms": max(times)}
        found = server.get(asked["score by week"], key)[0]["whole"]["total"]["answers"]
        if found != answers:
            raise RuntimeError(f"{answers} answers were brought in; the score is of {found}")
        used = memory(server.process)
    shutil.rmtree(data_dir)
    return {"answers": answers, "events": events, "answered": answered, "memory": used}


TOPICS = ("waiting", "price", "staff", "product_quality", "delivery", "payment", "app", "cleanliness", "promise")


def _write_answers(file: Path, answers: int) -> int:
    """Answers of a year until yesterday, by customers who answer two or three times. Waiting and errors lower them."""
    draw = random.Random(11)
    customers = int(answers / ANSWERS_OF_A_CUSTOMER)
    end = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        names = ["customer", "activity", "occurred_at", "channel"]
        rows.writerow(
            [*names, "nps", "wait_minutes", "items", "errors", "first_visit", "comment_topics", "comment_tier"]
        )
        for number in range(answers):
            at = end - timedelta(seconds=draw.randrange(365 * 86_400))
            wait, errors, items = draw.expovariate(1 / 6), int(draw.random() < 0.1), draw.randrange(1, 9)
            topics = {topic: draw.choice((-1, 1)) for topic in TOPICS if draw.random() < 0.12}
            felt = 9 - 0.15 * wait - 1.5 * errors + 0.8 * sum(topics.values()) + draw.gauss(0, 1.6)
            said = ",".join(f"{topic}:{'positive' if sign > 0 else 'negative'}" for topic, sign in topics.items())
            rows.writerow(
                [
                    f"c-{number % customers}",
                    "Survey Answered",
                    at.isoformat(),
                    draw.choice(("email", "web", "app")),
                    min(10, max(0, round(felt))),
                    round(wait, 1),
                    items,
                    errors,
                    draw.randrange(2),
                    said,
                    "ngrams",
                ]
            )
    return answers
