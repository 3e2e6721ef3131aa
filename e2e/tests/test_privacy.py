"""No value of an identifier, and no property declared personal, is in any chunk."""

import json

import pyarrow.parquet
import pytest

from harness import product
from harness.export import export_lines
from harness.http import post_batch

USER = "usr-Quetzal-58213"
ANONYMOUS = "9f1c2d3e-0000-4444-8888-abcdef012345"
EMAIL = "Xochitl.Marroquin@Example.gt"
PHONE = "+502 5555 0199"
DEVICE = "dev-7Q2ZK9-MNO"
ADDRESS = "198.51.100.233"
SURNAME = "Marroquín Ixchel"

PLANTED = {
    USER, ANONYMOUS, EMAIL, EMAIL.lower(), EMAIL.replace("@", "%40"), PHONE, "50255550199", DEVICE, ADDRESS, SURNAME,
}  # fmt: skip

EVENTS = [
    {
        "type": "identify",
        "userId": USER,
        "anonymousId": ANONYMOUS,
        "traits": {"email": EMAIL, "phone": PHONE, "lastName": SURNAME, "plan": "oro"},
        "context": {"ip": ADDRESS, "device": {"id": DEVICE, "type": "ios"}, "traits": {"email": EMAIL}},
    },
    {
        "type": "track",
        "userId": USER,
        "event": "Signed Up",
        "properties": {
            "email": EMAIL,
            "phone": PHONE,
            "owner": USER,
            "nested": {"deep": [{"who": ANONYMOUS}, {"text": f"written by {USER}, twice: {USER}"}]},
            "comment": f"llamen a {EMAIL}, por favor",
            USER: "a key that is an identifier",
            "url": f"https://shop.example/?m={EMAIL.replace('@', '%40')}&u={USER}",
        },
        "context": {"ip": ADDRESS, "page": {"url": f"https://shop.example/{USER}/orders"}, "device": {"id": DEVICE}},
    },
    {"type": "page", "anonymousId": ANONYMOUS, "name": f"Profile of {ANONYMOUS}", "context": {"ip": ADDRESS}},
    {"type": "track", "userId": USER, "messageId": f"mail-{USER}-1", "event": f"Renamed {USER}"},
    {"type": "track", "userId": USER, "event": "Wrote", "properties": {"answer_to": EMAIL, "copy": [PHONE, EMAIL]}},
    {"type": "alias", "userId": USER, "previousId": ANONYMOUS},
    {"type": "group", "userId": USER, "groupId": "g-1", "traits": {"owner": EMAIL}},
]


@pytest.fixture
def sealed(server, collect_key, data_dir):
    """A directory whose events are all in chunks."""
    for event in EVENTS:
        assert post_batch(server.address, collect_key, [event]).status == 200
    assert product.counts(data_dir) == {"received": len(EVENTS), "stored": len(EVENTS), "duplicate": 0, "dead": 0}
    assert server.stop() == 0
    return data_dir


def chunks(data_dir):
    found = sorted((data_dir / "events" / "chunks").rglob("*.parquet"))
    assert found, "nothing was sealed"
    return found


def test_no_identifier_is_in_any_chunk(sealed):
    rows, texts = 0, []
    for chunk in chunks(sealed):
        table = pyarrow.parquet.read_table(chunk)
        if chunk.name.endswith(".text.parquet"):
            texts += table.column("text").to_pylist()
        else:
            rows += table.num_rows
        decoded = json.dumps(table.to_pylist(), ensure_ascii=False, default=str)
        for value in PLANTED:
            assert value not in decoded, f"{value} is in {chunk.name}"
            assert value.encode() not in chunk.read_bytes(), f"{value} is in the bytes of {chunk.name}"
    assert rows == len(EVENTS)
    assert sorted(texts) == ["llamen a [personal], por favor", "written by [personal], twice: [personal]"]


def test_nothing_personal_is_exported_unless_it_is_asked_for(sealed, tmp_path):
    out = tmp_path / "plain.jsonl"
    product.run("events", "export", "--data-dir", sealed, "--format", "jsonl", "--out", out)
    plain = out.read_text(encoding="utf-8")
    assert [value for value in PLANTED if value in plain] == []
    asked_for = json.dumps(export_lines(sealed, tmp_path), ensure_ascii=False)
    for value in (USER, ANONYMOUS, EMAIL, PHONE, DEVICE):
        assert value in asked_for, f"{value} is lost"
    assert ADDRESS not in asked_for, "an address is kept cut only"


def test_the_log_of_the_server_names_nobody(server, collect_key):
    for event in EVENTS:
        assert post_batch(server.address, collect_key, [event]).status == 200
    assert post_batch(server.address, collect_key, [{"type": "track", "userId": USER, "event": 7}]).status == 200
    server.stop()
    assert [value for value in PLANTED if value in server.text()] == []
