/*
 * fault.c - preloaded (LD_PRELOAD): makes one call of the C library fail.
 *
 * INCIPIT_FAULT=CALL:N[:ERRNO] fails the Nth call of that kind since main began, CALL:N+ that one and all later ones; ERRNO is a number.
 * write:N:short writes half of what it is given.
 * INCIPIT_FAULT_COUNT=FILE writes how often each kind was called, which library the failed one was called from, and which one crashed, if any did:
 * on several threads that need not be the same.
 *
 * main is taken to begin with its call of mallopt.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { MALLOC, WRITE, READ, FSYNC, CLOSE, OPEN, MKSTEMP, RENAME, LINK, MKDIR, FSTAT, THREAD, KINDS };
static const char *const names[KINDS] = {"malloc", "write", "read", "fsync", "close", "open", "mkstemp", "rename", "link", "mkdir", "fstat", "thread"};

static atomic_ulong counts[KINDS];
static unsigned long fail_at;
static enum kind fail_kind = KINDS;
static int fail_errno = EIO;
static bool fail_on, fail_short, started;
static char culprit[256], crashed[256]; /* a line each */

static void read_orders(void)
{
    const char *order = getenv("INCIPIT_FAULT");
    for (int k = 0; order && k < KINDS; k++) {
        size_t n = strlen(names[k]);
        if (strncmp(order, names[k], n) != 0 || order[n] != ':')
            continue;
        char *end;
        fail_kind = (enum kind)k;
        fail_at = strtoul(order + n + 1, &end, 10);
        fail_on = *end == '+';
        end += fail_on;
        fail_errno = k == MALLOC ? ENOMEM : EIO;
        if (*end == ':') {
            fail_short = strcmp(end + 1, "short") == 0;
            if (!fail_short)
                fail_errno = atoi(end + 1);
        }
    }
}

static void put_counts(void)
{
    const char *path = getenv("INCIPIT_FAULT_COUNT");
    char line[512];
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    for (int k = 0; fd >= 0 && k < KINDS; k++) {
        int n = snprintf(line, sizeof line, "%s %lu\n", names[k], atomic_load(&counts[k]));
        if (write(fd, line, (size_t)n) < 0)
            break;
    }
    if (fd >= 0 && (write(fd, culprit, strlen(culprit)) < 0 || write(fd, crashed, strlen(crashed)) < 0))
        errno = 0;
    if (fd >= 0)
        close(fd);
}

static void write_counts(void)
{
    started = false;
    put_counts();
}

/* "WORD LIBRARY\n", where the address lies; line holds 256 bytes. */
static void name_library(char *line, const char *word, const Dl_info *info)
{
    const char *slash = strrchr(info->dli_fname, '/');
    snprintf(line, 256, "%s %.100s\n", word, slash ? slash + 1 : info->dli_fname);
}

static void remember(const void *caller)
{
    Dl_info info;
    if (culprit[0] || !caller || !dladdr(caller, &info) || !info.dli_fname)
        return;
    name_library(culprit, "from", &info);
    started = false;
    put_counts(); /* at once: the program may not survive this */
    started = true;
}

#ifndef FAULT_WITHOUT_MALLOC /* the sanitizers have handlers of their own */

/* Crashed is what the C library, where an abort() or a bad pointer is noticed, was called by. */
static void on_crash(int number)
{
    void *frames[32];
    Dl_info info, own, libc;
    started = false;
    if (dladdr((void *)(uintptr_t)on_crash, &own) && dladdr((void *)(uintptr_t)abort, &libc)) {
        int n = backtrace(frames, 32);
        for (int i = 0; i < n && !crashed[0]; i++)
            if (dladdr(frames[i], &info) && info.dli_fname && info.dli_fbase != own.dli_fbase && info.dli_fbase != libc.dli_fbase)
                name_library(crashed, "crash", &info);
    }
    put_counts();
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_for_crashes(void)
{
    void *frames[4];
    backtrace(frames, 4); /* loads what it needs, while there is memory */
    signal(SIGSEGV, on_crash);
    signal(SIGABRT, on_crash);
    signal(SIGBUS, on_crash);
}

#else

static void watch_for_crashes(void) { }

#endif

/* True when this call is to fail; errno is set. */
static bool fails(enum kind kind, const void *caller)
{
    if (!started)
        return false;
    unsigned long n = atomic_fetch_add(&counts[kind], 1) + 1;
    if (kind != fail_kind || (fail_on ? n < fail_at : n != fail_at))
        return false;
    remember(caller);
    errno = fail_errno;
    return true;
}

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define CALLER __builtin_return_address(0)

int mallopt(int what, int value)
{
    extern int mallopt(int, int);
    REAL(mallopt);
    int result = real(what, value);
    if (!started) {
        read_orders();
        watch_for_crashes();
        atexit(write_counts);
        started = true;
    }
    return result;
}

/* ---- memory: not under the sanitizers, whose allocator must come first ---- */

#ifndef FAULT_WITHOUT_MALLOC

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t), *__libc_memalign(size_t, size_t);

void *malloc(size_t n) { return fails(MALLOC, CALLER) ? NULL : __libc_malloc(n); }
void *calloc(size_t count, size_t n) { return fails(MALLOC, CALLER) ? NULL : __libc_calloc(count, n); }
void *realloc(void *p, size_t n) { return fails(MALLOC, CALLER) ? NULL : __libc_realloc(p, n); }
void *aligned_alloc(size_t to, size_t n) { return fails(MALLOC, CALLER) ? NULL : __libc_memalign(to, n); }

int posix_memalign(void **p, size_t to, size_t n)
{
    *p = fails(MALLOC, CALLER) ? NULL : __libc_memalign(to, n);
    return *p ? 0 : ENOMEM;
}

#endif

/* ---- files ---- */

ssize_t write(int fd, const void *p, size_t n)
{
    REAL(write);
    if (fd > 2 && fails(WRITE, CALLER)) {
        if (!fail_short)
            return -1;
        n = n > 1 ? n / 2 : n;
    }
    return real(fd, p, n);
}

ssize_t read(int fd, void *p, size_t n)
{
    REAL(read);
    return fails(READ, CALLER) ? -1 : real(fd, p, n);
}

int fsync(int fd)
{
    REAL(fsync);
    return fails(FSYNC, CALLER) ? -1 : real(fd);
}

int close(int fd)
{
    REAL(close);
    bool failed = fails(CLOSE, CALLER);
    int error = errno, result = real(fd); /* closed in any case, as Linux does */
    errno = error;
    return failed ? -1 : result;
}

static bool has_mode(int flags) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE; }

int open(const char *path, int flags, ...)
{
    REAL(open);
    va_list args;
    va_start(args, flags);
    int mode = has_mode(flags) ? va_arg(args, int) : 0;
    va_end(args);
    return fails(OPEN, CALLER) ? -1 : real(path, flags, mode);
}

int mkstemp(char *pattern)
{
    REAL(mkstemp);
    return fails(MKSTEMP, CALLER) ? -1 : real(pattern);
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    return fails(RENAME, CALLER) ? -1 : real(from, to);
}

int link(const char *from, const char *to)
{
    REAL(link);
    return fails(LINK, CALLER) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    return fails(MKDIR, CALLER) ? -1 : real(path, mode);
}

int fstat(int fd, struct stat *st)
{
    REAL(fstat);
    return fails(FSTAT, CALLER) ? -1 : real(fd, st);
}

int pthread_create(void *thread, const void *attributes, void *(*start)(void *), void *argument)
{
    int (*real)(void *, const void *, void *(*)(void *), void *) = (int (*)(void *, const void *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
    return fails(THREAD, CALLER) ? EAGAIN : real(thread, attributes, start, argument);
}
