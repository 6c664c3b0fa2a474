#!/usr/bin/env python3
"""archive.py FILE.pdf - does a screen PDF keep what it claims? Rules of ISO 19005-2 (PDF/A-2, level A) and ISO 14289-1 (PDF/UA-1) that concern
bytes, fonts, colours, annotations, tables and metadata; structure.py looks at the tag tree. The numbers are the clauses.

A file that claims nothing (a book with mistakes) is held to the rules all the same, but for those named in EXCUSED. Exit status 1: findings.
"""
import re
import struct
import sys

from pdf import PDF, Findings, operators

pdf, found = PDF(sys.argv[1]), Findings()
raw = open(sys.argv[1], 'rb').read()
catalog, info = pdf.catalog, pdf.get(pdf.trailer.get('/Info')) or {}
xmp = pdf.data(catalog['/Metadata']).decode('utf-8', 'replace') if '/Metadata' in catalog else ''
is_a, is_ua = 'pdfaid:part' in xmp, 'pdfuaid:part' in xmp
EXCUSED = {'A 6.2.11.8', 'A 6.2.11.7.2', 'A 6.2.4.3', 'UA 7.2'}  # what takes the claims away: missing glyphs, private use, CMYK, no language


def bad(rule, what, where=''):
    claimed = is_a if rule[0] == 'A' else is_ua
    if claimed or rule not in EXCUSED:
        found.add(f'{rule}: {what}', where)


# ---- the bytes ----

if not re.match(rb'%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}', raw):
    bad('A 6.1.2', 'header')
if len(pdf.list(pdf.trailer.get('/ID'))) != 2 or '/Encrypt' in pdf.trailer:
    bad('A 6.1.3', 'trailer')
if not re.search(rb'%%EOF\s?\n?$', raw):
    bad('A 6.1.3', 'something behind the end')
for match in re.finditer(rb'/Length (\d+)(?=\s*(?:/|>>))[^<>]*>>\s*stream(\r\n|\n|.)', raw):
    end = match.end() + int(match.group(1))
    if match.group(2) not in (b'\n', b'\r\n') or not re.match(rb'\r?\nendstream', raw[end:end + 12]):
        bad('A 6.1.7.1', 'a stream does not begin or end with a line', match.start())
for match in re.finditer(rb'(.)\d+ \d+ obj(.)', raw, re.S):
    if match.group(1) not in b'\r\n' or match.group(2) not in b'\r\n':
        bad('A 6.1.9', 'an object does not stand on lines of its own', match.start())


def walk():
    for name, entry in pdf.objects.items():
        top = entry['stream']['dict'] if 'stream' in entry else entry.get('value')
        stack = [top]
        while stack:
            value = stack.pop()
            yield name, value, 'stream' in entry and value is top
            if isinstance(value, dict):
                stack.extend(value.values())
                stack.extend(value)
            elif isinstance(value, list):
                stack.extend(value)


ACTIONS = {'/Launch', '/Sound', '/Movie', '/ResetForm', '/ImportData', '/Hide', '/SetOCGState', '/Rendition', '/Trans', '/GoTo3DView', '/JavaScript'}
for name, value, is_stream in walk():
    if isinstance(value, bool):
        continue
    if isinstance(value, int) and not -2**31 <= value < 2**31:
        bad('A 6.1.13', 'a number is too large', name)
    if isinstance(value, str) and value[:1] == '/' and len(value.encode()) > 128:
        bad('A 6.1.13', 'a name is too long', name)
    if isinstance(value, str) and value[:2] in ('u:', 'b:') and len(value) > 32769:
        bad('A 6.1.13', 'a string is too long', name)
    if not isinstance(value, dict):
        continue
    if is_stream and {'/F', '/FFilter', '/FDecodeParms'} & value.keys():
        bad('A 6.1.7.1', 'a stream in another file', name)
    if '/LZWDecode' in pdf.list(value.get('/Filter')) or '/Crypt' in pdf.list(value.get('/Filter')):
        bad('A 6.1.7.2', 'filter', name)
    if value.get('/S') in ACTIONS:
        bad('A 6.5.1', f'action {value.get("/S")}', name)
    if value.get('/Type') == '/EmbeddedFile':
        bad('A 6.8', 'an embedded file', name)
for key in ('/AA', '/OCProperties', '/AlternatePresentations', '/Requirements', '/NeedsRendering', '/AcroForm'):
    if key in catalog:
        bad('A 6.11', f'catalog: {key}')

# ---- metadata ----

packet = re.match(r'<\?xpacket begin="[^"]*" id="[^"]*"\?>', xmp)
if not packet or '/Filter' in pdf.get(catalog.get('/Metadata', '')) if xmp else True:
    bad('A 6.6.2.1', 'metadata')


def metadata(name):
    match = re.search(rf'<{name}>(?:\s*<rdf:(?:Alt|Seq|Bag)>\s*<rdf:li[^>]*>)?([^<]*)<', xmp)
    return match.group(1).replace('&lt;', '<').replace('&gt;', '>').replace('&amp;', '&') if match else ''


def date(text):
    return re.sub(r"\D", '', text.replace('Z', ''))


for key, name in (('/Title', 'dc:title'), ('/Author', 'dc:creator'), ('/Subject', 'dc:description'), ('/Creator', 'xmp:CreatorTool'),
                  ('/Producer', 'pdf:Producer')):
    if key in info and pdf.text(info[key]) != metadata(name):
        bad('A 6.6.2.3', f'{key} is not {name}')
for key, name in (('/CreationDate', 'xmp:CreateDate'), ('/ModDate', 'xmp:ModifyDate')):
    if key in info and date(pdf.text(info[key])) != date(metadata(name)):
        bad('A 6.6.2.3', f'{key} is not {name}')
used = {prefix for prefix in re.findall(r'<(\w+):', xmp)}
declared = set(re.findall(r'xmlns:(\w+)=', xmp))
if used - declared - {'x', 'rdf'}:
    bad('A 6.6.2.3', 'a prefix without a name space', used - declared)
if is_ua and is_a and 'pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<' not in xmp:
    bad('A 6.6.2.3', 'no schema of PDF/UA')
if is_ua and (not metadata('dc:title') or not (pdf.get(catalog.get('/ViewerPreferences')) or {}).get('/DisplayDocTitle')):
    bad('UA 7.1', 'no title, or it is not shown')
if (pdf.get(catalog.get('/MarkInfo')) or {}).get('/Suspects'):
    bad('UA 7.1', 'the tags are suspect')

# ---- colours ----

intents = [pdf.get(intent) for intent in pdf.list(catalog.get('/OutputIntents'))]
profile = pdf.data(intents[0]['/DestOutputProfile']) if intents else b''
device = {b'RGB ': '/DeviceRGB', b'CMYK': '/DeviceCMYK', b'GRAY': '/DeviceGray'}.get(profile[16:20])
if len(intents) != 1 or intents[0].get('/S') != '/GTS_PDFA1' or profile[12:16] not in (b'mntr', b'prtr', b'spac') or profile[8] > 4:
    bad('A 6.2.3', 'output intent')


def icc(reference, components, where):
    data = pdf.data(reference)
    if len(data) < 132 or data[36:40] != b'acsp' or data[8] > 4 or (data[8] == 4 and data[9] > 0x2F):
        bad('A 6.2.4.2', 'a profile that PDF does not know', where)
    if {b'RGB ': 3, b'CMYK': 4, b'GRAY': 1, b'Lab ': 3}.get(data[16:20]) != components:
        bad('A 6.2.4.2', 'a profile with other components', where)


def color_space(value, where):
    value = pdf.get(value)
    if isinstance(value, list) and value[0] == '/ICCBased':
        icc(value[1], pdf.get(value[1]).get('/N'), where)
    elif isinstance(value, list) and value[0] in ('/Indexed', '/Pattern', '/Separation'):
        color_space(value[2 if value[0] == '/Separation' else 1], where)
    elif value in ('/DeviceRGB', '/DeviceCMYK') and value != device:
        bad('A 6.2.4.3', f'{value} beside the output intent', where)


def picture(name, value):
    color_space(value.get('/ColorSpace', '/DeviceGray'), name)
    if {'/Alternates', '/OPI'} & value.keys() or value.get('/Interpolate'):
        bad('A 6.2.8', 'a picture that another stands for, or that is smoothed', name)
    if '/SMask' in value and '/Matte' in pdf.get(value['/SMask']):
        bad('A 6.2.10', 'a mask with a matte', name)
    if not value.get('/ImageMask') and value.get('/BitsPerComponent') not in (1, 2, 4, 8, 16):
        bad('A 6.2.8', 'bits of a picture', name)


for name, entry in pdf.objects.items():
    value = entry['stream']['dict'] if 'stream' in entry else None
    if value and value.get('/Subtype') == '/Image':
        picture(name, value)
    elif value and value.get('/Subtype') in ('/PS', '/Form') and ({'/OPI', '/Ref', '/PS'} & value.keys() or value['/Subtype'] == '/PS'):
        bad('A 6.2.9', 'a form that PDF/A does not know', name)

# ---- fonts ----


class Font:
    """A composite font: its codes' readings, widths and glyphs."""
    def __init__(self, value):
        self.name = value.get('/BaseFont', '?')
        self.readings, self.shown = {}, {}
        if value.get('/Subtype') != '/Type0' or value.get('/Encoding') not in ('/Identity-H', '/Identity-V'):
            bad('A 6.2.11.3', 'a font that is not composite with Identity', self.name)
        below = pdf.get(pdf.list(value.get('/DescendantFonts'))[0])
        descriptor = pdf.get(below['/FontDescriptor'])
        system = pdf.get(below['/CIDSystemInfo'])
        if pdf.text(system.get('/Registry')) != 'Adobe' or pdf.text(system.get('/Ordering')) != 'Identity':
            bad('A 6.2.11.3.1', 'character collection', self.name)
        if not re.fullmatch(r'/[A-Z]{6}\+.+', self.name) or descriptor.get('/FontName') != self.name or below.get('/BaseFont') != self.name:
            bad('A 6.2.11.4', 'names of a subset', self.name)
        if '/CIDSet' in descriptor:
            bad('A 6.2.11.4.2', '/CIDSet, which must then be whole', self.name)
        files = [key for key in ('/FontFile', '/FontFile2', '/FontFile3') if key in descriptor]
        if len(files) != 1:
            bad('A 6.2.11.4.1', 'not embedded', self.name)
        self.read_widths(below)
        self.glyph_of, self.program_width = None, None
        if below.get('/Subtype') == '/CIDFontType2':
            self.read_true_type(pdf.data(descriptor['/FontFile2']))
            to_gid = below.get('/CIDToGIDMap')
            if to_gid is None:
                bad('A 6.2.11.3.2', 'no /CIDToGIDMap', self.name)
            elif to_gid != '/Identity':
                data = pdf.data(to_gid)
                self.glyph_of = lambda code: struct.unpack_from('>H', data, 2 * code)[0] if 2 * code + 2 <= len(data) else 0
        self.glyph_of = self.glyph_of or (lambda code: code)
        if '/ToUnicode' in value:
            self.read_to_unicode(pdf.data(value['/ToUnicode']).decode('latin-1'))
        else:
            bad('A 6.2.11.7.2', 'no /ToUnicode', self.name)

    def read_widths(self, below):
        self.widths, self.default = {}, float(pdf.get(below.get('/DW', 1000)))
        values, at = pdf.list(below.get('/W')), 0
        while at + 1 < len(values):
            following = pdf.get(values[at + 1])
            if isinstance(following, list):
                self.widths.update({values[at] + i: float(w) for i, w in enumerate(following)})
                at += 2
            else:
                self.widths.update({code: float(values[at + 2]) for code in range(values[at], following + 1)})
                at += 3

    def read_true_type(self, data):
        tables = {data[12 + 16 * i:16 + 16 * i]: struct.unpack_from('>LL', data, 20 + 16 * i) for i in range(struct.unpack_from('>H', data, 4)[0])}
        for needed in (b'glyf', b'head', b'hhea', b'hmtx', b'loca', b'maxp'):
            if needed not in tables:
                bad('A 6.2.11.4.1', f'a font program without {needed}', self.name)
        upem = struct.unpack_from('>H', data, tables[b'head'][0] + 18)[0]
        metrics = struct.unpack_from('>H', data, tables[b'hhea'][0] + 34)[0]
        self.glyphs = struct.unpack_from('>H', data, tables[b'maxp'][0] + 4)[0]
        at = tables[b'hmtx'][0]
        self.program_width = lambda gid: struct.unpack_from('>H', data, at + 4 * min(gid, metrics - 1))[0] * 1000 / upem

    def read_to_unicode(self, text):
        for block in re.findall(r'beginbfchar(.*?)endbfchar', text, re.S):
            for code, reading in re.findall(r'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>', block):
                self.readings[int(code, 16)] = bytes.fromhex(reading).decode('utf-16-be', 'replace')
        for block in re.findall(r'beginbfrange(.*?)endbfrange', text, re.S):
            for low, high, reading in re.findall(r'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>', block):
                first = bytes.fromhex(reading).decode('utf-16-be', 'replace')
                for i in range(int(high, 16) - int(low, 16) + 1):
                    self.readings[int(low, 16) + i] = first[:-1] + chr(ord(first[-1]) + i)

    def check(self):
        for code, where in self.shown.items():
            glyph, reading = self.glyph_of(code), self.readings.get(code)
            if glyph == 0:
                bad('A 6.2.11.8', 'the glyph of a missing character is shown', where)
            elif self.program_width and glyph >= self.glyphs:
                bad('A 6.2.11.4.1', 'a glyph that the program does not have', f'{where}, {self.name} {code}')
            elif self.program_width and abs(self.program_width(glyph) - self.widths.get(code, self.default)) > 1:
                bad('A 6.2.11.5', 'a width is not that of the program', f'{where}, {self.name} {code}')
            if not reading or {'\0', '\ufeff', '\ufffe', '\ufffd'} & set(reading):
                if glyph:
                    bad('A 6.2.11.7.2', 'a code that reads as nothing', f'{where}, {self.name} {code}')
            elif any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in reading):
                bad('A 6.2.11.7.2', 'a code that reads as a private character', f'{where}, {self.name} {code}')


ESCAPES = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f', b'\n': b''}


def string(token):
    if token[:1] == b'<':
        return bytes.fromhex(token[1:-1].decode())
    return re.sub(rb'\\([0-7]{1,3}|.)', lambda m: bytes([int(m.group(1), 8) & 255]) if m.group(1).isdigit() else ESCAPES.get(m.group(1), m.group(1)),
                  token[1:-1], flags=re.S)


# ---- pages ----

fonts, looked_at, alone = {}, set(), re.compile(r'[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*')
BLENDS = {'/' + name for name in 'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion '
          'Hue Saturation Color Luminosity'.split()}


def content(data, resources, where, inside=0):
    """A content stream, and those that it names: each of them once."""
    depth, font, named = 0, None, pdf.get(resources.get('/Font')) or {}
    for operator, operands in operators(data):
        if operator in ('q', 'Q'):
            depth += 1 if operator == 'q' else -1
            if not 0 <= depth <= 28:
                bad('A 6.1.13', 'graphics states do not match, or nest too deep', where)
        elif operator == 'Tf':
            key = named.get(operands[0].decode('latin-1'))
            if key is None:
                bad('A 6.2.2', 'a font that the resources do not have', where)
                continue
            if key not in fonts:
                fonts[key] = Font(pdf.get(key))
            font = fonts[key]
        elif operator in ('Tj', 'TJ'):
            for token in operands:
                if token[:1] in b'(<':
                    codes = string(token)
                    for at in range(0, len(codes) - 1, 2):
                        font.shown.setdefault(codes[at] << 8 | codes[at + 1], where)
                    if len(codes) % 2:
                        bad('A 6.2.11', 'half a code', where)
        elif operator in ('rg', 'RG', 'k', 'K'):
            color_space('/DeviceRGB' if operator in ('rg', 'RG') else '/DeviceCMYK', where)
        elif operator == 'ri' and operands[-1] not in (b'/RelativeColorimetric', b'/AbsoluteColorimetric', b'/Perceptual', b'/Saturation'):
            bad('A 6.2.6', 'rendering intent', where)
        elif operator in ('gs', 'Do') or (operator in ('scn', 'SCN') and operands[-1:] and operands[-1][:1] == b'/'):
            kind = {'gs': '/ExtGState', 'Do': '/XObject'}.get(operator, '/Pattern')
            if operands[-1].decode('latin-1') not in (pdf.get(resources.get(kind)) or {}):
                bad('A 6.2.2', f'{kind[1:]} that the resources do not have', where)
    if depth:
        bad('A 6.1.13', 'graphics states do not match', where)
    for state in map(pdf.get, (pdf.get(resources.get('/ExtGState')) or {}).values()):
        if {'/TR', '/HTP'} & state.keys() or state.get('/TR2', '/Default') != '/Default':
            bad('A 6.2.5', 'a transfer function or halftone', where)
        if state.get('/BM', '/Normal') not in BLENDS:
            bad('A 6.2.10', 'an unknown blend mode', where)
        mask = pdf.get(state.get('/SMask'))
        if isinstance(mask, dict):
            form = pdf.get(mask['/G'])
            if mask.get('/S') == '/Luminosity' and '/CS' not in (pdf.get(form.get('/Group')) or {}):
                bad('A 6.2.10', 'a mask of luminosity without a colour space', where)
            stream(mask['/G'], where, inside)
    for pattern in (pdf.get(resources.get('/Pattern')) or {}).values():
        value = pdf.get(pattern)
        if value.get('/PatternType') == 2:
            color_space(pdf.get(value['/Shading']).get('/ColorSpace'), where)
        else:
            stream(pattern, where, inside)
    for thing in (pdf.get(resources.get('/XObject')) or {}).values():
        if pdf.get(thing).get('/Subtype') == '/Form':
            stream(thing, where, inside)


def stream(reference, where, inside):
    value = pdf.get(reference)
    if reference in looked_at:
        return
    looked_at.add(reference)
    if inside > 28:
        bad('A 6.1.13', 'forms in each other too deep', where)
    group = pdf.get(value.get('/Group')) or {}
    if '/CS' in group:
        color_space(group['/CS'], where)
    if '/Resources' not in value:
        bad('A 6.2.2', 'a form or tile without resources', where)
    content(pdf.data(reference), pdf.get(value.get('/Resources')) or {}, f'{where}, object {reference}', inside + 1)


for number, (reference, page) in enumerate(pdf.pages, 1):
    where = f'page {number}'
    content(pdf.content(page), pdf.get(page.get('/Resources')) or {}, where)
    for annotation in map(pdf.get, pdf.list(page.get('/Annots'))):
        flags = int(annotation.get('/F', 0))
        if annotation.get('/Subtype') != '/Link' or flags & 0b100011 or not flags & 4:
            bad('A 6.3', 'an annotation that is no link, hidden or not printed', where)
        box = [float(v) for v in pdf.list(annotation.get('/Rect'))]
        if len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
            bad('UA 7.18.5', 'a link without an area', where)
    if '/PresSteps' in page or '/AA' in page:
        bad('A 6.10', 'presentation', where)
for font in fonts.values():
    font.check()

# ---- what the tags say beyond their order ----


def attribute(element, key, otherwise):
    for part in map(pdf.get, pdf.list(element.get('/A'))):
        if isinstance(part, dict) and key in part:
            return pdf.get(part[key])
    return otherwise


def kids(element, *kinds):
    return [kid for kid in map(pdf.get, pdf.list(element.get('/K'))) if isinstance(kid, dict) and kid.get('/S', '')[1:] in kinds]


def check_table(table, where):
    """Every row covers the same columns, spans counted."""
    rows = []
    for part in kids(table, 'THead', 'TBody', 'TFoot', 'TR'):
        rows.extend([part] if part['/S'] == '/TR' else kids(part, 'TR'))
    taken, widths = {}, set()
    for y, row in enumerate(rows):
        x = 0
        for cell in kids(row, 'TH', 'TD'):
            while (x, y) in taken:
                x += 1
            across, down = attribute(cell, '/ColSpan', 1), attribute(cell, '/RowSpan', 1)
            for dy in range(down):
                for dx in range(across):
                    if (x + dx, y + dy) in taken:
                        bad('UA 7.2', 'cells of a table overlap', where)
                    taken[x + dx, y + dy] = cell
            x += across
    for y in range(len(rows)):
        widths.add(sum((x, y) in taken for x in range(max((x for x, _ in taken), default=0) + 1)))
    if len(widths) > 1:
        bad('UA 7.2', 'rows of a table differ in width', f'{where}: {sorted(widths)}')
    if any(y >= len(rows) for _, y in taken):
        bad('UA 7.2', 'a cell reaches below its table', where)


tables, first_heading = 0, None
stack = [(kid, False) for kid in reversed(pdf.list((pdf.get(catalog.get('/StructTreeRoot')) or {}).get('/K')))]
if not alone.fullmatch(pdf.text(catalog.get('/Lang'))):
    bad('UA 7.2', 'no language')
while stack:
    reference, inside_link = stack.pop()
    element = pdf.get(reference)
    if not isinstance(element, dict) or '/S' not in element:
        continue
    kind = element['/S'][1:]
    if kind == 'Table':
        tables += 1
        check_table(element, reference)
    if kind == 'Figure':
        box = pdf.list(attribute(element, '/BBox', None))
        if len(box) != 4:
            bad('UA 7.3', 'a figure without a /BBox', reference)
    if re.fullmatch('H[1-6]', kind) and first_heading is None:
        first_heading = kind
        if kind != 'H1':
            bad('UA 7.4.2', 'the first heading is not H1', kind)
    if '/Lang' in element and not alone.fullmatch(pdf.text(element['/Lang'])):
        bad('A 6.7.4', 'a language that is none', pdf.text(element['/Lang']))
    for text in ('/Alt', '/ActualText', '/E'):
        if text in element and not pdf.text(element[text]):
            bad('UA 7.2', f'an empty {text}', reference)
    stack.extend((kid, inside_link or kind == 'Link') for kid in reversed(pdf.list(element.get('/K'))))
claims = ' and '.join(name for name, on in (('PDF/A-2a', is_a), ('PDF/UA-1', is_ua)) if on) or 'no claims'
found.finish(sys.argv[1], f'{claims}; {len(fonts)} fonts, {sum(len(f.shown) for f in fonts.values())} codes, {tables} tables, nothing to say')
