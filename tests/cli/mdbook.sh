#!/usr/bin/env bash
# mdbook.sh - run by mdBook, with a book as mdBook 0.4 and 0.5 hand it over, and with what preprocessors do to it.
. "$(dirname "$0")/../lib.sh"
need cli/mdbook python3 python3
dir=$(fresh cli-mdbook)
cd "$dir"
mkdir -p book/src/nested book/parts work
cat >book/book.toml <<'END'
[book]
title = "Handed over"
authors = ["Ada"]

[preprocessor.changer]

[output.html]

[output.incipit]
contents-depth = 1
date = 2026-03-31
stiles = []
END
printf -- '[Foreword](README.md)\n\n# Part one\n\n- [First](first.md)\n  - [Nested](nested/one.md)\n\n---\n\n- [`Later`]()\n\n[Thanks](thanks.md)\n' >book/src/SUMMARY.md
printf '# Foreword\r\n\r\nA [link](#nowhere-crlf).\r\n' >book/src/README.md
printf '# First\n\nSome plain words and\na [link](#nowhere-first).\n\n{{#include part.txt}}\n\nSee the [foreword](README.md).\n' >book/src/first.md
printf 'Included, with a [link](#nowhere-part).\n' >book/src/part.txt
printf '# Nested\n\n```\n}\n```\n\nA [link](../first.md#nowhere-nested).\n' >book/src/nested/one.md
printf -- '---\nminutes: 5\n---\n# Thanks\n\nMany.\n' >book/src/thanks.md

# Both versions, the same book: all settings, numbers and places as when incipit reads the folder by itself.
python3 "$tests/tools/mdbook.py" book work/out >new.json
python3 "$tests/tools/mdbook.py" book work/out --version 0.4 >old.json
render() { expect "$1" bash -c 'cd work && exec "${@:2}" <"../$1"' - "$2" "$incipit" "${@:3}"; }
places() { sed -n 's/^\(\.\.\/\|.*\/\)*\(book\/[^:]*:[0-9]*:[0-9]*\): warning: .*#\(nowhere[a-z-]*\).*/\2 \3/p' <<<"$err" | sort; }
render 1 new.json build -
says "book.toml:12:1: error: [output.incipit] has no setting 'stiles'; did you mean 'styles'?"
[ ! -e work/out ] || fail "files in spite of an error"
sed -i '/stiles/d' book/book.toml
python3 "$tests/tools/mdbook.py" book work/out >new.json
python3 "$tests/tools/mdbook.py" book work/out --version 0.4 >old.json
wanted="book/src/README.md:3:4 nowhere-crlf
book/src/first.md:4:4 nowhere-first
book/src/nested/one.md:7:4 nowhere-nested
book/src/part.txt:1:19 nowhere-part"
for context in new old; do
    rm -rf work/out
    render 0 $context.json build -
    [ "$(ls work/out | tr '\n' ' ')" = "handed-over-print.pdf handed-over.epub handed-over.pdf " ] || fail "files: $(ls work/out)"
    [ "$(places)" = "$wanted" ] || fail "places ($context):
$err"
    [[ $err != *preprocessor* ]] || fail "a preprocessor that mdBook ran: $err"
    render 0 $context.json dump - --as document
    [ $context = new ] && document=$out || [ "$out" = "$document" ] || fail "0.4 and 0.5 make different books"
done
expect 0 "$incipit" dump book --as document
[ "$out" = "$document" ] || { diff <(echo "$out") <(echo "$document"); fail "the book is another one when mdBook hands it over"; }

# As mdBook starts it: without arguments, in its output folder, the book on a pipe; or under a renderer's name.
rm -rf work/out && mkdir -p work/out
(cd work/out && cat ../../new.json | "$incipit" 2>log) || fail "$(cat work/out/log)"
rm -f work/out/log
[ "$(ls work/out | wc -l)" = 3 ] || fail "no files when run without arguments"
ln -s "$incipit" mdbook-incipit
rm -rf work/out
expect 0 bash -c 'INCIPIT_DATA=$2 ./mdbook-incipit <new.json' - x "$root"
[ "$(ls work/out | wc -l)" = 3 ] || fail "no files when run as mdbook-incipit"
render 0 new.json build - -o ../other --to epub
[ "$(ls other)" = handed-over.epub ] || fail "-o is not obeyed"

# What preprocessors changed keeps the places of the lines that they left alone; a chapter of theirs has places of its own.
python3 "$tests/tools/mdbook.py" book work/out --change >changed.json
render 0 changed.json check -
[ "$(places)" = "book/src/README.md:3:4 nowhere-crlf
book/src/first.md:4:4 nowhere-first
book/src/made.md:3:25 nowhere-made
book/src/nested/one.md:7:4 nowhere-nested
book/src/part.txt:1:19 nowhere-part" ] || fail "places of changed chapters:
$err"
render 0 changed.json dump - --as html
[[ $out == *"Put in by a preprocessor"*"Some changed words"*"Out of nothing"* ]] || fail "the preprocessors' text is not in the book: $out"

# What is no book of mdBook's.
for bad in '' '[]' '{' '{"book": {}}' '"x"' 'null'; do
    printf '%s' "$bad" >bad.json
    render 1 bad.json build -
    says "[bad-context]"
done
printf '{"root": "%s", "book": {"items": [{"Chapter": {"name": "x", "content": "t", "number": [1], "path": "../../x.md"}}]}}' "$dir/book" >bad.json
render 1 bad.json check -
says "[outside-book]"
printf '{"root": "%s", "book": {"items": [1, null, {}, {"Chapter": 3}, {"Chapter": {}}, {"Chapter": {"number": ["x", -1], "path": 7, "sub_items": {}}}]}, "config": [], "destination": 5}' "$dir/book" >bad.json
expect 0 "$incipit" --version
(cd work && "$incipit" check - <../bad.json >/dev/null 2>&1) || [ $? = 1 ] || fail "nonsense is not taken"
# Without arguments, where there is no book, on a pipe that is empty: not mdBook.
expect 1 bash -c 'cd work && true | "$1"' - "$incipit"
says "there is no book in '.'"
