"""render.py - one picture of each drawing from Chromium, from the PDFs by three programs, and from the EPUB by Chromium.

All at 192 pixels an inch, where a CSS px is two pixels and everything stands on whole ones.
"""
import base64
import html
import os
import re
import shutil
import subprocess
import zipfile

import numpy
from PIL import Image, ImageFont

Image.MAX_IMAGE_PIXELS = None
SCALE = 2
WIDTH, HEIGHT = 1600, 6000  # of a page in the browser, in px
NONE = ' '.join(f'@{box} {{ content: none }}' for box in ('top-left', '-inc-top-left-next', 'top-right', '-inc-top-right-next', 'bottom-left', 'bottom-right'))
SHEET = """@page { size: %(n)dpt %(n)dpt; margin: 9pt }
@page :left { margin: 9pt; NONE }
@page :right { margin: 9pt; NONE }
body { color: #000 }
p { break-before: page; margin: 0 }
img { margin: 0; text-align: left }
"""


def run(command, **more):
    done = subprocess.run(command, capture_output=True, check=False, timeout=600, **more)
    if done.returncode:
        raise SystemExit(f'{command[0]} failed ({done.returncode}): {done.stderr.decode(errors="replace")[-2000:]}')
    return done.stdout.decode(errors='replace')


def book(files, folder, incipit, size):
    """A book of one drawing a page, built; returns its folder of outputs and the box of each drawing on its page: page, x, y, width, height in pt."""
    os.makedirs(f'{folder}/src')
    for path in files:
        shutil.copy(path, f'{folder}/src/')
    with open(f'{folder}/book.toml', 'w', encoding='utf-8') as file:
        file.write('[book]\ntitle = "Drawings"\nlanguage = "en"\nauthors = ["The tests"]\n\n[output.incipit]\nstyles = ["page.css"]\n')
    with open(f'{folder}/page.css', 'w', encoding='utf-8') as file:
        file.write(SHEET.replace('NONE', NONE) % {'n': size})
    with open(f'{folder}/src/SUMMARY.md', 'w', encoding='utf-8') as file:
        file.write('# Summary\n\n[Drawings](all.md)\n')
    with open(f'{folder}/src/all.md', 'w', encoding='utf-8') as file:
        file.write('# Drawings\n\n' + '\n\n'.join(f'![{os.path.splitext(os.path.basename(p))[0]}]({os.path.basename(p)})' for p in files) + '\n')
    done = subprocess.run([incipit, 'build', folder, '-o', f'{folder}/out', '--diagnostics', 'gcc'], capture_output=True, check=False)
    with open(f'{folder}/diagnostics', 'wb') as file:
        file.write(done.stderr)
    if done.returncode:
        raise SystemExit(f'incipit failed ({done.returncode}): {done.stderr.decode()}')
    boxes, page = [], 0
    for line in run([incipit, 'dump', folder, '--as', 'pages']).splitlines():
        if line.startswith('page '):
            page = int(line.split()[1])
        found = re.match(r'  (?:image|graphic) (\S+) (\S+) (\S+) (\S+)', line)
        if found:
            boxes.append((page, *(float(x) for x in found.groups())))
    return f'{folder}/out', boxes


def pages(command, folder, boxes, fine=1):
    """What a program that writes one PPM a page makes of a PDF, `fine` times as large: the pieces with the drawings, each pixel the mean of its own."""
    os.makedirs(folder)
    run(command)
    names = {int(re.search(r'(\d+)\.ppm$', name).group(1)): name for name in os.listdir(folder)}
    loaded, out = {}, []
    for page, x, y, width, height in boxes:
        if page not in loaded:
            loaded = {page: numpy.asarray(Image.open(f'{folder}/{names[page]}').convert('RGB'))}
        left, top, w, h = (round(v * 96 * SCALE / 72) for v in (x, y, width, height))
        piece = loaded[page][fine * top:fine * (top + h), fine * left:fine * (left + w)]
        h, w = piece.shape[0] // fine, piece.shape[1] // fine
        out.append(piece[:fine * h, :fine * w].reshape(h, fine, w, fine, 3).mean(axis=(1, 3)).round().astype(numpy.uint8))
    shutil.rmtree(folder)
    return out


def poppler(pdf, folder, boxes):
    return pages(['pdftoppm', '-r', str(96 * SCALE), pdf, f'{folder}/p'], folder, boxes)


def mupdf(pdf, folder, boxes):
    return pages(['mutool', 'draw', '-q', '-r', str(96 * SCALE), '-o', f'{folder}/%d.ppm', pdf], folder, boxes)


def ghostscript(pdf, folder, boxes):
    """Larger instead of smoothed: its smoothing paints what is transparent twice."""
    return pages(['gs', '-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=ppmraw', f'-r{2 * 96 * SCALE}', f'-sOutputFile={folder}/%d.ppm', pdf], folder, boxes, 2)


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>%s</dir><cachedir>%s</cachedir>
%s
<match target="pattern"><edit name="family" mode="append_last"><string>Source Sans 3</string></edit></match>
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit><edit name="antialias" mode="assign"><bool>true</bool></edit></match>
</fontconfig>
"""
ALIAS = ('<match target="pattern"><test name="family" compare="eq"><string>%s</string></test>'
         '<edit name="family" mode="assign" binding="strong"><string>%s</string></edit></match>')


# Families that drawings were measured with, and the mean advance of a to z that fonts of their metrics have, in 1/1000 em.
MEANS = {'Times': 459, 'Times New Roman': 459, 'Arial': 490, 'Helvetica': 490, 'Arial Narrow': 401, 'Courier': 600, 'Courier New': 600, 'DejaVu Sans': 563,
         'DejaVu Serif': 570, 'DejaVu Sans Mono': 602}


def narrowed_faces(svg, root):
    """The @font-face rules that make our fonts as narrow as the families that the drawing names, where these are narrower."""
    rules = ''
    for family, mean in MEANS.items():
        if not re.search(rf'[:"\',\s]{family}(?=["\',;&])', svg):
            continue
        kind = 'serif' if 'Serif' in family or 'Times' in family else 'mono' if 'Mono' in family or 'Courier' in family else 'sans'
        folder, stem = {'serif': ('source-serif-4', 'SourceSerif4'), 'sans': ('source-sans-3', 'SourceSans3'), 'mono': ('iosevka-charon-mono', 'IosevkaCharonMono')}[kind]
        files = {(weight, style): f'{root}/fonts/{folder}/{stem}_{weight}{name}{"_Italic" if style == "italic" else ""}.ttf'
                 for weight, name in ((400, 'Regular'), (600, 'SemiBold'), (700, 'Bold')) for style in ('normal', 'italic')}
        regular = ImageFont.truetype(files[400, 'normal'], 1000, layout_engine=ImageFont.Layout.BASIC)
        ours = sum(regular.getlength(chr(c)) for c in range(ord('a'), ord('z') + 1)) / 26
        if ours <= mean:
            continue
        for (weight, style), file in files.items():
            if os.path.exists(file):
                with open(file, 'rb') as data:
                    source = base64.b64encode(data.read()).decode()
                rules += (f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};size-adjust:{max(mean / ours, .8) * 100:.4f}%;'
                          f'src:url(data:font/ttf;base64,{source})}}')
    return rules


def with_faces(path, folder, root):
    """The drawing, or a copy that brings such fonts."""
    with open(path, encoding='utf-8', errors='replace') as file:
        svg = file.read()
    rules = narrowed_faces(svg, root) if path.endswith('.svg') else ''
    tag = re.search(r'<(\w+:)?svg\b(?:[^>"\']|"[^"]*"|\'[^\']*\')*(?<!/)>', svg)
    if not rules or not tag:
        return path
    copy = f'{folder}/{len(os.listdir(folder))}-{os.path.basename(path)}'
    with open(copy, 'w', encoding='utf-8') as file:
        prefix = tag.group(1) or ''
        file.write(f'{svg[:tag.end()]}<{prefix}style>{rules}</{prefix}style>{svg[tag.end():]}')
    return copy


def chromium(pictures, folder, root):
    """pictures: (path, width, height in px). The book's own fonts are all that the browser has, and they stand for the generic families."""
    os.makedirs(folder)
    with open(f'{folder}/fonts.conf', 'w', encoding='utf-8') as file:
        generic = {'serif': 'Source Serif 4', 'Times': 'Source Serif 4', 'Times New Roman': 'Source Serif 4', 'sans-serif': 'Source Sans 3',
                   'system-ui': 'Source Sans 3', 'monospace': 'Iosevka Charon Mono'}
        file.write(FONTS % (f'{root}/fonts', f'{folder}/cache', '\n'.join(ALIAS % pair for pair in generic.items())))
    sheets, x, y, row = [[]], 0, 0, 0
    for path, w, h in ((with_faces(path, folder, root), w, h) for path, w, h in pictures):  # shelves from the left; a browser's picture of a page has an end
        if x + w > WIDTH:
            x, y, row = 0, y + row, 0
        if y + h > HEIGHT and sheets[-1]:
            sheets.append([])
            x, y, row = 0, 0, 0
        sheets[-1].append((path, w, h, x, y))
        x, row = x + int(w) + 4, max(row, int(h) + 4)
    return [piece for n, sheet in enumerate(sheets) for piece in photograph(sheet, f'{folder}/{n}', {**os.environ, 'FONTCONFIG_FILE': f'{folder}/fonts.conf'})]


def photograph(sheet, name, environment):
    program = shutil.which('chromium') or shutil.which('chromium-browser')
    with open(f'{name}.html', 'w', encoding='utf-8') as file:
        file.write('<!DOCTYPE html><meta charset="utf-8"><style>html{background:#fff;color:#000}img{position:absolute}</style>\n')
        for path, w, h, left, top in sheet:
            file.write(f'<img decoding="sync" src="file://{html.escape(os.path.abspath(path))}" style="left:{left}px;top:{top}px;width:{w}px;height:{h}px">\n')
    height = int(max(top + h for _, _, h, _, top in sheet)) + 200  # a window is higher than what it shows
    run([program, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--font-render-hinting=none',
         '--disable-lcd-text', '--lang=en', f'--force-device-scale-factor={SCALE}', f'--window-size={WIDTH},{height}', f'--user-data-dir={name}.home',
         f'--screenshot={name}.png', f'file://{name}.html'], env=environment)
    shot = numpy.asarray(Image.open(f'{name}.png').convert('RGB'))
    shutil.rmtree(f'{name}.home', ignore_errors=True)
    return [shot[SCALE * t:SCALE * t + round(SCALE * h), SCALE * l:SCALE * l + round(SCALE * w)].copy() for _, w, h, l, t in sheet]


def unpack(epub, folder):
    zipfile.ZipFile(epub).extractall(folder)
    return f'{folder}/OEBPS/images'
