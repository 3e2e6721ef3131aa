"""The console in a real Chromium against the real binary: every page as people see it, and what they come to do."""

import os
import shutil
import subprocess

import pytest

from harness import demonstration, product

CONSOLE = product.REPOSITORY / "console"
LIMIT_S = 420
LOOKS = [
    f"{language}-{theme}-{width}" for language in ("es", "en") for theme in ("light", "dark") for width in (1280, 390)
]
WALKS = sorted(path.stem for path in (CONSOLE / "scripts" / "walks").glob("*.mjs"))


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A server with the demonstration, for this worker alone: walks change it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with demonstration.serve_copy(shared, tmp_path_factory.mktemp("console") / "data") as served:
        yield served


def drive(company, script: str, *arguments: str, **environment: str) -> str:
    """What a script prints; it says itself what is to be mended."""
    server, key = company
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make test` installs Debian's"
    assert (CONSOLE / "node_modules").is_dir(), "the console's packages are missing: `make console` installs them"
    result = subprocess.run(
        ["node", CONSOLE / "scripts" / script, *arguments],
        env=product.clean_environment(
            VIVENCIA_AT=server.url, VIVENCIA_KEY=key, VIVENCIA_CHROMIUM=chromium, **environment
        ),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_whole_and_accessible(look, company, tmp_path):
    """No violation that axe finds, no error, nothing refused by the policy, nothing wider than the window."""
    drive(company, "look.mjs", "--as", look, "--out", str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) >= 30


@pytest.mark.parametrize("walk", WALKS)
def test_what_people_come_to_do(walk, company, tmp_path):
    printed = drive(company, "walk.mjs", walk, VIVENCIA_FAILURE=str(tmp_path / "failure.png"))
    assert printed.count("done ") >= 1
