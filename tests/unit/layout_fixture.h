/* layout_fixture.h - a small book by hand, the default theme and the real fonts. */
#ifndef INC_TEST_LAYOUT_FIXTURE_H
#define INC_TEST_LAYOUT_FIXTURE_H

#include "harness.h"

#include <stdlib.h>

#include "base/files.h"
#include "layout/layout.h"

typedef struct fixture {
    inc_arena *arena;
    inc_sources *sources;
    inc_diags *diags;
    inc_document *document;
    inc_node *chapter;
    inc_layout_input input;
    inc_layout_result result;
} fixture;

static inline inc_str root_path(inc_arena *arena, const char *name)
{
    const char *root = getenv("INCIPIT_ROOT");
    return inc_path_join(arena, inc_str_of(root ? root : "."), inc_str_of(name));
}

static inline void declare_fonts(fixture *f, const inc_sheet *sheet)
{
    const inc_font_face *faces;
    size_t n = inc_sheet_font_faces(sheet, &faces);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        inc_fonts_declare(f->input.fonts, faces[i].family, faces[i].weight, faces[i].italic, faces[i].path, faces[i].span);
}

/* The default theme, and `css` behind it. */
static inline fixture *begin_with(inc_arena *arena, const char *css)
{
    fixture *f = INC_NEW(arena, fixture);
    int error;
    f->arena = arena;
    f->sources = inc_sources_new(arena);
    f->diags = inc_diags_new(arena);
    f->document = inc_document_new(arena, f->sources);
    f->document->meta.language = INC_STR("en");
    f->document->meta.title = INC_STR("A Test");
    inc_sheet *sheet = inc_sheet_new(arena, f->sources, f->diags);
    inc_str path = root_path(arena, "styles/rubric.css");
    uint32_t file = inc_file_read_text(f->sources, arena, INC_STR("rubric.css"), path, f->diags, &error);
    assert_int_not_equal(file, 0);
    inc_sheet_add(sheet, file, root_path(arena, ""));
    inc_sheet_add(sheet, inc_sources_add(f->sources, INC_STR("own.css"), INC_STR("own.css"), inc_str_of(css)), INC_STR(""));
    f->input = (inc_layout_input){.document = f->document, .sheet = sheet, .fonts = inc_fonts_new(arena, f->diags),
                                  .images = inc_images_new(arena, f->diags), .hyphenation_folder = root_path(arena, "hyphenation"), .jobs = 1};
    declare_fonts(f, sheet);
    return f;
}

static inline fixture *begin(inc_arena *arena)
{
    return begin_with(arena, "");
}

static inline inc_node *add(fixture *f, inc_node *parent, inc_node_kind kind)
{
    inc_node *node = inc_node_new(f->arena, kind, INC_NO_SPAN);
    inc_node_append(parent, node);
    return node;
}

static inline inc_node *add_chapter(fixture *f, const char *name, const char *title)
{
    inc_node *chapter = add(f, f->document->book, INC_NODE_CHAPTER);
    chapter->as.chapter.name = inc_str_of(name);
    chapter->as.chapter.title = inc_str_of(title);
    chapter->as.chapter.opens_recto = true;
    inc_node *heading = add(f, chapter, INC_NODE_HEADING);
    heading->as.heading.level = 1;
    inc_node_append(heading, inc_node_text(f->arena, inc_str_of(title), INC_NO_SPAN));
    return chapter;
}

static inline inc_node *add_text(fixture *f, inc_node *parent, const char *text)
{
    inc_node *p = add(f, parent, INC_NODE_PARAGRAPH);
    inc_node_append(p, inc_node_text(f->arena, inc_str_of(text), INC_NO_SPAN));
    return p;
}

static inline const inc_pages *lay_out(fixture *f)
{
    const inc_node *where;
    inc_document_number(f->document);
    assert_null(inc_document_check(f->document, &where));
    inc_layout(&f->input, f->arena, f->diags, &f->result);
    return &f->result.pages;
}

/* The words of a page in reading order of its marks, blanks included. */
static inline inc_str page_text(fixture *f, const inc_page *page)
{
    inc_buf out = inc_buf_in(f->arena);
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && page->marks[i].tag && !page->marks[i].as.text.hyphen)
            inc_buf_add(&out, page->marks[i].as.text.text);
    return inc_buf_str(&out);
}

static const char prose[] =
    "When the previous chapter ended, our future could be asked one question and give one of two answers. Nothing in it explained who would do "
    "the asking, or how often. An impatient executor asks in a loop and burns a processor to keep one guest company; a lazy one asks once and "
    "leaves the guest asleep in the lobby for ever.";

/* The mark whose text begins so, or NULL. */
static inline const inc_mark *find_text(const inc_page *page, const char *text)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && inc_str_starts(page->marks[i].as.text.text, inc_str_of(text)))
            return &page->marks[i];
    return NULL;
}

#endif
