#!/usr/bin/env bash
# run.sh [--bless] [NAME...] - compares what incipit makes of small inputs with what it is known to make.
#
# A golden is a folder: the book (input.md, or a folder `book`), and expected.diagnostics (gcc's format), expected.human, expected.json,
# expected.sarif, expected.github (the other formats), expected.document, expected.html, expected.pages, expected.style, expected.xhtml (the
# EPUB's chapters), of which only diagnostics must be there. `arguments` may hold options for dump.
# Notes are left out: they follow each change of the layout. --bless writes what is there anew, and for a new golden diagnostics and document; look at `git diff` afterwards.
. "$(dirname "$0")/../lib.sh"

bless=false
[ "${1:-}" != --bless ] || { bless=true; shift; }
[ $# -gt 0 ] || set -- $(cd "$tests/golden" && ls -d */ | tr -d /)

# compare EXPECTED GOT
compare() {
    if $bless; then
        cp "$2" "$1"
    elif ! diff -u --label expected --label got "$1" "$2"; then
        failed=1
    fi
}

# What changes with each new id or layout: SARIF's table of rules and the numbers into it, and the count of pages.
settled() { sed -e '/^ *"rules": \[$/,/^          \]/d' -e '/^ *"ruleIndex": /d' -e '/^  "pages": /d'; }

failed=0
for name in "$@"; do
    golden=$tests/golden/$name
    got=$(fresh "golden-$name")
    book=book
    [ -e "$golden/book" ] || book=input.md
    [ -e "$golden/$book" ] || fail "$name has neither input.md nor book/"
    arguments=$(cat "$golden/arguments" 2>/dev/null || true)
    if $bless && [ ! -e "$golden/expected.diagnostics" ]; then
        touch "$golden/expected.diagnostics" "$golden/expected.document"
    fi
    cd "$golden"
    status=0
    "$incipit" check "$book" --diagnostics gcc --quiet >/dev/null 2>"$got/diagnostics" || status=$?
    echo "status $status" >>"$got/diagnostics"
    compare "$golden/expected.diagnostics" "$got/diagnostics"
    for format in human json sarif github; do
        [ -e "expected.$format" ] || continue
        env -u GITHUB_WORKSPACE "$incipit" check "$book" --diagnostics $format --quiet 2>&1 | settled >"$got/$format" || true
        compare "$golden/expected.$format" "$got/$format"
    done
    for kind in document html pages style; do
        [ -e "expected.$kind" ] || continue
        status=0
        "$incipit" dump "$book" --as $kind $arguments >"$got/$kind" 2>/dev/null || status=$?
        [ $status -le 1 ] || fail "$name: dump --as $kind ended with status $status"
        compare "$golden/expected.$kind" "$got/$kind"
    done
    if [ -e expected.xhtml ] && command -v python3 >/dev/null; then
        "$incipit" build "$book" --to epub -o "$got/out" --keep-going --quiet 2>/dev/null || [ $? = 1 ] || fail "$name: no EPUB"
        python3 "$tests/tools/chapters.py" "$got"/out/*.epub >"$got/xhtml"
        compare "$golden/expected.xhtml" "$got/xhtml"
    fi
    [ $failed = 0 ] || echo "golden $name differs; if that is right: tests/golden/run.sh --bless $name"
done
exit $failed
