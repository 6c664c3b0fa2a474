#!/bin/sh
# mir.sh FILE SCRATCH: the poll function of each async fn in the compiler's
# intermediate code, block by block, with an anchor NAME_bbN about each block
# and NAME_poll about all of them. Declarations are left out, paths into std
# are cut to their last word, and a long line is broken before its targets.
set -eu
rustc --edition 2021 --crate-type lib --emit=mir -o "$2/mir" "$1"
awk '
    /^fn .*::\{closure#0\}\(/ {
        name = $2
        sub(/::.*/, "", name)
        print "// ANCHOR: " name "_poll"
        open = 1
    }
    !open { next }
    /^}/ { print "// ANCHOR_END: " name "_poll"; open = 0 }
    !/^    / || /^ *$/ { next }
    { line = substr($0, 5) }
    line ~ /^bb[0-9]+/ {
        block = line
        sub(/[: ].*/, "", block)
        print "// ANCHOR: " name "_" block
        inside = 1
    }
    !inside { next }
    {
        gsub(/std::[a-z]+::/, "", line)
        if (length(line) > 66 && (at = index(line, " -> ["))) {
            print substr(line, 1, at - 1)
            line = "       " substr(line, at)
        }
        print line
    }
    line ~ /^}/ {
        print "// ANCHOR_END: " name "_" block
        inside = 0
    }
' "$2/mir"
