/*
 * shape.c - text to glyph runs through HarfBuzz, cached by request and text.
 *
 * HarfBuzz works in font units; each advance is then turned into 1/65536 pt exactly, glyph by glyph, so that the width
 * of a text is the sum of its glyphs whatever it is cut into. A fallback face is scaled to the x-height of the face it
 * stands in; pictures (emoji) are scaled to a little more than its capitals.
 */
#include "font/internal.h"

#include <hb-ot.h>

#include "base/guard.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { FEATURES_MAX = 32, TEXT_MAX = 1 << 20, PROBES_MOST = 1024 };

typedef struct request { /* an inc_shape_request, copied and interned */
    inc_shape_request given;
    hb_language_t language;
    hb_feature_t features[FEATURES_MAX];
    unsigned feature_count;
} request;

typedef struct entry {
    const request *request;
    inc_str text;
    uint64_t hash;
    inc_shaped *shaped;
} entry;

struct inc_shaper {
    inc_arena *arena;
    hb_buffer_t *buffer;
    INC_VEC(hb_font_t *) fonts; /* by inc_font_index: a font of one's own keeps HarfBuzz's caches on this thread */
    INC_VEC(request *) requests;
    const request *last;
    inc_font_items items;
    INC_VEC(inc_glyph_run) runs; /* of the text being shaped */
    entry *entries;              /* open addressing, a power of two */
    size_t entry_count, entry_cap;
};

static void free_buffer(void *p)
{
    hb_buffer_destroy(p);
}
static void free_font(void *p)
{
    hb_font_destroy(p);
}

inc_shaper *inc_shaper_new(inc_arena *arena, inc_fonts *fonts)
{
    (void)fonts; /* chains name their catalogue */
    inc_shaper *shaper = INC_NEW(arena, inc_shaper);
    shaper->arena = arena;
    void **slot = inc_defer(arena, free_buffer);
    shaper->buffer = *slot = hb_buffer_create();
    if (!hb_buffer_allocation_successful(shaper->buffer))
        inc_out_of_memory();
    shaper->entry_cap = 1024;
    shaper->entries = INC_NEW_N(arena, entry, shaper->entry_cap);
    return shaper;
}

static hb_font_t *font_of(inc_shaper *shaper, const inc_font *font)
{
    while (shaper->fonts.n <= font->index)
        INC_PUSH(shaper->arena, &shaper->fonts, NULL);
    hb_font_t **mine = &shaper->fonts.v[font->index];
    if (!*mine) {
        void **slot = inc_defer(shaper->arena, free_font);
        *slot = hb_font_create(font->face);
        hb_ot_font_set_funcs(*slot);
        hb_font_set_scale(*slot, font->metrics.upem, font->metrics.upem);
        *mine = *slot;
    }
    return *mine;
}

/* ---- requests ---- */

static bool same_request(const inc_shape_request *a, const inc_shape_request *b)
{
    if (a->chain != b->chain || a->size != b->size || a->letter_spacing != b->letter_spacing || a->word_spacing != b->word_spacing ||
        a->monospace_grid != b->monospace_grid || a->feature_count != b->feature_count ||
        !inc_str_eq(a->language, b->language))
        return false;
    for (uint32_t i = 0; i < a->feature_count; i++)
        if (memcmp(a->features[i].tag, b->features[i].tag, 4) != 0 || a->features[i].value != b->features[i].value)
            return false;
    return true;
}

static void add_feature(request *r, const char tag[4], uint32_t value)
{
    if (r->feature_count < FEATURES_MAX)
        r->features[r->feature_count++] =
            (hb_feature_t){hb_tag_from_string(tag, 4), value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

static const request *intern_request(inc_shaper *shaper, const inc_shape_request *given)
{
    if (shaper->last && same_request(&shaper->last->given, given))
        return shaper->last;
    for (size_t i = 0; i < shaper->requests.n; i++)
        if (same_request(&shaper->requests.v[i]->given, given))
            return shaper->last = shaper->requests.v[i];
    request *r = INC_NEW(shaper->arena, request);
    r->given = *given;
    r->given.language = inc_str_dup(shaper->arena, given->language);
    inc_shape_feature *features = INC_NEW_N(shaper->arena, inc_shape_feature, given->feature_count);
    for (uint32_t i = 0; i < given->feature_count; i++)
        features[i] = given->features[i];
    r->given.features = features;
    r->language = hb_language_from_string(given->language.n ? given->language.p : "und",
                                          given->language.n ? (int)given->language.n : 3);
    for (uint32_t i = 0; i < given->feature_count && i < FEATURES_MAX - 2; i++)
        add_feature(r, given->features[i].tag, given->features[i].value);
    if (given->letter_spacing) { /* CSS Text 3, 8.2: no optional ligatures in spaced text */
        add_feature(r, "liga", 0);
        add_feature(r, "clig", 0);
    }
    INC_PUSH(shaper->arena, &shaper->requests, r);
    return shaper->last = r;
}

/* ---- sizes ---- */

static inc_len clamp_size(inc_len size)
{
    return INC_MAX((inc_len)1, INC_MIN(size, 20000 * INC_PT));
}

/* units * size / upem, rounded to nearest, ties away from zero; the product fits while size is below 20000 pt. */
static inc_len to_length(int64_t units, inc_len size, int32_t upem)
{
    int64_t product = units * size, half = upem / 2;
    return (product >= 0 ? product + half : product - half) / upem;
}

/* The size that makes a fallback face match the first one. */
static inc_len fallback_size(const inc_font *first, const inc_font *font, inc_len size)
{
    int64_t target = (int64_t)first->metrics.x_height, own = font->metrics.x_height;
    if (font->pictorial_height > 0) {
        target = (int64_t)first->metrics.cap_height * 13 / 10;
        own = font->pictorial_height;
    }
    if (target <= 0 || own <= 0)
        return size;
    inc_len scaled = inc_len_scale(size, target * font->metrics.upem, own * first->metrics.upem);
    return clamp_size(INC_MAX(size / 2, INC_MIN(scaled, size * 2)));
}

/* ---- one item ---- */

static void fill_buffer(hb_buffer_t *buffer, inc_str text, const inc_font_item *item)
{
    inc_str s = inc_str_slice(text, 0, item->start + item->length);
    for (size_t at = item->start, next; at < s.n; at = next) {
        uint32_t cp = inc_utf8_decode(s, at, &next);
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            cp = 0x200B; /* controls are nothing to draw: HarfBuzz drops this like any default-ignorable */
        hb_buffer_add(buffer, cp, (unsigned)at);
    }
}

static void shape_item(inc_shaper *shaper, const request *r, inc_str text, const inc_font_item *item)
{
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    unsigned flags = HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES;
    flags |= item->start == 0 ? HB_BUFFER_FLAG_BOT : 0;
    flags |= item->start + item->length == text.n ? HB_BUFFER_FLAG_EOT : 0;
    hb_buffer_set_flags(buffer, (hb_buffer_flags_t)flags);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    fill_buffer(buffer, text, item);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, item->script);
    hb_buffer_set_language(buffer, r->language);
    static const char *const ot[] = {"ot", NULL};
    bool done = hb_shape_full(font_of(shaper, item->font), buffer, r->features, r->feature_count, ot);
    if (!done || !hb_buffer_allocation_successful(buffer))
        inc_out_of_memory();
}

static int16_t clamp16(int64_t v)
{
    return (int16_t)INC_MAX((int64_t)INT16_MIN, INC_MIN(v, (int64_t)INT16_MAX));
}

static int32_t clamp32(int64_t v)
{
    return (int32_t)INC_MAX((int64_t)INT32_MIN, INC_MIN(v, (int64_t)INT32_MAX));
}

static uint32_t code_point_at(inc_str text, size_t at)
{
    size_t next;
    return inc_utf8_decode(text, at, &next);
}

/* True when letter space goes behind glyph i: it ends a grapheme. */
static bool ends_grapheme(inc_str text, const hb_glyph_info_t *info, unsigned i, unsigned n)
{
    if (i + 1 == n)
        return true;
    if (info[i + 1].cluster == info[i].cluster)
        return false;
    return !inc_font_extends(code_point_at(text, info[i].cluster), code_point_at(text, info[i + 1].cluster));
}

static void note_missing(inc_shaped *shaped, const inc_font *font, inc_str text, size_t at, size_t end)
{
    uint32_t cp = code_point_at(text, at);
    for (size_t i = at; i < end;) { /* the first of the cluster that really has no glyph */
        uint32_t here = inc_utf8_decode(text, i, &i);
        if (!inc_font_glyph(font, here)) {
            cp = here;
            break;
        }
    }
    if (!shaped->missing++)
        shaped->first_missing = cp;
}

/* CSS Text 3, 8.1: what parts words, and takes part in word-spacing. */
static bool is_word_space(inc_str text, uint32_t at)
{
    return text.p[at] == ' ' || (at + 1 < text.n && text.p[at] == '\xC2' && text.p[at + 1] == '\xA0');
}

/* Turns the buffer's glyphs into those of a run. */
static inc_glyph_run read_run(inc_shaper *shaper, const request *r, inc_str text, const inc_font_item *item,
                              inc_len size, inc_shaped *shaped)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(shaper->buffer, &n);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(shaper->buffer, NULL);
    inc_glyph_run run = {.font = item->font, .size = size, .count = n, .start = item->start, .length = item->length};
    run.glyphs = INC_NEW_N(shaper->arena, inc_glyph, n);
    size_t item_end = item->start + item->length;
    for (unsigned i = 0; i < n; i++) {
        inc_glyph *g = &run.glyphs[i];
        g->gid = (uint16_t)info[i].codepoint;
        g->cluster = info[i].cluster;
        if (hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK)
            g->flags |= INC_GLYPH_UNSAFE_TO_BREAK;
        if (g->gid == 0) {
            g->flags |= INC_GLYPH_MISSING;
            note_missing(shaped, item->font, text, g->cluster,
                         i + 1 < n && info[i + 1].cluster > g->cluster ? info[i + 1].cluster : item_end);
        }
        inc_len advance = to_length(position[i].x_advance, size, item->font->metrics.upem);
        if (r->given.letter_spacing && ends_grapheme(text, info, i, n))
            advance += r->given.letter_spacing;
        if (r->given.word_spacing && is_word_space(text, g->cluster))
            advance = INC_MAX(advance + r->given.word_spacing, 0);
        g->advance = clamp32(advance);
        g->x_offset = clamp16(position[i].x_offset);
        g->y_offset = clamp16(position[i].y_offset);
        run.advance += g->advance;
    }
    return run;
}

/* ---- the grid of code ---- */

/* Ink of a run, from its origin, in font units; false when there is none. */
static bool run_ink(const inc_glyph_run *run, const hb_glyph_position_t *position, int64_t *left, int64_t *right)
{
    int64_t pen = 0;
    bool any = false;
    for (uint32_t i = 0; i < run->count; i++) {
        inc_box ink = inc_font_ink(run->font, run->glyphs[i].gid);
        if (ink.x1 > ink.x0) {
            int64_t x0 = pen + position[i].x_offset + ink.x0, x1 = pen + position[i].x_offset + ink.x1;
            *left = any ? INC_MIN(*left, x0) : x0;
            *right = any ? INC_MAX(*right, x1) : x1;
            any = true;
        }
        pen += position[i].x_advance;
    }
    return any;
}

/* Puts the glyphs of a fallback cluster into one or two cells: made smaller when their ink is wider, centred, and the
 * advance is exactly that of the cells. */
static void fit_cells(inc_shaper *shaper, inc_glyph_run *run, inc_len cells, inc_len letter_spacing)
{
    if (!run->count || cells <= 0)
        return;
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(shaper->buffer, NULL);
    int32_t upem = run->font->metrics.upem;
    int64_t left = 0, right = 0;
    int64_t shift = 0;
    if (run_ink(run, position, &left, &right)) {
        inc_len width = to_length(right - left, run->size, upem);
        if (width > cells)
            run->size = clamp_size(inc_len_scale(run->size, cells, width));
        int64_t cell_units = inc_len_scale(cells, upem, run->size);
        shift = (cell_units - (right - left)) / 2 - left;
    }
    run->advance = 0;
    for (uint32_t i = 0; i < run->count; i++) {
        inc_glyph *g = &run->glyphs[i];
        g->advance = clamp32(to_length(position[i].x_advance, run->size, upem));
        g->x_offset = clamp16(position[i].x_offset + shift);
        run->advance += g->advance;
    }
    inc_glyph *last = &run->glyphs[run->count - 1];
    last->advance = clamp32(last->advance + cells + letter_spacing - run->advance);
    run->advance = cells + letter_spacing;
}

static inc_len cell_width(const inc_font *first, inc_len size)
{
    uint16_t gid = inc_font_glyph(first, '0');
    return to_length(inc_font_advance(first, gid), size, first->metrics.upem);
}

/* ---- a text ---- */

static void shape_text(inc_shaper *shaper, const request *r, inc_str text, inc_shaped *shaped)
{
    const inc_font *first = inc_chain_first(r->given.chain);
    inc_len size = clamp_size(r->given.size);
    inc_font_itemize(r->given.chain, text, r->given.monospace_grid, shaper->arena, &shaper->items);
    shaper->runs.n = 0;
    for (size_t i = 0; i < shaper->items.n; i++) {
        const inc_font_item *item = &shaper->items.v[i];
        shape_item(shaper, r, text, item);
        inc_len scaled = item->font == first ? size : fallback_size(first, item->font, size);
        inc_glyph_run run = read_run(shaper, r, text, item, scaled, shaped);
        if (item->font != first && r->given.monospace_grid)
            fit_cells(shaper, &run, cell_width(first, size) * item->columns, r->given.letter_spacing);
        shaped->advance += run.advance;
        INC_PUSH(shaper->arena, &shaper->runs, run);
    }
    inc_glyph_run *runs = INC_NEW_N(shaper->arena, inc_glyph_run, shaper->runs.n);
    for (size_t i = 0; i < shaper->runs.n; i++)
        runs[i] = shaper->runs.v[i];
    shaped->runs = runs;
    shaped->run_count = (uint32_t)shaper->runs.n;
}

static inc_shaped *shape_anew(inc_shaper *shaper, const request *r, inc_str text)
{
    inc_shaped *shaped = INC_NEW(shaper->arena, inc_shaped);
    if (inc_chain_first(r->given.chain))
        shape_text(shaper, r, text, shaped);
    else if (text.n) {
        shaped->missing = (uint32_t)inc_utf8_count(text);
        shaped->first_missing = code_point_at(text, 0);
    }
    return shaped;
}

/* ---- the cache ---- */

static uint64_t hash_of(const request *r, inc_str text)
{
    return (inc_hash(text.p, text.n) ^ (uint64_t)(uintptr_t)r) *
           0x9E3779B97F4A7C15u; /* order never shows: lookups only */
}

/* NULL when the walk gets longer than it does by chance: words that are chosen so that they collide are shaped anew each time. */
static entry *find_entry(entry *entries, size_t cap, const request *r, inc_str text, uint64_t hash)
{
    size_t i = (size_t)(hash >> 20) & (cap - 1);
    for (unsigned probes = 0; entries[i].request; i = (i + 1) & (cap - 1)) {
        if (entries[i].hash == hash && entries[i].request == r && inc_str_eq(entries[i].text, text))
            break;
        if (probes++ == PROBES_MOST)
            return NULL;
    }
    return &entries[i];
}

static void grow_cache(inc_shaper *shaper)
{
    size_t cap = shaper->entry_cap * 2;
    entry *entries = INC_NEW_N(shaper->arena, entry, cap);
    for (size_t i = 0; i < shaper->entry_cap; i++) {
        const entry *e = &shaper->entries[i];
        entry *to = e->request ? find_entry(entries, cap, e->request, e->text, e->hash) : NULL;
        if (to)
            *to = *e;
    }
    shaper->entries = entries;
    shaper->entry_cap = cap;
}

const inc_shaped *inc_shape(inc_shaper *shaper, const inc_shape_request *given, inc_str text)
{
    text.n = INC_MIN(text.n, (size_t)TEXT_MAX);
    const request *r = intern_request(shaper, given);
    uint64_t hash = hash_of(r, text);
    entry *e = find_entry(shaper->entries, shaper->entry_cap, r, text, hash);
    if (e && e->request)
        return e->shaped;
    text = inc_str_dup(shaper->arena, text);
    inc_shaped *shaped = shape_anew(shaper, r, text);
    if (!e)
        return shaped;
    if ((shaper->entry_count + 1) * 4 > shaper->entry_cap * 3) {
        grow_cache(shaper);
        e = find_entry(shaper->entries, shaper->entry_cap, r, text, hash);
        if (!e)
            return shaped;
    }
    *e = (entry){r, text, hash, shaped};
    shaper->entry_count++;
    return shaped;
}
