"""check.py WORK - every kind of picture that draw.py makes, in a book: what pages of the PDFs show, and what is stored, against what is known.

Each picture stands alone, at its natural size, on small pages without a margin to speak of. Both readers render the screen PDF at eight times the
pictures' resolution; the middle of each picture's pixel must have its colour, on white. In the print PDF the stored inks are compared with what
LittleCMS makes of the pixels. The EPUB must hold the files as they are, but for CMYK, which must have become RGB.
"""
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile

from PIL import Image, ImageCms

import draw

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(here), 'tools'))
from pdf import PDF, operators  # noqa: E402

INCIPIT, WORK = os.environ['INCIPIT'], sys.argv[1]
ROOT = os.path.dirname(os.path.dirname(here))
FOGRA = os.path.join(ROOT, 'profiles', 'FOGRA39L_coated.icc')
TIMES = 8  # render so many dots for a pixel
STYLE = '''@page :left { margin: 12pt; @top-left { content: none } @-inc-top-left-next { content: none } }
@page :right { margin: 12pt; @top-right { content: none } @-inc-top-right-next { content: none } }
@page { size: 180pt 160pt; margin: 12pt }
figure { -inc-float: off; margin: 0 }
'''
failures = []


def fail(name, what):
    failures.append(f'{name}: {what}')


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f'{" ".join(command)}: status {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}')
    return done.stdout


def write_book(folder, pictures, settings=''):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f'{folder}/src')
    for picture in pictures:
        with open(f'{folder}/src/{picture.name}', 'wb') as f:
            f.write(picture.data)
    with open(f'{folder}/own.css', 'w', encoding='utf-8') as f:
        f.write(STYLE)
    with open(f'{folder}/book.toml', 'w', encoding='utf-8') as f:
        f.write('[book]\ntitle = "Pictures"\nlanguage = "en"\n[output.incipit]\nstyles = ["own.css"]\n' + settings)
    with open(f'{folder}/src/SUMMARY.md', 'w', encoding='utf-8') as f:
        f.write('- [One](one.md)\n')
    with open(f'{folder}/src/one.md', 'w', encoding='utf-8') as f:
        f.write('# One\n\n' + ''.join(f'<br class="page">\n\n![{p.name}]({p.name})\n\n' for p in pictures))


def places(folder):
    """Of each picture: page (from 1), x, y, width and height in pt."""
    found, page = {}, 0
    for line in run(INCIPIT, 'dump', folder, '--as', 'pages').decode().splitlines():
        page += line.startswith('page ')
        image = re.match(r'  image (\S+) (\S+) (\S+) (\S+) "([^"]*)"', line)
        if image:
            found[image.group(5)] = (page, *(float(v) for v in image.groups()[:4]))
    return found


def on_white(p):
    return tuple((v * p[3] + 255 * (255 - p[3]) + 127) // 255 for v in p[:3])


def to_rgb(inks):
    """As a reader with colour management shows inks of our profile."""
    link = ImageCms.buildTransform(FOGRA, ImageCms.createProfile('sRGB'), 'CMYK', 'RGB', renderingIntent=1, flags=0x2000)
    return draw.pixels_of(ImageCms.applyTransform(inks, link))


def compare_page(reader, picture, page, place):
    scale = TIMES * 96 / 72
    x, y, width, height = (v * scale for v in place[1:])
    natural = [max(side * 72 / 96, 1) for side in (picture.width, picture.height)]  # nothing is smaller than a point
    if abs(place[3] - natural[0]) > 0.02 or abs(place[4] - natural[1]) > 0.02:
        fail(picture.name, f'is {place[3]} x {place[4]} pt on the page, not {picture.width} x {picture.height} px')
        return
    worst, at = 0, None
    truth = picture.pixels or to_rgb(picture.cmyk)
    for row in range(picture.height):
        for column in range(picture.width):
            dot = page.getpixel((int(x + (column + .5) * width / picture.width), int(y + (row + .5) * height / picture.height)))
            wanted = on_white(truth[row][column])
            off = max(abs(a - b) for a, b in zip(dot, wanted))
            if off > worst:
                worst, at = off, (column, row, dot, wanted)
    if worst > picture.tolerance:
        fail(picture.name, f'{reader} shows pixel {at[0]}, {at[1]} as {at[2]} instead of {at[3]}')


def check_screen(pictures, file, found, folder):
    run('pdftoppm', '-r', str(TIMES * 96), file, f'{folder}/poppler')
    poppler = sorted(name for name in os.listdir(folder) if name.startswith('poppler-'))
    for picture in pictures:
        place = found[picture.name]
        with Image.open(f'{folder}/{poppler[place[0] - 1]}') as page:
            compare_page('poppler', picture, page.convert('RGB'), place)
    if not shutil.which('mutool'):
        return
    for picture in pictures:
        if picture.cmyk:
            continue  # Debian's mutool has no colour management
        place = found[picture.name]
        out = f'{folder}/mupdf.ppm'
        run('mutool', 'draw', '-q', '-r', str(TIMES * 96), '-o', out, file, str(place[0]))
        with Image.open(out) as page:
            compare_page('mupdf', picture, page.convert('RGB'), place)


def stored_images(file):
    """Of each page the image XObjects that it draws: reference and dictionary."""
    pdf = PDF(file)
    pages = []
    for _, page in pdf.pages:
        names = [operands[0].decode()[0:] for operator, operands in operators(pdf.content(page)) if operator == 'Do']
        objects = pdf.get(pdf.get(page['/Resources']).get('/XObject', {})) or {}
        pages.append([(objects[name], pdf.get(objects[name])) for name in names])
    return pdf, pages


def check_print(pictures, file, found):
    """Stored inks against LittleCMS's; black ink alone where the pixels are grey."""
    pdf, pages = stored_images(file)
    link = ImageCms.buildTransform(ImageCms.createProfile('sRGB'), FOGRA, 'RGB', 'CMYK', renderingIntent=1, flags=0x2000)
    for picture in pictures:
        drawn = pages[found[picture.name][0] - 1]
        if len(drawn) != 1:
            fail(picture.name, f'the print file draws {len(drawn)} pictures')
            continue
        reference, image = drawn[0]
        data = pdf.data(reference)
        jpeg = image.get('/Filter') == '/DCTDecode'
        if picture.cmyk:
            if data[:2] != b'\xff\xd8' or not picture.data.startswith(data):
                fail(picture.name, 'CMYK is not in the print file as it was')
            continue
        if jpeg or picture.tolerance > 1 or '-turned-' in picture.name:
            continue
        width, height = image['/Width'], image['/Height']
        if image['/ColorSpace'] == '/DeviceGray':
            step = image['/BitsPerComponent'] // 8
            got = [[data[(y * width + x) * step] for x in range(width)] for y in range(height)]
            off = max(abs(got[y][x] - picture.pixels[y][x][0]) for y in range(height) for x in range(width) if picture.pixels[y][x][3])
        elif image['/ColorSpace'] == '/DeviceCMYK' and image['/BitsPerComponent'] == 8:
            rgb = Image.new('RGB', (width, height))
            rgb.putdata([p[:3] for row in picture.pixels for p in row])
            wanted = list(ImageCms.applyTransform(rgb, link).getdata())
            off = 0
            for i, (want, p) in enumerate(zip(wanted, (p for row in picture.pixels for p in row))):
                ink = data[4 * i:4 * i + 4]
                if p[3] and not p[0] == p[1] == p[2]:
                    off = max(off, *(abs(a - b) for a, b in zip(ink, want)))
        else:
            fail(picture.name, f'is stored in {image["/ColorSpace"]}')
            continue
        if off > 4:
            fail(picture.name, f'an ink of the print file is off by {off}')


def check_epub(pictures, file):
    book = zipfile.ZipFile(file)
    files = {name: book.read(name) for name in book.namelist() if '/images/' in name and 'cover' not in name}
    chapter = next(book.read(name).decode() for name in book.namelist() if name.endswith('/one.xhtml'))
    for picture in pictures:
        source = re.search(rf'<img src="([^"]*)" alt="{re.escape(picture.name)}"', chapter)
        data = files.get('OEBPS/' + source.group(1)) if source else None
        if data is None:
            fail(picture.name, 'is not in the EPUB')
        elif picture.cmyk:
            image = draw.decoded(data)
            off = [max(abs(a - b) for a, b in zip(p, q)) for r, s in zip(draw.pixels_of(image), to_rgb(picture.cmyk)) for p, q in zip(r, s)]
            if image.format != 'JPEG' or image.mode != 'RGB' or max(off) > 16:
                fail(picture.name, f'is {image.format} of mode {image.mode} in the EPUB, off by {max(off)}')
        elif data != picture.data:
            fail(picture.name, 'is in the EPUB in another form')


def built(folder):
    files = os.listdir(f'{folder}/out')
    return [f'{folder}/out/' + next(f for f in files if test(f)) for test in
            (lambda f: f.endswith('.pdf') and not f.endswith('-print.pdf'), lambda f: f.endswith('-print.pdf'), lambda f: f.endswith('.epub'))]


def check_kinds():
    pictures = list(draw.all_pictures())
    folder = f'{WORK}/kinds'
    write_book(folder, pictures)
    run(INCIPIT, 'build', folder, '-o', f'{folder}/out', '--quiet')
    screen, paper, epub = built(folder)
    found = places(folder)
    check_screen(pictures, screen, found, folder)
    check_print(pictures, paper, found)
    check_epub(pictures, epub)
    return len(pictures)


# ---- stored once ----

def check_once():
    """The same bytes under three names are one picture in each file."""
    data = draw.png([[p[:3] for p in row] for row in draw.scene()], 2, 8)
    same = [draw.Picture(f'{name}.png', data, draw.scene()) for name in ('first', 'second', 'third')]
    folder = f'{WORK}/once'
    write_book(folder, same)
    run(INCIPIT, 'build', folder, '-o', f'{folder}/out', '--quiet')
    screen, paper, epub = built(folder)
    for file in (screen, paper):
        pdf = PDF(file)
        count = sum(1 for entry in pdf.objects.values() if 'stream' in entry and entry['stream']['dict'].get('/Subtype') == '/Image')
        if count != 1:
            fail('once', f'{os.path.basename(file)} holds {count} pictures instead of one')
    names = [name for name in zipfile.ZipFile(epub).namelist() if '/images/' in name and 'cover' not in name]
    if len(names) != 1:
        fail('once', f'the EPUB holds {names}')


# ---- fewer pixels for screens ----

def check_reduced():
    """Large pictures: all pixels in print, as many as asked on screens; the same layout."""
    width, height = 1600, 1000
    flat = [[((x // 100 * 23 + y // 100 * 41) % 256, (x // 100 * 71) % 256, (y // 100 * 53) % 256, 255) for x in range(width)] for y in range(height)]
    image = Image.new('RGB', (width, height))
    image.putdata([p[:3] for row in flat for p in row])
    clear = image.convert('RGBA')
    clear.putalpha(Image.linear_gradient('L').resize(image.size))
    fine = Image.new('L', (width, height))
    fine.putdata([255 * ((x + y) % 2) for y in range(height) for x in range(width)])  # every second pixel: half of the light
    pictures = [draw.Picture('flat.png', draw.saved(image, 'PNG'), flat), draw.Picture('clear.png', draw.saved(clear, 'PNG'), flat),
                draw.Picture('fine.png', draw.saved(fine, 'PNG'), flat), draw.Picture('photo.jpg', draw.saved(image, quality=95, exif=draw.exif(6)), flat),
                draw.Picture('photo.webp', draw.saved(image, 'WEBP', quality=95), flat)]
    layouts = []
    for ppi, most in ((0, 0), (220, 400000)):
        folder = f'{WORK}/reduced-{ppi}'
        write_book(folder, pictures, f'screen-ppi = {ppi}\nepub-pixels = {most}\n')
        run(INCIPIT, 'build', folder, '-o', f'{folder}/out', '--quiet')
        layouts.append(places(folder))
        screen, paper, epub = built(folder)
        book = zipfile.ZipFile(epub)
        for name in book.namelist():
            if '/images/' in name and 'cover' not in name:
                held = draw.decoded(book.read(name))
                if (held.width * held.height > most) if most else (held.width * held.height != width * height):
                    fail(name, f'has {held.width} x {held.height} pixels in the EPUB')
        for file, wanted in ((screen, ppi), (paper, 0)):
            pdf, pages = stored_images(file)
            for picture in pictures:
                place = layouts[-1][picture.name]
                reference, held = pages[place[0] - 1][0]
                turned = picture.name == 'photo.jpg'
                across = held['/Height'] if turned else held['/Width']
                full = height if turned else width
                asked = min(full, place[3] / 72 * ppi)
                steps = full / 8 if picture.name.endswith('.jpg') else 2
                if not (across == full if not wanted else asked - 1 <= across <= asked + steps):
                    fail(picture.name, f'has {across} pixels across in {os.path.basename(file)} at screen-ppi = {ppi}')
                if wanted and picture.name == 'fine.png':
                    samples = pdf.data(reference)
                    if held['/ColorSpace'] != '/DeviceGray' or not all(abs(v - 188) <= 24 for v in samples):
                        fail(picture.name, f'is not the mean of its light: {min(samples)} to {max(samples)}')
                if wanted and picture.name == 'clear.png':
                    mask = pdf.get(held['/SMask'])
                    alpha = pdf.data(held['/SMask'])
                    if (mask['/Width'], mask['/Height']) != (held['/Width'], held['/Height']) or alpha[0] > 3 or alpha[-1] < 252:
                        fail(picture.name, 'has lost its transparency')
    if layouts[0] != layouts[1]:
        fail('reduced', 'the layout depends on screen-ppi')


# ---- damage ----

def damaged():
    """(name, bytes, what the diagnostic's id must be)"""
    rows = [[p[:3] for p in row] for row in draw.scene()]
    good = draw.png(rows, 2, 8)
    codes = [[(x + y) % 16 for x in range(40)] for y in range(30)]
    palette = [(i * 16, 255 - i * 16, i) for i in range(16)]
    gif = draw.gif(codes, palette)
    jpeg = draw.saved(draw.smooth(), quality=90)
    slow = draw.saved(draw.smooth(), quality=90, progressive=True)
    webp = draw.saved(draw.smooth(), 'WEBP', quality=90)
    exact = draw.saved(draw.smooth(), 'WEBP', lossless=True)
    for kind, data in (('png', good), ('gif', gif), ('jpg', jpeg), ('progressive.jpg', slow), ('webp', webp), ('lossless.webp', exact)):
        for share in (30, 60, 90, 99):
            cut = min(len(data) * share // 100, len(data) - 3)
            yield f'cut-{share}.{kind}', data[:cut], 'broken-image'
    data = bytearray(good)
    data[-20] ^= 1  # in the picture's data: the sum no longer fits
    yield 'sum.png', bytes(data), 'broken-image'
    for name, width, height, want in (('none.png', 0, 4, 'broken-image'), ('huge.png', 2000000, 2000000, 'image-too-big'), ('large.png', 60000, 60000, 'image-too-big'),
                                      ('tall.png', 20, 90, 'broken-image')):
        head = draw.chunk(b'IHDR', draw.struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
        yield name, good[:8] + head + good[33:], want
    text = bytearray(good)
    yield 'bits.png', bytes(text[:8]) + draw.chunk(b'IHDR', draw.struct.pack('>IIBBBBB', 20, 14, 3, 2, 0, 0, 0)) + bytes(text[33:]), 'broken-image'
    data = bytearray(jpeg)
    begin = next(end for marker, _, end in draw.segments(jpeg)) and jpeg.index(b'\xff\xda') + 14
    for i in range(begin + 60, begin + 160):
        data[i] = 0xF6  # codes that mean nothing
    yield 'codes.jpg', bytes(data), 'broken-image'
    table = jpeg.index(b'\xff\xc4')
    data = bytearray(jpeg)
    data[table + 5:table + 9] = b'\xff\xff\xff\xff'  # more codes than there can be
    yield 'huffman.jpg', bytes(data), 'broken-image'
    frame = jpeg.index(b'\xff\xc0')
    data = bytearray(jpeg)
    data[frame + 5:frame + 9] = draw.struct.pack('>HH', 65500, 65500)
    yield 'bomb.jpg', bytes(data), 'image-too-big'
    data = bytearray(jpeg)
    data[frame + 5:frame + 7] = draw.struct.pack('>H', 600)  # more rows than there are codes for
    yield 'rows.jpg', bytes(data), 'broken-image'
    data = bytearray(slow)
    scan = slow.rindex(b'\xff\xda')
    yield 'scans.jpg', slow[:-2] + slow[scan:-2] * 300 + slow[-2:], 'broken-image'
    data = bytearray(gif)
    data[6:10] = draw.struct.pack('<HH', 65535, 65535)
    yield 'bomb.gif', bytes(data), 'image-too-big'
    start = gif.index(b',') + 10
    data = bytearray(gif)
    data[start + 6:start + 10] = b'\xff\xff\xff\xff'
    yield 'codes.gif', bytes(data), 'broken-image'
    data = bytearray(webp)
    data[26:30] = draw.struct.pack('<HH', 16383, 16383)
    yield 'bomb.webp', bytes(data), 'image-too-big'
    yield 'text.png', b'\x89PNG\r\n\x1a\nversion https://git-lfs', 'broken-image'
    yield 'empty.png', b'', 'unknown-image'
    yield 'tiff.png', b'II*\0\x08\0\0\0', 'unknown-image'


def check_damage():
    """Each has its finding, at its place; the status is 1, nothing is written, and nothing else is said."""
    files = list(damaged())
    folder = f'{WORK}/damage'
    write_book(folder, [draw.Picture(name, data, draw.scene()) for name, data, _ in files])
    done = subprocess.run([INCIPIT, 'build', folder, '-o', f'{folder}/out', '--diagnostics', 'gcc', '--quiet'], capture_output=True, text=True, check=False)
    early = done.stderr
    if done.returncode != 1 or os.path.exists(f'{folder}/out') and os.listdir(f'{folder}/out'):
        fail('damage', f'status {done.returncode}, files {os.listdir(f"{folder}/out") if os.path.exists(f"{folder}/out") else []}')
    done = subprocess.run([INCIPIT, 'build', folder, '-o', f'{folder}/out', '--diagnostics', 'gcc', '--quiet', '--keep-going'], capture_output=True, text=True,
                          check=False)
    if done.returncode != 1:
        fail('damage', f'status {done.returncode} with --keep-going')
    said = {}
    for line in (early + done.stderr).splitlines():
        found = re.match(r".*one\.md:\d+:\d+: error: image '([^']*)' .*\[([a-z-]+)\]$", line)
        if found:
            said.setdefault(found.group(1), set()).add(found.group(2))
    for name, _, want in files:
        if said.get(name) != {want}:
            fail(name, f'says {sorted(said.get(name, set()))} instead of {want}')
    return len(files)


os.makedirs(WORK, exist_ok=True)
kinds, broken = check_kinds(), check_damage()
check_once()
check_reduced()
for failure in failures[:40]:
    print(failure)
print(f'{kinds} kinds of picture, {broken} damaged ones: {len(failures)} failures')
sys.exit(1 if failures else 0)
