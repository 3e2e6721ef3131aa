#!/usr/bin/env bash
# Builds the console into console/dist, where the program packs it from, unless it stands there already.
# usage: scripts/console.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/node_modules.sh console
cd console
exec 8>.build.lock
flock 8
hash=$(find src public scripts index.html ./*.json ./*.ts -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64)
if [ "$(cat dist/.vite/vivencia-built 2>/dev/null)" != "$hash" ]; then
  npm run --silent build
  printf '%s\n' "$hash" > dist/.vite/vivencia-built
fi
