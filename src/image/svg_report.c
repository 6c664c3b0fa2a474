/* svg_report.c - findings about an SVG, at the place in its own file where that is known. */
#include <stdio.h>

#include "base/files.h"
#include "image/svg.h"

static uint32_t file_of(inc_svg *svg)
{
    if (!svg->file_tried && svg->context->sources && svg->image->file.n) {
        int error;
        svg->file_tried = true;
        svg->file = inc_file_read_text(svg->context->sources, svg->arena, svg->image->name, svg->image->file, svg->diags, &error);
    }
    return svg->file;
}

/* The offset in the cleaned text of a byte of the file. */
static uint32_t cleaned_offset(const inc_source *source, size_t raw)
{
    size_t at = raw;
    for (uint32_t i = 0; i < source->edit_count && source->edits[i].raw <= raw; i++)
        at = source->edits[i].at + (raw - source->edits[i].raw);
    return (uint32_t)INC_MIN(at, source->bytes.n);
}

inc_span inc_svg_span_at(inc_svg *svg, size_t offset, size_t length)
{
    uint32_t file = file_of(svg);
    const inc_source *source = file ? inc_sources_get(svg->context->sources, file) : NULL;
    if (!source)
        return svg->image->span;
    uint32_t at = cleaned_offset(source, offset);
    return (inc_span){file, at, (uint32_t)INC_MIN(length, source->bytes.n - at)};
}

/* Of an element: "<name". */
inc_span inc_svg_span(inc_svg *svg, const inc_svg_node *node)
{
    return inc_svg_span_at(svg, node->offset, inc_svg_is_element(node) ? node->name.n + 1 : 0);
}

inc_diag *inc_svg_tell(inc_svg *svg, inc_svg_finding finding, inc_diag_id id, const inc_svg_node *node, const char *format, ...)
{
    uint32_t bit = UINT32_C(1) << finding;
    if (svg->told & bit)
        return NULL;
    svg->told |= bit;
    va_list args;
    va_start(args, format);
    inc_str message = inc_vstrf(svg->arena, format, args);
    va_end(args);
    return inc_report(svg->diags, id, inc_svg_span(svg, node), "%.*s", INC_STR_ARG(message));
}
