#!/usr/bin/env bash
# install.sh - what `cmake --install` puts somewhere works there, and after being moved.
. "$(dirname "$0")/../lib.sh"
dir=$(mktemp -d) # outside of the source tree, where the program would use that
trap 'rm -rf "$dir"' EXIT
build=$(dirname "$incipit")
[ -e "$build/cmake_install.cmake" ] || skip cli/install "the program does not stand in its build folder"
cmake --install "$build" --prefix "$dir/first" >"$dir/log" 2>&1 || fail "$(cat "$dir/log")"
mv "$dir/first" "$dir/prefix"
cd "$dir"
for file in bin/incipit bin/mdbook-incipit share/man/man1/incipit.1 share/bash-completion/completions/incipit share/zsh/site-functions/_incipit \
    share/fish/vendor_completions.d/incipit.fish share/incipit/styles/rubric.css share/incipit/templates/book/book.toml share/doc/incipit/reports.md; do
    [ -s "prefix/$file" ] || fail "$file is not installed"
done
grep -q -- '--diagnostics' prefix/share/bash-completion/completions/incipit || fail "the completions are empty"
expect 0 prefix/bin/incipit --version --verbose
[[ $out == *"data $dir/prefix/share/incipit" ]] || fail "$out"
for library in expat freetype harfbuzz icu jansson lcms2 libdeflate libharu libjpeg libpng libwebp libyaml libzip md4c toml++ zlib; do
    grep -q "^$library[a-z-]* [0-9]" <<<"$out" || fail "--version --verbose does not name $library"
done
expect 0 prefix/bin/incipit init book
expect 0 prefix/bin/incipit build book --strict -q
[ -z "$err" ] && [ -s book/out/book.pdf ] || fail "the installed program: $err"
