#!/usr/bin/env bash
# status.sh - every exit status of every command that reads a book, with each option that bears on it.
. "$(dirname "$0")/../lib.sh"
dir=$(fresh cli-status)
cd "$dir"

printf '# Fine\n\nWords.\n' >fine.md
printf '# Warned\n\nA [link](#nowhere).\n' >warned.md
printf '# Wrong\n\n{{#include gone.txt}}\n' >wrong.md
printf '# Both\n\n{{#include gone.txt}} and a [link](#nowhere).\n' >both.md
files() { ls -A "$1" 2>/dev/null | wc -l; }

# status COMMAND OPTION... BOOK: of a run into a fresh folder; the number of files written stands in $written.
run() {
    local want=$1 wanted=$2
    shift 2
    rm -rf out
    case $1 in
    build) expect "$want" "$incipit" "$@" -o out ;;
    *) expect "$want" "$incipit" "$@" ;;
    esac
    [ "$(files out)" = "$wanted" ] || fail "$(files out) files instead of $wanted: $*"
}
run 0 3 build fine.md
run 0 3 build fine.md --strict
run 0 3 build fine.md --keep-going
run 0 3 build warned.md
run 1 0 build warned.md --strict
run 1 3 build warned.md --strict --keep-going
run 1 0 build wrong.md
run 1 3 build wrong.md --keep-going
run 1 0 build both.md --strict
run 1 3 build both.md --strict --keep-going
run 1 0 build missing.md
run 1 0 build missing.md --keep-going
run 0 0 check fine.md --strict
run 0 0 check warned.md
run 1 0 check warned.md --strict
run 1 0 check wrong.md
run 0 0 dump fine.md --as html
run 0 0 dump warned.md --as html
run 1 0 dump wrong.md --as html
[[ $out == *"<h1"* ]] || fail "dump of a wrong book prints nothing"
for format in human gcc json sarif github; do
    run 0 3 build warned.md --diagnostics $format
    run 1 0 build wrong.md --diagnostics $format
    run 1 3 build wrong.md --keep-going --diagnostics $format
    run 1 0 check warned.md --strict --diagnostics $format
    run 2 0 check warned.md --stritc --diagnostics $format
    expect 3 "$incipit" build fine.md -o fine.md --diagnostics $format
    expect 3 env INCIPIT_DATA="$dir" "$incipit" check fine.md --diagnostics $format
done
run 2 0 build --to nothing fine.md
run 2 0 check --to pdf fine.md

# --quiet: errors and warnings only, no notes, no closing words. --verbose: times, and everything.
printf '# Notes\n\n```\n%0120d\n```\n' 1 >notes.md
run 0 3 build notes.md --quiet
[ -z "$err" ] || fail "--quiet says: $err"
run 0 3 build notes.md
says "[code-wrapped]"
says "wrote out/notes.pdf ("
says "incipit: 1 note"
run 0 3 build warned.md --quiet
says "[dangling-link]"
[[ $err != *wrote* ]] || fail "--quiet says: $err"
run 0 3 build notes.md --verbose
says "layout"
says " ms"
run 0 3 build notes.md --verbose --quiet # the last one counts
[ -z "$err" ] || fail "--quiet says: $err"

rm -rf out
# Interrupted: 130, whatever the format; nothing is left behind. (cli/interrupt times it; here the signal is sent at once.)
if command -v python3 >/dev/null; then
    for format in gcc json; do
        got=0
        python3 - "$incipit" $format <<'PY' || got=$?
import signal, subprocess, sys, time
with open('long.md', 'w') as f:
    f.write('# Long\n\n' + 'Some words that fill a line or two of a paragraph.\n\n' * 60000)
for wait in (0.1, 0.05, 0.15, 0.3):
    run = subprocess.Popen([sys.argv[1], 'build', 'long.md', '-o', 'out', '--diagnostics', sys.argv[2]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(wait)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    if run.returncode == 130:
        sys.exit(0 if b'interrupted, nothing was written' in err and (sys.argv[2] == 'gcc' or b'"status": 130' in out) else 1)
    if run.returncode not in (0, -signal.SIGINT):
        sys.exit(1)
sys.exit(77)
PY
        [ $got = 0 ] || [ $got = 77 ] || fail "an interrupted build with --diagnostics $format"
        [ -z "$(ls -A out 2>/dev/null | grep -v '^long')" ] || fail "an interrupted build leaves: $(ls -A out)"
        rm -rf out
    done
fi

# Standard streams that are closed: the files are whole all the same, and none of the messages is in them.
rm -rf out
expect 0 "$incipit" build warned.md -o out
cp -r out whole
for closed in '>&-' '2>&-' '<&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    rm -rf out
    got=0
    bash -c "'$incipit' build warned.md -o out --color never $closed" 2>/dev/null || got=$?
    [ $got = 0 ] || fail "status $got with $closed"
    diff -r whole out || fail "other files with $closed"
done
got=0
bash -c "'$incipit' check warned.md --diagnostics json >&-" 2>err || got=$?
[ $got = 3 ] || fail "status $got instead of 3 when the JSON could not be written"
grep -q "cannot write to standard output" err || fail "$(cat err)"

# A reader that has read enough ends the program by the pipe's signal, without a word, and after the files are written.
if command -v python3 >/dev/null; then
    rm -rf out
    python3 - "$incipit" <<'PY' || fail "a closed pipe"
import os, signal, subprocess, sys
with open('much.md', 'w') as f:
    f.write('# Much\n\n' + ''.join(f'Words and words, line {i}.\n\n' for i in range(3000)))
for arguments in (['dump', 'much.md', '--as', 'document', '--quiet'], ['build', 'much.md', '-o', 'out', '--diagnostics', 'json', '--quiet']):
    run = subprocess.Popen([sys.argv[1], *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.close()
    err = run.stderr.read().decode()
    run.wait(timeout=60)
    if run.returncode != -signal.SIGPIPE or err:
        sys.exit(f'{arguments[0]}: status {run.returncode}: {err[:300]}')
if sorted(os.listdir('out')) != ['much-print.pdf', 'much.epub', 'much.pdf']:
    sys.exit(f'files: {os.listdir("out")}')
PY
fi
