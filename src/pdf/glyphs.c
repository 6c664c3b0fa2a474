/* glyphs.c - gathering the glyphs of a file and their readings. */
#include "pdf/glyphs.h"

#include "base/utf8.h"

enum { READING_MAX = 32, /* bytes of UTF-8 for one glyph, and */
       READING_CHARACTERS = 8 /* more than these no reader takes (MuPDF ignores them); longer clusters are left to ActualText */ };

#define WORD_JOINER INC_STR("\xE2\x81\xA0") /* reads as nothing */
#define SOFT_HYPHEN INC_STR("\xC2\xAD")

bool inc_pdf_mark_shows(const inc_mark *mark, inc_medium medium)
{
    switch (mark->kind) {
    case INC_MARK_TEXT: /* on the screen text is never lost, whatever its colour */
        return mark->as.text.run && mark->as.text.count && ((medium == INC_SCREEN && !mark->as.text.shapes) || mark->color[medium].a);
    case INC_MARK_RULE:
        return mark->color[medium].a && mark->width > 0 && mark->height > 0;
    case INC_MARK_IMAGE:
        return mark->as.image && mark->width > 0 && mark->height > 0;
    case INC_MARK_LINK:
        return medium == INC_SCREEN;
    }
    return false;
}

/* ---- clusters ---- */

static bool is_space(uint32_t cp)
{
    return cp <= 0x20 || cp == 0x7F || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

/* The default-ignorables that may stand in a book's text. */
static bool is_ignorable(uint32_t cp)
{
    return cp == 0xAD || cp == 0x34F || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
           cp == 0xFEFF || (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0000 && cp <= 0xE0FFF);
}

static bool is_plain(inc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] >= 0x7F)
            return false;
    return true;
}

static inc_str rewrite(inc_str s, inc_arena *arena, bool *ignorable)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = inc_utf8_decode(s, at, &at);
        if (cp <= 0x20 || cp == 0x7F || cp == 0x2028 || cp == 0x2029)
            inc_buf_byte(&out, ' ');
        else if (!is_ignorable(cp))
            inc_buf_code_point(&out, cp);
    }
    *ignorable = out.n == 0;
    return inc_buf_str(&out);
}

bool inc_pdf_cluster_next(const inc_text_mark *mark, uint32_t *at, inc_arena *arena, inc_pdf_cluster *cluster)
{
    if (*at >= mark->count)
        return false;
    const inc_glyph *glyphs = mark->run->glyphs + mark->first;
    uint32_t i = *at, from = glyphs[i].cluster;
    while (i < mark->count && glyphs[i].cluster == from)
        i++;
    *cluster = (inc_pdf_cluster){.first = mark->first + *at, .count = i - *at};
    *at = i;
    if (mark->hyphen) {
        cluster->text = SOFT_HYPHEN;
        return true;
    }
    size_t start = from >= mark->text_start ? from - mark->text_start : 0;
    size_t end = i < mark->count && glyphs[i].cluster >= from ? (size_t)glyphs[i].cluster - mark->text_start : mark->text.n;
    start = INC_MIN(start, mark->text.n);
    end = INC_MAX(start, INC_MIN(end, mark->text.n));
    inc_str raw = inc_str_slice(mark->text, start, end);
    cluster->text = is_plain(raw) ? raw : rewrite(raw, arena, &cluster->ignorable);
    return true;
}

/* ---- readings ---- */

static uint32_t only_code_point(inc_str s)
{
    size_t next = 0;
    uint32_t cp = s.n ? inc_utf8_decode(s, 0, &next) : 0;
    return next == s.n ? cp : 0;
}

/* Differences that no reader of the text minds: kinds of spaces, and of hyphens that are typed. */
static bool same_reading(inc_str a, inc_str b)
{
    if (inc_str_eq(a, b))
        return true;
    uint32_t x = only_code_point(a), y = only_code_point(b);
    if (!x || !y)
        return false;
    if (is_space(x) && is_space(y))
        return true;
    bool hyphen_x = x == '-' || x == 0x2010 || x == 0x2011, hyphen_y = y == '-' || y == 0x2010 || y == 0x2011;
    return hyphen_x && hyphen_y;
}

static bool has_private_use(inc_str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = inc_utf8_decode(text, at, &at);
        if ((cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000)
            return true;
    }
    return false;
}

static const inc_pdf_alias *find_alias(const inc_pdf_font *font, uint16_t gid, inc_str text)
{
    char key[2 + READING_MAX] = {(char)(gid >> 8), (char)gid};
    if (text.n > READING_MAX || !font->aliases.n)
        return NULL;
    memcpy(key + 2, text.p, text.n);
    return inc_map_find(&font->alias_map, (inc_str){key, text.n + 2});
}

static void add_alias(inc_pdf_fonts *fonts, inc_pdf_font *font, uint16_t gid, inc_str text)
{
    if (find_alias(font, gid, text) || font->aliases.n + inc_font_glyph_count(font->font) >= 65535)
        return;
    char *key = inc_alloc(fonts->arena, text.n + 2);
    key[0] = (char)(gid >> 8);
    key[1] = (char)gid;
    memcpy(key + 2, text.p, text.n);
    inc_pdf_alias *alias = INC_NEW(fonts->arena, inc_pdf_alias);
    *alias = (inc_pdf_alias){.gid = gid, .reading = {key + 2, text.n}, .number = (uint32_t)font->aliases.n};
    INC_PUSH(fonts->arena, &font->aliases, alias);
    fonts->private_use |= has_private_use(text);
    inc_map_put(&font->alias_map, (inc_str){key, text.n + 2}, alias);
}

/* The code of a glyph that reads as `text`; false when there is none. */
static bool code_reading(const inc_pdf_font *font, uint16_t gid, inc_str text, uint16_t *code)
{
    *code = inc_pdf_plain_code(font, gid);
    if (same_reading(font->reading[gid], text))
        return true;
    const inc_pdf_alias *alias = find_alias(font, gid, text);
    if (alias)
        *code = (uint16_t)(font->subset.glyph_count + alias->number);
    return alias != NULL;
}

bool inc_pdf_cluster_codes(const inc_pdf_font *font, const inc_text_mark *mark, const inc_pdf_cluster *cluster, uint16_t codes[INC_PDF_CODES])
{
    const inc_glyph *glyphs = mark->run->glyphs + cluster->first;
    uint32_t n = INC_MIN(cluster->count, (uint32_t)INC_PDF_CODES);
    for (uint32_t i = 0; i < n; i++)
        codes[i] = inc_pdf_plain_code(font, glyphs[i].gid);
    if (cluster->text.n == 0)
        return true; /* unknown: nothing to correct */
    if (cluster->count == 1)
        return code_reading(font, glyphs[0].gid, cluster->text, &codes[0]);
    if (cluster->count > n)
        return false;
    bool good = true;
    if (inc_utf8_count(cluster->text) == n) {
        for (size_t i = 0, at = 0, from = 0; i < n; i++, from = at) {
            inc_utf8_decode(cluster->text, from, &at);
            good &= code_reading(font, glyphs[i].gid, inc_str_slice(cluster->text, from, at), &codes[i]);
        }
        return good;
    }
    good = code_reading(font, glyphs[0].gid, cluster->text, &codes[0]);
    for (uint32_t i = 1; i < n; i++)
        good &= inc_str_eq(font->reading[glyphs[i].gid], WORD_JOINER);
    return good;
}

/* The first reading stays. Without aliases a later one takes over if it is what the font's character map says. */
static void learn(inc_pdf_fonts *fonts, inc_pdf_font *font, uint16_t gid, inc_str text)
{
    inc_str *reading = &font->reading[gid];
    if (text.n == 0 || text.n > READING_MAX || inc_utf8_count(text) > READING_CHARACTERS || (reading->p && same_reading(*reading, text)))
        return;
    if (reading->p && !inc_font_is_cff(font->font)) {
        add_alias(fonts, font, gid, text);
        return;
    }
    if (reading->p) {
        uint32_t cp = only_code_point(text), old = only_code_point(*reading);
        if (!cp || (old && inc_font_glyph(font->font, old) == gid) || inc_font_glyph(font->font, cp) != gid)
            return;
    }
    *reading = inc_str_dup(fonts->arena, text);
    fonts->private_use |= has_private_use(text);
}

static void learn_cluster(inc_pdf_fonts *fonts, inc_pdf_font *font, const inc_text_mark *mark, const inc_pdf_cluster *cluster)
{
    const inc_glyph *glyphs = mark->run->glyphs + cluster->first;
    if (cluster->count == 1 || inc_utf8_count(cluster->text) != cluster->count) {
        learn(fonts, font, glyphs[0].gid, cluster->text); /* the others get theirs from the character map in the end */
        return;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        size_t from = at;
        inc_utf8_decode(cluster->text, from, &at);
        learn(fonts, font, glyphs[i].gid, inc_str_slice(cluster->text, from, at));
    }
}

/* An added hyphen reads as U+00AD. Where the font draws it with the glyph of "-" and has no aliases, that one keeps its own reading. */
static void learn_hyphen(inc_pdf_fonts *fonts, inc_pdf_font *font, uint16_t gid)
{
    bool typed = gid == inc_font_glyph(font->font, '-') || gid == inc_font_glyph(font->font, 0x2010);
    learn(fonts, font, gid, typed && inc_font_is_cff(font->font) ? INC_STR("-") : SOFT_HYPHEN);
}

static void gather_mark(inc_pdf_fonts *fonts, inc_pdf_font *font, const inc_text_mark *mark, inc_arena *scratch)
{
    inc_arena_mark start = inc_arena_mark_get(scratch);
    inc_pdf_cluster cluster;
    for (uint32_t at = 0; at < mark->count;) {
        if (inc_pdf_is_common(font, mark, at)) { /* met before */
            at++;
            continue;
        }
        inc_pdf_cluster_next(mark, &at, scratch, &cluster);
        if (cluster.ignorable)
            continue;
        for (uint32_t i = 0; i < cluster.count; i++) {
            uint16_t gid = mark->run->glyphs[cluster.first + i].gid;
            inc_glyph_set_add(&font->set, gid);
            fonts->notdef |= gid == 0;
        }
        if (mark->hyphen)
            learn_hyphen(fonts, font, mark->run->glyphs[cluster.first].gid);
        else
            learn_cluster(fonts, font, mark, &cluster);
    }
    inc_arena_reset(scratch, start);
}

static inc_pdf_font *enter(inc_pdf_fonts *fonts, const inc_font *font)
{
    uint32_t index = inc_font_index(font);
    while (fonts->by_index.n <= index)
        INC_PUSH(fonts->arena, &fonts->by_index, NULL);
    if (!fonts->by_index.v[index]) {
        inc_pdf_font *f = INC_NEW(fonts->arena, inc_pdf_font);
        f->font = font;
        f->number = (uint32_t)fonts->list.n;
        f->alias_map = inc_map_in(fonts->arena);
        f->set = inc_glyph_set_new(fonts->arena, font);
        f->reading = INC_NEW_N(fonts->arena, inc_str, inc_font_glyph_count(font));
        fonts->by_index.v[index] = f;
        INC_PUSH(fonts->arena, &fonts->list, f);
    }
    return fonts->by_index.v[index];
}

inc_pdf_font *inc_pdf_fonts_find(const inc_pdf_fonts *fonts, const inc_font *font)
{
    uint32_t index = inc_font_index(font);
    return index < fonts->by_index.n ? fonts->by_index.v[index] : NULL;
}

/* Glyphs that came without a reading take one from the font's character map; what is not there reads as nothing. */
static void complete(inc_pdf_fonts *fonts, inc_pdf_font *font)
{
    uint32_t glyphs = inc_font_glyph_count(font->font), missing = 0;
    for (uint32_t gid = 1; gid < glyphs; gid++)
        missing += inc_glyph_set_has(&font->set, (uint16_t)gid) && !font->reading[gid].p;
    for (uint32_t cp = 0x21; missing && cp < 0x20000; cp++) {
        uint16_t gid = (cp >= 0xD800 && cp < 0xE000) ? 0 : inc_font_glyph(font->font, cp);
        if (!gid || gid >= glyphs || !inc_glyph_set_has(&font->set, gid) || font->reading[gid].p)
            continue;
        char bytes[4];
        font->reading[gid] = inc_str_dup(fonts->arena, (inc_str){bytes, inc_utf8_encode(cp, bytes)});
        missing--;
    }
    for (uint32_t gid = 0; gid < glyphs; gid++)
        if (inc_glyph_set_has(&font->set, (uint16_t)gid) && !font->reading[gid].p)
            font->reading[gid] = gid ? WORD_JOINER : INC_STR("\xEF\xBF\xBD");
}

static void free_arena(void *handle)
{
    inc_arena_free(handle);
}

static void gather_graphic(inc_pdf_fonts *fonts, const inc_graphic *graphic, inc_arena *scratch)
{
    for (size_t i = 0; i < graphic->op_count; i++) {
        const inc_op *op = &graphic->ops[i];
        if (op->kind != INC_OP_TEXT || !op->as.text.run || !op->as.text.run->count)
            continue;
        inc_text_mark text = inc_pdf_text_of(op);
        gather_mark(fonts, enter(fonts, text.run->font), &text, scratch);
    }
}

void inc_pdf_fonts_gather(inc_pdf_fonts *fonts, const inc_pages *pages, const inc_mark *slugs, const inc_graphic *const *graphics, size_t graphic_count)
{
    void **slot = inc_defer(fonts->arena, free_arena);
    inc_arena *scratch = *slot = inc_arena_new();
    const inc_font *last = NULL;
    inc_pdf_font *font = NULL;
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if (mark->kind != INC_MARK_TEXT || mark->as.text.shapes || !inc_pdf_mark_shows(mark, fonts->medium))
                continue;
            if (mark->as.text.run->font != last) {
                last = mark->as.text.run->font;
                font = enter(fonts, last);
            }
            gather_mark(fonts, font, &mark->as.text, scratch);
        }
    for (size_t p = 0; slugs && p < pages->page_count; p++)
        gather_mark(fonts, enter(fonts, slugs[p].as.text.run->font), &slugs[p].as.text, scratch);
    for (size_t i = 0; i < graphic_count; i++)
        gather_graphic(fonts, graphics[i], scratch);
    for (size_t i = 0; i < fonts->list.n; i++)
        complete(fonts, fonts->list.v[i]);
}
