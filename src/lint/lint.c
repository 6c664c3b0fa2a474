/* lint.c - the families in turn, then their findings in page order, few of a kind a page. */
#include "lint/lint.h"

#include <stdlib.h>

#include "lint/internal.h"

enum { SAME_ON_A_PAGE = 3 };

void inc_lint_add(inc_linter *l, inc_diag_id id, uint32_t page, inc_span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    inc_finding finding = {.id = id, .page = page, .span = span, .message = inc_vstrf(l->arena, format, args)};
    va_end(args);
    INC_PUSH(l->arena, &l->findings, finding);
}

/* By page, then kind; findings of a kind stay in their order, which is that of their addresses in one array. */
static int compare_findings(const void *x, const void *y)
{
    const inc_finding *a = *(const inc_finding *const *)x, *b = *(const inc_finding *const *)y;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Layout has said it already, of the same place or the same page; the finding learns its page. */
static bool is_known(inc_diags *diags, const inc_finding *finding, inc_str page)
{
    if (finding->id != INC_DIAG_OUTSIDE_FRAME)
        return false;
    for (size_t i = 0; i < diags->n; i++) {
        inc_diag *diag = &diags->v[i];
        if (diag->id == INC_DIAG_OVERFULL_PAGE && inc_str_eq(diag->page, page))
            return true;
        if (diag->id == INC_DIAG_OVERFULL_LINE && diag->span.file &&
            memcmp(&diag->span, &finding->span, sizeof(inc_span)) == 0) {
            if (!diag->page.n)
                diag->page = page;
            return true;
        }
    }
    return false;
}

static void report(inc_linter *l, inc_diags *diags)
{
    size_t n = l->findings.n;
    const inc_finding **order = INC_NEW_N(l->arena, const inc_finding *, n);
    for (size_t i = 0; i < n; i++)
        order[i] = &l->findings.v[i];
    qsort(order, n, sizeof *order, compare_findings);
    for (size_t i = 0, same; i < n; i += same) {
        for (same = 1; i + same < n && order[i + same]->page == order[i]->page && order[i + same]->id == order[i]->id;)
            same++;
        inc_str page = l->pages->pages[order[i]->page].label;
        unsigned shown = 0;
        inc_diag *last = NULL;
        for (size_t k = i; k < i + same && shown < SAME_ON_A_PAGE; k++) {
            if (is_known(diags, order[k], page))
                continue;
            last = inc_report(diags, order[k]->id, order[k]->span, "%.*s", INC_STR_ARG(order[k]->message));
            last->page = page;
            shown++;
        }
        if (last && same > shown && shown == SAME_ON_A_PAGE)
            last->hint = inc_strf(l->arena, "and %zu more on this page", same - shown);
    }
}

void inc_lint(const inc_pages *pages, uint32_t print_ppi, inc_diags *diags)
{
    inc_linter l = {.pages = pages, .print_ppi = print_ppi, .arena = diags->arena};
    inc_lint_read(&l);
    inc_lint_breaks(&l);
    inc_lint_spacing(&l);
    inc_lint_frame(&l);
    inc_lint_print(&l);
    inc_lint_pictures(&l);
    inc_lint_drawings(&l);
    report(&l, diags);
}
