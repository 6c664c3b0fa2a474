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

/* A temporary file beside `path` that becomes `path` on commit: written, flushed to disk, then renamed over it; on
 * abort (or failure) it is removed and the old file is as it was. */
typedef struct inc_file_sink inc_file_sink;
inc_file_sink *inc_file_sink_open(inc_arena *arena, inc_str path, int *error); /* NULL and *error = errno on failure */
inc_sink *inc_file_sink_sink(inc_file_sink *file);
int inc_file_sink_commit(inc_file_sink *file); /* 0 or an errno; the handle is closed either way */
void inc_file_sink_abort(inc_file_sink *file);

/* Passes through to `inner` until `limit` bytes are written, then fails with `error` (ENOSPC, say). For tests. */
typedef struct inc_failing_sink {
    inc_sink sink;
    inc_sink *inner;
    uint64_t limit;
    int fail_with;
} inc_failing_sink;
inc_failing_sink inc_failing_sink_on(inc_sink *inner, uint64_t limit, int error);

#endif
