/* find.c - the files below the book's folders that are listings, and the directives in their first lines. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/vec.h"
#include "listings/internal.h"

enum { DEPTH_MAX = 32, FILES_MAX = 100000, DIRECTIVES_MAX = 40 /* lines */ };

typedef struct finder {
    const inc_listings_options *options;
    inc_arena *arena;
    inc_sources *sources;
    inc_diags *diags;
    inc_listings *listings;
    INC_VEC(inc_str) files; /* relative to the book */
} finder;

/* ---- files ---- */

static void close_folder(void *folder)
{
    closedir(folder);
}

static void add_files(finder *f, inc_str relative, unsigned depth);

static void add_entry(finder *f, inc_str relative, unsigned depth)
{
    struct stat about;
    inc_str path = inc_path_join(f->arena, f->options->root, relative);
    if (lstat(inc_cstr(f->arena, path), &about) != 0 || f->files.n >= FILES_MAX)
        return;
    if (S_ISDIR(about.st_mode) && depth < DEPTH_MAX)
        add_files(f, relative, depth + 1);
    else if (S_ISREG(about.st_mode)) /* links are left alone: what they lead to is found where it is, or is none of the book's */
        INC_PUSH(f->arena, &f->files, relative);
}

static void add_files(finder *f, inc_str relative, unsigned depth)
{
    inc_str path = inc_path_join(f->arena, f->options->root, relative);
    void **slot = inc_defer(f->arena, close_folder);
    DIR *folder = opendir(inc_cstr(f->arena, path));
    *slot = folder;
    if (!folder) {
        inc_report(f->diags, INC_DIAG_CANNOT_READ, INC_NO_SPAN, "cannot read folder '%.*s': %s", INC_STR_ARG(relative), strerror(errno));
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        inc_str name = inc_str_of(entry->d_name);
        if (name.p[0] != '.' && !inc_str_is(name, "target") && !inc_str_is(name, "node_modules"))
            add_entry(f, inc_path_join(f->arena, relative, inc_str_dup(f->arena, name)), depth);
    }
    *slot = NULL;
    closedir(folder);
}

static int by_path(const void *a, const void *b)
{
    return inc_str_cmp(*(const inc_str *)a, *(const inc_str *)b);
}

static const inc_rule_language *language_of(const inc_rules *rules, inc_str path)
{
    for (uint32_t i = 0; i < rules->language_count; i++)
        if (inc_str_eq(rules->languages[i].extension, inc_path_extension(path)))
            return &rules->languages[i];
    return NULL;
}

/* ---- directives ---- */

static void wrong(finder *f, inc_listing *listing, inc_span span, const char *what, inc_str value)
{
    listing->broken = true;
    inc_report(f->diags, INC_DIAG_BAD_DIRECTIVE, span, "%s '%.*s'", what, INC_STR_ARG(value));
}

static bool is_key(inc_str key, const char *name)
{
    return inc_str_is(key, name);
}

static void set_number(finder *f, inc_listing *listing, inc_span span, inc_str value, uint64_t most, uint64_t *number)
{
    if (!inc_str_to_uint(value, number) || *number > most)
        wrong(f, listing, span, "not a number that fits here:", value);
}

static void take_directive(finder *f, inc_listing *listing, inc_str key, inc_str value, inc_span span)
{
    uint64_t number = 0;
    if (is_key(key, "kind")) {
        listing->rule = inc_listings_rule(listing->language, value);
        if (!listing->rule)
            wrong(f, listing, span, "there is no kind", value);
    } else if (is_key(key, "edition"))
        listing->edition = value;
    else if (is_key(key, "min"))
        listing->min = value;
    else if (is_key(key, "needs"))
        listing->needs = value;
    else if (is_key(key, "pinned"))
        listing->pinned = true;
    else if (is_key(key, "status")) {
        set_number(f, listing, span, value, 255, &number);
        listing->status = (int)number;
    } else if (is_key(key, "timeout")) {
        set_number(f, listing, span, value, 3600, &number);
        listing->seconds = (uint32_t)number;
    } else
        wrong(f, listing, span, "unknown directive", key);
}

/* "//@ key: value" in the first lines; the first line that is neither a directive nor empty nor a comment ends them. */
static void read_directives(finder *f, inc_listing *listing, inc_str bytes, uint32_t file)
{
    inc_str comment = listing->language->comment;
    size_t at = 0;
    for (unsigned i = 0; i < DIRECTIVES_MAX && at < bytes.n; i++) {
        size_t lf = inc_str_find_char(inc_str_slice(bytes, at, bytes.n), '\n'), end = lf == INC_NPOS ? bytes.n : at + lf;
        inc_str line = inc_str_trim(inc_str_slice(bytes, at, end));
        inc_span span = {file, (uint32_t)at, (uint32_t)(end - at)};
        at = end + 1;
        if (!inc_str_starts(line, comment) && line.n)
            return;
        if (line.n <= comment.n || line.p[comment.n] != '@')
            continue;
        inc_str value = inc_str_slice(line, comment.n + 1, line.n), key = inc_str_trim(inc_str_cut(&value, ':'));
        take_directive(f, listing, key, inc_str_trim(value), span);
    }
}

/* ---- one listing ---- */

static inc_str beside(finder *f, inc_str file, const char *extension)
{
    size_t stem = file.n - inc_path_extension(file).n;
    return inc_strf(f->arena, "%.*s%s", (int)stem, file.p, extension);
}

static void choose_golden(finder *f, inc_listing *listing)
{
    inc_str out = beside(f, listing->file, "out"), err = beside(f, listing->file, "err");
    if (!listing->rule) {
        bool fails = inc_file_exists(err) && !inc_file_exists(out);
        listing->rule = inc_listings_rule(listing->language, fails ? INC_STR("fail") : INC_STR("run"));
        if (!listing->rule)
            wrong(f, listing, listing->span, "the language has no kind", fails ? INC_STR("fail") : INC_STR("run"));
    }
    if (listing->rule && listing->rule->compare != INC_COMPARE_NOTHING)
        listing->golden = listing->rule->compare == INC_COMPARE_STDOUT ? out : err;
}

static void add_listing(finder *f, inc_str path, const inc_rule_language *language)
{
    inc_str file = inc_path_join(f->arena, f->options->root, path);
    int error = 0;
    uint32_t source = inc_file_read_text(f->sources, f->arena, path, file, f->diags, &error);
    if (!source) {
        inc_report(f->diags, INC_DIAG_CANNOT_READ, INC_NO_SPAN, "cannot read '%.*s': %s", INC_STR_ARG(path), strerror(error));
        return;
    }
    inc_str bytes = inc_sources_get(f->sources, source)->bytes;
    size_t first = inc_str_find_char(bytes, '\n');
    inc_listing listing = {
        .path = path,
        .file = file,
        .span = {source, 0, (uint32_t)INC_MIN(first, bytes.n)},
        .language = language,
        .edition = language->edition,
        .seconds = f->options->rules->seconds,
        .status = -1,
        .text = INC_STR(""),
        .golden = INC_STR(""),
    };
    read_directives(f, &listing, bytes, source);
    choose_golden(f, &listing);
    INC_PUSH(f->arena, f->listings, listing);
}

void inc_listings_find(const inc_listings_options *options, inc_arena *arena, inc_sources *sources, inc_diags *diags, inc_listings *listings)
{
    finder f = {.options = options, .arena = arena, .sources = sources, .diags = diags, .listings = listings};
    const inc_rules *rules = options->rules;
    for (uint32_t i = 0; i < rules->folders.n; i++) {
        inc_str folder = inc_path_normalise(arena, rules->folders.v[i]), path = inc_path_join(arena, options->root, folder);
        if (!inc_folder_exists(path)) {
            if (!rules->folders_by_default) /* the book names it: a default that is not there is fine */
                inc_report(diags, INC_DIAG_NO_LISTINGS, rules->span, "there is no folder '%.*s'", INC_STR_ARG(folder));
        } else if (!inc_path_inside(options->root, path))
            inc_report(diags, INC_DIAG_OUTSIDE_BOOK, rules->span, "the folder of listings '%.*s' is outside the book", INC_STR_ARG(folder));
        else
            add_files(&f, folder, 0);
    }
    if (f.files.n)
        qsort(f.files.v, f.files.n, sizeof *f.files.v, by_path);
    for (size_t i = 0; i < f.files.n; i++) {
        const inc_rule_language *language = language_of(rules, f.files.v[i]);
        bool again = i > 0 && inc_str_eq(f.files.v[i], f.files.v[i - 1]);
        if (language && !again)
            add_listing(&f, f.files.v[i], language);
    }
}
