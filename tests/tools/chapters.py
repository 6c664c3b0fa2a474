#!/usr/bin/env python3
"""chapters.py FILE.epub - the bodies of an EPUB's chapters in reading order, without what is generated before them."""
import re
import sys
import zipfile

book = zipfile.ZipFile(sys.argv[1])
package = book.read('OEBPS/package.opf').decode()
names = dict(re.findall(r'<item id="([^"]*)" href="([^"]*)"', package))
for name in (names[ref] for ref in re.findall(r'<itemref idref="([^"]*)"', package) if ref in names):
    text = book.read('OEBPS/' + name).decode()
    if not re.search(r'epub:type="(cover|halftitlepage|titlepage|copyright-page|toc)"', text):
        print(re.search(r'<body.*</body>', text, re.S).group())
