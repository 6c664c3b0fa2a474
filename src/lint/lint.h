/*
 * lint.h - what a typesetter would mark on the finished pages: findings of severity note, with the place in the sources
 * and the page.
 *
 * It reads pages only and changes nothing. Generated text (contents, title pages, running heads), code, tables,
 * captions and headings are not paragraphs; what is said of paragraphs is said of the author's running text, list items
 * and quotations among it.
 */
#ifndef INC_LINT_H
#define INC_LINT_H

#include "base/diag.h"
#include "layout/page.h"

/* Reports in page order, at most three findings of a kind a page. An overfull line that layout has reported is not
 * reported again: its finding gets its page. Messages live in the arena of diags. print_ppi: pixels an inch below which a picture is
 * noted; 0: 300 for JPEG and WebP, 150 for PNG and GIF. */
void inc_lint(const inc_pages *pages, uint32_t print_ppi, inc_diags *diags);

#endif
