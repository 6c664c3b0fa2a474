/*
 * process.c - fork, exec, pipes, a clock (POSIX.1-2017). Between fork and exec only async-signal-safe calls are made.
 *
 * Each command has a keeper, a process of ours that does nothing but wait. As the reaper of its descendants (prctl(2), Linux) it is handed
 * every process that the command leaves behind, also one that made a session of its own (setsid), and ends them all. When we are killed the kernel
 * tells it so.
 */
#include "process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MILLISECONDS = 20, CHUNK = 16384 };
enum { CHILDREN_BYTES = 4096, CHILDREN_MAX = 512, SWEEPS = 1000, SWEEP_MILLISECONDS = 2, OLD_KERNEL_FILES = 4096 };

typedef struct child {
    const inc_process *process;
    pid_t pid;     /* of its keeper */
    int out, err;  /* read ends; -1 when at their end */
    int report;    /* the errno of a failed exec comes through it */
    uint32_t waited; /* milliseconds */
} child;

/* ---- pipes ---- */

typedef struct pipes {
    int in, out[2], err[2], report[2], status[2];
} pipes;

static void close_if(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

static void close_pipes(pipes *p)
{
    int *all[] = {&p->in, &p->out[0], &p->out[1], &p->err[0], &p->err[1], &p->report[0], &p->report[1], &p->status[0], &p->status[1]};
    for (size_t i = 0; i < INC_COUNT(all); i++)
        close_if(all[i]);
}

/* All of them close on exec, so that a child of another thread does not hold them open. */
static bool open_pipes(pipes *p, const char *input)
{
    *p = (pipes){-1, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    p->in = open(*input ? input : "/dev/null", O_RDONLY | O_CLOEXEC);
    bool fine = p->in >= 0 && pipe2(p->out, O_CLOEXEC) == 0 && pipe2(p->err, O_CLOEXEC) == 0 && pipe2(p->report, O_CLOEXEC) == 0 && pipe2(p->status, O_CLOEXEC) == 0;
    fine = fine && fcntl(p->out[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(p->err[0], F_SETFL, O_NONBLOCK) == 0;
    if (!fine) {
        int error = errno;
        close_pipes(p);
        errno = error;
    }
    return fine;
}

/* ---- the command's side ---- */

static void set_limits(uint64_t file_max)
{
    struct rlimit none = {0, 0}, file;
    setrlimit(RLIMIT_CORE, &none);
    if (!file_max || getrlimit(RLIMIT_FSIZE, &file) != 0)
        return;
    file.rlim_cur = INC_MIN((rlim_t)file_max, file.rlim_max);
    setrlimit(RLIMIT_FSIZE, &file);
}

static void become(const inc_process *process, char *const *argv, const char *folder, int in, int out, int err, int report)
{
    sigset_t all;
    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    set_limits(process->limits.file_max);
    setpgid(0, 0);
    bool ready = dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0 && (!*folder || chdir(folder) == 0);
    if (ready)
        execvpe(argv[0], argv, process->environment);
    int error = errno;
    ssize_t written = write(report, &error, sizeof error);
    (void)written;
    _Exit(127);
}

/* ---- the keeper's side: between us and the command, so that all it starts has somebody to answer to ---- */

/* Of this thread; nothing but system calls, since we were forked from one thread of several. */
static size_t list_children(pid_t *pids, size_t max)
{
    char text[CHILDREN_BYTES];
    int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t n = file >= 0 ? read(file, text, sizeof text) : 0;
    size_t count = 0;
    pid_t pid = 0;
    if (file >= 0)
        close(file);
    for (ssize_t i = 0; i < n && count < max; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            pid = pid * 10 + (text[i] - '0');
        else if (pid) { /* a number that is cut off at the end is left for the next time */
            pids[count++] = pid;
            pid = 0;
        }
    }
    return count;
}

/* Children of what was killed become ours, whatever session they made for themselves: until there are none. */
static void kill_all(pid_t command)
{
    pid_t pids[CHILDREN_MAX];
    kill(-command, SIGKILL);
    for (int i = 0; i < SWEEPS; i++) {
        size_t n = list_children(pids, CHILDREN_MAX);
        for (size_t k = 0; k < n; k++)
            kill(pids[k], SIGKILL);
        pid_t got;
        while ((got = waitpid(-1, NULL, WNOHANG)) > 0)
            ;
        if (got < 0 && errno == ECHILD)
            return;
        nanosleep(&(struct timespec){.tv_nsec = SWEEP_MILLISECONDS * 1000000L}, NULL);
    }
}

/* Waits until the command has ended, or until we say (SIGTERM), or end ourselves; tells its status in the first case. */
static void keep(pid_t command, int tell)
{
    sigset_t set;
    int status = 0, got = 0;
    bool ended = false;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    while (!ended && got != SIGTERM) {
        int about;
        pid_t pid;
        while ((pid = waitpid(-1, &about, WNOHANG)) > 0)
            if (pid == command) {
                ended = true;
                status = about;
            }
        if (!ended && sigwait(&set, &got) != 0)
            break;
    }
    kill_all(command);
    if (ended) {
        ssize_t written = write(tell, &status, sizeof status);
        (void)written;
    }
}

static void close_from_to(unsigned first, unsigned last)
{
    if (first > last || close_range(first, last, 0) == 0)
        return;
    for (unsigned file = first; file <= last && file < OLD_KERNEL_FILES; file++)
        close((int)file);
}

/* All but our own: a keeper never calls exec, and the pipes of other threads' commands would not come to their ends. */
static void close_others(const pipes *p)
{
    const int own[] = {p->in, p->out[1], p->err[1], p->report[1], p->status[1]};
    unsigned from = STDERR_FILENO + 1;
    for (;;) {
        unsigned next = UINT32_MAX;
        for (size_t i = 0; i < INC_COUNT(own); i++)
            if (own[i] >= 0 && (unsigned)own[i] >= from)
                next = INC_MIN(next, (unsigned)own[i]);
        close_from_to(from, next == UINT32_MAX ? next : next - 1);
        if (next == UINT32_MAX)
            return;
        from = next + 1;
    }
}

static void be_keeper(const inc_process *process, char *const *argv, const char *folder, pipes *p, pid_t parent)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
    close_others(p);
    setpgid(0, 0); /* out of reach of the terminal's keys */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    pid_t command = getppid() == parent ? fork() : -1;
    if (command == 0)
        become(process, argv, folder, p->in, p->out[1], p->err[1], p->report[1]);
    if (command < 0) {
        int error = errno;
        ssize_t written = write(p->report[1], &error, sizeof error);
        (void)written;
        _Exit(1);
    }
    setpgid(command, command); /* here too: whoever comes first */
    close_if(&p->out[1]);
    close_if(&p->err[1]);
    close_if(&p->report[1]);
    keep(command, p->status[1]);
    _Exit(0);
}

/* ---- the parent's side ---- */

/* Reads what there is; closes at the end. False when it is too much. */
static bool drain(int *descriptor, inc_buf *into, size_t max)
{
    char chunk[CHUNK];
    while (*descriptor >= 0) {
        ssize_t n = read(*descriptor, chunk, sizeof chunk);
        if (n > 0) {
            if (into->n + (size_t)n > max)
                return false;
            inc_buf_add(into, (inc_str){chunk, (size_t)n});
        } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
            close_if(descriptor);
        } else if (errno == EAGAIN)
            return true;
    }
    return true;
}

static int wait_for(pid_t pid, int flags, int *status)
{
    for (;;) {
        pid_t got = waitpid(pid, status, flags);
        if (got >= 0 || errno != EINTR)
            return (int)got;
    }
}

static void watch(child *c, inc_process_result *result, inc_buf *out, inc_buf *err, int *status)
{
    const inc_process_limits *limits = &c->process->limits;
    result->end = INC_PROCESS_EXITED;
    bool ended = false;
    while (!ended) {
        struct pollfd wait[2] = {{c->out, POLLIN, 0}, {c->err, POLLIN, 0}};
        poll(wait, 2, POLL_MILLISECONDS);
        c->waited += wait[0].revents || wait[1].revents ? 0 : POLL_MILLISECONDS;
        ended = wait_for(c->pid, WNOHANG, status) != 0;
        if (!drain(&c->out, out, limits->output_max) || !drain(&c->err, err, limits->output_max))
            result->end = INC_PROCESS_TALKED_TOO_MUCH;
        else if (c->process->interrupted && *c->process->interrupted)
            result->end = INC_PROCESS_INTERRUPTED;
        else if (!ended && limits->seconds && c->waited / 1000 >= limits->seconds)
            result->end = INC_PROCESS_TIMED_OUT;
        if (result->end != INC_PROCESS_EXITED)
            break;
    }
    if (!ended) { /* its keeper ends what is left, and then itself */
        kill(c->pid, SIGTERM);
        wait_for(c->pid, 0, status);
    }
}

static void set_status(inc_process_result *result, int status)
{
    if (WIFSIGNALED(status)) {
        result->end = INC_PROCESS_SIGNALLED;
        result->status = WTERMSIG(status);
    } else
        result->status = WEXITSTATUS(status);
}

/* When memory runs out while the child is there. */
static void reap(void *handle)
{
    pid_t pid = (pid_t)(intptr_t)handle;
    int status;
    kill(pid, SIGTERM);
    wait_for(pid, 0, &status);
}

/* What comes through the pipe before its end, else `otherwise`. */
static int read_int(int pipe, int otherwise)
{
    int value = 0;
    ssize_t n;
    while ((n = read(pipe, &value, sizeof value)) < 0 && errno == EINTR)
        ;
    return n == (ssize_t)sizeof value ? value : otherwise;
}

inc_process_result inc_process_run(const inc_process *process, inc_arena *arena)
{
    inc_process_result result = {.end = INC_PROCESS_FAILED, .out = INC_STR(""), .err = INC_STR("")};
    char **argv = INC_NEW_N(arena, char *, process->word_count + 1);
    for (size_t i = 0; i < process->word_count; i++)
        argv[i] = (char *)(uintptr_t)inc_cstr(arena, process->words[i]);
    const char *folder = inc_cstr(arena, process->folder), *input = inc_cstr(arena, process->input);
    inc_buf out = inc_buf_in(arena), err = inc_buf_in(arena);
    void **slot = inc_defer(arena, reap);
    pipes p;
    if (!open_pipes(&p, input)) {
        result.status = errno;
        return result;
    }
    pid_t self = getpid(), pid = fork();
    if (pid == 0)
        be_keeper(process, argv, folder, &p, self);
    int error = pid < 0 ? errno : 0, status = 0;
    if (pid > 0) {
        *slot = (void *)(intptr_t)pid;
        close_if(&p.out[1]);
        close_if(&p.err[1]);
        close_if(&p.report[1]);
        close_if(&p.status[1]);
        error = read_int(p.report[0], 0); /* waits until exec has happened */
        child c = {process, pid, p.out[0], p.err[0], p.report[0], 0};
        if (error) {
            wait_for(pid, 0, &status);
            result.end = INC_PROCESS_MISSING;
        } else {
            watch(&c, &result, &out, &err, &status);
            if (result.end == INC_PROCESS_EXITED)
                set_status(&result, read_int(p.status[0], status)); /* its own, unless it killed its keeper */
        }
        p.out[0] = c.out;
        p.err[0] = c.err;
    }
    *slot = NULL; /* waited for */
    close_pipes(&p);
    if (error)
        result.status = error;
    result.out = inc_buf_str(&out);
    result.err = inc_buf_str(&err);
    return result;
}

inc_str inc_process_describe(const inc_process *process, const inc_process_result *result, inc_arena *arena)
{
    switch (result->end) {
    case INC_PROCESS_EXITED: return inc_strf(arena, "exit status %d", result->status);
    case INC_PROCESS_SIGNALLED: return inc_strf(arena, "killed by SIG%s", sigabbrev_np(result->status) ? sigabbrev_np(result->status) : "?");
    case INC_PROCESS_MISSING: return inc_strf(arena, "'%.*s' cannot be run: %s", INC_STR_ARG(process->words[0]), strerror(result->status));
    case INC_PROCESS_TIMED_OUT: return inc_strf(arena, "did not end within %u seconds", process->limits.seconds);
    case INC_PROCESS_TALKED_TOO_MUCH: return inc_strf(arena, "printed more than %zu bytes", process->limits.output_max);
    case INC_PROCESS_INTERRUPTED: return INC_STR("interrupted");
    case INC_PROCESS_FAILED: break;
    }
    return inc_strf(arena, "could not be started: %s", strerror(result->status));
}

char *const *inc_process_environment(inc_arena *arena, char *const *environment, const char *name, inc_str value)
{
    size_t n = 0, kept = 0, length = strlen(name);
    while (environment[n])
        n++;
    char **own = INC_NEW_N(arena, char *, n + 2);
    for (size_t i = 0; i < n; i++)
        if (strncmp(environment[i], name, length) != 0 || environment[i][length] != '=')
            own[kept++] = environment[i];
    own[kept] = (char *)(uintptr_t)inc_cstr(arena, inc_strf(arena, "%s=%.*s", name, INC_STR_ARG(value)));
    return own;
}
