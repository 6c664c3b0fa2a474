/*
 * pdf_book.h - a small book as finished pages, set by hand with the real fonts: every kind of tag and mark, for the tests of pdf/.
 *
 * Words and spaces are shaped one by one and placed side by side, as layout does.
 */
#ifndef INC_TEST_PDF_BOOK_H
#define INC_TEST_PDF_BOOK_H

#include "ink_fixture.h"

#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>

#include "base/map.h"
#include "base/vec.h"
#include "pdf/pdf.h"

typedef INC_VEC(inc_mark) marks;

typedef struct book {
    inc_arena *arena;
    inc_diags *diags;
    inc_fonts *fonts;
    inc_shaper *shaper;
    const inc_chain *serif, *italic, *mono;
    inc_pages pages;
    marks marks[8];
    uint32_t page; /* being filled */
    uint32_t tags;
    const inc_chain *chain;
    inc_len size;
    inc_color ink;
    const inc_shape_feature *features;
    uint32_t feature_count;
} book;

static const inc_color black = {0, 0, 0, 255}, blue = {0x10, 0x40, 0xA0, 255};

static inline inc_tag *tag(book *b, inc_tag *parent, inc_tag_kind kind)
{
    inc_tag *t = INC_NEW(b->arena, inc_tag);
    *t = (inc_tag){.kind = kind, .parent = parent, .id = ++b->tags, .colspan = 1, .rowspan = 1};
    if (parent) {
        if (parent->last)
            parent->last->next = t;
        else
            parent->first = t;
        parent->last = t;
    }
    return t;
}

static inline inc_mark *mark(book *b, inc_mark_kind kind, inc_tag *t, inc_len x, inc_len y)
{
    INC_PUSH(b->arena, &b->marks[b->page],
             (inc_mark){.kind = kind, .tag = t, .x = x, .y = y, .color = {[INC_SCREEN] = b->ink, [INC_PRINT] = b->ink}});
    return &b->marks[b->page].v[b->marks[b->page].n - 1];
}

/* One shaped unit at (x, y); returns where it ends. */
static inline inc_len unit(book *b, inc_tag *t, inc_str text, inc_len x, inc_len y, inc_len extra)
{
    inc_shape_request request = {.chain = b->chain, .size = b->size, .features = b->features, .feature_count = b->feature_count,
                                 .language = INC_STR("en")};
    const inc_shaped *shaped = inc_shape(b->shaper, &request, text);
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const inc_glyph_run *run = &shaped->runs[r];
        if (!run->count)
            continue;
        inc_mark *m = mark(b, INC_MARK_TEXT, t, x, y);
        m->as.text = (inc_text_mark){.run = run, .count = run->count, .text = inc_str_slice(text, run->start, run->start + run->length),
                                     .text_start = run->start, .extra = extra};
        m->width = run->advance + (run->count - 1) * extra;
        x += m->width + extra;
    }
    return x;
}

/* Words and spaces; each space is `stretch` wider than the font's. */
static inline inc_len line(book *b, inc_tag *t, const char *text, inc_len x, inc_len y, inc_len stretch)
{
    inc_str rest = inc_str_of(text);
    while (rest.n) {
        size_t space = inc_str_find_char(rest, ' ');
        if (space == INC_NPOS)
            space = rest.n;
        if (space)
            x = unit(b, t, inc_str_slice(rest, 0, space), x, y, 0);
        if (space < rest.n) {
            x = unit(b, t, INC_STR(" "), x, y, 0) + stretch;
            space++;
        }
        rest = inc_str_slice(rest, space, rest.n);
    }
    return x;
}

static inline void hyphen(book *b, inc_tag *t, inc_len x, inc_len y)
{
    const inc_font *font = inc_chain_first(b->chain);
    uint16_t gid = inc_font_glyph(font, 0xAD);
    inc_glyph_run *run = INC_NEW(b->arena, inc_glyph_run);
    run->glyphs = INC_NEW(b->arena, inc_glyph);
    run->glyphs[0] = (inc_glyph){.gid = gid, .advance = (int32_t)inc_len_from_units(inc_font_advance(font, gid), b->size, inc_font_metrics_of(font).upem)};
    run->font = font;
    run->size = b->size;
    run->count = 1;
    run->advance = run->glyphs[0].advance;
    inc_mark *m = mark(b, INC_MARK_TEXT, t, x, y);
    m->as.text = (inc_text_mark){.run = run, .count = 1, .hyphen = true};
    m->width = run->advance;
}

static inline void rule(book *b, inc_tag *t, inc_len x, inc_len y, inc_len width, inc_len height)
{
    inc_mark *m = mark(b, INC_MARK_RULE, t, x, y);
    m->width = width;
    m->height = height;
}

static inline void link_box(book *b, inc_tag *t, inc_len x, inc_len y, inc_len end, const char *destination, const char *uri)
{
    inc_mark *m = mark(b, INC_MARK_LINK, t, x, y - 9 * INC_PT);
    m->width = end - x;
    m->height = 12 * INC_PT;
    m->as.link.destination = inc_str_of(destination);
    m->as.link.uri = inc_str_of(uri);
    m->as.link.contents = INC_STR("a link");
}

static inline void picture(book *b, inc_tag *t, const inc_image *image, inc_len x, inc_len y, inc_len width, inc_len height)
{
    inc_mark *m = mark(b, INC_MARK_IMAGE, t, x, y);
    m->width = width;
    m->height = height;
    m->as.image = image;
    if (t->kind == INC_TAG_FIGURE) {
        t->has_box = true;
        t->box_page = b->page;
        t->x0 = x;
        t->y0 = y;
        t->x1 = x + width;
        t->y1 = y + height;
    }
}

/* ---- pictures, made here; image/ decodes them ---- */

enum { PICTURE_W = 40, PICTURE_H = 24 };

static inline inc_str make_jpeg(inc_arena *arena)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &n);
    jpeg.image_width = PICTURE_W;
    jpeg.image_height = PICTURE_H;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < PICTURE_H; y++) {
        unsigned char row[PICTURE_W * 3];
        for (int x = 0; x < PICTURE_W; x++) {
            row[3 * x] = (unsigned char)(x * 6);
            row[3 * x + 1] = (unsigned char)(y * 10);
            row[3 * x + 2] = y < 4 ? 255 : 0;
        }
        JSAMPROW rows[] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    inc_str copy = inc_str_dup(arena, (inc_str){(char *)bytes, n});
    free(bytes);
    return copy;
}

static inline inc_str make_png(inc_arena *arena)
{
    uint8_t pixels[PICTURE_H][PICTURE_W][4];
    for (int y = 0; y < PICTURE_H; y++)
        for (int x = 0; x < PICTURE_W; x++) {
            uint8_t pixel[4] = {(uint8_t)(x * 6), 128, (uint8_t)(y * 10), x < 20 ? 255 : 100};
            memcpy(pixels[y][x], pixel, 4);
        }
    png_image png = {.version = PNG_IMAGE_VERSION, .width = PICTURE_W, .height = PICTURE_H, .format = PNG_FORMAT_RGBA};
    png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(png);
    char *bytes = inc_alloc(arena, n);
    assert_true(png_image_write_to_memory(&png, bytes, &n, 0, pixels, 0, NULL));
    return (inc_str){bytes, n};
}

static inline inc_image *make_image(book *b, inc_image_kind kind, const char *name, inc_str bytes, uint8_t orientation)
{
    inc_image *image = INC_NEW(b->arena, inc_image);
    *image = (inc_image){.kind = kind, .name = inc_str_of(name), .bytes = bytes, .width = PICTURE_W, .height = PICTURE_H,
                         .orientation = orientation, .hash = inc_hash(bytes.p, bytes.n)};
    return image;
}

/* ---- the book ---- */

static inline void front_page(book *b, inc_tag *document, inc_tag **open_paragraph, inc_tag *jpeg_parent, const inc_image *jpeg)
{
    inc_len x = 40 * INC_PT, y = 60 * INC_PT;
    b->page = 0;
    b->size = 8 * INC_PT;
    line(b, NULL, "Running head", x, 30 * INC_PT, 0);
    b->size = 20 * INC_PT;
    inc_tag *h1 = tag(b, document, INC_TAG_H1);
    line(b, h1, "Affluent Office AVATAR", x, y, 0);
    b->size = 10 * INC_PT;
    inc_tag *p = tag(b, document, INC_TAG_P);
    inc_len at = line(b, p, "The first efficient ", x, y + 20 * INC_PT, INC_PT / 3);
    inc_tag *link = tag(b, p, INC_TAG_LINK);
    b->ink = blue;
    inc_len end = line(b, link, "chapter two", at, y + 20 * INC_PT, 0);
    link_box(b, link, at, y + 20 * INC_PT, end, "two", "");
    b->ink = black;
    at = line(b, p, " has (paren\\theses) \xE2\x80\x9Cquotes\xE2\x80\x9D.", end, y + 20 * INC_PT, INC_PT / 3);
    inc_tag *reference = tag(b, p, INC_TAG_REFERENCE);
    inc_tag *note_link = tag(b, reference, INC_TAG_LINK);
    end = line(b, note_link, "1", at, y + 17 * INC_PT, 0);
    link_box(b, note_link, at, y + 20 * INC_PT, end, "note-1", "");
    at = line(b, p, "An inter", x, y + 34 * INC_PT, 0);
    hyphen(b, p, at, y + 34 * INC_PT);
    line(b, p, "national caf\xC3\xA9, non\xC2\xA0" "breaking, \xE2\x86\x92 \xE2\x88\x80x \xF0\x9F\x98\x80 q\xCC\x83 x\xCC\x84\xCC\x81.", x, y + 48 * INC_PT, 0);
    static const inc_shape_feature smcp[] = {{{'s', 'm', 'c', 'p'}, 1}, {{'c', '2', 's', 'c'}, 1}};
    b->features = smcp;
    b->feature_count = 2;
    line(b, p, "Small CAPITALS nasa NASA", x, y + 62 * INC_PT, 0);
    b->features = NULL;
    b->feature_count = 0;
    inc_tag *figure = tag(b, jpeg_parent, INC_TAG_FIGURE);
    figure->alt = INC_STR("A gradient, \xC3\xA4lter");
    picture(b, figure, jpeg, x, y + 80 * INC_PT, 80 * INC_PT, 48 * INC_PT);
    inc_tag *caption = tag(b, figure, INC_TAG_CAPTION);
    line(b, caption, "Figure 1. A gradient", x, y + 140 * INC_PT, 0);
    *open_paragraph = tag(b, document, INC_TAG_P);
    line(b, *open_paragraph, "This paragraph begins on one page", x, 300 * INC_PT, 0);
    inc_tag *note = tag(b, document, INC_TAG_NOTE);
    note->note_id = INC_STR("note-1");
    rule(b, NULL, x, 320 * INC_PT, 60 * INC_PT, INC_PT / 2);
    inc_tag *label = tag(b, note, INC_TAG_LBL);
    at = line(b, label, "1", x, 332 * INC_PT, 0);
    line(b, tag(b, note, INC_TAG_P), " A note.", at, 332 * INC_PT, 0);
}

static inline void table(book *b, inc_tag *document, inc_len x, inc_len y)
{
    inc_tag *t = tag(b, document, INC_TAG_TABLE), *head = tag(b, tag(b, t, INC_TAG_THEAD), INC_TAG_TR), *body = tag(b, t, INC_TAG_TBODY);
    line(b, tag(b, head, INC_TAG_TH), "Key", x, y, 0);
    line(b, tag(b, head, INC_TAG_TH), "Value", x + 60 * INC_PT, y, 0);
    line(b, tag(b, head, INC_TAG_TH), "More", x + 120 * INC_PT, y, 0);
    b->ink = blue;
    rule(b, NULL, x, y + 3 * INC_PT, 160 * INC_PT, INC_PT / 2);
    rule(b, NULL, x, y - 12 * INC_PT, 160 * INC_PT, INC_PT / 2);
    b->ink = black;
    inc_tag *row = tag(b, body, INC_TAG_TR), *cell = tag(b, row, INC_TAG_TH);
    cell->scope_row = true;
    line(b, cell, "a", x, y + 14 * INC_PT, 0);
    line(b, tag(b, row, INC_TAG_TD), "b", x + 60 * INC_PT, y + 14 * INC_PT, 0);
    tag(b, row, INC_TAG_TD);
    row = tag(b, body, INC_TAG_TR);
    cell = tag(b, row, INC_TAG_TD);
    cell->colspan = 3;
    line(b, cell, "across", x, y + 28 * INC_PT, 0);
}

static inline void list(book *b, inc_tag *parent, inc_len x, inc_len y)
{
    inc_tag *l = tag(b, parent, INC_TAG_L);
    l->numbering = INC_NUMBERING_DECIMAL;
    for (int i = 0; i < 2; i++, y += 14 * INC_PT) {
        inc_tag *item = tag(b, l, INC_TAG_LI);
        line(b, tag(b, item, INC_TAG_LBL), i ? "2." : "1.", x, y, 0);
        line(b, tag(b, tag(b, item, INC_TAG_LBODY), INC_TAG_P), i ? "second" : "first", x + 14 * INC_PT, y, 0);
    }
}

static inline void last_page(book *b, inc_tag *document, inc_tag *open_paragraph, const inc_image *png, const inc_image *turned)
{
    inc_len x = 40 * INC_PT, y = 50 * INC_PT;
    b->page = 2;
    line(b, open_paragraph, "and ends on another.", x, y, 0);
    inc_tag *h2 = tag(b, document, INC_TAG_H2);
    line(b, h2, "Two", x, y + 20 * INC_PT, 0);
    table(b, tag(b, document, INC_TAG_SECT), x, y + 45 * INC_PT);
    list(b, tag(b, document, INC_TAG_BLOCKQUOTE), x, y + 90 * INC_PT);
    b->chain = b->mono;
    line(b, tag(b, tag(b, document, INC_TAG_DIV), INC_TAG_CODE), "fn main() -> i32 { \"\xC3\xA9\" }", x, y + 130 * INC_PT, 0);
    b->chain = b->italic;
    inc_tag *p = tag(b, document, INC_TAG_P), *span = tag(b, p, INC_TAG_SPAN);
    span->lang = INC_STR("la");
    line(b, span, "lorem ipsum", x, y + 145 * INC_PT, 0);
    b->chain = b->serif;
    inc_tag *link = tag(b, tag(b, document, INC_TAG_P), INC_TAG_LINK);
    inc_len end = line(b, link, "example.org", x, y + 160 * INC_PT, 0);
    link_box(b, link, x, y + 160 * INC_PT, end, "", "https://example.org/\xC3\xA9 (x)");
    tag(b, document, INC_TAG_P); /* empty: pruned */
    inc_tag *figure = tag(b, document, INC_TAG_FIGURE);
    figure->alt = INC_STR("A translucent square");
    picture(b, figure, png, x, y + 170 * INC_PT, 40 * INC_PT, 24 * INC_PT);
    picture(b, figure, turned, x + 60 * INC_PT, y + 170 * INC_PT, 24 * INC_PT, 40 * INC_PT);
    inc_tag *item = tag(b, tag(b, document, INC_TAG_TOC), INC_TAG_TOCI);
    line(b, item, "One", x, y + 225 * INC_PT, 0);
    line(b, NULL, ". . . . .", x + 40 * INC_PT, y + 225 * INC_PT, 0);
    line(b, tag(b, item, INC_TAG_REFERENCE), "iv", x + 90 * INC_PT, y + 225 * INC_PT, 0);
    inc_tag *formula = tag(b, tag(b, document, INC_TAG_P), INC_TAG_FORMULA);
    formula->alt = INC_STR("x squared");
    line(b, formula, "x\xC2\xB2", x, y + 240 * INC_PT, 0);
    line(b, tag(b, tag(b, document, INC_TAG_INDEX), INC_TAG_P), "index 1", x, y + 255 * INC_PT, 0);
    unit(b, tag(b, document, INC_TAG_P), INC_STR("tracked"), x, y + 270 * INC_PT, INC_PT);
}

static inline inc_str pdf_test_font(inc_arena *arena, const char *file)
{
    const char *root = getenv("INCIPIT_ROOT");
    assert_non_null(root);
    return inc_strf(arena, "%s/fonts/%s", root, file);
}

static inline const inc_chain *pdf_test_chain(book *b, const char *first, bool italic)
{
    inc_str families[] = {inc_str_of(first), INC_STR("Noto Sans Math"), INC_STR("Noto Sans Symbols 2"), INC_STR("Noto Emoji")};
    return inc_fonts_chain(b->fonts, families, INC_COUNT(families), 400, italic);
}

static inline void open_fonts(book *b)
{
    static const struct {
        const char *family, *file;
        bool italic;
    } faces[] = {
        {"Source Serif 4", "source-serif-4/SourceSerif4_400Regular.ttf", false},
        {"Source Serif 4", "source-serif-4/SourceSerif4_400Regular_Italic.ttf", true},
        {"Iosevka Charon Mono", "iosevka-charon-mono/IosevkaCharonMono_400Regular.ttf", false},
        {"Noto Sans Math", "noto-sans-math/NotoSansMath_400Regular.ttf", false},
        {"Noto Sans Symbols 2", "noto-sans-symbols-2/NotoSansSymbols2_400Regular.ttf", false},
        {"Noto Emoji", "noto-emoji/NotoEmoji_400Regular.ttf", false},
    };
    b->fonts = inc_fonts_new(b->arena, b->diags);
    for (size_t i = 0; i < INC_COUNT(faces); i++)
        inc_fonts_declare(b->fonts, inc_str_of(faces[i].family), 400, faces[i].italic, pdf_test_font(b->arena, faces[i].file), INC_NO_SPAN);
    b->shaper = inc_shaper_new(b->arena, b->fonts);
    b->serif = pdf_test_chain(b, "Source Serif 4", false);
    b->italic = pdf_test_chain(b, "Source Serif 4", true);
    b->mono = pdf_test_chain(b, "Iosevka Charon Mono", false);
    b->chain = b->serif;
    b->size = 10 * INC_PT;
    b->ink = black;
}

static inline void add_navigation(book *b)
{
    static inc_destination destinations[] = {{{"note-1", 6}, 0, 40 * INC_PT, 320 * INC_PT}, {{"one", 3}, 0, 0, 0}, {{"two", 3}, 2, 40 * INC_PT, 60 * INC_PT}};
    static inc_outline_item outline[] = {{{"One \xE2\x80\x94 first", 13}, 0, 0, 0, true}, {{"Two", 3}, 1, 2, 60 * INC_PT, false}, {{"Three", 5}, 0, 2, 100 * INC_PT, false}};
    static inc_page_labels_run labels[] = {{0, 'r', 4}, {2, 'D', 1}};
    b->pages.destinations = destinations;
    b->pages.destination_count = INC_COUNT(destinations);
    b->pages.outline = outline;
    b->pages.outline_count = INC_COUNT(outline);
    b->pages.labels = labels;
    b->pages.label_count = INC_COUNT(labels);
}

static inline book *make_book(inc_arena *arena)
{
    book *b = INC_NEW(arena, book);
    b->arena = arena;
    b->diags = inc_diags_new(arena);
    open_fonts(b);
    inc_tag *document = tag(b, NULL, INC_TAG_DOCUMENT), *paragraph = NULL, *sect = tag(b, document, INC_TAG_PART);
    const inc_image *jpeg = make_image(b, INC_IMAGE_JPEG, "a.jpg", make_jpeg(arena), 1);
    const inc_image *turned = make_image(b, INC_IMAGE_JPEG, "b.jpg", jpeg->bytes, 6);
    const inc_image *png = make_image(b, INC_IMAGE_PNG, "c.png", make_png(arena), 1);
    front_page(b, sect, &paragraph, sect, jpeg);
    last_page(b, sect, paragraph, png, turned);
    b->pages.page_count = 3;
    b->pages.pages = INC_NEW_N(arena, inc_page, 3);
    static const char *const page_names[] = {"iv", "v", "1"};
    for (int i = 0; i < 3; i++)
        b->pages.pages[i] = (inc_page){.label = inc_str_of(page_names[i]), .recto = i % 2 == 0, .blank = i == 1, .marks = b->marks[i].v, .mark_count = b->marks[i].n};
    b->pages.width = 340 * INC_PT;
    b->pages.height = 400 * INC_PT;
    b->pages.tags = document;
    b->pages.tag_count = b->tags;
    b->pages.title = INC_STR("A Test \xE2\x80\x94 <Book>");
    b->pages.author = INC_STR("Ann Author, Bob Writer");
    b->pages.language = INC_STR("en");
    b->pages.date = INC_STR("2026-01-31");
    b->pages.identifier = INC_STR("urn:isbn:9780000000000");
    add_navigation(b);
    return b;
}

#endif
