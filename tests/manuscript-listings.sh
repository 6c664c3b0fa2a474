#!/usr/bin/env bash
# manuscript-listings.sh: every listing of manuscript/ does what its recorded output says. Without the compiler the lock proves that nothing
# changed since it did, and the test counts as skipped.
. "$(dirname "$0")/lib.sh"
expect 0 env CI=true "$incipit" test "$root/manuscript" --diagnostics gcc
case $err in
*" skipped"*) skip manuscript/listings "$(tail -2 <<<"$err" | head -1); no package gives the compiler (rustup does)" ;;
*" passed"*) ;;
*) fail "$err" ;;
esac
