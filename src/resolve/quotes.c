/*
 * quotes.c - typographic punctuation: straight quotes, "--", "---" and "..." as mdBook's smart punctuation reads them, written as
 * the language in force wants them.
 *
 * A block's text is one stretch: quotes open and close across emphasis and links; code and formulas count as a letter, so
 * that the apostrophe in `Foo`'s is one. The rules for opening and closing are CommonMark's for delimiter runs (6.2), as
 * pulldown-cmark uses them for quotes. What the author escaped (\", \', \-, &quot;) stays as it is: the source tells.
 */
#include "base/vec.h"
#include "resolve/letters.h"
#include "resolve/passes.h"

typedef struct quote_style {
    const char *language;
    const char *open, *close, *open_inner, *close_inner;
    bool spaced; /* French: a narrow no-break space before ; ! ? and a no-break space before : where a blank stands */
} quote_style;

#define NNBSP "\u202F"

static const quote_style styles[] = {
    {"en", "“", "”", "‘", "’", false},
    {"bg", "„", "“", "’", "’", false},
    {"cs", "„", "“", "‚", "‘", false},
    {"da", "»", "«", "›", "‹", false},
    {"de", "„", "“", "‚", "‘", false},
    {"de-ch", "«", "»", "‹", "›", false},
    {"el", "«", "»", "“", "”", false},
    {"es", "«", "»", "“", "”", false},
    {"et", "„", "“", "‚", "‘", false},
    {"fi", "”", "”", "’", "’", false},
    {"fr", "«" NNBSP, NNBSP "»", "“", "”", true},
    {"fr-ch", "«" NNBSP, NNBSP "»", "‹" NNBSP, NNBSP "›", true},
    {"he", "”", "”", "’", "’", false},
    {"hr", "„", "”", "‚", "’", false},
    {"hu", "„", "”", "»", "«", false},
    {"is", "„", "“", "‚", "‘", false},
    {"it", "«", "»", "“", "”", false},
    {"lt", "„", "“", "‚", "‘", false},
    {"lv", "„", "“", "‚", "‘", false},
    {"nb", "«", "»", "‘", "’", false},
    {"nl", "“", "”", "‘", "’", false},
    {"nn", "«", "»", "‘", "’", false},
    {"no", "«", "»", "‘", "’", false},
    {"pl", "„", "”", "«", "»", false},
    {"pt", "«", "»", "“", "”", false},
    {"pt-br", "“", "”", "‘", "’", false},
    {"ro", "„", "”", "«", "»", false},
    {"ru", "«", "»", "„", "“", false},
    {"sk", "„", "“", "‚", "‘", false},
    {"sl", "„", "“", "‚", "‘", false},
    {"sr", "„", "”", "’", "’", false},
    {"sv", "”", "”", "’", "’", false},
    {"tr", "“", "”", "‘", "’", false},
    {"uk", "«", "»", "„", "“", false},
};

/* The longest match of a language tag: "fr-CH", then "fr", else English. */
static const quote_style *style_of(inc_str language)
{
    const quote_style *best = &styles[0];
    size_t length = 0;
    if (inc_str_is(language, "en"))
        return best;
    for (size_t i = 0; i < INC_COUNT(styles); i++) {
        inc_str tag = inc_str_of(styles[i].language);
        bool matches = language.n >= tag.n && inc_str_eq_nocase(inc_str_slice(language, 0, tag.n), tag) &&
                       (language.n == tag.n || language.p[tag.n] == '-' || language.p[tag.n] == '_');
        if (matches && tag.n > length) {
            best = &styles[i];
            length = tag.n;
        }
    }
    return best;
}

/* ---- a block's text as one stretch ---- */

typedef enum mark_kind { MARK_OPEN, MARK_CLOSE, MARK_OPEN_INNER, MARK_CLOSE_INNER, MARK_APOSTROPHE } mark_kind;

typedef struct mark {
    size_t at;
    mark_kind kind;
} mark;

typedef struct run { /* a TEXT node's part of the stretch */
    inc_node *node;
    size_t start, end;
} run;

typedef struct stretch {
    inc_buf text;
    INC_VEC(run) runs;
    INC_VEC(mark) marks;
    INC_VEC(size_t) literals; /* ascending: bytes that were escaped */
    size_t next_mark, next_literal; /* while reading and writing */
    bool double_open;
    size_t single_open; /* index of the mark that may open, or INC_NPOS */
} stretch;

static bool is_punctuation(uint32_t cp)
{
    return !inc_is_letter_or_digit(cp) && !inc_is_combining(cp) && !inc_is_white_space(cp);
}

static uint32_t before(const stretch *s, size_t at)
{
    size_t next;
    if (at == 0)
        return ' ';
    do
        at--;
    while (at > 0 && ((unsigned char)s->text.p[at] & 0xC0) == 0x80);
    return inc_utf8_decode(inc_buf_str(&s->text), at, &next);
}

static uint32_t after(const stretch *s, size_t at)
{
    size_t next;
    return at + 1 < s->text.n ? inc_utf8_decode(inc_buf_str(&s->text), at + 1, &next) : ' ';
}

static bool may_open(const stretch *s, size_t at, char quote)
{
    uint32_t prev = before(s, at);
    if (inc_is_white_space(after(s, at)))
        return false;
    return inc_is_white_space(prev) || (is_punctuation(prev) && (quote != '\'' || (prev != ')' && prev != ']')));
}

static bool may_close(const stretch *s, size_t at)
{
    uint32_t next = after(s, at);
    return !inc_is_white_space(before(s, at)) && (inc_is_white_space(next) || is_punctuation(next));
}

static void mark_double(stretch *s, inc_arena *arena, size_t at)
{
    bool closes = s->double_open && may_close(s, at);
    if (closes)
        s->double_open = false;
    else if (may_open(s, at, '"'))
        s->double_open = true;
    else
        closes = !inc_is_white_space(before(s, at)); /* 5" */
    INC_PUSH(arena, &s->marks, (mark){at, closes ? MARK_CLOSE : MARK_OPEN});
}

/* An opening single quote is known only by its partner; alone it is an apostrophe ('tis, the '90s). */
static void mark_single(stretch *s, inc_arena *arena, size_t at)
{
    mark_kind kind = MARK_APOSTROPHE;
    if (s->single_open != INC_NPOS && may_close(s, at)) {
        s->marks.v[s->single_open].kind = MARK_OPEN_INNER;
        s->single_open = INC_NPOS;
        kind = MARK_CLOSE_INNER;
    } else if (may_open(s, at, '\'')) {
        s->single_open = s->marks.n;
    }
    INC_PUSH(arena, &s->marks, (mark){at, kind});
}

/* Asked for ascending positions only. */
static bool is_literal(stretch *s, size_t at)
{
    while (s->next_literal < s->literals.n && s->literals.v[s->next_literal] < at)
        s->next_literal++;
    return s->next_literal < s->literals.n && s->literals.v[s->next_literal] == at;
}

static void find_marks(stretch *s, inc_arena *arena)
{
    for (size_t i = 0; i < s->runs.n; i++)
        for (size_t at = s->runs.v[i].start; at < s->runs.v[i].end; at++) {
            char c = s->text.p[at];
            if ((c != '"' && c != '\'') || is_literal(s, at))
                continue;
            if (c == '"')
                mark_double(s, arena, at);
            else
                mark_single(s, arena, at);
        }
    s->next_literal = 0;
}

/* ---- writing it back ---- */

/* n hyphens: ems first, then ens (as cmark and pulldown-cmark share them out); a single one stays. */
static void write_dashes(inc_buf *out, size_t n)
{
    size_t ems = 0, ens = 0;
    if (n == 1) {
        inc_buf_byte(out, '-');
        return;
    }
    if (n % 3 == 0)
        ems = n / 3;
    else if (n % 2 == 0)
        ens = n / 2;
    else if (n % 3 == 2)
        ems = (n - 2) / 3, ens = 1;
    else
        ems = (n - 4) / 3, ens = 2;
    while (ems--)
        inc_buf_puts(out, "—");
    while (ens--)
        inc_buf_puts(out, "–");
}

static void write_quote(inc_buf *out, const quote_style *style, mark_kind kind)
{
    switch (kind) {
    case MARK_OPEN: inc_buf_puts(out, style->open); break;
    case MARK_CLOSE: inc_buf_puts(out, style->close); break;
    case MARK_OPEN_INNER: inc_buf_puts(out, style->open_inner); break;
    case MARK_CLOSE_INNER: inc_buf_puts(out, style->close_inner); break;
    case MARK_APOSTROPHE: inc_buf_puts(out, "’"); break;
    }
}

static bool takes_space(const quote_style *style, inc_str text, size_t at)
{
    return style->spaced && at + 1 < text.n && memchr(";:!?", text.p[at + 1], 4) != NULL;
}

static inc_str write_text(stretch *s, inc_arena *arena, const quote_style *style, size_t start, size_t end)
{
    inc_str text = inc_buf_str(&s->text);
    inc_buf out = inc_buf_in(arena);
    inc_buf_reserve(&out, end - start + 8);
    for (size_t at = start; at < end;) {
        size_t from = at;
        if (is_literal(s, at)) {
            inc_buf_byte(&out, text.p[at++]);
        } else if (text.p[at] == '"' || text.p[at] == '\'') {
            write_quote(&out, style, s->marks.v[s->next_mark++].kind);
            at++;
        } else if (text.p[at] == '-') {
            while (at < end && text.p[at] == '-' && !is_literal(s, at))
                at++;
            write_dashes(&out, at - from);
        } else if (text.p[at] == '.' && end - at >= 3 && memcmp(text.p + at, "...", 3) == 0) {
            inc_buf_puts(&out, "…");
            at += 3;
        } else if (text.p[at] == ' ' && takes_space(style, text, at)) {
            inc_buf_puts(&out, text.p[at + 1] == ':' ? "\u00A0" : NNBSP);
            at++;
        } else {
            inc_buf_byte(&out, text.p[at++]);
        }
    }
    return inc_buf_str(&out);
}

static bool needs_change(inc_str text, const quote_style *style)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((unsigned char)c > 0x2E) /* "." is the last of those that matter */
            continue;
        char next = i + 1 < text.n ? text.p[i + 1] : 0;
        if (c == '"' || c == '\'' || (c == '-' && next == '-') || (c == '.' && next == '.') || (c == ' ' && style->spaced))
            return true;
    }
    return false;
}

/* ---- what the author escaped ---- */

static bool is_special(char c)
{
    return c == '"' || c == '\'' || c == '-' || c == '.';
}

/* Reads a node's text beside its source. Where they part otherwise than by an escape or a character reference, the rest
 * counts as plain. start: of the text in the stretch. */
static void find_literals(stretch *s, inc_arena *arena, inc_str text, inc_str source, size_t start)
{
    for (size_t i = 0, j = 0; i < text.n && j < source.n;) {
        size_t end;
        if (source.p[j] == '\\' && j + 1 < source.n && source.p[j + 1] == text.p[i] && text.p[i] != '\\') {
            INC_PUSH(arena, &s->literals, start + i);
            i++, j += 2;
        } else if (source.p[j] == '\\' && j + 1 < source.n && source.p[j + 1] == '\\' && text.p[i] == '\\') {
            i++, j += 2;
        } else if (source.p[j] == text.p[i] && source.p[j] != '&') {
            i++, j++;
        } else if (source.p[j] == '&') {
            end = inc_str_find_char(inc_str_slice(source, j, INC_MIN(source.n, j + 40)), ';');
            if (text.p[i] == '&' && (end == INC_NPOS || !inc_str_starts(inc_str_slice(source, j, source.n), INC_STR("&amp;")))) {
                i++, j++; /* a bare ampersand */
                continue;
            }
            if (end == INC_NPOS)
                return;
            INC_PUSH(arena, &s->literals, start + i);
            j += end + 1;
            inc_utf8_decode(text, i, &i);
        } else {
            return;
        }
    }
}

/* Most texts stand in the source as they are; then there is nothing to find. */
static void gather_literals(stretch *s, inc_arena *arena, const inc_resolver *r, const inc_node *node, size_t start)
{
    inc_str text = node->as.text.text;
    const inc_source *file = node->span.file ? inc_sources_get(r->document->sources, node->span.file) : NULL;
    bool special = false;
    for (size_t i = 0; i < text.n && !special; i++)
        special = is_special(text.p[i]);
    if (!file || !special || node->span.offset > file->bytes.n || node->span.length > file->bytes.n - node->span.offset)
        return;
    inc_str source = inc_str_slice(file->bytes, node->span.offset, node->span.offset + node->span.length);
    if (!inc_str_eq(source, text))
        find_literals(s, arena, text, source, start);
}

/* ---- blocks ---- */

static void gather(stretch *s, inc_arena *arena, const inc_resolver *r, inc_node *block)
{
    for (inc_walk w = inc_walk_begin(block); inc_walk_next(&w);) {
        inc_node *n = w.node;
        if (!w.enter || n == block)
            continue;
        w.skip = n->generated;
        if (n->generated)
            continue;
        switch (n->kind) {
        case INC_NODE_TEXT: {
            size_t start = s->text.n;
            inc_buf_add(&s->text, n->as.text.text);
            INC_PUSH(arena, &s->runs, (run){n, start, s->text.n});
            gather_literals(s, arena, r, n, start);
            break;
        }
        case INC_NODE_BREAK:
        case INC_NODE_SOFT_BREAK: inc_buf_byte(&s->text, ' '); break;
        case INC_NODE_CODE_SPAN:
        case INC_NODE_MATH:
        case INC_NODE_IMAGE: inc_buf_byte(&s->text, 'x'); break;
        case INC_NODE_NOTE_REF: inc_buf_byte(&s->text, '*'); break; /* "said so."[^1] closes */
        default: break; /* SPAN, LINK, ANCHOR ...: nothing of their own to see */
        }
    }
}

/* Most blocks have nothing to do: quotes are rare, and often typographic already. */
static bool block_needs_change(const inc_resolver *r, const inc_node *block)
{
    for (inc_walk w = inc_walk_begin(block); inc_walk_next(&w);) {
        if (!w.enter || w.node->kind != INC_NODE_TEXT)
            continue;
        if (needs_change(w.node->as.text.text, style_of(inc_node_language(w.node, r->document->meta.language))))
            return true;
    }
    return false;
}

static void smarten_block(inc_resolver *r, inc_arena *scratch, inc_node *block)
{
    if (!block_needs_change(r, block))
        return;
    stretch s = {.text = inc_buf_in(scratch), .single_open = INC_NPOS};
    gather(&s, scratch, r, block);
    find_marks(&s, scratch);
    for (size_t i = 0; i < s.runs.n; i++) {
        inc_node *n = s.runs.v[i].node;
        const quote_style *style = style_of(inc_node_language(n, r->document->meta.language));
        if (needs_change(n->as.text.text, style))
            n->as.text.text = write_text(&s, r->arena, style, s.runs.v[i].start, s.runs.v[i].end);
    }
}

inc_str inc_smarten(inc_resolver *r, inc_str text, inc_str language)
{
    if (!r->options->smart_punctuation)
        return text;
    inc_node *block = inc_node_new(r->arena, INC_NODE_PARAGRAPH, INC_NO_SPAN), *only = inc_node_text(r->arena, text, INC_NO_SPAN);
    block->lang = language;
    inc_node_append(block, only);
    smarten_block(r, r->arena, block);
    return only->as.text.text;
}

static bool holds_text(const inc_node *node)
{
    return node->kind == INC_NODE_HEADING || node->kind == INC_NODE_PARAGRAPH || node->kind == INC_NODE_TERM || node->kind == INC_NODE_CAPTION ||
           (node->kind == INC_NODE_CELL && node->first && inc_node_is_inline(node->first));
}

/* A chapter's title that its heading says too is taken from there: in `code` nothing is made typographic. Entered before headings change. */
typedef INC_VEC(inc_node *) title_headings; /* by chapter, NULL where they differ */

static title_headings find_titles(inc_resolver *r)
{
    title_headings found = {0};
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        inc_node *heading = c->as.chapter.draft ? NULL : inc_first_heading(c);
        bool same = heading && inc_str_eq(inc_node_flatten(r->arena, heading, false), inc_str_trim(c->as.chapter.title));
        INC_PUSH(r->arena, &found, same ? heading : NULL);
    }
    return found;
}

/* A title of SUMMARY.md; in its code nothing changes. */
static inc_str smarten_title(inc_resolver *r, inc_node *words, inc_str title, inc_str language)
{
    if (!words)
        return inc_smarten(r, title, language);
    words->lang = language;
    smarten_block(r, r->arena, words);
    return inc_node_flatten(r->arena, words, false);
}

static void smarten_titles(inc_resolver *r, const title_headings *headings)
{
    inc_meta *meta = &r->document->meta;
    meta->title = inc_smarten(r, meta->title, meta->language);
    meta->subtitle = inc_smarten(r, meta->subtitle, meta->language);
    size_t at = 0;
    for (inc_node *n = r->document->book->first; n; n = n->next) {
        inc_str language = inc_node_language(n, r->document->meta.language);
        const inc_node *heading = n->kind == INC_NODE_CHAPTER ? headings->v[at++] : NULL;
        if (n->kind == INC_NODE_PART)
            n->as.part.title = smarten_title(r, n->as.part.words, n->as.part.title, language);
        else
            n->as.chapter.title = heading ? inc_node_flatten(r->arena, heading, false) : smarten_title(r, n->as.chapter.words, n->as.chapter.title, language);
    }
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

void inc_resolve_quotes(inc_resolver *r)
{
    if (!r->options->smart_punctuation)
        return;
    title_headings titles = find_titles(r);
    void **slot = inc_defer(r->arena, free_arena);
    inc_arena *scratch = inc_arena_new();
    *slot = scratch;
    inc_arena_mark empty = inc_arena_mark_get(scratch);
    for (inc_walk w = inc_walk_begin(r->document->book); inc_next_block(&w);) {
        if (!holds_text(w.node))
            continue;
        smarten_block(r, scratch, w.node);
        inc_arena_reset(scratch, empty);
    }
    *slot = NULL;
    inc_arena_free(scratch);
    smarten_titles(r, &titles);
}
