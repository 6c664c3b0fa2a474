#!/usr/bin/env bash
# foreign-object.sh - HTML in an SVG is told of where its words are lost, and not where a switch has them as text too.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh foreign-object)
draw() {
    printf '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 90 90">%s<text y="20">text</text></svg>\n' "$1" >"$dir/a.svg"
    rm -rf "$dir/out"
    expect 0 "$incipit" build "$dir/book.md" -o "$dir/out"
}
printf '# Book\n\n![words](a.svg)\n' >"$dir/book.md"
html='<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">text</p></foreignObject>'
draw "$html"
says svg-text-lost
draw "<g>$html</g>"
says svg-text-lost
draw "<switch>$html</switch>$html"
says svg-text-lost
draw '<s:foreignObject/>'
says svg-text-lost
for told in "<switch>$html<text>text</text></switch>" "<switch id='a'>
  $html<text>text</text></switch>" '<s:switch><s:foreignObject/><text/></s:switch>' '<text>foreignObject</text>'; do
    draw "$told"
    case $err in *svg-text-lost*) fail "nothing is lost in $told: $err" ;; esac
done
