#!/usr/bin/env python3
"""reading.py FILE.epub - what epubcheck does not ask, and readers need: headings to go by, notes that pop up and lead back, pages that are listed, a
contents of two levels for old readers, metadata that say what is in the file, colours that can be read by day and by night, code that wraps.
Exit status 1: findings.
"""
import re
import sys
import zipfile
from xml.etree import ElementTree

path, found = sys.argv[1], []
book = zipfile.ZipFile(path)
EPUB, XML = '{http://www.idpf.org/2007/ops}', '{http://www.w3.org/XML/1998/namespace}'


def tree(name):
    return ElementTree.fromstring(book.read('OEBPS/' + name))


def local(element):
    return element.tag.rsplit('}', 1)[-1]


def say(where, what):
    found.append(f'{where}: {what}')


package, nav, ncx, sheet = tree('package.opf'), tree('nav.xhtml'), tree('toc.ncx'), book.read('OEBPS/style.css').decode()
manifest = {item.get('id'): item for item in package.iterfind('.//{*}manifest/{*}item')}
spine = [manifest[ref.get('idref')].get('href') for ref in package.iterfind('.//{*}spine/{*}itemref')]
language = package.findtext('.//{http://purl.org/dc/elements/1.1/}language')
images, breaks, apart, icons = [], [], {'nav.xhtml'}, 0

# ---- chapters ----
for name in spine:
    document = tree(name)
    body = document.find('{*}body')
    parents = {child: parent for parent in document.iter() for child in parent}
    if not document.get('lang') or document.get('lang') != document.get(XML + 'lang'):
        say(name, 'no language, or two')
    right_to_left = re.match(r'(ar|he|iw|fa|ur|yi|ps|sd|ug|dv)\b', document.get('lang') or '')
    if bool(right_to_left) != (document.get('dir') == 'rtl'):
        say(name, 'its direction is not that of its language')
    kinds = [element.get(EPUB + 'type') or '' for element in body.iter()]
    if {'cover', 'titlepage', 'copyright-page'} & set(kinds):
        apart.add(name)
    headings = [int(local(element)[1]) for element in body.iter() if re.fullmatch('h[1-6]', local(element))]
    if not headings and not {'cover', 'copyright-page'} & set(kinds):
        say(name, 'no heading')
    if any(after > before + 1 for before, after in zip(headings, headings[1:])):
        say(name, f'a level of headings is left out: {headings}')
    for element in body.iter():
        kind, role = element.get(EPUB + 'type') or '', element.get('role') or ''
        if element.get('style'):
            say(name, 'a style attribute (Kindle refuses the file)')
        if kind == 'noteref':
            if len(element) or not re.fullmatch(r'\d+', element.text or '') or local(element) != 'a':
                say(name, 'a reference to a note holds more than its number (Apple shows no pop-up then)')
            target = document.find(f'.//*[@id="{(element.get("href") or "")[1:]}"]')
            if target is None or target.get(EPUB + 'type') != 'footnote' or local(target) != 'aside':
                say(name, f'{element.get("href")} is no note in the same file')
        if kind == 'footnote':
            links = [link for link in element.iter() if link.get('role') == 'doc-backlink']
            text = ''.join(element.itertext()).strip()
            if len(links) != 1 or not links[0].get('aria-label') or not text.startswith(''.join(links[0].itertext()).strip() or '?'):
                say(name, f'note {element.get("id")}: the way back is not first, or has no name')
            elif document.find(f'.//*[@id="{links[0].get("href")[1:]}"]') is None:
                say(name, f'note {element.get("id")}: its way back leads nowhere')
        if kind == 'pagebreak':
            breaks.append(f'{name}#{element.get("id")}')
            if role != 'doc-pagebreak' or not element.get('aria-label'):
                say(name, 'a page break has no name')
        if local(element) == 'img' and name != 'cover.xhtml':
            images.append(element.get('alt'))
            if element.get('alt') == '' and role != 'presentation':
                images[-1] = None
        if local(element) == 'svg' and 'icon' in (element.get('class') or ''):
            icons += 1
            paint = {value for part in element.iter() for key in ('fill', 'stroke') for value in [part.get(key)] if value}
            if element.get('aria-hidden') != 'true' or not paint <= {'none', 'currentColor'}:
                say(name, 'a sign is read aloud, or has a colour of its own')
            if 'svg' not in (next(item for item in manifest.values() if item.get('href') == name).get('properties') or ''):
                say(name, 'holds SVG, which the manifest does not say')
        if 'alert' in (element.get('class') or '').split() and (role != 'note' or not any('icon' in (e.get('class') or '') for e in element.iter())):
            say(name, 'an alert without role or sign')
        if local(element) == 'pre':
            for line in element.iter():
                if 'line' in (line.get('class') or '').split() and local(line) != 'span':
                    say(name, 'a line of code is no span')
            if not any('line' in (line.get('class') or '').split() for line in element.iter()) and ''.join(element.itertext()).strip():
                say(name, 'code whose lines do not hang')
        if local(element) == 'th' and not element.get('scope'):
            say(name, 'the head of a row or column does not say of which')
        if local(element) == 'a' and element.get('href') and not (''.join(element.itertext()).strip() or element.get('aria-label') or element.find('.//{*}img') is not None):
            say(name, f'a link without words: {element.get("href")}')
        if local(element) in ('section',) and parents.get(element) is body and 'titlepage' in kind and headings[:1] != [1]:
            say(name, 'the title is no heading')

# ---- navigation ----
lists = {element.get(EPUB + 'type'): element for element in nav.iter() if local(element) == 'nav'}
listed = [link.get('href') for link in lists['page-list'].iter() if local(link) == 'a'] if 'page-list' in lists else []
if listed != breaks:
    say('nav.xhtml', f'{len(listed)} pages are listed, {len(breaks)} are marked, or not in this order')
for kind in ('landmarks', 'page-list'):
    if kind in lists and not (lists[kind].get('aria-label') or lists[kind].get('aria-labelledby')):
        say('nav.xhtml', f'{kind} has no name')
contents = [link.get('href') for link in lists['toc'].iter() if local(link) == 'a']
for name in spine:
    if name not in apart and not any(href.split('#')[0] == name for href in contents):
        say('nav.xhtml', f'{name} is not in the contents')
for span in (e for e in lists['toc'].iter() if local(e) == 'span'):
    item = next(parent for parent in lists['toc'].iter() if span in list(parent))
    if item.find('{*}ol') is None:
        say('nav.xhtml', 'an entry without a link holds nothing')
if 'landmarks' not in lists or not {'toc', 'bodymatter'} <= {link.get(EPUB + 'type') for link in lists['landmarks'].iter()}:
    say('nav.xhtml', 'landmarks for contents and text are not there')
if ncx.findall('.//{*}navPoint/{*}navPoint/{*}navPoint'):
    say('toc.ncx', 'deeper than two levels (Kindle)')
if not any('cover-image' in (item.get('properties') or '') for item in manifest.values()):
    say('package.opf', 'no cover')

# ---- what the package says of itself ----
said = {}
for meta in package.iterfind('.//{*}metadata/{*}meta'):
    said.setdefault(meta.get('property') or '', []).append((meta.text or '').strip())
features, modes, sufficient = (said.get('schema:' + name, []) for name in ('accessibilityFeature', 'accessMode', 'accessModeSufficient'))
FEATURES = {'tableOfContents', 'readingOrder', 'structuralNavigation', 'displayTransformability', 'alternativeText', 'index', 'pageNavigation', 'pageBreakMarkers',
            'longDescription', 'MathML', 'describedMath'}
if set(features) - FEATURES or len(set(features)) != len(features):
    say('package.opf', f'features that schema.org does not name, or twice: {features}')
described = all(alt is not None for alt in images)
has_index = any((e.get(EPUB + 'type') or '') == 'index' for name in spine for e in tree(name).iter())
for condition, list_, word in ((True, features, 'tableOfContents'), (True, features, 'structuralNavigation'), (True, features, 'displayTransformability'),
                               (bool([alt for alt in images if alt]) and described, features, 'alternativeText'), (bool(breaks), features, 'pageNavigation'),
                               (bool(breaks), features, 'pageBreakMarkers'), (has_index, features, 'index'), (bool(images), modes, 'visual'),
                               (True, modes, 'textual'), (described, sufficient, 'textual')):
    if (word in list_) != condition:
        say('package.opf', f'{word} is {"not " if condition else ""}said')
if said.get('schema:accessibilityHazard') != ['none'] or not said.get('schema:accessibilitySummary'):
    say('package.opf', 'no hazard or summary')
if said.get('dcterms:conformsTo') and (not described or not said.get('a11y:certifiedBy')):
    say('package.opf', 'says that it conforms, and does not, or nobody said so')
if breaks and not said.get('pageBreakSource'):
    say('package.opf', 'does not say whose pages are listed')


# ---- colours ----
def parse_rules(text, dark=False):
    """(selector, declarations, in the dark) of a sheet without deeper nesting than one @media."""
    for match in re.finditer(r'([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}', re.sub(r'/\*.*?\*/', '', text, flags=re.S)):
        head, inside = match.group(1).strip().split(';')[-1].strip(), match.group(2)
        if head.startswith('@media'):
            yield from parse_rules(inside, 'dark' in head)
        elif not head.startswith('@'):
            declarations = dict((part.split(':', 1)[0].strip(), part.split(':', 1)[1].strip()) for part in inside.split(';') if ':' in part)
            for selector in head.split(','):
                yield selector.strip(), declarations, dark


def light(color):
    color = color.lstrip('#')
    color = ''.join(c * 2 for c in color) if len(color) == 3 else color
    values = [int(color[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    values = [v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4 for v in values]
    return .2126 * values[0] + .7152 * values[1] + .0722 * values[2]


def ratio(a, b):
    a, b = sorted((light(a), light(b)), reverse=True)
    return (a + .05) / (b + .05)


HEX = re.compile(r'#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})$')
colors, grounds = [], {False: {}, True: {}}
for selector, declarations, dark in parse_rules(sheet):
    ground = declarations.get('background-color') or declarations.get('background') or ''
    if HEX.match(ground):
        grounds[dark][selector] = ground
    if HEX.match(declarations.get('color', '')):
        colors.append((selector, declarations['color'], dark))
for selector, color, dark in colors:
    classes = selector.split(' ')[0].split('>')[0].strip()
    on = grounds[dark].get(selector) or grounds[dark].get(classes) or (grounds[dark].get('pre') if '.hljs-' in selector else None)
    if not on and not dark and ratio(color, '#1B1A18') < 4.5 and selector not in {other for other, _, night in colors if night}:
        say('style.css', f'{selector} is {color} by night, too: it vanishes')
    for ground in [on] if on else ['#1B1A18', '#000000'] if dark else ['#FFFFFF', '#FBF0D9']:
        if ratio(color, ground) < 4.5:
            say('style.css', f'{selector} is {color} on {ground}{" at night" if dark else ""}: {ratio(color, ground):.2f} to 1')
by_day, by_night = ({selector for selector, _, dark in colors if dark == night} for night in (False, True))
for selector in sorted(by_day - by_night):
    if not any(selector in known for known in (grounds[False],)) and '.hljs-' in selector:
        say('style.css', f'{selector} has a colour by day only')
rules = {}
for selector, declarations, dark in parse_rules(sheet):
    if not dark:
        rules.setdefault(selector, {}).update(declarations)
if rules.get('pre', {}).get('white-space') != 'pre-wrap' or rules.get('pre', {}).get('overflow-wrap') != 'anywhere' or 'padding-left' not in rules.get('pre .line', {}):
    say('style.css', 'code would be cut off: its lines do not wrap, or do not hang')
if any(key in rules.get(part, {}) for part in ('body', 'html', 'p') for key in ('font-family', 'color', 'background-color', 'font-size', 'line-height')):
    say('style.css', 'the text has a face, size or colour that its reader did not choose')

for finding in found[:40]:
    print(f'{path}: {finding}')
if not found:
    print(f'{path}: {len(spine)} files, {len(images)} pictures, {len(breaks)} pages, {icons} signs, {len(colors)} colours, nothing to say')
sys.exit(1 if found else 0)
