/* xhtml.h - the writer of one content document: its state, and what the files that write parts of it share. Private to epub/. */
#ifndef INC_EPUB_XHTML_H
#define INC_EPUB_XHTML_H

#include "epub/book.h"
#include "epub/xml.h"

typedef enum inc_xhtml_part { INC_XHTML_EMPTY, INC_XHTML_HEAD, INC_XHTML_BODY, INC_XHTML_FOOT } inc_xhtml_part;

typedef struct inc_xhtml {
    inc_epub_book *book;
    inc_epub_file *file;
    inc_buf *out;
    INC_VEC(const inc_page_break *) pending; /* pages that begin at the next place where a span may stand */
    inc_str lead;        /* markup for the beginning of the next paragraph: a check box, a note's number */
    unsigned link_depth; /* open <a>s: they do not nest */
    inc_xhtml_part tables[INC_NESTING_MAX + 2];
    unsigned table_depth;
    bool in_notes;
} inc_xhtml;

/* ---- xhtml_tags.c: page breaks, tags, and the two shapes that most blocks have ---- */
void inc_xhtml_put(inc_xhtml *w, const char *markup);
void inc_xhtml_break(void *context, const inc_page_break *b); /* an inc_epub_break_fn; context: the writer */
void inc_xhtml_flush_breaks(inc_xhtml *w);
size_t inc_xhtml_take_breaks(inc_xhtml *w, const inc_node *node, const inc_page_break **inside);
void inc_xhtml_begin_tag(inc_xhtml *w, const inc_node *node, const char *name, const char *more_class);
void inc_xhtml_end_tag(inc_xhtml *w, const char *name, bool block);
const char *inc_xhtml_element_name(const inc_node *node);
void inc_xhtml_container(inc_xhtml *w, const inc_node *node, bool enter, const char *attributes);
void inc_xhtml_text_block(inc_xhtml *w, const inc_node *node, bool enter, const char *name);
void inc_xhtml_lead_into(inc_xhtml *w, const inc_node *node, inc_str lead);

/* ---- xhtml_block.c ---- */
void inc_xhtml_section(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_list(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_item(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_code_block(inc_xhtml *w, const inc_node *node);
void inc_xhtml_rule(inc_xhtml *w, const inc_node *node);
void inc_xhtml_table(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_row(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_cell(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_definition_part(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_alert(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_note(inc_xhtml *w, const inc_node *node, bool enter);

/* ---- xhtml_inline.c ---- */
void inc_xhtml_plain_text(inc_xhtml *w, const inc_node *node);
void inc_xhtml_code_span(inc_xhtml *w, const inc_node *node);
void inc_xhtml_inline_container(inc_xhtml *w, const inc_node *node, bool enter, const char *name);
void inc_xhtml_link(inc_xhtml *w, const inc_node *node, bool enter);
void inc_xhtml_image(inc_xhtml *w, const inc_node *node);
void inc_xhtml_note_ref(inc_xhtml *w, const inc_node *node);
void inc_xhtml_page_ref(inc_xhtml *w, const inc_node *node);
void inc_xhtml_page_list(inc_xhtml *w, const inc_node *node);
void inc_xhtml_anchor(inc_xhtml *w, const inc_node *node);
void inc_xhtml_math(inc_xhtml *w, const inc_node *node);

#endif
