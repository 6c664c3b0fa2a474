#!/usr/bin/env bash
# bench.sh INCIPIT [--scale] - wall time and peak memory for each book, beside other programs that happen to be installed.
# A report, never a pass or a fail. --scale: one book, repeated to 10,000 pages, in steps.
set -euo pipefail
incipit=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
scale=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure LABEL COMMAND...: best of five runs (of one when a run takes more than two seconds).
measure() {
    python3 - "$@" <<'PY'
import os, resource, subprocess, sys, time
label, command = sys.argv[1], sys.argv[2:]
best = peak = None
for _ in range(5):
    began = time.perf_counter()
    with open(os.devnull, 'w') as null:
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), 1), (os.POSIX_SPAWN_DUP2, null.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
    took = time.perf_counter() - began
    best, peak = min(best or took, took), max(peak or 0, usage.ru_maxrss)
    if took > 2:
        break
status = os.waitstatus_to_exitcode(status)
print(f'{label:34} {best * 1000:9.1f} ms {peak / 1024:8.1f} MB' + (f'   (status {status})' if status else ''), flush=True)
PY
}

books() {
    local folder
    for folder in "$root/tests/books"/* "$root/manuscript" "${INCIPIT_CORPORA:-/nonexistent}"/* "$root"/../corpora/* "$root"/../*/corpora/*; do
        [ ! -e "$folder/book.toml" ] || (cd "$folder" && pwd)
    done | awk '!seen[$0]++'
}

# All chapters of a book in one file, for programs that read no SUMMARY.md.
joined() {
    (cd "$1/src" && sed -n 's/.*](\([^)]*\.md\)).*/\1/p' SUMMARY.md | while read -r chapter; do cat "$chapter"; echo; done)
}

printf '%s, %s cores, %s\n\n' "$("$incipit" --version)" "$(nproc)" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
if [ "$scale" = --scale ]; then
    book=$(books | tail -1)
    joined "$book" >"$work/once.md"
    pages=$("$incipit" build "$book" -o "$work/out" --to pdf --keep-going --verbose 2>&1 | sed -n 's/.* \([0-9]*\) pages, .*/\1/p' | tail -1)
    echo "$(basename "$book"), $pages pages, repeated:"
    for target in ${pages:-500} 1000 2500 5000 10000; do
        times=$(((target + ${pages:-500} - 1) / ${pages:-500}))
        { printf -- '---\ntitle: Scale\n---\n'; for _ in $(seq $times); do cat "$work/once.md"; done; } >"$work/scale.md"
        measure "x $times (about $((times * ${pages:-500})) pages)" "$incipit" build "$work/scale.md" -o "$work/out" --keep-going
    done
    exit
fi

measure "incipit --help" "$incipit" --help
for book in $(books); do
    name=$(basename "$book")
    echo
    measure "$name: all three files" "$incipit" build "$book" -o "$work/out" --keep-going
    measure "$name: one thread" "$incipit" build "$book" -o "$work/out" --keep-going --jobs 1
    for target in pdf print epub; do
        measure "$name: $target" "$incipit" build "$book" -o "$work/out" --keep-going --to $target
    done
    measure "$name: check" "$incipit" check "$book"
    joined "$book" >"$work/$name.md"
    command -v lowdown >/dev/null && measure "  lowdown to HTML" lowdown -s -o "$work/x.html" "$work/$name.md"
    command -v pandoc >/dev/null && measure "  pandoc to EPUB" pandoc -f gfm -o "$work/x.epub" "$work/$name.md"
    if command -v pandoc >/dev/null && command -v typst >/dev/null; then
        pandoc -f gfm -t typst -s -o "$work/x.typ" "$work/$name.md" 2>/dev/null && measure "  typst to PDF" typst compile "$work/x.typ" "$work/x.pdf"
    fi
    command -v mdbook >/dev/null && [ -e "$book/book.toml" ] && measure "  mdbook to HTML" mdbook build -d "$work/html" "$book"
done
exit 0
