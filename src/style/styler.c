/*
 * styler.c - which rules match a node, and its style from a cache.
 *
 * Selectors are looked up by what their rightmost compound asks for (an id, else a class, else a type), so that a node meets
 * few of them. A style depends on the parent's style and on the list of matched selectors alone: that pair is the cache's key.
 */
#include <stdlib.h>

#include "style/compute.h"

enum { PSEUDO_COUNT = INC_PSEUDO_FOOTNOTE_MARKER + 1 };

typedef struct entry {
    const inc_selector *selector;
    uint32_t rule;
} entry;

typedef struct bucket {
    INC_VEC(uint32_t) entries;
} bucket;

typedef struct rule_index {
    inc_map ids, classes, types; /* name -> bucket */
    bucket rest;
    uint32_t count;
} rule_index;

struct inc_styler_tables {
    rule_index by_pseudo[PSEUDO_COUNT];
    INC_VEC(entry) entries; /* all, in order of the sheets */
};

/* ---- the index ---- */

static bucket *bucket_for(inc_arena *arena, rule_index *index, const inc_selector *selector)
{
    const inc_compound *right = &selector->compounds[0];
    inc_str id = {0}, class_name = {0};
    for (uint32_t i = 0; i < right->count; i++) {
        if (right->simple[i].kind == INC_SIMPLE_ID)
            id = right->simple[i].name;
        else if (right->simple[i].kind == INC_SIMPLE_CLASS)
            class_name = right->simple[i].name;
    }
    inc_map *map = id.n ? &index->ids : class_name.n ? &index->classes : &index->types;
    inc_str key = id.n ? id : class_name.n ? class_name : right->type;
    if (!key.n)
        return &index->rest;
    if (inc_str_is(key, "html") && map == &index->types)
        key = INC_STR("body");
    bucket *b = inc_map_find(map, key);
    if (!b) {
        b = INC_NEW(arena, bucket);
        inc_map_put(map, key, b);
    }
    return b;
}

static bool matters(const inc_rule *rule)
{
    bool paged = rule->condition->paged[INC_SCREEN] || rule->condition->paged[INC_PRINT], any = false;
    for (size_t i = 0; i < rule->declarations.n; i++)
        any |= rule->declarations.v[i].property != INC_PROP_NONE;
    return paged && any;
}

static void build_index(inc_styler *s)
{
    struct inc_styler_tables *t = s->tables;
    for (int i = 0; i < PSEUDO_COUNT; i++)
        t->by_pseudo[i].ids = t->by_pseudo[i].classes = t->by_pseudo[i].types = inc_map_in(s->arena);
    for (size_t r = 0; r < s->sheet->rules.n; r++) {
        const inc_rule *rule = &s->sheet->rules.v[r];
        for (uint32_t i = 0; i < rule->selector_count && matters(rule); i++) {
            const inc_selector *selector = &rule->selectors[i];
            if (selector->foreign)
                continue;
            rule_index *index = &t->by_pseudo[selector->pseudo];
            INC_PUSH(s->arena, &bucket_for(s->arena, index, selector)->entries, (uint32_t)t->entries.n);
            INC_PUSH(s->arena, &t->entries, ((entry){selector, (uint32_t)r}));
            index->count++;
        }
    }
}

/* ---- matching ---- */

static void match_bucket(inc_styler *s, const bucket *b, const inc_element *element)
{
    for (size_t i = 0; b && i < b->entries.n; i++)
        if (inc_selector_matches(&s->matcher, s->tables->entries.v[b->entries.v[i]].selector, element))
            INC_PUSH(s->arena, &s->matched, b->entries.v[i]);
}

static void match_classes(inc_styler *s, const rule_index *index, const inc_element *e)
{
    inc_str implied[8], rest = e->classes;
    if (e->form == INC_ELEMENT_SYNTHETIC) {
        while (rest.n)
            match_bucket(s, inc_map_find(&index->classes, inc_str_cut(&rest, ' ')), e);
        return;
    }
    uint32_t n = inc_node_implied_classes(e->node, implied, INC_COUNT(implied));
    for (uint32_t i = 0; i < n; i++)
        match_bucket(s, inc_map_find(&index->classes, implied[i]), e);
    for (uint32_t i = 0; i < e->node->class_count; i++)
        match_bucket(s, inc_map_find(&index->classes, e->node->classes[i]), e);
}

typedef struct ranked {
    uint32_t specificity, entry;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    int order = (x->specificity > y->specificity) - (x->specificity < y->specificity);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Weakest first: specificity, then order of appearance. */
static void sort_matched(inc_styler *s)
{
    enum { FEW = 64 };
    ranked few[FEW], *all = s->matched.n <= FEW ? few : INC_NEW_N(s->arena, ranked, s->matched.n);
    for (size_t i = 0; i < s->matched.n; i++)
        all[i] = (ranked){s->tables->entries.v[s->matched.v[i]].selector->specificity, s->matched.v[i]};
    if (s->matched.n > FEW)
        qsort(all, s->matched.n, sizeof *all, by_rank);
    else
        for (size_t i = 1; i < s->matched.n; i++) {
            ranked one = all[i];
            size_t at = i;
            for (; at > 0 && by_rank(&all[at - 1], &one) > 0; at--)
                all[at] = all[at - 1];
            all[at] = one;
        }
    for (size_t i = 0; i < s->matched.n; i++)
        s->matched.v[i] = all[i].entry;
}

static void match(inc_styler *s, const inc_element *e, inc_pseudo pseudo)
{
    const rule_index *index = &s->tables->by_pseudo[pseudo];
    s->matched.n = 0;
    if (!index->count)
        return;
    match_bucket(s, &index->rest, e);
    if (index->types.n)
        match_bucket(s, inc_map_find(&index->types, e->name), e);
    if (index->classes.n)
        match_classes(s, index, e);
    if (index->ids.n && e->form == INC_ELEMENT_NODE && e->node->label.n)
        match_bucket(s, inc_map_find(&index->ids, e->node->label), e);
    sort_matched(s);
}

/* ---- from the cache ---- */

static const inc_computed *style_for(inc_styler *s, const inc_computed *parent, char kind, inc_display display)
{
    const void *p = parent;
    s->key.n = 0;
    inc_buf_byte(&s->key, kind);
    inc_buf_byte(&s->key, (char)display);
    inc_buf_add(&s->key, (inc_str){(const char *)&p, sizeof p});
    inc_buf_add(&s->key, (inc_str){(const char *)s->matched.v, s->matched.n * sizeof *s->matched.v});
    const inc_computed *style = inc_map_find(&s->cache, inc_buf_str(&s->key));
    if (style)
        return style;
    s->sources.n = 0;
    for (size_t i = 0; i < s->matched.n; i++) {
        const inc_rule *rule = &s->sheet->rules.v[s->tables->entries.v[s->matched.v[i]].rule];
        INC_PUSH(s->arena, &s->sources, ((inc_style_source){rule->declarations, rule->condition}));
    }
    style = inc_style_compute(&(inc_compute){.interner = &s->interner, .parent = parent,
        .rem = s->root ? s->root->style.font_size : inc_computed_initial.style.font_size, .sources = s->sources.v, .count = s->sources.n,
        .display = display});
    inc_map_put(&s->cache, inc_str_dup(s->arena, inc_buf_str(&s->key)), (void *)(uintptr_t)style);
    return style;
}

static const inc_computed *parent_or_root(const inc_styler *s, const inc_style *parent)
{
    return parent ? inc_computed_of(parent) : s->root;
}

inc_styler *inc_styler_new(inc_arena *arena, const inc_sheet *sheet, inc_diags *diags)
{
    inc_styler *s = INC_NEW(arena, inc_styler);
    s->arena = arena;
    s->sheet = sheet;
    s->tables = INC_NEW(arena, struct inc_styler_tables);
    s->cache = s->pages = inc_map_in(arena);
    s->key = inc_buf_in(arena);
    s->book.kind = INC_NODE_BOOK;
    s->book.label = s->book.lang = INC_STR("");
    inc_interner_init(&s->interner, arena);
    s->interner.sheet = sheet;
    s->interner.diags = diags;
    build_index(s);
    s->root = inc_computed_of(inc_style_of(s, &s->book, &inc_computed_initial.style));
    return s;
}

const inc_style *inc_style_of(inc_styler *s, const inc_node *node, const inc_style *parent)
{
    if (node->kind == INC_NODE_TEXT || node->kind == INC_NODE_SOFT_BREAK)
        return &parent_or_root(s, parent)->style;
    inc_element element = inc_element_of(node);
    const inc_computed *from = node->kind == INC_NODE_BOOK ? &inc_computed_initial : parent_or_root(s, parent);
    match(s, &element, INC_PSEUDO_NONE);
    return &style_for(s, from, 'e', INC_DISPLAY_INLINE)->style;
}

const inc_style *inc_style_pseudo(inc_styler *s, const inc_node *node, const inc_style *style, inc_pseudo pseudo)
{
    if (!s->tables->by_pseudo[pseudo].count)
        return NULL;
    inc_element element = inc_element_of(node);
    match(s, &element, pseudo);
    if (!s->matched.n)
        return NULL;
    const inc_style *result = &style_for(s, parent_or_root(s, style), 'p', INC_DISPLAY_INLINE)->style;
    bool generated = pseudo == INC_PSEUDO_BEFORE || pseudo == INC_PSEUDO_AFTER;
    return generated && !result->content.n ? NULL : result;
}

const inc_style *inc_style_synthetic(inc_styler *s, const inc_node *inside, const inc_style *parent, const char *element, inc_str classes)
{
    inc_element e = {.node = inside, .name = inc_str_of(element), .form = INC_ELEMENT_SYNTHETIC, .classes = classes};
    match(s, &e, INC_PSEUDO_NONE);
    return &style_for(s, parent_or_root(s, parent), 'e', INC_DISPLAY_INLINE)->style;
}

const inc_style *inc_style_anonymous(inc_styler *s, const inc_style *parent, inc_display display)
{
    s->matched.n = 0;
    return &style_for(s, parent_or_root(s, parent), 'a', display)->style;
}

const inc_style *inc_style_resized(inc_styler *s, const inc_style *style, inc_len font_size, bool hyphenate)
{
    inc_computed resized = *inc_computed_of(style);
    if (resized.line_kind == INC_LINE_LENGTH)
        resized.line_value = inc_len_scale(resized.line_value, font_size, INC_MAX(style->font_size, 1));
    resized.style.line_height = inc_len_scale(style->line_height, font_size, INC_MAX(style->font_size, 1));
    resized.style.font_size = font_size;
    if (hyphenate)
        resized.style.hyphens = INC_HYPHENS_AUTO;
    return &inc_intern_computed(&s->interner, &resized)->style;
}

inc_len inc_styler_grid(inc_styler *s)
{
    return s->root->grid_unit;
}

inc_len inc_dim_resolve(inc_dim dim, inc_len base, inc_len automatic)
{
    switch (dim.kind) {
    case INC_DIM_AUTO: return automatic;
    case INC_DIM_LENGTH: return dim.value;
    case INC_DIM_PERCENT: return inc_len_sane(inc_len_scale(base, dim.value, 100 * INC_PT));
    }
    return automatic;
}
