#!/usr/bin/env python3
"""readback.py SOURCE FILE WORK [EXCEPTIONS] - the words of a book's source against those of its PDF or EPUB, in reading order.

The source is read independently of incipit: cmark-gfm and the normaliser below. What may differ, on purpose:
  1. what is generated: title and contents pages, numbers of headings, captions, notes and lists, titles of alerts, "Part I";
  2. punctuation, case, soft hyphens and ligatures: a word is a run of letters and digits, NFKC, folded;
  3. what is not text: comments, scripts, alternative texts of images, hidden lines of listings;
  4. the lines of EXCEPTIONS, "kind: text": `drop` removes these words from the source, `add` from the file. Each is explained there.
Exit status 1: the words differ; the first differences are shown.
"""
import html
import pathlib
import posixpath
import re
import subprocess
import sys
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

SKIPPED_TAGS = {'script', 'style', 'title'}
SKIPPED_CLASSES = {'footnote-ref', 'footnote-backref', 'noteref', 'backlink', 'number', 'label', 'alert-title', 'part-number'}
INLINE = {'a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span',
          'strong', 'sub', 'sup', 'u', 'var', 'wbr'}
VOID = {'area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'}


class Text(HTMLParser):
    """The text of HTML; blocks are separated by blanks. `source`: our Markdown's ways, as cmark-gfm leaves them."""
    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.source, self.open, self.out, self.listing, self.rust = source, [], [], [], False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = set((attributes.get('class') or '').split())
        if tag not in INLINE:
            self.out.append(' ')
        if tag == 'listing':
            self.listing.append(attributes)
        if tag == 'code' and self.source:
            self.rust = any(name.startswith('language-rust') for name in classes) and self.open[-1:] == [('pre', False)]
        if tag not in VOID:
            self.open.append((tag, tag in SKIPPED_TAGS or bool(classes & SKIPPED_CLASSES)))

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.out.append(' ')
        if tag == 'listing' and self.listing:
            listing = self.listing.pop() # the caption stands below the code, the file's name after it
            self.out.append(' '.join(listing.get(key) or '' for key in ('caption', 'file-name')) + ' ')
        for depth in reversed(range(len(self.open))):
            if self.open[depth][0] == tag:
                del self.open[depth:]
                break

    def handle_data(self, data):
        if any(skipped for _, skipped in self.open):
            return
        if self.rust and self.open and self.open[-1][0] == 'code':
            lines = [line for line in data.split('\n') if not re.match(r'\s*#( |$)', line)]
            data = '\n'.join(re.sub(r'^(\s*)##', r'\1#', line) for line in lines)
        self.out.append(data)


def text_of(markup, source):
    parser = Text(source)
    parser.feed(markup)
    parser.close()
    return ''.join(parser.out)


def words(text):
    text = unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', text.replace('\u00AD', '')).casefold())
    return re.findall(r'[^\W_]+', text)


# ---- the source ----

def expand(folder, text, depth=0):
    def include(match):
        path, _, part = match.group(1).strip().partition(':')
        lines = (folder / path).read_text().split('\n')
        if re.match(r'\d*(:\d*)?$', part):
            first, colon, last = part.partition(':')
            lines = lines[max(int(first or 1) - 1, 0):int(last) if last else None if colon or not part else int(first)]
        else:
            at = [i for i, line in enumerate(lines) if re.search(rf'ANCHOR(_END)?:\s*{re.escape(part)}\b', line)]
            lines = lines[at[0] + 1:at[1]]
        lines = [line for line in lines if not re.search(r'ANCHOR(_END)?:', line)]
        return expand((folder / path).parent, '\n'.join(lines), depth + 1)
    return re.sub(r'(?<!\\)\{\{#(?:rustdoc_)?include ([^}]+)\}\}', include, text) if depth < 10 else text


def source_text(book):
    src, out, titled = book / 'src', [], False
    for line in (src / 'SUMMARY.md').read_text().split('\n'):
        title, link = re.match(r'#\s+(.*)', line), re.search(r'\[(.*?)\]\(<?([^)>]+)>?\)', line)
        if title and titled:
            out.append(title.group(1)) # a part; the first heading of all is the summary's own
        titled = titled or bool(title or link)
        if not link:
            continue
        file = src / link.group(2).replace('%20', ' ')
        text = expand(file.parent, file.read_text())
        text = re.sub(r'^(#+ .*?)\s*\{[^}]*\}\s*$', r'\1', text, flags=re.M)          # heading attributes
        text = re.sub(r'^(> ?)+\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]', r'\1', text, flags=re.M)
        run = subprocess.run(['cmark-gfm', '--unsafe', '-e', 'footnotes', '-e', 'table', '-e', 'strikethrough', '-e', 'tasklist', '-t', 'html'],
                             input=text.encode(), capture_output=True, check=True)
        out.append(text_of(run.stdout.decode(), True))
    return '\n'.join(out)


# ---- the files ----

def epub_text(path):
    book = zipfile.ZipFile(path)
    package = ElementTree.fromstring(book.read('META-INF/container.xml')).find('.//{*}rootfile').get('full-path')
    tree = ElementTree.fromstring(book.read(package))
    items = {item.get('id'): item.get('href') for item in tree.iterfind('.//{*}manifest/{*}item')}
    out = []
    for item in tree.iterfind('.//{*}spine/{*}itemref'):
        markup = book.read(posixpath.join(posixpath.dirname(package), items[item.get('idref')])).decode()
        if not re.search(r'<(body|section)[^>]*(half-title|title-page|copyright|contents|epub:type="(cover|toc)")', markup):
            out.append(text_of(re.sub(r'<\?.*?\?>', '', markup), False))
    return '\n'.join(out)


def pdf_text(path):
    run = subprocess.run(['pdfinfo', '-struct-text', path], capture_output=True, check=True)
    return run.stdout.decode()


def main():
    source, file, work = (pathlib.Path(argument) for argument in sys.argv[1:4])
    wanted = words(source_text(source))
    got = words(epub_text(file) if file.suffix == '.epub' else pdf_text(file))
    (work / 'words-source').write_text('\n'.join(wanted) + '\n')
    (work / f'words{file.suffix}').write_text('\n'.join(got) + '\n')
    run = subprocess.run(['diff', '-U4', work / 'words-source', work / f'words{file.suffix}'], capture_output=True)
    if run.returncode:
        print(run.stdout.decode()[:4000])
        print(f'{file}: the words differ')
    else:
        print(f'{file}: {len(wanted)} words, all there and in order')
    sys.exit(run.returncode)


main()
