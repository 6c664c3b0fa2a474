#!/bin/sh
# sizes.sh FILE SCRATCH: the layout of each future of an async fn or block, as
# the compiler prints it. -Z is for nightly compilers; the variable admits it.
set -eu
RUSTC_BOOTSTRAP=1 rustc --edition 2021 --crate-type lib --emit=metadata,link \
    -Zprint-type-sizes -o "$2/lib" "$1" >"$2/sizes"
awk '
    !sub(/^print-type-size /, "") { next }
    /^type: / { ours = /^type: `\{async / }
    ours { print }
' "$2/sizes"
