"""draw.py - picture files of every kind that incipit reads, written byte by byte, with what is to be seen in each.

A Picture has the bytes of a file and the pixels that a reader should see: rows of (r, g, b, a). PNG and GIF are written here from the standard
library alone, so that every variant is there and its pixels are known; JPEG and WebP come from Pillow, which then also says what they show.
"""
import io
import struct
import zlib

from PIL import Image, ImageCms

WIDTH, HEIGHT = 20, 14


class Picture:
    def __init__(self, name, data, pixels, tolerance=1, cmyk=None):
        self.name, self.data, self.pixels, self.tolerance, self.cmyk = name, data, pixels, tolerance, cmyk
        self.height, self.width = (cmyk.height, cmyk.width) if cmyk else (len(pixels), len(pixels[0]))


def scene(width=WIDTH, height=HEIGHT):
    """Blocks of strong colours and a slope of grey, without any symmetry."""
    rows = []
    for y in range(height):
        row = []
        for x in range(width):
            if y < 3:
                row.append((255 * x // (width - 1),) * 3 + (255,))
            elif x < 4 and y > 9:
                row.append((200, 30, 20, 255))
            else:
                row.append(((x * 37 + y * 11) % 256, (x * 5 + y * 53) % 256, (x * 91 + y * 7) % 256, 255))
        rows.append(row)
    return rows


def quantised(rows, bits):
    """Each sample as that many bits can say it, and as the sample's value."""
    top = (1 << bits) - 1
    codes = [[tuple((v * top + 127) // 255 for v in p) for p in row] for row in rows]
    return codes, [[tuple(c * 255 // top if top <= 255 else c // 257 for c in p) for p in row] for row in codes]


def grey(rows):
    return [[(p[0] * 299 + p[1] * 587 + p[2] * 114) // 1000 for p in row] for row in rows]


# ---- PNG ----

def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def packed(samples, bits):
    """One row of samples: 16 bits big-endian, fewer than 8 from the left."""
    if bits == 16:
        return b''.join(struct.pack('>H', s) for s in samples)
    out, byte, have = bytearray(), 0, 0
    for s in samples:
        byte, have = byte << bits | s, have + bits
        if have == 8:
            out.append(byte)
            byte, have = 0, 0
    if have:
        out.append(byte << (8 - have))
    return bytes(out)


def filtered(lines, step):
    """Rows through the five filters in turn (PNG 1.2, section 6)."""
    out, before = b'', None
    for y, line in enumerate(lines):
        before = before or bytes(len(line))
        kind = y % 5
        row = bytearray([kind])
        for i, value in enumerate(line):
            left = line[i - step] if i >= step else 0
            up, corner = before[i], before[i - step] if i >= step else 0
            guess = left + up - corner
            paeth = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            row.append((value - (0, left, up, (left + up) // 2, paeth)[kind]) % 256)
        out += bytes(row)
        before = line
    return out


def png(rows, color, bits, interlaced=False, before=b'', after=b''):
    """rows: tuples of samples. before, after: chunks around PLTE."""
    width, height, channels = len(rows[0]), len(rows), len(rows[0][0])
    step = max(channels * bits // 8, 1)
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    raw = b''
    for x0, y0, dx, dy in passes:
        lines = [packed([s for p in row[x0::dx] for s in p], bits) for row in rows[y0::dy]]
        if lines and lines[0]:
            raw += filtered(lines, step)
    squeezed = zlib.compress(raw, 9)
    half = len(squeezed) // 2
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, bits, color, 0, 0, int(interlaced))) + before + after
            + chunk(b'IDAT', squeezed[:half]) + chunk(b'IDAT', squeezed[half:]) + chunk(b'IEND', b''))


def pngs():
    rows = scene()
    light = grey(rows)
    for interlaced in (False, True):
        kind = 'adam7' if interlaced else 'plain'
        for bits in (1, 2, 4, 8, 16):
            top = (1 << bits) - 1
            codes = [[((v * top + 127) // 255,) for v in row] for row in light]
            shown = [[(p[0] * 255 // top,) * 3 + (255,) for p in row] for row in codes]
            yield Picture(f'png-{kind}-grey-{bits}', png(codes, 0, bits, interlaced), shown)
            key = codes[HEIGHT // 2][WIDTH // 2][0]
            keyed = [[p[:3] + (0 if c[0] == key else 255,) for p, c in zip(prow, crow)] for prow, crow in zip(shown, codes)]
            yield Picture(f'png-{kind}-grey-{bits}-key', png(codes, 0, bits, interlaced, chunk(b'tRNS', struct.pack('>H', key))), keyed)
        for bits in (1, 2, 4, 8):
            n = 1 << bits
            palette = [((i * 67 + 20) % 256, (i * 29 + 90) % 256, (i * 151 + 5) % 256) for i in range(min(n, 200))]
            codes = [[((x * 3 + y * 5) % len(palette),) for x in range(WIDTH)] for y in range(HEIGHT)]
            plte = chunk(b'PLTE', b''.join(bytes(c) for c in palette))
            shown = [[palette[c[0]] + (255,) for c in row] for row in codes]
            yield Picture(f'png-{kind}-palette-{bits}', png(codes, 3, bits, interlaced, plte), shown)
            alphas = [i * 90 % 256 for i in range(max(len(palette) // 2, 1))]  # fewer than colours: the rest is opaque
            clear = [[palette[c[0]] + (alphas[c[0]] if c[0] < len(alphas) else 255,) for c in row] for row in codes]
            yield Picture(f'png-{kind}-palette-{bits}-alpha', png(codes, 3, bits, interlaced, plte, chunk(b'tRNS', bytes(alphas))), clear)
        for bits in (8, 16):
            codes, shown = quantised(rows, bits)
            rgb = [[p[:3] for p in row] for row in codes]
            yield Picture(f'png-{kind}-rgb-{bits}', png(rgb, 2, bits, interlaced), shown)
            key = rgb[11][1]
            keyed = [[p[:3] + (0 if c == key else 255,) for p, c in zip(prow, crow)] for prow, crow in zip(shown, rgb)]
            yield Picture(f'png-{kind}-rgb-{bits}-key', png(rgb, 2, bits, interlaced, chunk(b'tRNS', struct.pack('>HHH', *key))), keyed)
            top = (1 << bits) - 1
            alpha = [[(x * 17 + y * 29) % 256 for x in range(WIDTH)] for y in range(HEIGHT)]
            deep = [[a * top // 255 for a in row] for row in alpha]
            both = [[p + (a,) for p, a in zip(prow, arow)] for prow, arow in zip(rgb, deep)]
            seen = [[p[:3] + (a,) for p, a in zip(prow, arow)] for prow, arow in zip(shown, alpha)]
            yield Picture(f'png-{kind}-rgba-{bits}', png(both, 6, bits, interlaced), seen)
            ga = [[(v * top // 255, a) for v, a in zip(lrow, arow)] for lrow, arow in zip(light, deep)]
            seen = [[(v,) * 3 + (a,) for v, a in zip(lrow, arow)] for lrow, arow in zip(light, alpha)]
            yield Picture(f'png-{kind}-grey-alpha-{bits}', png(ga, 4, bits, interlaced), seen)
    rgb = [[p[:3] for p in row] for row in rows]
    gamma = [[tuple(round(255 * encode(v / 255)) for v in p[:3]) + (255,) for p in row] for row in rows]
    yield Picture('png-gama-linear', png(rgb, 2, 8, before=chunk(b'gAMA', struct.pack('>I', 100000))), gamma, 6)
    yield Picture('png-gama-and-srgb', png(rgb, 2, 8, before=chunk(b'gAMA', struct.pack('>I', 100000)) + chunk(b'sRGB', b'\0')), rows)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
    yield Picture('png-iccp-srgb', png(rgb, 2, 8, before=chunk(b'iCCP', b'own\0\0' + zlib.compress(profile))), rows, 2)
    yield Picture('png-one-pixel', png([[(9, 200, 30)]], 2, 8), [[(9, 200, 30, 255)]])
    yield Picture('png-one-row', png([rgb[5]], 2, 8, True), [rows[5]])
    yield Picture('png-one-column', png([row[:1] for row in rgb], 2, 8, True), [row[:1] for row in rows])


def encode(light):
    """sRGB of what a gamma of 1 means: libpng takes 1/2.2 for it."""
    return light ** (1 / 2.2)


# ---- GIF ----

def lzw(codes, root):
    """GIF89a, appendix F, with a clear code whenever the table is full."""
    clear, bits, out, acc, have = 1 << root, root + 1, bytearray(), 0, 0
    table, free = {}, clear + 2

    def put(code):
        nonlocal acc, have
        acc |= code << have
        have += bits
        while have >= 8:
            out.append(acc & 255)
            acc >>= 8
            have -= 8

    put(clear)
    prefix = None
    for code in codes:
        if prefix is None:
            prefix = code
        elif (prefix, code) in table:
            prefix = table[prefix, code]
        else:
            put(prefix)
            if free < 4096:
                table[prefix, code] = free
                if free == 1 << bits and bits < 12:
                    bits += 1
                free += 1
            else:
                put(clear)
                table, free, bits = {}, clear + 2, root + 1
            prefix = code
    put(prefix)
    put(clear + 1)
    if have:
        out.append(acc & 255)
    blocks = b''.join(bytes([len(out[i:i + 255])]) + bytes(out[i:i + 255]) for i in range(0, len(out), 255))
    return bytes([root]) + blocks + b'\0'


def gif(codes, palette, screen=None, at=(0, 0), interlaced=False, transparent=None, local=False, more=b''):
    width, height = len(codes[0]), len(codes)
    screen = screen or (width, height)
    bits = max((len(palette) - 1).bit_length(), 1)
    table = b''.join(bytes(c) for c in palette).ljust(3 << bits, b'\0')
    out = b'GIF89a' + struct.pack('<HHBBB', *screen, 0x70 if local else 0xF0 | bits - 1, 0, 0) + (b'' if local else table)
    out += b'!\xfe\x05hello\0'
    if transparent is not None:
        out += b'!\xf9\x04\x01\0\0' + bytes([transparent]) + b'\0'
    order = [y for start, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(start, height, step)] if interlaced else range(height)
    flags = (0x40 if interlaced else 0) | (0x80 | bits - 1 if local else 0)
    out += b',' + struct.pack('<HHHHB', *at, width, height, flags) + (table if local else b'')
    return out + lzw([c for y in order for c in codes[y]], max(bits, 2)) + more + b';'


def gifs():
    palette = [((i * 67 + 20) % 256, (i * 29 + 90) % 256, (i * 151 + 5) % 256) for i in range(64)]
    codes = [[(x * 3 + y * 5) % 64 for x in range(WIDTH)] for y in range(HEIGHT)]
    shown = [[palette[c] + (255,) for c in row] for row in codes]
    yield Picture('gif-plain', gif(codes, palette), shown)
    yield Picture('gif-interlaced', gif(codes, palette, interlaced=True), shown)
    yield Picture('gif-local-palette', gif(codes, palette, local=True), shown)
    clear = [[p[:3] + (0 if c == 9 else 255,) for p, c in zip(prow, crow)] for prow, crow in zip(shown, codes)]
    yield Picture('gif-transparent', gif(codes, palette, transparent=9), clear)
    yield Picture('gif-transparent-interlaced', gif(codes, palette, transparent=9, interlaced=True), clear)

    def placed(width, height, at):
        return [[shown[y - at[1]][x - at[0]] if at[0] <= x < at[0] + WIDTH and at[1] <= y < at[1] + HEIGHT else (0, 0, 0, 0)
                 for x in range(width)] for y in range(height)]
    yield Picture('gif-offset', gif(codes, palette, screen=(32, 22), at=(7, 3)), placed(32, 22, (7, 3)))
    yield Picture('gif-larger-than-its-screen', gif(codes, palette, screen=(8, 8), at=(2, 1)), placed(WIDTH + 2, HEIGHT + 1, (2, 1)))
    frame = b',' + struct.pack('<HHHHB', 0, 0, 1, 1, 0) + lzw([1], 6)
    yield Picture('gif-two-frames', gif(codes, palette, more=frame), shown)
    noise = [[(x * x * 7 + y * y * 13 + x * y) % 64 for x in range(100)] for y in range(90)]  # more than a table of codes
    yield Picture('gif-full-table', gif(noise, palette), [[palette[c] + (255,) for c in row] for row in noise])


# ---- JPEG ----

def smooth(width=64, height=48):
    """What JPEG is for: slopes, and no edge that it would blur."""
    image = Image.new('RGB', (width, height))
    image.putdata([(40 + 180 * x // width, 30 + 190 * y // height, 220 - 150 * (x + y) // (width + height)) for y in range(height) for x in range(width)])
    return image


def saved(image, kind='JPEG', **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels_of(image):
    image = image.convert('RGBA')
    data = list(image.getdata())
    return [data[y * image.width:(y + 1) * image.width] for y in range(image.height)]


def decoded(data):
    return Image.open(io.BytesIO(data))


def exif(orientation):
    return b'Exif\0\0' + b'MM\0*\0\0\0\x08' + struct.pack('>HHHIHHI', 1, 0x0112, 3, 1, orientation, 0, 0)


TURNS = {2: [Image.FLIP_LEFT_RIGHT], 3: [Image.ROTATE_180], 4: [Image.FLIP_TOP_BOTTOM], 5: [Image.TRANSPOSE], 6: [Image.ROTATE_270], 7: [Image.TRANSVERSE], 8: [Image.ROTATE_90]}


def segments(data):
    """Markers of a JPEG up to its scan: (marker, from, to)."""
    at = 2
    while data[at + 1] != 0xDA:
        length = struct.unpack('>H', data[at + 2:at + 4])[0]
        yield data[at + 1], at, at + 2 + length
        at += 2 + length


def without(data, marker):
    for found, begin, end in segments(data):
        if found == marker:
            return data[:begin] + data[end:]
    return data


def jpegs():
    image = smooth()
    plain = saved(image, quality=92)
    yield Picture('jpeg-rgb', plain, pixels_of(decoded(plain)), 4)
    for name, options in (('progressive', {'progressive': True}), ('444', {'subsampling': 0}), ('422', {'subsampling': 1}), ('optimised', {'optimize': True}),
                          ('quality-30', {'quality': 30}), ('restarts', {'restart_marker_blocks': 2})):
        data = saved(image, **{'quality': 92, **options})
        yield Picture(f'jpeg-{name}', data, pixels_of(decoded(data)), 5)
    data = saved(image.convert('L'), quality=92)
    yield Picture('jpeg-grey', data, pixels_of(decoded(data)), 3)
    for turn in range(1, 9):
        data = saved(image, quality=92, exif=exif(turn))
        shown = decoded(data)
        for step in TURNS.get(turn, []):
            shown = shown.transpose(step)
        yield Picture(f'jpeg-turned-{turn}', data, pixels_of(shown), 4)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
    data = saved(image, quality=92, icc_profile=profile)
    yield Picture('jpeg-icc', data, pixels_of(decoded(data)), 5)
    odd = saved(smooth(37, 23), quality=92)
    yield Picture('jpeg-odd-size', odd, pixels_of(decoded(odd)), 5)
    yield Picture('jpeg-extra-bytes', plain[:-2] + plain[-2:] + b'\0' * 300, pixels_of(decoded(plain)), 4)
    inks = Image.new('CMYK', (48, 32))  # 255 is full ink
    inks.putdata([(250 * x // 48, 250 * y // 32, 120, 30 * (x // 16)) for y in range(32) for x in range(48)])
    flipped = inks.point(lambda v: 255 - v)
    ycc = Image.merge('RGB', inks.split()[:3]).convert('YCbCr')  # libjpeg makes 255 less red of it, and that is 255 less ink
    ycck = Image.merge('CMYK', [*ycc.split(), flipped.split()[3]])
    adobe = saved(inks, quality=95)  # Pillow stores them inverted behind Adobe's marker, as all programs do
    plain = without(saved(flipped, quality=95), 0xEE)
    mixed = bytearray(saved(ycck.point(lambda v: 255 - v), quality=95))
    mixed[next(end for marker, _, end in segments(bytes(mixed)) if marker == 0xEE) - 1] = 2  # Adobe's transform: YCCK
    for name, file in (('adobe', adobe), ('plain', plain), ('ycck', bytes(mixed))):
        yield Picture(f'jpeg-cmyk-{name}', file, None, 20, inks)


# ---- WebP ----

def webps():
    image = smooth()
    data = saved(image, 'WEBP', quality=90)
    yield Picture('webp-lossy', data, pixels_of(decoded(data)), 3)
    data = saved(image, 'WEBP', lossless=True)
    yield Picture('webp-lossless', data, pixels_of(image), 1)
    clear = image.convert('RGBA')
    clear.putalpha(Image.linear_gradient('L').resize(image.size))
    for name, options in (('lossy', {'quality': 90}), ('lossless', {'lossless': True, 'exact': True})):
        data = saved(clear, 'WEBP', **options)
        yield Picture(f'webp-{name}-alpha', data, pixels_of(decoded(data)), 4)


def all_pictures():
    for make in (pngs, gifs, jpegs, webps):
        yield from make()
