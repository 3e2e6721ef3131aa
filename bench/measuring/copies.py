"""Copies of a data directory, so that what is measured changes them and not what was imported."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Written once and only unlinked later: another name for the same file is a copy of it.
NEVER_CHANGED = {".parquet", ".timeline", ".ids"}
FOLDERS = {"chunks", "duplicates", "timeline"}


@contextmanager
def copied(data_dir: Path, copy: Path) -> Iterator[Path]:
    """A copy that costs little disk, for as long as it is needed."""
    shutil.rmtree(copy, ignore_errors=True)

    def link_or_copy(source: str, destination: str) -> None:
        within = Path(source).relative_to(data_dir)
        if within.suffix in NEVER_CHANGED and not FOLDERS.isdisjoint(within.parts):
            os.link(source, destination)
        else:
            shutil.copy2(source, destination)

    try:
        shutil.copytree(data_dir, copy, copy_function=link_or_copy)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)
