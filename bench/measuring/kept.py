"""Results of long steps, kept in a folder, so that a run that was stopped goes on where it was."""

import json
from collections.abc import Callable
from pathlib import Path


def once(file: Path, make: Callable[[], dict]) -> dict:
    """What the file keeps, or else what is made now, which it keeps from then on."""
    if file.exists():
        return json.loads(file.read_text())
    made = make()
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(made))
    unfinished.rename(file)
    return made
