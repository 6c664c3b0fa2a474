#!/usr/bin/env bash
# terminal.sh - what a person at a terminal sees: colours, excerpts as wide as the terminal, a line of progress that goes away.
. "$(dirname "$0")/../lib.sh"
need cli/terminal python3 python3
python3 -c 'import os; os.openpty()' 2>/dev/null || skip cli/terminal "there are no pseudo-terminals here (devpts is not mounted)"
dir=$(fresh cli-terminal)
cd "$dir"
python3 - "$incipit" <<'PY'
import fcntl, os, pty, re, struct, sys, termios, unicodedata

program = sys.argv[1]


def run(arguments, columns=80, **environment):
    """What the program writes to a terminal of so many columns, and its status."""
    env = {k: v for k, v in os.environ.items() if k not in ('NO_COLOR', 'COLUMNS', 'CI')} | {'TERM': 'xterm'} | environment
    pid, fd = pty.fork()
    if pid == 0: # the size is there before the program asks for it
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
        os.execve(program, [program, *arguments], env)
    out = b''
    while True:
        try:
            block = os.read(fd, 65536)
        except OSError:
            break
        if not block:
            break
        out += block
    return out.decode().replace('\r\n', '\n'), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def plain(text):
    return re.sub(r'\033\[[0-9;]*[mK]', '', text)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def check(condition, what):
    if not condition:
        sys.exit('FAILED: ' + what)


# The carets stand below what is meant, whatever stands before it: wide, combining, tabs, very long lines; and no line is wider than the terminal.
cases = {
    'wide': '日本語の文章 e\u0301 \U0001f600 [here](#nowhere)',
    'tabs': '-\tone\ttwo [here](#nowhere)',
    'long': 'words ' * 400 + '[here](#nowhere) ' + 'more ' * 400,
    'longer': 'é日' * 30000 + ' [here](#nowhere) more',
}
for name, line in cases.items():
    with open(f'{name}.md', 'w') as f:
        f.write(f'# Title\n\n{line}\n')
    for columns in (60, 80, 200):
        out, status = run(['check', f'{name}.md'], columns)
        text, carets = re.search(r'^ 3 \| (.*)\n   \| (.*)$', plain(out).split('dangling-link]')[1], re.M).groups()
        begin = width(carets) - len(carets.strip())
        before, at = '', 0
        for c in text:
            if width(before) >= begin:
                break
            before += c
        check(text[len(before):].lstrip('\u0301').startswith('here') and carets.strip() == '^^^^', f'{name}, {columns} columns:\n{text}\n{carets}')
        check(all(width(l) <= columns for l in (' 3 | ' + text, '   | ' + carets)), f'{name}: wider than {columns} columns')
        check(status == 0, f'{name}: status {status}')

# Colours only where they are wanted.
out, _ = run(['check', 'tabs.md'])
check('\033[1;33mwarning' in out, 'no colours on a terminal')
for arguments, environment in ((['--color', 'never'], {}), ([], {'NO_COLOR': '1'}), ([], {'TERM': 'dumb'})):
    out, _ = run(['check', 'tabs.md', *arguments], **environment)
    check('\033[1;' not in out and 'dangling-link' in out, f'colours with {arguments} {environment}')
out, _ = run(['check', 'tabs.md', '--color', 'always'], NO_COLOR='1')
check('\033[1;33mwarning' in out, '--color always is not obeyed')
out, _ = run(['check', 'tabs.md', '--diagnostics', 'gcc'])
check('tabs.md:3:12: warning: ' in out, f'gcc on a terminal: {out}')

# Long runs of one id are cut, with a count; --verbose shows all. check ends with a table.
with open('many.md', 'w') as f:
    f.write('# Title\n\n' + ''.join(f'[l](#no-{i})\n' for i in range(40)))
out, _ = run(['check', 'many.md'])
check(plain(out).count('warning[dangling-link]') == 12, 'long runs are not cut')
check('... and 28 more of dangling-link\n(--verbose shows them all)' in out, 'no count of what was left out')
check(re.search(r'^    40  warning  dangling-link +first at many.md:3:2$', plain(out), re.M), f'no table:\n{plain(out)[-400:]}')
out, _ = run(['check', 'many.md', '--verbose'])
check(plain(out).count('warning[dangling-link]') == 40, '--verbose does not show all')

# A line of progress for long work, wiped in the end; none with --quiet.
with open('book.md', 'w') as f:
    f.write('# Title\n\n' + 'Some words that fill a line or two of a paragraph, and then some more words.\n\n' * 30000)
out, _ = run(['build', 'book.md', '-o', 'out'])
check(re.search(r'\r\033\[K[a-z]+', out) and re.search(r'\r\033\[Kwrote|\r\033\[K[^\r]*\r?\n?wrote|\033\[Kwrote', out), 'no progress, or it stays')
out, _ = run(['build', 'book.md', '-o', 'out', '--quiet'])
check(out == '', f'--quiet says {out!r}')

# So for listings, counted as they end.
os.makedirs('tested/src')
os.makedirs('tested/listings')
for name, text in (('book.toml', '[book]\ntitle = "Tested"\n'), ('src/SUMMARY.md', '- [A](a.md)\n'), ('src/a.md', '# A\n'),
                   *((f'listings/{i}.sh', 'sleep 0.4\n') for i in range(4))):
    with open(os.path.join('tested', name), 'w') as f:
        f.write(text)
out, status = run(['test', 'tested', '--jobs', '1'])
check(status == 0 and '4 listings: 4 passed' in plain(out), f'listings on a terminal: {status}, {out!r}')
check(re.search(r'\r\033\[Klistings[^\r\n]*[23][^\r\n]*4', out), f'no progress of listings: {out!r}')
check('listings' not in re.split(r'\r\033\[K', out)[-1].split('4 listings:')[0], f'the progress of listings stays: {out!r}')
out, status = run(['test', 'tested', '--jobs', '1', '--quiet'])
check('\033[K' not in out, f'--quiet shows progress: {out!r}')
PY
