#!/usr/bin/env python3
"""readback.py SOURCE FILE WORK [EXCEPTIONS] - the words of a book's source against those of its PDF or EPUB, in reading order.

The source is read independently of incipit, by cmark-gfm and the normaliser below. What may differ, on purpose:
  1. what is generated: title and contents pages; numbers of headings, captions, notes and lists; titles of alerts; "Part I"; the index; in the
     PDF pages and addresses of links, which are marked up as references;
  2. punctuation, case, soft hyphens and ligatures: a word is a run of letters and digits, NFKC, folded;
  3. what is not text: comments, scripts, alternative texts of images, hidden lines of listings, front matter;
  4. notes are compared after everything else; a listing's caption and file name, which the source has in attributes,
     stand above it, and so does a file name before a code block, without the word "Filename";
  5. in a PDF the end of a line ends a word, unless a soft hyphen stands there;
  6. blocks that are drawn are pictures: of them the caption counts, which stands behind the language;
  7. the words of a reference that incipit puts in: `[#](#label)` is the name of what it leads to, and a number;
  8. EXCEPTIONS, if there is such a file: its lines "pdf: some words" name words that stand in that file alone.
Exit status 1: the words differ; the first differences are shown.
"""
import pathlib
import posixpath
import re
import subprocess
import sys
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'tools'))
from fences import drawn  # noqa: E402
from spoken import spoken  # noqa: E402

SKIPPED_TAGS = {'script', 'style', 'title'}
SKIPPED_CLASSES = {'footnote-ref', 'footnote-backref', 'noteref', 'backlink', 'number', 'label', 'alert-title', 'part-number', 'index-letter',
                   'index-entries', 'list-of', 'description'}
INLINE = {'a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span',
          'strong', 'sub', 'sup', 'u', 'var', 'wbr'}
REFERENCE = 'referenceputin' # stands in the source for the words of [#](#label)
HEADING, CAPTION, NOTE, NOTE_END = '\x01', '\x02', '\x03', '\x04'  # stand before each heading, each caption, around notes
VOID = {'area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'}


class Text(HTMLParser):
    """The text of HTML; blocks are separated by blanks. `source`: our Markdown's ways, as cmark-gfm leaves them."""
    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.source, self.open, self.out, self.rust = source, [], [], False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = set((attributes.get('class') or '').split())
        note = 'footnotes' in classes or 'footnote' in classes
        if tag not in INLINE or 'caption' in classes:
            self.out.append(NOTE if note else HEADING if re.match(r'h[1-6]$', tag) else CAPTION if {tag, *classes} & {'figcaption', 'caption'} else ' ')
        if tag == 'listing' and self.source:
            self.out.append(' '.join(attributes.get(key) or '' for key in ('caption', 'file-name')) + ' ')
        if tag == 'code' and self.source:
            self.rust = any(name.startswith('language-rust') for name in classes) and self.open[-1:] == [('pre', False, False)]
        if tag not in VOID:
            self.open.append((tag, tag in SKIPPED_TAGS or bool(classes & SKIPPED_CLASSES), note))

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.out.append(' ')
        for depth in reversed(range(len(self.open))):
            if self.open[depth][0] == tag:
                self.out.extend(NOTE_END for _, _, note in self.open[depth:] if note)
                del self.open[depth:]
                break

    def handle_data(self, data):
        if any(skipped for _, skipped, _ in self.open):
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
    notes = NOTE + '([^' + NOTE_END + ']*)' + NOTE_END # after everything else
    text = ' '.join([re.sub(notes, ' ', text)] + re.findall(notes, text))
    text = re.sub(HEADING + r'\s*(\d+(\.\d+)*\s)?', ' ', text)
    text = re.sub(CAPTION + r'\s*((Figure|Table|Listing)\s[A-Z\d][\d-]*|\([a-z]\))?', ' ', text)
    text = unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', re.sub('\u200B|\u00AD\\s*', '', text)).casefold())
    return re.findall(r'[^\W_]+', text)


# ---- the source ----

def expand(folder, text, depth=0):
    def include(match):
        path, _, part = match.group(1).strip().replace('"', '').partition(':')
        lines = (folder / path).read_text().split('\n')
        if re.match(r'\d*(:\d*)?$', part):
            first, colon, last = part.partition(':')
            lines = lines[max(int(first or 1) - 1, 0):int(last) if last else None if colon or not part else int(first)]
        else:
            at = [i for i, line in enumerate(lines) if re.search(rf'ANCHOR(_END)?:\s*{re.escape(part)}\b', line)]
            lines = [line for line in lines[at[0] + 1:at[1]] if not re.search(r'ANCHOR(_END)?:', line)]
        return expand((folder / path).parent, '\n'.join(lines), depth + 1)
    text = re.sub(r'(?<!\\)\{\{#title [^}]+\}\}', '', text)
    text = re.sub(r'(?<!\\)\{\{#playground (\S+)[^}]*\}\}', r'```rust\n{{#include \1}}\n```', text)
    return re.sub(r'(?<!\\)\{\{#(?:rustdoc_)?include ([^}]+)\}\}', include, text) if depth < 10 else text


def without_diagrams(text, languages):
    def caption(match):
        found = re.search(r"""caption=(?:"([^"]*)"|'([^']*)'|(\w+))""", match[4])
        return match[1] + ('<span class="caption">' + next(filter(None, found.groups())) + '</span>' if found else '')
    fence = r'^([ \t>]*)(`{3,}|~{3,})[ \t]*(' + '|'.join(map(re.escape, sorted(languages))) + r')\b([^\n]*)\n(?:.*\n)*?[ \t>]*\2[ \t]*$'
    return re.sub(fence, caption, text, flags=re.M | re.I) if languages else text


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
        own = re.sub(r'\A---\n(?:\w+: .*\n)+---\n', '', file.read_text())
        text = without_diagrams(expand(file.parent, own), drawn(book))
        text = re.sub(r'^(#+ .*?)[ \t]*\{ *(?:[#.]|[\w-]+=)[^}\n]*\}[ \t]*$', r'\1', text, flags=re.M) # heading attributes
        text = re.sub(r'^((?:[ \t]|>|[-*+] |\d+[.)] |\[\^\w+\]:)*>[ \t]*)\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$', r'\1', text, flags=re.M | re.I)
        text = re.sub(r'(!\[[^\]\n]*\]\([^)\n]*\))\{ *(?:[#.]|[\w-]+=)[^}\n]*\}', r'\1', text) # attributes of images
        text = re.sub(r'(!\[[^\]\n]*\]\([^\s)]+) "([^"\n]*)"\)', r'\1)<span class="caption">\2</span>', text) # their titles are captions
        text = re.sub(r'<span class="filename">Filename:', '<span>', text)
        text = text.replace('[#](', f'[{REFERENCE}](')
        run = subprocess.run(['cmark-gfm', '--unsafe', '-e', 'footnotes', '-e', 'table', '-e', 'strikethrough', '-e', 'tasklist', '-t', 'html'],
                             input=text.encode(), capture_output=True, check=True)
        out.append(text_of(run.stdout.decode(), True))
    return '\n'.join(out)


# ---- the files ----

def epub_text(path):
    book = zipfile.ZipFile(path)
    package = ElementTree.fromstring(book.read('META-INF/container.xml')).find('.//{*}rootfile').get('full-path')
    tree = ElementTree.fromstring(book.read(package))
    items = {item.get('id'): item.get('href') for item in tree.iterfind('.//{*}manifest/{*}item') if item.get('properties') != 'nav'}
    out = []
    for item in tree.iterfind('.//{*}spine/{*}itemref'):
        name = items.get(item.get('idref'))
        markup = book.read(posixpath.join(posixpath.dirname(package), name)).decode() if name else 'epub:type="toc"'
        if not re.search(r'epub:type="(cover|halftitlepage|titlepage|copyright-page|toc)"', markup):
            out.append(text_of(re.sub(r'<\?.*?\?>', '', markup), False))
    return '\n'.join(out)


def pdf_parts(path):
    """The parts of the document, each a list of (kinds, text): from the first with a heading on, without the contents."""
    parts = []
    for kinds, text in spoken(path):
        if len(kinds) == 2 and text is None:
            parts.append([])
        if parts:
            parts[-1].append((kinds, text))
    has = [{kind[:1] if re.match(r'H[1-6]$', kind) else kind for kinds, _ in part for kind in kinds} for part in parts]
    first = next(i for i, kinds in enumerate(has) if 'H' in kinds and 'TOC' not in kinds)
    return [part for part, kinds in zip(parts[first:], has[first:]) if 'TOC' not in kinds]


def pdf_text(path):
    out, in_note = [], False
    for kinds, text in (item for part in pdf_parts(path) for item in part):
        if in_note and 'Note' not in kinds or kinds[-1] == 'Note' and text is None and in_note:
            out.append(NOTE_END)
            in_note = False
        if 'Reference' in kinds or 'Index' in kinds or kinds[-1] == 'Figure' and text is not None:
            continue
        if text is None:
            if kinds[-1] == 'Note':
                out.append(NOTE)
                in_note = True
            elif kinds[-1] not in ('Link', 'Span', 'Code', 'Quote', 'Formula'):
                out.append(HEADING if re.match(r'H[1-6]$', kinds[-1]) else CAPTION if kinds[-1] == 'Caption' else ' ')
            continue
        marker = (kinds[-1] == 'Lbl' or kinds[-2:] == ('Lbl', 'Link')) and re.fullmatch(r'\W*\d*\W*', text)
        part = kinds[-2:] == ('Part', 'P') and re.fullmatch(r'(?i)(part|teil) [ivxlc]+', text.strip())
        alert = kinds[-2:] == ('Div', 'P') and re.fullmatch(r'\W*(Note|Tip|Important|Warning|Caution|Hinweis)', text.strip())
        if not marker and not part and not alert:
            out.append(text)
    return ''.join(out) + (NOTE_END if in_note else '')


def divided(hunk, suffix):
    """A word that the end of a line divides without a hyphen: a long line of code."""
    removed, added = re.findall('^< (.*)', hunk, re.M), re.findall('^> (.*)', hunk, re.M)
    return suffix == '.pdf' and len(added) > len(removed) and ''.join(added) == ''.join(removed)


def refers(hunk):
    """A reference, which is the name of a kind and a number."""
    removed, added = re.findall('^< (.*)', hunk, re.M), re.findall('^> (.*)', hunk, re.M)
    return removed == [REFERENCE] and re.fullmatch(r'(figure|table|listing|chapter|section)( (\d+[a-z]?|[a-z]))+', ' '.join(added))


def main():
    source, file, work = (pathlib.Path(argument) for argument in sys.argv[1:4])
    wanted = words(source_text(source))
    got = words(epub_text(file) if file.suffix == '.epub' else pdf_text(str(file)))
    exceptions = pathlib.Path(sys.argv[4]).read_text().split('\n') if len(sys.argv) > 4 and pathlib.Path(sys.argv[4]).exists() else []
    for line in exceptions: # "pdf: words" goes where it stands first, "last pdf: words" where it stands last
        form = re.match(r'(last )?(pdf|epub): (.*)', line)
        if not form or form[2] != file.suffix[1:]:
            continue
        extra = words(form[3])
        places = [i for i in range(len(got)) if got[i:i + len(extra)] == extra]
        if not places:
            sys.exit(f'{sys.argv[4]}: not in {file}: {" ".join(extra)}')
        at = places[-1 if form[1] else 0]
        del got[at:at + len(extra)]
    (work / 'words-source').write_text('\n'.join(wanted) + '\n')
    (work / f'words{file.suffix}').write_text('\n'.join(got) + '\n')
    run = subprocess.run(['diff', work / 'words-source', work / f'words{file.suffix}'], capture_output=True)
    hunks = [hunk for hunk in re.split(r'^(?=\d)', run.stdout.decode(), flags=re.M) if hunk and not divided(hunk, file.suffix) and not refers(hunk)]
    for hunk in hunks[:40]:
        line = int(re.match(r'\d+', hunk).group())
        print('...', *wanted[max(line - 8, 0):line - 1], '[', *re.findall('^< (.*)', hunk, re.M), '=>', *re.findall('^> (.*)', hunk, re.M), ']')
    print(f'{file}: {len(wanted)} words, {len(hunks)} differences' if hunks else f'{file}: {len(wanted)} words, all there and in order')
    sys.exit(1 if hunks else 0)


main()
