/*
 * diagram.c - a fenced block in a language that the book has drawn: ```dot {#fig-life .wide width=60% alt="..." caption="..."}
 *
 * It becomes a paragraph with an image, as if the picture were a file, so that all that is said of pictures holds for it: captions, labels, places,
 * sizes, rows. Which file it is is found out later (build_diagrams.c). mdBook takes the words behind the language for classes and shows the block.
 */
#include "markdown/internal.h"
#include "markdown/tag.h"

bool inc_md_is_diagram(const inc_md *md, const inc_node *code)
{
    const inc_diagram_rules *rules = md->options->diagrams;
    return rules && code->as.code.fenced && code->as.code.language.n && inc_diagram_rule_find(rules, code->as.code.language);
}

void inc_md_diagram(inc_md *md, inc_node *code, inc_str info, inc_str text, inc_span *lines, uint32_t line_count)
{
    inc_diagram *diagram = INC_NEW(md->arena, inc_diagram);
    *diagram = (inc_diagram){.language = code->as.code.language, .text = text, .lines = lines, .line_count = line_count};
    inc_md_drawn drawn = {.code = code, .info = inc_str_dup(md->arena, info), .diagram = diagram};
    INC_PUSH(md->arena, &md->diagrams, drawn);
    code->as.code.text = text; /* as a listing, should it stay one */
    code->as.code.lines = lines;
    code->as.code.line_count = line_count;
}

/* The words as attributes: braces and commas outside of quotes part them, and a bare word is a class, as mdBook has it. */
static inc_str attributes_of(inc_md *md, inc_node *image, inc_str info)
{
    char *plain = INC_NEW_N(md->arena, char, info.n + 1), quote = 0;
    for (size_t i = 0; i < info.n; i++) {
        char c = info.p[i];
        bool opens = !quote && (c == '"' || c == '\'') && i > 0 && info.p[i - 1] == '=';
        plain[i] = !quote && (c == '{' || c == '}' || c == ',') ? ' ' : c;
        quote = opens ? c : c == quote ? 0 : quote;
    }
    inc_str rest = {plain, info.n};
    inc_buf body = inc_buf_in(md->arena);
    for (inc_str word = inc_md_next_attribute(&rest); word.n; word = inc_md_next_attribute(&rest)) {
        bool bare = word.p[0] != '#' && word.p[0] != '.' && inc_str_find_char(word, '=') == INC_NPOS;
        if (bare)
            inc_node_add_class(md->arena, image, word);
        else {
            inc_buf_add(&body, word);
            inc_buf_byte(&body, ' ');
        }
    }
    return inc_buf_str(&body);
}

static void draw(inc_md *md, const inc_md_drawn *drawn)
{
    inc_node *code = drawn->code;
    inc_node *paragraph = inc_node_new(md->arena, INC_NODE_PARAGRAPH, code->span), *image = inc_node_new(md->arena, INC_NODE_IMAGE, code->span);
    inc_md_set_image_attributes(md, image, attributes_of(md, image, drawn->info));
    inc_str alt = inc_md_take_attribute(image, "alt"), caption = inc_md_take_attribute(image, "caption"), title = inc_md_take_attribute(image, "title");
    image->as.image.alt = alt;
    image->as.image.title = caption.n ? caption : title;
    image->as.image.url = image->as.image.name = image->as.image.file = INC_STR("");
    image->as.image.diagram = drawn->diagram;
    inc_node_append(paragraph, image);
    paragraph->lang = code->lang;
    for (uint32_t i = 0; i < code->class_count; i++)
        inc_node_add_class(md->arena, image, code->classes[i]);
    inc_node_insert_before(code, paragraph);
    inc_node_detach(code);
}

void inc_md_diagrams(inc_md *md)
{
    for (size_t i = 0; i < md->diagrams.n; i++)
        if (md->diagrams.v[i].code->parent)
            draw(md, &md->diagrams.v[i]);
}
