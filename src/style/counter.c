/*
 * counter.c - counting: one walk over the document with its styles.
 *
 * A state is a chain of counters, the innermost first. Chains are never changed, so a node keeps its state by keeping a pointer: an increment
 * copies the chain up to the counter. A counter belongs to the level of the element that made it, and goes with that element's parent.
 */
#include "style/counter.h"

#include "style/compute.h"

enum { COPY_MAX = 64, DEPTH_MAX = INC_NESTING_MAX * 2 + 32 };

typedef struct state {
    const struct state *outer;
    inc_str name;
    int64_t value;
    unsigned level;
} state;

typedef struct kept { /* of one node */
    const state *before_it;  /* CHAPTER and PART: what it found */
    const state *at[3];      /* of the node, its ::before, its ::after */
} kept;

struct inc_counters {
    uint32_t count;          /* of nodes */
    kept **nodes;            /* by id; NULL: nobody asks */
};

typedef struct counting {
    inc_arena *arena;
    inc_styler *styler;
    const state *now;
} counting;

static void put(counting *c, inc_str name, int64_t value, unsigned level, const state *outer)
{
    state *s = INC_NEW(c->arena, state);
    *s = (state){outer, name, value, level};
    c->now = s;
}

static const state *find(const state *s, inc_str name)
{
    while (s && !inc_str_eq(s->name, name))
        s = s->outer;
    return s;
}

/* The chain with another value for one counter, or (level of a sibling's counter to replace) without it. */
static void change(counting *c, const state *counter, const int64_t *value)
{
    const state *copied[COPY_MAX];
    size_t n = 0;
    const state *s = c->now;
    for (; s != counter && n < COPY_MAX; s = s->outer)
        copied[n++] = s;
    if (s != counter)
        return; /* a book with more than 64 counters inside one another loses count of the outermost */
    c->now = counter->outer;
    if (value)
        put(c, counter->name, *value, counter->level, c->now);
    while (n > 0) {
        s = copied[--n];
        put(c, s->name, s->value, s->level, c->now);
    }
}

static void reset(counting *c, inc_str name, int64_t value, unsigned level)
{
    const state *known = find(c->now, name);
    if (known && known->level == level) /* an earlier sibling's: this one takes its place */
        change(c, known, NULL);
    put(c, name, value, level, c->now);
}

static void step(counting *c, const inc_counter_op *op, unsigned level, bool add)
{
    const state *known = find(c->now, op->name);
    if (!known) {
        put(c, op->name, op->value, level, c->now);
        return;
    }
    int64_t value = add ? INC_MAX(INC_MIN(known->value + op->value, (int64_t)1000000000), (int64_t)-1000000000) : op->value;
    change(c, known, &value);
}

static void apply(counting *c, const inc_style *style, unsigned level)
{
    for (uint32_t i = 0; i < style->counter_resets.n; i++)
        reset(c, style->counter_resets.v[i].name, style->counter_resets.v[i].value, level);
    for (uint32_t i = 0; i < style->counter_increments.n; i++)
        step(c, &style->counter_increments.v[i], level, true);
    for (uint32_t i = 0; i < style->counter_sets.n; i++)
        step(c, &style->counter_sets.v[i], level, false);
}

static void drop_below(counting *c, unsigned level)
{
    while (c->now && c->now->level > level)
        c->now = c->now->outer;
}

static const inc_style *count_pseudo(counting *c, const inc_node *node, const inc_style *style, inc_pseudo pseudo, unsigned level)
{
    const inc_style *generated = inc_style_pseudo(c->styler, node, style, pseudo);
    if (generated)
        apply(c, generated, level + 1);
    return generated;
}

typedef struct open_node {
    const inc_style *style;
    kept *kept;
} open_node;

static kept *enter(counting *c, const inc_node *node, const inc_style *style, unsigned level)
{
    kept *k = INC_NEW(c->arena, kept);
    k->before_it = c->now;
    apply(c, style, level);
    k->at[0] = c->now;
    count_pseudo(c, node, style, INC_PSEUDO_BEFORE, level);
    k->at[1] = c->now;
    return k;
}

static void leave(counting *c, const inc_node *node, const open_node *open, unsigned level)
{
    count_pseudo(c, node, open->style, INC_PSEUDO_AFTER, level);
    open->kept->at[2] = c->now;
    drop_below(c, level);
}

const inc_counters *inc_counters_of(inc_arena *arena, const inc_sheet *sheet, inc_styler *styler, const inc_document *document)
{
    if (!sheet->has_counters)
        return NULL;
    inc_counters *counters = INC_NEW(arena, inc_counters);
    counters->count = document->node_count + 1;
    counters->nodes = INC_NEW_N(arena, kept *, counters->count);
    if (!styler)
        styler = inc_styler_new(arena, sheet, NULL);
    counting c = {.arena = arena, .styler = styler};
    open_node open[DEPTH_MAX + 1];
    unsigned level = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (node->kind == INC_NODE_TEXT || node->kind == INC_NODE_SOFT_BREAK)
            continue;
        if (!w.enter) {
            if (open[--level].kept)
                leave(&c, node, &open[level], level);
            continue;
        }
        const inc_style *style = inc_style_of(styler, node, level ? open[level - 1].style : NULL);
        bool hidden = style->display == INC_DISPLAY_NONE || level == DEPTH_MAX; /* what is not there does not count */
        open[level] = (open_node){style, hidden ? NULL : enter(&c, node, style, level)};
        if (node->id < counters->count)
            counters->nodes[node->id] = open[level].kept;
        level++;
        w.skip = hidden;
    }
    return counters;
}

/* ---- asking ---- */

static inc_str list_item(inc_arena *arena, const inc_content *item, const inc_node *node)
{
    inc_buf out = inc_buf_in(arena);
    const inc_node *items[INC_NESTING_MAX];
    size_t n = 0;
    for (; node && n < INC_COUNT(items); node = node->parent)
        if (node->kind == INC_NODE_ITEM) {
            items[n++] = node;
            if (item->kind == INC_CONTENT_COUNTER)
                break;
        }
    while (n > 0) {
        inc_buf_add(&out, inc_counter_format(arena, item->style, item->own_style, items[--n]->as.item.number, false));
        inc_buf_add(&out, n ? item->more : INC_STR(""));
    }
    return inc_buf_str(&out);
}

inc_str inc_counters_text(const inc_counters *counters, inc_arena *arena, const inc_content *item, const inc_node *node, inc_pseudo pseudo)
{
    if (inc_str_is(item->text, "list-item"))
        return list_item(arena, item, node);
    if (inc_str_is(item->text, "footnote") && node->kind == INC_NODE_NOTE)
        return inc_counter_format(arena, item->style, item->own_style, node->as.note.number, false);
    const kept *k = counters && node->id < counters->count ? counters->nodes[node->id] : NULL;
    const state *s = k ? k->at[pseudo == INC_PSEUDO_BEFORE ? 1 : pseudo == INC_PSEUDO_AFTER ? 2 : 0] : NULL;
    s = find(s, item->text);
    if (item->kind != INC_CONTENT_COUNTERS || !s)
        return inc_counter_format(arena, item->style, item->own_style, s ? s->value : 0, false);
    const state *all[COPY_MAX];
    size_t n = 0;
    for (; s && n < COPY_MAX; s = find(s->outer, item->text))
        all[n++] = s;
    inc_buf out = inc_buf_in(arena);
    while (n > 0) {
        inc_buf_add(&out, inc_counter_format(arena, item->style, item->own_style, all[--n]->value, false));
        inc_buf_add(&out, n ? item->more : INC_STR(""));
    }
    return inc_buf_str(&out);
}

void inc_counters_at_start(const inc_counters *counters, const inc_node *chapter, void (*found)(void *context, inc_str name, int64_t value), void *context)
{
    const kept *k = counters && chapter->id < counters->count ? counters->nodes[chapter->id] : NULL;
    for (const state *s = k ? k->before_it : NULL; s; s = s->outer) {
        const state *inner = k->before_it;
        while (inner != s && !inc_str_eq(inner->name, s->name))
            inner = inner->outer;
        if (inner == s)
            found(context, s->name, s->value);
    }
}
