#!/bin/sh
# diagnostics.sh [ROOT] - docs/diagnostics.md says what src/base/diag.def and diag_help.def say, and no id stands there twice.
set -eu
root=${1:-$(dirname "$0")/..}
cd "$root"
awk -f tests/tools/diagnostics.awk src/base/diag_help.def src/base/diag.def | diff -u docs/diagnostics.md - || {
    echo "docs/diagnostics.md is out of date: awk -f tests/tools/diagnostics.awk src/base/diag_help.def src/base/diag.def >docs/diagnostics.md"
    exit 1
}
twice=$(sed -n 's/^INC_DIAG([^"]*"\([^"]*\)".*/\1/p' src/base/diag.def | LC_ALL=C sort | uniq -d)
[ -z "$twice" ] || { echo "src/base/diag.def: more than once:" $twice; exit 1; }
# The examples are messages that the program makes.
if command -v python3 >/dev/null; then
    python3 tests/tools/examples.py .
fi
