#!/usr/bin/env python3
"""printed.py FILE.pdf - is it a PDF/X-4 file, fit for a printer? What ISO 15930-7 asks, as far as it can be seen from outside.

The claim, the output intent and its profile; boxes on every page; nothing interactive; fonts embedded; nothing but inks in
content streams, pictures, shadings and groups; black text in black ink alone. Exit status 1: findings.
"""
import re
import struct
import sys

from pdf import PDF, Findings, operators

pdf, found = PDF(sys.argv[1]), Findings()
catalog, info = pdf.catalog, pdf.get(pdf.trailer.get('/Info')) or {}

# ---- the file, its metadata, what it must not have ----

if float(pdf.version) > 1.6:
    found.add('header: later than PDF 1.6', pdf.version)
if '/Encrypt' in pdf.trailer:
    found.add('trailer: encrypted')
if len(pdf.list(pdf.trailer.get('/ID'))) != 2:
    found.add('trailer: no /ID')
for key in ('/Outlines', '/AcroForm', '/OpenAction', '/AA', '/StructTreeRoot', '/MarkInfo', '/OCProperties', '/Collection', '/Dests'):
    if key in catalog:
        found.add(f'catalog: {key}')
for key in pdf.get(catalog.get('/Names')) or {}:
    found.add(f'catalog: names of {key}')

if '/Metadata' not in catalog:
    found.add('metadata: none')
    xmp = ''
else:
    xmp = pdf.data(catalog['/Metadata']).decode('utf-8', 'replace')
    if '/Filter' in pdf.get(catalog['/Metadata']):
        found.add('metadata: not plain text')


def metadata(name):
    match = re.search(rf'<{name}>(?:\s*<rdf:(?:Alt|Seq|Bag)>\s*<rdf:li[^>]*>)?([^<]*)<', xmp)
    text = match.group(1).strip() if match else ''
    return text.replace('&lt;', '<').replace('&gt;', '>').replace('&amp;', '&')


if 'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"' not in xmp or metadata('pdfxid:GTS_PDFXVersion') != 'PDF/X-4':
    found.add('metadata: does not say PDF/X-4')
for name in ('dc:title', 'xmpMM:DocumentID', 'xmpMM:VersionID', 'xmpMM:RenditionClass'):
    if not metadata(name):
        found.add(f'metadata: no {name}')
for name in ('xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate'):
    if not re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)', metadata(name)):
        found.add(f'metadata: no {name}')
for key, name in (('/Title', 'dc:title'), ('/Author', 'dc:creator'), ('/Creator', 'xmp:CreatorTool'), ('/Producer', 'pdf:Producer')):
    if pdf.text(info.get(key)) != metadata(name):
        found.add(f'info: {key} is not {name}', pdf.text(info.get(key)))
if info.get('/Trapped') not in ('/True', '/False') or info['/Trapped'][1:] != metadata('pdf:Trapped'):
    found.add('info: no /Trapped, or another one than in the metadata')

# ---- the output intent ----

inks = None  # 'CMYK' or 'GRAY'
intents = [intent for intent in map(pdf.get, pdf.list(catalog.get('/OutputIntents'))) if intent.get('/S') == '/GTS_PDFX']
if len(intents) != 1:
    found.add('output intent: not just one', len(intents))
for intent in intents[:1]:
    if not pdf.text(intent.get('/OutputConditionIdentifier')):
        found.add('output intent: no condition')
    if not pdf.text(intent.get('/RegistryName')) and not pdf.text(intent.get('/Info')):
        found.add('output intent: neither registered nor described')
    icc = pdf.data(intent['/DestOutputProfile']) if '/DestOutputProfile' in intent else b''
    if len(icc) < 132 or icc[36:40] != b'acsp' or struct.unpack('>I', icc[:4])[0] != len(icc):
        found.add('output intent: no whole ICC profile')
    else:
        inks = icc[16:20].decode('latin-1').strip()
        if icc[12:16] != b'prtr':
            found.add('output intent: the profile is not one of a printing condition', icc[12:16])
        if inks not in ('CMYK', 'GRAY'):
            found.add('output intent: the profile is neither CMYK nor grey', inks)
        if icc[8] not in (2, 4) or (icc[8] == 4 and icc[9] > 0x2F):
            found.add('output intent: the version of the profile', f'{icc[8]}.{icc[9] >> 4}')
        if pdf.get(intent['/DestOutputProfile']).get('/N') != {'CMYK': 4, 'GRAY': 1}.get(inks):
            found.add('output intent: /N does not fit the profile')

# ---- colours ----


def space(value, resources, where):
    """Complains about a colour space that is neither inks of the output intent nor made of them; says how many components it has."""
    value = pdf.get(value)
    if isinstance(value, str):
        named = (pdf.get(resources.get('/ColorSpace')) or {}).get(value)
        if named is not None and value[:7] != '/Device':
            return space(named, resources, where)
        value = {'/G': '/DeviceGray', '/CMYK': '/DeviceCMYK', '/RGB': '/DeviceRGB'}.get(value, value)
        if value == '/DeviceGray' or (value == '/DeviceCMYK' and inks != 'GRAY'):
            return 1 if value == '/DeviceGray' else 4
        if value == '/Pattern':
            return 0
        found.add(f'colour: {value[1:]}', where)
        return 3
    kind = value[0] if value else '/nothing'
    if kind == '/Separation':
        space(value[2], resources, where)
        return 1
    if kind == '/DeviceN':
        space(value[2], resources, where)
        return len(pdf.list(value[1]))
    if kind in ('/Indexed', '/Pattern') and len(value) > 1:
        space(value[1], resources, where)
        return 1
    found.add(f'colour: {kind[1:]}', where)
    return pdf.get(value[1]).get('/N', 3) if kind == '/ICCBased' else 3


OPERATORS = {'g': '/DeviceGray', 'G': '/DeviceGray', 'k': '/DeviceCMYK', 'K': '/DeviceCMYK', 'rg': '/DeviceRGB', 'RG': '/DeviceRGB'}
text_inks = {}


def content(data, resources, where):
    stack, ink = [], ('g', (b'0',))
    for operator, operands in operators(data):
        if operator in OPERATORS:
            space(OPERATORS[operator], {}, where)
        elif operator in ('cs', 'CS'):
            space(operands[-1].decode('latin-1'), resources, where)
        elif operator == 'BI':
            found.add('content: an inline image', where)
        elif operator == 'ri' and operands[-1] not in (b'/RelativeColorimetric', b'/AbsoluteColorimetric', b'/Perceptual', b'/Saturation'):
            found.add('content: an unknown rendering intent', where)
        if operator == 'q':
            stack.append(ink)
        elif operator == 'Q':
            ink = stack.pop() if stack else ink
        elif operator in ('g', 'rg', 'k', 'sc', 'scn'):
            ink = (operator, tuple(operands))
        elif operator in ('Tj', 'TJ', "'", '"'):
            text_inks.setdefault(ink, where)


def picture(value, reference, resources, where):
    if value.get('/ImageMask'):
        return
    components = space(value.get('/ColorSpace', '/nothing'), resources, where)
    if pdf.list(value.get('/Filter')) == ['/DCTDecode']:
        stored = jpeg_components(pdf.data(reference))
        if stored != components:
            found.add('picture: the JPEG has other components than its colour space', f'{where}: {stored}')
    if '/Alternates' in value or '/OPI' in value:
        found.add('picture: stands for another one', where)
    if value.get('/Interpolate'):
        found.add('picture: /Interpolate', where)
    if '/SMask' in value and space(pdf.get(value['/SMask']).get('/ColorSpace'), {}, where) != 1:
        found.add('picture: a mask that is not grey', where)


def jpeg_components(data):
    at = 2
    while at + 4 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack('>H', data[at + 2:at + 4])[0]
        if marker in (0xC0, 0xC1, 0xC2):
            return data[at + 9]
        at += 2 + length
    return 0


seen = set()


def things(resources, where):
    """All that content may use; each thing is looked at once."""
    resources = pdf.get(resources) or {}
    for name, value in (pdf.get(resources.get('/ColorSpace')) or {}).items():
        space(value, resources, f'{where} {name}')
    for kind in ('/XObject', '/Pattern', '/Shading', '/ExtGState', '/Font'):
        for name, reference in (pdf.get(resources.get(kind)) or {}).items():
            if isinstance(reference, str) and reference in seen:
                continue
            seen.add(str(reference))
            value, here = pdf.get(reference), f'{where} {name}'
            if kind == '/ExtGState':
                if {'/TR', '/HTP'} & value.keys() or value.get('/TR2', '/Default') != '/Default':
                    found.add('graphics state: a transfer function or halftone', here)
                if isinstance(pdf.get(value.get('/SMask')), dict):
                    things(pdf.get(pdf.get(value['/SMask']).get('/G', {})).get('/Resources'), here)
            elif kind == '/Font':
                if value.get('/Subtype') == '/Type3':
                    found.add('font: made of drawings', here)
            elif kind == '/Shading' or value.get('/PatternType') == 2:
                shading = pdf.get(value['/Shading']) if '/Shading' in value else value
                space(shading.get('/ColorSpace'), resources, here)
            elif value.get('/Subtype') == '/Image':
                picture(value, reference, resources, here)
            elif value.get('/Subtype') == '/PS':
                found.add('content: PostScript', here)
            else:
                group(value, here)
                content(pdf.data(reference), pdf.get(value.get('/Resources')) or {}, here)
                things(value.get('/Resources'), here)


def group(value, where):
    of = pdf.get(value.get('/Group')) or {}
    if of.get('/S') == '/Transparency' and '/CS' in of:
        space(of['/CS'], {}, f'{where} group')


# ---- pages ----


def inherited(page, name):
    while name not in page and '/Parent' in page:
        page = pdf.get(page['/Parent'])
    return page.get(name)


def box(page, name):
    values = inherited(page, name)
    return [float(v) for v in pdf.list(values)] if values is not None else None


def inside(inner, outer):
    return inner[0] >= outer[0] - .001 and inner[1] >= outer[1] - .001 and inner[2] <= outer[2] + .001 and inner[3] <= outer[3] + .001


sizes = set()
for number, (reference, page) in enumerate(pdf.pages, 1):
    where = f'page {number}'
    media, crop, bleed, trim = (box(page, name) for name in ('/MediaBox', '/CropBox', '/BleedBox', '/TrimBox'))
    if not media or not trim:
        found.add('page: no /MediaBox or /TrimBox', where)
        continue
    if '/ArtBox' in page:
        found.add('page: /ArtBox beside /TrimBox', where)
    bleed = bleed or media
    if not inside(trim, bleed) or not inside(bleed, media) or (crop and not inside(bleed, crop)):
        found.add('page: the boxes do not lie inside each other', where)
    sizes.add((round(trim[2] - trim[0], 2), round(trim[3] - trim[1], 2)))
    if pdf.list(page.get('/Annots')):
        found.add('page: annotations', where)
    for key in ('/AA', '/PresSteps', '/StructParents', '/Trans'):
        if key in page:
            found.add(f'page: {key}', where)
    resources = pdf.get(inherited(page, '/Resources')) or {}
    group(page, where)
    content(pdf.content(page), resources, where)
    things(resources, where)
if len(sizes) > 1:
    found.add('pages: several trim sizes', sizes)
for (operator, values), where in text_inks.items():
    if operator == 'k' and values[:3] != (b'0',) * 3 and float(values[3]) > .5:
        found.add('text: black mixed from several inks', where)

# ---- every object ----

def dictionaries():
    """Every dictionary, also those inside others, with the name of the object and whether it is a stream's."""
    for name, entry in pdf.objects.items():
        stack = [entry['stream']['dict'] if 'stream' in entry else entry.get('value')]
        top = stack[0]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                yield name, value, 'stream' in entry and value is top
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)


for name, value, is_stream in dictionaries():
    if value.get('/Type') == '/FontDescriptor' and not {'/FontFile', '/FontFile2', '/FontFile3'} & value.keys():
        found.add('font: not embedded', name)
    if value.get('/Type') == '/Font' and value.get('/Subtype') in ('/Type1', '/TrueType', '/CIDFontType0', '/CIDFontType2') and '/FontDescriptor' not in value:
        found.add('font: not embedded', name)
    if value.get('/Type') == '/Action' or value.get('/S') in ('/URI', '/JavaScript', '/Launch', '/GoTo', '/GoToR', '/Named'):
        found.add('object: an action', name)
    if value.get('/Type') == '/EmbeddedFile':
        found.add('object: an embedded file', name)
    if '/LZWDecode' in pdf.list(value.get('/Filter')):
        found.add('stream: LZW', name)
    if is_stream and '/F' in value:
        found.add('stream: stands in another file', name)
found.finish(sys.argv[1], f'PDF/X-4 for {inks}; {len(pdf.pages)} pages, {len(text_inks)} inks of text, nothing to say')
