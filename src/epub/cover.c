/*
 * cover.c - the cover: the book's own image, or one set in type.
 *
 * The typographic cover follows the theme's title page: its faces, its axis, and what stands below the title there. At the left, it has the title large
 * in lines broken by sense, a short rule in the theme's colour and the authors at the foot, and a band of that colour at the spine. In the middle, it
 * has the title page's ornament below the title, small capitals where the title page has them, and a frame of two rules. Band and frame give the
 * thumbnail an edge on a white shop page.
 */
#include "epub/book.h"
#include "epub/xml.h"

enum {
    WIDTH = 1600,
    HEIGHT = 2560, /* shops ask for 1 : 1.6 */
    BAND = 84,
    LEFT = 236,
    FRAME = 70, /* from the edges to the outer rule */
    MEASURE = WIDTH - LEFT - 150, /* and the same in the middle */
    TITLE_TOP = 420,
    TITLE_HEIGHT = 1080,
    AUTHORS_MOST = 6, /* in lines of their own */
    WORDS_MAX = 60
};

static const uint8_t ground[3] = {0xF8, 0xF6, 0xF1}, ink[3] = {0x1F, 0x1E, 0x1C};

typedef struct face { /* what a line is set in */
    const inc_chain *chain;
    uint32_t pixels;
    bool small_capitals;
} face;

typedef struct canvas {
    inc_epub_book *book;
    inc_arena *arena; /* for the drawing alone: 11 MB of samples */
    inc_shaper *shaper;
    inc_styler *styler;
    uint8_t *samples; /* WIDTH * HEIGHT * 3 */
    bool centred;
    uint8_t accent[3]; /* of the rule below the title and of the band */
    inc_str ornament;  /* below the title; "": a rule */
    face ornament_face;
} canvas;

/* ---- painting ---- */

static void fill(canvas *c, int x0, int y0, int x1, int y1, const uint8_t color[3])
{
    for (int y = INC_MAX(y0, 0); y < INC_MIN(y1, HEIGHT); y++)
        for (int x = INC_MAX(x0, 0); x < INC_MIN(x1, WIDTH); x++)
            memcpy(c->samples + ((size_t)y * WIDTH + (size_t)x) * 3, color, 3);
}

static void blend(canvas *c, const inc_bitmap *bitmap, int x0, int y0, const uint8_t color[3])
{
    for (int row = 0; row < bitmap->height; row++)
        for (int column = 0; column < bitmap->width; column++) {
            int x = x0 + column, y = y0 + row,
                a = bitmap->coverage[(size_t)row * (size_t)bitmap->width + (size_t)column];
            if (a == 0 || x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT)
                continue;
            uint8_t *p = c->samples + ((size_t)y * WIDTH + (size_t)x) * 3;
            for (int i = 0; i < 3; i++)
                p[i] = (uint8_t)((p[i] * (255 - a) + color[i] * a + 127) / 255);
        }
}

static const inc_shaped *shape(canvas *c, face f, inc_str text)
{
    static const inc_shape_feature features[] = {{{'k', 'e', 'r', 'n'}, 1}, {{'l', 'i', 'g', 'a'}, 1}, {{'s', 'm', 'c', 'p'}, 1}, {{'c', '2', 's', 'c'}, 1}};
    inc_shape_request request = {.chain = f.chain,
                                 .size = f.pixels * INC_PT,
                                 .features = features,
                                 .feature_count = f.small_capitals ? 4 : 2,
                                 .language = c->book->document->meta.language};
    return inc_shape(c->shaper, &request, text);
}

/* Sizes are in pixels: a point of the shaper is one of ours. */
static void draw(canvas *c, face f, inc_str text, int x, int baseline, const uint8_t color[3])
{
    const inc_shaped *shaped = shape(c, f, text);
    inc_len pen = x * INC_PT;
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const inc_glyph_run *run = &shaped->runs[r];
        int32_t upem = inc_font_metrics_of(run->font).upem;
        for (uint32_t g = 0; g < run->count; g++) {
            const inc_glyph *glyph = &run->glyphs[g];
            inc_bitmap bitmap;
            if (inc_font_raster(run->font, glyph->gid, (uint32_t)(run->size / INC_PT), c->arena, &bitmap)) {
                inc_len shift = inc_len_from_units(glyph->x_offset, run->size, upem),
                        rise = inc_len_from_units(glyph->y_offset, run->size, upem);
                blend(c, &bitmap, (int)((pen + shift + INC_PT / 2) / INC_PT) + bitmap.left,
                      baseline - (int)(rise / INC_PT) - bitmap.top, color);
            }
            pen += glyph->advance;
        }
    }
}

/* A line on the cover's axis. */
static void draw_line(canvas *c, face f, inc_str text, int baseline)
{
    draw(c, f, text, c->centred ? (WIDTH - (int)(shape(c, f, text)->advance / INC_PT)) / 2 : LEFT, baseline, ink);
}

/* ---- breaking the title ---- */

/* What it costs to end a line with this word: after a colon or a dash it is good, after "of" or "the" bad. */
static int64_t sense(inc_str word)
{
    static const char *const leaning[] = {"a",    "an", "and", "as", "at", "by",  "for", "from", "in",
                                          "into", "is", "of",  "on", "or", "the", "to",  "with", "your"};
    char last = word.p[word.n - 1];
    if (strchr(":;.?!", last) || inc_str_ends(word, INC_STR("—")) || inc_str_ends(word, INC_STR("–")))
        return -40000;
    if (last == ',')
        return -15000;
    for (size_t i = 0; i < INC_COUNT(leaning); i++)
        if (inc_str_eq_nocase(word, inc_str_of(leaning[i])))
            return 60000;
    return 0;
}

typedef struct title {
    inc_str words[WORDS_MAX];
    uint32_t widths[WORDS_MAX]; /* in thousandths of an em */
    uint32_t space;
    size_t n;
    size_t ends[WORDS_MAX]; /* index behind the last word of each line */
    size_t lines;
} title;

static uint32_t line_width(const title *t, size_t from, size_t to)
{
    uint32_t width = 0;
    for (size_t i = from; i < to; i++)
        width += t->widths[i] + (i > from ? t->space : 0);
    return width;
}

/* The best way to break into exactly `lines` lines no wider than `limit`: even lines, ends that make sense. */
static bool break_title(title *t, size_t lines, uint32_t limit)
{
    static const int64_t never = INT64_MAX / 2;
    int64_t best[WORDS_MAX + 1];
    uint8_t from[WORDS_MAX + 1][WORDS_MAX + 1];
    uint32_t total = line_width(t, 0, t->n), ideal = total / (uint32_t)lines;
    for (size_t i = 0; i <= t->n; i++)
        best[i] = i == 0 ? 0 : never;
    for (size_t line = 1; line <= lines; line++) {
        int64_t next[WORDS_MAX + 1];
        for (size_t end = 0; end <= t->n; end++) {
            next[end] = never;
            for (size_t start = 0; start < end; start++) {
                uint32_t width = line_width(t, start, end);
                if (best[start] >= never || width > limit)
                    continue;
                int64_t off = ((int64_t)width - ideal) / 10,
                        cost = best[start] + off * off + (end < t->n ? sense(t->words[end - 1]) : 0);
                if (cost < next[end]) {
                    next[end] = cost;
                    from[line][end] = (uint8_t)start;
                }
            }
        }
        memcpy(best, next, sizeof best);
    }
    if (best[t->n] >= never)
        return false;
    t->lines = lines;
    size_t end = t->n;
    for (size_t line = lines; line > 0; line--) {
        t->ends[line - 1] = end;
        end = from[line][end];
    }
    return true;
}

static void measure_title(canvas *c, face f, inc_str text, title *t)
{
    f.pixels = 100;
    t->space = (uint32_t)(shape(c, f, INC_STR(" "))->advance / (INC_PT / 10));
    while (text.n > 0 && t->n < WORDS_MAX) {
        inc_str word = inc_str_trim(inc_str_cut(&text, ' '));
        if (word.n == 0)
            continue;
        t->widths[t->n] = (uint32_t)(shape(c, f, word)->advance / (INC_PT / 10));
        t->words[t->n++] = word;
    }
}

static bool reads_well(const title *t)
{
    for (size_t i = 0; i + 1 < t->lines; i++)
        if (sense(t->words[t->ends[i] - 1]) > 0)
            return false;
    return t->lines <= 5;
}

/* The largest size at which the title stands in the measure and the height, with few lines that end well if there is
 * such a size that is not small. */
static uint32_t fit_title(title *t)
{
    static const uint32_t sizes[] = {230, 210, 190, 172, 156, 142, 128, 116, 104, 92, 80, 70, 60, 50};
    for (int careful = 1; careful >= 0; careful--)
        for (size_t i = 0; i < INC_COUNT(sizes) && (!careful || sizes[i] > 100); i++) {
            uint32_t limit = MEASURE * 1000u / sizes[i];
            size_t most = INC_MIN(t->n, (size_t)TITLE_HEIGHT * 10 / (sizes[i] * 11));
            for (size_t lines = 1; lines <= most; lines++)
                if (break_title(t, lines, limit) && (!careful || reads_well(t)))
                    return sizes[i];
        }
    t->lines = 1; /* one enormous word: it runs off the edge */
    t->ends[0] = t->n;
    return sizes[INC_COUNT(sizes) - 1];
}

static inc_str joined(inc_arena *arena, const title *t, size_t from, size_t to)
{
    inc_buf line = inc_buf_in(arena);
    for (size_t i = from; i < to; i++) {
        inc_buf_puts(&line, i > from ? " " : "");
        inc_buf_add(&line, t->words[i]);
    }
    return inc_buf_str(&line);
}

/* Draws the lines from `baseline` on and returns the last one's baseline. */
static int draw_lines(canvas *c, face f, const title *t, int baseline, int leading)
{
    for (size_t i = 0, from = 0; i < t->lines; from = t->ends[i++]) {
        baseline += i > 0 ? leading : 0;
        draw_line(c, f, joined(c->arena, t, from, t->ends[i]), baseline);
    }
    return baseline;
}

/* Breaks text into few lines, in smaller type when it does not fit; no lines when it never does. */
static void fit_block(canvas *c, face *f, inc_str text, size_t lines_max, title *t)
{
    *t = (title){0};
    measure_title(c, *f, text, t);
    for (int tries = 0; t->n && tries < 4; tries++, f->pixels = f->pixels * 4 / 5)
        for (size_t lines = 1; lines <= INC_MIN(t->n, lines_max); lines++)
            if (break_title(t, lines, MEASURE * 1000u / f->pixels))
                return;
}

/* ---- composing ---- */

static bool has_small_capitals(const inc_style *style)
{
    for (uint32_t i = 0; i < style->features.n; i++)
        if (memcmp(style->features.v[i].tag, "smcp", 4) == 0 && style->features.v[i].value)
            return true;
    return false;
}

/* A paragraph of that class as a title page has it. The page is made here, for a book may have none; it is no child of the book's. */
static const inc_node *paragraph_of(const canvas *c, const char *class_name, const inc_style **style)
{
    inc_node *book = c->book->document->book, *page = inc_node_new(c->arena, INC_NODE_CHAPTER, INC_NO_SPAN),
             *paragraph = inc_node_new(c->arena, INC_NODE_PARAGRAPH, INC_NO_SPAN);
    page->as.chapter.role = INC_ROLE_TITLE_PAGE;
    page->parent = book;
    inc_node_add_class(c->arena, paragraph, inc_str_of(class_name));
    inc_node_append(page, paragraph);
    *style = inc_style_of(c->styler, paragraph, inc_style_of(c->styler, page, inc_style_of(c->styler, book, NULL)));
    return paragraph;
}

static face face_in(canvas *c, const inc_style *style, uint32_t pixels)
{
    return (face){inc_fonts_chain(c->book->input->fonts, style->families.v, style->families.n, style->weight, style->italic), pixels, has_small_capitals(style)};
}

/* So the cover goes with the theme. */
static face face_of(canvas *c, const char *class_name, uint32_t pixels)
{
    const inc_style *style;
    paragraph_of(c, class_name, &style);
    return face_in(c, style, pixels);
}

static void take_color(uint8_t to[3], inc_color color)
{
    to[0] = color.r;
    to[1] = color.g;
    to[2] = color.b;
}

/* What the title page has below its title, as the screen shows it: a rule, whose colour is the theme's, or an ornament. */
static void read_theme(canvas *c)
{
    const inc_style *style;
    const inc_node *paragraph = paragraph_of(c, "title", &style);
    const inc_style *below = inc_style_pseudo(c->styler, paragraph, style, INC_PSEUDO_AFTER);
    memcpy(c->accent, ink, 3);
    c->centred = style->text_align == INC_TEXT_CENTER;
    if (below && below->border_width[INC_TOP] && below->paint[INC_SCREEN].border[INC_TOP].a)
        take_color(c->accent, below->paint[INC_SCREEN].border[INC_TOP]);
    else if (below && below->content.n == 1 && below->content.v[0].kind == INC_CONTENT_STRING && below->content.v[0].text.n) {
        c->ornament = below->content.v[0].text;
        c->ornament_face = face_in(c, below, 130);
    }
}

static void draw_edge(canvas *c)
{
    if (!c->centred) {
        fill(c, 0, 0, BAND, HEIGHT, c->accent);
        return;
    }
    static const int rules[][2] = {{FRAME, 12}, {FRAME + 26, 4}}; /* from the edge, and how thick */
    for (size_t i = 0; i < INC_COUNT(rules); i++) {
        int at = rules[i][0], thick = rules[i][1];
        fill(c, at, at, WIDTH - at, HEIGHT - at, c->accent);
        fill(c, at + thick, at + thick, WIDTH - at - thick, HEIGHT - at - thick, ground);
    }
}

/* Returns where it ends. size: of the title's type. */
static int draw_below_title(canvas *c, int baseline, int size)
{
    if (c->ornament.n) {
        baseline += 130 + size / 2;
        draw_line(c, c->ornament_face, c->ornament, baseline);
        return baseline + 40;
    }
    int x = c->centred ? WIDTH / 2 - 100 : LEFT;
    fill(c, x, baseline + 110, x + 200, baseline + 120, c->accent);
    return baseline + 110;
}

static void draw_title(canvas *c, const inc_meta *meta)
{
    face f = face_of(c, "title", 100);
    title t = {0};
    measure_title(c, f, meta->title.n ? meta->title : INC_STR("Untitled"), &t);
    if (t.n == 0)
        return;
    f.pixels = fit_title(&t);
    int last = draw_lines(c, f, &t, TITLE_TOP + (int)f.pixels, (int)(f.pixels * 11 / 10)), below = draw_below_title(c, last, (int)f.pixels);
    if (meta->subtitle.n) {
        face small = face_of(c, "subtitle", 64);
        fit_block(c, &small, meta->subtitle, 4, &t);
        draw_lines(c, small, &t, below + 130, (int)small.pixels * 4 / 3);
    }
}

/* All in one paragraph when there are too many for lines of their own. No name is parted that is not very long. */
static inc_str names_of(canvas *c, const inc_meta *meta)
{
    inc_buf out = inc_buf_in(c->arena);
    for (uint32_t i = 0; i < meta->author_count; i++) {
        inc_str rest = inc_str_trim(meta->authors[i]);
        const char *blank = rest.n <= 40 ? "\xC2\xA0" : " ";
        inc_buf_puts(&out, i ? ", " : "");
        inc_buf_add(&out, inc_str_cut(&rest, ' '));
        while (rest.n) {
            inc_buf_puts(&out, blank);
            inc_buf_add(&out, inc_str_cut(&rest, ' '));
        }
    }
    return inc_buf_str(&out);
}

/* Draws text whose last line stands on the baseline; returns the baseline above it. */
static int draw_upwards(canvas *c, face f, inc_str text, int baseline, size_t lines_max)
{
    title t;
    fit_block(c, &f, text, lines_max, &t);
    int leading = (int)f.pixels * 4 / 3;
    if (!t.lines)
        return baseline;
    draw_lines(c, f, &t, baseline - leading * (int)(t.lines - 1), leading);
    return baseline - leading * (int)t.lines;
}

/* From the foot upwards: the publisher, then the authors, the last one lowest. */
static void draw_foot(canvas *c, const inc_meta *meta)
{
    int foot = HEIGHT - (c->centred ? 3 * FRAME : 150), baseline = foot - 40;
    if (meta->publisher.n)
        baseline = draw_upwards(c, face_of(c, "publisher", 42), meta->publisher, foot, 2) - 74;
    if (meta->author_count > AUTHORS_MOST)
        draw_upwards(c, face_of(c, "author", 50), names_of(c, meta), baseline, 9);
    else
        for (uint32_t i = meta->author_count; i-- > 0;)
            baseline = draw_upwards(c, face_of(c, "author", 62), meta->authors[i], baseline, 2);
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

static inc_str draw_cover(inc_epub_book *book)
{
    void **slot = inc_defer(book->arena, free_arena);
    canvas c = {.book = book, .arena = *slot = inc_arena_new()};
    c.shaper = inc_shaper_new(c.arena, book->input->fonts);
    c.styler = inc_styler_new(c.arena, book->input->sheet, NULL);
    c.samples = inc_alloc_array(c.arena, HEIGHT, WIDTH * 3 + 1); /* room for inc_png_write */
    fill(&c, 0, 0, WIDTH, HEIGHT, ground);
    read_theme(&c);
    draw_edge(&c);
    draw_title(&c, &book->document->meta);
    draw_foot(&c, &book->document->meta);
    inc_buf png = inc_buf_in(book->arena);
    inc_png_write(c.arena, c.samples, WIDTH, HEIGHT, 3, 1 << 0, INC_STR(""), &png); /* letters pack best without a filter */
    *slot = NULL;
    inc_arena_free(c.arena);
    return inc_buf_str(&png);
}

static inc_str alternative(inc_epub_book *book)
{
    const inc_meta *meta = &book->document->meta;
    inc_buf out = inc_buf_in(book->arena);
    inc_buf_printf(&out, "Cover: %.*s", INC_STR_ARG(meta->title.n ? meta->title : INC_STR("Untitled")));
    for (uint32_t i = 0; i < meta->author_count; i++)
        inc_buf_printf(&out, "%s%.*s",
                       i == 0                        ? ", by "
                       : i + 1 == meta->author_count ? " and "
                                                     : ", ",
                       INC_STR_ARG(meta->authors[i]));
    return inc_buf_str(&out);
}

/* Amazon's and Kobo's guides ask for 1600 x 2560 pixels, Apple's Asset Guide for 1400 on the shorter side. */
static void check_size(inc_epub_book *book, const inc_image *image, inc_str file)
{
    uint32_t shorter = INC_MIN(image->width, image->height), longer = INC_MAX(image->width, image->height);
    if (image->kind != INC_IMAGE_SVG && (shorter < 1400 || longer < 2000))
        inc_report(book->diags, INC_DIAG_COVER_TOO_SMALL, INC_NO_SPAN, "cover '%.*s' has %u x %u pixels; shops ask for 1600 x 2560", INC_STR_ARG(file),
                   image->width, image->height);
}

void inc_epub_cover(inc_epub_book *book)
{
    inc_str file = book->document->meta.cover;
    const inc_epub_picture *picture = file.n ? inc_epub_picture_of(book, file, file, INC_NO_SPAN) : NULL;
    book->cover_alt = alternative(book);
    if (picture) {
        check_size(book, picture->image, file);
        book->cover_href = picture->href;
        return;
    }
    book->cover_png = draw_cover(book);
    book->cover_href = INC_STR("images/cover.png");
    for (unsigned n = 2; inc_map_has(&book->picture_hrefs, book->cover_href); n++)
        book->cover_href = inc_strf(book->arena, "images/cover-%u.png", n);
    inc_map_put(&book->picture_hrefs, book->cover_href, book);
}

inc_str inc_epub_cover_page(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    inc_epub_page_begin(book, &out, NULL, inc_str_of(inc_epub_words_of(book->document->meta.language)->cover), "frontmatter");
    inc_buf_puts(&out, "<section class=\"cover\" epub:type=\"cover\">\n<img role=\"doc-cover\"");
    inc_xml_attribute(&out, "src", book->cover_href);
    inc_xml_attribute(&out, "alt", book->cover_alt);
    inc_buf_puts(&out, "/>\n</section>\n");
    inc_epub_page_end(&out);
    return inc_buf_str(&out);
}
