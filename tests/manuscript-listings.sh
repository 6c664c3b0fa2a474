#!/usr/bin/env bash
# manuscript-listings.sh: every listing of manuscript/ does what its recorded output says.
# A listing that must run (//@ kind: run) is compiled and run, and its output compared with NAME.out; one that must not
# compile (//@ kind: fail) is compiled, and the compiler's message, without its closing lines, compared with NAME.err.
set -u
root=${INCIPIT_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}
pinned=1.95.0
skip() {
    echo "manuscript/listings: $*" | tee -a "${INCIPIT_SKIPS:-/dev/null}"
    exit 77
}
command -v rustc >/dev/null || skip "needs rustc $pinned, there is none: no package gives it (rustup does)"
version=$(rustc --version | cut -d' ' -f2)
[ "$version" = "$pinned" ] || skip "outputs were recorded with rustc $pinned, this is $version: no package gives it (rustup does)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 passed=0
check() { # name, recorded, got
    if cmp -s "$2" "$3"; then passed=$((passed + 1)); else
        failed=$((failed + 1)); echo "FAIL $1"; diff -u "$2" "$3"
    fi
}
for file in $(find "$root/manuscript/listings" -name '*.rs' | sort); do
    name=$(basename "$file" .rs) kind=$(sed -n 's,^//@ kind: *,,p' "$file") edition=$(sed -n 's,^//@ edition: *,,p' "$file")
    cd "$(dirname "$file")" || exit 1
    case $kind in
    run)
        if rustc --edition "${edition:-2021}" -D warnings -o "$work/x" "$name.rs" 2>"$work/log" && "$work/x" >"$work/got"; then
            check "$name" "$name.out" "$work/got"
        else
            failed=$((failed + 1)); echo "FAIL $name: does not compile or run"; cat "$work/log"
        fi ;;
    fail)
        if rustc --edition "${edition:-2021}" --color never --diagnostic-width=72 --emit=metadata -o "$work/x" "$name.rs" 2>"$work/raw"; then
            failed=$((failed + 1)); echo "FAIL $name: compiles, but must not"
        else
            grep -v -e '^error: aborting' -e '^For more information' "$work/raw" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$work/got"
            check "$name" "$name.err" "$work/got"
        fi ;;
    *) failed=$((failed + 1)); echo "FAIL $name: unknown kind '$kind'" ;;
    esac
done
echo "$passed listings as recorded, $failed not"
[ $failed = 0 ] && [ $passed -gt 0 ]
