#!/usr/bin/env bash
# run.sh WHAT - drawings in our files beside what a browser shows of them: run.py with what it needs. WHAT: suite, proof or rust-book.
. "$(dirname "$0")/../lib.sh"
what=$1
shift
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || skip "svg/$what" "Chromium is not installed (package chromium)"
need "svg/$what" pdftoppm poppler-utils
need "svg/$what" mutool mupdf-tools
need "svg/$what" gs ghostscript
python=
for candidate in python3 /usr/bin/python3; do # another python3 may stand before Debian's, which has the packages
    ! "$candidate" -c 'import PIL, numpy' 2>/dev/null || { python=$candidate; break; }
done
[ -n "$python" ] || skip "svg/$what" "Python lacks PIL or NumPy (packages python3-pil, python3-numpy)"
mode=$what arguments=("$@")
if [ "$what" = rust-book ]; then
    mode=pictures
    for folder in "${INCIPIT_CORPORA:-/nonexistent}/rust-book" "$root/../corpora/rust-book" "$root"/../*/corpora/rust-book; do
        [ ! -d "$folder/src/img" ] || { arguments=("$folder/src/img"); break; }
    done
    [ ${#arguments[@]} -gt 0 ] || skip "svg/$what" "the book is not here (set INCIPIT_CORPORA)"
fi
INCIPIT=$incipit INCIPIT_WORK=$(fresh "svg-$what") PYTHONDONTWRITEBYTECODE=1 "$python" "$tests/svg/run.py" "$mode" "${arguments[@]}"
