/* parse.c - tokens to rules and declarations (CSS Syntax Module Level 3, section 5), with its error recovery. */
#include "base/files.h"
#include "style/sheet.h"

enum { IMPORT_DEPTH_MAX = 16, IMPORTS_MAX = 1000, CONDITION_DEPTH_MAX = 32, SHEET_SIZE_MAX = 16 << 20 };
#define SHEETS_SIZE_MAX ((uint64_t)64 << 20) /* all together, a sheet as often as it is imported */

const inc_condition inc_condition_none = {.paged = {true, true}, .epub = true, .epub_wrap = {"", 0}};

inc_span inc_parse_span(const inc_parse *p, inc_css_tokens tokens)
{
    const inc_source *source = inc_sources_get(p->sheet->sources, p->file);
    if (!tokens.n)
        return (inc_span){p->file, 0, 0};
    const inc_css_token *first = &tokens.v[0], *last = &tokens.v[tokens.n - 1];
    return (inc_span){p->file, (uint32_t)(first->raw.p - source->bytes.p), (uint32_t)(last->raw.p + last->raw.n - first->raw.p)};
}

inc_css_tokens inc_css_block(const inc_css_token *open, size_t limit)
{
    size_t end = INC_MIN((size_t)open->match, limit);
    return (inc_css_tokens){open + 1, end > 1 ? end - 1 : 0};
}

static void skip(inc_css_tokens *t, size_t n)
{
    n = INC_MIN(n, t->n);
    t->v += n;
    t->n -= n;
}

/* How many tokens stand before the first of those kinds, whole component values skipped. */
static size_t until(inc_css_tokens t, inc_css_kind a, inc_css_kind b)
{
    size_t at = 0;
    while (at < t.n && t.v[at].kind != a && t.v[at].kind != b)
        at += inc_css_extent(&t.v[at]);
    return INC_MIN(at, t.n);
}

/* ---- declarations ---- */

inc_css_result inc_declaration_check(inc_sheet *sheet, inc_property_id property, inc_css_tokens value)
{
    inc_computed style = inc_computed_initial;
    inc_css_result result = INC_CSS_OK;
    inc_apply a = {.out = &style, .parent = &inc_computed_initial, .medium = INC_PRINT, .interner = &sheet->interner,
        .units = {12 * INC_PT, 12 * INC_PT, 14 * INC_PT}};
    for (a.stage = INC_STAGE_FONT_SIZE; a.stage < INC_STAGE_COUNT && result == INC_CSS_OK; a.stage++)
        result = inc_property_apply(&a, property, value);
    return result;
}

static inc_property_id find_property(inc_sheet *sheet, inc_str name)
{
    inc_map *map = &sheet->property_ids;
    if (!inc_map_has(map, name)) /* foreign and unknown names too: each is searched for once */
        inc_map_put(map, inc_str_dup(sheet->arena, name), (void *)(uintptr_t)inc_property_find(name));
    return (inc_property_id)(uintptr_t)inc_map_find(map, name);
}

static bool is_balanced(inc_css_tokens value)
{
    for (size_t i = 0; i < value.n; i++) {
        const inc_css_token *t = &value.v[i];
        bool opens = t->kind == INC_CSS_FUNCTION || t->kind == INC_CSS_OPEN_ROUND || t->kind == INC_CSS_OPEN_SQUARE || t->kind == INC_CSS_OPEN_CURLY;
        if (t->kind == INC_CSS_BAD_STRING || t->kind == INC_CSS_BAD_URL || (opens && i + t->match >= value.n))
            return false;
        if (t->kind == INC_CSS_STRING && (t->raw.n < 2 || t->raw.p[t->raw.n - 1] != t->raw.p[0]))
            return false;
        if (t->kind == INC_CSS_URL && t->raw.p[t->raw.n - 1] != ')')
            return false;
    }
    return true;
}

static void report_unknown(inc_parse *p, const inc_declaration *d, inc_span name)
{
    inc_diag *diag = inc_report(p->sheet->diags, INC_DIAG_CSS_UNKNOWN_PROPERTY, name, "unknown property '%.*s'", INC_STR_ARG(d->name));
    const char *suggestion = inc_property_suggest(d->name);
    if (suggestion)
        diag->hint = inc_strf(p->sheet->diags->arena, "did you mean '%s'?", suggestion);
}

static void report_value(inc_parse *p, const inc_declaration *d)
{
    inc_buf text = inc_buf_in(p->sheet->diags->arena);
    inc_css_write(d->value, &text);
    inc_report(p->sheet->diags, INC_DIAG_CSS_BAD_VALUE, inc_parse_span(p, d->value), "'%.*s' is no value that '%.*s' takes here",
               INC_STR_ARG(inc_buf_str(&text)), INC_STR_ARG(d->name));
}

/* Once for each property: a sheet written for screens would have too many. */
static void note_foreign(inc_parse *p, const inc_declaration *d, bool value)
{
    inc_map *told = &p->sheet->told_foreign;
    if (inc_map_has(told, d->name) || inc_str_starts(d->name, INC_STR("-")))
        return;
    inc_map_put(told, inc_str_dup(p->sheet->arena, d->name), p->sheet);
    inc_report(p->sheet->diags, INC_DIAG_CSS_READERS_ONLY, d->span, "%s'%.*s' does nothing in the PDFs; reading systems get it",
               value ? "this value of " : "", INC_STR_ARG(d->name));
}

/* Only paint may differ for the screen: one layout serves both PDFs. */
static bool is_screen_geometry(const inc_parse *p, inc_property_id id)
{
    return p->condition->paged[INC_SCREEN] && !p->condition->paged[INC_PRINT] && !(inc_property_info_of(id)->flags & INC_PROP_PAINT);
}

/* Finds the declaration's property; what is not for paper keeps NONE. */
static void classify(inc_parse *p, inc_declaration *d, inc_span name, bool page)
{
    bool paged = p->condition->paged[INC_SCREEN] || p->condition->paged[INC_PRINT];
    inc_property_id id = find_property(p->sheet, d->name);
    if (inc_str_starts(d->name, INC_STR("--"))) {
        d->property = INC_PROP_CUSTOM;
        return;
    }
    if (!paged)
        return;
    if (id == INC_PROP_NONE || (!page && inc_property_info_of(id)->flags & INC_PROP_PAGE_ONLY)) {
        if (id != INC_PROP_NONE || !inc_property_is_foreign(d->name))
            report_unknown(p, d, name);
        else
            note_foreign(p, d, false);
        return;
    }
    inc_css_result result = d->has_var ? INC_CSS_OK : d->broken ? INC_CSS_BAD : inc_declaration_check(p->sheet, id, d->value);
    if (result == INC_CSS_BAD)
        report_value(p, d);
    else if (result == INC_CSS_IGNORED)
        note_foreign(p, d, true);
    else if (result == INC_CSS_OK && is_screen_geometry(p, id))
        inc_report(p->sheet->diags, INC_DIAG_CSS_SCREEN_GEOMETRY, d->span, "'%.*s' cannot differ between screen and print; ignored", INC_STR_ARG(d->name))
            ->hint = INC_STR("only colours, backgrounds, borders and text-decoration may stand under @media screen alone");
    else if (result == INC_CSS_OK) {
        d->property = id;
        p->sheet->has_counters |= id == INC_PROP_COUNTER_RESET || id == INC_PROP_COUNTER_INCREMENT || id == INC_PROP_COUNTER_SET;
    }
}

/* Cuts "!important" off the end. */
static bool take_important(inc_css_tokens *value)
{
    inc_css_tokens t = inc_css_trim(*value);
    if (!t.n || !inc_css_is_word(&t.v[t.n - 1], "important"))
        return false;
    t = inc_css_trim((inc_css_tokens){t.v, t.n - 1});
    if (!t.n || !inc_css_is_delim(&t.v[t.n - 1], '!'))
        return false;
    *value = inc_css_trim((inc_css_tokens){t.v, t.n - 1});
    return true;
}

/* One declaration of all the tokens; false when it is none. */
static bool parse_declaration(inc_parse *p, inc_css_tokens tokens, bool page, inc_declaration *d)
{
    inc_css_tokens t = inc_css_trim(tokens);
    *d = (inc_declaration){0};
    if (!t.n || t.v[0].kind != INC_CSS_IDENT)
        return false;
    inc_css_tokens rest = inc_css_trim((inc_css_tokens){t.v + 1, t.n - 1});
    if (!rest.n || rest.v[0].kind != INC_CSS_COLON)
        return false;
    bool custom = inc_str_starts(t.v[0].text, INC_STR("--"));
    d->name = custom ? t.v[0].text : inc_str_lower(p->sheet->arena, t.v[0].text);
    d->value = inc_css_trim((inc_css_tokens){rest.v + 1, rest.n - 1});
    d->important = take_important(&d->value);
    d->has_var = inc_css_has_var(d->value);
    p->sheet->variables_refer |= d->has_var && inc_str_starts(d->name, INC_STR("--"));
    d->broken = !is_balanced(d->value);
    d->span = inc_parse_span(p, t);
    if (!d->value.n && !custom)
        return false;
    classify(p, d, inc_parse_span(p, (inc_css_tokens){t.v, 1}), page);
    return true;
}

static void report_syntax(inc_parse *p, inc_css_tokens at, const char *what)
{
    at = inc_css_trim(at);
    at.n = INC_MIN(at.n, 1);
    inc_report(p->sheet->diags, INC_DIAG_CSS_SYNTAX, inc_parse_span(p, at), "%s", what);
}

/* How far the declaration (or what should be one) goes that t begins with: to its semicolon, or over the block of a nested rule. */
static size_t declaration_extent(inc_css_tokens t, bool *nested)
{
    bool custom = t.v[0].kind == INC_CSS_IDENT && inc_str_starts(t.v[0].text, INC_STR("--"));
    size_t end = until(t, INC_CSS_SEMICOLON, custom ? INC_CSS_SEMICOLON : INC_CSS_OPEN_CURLY);
    *nested = end < t.n && t.v[end].kind == INC_CSS_OPEN_CURLY;
    return *nested ? INC_MIN(end + inc_css_extent(&t.v[end]), t.n) : end;
}

inc_declarations inc_parse_declarations(inc_parse *p, inc_css_tokens t, bool page,
                                        void (*at_rule)(inc_parse *, inc_css_tokens, inc_css_tokens, void *), void *context)
{
    INC_VEC(inc_declaration) list = {0};
    while (t.n) {
        inc_declaration d;
        bool nested;
        if (t.v[0].kind == INC_CSS_SPACE || t.v[0].kind == INC_CSS_SEMICOLON) {
            skip(&t, 1);
            continue;
        }
        if (t.v[0].kind == INC_CSS_AT) {
            size_t n = until(t, INC_CSS_SEMICOLON, INC_CSS_OPEN_CURLY);
            bool block = n < t.n && t.v[n].kind == INC_CSS_OPEN_CURLY;
            inc_css_tokens prelude = {t.v, n};
            if (at_rule && block)
                at_rule(p, inc_css_trim(prelude), inc_css_block(&t.v[n], t.n - n), context);
            else
                report_syntax(p, t, "no at-rule may stand here");
            skip(&t, n + (block ? inc_css_extent(&t.v[n]) : 1));
            continue;
        }
        size_t n = declaration_extent(t, &nested);
        inc_css_tokens one = {t.v, n};
        if (nested)
            report_syntax(p, one, "rules cannot be nested in rules");
        else if (parse_declaration(p, one, page, &d))
            INC_PUSH(p->sheet->arena, &list, d);
        else
            report_syntax(p, one, "this is no declaration: 'property: value;' was expected");
        skip(&t, n);
    }
    return (inc_declarations){list.v, list.n};
}

/* ---- rules ---- */

static void parse_style_rule(inc_parse *p, inc_css_tokens prelude, inc_css_tokens block)
{
    inc_rule rule = {.condition = p->condition};
    const inc_css_token *bad;
    inc_css_tokens selector = inc_css_trim(prelude);
    if (!inc_selectors_parse(p->sheet->arena, selector, &rule.selectors, &rule.selector_count, &bad)) {
        inc_span span = inc_parse_span(p, bad ? (inc_css_tokens){bad, 1} : selector);
        inc_buf text = inc_buf_in(p->sheet->diags->arena);
        inc_css_write(selector, &text);
        inc_report(p->sheet->diags, INC_DIAG_CSS_BAD_SELECTOR, span, "selector '%.*s' is not understood; its rule is skipped",
                   INC_STR_ARG(inc_buf_str(&text)));
        return;
    }
    rule.declarations = inc_parse_declarations(p, block, false, NULL, NULL);
    INC_PUSH(p->sheet->arena, &p->sheet->rules, rule);
}

static void parse_rules(inc_parse *p, inc_css_tokens t, unsigned depth);

/* ---- @import ---- */

static void add_file(inc_parse *p, uint32_t file);

/* False, and reported, when the file is being imported already or when imports are nested too deep. What fans out beyond IMPORTS_MAX is reported
 * once. */
static bool may_import(inc_sheet *sheet, uint32_t file, inc_str url, inc_span span)
{
    for (size_t i = 0; i < sheet->importing.n; i++)
        if (sheet->importing.v[i] == file) {
            inc_report(sheet->diags, INC_DIAG_CSS_IMPORT, span, "@import of '%.*s' runs in a circle", INC_STR_ARG(url));
            return false;
        }
    if (++sheet->imports > IMPORTS_MAX) {
        if (sheet->imports == IMPORTS_MAX + 1)
            inc_report(sheet->diags, INC_DIAG_CSS_IMPORT, span, "@import of '%.*s' and all further ones are not followed: there are more than %d",
                       INC_STR_ARG(url), IMPORTS_MAX);
        return false;
    }
    if (sheet->importing.n >= IMPORT_DEPTH_MAX)
        inc_report(sheet->diags, INC_DIAG_CSS_IMPORT, span, "@import of '%.*s' is nested deeper than %d", INC_STR_ARG(url), IMPORT_DEPTH_MAX);
    return sheet->importing.n < IMPORT_DEPTH_MAX;
}

static void import_file(inc_parse *p, inc_str url, inc_css_tokens at, const inc_condition *condition)
{
    inc_sheet *sheet = p->sheet;
    const inc_source *source = inc_sources_get(sheet->sources, p->file);
    inc_span span = inc_parse_span(p, at);
    inc_str path = inc_path_normalise(sheet->arena, inc_path_join(sheet->arena, inc_path_folder(source->path), url));
    inc_str name = inc_path_normalise(sheet->arena, inc_path_join(sheet->arena, inc_path_folder(source->name), url));
    int error = 0;
    if (!p->root.n || inc_str_find(url, INC_STR("://")) != INC_NPOS || inc_str_starts(url, INC_STR("/"))) {
        inc_report(sheet->diags, INC_DIAG_CSS_IMPORT, span, "@import of '%.*s' is not followed", INC_STR_ARG(url))
            ->hint = INC_STR("name a file beside this one, or list it in book.toml");
        return;
    }
    if (inc_file_exists(path) && !inc_path_inside(p->root, path)) {
        inc_report(sheet->diags, INC_DIAG_OUTSIDE_BOOK, span, "@import of '%.*s' leads out of the folder of the sheets", INC_STR_ARG(url));
        return;
    }
    uint32_t file = inc_file_read_text(sheet->sources, sheet->arena, name, path, sheet->diags, &error);
    if (!file) {
        inc_report(sheet->diags, INC_DIAG_CSS_MISSING_SHEET, span, "style sheet '%.*s' cannot be read: %s", INC_STR_ARG(name), strerror(error));
        return;
    }
    if (may_import(sheet, file, url, span)) {
        inc_parse inner = {.sheet = sheet, .root = p->root, .condition = condition};
        add_file(&inner, file);
    }
}

static void parse_import(inc_parse *p, inc_css_tokens at)
{
    inc_css_tokens t = inc_css_trim((inc_css_tokens){at.v + 1, at.n - 1});
    inc_str url = {0};
    if (!p->imports) {
        report_syntax(p, at, "@import must stand before all rules; ignored");
        return;
    }
    if (t.n && (t.v[0].kind == INC_CSS_STRING || t.v[0].kind == INC_CSS_URL)) {
        url = t.v[0].text;
        skip(&t, 1);
    } else if (t.n > 1 && inc_css_is_function(t.v, "url")) {
        inc_css_tokens inside = inc_css_trim(inc_css_block(t.v, t.n));
        if (inside.n == 1 && inside.v[0].kind == INC_CSS_STRING)
            url = inside.v[0].text;
        skip(&t, inc_css_extent(t.v));
    }
    if (!url.n) {
        report_syntax(p, at, "@import needs the name of a file");
        return;
    }
    t = inc_css_trim(t);
    import_file(p, url, at, t.n ? inc_media_parse(p->sheet->arena, t, p->condition) : p->condition);
}

/* ---- at-rules ---- */

static bool is_at(const inc_css_token *t, const char *name) { return inc_str_eq_nocase(t->text, inc_str_of(name)); }

static void parse_group(inc_parse *p, const inc_condition *condition, inc_css_tokens block, unsigned depth)
{
    const inc_condition *outer = p->condition;
    p->condition = condition;
    parse_rules(p, block, depth + 1);
    p->condition = outer;
}

static void parse_at_block(inc_parse *p, inc_css_tokens at, inc_css_tokens block, unsigned depth)
{
    inc_css_tokens prelude = inc_css_trim((inc_css_tokens){at.v + 1, at.n - 1});
    if (is_at(at.v, "media"))
        parse_group(p, inc_media_parse(p->sheet->arena, prelude, p->condition), block, depth);
    else if (is_at(at.v, "supports"))
        parse_group(p, inc_supports_parse(p->sheet, prelude, p->condition), block, depth);
    else if (is_at(at.v, "page"))
        inc_parse_page(p, prelude, block);
    else if (is_at(at.v, "counter-style"))
        inc_parse_counter_style(p, at, prelude, block);
    else if (is_at(at.v, "font-face"))
        inc_parse_font_face(p, at, block);
    else if (!is_at(at.v, "keyframes") && !inc_str_starts(at.v->text, INC_STR("-")))
        inc_report(p->sheet->diags, INC_DIAG_CSS_UNKNOWN_RULE, inc_parse_span(p, at), "@%.*s is not understood; skipped", INC_STR_ARG(at.v->text));
}

static void parse_at_rule(inc_parse *p, inc_css_tokens *t, unsigned depth)
{
    size_t n = until(*t, INC_CSS_SEMICOLON, INC_CSS_OPEN_CURLY);
    inc_css_tokens at = inc_css_trim((inc_css_tokens){t->v, n});
    bool block = n < t->n && t->v[n].kind == INC_CSS_OPEN_CURLY;
    if (block) {
        p->imports = false;
        parse_at_block(p, at, inc_css_block(&t->v[n], t->n - n), depth);
    } else if (is_at(at.v, "import"))
        parse_import(p, at);
    else if (!is_at(at.v, "charset") && !is_at(at.v, "namespace") && !is_at(at.v, "layer"))
        report_syntax(p, at, "this at-rule has no block");
    skip(t, block ? n + inc_css_extent(&t->v[n]) : n + 1);
}

static void parse_rules(inc_parse *p, inc_css_tokens t, unsigned depth)
{
    if (depth > CONDITION_DEPTH_MAX) {
        report_syntax(p, t, "rules are nested too deeply; skipped");
        return;
    }
    while (t.n) {
        inc_css_kind kind = t.v[0].kind;
        if (kind == INC_CSS_SPACE || (depth == 0 && (kind == INC_CSS_CDO || kind == INC_CSS_CDC))) {
            skip(&t, 1);
            continue;
        }
        if (kind == INC_CSS_AT) {
            parse_at_rule(p, &t, depth);
            continue;
        }
        size_t n = until(t, INC_CSS_OPEN_CURLY, INC_CSS_OPEN_CURLY);
        p->imports = false;
        if (n == t.n) {
            report_syntax(p, t, "a selector without a block");
            return;
        }
        parse_style_rule(p, (inc_css_tokens){t.v, n}, inc_css_block(&t.v[n], t.n - n));
        skip(&t, n + inc_css_extent(&t.v[n]));
    }
}

static void add_file(inc_parse *p, uint32_t file)
{
    inc_sheet *sheet = p->sheet;
    const inc_source *source = inc_sources_get(sheet->sources, file);
    if (source->bytes.n > SHEET_SIZE_MAX) {
        inc_report(sheet->diags, INC_DIAG_FILE_TOO_BIG, (inc_span){file, 0, 0}, "style sheet '%.*s' is larger than %d MB", INC_STR_ARG(source->name),
                   SHEET_SIZE_MAX >> 20);
        return;
    }
    if (source->bytes.n > SHEETS_SIZE_MAX - sheet->size) {
        inc_report(sheet->diags, INC_DIAG_FILE_TOO_BIG, (inc_span){file, 0, 0}, "the style sheets come to more than %d MB", (int)(SHEETS_SIZE_MAX >> 20));
        return;
    }
    sheet->size += source->bytes.n;
    inc_css_tokens tokens = inc_css_tokenize(sheet->arena, source->bytes);
    p->file = file;
    p->imports = true;
    INC_PUSH(sheet->arena, &sheet->importing, file);
    parse_rules(p, tokens, 0);
    sheet->importing.n--;
}

/* ---- public ---- */

inc_sheet *inc_sheet_new(inc_arena *arena, inc_sources *sources, inc_diags *diags)
{
    inc_sheet *sheet = INC_NEW(arena, inc_sheet);
    sheet->arena = arena;
    sheet->sources = sources;
    sheet->diags = diags;
    sheet->property_ids = sheet->told_foreign = inc_map_in(arena);
    inc_interner_init(&sheet->interner, arena);
    sheet->interner.sheet = sheet;
    return sheet;
}

void inc_sheet_add(inc_sheet *sheet, uint32_t file, inc_str root)
{
    inc_parse p = {.sheet = sheet, .root = root, .condition = &inc_condition_none};
    add_file(&p, file);
}

size_t inc_sheet_font_faces(const inc_sheet *sheet, const inc_font_face **faces)
{
    *faces = sheet->faces.v;
    return sheet->faces.n;
}
