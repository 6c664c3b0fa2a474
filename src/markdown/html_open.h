/* html_open.h - what an opening tag does. */
#ifndef INC_HTML_OPEN_H
#define INC_HTML_OPEN_H

#include "markdown/html_build.h"
#include "markdown/tag.h"

typedef struct inc_reader { /* one stretch of raw HTML */
    inc_builder *b;
    const inc_text *html;
    bool no_comment, no_instruction, no_caption; /* no end of such was found once: there is none further on */
} inc_reader;

/* Opens what the tag asks for, or puts it in; returns the offset where reading goes on. */
size_t inc_html_open(inc_reader *r, const inc_tag *tag, const inc_element *element);

/* A tag inside <pre>, whose node is given: only <code class="language-x"> and <br> say something. */
void inc_html_tag_in_pre(const inc_reader *r, const inc_tag *tag, const inc_element *element, inc_node *pre);

inc_str inc_html_quote(const inc_builder *b); /* the mark of the innermost open <q> */
void inc_html_put_break(const inc_reader *r, const inc_tag *tag);
bool inc_html_is_void(const char *name);

static inline inc_span inc_reader_span(const inc_reader *r, const inc_tag *tag)
{
    return inc_text_span(r->html, tag->from, tag->end);
}

/* Rebuilds what is inside node, which is that deep in the tree (html.c). */
void inc_html_resolve(inc_md *md, inc_node *node, unsigned depth);

#endif
