#!/bin/sh
# include-matrix.sh [ROOT] - the architecture, enforced: who includes whom (the table of docs/architecture.md is read, not
# repeated), that one file alone knows libharu, and that only cli/ prints, exits or asks the environment or the clock.
set -eu
root=${1:-$(dirname "$0")/..}
cd "$root"
failed=0

# The table as "folder allowed allowed ...", one line a folder.
matrix=$(awk -F'|' '$2 ~ /^ [a-z]+\/ $/ {
        gsub(/[ \/]/, "", $2); gsub(/–/, "", $4); print $2, $4
    }' docs/architecture.md)
[ "$(printf '%s\n' "$matrix" | wc -l)" -ge 10 ] || { echo "docs/architecture.md: the table of folders was not found"; exit 1; }

findings=$(find src -mindepth 2 -name '*.[ch]' -o -mindepth 2 -name '*.cc' -o -mindepth 2 -name '*.def' | LC_ALL=C sort |
    xargs grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' /dev/null |
    MATRIX=$matrix awk -F: '
        BEGIN {
            count = split(ENVIRON["MATRIX"], rows, "\n")
            for (i = 1; i <= count; i++) {
                n = split(rows[i], words, " ")
                known[words[1]] = 1
                for (j = 2; j <= n; j++) may[words[1], words[j]] = 1
            }
        }
        {
            split($1, parts, "/"); folder = parts[2]
            split($3, quoted, "\""); target = quoted[2]
            slash = index(target, "/"); into = slash ? substr(target, 1, slash - 1) : target
            if (!(folder in known)) print $1 ": folder " folder "/ is not in the table"
            else if (slash && into == folder) next
            else if (!slash && target !~ /^(build|incipit)\.h$/) print $1 ":" $2 ": write \"" target "\" from src/, with its folder"
            else if (!((folder, into) in may) && !((folder, target) in may)) print $1 ":" $2 ": " folder "/ may not include \"" target "\""
        }')
[ -z "$findings" ] || { printf '%s\n' "$findings"; failed=1; }

harus=$(grep -rlE '#[[:space:]]*include[[:space:]]*<hpdf' src || true)
for file in $harus; do
    case $file in
    src/pdf/*) ;;
    *) echo "$file: only pdf/ may know libharu"; failed=1 ;;
    esac
done
[ "$(printf '%s\n' "$harus" | grep -c .)" -le 1 ] || { echo "more than one file includes <hpdf*.h>:" $harus; failed=1; }

# Comments and literals are blanked (a line keeps its number), then calls are looked for by name.
calls='v?f?printf|puts|putchar|fputs|perror|exit|_exit|_Exit|quick_exit|abort|(secure_)?getenv|setlocale|time|clock|clock_gettime|gettimeofday|localtime|localtime_r|rand|srand|random|strtod|strtof|atof|system|popen'
find src -name '*.c' -o -name '*.h' -o -name '*.cc' | grep -v '^src/cli/' | LC_ALL=C sort | xargs awk '
        FNR == 1 { inside = 0 }
        {
            line = $0; out = ""
            while (line != "") {
                if (inside) {
                    end = index(line, "*/")
                    if (!end) break
                    line = substr(line, end + 2); inside = 0
                } else if (match(line, /"([^"\\]|\\.)*"|'\''([^'\''\\]|\\.)*'\''|\/\/.*|\/\*/)) {
                    out = out substr(line, 1, RSTART - 1) " "
                    if (substr(line, RSTART, 2) == "/*") inside = 1
                    line = substr(line, RSTART + RLENGTH)
                } else { out = out line; break }
            }
            print FILENAME ":" FNR ": not outside cli/: " out
        }' |
    grep -E "cli/: (.*[^A-Za-z0-9_.>])?($calls)[[:space:]]*\\(" |
    grep -vE '^src/base/arena\.c:.*[^a-z_]abort[[:space:]]*\(|^src/process/process\.c:.*[^a-z_]_Exit[[:space:]]*\(' |
    sed 's|cli/:[[:space:]]*|cli/: |' >"${TMPDIR:-/tmp}/include-matrix.$$" || true
if [ -s "${TMPDIR:-/tmp}/include-matrix.$$" ]; then
    cat "${TMPDIR:-/tmp}/include-matrix.$$"
    failed=1
fi
rm -f "${TMPDIR:-/tmp}/include-matrix.$$"

[ $failed = 1 ] || echo "include matrix: $(find src -name '*.[ch]' | wc -l) files, nothing to say"
exit $failed
