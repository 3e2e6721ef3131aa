"""The index of comments is derived: a kill, a deleted folder and a flipped bit lose nothing that was acknowledged."""

import json
import shutil

import pytest

from harness import product
from harness.http import bearer, post_batch, request

COMMENTS = 4_000


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A directory with reviews out of a file."""
    data_dir = tmp_path_factory.mktemp("comments") / "data"
    rows = ["review,rating,date,store"]
    for number in range(COMMENTS):
        said = "La espera fue larga" if number % 4 == 0 else "Great coffee and friendly staff"
        rows.append(f'"{said}, visita {number}",{number % 5 + 1},2026-0{number % 3 + 1}-11,S-{number % 7}')
    file = data_dir.parent / "reviews.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    product.run("events", "import", "--data-dir", data_dir, file, "--as", "reviews")
    assert product.counts(data_dir)["stored"] == COMMENTS
    return data_dir


@pytest.fixture
def copy(reviewed, tmp_path):
    return shutil.copytree(reviewed, tmp_path / "data")


def search(server, key, query):
    answer = request(server.address, "GET", f"/api/v1/comments?q={query}&limit=1", headers=bearer(key), timeout_s=60)
    assert answer.status == 200, answer.body
    return answer.json()["total"]


def test_it_survives_kills_and_goes_on_where_it_was(copy):
    read, collect = (product.create_key(copy, scope, scope) for scope in ("read", "collect"))
    server = product.Server(copy)
    for round_ in range(5):
        with server:
            event = {"type": "track", "userId": f"u-{round_}", "event": "Survey Answered"}
            said = {"properties": {"comment": f"La espera, otra vez: vuelta{round_}"}}
            assert post_batch(server.address, collect, [event | said]).status == 200
            assert search(server, read, f"vuelta{round_}") == 1
            assert search(server, read, "esperas") == COMMENTS // 4 + round_ + 1
    # Killed while it is being made: the next start finishes it.
    shutil.rmtree(copy / "comments")
    for after_s in (0.3, 0.6, 0.9):
        server.kill_while_it_starts(after_s)
    with server:
        assert search(server, read, "espera") == COMMENTS // 4 + 5


def test_a_deleted_folder_is_made_again_while_the_server_runs(copy):
    key = product.create_key(copy, "read", "read")
    with product.Server(copy) as server:
        assert search(server, key, "espera") == COMMENTS // 4
        shutil.rmtree(copy / "comments")
        assert search(server, key, "espera") == COMMENTS // 4
        assert (copy / "comments" / "meta.json").is_file()


def test_a_flipped_bit_in_it_is_mended_and_said(copy):
    key = product.create_key(copy, "read", "read")
    with product.Server(copy) as server:
        assert search(server, key, "coffee") == COMMENTS * 3 // 4
    damaged = max((copy / "comments").glob("*.idx"), key=lambda file: file.stat().st_size)
    held = bytearray(damaged.read_bytes())
    held[len(held) // 2] ^= 16
    damaged.write_bytes(held)
    with product.Server(copy) as server:
        assert search(server, key, "coffee") == COMMENTS * 3 // 4
        assert "made anew" in server.text()
        assert damaged.name in server.text()


def test_every_command_answers_about_comments(copy):
    def ask(*words):
        return product.run("comments", words[0], "--data-dir", copy, *words[1:]).stdout

    assert f"20 of {COMMENTS // 4:_}".replace("_", "\u202f") in ask("search", "espera", "--metric", "rating")
    found = json.loads(ask("search", "espera", "--newest", "--limit", "2", "--format", "json"))
    assert len(found["comments"]) == 2
    assert found["sort"] == "newest"
    assert "alike" in ask("similar", found["comments"][0]["event"])
    assert "waiting" in ask("themes", "--every", "month")
    assert "comments from" in ask("news", "--to", "2026-03-12")
    assert ask("quotes", "--topic", "waiting", "--as", "markdown").startswith("> La espera")
    assert ask("quotes", "--limit", "2", "--as", "csv").startswith("comment,sentiment")
    refused = product.run("comments", "search", "--data-dir", copy, '"abierta', ok=False)
    assert refused.returncode != 0
    assert "double quote" in refused.stderr
