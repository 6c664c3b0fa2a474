/* reading.c - finding and opening the files of a book. */
#include "manuscript/reading.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/files.h"
#include "base/utf8.h"

inc_str inc_reading_name(inc_reading *r, inc_str folder, inc_str relative)
{
    return inc_path_normalise(r->arena, inc_path_join(r->arena, folder, relative));
}

static bool leaves(inc_str name)
{
    return inc_str_is(name, "..") || inc_str_starts(name, INC_STR("../"));
}

inc_found inc_reading_find(inc_reading *r, inc_str name)
{
    inc_str reach = r->book->reach.n ? r->book->reach : r->book->root;
    if (inc_str_starts(name, INC_STR("/")) || (leaves(name) && !r->book->reach.n))
        return INC_FOUND_OUTSIDE;
    inc_str path = inc_path_join(r->arena, r->book->root, name);
    if (inc_sources_find(r->sources, path)) /* read before, so looked at before */
        return INC_FOUND_FILE;
    bool folder = inc_folder_exists(path);
    if (!folder && !inc_file_exists(path))
        return INC_FOUND_NOTHING;
    if (!inc_path_inside(reach, path))
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
    case EISDIR:
        return "it is a folder";
    case EINVAL:
        return "it is no regular file";
    case ENOENT:
    case ELOOP:
        return "it is a link that leads nowhere";
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

static void close_folder(void *folder)
{
    closedir(folder);
}

/* The name in the folder that is nearest to the wanted one: the same but for case, or one or two letters off. Among equals the first by
 * bytes, so that the order of the folder does not matter. */
static inc_str nearest_name(inc_reading *r, DIR *folder, inc_str wanted)
{
    enum { ENTRIES_MOST = 10000 };
    inc_str best = INC_STR("");
    unsigned least = wanted.n < 6 ? 2 : 3; /* fewer mistakes than that */
    const struct dirent *entry;
    for (unsigned i = 0; i < ENTRIES_MOST && (entry = readdir(folder)) != NULL; i++) {
        inc_str name = inc_str_of(entry->d_name);
        if (name.p[0] == '.')
            continue;
        unsigned distance = inc_str_eq_nocase(name, wanted) ? 0 : inc_str_distance(name, wanted, 64);
        bool better = distance < least || (distance == least && best.n && inc_str_cmp(name, best) < 0);
        if (!better)
            continue;
        least = distance;
        best = inc_str_dup(r->arena, name);
    }
    return best;
}

/* What a folder is called in which a project keeps its book. */
static bool is_plain_name(inc_str name)
{
    static const char *const plain[] = {"book", "doc", "docs", "guide", "manual", "src"};
    for (size_t i = 0; i < INC_COUNT(plain); i++)
        if (inc_str_eq_nocase(name, inc_str_of(plain[i])))
            return true;
    return false;
}

inc_str inc_reading_folder_title(inc_reading *r, bool *plain)
{
    void **slot = inc_defer(r->arena, free);
    char *real = realpath(inc_cstr(r->scratch, r->book->root), NULL);
    *slot = real;
    inc_str path = real ? inc_str_of(real) : INC_STR(""), title = inc_path_name(path);
    *plain = is_plain_name(title);
    while (is_plain_name(inc_path_name(path)))
        path = inc_path_folder(path);
    return inc_path_name(path).n ? inc_path_name(path) : title;
}

void inc_reading_name_book(inc_reading *r, inc_span place)
{
    bool plain;
    r->book->title = inc_reading_folder_title(r, &plain);
    if (plain)
        inc_report(r->diags, INC_DIAG_NO_TITLE, place, "the book has no title and is called '%.*s'", INC_STR_ARG(r->book->title))->hint =
            INC_STR("write `title = \"...\"` below [book] in book.toml");
}

inc_text inc_reading_text(inc_reading *r, uint32_t file, uint32_t from)
{
    uint32_t size = (uint32_t)inc_sources_get(r->sources, file)->bytes.n;
    inc_text_builder b = inc_text_begin(r->arena);
    inc_text_add_source(&b, r->sources, (inc_span){file, from, size - from});
    return inc_text_finish(&b);
}

inc_str inc_reading_hint(inc_reading *r, inc_str name, const char *otherwise)
{
    inc_str path = inc_path_join(r->arena, r->book->root, inc_path_folder(name));
    inc_str near = INC_STR("");
    if (!leaves(name) && inc_folder_exists(path) && inc_path_inside(r->book->root, path)) {
        void **slot = inc_defer(r->arena, close_folder);
        DIR *folder = opendir(inc_cstr(r->arena, path));
        *slot = folder;
        if (folder) {
            near = nearest_name(r, folder, inc_path_name(name));
            *slot = NULL;
            closedir(folder);
        }
    }
    if (!near.n || inc_utf8_invalid(near) != INC_NPOS)
        return inc_str_of(otherwise);
    return inc_strf(r->diags->arena, "did you mean '%.*s'?", INC_STR_ARG(near));
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
