#!/bin/sh
# storage.sh FILE SCRATCH: what the body of each async fn does with the memory
# of its named variables before it is made into a machine (live, borrowed,
# moved, dead), where it yields, and which of them each state keeps.
set -eu
RUSTC_BOOTSTRAP=1 rustc --edition 2021 --crate-type lib --emit=metadata,link \
    -Zdump-mir='StateTransform' -Zdump-mir-dir="$2" -o "$2/lib" "$1"
for fn in $(sed -n 's/^pub async fn \([a-z_]*\).*/\1/p' "$1"); do
    echo "$fn"
    awk '
        FNR == 1 { file++ }
        file == 1 && $1 == "debug" && $2 !~ /^(result|_task_context)$/ {
            local = $4
            sub(/;/, "", local)
            name[local] = $2
        }
        file == 1 && /^    bb/ { cleanup = /\(cleanup\)/ }
        file == 1 && !cleanup && $1 != "debug" && /^        / {
            line = $0
            sub(/^ +/, "", line)
            sub(/ -> .*/, "", line)
            hit = line ~ /= yield/
            if (hit) line = "yield"
            for (l in name)
                if (line ~ ("(^|[^_0-9a-z])" l "([^0-9]|$)")) {
                    hit = 1
                    while (match(line, l "([^0-9]|$)"))
                        line = substr(line, 1, RSTART - 1) name[l] \
                            substr(line, RSTART + length(l))
                }
            # A future that is resumed and one that is dropped leave by two
            # ways, which end the same variables: told once.
            if (hit && !seen[line]++) print "  " line
        }
        file == 2 && /_s[0-9]+: CoroutineSavedTy/ { s = $1; sub(/:/, "", s) }
        file == 2 && $1 == "ty:" && s != "" {
            t = $0
            sub(/^ *ty: /, "", t)
            sub(/,$/, "", t)
            type[s] = t
            s = ""
        }
        file == 2 && /Suspend[0-9]+ *\([0-9]+\):/ {
            line = $0
            sub(/^ +/, "", line)
            sub(/,$/, "", line)
            for (s in type) sub(s, type[s], line)
            print "  " line
        }
    ' "$2"/*."$fn-{closure#0}".*StateTransform.before.mir \
        "$2"/*."$fn-{closure#0}".*StateTransform.after.mir
done
