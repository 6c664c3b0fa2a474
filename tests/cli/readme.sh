#!/usr/bin/env bash
# readme.sh - README.md's ten-line book builds as it says there.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-readme)
sed -n '/^## A ten-line book/,/^That makes/s/^    //p' "$root/README.md" >"$dir/script"
[ "$(wc -l <"$dir/script")" -ge 8 ] || fail "README.md has no ten-line book"
mkdir "$dir/bin"
ln -s "$incipit" "$dir/bin/incipit"
cd "$dir"
expect 0 env PATH="$dir/bin:$PATH" INCIPIT_DATA="$root" bash -eu "$dir/script"
[ "$(tr '\n' ' ' <<<"$out")" = "hello-print.pdf hello.epub hello.pdf " ] || fail "made: $out"
[[ $err != *warning* && $err != *error* ]] || fail "$err"
