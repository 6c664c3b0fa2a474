#!/usr/bin/env bash
# usage.sh - help, versions, and every way to hold it wrong.
. "$(dirname "$0")/../lib.sh"

# Help and versions go to standard output with status 0.
expect 0 "$incipit" --help
[[ $out == "usage: incipit "* && $out == *check* && -z $err ]] || fail "--help: $out $err"
for command in build check dump; do
    expect 0 "$incipit" $command --help
    [[ $out == "usage: incipit $command "* && -z $err ]] || fail "$command --help: $out $err"
done
[[ $out == *--as* && $out != *--to* ]] || fail "dump's help lists others' options"
expect 0 "$incipit" --version
[[ $out =~ ^incipit\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "--version: $out"
expect 0 "$incipit" -V --verbose
[[ $out == *arfbuzz*[0-9]* && $out == *data* ]] || fail "--version --verbose: $out"

# Wrong usage is status 2, says what was meant, and prints nothing to standard output.
wrong() {
    local text=$1
    shift
    expect 2 "$incipit" "$@"
    says "$text"
    [ -z "$out" ] || fail "wrong usage printed to standard output: $*"
}
wrong "unknown command 'biuld'; did you mean 'build'?" biuld
wrong "unknown command 'serve'" serve
wrong "unknown command 'preflight'" preflight
wrong "unknown option '--stict'; did you mean '--strict'?" build --stict
wrong "unknown option '--xyzzy'" build --xyzzy
wrong "unknown option '-x'" build -x
wrong "option '--to' needs a value" build --to
wrong "takes no value" build --strict=yes
wrong "not 'pfd'; did you mean 'pdf'?" build --to pdf,pfd
wrong "--to takes one of" build --to ,
wrong "--diagnostics takes one of human, gcc, not 'json'" build --diagnostics json
wrong "--color takes one of" build --color sometimes
wrong "--jobs takes a number" build --jobs 0
wrong "--jobs takes a number" build --jobs two
wrong "--output takes a folder" build -o ""
wrong "'--as' is not an option of 'build'" build --as html
wrong "'--to' is not an option of 'check'" check --to pdf
wrong "dump needs --as" dump
wrong "--as takes one of" dump --as xml
wrong "one book at a time" build a b
wrong "the name of the book is empty" build ""

# A full disk under standard output is the machine's failure.
if [ -w /dev/full ]; then
    got=0
    "$incipit" --help >/dev/full 2>/dev/null || got=$?
    [ $got = 3 ] || fail "status $got instead of 3 when standard output is full"
fi
