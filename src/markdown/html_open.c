/* html_open.c - what an opening tag does. */
#include "markdown/html_open.h"

#include "document/grid.h"
#include "markdown/entity.h"

/* ---- attributes ---- */

static inc_str value_of(const inc_reader *r, const inc_tag *tag, const char *name)
{
    return inc_str_trim(inc_entity_decode_all(r->b->md->arena, inc_tag_value(tag, r->html->bytes, name)));
}

static void add_classes(inc_md *md, inc_node *node, inc_str classes)
{
    for (size_t i = 0; i < classes.n;) {
        size_t from = i;
        while (i < classes.n && !inc_is_space(classes.p[i]))
            i++;
        if (i > from)
            inc_node_add_class(md->arena, node, inc_str_slice(classes, from, i));
        i += i < classes.n;
    }
}

static bool is_kept(inc_str name)
{
    static const char *const kept[] = {"title", "dir", "role", "see", "seealso", "main", "range", "sort", "epub:type", "datetime", "cite", "scope"};
    for (size_t i = 0; i < INC_COUNT(kept); i++)
        if (inc_str_eq_nocase(name, inc_str_of(kept[i])))
            return true;
    return inc_str_starts(name, INC_STR("data-")) || inc_str_starts(name, INC_STR("aria-"));
}

static void set_attributes(const inc_reader *r, inc_node *node, const inc_tag *tag)
{
    inc_md *md = r->b->md;
    node->label = value_of(r, tag, "id");
    if (!node->label.n && inc_str_eq_nocase(tag->name, INC_STR("a")))
        node->label = value_of(r, tag, "name");
    add_classes(md, node, value_of(r, tag, "class"));
    inc_str align = value_of(r, tag, "align");
    if (align.n && node->kind != INC_NODE_CELL)
        inc_node_add_class(md->arena, node, inc_str_lower(md->arena, align));
    node->lang = value_of(r, tag, inc_tag_has(tag, "lang") ? "lang" : "xml:lang");
    for (uint32_t i = 0; i < tag->attribute_count; i++) {
        const inc_tag_attribute *a = &tag->attributes[i];
        bool has_own_title = node->kind == INC_NODE_LINK || node->kind == INC_NODE_IMAGE;
        if (!is_kept(a->name) || (has_own_title && inc_str_eq_nocase(a->name, INC_STR("title"))))
            continue;
        inc_str value = inc_str_slice(r->html->bytes, a->from, a->to);
        inc_node_set_attribute(md->arena, node, inc_str_lower(md->arena, a->name), inc_entity_decode_all(md->arena, value));
    }
}

static bool has_class(const inc_reader *r, const inc_tag *tag, const char *name)
{
    inc_node probe = {0};
    add_classes(r->b->md, &probe, value_of(r, tag, "class"));
    return inc_node_has_class(&probe, name);
}

/* A count from 1 to most, else 1. */
static uint16_t count_of(const inc_reader *r, const inc_tag *tag, const char *name, uint64_t most)
{
    uint64_t n;
    return inc_str_to_uint(value_of(r, tag, name), &n) && n >= 1 ? (uint16_t)INC_MIN(n, most) : 1;
}

/* ---- opening tags ---- */

static void open_node(const inc_reader *r, const inc_tag *tag, const inc_element *element, inc_node *node)
{
    set_attributes(r, node, tag);
    if (inc_builder_has_room(r->b, node->span)) {
        inc_builder_open(r->b, element, node, node->span);
        return;
    }
    inc_builder_open_transparent(r->b, element, node->span);
    r->b->stack.v[r->b->stack.n - 1].flattened = true;
}

static inc_node *new_node(const inc_reader *r, const inc_tag *tag, inc_node_kind kind)
{
    return inc_node_new(r->b->md->arena, kind, inc_reader_span(r, tag));
}

static void put_anchor(const inc_reader *r, const inc_tag *tag, inc_str label)
{
    if (!label.n)
        return;
    inc_node *anchor = new_node(r, tag, INC_NODE_ANCHOR);
    anchor->label = label;
    inc_builder_put_inline(r->b, anchor);
}

static void open_link(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_str label = value_of(r, tag, inc_tag_has(tag, "id") ? "id" : "name");
    inc_str url = value_of(r, tag, "href");
    if (!url.n || inc_node_within(inc_builder_current(r->b), INC_NODE_LINK)) {
        put_anchor(r, tag, label);
        inc_builder_open_transparent(r->b, element, inc_reader_span(r, tag));
        return;
    }
    inc_node *link = new_node(r, tag, INC_NODE_LINK);
    link->as.link.url = url;
    link->as.link.title = value_of(r, tag, "title");
    open_node(r, tag, element, link);
}

/* <bdo> says a direction, <rt> belongs to a <ruby>; without them they are spans. */
static inc_span_tag span_tag(const inc_reader *r, const inc_tag *tag, inc_span_tag wanted)
{
    const inc_node *at = inc_builder_current(r->b);
    bool in_ruby = at->kind == INC_NODE_SPAN && at->as.span_.tag == INC_SPAN_RUBY;
    if ((wanted == INC_SPAN_BDO && !inc_tag_has(tag, "dir")) || (wanted == INC_SPAN_RT && !in_ruby))
        return INC_SPAN_SPAN;
    return wanted;
}

static void open_span(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *span = new_node(r, tag, INC_NODE_SPAN);
    span->as.span_.tag = span_tag(r, tag, (inc_span_tag)element->value);
    open_node(r, tag, element, span);
    inc_str term = value_of(r, tag, "data-index");
    if (!term.n)
        return;
    inc_node *mark = new_node(r, tag, INC_NODE_INDEX_MARK);
    set_attributes(r, mark, tag);
    mark->label = INC_STR("");
    mark->class_count = 0;
    mark->as.index_mark.term = term;
    inc_builder_put_inline(r->b, mark);
}

/* <q>: its marks are written as typed ones and become the language's with all others; inner ones are single. */
static void open_quotation(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *span = new_node(r, tag, INC_NODE_SPAN);
    inc_node_add_class(r->b->md->arena, span, INC_STR("q"));
    open_node(r, tag, element, span);
    inc_builder_put_inline(r->b, inc_node_text(r->b->md->arena, inc_html_quote(r->b), span->span));
}

inc_str inc_html_quote(const inc_builder *b)
{
    unsigned depth = 0;
    for (size_t i = 0; i < b->stack.n; i++)
        depth += b->stack.v[i].element && b->stack.v[i].element->kind == INC_ELEMENT_QUOTATION;
    return depth % 2 ? INC_STR("\"") : INC_STR("'");
}

/* The value of one property of a style attribute; for the width of images and the alignment of cells, which many books set only there. */
static inc_str style_property(const inc_reader *r, const inc_tag *tag, const char *name)
{
    inc_str style = value_of(r, tag, "style");
    while (style.n) {
        inc_str value = inc_str_cut(&style, ';');
        if (inc_str_find_char(value, ':') == INC_NPOS)
            continue;
        inc_str key = inc_str_trim(inc_str_cut(&value, ':'));
        if (inc_str_eq_nocase(key, inc_str_of(name)))
            return inc_str_trim(value);
    }
    return INC_STR("");
}

static inc_str image_size(const inc_reader *r, const inc_tag *tag, const char *name)
{
    inc_str value = value_of(r, tag, name);
    uint64_t pixels;
    if (inc_str_to_uint(value, &pixels))
        return inc_strf(r->b->md->arena, "%.*spx", INC_STR_ARG(value));
    return value.n ? value : style_property(r, tag, name);
}

static void put_image(const inc_reader *r, const inc_tag *tag)
{
    inc_node *image = new_node(r, tag, INC_NODE_IMAGE);
    set_attributes(r, image, tag);
    image->as.image.url = value_of(r, tag, "src");
    image->as.image.alt = value_of(r, tag, "alt");
    image->as.image.title = value_of(r, tag, "title");
    image->as.image.width = image_size(r, tag, "width");
    image->as.image.height = image_size(r, tag, "height");
    image->as.image.decorative = inc_tag_has(tag, "alt") && !image->as.image.alt.n;
    inc_builder_put_inline(r->b, image);
}

static void put_rule(const inc_reader *r, const inc_tag *tag)
{
    inc_node *node = new_node(r, tag, has_class(r, tag, "page") ? INC_NODE_PAGE_BREAK : INC_NODE_RULE);
    set_attributes(r, node, tag);
    if (node->kind == INC_NODE_PAGE_BREAK)
        node->class_count = 0; /* "page" follows from the kind */
    inc_builder_put_block(r->b, node);
}

void inc_html_put_break(const inc_reader *r, const inc_tag *tag)
{
    if (has_class(r, tag, "page"))
        put_rule(r, tag);
    else
        inc_builder_put_inline(r->b, new_node(r, tag, INC_NODE_BREAK));
}

static void open_list(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *list = new_node(r, tag, INC_NODE_LIST);
    list->as.list.ordered = element->value != 0;
    list->as.list.start = count_of(r, tag, "start", UINT16_MAX);
    list->as.list.delimiter = '.';
    open_node(r, tag, element, list);
}

/* <div class="warning">, mdBook's box. The class follows from the kind. */
static void open_warning(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *alert = new_node(r, tag, INC_NODE_ALERT);
    alert->as.alert.kind = INC_ALERT_WARNING;
    open_node(r, tag, element, alert);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < alert->class_count; i++)
        if (!inc_str_is(alert->classes[i], "warning"))
            alert->classes[kept++] = alert->classes[i];
    alert->class_count = kept;
}

static void open_div(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    bool plain = strcmp(element->name, "div") == 0;
    if (inc_builder_current(r->b)->kind == INC_NODE_DEFINITIONS && plain) { /* HTML: it groups terms and definitions */
        inc_builder_open_transparent(r->b, element, inc_reader_span(r, tag));
        return;
    }
    if (plain && has_class(r, tag, "warning")) {
        open_warning(r, tag, element);
        return;
    }
    inc_node *div = new_node(r, tag, INC_NODE_DIV);
    div->as.div.tag = strcmp(element->name, "details") == 0 ? INC_DIV_DETAILS : INC_DIV_DIV;
    div->as.div.open = inc_tag_has(tag, "open");
    open_node(r, tag, element, div);
    if (!plain)
        inc_node_add_class(r->b->md->arena, div, inc_str_of(element->name));
}

static bool parent_is(const inc_reader *r, inc_node_kind kind)
{
    return inc_builder_current(r->b)->kind == kind;
}

/* Makes sure that the current node is of that kind, by opening one that HTML implies. */
static void need_parent(const inc_reader *r, const inc_tag *tag, inc_node_kind kind)
{
    if (parent_is(r, kind))
        return;
    inc_node *parent = new_node(r, tag, kind);
    if (kind == INC_NODE_LIST)
        parent->as.list.start = 1;
    inc_builder_open(r->b, NULL, parent, parent->span);
}

static void open_item(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder_close_sibling(r->b, INC_NODE_ITEM, INC_NODE_ITEM, INC_NODE_LIST);
    need_parent(r, tag, INC_NODE_LIST);
    open_node(r, tag, element, new_node(r, tag, INC_NODE_ITEM));
}

static void open_term(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder_close_sibling(r->b, INC_NODE_TERM, INC_NODE_DEFINITION, INC_NODE_DEFINITIONS);
    need_parent(r, tag, INC_NODE_DEFINITIONS);
    open_node(r, tag, element, new_node(r, tag, element->kind == INC_ELEMENT_TERM ? INC_NODE_TERM : INC_NODE_DEFINITION));
}

/* The thead, tbody or tfoot that a row opens in, or NULL. */
static inc_open *open_rows(const inc_reader *r)
{
    for (size_t i = r->b->stack.n; i-- > 0;) {
        inc_open *open = &r->b->stack.v[i];
        if (open->element && open->element->kind == INC_ELEMENT_ROWS)
            return open;
        if (open->node)
            return NULL;
    }
    return NULL;
}

static void open_row(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder_close_sibling(r->b, INC_NODE_ROW, INC_NODE_ROW, INC_NODE_TABLE);
    inc_open *rows = open_rows(r);
    inc_node *row = new_node(r, tag, INC_NODE_ROW);
    if (rows) {
        const char *name = rows->element->name;
        row->as.row.head = strcmp(name, "thead") == 0;
        row->as.row.foot = strcmp(name, "tfoot") == 0;
        row->as.row.opens = !row->as.row.head && !row->as.row.foot && !rows->begun;
        rows->begun = true;
    }
    need_parent(r, tag, INC_NODE_TABLE);
    open_node(r, tag, element, row);
}

static void open_cell(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder_close_sibling(r->b, INC_NODE_CELL, INC_NODE_CELL, INC_NODE_ROW);
    if (!parent_is(r, INC_NODE_ROW))
        need_parent(r, tag, INC_NODE_TABLE);
    need_parent(r, tag, INC_NODE_ROW);
    inc_node *cell = new_node(r, tag, INC_NODE_CELL);
    cell->as.cell.head = element->value != 0;
    cell->as.cell.colspan = count_of(r, tag, "colspan", INC_TABLE_COLUMNS_MAX);
    bool to_the_end = inc_str_is(value_of(r, tag, "rowspan"), "0"); /* of its row group */
    cell->as.cell.rowspan = to_the_end ? 0 : count_of(r, tag, "rowspan", UINT16_MAX);
    inc_str align = value_of(r, tag, "align");
    if (!align.n)
        align = style_property(r, tag, "text-align");
    cell->as.cell.align = inc_str_eq_nocase(align, INC_STR("left"))     ? INC_ALIGN_LEFT
                          : inc_str_eq_nocase(align, INC_STR("center")) ? INC_ALIGN_CENTER
                          : inc_str_eq_nocase(align, INC_STR("right"))  ? INC_ALIGN_RIGHT
                                                                        : INC_ALIGN_NONE;
    open_node(r, tag, element, cell);
}

/* The open element that will take a caption when it closes, or NULL. */
static inc_open *captioned(const inc_reader *r, inc_node_kind kind)
{
    for (size_t i = r->b->stack.n; i-- > 0;)
        if (r->b->stack.v[i].node)
            return r->b->stack.v[i].node->kind == kind ? &r->b->stack.v[i] : NULL;
    return NULL;
}

static bool holds_caption(const inc_node *figure)
{
    for (const inc_node *c = figure->first; c; c = c->next)
        if (c->kind == INC_NODE_CAPTION)
            return true;
    return false;
}

/* Parses html[from, to) as inline Markdown and puts the inlines in. */
static void put_markdown(const inc_reader *r, size_t from, size_t to)
{
    inc_md *md = r->b->md;
    inc_text_builder slice = inc_text_begin(md->arena);
    inc_text_add_slice(&slice, r->html, from, to);
    inc_text *text = INC_NEW(md->arena, inc_text);
    *text = inc_text_finish(&slice);
    inc_node *holder = inc_node_new(md->arena, INC_NODE_CAPTION, INC_NO_SPAN);
    inc_md_parse_inline(md, text, holder);
    inc_html_resolve(md, holder, inc_builder_depth(r->b));
    while (holder->first) {
        inc_node *child = holder->first;
        inc_node_detach(child);
        inc_builder_put_inline(r->b, child);
    }
}

/* Where "</name" begins at or after `from`, or INC_NPOS. */
static size_t find_close(inc_str s, size_t from, const char *name)
{
    size_t n = strlen(name);
    for (; from + n + 2 < s.n; from++)
        if (s.p[from] == '<' && s.p[from + 1] == '/' && inc_str_eq_nocase(inc_str_slice(s, from + 2, from + 2 + n), inc_str_of(name)))
            return from;
    return INC_NPOS;
}

/* The text of a figcaption is inline Markdown when the tags stand in one HTML block: the Rust Book writes `code` there. */
static size_t open_caption(inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder_end_inlines(r->b);
    inc_open *figure = captioned(r, INC_NODE_FIGURE);
    if (!figure || figure->caption || holds_caption(figure->node)) {
        inc_node *paragraph = new_node(r, tag, INC_NODE_PARAGRAPH);
        inc_node_add_class(r->b->md->arena, paragraph, INC_STR("caption"));
        open_node(r, tag, element, paragraph);
    } else
        open_node(r, tag, element, new_node(r, tag, INC_NODE_CAPTION));
    size_t close = r->no_caption ? INC_NPOS : find_close(r->html->bytes, tag->end, "figcaption");
    r->no_caption = close == INC_NPOS;
    if (close == INC_NPOS)
        return tag->end;
    put_markdown(r, tag->end, close);
    return close;
}

static void open_table_caption(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_open *table = captioned(r, INC_NODE_TABLE);
    if (!table || table->caption) {
        inc_builder_open_transparent(r->b, element, inc_reader_span(r, tag));
        return;
    }
    inc_node *caption = table->caption = new_node(r, tag, INC_NODE_CAPTION);
    set_attributes(r, caption, tag);
    INC_PUSH(r->b->md->arena, &r->b->stack, (inc_open){.element = element, .node = caption, .span = caption->span});
}

static void open_summary(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *summary = new_node(r, tag, INC_NODE_PARAGRAPH);
    open_node(r, tag, element, summary);
    inc_node_add_class(r->b->md->arena, summary, INC_STR("summary"));
    if (inc_builder_current(r->b) != summary)
        return;
    inc_node *strong = new_node(r, tag, INC_NODE_SPAN);
    strong->as.span_.tag = INC_SPAN_STRONG;
    inc_builder_open(r->b, NULL, strong, strong->span);
}

/* <Listing number="6-2" file-name="src/main.rs" caption="..."> of the Rust Book. */
static void open_listing(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_md *md = r->b->md;
    inc_node *figure = new_node(r, tag, INC_NODE_FIGURE);
    figure->as.figure.kind = INC_FIGURE_LISTING;
    figure->as.figure.number = value_of(r, tag, "number");
    figure->as.figure.file_name = value_of(r, tag, "file-name");
    open_node(r, tag, element, figure);
    if (!figure->label.n && figure->as.figure.number.n) /* as mdBook's preprocessor for that book names it */
        figure->label = inc_strf(md->arena, "listing-%.*s", INC_STR_ARG(figure->as.figure.number));
    if (inc_builder_current(r->b) != figure)
        return;
    inc_node *caption = new_node(r, tag, INC_NODE_CAPTION);
    for (uint32_t i = 0; i < tag->attribute_count; i++) {
        const inc_tag_attribute *a = &tag->attributes[i];
        if (!inc_str_eq_nocase(a->name, INC_STR("caption")))
            continue;
        caption->span = inc_text_span(r->html, a->from, a->to);
        INC_PUSH(md->arena, &r->b->stack, (inc_open){.node = caption, .span = caption->span});
        put_markdown(r, a->from, a->to);
        inc_builder_close(r->b);
    }
    if (caption->first || figure->as.figure.number.n || figure->as.figure.file_name.n)
        r->b->stack.v[r->b->stack.n - 1].caption = caption;
}

/* Does formatting stand in the <pre> before its end? Code of a language has colours of its own. */
static bool holds_formatting(const inc_reader *r, size_t from)
{
    inc_str s = r->html->bytes;
    size_t end = find_close(s, from, "pre");
    inc_tag inner;
    for (size_t at = from; end != INC_NPOS && at < end; at++) {
        if (s.p[at] != '<' || !inc_tag_read(s, at, &inner) || inner.kind != INC_TAG_OPEN)
            continue;
        const inc_element *element = inc_element_find(inner.name);
        if (element && element->kind == INC_ELEMENT_CODE && inc_str_find(inc_tag_value(&inner, s, "class"), INC_STR("language-")) != INC_NPOS)
            return false;
        if (element && element->kind == INC_ELEMENT_SPAN && element->value != INC_SPAN_SPAN)
            return true;
        at = inner.end - 1;
    }
    return false;
}

/* <pre class="mermaid"> is what mdBook's preprocessors leave to a browser. */
static void check_diagram(const inc_reader *r, const inc_tag *tag, const inc_node *pre)
{
    for (uint32_t i = 0; i < pre->class_count; i++)
        if (inc_diagram_language(pre->classes[i]))
            inc_report(r->b->md->diags, INC_DIAG_DIAGRAM_AS_SOURCE, inc_reader_span(r, tag), "a diagram in %.*s is set as its source",
                       INC_STR_ARG(pre->classes[i]))
                ->hint = INC_STR("only fenced blocks are drawn; a preprocessor that makes HTML of them needs renderers = [\"html\"] in book.toml "
                                 "(docs/pictures.md, \"Diagrams from text\")");
}

/* A <pre> is a code block; one with formatting in it a paragraph of code, PARAGRAPH.pre. */
static void open_pre(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    bool formatted = holds_formatting(r, tag->end);
    inc_node *pre = new_node(r, tag, formatted ? INC_NODE_PARAGRAPH : INC_NODE_CODE);
    open_node(r, tag, element, pre);
    if (formatted)
        inc_node_add_class(r->b->md->arena, pre, INC_STR("pre"));
    check_diagram(r, tag, pre);
}

/* A tag inside <pre>: only <code class="language-x"> says something. */
void inc_html_tag_in_pre(const inc_reader *r, const inc_tag *tag, const inc_element *element, inc_node *pre)
{
    if (element->kind == INC_ELEMENT_BREAK)
        inc_buf_byte(&r->b->code, '\n');
    bool formats = tag->kind == INC_TAG_OPEN && element->kind == INC_ELEMENT_SPAN && element->value != INC_SPAN_SPAN;
    if (formats && !r->b->pre_told)
        inc_report(r->b->md->diags, INC_DIAG_UNKNOWN_HTML, inc_reader_span(r, tag), "<%s> inside <pre> is not shown; only its text is kept", element->name)
            ->hint = INC_STR("a code block is coloured by its language");
    r->b->pre_told |= formats;
    inc_node probe = {0};
    add_classes(r->b->md, &probe, value_of(r, tag, "class"));
    for (uint32_t i = 0; i < probe.class_count && element->kind == INC_ELEMENT_CODE; i++)
        if (inc_str_starts(probe.classes[i], INC_STR("language-")))
            pre->as.code.language = inc_str_lower(r->b->md->arena, inc_str_slice(probe.classes[i], 9, probe.classes[i].n));
        else
            inc_node_add_class(r->b->md->arena, pre, probe.classes[i]);
}

bool inc_html_is_void(const char *name)
{
    static const char *const names[] = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr"};
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool inside_unknown(const inc_reader *r)
{
    for (size_t i = r->b->stack.n; i-- > 0;)
        if (r->b->stack.v[i].element && r->b->stack.v[i].element->kind == INC_ELEMENT_UNKNOWN)
            return true;
    return false;
}

static void open_unknown(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    if (!element->value && !inside_unknown(r))
        inc_report(r->b->md->diags, INC_DIAG_UNKNOWN_HTML, inc_reader_span(r, tag), "<%s> has no place in a book; only the text inside is kept",
                   element->name);
    inc_builder_open_transparent(r->b, element, inc_reader_span(r, tag));
}

/* ---- what is not shown ---- */

/* Gives the link an address on the web, if the tag has one, and words. */
static void take_address(const inc_reader *r, const inc_tag *tag, inc_node *link)
{
    inc_arena *arena = r->b->md->arena;
    inc_str url = value_of(r, tag, inc_tag_has(tag, "src") ? "src" : "data");
    if (inc_str_starts(url, INC_STR("//")))
        url = inc_strf(arena, "https:%.*s", INC_STR_ARG(url));
    if (link->as.link.url.n || !(inc_str_starts(url, INC_STR("https://")) || inc_str_starts(url, INC_STR("http://"))))
        return;
    link->as.link.url = url;
    inc_str title = link->as.link.title;
    inc_node_append(link, inc_node_text(arena, title.n ? title : url, link->span));
}

static void open_media(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_node *link = new_node(r, tag, INC_NODE_LINK);
    set_attributes(r, link, tag);
    link->as.link.title = value_of(r, tag, "title");
    take_address(r, tag, link);
    if (!link->as.link.url.n && strcmp(element->name, "object") == 0) /* a file of the book's: what stands inside is as good */
        open_unknown(r, tag, element);
    else
        inc_builder_open_dropped(r->b, element, link, inc_reader_span(r, tag));
}

/* <script>, <style>, <rp>: returns where the text behind it begins. */
static size_t drop(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    if (strcmp(element->name, "rp") != 0) /* the parentheses of those who know no <ruby> */
        inc_report(r->b->md->diags, INC_DIAG_WEB_ONLY, inc_reader_span(r, tag), "<%s> is for the web site alone; it is left out", element->name);
    size_t close = find_close(r->html->bytes, tag->end, element->name);
    if (close == INC_NPOS) { /* it ends in another stretch of HTML */
        inc_builder_open_dropped(r->b, element, NULL, inc_reader_span(r, tag));
        return tag->end;
    }
    const char *end = memchr(r->html->bytes.p + close, '>', r->html->bytes.n - close);
    return end ? (size_t)(end - r->html->bytes.p) + 1 : r->html->bytes.n;
}

/* By HTML's attribute, or by mdBook's class. */
static bool is_hidden(const inc_reader *r, const inc_tag *tag)
{
    return inc_tag_has(tag, "hidden") || (inc_tag_has(tag, "class") && has_class(r, tag, "hidden"));
}

/* Inside of what is not shown, only the end is of interest, and where a video has its file. */
static void open_unseen(const inc_reader *r, const inc_tag *tag, const inc_element *element, const inc_open *dropping)
{
    if (dropping->link && strcmp(element->name, "source") == 0)
        take_address(r, tag, dropping->link);
    inc_builder_open_transparent(r->b, element, inc_reader_span(r, tag));
}

/* Opens what the tag asks for; returns where reading goes on. */
size_t inc_html_open(inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    inc_builder *b = r->b;
    bool block = element->kind >= INC_ELEMENT_FIRST_BLOCK && element->kind < INC_ELEMENT_IGNORED;
    const inc_open *dropping = inc_builder_dropping(b);
    if (dropping) {
        open_unseen(r, tag, element, dropping);
        return tag->end;
    }
    if (element->kind != INC_ELEMENT_DROPPED && is_hidden(r, tag)) {
        if (block)
            inc_builder_end_inlines(b);
        inc_builder_open_dropped(b, element, NULL, inc_reader_span(r, tag));
        return tag->end;
    }
    if (block && !inc_builder_end_inlines(b)) { /* among inlines only */
        put_anchor(r, tag, value_of(r, tag, "id"));
        inc_builder_open_transparent(b, element, inc_reader_span(r, tag));
        return tag->end;
    }
    switch (element->kind) {
    case INC_ELEMENT_SPAN: open_span(r, tag, element); break;
    case INC_ELEMENT_QUOTATION: open_quotation(r, tag, element); break;
    case INC_ELEMENT_CODE: open_node(r, tag, element, new_node(r, tag, INC_NODE_SPAN)); break;
    case INC_ELEMENT_LINK: open_link(r, tag, element); break;
    case INC_ELEMENT_IMAGE: put_image(r, tag); break;
    case INC_ELEMENT_BREAK: inc_html_put_break(r, tag); break;
    case INC_ELEMENT_WORD_BREAK:
        inc_builder_put_inline(b, inc_node_text(b->md->arena, INC_STR("\xE2\x80\x8B"), inc_reader_span(r, tag)));
        break;
    case INC_ELEMENT_TRANSPARENT:
        put_anchor(r, tag, value_of(r, tag, "id"));
        inc_builder_open_transparent(b, element, inc_reader_span(r, tag));
        break;
    case INC_ELEMENT_PARAGRAPH: open_node(r, tag, element, new_node(r, tag, INC_NODE_PARAGRAPH)); break;
    case INC_ELEMENT_HEADING: {
        inc_node *heading = new_node(r, tag, INC_NODE_HEADING);
        heading->as.heading.level = (uint8_t)element->value;
        open_node(r, tag, element, heading);
        break;
    }
    case INC_ELEMENT_RULE: put_rule(r, tag); break;
    case INC_ELEMENT_DIV: open_div(r, tag, element); break;
    case INC_ELEMENT_QUOTE: open_node(r, tag, element, new_node(r, tag, INC_NODE_QUOTE)); break;
    case INC_ELEMENT_LIST: open_list(r, tag, element); break;
    case INC_ELEMENT_ITEM: open_item(r, tag, element); break;
    case INC_ELEMENT_TABLE: open_node(r, tag, element, new_node(r, tag, INC_NODE_TABLE)); break;
    case INC_ELEMENT_TABLE_CAPTION: open_table_caption(r, tag, element); break;
    case INC_ELEMENT_ROWS: {
        inc_builder_close_sibling(b, INC_NODE_ROW, INC_NODE_ROW, INC_NODE_TABLE);
        inc_builder_open_transparent(b, element, inc_reader_span(r, tag));
        break;
    }
    case INC_ELEMENT_ROW: open_row(r, tag, element); break;
    case INC_ELEMENT_CELL: open_cell(r, tag, element); break;
    case INC_ELEMENT_FIGURE: open_node(r, tag, element, new_node(r, tag, INC_NODE_FIGURE)); break;
    case INC_ELEMENT_CAPTION: return open_caption(r, tag, element);
    case INC_ELEMENT_DEFINITIONS: open_node(r, tag, element, new_node(r, tag, INC_NODE_DEFINITIONS)); break;
    case INC_ELEMENT_TERM:
    case INC_ELEMENT_DEFINITION: open_term(r, tag, element); break;
    case INC_ELEMENT_SUMMARY: open_summary(r, tag, element); break;
    case INC_ELEMENT_PRE: open_pre(r, tag, element); break;
    case INC_ELEMENT_LISTING: open_listing(r, tag, element); break;
    case INC_ELEMENT_IGNORED: break;
    case INC_ELEMENT_DROPPED: return drop(r, tag, element);
    case INC_ELEMENT_MEDIA: open_media(r, tag, element); break;
    case INC_ELEMENT_UNKNOWN: open_unknown(r, tag, element); break;
    }
    return tag->end;
}
