# diagnostics.awk - docs/diagnostics.md from the table: awk -f tests/tools/diagnostics.awk src/base/diag.def >docs/diagnostics.md

BEGIN {
    print "# Diagnostics\n"
    print "Every finding that incipit reports, by area. The id stands in brackets at its end, as in"
    print "`src/ch01.md:12:1: note: ... [loose-line]`; ids are stable. This page is made from `src/base/diag.def`.\n"
    print "- **fatal**: the machine failed; nothing is written, exit status 3."
    print "- **error**: nothing is written unless `--keep-going` is given; exit status 1."
    print "- **warning**: the files are written; under `--strict` it counts as an error."
    print "- **note**: worth a look, never in the way; `--quiet` leaves notes out. The layout notes on the finished pages come from"
    print "  `incipit check` alone."
    severity["INC_NOTE"] = "note"; severity["INC_WARNING"] = "warning"; severity["INC_ERROR"] = "error"; severity["INC_FATAL"] = "fatal"
}

# An area is a comment of one line: "/* the machine */".
/^\/\* .* \*\/$/ {
    area = substr($0, 4, length($0) - 6)
    printf "\n## %s\n\n| id | severity | what it says |\n|---|---|---|\n", toupper(substr(area, 1, 1)) substr(area, 2)
}

# INC_DIAG(ID, "name", SEVERITY, "A sentence.")
/^INC_DIAG\(/ {
    if (!match($0, /^INC_DIAG\([A-Z0-9_]+, "[a-z0-9-]+", INC_[A-Z]+, ".*"\)$/)) {
        print FILENAME ":" FNR ": cannot read this line" >"/dev/stderr"
        failed = 1
        next
    }
    split($0, quoted, "\"")
    split($0, words, /, /)
    sentence = $0
    sub(/^[^"]*"[^"]*"[^"]*"/, "", sentence)
    sub(/"\)$/, "", sentence)
    gsub(/\\"/, "\"", sentence)
    gsub(/</, "\\&lt;", sentence)
    gsub(/\[/, "\\[", sentence)
    gsub(/\|/, "\\|", sentence)
    printf "| `%s` | %s | %s |\n", quoted[2], severity[words[3]], sentence
}

END { exit failed }
