#!/usr/bin/env python3
"""schemes.py STYLES - can code be read in every theme, on paper, on a screen, and by day and night in the EPUB?

STYLES is the folder of the style sheets; docs/highlighting.md says which rules the schemes keep:
  1. Each class of token has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) on each ground it can stand on: the paper, the listing's ground, the
     bands of highlighted, added and deleted lines, and its own; numbers of lines, marks of turned lines and callouts have it too.
  2. In print it is black, and bands are light enough for black.
  3. Without colour a keyword, a comment and a string still differ: no two of them have the same weight and slant. An addition and a
     deletion differ too; errors and warnings are bold.
  4. What has a colour by day has another by night.
Exit status 1: findings.
"""
import pathlib
import re
import sys

APART = [('keyword', 'comment'), ('keyword', 'string'), ('comment', 'string'), ('addition', 'deletion')]
BESIDE = ('.continuation', '.line-number', '.line[data-line]::before', '.callout')
BANDS = ('highlighted', 'added', 'deleted')
READERS = {False: ['#FFFFFF', '#FBF0D9'], True: ['#1B1A18', '#000000']} # paper, sepia; night
LEAST = 4.5

found, checked = [], 0


def rules(css, media=()):
    """(media, selector, declarations), with the conditions of all @media around."""
    css, at = re.sub(r'/\*.*?\*/', '', css, flags=re.S), 0
    while at < len(css):
        begin = css.find('{', at)
        if begin < 0:
            return
        head, end, depth = css[at:begin].split(';')[-1].strip(), begin + 1, 1
        while depth:
            depth += {'{': 1, '}': -1}.get(css[end], 0)
            end += 1
        inside = css[begin + 1:end - 1]
        if head.startswith('@media'):
            yield from rules(inside, media + (head[6:].strip(),))
        elif not head.startswith('@'):
            declarations = dict((part.split(':', 1)[0].strip(), part.split(':', 1)[1].strip()) for part in inside.split(';') if ':' in part)
            for selector in head.split(','):
                yield media, selector.strip(), declarations
        at = end


def holds(conditions, medium, night):
    for condition in conditions:
        if 'prefers-color-scheme' in condition:
            if not night:
                return False
        elif medium not in re.split(r'[\s,]+', condition):
            return False
    return True


def scheme(sheets, medium, night=False):
    """Declarations by the last class or element of the selector, later ones first; variables replaced."""
    values, variables = {}, {}
    for sheet in sheets:
        for media, selector, declarations in rules(sheet):
            if not holds(media, medium, night):
                continue
            if selector == ':root':
                variables.update({key: value for key, value in declarations.items() if key.startswith('--')})
                continue
            values.setdefault(selector.split(' ')[-1], {}).update(declarations)
    for declarations in values.values():
        for key, value in declarations.items():
            declarations[key] = re.sub(r'var\((--[\w-]+)\)', lambda m: variables.get(m[1], ''), value)
    return values


def colour(value):
    match = re.search(r'#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b', value or '')
    return match and '#' + (match[1] if len(match[1]) == 6 else ''.join(c * 2 for c in match[1])).upper()


def ground(declarations):
    return colour(declarations.get('background-color') or declarations.get('background'))


def luminance(value):
    parts = [int(value[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4 for v in parts]
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]


def ratio(a, b):
    a, b = sorted((luminance(a), luminance(b)), reverse=True)
    return (a + .05) / (b + .05)


def look(values, name):
    """Weight and slant of a class of token."""
    font = {key: value for key, value in values.get('.hljs-' + name, {}).items() if key in ('font-weight', 'font-style')}
    return font.get('font-weight', '400').replace('bold', '700').replace('normal', '400'), font.get('font-style', 'normal')


def check(theme, medium, night, values, paper, names):
    global checked
    where = f'{theme}, {medium}{" at night" if night else ""}'
    plain = colour(values.get('pre', {}).get('color')) or colour(values.get('body', {}).get('color')) or ('#E8E4DA' if night else '#000000')
    listing = ground(values.get('pre', {}))
    grounds = [listing] if listing else list(paper)
    if medium != 'epub':
        grounds += paper # of a copy without grounds
    for selector, declarations in values.items():
        if ground(declarations) and (set(re.split(r'[.:]', selector)) & set(BANDS)):
            grounds.append(ground(declarations))
    for name in sorted(names):
        declarations = values.get('.hljs-' + name, {})
        ink = colour(declarations.get('color')) or plain
        for on in [ground(declarations)] if ground(declarations) else grounds:
            checked += 1
            if ratio(ink, on) < LEAST:
                found.append(f'{where}: {name} is {ink} on {on}: {ratio(ink, on):.2f} to 1')
        if medium == 'print' and not ground(declarations) and ink != '#000000':
            found.append(f'{where}: {name} is {ink}, not black')
    for selector in BESIDE:
        declarations = values.get(selector, {})
        ink = colour(declarations.get('color'))
        for on in [ground(declarations)] if ground(declarations) else grounds:
            checked += 1
            if ink and ratio(ink, on) < LEAST:
                found.append(f'{where}: {selector} is {ink} on {on}: {ratio(ink, on):.2f} to 1')
    for one, other in APART:
        if look(values, one) == look(values, other):
            found.append(f'{where}: {one} and {other} have the same weight and slant')
    for name in ('error', 'warning'):
        if look(values, name)[0] != '700':
            found.append(f'{where}: {name} is not bold')


def main(styles):
    styles = pathlib.Path(styles)
    base, epub = (styles / 'base.css').read_text(), (styles / 'epub.css').read_text()
    for path in sorted(styles.glob('*.css')):
        theme = path.stem
        if theme in ('base', 'epub'):
            continue
        text = path.read_text()
        ruled = {name for _, selector, _ in rules(base + epub + text) for name in re.findall(r'\.hljs-([a-z_]+)', selector)}
        names = ruled | {'title', 'variable'} # what has no rule looks like the text around it
        for medium in ('print', 'screen'):
            check(theme, medium, False, scheme([base, text], medium), ['#FFFFFF'], names)
        day, night = scheme([epub, text], 'epub'), scheme([epub, text], 'epub', True)
        check(theme, 'epub', False, day, READERS[False], names)
        check(theme, 'epub', True, night, READERS[True], names)
        for selector in day:
            if '.hljs-' in selector and day[selector].get('color') and day[selector]['color'] == night[selector].get('color'):
                found.append(f'{theme}, epub: {selector} has the same colour by day and by night')
    for finding in found:
        print(finding)
    if not found:
        print(f'{styles}: {checked} pairs of token and ground, all of {LEAST} to 1 or more')
    sys.exit(1 if found or not checked else 0)


if __name__ == '__main__':
    main(*sys.argv[1:])
