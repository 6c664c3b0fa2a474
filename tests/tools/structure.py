#!/usr/bin/env python3
"""structure.py FILE.pdf - does the tag tree agree with the pages? ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.

Everything painted is marked; each marked content id belongs to one element, and the parent tree says the same; each
annotation too. Elements stand where their kind may, and say what a screen reader must know. Exit status 1: findings.
"""
import sys

from pdf import PDF, Findings, operators

CONTAINERS = {'Document', 'Part', 'Sect', 'Div', 'BlockQuote', 'Caption', 'Index', 'Note', 'TOC', 'TOCI', 'L', 'LI', 'LBody', 'Table',
              'THead', 'TBody', 'TFoot', 'TR', 'TH', 'TD', 'Figure', 'Aside', 'NonStruct'}
KINDS = CONTAINERS | {'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P', 'Lbl', 'Code', 'Link', 'Reference', 'Span', 'Quote', 'Formula', 'Annot'}
CHILDREN = {'L': {'LI', 'L', 'Caption'}, 'LI': {'Lbl', 'LBody'}, 'Table': {'TR', 'THead', 'TBody', 'TFoot', 'Caption'}, 'THead': {'TR'},
            'TBody': {'TR'}, 'TFoot': {'TR'}, 'TR': {'TH', 'TD'}, 'TOC': {'TOCI', 'TOC', 'Caption'}}
PARENTS = {'LI': {'L'}, 'LBody': {'LI'}, 'TR': {'Table', 'THead', 'TBody', 'TFoot'}, 'TH': {'TR'}, 'TD': {'TR'}, 'TOCI': {'TOC'},
           'THead': {'Table'}, 'TBody': {'Table'}, 'TFoot': {'Table'}}
PAINTING = {'Tj', 'TJ', "'", '"', 'S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'Do', 'sh', 'EI'}

pdf, found = PDF(sys.argv[1]), Findings()
catalog, root = pdf.catalog, pdf.get(pdf.catalog.get('/StructTreeRoot'))
if not root:
    sys.exit(f'{sys.argv[1]}: no /StructTreeRoot')
if not (pdf.get(catalog.get('/MarkInfo')) or {}).get('/Marked'):
    found.add('catalog: not /Marked')
if not pdf.text(catalog.get('/Lang')):
    found.add('catalog: no /Lang')
if not (pdf.get(catalog.get('/ViewerPreferences')) or {}).get('/DisplayDocTitle'):
    found.add('catalog: the title is not shown')
claims = b'pdfuaid' in (pdf.data(catalog['/Metadata']) if '/Metadata' in catalog else b'') # a book with mistakes does not

# The parent tree, flat.
parent_tree, stack = {}, [root.get('/ParentTree')]
while stack:
    node = pdf.get(stack.pop()) or {}
    stack.extend(pdf.list(node.get('/Kids')))
    numbers = pdf.list(node.get('/Nums'))
    parent_tree.update(zip(numbers[::2], numbers[1::2]))

# The elements, in logical order.
owner_of_content, owner_of_object = {}, {}
note_ids, head_ids, tables, level, elements = set(), set(), [], 0, 0
roles = pdf.get(root.get('/RoleMap')) or {}
stack = [(kid, pdf.catalog['/StructTreeRoot'], '', None) for kid in reversed(pdf.list(root.get('/K')))]


def attributes(element):
    merged = {}
    for part in pdf.list(element.get('/A')):
        part = pdf.get(part)
        merged.update(part if isinstance(part, dict) else {})
    return merged


while stack:
    reference, parent, parent_kind, page = stack.pop()
    element = pdf.get(reference)
    elements += 1
    kind = element.get('/S', '/?')
    kind = roles.get(kind, kind)[1:]
    page = element.get('/Pg', page)
    if element.get('/P') != parent:
        found.add('element: /P is not its parent', reference)
    if kind not in KINDS:
        found.add(f'element: {kind} is no standard structure type', reference)
    if parent_kind in CHILDREN and kind not in CHILDREN[parent_kind]:
        found.add(f'element: {kind} inside {parent_kind}', reference)
    if kind in PARENTS and parent_kind not in PARENTS[kind]:
        found.add(f'element: {kind} inside {parent_kind}', reference)
    if kind in ('Figure', 'Formula') and not pdf.text(element.get('/Alt')) and not pdf.text(element.get('/ActualText')):
        found.add(f'{kind}: neither /Alt nor /ActualText', reference)
    if kind == 'TH' and '/Scope' not in attributes(element):
        found.add('TH: no /Scope', reference)
    if kind == 'TH' and '/ID' in element:
        head_ids.add(pdf.text(element['/ID']))
    if kind == 'Table':
        tables.append((reference, element))
    if kind == 'Note':
        note = pdf.text(element.get('/ID'))
        if not note or note in note_ids:
            found.add('Note: no /ID, or one used before', reference)
        note_ids.add(note)
    if kind[:1] == 'H' and kind[1:].isdigit():
        if int(kind[1:]) > level + 1:
            found.add(f'headings: H{level} is followed by {kind}', reference)
        level = int(kind[1:])
    kids, objects = pdf.list(element.get('/K')), 0
    for kid in reversed(kids):
        value = pdf.get(kid)
        if isinstance(value, int):
            value = {'/Type': '/MCR', '/MCID': value}
        if value.get('/Type') == '/MCR':
            key = (value.get('/Pg', page), value['/MCID'])
            if key in owner_of_content:
                found.add('content: belongs to two elements', key)
            owner_of_content[key] = reference
        elif value.get('/Type') == '/OBJR':
            owner_of_object[value['/Obj']] = reference
            objects += 1
        else:
            stack.append((kid, reference, kind, page))
    if kind == 'Link' and not objects:
        found.add('Link: without its annotation', reference)

# Tables: each slot belongs to one cell (14.8.5.7), and heads that cells name are heads.


def children(element, kinds):
    for kid in pdf.list(element.get('/K')):
        value = pdf.get(kid)
        if isinstance(value, dict) and roles.get(value.get('/S'), value.get('/S', ''))[1:] in kinds:
            yield value


for reference, table in tables:
    rows = [row for part in children(table, {'THead', 'TBody', 'TFoot', 'TR'}) for row in ([part] if part['/S'] == '/TR' else children(part, {'TR'}))]
    parts = [part['/S'] for part in children(table, KINDS)]
    if '/Caption' in parts[1:-1]:
        found.add('Table: the caption stands inside', reference)
    if sorted(parts, key=['/Caption', '/THead', '/TR', '/TBody', '/TFoot'].index) != parts and parts[-1:] != ['/Caption']:
        found.add('Table: head, body and foot in another order', reference)
    taken, width = {}, None
    for number, row in enumerate(rows):
        column = 0
        for cell in children(row, {'TH', 'TD'}):
            given = attributes(cell)
            while (number, column) in taken:
                column += 1
            for r in range(number, number + int(given.get('/RowSpan', 1))):
                for c in range(column, column + int(given.get('/ColSpan', 1))):
                    if (r, c) in taken:
                        found.add('Table: two cells overlap', reference)
                    taken[r, c] = True
            for head in pdf.list(given.get('/Headers')):
                if pdf.text(head) not in head_ids:
                    found.add('Table: a cell names a head that is none', reference)
        columns = [c for r, c in taken if r == number]
        if width is not None and (len(columns) != width or max(columns, default=-1) + 1 != width):
            found.add('Table: rows of different lengths', reference)
        width = len(columns) if width is None else width
    if any(r >= len(rows) for r, c in taken):
        found.add('Table: a cell reaches below the last row', reference)

# The pages.
marked = annotations = 0
for number, (reference, page) in enumerate(pdf.pages, 1):
    ids, open_marks = [], []
    for operator, operands in operators(pdf.content(page)):
        if operator in ('BDC', 'BMC'):
            mcid = int(operands[operands.index(b'/MCID') + 1]) if b'/MCID' in operands else None
            open_marks.append(mcid if mcid is not None else operands[0])
            if mcid is not None:
                ids.append(mcid)
                if len([m for m in open_marks if m == b'/Artifact']) or len([m for m in open_marks if isinstance(m, int)]) > 1:
                    found.add('page: tagged content inside other marked content', f'page {number}')
        elif operator == 'EMC':
            if not open_marks:
                found.add('page: EMC without its beginning', f'page {number}')
            else:
                open_marks.pop()
        elif operator in PAINTING and not any(isinstance(m, int) or m == b'/Artifact' for m in open_marks):
            found.add(f'page: {operator} paints outside marked content', f'page {number}')
    if open_marks:
        found.add('page: marked content is not closed', f'page {number}')
    if sorted(ids) != list(range(len(ids))):
        found.add('page: content ids do not run from 0 without a gap', f'page {number}')
    marked += len(ids)
    parents = pdf.list(parent_tree.get(page.get('/StructParents'))) if '/StructParents' in page else []
    for mcid in ids:
        owner = owner_of_content.pop((reference, mcid), None)
        if owner is None:
            found.add('content: belongs to no element', f'page {number}, id {mcid}')
        elif mcid >= len(parents) or parents[mcid] != owner:
            found.add('content: the parent tree names another element', f'page {number}, id {mcid}')
    if '/Annots' in page and page.get('/Tabs') != '/S':
        found.add('page: /Tabs is not /S', f'page {number}')
    for annotation in pdf.list(page.get('/Annots')):
        annotations += 1
        value = pdf.get(annotation)
        owner = owner_of_object.pop(annotation, None)
        if owner is None or parent_tree.get(value.get('/StructParent')) != owner:
            found.add('annotation: the trees do not agree about it', f'page {number}')
        if value.get('/Subtype') == '/Link' and not pdf.text(value.get('/Contents')):
            found.add('annotation: a link without /Contents', f'page {number}')
        if not int(value.get('/F', 0)) & 4 or int(value.get('/F', 0)) & 2:
            found.add('annotation: hidden, or not printed', f'page {number}')
for key in owner_of_content:
    found.add('content: an element names what is on no page', key)
for key in owner_of_object:
    found.add('annotation: an element names one that is on no page', key)
found.finish(sys.argv[1], f'{"PDF/UA; " if claims else "no claim of PDF/UA; "}{elements} elements, {marked} pieces of content, {annotations} annotations on {len(pdf.pages)} pages agree')
