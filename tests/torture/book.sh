#!/usr/bin/env bash
# book.sh FOLDER - the small book that reaches every phase, with pictures of every kind, at FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cp -R "$here/book/." "$1"
corpus=$here/../fuzz/corpus
cp "$corpus"/png/*.png "$corpus"/jpeg/*.jpg "$corpus"/gif/still.gif "$corpus"/webp/loss*.webp "$corpus"/svg/circle.svg "$1/src"
cp "$here/../../fonts/source-sans-3/SourceSans3_600SemiBold.ttf" "$1/own.ttf"
