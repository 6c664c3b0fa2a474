/* summary.h - SUMMARY.md: the list of chapters. */
#ifndef INC_MANUSCRIPT_SUMMARY_H
#define INC_MANUSCRIPT_SUMMARY_H

#include "manuscript/reading.h"

/*
 * Reads SUMMARY.md (already among the sources) into the book's items, in order; chapters have no text yet. *title: the first H1, or "".
 * The grammar is mdBook's:
 *
 *     summary  = [title] prefix parts suffix          title = "# ..." before everything else
 *     prefix   = (link | rule)*                       links in paragraphs, up to the first list or H1
 *     parts    = (["# ..."] list*)+                   rules between lists are separators
 *     suffix   = (link | rule)*                       from the first paragraph on; no list, no H1
 *     item     = link ... [list]                      what follows the link on its line is ignored
 *
 * Everything else (H2, quotes, code, comments) is skipped. A link without a target is a draft.
 */
void inc_summary_read(inc_reading *r, uint32_t file, inc_str *title);

#endif
