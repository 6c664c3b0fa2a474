#!/usr/bin/env bash
# faults.sh WHAT ALLOC FAULT [--full] - the machine fails in one way: see alloc.c and faults.py.
. "$(dirname "$0")/../lib.sh"
what=$1 alloc=$2 fault=$3
shift 3
if [ "$what" = alloc ]; then
    dir=$(fresh torture-alloc)
    "$tests/torture/book.sh" "$dir/book"
    [ "${1:-}" = --full ] || exec "$alloc" "$dir/book" "$root" "$dir/out" 1 499
    # All of them: shared out among the processors, each share with an output folder of its own. LeakSanitizer looks at every child.
    shares=$(nproc) failed=0 runs=()
    for ((i = 1; i <= shares; i++)); do
        ASAN_OPTIONS=quarantine_size_mb=8:${ASAN_OPTIONS:-} "$alloc" "$dir/book" "$root" "$dir/out$i" $i "$shares" & # small: it is copied at each fork
        runs+=($!)
    done
    for run in "${runs[@]}"; do
        wait "$run" || failed=1
    done
    exit $failed
fi
need "torture/$what" python3 python3
# The sanitizers have an allocator of their own, which cannot be made to fail, and need more address space than there is.
case $what in
memory | limits)
    if grep -q __asan_init "$incipit"; then
        echo "nothing to do in a build with sanitizers"
        exit 0
    fi
    ;;
esac
exec python3 "$tests/torture/faults.py" "$incipit" "$work/torture-$what" "$fault" "$what" "$@"
