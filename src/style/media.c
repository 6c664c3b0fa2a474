/* media.c - @media and @supports: for which of screen, print and EPUB a block of rules holds. */
#include "style/sheet.h"

typedef enum truth { FALSE, TRUE, ASK /* only the reading system knows */ } truth;

typedef struct query {
    truth paged[INC_MEDIUM_COUNT], epub;
    inc_css_tokens features; /* from the first "(" on */
    bool negated;
} query;

/* A media feature on paper: there is no dark mode and no window. What we cannot know counts as false. */
static truth feature_on_paper(inc_css_tokens inside)
{
    inside = inc_css_trim(inside);
    bool light = inside.n >= 3 && inc_css_is_word(&inside.v[0], "prefers-color-scheme") && inc_css_is_word(&inside.v[inside.n - 1], "light");
    return light ? TRUE : FALSE;
}

static void set_type(query *q, const inc_css_token *t)
{
    bool all = inc_css_is_word(t, "all"), epub = inc_css_is_word(t, "epub");
    bool screen = inc_css_is_word(t, "screen"), print = inc_css_is_word(t, "print");
    q->paged[INC_SCREEN] = all || screen ? TRUE : FALSE;
    q->paged[INC_PRINT] = all || print ? TRUE : FALSE;
    q->epub = all || epub ? TRUE : FALSE;
    if (!all && !epub && !screen && !print && inc_str_starts(t->text, INC_STR("amzn-")))
        q->epub = ASK;
}

static truth negate(truth t) { return t == ASK ? ASK : t == TRUE ? FALSE : TRUE; }

static query parse_query(inc_css_tokens t)
{
    query q = {.paged = {TRUE, TRUE}, .epub = TRUE};
    size_t at = 0;
    bool known = true;
    for (; at < t.n && t.v[at].kind != INC_CSS_OPEN_ROUND; at++) {
        if (t.v[at].kind == INC_CSS_SPACE || inc_css_is_word(&t.v[at], "only") || inc_css_is_word(&t.v[at], "and"))
            continue;
        if (inc_css_is_word(&t.v[at], "not"))
            q.negated = true;
        else if (t.v[at].kind == INC_CSS_IDENT)
            set_type(&q, &t.v[at]);
        else
            known = false;
    }
    q.features = (inc_css_tokens){t.v + at, t.n - at};
    for (size_t i = at; i < t.n; i += inc_css_extent(&t.v[i])) {
        truth f = t.v[i].kind == INC_CSS_OPEN_ROUND ? feature_on_paper(inc_css_block(&t.v[i], t.n - i)) : TRUE;
        known &= f != FALSE || !q.negated;
        for (int m = 0; m < INC_MEDIUM_COUNT; m++)
            q.paged[m] = f == FALSE ? FALSE : q.paged[m];
        q.epub = q.epub == TRUE ? ASK : q.epub;
    }
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        q.paged[m] = !known ? FALSE : q.negated ? negate(q.paged[m]) : q.paged[m];
    q.epub = !known && q.epub != ASK ? FALSE : q.negated ? negate(q.epub) : q.epub;
    return q;
}

const inc_condition *inc_media_parse(inc_arena *arena, inc_css_tokens t, const inc_condition *outer)
{
    inc_condition *c = INC_NEW(arena, inc_condition);
    inc_buf wrap = inc_buf_in(arena);
    bool always = false, ask = false;
    c->outer = outer;
    for (size_t from = 0, to; from <= t.n; from = to + 1) {
        for (to = from; to < t.n && t.v[to].kind != INC_CSS_COMMA;)
            to = INC_MIN(to + inc_css_extent(&t.v[to]), t.n);
        inc_css_tokens one = inc_css_trim((inc_css_tokens){t.v + from, to - from});
        query q = parse_query(one);
        for (int m = 0; m < INC_MEDIUM_COUNT; m++)
            c->paged[m] |= q.paged[m] == TRUE && outer->paged[m];
        always |= q.epub == TRUE;
        if (q.epub == ASK) { /* our own media type says nothing to a reading system */
            bool plain = !q.negated && q.features.n && one.n && !inc_str_starts(one.v[0].text, INC_STR("amzn-"));
            inc_buf_puts(&wrap, ask ? ", " : "@media ");
            inc_css_write(plain ? q.features : one, &wrap);
            ask = true;
        }
    }
    c->epub = outer->epub && (always || ask);
    c->epub_wrap = always ? INC_STR("") : inc_buf_str(&wrap);
    return c;
}

/* ---- @supports: asks for declarations; our own table knows ---- */

static bool supports(inc_sheet *sheet, inc_css_tokens t, unsigned depth);

static bool supports_one(inc_sheet *sheet, const inc_css_token *open, size_t limit, unsigned depth)
{
    inc_css_tokens in = inc_css_trim(inc_css_block(open, limit));
    if (open->kind != INC_CSS_OPEN_ROUND || !in.n)
        return false; /* selector() and the like */
    size_t colon = 0;
    while (colon < in.n && in.v[colon].kind != INC_CSS_COLON)
        colon += inc_css_extent(&in.v[colon]);
    if (in.v[0].kind != INC_CSS_IDENT || inc_css_is_word(&in.v[0], "not") || colon >= in.n)
        return supports(sheet, in, depth + 1);
    inc_property_id id = inc_property_find(inc_str_lower(sheet->arena, in.v[0].text));
    inc_css_tokens value = inc_css_trim((inc_css_tokens){in.v + colon + 1, in.n - colon - 1});
    return id != INC_PROP_NONE && value.n && inc_declaration_check(sheet, id, value) == INC_CSS_OK;
}

static bool supports(inc_sheet *sheet, inc_css_tokens t, unsigned depth)
{
    enum { DEPTH_MAX = 16 };
    bool result = false, first = true, negated = false, either = false;
    if (depth > DEPTH_MAX)
        return false;
    for (size_t i = 0; i < t.n; i += inc_css_extent(&t.v[i])) {
        if (inc_css_is_word(&t.v[i], "not"))
            negated = true;
        else if (inc_css_is_word(&t.v[i], "or") || inc_css_is_word(&t.v[i], "and"))
            either = inc_css_is_word(&t.v[i], "or");
        else if (t.v[i].kind != INC_CSS_SPACE) {
            bool one = supports_one(sheet, &t.v[i], t.n - i, depth) != negated;
            result = first ? one : either ? result || one : result && one;
            first = negated = false;
        }
    }
    return result;
}

const inc_condition *inc_supports_parse(inc_sheet *sheet, inc_css_tokens prelude, const inc_condition *outer)
{
    inc_condition *c = INC_NEW(sheet->arena, inc_condition);
    bool ours = supports(sheet, prelude, 0);
    inc_buf wrap = inc_buf_in(sheet->arena);
    inc_buf_puts(&wrap, "@supports ");
    inc_css_write(prelude, &wrap);
    *c = (inc_condition){.outer = outer, .epub = outer->epub, .epub_wrap = inc_buf_str(&wrap)};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        c->paged[m] = ours && outer->paged[m];
    return c;
}
