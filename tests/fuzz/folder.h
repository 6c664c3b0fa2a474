/*
 * folder.h - inputs that are several files. They are written as text: a line "%%% NAME" begins a file, which goes on to the next such line; what
 * stands before the first one is left out. Each process has one folder for them, in memory where the system has such a place.
 */
#ifndef INC_FUZZ_FOLDER_H
#define INC_FUZZ_FOLDER_H

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { FUZZ_FILES_MAX = 16, FUZZ_NAME_MAX = 64 };

static char fuzz_scratch[64];

static int fuzz_remove(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type;
    return walk->level ? remove(path) : 0;
}

/* Empties the folder. */
static void fuzz_folder_clear(void)
{
    nftw(fuzz_scratch, fuzz_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static void fuzz_folder_close(void)
{
    fuzz_folder_clear();
    rmdir(fuzz_scratch);
}

/* The process's folder, empty. */
static inc_str fuzz_folder(void)
{
    if (!fuzz_scratch[0]) {
        snprintf(fuzz_scratch, sizeof fuzz_scratch, "%s/incipit-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        FUZZ_CHECK(mkdtemp(fuzz_scratch), "no folder %s", fuzz_scratch);
        atexit(fuzz_folder_close);
    } else
        fuzz_folder_clear();
    return inc_str_of(fuzz_scratch);
}

/* A relative path of at most three plain names. */
static inline bool fuzz_name_is_plain(inc_str name)
{
    unsigned parts = 1;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        bool dot = c == '.' && i > 0 && name.p[i - 1] != '/' && name.p[i - 1] != '.';
        bool slash = c == '/' && i > 0 && name.p[i - 1] != '/' && parts++ < 3;
        if (!letter && !dot && !slash)
            return false;
    }
    return name.n && name.n <= FUZZ_NAME_MAX && name.p[name.n - 1] != '/';
}

static inline void fuzz_file(inc_arena *arena, inc_str folder, inc_str name, inc_str bytes)
{
    const char *path = inc_strf(arena, "%.*s/%.*s", INC_STR_ARG(folder), INC_STR_ARG(name)).p;
    for (size_t i = folder.n + 1; path[i]; i++)
        if (path[i] == '/')
            mkdir(inc_strf(arena, "%.*s", (int)i, path).p, 0700);
    FILE *file = fopen(path, "wb");
    if (!file)
        return; /* the name is a folder's already */
    if (bytes.n)
        fwrite(bytes.p, 1, bytes.n, file);
    fclose(file);
}

/* The next file of the input: false at its end. */
static inline bool fuzz_next_file(inc_str *rest, inc_str *name, inc_str *bytes)
{
    inc_str mark = INC_STR("%%% ");
    size_t at = inc_str_starts(*rest, mark) ? 0 : inc_str_find(*rest, INC_STR("\n%%% "));
    if (at == INC_NPOS)
        return false;
    *rest = inc_str_slice(*rest, at + (at || rest->p[0] == '\n') + mark.n, rest->n);
    *name = inc_str_cut(rest, '\n');
    size_t end = inc_str_starts(*rest, mark) ? 0 : inc_str_find(*rest, INC_STR("\n%%% "));
    end = end == INC_NPOS ? rest->n : end + (end > 0 || (rest->n && rest->p[0] == '\n'));
    *bytes = inc_str_slice(*rest, 0, end);
    *rest = inc_str_slice(*rest, end, rest->n);
    return true;
}

/* Writes the input's files into the folder. */
static inline void fuzz_unpack(inc_arena *arena, inc_str input, inc_str folder)
{
    inc_str name, bytes;
    for (unsigned i = 0; i < FUZZ_FILES_MAX && fuzz_next_file(&input, &name, &bytes); i++)
        if (fuzz_name_is_plain(name))
            fuzz_file(arena, folder, name, bytes);
}

#endif
