"""The console in a real Chromium against the real binary: every page as people see it, and what they come to do."""

import pytest

from harness import console

LOOKS = [
    f"{language}-{theme}-{width}" for language in ("es", "en") for theme in ("light", "dark") for width in (1280, 390)
]
WALKS = sorted(path.stem for path in (console.FOLDER / "scripts" / "walks").glob("*.mjs"))


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_whole_and_accessible(look, company, tmp_path):
    """No violation that axe finds, no error, nothing refused by the policy, nothing wider than the window."""
    console.drive(company, "look.mjs", "--as", look, "--out", str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) >= 30


@pytest.mark.parametrize("walk", WALKS)
def test_what_people_come_to_do(walk, company, tmp_path):
    printed = console.drive(company, "walk.mjs", walk, VIVENCIA_FAILURE=str(tmp_path / "failure.png"))
    assert printed.count("done ") >= 1
