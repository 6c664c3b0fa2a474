#!/usr/bin/env python3
"""hostile.py - manuscripts that mean harm, or that a program wrote by mistake.

Each case makes a small book at run time and builds it. Asked of every one: the exit status it should have, the findings it should
bring, no crash, no hang, no partial file, and (where the case has a size) a cost that grows with the size and no faster.

usage: hostile.py PROGRAM WORK [--full] [--group G] [--list] [NAME...]
"""
import base64
import os
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib

CASES = []


class Case:
    def __init__(self, make, group, status, says, n, small, seconds, memory, growth, prepare, only=False):
        self.only = only
        self.make, self.name, self.group = make, make.__name__.strip('_').replace('_', '-'), group
        self.status = status if isinstance(status, tuple) else (status,)
        self.says = says.split() if isinstance(says, str) else says
        self.n, self.small, self.seconds, self.memory, self.growth, self.prepare = n, small, seconds, memory, growth, prepare


def case(group, status=0, says='', n=None, small=None, seconds=20, memory=700, growth=True, prepare=None, only=False):
    """n: the full size; small: that of the short run (n / 10). says: names of findings that must be among those reported; only: each once, and no other."""
    def add(make):
        CASES.append(Case(make, group, status, says, n, small or (max(n // 20, 10) if n else None), seconds, memory, growth, prepare, only))
        return make
    return add


class Book:
    """A folder that becomes a book."""

    def __init__(self, folder):
        self.folder = folder
        self.chapters = []
        self.toml = '[book]\ntitle = "Hostile"\n'
        self.target = folder  # what is given to the program
        self.arguments = []
        os.makedirs(os.path.join(folder, 'src'))

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def chapter(self, text, name=None):
        name = name or 'c%d.md' % len(self.chapters)
        self.chapters.append(name)
        self.file('src/' + name, text)

    def sheet(self, css):
        self.file('own.css', css)
        self.setting('styles = ["own.css"]')

    def setting(self, line):
        if '[output.incipit]' not in self.toml:
            self.toml += '\n[output.incipit]\n'
        self.toml += line + '\n'

    def finish(self):
        if not os.path.lexists(self.path('src/SUMMARY.md')):
            self.file('src/SUMMARY.md', '# Summary\n\n' + ''.join('- [Chapter %d](%s)\n' % (i, c) for i, c in enumerate(self.chapters)))
        if not os.path.lexists(self.path('book.toml')):
            self.file('book.toml', self.toml)


# ---- bytes of files ----

@case('bytes', says='not-utf8', n=4 << 20, small=40000, memory=2000)
def not_utf8(b, n):
    b.chapter(b'# T\n\n' + b'caf\xe9 \xff\xfe \xc3( \xed\xa0\x80\n\n' * (n // 20))


@case('bytes', says='nul-byte', n=2000000, small=40000, memory=3000)
def nul_bytes(b, n):
    b.chapter(b'# T\n\na\0b ' + b'\0' * n)


@case('bytes')
def bom_and_line_ends(b, n):
    b.chapter(b'\xef\xbb\xbf# T\r\n\r\nOne\rtwo\r\n\r\n> three\r\n')
    b.file('src/SUMMARY.md', b'\xef\xbb\xbf# Summary\r\n\r\n- [T](c0.md)\r\n')
    b.file('book.toml', b'\xef\xbb\xbf[book]\r\ntitle = "T"\r\n')


@case('bytes', says='not-utf8')
def random_bytes(b, n):
    b.chapter(random.Random(1).randbytes(300000))


@case('bytes', says='not-utf8')
def utf16(b, n):
    b.chapter('# Title\n\nA text in sixteen bits.\n'.encode('utf-16'))


@case('bytes', status=1, says='bad-toml')
def toml_of_bytes(b, n):
    b.chapter('# T\n')
    b.file('book.toml', b'[book]\ntitle = "\xff\xfe"\n\0')


@case('bytes', status=1)
def summary_of_bytes(b, n):
    b.file('src/SUMMARY.md', random.Random(2).randbytes(100000))


@case('bytes')
def empty_chapter(b, n):
    b.chapter('')


@case('bytes')
def controls(b, n):
    b.chapter('# T\n\n' + ''.join(chr(c) for c in range(1, 32) if c not in (10, 13)) + '\x7f\x80\x85\u2028\u2029\ufeff\u200b\ufffe\uffff\U0010ffff\n')


# ---- sizes ----

PROSE = 'Some words of ordinary prose go by, as they do in any book, and the line ends here at last.\n'


@case('size', n=100 << 20, small=256 << 10, seconds=400, memory=40000)
def long_chapter(b, n):
    b.chapter('# T\n\n' + (PROSE * 4 + '\n') * (n // (len(PROSE) * 4 + 1)))


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_paragraph(b, n):
    b.chapter('# T\n\n' + PROSE.replace('\n', ' ') * (n // len(PROSE)) + '\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_word(b, n):
    b.chapter('# T\n\n' + 'a' * n + '\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_number(b, n):
    b.chapter('# T\n\n' + '1234567890' * (n // 10) + '\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_mixed_scripts(b, n):
    b.chapter('# T\n\n' + 'aяαא日e\u0301' * (n // 13) + '\n')


@case('size', n=2 << 20, small=200 << 10, seconds=60, memory=6000)
def combining_marks(b, n):
    b.chapter('# T\n\ne' + '\u0301' * (n // 2) + '\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_code_line(b, n):
    b.chapter('# T\n\n```rust\nlet x = ' + 'f(1) + ' * (n // 7) + '0;\n```\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_code_word(b, n):
    b.chapter('# T\n\n```\n' + 'x' * n + '\n```\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_inline_code(b, n):
    b.chapter('# T\n\n`' + 'x y' * (n // 3) + '`\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_cell(b, n):
    b.chapter('# T\n\n| a | b |\n|---|---|\n| c | ' + 'words and more ' * (n // 15) + '|\n')


@case('size', n=8 << 20, small=128 << 10, seconds=60, memory=6000)
def long_cell_word(b, n):
    b.chapter('# T\n\n| a | b |\n|---|---|\n| c | ' + 'w' * n + '|\n')


@case('size', n=4 << 20, small=64 << 10, seconds=60, memory=6000)
def long_heading(b, n):
    b.chapter('# ' + 'Heading words ' * (n // 14) + '\n')


@case('size', n=1 << 20, seconds=60, memory=6000)
def blank_lines(b, n):
    b.chapter('# T\n' + '\n' * n)


@case('size', n=4 << 20, small=64 << 10, seconds=60, memory=6000)
def spaces(b, n):
    b.chapter('# T\n\na' + ' ' * n + 'b\n')


@case('size', n=1 << 20, small=40000, seconds=60, memory=6000)
def no_break_spaces(b, n):
    b.chapter('# T\n\na' + '\u00a0b' * (n // 3) + '\n')


@case('size', n=1 << 20, small=40000, seconds=60, memory=6000)
def soft_hyphens(b, n):
    b.chapter('# T\n\n' + 'a\u00ad' * (n // 3) + '\n')


@case('size', n=1 << 20, small=40000, seconds=60, memory=6000)
def zero_width_spaces(b, n):
    b.chapter('# T\n\n' + '\u200b' * (n // 3) + '\n')


# ---- nesting ----

def deep(name, text, n=100000, says='nested-too-deep', status=0, **more):
    def make(b, n):
        b.chapter('# T\n\n' + text(n) + '\n\nThe end.\n')
    make.__name__ = 'deep_' + name
    case('nesting', status, says, n=n, **more)(make)


deep('quotes', lambda n: '>' * n + ' x')
deep('quotes_spaced', lambda n: '> ' * n + 'x')
deep('lists', lambda n: '- ' * n + 'x')
deep('ordered_lists', lambda n: '1. ' * n + 'x', n=30000)
deep('lists_by_indent', lambda n: ''.join('  ' * i + '- x\n' for i in range(n)), n=3000, growth=False)
deep('quoted_lists', lambda n: '> - ' * n + 'x', n=50000)
deep('emphasis', lambda n: '*a **b ' * n + 'x' + '** c*' * n, n=50000)
deep('emphasis_stars', lambda n: '*' * n + 'x' + '*' * n)
deep('emphasis_open', lambda n: '*a ' * n, says='')
deep('emphasis_mixed', lambda n: '*a _b ' * n, says='')
deep('emphasis_closers', lambda n: 'a* ' * n + 'b_ ' * n, says='')
deep('emphasis_triples', lambda n: 'a**b' + 'c* ' * n, says='')
deep('brackets', lambda n: '[' * n + 'x' + ']' * n, says='')
deep('brackets_open', lambda n: '[' * n, says='')
deep('brackets_pairs', lambda n: '[]' * n, says='')
deep('brackets_images', lambda n: '![' * n + 'x' + '](y)' * n, says='', status=(0, 1))
deep('links', lambda n: '[' * n + 'x' + '](y)' * n, says='')
deep('link_targets', lambda n: '[x](' * n, says='')
deep('link_parentheses', lambda n: '[x](' + '(' * n + ')' * n + ')', says='')
deep('link_titles', lambda n: '[x](y "' * n, says='')
deep('strikes', lambda n: '~~a ~b ' * n, says='')
deep('backticks', lambda n: ''.join('`' * (i % 300 + 1) + ' ' for i in range(n)), n=20000, says='', memory=3000)
deep('backticks_rising', lambda n: ''.join('`' * i + 'x' for i in range(n)), n=2000, says='', memory=3000, growth=False)
deep('html_blocks', lambda n: '<div>' * n + 'x' + '</div>' * n)
deep('html_blocks_lines', lambda n: '<div>\n\n' * n + 'x' + '\n\n</div>' * n, n=30000)
deep('html_inline', lambda n: 'a ' + '<b>' * n + 'x' + '</b>' * n)
deep('html_open', lambda n: 'a ' + '<i>' * n, says='unclosed-html')
deep('html_tables', lambda n: '<table><tr><td>' * n, n=30000, says='')
deep('html_lists', lambda n: '<ul><li>' * n, n=50000)
deep('html_comments', lambda n: '<!-- ' * n, says='')
deep('html_declarations', lambda n: '<! ' * n + '<? ' * n + '<![CDATA[ ' * n, says='')
deep('html_less', lambda n: '<' * n, says='')
deep('html_ends', lambda n: '</b>' * n, says='')
deep('html_attributes', lambda n: '<p ' + ''.join('a%d="b" ' % i for i in range(n)) + '>x</p>', says='')
deep('html_quotes', lambda n: '<p a="' * n, says='')
deep('html_svg', lambda n: '<svg>' + '<g>' * n + '</g>' * n + '</svg>', says='')
deep('html_details', lambda n: '<details><summary>s</summary>\n\n' * n + 'x', n=30000)
deep('html_figures', lambda n: '<figure>\n\n' * n + 'x' + '\n\n</figure>' * n, n=20000)
deep('html_misnested', lambda n: '<b><i></b></i>' * n, says='misnested-html')
deep('notes', lambda n: 'x[^1]\n\n' + ''.join('[^%d]: y[^%d]\n' % (i, i + 1) for i in range(1, n)) + '[^%d]: end\n' % n, n=20000, says='')
deep('note_circle', lambda n: 'x[^1]\n\n' + ''.join('[^%d]: y[^%d]\n' % (i, i % n + 1) for i in range(1, n + 1)), n=10000, says='')
deep('note_definitions', lambda n: 'x[^1]\n\n' + '[^1]: ' * n + 'x', n=30000, says='')
deep('alerts', lambda n: ''.join('>' * i + ' [!NOTE]\n' for i in range(1, n)), n=1000, says='', growth=False)
deep('definitions', lambda n: ''.join('t\n: d\n' for i in range(n)), says='')
deep('definitions_nested', lambda n: 't\n' + ': ' * n + 'x', n=30000, says='')
deep('headings_attributes', lambda n: '# x {' + '#a .b ' * n + '}', says='')
deep('braces', lambda n: '# ' + '{' * n, says='')
deep('classes', lambda n: '# x {' + ''.join('.c%d ' % i for i in range(n)) + '}', says='')
deep('entities', lambda n: '&amp;' * n + '&' * n + '&#' * n + '&a' * n, says='')
deep('autolinks', lambda n: '<http://a' * n + ' <a@b.c>' * n, says='')
deep('urls', lambda n: 'http://a.b/c ' * n, n=50000, says='')
deep('quotes_smart', lambda n: '"\'' * n, says='')
deep('dashes', lambda n: '-- ' * n + '--- ' * n + '...' * n, says='')
deep('math', lambda n: '$' * n + '$$ a $' * n + '\\\\(' * n, says='')
deep('escapes', lambda n: '\\' * n + '\\*' * n, says='')
deep('breaks', lambda n: 'a  \n' * n, says='')
deep('html_breaks', lambda n: 'a<br>' * n, says='')
deep('index_marks', lambda n: '<span data-index="a; b">x</span> ' * n, n=30000, says='')
deep('setext', lambda n: 'a\n===\n' * n, n=20000, says='')
deep('rules', lambda n: '---\n\n' * n, n=30000, says='')
deep('fences', lambda n: '```\n' * n, says='')
deep('fence_info', lambda n: '```' + 'a,' * n + '\nx\n```', says='')
deep('tasks', lambda n: '- [ ] a\n' * n, n=30000, says='')

# ---- tables ----


@case('tables', says='table-too-wide', n=10000, small=2000)
def wide_table(b, n):
    b.chapter('# T\n\n' + '|a' * n + '|\n' + '|-' * n + '|\n' + ('|b' * n + '|\n') * 3)


@case('tables', n=900, says='', seconds=60)
def table_of_900_columns(b, n):
    b.chapter('# T\n\n' + '|a' * n + '|\n' + '|-' * n + '|\n' + ('|b' * n + '|\n') * 20)


@case('tables', n=200000, small=5000, seconds=120, memory=6000)
def long_table(b, n):
    b.chapter('# T\n\n|a|b|\n|-|-|\n' + '|c|d e f|\n' * n)


@case('tables', status=1, says='expands-too-far', n=200000, seconds=60, memory=3000)
def empty_cells(b, n):
    b.chapter('# T\n\n' + '|a' * 900 + '|\n' + '|-' * 900 + '|\n' + '|\n' * n)


@case('tables', n=20000, seconds=60, memory=3000)
def html_table(b, n):
    b.chapter('# T\n\n<table>\n' + '<tr><td>a</td><td>b</td></tr>\n' * n + '</table>\n')


@case('tables', n=10000, seconds=60, memory=3000)
def html_table_wide(b, n):
    b.chapter('# T\n\n<table><tr>' + '<td>a</td>' * n + '</tr></table>\n')


@case('tables', n=2000, seconds=60, memory=3000)
def spans(b, n):
    b.chapter('# T\n\n<table>\n' + '<tr><td colspan="1000" rowspan="65534">a</td><td colspan=99999999999999999999>b</td></tr>\n' * n + '</table>\n')


@case('tables', n=100000)
def table_pipes(b, n):
    b.chapter('# T\n\n' + '|' * n + '\n' + '|-' * 5 + '|\n' + '|' * n + '\n')


# ---- includes ----

@case('includes', status=1, says='include-cycle')
def include_cycle(b, n):
    b.chapter('# T\n\n{{#include a.md}}\n')
    b.file('src/a.md', 'a {{#include b.md}}\n')
    b.file('src/b.md', 'b {{#include a.md}}\n')


@case('includes', status=1, says='include-cycle')
def include_itself(b, n):
    b.chapter('# T\n\n{{#include c0.md}}\n' * 30)


@case('includes', status=1, says='include-cycle')
def deep_includes(b, n):
    b.chapter('# T\n\n{{#include i0.md}}\n')
    for i in range(100):
        b.file('src/i%d.md' % i, 'text\n{{#include i%d.md}}\n' % (i + 1))
    b.file('src/i100.md', 'end\n')


@case('includes', status=1, says='include-size', seconds=60, memory=3000)
def include_bomb(b, n):
    b.chapter('# T\n\n{{#include i0.md}}\n')
    for i in range(9):
        b.file('src/i%d.md' % i, '{{#include i%d.md}}\n' % (i + 1) * 10)
    b.file('src/i9.md', 'x' * 1000 + '\n')


@case('includes', status=1, says='include-size', seconds=60, memory=3000)
def include_bomb_empty(b, n):
    b.chapter('# T\n\n{{#include i0.md}}\n')
    for i in range(9):
        b.file('src/i%d.md' % i, '{{#include i%d.md}}' % (i + 1) * 30)
    b.file('src/i9.md', '')


@case('includes', n=50000, seconds=60)
def many_includes(b, n):
    b.chapter('# T\n\n' + '{{#include a.txt:2}}\n' * n)
    b.file('src/a.txt', 'a\nb\nc\n')


@case('includes', status=1, says='missing-include', n=20000, seconds=60)
def many_missing_includes(b, n):
    b.chapter('# T\n\n' + ''.join('{{#include no%d.txt}}\n' % i for i in range(n)))


@case('includes', n=200000, memory=3000)
def braces_everywhere(b, n):
    b.chapter('# T\n\n' + '{{' * n + '{{#' * n + '\\{{#' * n + '{{#include ' * n + '\n')


@case('includes', status=1, says='bad-range')
def include_ranges(b, n):
    b.chapter('# T\n\n' + '\n'.join('{{#include a.txt:%s}}' % r for r in
              ['99999999999999999999', '18446744073709551615:1', ':99999999999999999999', '5:2', '0:0', '-1', '1:-1', '::::', '']) + '\n')
    b.file('src/a.txt', 'a\nb\nc\n')


# ---- links, references, notes, chapters ----

@case('many', n=200000, small=4000, seconds=60, memory=3000, says='')
def links(b, n):
    b.chapter('# T\n\n' + '[a](https://example.org/) [b](#t)\n\n' * n)


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def dangling_links(b, n):
    b.chapter('# T\n\n' + ''.join('[a](#no%d)\n' % i for i in range(n)))


@case('many', n=100000, small=8000, seconds=60, memory=3000, says='paragraph-cut')
def links_in_one_paragraph(b, n):
    b.chapter('# T\n\n' + '[a](https://example.org/) [b](#t)\n' * n)


@case('many', n=100000, small=8000, seconds=60, memory=3000, says='paragraph-cut')
def lazy_links(b, n):
    b.chapter('# T\n\n> - x\n' + '     [a](https://example.org/)\n' * n)


def colliding_keys(n):
    """Names whose hashes (FNV-1a) end in the same bits, so that they fall into one slot of a table."""
    prime, mask, letters = 1099511628211, (1 << 64) - 1, b'abcdefghijklmnopqrstuvwxyz0123456789'
    i = 0
    while n:
        i += 1
        name = b'k%07x' % i
        h = 14695981039346656037
        for c in name:
            h = (h ^ c) * prime & mask
        for a in letters:
            g = (h ^ a) * prime & mask
            last = (g & 0xff) ^ 0x15
            if g & 0xff00 == 0x5a00 and last in letters:
                yield (name + bytes((a, last))).decode()
                n -= 1
                break


@case('many', n=20000, small=2500, seconds=60, memory=3000)
def colliding_labels(b, n):
    b.chapter('# T\n\n' + ''.join('<a id="%s"></a>x\n\n' % key for key in colliding_keys(n)))


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def references(b, n):
    b.chapter('# T\n\n' + ''.join('[r%d] ' % i for i in range(n)) + '\n\n' + ''.join('[r%d]: https://example.org/%d\n' % (i, i) for i in range(n)))


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def same_references(b, n):
    b.chapter('# T\n\n' + '[r] ' * n + '\n\n' + '[r]: https://example.org/\n' * n)


@case('many', status=1, says='expands-too-far', n=60000, seconds=60, memory=3000)
def reference_bomb(b, n):
    b.chapter('# T\n\n' + '[r] ' * n + '\n\n[r]: https://example.org/' + 'x' * n + '\n')


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def notes(b, n):
    b.chapter('# T\n\n' + ''.join('a[^%d]\n\n' % i for i in range(n)) + ''.join('[^%d]: note\n' % i for i in range(n)))


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def notes_in_one_paragraph(b, n):
    b.chapter('# T\n\n' + ''.join('a[^%d] ' % i for i in range(n)) + '\n\n' + ''.join('[^%d]: note\n' % i for i in range(n)))


@case('many', n=100000, small=4000, seconds=60, memory=3000)
def one_note_often(b, n):
    b.chapter('# T\n\n' + 'a[^1] ' * n + '\n\n[^1]: note\n')


@case('many', says='unused-note', n=100000, small=4000, seconds=60, memory=3000)
def unused_notes(b, n):
    b.chapter('# T\n\n' + ''.join('[^%d]: note\n' % i for i in range(n)))


@case('many', says='undefined-footnote', n=100000, small=4000, seconds=60, memory=3000)
def undefined_notes(b, n):
    b.chapter('# T\n\n' + ''.join('a[^n%d] ' % i for i in range(n)) + '\n')


@case('many', n=20000, small=2000, seconds=60, memory=3000)
def long_note(b, n):
    b.chapter('# T\n\na[^1]\n\n[^1]: note\n\n' + '    more of the note\n\n' * n)


@case('many', n=100000, small=4000, seconds=60, memory=4000)
def headings(b, n):
    b.chapter('# T\n\n' + '## Same\n\n' * n)


@case('many', n=100000, small=5000, seconds=120, memory=6000)
def headings_of_all_levels(b, n):
    b.chapter('# T\n\n' + ''.join('#' * (i % 6 + 1) + ' H%d\n\n' % i for i in range(n)))


@case('many', n=50000, small=2000, seconds=120, memory=6000)
def headings_one(b, n):
    b.chapter('# T\n\n' + '# One\n\n' * n)


@case('many', says='duplicate-label', n=50000, seconds=60, memory=3000)
def duplicate_ids(b, n):
    b.chapter('# T\n\n' + '## A {#same}\n\n' * n)


@case('many', n=10000, small=500, seconds=120, memory=6000)
def chapters(b, n):
    for i in range(n):
        b.chapter('# T%d\n\nText.\n' % i)


@case('many', n=50000, seconds=60, status=1, says='missing-chapter', memory=3000)
def missing_chapters(b, n):
    b.file('src/SUMMARY.md', '# Summary\n\n' + ''.join('- [C](m%d.md)\n' % i for i in range(n)))


@case('many', n=15000, seconds=60, memory=3000)
def drafts(b, n):
    b.chapter('# T\n')
    b.file('src/SUMMARY.md', '# Summary\n\n- [T](c0.md)\n' + '- [C]()\n' * n)


@case('many', n=15000, seconds=60, memory=3000)
def parts(b, n):
    b.chapter('# T\n')
    b.file('src/SUMMARY.md', '# Summary\n\n- [T](c0.md)\n\n' + '# Part\n\n' * n)


@case('many', status=1, says='bad-summary', n=1500, growth=False, seconds=60)
def deep_summary(b, n):
    b.chapter('# T\n')
    b.file('src/SUMMARY.md', '# Summary\n\n- [T](c0.md)\n' + ''.join('  ' * i + '- [C]()\n' for i in range(n)))


@case('many', status=(0, 1), n=100000, seconds=60)
def deep_summary_line(b, n):
    b.chapter('# T\n')
    b.file('src/SUMMARY.md', '# Summary\n\n- [T](c0.md)\n\n' + '- ' * n + '[C]()\n')


@case('many', n=100000, seconds=60)
def summary_brackets(b, n):
    b.chapter('# T\n')
    b.file('src/SUMMARY.md', '# Summary\n\n- [T](c0.md)\n- [' + '[' * n + ']' * n + ']()\n')
summary_brackets_case = CASES[-1]
summary_brackets_case.status = (0, 1)


@case('many', n=30000, seconds=60, memory=3000)
def listings(b, n):
    b.chapter('# T\n\n' + '```rust\nfn main() {}\n```\n\n' * n)


@case('many', n=10000, seconds=60, memory=3000)
def images(b, n):
    b.file('src/a.png', png(2, 2))
    b.chapter('# T\n\n' + '![a](a.png)\n\n' * n)


@case('many', n=10000, seconds=60, memory=3000, status=1, says='missing-image')
def missing_images(b, n):
    b.chapter('# T\n\n' + ''.join('![a](a%d.png)\n\n' % i for i in range(n)))


@case('many', n=300, small=30, seconds=120, memory=3000)
def different_images(b, n):
    for i in range(n):
        b.file('src/a%d.png' % i, png(2, 2, i & 255))
    b.chapter('# T\n\n' + ''.join('![a](a%d.png)\n\n' % i for i in range(n)))


# ---- style sheets ----

def css(name, text, n=100000, says='', status=0, **more):
    def make(b, n):
        b.chapter('# T\n\nText with *emphasis* and `code`.\n\n> A quotation.\n\n- a list\n')
        b.sheet(text(n))
    make.__name__ = 'css_' + name
    case('css', status, says, n=n, **more)(make)


css('selector_list', lambda n: ','.join('.c%d' % i for i in range(n)) + ' { color: red }')
css('rules', lambda n: ''.join('.c%d { color: red }\n' % i for i in range(n)))
css('rules_that_match', lambda n: 'p { color: red }\n' * n, n=30000)
css('universal_rules', lambda n: '* { color: red }\n' * n, n=30000)
css('not', lambda n: 'p' + ':not(.a)' * n + ' { color: red }')
css('not_deep', lambda n: 'p' + ':not(' * n + ')' * n + ' { color: red }', says='css-bad-selector')
css('compound', lambda n: ''.join('.c%d' % i for i in range(n)) + ' { color: red }')
css('descendants', lambda n: 'div ' * n + 'p { color: red }', says='css-bad-selector')
css('descendants_fewer', lambda n: ('* ' * 30 + 'p { color: red }\n') * n, n=2000)
css('siblings', lambda n: ('* ~ ' * 30 + 'p { color: red }\n') * n, n=2000)
css('nth', lambda n: 'p:nth-child(' + '9' * n + 'n+' + '9' * n + ') { color: red }', says='')
css('variables', lambda n: ':root {' + ''.join('--v%d: var(--v%d) var(--v%d);' % (i, i + 1, i + 1) for i in range(n)) + '--v%d: red }\np { color: var(--v0) }' % n, n=1000)
css('variable_circle', lambda n: ':root { --a: var(--b); --b: var(--a) } p { color: var(--a) }', n=10)
css('variable_chain', lambda n: ':root {' + ''.join('--v%d: var(--v%d);' % (i, i + 1) for i in range(n)) + '--v%d: red }\np { color: var(--v0) }' % n)
css('variable_often', lambda n: ':root { --a: ' + '1px ' * 4000 + '} ' + 'p { margin: var(--a) }\n' * n, n=2000)
css('variable_fallbacks', lambda n: 'p { color: ' + 'var(--a,' * n + 'red' + ')' * n + ' }')
css('calc', lambda n: 'p { margin: ' + 'calc(' * n + '1px' + ')' * n + ' }', says='css-bad-value')
css('calc_sum', lambda n: 'p { margin: calc(1px' + ' + 1px' * n + ') }')
css('calc_product', lambda n: 'p { margin: calc(1px' + ' * 10' * n + ') }')
css('blocks', lambda n: 'p {' * n + '}' * n)
css('brackets', lambda n: 'p { color: ' + '(' * n + ')' * n + ' }', says='css-bad-value')
css('brackets_mixed', lambda n: '([{' * n)
css('media', lambda n: '@media print {' * n + 'p { color: red }' + '}' * n)
css('media_list', lambda n: '@media ' + 'print,' * n + 'screen { p { color: red } }')
css('media_conditions', lambda n: '@media ' + '(' * n + 'print' + ')' * n + ' { p { color: red } }')
css('media_not', lambda n: '@media ' + 'not (' * n + 'print' + ')' * n + ' { p { color: red } }')
css('supports', lambda n: '@supports ' + '(' * n + 'color: red' + ')' * n + ' { p { color: red } }')
css('comments', lambda n: '/* */' * n + '/*' * n)
css('strings', lambda n: 'p { content: "' + '\\"' * n)
css('string_open', lambda n: ('"' + 'a' * 20 + '\n') * n)
css('escapes', lambda n: '\\61 ' * n + '{}', says='')
css('properties', lambda n: 'p {' + 'colour: red;' * n + '}', says='css-unknown-property')
css('declarations', lambda n: 'p {' + 'color: red;' * n + '}')
css('custom_names', lambda n: 'p {' + ''.join('--v%d: 1;' % i for i in range(n)) + '}')
css('font_families', lambda n: 'p { font-family: ' + ','.join('f%d' % i for i in range(n)) + ' }')
css('font_faces', lambda n: '@font-face { font-family: a; src: url(no.ttf) }\n' * n, n=20000, status=(0, 1))
css('pages', lambda n: ''.join('@page p%d { margin: 1cm }\n' % i for i in range(n)), n=20000)
css('contents', lambda n: 'p::before { content: ' + '"a" ' * n + ' }')
css('generated', lambda n: '*::before { content: "' + 'a ' * n + '" }')
css('counters', lambda n: 'p { counter-increment: ' + ' '.join('c%d' % i for i in range(n)) + ' }')
css('numbers', lambda n: 'p { margin: ' + '9' * n + 'px; font-size: 1e' + '9' * n + 'px; line-height: 0.' + '0' * n + '1 }')
css('units', lambda n: 'p { font-size: 1000000000px; margin: -99999999cm; text-indent: 99999999em; line-height: 99999999 }', n=10)
css('zero', lambda n: '* { font-size: 0; line-height: 0; margin: 0; padding: 0 }', n=10)
css('negative', lambda n: '* { margin: -1000px; text-indent: -1000px; font-size: 1px }', n=10)
css('page_tiny', lambda n: '@page { size: 1px 1px; margin: 0 }', n=10)
css('page_no_room', lambda n: '@page { size: 10cm 10cm; margin: 6cm }', n=10)
css('page_huge', lambda n: '@page { size: 999999cm 999999cm }', n=10, says='css-bad-value')
css('page_of_metres', lambda n: '@page { size: 14000pt 14000pt; bleed: 144pt; marks: crop cross }', n=10)
css('bleed', lambda n: '@page { bleed: 99999cm; marks: crop }', n=10, says='css-bad-value')
css('margins_growing', lambda n: 'blockquote, li, p, div { margin: 50%; padding: 50%; }', n=10)
css('columns', lambda n: 'body { columns: 99999 }', n=10)
css('url', lambda n: '@import url(' + 'a' * n + ');', status=(0, 1))
css('unclosed', lambda n: 'p { color: red; ' + '@media print {' * n)


@case('css')
def import_cycle(b, n):
    b.chapter('# T\n')
    b.sheet('@import "a.css";')
    b.file('a.css', '@import "b.css"; p { color: red }')
    b.file('b.css', '@import "a.css"; @import "own.css"; p { color: blue }')


@case('css')
def import_bomb(b, n):
    b.chapter('# T\n')
    b.sheet('@import "i0.css";')
    for i in range(15):
        b.file('i%d.css' % i, '@import "i%d.css";\n' % (i + 1) * 10)
    b.file('i15.css', 'p { color: red }')


@case('css', says='', n=100, growth=False)
def import_chain(b, n):
    b.chapter('# T\n')
    b.sheet('@import "i0.css";')
    for i in range(n):
        b.file('i%d.css' % i, '@import "i%d.css";\n' % (i + 1))
    b.file('i%d.css' % n, 'p { color: red }')


# ---- settings and front matter ----

def toml(name, text, n=100000, status=1, says='bad-toml', **more):
    def make(b, n):
        b.chapter('# T\n')
        b.file('book.toml', text(n))
    make.__name__ = 'toml_' + name
    case('settings', status, says, n=n, **more)(make)


toml('arrays', lambda n: 'a = ' + '[' * n)
toml('arrays_closed', lambda n: 'a = ' + '[' * n + ']' * n)
toml('tables', lambda n: '[' + '.'.join('a' for i in range(n)) + ']\n')
toml('keys', lambda n: '.'.join('a' for i in range(n)) + ' = 1\n')
toml('inline_tables', lambda n: 'a = ' + '{b=' * n + '1' + '}' * n)
toml('long_key', lambda n: 'a' * n + ' = 1\n', n=800000, status=(0, 1), says='unknown-book-key')
toml('long_value', lambda n: '[book]\ntitle = "' + 'a ' * (n // 2) + '"\n', n=800000, status=0, says='', seconds=60)
toml('many_keys', lambda n: '[output.incipit]\n' + ''.join('k%d = 1\n' % i for i in range(n)), n=50000, says='unknown-setting')
toml('many_authors', lambda n: '[book]\nauthors = [' + '"A B",' * n + ']\n', n=50000, status=0, says='')
toml('many_tables', lambda n: ''.join('[output.t%d]\n' % i for i in range(n)), n=50000, status=0, says='')
toml('array_of_tables', lambda n: '[[output.t]]\n' * n, n=50000, status=0, says='')
toml('too_big', lambda n: '#' * n, n=2 << 20, says='', growth=False, status=1, small=2 << 20)
toml('dates', lambda n: 'a = 9999-99-99T99:99:99Z\n', n=10)
toml('numbers', lambda n: 'a = ' + '9' * n + '\n')
toml('wrong_types', lambda n: '[book]\ntitle = 1\nauthors = "a"\nsrc = []\nlanguage = {}\n[output.incipit]\nstyles = 5\n', n=10, says='bad-setting')
toml('src_outside', lambda n: '[book]\nsrc = "../.."\n', n=10, says='outside-book')
toml('src_absolute', lambda n: '[book]\nsrc = "/etc"\n', n=10, says='outside-book')


def front(name, text, n=100000, status=(0, 1), says='', **more):
    def make(b, n):
        b.target = b.file('one.md', '---\n' + text(n) + '\n---\n\n# T\n\nText.\n')
    make.__name__ = 'yaml_' + name
    case('settings', status, says, n=n, **more)(make)


front('aliases', lambda n: 'a0: &a0 [x,x]\n' + ''.join('a%d: &a%d [*a%d,*a%d,*a%d,*a%d]\n' % (i, i, i - 1, i - 1, i - 1, i - 1) for i in range(1, n)) + 'title: *a%d' % (n - 1), n=60)
front('deep', lambda n: 'a: ' + '[' * n)
front('deep_closed', lambda n: 'a: ' + '[' * n + ']' * n)
front('deep_maps', lambda n: 'a: ' + '{b: ' * n)
front('deep_blocks', lambda n: ''.join(' ' * i + 'a:\n' for i in range(n)), n=2000)
front('many', lambda n: ''.join('k%d: v\n' % i for i in range(n)))
front('long', lambda n: 'title: ' + 'a ' * n)
front('anchors', lambda n: ''.join('k%d: &a%d v\n' % (i, i) for i in range(n)), n=20000)
front('bytes', lambda n: 'title: "\\x00\\xff\\uD800"\nauthor: \x01', n=10)
front('open', lambda n: '"' * n)

# ---- pictures ----


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(w, h, value=128, data=None, depth=8, color=2):
    rows = data if data is not None else zlib.compress(b''.join(b'\0' + bytes([value]) * (w * 3) for _ in range(h)))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, depth, color, 0, 0, 0)) + chunk(b'IDAT', rows) + chunk(b'IEND', b'')


def noise_png(w, h):
    r = random.Random(3)
    return png(w, h, data=zlib.compress(b''.join(b'\0' + r.randbytes(w * 3) for _ in range(h))))


JPEG = base64.b85decode(
    '|JeWF01!$>Nk#wx0RR9200961|JwjV02B@n5)Ta&5)cv>6%-gAG9exu93DL^E+jHZKuk+VKt@GST61DhRc%&9Mr4R(ZFhTtf`Lw8jhBplmUDiAeE-'
    '`3Lje^R7akfOJ0T%Ed{ahKe0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-e0+R-'
    'e0=}H01*fP7yuXp0U`hb5di}c0sq7R761VO0RR910000000000000031pmYU76AbP0RR910000000000000980{_|o3<CiG0uTcb0004`={$tO)zL7eOg&%!!~hl$0RaI3'
    '0000000000000000RRyH+5iXv0RRC70-'
    'a`OKmWu47ZCvf0{{R300000000000000212O;F00;pC0RcY&r5sX*KmWu47!d#i0RaF20000000000000010udqq+5iXv0s#R(0Tp10TtENB02B}b00000000000000000'
    '00m|Jncu0RaF8KLQ{B!~ho%0RaI40000000000000000RRvn|Jncu0RaF3KOu0>Am9Jm01N{G00IC50000Gizop9!~ho&00RL400000000000000003ksT|Jncu0RsU6KM'
    '<UxW<USL02>hj00II700000000000000101+WEQNhvw+5iXv0s#R(5H*;hy9n&hK0|EJ|HJ?t5C8)J0s{d700000000000003IAu&;5fkAQq+5iXv0RRC%5Z)+{NNBUMXR'
    'yO-@TJ!*YWp%vm+-3HKmXY')
WEBP_LOSSLESS = bytes.fromhex('524946461a000000574542505650384c0d0000002f00000010071011118888fe0700')
WEBP = base64.b85decode(
    'Qb|Te-'
    'T(jqS4BclR!}$~(f|MeFa`jf0V)^(7yv%)YOYYJrKBRL3aKz1iEIF!GK7Hy74tGtUh(@*gAWuGb7?>Bw0#~v%RceRxBvkBO1GVxl;~gh$3^)j5kR>B6rg*RCDZ@55dTo=u'
    '#+j~N5P``-'
    'IjgmR_;A~SZm$G5KO2HA^~N=gyR1O&R6vRExjF)uFFrVQ8R>4n@l=c?4x4mTQhphDgp#B<b%rgM!(hrn%T4KUdrvrh#FQAvd_9dIn1CVl!|UsYVW~!Z>E2Pi#uBbh<F>?W'
    '2F(tfgDf(000')


def noise_gif(side):
    """Colour numbers of 7 bits, written as codes of 8 bits with a clear code before each 100 of them, so that codes never grow."""
    r = random.Random(8)
    pixels = r.randbytes(side * side)
    codes = b''.join(b'\x80' + bytes(p & 127 for p in pixels[i:i + 100]) for i in range(0, len(pixels), 100)) + b'\x81'
    blocks = b''.join(bytes([len(codes[i:i + 255])]) + codes[i:i + 255] for i in range(0, len(codes), 255))
    return (b'GIF89a' + struct.pack('<HH', side, side) + b'\xf6\0\0' + r.randbytes(3 * 128) + b',\0\0\0\0' + struct.pack('<HH', side, side) +
            b'\0\x07' + blocks + b'\0;')


def picture(name, data, status=(0, 1), says='', extension='png', **more):
    def make(b, n):
        b.file('src/a.' + extension, data() if callable(data) else data)
        b.chapter('# T\n\n![a picture](a.%s)\n\n<img src="a.%s" alt="again" width="99999999999" height="0">\n' % (extension, extension))
        b.setting('cover = "src/a.%s"' % extension)
    make.__name__ = name
    case('pictures', status, says, growth=False, **more)(make)


def gif_of(w, h):
    return b'GIF89a' + struct.pack('<HH', w, h) + b'\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0' + struct.pack('<HH', w, h) + b'\0\x02\x02\x84Q\0;'


def jpeg_of(w, h):
    at = JPEG.index(b'\xff\xc2') + 5
    return JPEG[:at] + struct.pack('>HH', h, w) + JPEG[at + 4:]


def webp_of(w, h):
    bits = (w - 1) | ((h - 1) << 14)
    data = b'\x2f' + struct.pack('<I', bits) + WEBP_LOSSLESS[25:]
    return b'RIFF' + struct.pack('<I', len(data) + 12) + b'WEBPVP8L' + struct.pack('<I', len(data)) + data


def webp_x_of(w, h):
    data = struct.pack('<I', 0x10) + struct.pack('<I', w - 1)[:3] + struct.pack('<I', h - 1)[:3]
    return b'RIFF' + struct.pack('<I', len(data) + len(WEBP)) + b'WEBPVP8X' + struct.pack('<I', len(data)) + data + WEBP[12:]


picture('png_bomb', lambda: png(100000, 100000, data=b''), 1, 'image-too-big')
picture('png_bomb_packed', lambda: png(5000, 5000, data=zlib.compress(bytes(5000 * (5000 * 3 + 1)), 9)), 0)
picture('png_zero', lambda: png(0, 0, data=b''), 1, 'broken-image')
picture('png_huge_sides', lambda: png(0x7fffffff, 0x7fffffff, data=b''), 1)
picture('png_line', lambda: png(100000, 1), 0)
picture('png_text_bomb', lambda: png(2, 2)[:33] + chunk(b'zTXt', b'a\0\0' + zlib.compress(bytes(50000000))) * 8 + png(2, 2)[33:], 0)
picture('png_profile_bomb', lambda: png(2, 2)[:33] + chunk(b'iCCP', b'a\0\0' + zlib.compress(bytes(100000000))) + png(2, 2)[33:], (0, 1), memory=700)
picture('gif_bomb', lambda: gif_of(65535, 65535), 1, 'image-too-big', 'gif')
picture('jpeg_bomb', lambda: jpeg_of(65500, 65500), 1, 'image-too-big', 'jpg')
picture('webp_bomb', lambda: webp_of(16384, 16384), 1, 'image-too-big', 'webp')
picture('webp_bomb_extended', lambda: webp_x_of(1 << 24, 1 << 24), 1, '', 'webp')
picture('picture_of_noise', lambda: random.Random(4).randbytes(100000), 1, 'unknown-image')
picture('picture_empty', b'', 1, '')
picture('svg_entities', '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + ''.join('<!ENTITY %s "%s">' % (chr(98 + i), ('&%s;' % chr(97 + i)) * 10) for i in range(20)) +
        ']><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&u;</text></svg>', 1, 'broken-image', 'svg', only=True, memory=150)
picture('svg_external', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&a;</text></svg>', 0, '', 'svg')
picture('svg_deep', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">' + '<g>' * 100000 + '</g>' * 100000 + '</svg>', 1, 'broken-image', 'svg', only=True, memory=150)
picture('svg_open', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">' + '<g>' * 100000, 1, 'broken-image', 'svg', only=True, memory=150)
picture('svg_use', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">' + ''.join('<g id="g%d"><use href="#g%d"/><use href="#g%d"/></g>' % (i, i + 1, i + 1) for i in range(40)) +
        '<g id="g40"><use href="#g0"/></g></svg>', 1, 'svg-bad-reference svg-too-large', 'svg', only=True, memory=150)
picture('svg_attributes', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" ' + ' '.join('a%d="b"' % i for i in range(100000)) + '/>', 0, '', 'svg')
picture('svg_huge', '<svg xmlns="http://www.w3.org/2000/svg" width="1e300" height="-1e300" viewBox="0 0 1e99 nan"/>', 0, '', 'svg')
picture('svg_text', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>' + 'a ' * 2000000 + '</text></svg>', 1, 'svg-too-large', 'svg', only=True, memory=150)


def cut_pictures(kind, data):
    def make(b, n):
        whole = data()
        places = list(range(0, len(whole), 64)) + [len(whole) - 1]
        for i in places:
            b.file('src/a%d.%s' % (i, kind), whole[:i])
        b.chapter('# T\n\n' + ''.join('![cut at %d](a%d.%s)\n\n' % (i, i, kind) for i in places))
        b.arguments = ['--keep-going']
    make.__name__ = 'cut_' + kind
    case('pictures', 1, 'broken-image', growth=False)(make)

    def spoilt(b, n):
        whole, r = data(), random.Random(5)
        for i in range(200):
            bad = bytearray(whole)
            for _ in range(1 + i % 4):
                bad[r.randrange(len(bad))] = r.randrange(256)
            b.file('src/a%d.%s' % (i, kind), bytes(bad))
        b.chapter('# T\n\n' + ''.join('![spoilt %d](a%d.%s)\n\n' % (i, i, kind) for i in range(200)))
        b.arguments = ['--keep-going']
    spoilt.__name__ = 'spoilt_' + kind
    case('pictures', (0, 1), '', growth=False)(spoilt)


cut_pictures('png', lambda: noise_png(40, 40))
cut_pictures('jpg', lambda: JPEG)
cut_pictures('gif', lambda: noise_gif(30))
cut_pictures('webp', lambda: WEBP)


# ---- fonts ----

FONTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'fonts')


def any_font(ending):
    names = []
    for folder, _, files in os.walk(FONTS):
        names += [os.path.join(folder, f) for f in files if f.endswith(ending)]
    return sorted(names, key=lambda p: (os.path.getsize(p), p))[0] if names else None


def with_font(b, data, name='f.ttf'):
    b.file(name, data)
    b.sheet('@font-face { font-family: Own; src: url(%s) } body, p, h1 { font-family: Own }' % name)
    b.chapter('# T\n\nSome text, ffi, *more* and more, 1234.\n')
    b.arguments = ['--keep-going']


def font_tables(data):
    count = struct.unpack('>H', data[4:6])[0]
    return [struct.unpack('>4sIII', data[12 + 16 * i:28 + 16 * i]) for i in range(count)]


def broken_tables(ending, spoil, name):
    def make(b, n):
        data = open(any_font(ending), 'rb').read()
        faces, text = '', '# T\n\n'
        for i, (tag, _, offset, length) in enumerate(font_tables(data)):
            bad = spoil(bytearray(data), 12 + 16 * i, offset, length)
            b.file('f%d%s' % (i, ending), bytes(bad))
            faces += '@font-face { font-family: F%d; src: url(f%d%s) }\n.f%d { font-family: F%d }\n' % (i, i, ending, i, i)
            text += '<p class="f%d">Text in a font whose %s is broken, ffi 1234 àé.</p>\n\n' % (i, tag.decode('latin1').strip())
        b.sheet(faces)
        b.chapter(text)
        b.arguments = ['--keep-going']
    make.__name__ = name
    case('fonts', (0, 1), '', growth=False)(make)


def zeroed(data, entry, offset, length):
    data[offset:offset + length] = bytes(length)
    return data


def ones(data, entry, offset, length):
    data[offset:offset + length] = b'\xff' * length
    return data


def noisy(data, entry, offset, length):
    data[offset:offset + length] = random.Random(offset).randbytes(length)
    return data


def far(data, entry, offset, length):
    data[entry + 8:entry + 16] = struct.pack('>II', 0xfffffff0, 0xffffffff)
    return data


def gone(data, entry, offset, length):
    data[entry:entry + 4] = b'zzzz'
    return data


def cut(data, entry, offset, length):
    return data[:offset + length // 2]


for ending in ('.otf', '.ttf'):
    if any_font(ending):
        for spoil in (zeroed, ones, noisy, far, gone, cut):
            broken_tables(ending, spoil, 'font_%s_%s' % (ending[1:], spoil.__name__))


@case('fonts', 1, 'broken-font')
def font_of_noise(b, n):
    with_font(b, random.Random(6).randbytes(50000))


@case('fonts', 1, 'broken-font')
def font_empty(b, n):
    with_font(b, b'')


@case('fonts', 1, 'broken-font')
def woff2_bomb(b, n):
    # A header that promises four gigabytes from a few bytes.
    with_font(b, b'wOF2' + struct.pack('>IIHHIIHHIIIII', 0x00010000, 148, 1, 0, 0xffffffff, 20, 1, 0, 0, 0, 0, 0, 0) + bytes(100), 'f.woff2')


@case('fonts', 1, 'broken-font')
def woff_bomb(b, n):
    table = zlib.compress(bytes(200000000), 9)
    head = b'wOFF' + struct.pack('>IIHHIHHIIIII', 0x00010000, 64 + len(table), 1, 0, 200000100, 1, 0, 0, 0, 0, 0, 0)
    with_font(b, head + struct.pack('>4sIIII', b'glyf', 64, len(table), 200000000, 0) + table, 'f.woff')


@case('fonts', 1, 'missing-font')
def font_is_folder(b, n):
    os.makedirs(b.path('f.ttf'))
    b.sheet('@font-face { font-family: Own; src: url(f.ttf) } p { font-family: Own }')
    b.chapter('# T\n\ntext\n')


# ---- paths ----

OUTSIDE = '/etc/hostname'


def kinds_of_link(b, folder, name):
    """(path as written, may exist) for everything that is no plain file inside the book."""
    os.symlink(OUTSIDE, b.path(folder + 'link-' + name))
    os.symlink('/etc', b.path(folder + 'folder-' + name))
    os.symlink('loop-' + name, b.path(folder + 'loop-' + name))
    os.symlink('/dev/zero', b.path(folder + 'zero-' + name))
    os.mkfifo(b.path(folder + 'fifo-' + name))
    os.mkdir(b.path(folder + 'dir-' + name))
    return ['/etc/hostname', '../../../../../../../../etc/hostname', 'link-' + name, 'folder-' + name + '/hostname', 'loop-' + name, 'zero-' + name,
            'fifo-' + name, 'dir-' + name, '/dev/zero', '/proc/self/mem', '/proc/self/environ', '/proc/self/root/etc/hostname', '', '.', '..', '/', 'a\0b',
            'x' * 5000, 'y/' * 2500]


@case('paths', 1, 'outside-book missing-include')
def include_paths(b, n):
    b.chapter('# T\n\n' + ''.join('{{#include %s}}\n\n' % p for p in kinds_of_link(b, 'src/', 'a')))
    b.secret = OUTSIDE


@case('paths', 1, 'outside-book')
def include_quoted_paths(b, n):
    b.chapter('# T\n\n' + ''.join('{{#rustdoc_include "%s"}}\n\n' % p for p in kinds_of_link(b, 'src/', 'a')))


@case('paths', 1, '')
def image_paths(b, n):
    paths = kinds_of_link(b, 'src/', 'a')
    b.chapter('# T\n\n' + ''.join('![a](<%s>)\n\n' % p.replace('\0', '%00') for p in paths) + ''.join('<img src="%s" alt="x">\n\n' % p for p in paths) +
              '![u](file:///etc/hostname) ![d](data:image/png;base64,AAAA) ![e](%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname)\n')


@case('paths', 1, '')
def chapter_paths(b, n):
    paths = [p for p in kinds_of_link(b, 'src/', 'a')]
    b.file('src/SUMMARY.md', '# Summary\n\n' + ''.join('- [C](<%s>)\n' % p for p in paths if p))


@case('paths', 1, '')
def sheet_paths(b, n):
    b.chapter('# T\n')
    b.setting('styles = [%s]' % ', '.join('"%s"' % p.replace('\0', '\\u0000') for p in kinds_of_link(b, '', 'a')))


@case('paths', (0, 1), '')
def import_paths(b, n):
    b.chapter('# T\n')
    b.sheet(''.join('@import "%s";\n' % p for p in kinds_of_link(b, '', 'a')))


@case('paths', (0, 1), '')
def font_paths(b, n):
    b.chapter('# T\n')
    b.sheet(''.join('@font-face { font-family: F; src: url("%s") }\n' % p for p in kinds_of_link(b, '', 'a')))


@case('paths', 1, '')
def cover_paths(b, n):
    b.chapter('# T\n')
    kinds_of_link(b, '', 'a')
    b.setting('cover = "fifo-a"')


@case('paths', 1, '')
def cover_outside(b, n):
    b.chapter('# T\n')
    b.setting('cover = "../../../../etc/hostname"')


@case('paths', (1, 3), '')
def toml_is_folder(b, n):
    b.chapter('# T\n')
    os.mkdir(b.path('book.toml'))


@case('paths', (1, 3), '')
def toml_is_fifo(b, n):
    b.chapter('# T\n')
    os.mkfifo(b.path('book.toml'))


@case('paths', 1, '')
def toml_is_link_out(b, n):
    b.chapter('# T\n')
    os.symlink('/etc/passwd', b.path('book.toml'))


@case('paths', (1, 3), '')
def summary_is_folder(b, n):
    os.mkdir(b.path('src/SUMMARY.md'))


@case('paths', (1, 3), '')
def summary_is_fifo(b, n):
    os.mkfifo(b.path('src/SUMMARY.md'))


@case('paths', 1, '')
def book_is_device(b, n):
    b.target = '/dev/zero'


@case('paths', 1, '')
def book_is_fifo(b, n):
    os.mkfifo(b.path('a.md'))
    b.target = b.path('a.md')


@case('paths', 1, '')
def src_is_link_out(b, n):
    shutil.rmtree(b.path('src'))
    os.symlink('/etc', b.path('src'))
    b.file('book.toml', b.toml)
    b.chapters = None


# ---- running one case ----

FINDING = re.compile(r'^(?:(?P<file>.*?):(?P<line>\d+):(?P<column>\d+)|incipit): (?P<severity>note|warning|error|fatal error): (?P<text>.*) \[(?P<name>[a-z0-9-]+)\]$')


def sanitized(program):
    with open(program, 'rb') as f:
        return b'__asan_init' in f.read()


class Run:
    pass


def run(program, case, work, n, limit, to):
    folder = os.path.join(work, case.name)
    shutil.rmtree(folder, ignore_errors=True)
    book = Book(folder)
    case.make(book, n)
    if book.chapters is not None:
        book.finish()
    out = os.path.join(folder, 'out')
    r = Run()
    r.folder, r.out = folder, out
    def limit_cpu():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    began = time.time()
    with open(os.path.join(folder, 'stderr'), 'wb') as err:
        child = subprocess.Popen([program, 'build', book.target, '-o', out, '--to', ','.join(to), '--diagnostics', 'gcc', *book.arguments], preexec_fn=limit_cpu,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err)
        while True: # a machine under load may need more time than the processor's, a program that waits for ever gets some of it
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.time() > began + 30 * limit:
                child.kill()
            time.sleep(0.002 if time.time() - began < 0.5 else 0.05)
    child.returncode = 0
    r.status = os.waitstatus_to_exitcode(status)
    r.arguments, r.to = book.arguments, to
    if r.status in (-signal.SIGKILL, -signal.SIGXCPU):
        r.status = 'hangs'
    r.cpu = usage.ru_utime + usage.ru_stime
    r.memory = usage.ru_maxrss / 1024
    r.text = open(os.path.join(folder, 'stderr'), errors='replace').read()
    r.names = {}
    for line in r.text.splitlines():
        m = FINDING.match(line)
        if m:
            r.names[m['name']] = r.names.get(m['name'], 0) + 1
    return r


def faults(case, r, check_memory):
    """What is wrong with a run, as sentences."""
    if r.status == 'hangs':
        return ['does not end']
    wrong = []
    if r.status not in case.status:
        wrong.append('status %s instead of %s' % (r.status, ' or '.join(map(str, case.status))))
    for name in case.says:
        if name not in r.names:
            wrong.append('does not say [%s]' % name)
    if case.only and r.names != {name: 1 for name in case.says}:
        wrong.append('says %s, and should say each of %s once' % (r.names, ' '.join(case.says)))
    files = sorted(os.listdir(r.out)) if os.path.isdir(r.out) else []
    if [f for f in files if not f.endswith(('.pdf', '.epub'))]:
        wrong.append('leaves %s' % ' '.join(files))
    if len(files) not in (0, len(r.to)) or (len(files) > 0) != (r.status == 0 or r.status == 1 and '--keep-going' in r.arguments):
        wrong.append('status %s with %d files' % (r.status, len(files)))
    if r.status not in (0, 3) and not any(FINDING.match(line) for line in r.text.splitlines()):
        wrong.append('says nothing')
    if 'AddressSanitizer' in r.text or 'runtime error' in r.text or 'LeakSanitizer' in r.text or 'Assertion' in r.text:
        wrong.append('a sanitizer or an assertion stops it')
    if any(len(line) > 4000 for line in r.text.splitlines()):
        wrong.append('a message of %d bytes' % max(map(len, r.text.splitlines())))
    if check_memory and r.memory > case.memory:
        wrong.append('%d MB of memory, more than %d' % (r.memory, case.memory))
    return wrong


def main():
    arguments = sys.argv[1:]
    full, listing, verbose, group = False, False, False, None
    names = []
    while arguments:
        a = arguments.pop(0)
        if a == '--full':
            full = True
        elif a == '--verbose':
            verbose = True
        elif a == '--list':
            listing = True
        elif a == '--group':
            group = arguments.pop(0)
        else:
            names.append(a)
    if listing:
        for c in CASES:
            print(c.group, c.name)
        return 0
    program, work, names = os.path.abspath(names[0]), os.path.abspath(names[1]), names[2:]
    slow = sanitized(program)
    os.makedirs(work, exist_ok=True)
    failed = 0
    ran = 0
    for c in CASES:
        if (group and c.group != group) or (names and c.name not in names):
            continue
        ran += 1
        n = c.n if full else c.small
        limit = c.seconds * (6 if slow else 1)
        # Pages are made in any case; in the short run one kind of file stands for all three.
        to = ('pdf', 'print', 'epub') if full else (('pdf', 'print', 'epub')[zlib.crc32(c.name.encode()) % 3],)
        r = run(program, c, work, n, limit, to)
        wrong = faults(c, r, not slow)
        growth = ''
        if c.n and c.growth and full and not wrong:
            half = run(program, c, work, n // 2, limit, to)
            growth = ' x%.1f' % (r.cpu / max(half.cpu, 0.02))
            if r.cpu > 1 and r.cpu > half.cpu * 3.2:
                wrong.append('twice the size costs %.1f times as much' % (r.cpu / half.cpu))
        said = ' '.join('%s:%d' % p for p in getattr(r, 'names', {}).items())
        if wrong or full or verbose:
            print('%s %-28s status %s %6.2f s%s %5d MB  %s' % ('FAIL' if wrong else 'ok  ', c.name, r.status, r.cpu, growth, r.memory, said), flush=True)
        for w in wrong:
            print('        ' + w)
        if wrong and r.text:
            print('        ' + '\n        '.join(line[:300] for line in r.text.splitlines()[-3:]), flush=True)
        failed += bool(wrong)
        shutil.rmtree(r.folder, ignore_errors=True)
    print('%d cases, %d failed' % (ran, failed))
    return 1 if failed else 0


sys.exit(main())
