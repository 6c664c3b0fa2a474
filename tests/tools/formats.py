#!/usr/bin/env python3
"""formats.py PROGRAM ROOT WORK - what --diagnostics json, sarif and github say of a book with everything in it that could be told wrongly."""
import json
import os
import re
import subprocess
import sys

import jsonschema

PROGRAM, ROOT, WORK = sys.argv[1:]
SARIF = os.path.join(ROOT, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


def run(*arguments, environment=None):
    """(status, standard output, standard error) of the program in the working folder."""
    env = {k: v for k, v in os.environ.items() if k not in ('GITHUB_WORKSPACE', 'NO_COLOR')}
    env.update(environment or {})
    done = subprocess.run([PROGRAM, *arguments], cwd=WORK, capture_output=True, env=env, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def write(path, text):
    full = os.path.join(WORK, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def book():
    write('a book/book.toml', '[book]\ntitle = "Odd, 100%: things"\n')
    write('a book/src/SUMMARY.md', '- [One](one.md)\n- [Two](<100%, or so.md>)\n- [CRLF](crlf.md)\n')
    write('a book/src/one.md', '# One\n\nIn a list:\n\n- {{#include parts/a.md}}\n\nAnd {{#include parts/b.md:mark}} too.\n')
    write('a book/src/parts/a.md', 'Text of a, then {{#include b.md:mark}}\n')
    write('a book/src/parts/b.md', 'before\nANCHOR: mark\na [link](#gone-1)\nANCHOR_END: mark\n')
    write('a book/src/100%, or so.md', '# Two\n\n日本 \U0001f600 [l](#gone-2) and\t[m](#gone-3).\n')
    write('a book/src/crlf.md', b'\xef\xbb\xbf# CRLF\r\n\r\nThree \xc3\xa9: [l](#gone-4)\r\n')


def find(findings, text):
    found = [f for f in findings if text in f['message']]
    check(len(found) == 1, f'{len(found)} findings with {text!r}')
    return found[0]


def bytes_of(path, span):
    with open(os.path.join(WORK, path), 'rb') as f:
        return f.read()[span['start']['offset']:span['end']['offset']]


def test_json():
    schema = json.load(open(os.path.join(ROOT, 'docs/diagnostics.schema.json')))
    jsonschema.Draft7Validator.check_schema(schema)
    status, out, err = run('check', 'a book', '--diagnostics', 'json')
    report = json.loads(out)
    for error in jsonschema.Draft7Validator(schema).iter_errors(report):
        failures.append(f'json: {list(error.path)}: {error.message}')
    check(status == 0 and report['status'] == 0, f'json: status {status}')
    check('warnings' in err and '{' not in err, f'json: standard error says {err!r}')
    check(list(report) == ['format', 'formatVersion', 'incipit', 'command', 'book', 'title', 'findings', 'summary', 'outputs', 'pages', 'status'],
          'json: order of members')
    check(report['summary']['warnings'] == sum(f['severity'] == 'warning' for f in report['findings']), 'json: summary')
    wide = find(report['findings'], 'gone-2')
    check(wide['path'] == 'a book/src/100%, or so.md', f"json: path {wide['path']}")
    check((wide['span']['start']['line'], wide['span']['start']['column']) == (3, 7), 'json: columns are not code points')
    check(bytes_of(wide['path'], wide['span']) == b'l', 'json: offsets')
    crlf = find(report['findings'], 'gone-4')
    check(bytes_of(crlf['path'], crlf['span']) == b'l', 'json: offsets in a file with BOM and CRLF')
    check((crlf['span']['start']['line'], crlf['span']['start']['column']) == (3, 11), 'json: place in a file with BOM and CRLF')
    included = find([f for f in report['findings'] if f['fingerprint'].endswith(':1')], 'gone-1')
    check(included['path'] == 'a book/src/parts/b.md' and included['span']['start']['line'] == 3, 'json: place in an included file')
    chain = [(link['path'], link['line'], link['column'], link['others']) for link in included['includedFrom']]
    check(chain == [('a book/src/parts/a.md', 1, 17, 1), ('a book/src/one.md', 5, 3, 0)], f'json: chain {chain}')

    status, out, err = run('build', 'a book', '--diagnostics', 'json', '-o', 'out')
    report = json.loads(out)
    jsonschema.validate(report, schema)
    check([o['kind'] for o in report['outputs']] == ['pdf', 'print', 'epub'], 'json: outputs')
    check(all(os.path.getsize(os.path.join(WORK, o['path'])) == o['bytes'] for o in report['outputs']), 'json: sizes of outputs')
    for arguments, want in ((['build', 'no-such-book'], 1), (['build', 'a book', '--strict'], 1), (['build', 'a book', '-o', 'a book/book.toml'], 3)):
        status, out, err = run(*arguments, '--diagnostics', 'json')
        report = json.loads(out)
        jsonschema.validate(report, schema)
        check(status == want and report['status'] == want and not report['outputs'], f'json: {arguments}: status {status}')
    check(any(f['severity'] == 'fatal' for f in report['findings']), 'json: a failed write is no fatal finding')


def test_fingerprints():
    def prints():
        report = json.loads(run('check', 'a book', '--diagnostics', 'json')[1])
        return [f['fingerprint'] for f in report['findings'] if f['id'] == 'dangling-link']
    before = prints()
    check(len(before) == len(set(before)) == 4, f'fingerprints are not unique: {before}')
    path = os.path.join(WORK, 'a book/src/100%, or so.md')
    text = open(path).read()
    write('a book/src/100%, or so.md', text.replace('\n\n', '\n\nA new paragraph.\n\n   ', 1))
    check(prints() == before, 'fingerprints change when lines move')
    write('a book/src/100%, or so.md', text)


def test_sarif():
    status, out, _ = run('check', 'a book', '--diagnostics', 'sarif', environment={'GITHUB_WORKSPACE': os.path.dirname(WORK)})
    log = json.loads(out)
    if os.path.exists(SARIF):
        validator = jsonschema.Draft4Validator(json.load(open(SARIF)), format_checker=jsonschema.FormatChecker())
        for name in ('check', 'build'):
            for book_name in ('a book', 'no-such-book'):
                for error in validator.iter_errors(json.loads(run(name, book_name, '--diagnostics', 'sarif', '-o', 'a book/book.toml')[1])
                                                   if name == 'build' else json.loads(run(name, book_name, '--diagnostics', 'sarif')[1])):
                    failures.append(f'sarif: {list(error.path)}: {error.message}')
        for error in validator.iter_errors(log):
            failures.append(f'sarif: {list(error.path)}: {error.message}')
    first = log['runs'][0]
    rules, results = first['tool']['driver']['rules'], first['results']
    check(first['columnKind'] == 'unicodeCodePoints', 'sarif: columnKind')
    check(all(r['help']['text'] and r['shortDescription']['text'] for r in rules), 'sarif: rules without help')
    check(all(rules[r['ruleIndex']]['id'] == r['ruleId'] for r in results), 'sarif: rule indices')
    check(all(r['locations'] and r['partialFingerprints'] for r in results), 'sarif: results without place or fingerprint')
    wide = [r for r in results if 'gone-2' in r['message']['text']][0]
    place = wide['locations'][0]['physicalLocation']
    name = os.path.basename(WORK)
    check(place['artifactLocation']['uri'] == f'{name}/a%20book/src/100%25%2C%20or%20so.md', f"sarif: uri {place['artifactLocation']['uri']}")
    check((place['region']['startLine'], place['region']['startColumn'], place['region']['endColumn']) == (3, 7, 8), 'sarif: region')
    included = [r for r in results if 'gone-1' in r['message']['text']][0]
    check(len(included['relatedLocations']) == 2, 'sarif: chain of includes')
    failed = json.loads(run('build', 'a book', '--diagnostics', 'sarif', '-o', 'a book/book.toml')[1])['runs'][0]['invocations'][0]
    check(not failed['executionSuccessful'] and failed['exitCode'] == 3 and failed['toolExecutionNotifications'], 'sarif: a failed run')


def commands_of(text):
    """The workflow commands as GitHub reads them: kind, properties, message."""
    found = []
    for line in text.split('\n'):
        match = re.fullmatch(r'::(error|warning|notice) ([^:]*)::(.*)', line)
        if match:
            def plain(value):
                for code, char in (('%0D', '\r'), ('%0A', '\n'), ('%3A', ':'), ('%2C', ','), ('%25', '%')):
                    value = value.replace(code, char)
                return value
            properties = dict(p.split('=', 1) for p in match[2].split(','))
            found.append((match[1], {k: plain(v) for k, v in properties.items()}, plain(match[3])))
    return found


def test_github():
    status, out, err = run('check', 'a book', '--diagnostics', 'github')
    commands = commands_of(err)
    wide = [c for c in commands if 'gone-2' in c[2]][0]
    check(wide[0] == 'warning' and wide[1]['file'] == 'a book/src/100%, or so.md', f'github: {wide}')
    check((wide[1]['line'], wide[1]['col'], wide[1]['endColumn'], wide[1]['title']) == ('3', '7', '8', 'dangling-link'), f'github: {wide}')
    check("has no '#gone-2'" in wide[2], f'github: message {wide[2]!r}')
    check('Included from' in [c for c in commands if 'gone-1' in c[2]][0][2], 'github: chain of includes')
    check(out == '' and err.rstrip().split('\n')[-1].startswith('incipit: '), 'github: no closing line')

    write('many/SUMMARY.md', '- [Many](many.md)\n')
    write('many/many.md', '# Many\n\n' + ''.join(f'[l](#no-{i})\n' for i in range(35)) + '\n[x](##[error]forged)\n\n[y](%0A%3A%3Aerror::forged)\n')
    status, out, err = run('build', 'many', '--diagnostics', 'github', '--to', 'epub', '-o', 'out')
    commands = commands_of(err)
    check(len([c for c in commands if c[0] == 'warning']) == 10, 'github: more annotations than GitHub shows')
    check(re.search(r'^::group::2[5-9] more findings', err, re.M) and '\n::endgroup::\n' in err, 'github: no group')
    check('##[' not in err, 'github: an old command gets through')
    check(err.count('\n::error') == 0, 'github: a command is forged')


def test_pages():
    """What layout finds before it makes pages tells its page all the same: of the very line, in a listing that runs over pages."""
    lines = [f'line {i}' for i in range(150)]
    lines[2] = lines[140] = 'x' * 200
    write('pages.md', '# Pages\n\n```\n' + '\n'.join(lines) + '\n```\n')
    report = json.loads(run('check', 'pages.md', '--diagnostics', 'json')[1])
    wrapped = [(f['span']['start']['line'], f['page']) for f in report['findings'] if f['id'] == 'code-wrapped']
    check([w[0] for w in wrapped] == [6, 144], f'pages: {wrapped}')
    dump = run('dump', 'pages.md', '--as', 'pages')[1]
    labels, label = {}, None
    for line in dump.split('\n'):
        found = re.match(r'page \d+ "(\w+)"', line)
        label = found[1] if found else label
        for i in (3, 139, 141): # beside the wrapped ones
            if f'"line {i}"' in line:
                labels[i] = label
    check(wrapped[0][1] == labels[3] and wrapped[1][1] in (labels[139], labels[141]) and wrapped[0][1] != wrapped[1][1], f'pages: {wrapped}, {labels}')


book()
test_json()
test_pages()
test_fingerprints()
test_sarif()
test_github()
for failure in failures:
    print('FAILED:', failure)
sys.exit(1 if failures else 0)
