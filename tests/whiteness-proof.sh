#!/usr/bin/env bash
# whiteness-proof.sh - whiteness.py must notice text where nothing is said to stand, and text that left the page, which no picture shows.
. "$(dirname "$0")/lib.sh"
need whiteness-proof mutool mupdf-tools
need whiteness-proof qpdf qpdf
need whiteness-proof fix-qdf qpdf
need whiteness-proof python3 python3
need whiteness-proof perl perl
dir=$(fresh whiteness-proof)
printf -- '---\ntitle: Good\n---\n# Good\n\nOne line of text.\n\n```c\nint code;\n```\n' >"$dir/good.md"
(cd "$dir" && "$incipit" build good.md -o out --to pdf --quiet)
"$incipit" dump "$dir/good.md" --as pages >"$dir/pages"
qpdf --qdf --object-streams=disable --no-original-object-ids "$dir"/out/*.pdf "$dir/pdf"

judge() {
    fix-qdf "$dir/pdf" >"$dir/fixed"
    python3 "$tests/tools/whiteness.py" "$dir/fixed" "$dir/pages" >"$dir/log" 2>&1
}

# spoil WHAT-IS-SAID FILE PERL
spoil() {
    cp "$dir/$2" "$dir/kept"
    perl -0777 -i -pe "$3" "$dir/$2"
    ! cmp -s "$dir/kept" "$dir/$2" || fail "'$3' changes nothing"
    ! judge || fail "not noticed: $3"
    grep -qF -- "$1" "$dir/log" || { cat "$dir/log"; fail "'$1' is not said after '$3'"; }
    cp "$dir/kept" "$dir/$2"
}
judge || { cat "$dir/log"; fail "the good file"; }
spoil 'not white at' pdf 's/\nBT\n/\n0 g 2 2 20 20 re f\nBT\n/'
spoil 'not white at' pages 's/frame (\S+) (\S+) (\S+) (\S+)/frame $1 $2 $3 100/g'
for where in '900 300' '-400 300' '100 -50' '100 2000'; do # beside the sheet
    spoil 'beside the sheet' pages "s/  text \S+ \S+( \S+ \S+ \S+ \"int)/  text $where\$1/"
done
spoil 'beside the sheet' pages 's/  text \S+( \S+ \S+ \S+ \S+ "int)/  text 1$1/' # in the margin
spoil 'beside the sheet' pages 's/  rule \S+( \S+ )\S+/  rule 100${1}5000/'
spoil 'more pages than' pages 's|\npage .*?\n(?=page \|tags)|\n|s'
