#!/bin/sh
# code.sh FILE SCRATCH: the optimised instructions of each function that keeps
# its name in the object file (#[no_mangle]), in the order of their names.
set -eu
rustc --edition 2021 -O -C codegen-units=1 --crate-type lib --emit=asm \
    -C llvm-args=-x86-asm-syntax=intel -o "$2/asm" "$1"
awk '
    /^\t\.globl\t[a-z_]+$/ { wanted = $2 ":" }
    $0 == wanted { sub(/^_/, ""); print; inside = 1; next }
    /^\.Lfunc_end/ { inside = 0 }
    !inside || /^[ \t]*\./ { next }
    { sub(/^[ \t]+/, "    "); gsub(/\t/, " "); print }
' "$2/asm"
