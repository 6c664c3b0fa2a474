/* build_dump.c - the inner data as text. */
#include "build_run.h"

#define STYLE_DEPTH (INC_NESTING_MAX * 2)

/* "  p.lead", then the values that differ from the initial ones. */
static void dump_node(const inc_node *node, const inc_style *style, unsigned depth, inc_buf *out)
{
    inc_str names[8], element = inc_node_element(node);
    uint32_t n = inc_node_implied_classes(node, names, INC_COUNT(names));
    inc_buf_printf(out, "%*s%.*s", (int)depth * 2, "", INC_STR_ARG(element));
    for (uint32_t i = 0; i < n; i++)
        inc_buf_printf(out, ".%.*s", INC_STR_ARG(names[i]));
    for (uint32_t i = 0; i < node->class_count; i++)
        inc_buf_printf(out, ".%.*s", INC_STR_ARG(node->classes[i]));
    inc_buf_byte(out, '\n');
    inc_style_dump(style, out);
}

static void dump_styles(inc_run *run, inc_buf *out)
{
    inc_styler *styler = inc_styler_new(run->result.arena, run->sheet, NULL);
    const inc_style *above[STYLE_DEPTH] = {NULL};
    unsigned depth = 0;
    for (inc_walk w = inc_walk_begin(run->document->book); inc_walk_next(&w);) {
        if (!w.enter) {
            depth--;
            continue;
        }
        const inc_style *style = inc_style_of(styler, w.node, depth ? above[depth - 1] : NULL);
        above[depth] = style;
        if (inc_node_element(w.node).n)
            dump_node(w.node, style, depth, out);
        depth++;
        w.skip = depth >= STYLE_DEPTH;
    }
}

void inc_run_dump(inc_run *run, inc_dump_kind kind)
{
    inc_buf out = inc_buf_in(run->result.arena);
    switch (kind) {
    case INC_DUMP_DOCUMENT: inc_document_dump(run->document, &out); break;
    case INC_DUMP_HTML: inc_document_html(run->document, run->options->commonmark, &out); break;
    case INC_DUMP_PAGES: inc_pages_dump(&run->layout.pages, &out); break;
    case INC_DUMP_STYLE:
        if (run->sheet)
            dump_styles(run, &out);
        break;
    }
    run->result.dump = inc_buf_str(&out);
}
