#!/usr/bin/env bash
# run.sh - every kind of raster picture, drawn here, in a book: pages, stored inks and the EPUB against what is to be seen; damaged files; see check.py.
. "$(dirname "$0")/../lib.sh"
need pictures pdftoppm poppler-utils
need pictures qpdf qpdf
python=
for candidate in python3 /usr/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c 'from PIL import Image, ImageCms, features; assert features.check("webp")' 2>/dev/null || python=$candidate
done
[ -n "$python" ] || skip pictures "Pillow is not installed (package python3-pil)"
INCIPIT=$incipit PYTHONDONTWRITEBYTECODE=1 "$python" "$tests/pictures/check.py" "$(fresh pictures)"
