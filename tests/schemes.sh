#!/usr/bin/env bash
# schemes.sh - the colours, weights and slants of code against the rules of docs/highlighting.md; and schemes.py must notice each fault.
. "$(dirname "$0")/lib.sh"
need schemes python3 python3
need schemes perl perl
dir=$(fresh schemes)
python3 "$tests/tools/schemes.py" "$root/styles" || fail "the style sheets"

# spoil WHAT-IS-SAID FILE PERL
spoil() {
    rm -rf "$dir/styles"
    cp -r "$root/styles" "$dir/styles"
    perl -0777 -i -pe "$3" "$dir/styles/$2"
    ! cmp -s "$root/styles/$2" "$dir/styles/$2" || fail "'$3' changes nothing"
    ! python3 "$tests/tools/schemes.py" "$dir/styles" >"$dir/log" || fail "not noticed: $3"
    grep -qF -- "$1" "$dir/log" || { cat "$dir/log"; fail "'$1' is not said after '$3'"; }
}
spoil 'rubric, screen: comment is #848076 on #F8F6F1' rubric.css 's/#646056/#848076/'
spoil 'rubric, screen: keyword is' rubric.css 's/--ground: #F8F6F1/--ground: #606060/'
spoil 'rubric, screen: string is' rubric.css 's/\z/\@media screen { pre .highlighted { background: #B08830 } }/'
spoil 'rubric, screen: .continuation is' rubric.css 's/--muted: #6E6A60/--muted: #9E9A90/'
spoil 'rubric, print: keyword is #444444, not black' rubric.css 's/\z/\@media print { .hljs-keyword { color: #444 } }/'
spoil 'octavo, print: keyword and string have the same' octavo.css 's/\.hljs-keyword, //'
spoil 'octavo, screen: comment and string have the same' octavo.css 's/\.hljs-comment, //'
spoil 'rubric, print: error is not bold' rubric.css 's/\.hljs-error, //'
spoil 'octavo, epub: comment is' epub.css 's/#646056/#949086/'
spoil 'rubric, epub at night: type is' epub.css 's/#74C7C2/#0B5A5E/'
spoil 'has the same colour by day and by night' epub.css 's/#74C7C2/#0B5A5E/'
