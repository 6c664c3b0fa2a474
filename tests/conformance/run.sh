#!/usr/bin/env bash
# run.sh - CommonMark's own examples through the program.
. "$(dirname "$0")/../lib.sh"
need conformance/commonmark node "nodejs"
[ -d "$root/node_modules/commonmark-spec" ] || skip conformance/commonmark "the examples are not installed (npm package commonmark-spec)"
INCIPIT_DATA=$root exec node "$tests/conformance/commonmark.mjs" -- "$incipit" dump --as html --commonmark
