#!/usr/bin/env python3
"""epub.py FILE.epub - is the container sound? OCF 3.3: mimetype first and stored; everything listed is there and everything there
is listed; all XML is well-formed; all links inside the book arrive. Exit status 1: findings. (epubcheck says far more.)
"""
import posixpath
import re
import sys
import zipfile
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

path, found = sys.argv[1], []
book = zipfile.ZipFile(path)
names = book.namelist()
if book.testzip():
    found.append(f'{book.testzip()}: damaged')
first = book.infolist()[0]
if first.filename != 'mimetype' or first.compress_type != zipfile.ZIP_STORED or first.extra or book.read(first) != b'application/epub+zip':
    found.append('mimetype: not first, not stored, or wrong')
if len(names) != len(set(names)):
    found.append('two files have the same name')
if len({entry.date_time for entry in book.infolist()}) > 1:
    found.append('the files have different times')

trees = {}
for name in names:
    if re.search(r'\.(xhtml|opf|ncx|xml|svg)$', name):
        try:
            trees[name] = ElementTree.fromstring(book.read(name))
        except ElementTree.ParseError as error:
            found.append(f'{name}: {error}')

package = trees['META-INF/container.xml'].find('.//{*}rootfile').get('full-path')
base = posixpath.dirname(package)
manifest = {posixpath.join(base, unquote(item.get('href'))): item for item in trees[package].iterfind('.//{*}manifest/{*}item')}
for name in manifest:
    if name not in names:
        found.append(f'{name}: in the manifest only')
for name in names:
    if name not in manifest and name not in ('mimetype', package) and not name.startswith('META-INF/') and not name.endswith('/'):
        found.append(f'{name}: not in the manifest')
by_id = {item.get('id'): name for name, item in manifest.items()}
spine = [by_id.get(item.get('idref')) for item in trees[package].iterfind('.//{*}spine/{*}itemref')]
if not spine or None in spine:
    found.append('spine: empty, or it names what is not there')
if sum('nav' in (item.get('properties') or '').split() for item in manifest.values()) != 1:
    found.append('manifest: not one nav')

ids = {}
for name, tree in trees.items():
    values = [element.get('id') for element in tree.iter() if element.get('id') is not None]
    ids[name] = set(values)
    for value in {value for value in values if values.count(value) > 1} if len(values) > len(ids[name]) else ():
        found.append(f'{name}: id {value} twice')
links = 0
for name, tree in trees.items():
    for element in tree.iter():
        for key in ('href', 'src', '{http://www.w3.org/1999/xlink}href'):
            target = element.get(key)
            if target is None or re.match(r'[a-zA-Z][a-zA-Z0-9+.-]*:', target) or name == package:
                continue
            links += 1
            file, fragment = urldefrag(target)
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(file))) if file else name
            if file not in names:
                found.append(f'{name}: {target} is not in the book')
            elif fragment and file in ids and unquote(fragment) not in ids[file]:
                found.append(f'{name}: {target}: no such id')
    if any(element.tag.endswith('}script') or any(key.startswith('on') for key in element.keys()) for element in tree.iter()):
        found.append(f'{name}: script')

for finding in found[:40]:
    print(f'{path}: {finding}')
if not found:
    print(f'{path}: {len(names)} files, {len(spine)} in the spine, {links} links, nothing to say')
sys.exit(1 if found else 0)
