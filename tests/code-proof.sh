#!/usr/bin/env bash
# code-proof.sh - code.py must notice each way in which code can go wrong between the author and a reader: good files are spoilt in one place at a
# time.
. "$(dirname "$0")/lib.sh"
need code-proof qpdf qpdf
need code-proof fix-qdf qpdf
need code-proof python3 python3
need code-proof perl perl
dir=$(fresh code-proof)
mkdir -p "$dir/good/src"
printf '[book]\ntitle = "Good"\n' >"$dir/good/book.toml"
printf -- '- [Good](good.md)\n' >"$dir/good/src/SUMMARY.md"
cat >"$dir/good/src/good.md" <<'BOOK'
# Good

With `code in the line`.

```python
def first():
    return "one"


def second():
    return [the_name_of_one_thing, the_name_of_another_thing, the_name_of_a_third_thing, the_name_of_the_last_thing]
```

And a second block.

```c
int last;
```
BOOK
(cd "$dir" && "$incipit" build good -o out --to pdf,epub --quiet)
for as in document pages; do
    "$incipit" dump "$dir/good" --as $as >"$dir/$as"
done
"$incipit" check "$dir/good" --diagnostics gcc 2>"$dir/notes"
qpdf --qdf --object-streams=disable --no-original-object-ids "$dir"/out/*.pdf "$dir/pdf"
mkdir "$dir/book"
(cd "$dir/book" && python3 -m zipfile -e "$dir"/out/*.epub . && mv OEBPS/*good*.xhtml "$dir/xhtml")
name=$(python3 -m zipfile -l "$dir"/out/*.epub | grep -o 'OEBPS/[^ ]*good[^ ]*\.xhtml')
cp "$dir/good/src/good.md" "$dir/source"

judge() { # in the order of code.py's arguments
    (cd "$dir/book" && cp "$dir/xhtml" "$name" && rm -f ../epub && python3 -m zipfile -c ../epub META-INF OEBPS)
    fix-qdf "$dir/pdf" >"$dir/fixed"
    cp "$dir/source" "$dir/good/src/good.md"
    python3 "$tests/tools/code.py" "$dir/good" "$dir/document" "$dir/pages" "$dir/notes" "$dir/fixed" "$dir/epub" >"$dir/log" 2>&1
}

# spoil WHAT-IS-SAID FILE PERL: the expression changes the file; all of it is read at once.
spoil() {
    cp "$dir/$2" "$dir/kept"
    perl -0777 -i -pe "$3" "$dir/$2"
    ! cmp -s "$dir/kept" "$dir/$2" || fail "'$3' changes nothing"
    ! judge || fail "not noticed: $3"
    grep -qF -- "$1" "$dir/log" || { cat "$dir/log"; fail "'$1' is not said after '$3'"; }
    cp "$dir/kept" "$dir/$2"
}
judge || { cat "$dir/log"; fail "the good files"; }

# our reading of the chapters
spoil 'no chapter has' source 's/int last/int first/'
spoil 'a fence is missing' source 's/int last;\n/int last;\n\n/'
spoil 'a fence is missing' source 's/    return "one"/   return "one"/'
spoil 'no chapter has' document 's/int last;/int  last;/'
# the EPUB
spoil 'EPUB: a listing reads otherwise' xhtml 's/\n<\/span>(?=<span class="line"><span class="hljs-keyword">def)/<\/span>/'
spoil 'EPUB: a listing reads otherwise' xhtml 's/(<span class="line">)(<span class="hljs-type">)/${1}1 $2/'
spoil 'EPUB: a listing reads otherwise' xhtml 's/indent-1">    /indent-1">   /'
spoil 'EPUB: a listing reads otherwise' xhtml 's/another_thing/another-\n_thing/'
spoil 'EPUB: a listing is missing' xhtml 's/<pre (?!.*<pre ).*?<\/pre>//s'
spoil 'EPUB: code that the source does not have' xhtml 's/(<pre (?!.*<pre ).*?<\/pre>)/$1<pre>x<\/pre>/s'
# the PDF: text in place of its glyphs
span='/Span <</ActualText<FEFF'
spoil 'PDF: a listing reads otherwise' pdf "s|(/Code ?<<\s*/MCID \d+\s*>>\s*BDC(?:(?!EMC).)*?Td\n)((?:(?!EMC).)*?TJ\n)(?!.*?/H1)|\$1${span}0031>>>BDC\n\$2EMC\n|s"
spoil 'PDF: a listing reads otherwise' pdf 's|(/Code ?<<\s*/MCID (\d+)\s*>>\s*BDC(?:(?!EMC).)*EMC\s*.*)/Code ?<<\s*/MCID (\d+)\s*>>\s*BDC|$1/P <</MCID 99>> BDC|s'
# one blank line less, one blank of an indent less, a hyphen too many
spoil 'PDF: a listing reads otherwise' pdf 's/(\S+ -[\d.]+ Td\n\[<0001>\]TJ\n)0 -[\d.]+ Td\n\[<0001>\]TJ\n/$1/'
spoil 'PDF: a listing reads otherwise' pdf 's/\[<0001000100010001>\]TJ/[<000100010001>]TJ/'
spoil 'PDF: a listing reads otherwise' pdf "s|(?=/Artifact BMC(?:(?!EMC).)*?EMC\s*/Code)|/Code<</MCID 4>>BDC\n${span}002D>>>BDC\n[<0001>]TJ EMC EMC\n|s"
# lines that are turned over: the sign is no longer an artifact, a note is missing, is one too many, is of another line
spoil 'PDF: a listing reads otherwise' pdf 's|/Artifact BMC(?=(?:(?!EMC).)*?EMC\s*/Code)|/Code <</MCID 98>> BDC|s'
spoil 'a turned line without a note' notes 's/.*code-wrapped\]\n//'
spoil 'a note of a line that was not turned over' notes 's/(.*code-wrapped\]\n)/$1$1/'
spoil 'a note of a line that was not turned over' notes 's/good\.md:11:/good.md:10:/'
spoil 'a note of a line that was not turned over' notes 's/, (\d+) fit/, 900 fit/'
# the measure
spoil 'outside of the measure' pages 's/  text [\d.]+( \S+ \S+ IosevkaCharonMono-Regular (?:(?!\n).)*Code#\d+\n(?!.*IosevkaCharonMono))/  text 640$1/s'
spoil 'outside of the measure' pages 's/  text [\d.]+( \S+ \S+ IosevkaCharonMono-Regular (?:(?!\n).)*Code#\d+\n(?!.*IosevkaCharonMono))/  text 2$1/s'
