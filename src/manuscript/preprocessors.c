/* preprocessors.c - the mdBook preprocessors that book.toml names: what the book is without them, and the way out. */
#include "manuscript/preprocessors.h"

#include "base/rules.h"

typedef enum effect {
    BUILT_IN, /* we do it ourselves */
    NEEDLESS, /* it adds what is of use on a web site alone, or what a book on paper has without it */
    DIAGRAMS, /* it draws the blocks of a language, or leaves that to the reader's browser */
    MATH,     /* it makes HTML of formulas, which we can tell from text ourselves */
} effect;

static const struct known {
    const char *name;
    effect effect;
    const char *languages[2]; /* of DIAGRAMS */
} known[] = {
    {"links", BUILT_IN, {NULL}},
    {"index", BUILT_IN, {NULL}},
    {"toc", NEEDLESS, {NULL}},
    {"pagetoc", NEEDLESS, {NULL}},
    {"gettext", NEEDLESS, {NULL}},
    {"i18n", NEEDLESS, {NULL}},
    {"linkcheck", NEEDLESS, {NULL}},
    {"linkcheck2", NEEDLESS, {NULL}},
    {"last-changed", NEEDLESS, {NULL}},
    {"open-on-gh", NEEDLESS, {NULL}},
    {"open-git-repo", NEEDLESS, {NULL}},
    {"sitemap-generator", NEEDLESS, {NULL}},
    {"theme", NEEDLESS, {NULL}},
    {"catppuccin", NEEDLESS, {NULL}},
    {"katex", MATH, {NULL}},
    {"mermaid", DIAGRAMS, {"mermaid", NULL}},
    {"svgbob", DIAGRAMS, {"bob", "svgbob"}},
    {"svgbob2", DIAGRAMS, {"bob", "svgbob"}},
    {"graphviz", DIAGRAMS, {"dot", NULL}},
    {"plantuml", DIAGRAMS, {"plantuml", "puml"}},
    {"ditaa", DIAGRAMS, {"ditaa", NULL}},
    {"d2", DIAGRAMS, {"d2", NULL}},
    {"pikchr", DIAGRAMS, {"pikchr", NULL}},
};

static const struct known *find(inc_str name)
{
    for (size_t i = 0; i < INC_COUNT(known); i++)
        if (inc_str_is(name, known[i].name))
            return &known[i];
    return NULL;
}

static bool is_drawn(const inc_diagram_rules *rules, const struct known *k)
{
    for (size_t i = 0; i < INC_COUNT(k->languages) && k->languages[i]; i++)
        if (inc_diagram_rule_find(rules, inc_str_of(k->languages[i])))
            return true;
    return false;
}

/* We do what it does, or have been told how. */
static bool is_done(const inc_settings *settings, const struct known *k)
{
    return k->effect == BUILT_IN || (k->effect == DIAGRAMS && is_drawn(&settings->diagrams, k)) || (k->effect == MATH && settings->mathjax);
}

static inc_str way_out(inc_arena *arena, const struct known *k)
{
    if (k && k->effect == MATH)
        return INC_STR("set mathjax = true in [output.incipit] (docs/markup.md)");
    if (k)
        return inc_strf(arena, "name a command that draws its blocks in [output.incipit.diagrams.%s] (docs/pictures.md, \"Diagrams from text\")",
                        k->languages[0]);
    return INC_STR("let mdBook run it: add [output.incipit] with command = \"incipit\" to book.toml and call 'mdbook build' (docs/settings.md)");
}

static void report(inc_reading *r, const inc_tree *entry, const struct known *k)
{
    if (k && is_done(&r->book->settings, k))
        return;
    if (k && k->effect == NEEDLESS)
        inc_report(r->diags, INC_DIAG_PREPROCESSOR_NEEDLESS, entry->key_span, "preprocessor '%.*s' is not run; the book should do without it",
                   INC_STR_ARG(entry->key));
    else
        inc_report(r->diags, INC_DIAG_PREPROCESSOR_NOT_RUN, entry->key_span,
                   "preprocessor '%.*s' is not run: what it is to change stays as it is written", INC_STR_ARG(entry->key))->hint = way_out(r->diags->arena, k);
}

void inc_preprocessors_check(inc_reading *r, const inc_tree *table)
{
    for (const inc_tree *entry = table ? table->first : NULL; entry; entry = entry->next)
        report(r, entry, find(entry->key));
}
