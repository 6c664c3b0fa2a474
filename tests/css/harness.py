"""harness.py - a style sheet's rules against what stands on the pages.

A case is a small chapter, rules for it and a function that looks at the pages as `incipit dump --as pages` tells them. It names the properties,
selectors and at-rules that it proves; run.py compares these names with docs/styles.md.
"""
import os
import re
import shutil
import struct
import subprocess
import zlib

INCIPIT, WORK = os.environ['INCIPIT'], os.environ['INCIPIT_WORK']
CASES = []
MARK = re.compile(r'  (text|rule|image|link) (\S+) (\S+)(.*)$')
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Mark:
    """One mark: kind, x, y, width; of text font, size, text; of rules height. color and print: '#rrggbbaa'; tag: its kind, or '' of an artifact."""

    def __init__(self, kind, x, y, rest):
        quoted = QUOTED.search(rest)
        self.kind, self.x, self.y = kind, float(x), float(y)
        self.text = re.sub(r'\\(.)', r'\1', quoted.group(1)) if quoted else ''
        plain = (rest[:quoted.start()] + rest[quoted.end():]).split() if quoted else rest.split()
        self.width = float(plain[0])
        self.height = float(plain[1]) if kind != 'text' else 0
        self.font, self.size = (plain[1], float(plain[2])) if kind == 'text' else ('', 0)
        colors = [word for word in plain if '#' in word and re.match(r'(print)?#[0-9a-f]{8}$', word)]
        self.color = next((c for c in colors if c[0] == '#'), '#000000ff')
        self.print = next((c[5:] for c in colors if c[0] == 'p'), self.color)
        self.tag = '' if plain[-1] == 'artifact' else plain[-1].split('#')[0]
        self.hyphen = 'hyphen' in plain
        self.extra = float(plain[plain.index('extra') + 1]) if 'extra' in plain else 0

    @property
    def right(self):
        return self.x + self.width

    def __repr__(self):
        return f'{self.kind} {self.x} {self.y} {self.width}x{self.height} {self.text!r} {self.font} {self.size} {self.color} {self.tag}'


class Page:
    def __init__(self, label, frame):
        self.label, self.marks = label, []
        self.x0, self.y0, self.x1, self.y1 = frame

    def texts(self):
        return [m for m in self.marks if m.kind == 'text' and m.tag]

    def heads(self):
        return [m for m in self.marks if m.kind == 'text' and not m.tag]

    def rules(self, color=None):
        return [m for m in self.marks if m.kind == 'rule' and color in (None, m.color)]

    def find(self, text, nth=0):
        found = [m for m in self.marks if m.kind == 'text' and m.text.startswith(text)]
        assert len(found) > nth, f'page {self.label} has no {text!r} ({nth})'
        return found[nth]

    def lines(self):
        """Texts by baseline, from the top: lists of marks."""
        lines = {}
        for mark in self.texts():
            lines.setdefault(mark.y, []).append(mark)
        return [lines[y] for y in sorted(lines)]

    def words(self):
        return ' '.join(''.join(m.text for m in self.texts() if not m.hyphen).split())


class Book:
    def __init__(self, dump, diagnostics, folder):
        self.pages, self.diagnostics, self.folder = [], diagnostics, folder
        for line in dump.splitlines():
            page = re.match(r'page \d+ "(.*?)" (.*)frame (\S+) (\S+) (\S+) (\S+)$', line)
            mark = MARK.match(line)
            if page:
                self.pages.append(Page(page.group(1), tuple(map(float, page.groups()[2:]))))
            elif mark and self.pages:
                self.pages[-1].marks.append(Mark(*mark.groups()))

    @property
    def body(self):
        """The pages of the chapter."""
        return [page for page in self.pages if page.label.isdigit() and page.marks]

    @property
    def page(self):
        return self.body[0]

    def find(self, text, nth=0):
        found = [m for page in self.body for m in page.marks if m.kind == 'text' and m.text.startswith(text)]
        assert len(found) > nth, f'no page has {text!r} ({nth})'
        return found[nth]

    def sheet(self):
        """The EPUB's style sheet."""
        import zipfile
        subprocess.run([INCIPIT, 'build', self.folder, '-o', f'{self.folder}/out', '--to', 'epub', '--quiet'], capture_output=True, check=False)
        files = [name for name in os.listdir(f'{self.folder}/out') if name.endswith('.epub')]
        return zipfile.ZipFile(f'{self.folder}/out/{files[0]}').read('OEBPS/style.css').decode()

    def xhtml(self):
        import zipfile
        self.sheet()
        files = [name for name in os.listdir(f'{self.folder}/out') if name.endswith('.epub')]
        return zipfile.ZipFile(f'{self.folder}/out/{files[0]}').read('OEBPS/one.xhtml').decode()


def near(a, b, by=0.06):
    assert abs(a - b) <= by, f'{a} is not {b}'


def picture(path, width, height):
    """A grey PNG: at 96 pixels an inch it is three quarters as many points wide."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
                   + chunk(b'IDAT', zlib.compress((b'\0' + b'\x80' * width) * height)) + chunk(b'IEND', b''))


def make(css, chapters, settings=''):
    folder = os.path.join(WORK, 'css')
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f'{folder}/src')
    with open(f'{folder}/book.toml', 'w', encoding='utf-8') as file:
        file.write('[book]\ntitle = "Rules"\nlanguage = "en"\nauthors = ["A. Sheet"]\n[output.incipit]\nstyles = ["own.css"]\npage-references = false\nurl-notes = "none"\n' + settings)
    with open(f'{folder}/own.css', 'w', encoding='utf-8') as file:
        file.write(css)
    picture(f'{folder}/src/wide.png', 400, 200)
    picture(f'{folder}/src/tall.png', 200, 400)
    names = ['one', 'two', 'three', 'four']
    with open(f'{folder}/src/SUMMARY.md', 'w', encoding='utf-8') as file:
        file.write('# Summary\n\n' + ''.join(f'- [{name.title()}]({name}.md)\n' for name, _ in zip(names, chapters)))
    for name, text in zip(names, chapters):
        with open(f'{folder}/src/{name}.md', 'w', encoding='utf-8') as file:
            file.write(text)
    done = subprocess.run([INCIPIT, 'dump', folder, '--as', 'pages', '--diagnostics', 'gcc'], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    lines = [line for line in done.stderr.splitlines() if re.search(r': (warning|error|note): ', line)]
    return Book(done.stdout, lines, folder)


def case(names, css, *chapters, says=(), settings=''):
    """Decorates the function that looks at the Book. says: a regular expression for each diagnostic about the sheet."""
    def decorate(function):
        CASES.append((names.split(), css, chapters, tuple([says] if isinstance(says, str) else says), settings, function))
        return function
    return decorate
