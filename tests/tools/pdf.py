"""pdf.py - a PDF's objects through `qpdf --json`, for the checks beside it. Python 3 and qpdf 11, nothing else."""
import base64
import json
import re
import subprocess
import sys

REFERENCE = re.compile(r'\d+ \d+ R')


class PDF:
    def __init__(self, path):
        run = subprocess.run(['qpdf', '--json=2', '--json-stream-data=inline', '--decode-level=generalized', path], capture_output=True)
        if run.returncode:
            sys.exit(f'{path}: qpdf cannot read it: {run.stderr.decode(errors="replace")[:400]}')
        header, self.objects = json.loads(run.stdout)['qpdf'][:2]
        self.version = header['pdfversion']
        self.trailer = self.objects['trailer']['value']
        self.catalog = self.get(self.trailer['/Root'])
        self.pages = []
        stack = [self.catalog['/Pages']]
        while stack:
            reference = stack.pop()
            node = self.get(reference)
            if node['/Type'] == '/Pages':
                stack.extend(reversed(self.list(node['/Kids'])))
            else:
                self.pages.append((reference, node))

    def get(self, value):
        """The value behind a reference; of a stream its dictionary."""
        while isinstance(value, str) and REFERENCE.fullmatch(value):
            entry = self.objects.get('obj:' + value, {})
            value = entry['stream']['dict'] if 'stream' in entry else entry.get('value')
        return value

    def list(self, value):
        """What may be one thing or an array of things, as a list; its members are not followed."""
        followed = self.get(value)
        return followed if isinstance(followed, list) else [] if followed is None else [value]

    def data(self, reference):
        return base64.b64decode(self.objects['obj:' + reference]['stream'].get('data', ''))

    def content(self, page):
        return b'\n'.join(self.data(part) for part in self.list(page.get('/Contents')))

    def text(self, value):
        """A text string as qpdf writes it: u:... or b:..."""
        value = self.get(value)
        return value[2:] if isinstance(value, str) and value[:2] in ('u:', 'b:') else ''


TOKEN = re.compile(rb'''
    \( (?: [^()\\] | \\. | \( (?: [^()\\] | \\. )* \) )* \)   # a string; one level of nesting is enough for us
  | < [0-9A-Fa-f\s]* > | << | >> | [\[\]]
  | / [^\s()<>\[\]{}/%]*
  | [^\s()<>\[\]{}/%]+
  | %[^\r\n]*
''', re.X | re.S)
NUMBER = re.compile(rb'[+-]?(\d+\.?\d*|\.\d+)')


def operators(content):
    """Yields (operator, operands) of a content stream; operands are tokens as written."""
    operands = []
    for match in TOKEN.finditer(content):
        token = match.group()
        first = token[:1]
        if first == b'%':
            continue
        if first in b'(<>[]/' or NUMBER.fullmatch(token) or token in (b'true', b'false', b'null'):
            operands.append(token)
        else:
            yield token.decode('latin-1'), operands
            operands = []


class Findings:
    """Counts findings by rule and shows the first of each."""
    def __init__(self):
        self.by_rule = {}

    def add(self, rule, where=''):
        self.by_rule.setdefault(rule, []).append(str(where))

    def finish(self, path, summary):
        for rule, places in sorted(self.by_rule.items()):
            print(f'{path}: {rule}: {len(places)} times, first at {places[0]}')
        if not self.by_rule:
            print(f'{path}: {summary}')
        sys.exit(1 if self.by_rule else 0)
