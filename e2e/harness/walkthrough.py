"""A document's walk-through, typed as it stands: its `console` blocks hold commands and what they print."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness import product

END = "walk-through-end"
HEREDOC = re.compile(r"<<'(\w+)'")


@dataclass(frozen=True)
class Command:
    text: str
    expected: str
    line: int


def blocks(document: Path) -> list[tuple[str, int, list[str]]]:
    """Fenced blocks: language, line of the fence and the lines within."""
    found = []
    fence: tuple[str, int, list[str]] | None = None
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if fence:
                found.append(fence)
                fence = None
            else:
                fence = (line.removeprefix("```").strip(), number, [])
        elif fence:
            fence[2].append(line)
    assert fence is None, f"{document.name}: the block of line {fence[1]} does not end"
    return found


def commands_of(start: int, lines: list[str]) -> list[Command]:
    """A line that begins with `$ ` is typed; a here-document belongs to its command; the rest is what it prints."""
    commands = []
    index = 0
    while index < len(lines):
        assert lines[index].startswith("$ "), f"line {start + 1 + index}: {lines[index]!r} follows no command"
        typed_at = index
        typed = [lines[index].removeprefix("$ ")]
        index += 1
        if heredoc := HEREDOC.search(typed[0]):
            while lines[index] != heredoc[1]:
                typed.append(lines[index])
                index += 1
            typed.append(lines[index])
            index += 1
        printed = []
        while index < len(lines) and not lines[index].startswith("$ "):
            printed.append(lines[index])
            index += 1
        commands.append(Command("\n".join(typed), "\n".join(printed).rstrip(), start + 1 + typed_at))
    return commands


def says(expected: str, printed: str) -> bool:
    """Whether the document tells the truth: `…` alone on a line stands for lines, within a line for anything."""
    # Thousands stand apart by a narrow space that keeps a number on one line.
    printed = printed.replace("\u202f", " ")
    pattern = []
    for line in expected.splitlines():
        if line == "…":
            pattern.append(r"(?:[^\n]*\n)*?")
        else:
            pattern.append("[^\n]*?".join(re.escape(part) for part in line.rstrip().split("…")) + r"[ ]*\n")
    return re.fullmatch("".join(pattern), printed.rstrip() + "\n" if printed.strip() else "") is not None


class Shell:
    """One shell for a whole walk-through: variables and folders stay."""

    def __init__(self, folder: Path, **environment: str):
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=product.clean_environment(**environment),
        )

    def type(self, command: str) -> tuple[str, int]:
        """What a command prints, and its exit code."""
        self.process.stdin.write(f'{command}\necho "{END} $?"\n')
        self.process.stdin.flush()
        printed = []
        for line in self.process.stdout:
            if line.startswith(END):
                return "".join(printed), int(line.split()[1])
            # A command that ends without a line break has the mark behind it.
            if END in line:
                before, code = line.split(END)
                return "".join(printed) + before, int(code)
            printed.append(line)
        raise AssertionError(f"the shell ended at {command!r}:\n{''.join(printed)}")

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
