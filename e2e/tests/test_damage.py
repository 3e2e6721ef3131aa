"""A flipped bit in any file is detected, and the file is named."""

import random
import shutil

import pytest

from harness import product
from harness.http import post_batch

FLIPS_PER_FILE = 24
KINDS = {
    "write-ahead log": "events/wal/*",
    "chunk": "events/chunks/**/????????????.parquet",
    "text chunk": "events/chunks/**/*.text.parquet",
    "duplicate run": "events/duplicates/**/*",
    "timeline": "events/timeline/**/*",
    "manifest": "events/manifest.json",
    "identities": "events/identity.parquet",
    "format": "vivencia.json",
    "secret": "secret.json",
    "state": "state.db",
}


@pytest.fixture(scope="module")
def undamaged(tmp_path_factory):
    """A directory with sealed files and, because its server was killed, a log beyond them."""
    data_dir = tmp_path_factory.mktemp("damage") / "data"
    rows = ["customer,activity,occurred_at,comment"]
    for number in range(3_000):
        rows.append(
            f"c-{number % 170},Step {number % 9},2026-0{1 + number % 3}-11T10:{number % 60:02}:00Z,mesa {number}"
        )
    file = data_dir.parent / "rows.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    mapping = "customer=customer,activity=activity,occurred_at=occurred_at,property:comment=comment"
    product.run("events", "import", "--data-dir", data_dir, file, "--map", mapping)
    with product.Server(data_dir) as server:
        key = product.create_key(data_dir, "web", "collect")
        for batch in range(20):
            events = [{"type": "track", "userId": f"u-{batch}", "event": f"Late {n}"} for n in range(10)]
            assert post_batch(server.address, key, events).status == 200
    return data_dir


@pytest.fixture(scope="module")
def stopped(undamaged, tmp_path_factory):
    """The same after a clean stop. Until then `state.db` holds pages that the log beside it replaces when it is opened:
    a bit flipped there does no harm, and nobody notices."""
    data_dir = shutil.copytree(undamaged, tmp_path_factory.mktemp("stopped") / "data")
    product.run("events", "count", "--data-dir", data_dir)
    return data_dir


def files_of(data_dir, kind):
    return sorted(path for path in data_dir.glob(KINDS[kind]) if path.is_file() and path.stat().st_size > 0)


def verify(data_dir):
    return product.run("events", "verify", "--data-dir", data_dir, ok=False)


def test_an_undamaged_directory_is_found_so(undamaged, tmp_path):
    copy = shutil.copytree(undamaged, tmp_path / "copy")
    result = verify(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_bit_is_detected_and_its_file_named(kind, undamaged, stopped, tmp_path):
    undamaged = stopped if kind == "state" else undamaged
    files = files_of(undamaged, kind)
    assert files, f"no {kind} in {sorted(str(path.relative_to(undamaged)) for path in undamaged.rglob('*'))}"
    dice = random.Random(kind)
    missed = []
    for file in dice.sample(files, min(2, len(files))):
        size = file.stat().st_size
        edges = {0, 1, 4, 8, 12, size // 2, size - 9, size - 1} & set(range(size))
        offsets = edges | {dice.randrange(size) for _ in range(FLIPS_PER_FILE - len(edges))}
        for offset in sorted(offsets):
            bit = dice.randrange(8)
            copy = shutil.copytree(undamaged, tmp_path / "copy")
            damaged = copy / file.relative_to(undamaged)
            content = bytearray(damaged.read_bytes())
            content[offset] ^= 1 << bit
            damaged.write_bytes(content)
            result = verify(copy)
            said = result.stdout + result.stderr
            if result.returncode == 0 or file.name not in said:
                missed.append((file.name, size, offset, bit, result.returncode, said[-300:]))
            shutil.rmtree(copy)
    assert missed == []


def test_a_truncated_chunk_is_detected_and_named(undamaged, tmp_path):
    copy = shutil.copytree(undamaged, tmp_path / "copy")
    chunk = files_of(copy, "chunk")[0]
    chunk.write_bytes(chunk.read_bytes()[:-10])
    result = verify(copy)
    assert result.returncode != 0
    assert chunk.name in result.stdout + result.stderr


def test_a_missing_chunk_is_detected_and_named(undamaged, tmp_path):
    copy = shutil.copytree(undamaged, tmp_path / "copy")
    chunk = files_of(copy, "chunk")[0]
    chunk.unlink()
    result = verify(copy)
    assert result.returncode != 0
    assert chunk.name in result.stdout + result.stderr
