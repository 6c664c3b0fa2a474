/* reading.c - finding and opening the files of a book. */
#include "manuscript/reading.h"

#include <errno.h>

#include "base/files.h"

inc_str inc_reading_name(inc_reading *r, inc_str folder, inc_str relative)
{
    return inc_path_normalise(r->arena, inc_path_join(r->arena, folder, relative));
}

static bool leaves(inc_str name)
{
    return inc_str_starts(name, INC_STR("/")) || inc_str_is(name, "..") || inc_str_starts(name, INC_STR("../"));
}

inc_found inc_reading_find(inc_reading *r, inc_str name)
{
    if (leaves(name))
        return INC_FOUND_OUTSIDE;
    inc_str path = inc_path_join(r->arena, r->book->root, name);
    if (inc_sources_find(r->sources, path)) /* read before, so looked at before */
        return INC_FOUND_FILE;
    bool folder = inc_folder_exists(path);
    if (!folder && !inc_file_exists(path))
        return INC_FOUND_NOTHING;
    if (!inc_path_inside(r->book->root, path))
        return INC_FOUND_OUTSIDE;
    return folder ? INC_FOUND_FOLDER : INC_FOUND_FILE;
}

static const char *reason(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "permission denied";
    case EIO:
        return "input/output error";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case ENAMETOOLONG:
        return "its path is too long";
    default:
        return "the system refuses";
    }
}

uint32_t inc_reading_open(inc_reading *r, inc_str name, inc_span asked)
{
    int error = 0;
    inc_str path = inc_path_join(r->arena, r->book->root, name);
    uint32_t file = inc_file_read_text(r->sources, r->arena, name, path, r->diags, &error);
    if (file)
        return file;
    if (error == EFBIG)
        inc_report(r->diags, INC_DIAG_FILE_TOO_BIG, asked, "'%.*s' is larger than 1 GiB", INC_STR_ARG(name));
    else
        inc_report(r->diags, INC_DIAG_CANNOT_READ, asked, "cannot read '%.*s': %s", INC_STR_ARG(name), reason(error));
    return 0;
}

static bool begins_name(const char *name, inc_str word)
{
    return word.n >= 3 && strlen(name) > word.n && memcmp(name, word.p, word.n) == 0 && name[word.n] == '-';
}

const char *inc_reading_meant(inc_str word, const char *const *words, size_t count, size_t stride)
{
    const char *best = NULL;
    unsigned least = word.n < 4 ? 2 : word.n < 8 ? 3 : 4; /* fewer mistakes than that */
    for (size_t i = 0; i < count; i++) {
        const char *name = *(const char *const *)(const void *)((const char *)words + i * stride);
        unsigned distance = begins_name(name, word) ? 1 : inc_str_distance(word, inc_str_of(name), 64);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    return best;
}
