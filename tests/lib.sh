# lib.sh - what the test scripts share; sourced. CTest gives INCIPIT (the program) and INCIPIT_WORK (a folder to work in).
set -eu

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$tests")
incipit=${INCIPIT:-$root/build/release/incipit}
work=${INCIPIT_WORK:-${TMPDIR:-/tmp}/incipit-tests}
export LC_ALL=C.UTF-8
unset NO_COLOR INCIPIT_DATA
mkdir -p "$work"

# skip NAME REASON: the test cannot run here. Says so loudly, and in the list that ./dev test shows at its end.
skip() {
    echo "SKIPPED $1: $2"
    [ -z "${INCIPIT_SKIPS:-}" ] || echo "$1: $2" >>"$INCIPIT_SKIPS"
    exit 77
}

fail() {
    echo "FAILED: $*"
    exit 1
}

# need NAME PROGRAM PACKAGE
need() {
    command -v "$2" >/dev/null || skip "$1" "$2 is not installed (package $3)"
}

# A fresh empty folder for this test.
fresh() {
    rm -rf "${work:?}/$1"
    mkdir -p "$work/$1"
    echo "$work/$1"
}

# expect STATUS COMMAND...: runs it with its output in $out and $err.
expect() {
    local want=$1 got=0
    shift
    "$@" >"$work/stdout.$$" 2>"$work/stderr.$$" </dev/null || got=$?
    out=$(cat "$work/stdout.$$") err=$(cat "$work/stderr.$$")
    rm -f "$work/stdout.$$" "$work/stderr.$$"
    [ $got = "$want" ] || fail "status $got instead of $want: $*
$out
$err"
}

# says TEXT: the last command's standard error holds it.
says() {
    case $err in
    *"$1"*) ;;
    *) fail "standard error lacks '$1':
$err" ;;
    esac
}
