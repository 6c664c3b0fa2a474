#!/usr/bin/env python3
"""bench.py INCIPIT [--scale] [BOOK ...] - time and memory for each book, beside other programs that happen to be installed; as Markdown.

A report, never a pass or a fail. --scale: one book, the largest, in 1 to 20 copies, to see that cost goes with size.
Times are the best of several runs: with hyperfine where it is installed, all programs in one call of it. Peak memory is that of the largest
process. Programs that read no SUMMARY.md get all chapters in one file, without what {{#include}} would put in.
"""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
COPIES = [1, 2, 5, 10, 20]
BUDGET_MS, BUDGET_MB = 500, 150  # the Rust Book, all three files, two cores
RUNS, LONG = 5, 4.0  # seconds: what takes longer runs once


def run_once(command):
    """(wall s, user + system s, peak MB, exit status) of one run, output thrown away."""
    null = os.open(os.devnull, os.O_RDWR)
    began = time.perf_counter()
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(null)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def by_hyperfine(commands):
    """[(wall, cpu)] of commands that are all short, or None."""
    if not shutil.which('hyperfine'):
        return None
    with tempfile.NamedTemporaryFile(suffix='.json') as out:
        quoted = [' '.join("'" + word.replace("'", "'\\''") + "'" for word in command) for command in commands]
        done = subprocess.run(['hyperfine', '-N', '-i', '-w', '1', '-r', str(RUNS), '--export-json', out.name, *quoted], capture_output=True)
        if done.returncode:
            return None
        results = json.load(open(out.name))['results']
    return [(r['min'], r['user'] + r['system']) for r in results]


def measure(rows):
    """rows: [(label, what it makes, command)]; gives [(label, makes, wall ms, cpu ms, MB, status)]."""
    first = [run_once(command) for _, _, command in rows]
    short = [i for i in range(len(rows)) if first[i][0] < LONG]
    timed = by_hyperfine([rows[i][2] for i in short]) if short else []
    if timed is None:
        timed = []
        for i in short:
            runs = [run_once(rows[i][2]) for _ in range(RUNS)]
            timed.append((min(r[0] for r in runs), min(r[1] for r in runs)))
    times = {i: first[i][:2] for i in range(len(rows))}
    times.update(zip(short, timed))
    return [(rows[i][0], rows[i][1], times[i][0] * 1000, times[i][1] * 1000, first[i][2], first[i][3]) for i in range(len(rows))]


def show(results):
    base = results[0][2], results[0][3]
    print('| program | makes | wall ms | user + system ms | peak MB | wall, to the first line | user + system, to the first line |')
    print('|---|---|---:|---:|---:|---:|---:|')
    for label, makes, wall, cpu, mb, status in results:
        note = f' (exit status {status})' if status else ''
        print(f'| {label}{note} | {makes} | {wall:.0f} | {cpu:.0f} | {mb:.0f} | {wall / base[0]:.2f} | {cpu / base[1]:.2f} |')
    print(flush=True)


# ---- books ----

def books(named):
    if named:
        return [os.path.abspath(book) for book in named]
    places = [os.environ.get('INCIPIT_CORPORA', ''), os.path.join(ROOT, '..', 'corpora'),
              *(os.path.join(ROOT, '..', name, 'corpora') for name in sorted(os.listdir(os.path.join(ROOT, '..'))))]
    found = [os.path.join(ROOT, 'tests', 'books', 'sampler'), os.path.join(ROOT, 'manuscript')]
    for place in places:
        if place and os.path.isdir(place):
            found += [os.path.join(place, name) for name in sorted(os.listdir(place))]
    found = [os.path.realpath(book) for book in found if os.path.exists(os.path.join(book, 'book.toml'))]
    return list(dict.fromkeys(found))


def chapters(book):
    summary = open(os.path.join(book, 'src', 'SUMMARY.md'), encoding='utf-8').read()
    paths = [os.path.join(book, 'src', chapter) for chapter in re.findall(r'\]\(([^)]*\.md)\)', summary)]
    return [path for path in paths if os.path.exists(path)]


def join(book, to):
    with open(to, 'w', encoding='utf-8') as out:
        for path in chapters(book):
            out.write(open(path, encoding='utf-8').read() + '\n\n')


def copies(book, n, to):
    """A book of n copies of another one, each in a folder of its own."""
    summary = open(os.path.join(book, 'src', 'SUMMARY.md'), encoding='utf-8').read().split('\n')
    os.makedirs(os.path.join(to, 'src'))
    shutil.copy(os.path.join(book, 'book.toml'), to)
    for name in os.listdir(book):  # listings and the like, as ../ finds them from a copy
        if os.path.isdir(os.path.join(book, name)) and name not in ('src', 'out', 'book', '.git', 'target'):
            shutil.copytree(os.path.join(book, name), os.path.join(to, 'src', name))
    with open(os.path.join(to, 'src', 'SUMMARY.md'), 'w', encoding='utf-8') as out:
        out.write('# Summary\n')
        for i in range(n):
            shutil.copytree(os.path.join(book, 'src'), os.path.join(to, 'src', f'copy-{i}'))
            out.write(f'\n# Copy {i + 1}\n\n')
            for line in summary:
                link = re.match(r'^(\s*)(?:[-*] )?(\[.*\])\(([^)]*\.md)\)', line)
                if link:
                    out.write(f'{link[1]}- {link[2]}(copy-{i}/{link[3]})\n')


# ---- reports ----

def heading(incipit, title):
    version = subprocess.run([incipit, '--version'], capture_output=True, text=True).stdout.strip()
    model = re.search(r'model name\s*: (.*)', open('/proc/cpuinfo').read())
    load = os.getloadavg()[0]
    print(f'## {title}\n')
    print(f'{version}, {datetime.date.today()}, {os.cpu_count()} cores of {model[1] if model else "an unknown processor"}, load {load:.1f} at the start'
          f'{": busy, so trust user + system time before wall time" if load > os.cpu_count() / 2 else ""}.\n', flush=True)


def peers(book, work):
    """What others take for the same text, of those that are here."""
    name, here = os.path.join(work, 'joined.md'), shutil.which
    join(book, name)
    rows = []

    def add(programs, makes, command):
        if all(here(program) for program in programs.split(', ')):
            rows.append((programs, makes, ['sh', '-c', command] if isinstance(command, str) else command))

    add('cmark-gfm', 'HTML', ['cmark-gfm', '-e', 'table', name])
    add('lowdown', 'HTML', ['lowdown', '-s', '-o', f'{work}/l.html', name])
    add('lowdown, groff', 'PDF without pictures, colours, contents', f'lowdown -s -Tms {name} | groff -k -ms -t -Tpdf >{work}/l.pdf')
    add('pandoc', 'EPUB', ['pandoc', '-f', 'gfm', '--metadata', 'title=T', '-o', f'{work}/p.epub', name])
    add('pandoc, typst', 'PDF', f'pandoc -f gfm -t typst -s -o {work}/p.typ {name} && typst compile {work}/p.typ {work}/p.pdf')
    add('pandoc, weasyprint', 'PDF', f'pandoc -f gfm -s --metadata title=T -o {work}/p.html {name} && weasyprint -q {work}/p.html {work}/w.pdf')
    add('mdbook', 'HTML', ['mdbook', 'build', '-d', f'{work}/html', book])
    return rows


def report(incipit, named):
    heading(incipit, 'Speed and memory')
    results = measure([('incipit --help', 'nothing', [incipit, '--help'])])
    print(f'`incipit --help`: {results[0][2]:.1f} ms (budget: 10 ms).\n')
    for book in books(named):
        with tempfile.TemporaryDirectory() as work:
            build = [incipit, 'build', book, '-o', work, '--keep-going']
            print(f'### {os.path.basename(book)}, {count_pages(build)} pages\n', flush=True)
            rows = [('incipit', 'screen PDF, print PDF, EPUB', build), ('incipit --jobs 1', 'screen PDF, print PDF, EPUB', [*build, '--jobs', '1'])]
            rows += [('incipit', what, [*build, '--to', to]) for to, what in (('pdf', 'screen PDF'), ('print', 'print PDF'), ('epub', 'EPUB'))]
            rows.append(('incipit check', 'findings', [incipit, 'check', book]))
            results = measure(rows + peers(book, work))
            show(results)
            if os.path.basename(book) == 'rust-book':
                wall, mb = results[0][2], results[0][4]
                print(f'Budget: {BUDGET_MS} ms on two cores ({"met" if wall <= BUDGET_MS else f"missed by {wall - BUDGET_MS:.0f} ms"}), '
                      f'{BUDGET_MB} MB ({"met" if mb <= BUDGET_MB else f"missed by {mb - BUDGET_MB:.0f} MB"}).\n', flush=True)


def count_pages(build):
    said = subprocess.run([*build, '--to', 'pdf', '--verbose'], capture_output=True, text=True).stderr
    return int((re.findall(r'(\d+) pages', said) or ['1'])[-1])


def scale(incipit, named):
    book = max(books(named), key=lambda b: sum(os.path.getsize(path) for path in chapters(b)))
    heading(incipit, f'{os.path.basename(book)} in 1 to {COPIES[-1]} copies, all three files')
    print('| copies | pages | wall ms | user + system ms | of it a page | peak MB | kB a page |')
    print('|---:|---:|---:|---:|---:|---:|---:|', flush=True)
    a_page = []
    for n in COPIES:
        with tempfile.TemporaryDirectory() as work:
            copies(book, n, os.path.join(work, 'book'))
            command = [incipit, 'build', os.path.join(work, 'book'), '-o', os.path.join(work, 'out'), '--keep-going']
            pages = count_pages(command)
            runs = [run_once(command) for _ in range(3 if n <= 2 else 1)]
            wall, cpu, mb = min(r[0] for r in runs), min(r[1] for r in runs), max(r[2] for r in runs)
            a_page.append(cpu / pages)
            print(f'| {n} | {pages} | {wall * 1000:.0f} | {cpu * 1000:.0f} | {cpu * 1000 / pages:.2f} | {mb:.0f} | {mb * 1024 / pages:.0f} |', flush=True)
    print(f'\nTime a page with {COPIES[-1]} copies: {a_page[-1] / a_page[0]:.2f} times that of one.')


def main():
    arguments = sys.argv[1:]
    named = [a for a in arguments[1:] if not a.startswith('--')]
    unknown = [a for a in arguments[1:] if a.startswith('--') and a != '--scale']
    if not arguments or unknown:
        sys.exit(f'bench.py: unknown option {unknown[0]}' if unknown else __doc__)
    (scale if '--scale' in arguments else report)(os.path.abspath(arguments[0]), named)
    speeds = os.path.join(os.path.dirname(os.path.abspath(arguments[0])), 'tests/bench_highlight')
    if '--scale' not in arguments and not named and os.path.exists(speeds):
        print('\nCode highlighted on one core, the slowest languages first:\n', flush=True)
        subprocess.run([speeds, os.path.join(ROOT, 'tests/highlight')], check=False)


main()
