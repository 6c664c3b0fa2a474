#!/bin/sh
# sizes.sh FILE SCRATCH: the layout of each future of an async fn or block, as
# the compiler prints it, and of the types that a line "// also: A B" names.
# -Z is for nightly compilers; the variable admits it.
set -eu
also=$(sed -n 's/^\/\/ also: *//p' "$1")
RUSTC_BOOTSTRAP=1 rustc --edition 2021 --crate-type lib --emit=metadata,link \
    -Zprint-type-sizes -o "$2/lib" "$1" >"$2/sizes"
awk -v also="$also" '
    BEGIN { n = split(also, a, " "); for (i = 1; i <= n; i++) named[a[i]] }
    !sub(/^print-type-size /, "") { next }
    /^type: / {
        split($0, part, "`")
        ours = /^type: `\{async / || (part[2] in named)
    }
    ours { print }
' "$2/sizes"
