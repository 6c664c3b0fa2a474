/* sink.c - byte sinks. */
#include "base/sink.h"

#include <dirent.h>
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

#define TEMPORARY ".incipit-" /* between the name and six letters: nobody else names files so */

struct inc_file_sink {
    inc_sink sink;
    int fd; /* -1 when closed */
    const char *path, *temporary, *backup;
    bool installed;
    enum { NO_BACKUP, LINKED, MOVED } backup_kind;
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
    char *temporary = (char *)inc_strf(arena, "%.*s" TEMPORARY "XXXXXX", INC_STR_ARG(path)).p;
    file->path = inc_cstr(arena, path);
    file->temporary = temporary;
    file->backup = inc_strf(arena, "%.*s" TEMPORARY "XXXXXX.old", INC_STR_ARG(path)).p;
    file->sink.write = file_write;
    file->fd = mkstemp(temporary);
    if (file->fd < 0) {
        *error = errno;
        return NULL;
    }
    memcpy((char *)file->backup, temporary, strlen(temporary));
    mode_t mask = umask(0);
    umask(mask);
    fchmod(file->fd, 0666 & ~mask);
    return file;
}

inc_sink *inc_file_sink_sink(inc_file_sink *file)
{
    return &file->sink;
}

static int sync_file(int fd)
{
    while (fsync(fd) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

int inc_file_sink_finish(inc_file_sink *file)
{
    assert(file->fd >= 0);
    if (!file->sink.error && flush_pending(file))
        file->sink.error = sync_file(file->fd);
    if (close(file->fd) != 0 && !file->sink.error && errno != EINTR) /* interrupted: it is closed all the same, and on the disk */
        file->sink.error = errno;
    file->fd = -1;
    return file->sink.error;
}

/* Gives the old file, if there is one, its second name. A file system without hard links has none under the first name for a moment. */
static int back_up(inc_file_sink *file)
{
    struct stat st;
    if (link(file->path, file->backup) == 0) {
        file->backup_kind = LINKED;
        return 0;
    }
    if (lstat(file->path, &st) != 0)
        return errno == ENOENT ? 0 : errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    if (rename(file->path, file->backup) != 0)
        return errno;
    file->backup_kind = MOVED;
    return 0;
}

int inc_file_sink_install(inc_file_sink *file)
{
    assert(file->fd < 0 && !file->installed);
    if (!file->sink.error)
        file->sink.error = back_up(file);
    if (file->sink.error)
        return file->sink.error;
    if (rename(file->temporary, file->path) != 0)
        return file->sink.error = errno;
    file->installed = true;
    return 0;
}

void inc_file_sink_keep(inc_file_sink *file)
{
    assert(file->installed);
    if (file->backup_kind != NO_BACKUP)
        unlink(file->backup);
}

void inc_file_sink_abort(inc_file_sink *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
    if (!file->installed)
        unlink(file->temporary);
    else if (file->backup_kind == NO_BACKUP)
        unlink(file->path);
    if (file->backup_kind == MOVED || (file->backup_kind == LINKED && file->installed))
        rename(file->backup, file->path);
    else if (file->backup_kind == LINKED)
        unlink(file->backup);
    file->installed = false;
    file->backup_kind = NO_BACKUP;
}

/* NAME.incipit-XXXXXX, or that with .old behind it: what a build that was killed has left. */
static bool is_temporary_of(const char *entry, inc_str name)
{
    inc_str rest = inc_str_of(entry);
    if (!inc_str_starts(rest, name))
        return false;
    rest = inc_str_slice(rest, name.n, rest.n);
    if (!inc_str_starts(rest, INC_STR(TEMPORARY)))
        return false;
    rest = inc_str_slice(rest, sizeof TEMPORARY - 1, rest.n);
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t n = 0;
    while (n < rest.n && n < 6 && memchr(letters, rest.p[n], sizeof letters - 1))
        n++;
    return n == 6 && (rest.n == 6 || inc_str_is(inc_str_slice(rest, 6, rest.n), ".old"));
}

static bool is_stale(int folder, const char *entry, const struct stat *output, long seconds)
{
    struct stat st;
    bool ours = fstatat(folder, entry, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid();
    return ours && output->st_ctim.tv_sec - st.st_ctim.tv_sec >= seconds;
}

void inc_file_sink_sweep(inc_str path, long seconds)
{
    char name[4096];
    struct stat output;
    if (path.n >= sizeof name)
        return;
    memcpy(name, path.p, path.n);
    name[path.n] = '\0';
    char *slash = strrchr(name, '/');
    if (stat(name, &output) != 0)
        return;
    if (slash)
        *slash = '\0';
    inc_str base = slash ? inc_str_of(slash + 1) : path;
    DIR *entries = opendir(!slash ? "." : slash == name ? "/" : name);
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (is_temporary_of(entry->d_name, base) && is_stale(dirfd(entries), entry->d_name, &output, seconds))
            unlinkat(dirfd(entries), entry->d_name, 0);
    if (entries)
        closedir(entries);
}

int inc_file_sink_commit(inc_file_sink *file)
{
    int error = inc_file_sink_finish(file);
    if (!error)
        error = inc_file_sink_install(file);
    if (error)
        inc_file_sink_abort(file);
    else
        inc_file_sink_keep(file);
    return error;
}

int inc_file_write(inc_arena *arena, inc_str path, inc_str bytes)
{
    int error = 0;
    inc_file_sink *file = inc_file_sink_open(arena, path, &error);
    if (!file)
        return error;
    inc_sink_str(inc_file_sink_sink(file), bytes);
    return inc_file_sink_commit(file);
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
