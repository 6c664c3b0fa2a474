/* manuscript.c - what kind of book stands at a path, and reading it. */
#include "manuscript/manuscript.h"

#include "base/files.h"
#include "manuscript/config.h"
#include "manuscript/frontmatter.h"
#include "manuscript/helpers.h"
#include "manuscript/mdbook.h"
#include "manuscript/reading.h"
#include "manuscript/settings.h"
#include "manuscript/summary.h"

/* ---- chapters ---- */

static void report_missing(inc_reading *r, inc_str src, const inc_item *item, inc_found found)
{
    inc_diag *diag;
    switch (found) {
    case INC_FOUND_FILE:
        return;
    case INC_FOUND_OUTSIDE:
        diag = inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, item->span, "chapter file '%.*s' is not inside the book's folder",
                          INC_STR_ARG(item->path));
        diag->hint = INC_STR("chapters live in the folder of SUMMARY.md; include text from elsewhere in the book with {{#include}}");
        return;
    case INC_FOUND_FOLDER:
        diag = inc_report(r->diags, INC_DIAG_MISSING_CHAPTER, item->span, "'%.*s' is a folder, not a chapter file", INC_STR_ARG(item->path));
        diag->hint = inc_strf(r->diags->arena, "name a file in it, such as '%.*s/README.md'", INC_STR_ARG(item->path));
        return;
    case INC_FOUND_NOTHING:
        break;
    }
    diag = inc_report(r->diags, INC_DIAG_MISSING_CHAPTER, item->span, "chapter file '%.*s' does not exist", INC_STR_ARG(item->path));
    if (inc_str_find(item->path, INC_STR("://")) != INC_NPOS)
        diag->hint = INC_STR("SUMMARY.md lists files of the book, not web pages");
    else if (inc_str_find_char(item->path, '#') != INC_NPOS)
        diag->hint = INC_STR("SUMMARY.md lists whole files: leave out what follows the '#'");
    else
        diag->hint = inc_reading_hint(r, inc_reading_name(r, src, item->path), "create it, or write [Title]() while there is no text yet");
}

/* True when the path climbs out of the chapters' folder, even if it stays in the book. */
static bool leaves_src(inc_str path)
{
    return inc_str_starts(path, INC_STR("/")) || inc_str_is(path, "..") || inc_str_starts(path, INC_STR("../"));
}

/* The text of a chapter that was found; src relative to the root. */
static void read_chapter(inc_reading *r, inc_str src, inc_item *item)
{
    inc_str name = inc_reading_name(r, src, item->path);
    inc_found found = leaves_src(item->path) ? INC_FOUND_OUTSIDE : inc_reading_find(r, name);
    if (found != INC_FOUND_FILE) {
        report_missing(r, src, item, found);
        return;
    }
    uint32_t file = inc_reading_open(r, name, item->span);
    if (!file)
        return;
    uint32_t size = (uint32_t)inc_sources_get(r->sources, file)->bytes.n;
    inc_sources_add_inclusion(r->sources, (inc_span){file, 0, size}, INC_NO_SPAN);
    inc_arena_mark mark = inc_arena_mark_get(r->scratch);
    item->text = inc_helpers_expand(r, name, inc_reading_text(r, file, inc_frontmatter_skip(r, file)), &item->running_title);
    inc_arena_reset(r->scratch, mark);
}

static void read_chapters(inc_reading *r, inc_str src)
{
    for (size_t i = 0; i < r->book->item_count; i++) {
        inc_item *item = &r->book->items[i];
        item->text.bytes = INC_STR("");
        item->running_title = INC_STR("");
        if (item->kind == INC_ITEM_CHAPTER && item->path.n)
            read_chapter(r, src, item);
    }
    inc_frontmatter_report(r);
}

/* ---- a folder ---- */

/* SUMMARY.md in `src`, and the chapters that it lists. *heading: its H1. */
static void read_summary(inc_reading *r, inc_str src, inc_str *heading)
{
    inc_str name = inc_reading_name(r, src, INC_STR("SUMMARY.md"));
    r->book->src = inc_path_normalise(r->arena, inc_path_join(r->arena, r->book->root, src));
    if (!r->book->src.n)
        r->book->src = INC_STR(".");
    *heading = INC_STR("");
    inc_found found = inc_reading_find(r, name);
    if (found == INC_FOUND_OUTSIDE)
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, INC_NO_SPAN, "'%.*s' is not inside the book's folder", INC_STR_ARG(name));
    else if (found != INC_FOUND_FILE)
        inc_report(r->diags, INC_DIAG_MISSING_SUMMARY, INC_NO_SPAN, "'%.*s' does not exist", INC_STR_ARG(name))->hint =
            INC_STR("SUMMARY.md lists the chapters: \"- [Title](file.md)\"");
    uint32_t file = found == INC_FOUND_FILE ? inc_reading_open(r, name, INC_NO_SPAN) : 0;
    if (!file)
        return;
    inc_summary_read(r, file, heading);
    read_chapters(r, src);
}

static void read_configured(inc_reading *r)
{
    inc_str src = INC_STR("src"), heading;
    uint32_t file = inc_reading_open(r, INC_STR("book.toml"), INC_NO_SPAN);
    if (file)
        inc_config_read(r, file, &src);
    if (!inc_str_trim(r->book->title).n)
        inc_reading_name_book(r, (inc_span){file, 0, 0});
    read_summary(r, inc_path_normalise(r->arena, src), &heading);
}

/* Without book.toml the title is SUMMARY.md's heading, unless that only says what the file is. */
static void read_unconfigured(inc_reading *r, inc_str src)
{
    inc_str heading;
    read_summary(r, src, &heading);
    static const char *const plain[] = {"summary", "table of contents", "contents"};
    for (size_t i = 0; i < INC_COUNT(plain); i++)
        if (inc_str_eq_nocase(heading, inc_str_of(plain[i])))
            heading = INC_STR("");
    bool doubtful; /* there are no settings to write a title in */
    r->book->title = heading.n ? heading : inc_reading_folder_title(r, &doubtful);
}

/* The nearest folder above that holds a book, such as "listings/ch04/../.."; "" when there is none. */
static inc_str book_above(inc_reading *r, inc_str folder)
{
    enum { LEVELS = 16 };
    for (int i = 0; i < LEVELS; i++) {
        folder = inc_path_join(r->arena, folder, INC_STR(".."));
        if (inc_file_exists(inc_path_join(r->arena, folder, INC_STR("book.toml"))))
            return inc_path_normalise(r->arena, folder);
    }
    return INC_STR("");
}

static void report_no_book(inc_reading *r, inc_str folder)
{
    inc_str above = book_above(r, folder);
    inc_report(r->diags, INC_DIAG_NO_BOOK, INC_NO_SPAN, "there is no book in '%.*s'", INC_STR_ARG(folder))->hint =
        above.n ? inc_strf(r->arena, "it lies in the book '%.*s'; `incipit test --only` tries a part of one", INC_STR_ARG(above))
                : INC_STR("a book is a folder with book.toml or SUMMARY.md, or one .md file");
}

static void read_folder(inc_reading *r, inc_str folder)
{
    r->book->root = folder;
    if (inc_path_exists(inc_path_join(r->arena, folder, INC_STR("book.toml")))) /* what is no file is an error, not a book without it */
        read_configured(r);
    else if (inc_file_exists(inc_path_join(r->arena, folder, INC_STR("SUMMARY.md"))))
        read_unconfigured(r, INC_STR(""));
    else if (inc_file_exists(inc_path_join(r->arena, folder, INC_STR("src/SUMMARY.md"))))
        read_unconfigured(r, INC_STR("src"));
    else
        report_no_book(r, folder);
}

/* ---- one file ---- */

static void read_single(inc_reading *r, inc_str path)
{
    inc_manuscript *book = r->book;
    inc_str name = inc_path_name(path);
    book->root = book->src = inc_path_folder(path).n ? inc_path_folder(path) : INC_STR(".");
    book->single_file = true;
    uint32_t file = inc_reading_open(r, name, INC_NO_SPAN);
    if (!file)
        return;
    uint32_t body = inc_frontmatter_read(r, file);
    inc_item *item = INC_NEW(r->arena, inc_item);
    *item = (inc_item){
        .kind = INC_ITEM_CHAPTER,
        .place = INC_PLACE_NUMBERED,
        .title = book->title.n ? book->title : inc_path_stem(name),
        .path = name,
        .span = {file, body, 0},
    };
    item->text = inc_helpers_expand(r, name, inc_reading_text(r, file, body), &item->running_title);
    book->items = item;
    book->item_count = 1;
}

/* ---- which of them ---- */

static bool is_markdown(inc_str path)
{
    inc_str extension = inc_path_extension(path);
    return inc_str_eq_nocase(extension, INC_STR("md")) || inc_str_eq_nocase(extension, INC_STR("markdown"));
}

/* book.toml or SUMMARY.md named instead of the book's folder. */
static void read_folder_of(inc_reading *r, inc_str path)
{
    inc_str folder = inc_path_folder(path), above = INC_STR("..");
    if (inc_str_is(inc_path_name(path), "SUMMARY.md")) {
        inc_str outer = inc_path_normalise(r->arena, inc_path_join(r->arena, folder, above));
        if (inc_file_exists(inc_path_join(r->arena, outer.n ? outer : INC_STR("."), INC_STR("book.toml"))))
            folder = outer;
    }
    read_folder(r, folder.n ? folder : INC_STR("."));
}

static void read_book(inc_reading *r, inc_str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    if (!path.n)
        path = INC_STR(".");
    inc_str name = inc_path_name(path);
    if (inc_folder_exists(path))
        read_folder(r, path);
    else if (!inc_file_exists(path))
        inc_report(r->diags, INC_DIAG_NO_BOOK, INC_NO_SPAN, "'%.*s' does not exist", INC_STR_ARG(path));
    else if (inc_str_is(name, "book.toml") || inc_str_is(name, "SUMMARY.md"))
        read_folder_of(r, path);
    else if (is_markdown(path))
        read_single(r, path);
    else
        inc_report(r->diags, INC_DIAG_NO_BOOK, INC_NO_SPAN, "'%.*s' is not a Markdown file", INC_STR_ARG(path))->hint =
            INC_STR("a book is a folder with book.toml or SUMMARY.md, or one .md file");
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

/* A folder that the user says is around the book, and is not, would let nothing in. */
static void check_reach(inc_reading *r)
{
    if (!inc_path_inside(r->book->reach, r->book->root))
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, INC_NO_SPAN, "the book's folder '%.*s' is not inside '%.*s'", INC_STR_ARG(r->book->root),
                   INC_STR_ARG(r->book->reach))->hint = INC_STR("--root takes a folder around the book");
}

/* path: of the book, unless it comes as JSON. */
static inc_manuscript *read_either(inc_str path, inc_str reach, inc_str json, inc_arena *arena, inc_sources *sources, inc_diags *diags)
{
    inc_manuscript *book = INC_NEW(arena, inc_manuscript);
    book->sources = sources;
    book->root = book->src = INC_STR(".");
    book->reach = inc_str_dup(arena, reach);
    book->title = book->description = book->language = book->direction = book->destination = INC_STR("");
    inc_settings_default(&book->settings);
    void **slot = inc_defer(arena, free_arena);
    *slot = inc_arena_new();
    inc_reading reading = {.arena = arena, .scratch = *slot, .sources = sources, .diags = diags, .book = book};
    size_t reported = diags->n;
    if (json.n)
        inc_mdbook_read(&reading, json);
    else
        read_book(&reading, inc_str_dup(arena, path));
    if (reach.n)
        check_reach(&reading);
    else
        book->reach = book->root;
    inc_diags_tidy(diags, reported);
    inc_arena_free(*slot);
    *slot = NULL;
    return book;
}

inc_manuscript *inc_manuscript_read(inc_str path, inc_str reach, inc_arena *arena, inc_sources *sources, inc_diags *diags)
{
    return read_either(path, reach, INC_STR(""), arena, sources, diags);
}

inc_manuscript *inc_manuscript_read_mdbook(inc_str json, inc_arena *arena, inc_sources *sources, inc_diags *diags)
{
    return read_either(INC_STR(""), INC_STR(""), json, arena, sources, diags);
}
