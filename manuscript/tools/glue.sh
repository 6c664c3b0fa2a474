#!/bin/sh
# glue.sh FILE SCRATCH: what dropping the future of each async fn does: the
# intermediate code of the function that the compiler makes for it, with an
# anchor of the async fn's name, and before it, as NAME_yields, the awaits as
# they stood before the transformation. Left out are the marks where storage begins
# and ends, what a panic inside a drop leads to, and blocks that only go on to
# another. -Z is for nightly compilers; the variable admits it.
set -eu
export LC_ALL=C
RUSTC_BOOTSTRAP=1 rustc --edition 2021 --crate-type lib --emit=metadata \
    -A warnings -o "$2/meta" \
    -Zdump-mir='coroutine_drop | coroutine_before' -Zdump-mir-dir="$2/dump" "$1"
for dump in "$2"/dump/*coroutine_drop.0.mir; do
    awk '
        /^fn / {
            name = substr($2, 1, index($2, ":") - 1) "_yields"
            print "// ANCHOR: " name
        }
        / = yield\(/ { sub(/^ */, ""); print }
        END { print "// ANCHOR_END: " name }
    ' "${dump%drop.0.mir}before.0.mir"
    awk '
        # Where one comes out who goes to block b: hops are few, but counted.
        function target(b,  hops) {
            while (n[b] == 1 && text[b, 1] ~ /^goto/ && hops++ < 99) {
                b = text[b, 1]
                gsub(/goto -> |;/, "", b)
            }
            return n[b] == 1 && text[b, 1] == "return;" ? "return" : b
        }
        # LINE with its targets followed to the end; new blocks join the list.
        function followed(line,  out, b) {
            while (match(line, /bb[0-9]+/)) {
                b = target(substr(line, RSTART, RLENGTH))
                out = out substr(line, 1, RSTART - 1) b
                line = substr(line, RSTART + RLENGTH)
                if (b == "return" || (b in seen)) continue
                seen[b]
                todo[++last] = b
            }
            out = out line
            return out == "goto -> return;" ? "return;" : out
        }
        /^fn / { name = substr($2, 1, index($2, ":") - 1) }
        /^    bb[0-9]+/ {
            block = $1
            sub(/:/, "", block)
            most = substr(block, 3) + 0
            next
        }
        /^    }/ { block = "" }
        block == "" || /Storage(Live|Dead)|^ *nop;/ { next }
        {
            sub(/^ */, "")
            sub(/, unwind: bb[0-9]+/, "")
            text[block, ++n[block]] = $0
        }
        END {
            print "// ANCHOR: " name
            todo[last = 1] = "bb0"
            for (i = 1; i <= last; i++)
                for (j = 1; j <= n[todo[i]]; j++)
                    line[todo[i], j] = followed(text[todo[i], j])
            for (i = 0; i <= most; i++) {
                if (i && !(("bb" i) in seen)) continue
                if (i) print ""
                print "bb" i ": {"
                for (j = 1; j <= n["bb" i]; j++) print "    " line["bb" i, j]
                print "}"
            }
            print "// ANCHOR_END: " name
        }
    ' "$dump"
done
