#!/usr/bin/env bash
# severity.sh - severities that a book gives to ids, and baselines.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-severity)
cd "$dir"
mkdir -p book/src
echo '- [One](one.md)' >book/src/SUMMARY.md
printf '# One\n\nA [link](#nowhere) and [another](#nothing).\n\n![](gone.png)\n' >book/src/one.md

# settings LINE...: the table [output.incipit.diagnostics].
settings() {
    printf '[book]\ntitle = "B"\n[output.incipit.diagnostics]\n' >book/book.toml
    printf '%s\n' "$@" >>book/book.toml
}

settings
expect 1 "$incipit" build book -o out
says "error: image file 'gone.png' does not exist"
[ ! -e out/b.pdf ] || fail "an error did not stop the files"

# An error that becomes a warning lets the files be written; what is off is not heard of, and does not count under --strict.
settings 'missing-image = "warning"' 'dangling-link = "note"' 'missing-alt = "off"'
expect 0 "$incipit" build book -o out
says "warning: image file 'gone.png' does not exist"
says "note: dangling link"
[[ $err != *missing-alt* ]] || fail "what is off is shown: $err"
[ -e out/b.pdf ] || fail "nothing was written"
settings 'missing-image = "off"' 'dangling-link = "note"' 'missing-alt = "off"'
expect 0 "$incipit" check book --strict
settings 'missing-image = "off"' 'dangling-link = "error"'
expect 1 "$incipit" check book
says "2 errors"

# Names and values that do not exist, with a suggestion; failures of the machine stay what they are.
settings 'dangling-lnik = "off"'
expect 1 "$incipit" check book
says "book.toml:4:1: error: there is no diagnostic 'dangling-lnik'; did you mean 'dangling-link'? [unknown-setting]"
settings 'dangling-link = "loud"'
expect 1 "$incipit" check book
says 'must be "off", "note", "warning" or "error"'
settings 'cannot-write = "note"'
expect 1 "$incipit" check book
says "'cannot-write' is a failure of the machine"
printf '[output.incipit]\ndiagnostics = "off"\n' >book/book.toml
expect 1 "$incipit" check book
says "'diagnostics' must be a table"

# A baseline: old warnings do not fail a strict check, also when their lines move; new ones do; errors are never taken from it.
settings 'missing-image = "note"'
expect 1 "$incipit" check book --strict
expect 0 "$incipit" check book --write-baseline known.txt
grep -q '^[0-9a-f]\{16\}:1 dangling-link src/one.md$' known.txt || fail "baseline: $(cat known.txt)"
expect 0 "$incipit" check book --strict --baseline known.txt
says "known"
says "[dangling-link, known]"
printf '# One\n\nNew words.\n\nA [link](#nowhere) and [another](#nothing).\n\n![](gone.png)\n' >book/src/one.md
expect 0 "$incipit" check book --strict --baseline known.txt
echo '[A third](#never).' >>book/src/one.md
expect 1 "$incipit" check book --strict --baseline known.txt
says "1 warning, "
expect 1 "$incipit" check book --strict --baseline known.txt --diagnostics human --color never
says "known: 2 dangling-link, 1 missing-image, 1 missing-alt (--verbose shows them)"
[ "$(grep -c '^warning' <<<"$err")" = 1 ] || fail "known findings are shown among the new: $err"
expect 1 "$incipit" check book --strict --baseline known.txt --diagnostics human --color never --verbose
says "warning[dangling-link] (known): "
cp known.txt book/known.txt
printf '[book]\ntitle = "B"\n[output.incipit]\nbaseline = "known.txt"\n[output.incipit.diagnostics]\nmissing-image = "note"\n' >book/book.toml
expect 1 "$incipit" build book --strict -o out
says "1 warning, "
expect 0 "$incipit" check book --write-baseline book/known.txt
expect 0 "$incipit" build book --strict -o out
settings
expect 1 "$incipit" check book --baseline book/known.txt
says "1 error, "
expect 1 "$incipit" check book --baseline none.txt
says "baseline 'none.txt' does not exist; write it with"
expect 1 "$incipit" check book --baseline book/src/one.md
says "[bad-baseline]"
expect 3 "$incipit" check book --write-baseline nowhere/known.txt
says "cannot write 'nowhere/known.txt'"
