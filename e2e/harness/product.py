"""The real binary, driven from outside: commands, servers and what they answer."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vivencia"
REPOSITORY = Path(__file__).resolve().parents[2]
START_LIMIT_S = 10.0
COMMAND_LIMIT_S = 300


def find_binary() -> Path:
    """`VIVENCIA_BIN`, or what `cargo build -p vivencia` left behind."""
    named = os.environ.get("VIVENCIA_BIN")
    target = Path(os.environ.get("CARGO_TARGET_DIR") or CACHE / "target")
    binary = Path(named) if named else target / "debug" / "vivencia"
    assert binary.is_file(), f"{binary} is missing: run `make build`, or name the binary in VIVENCIA_BIN"
    return binary


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without the variables that configure the product, so that a test means what it says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIVENCIA_")}
    return kept | more


class CommandFailed(AssertionError):
    def __init__(self, arguments, result):
        self.code = result.returncode
        self.stdout = result.stdout
        self.stderr = result.stderr
        super().__init__(f"`vivencia {' '.join(arguments)}` ended with {self.code}:\n{self.stdout}\n{self.stderr}")


def run(*arguments, ok: bool = True, stdin: str | None = None, limit_s: float = COMMAND_LIMIT_S):
    """Runs one command; with `ok=False` a failure is an answer like any other."""
    words = [str(argument) for argument in arguments]
    result = subprocess.run(
        [find_binary(), *words],
        capture_output=True,
        text=True,
        input=stdin,
        env=clean_environment(),
        timeout=limit_s,
        check=False,
    )
    if (ok and result.returncode != 0) or "panicked" in result.stderr:
        raise CommandFailed(words, result)
    return result


def run_json(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


def run_json_lines(*arguments):
    return [json.loads(line) for line in run(*arguments).stdout.splitlines() if line.strip()]


def create_key(data_dir: Path, name: str, scope: str) -> str:
    printed = run("key", "create", "--data-dir", data_dir, "--name", name, "--scope", scope).stdout
    key = printed.strip()
    assert len(key.split()) == 1, f"`key create` prints the key alone, not {printed!r}"
    return key


def counts(data_dir: Path) -> dict[str, int]:
    answer = run_json("events", "count", "--data-dir", data_dir)
    four = {name: answer[name] for name in ("received", "stored", "duplicate", "dead")}
    assert four["received"] == four["stored"] + four["duplicate"] + four["dead"], f"conservation is broken: {four}"
    return four


STARTED: list["Server"] = []


class Server:
    """One server on a port that the system chose. Leaving the block kills it."""

    def __init__(self, data_dir: Path, *more: str, command: str = "serve"):
        self.data_dir = data_dir
        self.arguments = [command, "--data-dir", str(data_dir), "--listen", "127.0.0.1:0", *more]
        self.process: subprocess.Popen | None = None
        self.url = ""
        self.started_in_s = 0.0
        self.output: list[str] = []
        # Beside what a clean environment has.
        self.environment: dict[str, str] = {}

    def start(self, limit_s: float = START_LIMIT_S) -> "Server":
        begun = time.monotonic()
        STARTED.append(self)
        self.output = []
        self.process = subprocess.Popen(
            [find_binary(), *self.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=clean_environment(**self.environment),
        )
        ready = threading.Event()
        reader = threading.Thread(target=self._read_output, args=(self.process, ready), daemon=True)
        reader.start()
        while not ready.wait(0.02):
            waited = time.monotonic() - begun
            ended = self.process.poll()
            if ended is not None:
                reader.join(5)
                raise AssertionError(f"the server ended with {ended} before it was ready:\n{self.text()}")
            if waited > limit_s:
                self.kill()
                raise AssertionError(f"not ready after {limit_s} s:\n{self.text()}")
        self.started_in_s = time.monotonic() - begun
        return self

    def _read_output(self, process, ready):
        for line in process.stdout:
            self.output.append(line)
            if "listening on http://" in line:
                self.url = line.split("listening on ", 1)[1].split()[0].rstrip("/")
                ready.set()

    def text(self) -> str:
        return "".join(self.output[-60:])

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.url.removeprefix("http://").rsplit(":", 1)
        return host, int(port)

    def kill_while_it_starts(self, after_s: float) -> None:
        """Starts it and kills it before it says that it is ready, or soon after."""
        begun = subprocess.Popen(
            [find_binary(), *self.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
        )
        time.sleep(after_s)
        begun.kill()
        begun.wait()

    def listen_again(self) -> "Server":
        """The next start takes the same port, for clients that know no other."""
        self.arguments[self.arguments.index("--listen") + 1] = "{}:{}".format(*self.address)
        return self

    def kill(self) -> None:
        """The way a power cut or the kernel's memory killer ends it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self, limit_s: float = 30.0) -> int:
        """The way an operator ends it."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(limit_s)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_):
        self.kill()


def wait_until(condition, limit_s: float, what: str, every_s: float = 0.05):
    """Waits for a condition and says what was awaited when it does not come."""
    deadline = time.monotonic() + limit_s
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {limit_s} s in vain for {what}"
        time.sleep(every_s)
