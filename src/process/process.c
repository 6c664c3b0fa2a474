/* process.c - fork, exec, two pipes, a clock (POSIX.1-2017). Between fork and exec only async-signal-safe calls are made. */
#include "process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_MILLISECONDS = 20, CHUNK = 16384 };

typedef struct child {
    const inc_process *process;
    pid_t pid;
    int out, err;  /* read ends; -1 when at their end */
    int report;    /* the errno of a failed exec comes through it */
    uint32_t waited; /* milliseconds */
} child;

/* ---- the child's side ---- */

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

/* ---- pipes ---- */

typedef struct pipes {
    int in, out[2], err[2], report[2];
} pipes;

static void close_if(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

static void close_pipes(pipes *p)
{
    int *all[] = {&p->in, &p->out[0], &p->out[1], &p->err[0], &p->err[1], &p->report[0], &p->report[1]};
    for (size_t i = 0; i < INC_COUNT(all); i++)
        close_if(all[i]);
}

/* All of them close on exec, so that a child of another thread does not hold them open. */
static bool open_pipes(pipes *p, const char *input)
{
    *p = (pipes){-1, {-1, -1}, {-1, -1}, {-1, -1}};
    p->in = open(*input ? input : "/dev/null", O_RDONLY | O_CLOEXEC);
    bool fine = p->in >= 0 && pipe2(p->out, O_CLOEXEC) == 0 && pipe2(p->err, O_CLOEXEC) == 0 && pipe2(p->report, O_CLOEXEC) == 0;
    fine = fine && fcntl(p->out[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(p->err[0], F_SETFL, O_NONBLOCK) == 0;
    if (!fine) {
        int error = errno;
        close_pipes(p);
        errno = error;
    }
    return fine;
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

/* The group goes as a whole; whoever is in it was started by this command. */
static void kill_group(child *c)
{
    kill(-c->pid, SIGKILL);
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
    kill_group(c);
    if (!ended)
        wait_for(c->pid, 0, status);
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
    kill(-pid, SIGKILL);
    wait_for(pid, 0, &status);
}

/* Waits until exec has happened; an errno when it did not. */
static int exec_error(int report)
{
    int error = 0;
    ssize_t n;
    while ((n = read(report, &error, sizeof error)) < 0 && errno == EINTR)
        ;
    return n == (ssize_t)sizeof error ? error : 0;
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
    pid_t pid = fork();
    if (pid == 0)
        become(process, argv, folder, p.in, p.out[1], p.err[1], p.report[1]);
    int error = pid < 0 ? errno : 0, status = 0;
    if (pid > 0) {
        *slot = (void *)(intptr_t)pid;
        setpgid(pid, pid); /* here too: whoever comes first */
        close_if(&p.out[1]);
        close_if(&p.err[1]);
        close_if(&p.report[1]);
        error = exec_error(p.report[0]);
        child c = {process, pid, p.out[0], p.err[0], p.report[0], 0};
        if (error) {
            wait_for(pid, 0, &status);
            result.end = INC_PROCESS_MISSING;
        } else {
            watch(&c, &result, &out, &err, &status);
            if (result.end == INC_PROCESS_EXITED)
                set_status(&result, status);
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
