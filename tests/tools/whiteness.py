#!/usr/bin/env python3
"""whiteness.py FILE.pdf PAGES - is the paper white where nothing should stand? PAGES is the output of `incipit dump --as pages`.

Each page is rendered, and whatever is not white must lie in its text block (with room for letters that hang or protrude) or
where an artifact (running head, folio, footnote rule) is said to stand. Text that runs off its measure, and marks that stand
elsewhere than layout believes, show up. Exit status 1: findings.
"""
import re
import subprocess
import sys

DPI = 40
PROTRUSION, OVERSHOOT = 8, 5  # pt, beside and above or below the text block
DARK = 215

size, pages = None, []
for line in open(sys.argv[2], encoding='utf-8'):
    fields = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line).split()
    if fields[0] == 'pages':
        size = [float(value) for value in fields[3:5]]
    elif line.startswith('page '):
        frame = [float(value) for value in fields[fields.index('frame') + 1:][:4]]
        pages.append({'blank': 'blank' in fields, 'boxes': [] if 'blank' in fields else
                      [(frame[0] - PROTRUSION, frame[1] - OVERSHOOT, frame[2] + PROTRUSION, frame[3] + OVERSHOOT)]})
    elif line.startswith('  ') and fields[0] == 'image' and ('leaves' in fields or 'bleeds' in fields):  # as its sheet asks
        x, y, width, height = (float(value) for value in fields[1:5])
        pages[-1]['boxes'].append((x - 1, y - 1, x + width + 1, y + height + 1))
    elif line.startswith('  ') and fields[-1] == 'artifact':
        x, y, width = (float(value) for value in fields[1:4])
        if fields[0] == 'text':
            em = float(fields[5])
            pages[-1]['boxes'].append((x - em / 4, y - em, x + width + em / 4, y + em / 2))
        elif fields[0] in ('rule', 'image'):
            pages[-1]['boxes'].append((x - 1, y - 1, x + width + 1, y + float(fields[4]) + 1))
    elif fields[0] == 'tags':
        break

raster = subprocess.run(['mutool', 'draw', '-q', '-r', str(DPI), '-c', 'gray', '-F', 'pgm', '-o', '-', sys.argv[1]],
                        capture_output=True, check=True).stdout
at, found, number = 0, [], 0
while at < len(raster):
    header = re.compile(rb'P5\s+(\d+)\s+(\d+)\s+255\s').match(raster, at)
    width, height = int(header.group(1)), int(header.group(2))
    at = header.end()
    if number == len(pages):
        found.append('more pages than were laid out')
        break
    page = pages[number]
    number += 1
    boxes = [(int(x0 * DPI / 72) - 1, int(y0 * DPI / 72) - 1, int(x1 * DPI / 72) + 2, int(y1 * DPI / 72) + 2) for x0, y0, x1, y1 in page['boxes']]
    for y in range(height):
        row = raster[at + y * width:at + (y + 1) * width]
        edge = 0
        for x0, x1 in sorted((max(b[0], 0), b[2]) for b in boxes if b[1] <= y <= b[3]) + [(width, width)]:
            outside = row[edge:min(x0, width)] if x0 > edge else b''
            if outside and min(outside) < DARK:
                x = edge + next(i for i, v in enumerate(outside) if v < DARK)
                found.append(f'page {number}: not white at {x * 72 / DPI:.0f} {y * 72 / DPI:.0f} pt' + (' (a blank page)' if page['blank'] else ''))
                break
            edge = max(edge, x1)
        else:
            continue
        break
    at += width * height
if number != len(pages):
    found.append(f'{number} pages instead of {len(pages)}')
for finding in found[:20]:
    print(finding)
print(f'{sys.argv[1]}: {len(found)} of {number} pages have something outside their text block' if found else f'{sys.argv[1]}: {number} pages, white where they should be')
sys.exit(1 if found else 0)
