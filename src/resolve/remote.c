/*
 * remote.c - images that lie on the web.
 *
 * They are not fetched: a book must come out the same on any day, and without a network. Each becomes what a reader can still use, its
 * alternative text as a link to the picture; inside a link (a badge) that text alone, which leads where the badge does.
 */
#include "base/files.h"
#include "resolve/passes.h"
#include "base/urls.h"

static bool is_remote(const inc_node *image)
{
    inc_url url = inc_url_cut(image->as.image.url);
    return inc_str_eq_nocase(url.scheme, INC_STR("https")) || inc_str_eq_nocase(url.scheme, INC_STR("http")) ||
           (!url.scheme.n && inc_str_starts(url.path, INC_STR("//")));
}

static inc_str words_of(const inc_node *image)
{
    if (inc_str_trim(image->as.image.alt).n)
        return image->as.image.alt;
    inc_str name = inc_path_name(inc_url_cut(image->as.image.url).path);
    return name.n ? name : image->as.image.url;
}

/* The image itself becomes the link, so that its label, classes and place stay. */
static void give_words(inc_resolver *r, inc_node *image)
{
    inc_str words = words_of(image), url = image->as.image.url, title = image->as.image.title;
    bool linked = inc_node_within(image->parent, INC_NODE_LINK);
    inc_report(r->diags, INC_DIAG_REMOTE_IMAGE, image->span, "image '%.*s' is on the web; its text '%.*s' stands in for it", INC_STR_ARG(url), INC_STR_ARG(words))->hint =
        INC_STR("put a copy of the picture into the book's folder");
    memset(&image->as, 0, sizeof image->as);
    if (linked) {
        image->kind = INC_NODE_SPAN;
        image->as.span_.tag = INC_SPAN_SPAN;
    } else {
        image->kind = INC_NODE_LINK;
        image->as.link.url = url;
        image->as.link.title = title;
    }
    inc_node_append(image, inc_node_text(r->arena, words, image->span));
    if (linked && !image->label.n && !image->class_count)
        inc_node_unwrap(image);
}

/* A picture alone in its paragraph was taken for a figure; without a caption its words are a paragraph like others. */
static void release(const inc_node *words)
{
    inc_node *paragraph = words->parent, *figure = paragraph ? paragraph->parent : NULL;
    if (paragraph && paragraph->first == paragraph->last && figure && figure->kind == INC_NODE_FIGURE && figure->first == figure->last && !figure->label.n)
        inc_node_unwrap(figure);
}

void inc_resolve_remote(inc_resolver *r)
{
    INC_VEC(inc_node *) found = {0};
    for (inc_walk w = inc_walk_begin(r->document->book); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_IMAGE && !w.node->as.image.diagram && is_remote(w.node))
            INC_PUSH(r->arena, &found, w.node);
    for (size_t i = 0; i < found.n; i++) {
        const inc_node *link = inc_node_within(found.v[i], INC_NODE_LINK);
        give_words(r, found.v[i]);
        release(link ? link : found.v[i]);
    }
}
