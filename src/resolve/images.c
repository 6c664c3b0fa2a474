/* images.c - which file each image of a file shows, and whether it says what is to be seen. */
#include "base/files.h"
#include "resolve/passes.h"
#include "base/urls.h"

static void check_alt(inc_resolver *r, inc_node *image)
{
    inc_str role = inc_node_attribute(image, "role");
    if (inc_node_has_class(image, "decorative") || inc_str_is(role, "presentation") || inc_str_is(role, "none"))
        image->as.image.decorative = true;
    if (image->as.image.decorative || inc_str_trim(image->as.image.alt).n)
        return;
    if (image->as.image.diagram)
        inc_report(r->diags, INC_DIAG_MISSING_ALT, image->span, "the diagram in %.*s has no alternative text", INC_STR_ARG(image->as.image.diagram->language))->hint =
            INC_STR("say what it shows, behind the language: {alt=\"...\"}");
    else
        inc_report(r->diags, INC_DIAG_MISSING_ALT, image->span, "image '%.*s' has no alternative text", INC_STR_ARG(image->as.image.url))->hint =
            INC_STR("say what it shows: ![text](file), or give it the class 'decorative'");
}

/* <details class="description"> inside the image's figure, or behind the block that holds the image alone. */
static const inc_node *find_description(const inc_node *image)
{
    const inc_node *block = image;
    while (block->parent && (inc_node_is_inline(block) || block->parent->kind == INC_NODE_FIGURE)) {
        block = block->parent;
        for (const inc_node *n = block->next; n && block->parent->kind == INC_NODE_FIGURE; n = n->next)
            if (n->kind == INC_NODE_DIV && inc_node_has_class(n, "description"))
                return n;
    }
    const inc_node *next = block->next;
    return next && next->kind == INC_NODE_DIV && inc_node_has_class(next, "description") ? next : NULL;
}

/* data:..., file:..., blob:... */
static bool has_scheme(inc_resolver *r, const inc_node *image)
{
    inc_url url = inc_url_cut(image->as.image.url);
    if (!url.scheme.n)
        return false;
    bool data = inc_str_eq_nocase(url.scheme, INC_STR("data"));
    inc_str shown = data ? INC_STR("data:...") : image->as.image.url;
    inc_report(r->diags, INC_DIAG_MISSING_IMAGE, image->span, "image '%.*s' is no file of the book", INC_STR_ARG(shown))->hint =
        INC_STR("put a copy of the picture into the book's folder");
    return true;
}

/* The path relative to src; a leading '/' stands for src itself, as on mdBook's web site. */
static inc_str name_of(inc_resolver *r, const inc_node *chapter, inc_str url)
{
    inc_str path = inc_url_decode(r->arena, inc_url_cut(url).path), folder = inc_path_folder(chapter->as.chapter.path);
    if (inc_str_starts(path, INC_STR("/")))
        folder = INC_STR("");
    while (inc_str_starts(path, INC_STR("/")))
        path = inc_str_slice(path, 1, path.n);
    return inc_path_normalise(r->arena, folder.n ? inc_path_join(r->arena, folder, path) : path);
}

static void find_file(inc_resolver *r, const inc_node *chapter, inc_node *image)
{
    inc_str url = inc_str_trim(image->as.image.url);
    if (!url.n) {
        inc_report(r->diags, INC_DIAG_MISSING_IMAGE, image->span, "image without a file");
        return;
    }
    inc_str name = name_of(r, chapter, url), file = inc_path_join(r->arena, r->options->src, name);
    if (!inc_file_exists(file))
        inc_report(r->diags, INC_DIAG_MISSING_IMAGE, image->span, "image file '%.*s' does not exist", INC_STR_ARG(name));
    else if (!inc_path_inside(r->options->reach.n ? r->options->reach : INC_STR("."), file))
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, image->span, "image file '%.*s' lies outside of the book's folder", INC_STR_ARG(name))->hint = INC_STR("if it belongs to the book all the same, name a folder around both with --root");
    else {
        image->as.image.name = name;
        image->as.image.file = file;
    }
}

/* A paragraph of nothing but pictures, two at least: its first line has no indent, which styles know by the class "pictures". Asked for its first one. */
static void mark_paragraph(inc_resolver *r, const inc_node *image)
{
    const inc_node *picture = image->parent->kind == INC_NODE_LINK ? image->parent : image;
    inc_node *paragraph = picture->parent;
    if (paragraph->kind != INC_NODE_PARAGRAPH || paragraph->first != picture)
        return;
    unsigned pictures = 0;
    for (const inc_node *c = picture; c; c = c->next) {
        bool blank = c->kind == INC_NODE_TEXT && !inc_str_trim(c->as.text.text).n;
        if (!blank && !c->paper && c->kind != INC_NODE_SOFT_BREAK && c->kind != INC_NODE_BREAK && !inc_node_picture(c))
            return;
        pictures += inc_node_picture(c) != NULL;
    }
    if (pictures > 1)
        inc_node_add_class(r->arena, paragraph, INC_STR("pictures"));
}

void inc_resolve_images(inc_resolver *r)
{
    for (size_t i = 0; i < r->images.n; i++) {
        inc_node *image = r->images.v[i].node;
        image->as.image.description = find_description(image);
        check_alt(r, image);
        mark_paragraph(r, image);
        if (!image->as.image.diagram && !has_scheme(r, image)) /* what was drawn is known by its file already */
            find_file(r, r->images.v[i].chapter, image);
    }
}
