"""Sections of the results page that are measured by themselves; each stays until it is measured again."""

import re

# In the order of the page; within a kind smaller sizes come first.
KINDS = ("listening", "questions", "growth", "peers")
SECTION = re.compile(rf"<!-- ({'|'.join(KINDS)}) (\d+) -->\n.*?<!-- end of \1 -->\n", re.DOTALL)


def section(kind: str, rows: int, parts: list[str]) -> str:
    return "\n\n".join([f"<!-- {kind} {rows} -->\n{parts[0]}", *parts[1:], f"<!-- end of {kind} -->\n"])


def replace(page: str, made: list[str]) -> str:
    """The page with these sections instead of those of the same kind and size."""
    sections = {_key(found): found.group(0) for found in SECTION.finditer(page)}
    sections |= {_key(found): found.group(0) for one in made for found in SECTION.finditer(one)}
    rest = SECTION.sub("", page).rstrip("\n")
    return "\n\n".join([rest, *(sections[key].rstrip("\n") for key in sorted(sections))]) + "\n"


def kept(page: str) -> str:
    return "".join(found.group(0) for found in SECTION.finditer(page))


def _key(found: re.Match) -> tuple[int, int]:
    return KINDS.index(found.group(1)), int(found.group(2))
