/* inline.c - what paragraphs, code and margin boxes share: shaping requests, baselines, short lines of text. */
#include "layout/flow.h"

#include "base/utf8.h"

/* The catalogue compares names under a lock; the few chains of a book are kept here. */
static const inc_chain *chain_of(inc_worker *worker, const inc_style *style)
{
    uintptr_t key = (uintptr_t)style->families.v / sizeof(inc_str) * 31 + style->weight / 100u * 2 + style->italic;
    inc_known_chain *known = &worker->chains[key % INC_KNOWN_CHAINS];
    if (!known->chain || known->families != style->families.v || known->family_count != style->families.n ||
        known->weight != style->weight || known->italic != style->italic) {
        const inc_chain *chain = inc_fonts_chain(worker->input->fonts, style->families.v, style->families.n, style->weight, style->italic);
        *known = (inc_known_chain){style->families.v, style->families.n, style->weight, style->italic, chain};
    }
    return known->chain;
}

inc_shape_request inc_shape_request_of(inc_flow *flow, const inc_style *style, inc_str language)
{
    _Static_assert(sizeof(inc_feature) == sizeof(inc_shape_feature), "the same four letters and a value");
    return (inc_shape_request){
        .chain = chain_of(flow->worker, style),
        .size = style->font_size,
        .letter_spacing = style->letter_spacing,
        .word_spacing = style->word_spacing,
        .features = (const inc_shape_feature *)style->features.v,
        .feature_count = style->features.n,
        .language = language,
        .monospace_grid = style->white_space == INC_WHITE_PRE || style->white_space == INC_WHITE_PRE_WRAP,
    };
}

inc_len inc_baseline(inc_flow *flow, const inc_style *style, inc_len line_height)
{
    inc_shape_request request = inc_shape_request_of(flow, style, INC_STR(""));
    const inc_font *font = inc_chain_first(request.chain);
    if (!font)
        return line_height;
    inc_font_metrics m = inc_font_metrics_of(font);
    inc_len ascent = inc_len_from_units(m.ascent, style->font_size, m.upem);
    inc_len descent = inc_len_from_units(-m.descent, style->font_size, m.upem);
    return (line_height - ascent - descent) / 2 + ascent;
}

/* One mark for a run of shaped text. `text` is what was shaped. */
static void push_run(inc_flow *flow, inc_marks *marks, const inc_glyph_run *run, inc_str text, const inc_style *style, inc_len x, inc_len y,
                     inc_tag *tag)
{
    inc_mark mark = {.kind = INC_MARK_TEXT, .tag = tag, .x = x, .y = y, .width = run->advance};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = style->paint[m].color;
    mark.as.text = (inc_text_mark){.run = run, .count = run->count, .text = inc_str_slice(text, run->start, run->start + run->length),
                                   .text_start = run->start};
    INC_PUSH(flow->lists, marks, mark);
}

static bool is_inside_word(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

/* The first letter of each word as a capital; what was one stays one. */
static inc_str capitalize(inc_flow *flow, inc_str text, inc_str language, char before)
{
    inc_buf out = inc_buf_in(flow->arena);
    for (size_t i = 0, next; i < text.n; i = next) {
        inc_utf8_decode(text, i, &next);
        inc_str letter = inc_str_slice(text, i, next);
        inc_buf_add(&out, is_inside_word(before) || !is_inside_word(text.p[i]) ? letter : inc_text_upper(flow->arena, letter, language));
        before = text.p[next - 1];
    }
    return inc_buf_str(&out);
}

inc_str inc_recase(inc_flow *flow, const inc_style *style, inc_str text, inc_str language, char before)
{
    switch (style->transform) {
    case INC_TRANSFORM_NONE: return text;
    case INC_TRANSFORM_UPPER: return inc_text_upper(flow->arena, text, language);
    case INC_TRANSFORM_LOWER: return inc_text_lower(flow->arena, text, language);
    case INC_TRANSFORM_CAPITALIZE: return capitalize(flow, text, language, before);
    }
    return text;
}

inc_len inc_text_marks(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_str text, inc_len x, inc_len baseline, inc_tag *tag)
{
    if (!text.n)
        return 0;
    inc_str language = flow->worker->input->document->meta.language;
    text = inc_recase(flow, style, text, language, ' ');
    inc_shape_request request = inc_shape_request_of(flow, style, language);
    const inc_shaped *shaped = inc_shape(flow->worker->shaper, &request, text);
    inc_note_missing(flow, shaped, text, style, flow->span);
    for (uint32_t i = 0; i < shaped->run_count; i++) {
        push_run(flow, marks, &shaped->runs[i], text, style, x, baseline, tag);
        x += shaped->runs[i].advance;
    }
    return shaped->advance;
}

inc_len inc_shape_marks(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_str text, inc_len x, inc_len baseline)
{
    size_t first = marks->n;
    inc_len width = inc_text_marks(flow, marks, style, text, x, baseline, NULL);
    for (size_t i = first; i < marks->n; i++)
        marks->v[i].as.text.shapes = true;
    return width;
}

void inc_line_end_mark(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_len x, inc_len baseline, inc_tag *tag)
{
    size_t first = marks->n;
    inc_text_marks(flow, marks, style, INC_STR(" "), x, baseline, tag);
    for (size_t i = first; i < marks->n; i++)
        marks->v[i].width = 0;
}
