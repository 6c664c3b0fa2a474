#!/bin/sh
# asm.sh FILE SCRATCH: how the optimised code of a future finds its state: the
# jump through a table, the length of the table, and what is stored where the
# state was read. Labels differ between compilers and are told as TABLE.
set -eu
rustc --edition 2021 -O -C codegen-units=1 --crate-type lib --emit=asm \
    -C llvm-args=-x86-asm-syntax=intel -o "$2/asm" "$1"
awk '
    { sub(/^[ \t]+/, ""); gsub(/\t/, " ") }
    !table && /^lea .*\.LJTI/ {
        table = $0
        sub(/^.*\.LJTI/, ".LJTI", table)
        sub(/\].*$/, "", table)
        state = before
        sub(/^.* \+ /, "+ ", state)
        print before
        inside = 1
    }
    inside { line = $0; sub(/\.LJTI[0-9_]*/, "TABLE", line); print line }
    /^jmp r/ { inside = 0 }
    table && /^mov byte ptr/ && index($0, state ",") { print }
    $0 == table ":" { rows = 1; next }
    rows && !/^\.long/ { rows = 0 }
    rows { n++ }
    { before = $0 }
    END { print "TABLE: " n " entries" }
' "$2/asm"
