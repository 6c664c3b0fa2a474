# diagnostics.awk - docs/diagnostics.md from the tables:
#     awk -f tests/tools/diagnostics.awk src/base/diag_help.def src/base/diag.def >docs/diagnostics.md

BEGIN {
    print "# Diagnostics\n"
    print "Every finding that incipit reports, by area: what it says, a message as it may look, why it matters and how to mend it."
    print "`incipit explain ID` prints the same. The id stands in brackets at the end of a finding, as in"
    print "`src/ch01.md:12:1: note: ... [loose-line]`; ids are stable. This page is made from `src/base/diag.def` and"
    print "`src/base/diag_help.def`.\n"
    print "- **fatal**: the machine failed; nothing is written, exit status 3."
    print "- **error**: nothing is written unless `--keep-going` is given; exit status 1."
    print "- **warning**: the files are written; under `--strict` it counts as an error."
    print "- **note**: worth a look, never in the way; `--quiet` leaves notes out. The layout notes on the finished pages come from"
    print "  `incipit check` alone.\n"
    print "A book may change the severity of an id, or turn it off: see reports.md, which also describes the formats for machines."
    severity["INC_NOTE"] = "note"; severity["INC_WARNING"] = "warning"; severity["INC_ERROR"] = "error"; severity["INC_FATAL"] = "fatal"
}

function fail(what) {
    print FILENAME ":" FNR ": " what >"/dev/stderr"
    failed = 1
}

# What a C string says.
function unquote(text) {
    gsub(/\\"/, "\"", text)
    gsub(/\\\\/, "\\", text)
    return text
}

# Text that Markdown shows as it is, outside of `code`.
function escaped(text,    parts, n, i, out) {
    n = split(text, parts, "`")
    for (i = 1; i <= n; i++) {
        if (i % 2) {
            gsub(/</, "\\&lt;", parts[i])
            gsub(/\[/, "\\[", parts[i])
            gsub(/\*/, "\\*", parts[i])
        }
        out = out (i > 1 ? "`" : "") parts[i]
    }
    return out
}

# INC_DIAG_HELP(ID, "example",
#     "why",
#     "mend")
/^INC_DIAG_HELP\(/ {
    id = $0
    sub(/^INC_DIAG_HELP\(/, "", id)
    sub(/,.*/, "", id)
    example[id] = $0
    if (!sub(/^[^"]*"/, "", example[id]) || !sub(/",$/, "", example[id]) || (getline line) <= 0) fail("cannot read this entry")
    why[id] = line
    if (!sub(/^ *"/, "", why[id]) || !sub(/",$/, "", why[id]) || (getline line) <= 0) fail("cannot read this entry")
    mend[id] = line
    if (!sub(/^ *"/, "", mend[id]) || !sub(/"\)$/, "", mend[id])) fail("cannot read this entry")
    next
}

# An area is a comment of one line: "/* the machine */".
FILENAME ~ /diag\.def$/ && /^\/\* .* \*\/$/ {
    area = substr($0, 4, length($0) - 6)
    printf "\n## %s\n", toupper(substr(area, 1, 1)) substr(area, 2)
}

# INC_DIAG(ID, "name", SEVERITY, "A sentence.")
/^INC_DIAG\(/ {
    if (!match($0, /^INC_DIAG\([A-Z0-9_]+, "[a-z0-9-]+", INC_[A-Z]+, ".*"\)$/)) {
        fail("cannot read this line")
        next
    }
    split($0, quoted, "\"")
    split($0, words, /, /)
    id = words[1]
    sub(/^INC_DIAG\(/, "", id)
    sentence = $0
    sub(/^[^"]*"[^"]*"[^"]*"/, "", sentence)
    sub(/"\)$/, "", sentence)
    printf "\n### %s\n\n*%s.* %s\n", quoted[2], severity[words[3]], escaped(unquote(sentence))
    if (!(id in why)) {
        fail("src/base/diag_help.def says nothing of " id)
        next
    }
    printf "\n    %s\n\n%s\n\n%s\n", unquote(example[id]), escaped(unquote(why[id])), escaped(unquote(mend[id]))
}

END { exit failed }
