"""The demonstration company: made from a seed, brought in, served, and what it prints can be typed."""

import filecmp
import json
import re
import shlex
import stat
import subprocess

from harness import product
from harness.http import request
from harness.people import Browser

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


def printed_people(demo) -> dict[str, str]:
    """E-mail and password of each person that the demonstration prints."""
    product.wait_until(lambda: "Ctrl-C" in demo.text(), 5, "what to try")
    return dict(re.findall(r"^ +(\S+@\S+) +(\S{12,}) ", demo.text(), re.MULTILINE))


def test_the_people_that_the_demonstration_prints_can_sign_in(tmp_path):
    printed = []
    for folder in ("one", "one", "other"):
        demo = product.Server(tmp_path / folder, "--customers", "100", command="demo")
        demo.start(limit_s=START_LIMIT_S)
        try:
            people = printed_people(demo)
            printed.append(people)
            roles = []
            for email, password in people.items():
                browser = Browser(demo)
                assert browser.sign_in(email, password).status == 200, email
                roles.append(browser.get("session")["role"])
            assert roles == ["owner", "analyst", "shop_manager"]
            assert "#token=" not in "".join(demo.output), "there are people: nobody is to set anything up"
            assert Browser(demo).send("GET", "setup").status == 404
        finally:
            demo.kill()
        kept = demo.data_dir / "demonstration" / "sign-ins.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert {each["email"]: each["password"] for each in json.loads(kept.read_text("utf-8"))} == people
        for path in demo.data_dir.rglob("*"):
            if path.is_file() and path != kept:
                content = path.read_bytes()
                assert not [each for each in people.values() if each.encode() in content], path.name
    first, again, elsewhere = printed
    assert first == again
    assert first.keys() == elsewhere.keys()
    assert not set(first.values()) & set(elsewhere.values()), "passwords are made up for each directory"
    assert len(set(first.values())) == 3


def test_a_person_whose_password_is_not_known_any_more_gets_another(data_dir):
    run = lambda: product.Server(data_dir, "--customers", "100", command="demo").start(limit_s=START_LIMIT_S)
    demo = run()
    before = printed_people(demo)
    demo.kill()
    (data_dir / "demonstration" / "sign-ins.json").unlink()
    demo = run()
    try:
        after = printed_people(demo)
        for email, password in after.items():
            assert password != before[email]
            assert Browser(demo).sign_in(email, password).status == 200
            assert Browser(demo).sign_in(email, before[email]).status == 401
    finally:
        demo.kill()
