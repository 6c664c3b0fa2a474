/*
 * catalogue.c - the declared faces, matching by family, slant and weight, and chains.
 *
 * The catalogue has an arena of its own, touched only under its lock, so that worker threads may open fonts while
 * others allocate from the arena that the catalogue was made in. A face's index is its place in the order of
 * declaration: which thread opens what first never shows.
 */
#include "font/internal.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/guard.h"
#include "base/vec.h"

enum { FAMILIES_MAX = 64 };

typedef struct face {
    inc_font_request request;
    inc_fonts *fonts;
    _Atomic(inc_font *) font; /* set once, under the lock */
    _Atomic bool broken;
    bool replaced;
} face;

struct inc_chain {
    inc_fonts *fonts;
    face **faces;
    uint32_t count;
    const inc_font *first;
};

struct inc_fonts {
    pthread_mutex_t lock;
    inc_arena *arena;
    inc_diags *diags;
    INC_VEC(face *) faces;
    INC_VEC(inc_chain *) chains;
    INC_VEC(inc_str) reported; /* family lists without a declared face */
};

static void free_fonts(void *p)
{
    inc_fonts *fonts = p;
    inc_arena *arena = fonts->arena;
    pthread_mutex_destroy(&fonts->lock);
    inc_arena_free(arena);
}

inc_fonts *inc_fonts_new(inc_arena *arena, inc_diags *diags)
{
    void **slot = inc_defer(arena, free_fonts);
    inc_arena *own = inc_arena_new();
    inc_guard guard;
    if (INC_GUARD(&guard) != 0) {
        inc_arena_free(own);
        inc_out_of_memory();
    }
    inc_fonts *fonts = INC_NEW(own, inc_fonts);
    inc_guard_leave(&guard);
    fonts->arena = own;
    fonts->diags = diags;
    pthread_mutex_init(&fonts->lock, NULL);
    *slot = fonts;
    return fonts;
}

/* Calls fn with the lock held; exhausted memory gives the lock back before it unwinds further. */
static void locked(inc_fonts *fonts, void (*fn)(void *), void *context)
{
    pthread_mutex_lock(&fonts->lock);
    inc_guard guard;
    if (INC_GUARD(&guard) != 0) {
        pthread_mutex_unlock(&fonts->lock);
        inc_out_of_memory();
    }
    fn(context);
    inc_guard_leave(&guard);
    pthread_mutex_unlock(&fonts->lock);
}

/* ---- declaring ---- */

typedef struct declaration {
    inc_fonts *fonts;
    const inc_font_request *request;
} declaration;

static bool same_slot(const face *f, const inc_font_request *r)
{
    return f->request.weight == r->weight && f->request.italic == r->italic &&
           inc_str_eq_nocase(f->request.family, r->family);
}

static void declare(void *context)
{
    declaration *d = context;
    inc_fonts *fonts = d->fonts;
    for (size_t i = 0; i < fonts->faces.n; i++)
        if (same_slot(fonts->faces.v[i], d->request))
            fonts->faces.v[i]->replaced = true;
    face *f = INC_NEW(fonts->arena, face);
    f->request = *d->request;
    f->request.family = inc_str_dup(fonts->arena, d->request->family);
    f->request.path = inc_str_dup(fonts->arena, d->request->path);
    f->request.index = (uint32_t)fonts->faces.n;
    f->fonts = fonts;
    INC_PUSH(fonts->arena, &fonts->faces, f);
}

void inc_fonts_declare(inc_fonts *fonts, inc_str family, uint16_t weight, bool italic, inc_str path, inc_span span)
{
    inc_font_request request = {.path = path, .family = family, .weight = weight, .italic = italic, .span = span};
    locked(fonts, declare, &(declaration){fonts, &request});
}

/* ---- opening ---- */

/* Lock held. */
static const inc_font *open_locked(face *f)
{
    inc_font *font = atomic_load_explicit(&f->font, memory_order_relaxed);
    if (font || atomic_load_explicit(&f->broken, memory_order_relaxed))
        return font;
    font = inc_font_open(f->fonts->arena, &f->request, f->fonts->diags);
    if (font)
        atomic_store_explicit(&f->font, font, memory_order_release);
    else
        atomic_store_explicit(&f->broken, true, memory_order_release);
    return font;
}

static void open_face(void *context)
{
    open_locked(context);
}

const inc_font *inc_chain_font(const inc_chain *chain, uint32_t i)
{
    face *f = chain->faces[i];
    const inc_font *font = atomic_load_explicit(&f->font, memory_order_acquire);
    if (font || atomic_load_explicit(&f->broken, memory_order_acquire))
        return font;
    locked(chain->fonts, open_face, f);
    return atomic_load_explicit(&f->font, memory_order_acquire);
}

uint32_t inc_chain_length(const inc_chain *chain)
{
    return chain->count;
}

const inc_font *inc_chain_first(const inc_chain *chain)
{
    return chain->first;
}

/* ---- matching ---- */

/* How far a weight is from the one wanted, smaller is better (CSS Fonts 4, 5.2, step 4c). */
static unsigned weight_rank(unsigned want, unsigned have)
{
    enum { SECOND = 2000, THIRD = 4000 };
    if (want >= 400 && want <= 500) {
        if (have >= want && have <= 500)
            return have - want;
        return have < want ? SECOND + want - have : THIRD + have - want;
    }
    if (want < 400)
        return have <= want ? want - have : SECOND + have - want;
    return have >= want ? have - want : SECOND + want - have;
}

static face *nearest(const inc_fonts *fonts, inc_str family, uint16_t weight, bool italic)
{
    face *best = NULL;
    unsigned best_rank = UINT_MAX;
    for (size_t i = 0; i < fonts->faces.n; i++) {
        face *f = fonts->faces.v[i];
        if (f->replaced || atomic_load(&f->broken) || !inc_str_eq_nocase(f->request.family, family))
            continue;
        unsigned rank = weight_rank(weight, f->request.weight) + (f->request.italic == italic ? 0 : 10000);
        if (rank < best_rank) {
            best = f;
            best_rank = rank;
        }
    }
    return best;
}

/* ---- chains ---- */

typedef struct chain_request {
    inc_fonts *fonts;
    const inc_str *families;
    uint32_t n;
    uint16_t weight;
    bool italic;
    const inc_chain *result;
} chain_request;

static uint32_t add_face(face **list, uint32_t n, face *f)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == f)
            return n;
    if (f && n < FAMILIES_MAX)
        list[n++] = f;
    return n;
}

static uint32_t match(const chain_request *r, face **list)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n; i++)
        n = add_face(list, n, nearest(r->fonts, r->families[i], r->weight, r->italic));
    return n;
}

/* The list with its first face opened; broken ones drop out and the next best of their family comes in. */
static uint32_t match_and_open(const chain_request *r, face **list)
{
    uint32_t n;
    do
        n = match(r, list);
    while (n > 0 && !open_locked(list[0]));
    return n;
}

static void report_unknown(const chain_request *r, inc_str taken)
{
    inc_fonts *fonts = r->fonts;
    inc_buf names = inc_buf_in(fonts->arena);
    for (uint32_t i = 0; i < r->n; i++)
        inc_buf_printf(&names, "%s%.*s", i ? ", " : "", INC_STR_ARG(r->families[i]));
    inc_str list = inc_buf_str(&names);
    for (size_t i = 0; i < fonts->reported.n; i++)
        if (inc_str_eq(fonts->reported.v[i], list))
            return;
    INC_PUSH(fonts->arena, &fonts->reported, list);
    inc_report(fonts->diags, INC_DIAG_UNKNOWN_FAMILY, INC_NO_SPAN,
               "no face of the font families '%.*s' is declared, '%.*s' was taken", INC_STR_ARG(list),
               INC_STR_ARG(taken))
        ->hint = INC_STR("declare the family with @font-face");
}

/* None of the families is declared: any family that opens, in order of declaration. */
static uint32_t match_anything(const chain_request *r, face **list)
{
    inc_fonts *fonts = r->fonts;
    for (size_t i = 0; i < fonts->faces.n; i++) {
        chain_request one = *r;
        one.families = &fonts->faces.v[i]->request.family;
        one.n = 1;
        uint32_t n = match_and_open(&one, list);
        if (n) {
            report_unknown(r, list[0]->request.family);
            return n;
        }
    }
    return 0;
}

static void find_chain(void *context)
{
    chain_request *r = context;
    inc_fonts *fonts = r->fonts;
    face *list[FAMILIES_MAX];
    uint32_t n = match_and_open(r, list);
    if (!n)
        n = match_anything(r, list);
    for (size_t i = 0; i < fonts->chains.n; i++) {
        const inc_chain *have = fonts->chains.v[i];
        if (have->count == n && (n == 0 || memcmp(have->faces, list, n * sizeof *list) == 0)) {
            r->result = have;
            return;
        }
    }
    if (!n) /* once: the next time the empty chain is found above */
        inc_report(fonts->diags, INC_DIAG_NO_FONT, INC_NO_SPAN, "no font could be opened");
    inc_chain *chain = INC_NEW(fonts->arena, inc_chain);
    chain->fonts = fonts;
    chain->faces = INC_NEW_N(fonts->arena, face *, n);
    chain->count = n;
    if (n) {
        memcpy(chain->faces, list, n * sizeof *list);
        chain->first = atomic_load(&list[0]->font);
    }
    INC_PUSH(fonts->arena, &fonts->chains, chain);
    r->result = chain;
}

static void find_family(void *context)
{
    chain_request *r = context;
    face *list[FAMILIES_MAX];
    r->n = match_and_open(r, list);
}

bool inc_fonts_has(inc_fonts *fonts, inc_str family)
{
    chain_request request = {fonts, &family, 1, 400, false, NULL};
    locked(fonts, find_family, &request);
    return request.n > 0;
}

const inc_chain *inc_fonts_chain(inc_fonts *fonts, const inc_str *families, uint32_t n, uint16_t weight, bool italic)
{
    chain_request request = {fonts, families, n, weight, italic, NULL};
    locked(fonts, find_chain, &request);
    return request.result;
}
