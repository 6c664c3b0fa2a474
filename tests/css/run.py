#!/usr/bin/env python3
"""run.py [NAME] - every property, selector and at-rule that docs/styles.md promises does on pages what it says, or is reported.

The cases stand in cases_*.py. A property of docs/styles.md or of src/style/property.def that no case names is a failure, too. With NAME only the
cases that prove it are run.
"""
import glob
import importlib
import os
import re
import sys
import traceback

import harness

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
wanted = sys.argv[1] if len(sys.argv) > 1 else None
for path in sorted(glob.glob(f'{here}/cases_*.py')):
    importlib.import_module(os.path.basename(path)[:-3])

failed = 0
for names, css, chapters, says, settings, function in harness.CASES:
    if wanted and wanted not in names:
        continue
    try:
        book = harness.make(css, chapters, settings)
        about = [line for line in book.diagnostics if 'own.css' in line]
        assert len(about) == len(says) and all(re.search(s, line) for s, line in zip(says, about)), 'says: ' + '\n'.join(about)
        function(book)
    except Exception as error:  # whatever it is, the next case is still worth running
        failed += 1
        at = traceback.extract_tb(error.__traceback__)[-1]
        print(f'{" ".join(names)}: {os.path.basename(at.filename)}:{at.lineno}: {at.line}: {error}')

if not wanted:
    proved = {name for names, *_ in harness.CASES for name in names}
    with open(f'{root}/src/style/property.def', encoding='utf-8') as file:
        known = set(re.findall(r'^INC_PROPERTY\(\w+, "([^"]+)"', file.read(), re.M))
    with open(f'{root}/docs/styles.md', encoding='utf-8') as file:
        told = {name for row in re.findall(r'^\| (`[^|]*) \|', file.read(), re.M) for name in re.findall(r'`([^`]+)`', row)}
    for name in sorted(known - proved):
        failed += 1
        print(f'{name}: no case proves it')
    for name in sorted(known - told - {name for name in known if re.match(r'(border|margin|padding)-', name)}):
        failed += 1
        print(f'{name}: docs/styles.md does not tell of it')
print(f'{len(harness.CASES)} cases, {failed} failed')
sys.exit(1 if failed else 0)
