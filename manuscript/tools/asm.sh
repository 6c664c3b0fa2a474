#!/bin/sh
# asm.sh FILE SCRATCH: the optimised poll function that finds its state by a
# jump through a table, with the table, and an anchor about each stretch that
# has a label (jump, L3 ..., table). Directives are left out, labels and
# mangled names are shortened, and nothing else is changed.
set -eu
rustc --edition 2021 -O -C codegen-units=1 --crate-type lib --emit=asm \
    -C llvm-args=-x86-asm-syntax=intel -o "$2/asm" "$1"
awk '
    function begin(name) {
        if (open) print "// ANCHOR_END: " open
        if (name) print "// ANCHOR: " name
        open = name
    }
    { sub(/^[ \t]+/, ""); gsub(/\t/, " ") }
    /^_[A-Za-z0-9_.$]*:/ { n = jumps = 0 }
    /^lea .*\.LJTI/ { jumps = 1 }
    /^\.Lfunc_end/ && jumps { body = n; jumps = 0 }
    /^\.LJTI[0-9_]*:/ { rows = 1 }
    rows && !/^\.(LJTI|long)/ { rows = 0 }
    (/^\./ && !/^\.LBB/ && !rows) || /^_[A-Za-z0-9_.$]*:/ || /^$/ { next }
    rows || !body {
        sub(/-\.LJTI.*/, "")
        gsub(/\.LBB[0-9]+_/, "L")
        gsub(/\.LJTI[0-9_]*/, "TABLE")
        gsub(/\.Lanon[A-Za-z0-9_.]*/, "PLACE")
        sub(/@GOTPCREL/, "")
        sub(/_ZN[^ ]*Once[^ ]*4poll[^ ]*E/, "Once::poll")
        sub(/_R[^ ]*panic_const_/, "panic_")
        if (rows) row[++last] = $0
        else line[++n] = $0
    }
    END {
        begin("jump")
        for (i = 1; i <= body; i++) {
            if (line[i] ~ /^L[0-9]+:/) begin(substr(line[i], 1, index(line[i], ":") - 1))
            print (line[i] ~ /:$/ ? "" : "    ") line[i]
        }
        begin("table")
        for (i = 1; i <= last; i++) print (row[i] ~ /:$/ ? "" : "    ") row[i]
        begin("")
    }
' "$2/asm"
