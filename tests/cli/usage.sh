#!/usr/bin/env bash
# usage.sh - help, versions, and every way to hold it wrong.
. "$(dirname "$0")/../lib.sh"

# Help and versions go to standard output with status 0.
expect 0 "$incipit" --help
[[ $out == "usage: incipit "* && $out == *check* && -z $err ]] || fail "--help: $out $err"
for command in build check init explain completion dump; do
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
wrong "--diagnostics takes one of human, gcc, json, sarif, github, not 'jsno'; did you mean 'json'?" build --diagnostics jsno
wrong "dump has standard output for itself" dump --as html --diagnostics json
wrong "--baseline takes a file" check --baseline ""
wrong "'--write-baseline' is not an option of 'build'" build --write-baseline x
wrong "'--jobs' is not an option of 'explain'" explain -j 2
wrong "there is no diagnostic 'loose-lnie'; did you mean 'loose-line'?" explain loose-lnie
wrong "'completion' needs SHELL" completion
wrong "one SHELL at a time" completion bash zsh
wrong "not for 'csh'" completion csh
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

# explain says what docs/diagnostics.md says of an id; without one it lists them all.
expect 0 "$incipit" explain loose-line widow
[[ $out == "loose-line (note)"*why:*"to do:"*"widow (note)"* && -z $err ]] || fail "explain: $out"
expect 0 "$incipit" explain
[ "$(wc -l <<<"$out")" = "$(grep -c '^INC_DIAG(' "$root/src/base/diag.def")" ] || fail "explain does not list every id"

# Completions are scripts that their shells take, and know options, values and ids.
expect 0 "$incipit" completion bash
bash -n <<<"$out" || fail "completion bash is no script"
complete_bash() { (eval "$(cat)"; COMP_WORDS=(incipit "$@") COMP_CWORD=$#; _incipit; echo "${COMPREPLY[*]}"); }
script=$out
[ "$(complete_bash build --str <<<"$script")" = --strict ] || fail "bash: $(complete_bash build --str <<<"$script")"
[ "$(complete_bash check --diagnostics s <<<"$script")" = sarif ] || fail "bash completes no values"
[ "$(complete_bash explain loose <<<"$script")" = loose-line ] || fail "bash completes no ids"
[ "$(complete_bash comp <<<"$script")" = completion ] || fail "bash completes no commands"
for shell in zsh fish; do
    expect 0 "$incipit" completion $shell
    if command -v $shell >/dev/null; then
        $shell -n /dev/stdin <<<"$out" || fail "completion $shell is no script"
    else
        echo "SKIPPED cli/usage: $shell is not installed (package $shell)"
    fi
done

# A full disk under standard output is the machine's failure.
if [ -w /dev/full ]; then
    got=0
    "$incipit" --help >/dev/full 2>/dev/null || got=$?
    [ $got = 3 ] || fail "status $got instead of 3 when standard output is full"
fi
