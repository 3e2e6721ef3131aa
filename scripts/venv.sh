#!/usr/bin/env bash
# Makes a Python environment from a list of pinned packages, once for each content of the list, and prints its path.
# usage: scripts/venv.sh e2e/requirements/suite.txt
set -euo pipefail

list=$1
name=$(basename "$list" .txt)
hash=$(cat "$list" <(python3 --version) | sha256sum | cut -c1-12)
venv="${XDG_CACHE_HOME:-$HOME/.cache}/vivencia/venv-$name-$hash"

if [ ! -f "$venv/complete" ]; then
  mkdir -p "$(dirname "$venv")"
  # One maker at a time; the next one finds it complete.
  exec 9>"$venv.lock"
  flock 9
  if [ ! -f "$venv/complete" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv" >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list" >&2
    touch "$venv/complete"
  fi
fi
printf '%s\n' "$venv"
