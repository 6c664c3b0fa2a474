#!/usr/bin/env python3
"""examples.py ROOT - every example in src/base/diag_help.def is a message that the sources can make.

A message is known when a format string near its id's use fits it; ids whose messages are put together elsewhere are listed below."""
import glob
import re
import sys

root = sys.argv[1]
STRING = r'"(?:[^"\\\\]|\\\\.)*"'
# The message comes from a table or a parameter, or through a helper that is called elsewhere.
ELSEWHERE = set()


def unquote(literals):
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)).replace('\\"', '"').replace('\\\\', '\\')


def pattern(text):
    """A regular expression for what printf makes of a format."""
    out = ''
    for part in re.split(r'(%%|%[-0-9.*]*(?:ll|l|z)?[a-zA-Z])', text):
        out += '%' if part == '%%' else '.*' if part.startswith('%') and len(part) > 1 else re.escape(part)
    return out


sources = ''.join(open(f, encoding='utf-8').read() for f in sorted(glob.glob(f'{root}/src/**/*.c', recursive=True)))
helps = open(f'{root}/src/base/diag_help.def', encoding='utf-8').read()
failed = False
for name, example in re.findall(r'^INC_DIAG_HELP\((\w+), ("(?:[^"\\]|\\.)*"),$', helps, re.M):
    formats = []
    for use in re.finditer(rf'INC_DIAG_{name}\b', sources):
        window = sources[use.end():use.end() + 500]
        formats += [unquote(literals) for literals in re.findall(r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)', window)[:3]]
    if name not in ELSEWHERE and not any(re.fullmatch(pattern(f), unquote(example)) for f in formats):
        print(f'{name}: no message of the sources looks like {example}; candidates: {formats[:4]}')
        failed = True
sys.exit(failed)
