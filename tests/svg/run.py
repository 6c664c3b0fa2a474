#!/usr/bin/env python3
"""run.py suite [NAME ...] | proof | pictures FOLDER [FOLDER ...] - drawings in our files beside what a browser shows of them.

suite      each file of tests/svg/files in a book of its own page, built by incipit. The screen PDF as poppler and MuPDF draw it, the print PDF as
           Ghostscript does, and the EPUB's file in the browser, are compared with the original in the browser, which has the book's fonts and no
           others. Prints a table; sheets of pictures stay in the work folder. Status 1: something is further away than it may be.
proof      the same for a few drawings that are changed after the browser has seen them: each change must be found.
pictures   the same as suite for all pictures of a book, and each text of its SVGs must be found by pdftotext.

Limits are in thousandths of a drawing's pixels: see compare.py for the two figures. known.txt lists what is excused, and why; what is listed there
and passes all the same is a failure too, so that the list cannot rot.
"""
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

import numpy

import compare
import render

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
INCIPIT, WORK = os.environ['INCIPIT'], os.environ['INCIPIT_WORK']
LIMIT = 1.25, 1.25  # edges, flats
SAME = 0.2, 0.2   # of what one and the same program draws: the EPUB's files
SHAPE_EDGE = 140  # of the darkest channel: the profile's magenta is pale


def files_of(folders):
    found = {}
    for folder in folders:
        for base, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith(('.svg', '.png', '.jpg', '.jpeg')):
                    found.setdefault(name, os.path.join(base, name))
    return [found[name] for name in sorted(found)]


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def read(path):
    with open(path, encoding='utf-8-sig') as file:
        return file.read()


def limit_of(reader):
    return SAME if reader == 'epub' else LIMIT


def known():
    """(name, reader) to (edges, flats) or None: fails as yet."""
    out = {}
    for line in read(f'{HERE}/known.txt').splitlines():
        if line.strip() and not line.startswith('#'):
            name, reader, edges, *rest = line.split()
            assert len(rest) > 1, f'known.txt gives no reason: {line}'
            out[name, reader] = None if edges == 'fails' else (float(edges), float(rest[0]))
    return out


def shape(picture):
    """How dark each pixel is at its darkest channel: the print file has other colours, and the same shapes."""
    return numpy.repeat(picture.min(axis=2, keepdims=True), 3, axis=2)


def measure(reader, ours, theirs):
    theirs = compare.fit(theirs, ours.shape[1], ours.shape[0])
    if reader == 'gs':
        return compare.figures(shape(ours), shape(theirs), SHAPE_EDGE, 256)
    return compare.figures(ours, theirs)


def renderings(files, folder, size, originals=None):
    """reader to a list of pictures; 'chromium' is the reference. originals: what the browser is shown in place of the files."""
    out, boxes = render.book(files, f'{folder}/book', INCIPIT, size)
    if len(boxes) != len(files):
        raise SystemExit(f'{len(boxes)} of {len(files)} drawings stand on the pages:\n' + read(f'{folder}/book/diagnostics'))
    screen, print_file, epub = (f'{out}/drawings{end}' for end in ('.pdf', '-print.pdf', '.epub'))
    sizes = [(round(w * 4 / 3, 2), round(h * 4 / 3, 2)) for _, _, _, w, h in boxes]
    kept = render.unpack(epub, f'{folder}/epub')
    shown = [(path, w, h) for path, (w, h) in zip(originals or files, sizes)]
    stored = [(f'{kept}/{os.path.basename(path).lower()}', w, h) for path, (w, h) in zip(files, sizes)]
    both = render.chromium(shown + stored, f'{folder}/chromium', ROOT)
    return {'chromium': both[:len(files)], 'poppler': render.poppler(screen, f'{folder}/poppler', boxes),
            'mupdf': render.mupdf(screen, f'{folder}/mupdf', boxes), 'gs': render.ghostscript(print_file, f'{folder}/gs', boxes),
            'epub': both[len(files):]}


def table(files, pictures, folder, excused):
    """Prints all figures; returns the lines that say what is wrong."""
    readers = [r for r in ('poppler', 'mupdf', 'gs', 'epub') if r in pictures]
    print(f'{"edges / flats, of 1000":28}' + ''.join(f'{r:>16}' for r in readers))
    wrong, rows = [], []
    for i, path in enumerate(files):
        name, line, row, red = stem(path), '', [pictures['chromium'][i]], False
        for reader in readers:
            edges, flats, places = measure(reader, pictures['chromium'][i], pictures[reader][i])
            plain = limit_of(reader)
            limit = excused.get((name, reader), plain)
            bad = edges > (limit or plain)[0] or flats > (limit or plain)[1]
            if limit is None and not bad:
                wrong.append(f'{name}: known.txt says that it fails in {reader}, and it passes: take it off the list')
            elif limit is not None and bad:
                wrong.append(f'{name}: {reader} differs, edges {edges:.2f} of {limit[0]}, flats {flats:.2f} of {limit[1]}')
                red = True
            elif limit not in (None, plain) and edges <= plain[0] and flats <= plain[1]:
                wrong.append(f'{name}: known.txt excuses it in {reader}, and it needs no excuse: take it off the list')
            line += f'{edges:8.2f}{flats:6.2f}{"!" if bad and limit else "~" if bad else " "} '
            row.append(compare.fit(pictures[reader][i], row[0].shape[1], row[0].shape[0]))
            if reader == 'poppler':
                row.append(compare.shown(row[0], places))
        print(f'{name:28}{line}')
        rows.append((f'{name}{line}', red, row))
    small = [r for r in rows if r[2][0].shape[1] <= 200]
    for kind, some, columns, each in (('small', small, 2, 20), ('large', [r for r in rows if r[2][0].shape[1] > 200], 2, 14)):
        for n in range(0, len(some), each):
            compare.sheet(some[n:n + each], f'{folder}/{kind}-{n // each + 1}.png', columns)
    print(f'browser, poppler, difference, {", ".join(readers[1:])}: {folder}/*.png')
    return wrong


def suite(names):
    files = [f for f in files_of([f'{HERE}/files']) if not names or stem(f) in names]
    return table(files, renderings(files, WORK, 192), WORK, known())


# What goes wrong in programs that draw: (file, what stands there, what is put there instead).
FAULTS = [
    ('path-lines', 'L40 40 H8 V24', 'L40 38 H8 V24'), ('path-arcs', '0 1 0 44 30', '0 0 0 44 30'), ('dashes', 'stroke-dashoffset="6"', ''),
    ('line-joins', 'stroke-linejoin="bevel"', ''), ('fill-rule', ' fill-rule="evenodd"', ''), ('opacity', 'stroke-opacity=".5"', 'stroke-opacity=".46"'),
    ('opacity-group', '<g opacity=".5"><circle', '<g fill-opacity=".5"><circle'), ('gradient-linear', '#ff0', '#ee0'),
    ('gradient-transform', 'rotate(45)', 'rotate(48)'), ('gradient-spread', '"reflect"', '"repeat"'), ('pattern-user', 'x="2" y="3"', 'x="2" y="2"'),
    ('marker-orient', 'orient="auto"', ''), ('marker-units', 'refX="6"', 'refX="5"'), ('clip-rule', 'clip-rule="evenodd"', ''),
    ('mask-luminance', '#888', '#999'), ('css-cascade', '!important }', '}'), ('text-anchor', 'text-anchor="middle"', ''),
    ('text-anchor', 'x="48" y="18"', 'x="48" y="19"'), ('text-weights', 'font-weight="900"', ''), ('text-tspan', 'fill="#0a0"', 'fill="#0a8"'),
    ('viewbox-meet', 'xMinYMax', 'xMidYMax'), ('transform-list', 'rotate(30) translate', 'rotate(31) translate'), ('stroke-none', '.5', '.55'),
    ('use-nested', '<use href="#r"/>', ''), ('image-png', 'opacity=".5"', ''), ('rect-radii', 'rx="6"', 'rx="3"'),
    ('miter-limit', 'stroke-miterlimit="20"', ''), ('css-inherit', 'fill:initial', 'fill:inherit'), ('text-spacing', 'letter-spacing="3"', 'letter-spacing="2.9"'),
]


def proof():
    folder, originals, changed = f'{WORK}/changed', [], []
    os.makedirs(folder)
    for n, (name, old, new) in enumerate(FAULTS):
        path, text = f'{HERE}/files/{name}.svg', read(f'{HERE}/files/{name}.svg')
        assert old in text, f'{name} does not hold {old}'
        originals.append(path)
        changed.append(f'{folder}/{n:02}-{name}.svg')
        with open(changed[-1], 'w', encoding='utf-8') as file:
            file.write(text.replace(old, new, 1))
    pictures, wrong = renderings(changed, WORK, 192, originals), []
    for i, (name, old, new) in enumerate(FAULTS):
        for reader in ('poppler', 'mupdf', 'epub'):
            edges, flats, _ = measure(reader, pictures['chromium'][i], pictures[reader][i])
            limit = limit_of(reader)
            print(f'{name:24}{reader:10}{edges:8.2f}{flats:8.2f}  {old} -> {new}')
            if edges <= limit[0] and flats <= limit[1]:
                wrong.append(f'{name}: {reader} passes with {new!r} in place of {old!r}')
    return wrong


def texts_of(path):
    """The words of a drawing, each <text> one string, without spaces."""
    return [''.join(''.join(e.itertext()).split()) for e in tree.parse(path).iter() if isinstance(e.tag, str) and e.tag.endswith('}text')]


def pictures(folders):
    files = files_of(folders)
    wrong = table(files, renderings(files, WORK, 700), WORK, known())
    said = ''.join(subprocess.run(['pdftotext', '-raw', f'{WORK}/book/out/drawings.pdf', '-'], capture_output=True, text=True, check=True).stdout.split())
    count = 0
    for path in files:
        for text in texts_of(path) if path.endswith('.svg') else []:
            count += 1
            if text not in said:
                wrong.append(f'{stem(path)}: pdftotext does not find {text!r}')
    print(f'{count} texts looked for by pdftotext')
    return wrong


def main():
    what, *rest = sys.argv[1:]
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    wrong = suite(rest) if what == 'suite' else proof() if what == 'proof' else pictures(rest)
    for line in wrong:
        print(f'WRONG {line}')
    print(f'{what}: {len(wrong)} wrong')
    sys.exit(1 if wrong else 0)


main()
