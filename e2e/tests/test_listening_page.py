"""The place where the console tells what customers answered: whole in every look, and what each role finds there."""

import itertools

import pytest

from harness import console
from harness.http import bearer, request

PAGES = "scores,scoresTable,scoresUnits,scoresStars,scoresHelp,scoresNothing,scoresUnanswered,surveys,newSurvey"
LOOKS = ["-".join(look) for look in itertools.product(("es", "en"), ("light", "dark"), ("1280", "390"))]


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_is_whole_and_accessible_in_every_look(look, company, tmp_path):
    """No violation that axe finds, no error, nothing refused by the policy, nothing wider than the window."""
    console.drive(company, "look.mjs", "--only", PAGES, "--as", look, "--out", str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) == len(PAGES.split(","))


def test_people_find_the_scores_break_them_down_and_open_a_survey(company, tmp_path):
    printed = console.drive(company, "walk.mjs", "listening", VIVENCIA_FAILURE=str(tmp_path / "failure.png"))
    assert printed.count("done ") >= 4


def test_the_groups_of_the_page_add_up_to_the_whole(company):
    server, key = company
    for by in ("touchpoint", "channel", "unit"):
        answer = request(server.address, "GET", f"/api/v1/scores?metric=nps&by={by}", None, bearer(key))
        assert answer.status == 200, answer.body
        scores = answer.json()
        answers = scores["whole"]["total"]["answers"]
        assert answers > 0
        assert sum(group["total"]["answers"] for group in scores["groups"]) == answers, by
        assert sum(period["answers"] for period in scores["whole"]["periods"]) == answers, by
