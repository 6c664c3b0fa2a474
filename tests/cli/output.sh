#!/usr/bin/env bash
# output.sh - exit statuses, and the promise that an old good file is never replaced by a broken one.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-output)
cd "$dir"

good() { printf '# A Book\n\nIt has %s.\n' "${1:-words}" >book.md; }
files() { (cd "${1:-out}" 2>/dev/null && ls -A | LC_ALL=C sort | tr '\n' ' '); }

# A good book: status 0, three files named after its title, nothing else left behind.
good
expect 0 "$incipit" book.md
[ "$(files)" = "a-book-print.pdf a-book.epub a-book.pdf " ] || fail "files: $(files)"
says "wrote"

# --to, -o, --quiet.
expect 0 "$incipit" build book.md --to epub -o only --quiet
[ "$(files only)" = "a-book.epub " ] || fail "files: $(files only)"
[ -z "$err" ] || fail "--quiet says: $err"

# check writes nothing.
rm -rf out
expect 0 "$incipit" check book.md
[ ! -e out ] || fail "check wrote: $(files)"

# A missing book is an error, not a crash; so is a folder without one.
expect 1 "$incipit" build ./no-such-book
[ ! -e no-such-book ] || fail "a missing book was made"
mkdir empty
expect 1 "$incipit" build empty

# A warning leaves status 0, --strict makes it 1 and writes nothing.
printf '# A Book\n\nA [link](#nowhere) that dangles.\n' >book.md
expect 0 "$incipit" book.md -o warned
says "warning: "
expect 1 "$incipit" book.md -o strict --strict
[ -z "$(files strict)" ] || fail "--strict wrote: $(files strict)"
says "nothing was written"

# An error: nothing is written and old files stay; --keep-going writes and still says 1.
good
expect 0 "$incipit" book.md
cp -r out before
printf '# A Book\n\n{{#include missing.txt}}\n' >book.md
expect 1 "$incipit" book.md
says "error: "
diff -r before out || fail "a failed build changed the old files"
expect 1 "$incipit" book.md --keep-going
[ "$(files)" = "$(files before)" ] || fail "--keep-going did not write"

# The machine fails: the folder cannot be made, a file cannot be replaced, the disk is full.
good
expect 3 "$incipit" book.md -o book.md/out
says "fatal error: "
rm -rf out && mkdir -p out/a-book.pdf/in-the-way
expect 3 "$incipit" book.md
[ "$(files | tr ' ' '\n' | grep -c 'XXXX\|\.[A-Za-z0-9]\{6\}$')" = 0 ] || fail "temporary files are left: $(files)"
rm -rf out && cp -r before out
good "other words"
expect 3 bash -c 'ulimit -f 4; exec "$@"' - "$incipit" book.md
diff -r before out || fail "a full disk changed the old files"
expect 3 env INCIPIT_DATA="$dir/empty" "$incipit" book.md
says "[missing-data]"
diff -r before out || fail "missing fonts changed the old files"
