/* files.c - reading and paths. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/guard.h"
#include "base/utf8.h"
#include "base/vec.h"

/* A path for the system calls: on the stack for the usual length, no arena needed. */
typedef struct zpath {
    char p[4096];
} zpath;

static bool zpath_of(zpath *z, inc_str path)
{
    if (path.n >= sizeof z->p || inc_str_find_char(path, '\0') != INC_NPOS)
        return false;
    memcpy(z->p, path.n ? path.p : ".", path.n ? path.n : 1);
    z->p[path.n ? path.n : 1] = '\0';
    return true;
}

static int read_all(int fd, char *p, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = read(fd, p + done, n - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : EIO;
        done += (size_t)got;
    }
    return 0;
}

int inc_file_read(inc_arena *arena, inc_str path, size_t max, inc_str *bytes)
{
    zpath z;
    struct stat st;
    if (!zpath_of(&z, path))
        return ENAMETOOLONG;
    int fd;
    do
        fd = open(z.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* O_NONBLOCK: a FIFO must not hang us */
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return errno;
    int error = 0;
    if (fstat(fd, &st) != 0)
        error = errno;
    else if (!S_ISREG(st.st_mode))
        error = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    else if ((uint64_t)st.st_size > max)
        error = EFBIG;
    if (error) {
        close(fd);
        return error;
    }
    inc_guard guard;
    if (INC_GUARD(&guard) != 0) {
        close(fd);
        inc_out_of_memory();
    }
    char *p = inc_alloc(arena, (size_t)st.st_size + 1);
    inc_guard_leave(&guard);
    error = read_all(fd, p, (size_t)st.st_size);
    close(fd);
    *bytes = (inc_str){p, (size_t)st.st_size};
    return error;
}

/* True when the bytes can be used as they are. */
static bool is_clean(inc_str s)
{
    return !memchr(s.p, '\r', s.n) && !memchr(s.p, '\0', s.n) && inc_utf8_invalid(s) == INC_NPOS;
}

typedef struct dirt {
    size_t nul_at, bad_at; /* offset in the cleaned text, or INC_NPOS */
    INC_VEC(inc_edit) edits;
} dirt;

/* bom: bytes that were cut off before s. */
static inc_str clean(inc_arena *arena, inc_str s, size_t bom, dirt *found)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_reserve(&out, s.n + 1);
    size_t shift = bom; /* from cleaned to raw offsets; modulo 2^n, since U+FFFD may be longer than what it replaces */
    for (size_t at = 0, next; at < s.n; at = next) {
        unsigned char c = (unsigned char)s.p[at];
        if (at + bom - out.n != shift) {
            shift = at + bom - out.n;
            INC_PUSH(arena, &found->edits, (inc_edit){(uint32_t)out.n, (uint32_t)(at + bom)});
        }
        next = at + 1;
        if (c == '\r') {
            inc_buf_byte(&out, '\n');
            next += next < s.n && s.p[next] == '\n';
        } else if (c == '\0') {
            found->nul_at = INC_MIN(found->nul_at, out.n);
            inc_buf_code_point(&out, INC_REPLACEMENT);
        } else if (c < 0x80)
            inc_buf_byte(&out, (char)c);
        else {
            uint32_t cp = inc_utf8_decode(s, at, &next);
            if (cp == INC_REPLACEMENT && inc_utf8_invalid(inc_str_slice(s, at, next)) == 0)
                found->bad_at = INC_MIN(found->bad_at, out.n);
            inc_buf_code_point(&out, cp);
        }
    }
    return inc_buf_str(&out);
}

uint32_t inc_file_read_text(inc_sources *sources, inc_arena *arena, inc_str name, inc_str path, inc_diags *diags, int *error)
{
    uint32_t known = inc_sources_find(sources, path);
    if (known)
        return known;
    inc_str bytes;
    *error = inc_file_read(arena, path, INC_FILE_SIZE_MAX, &bytes);
    if (*error)
        return 0;
    dirt found = {.nul_at = INC_NPOS, .bad_at = INC_NPOS};
    size_t bom = inc_str_starts(bytes, INC_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (bom) {
        bytes = inc_str_slice(bytes, bom, bytes.n);
        INC_PUSH(arena, &found.edits, (inc_edit){0, (uint32_t)bom});
    }
    if (!is_clean(bytes))
        bytes = clean(arena, bytes, bom, &found);
    uint32_t file = inc_sources_add(sources, name, path, bytes);
    inc_sources_set_edits(sources, file, found.edits.v, (uint32_t)found.edits.n);
    if (found.nul_at != INC_NPOS)
        inc_report(diags, INC_DIAG_NUL_BYTE, (inc_span){file, (uint32_t)found.nul_at, 3}, "NUL byte read as U+FFFD");
    if (found.bad_at != INC_NPOS)
        inc_report(diags, INC_DIAG_NOT_UTF8, (inc_span){file, (uint32_t)found.bad_at, 3}, "this is not UTF-8; read as U+FFFD")
            ->hint = INC_STR("save the file as UTF-8");
    return file;
}

static bool stat_path(inc_str path, struct stat *st)
{
    zpath z;
    return zpath_of(&z, path) && stat(z.p, st) == 0;
}

bool inc_file_exists(inc_str path)
{
    struct stat st;
    return stat_path(path, &st) && S_ISREG(st.st_mode);
}

bool inc_folder_exists(inc_str path)
{
    struct stat st;
    return stat_path(path, &st) && S_ISDIR(st.st_mode);
}

bool inc_path_exists(inc_str path)
{
    zpath z;
    struct stat st;
    return zpath_of(&z, path) && lstat(z.p, &st) == 0;
}

enum { REMOVED_DEPTH_MAX = 16 };

static void remove_tree(inc_arena *arena, inc_str path, unsigned depth)
{
    DIR *folder = depth < REMOVED_DEPTH_MAX ? opendir(inc_cstr(arena, path)) : NULL;
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)) != NULL) {
        struct stat about;
        inc_str name = inc_str_of(entry->d_name);
        if (inc_str_is(name, ".") || inc_str_is(name, ".."))
            continue;
        inc_str inner = inc_path_join(arena, path, inc_str_dup(arena, name));
        if (lstat(inc_cstr(arena, inner), &about) == 0 && S_ISDIR(about.st_mode))
            remove_tree(arena, inner, depth + 1);
        else
            unlink(inc_cstr(arena, inner));
    }
    if (folder)
        closedir(folder);
    rmdir(inc_cstr(arena, path));
}

void inc_folder_remove(inc_arena *arena, inc_str path)
{
    remove_tree(arena, path, 0);
}

int inc_folder_make(inc_str path)
{
    zpath z;
    if (!zpath_of(&z, path))
        return ENAMETOOLONG;
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && z.p[i] != '/')
            continue;
        z.p[i] = '\0';
        if (mkdir(z.p, 0777) != 0 && errno != EEXIST)
            return errno;
        if (i < path.n)
            z.p[i] = '/';
    }
    return inc_folder_exists(path) ? 0 : ENOTDIR;
}

int inc_folder_sync(inc_str path)
{
    zpath z;
    int error = 0, fd = zpath_of(&z, path) ? open(z.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0)
        return 0; /* one that may be written but not read */
    while (fsync(fd) != 0 && (error = errno) == EINTR)
        error = 0;
    close(fd);
    return error == EINVAL || error == ENOTSUP ? 0 : error;
}

inc_str inc_path_join(inc_arena *arena, inc_str base, inc_str relative)
{
    if (!base.n || inc_str_starts(relative, INC_STR("/")))
        return inc_str_dup(arena, relative);
    const char *slash = base.p[base.n - 1] == '/' ? "" : "/";
    return inc_strf(arena, "%.*s%s%.*s", INC_STR_ARG(base), slash, INC_STR_ARG(relative));
}

inc_str inc_path_folder(inc_str path)
{
    size_t at = inc_str_rfind_char(path, '/');
    if (at == INC_NPOS)
        return inc_str_slice(path, 0, 0);
    return inc_str_slice(path, 0, at ? at : 1);
}

inc_str inc_path_name(inc_str path)
{
    size_t at = inc_str_rfind_char(path, '/');
    return at == INC_NPOS ? path : inc_str_slice(path, at + 1, path.n);
}

inc_str inc_path_stem(inc_str path)
{
    inc_str name = inc_path_name(path);
    size_t dot = inc_str_rfind_char(name, '.');
    return dot == INC_NPOS || dot == 0 ? name : inc_str_slice(name, 0, dot);
}

inc_str inc_path_extension(inc_str path)
{
    inc_str name = inc_path_name(path);
    size_t dot = inc_str_rfind_char(name, '.');
    return dot == INC_NPOS || dot == 0 ? inc_str_slice(name, name.n, name.n) : inc_str_slice(name, dot + 1, name.n);
}

inc_str inc_path_normalise(inc_arena *arena, inc_str path)
{
    INC_VEC(inc_str) parts = {0};
    bool absolute = inc_str_starts(path, INC_STR("/"));
    for (inc_str rest = path; rest.n;) {
        inc_str part = inc_str_cut(&rest, '/');
        bool up = inc_str_is(part, "..");
        if (!part.n || inc_str_is(part, "."))
            continue;
        if (up && parts.n && !inc_str_is(parts.v[parts.n - 1], ".."))
            parts.n--;
        else if (!(up && absolute))
            INC_PUSH(arena, &parts, part);
    }
    inc_buf out = inc_buf_in(arena);
    if (absolute)
        inc_buf_byte(&out, '/');
    for (size_t i = 0; i < parts.n; i++) {
        if (i)
            inc_buf_byte(&out, '/');
        inc_buf_add(&out, parts.v[i]);
    }
    return inc_buf_str(&out);
}

/* realpath(3), whose want of memory is none of the path's faults. */
static char *real_path(const char *path, bool *exhausted)
{
    char *real = realpath(path, NULL);
    *exhausted |= !real && errno == ENOMEM;
    return real;
}

bool inc_path_inside(inc_str root, inc_str path)
{
    zpath a, b;
    if (!zpath_of(&a, root) || !zpath_of(&b, path))
        return false;
    bool inside = false, exhausted = false;
    char *real_root = real_path(a.p, &exhausted), *real = real_path(b.p, &exhausted);
    if (real_root && real) {
        inc_str r = inc_str_of(real_root), p = inc_str_of(real);
        inside = inc_str_is(r, "/") || (inc_str_starts(p, r) && (p.n == r.n || p.p[r.n] == '/'));
    }
    free(real_root);
    free(real);
    if (exhausted)
        inc_out_of_memory();
    return inside;
}

inc_str inc_path_absolute(inc_arena *arena, inc_str path)
{
    void **slot = inc_defer(arena, free);
    bool exhausted = false;
    char *real = real_path(inc_cstr(arena, path), &exhausted);
    *slot = real;
    if (exhausted)
        inc_out_of_memory();
    return real ? inc_str_of(real) : path;
}
