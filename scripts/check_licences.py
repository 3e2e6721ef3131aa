#!/usr/bin/env python3
"""Checks, without a network, that every crate comes from the public registry under a licence that `deny.toml` allows.

`cargo deny check licenses bans sources` reads the same file and does more; this runs where it is not installed.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Reads an SPDX expression (`MIT OR (Apache-2.0 AND BSD-3-Clause)`, the old `MIT/Apache-2.0` too)."""
    words = re.findall(r"\(|\)|[^\s()/]+|/", expression)
    words = ["OR" if word == "/" else word for word in words]

    def either():
        value = both()
        while words and words[0] == "OR":
            words.pop(0)
            value = both() or value
        return value

    def both():
        value = single()
        while words and words[0] == "AND":
            words.pop(0)
            value = single() and value
        return value

    def single():
        word = words.pop(0)
        if word == "(":
            value = either()
            words.pop(0)
            return value
        if words and words[0] == "WITH":
            words.pop(0)
            word = f"{word} WITH {words.pop(0)}"
        return word in allowed

    return either() and not words


def main() -> int:
    rules = tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))
    allowed = set(rules["licenses"]["allow"])
    exceptions = {entry["crate"]: set(entry["allow"]) for entry in rules["licenses"].get("exceptions", [])}
    banned = {entry["crate"]: entry["reason"] for entry in rules["bans"].get("deny", [])}
    sources = {f"registry+{url}" for url in rules["sources"]["allow-registry"]}
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)[
        "packages"
    ]

    faults = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"]
        if not licence:
            faults.append(f"{name} names no licence")
        elif not is_allowed(licence, allowed | exceptions.get(package["name"], set())):
            faults.append(f"{name} is under {licence}, which deny.toml does not allow")
        if package["source"] is not None and package["source"] not in sources:
            faults.append(f"{name} comes from {package['source']}")
        if package["name"] in banned:
            faults.append(f"{name} is banned: {banned[package['name']]}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(packages)} crates, {len(faults)} faults")
    return 1 if faults or len(packages) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
