#!/usr/bin/env python3
"""mdbook.py BOOK DESTINATION [--version 0.4|0.5] [--change] - what mdBook writes to a renderer's standard input, made by hand for a small book.

With --change a preprocessor seems to have been at work: it put a line above each chapter, changed words, and added a chapter of its own."""
import json
import os
import re
import sys
import tomllib

book, destination = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
new = '0.4' not in sys.argv
change = '--change' in sys.argv


def expand(path):
    """The links preprocessor, as far as the book needs it: whole files."""
    with open(os.path.join(book, 'src', path), encoding='utf-8-sig', newline='') as f:
        text = f.read()
    folder = os.path.dirname(path)
    return re.sub(r'\{\{#include ([^}]+)\}\}', lambda m: expand(os.path.join(folder, m[1])).removesuffix('\n'), text)


def chapter(name, path, number, sub_items=()):
    content = expand(path) if path else ''
    if path and change:
        content = 'Put in by a preprocessor.\n\n' + content.replace('plain', 'changed')
    rendered = re.sub(r'(?i)readme\.md$', 'index.md', path) if path else None
    return {'Chapter': {'name': name, 'content': content, 'number': number, 'sub_items': list(sub_items), 'path': rendered,
                        'source_path': path, 'parent_names': []}}


items = [
    chapter('Foreword', 'README.md', None),
    {'PartTitle': 'Part one'},
    chapter('First', 'first.md', [1], [chapter('Nested', 'nested/one.md', [1, 1])]),
    'Separator',
    chapter('Later', None, [2]),
    chapter('Thanks', 'thanks.md', None),
]
if change:
    items.insert(3, {'Chapter': {'name': 'Made', 'content': '# Made\n\nOut of nothing, with a [link](#nowhere-made).\n', 'number': [3], 'sub_items': [],
                                 'path': 'made.md', 'source_path': None, 'parent_names': []}})


def plain(value):
    """TOML as serde writes it into JSON: dates become an object."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return {'$__toml_private_datetime': value.isoformat()}


with open(os.path.join(book, 'book.toml'), 'rb') as f:
    config = plain(tomllib.load(f))
if new:
    config['book'] = {'title': None, 'authors': [], 'description': None, 'language': 'en', 'text-direction': None, **config['book']}
context = {
    'version': '0.5.4' if new else '0.4.52',
    'root': book,
    'book': {'items': items} if new else {'sections': items, '__non_exhaustive': None},
    'config': config,
    'destination': destination,
}
json.dump(context, sys.stdout, ensure_ascii=False)
