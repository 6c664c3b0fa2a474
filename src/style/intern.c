/* intern.c - one pointer for equal values, so that styles compare and hash by their bytes. */
#include "style/property.h"

void inc_interner_init(inc_interner *in, inc_arena *arena)
{
    *in = (inc_interner){.arena = arena};
    in->strings = in->families = in->features = in->contents = in->counter_ops = in->string_sets = in->variables = in->styles = in->cycles = inc_map_in(arena);
    in->key = inc_buf_in(arena);
}

inc_str inc_intern_str(inc_interner *in, inc_str s)
{
    if (!s.n)
        return INC_STR("");
    const char *known = inc_map_find(&in->strings, s);
    if (!known) {
        known = inc_str_dup(in->arena, s).p;
        inc_map_put(&in->strings, (inc_str){known, s.n}, (void *)(uintptr_t)known);
    }
    return (inc_str){known, s.n};
}

static void key_bytes(inc_interner *in, const void *p, size_t n) { inc_buf_add(&in->key, (inc_str){p, n}); }

static void key_str(inc_interner *in, inc_str s)
{
    key_bytes(in, &s.p, sizeof s.p);
    key_bytes(in, &s.n, sizeof s.n);
}

/* The copy of an array that is known under in->key. */
static void *known_array(inc_interner *in, inc_map *map, const void *v, size_t bytes)
{
    void *known = inc_map_find(map, inc_buf_str(&in->key));
    if (!known) {
        known = inc_alloc(in->arena, bytes);
        memcpy(known, v, bytes);
        inc_map_put(map, inc_str_dup(in->arena, inc_buf_str(&in->key)), known);
    }
    return known;
}

inc_families inc_intern_families(inc_interner *in, const inc_str *v, uint32_t n)
{
    in->key.n = 0;
    for (uint32_t i = 0; i < n; i++)
        key_str(in, v[i]);
    return (inc_families){n ? known_array(in, &in->families, v, n * sizeof *v) : NULL, n};
}

inc_features inc_intern_features(inc_interner *in, const inc_feature *v, uint32_t n)
{
    inc_feature sorted[192];
    uint32_t count = 0;
    for (uint32_t i = 0; i < n && count < INC_COUNT(sorted); i++) { /* insertion: the lists are short */
        uint32_t at = count;
        while (at > 0 && memcmp(sorted[at - 1].tag, v[i].tag, 4) > 0)
            at--;
        if (at > 0 && memcmp(sorted[at - 1].tag, v[i].tag, 4) == 0) {
            sorted[at - 1].value = v[i].value;
            continue;
        }
        memmove(sorted + at + 1, sorted + at, (count - at) * sizeof *sorted);
        sorted[at] = v[i];
        count++;
    }
    in->key.n = 0;
    key_bytes(in, sorted, count * sizeof *sorted);
    return (inc_features){count ? known_array(in, &in->features, sorted, count * sizeof *sorted) : NULL, count};
}

inc_contents inc_intern_contents(inc_interner *in, const inc_content *v, uint32_t n)
{
    in->key.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        inc_buf_byte(&in->key, (char)v[i].kind);
        inc_buf_byte(&in->key, (char)v[i].style);
        key_str(in, v[i].text);
        key_str(in, v[i].more);
        key_bytes(in, &v[i].own_style, sizeof v[i].own_style);
    }
    return (inc_contents){n ? known_array(in, &in->contents, v, n * sizeof *v) : NULL, n, false};
}

inc_counter_ops inc_intern_counter_ops(inc_interner *in, const inc_counter_op *v, uint32_t n)
{
    in->key.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        key_str(in, v[i].name);
        key_bytes(in, &v[i].value, sizeof v[i].value);
    }
    return (inc_counter_ops){n ? known_array(in, &in->counter_ops, v, n * sizeof *v) : NULL, n};
}

const inc_string_set *inc_intern_string_sets(inc_interner *in, const inc_string_set *v, uint32_t n)
{
    in->key.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        key_str(in, v[i].name);
        key_bytes(in, &v[i].value.v, sizeof v[i].value.v);
        key_bytes(in, &v[i].value.n, sizeof v[i].value.n);
    }
    return n ? known_array(in, &in->string_sets, v, n * sizeof *v) : NULL;
}

/* ---- whole styles ---- */

static void key_color(inc_interner *in, inc_color color) { key_bytes(in, (uint8_t[]){color.r, color.g, color.b, color.a}, 4); }

static void key_dim(inc_interner *in, inc_dim dim)
{
    inc_buf_byte(&in->key, (char)dim.kind);
    key_bytes(in, &dim.value, sizeof dim.value);
}

/* Field by field, since the padding between members has no defined value. */
static void key_field(inc_interner *in, const inc_field *field, const void *p)
{
    switch (field->type) {
    case INC_FIELD_BOOL:
    case INC_FIELD_U8:
    case INC_FIELD_U16:
    case INC_FIELD_U32:
    case INC_FIELD_ENUM:
    case INC_FIELD_LEN:
    case INC_FIELD_POINTER: key_bytes(in, p, field->size); break;
    case INC_FIELD_DIM: key_dim(in, *(const inc_dim *)p); break;
    case INC_FIELD_STR: key_str(in, *(const inc_str *)p); break;
    case INC_FIELD_COLOR: key_color(in, *(const inc_color *)p); break;
    case INC_FIELD_COLOR_VALUE:
        key_color(in, ((const inc_color_value *)p)->color);
        inc_buf_byte(&in->key, ((const inc_color_value *)p)->current);
        break;
    case INC_FIELD_FAMILIES: key_bytes(in, &((const inc_families *)p)->v, sizeof(void *)); break;
    case INC_FIELD_FEATURES: key_bytes(in, &((const inc_features *)p)->v, sizeof(void *)); break;
    case INC_FIELD_COUNTER_OPS: key_bytes(in, &((const inc_counter_ops *)p)->v, sizeof(void *)); break;
    case INC_FIELD_CONTENTS:
        key_bytes(in, &((const inc_contents *)p)->v, sizeof(void *));
        inc_buf_byte(&in->key, ((const inc_contents *)p)->none);
        break;
    }
}

const inc_computed *inc_intern_computed(inc_interner *in, const inc_computed *style)
{
    inc_property_id property;
    in->key.n = 0;
    for (const inc_field *f = inc_field_next(NULL, &property); f; f = inc_field_next(f, &property))
        for (int m = 0; m < (f->medium ? INC_MEDIUM_COUNT : 1); m++)
            key_field(in, f, inc_field_of(style, f, (inc_medium)m));
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) { /* what came from the parent besides */
        key_bytes(in, &style->medium[m].variables, sizeof(void *));
        key_color(in, style->style.paint[m].decoration);
        inc_buf_byte(&in->key, (char)style->style.paint[m].decoration_lines);
    }
    inc_computed *known = known_array(in, &in->styles, style, sizeof *style);
    known->style.computed = known;
    return known;
}
