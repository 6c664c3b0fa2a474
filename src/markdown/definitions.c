/* definitions.c - the attributes of headings, and terms with their definitions. */
#include "markdown/entity.h"
#include "markdown/internal.h"
#include "markdown/tag.h"

inc_str inc_md_next_attribute(inc_str *rest)
{
    *rest = inc_str_trim(*rest);
    char quote = 0;
    size_t i = 0;
    for (; i < rest->n && (quote || !inc_is_space(rest->p[i])); i++) {
        if (rest->p[i] == quote)
            quote = 0;
        else if (!quote && (rest->p[i] == '"' || rest->p[i] == '\'') && i > 0 && rest->p[i - 1] == '=')
            quote = rest->p[i];
    }
    inc_str word = inc_str_slice(*rest, 0, i);
    *rest = inc_str_slice(*rest, i, rest->n);
    return word;
}

static inc_str unquoted(inc_str s)
{
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? inc_str_slice(s, 1, s.n - 1) : s;
}

void inc_md_set_attributes(inc_md *md, inc_node *node, inc_str attributes)
{
    for (inc_str word = inc_md_next_attribute(&attributes); word.n; word = inc_md_next_attribute(&attributes)) {
        inc_str rest = inc_str_slice(word, 1, word.n);
        if (word.p[0] == '#' && rest.n)
            node->label = rest;
        else if (word.p[0] == '.' && rest.n)
            inc_node_add_class(md->arena, node, rest);
        else if (word.p[0] != '#' && word.p[0] != '.') {
            inc_str value = word, key = inc_str_cut(&value, '=');
            value = inc_entity_decode_all(md->arena, unquoted(value));
            if (inc_str_is(key, "lang"))
                node->lang = value;
            else if (key.n)
                inc_node_set_attribute(md->arena, node, key, value);
        }
    }
}

/* The paragraph's lines become terms, one each, at the end of list. */
static void take_terms(inc_md *md, inc_node *paragraph, inc_node *list)
{
    inc_node *term = NULL;
    while (paragraph->first) {
        inc_node *child = paragraph->first;
        inc_node_detach(child);
        if (child->kind == INC_NODE_SOFT_BREAK) {
            term = NULL;
            continue;
        }
        if (!term) {
            term = inc_node_new(md->arena, INC_NODE_TERM, child->span);
            inc_node_append(list, term);
        }
        inc_node_append(term, child);
    }
    inc_node_detach(paragraph);
}

inc_node *inc_md_begin_definition(inc_md *md, inc_node *parent, inc_span span)
{
    inc_node *before = parent->last, *list = before;
    if (before && before->kind == INC_NODE_PARAGRAPH) {
        list = before->prev;
        if (!list || list->kind != INC_NODE_DEFINITIONS) {
            list = inc_node_new(md->arena, INC_NODE_DEFINITIONS, before->span);
            inc_node_insert_before(before, list);
        }
        take_terms(md, before, list);
    } else if (!before || before->kind != INC_NODE_DEFINITIONS) {
        list = inc_node_new(md->arena, INC_NODE_DEFINITIONS, span);
        inc_node_append(parent, list);
    }
    inc_node *definition = inc_node_new(md->arena, INC_NODE_DEFINITION, INC_NO_SPAN);
    inc_node_append(list, definition);
    return definition;
}
