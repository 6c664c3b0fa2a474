#!/usr/bin/env bash
# interrupt.sh - an interrupted build ends with status 130, at once, and leaves the output folder as it was.
. "$(dirname "$0")/../lib.sh"
need cli/interrupt python3 python3
dir=$(fresh cli-interrupt)
cd "$dir"
{
    printf -- '---\ntitle: Long\n---\n'
    for chapter in $(seq 400); do
        printf '\n# Chapter %s\n' "$chapter"
        for paragraph in $(seq 40); do
            printf '\nParagraph %s of chapter %s goes on for a while, as paragraphs do in long books that take a while to set.\n' "$paragraph" "$chapter"
        done
    done
} >long.md
mkdir out
echo old >out/long.pdf
python3 - "$incipit" <<'PY'
import os, signal, subprocess, sys, time
for delay in (0.02, 0.1, 0.25):
    run = subprocess.Popen([sys.argv[1], 'build', 'long.md', '-o', 'out'], stderr=subprocess.PIPE)
    time.sleep(delay)
    finished = run.poll() is not None
    run.send_signal(signal.SIGINT)
    try:
        err = run.communicate(timeout=60)[1].decode()
    except subprocess.TimeoutExpired:
        run.kill()
        sys.exit('the interrupt was not noticed within a minute')
    if finished or run.returncode == 0: # a fast machine
        continue
    if run.returncode not in (130, -signal.SIGINT): # by the signal itself: before the program had begun
        sys.exit(f'status {run.returncode} instead of 130:\n{err}')
    if sorted(os.listdir('out')) != ['long.pdf'] or open('out/long.pdf', 'rb').read() != b'old\n':
        sys.exit(f'the output folder changed: {os.listdir("out")}')
PY
