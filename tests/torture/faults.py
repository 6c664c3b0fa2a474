#!/usr/bin/env python3
"""faults.py - the machine fails: memory, disk, signals. What is asked each time: the status that says so, an old output that is byte for byte as it
was, no other file beside it; or status 0 and exactly the output that an undisturbed run gives. Nothing between the two. (Where a library ends the
program, see ABORTING, a temporary file may lie beside the old output.)

usage: faults.py PROGRAM WORK FAULT.SO memory|calls|limits|signals|places|diagrams [--full]
"""
import errno
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# Libraries that end the program by themselves when memory is out, and why that is so.
ABORTING = {
    'liblcms2.so.2': 'lcms2 2.14 uses what malloc did not give: transforms whose stages are missing, a mutex in no memory',
    'libmd4c.so.0': 'md4c 0.4.8 frees an attribute twice that could not be built',
}


class Rack:
    """A book, the output it had before (of another edition), and the output it should get."""

    def __init__(self, program, work, fault):
        self.program, self.work, self.fault = program, work, fault
        self.book, self.out = os.path.join(work, 'book'), os.path.join(work, 'out')
        self.failed = self.ran = 0
        self.more = [] # arguments of every run
        self.tally = {}
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        os.chmod(work, 0o777)
        subprocess.run([os.path.join(HERE, 'book.sh'), self.book], check=True)
        for edition in ('old', 'new'):
            with open(os.path.join(self.book, 'src/after.md'), 'a') as f:
                f.write('\nThe %s edition.\n' % edition)
            self.settle(self.run([])[0] == 0, 'the %s edition cannot be built' % edition)
            setattr(self, edition, self.read())

    def settle(self, fine, complaint):
        if not fine:
            sys.exit('FAILED: ' + complaint)

    def read(self):
        if not os.path.isdir(self.out):
            return {}
        return {name: open(os.path.join(self.out, name), 'rb').read() for name in os.listdir(self.out)}

    def stands(self, beside):
        """Whether the old files are what they were. Beside them may be the temporary ones of a program that was killed while another thread wrote."""
        files = self.read()
        scraps = {name for name in files.keys() - self.old.keys() if beside and re.search(r'\.incipit-\w{6}$', name)}
        return {name: data for name, data in files.items() if name not in scraps} == self.old

    def reset(self):
        shutil.rmtree(self.out, ignore_errors=True)
        os.makedirs(self.out)
        for name, data in self.old.items():
            with open(os.path.join(self.out, name), 'wb') as f:
                f.write(data)

    def run(self, arguments, environment=None, setup=None):
        """(status, what it said)"""
        run = subprocess.run([self.program, 'build', self.book, '-o', self.out, '--diagnostics', 'gcc', *self.more, *arguments], env={**os.environ, **(environment or {})},
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=setup, timeout=600)
        return run.returncode, run.stdout.decode(errors='replace')

    def faults_of(self, status, text, allowed):
        files = self.read()
        if status == 0:
            return [] if files == self.new else ['status 0, but not the right files: %s' % self.differences(files, self.new)]
        wrong = [] if files == self.old else ['the old output is not as it was: %s' % self.differences(files, self.old)]
        if status not in allowed:
            wrong.append('status %s' % status)
        if status == 3 and 'fatal error: ' not in text and 'memory ran out' not in text:
            wrong.append('status 3 without a word')
        if status == 3 and text.count('fatal error: ') > 2:
            wrong.append('%d fatal errors' % text.count('fatal error: '))
        return wrong

    def differences(self, files, wanted):
        return ', '.join(sorted(n for n in files.keys() | wanted.keys() if files.get(n) != wanted.get(n)))

    def judge(self, name, status, text, allowed=(3,)):
        self.ran += 1
        self.tally[status] = self.tally.get(status, 0) + 1
        wrong = self.faults_of(status, text, allowed)
        if wrong:
            self.failed += 1
            if self.failed <= 40:
                print('FAIL %s: %s' % (name, '; '.join(wrong)))
                print(''.join('        %s\n' % line[:300] for line in text.splitlines() if 'warning:' not in line and 'note:' not in line)[-1200:], flush=True)
        self.reset()
        return not wrong

    def preload(self, order, jobs=1):
        """(status, what it said, what FAULT.SO tells: {'malloc': '20351', ..., 'from': library, 'crash': library})"""
        counts = os.path.join(self.work, 'counts')
        status, text = self.run(['--jobs', str(jobs), '--quiet'], {'LD_PRELOAD': self.fault, 'INCIPIT_FAULT': order, 'INCIPIT_FAULT_COUNT': counts,
                                                             'ASAN_OPTIONS': 'verify_asan_link_order=0'})
        told = {}
        if os.path.exists(counts):
            with open(counts) as f:
                told = dict(line.split() for line in f if len(line.split()) == 2) # two threads may have written it at once
            os.remove(counts)
        return status, text, told

    def counts(self):
        status, text, told = self.preload('none')
        self.settle(status == 0 and told, 'the calls cannot be counted: ' + text)
        self.reset()
        return {kind: int(count) for kind, count in told.items()}


def memory(rack, full):
    """malloc fails, ours and that of all libraries: once, or from there on."""
    total, points = rack.counts()['malloc'], 600 if full else 24
    libraries, aborted = {}, {}

    def fault(order, jobs=1):
        """(library that malloc failed in, status)"""
        status, text, told = rack.preload(order, jobs)
        library, crashed = told.get('from', 'unknown'), told.get('crash')
        if status in (-signal.SIGABRT, -signal.SIGSEGV) and crashed in ABORTING and rack.stands(beside=jobs > 1):
            aborted[crashed] = aborted.get(crashed, 0) + 1
            rack.reset()
            status = 3
            text = 'fatal error: ' + ABORTING[crashed]
        elif crashed:
            text += '\ncrashed in %s\n' % crashed
        rack.judge('%s of %d (%s)%s' % (order, total, library, ', %d jobs' % jobs if jobs > 1 else ''), status, text)
        return library, status

    for i in range(points):
        n = 1 + i * total // points
        for order in ('malloc:%d' % n, 'malloc:%d+' % n)[:2 if full else 1] if i % 2 == 0 or full else ('malloc:%d+' % n,):
            library, status = fault(order)
            libraries.setdefault(library, {}).setdefault(status, 0)
            libraries[library][status] += 1
    for i in range(points // 4): # on several threads, where no two runs are alike
        fault('malloc:%d+' % (1 + i * total * 4 // points), 4)
    for library in sorted(aborted):
        print('    %s ended the program %d times: %s' % (library, aborted[library], ABORTING[library]))
    for library in sorted(libraries):
        print('    %-28s %s' % (library, ' '.join('%s:%d' % p for p in sorted(libraries[library].items()))))


def calls(rack, full):
    """Every system call on files fails in turn, as a disk that is full, broken or over its quota makes it fail, or is interrupted."""
    counts = rack.counts()
    for kind in ('write', 'fsync', 'close', 'mkstemp', 'rename', 'link', 'mkdir', 'open', 'read', 'fstat'):
        errors = {'write': [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EINTR, 'short', errno.EFBIG], 'fsync': [errno.EIO, errno.ENOSPC, errno.EINTR],
                  'close': [errno.EIO, errno.EINTR], 'mkstemp': [errno.ENOSPC, errno.EMFILE], 'rename': [errno.ENOSPC, errno.EIO, errno.EXDEV],
                  'link': [errno.EPERM, errno.ENOSPC], 'mkdir': [errno.EACCES], 'open': [errno.EACCES, errno.EMFILE, errno.EINTR, errno.ENOMEM],
                  'read': [errno.EIO, errno.EINTR], 'fstat': [errno.EIO]}[kind]
        step = 1 if full or counts[kind] <= 12 else counts[kind] // 4
        for n in range(1, counts[kind] + 1, step):
            for error in errors if full or n == 1 else errors[n % len(errors):][:1]:
                status, text, _ = rack.preload('%s:%d:%s' % (kind, n, error))
                allowed = (3,) if kind not in ('open', 'read', 'fstat', 'close') else (1, 3) # a file of the book that cannot be read is an error of the book
                must_work = error in ('short', errno.EINTR) and kind in ('write', 'read', 'fsync', 'close') or kind == 'link'
                rack.judge('%s %d of %d: %s' % (kind, n, counts[kind], error), status, text, () if must_work else allowed)
        for error in errors[:1]:
            if kind in ('write', 'fsync', 'rename', 'mkstemp'):
                status, text, _ = rack.preload('%s:1+:%s' % (kind, error))
                rack.judge('every %s: %s' % (kind, error), status, text)


def limits(rack, full):
    """The address space is limited (ulimit -v), and the size of files."""
    for megabytes in range(20, 400, 4 if full else 40):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        status, text = rack.run(['--quiet'], setup=limit)
        if status == 127: # the loader found no room for the libraries
            rack.reset()
            continue
        rack.judge('%d MB of address space' % megabytes, status, text)
    for kilobytes in (1, 4, 16, 32, 48, 64, 96, 128, 160) if full else (1, 64):
        def limit_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))
        status, text = rack.run(['--quiet'], setup=limit_files)
        rack.judge('files of at most %d kB' % kilobytes, status, text)


def signals(rack, full):
    """SIGINT, SIGTERM and SIGHUP at any moment."""
    random.seed(1)
    began = time.time()
    rack.run(['--quiet'])
    length = time.time() - began
    rack.reset()
    for i in range(200 if full else 24):
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[i % 3]
        run = subprocess.Popen([rack.program, 'build', rack.book, '-o', rack.out, '--quiet', '--diagnostics', 'gcc'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               preexec_fn=lambda: [signal.signal(s, signal.SIG_DFL) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)])
        time.sleep(random.random() * length * 1.1)
        run.send_signal(number)
        text = run.communicate()[0].decode(errors='replace')
        # Before main has begun there is nobody to catch it.
        rack.judge('signal %d' % number, run.returncode, text, (128 + number, -number))


def places(rack, full):
    """Output folders that cannot be written, or are not what they seem."""
    def expect(name, wanted, status, text):
        rack.ran += 1
        if status != wanted or (wanted == 3 and 'fatal error: ' not in text):
            rack.failed += 1
            print('FAIL %s: status %s instead of %s\n        %s' % (name, status, wanted, text[-600:]))

    def build(out, **more):
        real, rack.out = rack.out, out
        try:
            return rack.run(['--quiet'], **more)
        finally:
            rack.out = real

    path = lambda name: os.path.join(rack.work, name)
    open(path('file'), 'w').write('mine')
    expect('a file where the folder should be', 3, *build(path('file')))
    expect('a file on the way to the folder', 3, *build(path('file/out')))
    expect('a device', 3, *build('/dev/full'))
    expect('a folder in /proc', 3, *build('/proc/self/incipit'))
    os.symlink('nowhere', path('dangling'))
    expect('a link that leads nowhere', 3, *build(path('dangling')))
    os.symlink('loop', path('loop'))
    expect('a link to itself', 3, *build(path('loop')))
    os.makedirs(path('real'))
    os.symlink('real', path('linked'))
    expect('a link to a folder', 0, *build(path('linked')))
    expect('a name of 5000 bytes', 3, *build(path('x' * 5000)))
    expect('a folder whose name is too long', 3, *build(path('x' * 300)))
    pdf = next(n for n in rack.new if n.endswith('k.pdf'))

    # A folder in the place of one of the files: none of the three is replaced, whichever it is.
    for name in sorted(rack.new):
        rack.reset()
        os.remove(os.path.join(rack.out, name))
        os.makedirs(os.path.join(rack.out, name, 'in-the-way'))
        before = {n: d for n, d in rack.old.items() if n != name}
        expect('a folder in the place of ' + name, 3, *rack.run(['--quiet']))
        after = {n: open(os.path.join(rack.out, n), 'rb').read() for n in os.listdir(rack.out) if n != name}
        if after != before:
            rack.failed += 1
            print('FAIL a folder in the place of %s: %s' % (name, rack.differences(after, before)))
    rack.reset()

    # A link in the place of a file is replaced, not followed.
    os.remove(os.path.join(rack.out, pdf))
    os.symlink(path('file'), os.path.join(rack.out, pdf))
    expect('a link in the place of a file', 0, *rack.run(['--quiet']))
    if open(path('file')).read() != 'mine' or rack.read() != rack.new:
        rack.failed += 1
        print('FAIL a link in the place of a file was followed')
    rack.reset()

    # What only a real full disk does: needs root.
    disk = path('disk')
    os.makedirs(disk)
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], stderr=subprocess.DEVNULL).returncode == 0:
        try:
            open(os.path.join(disk, pdf), 'w').write('old')
            expect('a full disk', 3, *build(disk))
            left = os.listdir(disk)
            if left != [pdf] or open(os.path.join(disk, pdf)).read() != 'old':
                rack.failed += 1
                print('FAIL a full disk: %s' % left)
        finally:
            subprocess.run(['umount', disk], check=True)
    else:
        print('    no real full disk: not allowed to mount one')

    # As somebody who may not.
    def nobody():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
    reachable = subprocess.run(['test', '-r', os.path.join(rack.book, 'book.toml')], preexec_fn=nobody).returncode == 0
    reachable = reachable and subprocess.run([rack.program, '--version'], preexec_fn=nobody, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    if not reachable:
        print('    nothing without permission: the work folder cannot be reached by an ordinary user')
        return
    os.makedirs(path('forbidden'), 0o555)
    expect('a folder that may not be written', 3, *build(path('forbidden'), setup=nobody))
    expect('a folder that may not be made', 3, *build(path('forbidden/deeper'), setup=nobody))
    os.makedirs(path('open'))
    os.chmod(path('open'), 0o777)
    chapter = os.path.join(rack.book, 'src/after.md')
    os.chmod(chapter, 0)
    expect('a chapter that may not be read', 3, *build(path('open'), setup=nobody))
    os.chmod(chapter, 0o644)
    os.chmod(os.path.join(rack.book, 'src/square.png'), 0)
    status, text = build(path('open'), setup=nobody)
    if status not in (1, 3) or os.listdir(path('open')):
        rack.failed += 1
        print('FAIL a picture that may not be read: status %d, %s' % (status, os.listdir(path('open'))))


def diagrams(rack, full):
    """The same while the drawings of diagrams are made and kept: what is in their folder afterwards is whole, and nothing lies beside it."""
    tool, scratch, folder = (os.path.join(rack.work, name) for name in ('tool', 'scratch', 'book/diagrams'))
    os.makedirs(scratch)
    with open(tool, 'w') as f:
        f.write('#!/bin/sh\nread n\necho "<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'90\' height=\'$n\'><path d=\'M0 0h90v9z\'/></svg>"\n')
    os.chmod(tool, 0o755)
    with open(os.path.join(rack.book, 'book.toml'), 'a') as f:
        f.write('\n[output.incipit.diagrams.sketch]\ncommand = ["%s"]\n' % tool)
    with open(os.path.join(rack.book, 'src/after.md'), 'a') as f:
        f.write(''.join('\n```sketch {alt="A picture."}\n%d\n```\n' % n for n in (30, 40, 50)))
    rack.more = ['--diagrams']
    os.environ['TMPDIR'] = scratch
    status, text = rack.run([])
    rack.settle(status == 0, 'the book with diagrams cannot be built: ' + text)
    rack.new = rack.read()
    read = lambda: {n: open(os.path.join(folder, n), 'rb').read() for n in os.listdir(folder)} if os.path.isdir(folder) else {}
    drawn = read()
    rack.settle(len(drawn) == 3, 'not three drawings: %s' % sorted(drawn))
    kept = rack.counts()
    shutil.rmtree(folder)
    fresh = rack.counts()

    def fault(order, allowed=(3,), jobs=1):
        shutil.rmtree(folder, ignore_errors=True)
        status, text, _ = rack.preload(order, jobs)
        fine = rack.judge(order, status, text, allowed)
        left, wrong = os.listdir(scratch), [n for n, data in read().items() if drawn.get(n) != data]
        if fine and (wrong or (left and not order.startswith('malloc'))):
            rack.failed += 1
            print('FAIL %s: in the folder of drawings %s, for scraps %s' % (order, wrong, left))
        for name in left:
            shutil.rmtree(os.path.join(scratch, name), ignore_errors=True)

    for kind in ('write', 'fsync', 'mkstemp', 'rename', 'link', 'mkdir', 'close'):
        made = fresh[kind] - kept[kind]
        rack.settle(made > 0 or kind in ('link', 'mkdir'), 'no %s is for the drawings' % kind)
        for n in range(1, min(made, 400 if full else 12) + 1):
            error = (errno.ENOSPC, errno.EIO, errno.EDQUOT)[n % 3]
            fault('%s:%d:%s' % (kind, n, error), (3,) if kind not in ('close', 'link') else (0, 1, 3))
        if kind in ('write', 'mkstemp', 'rename', 'fsync'):
            fault('%s:1+:%s' % (kind, errno.ENOSPC))
            fault('%s:1+:%s' % (kind, errno.ENOSPC), jobs=4)
    if fresh['malloc']:
        for i in range(200 if full else 12):
            fault('malloc:%d+' % (1 + i * fresh['malloc'] // (400 if full else 24)))


def main():
    program, work, fault, what = [os.path.abspath(a) for a in sys.argv[1:4]] + [sys.argv[4]]
    rack = Rack(program, work, fault)
    rack.reset()
    {f.__name__: f for f in (memory, calls, limits, signals, places, diagrams)}[what](rack, '--full' in sys.argv)
    print('%s: %d runs, %d failed; statuses %s' % (what, rack.ran, rack.failed, ' '.join('%s:%d' % p for p in sorted(rack.tally.items()))))
    shutil.rmtree(work, ignore_errors=True)
    return 1 if rack.failed else 0


sys.exit(main())
