#!/bin/sh
# hir.sh FILE SCRATCH: the functions of FILE after the first rewriting, where
# async and await are gone. -Z is for nightly compilers; the variable admits it.
set -eu
RUSTC_BOOTSTRAP=1 rustc --edition 2021 --crate-type lib -Zunpretty=hir "$1" \
    >"$2/hir"
sed -e '/^ *\/\/[^/]/d' -e '/^extern crate /d' -e '/^#\[attr = PreludeImport\]/d' \
    -e '/^use /d' -e '/^ *$/d' "$2/hir"
