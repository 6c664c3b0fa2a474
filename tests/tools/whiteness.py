#!/usr/bin/env python3
"""whiteness.py FILE.pdf PAGES - is the paper white where nothing should stand? PAGES is the output of `incipit dump --as pages`.

Each page is rendered, and whatever is not white must lie in its text block (with room for letters that hang or protrude) or
where an artifact (running head, folio, footnote rule) is said to stand. Text that runs off its measure, and marks that stand
elsewhere than layout believes, show up. What leaves the sheet altogether is on no picture: each mark of PAGES must lie on the page, with the
bleed around it, and each line of text that is no artifact must touch its text block. Exit status 1: findings.
"""
import re
import subprocess
import sys

DPI = 40
PROTRUSION, OVERSHOOT = 8, 5  # pt, beside and above or below the text block
DARK = 215

size, pages, away = None, [], []


def lies_away(fields):
    """Does the mark stick out of the sheet, or text lie wholly beside the text block? Turned marks run upwards from their place."""
    x, y, width = (float(value) for value in fields[1:4])
    height = float(fields[5]) if fields[0] == 'text' else float(fields[4])
    turned = 'turned' in fields
    if fields[0] == 'text': # y is the baseline
        box = (x - height, y - width, x + height / 2, y) if turned else (x, y - height, x + width, y + height / 2)
    else:
        box = (x, y, x + width, y + height)
    left, top, right, bottom = -size[2] - 1, -size[2] - 1, size[0] + size[2] + 1, size[1] + size[2] + 1
    if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
        return True
    frame = pages[-1]['frame']
    return fields[0] == 'text' and fields[-1] != 'artifact' and frame[2] > frame[0] and (
        box[2] < frame[0] - PROTRUSION or box[0] > frame[2] + PROTRUSION or box[3] < frame[1] - OVERSHOOT or box[1] > frame[3] + OVERSHOOT)


for line in open(sys.argv[2], encoding='utf-8'):
    fields = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line).split()
    if fields[0] == 'pages':
        size = [float(value) for value in fields[3:5]] + [float(fields[fields.index('bleed') + 1])]
    elif line.startswith('page '):
        frame = [float(value) for value in fields[fields.index('frame') + 1:][:4]]
        pages.append({'blank': 'blank' in fields, 'frame': frame, 'boxes': [] if 'blank' in fields else
                      [(frame[0] - PROTRUSION, frame[1] - OVERSHOOT, frame[2] + PROTRUSION, frame[3] + OVERSHOOT)]})
    elif fields[0] == 'tags':
        break
    if line.startswith('  ') and fields[0] in ('text', 'rule', 'image') and 'bleeds' not in fields and lies_away(fields): # what bleeds is cut there
        away.append(f'page {len(pages)}: beside the sheet or the text block: {line.strip()}')
    if line.startswith('  ') and fields[0] == 'image' and ('leaves' in fields or 'bleeds' in fields):  # as its sheet asks
        x, y, width, height = (float(value) for value in fields[1:5])
        pages[-1]['boxes'].append((x - 1, y - 1, x + width + 1, y + height + 1))
    elif line.startswith('  ') and fields[-1] == 'artifact':
        x, y, width = (float(value) for value in fields[1:4])
        if fields[0] == 'text':
            em = float(fields[5])
            pages[-1]['boxes'].append((x - em / 4, y - em, x + width + em / 4, y + em / 2))
        elif fields[0] in ('rule', 'image'):
            pages[-1]['boxes'].append((x - 1, y - 1, x + width + 1, y + float(fields[4]) + 1))

raster = subprocess.run(['mutool', 'draw', '-q', '-r', str(DPI), '-c', 'gray', '-F', 'pgm', '-o', '-', sys.argv[1]],
                        capture_output=True, check=True).stdout
at, found, number = 0, away, 0
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
print(f'{sys.argv[1]}: {len(found)} findings on {number} pages' if found else f'{sys.argv[1]}: {number} pages, white where they should be')
sys.exit(1 if found else 0)
