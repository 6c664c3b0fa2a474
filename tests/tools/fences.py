"""fences.py - the fenced blocks of a Markdown book, read without incipit: mdBook's includes, anchors and hidden lines, fences in lists and quotes."""
import re
import tomllib

FENCE = re.compile(r'(`{3,}|~{3,})[ \t]*([^`]*)$')
HELPER = re.compile(r'(\\?)\{\{\s*#(include|rustdoc_include|playground)\s+([^}]*?)\s*\}\}')
ANCHOR = re.compile(r'ANCHOR(_END)?:\s*(\S+)')


def drawn(source):
    """The languages whose blocks are pictures in this book."""
    file = source / 'book.toml'
    settings = tomllib.loads(file.read_text()) if file.exists() else {}
    named = settings.get('output', {}).get('incipit', {}).get('diagrams', {})
    languages = {name.lower() for name, value in named.items() if isinstance(value, dict)}
    return languages | ({'graphviz', 'gv'} if 'dot' in languages else set())


def part(text, where, once):
    """Lines FROM:TO, which are taken as they are, or those of an anchor, without the lines that name anchors; `once`: to its first end, as mdBook does."""
    lines = text.split('\n')
    if lines[-1] == '':
        lines.pop()
    numbers = re.fullmatch(r'(\d*)(?::(\d*))?', where)
    if numbers:
        first = int(numbers[1] or 1)
        return lines[first - 1:first if where and ':' not in where else int(numbers[2] or len(lines))]
    taken, inside = [], False
    for line in lines:
        mark = ANCHOR.search(line)
        if mark and once and inside and mark[1] and mark[2] == where:
            break
        if mark:
            inside = not mark[1] if mark[2] == where else inside
        elif inside:
            taken.append(line)
    return taken


def included(path, depth=0):
    """The lines of a file with its helpers replaced."""
    out = []
    for line in path.read_text(encoding='utf-8-sig').replace('\r\n', '\n').split('\n'):
        helper = HELPER.search(line)
        if not helper or depth > 9:
            out.append(line)
            continue
        if helper[1]:
            out.append(line[:helper.start()] + line[helper.start() + 1:])
            continue
        name, _, where = helper[3].split()[0].partition(':')
        target = path.parent / name
        if not target.exists():
            out.append(line)
            continue
        text = '\n'.join(included(target, depth + 1)) if helper[2] == 'include' else target.read_text()
        text = '\n'.join(part(text, where, helper[2] == 'include')) # what rustdoc_include adds around them is hidden
        if helper[2] == 'playground':
            text = f'```rust\n{text}\n```'
        before = line[:helper.start()] # in a list or a quotation all lines of the file stand where the helper stands
        out.extend((before + text.replace('\n', '\n' + before if not before.strip(' >') else '\n') + line[helper.end():]).split('\n'))
    return out


def shown(lines, info):
    """What is printed of a block of Rust: lines that begin with `# ` are hidden, `##` stands for `#`."""
    if not re.match(r'rust\b', info):
        return lines
    out = []
    for line in lines:
        hidden = re.match(r'(\s*)#(#?)(.*)$', line)
        if not hidden:
            out.append(line)
        elif hidden[2]:
            out.append(hidden[1] + '#' + hidden[3])
        elif hidden[3] and hidden[3][0] != ' ':
            out.append(line)
    return out


def strip_container(line, container):
    """The line without the prefix of the list items and quotes it stands in: container is a list of '>' and numbers of columns."""
    for what in container:
        if what == '>':
            line = re.sub(r'^ {0,3}> ?', '', line, count=1)
        else:
            blanks = len(line) - len(line.lstrip(' '))
            line = line[min(blanks, what):]
    return line


def opening(line):
    """The containers that a line opens or goes on with, the columns, and what is left of it."""
    container, rest = [], line
    while True:
        quote = re.match(r' {0,3}> ?', rest)
        item = re.match(r' {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}|\t)(?=\S)', rest)
        if quote:
            container.append('>')
            rest = rest[quote.end():]
        elif item:
            container.append(item.end())
            rest = rest[item.end():]
        else:
            return container, rest


def fences_of(source, chapter):
    """(text, place) of each fenced block of a chapter. A fence that is indented belongs to a list item: what its own indent is
    taken from its lines, as CommonMark does (0.31.2, section 4.5)."""
    root = source / 'src'
    path = root / chapter
    if not path.exists():
        path = source / chapter
    if not path.exists():
        return
    fence, pictures = None, drawn(source)
    for number, line in enumerate(included(path), 1):
        if fence is None:
            container, rest = opening(line)
            found = FENCE.match(rest.lstrip(' '))
            if not found or '`' in found[1] and '`' in found[2]:
                continue
            indent = len(rest) - len(rest.lstrip(' '))
            fence, info, lines, place = found[1], found[2], [], f'{chapter}:{number}'
            continue
        line = strip_container(line, container)
        if re.fullmatch(r' *' + re.escape(fence[0]) + '{' + str(len(fence)) + r',}\s*', line):
            if re.match(r'[^\s,{]*', info)[0].lower() not in pictures:
                yield ''.join(line + '\n' for line in shown(lines, info)), place
            fence = None
            continue
        blanks = len(line) - len(line.lstrip(' '))
        lines.append(line[min(blanks, indent):])
    if fence:
        yield ''.join(line + '\n' for line in shown(lines, info)), place
