#!/usr/bin/env bash
# root.sh - a book inside a repository: --root lets it include and show the files around it, and nothing beyond them.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-root)
cd "$dir"

mkdir -p repo/guide/src repo/examples
printf '[book]\ntitle = "Guide"\n' >repo/guide/book.toml
printf -- '- [One](one.md)\n' >repo/guide/src/SUMMARY.md
printf 'fn around() {}\n' >repo/examples/around.rs
printf 'not for the book\n' >secret.txt
printf '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><circle cx="45" cy="30" r="20"/></svg>\n' >repo/plan.svg
printf '# One\n\n```rust\n{{#include ../../examples/around.rs}}\n```\n\n![A plan](../../plan.svg)\n' >repo/guide/src/one.md

# Without it both are errors, which say what would help.
expect 1 "$incipit" build repo/guide -o out
says "included file '../../examples/around.rs' is not inside the book's folder"
says "image file '../../plan.svg' lies outside of the book's folder"
says "name a folder around both with --root"
[ ! -e out ] || fail "something was written"

# With it they are part of the book, from any working folder.
expect 0 "$incipit" build repo/guide --root repo -o out --strict
pdftotext out/guide.pdf - | grep -q 'fn around() {}' || fail "the included file is not in the book"
unzip -p out/guide.epub '*/one.xhtml' | grep -q '<img[^>]* src="[^"./][^"]*\.svg"' || fail "the picture is not in the EPUB: $(unzip -p out/guide.epub '*/one.xhtml' | grep img)"
(cd repo/guide && expect 0 "$incipit" build --root .. -o ../../other --strict)
for file in guide.pdf guide-print.pdf guide.epub; do
    cmp out/$file other/$file || fail "$file depends on how --root is written"
done

# What lies beyond it stays outside, by ".." and through a link.
printf '# One\n\n{{#include ../../../secret.txt}}\n' >repo/guide/src/one.md
expect 1 "$incipit" check repo/guide --root repo
says "is not inside the book's folder"
ln -s ../secret.txt repo/linked.txt
printf '# One\n\n{{#include ../../linked.txt}}\n' >repo/guide/src/one.md
expect 1 "$incipit" check repo/guide --root repo
says "is not inside the book's folder"
printf '# One\n\n{{#include /etc/passwd}}\n' >repo/guide/src/one.md
expect 1 "$incipit" check repo/guide --root repo
says "is not inside the book's folder"

# A folder that is not around the book, or is none.
printf '# One\n' >repo/guide/src/one.md
expect 1 "$incipit" check repo/guide --root repo/examples
says "the book's folder 'repo/guide' is not inside 'repo/examples'"
expect 1 "$incipit" check repo/guide --root nowhere
says "is not inside 'nowhere'"
expect 2 "$incipit" check repo/guide --root ''
