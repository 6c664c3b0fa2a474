/* init.c - a new book that builds at once: the files of templates/book/, with the title, authors and language put in. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/files.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "cli/cli.h"

enum { FILE_MOST = 1 << 20 };

static const struct {
    const char *from, *to; /* to: NULL when it is the same */
} files[] = {
    {"book.toml", NULL},
    {"gitignore", ".gitignore"},
    {"github/book.yml", ".github/workflows/book.yml"},
    {"listings/greeting.py", NULL},
    {"src/SUMMARY.md", NULL},
    {"src/afterword.md", NULL},
    {"src/figures-and-tables.md", NULL},
    {"src/images/spread.png", NULL},
    {"src/listings.md", NULL},
    {"src/notes-and-links.md", NULL},
    {"src/preface.md", NULL},
    {"src/text.md", NULL},
    {"styles/book.css", NULL},
};

static int fail(const char *what, inc_str path, int error)
{
    fprintf(stderr, "incipit: cannot %s '%.*s': %s\n", what, INC_STR_ARG(path), strerror(error));
    return INC_STATUS_MACHINE;
}

/* ---- what is put in ---- */

/* A basic string of TOML (1.0, "String"). */
static void add_toml_string(inc_buf *out, inc_str text)
{
    inc_buf_byte(out, '"');
    for (size_t at = 0, next; at < text.n; at = next) {
        uint32_t cp = inc_utf8_decode(text, at, &next);
        if (cp == '"' || cp == '\\')
            inc_buf_printf(out, "\\%c", (char)cp);
        else if (cp < 0x20 || cp == 0x7F)
            inc_buf_printf(out, "\\u%04X", (unsigned)cp);
        else
            inc_buf_code_point(out, cp);
    }
    inc_buf_byte(out, '"');
}

/* The folder's name, with spaces for hyphens and underscores and a capital at its beginning: my-first-book, "My first book". */
static inc_str title_of(inc_arena *arena, const char *folder)
{
    char *real = realpath(folder, NULL);
    inc_str name = inc_path_name(inc_path_normalise(arena, inc_str_of(real ? real : folder)));
    inc_buf out = inc_buf_in(arena);
    inc_buf_add(&out, name);
    free(real);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] == '-' || out.p[i] == '_')
            out.p[i] = ' ';
    if (out.n && out.p[0] >= 'a' && out.p[0] <= 'z')
        out.p[0] = (char)(out.p[0] - 'a' + 'A');
    inc_str title = inc_str_trim(inc_buf_str(&out));
    return title.n ? title : INC_STR("A book");
}

static void add_value(const inc_options *options, inc_str name, inc_buf *out)
{
    if (inc_str_is(name, "TITLE"))
        add_toml_string(out, options->title ? inc_str_of(options->title) : title_of(out->arena, options->words[0]));
    else if (inc_str_is(name, "LANGUAGE"))
        add_toml_string(out, inc_str_of(options->language ? options->language : "en"));
    else
        for (unsigned i = 0; i < options->author_count; i++) {
            inc_buf_puts(out, i ? ", " : "");
            add_toml_string(out, inc_str_of(options->authors[i]));
        }
}

/* The text with @TITLE@, @AUTHORS@ and @LANGUAGE@ replaced. */
static inc_str fill_in(const inc_options *options, inc_str text, inc_arena *arena)
{
    static const char *const names[] = {"TITLE", "AUTHORS", "LANGUAGE"};
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < text.n; i++) {
        inc_str rest = inc_str_slice(text, i + 1, text.n), name = inc_str_cut(&rest, '@');
        bool known = false;
        for (size_t n = 0; n < INC_COUNT(names) && text.p[i] == '@'; n++)
            known |= inc_str_is(name, names[n]);
        if (known)
            add_value(options, name, &out);
        else
            inc_buf_byte(&out, text.p[i]);
        i += known ? name.n + 1 : 0;
    }
    return inc_buf_str(&out);
}

/* ---- the folder ---- */

/* 0 when there is no such folder or nothing in it; else an errno. */
static int check_empty(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT ? 0 : errno;
    int error = 0;
    for (const struct dirent *entry; !error && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            error = ENOTEMPTY;
    closedir(folder);
    return error;
}

static int copy(const inc_options *options, size_t i, inc_str templates, inc_str folder, inc_arena *arena)
{
    inc_str from = inc_path_join(arena, templates, inc_str_of(files[i].from)), text;
    inc_str to = inc_path_join(arena, folder, inc_str_of(files[i].to ? files[i].to : files[i].from));
    int error = inc_file_read(arena, from, FILE_MOST, &text);
    if (error)
        return fail("read", from, error);
    if (inc_str_is(inc_str_of(files[i].from), "book.toml"))
        text = fill_in(options, text, arena);
    error = inc_folder_make(inc_path_folder(to));
    if (!error)
        error = inc_file_write(arena, to, text);
    return error ? fail("write", to, error) : INC_STATUS_FINE;
}

/* Letters, digits and hyphens, as in BCP 47. */
static bool is_language(const char *tag)
{
    size_t n = strlen(tag);
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)tag[i]) && (tag[i] != '-' || !i || i + 1 == n))
            return false;
    return n >= 2 && isalpha((unsigned char)tag[0]);
}

int inc_init(const inc_options *options, inc_arena *arena)
{
    const char *folder = options->words[0];
    if (!*folder) {
        fputs("incipit: the name of the folder is empty\n", stderr);
        return INC_STATUS_USAGE;
    }
    if (options->language && !is_language(options->language)) {
        fprintf(stderr, "incipit: '%s' is not the tag of a language, such as en or pt-BR\n", options->language);
        return INC_STATUS_USAGE;
    }
    int error = check_empty(folder);
    if (error == ENOTEMPTY || error == ENOTDIR) {
        fprintf(stderr, "incipit: '%s' is %s; nothing was changed\n", folder, error == ENOTDIR ? "not a folder" : "not empty");
        return INC_STATUS_USAGE;
    }
    if (error)
        return fail("read", inc_str_of(folder), error);
    inc_str templates = inc_path_join(arena, inc_data_folder(arena), INC_STR("templates/book"));
    if (!inc_folder_exists(templates)) {
        fprintf(stderr, "incipit: '%.*s' was not found; set INCIPIT_DATA to the folder with fonts/, styles/ and templates/\n", INC_STR_ARG(templates));
        return INC_STATUS_MACHINE;
    }
    if ((error = inc_folder_make(inc_str_of(folder))) != 0)
        return fail("make", inc_str_of(folder), error);
    for (size_t i = 0; i < INC_COUNT(files); i++) {
        int status = copy(options, i, templates, inc_str_of(folder), arena);
        if (status != INC_STATUS_FINE)
            return status;
    }
    if (!options->quiet)
        fprintf(stderr, "incipit: a new book is in '%s'; next: incipit build %s\n", folder, folder);
    return INC_STATUS_FINE;
}
