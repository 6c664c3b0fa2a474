"""compare.py - how far two renderings of one drawing are apart, and sheets that show it.

Two programs never smooth an edge alike, and one puts it half a pixel beside the other. So two figures are taken, each in thousandths of all pixels:

edges   the colour around a pixel (the mean of nine) lies by more than EDGE outside of all that the other picture has within one pixel of that place,
        seen from either side. A line that is missing, too thick, too long or at another place counts; how it is smoothed does not.
flats   both pictures are even around a pixel, and their colours differ by more than FLAT there. A wrong colour, opacity or gradient counts, even a
        slight one.
"""
import numpy
from PIL import Image, ImageDraw, ImageFont

EDGE, EVEN, FLAT = 20, 10, 5  # of 255
SHOWN = 560  # pixels across, on the sheets


def around(picture, pick):
    """The least or the largest of each pixel and its eight neighbours, channel by channel."""
    rows = numpy.pad(picture, ((1, 1), (1, 1), (0, 0)), mode='edge')
    rows = pick(pick(rows[:-2], rows[1:-1]), rows[2:])
    return pick(pick(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])


def mean(picture):
    rows = numpy.pad(picture, ((1, 1), (1, 1), (0, 0)), mode='edge')
    rows = rows[:-2] + rows[1:-1] + rows[2:]
    return (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) // 9


def figures(a, b, edge=EDGE, flat=FLAT):
    """(edges, flats, the places of either) of two arrays of the same shape, uint8."""
    a, b = a.astype(numpy.int16), b.astype(numpy.int16)
    soft_a, soft_b = mean(a), mean(b)
    outside = numpy.maximum.reduce([around(soft_b, numpy.minimum) - soft_a, soft_a - around(soft_b, numpy.maximum),
                                    around(soft_a, numpy.minimum) - soft_b, soft_b - around(soft_a, numpy.maximum)]).max(axis=2)
    even = ((around(a, numpy.maximum) - around(a, numpy.minimum)).max(axis=2) < EVEN) & \
           ((around(b, numpy.maximum) - around(b, numpy.minimum)).max(axis=2) < EVEN)
    edges = outside > edge
    flats = even & (numpy.abs(a - b).max(axis=2) > flat)
    return 1000 * edges.mean(), 1000 * flats.mean(), edges | flats


def fit(picture, width, height):
    """The picture cut, or white added, to a size that is off by a pixel of rounding."""
    out = numpy.full((height, width, 3), 255, numpy.uint8)
    h, w = min(height, picture.shape[0]), min(width, picture.shape[1])
    out[:h, :w] = picture[:h, :w]
    return out


def shown(a, places):
    """The first picture made pale, what differs in red."""
    out = (255 - (255 - a.astype(numpy.int16)) // 4).astype(numpy.uint8)
    out[places] = (220, 0, 0)
    return out


def small(picture):
    n = -(-picture.shape[1] // SHOWN)
    return numpy.asarray(Image.fromarray(picture).reduce(n)) if n > 1 else picture


def sheet(rows, path, columns):
    """rows: (title, red or not, pictures); a PNG with `columns` of them side by side."""
    rows = [(title, red, [small(p) for p in pictures]) for title, red, pictures in rows]
    gap, head = 8, 14
    width = max(sum(p.shape[1] + gap for p in row[2]) for row in rows) + gap
    heights = [head + max(p.shape[0] for p in row[2]) + gap for row in rows]
    lines = [range(i, min(i + columns, len(rows))) for i in range(0, len(rows), columns)]
    page = Image.new('RGB', (width * columns, sum(max(heights[i] for i in line) for line in lines)), (235, 235, 235))
    draw, font, y = ImageDraw.Draw(page), ImageFont.load_default(), 0
    for line in lines:
        for column, i in enumerate(line):
            x = column * width + gap
            draw.text((x, y + 1), rows[i][0], fill=(200, 0, 0) if rows[i][1] else (0, 0, 0), font=font)
            for picture in rows[i][2]:
                page.paste(Image.fromarray(picture), (x, y + head))
                x += picture.shape[1] + gap
        y += max(heights[i] for i in line)
    page.save(path)
