/* page.c - names of tags, and finished pages as text. */
#include "layout/page.h"

const char *inc_tag_kind_name(inc_tag_kind kind)
{
    static const char *const names[] = {
        [INC_TAG_DOCUMENT] = "Document", [INC_TAG_PART] = "Part", [INC_TAG_SECT] = "Sect", [INC_TAG_DIV] = "Div",
        [INC_TAG_H1] = "H1", [INC_TAG_H2] = "H2", [INC_TAG_H3] = "H3", [INC_TAG_H4] = "H4", [INC_TAG_H5] = "H5", [INC_TAG_H6] = "H6",
        [INC_TAG_P] = "P", [INC_TAG_L] = "L", [INC_TAG_LI] = "LI", [INC_TAG_LBL] = "Lbl", [INC_TAG_LBODY] = "LBody",
        [INC_TAG_BLOCKQUOTE] = "BlockQuote", [INC_TAG_CODE] = "Code", [INC_TAG_TABLE] = "Table", [INC_TAG_THEAD] = "THead",
        [INC_TAG_TBODY] = "TBody", [INC_TAG_TFOOT] = "TFoot", [INC_TAG_TR] = "TR", [INC_TAG_TH] = "TH", [INC_TAG_TD] = "TD", [INC_TAG_FIGURE] = "Figure",
        [INC_TAG_CAPTION] = "Caption", [INC_TAG_LINK] = "Link", [INC_TAG_NOTE] = "Note", [INC_TAG_REFERENCE] = "Reference",
        [INC_TAG_SPAN] = "Span", [INC_TAG_TOC] = "TOC", [INC_TAG_TOCI] = "TOCI", [INC_TAG_INDEX] = "Index", [INC_TAG_FORMULA] = "Formula",
    };
    _Static_assert(INC_COUNT(names) == INC_TAG_KIND_COUNT, "a tag has no name");
    assert(kind < INC_TAG_KIND_COUNT);
    return names[kind];
}

static void put_len(inc_buf *out, inc_len value)
{
    char text[32];
    inc_buf_byte(out, ' ');
    inc_buf_add(out, (inc_str){text, inc_len_format(value, 2, text)});
}

static void put_quoted(inc_buf *out, inc_str text)
{
    inc_buf_puts(out, " \"");
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '"' || c == '\\')
            inc_buf_byte(out, '\\');
        if (c == '\n')
            inc_buf_puts(out, "\\n");
        else if ((unsigned char)c < 0x20)
            inc_buf_printf(out, "\\x%02x", (unsigned char)c);
        else
            inc_buf_byte(out, c);
    }
    inc_buf_byte(out, '"');
}

static void put_tag(inc_buf *out, const inc_tag *tag)
{
    if (tag)
        inc_buf_printf(out, " %s#%u", inc_tag_kind_name(tag->kind), tag->id);
    else
        inc_buf_puts(out, " artifact");
}

static void put_color(inc_buf *out, const char *label, inc_color c)
{
    if (c.r || c.g || c.b || c.a != 255)
        inc_buf_printf(out, " %s#%02x%02x%02x%02x", label, c.r, c.g, c.b, c.a);
}

/* Colours are told only when they are not plain black, print only when it differs from the screen. */
static void put_paint(inc_buf *out, const inc_mark *mark)
{
    put_color(out, "", mark->color[INC_SCREEN]);
    if (memcmp(&mark->color[INC_SCREEN], &mark->color[INC_PRINT], sizeof(inc_color)) != 0)
        inc_buf_printf(out, " print#%02x%02x%02x%02x", mark->color[INC_PRINT].r, mark->color[INC_PRINT].g, mark->color[INC_PRINT].b,
                       mark->color[INC_PRINT].a);
}

static void put_text_mark(inc_buf *out, const inc_mark *mark)
{
    const inc_text_mark *text = &mark->as.text;
    put_len(out, mark->width);
    inc_str font = text->run && text->run->font ? inc_font_postscript_name(text->run->font) : INC_STR("?");
    inc_buf_printf(out, " %.*s", INC_STR_ARG(font));
    put_len(out, text->run ? text->run->size : 0);
    put_quoted(out, text->text);
    if (text->extra) {
        inc_buf_puts(out, " extra");
        put_len(out, text->extra);
    }
    if (text->hyphen)
        inc_buf_puts(out, " hyphen");
    if (text->shapes)
        inc_buf_puts(out, " shapes");
}

static void put_box(inc_buf *out, const inc_mark *mark)
{
    put_len(out, mark->width);
    put_len(out, mark->height);
}

static void put_mark(inc_buf *out, const inc_mark *mark)
{
    static const char *const names[] = {[INC_MARK_TEXT] = "text", [INC_MARK_RULE] = "rule", [INC_MARK_IMAGE] = "image", [INC_MARK_LINK] = "link"};
    inc_buf_printf(out, "  %s", names[mark->kind]);
    put_len(out, mark->x);
    put_len(out, mark->y);
    switch (mark->kind) {
    case INC_MARK_TEXT:
        put_text_mark(out, mark);
        put_paint(out, mark);
        break;
    case INC_MARK_RULE:
        put_box(out, mark);
        inc_buf_puts(out, mark->round ? " round" : "");
        put_paint(out, mark);
        break;
    case INC_MARK_IMAGE:
        put_box(out, mark);
        put_quoted(out, mark->as.image ? mark->as.image->name : INC_STR(""));
        break;
    case INC_MARK_LINK:
        put_box(out, mark);
        put_quoted(out, mark->as.link.uri.n ? mark->as.link.uri : mark->as.link.destination);
        break;
    }
    if (mark->turned)
        inc_buf_puts(out, " turned");
    if (mark->bleeds)
        inc_buf_puts(out, " bleeds");
    if (mark->leaves)
        inc_buf_puts(out, " leaves");
    put_tag(out, mark->tag);
    inc_buf_byte(out, '\n');
}

static void put_page(inc_buf *out, size_t index, const inc_page *page)
{
    inc_buf_printf(out, "page %zu", index + 1);
    put_quoted(out, page->label);
    inc_buf_printf(out, " %s%s frame", page->recto ? "recto" : "verso", page->blank ? " blank" : "");
    put_len(out, page->frame_x0);
    put_len(out, page->frame_y0);
    put_len(out, page->frame_x1);
    put_len(out, page->frame_y1);
    inc_buf_byte(out, '\n');
    for (size_t m = 0; m < page->mark_count; m++)
        put_mark(out, &page->marks[m]);
}

static void put_attribute(inc_buf *out, const char *name, inc_str value)
{
    if (!value.n)
        return;
    inc_buf_printf(out, " %s", name);
    put_quoted(out, value);
}

static void put_tree(inc_buf *out, const inc_tag *tag)
{
    for (unsigned depth = 1; tag;) {
        inc_buf_printf(out, "%*s%s#%u", (int)INC_MIN(depth * 2, 200u), "", inc_tag_kind_name(tag->kind), tag->id);
        put_attribute(out, "alt", tag->alt);
        put_attribute(out, "actual-text", tag->actual_text);
        put_attribute(out, "lang", tag->lang);
        put_attribute(out, "note", tag->note_id);
        if (tag->colspan > 1 || tag->rowspan > 1)
            inc_buf_printf(out, " span %ux%u", tag->colspan, tag->rowspan);
        inc_buf_byte(out, '\n');
        if (tag->first) {
            tag = tag->first;
            depth++;
            continue;
        }
        while (tag && !tag->next) {
            tag = tag->parent;
            depth--;
        }
        tag = tag ? tag->next : NULL;
    }
}

static void put_navigation(inc_buf *out, const inc_pages *pages)
{
    inc_buf_printf(out, "outline %zu\n", pages->outline_count);
    for (size_t i = 0; i < pages->outline_count; i++) {
        const inc_outline_item *item = &pages->outline[i];
        inc_buf_printf(out, "%*spage %u y", 2 + 2 * item->depth, "", item->page + 1);
        put_len(out, item->y);
        put_quoted(out, item->title);
        inc_buf_puts(out, item->open ? " open\n" : "\n");
    }
    inc_buf_printf(out, "labels %zu\n", pages->label_count);
    for (size_t i = 0; i < pages->label_count; i++)
        inc_buf_printf(out, "  page %u %c %u\n", pages->labels[i].page + 1, pages->labels[i].style, pages->labels[i].start);
    inc_buf_printf(out, "destinations %zu\n", pages->destination_count);
    for (size_t i = 0; i < pages->destination_count; i++) {
        const inc_destination *d = &pages->destinations[i];
        inc_buf_printf(out, "  page %u", d->page + 1);
        put_len(out, d->x);
        put_len(out, d->y);
        put_quoted(out, d->name);
        inc_buf_byte(out, '\n');
    }
}

static void spread(const inc_pages *pages, inc_mark *mark)
{
    const inc_image *image = mark->as.image;
    inc_len width = pages->width + 2 * pages->bleed, height = pages->height + 2 * pages->bleed;
    inc_len scaled = inc_len_scale(image->natural_height, width, image->natural_width); /* as wide as the page */
    if (scaled >= height)
        mark->width = width, mark->height = scaled;
    else
        mark->width = inc_len_scale(image->natural_width, height, image->natural_height), mark->height = height;
    mark->x = (pages->width - mark->width) / 2;
    mark->y = (pages->height - mark->height) / 2;
}

void inc_pages_spread(inc_pages *pages)
{
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++)
            if (pages->pages[p].marks[m].bleeds && pages->pages[p].marks[m].as.image)
                spread(pages, &pages->pages[p].marks[m]);
}

void inc_pages_dump(const inc_pages *pages, inc_buf *out)
{
    inc_buf_printf(out, "pages %zu size", pages->page_count);
    put_len(out, pages->width);
    put_len(out, pages->height);
    inc_buf_puts(out, " bleed");
    put_len(out, pages->bleed);
    if (pages->marks & INC_MARKS_CROP)
        inc_buf_puts(out, " crop-marks");
    if (pages->marks & INC_MARKS_CROSS)
        inc_buf_puts(out, " cross-marks");
    inc_buf_byte(out, '\n');
    for (size_t p = 0; p < pages->page_count; p++)
        put_page(out, p, &pages->pages[p]);
    inc_buf_printf(out, "tags %u\n", pages->tag_count);
    put_tree(out, pages->tags);
    put_navigation(out, pages);
}
