"""How fast the projection of the timeline is made from the chunks, when a server starts with other properties."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import machine
from .copies import copied
from .program import Programs, memory, stop

SETTING = "VIVENCIA_TIMELINE_PROPERTIES"
MADE_ANEW = "the timeline is made anew from the chunks"
MANIFEST = "manifest.json"
LOOK_EVERY_SECONDS = 0.002
# A server may answer before the projection is there.
LONGEST_SECONDS = 600


def measure_building(programs: Programs, data_dir: Path, rows: int) -> dict:
    """Without any property laid out, and then with the one that the log has."""
    property_name = os.environ[SETTING]
    with copied(data_dir, data_dir.with_name("building")) as copy:
        plain = _build(programs, copy, "", rows)
        laid_out = _build(programs, copy, property_name, rows)
    return {"plain": plain, "property": laid_out, "property_name": property_name}


@dataclass
class _Moments:
    """When what happened, by the clock of `time.perf_counter`."""

    started: float
    made_anew: float | None = None
    first_file: float | None = None
    published: float | None = None
    is_published: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)


def _build(programs: Programs, data_dir: Path, properties: str, rows: int) -> dict:
    timeline = data_dir / "events" / "timeline"
    command = [programs.vivencia, "serve", "--data-dir", data_dir, "--listen", "127.0.0.1:0"]
    environment = os.environ | {SETTING: properties, "VIVENCIA_LOG": "info"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    busy = machine.busy_seconds()
    moments = _Moments(time.perf_counter())
    with _watching(timeline, moments):
        process = subprocess.Popen(list(map(str, command)), env=environment, **pipes)
        reader = threading.Thread(target=_read_log, args=(process, moments))
        reader.start()
        try:
            line = process.stdout.readline()
            ready = time.perf_counter()
            moments.is_published.wait(LONGEST_SECONDS if moments.made_anew else 0)
            peak = memory(process.pid) if line else {}
            own = machine.process_seconds(process.pid)
            others = machine.busy_seconds() - busy - own
        finally:
            stop(process)
            reader.join()
    if not line.startswith("listening on "):
        raise RuntimeError(f"the server did not start: {line!r}")
    if moments.made_anew is None or moments.first_file is None or moments.published is None:
        raise RuntimeError(f"the projection was not made anew at the start: {moments}")
    seconds = moments.published - moments.made_anew
    files = [file.stat().st_size for file in timeline.iterdir()]
    return {
        "seconds": seconds,
        "events_per_second": rows / seconds,
        "reading_seconds": moments.first_file - moments.made_anew,
        "writing_seconds": moments.published - moments.first_file,
        "start_seconds": ready - moments.started,
        "processor_seconds": own,
        "others_cores": max(0.0, others / (ready - moments.started)),
        "memory": peak,
        "disk_bytes": sum(files),
    }


def _read_log(process: subprocess.Popen, moments: _Moments) -> None:
    for line in process.stderr:
        if MADE_ANEW in line:
            moments.made_anew = time.perf_counter()


@contextmanager
def _watching(timeline: Path, moments: _Moments) -> Iterator[None]:
    """Sees the first new file of the projection, and the manifest that names them all."""
    before = {file.name for file in timeline.iterdir()}
    manifest = (timeline / MANIFEST).stat().st_ino

    def look() -> None:
        while not moments.is_over.wait(LOOK_EVERY_SECONDS):
            now = time.perf_counter()
            if moments.first_file is None and {entry.name for entry in timeline.iterdir()} - before:
                moments.first_file = now
            if moments.published is None and (timeline / MANIFEST).stat().st_ino != manifest:
                moments.published = now
                moments.is_published.set()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        moments.is_over.set()
        watcher.join()
