/* at_rule.c - @page with its margin boxes (CSS Paged Media 3), and @font-face (CSS Fonts 4, section 4). */
#include "base/files.h"
#include "style/sheet.h"

/* ---- @page ---- */

static int margin_box(inc_str name)
{
    static const char *const names[INC_PAGE_PARTS] = {"top-left", "-inc-top-left-next", "top-center", "-inc-top-right-next", "top-right",
        "bottom-left", "-inc-bottom-left-next", "bottom-center", "-inc-bottom-right-next", "bottom-right",
        "top-left-corner", "top-right-corner", "bottom-left-corner", "bottom-right-corner",
        "left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom", "footnote"};
    for (int i = 0; i < INC_PAGE_PARTS; i++)
        if (inc_str_eq_nocase(name, inc_str_of(names[i])))
            return i;
    return -1;
}

/* What only elements have: content of theirs, and a book's own counters, which may differ from line to line. */
static void report_element_content(inc_parse *p, inc_declarations d)
{
    static const char *const functions[] = {"counter", "counters", "attr", "content", "leader", "target-counter", "target-text"};
    for (size_t i = 0; i < d.n; i++)
        for (size_t k = 0; d.v[i].property == INC_PROP_CONTENT && k + 1 < d.v[i].value.n; k++) {
            const inc_css_token *t = &d.v[i].value.v[k];
            bool page = inc_css_is_word(t + 1, "page") || inc_css_is_word(t + 1, "pages"), foreign = false;
            for (size_t f = 0; f < INC_COUNT(functions); f++)
                foreign |= inc_css_is_function(t, functions[f]);
            if (!foreign || (page && inc_css_is_function(t, "counter")))
                continue;
            inc_css_tokens call = {t, INC_MIN(inc_css_extent(t), d.v[i].value.n - k)};
            inc_buf text = inc_buf_in(p->sheet->diags->arena);
            inc_css_write(call, &text);
            inc_report(p->sheet->diags, INC_DIAG_CSS_BAD_VALUE, inc_parse_span(p, call), "'%.*s' means nothing in a margin box", INC_STR_ARG(inc_buf_str(&text)))
                ->hint = INC_STR("give an element a string-set and name the string here: string(name)");
        }
}

static void parse_margin_box(inc_parse *p, inc_css_tokens at, inc_css_tokens block, void *context)
{
    inc_declarations *boxes = context;
    int box = margin_box(at.v[0].text);
    if (box < 0) {
        inc_report(p->sheet->diags, INC_DIAG_CSS_UNKNOWN_RULE, inc_parse_span(p, at), "margin box @%.*s is not understood; skipped",
                   INC_STR_ARG(at.v[0].text));
        return;
    }
    inc_declarations more = inc_parse_declarations(p, block, false, NULL, NULL), had = boxes[box];
    report_element_content(p, more);
    if (had.n) { /* named twice in one block */
        inc_declaration *both = INC_NEW_N(p->sheet->arena, inc_declaration, had.n + more.n);
        memcpy(both, had.v, had.n * sizeof *both);
        if (more.n)
            memcpy(both + had.n, more.v, more.n * sizeof *both);
        more = (inc_declarations){both, had.n + more.n};
    }
    boxes[box] = more;
}

/* "name:first:left", any part of it. */
static bool parse_page_selector(inc_css_tokens t, inc_page_rule *rule)
{
    static const struct {
        const char *name;
        uint8_t bit;
        uint32_t specificity;
    } pseudos[] = {{"first", INC_PAGE_FIRST, 1 << 10}, {"blank", INC_PAGE_BLANK, 1 << 10}, {"left", INC_PAGE_LEFT, 1}, {"right", INC_PAGE_RIGHT, 1},
        {"verso", INC_PAGE_LEFT, 1}, {"recto", INC_PAGE_RIGHT, 1}};
    size_t at = 0;
    rule->name = INC_STR("");
    rule->pseudo = 0;
    rule->specificity = 0;
    if (t.n && t.v[0].kind == INC_CSS_IDENT) {
        rule->name = t.v[at++].text;
        rule->specificity = 1 << 20;
    }
    while (at + 1 < t.n && t.v[at].kind == INC_CSS_COLON && t.v[at + 1].kind == INC_CSS_IDENT) {
        size_t i = 0;
        while (i < INC_COUNT(pseudos) && !inc_css_is_word(&t.v[at + 1], pseudos[i].name))
            i++;
        if (i == INC_COUNT(pseudos))
            return false;
        rule->pseudo |= pseudos[i].bit;
        rule->specificity += pseudos[i].specificity;
        at += 2;
    }
    return at == t.n;
}

void inc_parse_page(inc_parse *p, inc_css_tokens prelude, inc_css_tokens block)
{
    inc_page_rule rule = {.condition = p->condition};
    rule.declarations = inc_parse_declarations(p, block, true, parse_margin_box, rule.boxes);
    for (size_t from = 0, to; from <= prelude.n; from = to + 1) {
        for (to = from; to < prelude.n && prelude.v[to].kind != INC_CSS_COMMA;)
            to++;
        inc_css_tokens one = inc_css_trim((inc_css_tokens){prelude.v + from, to - from});
        rule.span = inc_parse_span(p, one.n ? one : prelude.n ? prelude : block);
        if (parse_page_selector(one, &rule))
            INC_PUSH(p->sheet->arena, &p->sheet->pages, rule);
        else
            inc_report(p->sheet->diags, INC_DIAG_CSS_BAD_SELECTOR, inc_parse_span(p, one.n ? one : prelude), "page selector is not understood; skipped");
    }
}

/* ---- @font-face ---- */

static bool is_font_file(inc_str url)
{
    static const char *const extensions[] = {"ttf", "otf", "ttc", "otc", "woff", "woff2"};
    inc_str extension = inc_path_extension(url);
    for (size_t i = 0; i < INC_COUNT(extensions); i++)
        if (inc_str_eq_nocase(extension, inc_str_of(extensions[i])))
            return inc_str_find(url, INC_STR(":")) == INC_NPOS;
    return false;
}

/* The first file of the list that is there; failing that, the first that could be. */
static inc_str choose_source(inc_parse *p, inc_css_tokens value)
{
    inc_arena *arena = p->sheet->arena;
    inc_str folder = inc_path_folder(inc_sources_get(p->sheet->sources, p->file)->path), first = INC_STR("");
    for (size_t i = 0; i < value.n; i++) {
        const inc_css_token *t = &value.v[i];
        bool quoted = i && t->kind == INC_CSS_STRING && inc_css_is_function(&value.v[i - 1], "url");
        if ((t->kind != INC_CSS_URL && !quoted) || !is_font_file(t->text))
            continue;
        inc_str path = inc_path_normalise(arena, inc_path_join(arena, folder, t->text));
        if (inc_file_exists(path)) {
            if (!p->root.n || inc_path_inside(p->root, path))
                return path;
            inc_report(p->sheet->diags, INC_DIAG_OUTSIDE_BOOK, inc_parse_span(p, (inc_css_tokens){t, 1}), "font file '%.*s' lies outside of the book's folder",
                       INC_STR_ARG(t->text));
            continue;
        }
        first = first.n ? first : path;
    }
    return first;
}

static uint16_t face_weight(inc_css_tokens value)
{
    int64_t low = -1, high = -1;
    for (size_t i = 0; i < value.n; i++) {
        const inc_css_token *t = &value.v[i];
        int64_t w = inc_css_is_word(t, "bold") ? 700 : t->kind == INC_CSS_NUMBER ? t->number / INC_CSS_UNIT : t->kind == INC_CSS_SPACE ? -1 : 400;
        if (w < 0)
            continue;
        low = low < 0 ? w : low;
        high = w;
    }
    if (low < 0)
        return 400;
    int64_t weight = low <= 400 && high >= 400 ? 400 : low; /* a range: a variable font, used at its default */
    return (uint16_t)INC_MAX(1, INC_MIN(weight, 1000));
}

void inc_parse_font_face(inc_parse *p, inc_css_tokens at, inc_css_tokens t)
{
    inc_font_face face = {.weight = 400, .span = inc_parse_span(p, at)};
    for (size_t from = 0, to; from < t.n; from = to + 1) { /* descriptors are not properties: read by hand */
        for (to = from; to < t.n && t.v[to].kind != INC_CSS_SEMICOLON;)
            to = INC_MIN(to + inc_css_extent(&t.v[to]), t.n);
        inc_css_tokens one = inc_css_trim((inc_css_tokens){t.v + from, to - from});
        size_t colon = 0;
        while (colon < one.n && one.v[colon].kind != INC_CSS_COLON)
            colon++;
        if (colon >= one.n)
            continue;
        inc_css_tokens value = inc_css_trim((inc_css_tokens){one.v + colon + 1, one.n - colon - 1});
        if (!value.n)
            continue;
        if (inc_css_is_word(one.v, "font-family")) {
            inc_buf name = inc_buf_in(p->sheet->arena);
            for (size_t i = 0; i < value.n; i++)
                if (value.v[i].kind == INC_CSS_IDENT || value.v[i].kind == INC_CSS_STRING) {
                    inc_buf_puts(&name, name.n ? " " : "");
                    inc_buf_add(&name, value.v[i].text);
                }
            face.family = inc_buf_str(&name);
        } else if (inc_css_is_word(one.v, "src"))
            face.path = choose_source(p, value);
        else if (inc_css_is_word(one.v, "font-weight"))
            face.weight = face_weight(value);
        else if (inc_css_is_word(one.v, "font-style"))
            face.italic = inc_css_is_word(value.v, "italic") || inc_css_is_word(value.v, "oblique");
    }
    bool paged = p->condition->paged[INC_SCREEN] || p->condition->paged[INC_PRINT];
    if (face.family.n && face.path.n)
        INC_PUSH(p->sheet->arena, &p->sheet->faces, face);
    else if (paged)
        inc_report(p->sheet->diags, INC_DIAG_CSS_FONT_FACE, face.span, "@font-face without %s; skipped",
                   face.family.n ? "a font file that can be read (ttf, otf, woff, woff2)" : "font-family");
}
