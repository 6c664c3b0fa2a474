/* markdown.h - a chapter's text becomes document nodes: md4c, and passes for what it lacks. */
#ifndef INC_MARKDOWN_H
#define INC_MARKDOWN_H

#include "base/rules.h"
#include "document/document.h"

typedef struct inc_markdown_options {
    bool commonmark;         /* plain CommonMark (with GFM tables, strikethrough, task lists, autolinks by the flags below), no extensions; raw HTML kept as it is */
    bool gfm;                /* with commonmark: GFM's extensions too */
    bool definition_lists, admonitions, math;
    const inc_str *hidelines; /* pairs language, prefix */
    uint32_t hideline_count;
    bool line_numbers;       /* of every fenced block in a language, unless it says otherwise */
    const inc_diagram_rules *diagrams; /* languages whose blocks become images (as.image.diagram); NULL for none */
} inc_markdown_options;

/* Appends the chapter's blocks to `chapter` (a CHAPTER, or any block holder), footnotes as NOTE nodes at its end. Headings keep the level that the
 * author wrote (1..6); labels are the author's ids, "" where he gave none. Safe to call for different chapters in different threads when
 * each has its own arena, diags. Memory exhaustion inside md4c's callbacks is handled here. */
void inc_markdown_parse(const inc_text *text, const inc_markdown_options *options, inc_arena *arena, inc_diags *diags, inc_node *chapter);

#endif
