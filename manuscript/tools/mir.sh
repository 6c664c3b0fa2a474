#!/bin/sh
# mir.sh FILE SCRATCH: what the compiler's intermediate code says about the
# states of a future: every line that reads or writes a discriminant.
set -eu
rustc --edition 2021 --crate-type lib --emit=mir -o "$2/mir" "$1"
awk '/discriminant|switchInt/ { sub(/^ +/, ""); print }' "$2/mir"
