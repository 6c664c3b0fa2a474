#!/usr/bin/env bash
# fonts.sh - the letters in drawings are the book's own: no font of this machine is looked for, and none changes a byte.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh svg-fonts)
mkdir -p "$dir/book/src" "$dir/empty/fonts"
cp "$tests"/svg/files/text-*.svg "$tests"/svg/files/tool-*.svg "$dir/book/src/"
printf '[book]\ntitle = "Letters"\nlanguage = "en"\n' >"$dir/book/book.toml"
printf '# Summary\n\n[Letters](all.md)\n' >"$dir/book/src/SUMMARY.md"
{ echo '# Letters'; for file in "$dir"/book/src/*.svg; do printf '\n![%s](%s)\n' "$(basename "$file" .svg)" "$(basename "$file")"; done; } >"$dir/book/src/all.md"

linked=$(ldd "$incipit")
for library in fontconfig pango cairo rsvg; do
    case $linked in *"lib$library"*) fail "the program is linked with $library" ;; esac
done

# With the machine's fonts, with another configuration of them, and from a home without any.
"$incipit" build "$dir/book" -o "$dir/here" --quiet
FONTCONFIG_FILE=/nonexistent FONTCONFIG_PATH=/nonexistent XDG_DATA_HOME=$dir/empty HOME=$dir/empty XDG_DATA_DIRS=$dir/empty \
    "$incipit" build "$dir/book" -o "$dir/there" --quiet
[ "$(find "$dir/here" -type f | wc -l)" = 3 ] || fail "three files were to be made"
diff -r "$dir/here" "$dir/there" || fail "the machine's fonts change the files"

# No letters of drawings are lost on the way, and all of them stand in fonts of ours.
if command -v pdffonts >/dev/null; then
    strange=$(pdffonts "$dir/here/letters.pdf" | sed 1,2d | awk '{print $1}' | sed 's/^[A-Z]*+//' |
        grep -Ev '^(SourceSerif4|SourceSans3|EBGaramond|IosevkaCharonMono|NotoSansMath|NotoSansSymbols2|NotoEmoji)-' || true)
    [ -z "$strange" ] || fail "fonts that are not the book's: $strange"
fi

need svg/fonts strace strace
ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=%file -o "$dir/calls" "$incipit" build "$dir/book" -o "$dir/traced" --quiet
grep -q 'SourceSans3' "$dir/calls" || fail "the trace shows no font at all"
strange=$(grep -E '/etc/fonts|/share/fonts/|/\.fonts|fontconfig' "$dir/calls" | grep -v "\"$root/" || true)
[ -z "$strange" ] || fail "fonts of the machine are looked for: $(head -5 <<<"$strange")"
