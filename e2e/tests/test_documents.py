"""The examples of the documents: typed as they stand, they print what is written."""

import os

from harness import product
from harness.walkthrough import Shell, blocks, commands_of, says

DOCUMENT = product.REPOSITORY / "docs" / "journeys.md"
# Files of the examples, by their first lines.
FILES = {"customer,activity,occurred_at": "five.csv", "customer,activity,occurred_at,paid,items": "paid.csv"}


def test_the_examples_of_journeys_print_what_is_written(tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "vivencia").symlink_to(product.find_binary())
    commands = []
    for language, line, lines in blocks(DOCUMENT):
        if lines and lines[0] in FILES:
            (tmp_path / FILES[lines[0]]).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if language == "console":
            commands += commands_of(line, lines)
    # An example may come before the section that says how its file is brought in.
    commands.sort(key=lambda command: not command.text.startswith(("export ", "vivencia events import")))
    with Shell(tmp_path, HOME=str(tmp_path), PATH=f"{programs}:{os.environ['PATH']}") as shell:
        for command in commands:
            printed, code = shell.type(command.text)
            place = f"{DOCUMENT.name}:{command.line}: {command.text}"
            assert code == 0, f"{place}\nended with {code}:\n{printed}"
            assert says(command.expected, printed), f"{place}\nprints\n{printed}\nand not\n{command.expected}"
    assert len(commands) >= 18, f"only {len(commands)} commands were found"
