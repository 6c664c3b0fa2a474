/* nav.h - finding one's way: destinations, outline, page labels, links. The screen file's. */
#ifndef INC_PDF_NAV_H
#define INC_PDF_NAV_H

#include "layout/page.h"
#include "pdf/object.h"
#include "pdf/tags.h"

/* The name tree of the destinations; 0 when there are none. */
inc_ref inc_pdf_destinations(inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs, inc_arena *arena);

/* The outline and the page labels; both attach themselves to the catalog. */
void inc_pdf_outline(inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs, inc_arena *arena);
void inc_pdf_labels(inc_pdf *pdf, const inc_pages *pages);

/* Makes the link annotations of a page and appends its /Annots and /Tabs. tags may be NULL. A link to a destination that does not exist
 * is reported and left out. */
void inc_pdf_links(inc_pdf *pdf, const inc_pages *pages, uint32_t page, inc_pdf_tags *tags, const inc_ref *page_refs, inc_diags *diags,
                   inc_arena *arena, inc_buf *out);

#endif
