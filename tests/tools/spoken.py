#!/usr/bin/env python3
"""spoken.py FILE.pdf - what a screen reader reads: the text of the structure tree, in logical order.

Yields (path of structure types, text) for each piece of marked content: codes through ToUnicode (ISO 32000-1, 9.10.3), /ActualText
instead of what it stands for. Quicker by far than `pdfinfo -struct-text`, which lays each page out again for each element.
"""
import re
import sys

from pdf import PDF, operators

ESCAPES = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}


def string(token):
    """The bytes of a literal or hexadecimal string."""
    if token[:1] == b'<':
        digits = re.sub(rb'\s', b'', token[1:-1])
        return bytes.fromhex((digits + b'0' * (len(digits) % 2)).decode())

    def unescape(match):
        what = match.group(1)
        return bytes([int(what, 8) & 255]) if what[:1].isdigit() else b'' if what in (b'\n', b'\r', b'\r\n') else ESCAPES.get(what, what)
    return re.sub(rb'\\([0-7]{1,3}|\r\n|.)', unescape, token[1:-1], flags=re.S)


def utf16(digits):
    return bytes.fromhex(digits.decode()).decode('utf-16-be', 'replace')


def cmap(data):
    """Code to text, from a ToUnicode CMap."""
    codes = {}
    for section in re.findall(rb'beginbfchar(.*?)endbfchar', data, re.S):
        for code, text in re.findall(rb'<(\w+)>\s*<(\w*)>', section):
            codes[int(code, 16)] = utf16(text)
    for section in re.findall(rb'beginbfrange(.*?)endbfrange', data, re.S):
        for first, last, text, several in re.findall(rb'<(\w+)>\s*<(\w+)>\s*(?:<(\w*)>|\[(.*?)\])', section, re.S):
            texts = re.findall(rb'<(\w*)>', several)
            for i in range(int(last, 16) - int(first, 16) + 1):
                codes[int(first, 16) + i] = utf16(texts[i]) if texts else utf16(text)[:-1] + chr(ord(utf16(text)[-1]) + i)
    return codes


def text_string(data):
    return data[2:].decode('utf-16-be', 'replace') if data[:2] == b'\xfe\xff' else data.decode('latin-1')


class Piece:
    """The text of one marked content id, and where it begins and ends: a reader takes the end of a line for the end of a word."""
    def __init__(self):
        self.text, self.first, self.last = '', None, None

    def add(self, text, y, size):
        if self.last is not None and abs(y - self.last) > max(6, .9 * size):
            self.text += '\n'
        self.text += text
        self.first, self.last = y if self.first is None else self.first, y


def page_text(pdf, page, cmaps):
    """Pieces by marked content id."""
    resources = pdf.get(page.get('/Resources')) or {}
    fonts, pieces, marks, codes, size, y = pdf.get(resources.get('/Font')) or {}, {}, [], {}, 0, 0
    for operator, operands in operators(pdf.content(page)):
        if operator == 'Tf':
            reference, size = fonts[operands[0].decode()], float(operands[1])
            if reference not in cmaps:
                font = pdf.get(reference)
                cmaps[reference] = cmap(pdf.data(font['/ToUnicode'])) if '/ToUnicode' in font else {}
            codes = cmaps[reference]
        elif operator == 'BT':
            y = 0
        elif operator in ('Td', 'TD'):
            y += float(operands[1])
        elif operator == 'Tm':
            y = float(operands[5])
        elif operator in ('BDC', 'BMC'):
            mcid = int(operands[operands.index(b'/MCID') + 1]) if b'/MCID' in operands else None
            actual = text_string(string(operands[operands.index(b'/ActualText') + 1])) if b'/ActualText' in operands else None
            outer = marks[-1] if marks else (None, None, None)
            marks.append((mcid if mcid is not None else outer[0], actual if actual is not None else outer[1], [actual is not None]))
        elif operator == 'EMC':
            marks.pop()
        elif operator in ('Tj', 'TJ') and marks and marks[-1][0] is not None:
            mcid, text, fresh = marks[-1]
            if text is None:
                shown = b''.join(string(token) for token in operands if token[:1] in b'(<' and token != b'<<')
                text = ''.join(codes.get(shown[i] << 8 | shown[i + 1], '\ufffd') for i in range(0, len(shown) - 1, 2))
            elif not fresh[0]: # said already
                continue
            fresh[0] = False
            pieces.setdefault(mcid, Piece()).add(text, y, size)
    return pieces


def spoken(path):
    pdf, cmaps, pieces = PDF(path), {}, {}
    for reference, page in pdf.pages:
        pieces[reference] = page_text(pdf, page, cmaps)
    root = pdf.get(pdf.catalog['/StructTreeRoot'])
    stack = [(kid, (), None) for kid in reversed(pdf.list(root.get('/K')))]
    page_before = y_before = None
    while stack:
        kid, kinds, page = stack.pop()
        value = pdf.get(kid)
        if isinstance(value, int):
            value = {'/Type': '/MCR', '/MCID': value}
        if value.get('/Type') == '/MCR':
            page = value.get('/Pg', page)
            piece = pieces.get(page, {}).get(value['/MCID'], Piece())
            same_line = page == page_before and piece.first is not None and y_before is not None and abs(piece.first - y_before) < 6
            yield kinds, piece.text if same_line else '\n' + piece.text
            page_before, y_before = page, piece.last
        elif value.get('/Type') != '/OBJR':
            kind, actual = value.get('/S', '/?')[1:], pdf.text(value.get('/ActualText'))
            page = value.get('/Pg', page)
            yield kinds + (kind,), None # the element begins
            if actual:
                yield kinds + (kind,), actual
            else:
                stack.extend((part, kinds + (kind,), page) for part in reversed(pdf.list(value.get('/K'))))


if __name__ == '__main__':
    for kinds, text in spoken(sys.argv[1]):
        print('  ' * (len(kinds) - 1) + kinds[-1] if text is None else '  ' * len(kinds) + repr(text))
