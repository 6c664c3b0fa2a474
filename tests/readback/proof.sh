#!/usr/bin/env bash
# proof.sh - readback.py must notice one word that is missing, one too many, and two that changed places, in either file.
. "$(dirname "$0")/../lib.sh"
need readback-proof cmark-gfm cmark-gfm
need readback-proof qpdf qpdf
need readback-proof python3 python3
dir=$(fresh readback-proof)
cp -r "$tests/books/sampler" "$dir/good"
(cd "$dir" && "$incipit" build good -o out --quiet)
pdf=$(find "$dir/out" -name '*.pdf' ! -name '*-print.pdf') epub=$(find "$dir/out" -name '*.epub')

# The files stay as they are, and the source is changed: the difference is the same.
compare() {
    python3 "$tests/readback/readback.py" "$1" "$2" "$dir" >"$dir/log" 2>&1
}
change() {
    rm -rf "$dir/changed"
    cp -r "$dir/good" "$dir/changed"
    sed -i "$2" "$dir/changed/$1"
    ! cmp -s "$dir/good/$1" "$dir/changed/$1" || fail "'$2' changes nothing"
    for file in "$pdf" "$epub"; do
        ! compare "$dir/changed" "$file" || fail "not noticed in ${file##*.}: $2"
    done
}
for file in "$pdf" "$epub"; do
    compare "$dir/good" "$file" || { cat "$dir/log"; fail "the unchanged source differs from ${file##*.}"; }
done
change src/preface.md 's/small book/book/'
change src/preface.md 's/small book/small small book/'
change src/preface.md 's/small book/book small/'
change src/text/notes.md 's/The first note/The note/'
change src/code.md 's/n \* 2/n * 3/'
change src/things.md 's/| one  | two    |/| two  | one    |/'
change src/SUMMARY.md 's/^# Things/# Matters/'
change listings/poll.rs 's/Pending/Ready/'
