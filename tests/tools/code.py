#!/usr/bin/env python3
"""code.py SOURCE DOCUMENT PAGES DIAGNOSTICS FILE.pdf FILE.epub - is the code that readers get the code that the author wrote?

DOCUMENT and PAGES are the outputs of `incipit dump --as document` and `--as pages`, DIAGNOSTICS what the build said in the format gcc.
  1. The fences of the chapters, read here without incipit (includes, hidden lines and all), are the listings of the document.
  2. The text of each listing in the PDF, from its marked content, and in the EPUB, is the document's to the byte: indents and blank lines
     included, without line numbers, marks of continuation or hyphens. The PDF has blanks instead of tabs, and none of: blanks at the ends of
     lines, blank lines before the first line and behind the last, characters that have no shape (soft hyphens, joiners).
  3. No code ends beyond the text block, and each line that was turned over has a note that names its place, and no other line has.
Exit status 1: findings.
"""
import collections
import pathlib
import posixpath
import re
import sys
import unicodedata
import zipfile
from xml.etree import ElementTree

from fences import fences_of
from pdf import PDF, Findings, operators
from spoken import cmap, string, text_string

TAB, ARROW = 4, '↪'
UNSEEN = re.compile('[\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]')


# ---- what incipit says that it read ----

CONSOLE = {'console', 'shell', 'sh-session', 'shell-session', 'shellsession', 'bash-session', 'terminal', 'cmd', 'pycon', 'text', 'txt', 'plain',
           'plaintext', 'output'} # what a machine says may be turned over without a note
MESSAGE = re.compile(r'(error[\[:]|warning: ).*\n *--> ') # so may a compiler's message that has no language
Listing = collections.namedtuple('Listing', 'text place fenced console')


def unquoted(quoted):
    return re.sub(r'\\(x[0-9a-f]{2}|.)', lambda m: {'n': '\n', 't': '\t'}.get(m[1]) or (chr(int(m[1][1:], 16)) if len(m[1]) == 3 else m[1]), quoted)


def read_document(path):
    """The listings and the code spans of the dump: outside of notes, inside of notes; and the paths of the chapters."""
    listings, spans, chapters, note = ([], []), set(), [], None
    for line in pathlib.Path(path).read_text().split('\n'):
        depth = len(line) - len(line.lstrip(' '))
        note = None if note is not None and depth <= note else note
        kind = line.split(' ', depth + 1)[depth] if line else ''
        if kind == 'note' and note is None:
            note = depth
        elif kind == 'chapter':
            found = re.search(r' path="((?:[^"\\]|\\.)*)"', line)
            if found:
                chapters.append(unquoted(found[1]))
        elif kind in ('code', 'code-span') and not re.match(r' *\S+ raw ', line):
            strings = re.sub(r' [a-z-]+="(?:[^"\\]|\\.)*"', '', line)
            text = unquoted(re.search(r'"((?:[^"\\]|\\.)*)"', strings)[1])
            if kind == 'code-span':
                spans.add(squeezed(text))
            else:
                language = re.search(r' language="([^"]*)"', line)
                place = re.search(r' @(\S+):\d+$', line)
                listings[note is not None].append(Listing(text, place[1] if place else '?', ' fenced' in strings.split('"')[0], bool(language[1] in CONSOLE if language and language[1] else MESSAGE.match(text))))
    return listings, spans, chapters


def squeezed(text):
    return re.sub(r'[\s\u00AD\u200B\u2060]+', '', unicodedata.normalize('NFC', text))


# ---- what the files say ----

class Piece:
    """The text of one marked content id, a string a line; `turned`: its first line goes on with the line before."""
    def __init__(self):
        self.lines, self.first, self.at, self.turned = [], None, None, False

    def add(self, text, at):
        if at != self.at:
            self.lines.append('')
            self.first = at if self.first is None else self.first
        self.lines[-1] += text
        self.at = at


def arrows_of(pages):
    """Where the pages have marks of continuation, by page: left of which point of which baseline a line goes on."""
    found = []
    for line in open(pages, encoding='utf-8'):
        if line.startswith('page '):
            found.append([])
        elif f' "{ARROW}" shapes ' in line and line.endswith(' artifact\n'):
            found[-1].append(tuple(float(value) for value in line.split()[1:3]))
        elif line.startswith('tags'):
            break
    return found


def page_pieces(pdf, page, cmaps, arrows):
    """Each of the marks must have been drawn there, as a path inside of an artifact, before the line that goes on."""
    height = [float(value) for value in pdf.get(page['/MediaBox'])][3]
    resources = pdf.get(page.get('/Resources')) or {}
    fonts, pieces, marks, codes, x, y, upright = pdf.get(resources.get('/Font')) or {}, {}, [], {}, 0, 0, True
    aside = None # the line before which a mark was drawn last, until tagged text follows
    for operator, operands in operators(pdf.content(page)):
        if operator == 'Tf':
            reference = fonts[operands[0].decode()]
            if reference not in cmaps:
                cmaps[reference] = cmap(pdf.data(pdf.get(reference)['/ToUnicode']))
            codes = cmaps[reference]
        elif operator == 'BT':
            x = y = 0
            upright = True
        elif operator == 'Td':
            x, y = x + float(operands[0]), y + float(operands[1])
        elif operator == 'Tm':
            x, y, upright = float(operands[4]), float(operands[5]), float(operands[1]) == 0
        elif operator == 'cm' and marks and marks[-1][0] == 'artifact':
            place = [float(value) for value in operands[4:6]]
            if any(abs(left - place[0]) < .02 and abs(height - top - place[1]) < .02 for left, top in arrows):
                aside = round(place[1], 2)
        elif operator in ('BDC', 'BMC'):
            outer = marks[-1] if marks else (None, None, None)
            mcid = int(operands[operands.index(b'/MCID') + 1]) if b'/MCID' in operands else 'artifact' if operands[0] == b'/Artifact' else outer[0]
            actual = text_string(string(operands[operands.index(b'/ActualText') + 1])) if b'/ActualText' in operands else None
            marks.append((mcid, actual if actual is not None else outer[1], [True] if actual is not None else outer[2]))
        elif operator == 'EMC':
            marks.pop()
        elif operator in ('Tj', 'TJ') and marks and marks[-1][0] is not None:
            mcid, text, fresh = marks[-1]
            if text is None:
                shown = b''.join(string(token) for token in operands if token[:1] in b'(<' and token != b'<<')
                text = ''.join(codes.get(shown[i] << 8 | shown[i + 1], '\ufffd') for i in range(0, len(shown) - 1, 2))
            elif not fresh[0]:
                continue
            else:
                fresh[0] = False
            at = round(y if upright else x, 2)
            if mcid == 'artifact':
                aside = None
                continue
            piece = pieces.setdefault(mcid, Piece())
            piece.turned |= not piece.lines and aside is not None and abs(aside - at) < .02
            piece.add(text, at)
            aside = None
    return pieces


def pdf_codes(path, pages):
    """Text and turned lines of each Code element in logical order: outside of notes, inside of notes."""
    pdf, cmaps, found = PDF(path), {}, ([], [])
    pages = {reference: page_pieces(pdf, page, cmaps, arrows) for (reference, page), arrows in zip(pdf.pages, arrows_of(pages))}
    root = pdf.get(pdf.catalog['/StructTreeRoot'])
    stack = [(kid, None, False, None, False) for kid in reversed(pdf.list(root.get('/K')))]
    while stack:
        kid, page, in_note, code, inner = stack.pop() # inner: a disc, which stands in the line before it, a little higher
        value = pdf.get(kid)
        if isinstance(value, int):
            value = {'/Type': '/MCR', '/MCID': value}
        if value.get('/Type') == '/OBJR':
            continue
        page = value.get('/Pg', page)
        if value.get('/Type') == '/MCR':
            piece = pages.get(page, {}).get(value['/MCID'])
            if code is None or piece is None:
                continue
            lines, turned, where = code
            for i, line in enumerate(piece.lines):
                if lines and not i and (piece.turned or inner or where == (page, piece.first)):
                    lines[-1] += line
                    if piece.turned:
                        turned.add(len(lines) - 1)
                else:
                    lines.append(line)
            if not inner:
                code[2] = (page, piece.at)
            continue
        kind, inner = value.get('/S'), code is not None
        if kind == '/Code':
            code = [[], set(), None]
            found[in_note].append(code)
        if code is not None and pdf.text(value.get('/ActualText')):
            code[0][-1:] = [''.join(code[0][-1:]) + pdf.text(value['/ActualText'])] # a disc, which stands for its comment
            continue
        in_note |= kind == '/Note'
        stack.extend((part, page, in_note, code, inner) for part in reversed(pdf.list(value.get('/K'))))
    return found


def epub_codes(path):
    found = ([], [])
    with zipfile.ZipFile(path) as book:
        container = ElementTree.fromstring(book.read('META-INF/container.xml'))
        package = next(e for e in container.iter() if e.tag.endswith('rootfile')).get('full-path')
        tree = ElementTree.fromstring(book.read(package))
        items = {item.get('id'): item.get('href') for item in tree.iter() if item.tag.endswith('}item')}
        for reference in (e.get('idref') for e in tree.iter() if e.tag.endswith('}itemref')):
            name = posixpath.join(posixpath.dirname(package), items[reference])
            stack = [(ElementTree.fromstring(book.read(name)), False)]
            while stack:
                element, in_note = stack.pop()
                in_note |= element.get('{http://www.idpf.org/2007/ops}type') == 'footnote'
                if element.tag.endswith('}pre'):
                    found[in_note].append(''.join(element.itertext()))
                else:
                    stack.extend((child, in_note) for child in reversed(list(element)))
    return found


# ---- comparing ----

def first_difference(wanted, got):
    wanted, got = wanted.split('\n'), got.split('\n')
    for i, (a, b) in enumerate(zip(wanted + [None] * len(got), got + [None] * len(wanted))):
        if a != b:
            return f'line {i + 1} is {b!r} instead of {a!r}'
    return 'nothing'


def as_painted(text):
    text = '\n'.join(UNSEEN.sub('', line.expandtabs(TAB)).rstrip(' ') for line in text.split('\n'))
    return re.sub(r'\A(?: *\n)+', '', text).rstrip('\n')


def compare(file, found, wanted, got, spans=frozenset()):
    """Each listing in its turn; what stands between them must be a code span. Returns which of `got` are listings."""
    at, matched = 0, []
    for text, place in wanted:
        start = at
        while at < len(got) and got[at] != text and squeezed(got[at]) in spans:
            at += 1
        if at == len(got):
            found.add(f'{file}: a listing is missing', place)
            at = start
            continue
        if got[at] != text:
            found.add(f'{file}: a listing reads otherwise', f'{place}: {first_difference(text, got[at])}')
            at = got.index(text, at) if text in got[at:] else at # one too many
        matched.append(at)
        at += 1
    for text in got[at:]:
        if squeezed(text) not in spans:
            found.add(f'{file}: code that the source does not have', repr(text[:80]))
    return matched


def compare_source(found, source, listings, chapters):
    fenced = collections.Counter(listing.text for listing in listings if listing.fenced)
    places = {text: place for chapter in chapters for text, place in fences_of(pathlib.Path(source), chapter)}
    ours = collections.Counter(text for chapter in chapters for text, _ in fences_of(pathlib.Path(source), chapter))
    for text in fenced - ours:
        found.add('document: a listing that no chapter has', repr(text[:300]))
    for text in ours - fenced:
        found.add('document: a fence is missing or reads otherwise', f'{places[text]}: {text[:300]!r}')
    return sum(fenced.values())


def code_tags(pages):
    """Names of the Code elements in the dump of the pages that something is painted for: outside of notes and inside."""
    names, note, inside, painted = ([], []), None, False, set()
    for line in open(pages, encoding='utf-8'):
        inside |= line.startswith('tags')
        if not inside:
            painted.add(line.rsplit(' ', 1)[-1].strip())
            continue
        depth = len(line) - len(line.lstrip(' '))
        note = None if note is not None and depth <= note else note
        if line.startswith('Note#', depth):
            note = depth
        elif line.startswith('Code#', depth) and line.split()[0] in painted:
            names[note is not None].append(line.split()[0])
    return names


def compare_measure(found, pages, listings):
    """Marks of listings end inside the text block."""
    frame, marks = None, 0
    for line in open(pages, encoding='utf-8'):
        if line.startswith('page '):
            fields = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line).split()
            frame, number = [float(value) for value in fields[fields.index('frame') + 1:][:4]], fields[1]
        elif line.startswith('  text ') and line.rsplit(' ', 1)[1].strip() in listings:
            fields = line.split()
            marks += 1
            if ' turned ' not in line and not frame[0] - .02 <= float(fields[1]) <= float(fields[1]) + float(fields[3]) <= frame[2] + .02:
                found.add('code outside of the measure', f'page {number}: {line.strip()}')
        elif line.startswith('tags'):
            break
    return marks


def compare_notes(found, source, diagnostics, turned):
    """Each line turned over has its note, with the line's place."""
    rest = collections.Counter(line.strip() for line in turned)
    for line in open(diagnostics, encoding='utf-8'):
        note = re.match(r'(.+?):(\d+):\d+: note: line is (\d+) columns wide, (\d+) fit; wrapped.*\[code-wrapped\]$', line)
        if not note:
            continue
        path = next((p for p in (pathlib.Path(note[1]), pathlib.Path(source, note[1])) if p.exists()), None)
        text = path.read_text().split('\n')[int(note[2]) - 1].expandtabs(TAB).rstrip() if path else ''
        over = next((over for over in rest if rest[over] and over and text.endswith(over)), None)
        if over is None or int(note[3]) <= int(note[4]):
            found.add('a note of a line that was not turned over', line.strip())
        else:
            rest[over] -= 1
    for line in rest.elements():
        found.add('a turned line without a note', repr(line))


def main(source, document, pages, diagnostics, pdf, epub):
    found = Findings()
    listings, spans, chapters = read_document(document)
    fences = compare_source(found, source, listings[0] + listings[1], chapters)
    silent, turned, names, painted, tags = 0, [], set(), pdf_codes(pdf, pages), code_tags(pages)
    for in_note, codes in enumerate(epub_codes(epub)):
        compare('EPUB', found, [(listing.text, listing.place) for listing in listings[in_note]], codes)
    for in_note, codes in enumerate(painted):
        if len(codes) != len(tags[in_note]):
            found.add('PDF: other elements of code than the pages have', f'{len(codes)} instead of {len(tags[in_note])}')
        texts = [('\n'.join(line.rstrip(' ') for line in lines), name) for (lines, _, _), name in zip(codes, tags[in_note])]
        wanted = [(as_painted(listing.text), listing.place) for listing in listings[in_note] if listing.text.strip(' \t\n')]
        if in_note: # a note stands where it is called, in the document at the end of its chapter
            wanted.sort()
            texts.sort()
        matched = compare('PDF', found, wanted, [text for text, _ in texts], spans)
        names.update(texts[i][1] for i in matched)
        over = {name: [lines[i].rstrip(' ') for i in sorted(over)] for (lines, over, _), name in zip(codes, tags[in_note])}
        consoles = {as_painted(listing.text) for listing in listings[in_note] if listing.console}
        for text, name in texts:
            turned.extend(over[name] if text not in consoles else [])
            silent += len(over[name]) if text in consoles else 0
    marks = compare_measure(found, pages, names)
    compare_notes(found, source, diagnostics, turned)
    found.finish(source, f'{sum(map(len, listings))} listings ({fences} fences) to the byte in both files, {len(turned)} lines turned over and '
                 f'noted, {silent} of terminals, {marks} pieces of code inside the measure')


if __name__ == '__main__':
    main(*sys.argv[1:])
