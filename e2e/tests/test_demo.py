"""The demonstration company: made from a seed, brought in, served, and what it prints can be typed."""

import filecmp
import shlex
import subprocess

from harness import product
from harness.http import request

CUSTOMERS = 1_000
START_LIMIT_S = 120


def printed_commands(text: str) -> list[list[str]]:
    """Lines that somebody would type."""
    lines = [line.strip().removeprefix("$ ") for line in text.splitlines()]
    starts = (f"{product.find_binary()} ", "curl ")
    return [shlex.split(line) for line in lines if line.startswith(starts)]


def test_the_demonstration_comes_up_and_what_it_prints_works(data_dir):
    demo = product.Server(data_dir, "--customers", str(CUSTOMERS), command="demo").start(limit_s=START_LIMIT_S)
    try:
        assert request(demo.address, "GET", "/readyz").status == 200
        product.wait_until(lambda: len(printed_commands(demo.text())) >= 3, 5, "commands to try")
        for words in printed_commands(demo.text()):
            more = ["--fail-with-body", "--silent", "--show-error"] if words[0] == "curl" else []
            result = subprocess.run(
                [words[0], *more, *words[1:]],
                env=product.clean_environment(),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert result.returncode == 0, f"{shlex.join(words)}:\n{result.stdout}\n{result.stderr}"
            assert result.stdout.strip(), f"{shlex.join(words)} says nothing"

        counts = product.counts(data_dir)
        assert counts["stored"] > 20 * CUSTOMERS
        assert (counts["duplicate"], counts["dead"]) == (0, 0)
        nodes = product.run_json("journeys", "map", "--data-dir", data_dir)["nodes"]
        assert {"Order Completed", "Product Viewed"} <= {node["activity"] for node in nodes}
    finally:
        demo.kill()

    again = product.Server(data_dir, "--customers", str(CUSTOMERS), command="demo").start(limit_s=START_LIMIT_S)
    again.kill()
    assert product.counts(data_dir)["stored"] == counts["stored"], "a second start made the company again"


def test_the_same_seed_makes_the_same_company(tmp_path):
    made = {}
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        made[name] = tmp_path / name
        product.run("demo", "generate", "--customers", 200, "--seed", seed, "--out", made[name])
    files = sorted(str(path.relative_to(made["one"])) for path in made["one"].rglob("*") if path.is_file())
    assert files
    same, different, missing = filecmp.cmpfiles(made["one"], made["two"], files, shallow=False)
    assert (sorted(same), different, missing) == (files, [], [])
    _, different, _ = filecmp.cmpfiles(made["one"], made["other"], files, shallow=False)
    assert different, "another seed makes the same company"
