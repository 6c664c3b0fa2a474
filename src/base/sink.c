/* sink.c - byte sinks. */
#include "base/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void inc_sink_write(inc_sink *sink, const void *p, size_t n)
{
    if (sink->error || !n)
        return;
    if (sink->write(sink, p, n))
        sink->written += n;
    else
        assert(sink->error);
}

void inc_sink_str(inc_sink *sink, inc_str s)
{
    inc_sink_write(sink, s.p, s.n);
}

void inc_sink_printf(inc_sink *sink, const char *format, ...)
{
    char line[4096];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    assert(n >= 0 && (size_t)n < sizeof line);
    inc_sink_write(sink, line, (size_t)n);
}

static bool memory_write(inc_sink *sink, const void *p, size_t n)
{
    inc_buf_add(((inc_memory_sink *)sink)->buf, (inc_str){p, n});
    return true;
}

inc_memory_sink inc_memory_sink_to(inc_buf *buf)
{
    return (inc_memory_sink){.sink = {.write = memory_write}, .buf = buf};
}

struct inc_file_sink {
    inc_sink sink;
    int fd;
    const char *path, *temporary;
    size_t pending;
    char buffer[64 * 1024];
};

static bool flush_pending(inc_file_sink *file)
{
    for (size_t done = 0; done < file->pending;) {
        ssize_t n = write(file->fd, file->buffer + done, file->pending - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            file->sink.error = errno;
            return false;
        }
        done += (size_t)n;
    }
    file->pending = 0;
    return true;
}

static bool file_write(inc_sink *sink, const void *p, size_t n)
{
    inc_file_sink *file = (inc_file_sink *)sink;
    for (const char *at = p; n;) {
        size_t part = INC_MIN(n, sizeof file->buffer - file->pending);
        memcpy(file->buffer + file->pending, at, part);
        file->pending += part, at += part, n -= part;
        if (file->pending == sizeof file->buffer && !flush_pending(file))
            return false;
    }
    return true;
}

inc_file_sink *inc_file_sink_open(inc_arena *arena, inc_str path, int *error)
{
    inc_file_sink *file = INC_NEW(arena, inc_file_sink);
    char *temporary = (char *)inc_strf(arena, "%.*s.XXXXXX", INC_STR_ARG(path)).p;
    file->path = inc_cstr(arena, path);
    file->temporary = temporary;
    file->sink.write = file_write;
    file->fd = mkstemp(temporary);
    if (file->fd < 0) {
        *error = errno;
        return NULL;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(file->fd, 0666 & ~mask);
    return file;
}

inc_sink *inc_file_sink_sink(inc_file_sink *file)
{
    return &file->sink;
}

int inc_file_sink_commit(inc_file_sink *file)
{
    if (!file->sink.error && flush_pending(file) && fsync(file->fd) != 0)
        file->sink.error = errno;
    if (close(file->fd) != 0 && !file->sink.error)
        file->sink.error = errno;
    if (!file->sink.error && rename(file->temporary, file->path) != 0)
        file->sink.error = errno;
    if (file->sink.error)
        unlink(file->temporary);
    return file->sink.error;
}

void inc_file_sink_abort(inc_file_sink *file)
{
    close(file->fd);
    unlink(file->temporary);
}

static bool failing_write(inc_sink *sink, const void *p, size_t n)
{
    inc_failing_sink *failing = (inc_failing_sink *)sink;
    if (sink->written + n > failing->limit) {
        sink->error = failing->fail_with;
        return false;
    }
    inc_sink_write(failing->inner, p, n);
    sink->error = failing->inner->error;
    return !sink->error;
}

inc_failing_sink inc_failing_sink_on(inc_sink *inner, uint64_t limit, int error)
{
    return (inc_failing_sink){.sink = {.write = failing_write}, .inner = inner, .limit = limit, .fail_with = error};
}
