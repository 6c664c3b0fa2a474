#!/usr/bin/env python3
"""draw.py - draws the pictures of this book into src/img: flat colours and few of them, so that the files stay small."""
import os
import struct
import sys
import zlib

PAPER, INK, RED, BLUE, GREY, LIGHT = (250, 248, 242), (31, 30, 28), (156, 42, 30), (30, 67, 136), (140, 134, 122), (214, 208, 196)


class Canvas:
    def __init__(self, width, height, ground=PAPER):
        self.width, self.height = width, height
        self.rows = [[ground] * width for _ in range(height)]

    def box(self, x0, y0, x1, y1, colour):
        for y in range(max(y0, 0), min(y1, self.height)):
            for x in range(max(x0, 0), min(x1, self.width)):
                self.rows[y][x] = colour

    def frame(self, x0, y0, x1, y1, colour, line=3):
        self.box(x0, y0, x1, y0 + line, colour)
        self.box(x0, y1 - line, x1, y1, colour)
        self.box(x0, y0, x0 + line, y1, colour)
        self.box(x1 - line, y0, x1, y1, colour)

    def disc(self, cx, cy, r, colour):
        for y in range(max(cy - r, 0), min(cy + r + 1, self.height)):
            for x in range(max(cx - r, 0), min(cx + r + 1, self.width)):
                if (x - cx) ** 2 + (y - cy) ** 2 <= r * r:
                    self.rows[y][x] = colour

    def save(self, name, transparent=None, per_inch=0):
        palette = sorted({c for row in self.rows for c in row})
        index = {c: i for i, c in enumerate(palette)}
        raw = b''.join(b'\0' + bytes(index[c] for c in row) for row in self.rows)

        def chunk(kind, data):
            return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

        out = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', self.width, self.height, 8, 3, 0, 0, 0))
        if per_inch:
            metre = round(per_inch / 0.0254)
            out += chunk(b'pHYs', struct.pack('>IIB', metre, metre, 1))
        out += chunk(b'PLTE', b''.join(bytes(c) for c in palette))
        if transparent is not None:
            out += chunk(b'tRNS', bytes(0 if c == transparent else 255 for c in palette))
        out += chunk(b'IDAT', zlib.compress(raw, 9)) + chunk(b'IEND', b'')
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(out)


def landscape(width, height):
    c = Canvas(width, height, (228, 234, 240))
    for i in range(height // 2, height):
        c.box(0, i, width, i + 1, (120, 140, 100) if (i // 8) % 2 else (132, 152, 110))
    for k in range(5):
        peak, base = width * (2 * k + 1) // 10, height // 2
        for y in range(height // 6 + k % 2 * height // 10, base):
            half = (y - height // 6) * width // height // 3
            c.box(peak - half, y, peak + half, y + 1, (98 + 12 * k, 104 + 12 * k, 118 + 10 * k))
    c.disc(width * 4 // 5, height // 6, height // 14, (240, 206, 120))
    return c


def chart(width, height):
    c = Canvas(width, height)
    for i in range(6):
        y = height - 40 - i * (height - 80) // 5
        c.box(40, y, width - 20, y + 2, LIGHT)
    for i, value in enumerate([3, 5, 4, 8, 6, 9, 7]):
        x = 60 + i * (width - 100) // 7
        c.box(x, height - 40 - value * (height - 80) // 10, x + (width - 100) // 14, height - 40, RED if i % 2 else BLUE)
    c.box(40, 20, 44, height - 36, INK)
    c.box(40, height - 40, width - 20, height - 36, INK)
    return c


def boxes(width, height, count, colour):
    c = Canvas(width, height)
    step = width // count
    for i in range(count):
        c.frame(i * step + 12, height // 4, (i + 1) * step - 12, height * 3 // 4, colour, 4)
        if i:
            c.box(i * step - 12, height // 2 - 2, i * step + 12, height // 2 + 2, INK)
    return c


def window(width, height):
    c = Canvas(width, height, (255, 255, 255))
    c.box(0, 0, width, 36, LIGHT)
    for i, colour in enumerate([RED, GREY, BLUE]):
        c.disc(24 + 28 * i, 18, 8, colour)
    for line in range((height - 60) // 22):
        c.box(24, 56 + line * 22, 24 + (line * 97 % 13 + 6) * width // 24, 66 + line * 22, INK if line % 4 else GREY)
    c.frame(0, 0, width, height, GREY, 2)
    return c


def sign(size):
    c = Canvas(size, size, (255, 0, 255))
    c.disc(size // 2, size // 2, size // 2 - 1, BLUE)
    c.box(size // 2 - size // 12, size // 4, size // 2 + size // 12, size * 3 // 4, (255, 255, 255))
    return c


folder = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), 'src', 'img')
os.makedirs(folder, exist_ok=True)
landscape(1600, 2200).save('mountains.png')
landscape(1200, 800).save('valley.png', per_inch=300)
chart(900, 560).save('chart.png', per_inch=220)
chart(560, 900).save('tall-chart.png', per_inch=220)
boxes(1200, 240, 3, BLUE).save('boxes.png', per_inch=240)
boxes(500, 240, 1, RED).save('one-box.png', per_inch=240)
window(800, 600).save('window.png', per_inch=192)
window(640, 400).save('coarse.png')
sign(48).save('sign.png', transparent=(255, 0, 255))
