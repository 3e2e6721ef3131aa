#!/usr/bin/env bash
# Sees to what is needed beyond Rust and Node: on Debian as root (or with sudo that asks nothing) it installs it,
# elsewhere it says what is missing.
# usage: scripts/prepare.sh build|test
set -euo pipefail

purpose=${1:?usage: scripts/prepare.sh build|test}
missing=()
command -v cc >/dev/null || missing+=(build-essential)
if [ "$purpose" = test ]; then
  command -v chromium >/dev/null || missing+=(chromium)
  command -v curl >/dev/null || missing+=(curl)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  command -v python3 >/dev/null || missing+=(python3)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
fi

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; }; then
    echo "Needed and not here: ${missing[*]}" >&2
    echo "On Debian: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

for tool in cargo node npm; do
  command -v "$tool" >/dev/null && continue
  echo "\`$tool\` is missing: install Rust 1.95 or newer, and Node 20 or newer" >&2
  exit 1
done
