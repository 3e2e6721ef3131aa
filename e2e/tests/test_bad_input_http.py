"""What may arrive at the door of the server and must neither stop it nor take anything else with it."""

import gzip
import json
import time

import pytest

from harness import product
from harness.export import export_events
from harness.http import basic, bearer, post_batch, request

MIB = 1 << 20
GOOD = {"type": "track", "userId": "u-1", "event": "Good", "properties": {"n": 1}}


def is_refusal(answer, status: int) -> dict:
    """The form that the SDKs read: `code` and `message` (python), `error` (ruby)."""
    body = answer.json()
    assert answer.status == status, body
    assert answer.headers["content-type"].startswith("application/json")
    assert body["success"] is False
    assert all(isinstance(body[name], str) and body[name] for name in ("code", "message", "error"))
    return body


def dead_letters(data_dir) -> list[dict]:
    return product.run_json_lines("events", "dead", "list", "--data-dir", data_dir)


def test_a_wrong_key_is_refused_whatever_carries_it(server, collect_key):
    body = json.dumps({"batch": [GOOD]})
    for headers in ({}, basic("viv_nobody"), bearer("viv_nobody"), {"Authorization": "Basic %%%"}, basic("")):
        is_refusal(request(server.address, "POST", "/v1/batch", body, headers), 401)
    is_refusal(request(server.address, "POST", "/v1/batch", json.dumps({"batch": [GOOD], "writeKey": "no"})), 401)
    read_key = product.create_key(server.data_dir, "reader", "read")
    answer = request(server.address, "POST", "/v1/batch", body, basic(read_key))
    assert answer.status in {401, 403}, "a key for reading collects nothing"
    journeys = request(server.address, "GET", "/api/v1/journeys/map", None, bearer(collect_key))
    assert journeys.status in {401, 403}, "a key for collecting reads nothing"
    assert request(server.address, "GET", "/api/v1/journeys/map", None, bearer(read_key)).status == 200
    assert product.counts(server.data_dir)["received"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"batch": [',
        b"not json",
        b"[1, 2",
        b'{"batch": 7}',
        b"\xff\xfe{\x00}\x00",
        b'"text"',
        b"[" * 200_000,
    ],
    ids=["empty", "open", "cut", "words", "list", "number", "utf-16", "text", "deep"],
)
def test_a_body_that_cannot_be_read_is_refused(body, server, collect_key):
    is_refusal(request(server.address, "POST", "/v1/batch", body, basic(collect_key)), 400)
    assert post_batch(server.address, collect_key, [GOOD]).status == 200


def test_a_body_of_40_megabytes_is_refused_before_it_costs_memory(server, collect_key):
    before = resident_bytes(server)
    body = json.dumps({"batch": [GOOD], "filler": "x" * (40 * MIB)})
    is_refusal(request(server.address, "POST", "/v1/batch", body, basic(collect_key)), 413)
    assert resident_bytes(server) - before < 30 * MIB
    assert post_batch(server.address, collect_key, [GOOD]).status == 200


def test_a_gzip_bomb_is_refused_before_it_costs_memory(server, collect_key):
    before = resident_bytes(server)
    bomb = gzip.compress(b'{"batch":[' + b" " * (500 * MIB) + b"]}", compresslevel=9)
    assert len(bomb) < MIB
    headers = {"Content-Encoding": "gzip", **basic(collect_key)}
    is_refusal(request(server.address, "POST", "/v1/batch", bomb, headers), 413)
    assert resident_bytes(server) - before < 60 * MIB
    is_refusal(request(server.address, "POST", "/v1/batch", b"not gzip at all", headers), 400)
    assert post_batch(server.address, collect_key, [GOOD]).status == 200


def resident_bytes(server) -> int:
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def test_too_many_events_at_once_are_refused(server, collect_key):
    tiny = [{"type": "track", "userId": "u", "event": "E"}] * 10_001
    is_refusal(post_batch(server.address, collect_key, tiny), 413)
    assert post_batch(server.address, collect_key, tiny[:10_000]).status == 200
    assert product.counts(server.data_dir)["stored"] == 10_000


# Each is one element of a batch as raw JSON, with the codes that may name its fault.
SICK = {
    "a lone surrogate": (rb'{"type":"track","userId":"u","event":"A\ud800B"}', {"invalid_json"}),
    "a null character": (rb'{"type":"track","userId":"u","event":"A\u0000B"}', {"null_character"}),
    "a number beyond a double": (
        b'{"type":"track","userId":"u","event":"E","properties":{"n":1e400}}',
        {"invalid_json"},
    ),
    "the year 0": (
        b'{"type":"track","userId":"u","event":"E","timestamp":"0000-01-01T00:00:00Z"}',
        {"time_out_of_range", "invalid_time"},
    ),
    "the year 9999": (
        b'{"type":"track","userId":"u","event":"E","timestamp":"9999-12-31T23:59:59Z"}',
        {"time_out_of_range"},
    ),
    "a time of words": (b'{"type":"track","userId":"u","event":"E","timestamp":"yesterday"}', {"invalid_time"}),
    "nobody": (b'{"type":"track","event":"E"}', {"missing_identifier"}),
    "null for nobody": (b'{"type":"track","event":"E","userId":null,"anonymousId":null}', {"missing_identifier"}),
    "a blocked identifier": (b'{"type":"track","event":"E","userId":"000-000"}', {"blocked_identifier"}),
    "the text null": (b'{"type":"track","event":"E","userId":"null"}', {"blocked_identifier"}),
    "minus one": (b'{"type":"track","event":"E","userId":"-1"}', {"blocked_identifier"}),
    "an empty identifier": (b'{"type":"track","event":"E","userId":""}', {"blocked_identifier", "missing_identifier"}),
    "a track without name": (b'{"type":"track","userId":"u"}', {"missing_name"}),
    "a name that is a number": (b'{"type":"track","userId":"u","event":7}', {"invalid_field"}),
    "an unknown type": (b'{"type":"teleport","userId":"u"}', {"unknown_kind"}),
    "no type": (b'{"userId":"u","event":"E"}', {"unknown_kind"}),
    "a number": (b"7", {"invalid_json", "invalid_field"}),
    "a null": (b"null", {"invalid_json", "invalid_field"}),
    "33 KB": (b'{"type":"track","userId":"u","event":"E","properties":{"x":"' + b"x" * 33_000 + b'"}}', {"too_large"}),
    "a long message id": (b'{"type":"track","userId":"u","event":"E","messageId":"' + b"m" * 257 + b'"}',
                          {"message_id_too_long"}),
    "a long identifier": (b'{"type":"track","userId":"' + b"u" * 513 + b'","event":"E"}', {"identifier_too_long"}),
    "values nested too deeply": (
        b'{"type":"track","userId":"u","event":"E","properties":' + b'{"a":' * 150 + b"1" + b"}" * 151,
        {"too_deep", "invalid_json"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SICK)
def test_one_sick_event_never_fails_its_batch(name, server, collect_key, data_dir, tmp_path):
    raw, codes = SICK[name]
    well = [json.dumps({**GOOD, "messageId": f"well-{number}"}).encode() for number in range(4)]
    body = b'{"batch":[' + b",".join([*well[:2], raw, *well[2:]]) + b"]}"
    answer = request(server.address, "POST", "/v1/batch", body, basic(collect_key))
    assert (answer.status, answer.json()["success"]) == (200, True)
    assert product.counts(data_dir) == {"received": 5, "stored": 4, "duplicate": 0, "dead": 1}

    (letter,) = dead_letters(data_dir)
    assert letter["code"] in codes
    assert letter["index"] == 2
    assert letter["received_at"]
    assert letter["id"]
    assert sorted(event.message_id for event in export_events(data_dir, tmp_path)) == [f"well-{n}" for n in range(4)]


def test_bytes_that_are_not_utf_8_never_fail_their_batch(server, collect_key, data_dir):
    raw = b'{"batch":[{"type":"track","userId":"u","event":"A\xff\xfeB"},' + json.dumps(GOOD).encode() + b"]}"
    answer = request(server.address, "POST", "/v1/batch", raw, basic(collect_key))
    assert answer.status == 200
    assert product.counts(data_dir) == {"received": 2, "stored": 1, "duplicate": 0, "dead": 1}
    assert [letter["code"] for letter in dead_letters(data_dir)] == ["invalid_utf8"]


def test_a_batch_of_nothing_but_sick_events_is_taken(server, collect_key, data_dir):
    batch = [{"type": "track", "event": f"E{number}"} for number in range(1_000)]
    assert post_batch(server.address, collect_key, batch).status == 200
    assert product.counts(data_dir) == {"received": 1_000, "stored": 0, "duplicate": 0, "dead": 1_000}
    assert sorted(letter["index"] for letter in dead_letters(data_dir)) == list(range(1_000))


def test_odd_but_harmless_events_are_stored(server, collect_key, data_dir, tmp_path):
    odd = [
        {"type": "track", "userId": 7, "event": "A number for an identifier"},
        {"type": "track", "userId": "u", "event": "x" * 512, "messageId": "m" * 256},
        {"type": "track", "userId": "😀" * 50, "event": "=cmd|' /C calc'!A0", "properties": {"": {"": None}}},
        {"type": "track", "userId": "u", "event": "Big", "properties": {"n": 2**63, "m": -(2**70), "x": 1e308}},
        {"type": "track", "userId": "u", "event": "Wide", "properties": {f"k{n}": n for n in range(1_500)}},
        {"type": "track", "userId": "u", "event": "Old", "timestamp": "1970-01-01T00:00:00Z"},
        {"type": "track", "userId": "u", "event": "Two identifiers", "anonymousId": "a", "unknown": {"kept": True}},
        {"type": "alias", "userId": "u", "previousId": "u"},
    ]
    assert post_batch(server.address, collect_key, odd).status == 200
    assert product.counts(data_dir) == {"received": len(odd), "stored": len(odd), "duplicate": 0, "dead": 0}
    stored = {event.activity: event for event in export_events(data_dir, tmp_path)}
    assert stored["Big"].properties == {"n": 2**63, "m": -(2**70), "x": 1e308}
    assert stored["Wide"].properties == odd[4]["properties"]
    assert stored["=cmd|' /C calc'!A0"].properties == {"": {"": None}}


def test_a_client_that_never_finishes_does_not_keep_the_others_waiting(server, collect_key):
    import socket  # noqa: PLC0415

    hanging = []
    try:
        for _ in range(50):
            link = socket.create_connection(server.address, timeout=10)
            link.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{")
            hanging.append(link)
        begun = time.monotonic()
        assert post_batch(server.address, collect_key, [GOOD]).status == 200
        assert time.monotonic() - begun < 1
    finally:
        for link in hanging:
            link.close()
