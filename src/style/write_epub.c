/*
 * write_epub.c - the sheet for the EPUB: the rules that are not for paper alone, less what reading systems choke on.
 *
 * Custom properties that the root sets are put in their places, since many readers know no var().
 */
#include "style/sheet.h"

typedef struct writer {
    const inc_sheet *sheet;
    inc_arena *arena;
    inc_buf *out;
    const inc_variables *root;
    inc_str wraps; /* the at-rules that are open, each ended by LF */
} writer;

/* ---- custom properties of the root ---- */

static bool is_root(const inc_selector *s)
{
    if (s->count != 1 || s->pseudo || s->foreign)
        return false;
    const inc_compound *c = &s->compounds[0];
    bool type = inc_str_is(c->type, "html") || inc_str_is(c->type, "body");
    return (type && c->count == 0) || (!c->type.n && c->count == 1 && c->simple[0].kind == INC_SIMPLE_ROOT);
}

/* The at-rules around the rule as they stand in the EPUB, the outermost first. */
static inc_str wraps_of(inc_arena *arena, const inc_condition *condition)
{
    inc_str all = INC_STR("");
    for (const inc_condition *c = condition; c; c = c->outer)
        if (c->epub_wrap.n)
            all = inc_strf(arena, "%.*s\n%.*s", INC_STR_ARG(c->epub_wrap), INC_STR_ARG(all));
    return all;
}

static bool is_root_rule(const writer *w, const inc_rule *rule)
{
    bool root = rule->condition->epub && !wraps_of(w->arena, rule->condition).n;
    for (uint32_t i = 0; i < rule->selector_count && root; i++)
        root = is_root(&rule->selectors[i]);
    return root;
}

static void collect_variables(writer *w)
{
    INC_VEC(inc_variable) list = {0};
    for (size_t r = 0; r < w->sheet->rules.n; r++) {
        const inc_rule *rule = &w->sheet->rules.v[r];
        if (!is_root_rule(w, rule))
            continue;
        for (size_t i = 0; i < rule->declarations.n; i++) {
            const inc_declaration *d = &rule->declarations.v[i];
            if (inc_str_starts(d->name, INC_STR("--")) && !d->broken)
                INC_PUSH(w->arena, &list, ((inc_variable){.name = d->name, .value = d->value}));
        }
    }
    inc_interner interner;
    inc_interner_init(&interner, w->arena);
    w->root = inc_intern_variables(&interner, NULL, list.v, (uint32_t)list.n);
}

/* ---- declarations ---- */

static bool has_function(inc_css_tokens value, const char *name)
{
    for (size_t i = 0; i < value.n; i++)
        if (inc_css_is_function(&value.v[i], name))
            return true;
    return false;
}

static bool has_word(inc_css_tokens value, const char *word)
{
    for (size_t i = 0; i < value.n; i++)
        if (inc_css_is_word(&value.v[i], word))
            return true;
    return false;
}

static bool has_url(inc_css_tokens value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.v[i].kind == INC_CSS_URL)
            return true;
    return has_function(value, "url");
}

/* content that needs pages. Reading systems count by themselves, and know neither running strings nor leaders. */
static bool is_paged_content(inc_css_tokens value)
{
    static const char *const functions[] = {"string", "target-counter", "target-counters", "target-text", "content", "leader"};
    for (size_t i = 0; i < INC_COUNT(functions); i++)
        if (has_function(value, functions[i]))
            return true;
    for (size_t i = 0; i + 1 < value.n; i++)
        if (inc_css_is_function(&value.v[i], "counter") && (inc_css_is_word(&value.v[i + 1], "page") || inc_css_is_word(&value.v[i + 1], "pages")))
            return true;
    return false;
}

/* What EPUB 3.3 forbids, what is for paper only, and what points to files that are not in the package. */
static bool is_unfit(const writer *w, const inc_rule *rule, const inc_declaration *d)
{
    inc_property_id id = inc_property_find(d->name);
    bool custom = inc_str_starts(d->name, INC_STR("--"));
    if (d->broken || inc_str_starts(d->name, INC_STR("-inc-")) || (custom && is_root_rule(w, rule)))
        return true;
    if (id != INC_PROP_NONE && inc_property_info_of(id)->flags & INC_PROP_PAGED)
        return true;
    if (inc_str_is(d->name, "direction") || inc_str_is(d->name, "unicode-bidi"))
        return true; /* EPUB 3.3, section 6.3.1.2 */
    if (inc_str_is(d->name, "position") && has_word(d->value, "fixed"))
        return true;
    if (has_url(d->value) || (id == INC_PROP_FLOAT && has_word(d->value, "footnote")) || (id == INC_PROP_TEXT_INDENT && has_word(d->value, "hanging"))
        || (id == INC_PROP_DISPLAY && has_word(d->value, "run-in")))
        return true;
    return id == INC_PROP_CONTENT && is_paged_content(d->value);
}

static bool is_break(inc_property_id id) { return id == INC_PROP_BREAK_BEFORE || id == INC_PROP_BREAK_AFTER; }

static void write_declaration(writer *w, const inc_declaration *d, inc_buf *out)
{
    inc_css_tokens value = d->value, resolved;
    if (d->has_var && inc_variables_substitute(w->arena, w->root, value, &resolved))
        value = resolved;
    bool side = is_break(inc_property_find(d->name)) && value.n == 1
                && (inc_css_is_word(value.v, "recto") || inc_css_is_word(value.v, "verso") || inc_css_is_word(value.v, "left")
                    || inc_css_is_word(value.v, "right"));
    inc_buf_printf(out, "  %.*s: ", INC_STR_ARG(d->name));
    if (side) /* there are no leaves to turn */
        inc_buf_puts(out, inc_str_starts(d->name, INC_STR("page-")) ? "always" : "page");
    else
        inc_css_write(value, out);
    inc_buf_puts(out, d->important ? " !important;\n" : ";\n");
}

/* ---- rules ---- */

static void open_wraps(writer *w, inc_str wraps)
{
    if (inc_str_eq(w->wraps, wraps))
        return;
    for (inc_str rest = w->wraps; rest.n; inc_str_cut(&rest, '\n'))
        inc_buf_puts(w->out, "}\n");
    for (inc_str rest = wraps; rest.n;) {
        inc_buf_add(w->out, inc_str_cut(&rest, '\n'));
        inc_buf_puts(w->out, " {\n");
    }
    w->wraps = wraps;
}

static void write_rule(writer *w, const inc_rule *rule)
{
    inc_buf selectors = inc_buf_in(w->arena), declarations = inc_buf_in(w->arena);
    if (!rule->condition->epub)
        return;
    for (uint32_t i = 0; i < rule->selector_count; i++) {
        if (rule->selectors[i].ours) /* one unknown selector spoils a whole list */
            continue;
        inc_buf_puts(&selectors, selectors.n ? ", " : "");
        inc_css_write(rule->selectors[i].tokens, &selectors);
    }
    for (size_t i = 0; i < rule->declarations.n; i++)
        if (!is_unfit(w, rule, &rule->declarations.v[i]))
            write_declaration(w, &rule->declarations.v[i], &declarations);
    if (!selectors.n || !declarations.n)
        return;
    open_wraps(w, wraps_of(w->arena, rule->condition));
    inc_buf_add(w->out, inc_buf_str(&selectors));
    inc_buf_puts(w->out, " {\n");
    inc_buf_add(w->out, inc_buf_str(&declarations));
    inc_buf_puts(w->out, "}\n");
}

static void write_string(inc_buf *out, inc_str s)
{
    inc_buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\' || (unsigned char)s.p[i] < 0x20)
            inc_buf_printf(out, "\\%x ", (unsigned char)s.p[i]);
        else
            inc_buf_byte(out, s.p[i]);
    }
    inc_buf_byte(out, '"');
}

static void write_face(writer *w, const inc_font_face *face, inc_str href)
{
    inc_buf_puts(w->out, "@font-face {\n  font-family: ");
    write_string(w->out, face->family);
    inc_buf_printf(w->out, ";\n  font-weight: %u;\n  font-style: %s;\n  src: url(", face->weight, face->italic ? "italic" : "normal");
    write_string(w->out, href);
    inc_buf_puts(w->out, ");\n}\n");
}

static void write_counter_style(const inc_counter_style *s, inc_buf *out)
{
    static const char *const systems[] = {"cyclic", "fixed", "numeric", "alphabetic", "symbolic", "additive"};
    bool adds = s->system == INC_SYSTEM_ADDITIVE;
    inc_buf_printf(out, "@counter-style %.*s {\n  system: %s;\n  %s:", INC_STR_ARG(s->name), systems[s->system], adds ? "additive-symbols" : "symbols");
    for (uint32_t i = 0; i < s->count; i++) {
        inc_buf_puts(out, adds && i ? ", " : " ");
        if (adds)
            inc_buf_printf(out, "%lld ", (long long)s->weights[i]);
        write_string(out, s->symbols[i]);
    }
    inc_buf_puts(out, ";\n  prefix: ");
    write_string(out, s->prefix);
    inc_buf_puts(out, ";\n  suffix: ");
    write_string(out, s->suffix);
    inc_buf_puts(out, ";\n}\n");
}

void inc_sheet_write_epub(const inc_sheet *sheet, inc_str (*font_href)(void *context, const inc_font_face *face), void *context, inc_buf *out)
{
    writer w = {.sheet = sheet, .arena = out->arena, .out = out};
    collect_variables(&w);
    for (size_t i = 0; i < sheet->faces.n && font_href; i++) {
        inc_str href = font_href(context, &sheet->faces.v[i]);
        if (href.n)
            write_face(&w, &sheet->faces.v[i], href);
    }
    for (size_t i = 0; i < sheet->counter_styles.n; i++)
        write_counter_style(sheet->counter_styles.v[i], out);
    for (size_t r = 0; r < sheet->rules.n; r++)
        write_rule(&w, &sheet->rules.v[r]);
    open_wraps(&w, INC_STR(""));
}
