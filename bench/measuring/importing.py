"""A large file into an empty directory."""

import json
from pathlib import Path

from .program import Programs, run_watched

# Cards, so that two of them can turn out to be one person's.
MAPPING = (
    "customer:loyalty_card=customer,activity=activity,occurred_at=occurred_at,channel=channel,"
    "property:campaign=campaign"
)


def measure_import(programs: Programs, log: Path, rows: int, data_dir: Path) -> dict:
    run = run_watched(
        [
            *(programs.vivencia, "events", "import", "--data-dir", data_dir, log),
            *("--map", MAPPING, "--time-zone", "UTC", "--format", "json"),
        ]
    )
    [report] = json.loads(run.output)["files"]
    if (report["rows"], report["stored"], report["dead"]) != (rows, rows, 0):
        raise RuntimeError(f"the import of {rows} rows reports {report}")
    return {
        "seconds": run.seconds,
        "rows_per_second": rows / run.seconds,
        "processor_seconds": run.processor_seconds,
        "others_cores": run.others_seconds / run.seconds,
        "peak_bytes": run.peak_bytes,
        "peak_anonymous_bytes": run.peak_anonymous_bytes,
        "file_bytes": log.stat().st_size,
        "disk_bytes": _disk_bytes(data_dir),
        "folders": {entry.name: _disk_bytes(entry) for entry in sorted(data_dir.iterdir())},
    }


def _disk_bytes(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_blocks * 512 for file in files)
