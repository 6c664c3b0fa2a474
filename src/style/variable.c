/* variable.c - custom properties and var() (CSS Custom Properties 1). */
#include "base/vec.h"
#include "style/computed.h"

enum { TOKENS_MAX = 4096, DEPTH_MAX = 64 };

typedef INC_VEC(inc_css_token) token_list;

/* Custom properties may refer to each other: each is resolved when first needed. */
typedef struct resolver {
    inc_arena *arena;
    const inc_variables *outer; /* resolved */
    inc_variable *v;            /* those being resolved */
    const inc_map *by_name;     /* of v; NULL when there is none */
    uint8_t *state;
    unsigned depth;
    inc_interner *told; /* whom cycles are reported to, or NULL */
} resolver;

enum { UNRESOLVED, BUSY, DONE };

static bool substitute(resolver *r, inc_css_tokens value, token_list *out);

bool inc_css_has_var(inc_css_tokens value)
{
    for (size_t i = 0; i < value.n; i++)
        if (inc_css_is_function(&value.v[i], "var"))
            return true;
    return false;
}

/* Once for each name, however many elements it holds for. */
static void report_cycle(resolver *r, const inc_variable *v)
{
    inc_diags *diags = r->told ? r->told->diags : NULL;
    if (!diags || inc_map_has(&r->told->cycles, v->name))
        return;
    inc_map_put(&r->told->cycles, v->name, diags);
    inc_report(diags, INC_DIAG_CSS_CYCLE, v->span, "'%.*s' needs its own value; it has none", INC_STR_ARG(v->name));
}

static bool resolve(resolver *r, uint32_t i)
{
    if (r->state[i] == BUSY)
        report_cycle(r, &r->v[i]);
    if (r->state[i] == BUSY || r->depth >= DEPTH_MAX)
        return false;
    if (r->state[i] == DONE)
        return true;
    inc_variable *v = &r->v[i];
    r->state[i] = BUSY;
    if (!v->unset && inc_css_has_var(v->value)) {
        token_list out = {0};
        r->depth++;
        v->unset = !substitute(r, v->value, &out);
        r->depth--;
        v->value = (inc_css_tokens){out.v, out.n};
    }
    r->state[i] = DONE;
    return true;
}

/* The value of a name, or NULL; *cycle when the name is being resolved itself. */
static const inc_variable *look_up(resolver *r, inc_str name, bool *cycle)
{
    const inc_variable *own = r->by_name ? inc_map_find(r->by_name, name) : NULL;
    *cycle = own && !resolve(r, (uint32_t)(own - r->v));
    const inc_variable *found = own ? own : inc_variables_find(r->outer, name);
    return found && !found->unset ? found : NULL;
}

static bool push(resolver *r, token_list *out, inc_css_tokens value)
{
    if (out->n + value.n > TOKENS_MAX)
        return false;
    for (size_t i = 0; i < value.n; i++)
        INC_PUSH(r->arena, out, value.v[i]);
    return true;
}

/* t[0] is a var( of `extent` tokens. */
static bool substitute_one(resolver *r, const inc_css_token *t, size_t extent, token_list *out)
{
    size_t at = 1, end = extent - 1;
    while (at < end && t[at].kind == INC_CSS_SPACE)
        at++;
    if (at >= end || t[at].kind != INC_CSS_IDENT || !inc_str_starts(t[at].text, INC_STR("--")))
        return false;
    inc_str name = t[at++].text;
    while (at < end && t[at].kind == INC_CSS_SPACE)
        at++;
    bool fallback = at < end && t[at].kind == INC_CSS_COMMA, cycle;
    if (at < end && !fallback)
        return false;
    const inc_variable *v = look_up(r, name, &cycle);
    if (cycle)
        return false;
    if (v)
        return push(r, out, v->value);
    if (!fallback || r->depth >= DEPTH_MAX)
        return false;
    r->depth++;
    bool ok = substitute(r, inc_css_trim((inc_css_tokens){t + at + 1, end - at - 1}), out);
    r->depth--;
    return ok;
}

static bool substitute(resolver *r, inc_css_tokens value, token_list *out)
{
    for (size_t i = 0; i < value.n;) {
        const inc_css_token *t = &value.v[i];
        if (!inc_css_is_function(t, "var")) {
            if (!push(r, out, (inc_css_tokens){t, 1}))
                return false;
            i++;
            continue;
        }
        size_t extent = INC_MIN(inc_css_extent(t), value.n - i);
        if (!substitute_one(r, t, extent, out))
            return false;
        i += extent;
    }
    inc_css_match_brackets(r->arena, out->v, out->n);
    return true;
}

const inc_variable *inc_variables_find(const inc_variables *variables, inc_str name)
{
    const inc_variable *found = NULL;
    for (const inc_variables *o = variables; o && !found; o = o->outer)
        found = inc_map_find(o->by_name, name);
    return found;
}

bool inc_variables_substitute(inc_arena *arena, const inc_variables *variables, inc_css_tokens value, inc_css_tokens *result)
{
    resolver r = {.arena = arena, .outer = variables};
    token_list out = {0};
    bool ok = substitute(&r, value, &out);
    *result = (inc_css_tokens){out.v, out.n};
    return ok;
}

const inc_variables *inc_intern_variables(inc_interner *in, const inc_variables *outer, const inc_variable *v, uint32_t n)
{
    if (!n)
        return outer;
    inc_map *by_name = INC_NEW(in->arena, inc_map);
    resolver r = {.arena = in->arena, .outer = outer, .by_name = by_name, .told = in};
    r.v = INC_NEW_N(in->arena, inc_variable, n);
    r.state = INC_NEW_N(in->arena, uint8_t, n);
    memcpy(r.v, v, n * sizeof *v);
    *by_name = inc_map_in(in->arena);
    for (uint32_t i = 0; i < n; i++)
        inc_map_put(by_name, r.v[i].name, &r.v[i]);
    in->key.n = 0;
    inc_buf_add(&in->key, (inc_str){(const char *)&outer, sizeof outer});
    for (uint32_t i = 0; i < n; i++)
        if (!resolve(&r, i))
            r.v[i].unset = true;
    for (uint32_t i = 0; i < n; i++) {
        inc_buf_add(&in->key, r.v[i].name);
        inc_buf_byte(&in->key, r.v[i].unset ? '!' : ':');
        inc_css_write(r.v[i].value, &in->key);
        inc_buf_byte(&in->key, ';');
    }
    inc_variables *all = inc_map_find(&in->variables, inc_buf_str(&in->key));
    if (!all) {
        all = INC_NEW(in->arena, inc_variables);
        *all = (inc_variables){outer, r.v, n, by_name};
        inc_map_put(&in->variables, inc_str_dup(in->arena, inc_buf_str(&in->key)), all);
    }
    return all;
}
