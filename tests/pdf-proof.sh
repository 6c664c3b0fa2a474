#!/usr/bin/env bash
# pdf-proof.sh - printed.py and archive.py must notice each thing that a file for the press, or one for the archive, may not have: a good
# file is spoilt in one place at a time.
. "$(dirname "$0")/lib.sh"
need pdf-proof qpdf qpdf
need pdf-proof fix-qdf qpdf
need pdf-proof python3 python3
dir=$(fresh pdf-proof)
cp "$tests/books/print-colours/src/img/"{rgba.png,cmyk-adobe.jpg,grey.jpg} "$dir"
cat >"$dir/good.md" <<'BOOK'
---
title: Good
incipit:
  print-marks: crop cross
---
# Good

![With transparency](rgba.png)

![In inks](cmyk-adobe.jpg)

![In grey](grey.jpg)

<br class="page">

The second page, with a [link](https://example.org/) and *a table*.

| one | two |
|-----|-----|
| a   | b   |
| c   | d   |
BOOK
(cd "$dir" && "$incipit" build good.md -o out --to pdf,print --quiet --diagnostics gcc)

# take CHECK FILE: from now on this file is spoilt, and judged by this check.
take() {
    check=$tests/tools/$1
    qpdf --qdf --object-streams=disable --no-original-object-ids "$2" "$dir/good.pdf"
    python3 "$check" "$dir/good.pdf" || fail "the good file"
}

# spoil WHAT-IS-SAID PERL: the expression changes the file; all of it is read at once.
spoil() {
    perl -0777 -pe "$2" "$dir/good.pdf" >"$dir/edited"
    ! cmp -s "$dir/good.pdf" "$dir/edited" || fail "'$2' changes nothing"
    fix-qdf "$dir/edited" >"$dir/spoilt.pdf" 2>"$dir/log" || { cat "$dir/log"; fail "fix-qdf after '$2'"; }
    ! python3 "$check" "$dir/spoilt.pdf" >"$dir/log" || fail "not noticed: $2"
    grep -qF -- "$1" "$dir/log" || { cat "$dir/log"; fail "'$1' is not said after '$2'"; }
}

# ---- the print file ----
take printed.py "$(find "$dir/out" -name '*-print.pdf')"
# the file
spoil 'later than PDF 1.6' 's/%PDF-1\.6/%PDF-1.7/'
spoil 'no /ID' 's| /ID \[.*?\]||s'
spoil 'catalog: /Outlines' 's|(/Type /Catalog)|$1 /Outlines << /Count 0 >>|'
spoil 'catalog: /MarkInfo' 's|(/Type /Catalog)|$1 /MarkInfo << /Marked true >>|'
spoil 'catalog: /OCProperties' 's|(/Type /Catalog)|$1 /OCProperties << >>|'
spoil 'names of /JavaScript' 's|(/Type /Catalog)|$1 /Names << /JavaScript << /Names [] >> >>|'
spoil 'an action' 's|(/Type /Catalog)|$1 /OpenAction << /S /URI /URI (x) >>|'
# metadata
spoil 'metadata: none' 's|/Metadata \d+ 0 R||'
spoil 'does not say PDF/X-4' 's|PDF/X-4<|PDF/X-3<|'
spoil 'no xmp:ModifyDate' 's|<xmp:ModifyDate>.*?</xmp:ModifyDate>||'
spoil 'no xmpMM:DocumentID' 's|<xmpMM:DocumentID>.*?</xmpMM:DocumentID>||'
spoil '/Title is not dc:title' 's|/Title \(|/Title (Not |'
spoil 'no /Trapped' 's|/Trapped /False|/Trapped /Unknown|'
# output intent
spoil 'not just one' 's|/OutputIntents \[.*?\]||s'
spoil 'no condition' 's|/OutputConditionIdentifier \(.*?\)||'
spoil 'no whole ICC profile' 's|/DestOutputProfile \d+ 0 R||'
spoil 'not one of a printing condition' 's|prtrCMYK|mntrCMYK|'
spoil 'neither CMYK nor grey' 's|prtrCMYK|prtrRGB |'
spoil 'version of the profile' 's|lcms\x02 |lcms\x05 |'
spoil '/N does not fit' 's|/Alternate /DeviceCMYK(.*?)/N 4|/Alternate /DeviceCMYK$1/N 3|s'
# colours
spoil 'colour: DeviceRGB' 's|\n0 g\n|\n1 0 0 rg\n|'
spoil 'colour: DeviceRGB' 's|\n0 g\n|\n/DeviceRGB cs 1 0 0 sc\n|'
spoil 'colour: DeviceRGB' 's|/Registration \[(.*?)/DeviceCMYK|/Registration [$1/DeviceRGB|s'
spoil 'colour: DeviceRGB' 's|/ColorSpace /DeviceCMYK|/ColorSpace /DeviceRGB|'
spoil 'colour: CalGray' 's|/ColorSpace /DeviceGray|/ColorSpace [/CalGray << /WhitePoint [1 1 1] >>]|'
spoil 'page 1 group' 's|/CS /DeviceCMYK|/CS /DeviceRGB|'
spoil 'other components' 's|/ColorSpace /DeviceCMYK(.{0,120}/DCTDecode)|/ColorSpace /DeviceGray$1|s'
spoil 'black mixed' 's|\n0 g\n(.*? Tj\|.*?TJ)|\n.6 .5 .4 .9 k\n$1|s'
spoil '/Interpolate' 's|(/Subtype /Image)|$1 /Interpolate true|'
spoil 'transfer function' 's|(/XObject <<)|/ExtGState << /G0 << /TR /Identity >> >> $1|'
# pages
spoil 'no /MediaBox or /TrimBox' 's|/TrimBox \[.*?\]||s'
spoil 'do not lie inside each other' 's|/BleedBox \[.*?\]|/BleedBox [ 100 100 200 200 ]|s'
spoil 'several trim sizes' 's|/TrimBox \[\s*\S+|/TrimBox [ 40|s'
spoil 'annotations' 's|(/BleedBox)|/Annots [ << /Subtype /Link /Rect [0 0 9 9] >> ] $1|'
spoil 'page: /StructParents' 's|(/BleedBox)|/StructParents 0 $1|'
# the rest
spoil 'not embedded' 's|/FontFile2 \d+ 0 R||'
spoil 'an action' 's|/Title \(|/X << /S /JavaScript /JS (x) >> /Title (|'
spoil 'stands in another file' 's|(/Subtype /XML)|$1 /F (x.xml)|'

# ---- the screen file ----
take archive.py "$(find "$dir/out" -name '*.pdf' ! -name '*-print.pdf')"
# bytes and metadata
spoil 'A 6.1.2' 's/^(%PDF-1\.7\n)%..../$1%abcd/'
spoil 'A 6.1.3' 's| /ID \[.*?\]||s'
spoil 'A 6.5.1' 's|/S /URI|/S /Launch|'
spoil 'A 6.6.2.3: /Title' 's|/Title \(|/Title (Not |'
spoil 'A 6.6.2.3: no schema' 's|pdfaSchema:namespaceURI>|pdfaSchema:other>|g'
spoil 'UA 7.1' 's|/DisplayDocTitle true|/DisplayDocTitle false|'
# colours
spoil 'A 6.2.3' 's|/OutputIntents \[.*?\]||s'
spoil 'A 6.2.4.2' 's|/N 4|/N 3|'
spoil 'A 6.2.4.3' 's|\n([.0-9 ]+) rg\n|\n0 0 0 1 k\n|'
spoil 'A 6.2.8' 's|(/Subtype /Image)|$1 /Interpolate true|'
# fonts
spoil 'A 6.2.11.3.2' 's|/CIDToGIDMap \S+( 0 R)?||'
spoil 'A 6.2.11.4' 's|/BaseFont /[A-Z]{6}\+|/BaseFont /|'
spoil 'A 6.2.11.5' 's|(/W \[\s*\d+\s+\[\s*\S+\s+)[.\d]+|${1}99|'
spoil 'A 6.2.11.7.2' 's|/ToUnicode \d+ 0 R||'
spoil 'A 6.2.11.7.2' 's|^(<....>) ?<....>$|$1<0000>|mg'
spoil 'A 6.2.11.8' 's/\[<..../[<0000/'
# annotations and tags
spoil 'A 6.3' 's|/F 4|/F 6|'
spoil 'A 6.7.4' 's|(/S /Table)|$1 /Lang (not a language)|'
spoil 'UA 7.2: no language' 's|/Lang \(en\)||'
spoil 'UA 7.2: rows' 's|/S /TD|/S /P|'
spoil 'UA 7.3' 's|/BBox|/Box|'
spoil 'UA 7.4.2' 's|/S /H1|/S /H2|g'
