/*
 * process.h - run an external command, with limits, and keep what it says.
 *
 * No shell is between: the words of the command are its arguments. The child gets a process group of its own, /dev/null or a file as its input,
 * and no descriptor of ours; when it ends, when its time is over, when the user interrupts or we are killed ourselves, all it started is
 * killed, in whatever group or session, so that nothing stays behind. May be called from several threads at once.
 */
#ifndef INC_PROCESS_H
#define INC_PROCESS_H

#include <signal.h>

#include "base/str.h"

typedef struct inc_process_limits {
    uint32_t seconds;      /* of wall time; 0: none */
    size_t output_max;     /* bytes of each stream that are kept; a child that says more is stopped */
    uint64_t file_max;     /* bytes of a file that it writes; at more it gets SIGXFSZ. 0: no limit */
} inc_process_limits;

typedef struct inc_process {
    const inc_str *words;  /* the program (looked for in PATH) and its arguments */
    size_t word_count;
    inc_str folder;        /* to run in; "" for the current one */
    inc_str input;         /* file that is its standard input; "" for /dev/null */
    char *const *environment; /* "NAME=value", NULL at the end; each name once */
    inc_process_limits limits;
    const volatile sig_atomic_t *interrupted; /* non-zero ends the run; may be NULL */
} inc_process;

typedef enum inc_process_end {
    INC_PROCESS_EXITED,      /* status: what it returned */
    INC_PROCESS_SIGNALLED,   /* status: the signal */
    INC_PROCESS_MISSING,     /* there is no such program, or it may not be run; status: the errno */
    INC_PROCESS_TIMED_OUT,
    INC_PROCESS_TALKED_TOO_MUCH,
    INC_PROCESS_INTERRUPTED,
    INC_PROCESS_FAILED       /* the system would not start it; status: the errno */
} inc_process_end;

typedef struct inc_process_result {
    inc_process_end end;
    int status;
    inc_str out, err; /* as written: not checked, any bytes */
} inc_process_result;

/* Runs it and waits. What it said is allocated in the arena. */
inc_process_result inc_process_run(const inc_process *process, inc_arena *arena);

/* The environment with one variable set to a value of its own. */
char *const *inc_process_environment(inc_arena *arena, char *const *environment, const char *name, inc_str value);

/* "exit status 1", "killed by signal 9", "did not end within 30 seconds" ... */
inc_str inc_process_describe(const inc_process *process, const inc_process_result *result, inc_arena *arena);

#endif
