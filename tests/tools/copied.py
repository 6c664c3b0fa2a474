#!/usr/bin/env python3
"""copied.py PAGES COPY... - does what a reader copies from a page have anything that nobody wrote?

PAGES is the output of `incipit dump --as pages`; each COPY is a program's text of a PDF made of the same pages, with form feeds between them.
Characters are counted, not ordered: where lines end is the program's affair. Of those that are drawn (the digits of line numbers, the marks of lines
that go on below) none may be copied from a page more often than the marks have it that are written. Exit status 1: findings, or nothing that could
be found.
"""
import collections
import re
import sys
import unicodedata

from code import ARROW, unquoted

DRAWN = re.compile(f'[0-9{ARROW}]')


def characters(text):
    return collections.Counter(DRAWN.findall(unicodedata.normalize('NFKC', text)))


def read_pages(path):
    """By page: what is written, and what is drawn."""
    written, drawn = [], []
    for line in open(path, encoding='utf-8'):
        if line.startswith('page '):
            written.append('')
            drawn.append([])
        elif line.startswith('  text '):
            text = unquoted(re.search(r'"((?:[^"\\]|\\.)*)"', line)[1])
            if ' shapes ' in line.rsplit('"', 1)[1]:
                drawn[-1].append(text)
            else:
                written[-1] += text
        elif line.startswith('tags'):
            break
    return written, drawn


def main(pages, copies):
    written, drawn = read_pages(pages)
    arrows, numbers = sum(texts.count(ARROW) for texts in drawn), sum(text.isdigit() for texts in drawn for text in texts)
    failed = arrows + numbers == 0
    if failed:
        print(f'{pages}: no line is numbered or goes on below: nothing is tested')
    for path in copies:
        copied = open(path, encoding='utf-8').read().split('\f')
        if not any(text.strip() for text in copied):
            failed = True
            print(f'{path}: no text')
        for number, (wanted, got) in enumerate(zip(written, copied), 1):
            more = characters(got) - characters(wanted)
            if more:
                failed = True
                print(f'{path}: page {number} has what nobody wrote: {dict(more)}')
    if not failed:
        print(f'{len(copies)} copies have none of {arrows} marks of lines that go on and {numbers} numbers of lines')
    return failed


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))
