"""The console in a real Chromium against the real binary: every page as people see it, and what they come to do."""

import pytest

from harness import console

# Both languages, both themes and both widths are in these two.
IN_EVERY_STATE = ("es-light-1280", "en-dark-390")
AS_THEY_OPEN = ("es-light-390", "es-dark-1280", "es-dark-390", "en-light-1280", "en-light-390", "en-dark-1280")
WALKS = sorted(path.stem for path in (console.FOLDER / "scripts" / "walks").glob("*.mjs"))


@pytest.mark.parametrize("look", IN_EVERY_STATE)
def test_every_state_of_every_page_is_whole_and_accessible(look, company, tmp_path):
    """No violation that axe finds, no error, nothing refused by the policy, nothing wider than the window."""
    console.drive(company, "look.mjs", "--as", look, "--out", str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) >= 60


@pytest.mark.parametrize("look", AS_THEY_OPEN)
def test_every_page_is_whole_and_accessible_in_the_other_looks(look, company, tmp_path):
    console.drive(company, "look.mjs", "--opening", "--as", look, "--out", str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) >= 18


@pytest.mark.parametrize("walk", WALKS)
def test_what_people_come_to_do(walk, company, tmp_path):
    printed = console.drive(company, "walk.mjs", walk, VIVENCIA_FAILURE=str(tmp_path / "failure.png"))
    assert printed.count("done ") >= 1
