/* check.c - what can only be said of style sheets when all of them are there: too many @page rules, custom properties that need themselves. */
#include "style/compute.h"

enum { DEPTH_MAX = INC_NESTING_MAX * 2 + 32, KINDS_OF_PAGES = 16 };

/* How many rules hold for the pages of a name: of each kind, by the bits of its pseudo-classes. */
typedef struct tally {
    uint32_t of[KINDS_OF_PAGES];
} tally;

static tally *tally_of(inc_arena *arena, inc_map *map, inc_str name)
{
    tally *t = inc_map_find(map, name);
    if (!t) {
        t = INC_NEW(arena, tally);
        inc_map_put(map, name, t);
    }
    return t;
}

/* Counts the rule among those that hold; true when it is one too many for some page. `any`: the rules without a name. */
static bool is_too_many(const inc_page_rule *rule, tally *own, const tally *any)
{
    bool over = false;
    for (unsigned kind = 0; kind < KINDS_OF_PAGES; kind++) {
        bool both = (kind & INC_PAGE_LEFT) && (kind & INC_PAGE_RIGHT); /* no page is */
        if (both || (rule->pseudo & ~kind))
            continue;
        own->of[kind]++;
        over |= own->of[kind] + (own == any ? 0 : any->of[kind]) > INC_PAGE_RULES_MAX;
    }
    return over;
}

static void check_pages(const inc_sheet *sheet, inc_arena *arena)
{
    inc_map names = inc_map_in(arena);
    tally *any = tally_of(arena, &names, INC_STR(""));
    for (size_t i = 0; i < sheet->pages.n; i++) {
        const inc_page_rule *rule = &sheet->pages.v[i];
        bool paged = rule->condition->paged[INC_SCREEN] || rule->condition->paged[INC_PRINT];
        if (!paged || !is_too_many(rule, tally_of(arena, &names, rule->name), any))
            continue;
        inc_report(sheet->diags, INC_DIAG_CSS_TOO_MANY_PAGES, rule->span, "more than %d @page rules hold for one page; this one and further ones do nothing", INC_PAGE_RULES_MAX);
        return;
    }
}

/* Cycles are between declarations that meet in one element, so every element of the book is asked for its style. */
static void check_variables(const inc_sheet *sheet, const inc_document *document, inc_arena *arena)
{
    inc_styler *styler = inc_styler_new(arena, sheet, sheet->diags);
    const inc_style *styles[DEPTH_MAX + 1];
    unsigned level = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        if (!w.enter) {
            level--;
            continue;
        }
        styles[level] = inc_style_of(styler, w.node, level ? styles[level - 1] : NULL);
        w.skip = level == DEPTH_MAX;
        level++;
    }
}

void inc_sheet_check(const inc_sheet *sheet, const inc_document *document, inc_arena *arena)
{
    check_pages(sheet, arena);
    if (sheet->variables_refer)
        check_variables(sheet, document, arena);
}
