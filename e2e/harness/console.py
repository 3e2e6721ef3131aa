"""The scripts that open the console in Chromium."""

import shutil
import subprocess

from harness import product

FOLDER = product.REPOSITORY / "console"
LIMIT_S = 1_200


def drive(company, script: str, *arguments: str, **environment: str) -> str:
    """What a script prints about a served company; it says itself what is to be mended."""
    server, key = company
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make test` installs Debian's"
    assert (FOLDER / "node_modules").is_dir(), "the console's packages are missing: `make console` installs them"
    result = subprocess.run(
        ["node", FOLDER / "scripts" / script, *arguments],
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
