"""The programs that are measured and measure, and a server that never outlives its measurement."""

import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import machine


@dataclass(frozen=True)
class Programs:
    vivencia: Path
    load: Path

    def measure(self, *arguments: object) -> dict:
        """What `load` printed."""
        done = subprocess.run([self.load, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def ask(self, *arguments: object) -> str:
        """What `vivencia` printed."""
        done = subprocess.run([self.vivencia, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()


@dataclass(frozen=True)
class Server:
    url: str
    process: int
    seconds_to_start: float

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def get(self, path: str, key: str) -> tuple[dict, float]:
        """An answer and the milliseconds until all of it was here."""
        begun = time.perf_counter()
        body = self._read(path, key)
        taken_ms = (time.perf_counter() - begun) * 1000
        return json.loads(body), taken_ms

    def get_text(self, path: str, key: str) -> str:
        return self._read(path, key).decode()

    def _read(self, path: str, key: str) -> bytes:
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {key}"})
        with urllib.request.urlopen(request) as answer:
            return answer.read()


@contextmanager
def serving(programs: Programs, data_dir: Path, *settings: str) -> Iterator[Server]:
    begun = time.perf_counter()
    command = [programs.vivencia, "serve", "--data-dir", data_dir, "--listen", "127.0.0.1:0", *settings]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on "):
            raise RuntimeError(f"the server did not start: {line!r}")
        yield Server(line.split()[-1], process.pid, time.perf_counter() - begun)
    finally:
        stop(process)


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def memory(process: int) -> dict[str, int]:
    """Bytes by the kernel's names: VmRSS and VmHWM with mapped files, RssAnon without."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return {name: int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM", "RssAnon") if name in fields}


@dataclass(frozen=True)
class Run:
    output: str
    seconds: float
    processor_seconds: float
    others_seconds: float
    peak_bytes: int
    peak_anonymous_bytes: int


def run_watched(command: list[object]) -> Run:
    """Runs a command to its end and says what it took."""
    busy = machine.busy_seconds()
    begun = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    anonymous = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, anonymous), daemon=True)
    watcher.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    own = usage.ru_utime + usage.ru_stime
    others = machine.busy_seconds() - busy - own
    return Run(output, seconds, own, others, usage.ru_maxrss * 1024, anonymous[0])


def _watch(process: int, anonymous: list[int]) -> None:
    while True:
        try:
            anonymous[0] = max(anonymous[0], memory(process)["RssAnon"])
        except (OSError, KeyError):
            return
        time.sleep(0.05)
