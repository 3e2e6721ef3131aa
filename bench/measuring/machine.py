"""What the machine is and how busy it is: figures without this say nothing."""

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def describe(directory: Path) -> list[tuple[str, str]]:
    """Names and values for the head of the results."""
    free = f"{shutil.disk_usage(directory).free / 2**30:.0f} GiB free"
    return [
        ("processor", f"{_processor()}, {os.cpu_count()} cores"),
        ("memory", f"{_memory_bytes() / 2**30:.0f} GiB"),
        ("kernel", f"{platform.system()} {platform.release()}"),
        ("file system of the data", f"{_file_system(directory)}, {free}"),
    ]


def versions(repository: Path) -> list[tuple[str, str]]:
    commit = _said_by("git", "-C", str(repository), "describe", "--always", "--dirty=, with uncommitted changes")
    return [
        ("commit", commit),
        ("Rust", _said_by("rustc", "--version").removeprefix("rustc ").split(" (")[0]),
        ("Python", platform.python_version()),
    ]


def load_average() -> str:
    return ", ".join(f"{load:.2f}" for load in os.getloadavg())


def today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def busy_seconds() -> float:
    """Processor seconds that the whole machine has spent on anything since it started, waiting excluded."""
    fields = Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    user, nice, system, _idle, _waiting, *interrupts = map(int, fields)
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def process_seconds(process: int) -> float:
    """Processor seconds that a process has spent."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def drop_page_cache() -> bool:
    """Lets the kernel forget what it read from files; whether it was allowed. What a process maps and uses stays."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found.group(1) if found else platform.machine()


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _file_system(directory: Path) -> str:
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text().splitlines()]
    above = [(point, kind) for point, kind in mounts if directory.resolve().is_relative_to(point)]
    return max(above, key=lambda mount: len(mount[0]), default=("", "unknown"))[1]


def _said_by(*command: str) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"
