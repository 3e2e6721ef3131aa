"""Customers found by a part of what they are known by, among many, over HTTP."""

import http.client
import json
import random
import statistics
from pathlib import Path
from urllib.parse import quote

from .program import Programs, memory, serving

BATCH = 500
RUNS = 30
FIRST_NAMES = [
    "María",
    "Ana",
    "Luis",
    "Carmen",
    "José",
    "Antonio",
    "Lucía",
    "Marta",
    "Manuel",
    "Pilar",
    "Elena",
    "Pablo",
    "Julia",
    "Diego",
    "Laura",
    "Sergio",
]
SURNAMES = [
    "García",
    "López",
    "Martínez",
    "Sánchez",
    "Gómez",
    "Ruiz",
    "Díaz",
    "Moreno",
    "Muñoz",
    "Álvarez",
    "Romero",
    "Alonso",
    "Navarro",
    "Torres",
]


def measure_search(programs: Programs, data_dir: Path, customers: int) -> dict:
    """Each way of searching, each time for somebody else."""
    with serving(programs, data_dir) as server:
        key = programs.ask("key", "create", "--data-dir", data_dir, "--name", "search", "--scope", "admin")
        _identify(server.host, key, customers)
        answers = {}
        draw = random.Random(7)
        for name, is_found, word_of in _searches(customers):
            times = []
            for _ in range(RUNS):
                number = draw.randrange(customers)
                answer, milliseconds = server.get(f"/api/v1/customers?q={quote(word_of(number))}", key)
                if bool(answer["customers"]) != is_found:
                    raise RuntimeError(f"{word_of(number)!r} found {len(answer['customers'])} customers")
                times.append(milliseconds)
            answers[name] = {"median_ms": statistics.median(times), "slowest_ms": max(times)}
        return {"customers": customers, "runs": RUNS, "answers": answers, "memory": memory(server.process)}


def _searches(customers: int) -> list:
    return [
        ("a whole identifier", True, lambda number: f"cliente-{number:07}"),
        ("the beginning of an identifier", True, lambda number: f"cliente-{number // 100:05}"),
        ("the first letters of all identifiers", True, lambda _: "cli"),
        ("the beginning of an e-mail", True, lambda number: f"c{number:07}@"),
        ("a rare surname", True, lambda number: _name(number).split()[2]),
        ("a first name and a rare surname", True, lambda number: " ".join(_name(number).split()[::2])),
        ("a first name", True, lambda number: _name(number).split()[0]),
        ("the first letter of a name", True, lambda number: _name(number)[0]),
        ("a name that nobody has", False, lambda number: f"zzz{number}"),
    ]


def _name(number: int) -> str:
    mixed = number * 0x9E3779B97F4A7C15 % 2**64 >> 32
    first = FIRST_NAMES[mixed % len(FIRST_NAMES)]
    last = SURNAMES[mixed // len(FIRST_NAMES) % len(SURNAMES)]
    return f"{first} {last} Apellido{mixed % 50_000}"


def _identify(host: str, key: str, customers: int) -> None:
    connection = http.client.HTTPConnection(host)
    headers = {"Content-Type": "application/json"}
    for begin in range(0, customers, BATCH):
        batch = [
            {
                "type": "identify",
                "messageId": f"identify-{number}",
                "userId": f"cliente-{number:07}",
                "timestamp": "2026-05-01T10:00:00Z",
                "traits": {"name": _name(number), "email": f"c{number:07}@example.es"},
            }
            for number in range(begin, min(begin + BATCH, customers))
        ]
        connection.request("POST", "/v1/batch", json.dumps({"writeKey": key, "batch": batch}), headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"a batch of people was answered {answer.status}: {said[:200]!r}")
    connection.close()
