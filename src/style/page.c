/* page.c - which @page rules hold for a page, and what they make of it (CSS Paged Media 3). */
#include "style/compute.h"

typedef struct page_query {
    inc_str name;
    uint8_t pseudo;
} page_query;

static bool applies(const inc_page_rule *rule, const page_query *q)
{
    bool paged = rule->condition->paged[INC_SCREEN] || rule->condition->paged[INC_PRINT];
    return paged && (!rule->name.n || inc_str_eq(rule->name, q->name)) && (rule->pseudo & ~q->pseudo) == 0;
}

/* The rules that apply, weakest first; stable, and there are few. */
static size_t cascade(inc_styler *s, const page_query *q, const inc_page_rule **rules, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s->sheet->pages.n; i++) {
        const inc_page_rule *rule = &s->sheet->pages.v[i];
        if (!applies(rule, q) || n == max)
            continue;
        size_t at = n++;
        for (; at > 0 && rules[at - 1]->specificity > rule->specificity; at--)
            rules[at] = rules[at - 1];
        rules[at] = rule;
    }
    return n;
}

/* A style from the declarations of those rules: of the page itself for part < 0, else of that box. */
static const inc_computed *compute_part(inc_styler *s, const inc_page_rule *const *rules, size_t n, const inc_computed *parent, int part)
{
    bool named = part < 0 || part == INC_BOX_FOOTNOTE;
    s->sources.n = 0;
    for (size_t i = 0; i < n; i++) {
        inc_declarations d = part < 0 ? rules[i]->declarations : rules[i]->boxes[part];
        named |= d.n > 0;
        INC_PUSH(s->arena, &s->sources, ((inc_style_source){d, rules[i]->condition}));
    }
    if (!named)
        return NULL;
    static const inc_text_align aligns[INC_BOX_COUNT] = {INC_TEXT_LEFT, INC_TEXT_LEFT, INC_TEXT_CENTER, INC_TEXT_RIGHT, INC_TEXT_RIGHT,
        INC_TEXT_LEFT, INC_TEXT_LEFT, INC_TEXT_CENTER, INC_TEXT_RIGHT, INC_TEXT_RIGHT, INC_TEXT_RIGHT, INC_TEXT_LEFT, INC_TEXT_RIGHT, INC_TEXT_LEFT,
        INC_TEXT_CENTER, INC_TEXT_CENTER, INC_TEXT_CENTER, INC_TEXT_CENTER, INC_TEXT_CENTER, INC_TEXT_CENTER};
    return inc_style_compute(&(inc_compute){.interner = &s->interner, .parent = parent, .rem = s->root->style.font_size, .sources = s->sources.v,
        .count = s->sources.n, .display = INC_DISPLAY_BLOCK, .own_align = part >= 0 && part < INC_BOX_COUNT,
        .text_align = part >= 0 && part < INC_BOX_COUNT ? aligns[part] : INC_TEXT_LEFT});
}

static inc_page_style *compute_page(inc_styler *s, const page_query *q)
{
    const inc_page_rule *rules[INC_PAGE_RULES_MAX];
    size_t n = cascade(s, q, rules, INC_PAGE_RULES_MAX);
    const inc_computed *page = compute_part(s, rules, n, s->root, -1);
    inc_page_style *style = INC_NEW(s->arena, inc_page_style);
    style->width = page->page_width;
    style->height = page->page_height;
    style->bleed = page->bleed;
    style->marks = page->marks;
    for (int side = 0; side < 4; side++)
        style->margin[side] = inc_dim_resolve(page->style.margin[side], side == INC_LEFT || side == INC_RIGHT ? style->width : style->height, 0);
    for (int box = 0; box < INC_BOX_COUNT; box++) {
        const inc_computed *c = compute_part(s, rules, n, page, box);
        style->boxes[box] = c && c->style.content.n ? &c->style : NULL;
    }
    style->footnote = &compute_part(s, rules, n, page, INC_BOX_FOOTNOTE)->style;
    return style;
}

const inc_page_style *inc_page_style_of(inc_styler *s, inc_str name, bool recto, bool first, bool blank)
{
    page_query q = {name, (uint8_t)((recto ? INC_PAGE_RIGHT : INC_PAGE_LEFT) | (first ? INC_PAGE_FIRST : 0) | (blank ? INC_PAGE_BLANK : 0))};
    s->key.n = 0;
    inc_buf_byte(&s->key, (char)q.pseudo);
    inc_buf_add(&s->key, name);
    inc_page_style *style = inc_map_find(&s->pages, inc_buf_str(&s->key));
    if (!style) {
        inc_str key = inc_str_dup(s->arena, inc_buf_str(&s->key));
        style = compute_page(s, &q);
        inc_map_put(&s->pages, key, style);
    }
    return style;
}
