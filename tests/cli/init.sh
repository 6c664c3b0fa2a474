#!/usr/bin/env bash
# init.sh - a new book builds at once without a finding, in mdBook's layout; its workflow, and those of docs/ci.md, say what works.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-init)
cd "$dir"
export INCIPIT_DATA=$root

expect 0 "$incipit" init my-first_book
says "next: incipit build my-first_book"
expect 0 "$incipit" check my-first_book --strict --quiet # notes follow each change of the layout
[ -z "$err" ] || fail "a new book has findings: $err"
expect 0 "$incipit" build my-first_book --strict
[ "$(ls my-first_book/out | tr '\n' ' ')" = "my-first-book-print.pdf my-first-book.epub my-first-book.pdf " ] || fail "files: $(ls my-first_book/out)"
[ "$(grep -c '^wrote ' <<<"$err")" = 3 ] || fail "building a new book says: $err"
[ "$(cd my-first_book && find . -type f -not -path './out/*' | wc -l)" = "$(find "$root/templates/book" -type f | wc -l)" ] || fail "templates/book has files that init does not copy"
! grep -rn '@[A-Z]*@' my-first_book/book.toml || fail "something was not filled in"

# Titles and names with everything that TOML takes amiss; the words arrive in the files.
expect 0 "$incipit" init "a b" --title 'Say "hi" \ é' --author 'A "B" C' --author Dö --language de -q
[ -z "$err" ] || fail "--quiet says: $err"
expect 0 "$incipit" dump "a b" --as document
[[ $out == *'Say „hi“ \\ é'* ]] || fail "the title did not arrive"
grep -qx 'authors = \["A \\"B\\" C", "Dö"\]' "a b/book.toml" || fail "$(grep authors "a b/book.toml")"
grep -qx 'language = "de"' "a b/book.toml" || fail "$(grep language "a b/book.toml")"

# An empty folder is taken; one with something in it, or a file, is not touched.
mkdir empty full
expect 0 "$incipit" init empty
touch full/.keep file
expect 2 "$incipit" init full
says "'full' is not empty; nothing was changed"
[ "$(ls -A full)" = .keep ] || fail "a full folder was touched"
expect 2 "$incipit" init my-first_book
expect 2 "$incipit" init file
says "'file' is not a folder"
expect 2 "$incipit" init file/book
if [ "$(id -u)" != 0 ]; then
    mkdir locked && chmod 500 locked
    expect 3 "$incipit" init locked/book
    chmod 700 locked
fi
mkdir here && cd here
expect 0 "$incipit" init .
grep -qx 'title = "Here"' book.toml || fail "$(grep title book.toml)"
cd ..
expect 2 "$incipit" init
expect 2 "$incipit" init ""
expect 2 "$incipit" init x --language "e n"
expect 2 "$incipit" init x --title ""
expect 3 env INCIPIT_DATA="$dir" "$incipit" init x
says "was not found"
[ ! -e x ] || fail "a failed init left something"

# The workflows are YAML, docs/ci.md shows the very one that init writes, and their commands are commands.
need cli/init python3 python3
python3 -c 'import yaml' 2>/dev/null || skip cli/init "python's yaml is not installed (package python3-yaml)"
python3 - "$root" <<'PY' >commands || fail "workflows"
import re, sys, yaml
root = sys.argv[1]
text = open(f'{root}/docs/ci.md').read()
blocks = re.findall(r'```yaml\n(.*?)```', text, re.S)
ours = open(f'{root}/templates/book/github/book.yml').read()
if len(blocks) != 2 or blocks[0] != ours:
    sys.exit('docs/ci.md does not show templates/book/github/book.yml')
github, gitlab = (yaml.safe_load(block) for block in blocks)
steps = github['jobs']['book']['steps']
if not all(('uses' in step) != ('run' in step) for step in steps) or True not in github: # YAML 1.1 reads "on" as true
    sys.exit('the workflow is none')
runs = [step['run'] for step in steps if 'run' in step]
for job in ('book', 'findings'):
    if gitlab[job]['extends'] not in gitlab or not gitlab[job]['artifacts']:
        sys.exit('the GitLab jobs are none')
    runs += gitlab[job]['script']
for run in runs:
    if run.startswith(('incipit', 'jq')):
        print(run.rstrip())
for name in ('.github/workflows/ci.yml',):
    yaml.safe_load(open(f'{root}/{name}'))
PY
[ "$(grep -c '^incipit' commands)" = 4 ] || fail "commands of the workflows: $(cat commands)"
command -v jq >/dev/null || sed -i '/^jq/,$d' commands
mkdir bin && ln -s "$incipit" bin/incipit
(cd my-first_book && rm -rf out && PATH=$dir/bin:$PATH bash -eu ../commands) >log 2>&1 || fail "$(cat log)"
[ -e my-first_book/out/my-first-book.pdf ] && grep -q '"version": "2.1.0"' my-first_book/findings.sarif || fail "$(cat log)"
! command -v jq >/dev/null || jq -e 'type == "array"' my-first_book/gl-code-quality-report.json >/dev/null || fail "$(cat my-first_book/gl-code-quality-report.json)"
grep -q 'dev install /usr/local' "$root/templates/book/github/book.yml" && grep -q '^install) ' "$root/dev" || fail "./dev has no install"
