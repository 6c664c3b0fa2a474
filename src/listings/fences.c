/*
 * fences.c - code blocks of the chapters as listings, by the words that mdBook and rustdoc know: ignore, no_run, should_panic, compile_fail,
 * test_harness, edition2024. Rust without a `main` gets one around it, as rustdoc does.
 */
#include "base/vec.h"
#include "listings/internal.h"

static const inc_rule_language *wanted(const inc_rules *rules, inc_str language)
{
    bool asked = false;
    for (uint32_t i = 0; i < rules->fences.n; i++)
        asked |= inc_str_eq(rules->fences.v[i], language);
    for (uint32_t i = 0; asked && i < rules->language_count; i++)
        if (inc_str_eq(rules->languages[i].name, language))
            return &rules->languages[i];
    return NULL;
}

/* The rule for a block: "fence" where the language has it, else "run"; a test harness, which only Rust knows, is "fence-test" or as other blocks. */
static const inc_rule *rule_of(const inc_rule_language *language, const inc_node *node)
{
    bool fails = inc_node_has_class(node, "compile_fail"), builds = inc_node_has_class(node, "no_run"), tests = inc_node_has_class(node, "test_harness");
    const inc_rule *rule = tests && !fails && !builds ? inc_listings_rule(language, INC_STR("fence-test")) : NULL;
    if (!rule)
        rule = inc_listings_rule(language, fails ? INC_STR("fence-fail") : builds ? INC_STR("fence-build") : INC_STR("fence"));
    if (!rule)
        rule = inc_listings_rule(language, fails ? INC_STR("fail") : builds ? INC_STR("build") : INC_STR("run"));
    return rule;
}

/* What only is compiled has no time to panic. */
static bool panics(const inc_node *node)
{
    return inc_node_has_class(node, "should_panic") && !inc_node_has_class(node, "no_run") && !inc_node_has_class(node, "compile_fail");
}

static inc_str edition_of(const inc_node *node, inc_str otherwise)
{
    for (uint32_t i = 0; i < node->class_count; i++)
        if (inc_str_starts(node->classes[i], INC_STR("edition")) && node->classes[i].n == strlen("edition2021"))
            return inc_str_slice(node->classes[i], strlen("edition"), node->classes[i].n);
    return otherwise;
}

/* rustdoc's words for the errors that are meant: "compile_fail,E0384". */
static bool is_error_code(inc_str word)
{
    enum { DIGITS = 4 };
    bool code = word.n == 1 + DIGITS && word.p[0] == 'E';
    for (size_t i = 1; code && i < word.n; i++)
        code = word.p[i] >= '0' && word.p[i] <= '9';
    return code;
}

static inc_str codes_of(inc_arena *arena, const inc_node *node)
{
    inc_buf codes = inc_buf_in(arena);
    for (uint32_t i = 0; i < node->class_count && inc_node_has_class(node, "compile_fail"); i++)
        if (is_error_code(node->classes[i]))
            inc_buf_printf(&codes, "%s%.*s", codes.n ? " " : "", INC_STR_ARG(node->classes[i]));
    return inc_buf_str(&codes);
}

/* Hidden lines lose the mark that hides them. */
static void add_line(inc_buf *out, inc_str line)
{
    inc_str text = inc_str_trim(line);
    bool hidden = inc_str_is(text, "#") || inc_str_starts(text, INC_STR("# "));
    bool escaped = inc_str_starts(text, INC_STR("##"));
    if (hidden || escaped)
        line = inc_str_slice(text, hidden && text.n > 1 ? 2 : 1, text.n);
    inc_buf_add(out, line);
    inc_buf_puts(out, "\n");
}

/* What must stand before `fn main`: attributes of the crate, and `extern crate`. */
static bool is_of_crate(inc_str line)
{
    line = inc_str_trim(line);
    return inc_str_starts(line, INC_STR("#![")) || inc_str_starts(line, INC_STR("extern crate "));
}

/* A test harness brings its own main: the block is a crate as it stands. */
static inc_str rust_program(inc_arena *arena, inc_str code, bool harness)
{
    inc_buf head = inc_buf_in(arena), body = inc_buf_in(arena);
    inc_buf_puts(&head, "#![allow(unused)]\n");
    while (code.n) {
        size_t end = inc_str_find_char(code, '\n');
        inc_str line = inc_str_slice(code, 0, INC_MIN(end, code.n));
        code = end == INC_NPOS ? INC_STR("") : inc_str_slice(code, end + 1, code.n);
        add_line(is_of_crate(line) ? &head : &body, line);
    }
    bool has_main = harness || inc_str_find(inc_buf_str(&body), INC_STR("fn main")) != INC_NPOS;
    inc_buf_printf(&head, "%s%.*s%s", has_main ? "" : "fn main() {\n", INC_STR_ARG(inc_buf_str(&body)), has_main ? "" : "}\n");
    return inc_buf_str(&head);
}

static void add_block(const inc_listings_options *options, const inc_node *node, inc_sources *sources, inc_arena *arena, inc_listings *listings)
{
    const inc_rule_language *language = wanted(options->rules, node->as.code.language);
    inc_place place;
    if (!language || !node->as.code.fenced || inc_node_has_class(node, "ignore") || node->as.code.diff || !inc_sources_place(sources, node->span, &place))
        return;
    bool rust = inc_str_is(language->name, "rust");
    inc_str whole = node->as.code.whole.n ? node->as.code.whole : node->as.code.text;
    inc_listing listing = {
        .path = inc_strf(arena, "%.*s:%u", INC_STR_ARG(place.name), place.line),
        .span = node->span,
        .language = language,
        .rule = rule_of(language, node),
        .edition = edition_of(node, language->edition),
        .codes = rust ? codes_of(arena, node) : INC_STR(""),
        .seconds = options->rules->seconds,
        .status = panics(node) ? 101 : -1,
        .text = rust ? rust_program(arena, whole, inc_node_has_class(node, "test_harness")) : whole,
        .golden = INC_STR(""),
    };
    if (listing.rule)
        INC_PUSH(arena, listings, listing);
}

void inc_listings_add_fences(const inc_listings_options *options, const inc_document *document, inc_sources *sources, inc_arena *arena, inc_listings *listings)
{
    if (!options->rules->fences.n)
        return;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_CODE)
            add_block(options, w.node, sources, arena, listings);
}
