#!/bin/sh
# states.sh FILE SCRATCH: for each async fn and block the states that its poll
# function tells apart, from the first switch in its intermediate code.
set -eu
rustc --edition 2021 --crate-type lib --emit=mir -o "$2/mir" "$1"
awk '
    /^fn .*::\{closure#0\}\(_1: Pin/ {
        name = $2
        sub(/\(.*/, "", name)
        sub(/::\{closure#0\}/, "", name)
        sub(/::\{closure#0\}/, ", its block", name)
        next
    }
    name && /switchInt/ {
        states = ""
        sub(/.*\[/, "")
        while (match($0, /[0-9]+: /)) {
            states = states " " substr($0, RSTART, RLENGTH - 2)
            $0 = substr($0, RSTART + RLENGTH)
        }
        printf "%-18s%s\n", name, states
        name = ""
    }
' "$2/mir"
