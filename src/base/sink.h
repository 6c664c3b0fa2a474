/*
 * sink.h - where finished bytes go: a file, memory, or a test's counting and failing sinks.
 *
 * Errors are sticky: after the first failed write every further one is dropped and inc_sink_ok is false, so a writer
 * checks once at its end.
 */
#ifndef INC_SINK_H
#define INC_SINK_H

#include "base/str.h"

typedef struct inc_sink inc_sink;
struct inc_sink {
    bool (*write)(inc_sink *sink, const void *p, size_t n); /* false on failure, with sink->error set (an errno) */
    uint64_t written;
    int error;
};

void inc_sink_write(inc_sink *sink, const void *p, size_t n);
void inc_sink_str(inc_sink *sink, inc_str s);
void inc_sink_printf(inc_sink *sink, const char *format, ...) INC_PRINTF(2, 3); /* at most 4096 bytes a call */
static inline bool inc_sink_ok(const inc_sink *sink) { return sink->error == 0; }

/* Collects into a buffer. */
typedef struct inc_memory_sink {
    inc_sink sink;
    inc_buf *buf;
} inc_memory_sink;
inc_memory_sink inc_memory_sink_to(inc_buf *buf);

/*
 * A temporary file beside `path` that takes its place in steps, so that several files can be replaced together or not at all:
 *
 *     open, write ...      the bytes go into the temporary file
 *     finish               flushed to the disk and closed: from here on the disk cannot be too full any more
 *     install              renamed over the old file, which stays reachable under a second name
 *     keep                 the old file is given up; or, until then and from any step:
 *     abort                what was made is removed, and the old file is as it was
 *
 * A finish or install that fails must be followed by abort. After keep and abort the handle is gone. POSIX has no way to replace two files in
 * one step: a crash of the system between two installs leaves a new file beside an old one, both whole.
 */
typedef struct inc_file_sink inc_file_sink;
inc_file_sink *inc_file_sink_open(inc_arena *arena, inc_str path, int *error); /* NULL and *error = errno on failure */
inc_sink *inc_file_sink_sink(inc_file_sink *file);
int inc_file_sink_finish(inc_file_sink *file);  /* 0 or an errno */
int inc_file_sink_install(inc_file_sink *file); /* 0 or an errno */
void inc_file_sink_keep(inc_file_sink *file);
void inc_file_sink_abort(inc_file_sink *file);

/*
 * Removes the temporary files that builds of the same output have left because they were killed: of our own name, plain files of this user, and older
 * by so many seconds than the output that stands at `path` now. Both times are the file system's, so that no clock is asked; a build that is still at
 * work has written to its own a moment ago.
 */
void inc_file_sink_sweep(inc_str path, long seconds);
int inc_file_sink_commit(inc_file_sink *file); /* for one file alone: finish, install, then keep or abort; 0 or an errno */

/* All of it at once: the file is replaced by one with these bytes, or stays as it is. 0 or an errno. */
int inc_file_write(inc_arena *arena, inc_str path, inc_str bytes);

/* Passes through to `inner` until `limit` bytes are written, then fails with `error` (ENOSPC, say). For tests. */
typedef struct inc_failing_sink {
    inc_sink sink;
    inc_sink *inner;
    uint64_t limit;
    int fail_with;
} inc_failing_sink;
inc_failing_sink inc_failing_sink_on(inc_sink *inner, uint64_t limit, int error);

#endif
