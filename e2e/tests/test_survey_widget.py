"""A survey on a site: vivencia.js in a real Chromium, in a page of another origin with a strict policy of its own."""

import json
import shutil
import socket
import subprocess

import pytest

from harness import product

DRIVER = product.REPOSITORY / "e2e" / "drivers" / "survey_widget.mjs"
SURVEY = {
    "format": 1,
    "name": "on-the-site",
    "kind": "transactional",
    "languages": ["es", "en"],
    "title": {"es": "Sobre esta web", "en": "About this site"},
    "thanks": {"es": "Gracias", "en": "Thank you"},
    "questions": [{"id": "easy", "type": "ces", "text": {"es": "Fue fácil.", "en": "It was easy."}, "required": True}],
}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """What visitors met, and the answers that the survey has afterwards."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make test` installs Debian's"
    port = free_port()
    folder = tmp_path_factory.mktemp("widget")
    data_dir = folder / "data"
    server = product.Server(data_dir)
    server.environment["VIVENCIA_SURVEY_SITES"] = f"http://127.0.0.1:{port}"
    with server:
        file = folder / "survey.json"
        file.write_text(json.dumps(SURVEY), encoding="utf-8")
        survey = product.run_json("surveys", "create", "--data-dir", data_dir, file)
        product.run("surveys", "open", "--data-dir", data_dir, survey["id"])
        link = f"{server.url}/s/{survey['link'].rsplit('/', 1)[1]}"
        result = subprocess.run(
            ["node", DRIVER, "--link", link, "--port", str(port), "--chromium", chromium],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        answers = product.run_json("surveys", "answers", "--data-dir", data_dir, survey["id"])
    return json.loads(result.stdout), answers["responses"]


def test_a_visitor_is_asked_once_on_a_page_and_answers_where_they_are(visited):
    report, answers = visited
    first, second = report["answered"]
    assert first["frames"] == 1, "the page includes the script twice"
    assert first["focus"] == "before", "what comes by itself takes no focus"
    assert first["name"] == "Encuesta"
    assert first["messages"] == [], "the policies of both sides allow everything that is needed"
    assert second["frames"] == 0, "who has answered is left alone"
    sent = [answer for answer in answers if answer["is_complete"]]
    assert [answer["answers"] for answer in sent] == [{"easy": 5}]
    assert sent[0]["touchpoint"] == "web:Cesta"
    assert sent[0]["unit"] is None, "a unit that the organisation does not have is left out"


def test_who_closes_is_left_alone_for_a_time_and_who_refuses_for_ever(visited):
    report, _ = visited
    closed, later, afterwards = report["closed"]
    assert (closed["frames"], closed["focus"]) == (0, "before")
    assert later["frames"] == 0
    assert afterwards["isAsked"]
    assert report["never"][1]["frames"] == 0
    assert report["escaped"][0]["frames"] == 0
    assert report["nobody"][0]["frames"] == 0


def test_a_dialog_keeps_the_focus_and_gives_it_back(visited):
    report, _ = visited
    assert report["button"][0] == {"isTrapped": True, "isBack": True, "messages": []}


def test_within_the_page_the_survey_has_the_height_that_it_needs(visited):
    report, _ = visited
    assert report["inline"][0]["height"] >= 240
    assert report["inline"][0]["messages"] == []


def test_a_site_that_is_not_listed_shows_nothing_and_its_developer_reads_why(visited):
    report, _ = visited
    unlisted = report["unlisted"][0]
    assert unlisted["frames"] == 0
    said = [message for message in unlisted["messages"] if message.startswith("Vivencia:")]
    assert len(said) == 1
    assert "survey_sites" in said[0]
