"""The walk-throughs of the README, in both languages: typed as they stand, they print what is written."""

import contextlib
import os
import shutil

import pytest

from harness import postgres, product, segment
from harness.walkthrough import Shell, blocks, commands_of, says

DOCUMENTS = ("README.md", "README.es.md")
START_LIMIT_S = 300


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """What `make run` leaves behind, of the same size."""
    data_dir = tmp_path_factory.mktemp("readme") / "demo"
    demo = product.Server(data_dir, command="demo").start(limit_s=START_LIMIT_S)
    product.wait_until(lambda: "Try" in demo.text(), 5, "what to try")
    assert demo.stop(limit_s=60) == 0
    return data_dir


@pytest.fixture
def home(tmp_path, demonstration):
    """A clone with the program on the path, and a home with the demonstration where `make run` puts it."""
    cache = tmp_path / "home" / ".cache" / "vivencia"
    cache.mkdir(parents=True)
    shutil.copytree(demonstration, cache / "demo")
    clone = tmp_path / "clone"
    (clone / "data").mkdir(parents=True)
    (clone / "data" / "samples").symlink_to(product.REPOSITORY / "data" / "samples")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "vivencia").symlink_to(product.find_binary())
    # Not a link: an interpreter finds its packages by the place that it is called from.
    (programs / "python3").write_text(f'#!/bin/sh\nexec "{segment.interpreter("2.3.4")}" "$@"\n')
    (programs / "python3").chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_walk_through_prints_what_is_written(name, home):
    with contextlib.ExitStack() as stack:
        environment = {
            "HOME": str(home / "home"),
            "PATH": f"{home / 'programs'}:{postgres.find_programs()}:{os.environ['PATH']}",
        }
        shell = stack.enter_context(Shell(home / "clone", **environment))
        written: dict[str, str] = {}
        typed = 0
        for language, line, lines in blocks(product.REPOSITORY / name):
            text = "\n".join(lines)
            if "vivencia serve --data-dir shop --listen 127.0.0.1:8081" in text:
                server = stack.enter_context(product.Server(home / "clone" / "shop"))
                written["127.0.0.1:8081"] = server.url.removeprefix("http://")
            if "createdb" in text:
                folder = stack.enter_context(postgres.cluster())
                written["-h 127.0.0.1 -U postgres"] = f"-h {folder} -U postgres"
                written["postgres://postgres@127.0.0.1:5432/vivencia"] = (
                    f"postgres://postgres@localhost/vivencia?host={folder}"
                )
            if language != "console":
                continue
            for command in commands_of(line, lines):
                text = command.text
                for here, there in written.items():
                    text = text.replace(here, there)
                # The terminal shows no progress of curl when it prints to a screen.
                text = text.replace("curl ", "curl --silent --show-error ")
                printed, code = shell.type(text)
                assert code == 0, f"{name}:{command.line}: {command.text}\nended with {code}:\n{printed}"
                assert says(command.expected, printed), (
                    f"{name}:{command.line}: {command.text}\nprints\n{printed}\nand not\n{command.expected}"
                )
                typed += 1
        assert typed >= 20, f"only {typed} commands were found in {name}"
