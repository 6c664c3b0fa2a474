#!/usr/bin/env bash
# listings.sh - incipit test: what passes, every kind of lie, what cannot be tried, the lock, and that nothing stays behind.
. "$(dirname "$0")/../lib.sh"
need cli/listings python3 python3
unset CI
dir=$(fresh cli-listings)
cd "$dir"
mkdir -p book/src book/listings scratch
run_id=$$ # what sleeps here is told from what sleeps in other runs of this test
export TMPDIR=$dir/scratch

settings() {
    printf '[book]\ntitle = "Listings"\n[output.incipit.test]\ntimeout = 5\n' >book/book.toml
    cat >>book/book.toml
}
listing() { cat >"book/listings/$1"; }
run() { expect "$1" "$incipit" test book --diagnostics gcc "${@:2}"; }
nothing_left() { [ -z "$(ls -A scratch)" ] || fail "left in the scratch folder: $(ls scratch)"; }

printf '# Summary\n\n- [A](a.md)\n' >book/src/SUMMARY.md
printf '# A\n\n```sh\ntest 1 = 1\n```\n\n```sh,should_panic\nexit 101\n```\n\n```sh,ignore\nexit 1\n```\n' >book/src/a.md
settings </dev/null

# Things that are as the book says, in three languages.
echo 'print("one\ntwo")' | listing one.py && printf 'one\ntwo\n' >book/listings/one.out
printf '# comment\nprintf "%%s\\n" hello\n' | listing hello.sh && echo hello >book/listings/hello.out
printf '#@ kind: fail\nprint(nonsense)\n' | listing wrong.py
(cd book/listings && python3 -B wrong.py 2>wrong.err) && fail "wrong.py runs"
printf '#@ status: 3\nexit 3\n' | listing three.sh
printf '#include <stdio.h>\nint main(void) { puts("c"); return 0; }\n' | listing main.c && echo c >book/listings/main.out
run 0
says "5 listings: 5 passed"
nothing_left
[ "$(wc -l <book/listings.lock)" = 9 ] || fail "the lock has $(wc -l <book/listings.lock) lines: $(cat book/listings.lock)"
(cd book && sha256sum -c --quiet listings.lock) || fail "the lock is not what sha256sum says"
before=$(cat book/listings.lock)

# Lies, each of them caught at its place; beside the listing that lies nothing is run.
only() { find book/listings -type f ! -name "$1.*" -delete; }
lie() { # NAME MESSAGE: the listing that was just changed is caught, and set right again
    run 1
    says "$2"
    nothing_left
    [ "$(cat book/listings.lock)" = "$before" ] || fail "$1: the lock was written"
    rm -rf book/listings && cp -r sound book/listings
}
cp -r book/listings sound
only one && printf 'one\nthree\n' >book/listings/one.out && lie "a wrong output" "listings/one.out:2:1: error: listing 'listings/one.py' what came out differs"
only wrong && sed -i 's/nonsense/nonsens/g' book/listings/wrong.err && lie "a wrong message" "wrong.err:"
only wrong && printf '#@ kind: fail\nprint(1)\n' | listing wrong.py && lie "runs, but must not" "is accepted, but must not be"
only three && printf '#@ status: 3\nexit 4\n' | listing three.sh && lie "another status" "exit status 4"
only main && printf 'int main(void) { return x; }\n' | listing main.c && lie "does not compile" "does not compile"
only three && printf 'echo unexpected\n' | listing three.sh && lie "says what is not recorded" "'listings/three.out' does not exist"
only three && printf 'kill -SEGV $$\n' | listing three.sh && lie "a crash" "killed by SIGSEGV"
only three && printf 'yes\n' | listing three.sh && lie "talks for ever" "printed more than"
only three && printf '#@ timeout: 1\nsleep 1000.%s & sleep 1000.%s\n' $run_id $run_id | listing three.sh && lie "never ends" "did not end within 1 seconds"
pgrep -f "sleep 100[0][.]$run_id" >/dev/null && fail "a process was left behind"
only three && printf '#@ timeout: 1\nsetsid sleep 1001.%s & (setsid sh -c "sleep 1002.%s & sleep 1003.%s" &) & sleep 1004.%s\n' $run_id $run_id $run_id $run_id | listing three.sh && lie "sessions of its own" "did not end within 1 seconds"
only three && printf 'setsid sleep 1005.%s &\nexit 4\n' $run_id | listing three.sh && lie "a daemon" "exit status 4"
pgrep -f "sleep 100[0-9][.]$run_id" >/dev/null && fail "a daemon was left behind"
only three && printf '#@ knd: fail\n' | listing three.sh && lie "a directive that does not exist" "three.sh:1:1: error: unknown directive 'knd'"
only three && printf '#@ kind: fial\n' | listing three.sh && lie "a kind that does not exist" "there is no kind 'fial'"
run 0
says "5 passed"

# From here on without the compiler of C, which takes longer than all the others.
rm book/listings/main.* sound/main.*
run 0
before=$(cat book/listings.lock)

# What cannot be tried is skipped, loudly, and no failure; the lock is not written then.
printf '#@ needs: command:no-such-program-anywhere\n' | listing skipped.sh
printf 'echo "no network here" >&2; exit 77\n' | listing network.sh
printf '#@ min: 99.1\n' | listing later.py
run 0
says "4 passed, 3 skipped"
says "note: listing 'listings/network.sh' was not run: no network here"
says "needs command:no-such-program-anywhere"
says "needs version 99.1"
[ "$(cat book/listings.lock)" = "$before" ] || fail "the lock has what was not verified"
says "no network here; the lock does not have it as it is now"
rm book/listings/skipped.sh book/listings/network.sh book/listings/later.py

# One that passed elsewhere and cannot be tried here keeps its lines in the lock as long as it is what passed.
printf 'test -z "${REFUSED-}" || { echo "refused here" >&2; exit 77; }\necho ring\n' | listing ring.sh
echo ring >book/listings/ring.out
run 0
locked=$(cat book/listings.lock)
[[ $locked == *listings/ring.out* ]] || fail "the lock does not have ring.sh: $locked"
export REFUSED=yes
run 0
says "note: listing 'listings/ring.sh' was not run: refused here; unchanged since it last passed"
[ "$(cat book/listings.lock)" = "$locked" ] || fail "what was only skipped has lost its lines"
echo '# changed' >>book/listings/ring.sh
run 0
says "refused here; the lock does not have it as it is now"
[ "$(cat book/listings.lock)" = "$before" ] || fail "the lock has what was changed and not verified"
unset REFUSED
rm book/listings/ring.sh book/listings/ring.out

# In CI a skipped listing that never passed anywhere is an error; one that the lock has is not.
printf '#@ needs: command:no-such-program-anywhere\necho bell\n' | listing bell.sh
echo bell >book/listings/bell.out
expect 1 env CI=true "$incipit" test book --diagnostics gcc
says "bell.sh:1:1: error: listing 'listings/bell.sh' cannot be tried here: needs command:no-such-program-anywhere; the lock does not have it"
(cd book && { sha256sum listings/bell.sh listings/bell.out; cat listings.lock; } >with-bell) && mv book/with-bell book/listings.lock
expect 0 env CI=true "$incipit" test book --diagnostics gcc
says "needs command:no-such-program-anywhere; unchanged since it last passed"
printf '%s\n' "$before" >book/listings.lock
rm book/listings/bell.sh book/listings/bell.out

# Without the compiler the lock says whether anything changed.
settings <<'TOML'
[output.incipit.test.languages.python]
version = ["no-such-python"]
TOML
run 0
says "2 passed, 2 skipped"
says "no no-such-python here; unchanged since it last passed"
echo '# changed' >>book/listings/one.py
run 1
says "the lock does not have it as it is now"
rm -rf book/listings && cp -r sound book/listings

# Another version of the compiler: pinned output drifts, other output still counts.
settings <<'TOML'
[output.incipit.test.languages.python]
pinned = "1.0"
TOML
printf '#@ pinned\nprint("one\\nthree")\n' | listing one.py
run 0
says "1 drifted"
says "recorded with 1.0, this is 3."
rm -rf book/listings && cp -r sound book/listings

# The compiler as its version says it: one that says another is another, whatever it is; with that of the recorded output nothing drifts.
mkdir -p compilers
cat >compilers/oldcc <<'SH'
#!/bin/sh
[ "$1" != --version ] || { echo "oldcc (Lock Gate Tools 4) 11.2.0 20220101"; exit; }
exec sh "$@"
SH
sed 's/11\.2\.0/12.0.1/' compilers/oldcc >compilers/newcc
chmod +x compilers/oldcc compilers/newcc
printf '#@ pinned\necho "int is 2 bytes"\n' >book/listings/size.gate
echo "int is 4 bytes" >book/listings/size.out
printf '#@ min: 12\necho new\n' >book/listings/new.gate
echo new >book/listings/new.out
with_compiler() {
    settings <<TOML
[output.incipit.test.languages.gate]
extension = "gate"
pinned = "11.2.0"
version = ["$dir/compilers/$1", "--version"]
kinds.run = { run = ["$dir/compilers/$1", "{file}"], compare = "stdout" }
TOML
}
with_compiler oldcc
run 1
says "size.out:1:1: error: listing 'listings/size.gate' what came out differs"
says "listings/new.gate' was not run: needs version 12, this is 11.2.0"
with_compiler newcc
run 0
says "note: listing 'listings/size.gate' has other numbers: recorded with 11.2.0, this is 12.0.1"
says "5 passed, 1 drifted"
[ "$(cat book/listings.lock)" = "$before" ] || fail "the lock was written by another compiler"
echo "int is 2 bytes" >book/listings/size.out
run 0
says "6 passed"
[ "$(cat book/listings.lock)" = "$before" ] || fail "the lock was written by another compiler"
rm book/listings/*.gate book/listings/size.out book/listings/new.out

# A kind and a language of the book's own.
settings <<'TOML'
[output.incipit.test.languages.text]
extension = "txt"
[output.incipit.test.languages.text.kinds.run]
run = ["sh", "-c", "tr a-z A-Z <\"$0\"", "{folder}/{name}.txt"]
compare = "stdout"
TOML
echo shout >book/listings/s.txt && echo SHOUT >book/listings/s.out
run 0
says "5 passed"
rm book/listings/s.txt book/listings/s.out
settings </dev/null

# --bless records, CI never does; nor does CI write the lock.
printf 'one\nfour\n' >book/listings/one.out
expect 2 env CI=true "$incipit" test book --bless
run 0 --bless
says "1 recorded"
[ "$(cat book/listings/one.out)" = "$(printf 'one\ntwo')" ] || fail "what was recorded: $(cat book/listings/one.out)"
run 0
echo stale >book/listings.lock
expect 1 env CI=true "$incipit" test book --diagnostics gcc
says "[listing-lock]"
[ "$(cat book/listings.lock)" = stale ] || fail "the lock was written in CI"
run 0
expect 0 env CI=true "$incipit" test book

# A part of them: the others are not run, not told of, and keep their place in the lock.
mkdir -p book/listings/deep/er && cp book/listings/one.* book/listings/deep/er/
run 0
says "5 listings: 5 passed"
cp book/listings.lock whole.lock
echo 'raise SystemExit("not to be run")' | listing hello.sh
run 0 --only listings/deep --results some.json
says "1 listing of 5: 1 passed"
case $err in *hello*) fail "told of what was not asked for: $err" ;; esac
[ "$(grep -c '"path"' some.json)" = 1 ] || fail "told of: $(cat some.json)"
run 0 --only listings/one --only ./book/listings/deep/ --only listings/three.sh
says "3 listings of 5: 3 passed"
run 1 --only listings/hello.sh
says "1 listing of 5: 1 failed"
expect 2 "$incipit" test book --only ''
run 1 --only listings/dee
says "[no-such-listing]"
expect 1 "$incipit" test book/listings/deep/er
says "it lies in the book 'book'"
cmp book/listings.lock whole.lock || fail "the lock was written by runs that failed"
printf '# comment\nprintf "%%s\\n" hello\n' | listing hello.sh
run 0 --only listings/one.py
cmp book/listings.lock whole.lock || fail "the lock forgot what was not asked for"
printf 'one\nfour\n' >book/listings/one.out && cp book/listings/one.out book/listings/deep/er/one.out
run 0 --bless --only listings/deep
says "1 recorded"
[ "$(cat book/listings/one.out)" = "$(printf 'one\nfour')" ] || fail "recorded what was not asked for"
printf 'one\ntwo\n' >book/listings/one.out
rm -r book/listings/deep
run 0

# Blocks of the chapters, by mdBook's words.
settings <<'TOML'
blocks = ["sh"]
TOML
run 0
says "6 listings: 6 passed"
settings <<'TOML'
blocks = ["python"]
TOML
cp book/src/a.md kept.md
printf '# A\n\n```python\nprint("what a block prints is not compared")\n```\n\n```python,compile_fail,should_panic\nx = \n```\n\n```python\nimport sys; sys.stdout.buffer.write(b"\\xff\\xfe"); sys.exit(3)\n```\n' >book/src/a.md
run 1 --results bytes.json
says "7 listings: 6 passed, 1 failed"
says "src/a.md:11:1: error: listing 'src/a.md:11' ended badly: exit status 3"
cp kept.md book/src/a.md
settings <<'TOML'
blocks = ["sh"]
TOML
sed -i 's/test 1 = 1/test 1 = 2/' book/src/a.md
run 1
says "src/a.md:3:1: error: listing 'src/a.md:3' ended badly: exit status 1"
sed -i 's/test 1 = 2/test 1 = 1/' book/src/a.md

# Rust, where it is: what mdBook and rustdoc make of its words.
if command -v rustc >/dev/null && rustc --version >/dev/null 2>&1; then
    settings <<'TOML'
blocks = ["rust"]
TOML
    cat >book/src/a.md <<'BOOK'
# A

```rust
# fn hidden() -> u8 { 1 }
assert_eq!(hidden(), 1);
```

```rust,noplayground,test_harness
mod a { pub fn f() {} }
use crate::a::f;
#[test]
fn t() { f(); }
```

```rust,no_run,should_panic
panic!();
```

```rust,should_panic
panic!();
```

```rust,compile_fail
let x: u8 = "";
```

```rust,compile_fail
let x: u8 = 1;
```

```rust,edition2015
let async = 1;
```

```rust,compile_fail,E0384
let x = 1;
x = 2;
```

```rust,compile_fail,E0382
let x = 1;
x = 2;
```

```rust,compile_fail,E0384,E0425
let x = 1;
x = y;
```

```rust,should_panic
let x = 1;
```
BOOK
    run 1
    says "15 listings: 11 passed, 4 failed"
    says "src/a.md:40:1: error: listing 'src/a.md:40' is refused, but not with E0382"
    says "src/a.md:45:1: error: listing 'src/a.md:45' is refused, but not with E0384"
    says "src/a.md:27:1: error: listing 'src/a.md:27' is accepted, but must not be"
    says "src/a.md:50:1: error: listing 'src/a.md:50' ended otherwise than it must"
    cp kept.md book/src/a.md
fi
# Go, where it is: programs, and what the compiler says of those that are none.
if command -v go >/dev/null; then
    settings <<'TOML'
blocks = ["go"]
TOML
    printf '# A\n\n```go\npackage main\n\nfunc main() {}\n```\n\n```go,compile_fail\npackage main\n\nfunc main() { x }\n```\n' >book/src/a.md
    printf 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("go") }\n' | listing gate.go && echo go >book/listings/gate.out
    printf '//@ kind: fail\npackage main\n\nfunc main() { undefined() }\n' | listing broken.go
    run 1
    says "'listings/broken.err' does not exist"
    run 0 --bless
    grep -q 'broken.go:4:15: undefined: undefined' book/listings/broken.err || fail "Go's message: $(cat book/listings/broken.err)"
    run 0
    says "8 listings: 8 passed"
    rm book/listings/gate.* book/listings/broken.*
    cp kept.md book/src/a.md
    run 0
else
    echo "SKIPPED part of cli/listings: go is not installed (package golang-go)"
    [ -z "${INCIPIT_SKIPS:-}" ] || echo "cli/listings: Go's listings: go is not installed (package golang-go)" >>"$INCIPIT_SKIPS"
fi
settings <<'TOML'
blocks = ["sh"]
TOML

# Results for programs: whole, and the same with one thread and with several.
run 0 --results results.json --jobs 1
run 0 --results again.json --jobs 3
cmp results.json again.json
! python3 -c 'import jsonschema' 2>/dev/null || python3 "$tests/tools/results.py" results.json bytes.json || fail "the results are not what their schema says"
python3 - <<'PY' || fail "results.json"
import json
r = json.load(open('results.json'))
assert [l['path'] for l in r['listings']] == ['listings/hello.sh', 'listings/one.py', 'listings/three.sh', 'listings/wrong.py', 'src/a.md:3', 'src/a.md:7'], r
assert r['summary'] == {'pass': 6, 'blessed': 0, 'skip': 0, 'drift': 0, 'fail': 0}, r
PY

# Wrong settings are told where they stand.
settings <<'TOML'
timout = 3
TOML
run 1
says "book.toml:5:1: error: [output.incipit.test] has no setting 'timout'"
says "did you mean 'timeout'?"
settings </dev/null

# Interrupted: what was started is gone.
printf 'sleep 1000.%s\n' $run_id | listing long.sh
"$incipit" test book 2>/dev/null &
pid=$!
for _ in $(seq 100); do pgrep -f "sleep 100[0][.]$run_id" >/dev/null && break; sleep 0.05; done
kill -TERM $pid # a background job of a script ignores SIGINT
status=0
wait $pid || status=$?
[ $status = 143 ] || fail "status $status after an interruption"
pgrep -f "sleep 100[0][.]$run_id" >/dev/null && fail "an interrupted run left a process"
nothing_left

# Killed so that it cannot say anything any more: what it had started ends all the same.
printf 'setsid sleep 1006.%s & sleep 1007.%s\n' $run_id $run_id | listing long.sh
"$incipit" test book 2>/dev/null &
pid=$!
for _ in $(seq 200); do pgrep -f "sleep 100[6][.]$run_id" >/dev/null && break; sleep 0.05; done
pgrep -f "sleep 100[6][.]$run_id" >/dev/null || fail "the listing did not begin"
kill -KILL $pid
wait $pid 2>/dev/null || true
for _ in $(seq 200); do pgrep -f "sleep 100[67][.]$run_id" >/dev/null || break; sleep 0.05; done
pgrep -f "sleep 100[67][.]$run_id" >/dev/null && fail "a run that was killed left a process"
true
