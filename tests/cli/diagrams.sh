#!/usr/bin/env bash
# diagrams.sh - blocks that commands draw: who may run them, what is kept and for how long, and every way in which a command goes wrong.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-diagrams)
cd "$dir"
mkdir -p book/src bin scratch
export TMPDIR=$dir/scratch

# Commands of every kind. Each leaves a mark when it is run.
tool() {
    { printf '#!/bin/sh\necho "$0" >>"%s/ran"\n' "$dir"; cat; } >"bin/$1"
    chmod +x "bin/$1"
}
svg='<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><path d="M0 0h100v50z" fill="navy"/></svg>'
tool ok <<END
cat >input; echo '$svg'; wc -c <input >>"$dir/sizes"
END
tool files <<END
grep -q deep "\$1" && echo '$svg' >"\$2" && pwd >"$dir/where" && touch litter "\$TMPDIR/litter"
END
tool fails <<'END'
echo 'Error: <stdin>: syntax error in line 2 near "->"' >&2; echo 'and a second line' >&2; exit 3
END
tool colon <<'END'
echo "$1:2:5: there is no such shape" >&2; exit 1
END
tool hangs <<END
sleep 9$$ & sleep 9$$
END
tool garbage <<'END'
cat >/dev/null; echo 'this is no picture'
END
tool broken <<'END'
echo '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0"></svg>'
END
tool two <<END
echo '$svg$svg'
END
tool empty <<'END'
exit 0
END
tool talks <<'END'
yes '<svg xmlns="http://www.w3.org/2000/svg">'
END
tool floods <<'END'
cat /dev/zero >"$2"
END
tool crashes <<'END'
kill -SEGV $$
END
tool deaf <<END
exec 0<&-; echo '$svg'
END
tool warns <<END
cat >/dev/null; echo "Warning: node 'a' is crowded in line 2" >&2; echo '$svg'
END
tool html <<'END'
cat >/dev/null; echo '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><foreignObject width="90" height="40"><div xmlns="http://www.w3.org/1999/xhtml">label</div></foreignObject></svg>'
END

printf '# Summary\n\n- [A](a.md)\n' >book/src/SUMMARY.md
settings() { { printf '[book]\ntitle = "Diagrams"\n'; cat; } >book/book.toml; }
rule() { settings <<<"[output.incipit.diagrams.sketch]
command = [\"$dir/bin/$1\"${2:-}]
${3:-}"; }
chapter() { printf '# A\n\nWords.\n\n```sketch {alt="it"%s}\n%s\n```\n' "${2:-}" "$1" >book/src/a.md; }
build() { expect "$1" "$incipit" build book --diagnostics gcc "${@:2}"; }
check() { expect "$1" "$incipit" check book --diagnostics gcc "${@:2}"; }
never_ran() { [ ! -e ran ] || fail "a command was run: $(cat ran)"; }
ran() { [ "$(cat ran 2>/dev/null | wc -l)" = "$1" ] || fail "commands ran $(cat ran 2>/dev/null | wc -l) times instead of $1"; rm -f ran; }
drawings() { ls book/diagrams 2>/dev/null || true; }
count() { [ "$(drawings | wc -l)" = "$1" ] || fail "$(drawings | wc -l) drawings instead of $1: $(drawings)"; }
nothing_left() { [ -z "$(ls -A scratch)" ] || fail "left in the scratch folder: $(ls scratch)"; }
lacks() { case $err in *"$1"*) fail "standard error has '$1': $err" ;; esac; }

# A book without the setting is a book with listings.
chapter 'deep in thought'
settings </dev/null
build 0 --diagrams
never_ran
count 0

# Building, checking, dumping and testing a book run nothing, whatever book.toml says.
rule ok
build 1
says "book/src/a.md:5:1: error: the diagram in sketch is not drawn: 'diagrams/sketch-"
says "'incipit build --diagrams' runs '$dir/bin/ok' for it"
says "[diagram-not-drawn]"
check 1
says "[diagram-not-drawn]"
expect 1 "$incipit" dump book --as pages
expect 0 "$incipit" test book
build 1 --keep-going
[ -s book/out/diagrams.pdf ] || fail "--keep-going wrote nothing"
build 1 --tidy-diagrams
never_ran
count 0
expect 2 "$incipit" check book --diagrams

# The user says so: it is drawn once, kept, and taken from there by all that follows.
build 0 --diagrams
ran 1
count 1
[ "$(cat sizes)" = 16 ] || fail "the block came to the command as $(cat sizes) bytes"
nothing_left
drawn=$(drawings)
cp book/out/diagrams.pdf first.pdf
build 0 --diagrams
build 0
check 0
never_ran
cmp first.pdf book/out/diagrams.pdf || fail "the kept drawing gives other bytes than the fresh one"
lacks diagram-unused
[ "$(cat "book/diagrams/$drawn")" = "$svg" ] || fail "the drawing is not what the command wrote"

# A machine without the program takes what is there.
mv bin bin.away
build 0 --diagrams
mv bin.away bin

# Another block, another command and another version are other drawings; the time allowed and the place are not.
chapter 'deep in sleep'
build 1
says "[diagram-not-drawn]"
chapter 'deep in thought' ' caption="Thought" #thought .wide width=50%'
rule ok '' 'timeout = 7'
build 0
rule ok ', "-x"'
build 1
rule ok '' 'version = "2"'
build 1
build 0 --diagrams
ran 1
count 2

# What is left over is said, and removed by the flag: nothing else in the folder is touched.
touch book/diagrams/mine.svg book/diagrams/sketch-0123.svg book/diagrams/README
build 0
says "note: 'diagrams/$drawn' is of no diagram of the book"
says "[diagram-unused]"
build 0 --tidy-diagrams
count 4
[ ! -e "book/diagrams/$drawn" ] || fail "$drawn is still there"
build 0
lacks diagram-unused
rm -rf book/diagrams

# The same block twice is drawn once; many at a time give the same as one after the other.
many() { for i in 1 2 3 4 5 6 7 8 9; do printf '```sketch {alt="%s"}\ndeep %s\n```\n\n' "$i" $((i % 5)); done; }
rule ok
{ printf '# A\n\n'; many; } >book/src/a.md
build 0 --diagrams --jobs 1
ran 5
cp -r book/diagrams one
cp book/out/diagrams.pdf book/out/diagrams.epub one.away/ 2>/dev/null || { mkdir one.away; cp book/out/diagrams.pdf book/out/diagrams.epub one.away/; }
rm -r book/diagrams
build 0 --diagrams --jobs 8
ran 5
diff -r one book/diagrams || fail "the drawings depend on --jobs"
cmp one.away/diagrams.pdf book/out/diagrams.pdf && cmp one.away/diagrams.epub book/out/diagrams.epub || fail "the files depend on --jobs"
rm -r one book/diagrams

# Files in place of streams, in a folder that is gone afterwards.
chapter 'deep in thought'
rule files ', "{input}", "{output}"'
build 0 --diagrams
ran 1
nothing_left
case $(cat where) in "$dir"/scratch/incipit-diagram-*) ;; *) fail "it ran in $(cat where)" ;; esac
[ ! -e "$(cat where)" ] || fail "its folder is still there"
rm -rf book/diagrams
settings <<<"[output.incipit.diagrams.sketch]
command = [\"{root}/tool\"]"
cp bin/ok book/tool
build 0 --diagrams
ran 1
rm -rf book/diagrams

# Every way to fail: the book's error, at its place, and nothing stays behind.
chapter 'deep
a ->-> b'
fault() { # TOOL WORDS MESSAGE...
    rule "$1" "$2" 'timeout = 1'
    build 1 --diagrams
    for message in "${@:3}"; do says "$message"; done
    says "[diagram-failed]"
    nothing_left
    count 0
    rm -f ran
}
fault fails '' "book/src/a.md:7:1: error: '$dir/bin/fails' did not draw the diagram: exit status 3: Error: <stdin>: syntax error in line 2 near \"->\"; and a second line"
fault colon ', "{input}"' "book/src/a.md:7:1: error: " "exit status 1: diagram.sketch:2:5: there is no such shape"
fault hangs '' "book/src/a.md:5:1: error:" "did not end within 1 seconds"
pgrep -f "sleep 9$$" >/dev/null && fail "a process was left behind"
fault garbage '' "what it wrote is no SVG"
fault broken '' "its SVG is not well-formed XML"
fault two '' "it wrote more than one SVG"
fault empty '' "it wrote nothing"
fault talks '' "printed more than"
fault crashes '' "killed by SIGSEGV"
fault floods ', "{input}", "{output}"' "did not draw the diagram: "
fault empty ', "{output}"' "it wrote no file"
settings <<<'[output.incipit.diagrams.sketch]
command = ["no-such-program-anywhere"]'
build 1 --diagrams
says "book/src/a.md:5:1: error: the diagram in sketch cannot be drawn: 'no-such-program-anywhere' cannot be run: No such file or directory; install 'no-such-program-anywhere', or take 'diagrams/sketch-"
count 0
settings <<<'[output.incipit.diagrams.sketch]
command = ["plantuml", "-tsvg", "-pipe"]'
expect 1 env PATH=/nonexistent "$incipit" build book --diagrams --diagnostics gcc
says "install 'plantuml' (Debian package plantuml)"

# One that does not read its input is no worse for it.
rule deaf
build 0 --diagrams
rm -rf book/diagrams ran

# What the command says beside a drawing is a note, once.
rule warns
build 0 --diagrams
says "book/src/a.md:7:1: note: '$dir/bin/warns' says of the diagram: Warning: node 'a' is crowded in line 2 [diagram-remark]"
build 0
lacks diagram-remark
rm -rf book/diagrams ran

# HTML inside of the SVG is told with the way out of it.
rule html
build 0 --diagrams
says "[svg-not-drawn]"
says "htmlLabels"
rm -rf book/diagrams ran

# Settings that are none.
settings <<<'[output.incipit.diagrams.sketch]'
check 1
says "book/book.toml:3:"
says "need a 'command'"
settings <<<'[output.incipit.diagrams]
folder = "../elsewhere"
sketch = "dot"
[output.incipit.diagrams.other]
comand = ["x"]
command = []'
check 1
says "'../elsewhere' is not inside the book's folder"
says "'sketch' must be a table with a command"
says "did you mean 'command'?"
says "'command' names no program"

# A folder of drawings that a link leads out of the book.
mkdir outside
ln -s ../outside book/diagrams
rule ok
build 1 --diagrams
says "[outside-book]"
[ -z "$(ls -A outside)" ] || fail "written outside of the book: $(ls outside)"
rm book/diagrams

# A folder elsewhere in the book, and an alternative text that is missing.
settings <<<"[output.incipit.diagrams]
folder = \"src/img/./drawn\"
[output.incipit.diagrams.Sketch]
command = [\"$dir/bin/ok\"]"
printf '# A\n\n```sketch\nx\n```\n' >book/src/a.md
build 0 --diagrams
says "book/src/a.md:3:1: warning: the diagram in sketch has no alternative text; say what it shows, behind the language: {alt=\"...\"}"
[ "$(ls book/src/img/drawn | wc -l)" = 1 ] || fail "the folder's setting: $(find book/src)"
rm -rf book/src/img ran

# A folder that cannot be written, and one for scraps that is not there, are the machine's faults.
rule ok
touch book/diagrams
build 3 --diagrams
says "cannot write 'diagrams/sketch-"
rm book/diagrams
expect 3 env TMPDIR="$dir/nowhere" "$incipit" build book --diagrams --diagnostics gcc
says "no scratch folder"
count 0

# Interrupted while commands run: nothing is written, nobody stays.
rule hangs
chapter x
"$incipit" build book --diagrams >/dev/null 2>interrupted &
pid=$!
for _ in $(seq 200); do [ -e ran ] && break; sleep 0.05; done
kill -TERM $pid
status=0
wait $pid || status=$?
[ $status = 143 ] || fail "status $status after SIGTERM: $(cat interrupted)"
pgrep -f "sleep 9$$" >/dev/null && fail "a process was left behind"
nothing_left
count 0
rm -f ran

# One Markdown file with its settings in front; what lies beside it is not called left over.
mkdir -p article/diagrams
touch article/diagrams/sketch-0123456789abcdef0123.svg
printf -- '---\ntitle: One\nincipit:\n  diagrams:\n    sketch:\n      command: ["%s/bin/ok"]\n---\n\n```sketch {alt="x"}\nx\n```\n' "$dir" >article/one.md
expect 0 "$incipit" build article/one.md --diagrams --tidy-diagrams --diagnostics gcc
ran 1
lacks diagram-unused
[ "$(ls article/diagrams | wc -l)" = 2 ] || fail "$(ls article/diagrams)"

# mdBook, which runs commands of book.toml anyway, says it with the command: "incipit build - --diagrams". Without that nothing is run.
if command -v python3 >/dev/null; then
    rule ok
    printf '# A\n\n```sketch {alt="x"}\nfrom mdbook\n```\n' >book/src/a.md
    python3 - "$dir" >context.json <<'PY'
import json, sys
root = sys.argv[1] + '/book'
chapter = {'Chapter': {'name': 'A', 'content': open(root + '/src/a.md').read(), 'number': [1], 'sub_items': [], 'path': 'a.md', 'source_path': 'a.md', 'parent_names': []}}
config = {'book': {'title': 'Diagrams', 'src': 'src'}, 'output': {'incipit': {'diagrams': {'sketch': {'command': [sys.argv[1] + '/bin/ok']}}}}}
print(json.dumps({'version': '0.5.1', 'root': root, 'config': config, 'destination': root + '/book/incipit', 'book': {'items': [chapter]}}))
PY
    status=0
    "$incipit" build - --diagnostics gcc <context.json 2>said || status=$?
    [ $status = 1 ] && grep -q diagram-not-drawn said || fail "status $status under mdBook: $(cat said)"
    never_ran
    "$incipit" build - --diagrams --diagnostics gcc <context.json 2>said || fail "under mdBook: $(cat said)"
    ran 1
fi

# Graphviz itself, when it is there.
rm -rf book/diagrams
settings <<<'[output.incipit.diagrams.dot]'
printf '# A\n\n```graphviz {alt="a to b"}\ndigraph { a -> b }\n```\n\n> ```dot {alt="a to b"}\n> digraph {\n>   a ->-> b\n> }\n> ```\n' >book/src/a.md
command -v dot >/dev/null || skip cli/diagrams "dot is not installed (package graphviz); all that needs no Graphviz passed"
build 1 --diagrams
says "book/src/a.md:9:5: error: 'dot' did not draw the diagram: exit status 1: Error: <stdin>: syntax error in line 2 near '->'"
count 1
sed -i 's/->->/->/' book/src/a.md
build 0 --diagrams
lacks warning
count 2
cp -r book/diagrams once
rm -r book/diagrams
build 0 --diagrams
diff -r once book/diagrams || fail "Graphviz draws the same block otherwise"
if command -v pdftotext >/dev/null; then
    pdftotext book/out/diagrams.pdf - | grep -qx a || fail "the letters of the drawing are not in the PDF"
fi
echo "diagrams: all as it should be"
