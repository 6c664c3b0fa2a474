#!/usr/bin/env bash
# run.sh [NAME] - what docs/styles.md promises, on pages: run.py with what it needs.
. "$(dirname "$0")/../lib.sh"
need css python3 python3
INCIPIT=$incipit INCIPIT_WORK=$(fresh css-cases) PYTHONDONTWRITEBYTECODE=1 python3 "$tests/css/run.py" "$@"
