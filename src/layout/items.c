/* items.c - atoms become boxes, glue and penalties: shaped words, spaces, hyphens. */
#include "base/utf8.h"
#include "layout/paragraph.h"

enum { PENALTY_HYPHEN = 60, PENALTY_HYPHEN_NAME = 150, PENALTY_HYPHEN_LAST = 600 /* the last word of a paragraph */ };
enum { PENALTY_EXPLICIT_HYPHEN = 40, PENALTY_CODE = 120, PENALTY_POOR = INC_PENALTY_POOR, PENALTY_LAST = 1500, PENALTY_ANYWHERE = 3000 };
enum { LONG_NAME = 16 /* bytes */ };
enum { SEGMENT_MAX = 256 }; /* bytes shaped as one word: no word is longer, but a megabyte without a space may be */
enum { GLUE_STRETCH = 45, GLUE_SHRINK = 20 }; /* percent of the space: 80 to 145 % */

/* How far a character may hang into the margin, in percent of its width (look of the default theme: optical alignment). */
static int protrusion(uint32_t cp, bool left)
{
    switch (cp) {
    case '-': case 0xAD: case 0x2010: return left ? 0 : 55;
    case '.': case ',': return left ? 0 : 65;
    case ':': case ';': return left ? 0 : 35;
    case '!': case '?': return left ? 0 : 15;
    case 0x201C: case 0x2018: case 0xBB: return left ? 50 : 45;
    case 0x201D: case 0x2019: case 0xAB: return left ? 45 : 55;
    case 0x2013: return left ? 20 : 25;
    case 0x2014: return left ? 12 : 15;
    case '(': case '[': return left ? 10 : 0;
    case ')': case ']': return left ? 0 : 10;
    case 'A': case 'V': case 'W': case 'Y': case 'T': case 'v': case 'w': case 'y': case '1': case '7': return 4;
    default: return 0;
    }
}

static void push(inc_para *p, inc_lb_item item, inc_lump piece)
{
    INC_PUSH(p->scratch, &p->items, item);
    INC_PUSH(p->scratch, &p->pieces, piece);
}

static void push_penalty(inc_para *p, int32_t penalty)
{
    push(p, (inc_lb_item){.kind = INC_LB_PENALTY, .penalty = penalty}, (inc_lump){0});
}

static void push_glue(inc_para *p, inc_len width, bool rigid, inc_lump piece)
{
    inc_lb_item item = {.kind = INC_LB_GLUE, .width = width};
    if (p->justify && !rigid) {
        item.stretch = inc_len_scale(width, GLUE_STRETCH, 100);
        item.shrink = inc_len_scale(width, GLUE_SHRINK, 100);
    }
    push(p, item, piece);
}

/* A hyphen in the font of the run: its own glyph for U+00AD where it has one, so that text taken from the file can tell it from a typed one. */
static const inc_glyph_run *hyphen_run(inc_para *p, const inc_glyph_run *like)
{
    inc_worker *w = p->flow->worker;
    for (size_t i = 0; i < w->hyphens.n; i++)
        if (w->hyphens.v[i]->font == like->font && w->hyphens.v[i]->size == like->size)
            return w->hyphens.v[i];
    inc_font_metrics m = inc_font_metrics_of(like->font);
    uint16_t gid = inc_font_glyph(like->font, 0xAD);
    if (!gid)
        gid = inc_font_glyph(like->font, '-');
    inc_glyph_run *run = INC_NEW(w->arena, inc_glyph_run);
    *run = (inc_glyph_run){.font = like->font, .size = like->size, .count = 1, .length = 2};
    run->glyphs = INC_NEW(w->arena, inc_glyph);
    run->advance = inc_len_from_units(inc_font_advance(like->font, gid), like->size, m.upem);
    run->glyphs[0] = (inc_glyph){.gid = gid, .advance = (int32_t)run->advance};
    INC_PUSH(w->arena, &w->hyphens, run);
    return run;
}

static void push_hyphen(inc_para *p, const inc_glyph_run *like, uint32_t atom, int32_t penalty)
{
    const inc_glyph_run *run = hyphen_run(p, like);
    inc_lb_item item = {.kind = INC_LB_PENALTY, .flagged = true, .penalty = penalty, .width = run->advance};
    if (p->style->protrude)
        item.right = inc_len_scale(run->advance, protrusion(0xAD, false), 100);
    push(p, item, (inc_lump){.run = run, .count = 1, .atom = atom, .hyphen = true});
}

/* A break behind a hyphen that stands in the text: it counts like an added one, but nothing is drawn. */
static void push_typed_hyphen(inc_para *p)
{
    inc_lb_item item = {.kind = INC_LB_PENALTY, .flagged = true, .penalty = PENALTY_EXPLICIT_HYPHEN, .right = p->items.v[p->items.n - 1].right};
    push(p, item, (inc_lump){0});
}

static inc_len glyphs_width(const inc_glyph_run *run, uint32_t first, uint32_t count)
{
    inc_len width = 0;
    for (uint32_t i = first; i < first + count; i++)
        width += run->glyphs[i].advance;
    return width;
}

static uint32_t last_code_point(inc_str s)
{
    size_t at = s.n - 1;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    size_t next;
    return inc_utf8_decode(s, at, &next);
}

typedef struct segment { /* text between two break opportunities or style changes, shaped */
    uint32_t atom, start, end; /* bytes of the paragraph's text, trailing space taken off */
    const inc_shaped *shaped;
    bool space;              /* the shaped text ends in a space */
} segment;

/* A box for glyphs of a run that stand for text [from, to) of the segment's text; with the trailing space glyph if it is the run's last. */
static void push_box(inc_para *p, const segment *s, const inc_glyph_run *run, uint32_t first, uint32_t end, inc_str word, bool with_space)
{
    inc_lump piece = {.run = run, .first = first, .count = end - first, .atom = s->atom, .start = s->start + run->glyphs[first].cluster};
    inc_lb_item item = {.kind = INC_LB_BOX, .width = glyphs_width(run, first, end - first)};
    if (with_space) {
        piece.space = run->glyphs[end - 1].advance;
        item.width -= piece.space;
    }
    if (p->justify && !p->atoms.v[s->atom].code) {
        item.stretch = (piece.count - with_space) * p->atoms.v[s->atom].style->tracking;
        item.shrink = item.stretch * 2 / 3;
    }
    uint32_t from = run->glyphs[first].cluster;
    uint32_t to = end < run->count ? run->glyphs[end].cluster : run->start + run->length;
    inc_str text = inc_str_slice(word, from, INC_MIN((size_t)to, word.n));
    if (p->style->protrude && text.n) {
        size_t next;
        uint32_t glyph_end = end - (with_space ? 1 : 0);
        item.left = inc_len_scale(run->glyphs[first].advance, protrusion(inc_utf8_decode(text, 0, &next), true), 100);
        inc_str shown = with_space ? inc_str_trim(text) : text;
        if (shown.n && glyph_end > first)
            item.right = inc_len_scale(run->glyphs[glyph_end - 1].advance, protrusion(last_code_point(shown), false), 100);
    }
    push(p, item, piece);
}

/* The first glyph from `from` on at that cluster, or count when none begins exactly there. */
static uint32_t glyph_at(const inc_glyph_run *run, uint32_t from, uint32_t cluster)
{
    for (uint32_t i = from; i < run->count; i++)
        if (run->glyphs[i].cluster >= cluster)
            return run->glyphs[i].cluster == cluster ? i : run->count;
    return run->count;
}

typedef struct cuts { /* offsets in the segment where a break may be put in, ascending */
    uint32_t at[SEGMENT_MAX + 4];
    size_t n;
    bool hyphens, last_word;
} cuts;

static inc_hyphenator *hyphenator_for(inc_flow *flow, inc_str language)
{
    static const char none;
    inc_worker *w = flow->worker;
    void *known = inc_map_find(&w->hyphenators, language);
    if (!known) {
        known = inc_hyphenator_new(w->arena, w->input->hyphenation_folder, language, w->diags);
        inc_map_put(&w->hyphenators, inc_str_dup(w->arena, language), known ? known : (void *)&none);
    }
    return known == &none ? NULL : known;
}

static bool is_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7) || cp == 0x2019;
}

/* Hyphenation points of the words inside the segment. */
static void find_hyphens(inc_para *p, const segment *s, inc_str word, cuts *found)
{
    const inc_atom *atom = &p->atoms.v[s->atom];
    inc_hyphenator *hyphenator = hyphenator_for(p->flow, atom->language);
    if (!hyphenator)
        return;
    found->hyphens = true;
    for (size_t at = 0; at < word.n;) {
        size_t from = at, to = at, next;
        while (to < word.n && is_letter(inc_utf8_decode(word, to, &next)))
            to = next;
        if (to > from && to - from < 200) {
            uint16_t offsets[64];
            size_t n = inc_hyphenate(hyphenator, inc_str_slice(word, from, to), offsets, INC_COUNT(offsets));
            for (size_t i = 0; i < n && found->n < INC_COUNT(found->at); i++)
                found->at[found->n++] = (uint32_t)from + offsets[i];
        }
        at = to;
        if (at < word.n)
            inc_utf8_decode(word, at, &at);
    }
}

/* Every grapheme-safe place, for words that fit on no line. */
static void find_anywhere(const segment *s, inc_str word, cuts *found)
{
    for (uint32_t r = 0; r < s->shaped->run_count; r++)
        for (uint32_t i = 0; i < s->shaped->runs[r].count && found->n < INC_COUNT(found->at); i++) {
            uint32_t cluster = s->shaped->runs[r].glyphs[i].cluster;
            if (cluster > 0 && cluster < word.n && (!found->n || found->at[found->n - 1] < cluster))
                found->at[found->n++] = cluster;
        }
}

static void push_word(inc_para *p, const segment *s, inc_str word, const cuts *points)
{
    size_t cut = 0;
    for (uint32_t r = 0; r < s->shaped->run_count; r++) {
        const inc_glyph_run *run = &s->shaped->runs[r];
        uint32_t first = 0;
        bool last_run = r + 1 == s->shaped->run_count;
        for (; cut < points->n && points->at[cut] < run->start + run->length; cut++) {
            uint32_t at = glyph_at(run, first, points->at[cut]);
            if (at >= run->count || at <= first)
                continue;
            push_box(p, s, run, first, at, word, false);
            bool name = word.p[0] >= 'A' && word.p[0] <= 'Z';
            if (points->hyphens)
                push_hyphen(p, run, s->atom, points->last_word ? PENALTY_HYPHEN_LAST : name ? PENALTY_HYPHEN_NAME : PENALTY_HYPHEN);
            else
                push_penalty(p, PENALTY_ANYWHERE);
            first = at;
        }
        if (first < run->count)
            push_box(p, s, run, first, run->count, word, last_run && s->space);
    }
}

static bool ends_in_soft_hyphen(inc_str word)
{
    return inc_str_ends(word, INC_STR("\xC2\xAD"));
}

/* One segment: the word, then what its end allows. */
static void push_segment(inc_para *p, uint32_t index, uint32_t from, uint32_t to, uint8_t kind, bool hyphenate, inc_len split)
{
    const inc_atom *atom = &p->atoms.v[index];
    inc_str text = inc_str_slice(inc_buf_str(&p->text), from, to);
    inc_shape_request request = inc_shape_request_of(p->flow, atom->style, atom->language);
    segment s = {.atom = index, .start = from, .end = to, .shaped = inc_shape(p->flow->worker->shaper, &request, text)};
    inc_note_missing(p->flow, s.shaped, text, atom->style, atom->node ? atom->node->span : INC_NO_SPAN);
    s.space = text.p[text.n - 1] == ' ';
    if (!s.shaped->run_count)
        return;
    const inc_glyph_run *last = &s.shaped->runs[s.shaped->run_count - 1];
    inc_len space = s.space && last->count ? last->glyphs[last->count - 1].advance : 0;
    if (text.n == 1 && s.space) { /* a space alone: after a change of style */
        if (kind == INC_BREAK_NONE)
            push_penalty(p, INC_PENALTY_NEVER);
        push_glue(p, space, atom->code, (inc_lump){.run = last, .count = last->count, .atom = index, .start = from});
        return;
    }
    cuts points = {.n = 0, .last_word = to + 1 >= p->text.n};
    bool whole = points.last_word && !p->cut_last_word, is_url = p->urls && p->urls[from];
    if (hyphenate && !whole && !atom->code && !is_url && (atom->style->hyphens == INC_HYPHENS_AUTO || p->divide))
        find_hyphens(p, &s, text, &points);
    if (split && s.shaped->advance - space > split)
        points = (cuts){.n = 0}, find_anywhere(&s, text, &points);
    push_word(p, &s, text, &points);
    if (s.space) {
        if (kind == INC_BREAK_NONE)
            push_penalty(p, INC_PENALTY_NEVER);
        push_glue(p, space, atom->code && to < atom->end, (inc_lump){0});
    } else if (kind != INC_BREAK_NONE && ends_in_soft_hyphen(text) && !is_url && !atom->code)
        push_hyphen(p, last, index, PENALTY_HYPHEN);
    else if (kind == INC_BREAK_POOR)
        push_penalty(p, PENALTY_POOR);
    else if (kind == INC_BREAK_LAST)
        push_penalty(p, PENALTY_LAST);
    else if (kind != INC_BREAK_NONE && !atom->code && !is_url && inc_str_ends(text, INC_STR("-")))
        push_typed_hyphen(p);
    else if (kind != INC_BREAK_NONE)
        push_penalty(p, atom->code ? PENALTY_CODE : PENALTY_EXPLICIT_HYPHEN);
    else if (split && to < p->text.n) /* a word in several styles, or longer than a segment */
        push_penalty(p, PENALTY_ANYWHERE);
}

static void push_text(inc_para *p, uint32_t index, bool hyphenate, inc_len split)
{
    const inc_atom *atom = &p->atoms.v[index];
    bool nowrap = atom->style->white_space == INC_WHITE_NOWRAP || atom->style->white_space == INC_WHITE_PRE;
    uint32_t from = INC_MAX(atom->start, p->from), end = INC_MIN(atom->end, p->until);
    for (uint32_t i = from + 1; i <= end; i++) {
        uint8_t kind = nowrap ? (uint8_t)INC_BREAK_NONE : p->kinds[i];
        if (kind == INC_BREAK_LAST && !split)
            kind = INC_BREAK_NONE;
        bool space_end = p->text.p[i - 1] == ' ' && (i == end || p->text.p[i] != ' ');
        bool too_long = i - from >= SEGMENT_MAX && i < end && ((unsigned char)p->text.p[i] & 0xC0) != 0x80;
        if (kind == INC_BREAK_NONE && i < end && !space_end && !too_long)
            continue;
        if (i == p->text.n)
            kind = INC_BREAK_NONE; /* the end of the paragraph breaks by itself */
        push_segment(p, index, from, i, kind, hyphenate, split);
        from = i;
    }
}

/* "Chapter 2", "Listing 6-3": a number stays with the capitalised word that it belongs to. */
static void keep_numbers(inc_para *p, inc_str text)
{
    for (size_t i = 1; i + 1 < text.n; i++) {
        if (text.p[i] != ' ' || text.p[i + 1] < '0' || text.p[i + 1] > '9')
            continue;
        size_t from = i;
        while (from > 0 && ((text.p[from - 1] | 32) >= 'a' && (text.p[from - 1] | 32) <= 'z'))
            from--;
        if (i - from >= 3 && text.p[from] >= 'A' && text.p[from] <= 'Z' && (from == 0 || text.p[from - 1] == ' '))
            p->kinds[i + 1] = INC_BREAK_NONE;
    }
}

/* Words with "://" in them, or that begin with "www.": they have places of their own, and no hyphens. In a table a long name that is not written as
 * code breaks as if it were, or it alone would make a column wide. */
static void find_in_words(inc_para *p, const inc_atom *atom, inc_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t space = inc_str_find_char(inc_str_slice(text, at, text.n), ' '), end = space == INC_NPOS ? text.n : at + space;
        inc_str word = inc_str_slice(text, at, end);
        if (inc_str_starts(word, INC_STR("www.")) || inc_str_find(word, INC_STR("://")) != INC_NPOS) {
            if (!p->urls)
                p->urls = inc_alloc(p->scratch, p->text.n);
            memset(p->urls + atom->start + at, 1, word.n);
            inc_breaks_in_url(word, p->kinds + atom->start + at);
        } else if (p->in_cell && word.n >= LONG_NAME)
            inc_breaks_in_code(word, p->kinds + atom->start + at);
        at = end + 1;
    }
}

void inc_para_find_breaks(inc_para *p)
{
    inc_str text = inc_buf_str(&p->text);
    p->kinds = inc_alloc(p->scratch, text.n + 1);
    p->until = (uint32_t)text.n;
    if (!text.n)
        return;
    inc_breaker_find(p->flow->worker->breaker, text, p->kinds);
    inc_breaks_in_text(text, p->kinds);
    keep_numbers(p, text);
    for (size_t i = 1; i + 2 < text.n; i++) /* no line begins with a dash: UAX #14 would allow it (B2) */
        if (memcmp(text.p + i, "\xE2\x80\x94", 3) == 0 && text.p[i - 1] != ' ')
            p->kinds[i] = INC_BREAK_NONE;
    for (size_t i = 0; i < p->atoms.n; i++) {
        inc_atom *atom = &p->atoms.v[i];
        if (atom->kind != INC_ATOM_TEXT || atom->end - atom->start < 2)
            continue;
        inc_str slice = inc_str_slice(text, atom->start, atom->end);
        if (atom->code)
            inc_breaks_in_code(slice, p->kinds + atom->start);
        else
            find_in_words(p, atom, slice);
    }
}

void inc_para_items(inc_para *p, bool hyphenate, inc_len split)
{
    p->items.n = p->pieces.n = 0;
    for (uint32_t i = 0; i < p->atoms.n; i++) {
        const inc_atom *atom = &p->atoms.v[i];
        if (atom->end < p->from || (atom->end == p->from && p->from > 0) || atom->start > p->until || (atom->start == p->until && p->until < p->text.n))
            continue;
        switch (atom->kind) {
        case INC_ATOM_TEXT:
            if (INC_MIN(atom->end, p->until) > INC_MAX(atom->start, p->from))
                push_text(p, i, hyphenate, split);
            break;
        case INC_ATOM_KERN:
        case INC_ATOM_LEADER:
            push(p, (inc_lb_item){.kind = INC_LB_BOX, .width = atom->width}, (inc_lump){.atom = i});
            break;
        case INC_ATOM_PICTURE:
            push(p, (inc_lb_item){.kind = INC_LB_BOX, .width = atom->width}, (inc_lump){.atom = i, .start = atom->start});
            if (p->kinds[atom->end] != INC_BREAK_NONE && atom->end < p->text.n)
                push_penalty(p, 0);
            break;
        case INC_ATOM_BREAK:
            push(p, (inc_lb_item){.kind = INC_LB_PENALTY, .penalty = INC_PENALTY_FORCED}, (inc_lump){.atom = i});
            break;
        }
    }
    push_penalty(p, INC_PENALTY_FORCED);
}
