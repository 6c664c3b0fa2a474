/*
 * counter.h - a book's own counters (CSS Lists 3, section 4): what they have counted where, and how numbers are written.
 *
 * Counters run through the whole book, over chapters that are laid out apart, so they are counted once over the document and looked up later.
 */
#ifndef INC_STYLE_COUNTER_H
#define INC_STYLE_COUNTER_H

#include "style/style.h"

typedef struct inc_counters inc_counters;

/* Counts for print, with a styler of its own if none is given. NULL when the sheet has no counters. The result lives in the arena, and any
 * thread may read it. */
const inc_counters *inc_counters_of(inc_arena *arena, const inc_sheet *sheet, inc_styler *styler, const inc_document *document);

/* The text of counter() or counters() in the content of a node's pseudo-element, or of the node itself (INC_PSEUDO_NONE: string-set,
 * target-counter). `counters` may be NULL; list-item is known all the same. */
inc_str inc_counters_text(const inc_counters *counters, inc_arena *arena, const inc_content *item, const inc_node *node, inc_pseudo pseudo);

/* Calls back for each counter that a part or chapter finds counted when it begins. */
void inc_counters_at_start(const inc_counters *counters, const inc_node *chapter, void (*found)(void *context, inc_str name, int64_t value), void *context);

/* The number in that style, "" for none; with what CSS puts behind it in a list's mark when `marker`. `name` is that of a @counter-style. */
inc_str inc_counter_format(inc_arena *arena, inc_list_style style, const inc_counter_style *own, int64_t value, bool marker);

#endif
