#!/usr/bin/env bash
# limits.sh [ROOT] - docs/limits.md says what the sources say.
set -eu
root=${1:-$(dirname "$0")/..}
cd "$root"
command -v python3 >/dev/null || { echo "SKIPPED docs/limits: python3 is not installed (package python3)"; exit 77; }
exec python3 - <<'PY'
import re
import sys

UNITS = {'KiB': 1 << 10, 'MiB': 1 << 20, 'GiB': 1 << 30}
wrong = rows = 0


def said(text):
    """The figure of a row, or the last one with a unit: '16 times the file, 1 MiB at least'."""
    found = re.findall(r'([\d,]+)(?: (KiB|MiB|GiB))?', text)
    number, unit = found[-1]
    return int(number.replace(',', '')) * UNITS.get(unit, 1)


def defined(path, name):
    source = open('src/' + path).read()
    found = re.search(r'\b%s\b(?:\s*=\s*|\s+)((?:\([^;{}\n]*?\)|[^,;}\n/(])+)' % name, source)
    if not found:
        return None
    value = re.sub(r'\((?:uint64_t|size_t|inc_len)\)', '', found[1])
    value = re.sub(r'(?<=\d)[uUlL]+\b', '', value.replace('INC_PT', '1').replace('INT32_MAX', '0x7fffffff'))
    return eval(value, {'__builtins__': {}})


for line in open('docs/limits.md'):
    cells = [c.strip() for c in line.strip().strip('|').split('|')] if line.startswith('|') else []
    if len(cells) != 4 or not re.fullmatch(r'\S+\.[ch] [A-Z_0-9]+', cells[3]):
        continue
    rows += 1
    path, name = cells[3].split()
    value = defined(path, name)
    if value != said(cells[1]):
        wrong += 1
        print('docs/limits.md: %s is %s, src/%s says %s = %s' % (cells[0], cells[1], path, name, value))
for path in set(re.findall(r'`([a-z0-9-]+)`', ''.join(l.split('|')[3] for l in open('docs/limits.md') if l.count('|') == 5))):
    if '"%s"' % path not in open('src/base/diag.def').read():
        wrong += 1
        print('docs/limits.md: there is no finding called ' + path)
print('%d limits, %d wrong' % (rows, wrong))
sys.exit(1 if wrong or rows < 40 else 0)
PY
