#!/usr/bin/env bash
# epub-fonts.sh - the EPUB brings the faces of signs that few readers have, where code or an icon shows them, and no face that nothing needs.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-epub-fonts)
cd "$dir"

mkdir -p book
printf '[book]\ntitle = "Signs"\nsrc = "."\n' >book/book.toml
printf -- '- [One](one.md)\n' >book/SUMMARY.md

# faces CHAPTER: the files of fonts in the EPUB of a book with this chapter.
faces() {
    printf '# One\n\n%b\n' "$1" >book/one.md
    expect 0 "$incipit" build book -o out --strict
    unzip -Z1 out/signs.epub 'OEBPS/fonts/*' | sed 's,.*/,,' | sort | tr '\n' ' '
}

wanted() {
    local got
    got=$(faces "$1")
    [ "$got" = "$2" ] || fail "'$1' brings the faces '$got', not '$2'"
}

wanted 'A check \u2713 in the text, and `code`.' 'IosevkaCharonMono-Regular.ttf '
wanted 'A printer \U1F5A8 in `code \U1F5A8`.' 'IosevkaCharonMono-Regular.ttf NotoSansSymbols2-Regular.ttf '
wanted '```text\n\U1F980 \u2a0b\n```' 'IosevkaCharonMono-Regular.ttf NotoEmoji-Regular.ttf NotoSansMath-Regular.ttf '
wanted 'An icon: <i class="fas fa-print"></i>.' 'NotoSansSymbols2-Regular.ttf '
