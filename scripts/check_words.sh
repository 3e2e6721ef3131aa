#!/usr/bin/env bash
# Fails when a tracked file or a commit message names a path of one machine: such a thing works for nobody else.
# Patterns are written so that they do not find themselves.
set -euo pipefail

patterns='(^|[^A-Za-z0-9_.-])/wor[k]/|/tm[p]/brief|/tm[p]/bash_jobs|/roo[t]/|/hom[e]/[a-z]+/|\.librar[y]/'
faults=0

if git grep -nIE "$patterns" -- . ':!*.lock' ':!package-lock.json' ':!*/package-lock.json' ':!data/samples/*'; then
  echo 'These lines name a path of one machine.' >&2
  faults=1
fi
if git log --format='%h %s%n%b' 2>/dev/null | grep -nE "$patterns"; then
  echo 'These commit messages name a path of one machine.' >&2
  faults=1
fi
exit $faults
