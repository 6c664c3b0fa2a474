#!/usr/bin/env python3
"""printed.py FILE.pdf - is it fit for a printer? What ISO 15930-7 (PDF/X-4) asks, as far as it can be seen from outside.

Boxes on every page, nothing interactive, one output intent, fonts embedded, black text in black ink alone. Exit status 1:
findings.
"""
import sys

from pdf import PDF, Findings, operators

pdf, found = PDF(sys.argv[1]), Findings()
catalog, info = pdf.catalog, pdf.get(pdf.trailer.get('/Info')) or {}
xmp = pdf.data(catalog['/Metadata']).decode() if '/Metadata' in catalog else ''

if float(pdf.version) > 1.6:
    found.add('header: later than PDF 1.6', pdf.version)
if '/Encrypt' in pdf.trailer:
    found.add('trailer: encrypted')
if len(pdf.list(pdf.trailer.get('/ID'))) != 2:
    found.add('trailer: no /ID')
claims = 'PDF/X-4' in xmp # only a book that names its printing condition may say so
needed = ('dc:title', 'pdf:Trapped') + (('xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate', 'xmpMM:DocumentID') if claims else ())
for name in needed:
    if name not in xmp:
        found.add(f'metadata: no {name}')
if info.get('/Trapped') not in ('/True', '/False'):
    found.add('info: no /Trapped')
for key in ('/Outlines', '/AcroForm', '/OpenAction', '/AA', '/StructTreeRoot', '/MarkInfo'):
    if key in catalog:
        found.add(f'catalog: {key}')

intents = [intent for intent in map(pdf.get, pdf.list(catalog.get('/OutputIntents'))) if intent.get('/S') == '/GTS_PDFX']
if len(intents) != claims:
    found.add('catalog: the output intents do not fit the claim', len(intents))
elif claims and not pdf.text(intents[0].get('/OutputConditionIdentifier')):
    found.add('output intent: no condition')


def box(page, name):
    values = page.get(name)
    while values is None and '/Parent' in page:
        page = pdf.get(page['/Parent'])
        values = page.get(name)
    return [float(v) for v in pdf.list(values)] if values is not None else None


def inside(inner, outer):
    return inner[0] >= outer[0] - .001 and inner[1] >= outer[1] - .001 and inner[2] <= outer[2] + .001 and inner[3] <= outer[3] + .001


sizes, inks = set(), {}
for number, (reference, page) in enumerate(pdf.pages, 1):
    where = f'page {number}'
    media, bleed, trim = box(page, '/MediaBox'), box(page, '/BleedBox'), box(page, '/TrimBox')
    if not media or not trim:
        found.add('page: no /MediaBox or /TrimBox', where)
        continue
    if '/ArtBox' in page:
        found.add('page: /ArtBox beside /TrimBox', where)
    bleed = bleed or media
    if not inside(trim, bleed) or not inside(bleed, media):
        found.add('page: the boxes do not lie inside each other', where)
    sizes.add((round(trim[2] - trim[0], 2), round(trim[3] - trim[1], 2)))
    if pdf.list(page.get('/Annots')):
        found.add('page: annotations', where)
    stack, ink = [], ('g', (b'0',))
    for operator, operands in operators(pdf.content(page)):
        if operator == 'q':
            stack.append(ink)
        elif operator == 'Q':
            ink = stack.pop() if stack else ink
        elif operator in ('g', 'rg', 'k', 'sc', 'scn'):
            ink = (operator, tuple(operands))
        elif operator in ('Tj', 'TJ', "'", '"'):
            inks[ink] = inks.get(ink, 0) + 1
if len(sizes) > 1:
    found.add('pages: several trim sizes', sizes)
for (operator, values), count in inks.items():
    if operator == 'rg' and len({*values}) > 1:
        found.add('text: coloured with RGB', values)
    if operator == 'rg' and len({*values}) == 1:
        found.add('text: black or grey set with three colours', values)
    if operator == 'k' and values[:3] != (b'0',) * 3 and float(values[3]) > .5:
        found.add('text: black mixed from several inks', values)

for name, entry in pdf.objects.items():
    value = entry.get('stream', {}).get('dict') if 'stream' in entry else entry.get('value')
    if not isinstance(value, dict):
        continue
    if value.get('/Type') == '/FontDescriptor' and not {'/FontFile', '/FontFile2', '/FontFile3'} & value.keys():
        found.add('font: not embedded', name)
    if value.get('/Type') == '/Action' or value.get('/S') in ('/URI', '/JavaScript', '/Launch', '/GoToR'):
        found.add('object: an action', name)
    if value.get('/Filter') == '/LZWDecode':
        found.add('stream: LZW', name)
found.finish(sys.argv[1], f'{"PDF/X-4" if claims else "no claim of PDF/X"}; {len(pdf.pages)} pages, {len(inks)} inks, nothing to say')
