/* match.c - does a selector match a node? Right to left, with the three kinds of failure that keep backtracking polynomial. */
#include "style/selector.h"

/* ---- elements and their neighbours ---- */

static bool is_element(const inc_node *node) { return node->kind != INC_NODE_TEXT && node->kind != INC_NODE_SOFT_BREAK; }

inc_element inc_element_of(const inc_node *node)
{
    return (inc_element){.node = node, .name = inc_node_element(node)};
}

/* ---- thead, tbody and tfoot, which have no nodes ---- */

typedef int row_group; /* INC_ELEMENT_HEAD, _BODY, _FOOT */

static row_group group_of_row(const inc_node *row)
{
    return row->as.row.head ? INC_ELEMENT_HEAD : row->as.row.foot ? INC_ELEMENT_FOOT : INC_ELEMENT_BODY;
}

static inc_element group_element(const inc_node *table, row_group group)
{
    inc_element e = {.node = table};
    e.form = group;
    e.name = group == INC_ELEMENT_HEAD ? INC_STR("thead") : group == INC_ELEMENT_FOOT ? INC_STR("tfoot") : INC_STR("tbody");
    return e;
}

/* Heads come first and feet last, so the table's ends tell, but for a body between them: that is always taken to be there. */
static bool has_group(const inc_node *table, row_group group)
{
    const inc_node *row = group == INC_ELEMENT_FOOT ? table->last : table->first;
    return group == INC_ELEMENT_BODY || (row && row->kind == INC_NODE_ROW && group_of_row(row) == group);
}

static bool previous_group(const inc_element *e, inc_element *previous)
{
    row_group before = e->form == INC_ELEMENT_FOOT ? INC_ELEMENT_BODY : INC_ELEMENT_HEAD;
    if (e->form == INC_ELEMENT_HEAD || !has_group(e->node, before))
        return false;
    *previous = group_element(e->node, before);
    return true;
}

static bool is_group(const inc_element *e) { return e->form == INC_ELEMENT_HEAD || e->form == INC_ELEMENT_BODY || e->form == INC_ELEMENT_FOOT; }

static bool parent_of(const inc_element *e, inc_element *parent)
{
    const inc_node *up = e->form == INC_ELEMENT_NODE ? e->node->parent : e->node;
    if (!up)
        return false;
    bool row = e->form == INC_ELEMENT_NODE && e->node->kind == INC_NODE_ROW && up->kind == INC_NODE_TABLE;
    *parent = row ? group_element(up, group_of_row(e->node)) : inc_element_of(up);
    return true;
}

/* The node's neighbour among the elements of one parent; rows of head, body and foot are apart. */
static const inc_node *neighbour(const inc_node *node, bool forward)
{
    const inc_node *n = node;
    do
        n = forward ? n->next : n->prev;
    while (n && !is_element(n));
    if (n && node->kind == INC_NODE_ROW && n->kind == INC_NODE_ROW && group_of_row(n) != group_of_row(node))
        return NULL;
    return n;
}

static bool previous_of(const inc_element *e, inc_element *previous)
{
    if (is_group(e))
        return previous_group(e, previous);
    const inc_node *n = e->form == INC_ELEMENT_NODE ? neighbour(e->node, false) : NULL;
    if (n)
        *previous = inc_element_of(n);
    return n != NULL;
}

/* ---- positions among siblings ---- */

static size_t memo_slot(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)a / 16 * 31 + (uintptr_t)b;
    return (size_t)(x ^ x >> 7) % INC_MEMO_COUNT;
}

/* The element's index from 1 among its siblings, of the same name if name is given. Walks back to the last one asked for. */
static uint32_t index_of(inc_matcher *m, const inc_element *e, inc_str name)
{
    if (e->form != INC_ELEMENT_NODE) {
        inc_element before, first;
        bool second = !name.n && is_group(e) && previous_group(e, &before);
        return second ? previous_group(&before, &first) ? 3 : 2 : 1;
    }
    struct inc_sibling_memo *memo = &m->index[memo_slot(e->node->parent, name.n ? name.p : NULL)];
    uint32_t steps = 0;
    bool known = false;
    for (const inc_node *n = e->node; n && !known; n = neighbour(n, false)) {
        known = n == memo->child && inc_str_eq(memo->name, name);
        if (!known)
            steps += !name.n || inc_str_eq(inc_node_element(n), name);
    }
    uint32_t index = (known ? memo->index : 0) + steps;
    *memo = (struct inc_sibling_memo){e->node, name, index};
    return index;
}

static bool matches_nth(inc_matcher *m, const inc_simple *s, const inc_element *e)
{
    if (s->a == 0 && s->b == 1 && !s->of_type) { /* :first-child */
        inc_element previous;
        return !previous_of(e, &previous);
    }
    int64_t offset = (int64_t)index_of(m, e, s->of_type ? e->name : INC_STR("")) - s->b;
    return s->a ? offset % s->a == 0 && offset / s->a >= 0 : offset == 0;
}

/* A cell is of every column that it covers. */
static bool matches_column(const inc_simple *s, const inc_element *e)
{
    if (e->form != INC_ELEMENT_NODE || e->node->kind != INC_NODE_CELL)
        return false;
    const inc_node *table = inc_node_within(e->node, INC_NODE_TABLE);
    int64_t first = e->node->as.cell.column + 1, last = e->node->as.cell.column_end, count = table ? table->as.table.column_count : 0;
    for (int64_t i = s->from_end ? count + 1 - last : first, end = s->from_end ? count + 1 - first : last; i <= end; i++)
        if (s->a ? (i - s->b) % s->a == 0 && (i - s->b) / s->a >= 0 : i == s->b)
            return true;
    return false;
}

static bool matches_last(const inc_simple *s, const inc_element *e)
{
    if (e->form == INC_ELEMENT_HEAD)
        return s->of_type || !e->node->last || e->node->last->as.row.head;
    if (e->form == INC_ELEMENT_BODY)
        return s->of_type || !has_group(e->node, INC_ELEMENT_FOOT);
    if (e->form != INC_ELEMENT_NODE)
        return true;
    const inc_node *n = neighbour(e->node, true);
    while (n && s->of_type && !inc_str_eq(inc_node_element(n), e->name))
        n = neighbour(n, true);
    return !n;
}

/* ---- simple selectors ---- */

static bool has_word(inc_str list, inc_str word)
{
    while (list.n)
        if (inc_str_eq(inc_str_cut(&list, ' '), word))
            return word.n > 0;
    return false;
}

bool inc_element_has_class(const inc_element *e, inc_str name)
{
    if (e->form == INC_ELEMENT_SYNTHETIC)
        return has_word(e->classes, name);
    if (e->form != INC_ELEMENT_NODE)
        return false;
    for (uint32_t i = 0; i < e->node->class_count; i++)
        if (inc_str_eq(e->node->classes[i], name))
            return true;
    inc_str implied[8];
    uint32_t n = inc_node_implied_classes(e->node, implied, INC_COUNT(implied));
    for (uint32_t i = 0; i < n; i++)
        if (inc_str_eq(implied[i], name))
            return true;
    return false;
}

/* The value of an attribute; false when the element has none of that name. */
static bool attribute_of(const inc_node *node, inc_str name, inc_str *value)
{
    *value = INC_STR("");
    if (inc_str_is(name, "id"))
        *value = node->label;
    else if (inc_str_is(name, "lang"))
        *value = node->lang;
    else if (inc_str_is(name, "href") && node->kind == INC_NODE_LINK)
        *value = node->as.link.url;
    else if (inc_str_is(name, "title") && (node->kind == INC_NODE_LINK || node->kind == INC_NODE_IMAGE))
        *value = node->kind == INC_NODE_LINK ? node->as.link.title : node->as.image.title;
    else if (inc_str_is(name, "src") && node->kind == INC_NODE_IMAGE)
        *value = node->as.image.url;
    else if (inc_str_is(name, "alt") && node->kind == INC_NODE_IMAGE) {
        *value = node->as.image.alt;
        return true;
    }
    if (value->n)
        return true;
    for (const inc_attribute *a = node->attributes; a; a = a->next)
        if (inc_str_eq_nocase(a->name, name)) {
            *value = a->value;
            return true;
        }
    return false;
}

inc_str inc_style_attribute(const inc_node *node, inc_str name)
{
    inc_str value;
    return attribute_of(node, name, &value) ? value : INC_STR("");
}

static bool equal(inc_str a, inc_str b, bool nocase) { return nocase ? inc_str_eq_nocase(a, b) : inc_str_eq(a, b); }

static bool contains(inc_str s, inc_str part, bool nocase)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (equal(inc_str_slice(s, i, i + part.n), part, nocase))
            return true;
    return false;
}

static bool compare(char op, inc_str have, inc_str want, bool nocase)
{
    switch (op) {
    case 0: return true;
    case '=': return equal(have, want, nocase);
    case '|': return equal(have, want, nocase) || (have.n > want.n && have.p[want.n] == '-' && equal(inc_str_slice(have, 0, want.n), want, nocase));
    case '^': return want.n && have.n >= want.n && equal(inc_str_slice(have, 0, want.n), want, nocase);
    case '$': return want.n && have.n >= want.n && equal(inc_str_slice(have, have.n - want.n, have.n), want, nocase);
    case '*': return want.n && contains(have, want, nocase);
    default: break;
    }
    while (op == '~' && have.n)
        if (want.n && equal(inc_str_cut(&have, ' '), want, nocase))
            return true;
        else if (!want.n)
            return false;
    return false;
}

/* colspan and rowspan, which are there when they are not 1. */
static bool matches_span(const inc_simple *s, const inc_node *node)
{
    uint16_t span = inc_str_is(s->name, "colspan") ? node->as.cell.colspan : node->as.cell.rowspan;
    uint64_t wanted;
    return span != 1 && (!s->op || (s->op == '=' && inc_str_to_uint(s->value, &wanted) && wanted == span));
}

static bool matches_attribute(const inc_simple *s, const inc_element *e)
{
    inc_str value;
    if (e->form == INC_ELEMENT_NODE && e->node->kind == INC_NODE_CELL && (inc_str_is(s->name, "colspan") || inc_str_is(s->name, "rowspan")))
        return matches_span(s, e->node);
    if (inc_str_is(s->name, "class")) {
        if (!s->op)
            return e->form == INC_ELEMENT_SYNTHETIC ? e->classes.n > 0 : e->form == INC_ELEMENT_NODE && e->node->class_count > 0;
        if (s->op == '~')
            return s->value.n && inc_element_has_class(e, s->value);
        if (e->form == INC_ELEMENT_SYNTHETIC)
            return compare(s->op, e->classes, s->value, s->nocase);
        inc_str names[8];
        uint32_t n = e->form == INC_ELEMENT_NODE ? inc_node_implied_classes(e->node, names, INC_COUNT(names)) : 0;
        for (uint32_t i = 0; i < n; i++)
            if (compare(s->op, names[i], s->value, s->nocase))
                return true;
        for (uint32_t i = 0; e->form == INC_ELEMENT_NODE && i < e->node->class_count; i++)
            if (compare(s->op, e->node->classes[i], s->value, s->nocase))
                return true;
        return false;
    }
    return e->form == INC_ELEMENT_NODE && attribute_of(e->node, s->name, &value) && compare(s->op, value, s->value, s->nocase);
}

static bool matches_lang(const inc_simple *s, const inc_element *e)
{
    for (const inc_node *n = e->node; n; n = n->parent)
        if (n->lang.n)
            return compare('|', n->lang, s->value, true);
    return false;
}

static bool matches_list(inc_matcher *m, const inc_simple *s, const inc_element *e)
{
    for (uint32_t i = 0; i < s->list_count; i++)
        if (inc_selector_matches(m, &s->list[i], e))
            return true;
    return false;
}

static bool matches_simple(inc_matcher *m, const inc_simple *s, const inc_element *e)
{
    switch (s->kind) {
    case INC_SIMPLE_CLASS: return inc_element_has_class(e, s->name);
    case INC_SIMPLE_ID: return e->form == INC_ELEMENT_NODE && inc_str_eq(e->node->label, s->name);
    case INC_SIMPLE_ATTRIBUTE: return matches_attribute(s, e);
    case INC_SIMPLE_ROOT: return e->form == INC_ELEMENT_NODE && e->node->kind == INC_NODE_BOOK;
    case INC_SIMPLE_EMPTY:
        return e->form == INC_ELEMENT_NODE && !e->node->first && e->node->kind != INC_NODE_CODE && e->node->kind != INC_NODE_CODE_SPAN;
    case INC_SIMPLE_LINK: return e->form == INC_ELEMENT_NODE && e->node->kind == INC_NODE_LINK;
    case INC_SIMPLE_LANG: return matches_lang(s, e);
    case INC_SIMPLE_NTH: return matches_nth(m, s, e);
    case INC_SIMPLE_LAST: return matches_last(s, e);
    case INC_SIMPLE_NTH_COL: return matches_column(s, e);
    case INC_SIMPLE_NOT: return !matches_list(m, s, e);
    case INC_SIMPLE_IS: return matches_list(m, s, e);
    case INC_SIMPLE_NEVER: return false;
    }
    return false;
}

static bool matches_compound(inc_matcher *m, const inc_compound *c, const inc_element *e)
{
    if (c->type.n && !inc_str_eq(c->type, e->name)) {
        bool root = e->form == INC_ELEMENT_NODE && e->node->kind == INC_NODE_BOOK && inc_str_is(c->type, "html");
        if (!root) /* the book is both html and body */
            return false;
    }
    for (uint32_t i = 0; i < c->count; i++)
        if (!matches_simple(m, &c->simple[i], e))
            return false;
    return true;
}

/* ---- chains ---- */

typedef enum outcome {
    MATCHES,
    FAILS_HERE,     /* another sibling or ancestor may match */
    FAILS_SIBLINGS, /* another ancestor may */
    FAILS           /* nothing further up can */
} outcome;

static outcome match_from(inc_matcher *m, const inc_selector *s, uint32_t i, const inc_element *e);

/* An earlier sibling of the element matches from compound i on. What the left part matches does not depend on the element,
 * so the siblings are scanned once. */
static bool match_later(inc_matcher *m, const inc_selector *s, uint32_t i, const inc_element *e)
{
    inc_element at;
    if (e->form != INC_ELEMENT_NODE)
        return previous_of(e, &at) && match_from(m, s, i, &at) == MATCHES;
    int form = e->node->kind == INC_NODE_ROW && e->node->as.row.head;
    const inc_compound *compound = &s->compounds[i];
    struct inc_later_memo *memo = &m->later[memo_slot(e->node->parent, compound)], state = *memo;
    if (state.compound != compound || state.parent != e->node->parent || state.form != form)
        state = (struct inc_later_memo){.compound = compound, .parent = e->node->parent, .form = form};
    uint32_t index = index_of(m, e, INC_STR(""));
    if (!state.match && state.scanned_index + 1 < index) {
        const inc_node *from = e->node;
        if (state.scanned)
            from = neighbour(state.scanned, true);
        else
            for (const inc_node *n = e->node; n; n = neighbour(n, false))
                from = n;
        for (const inc_node *n = from; n && n != e->node && !state.match; n = neighbour(n, true)) {
            at = inc_element_of(n);
            state.scanned = n;
            state.scanned_index++;
            if (match_from(m, s, i, &at) == MATCHES)
                state.match = n;
        }
        m->later[memo_slot(e->node->parent, compound)] = state;
    }
    return state.match && state.scanned_index < index; /* the match is the last one scanned */
}

static outcome match_up(inc_matcher *m, const inc_selector *s, uint32_t i, const inc_element *e)
{
    inc_element at = *e;
    while (parent_of(&at, &at)) {
        outcome o = match_from(m, s, i, &at);
        if (o == MATCHES || o == FAILS)
            return o;
    }
    return FAILS;
}

static outcome match_from(inc_matcher *m, const inc_selector *s, uint32_t i, const inc_element *e)
{
    inc_element next;
    if (!matches_compound(m, &s->compounds[i], e))
        return FAILS_HERE;
    if (i + 1 == s->count)
        return MATCHES;
    switch (s->compounds[i].combinator) {
    case INC_COMBINATOR_DESCENDANT: return match_up(m, s, i + 1, e);
    case INC_COMBINATOR_CHILD: return parent_of(e, &next) ? match_from(m, s, i + 1, &next) : FAILS;
    case INC_COMBINATOR_NEXT: return previous_of(e, &next) ? match_from(m, s, i + 1, &next) : FAILS_SIBLINGS;
    case INC_COMBINATOR_LATER: return match_later(m, s, i + 1, e) ? MATCHES : FAILS_SIBLINGS;
    }
    return FAILS;
}

bool inc_selector_matches(inc_matcher *matcher, const inc_selector *selector, const inc_element *element)
{
    return match_from(matcher, selector, 0, element) == MATCHES;
}
