/* xhtml_inline.c - what stands in lines: text, links, images, references. */
#include <stdio.h>

#include "base/utf8.h"
#include "epub/xhtml.h"

enum { WORD_MAX = 100 }; /* bytes; a longer one, such as an address, is parted */

/* Blanks and dashes, and the letters of scripts that part no words by blanks. */
static bool parts_words(uint32_t cp)
{
    bool hangul = cp >= 0xAC00 && cp <= 0xD7AF;
    return cp <= ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) || (cp >= 0x2013 && cp <= 0x2015) || (cp >= 0x2E80 && !hangul);
}

/* The end of the word that `at` stands in: where a page turns inside of one, searching, looking up and reading aloud shall still find it whole. */
static size_t behind_word(inc_str s, size_t at)
{
    size_t before = at, next = at;
    do
        before -= before > 0;
    while (before > 0 && ((unsigned char)s.p[before] & 0xC0) == 0x80);
    if (at == 0 || parts_words(inc_utf8_decode(s, before, &next)))
        return at;
    for (size_t i = at; i - at <= WORD_MAX; i = next)
        if (i == s.n || parts_words(inc_utf8_decode(s, i, &next)))
            return i;
    return at;
}

static void text(inc_xhtml *w, const inc_node *node, inc_str bytes, const inc_page_break *inside, size_t n)
{
    (void)node;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t stop = INC_MIN(INC_MAX((size_t)inside[i].byte, at), bytes.n);
        while (stop < bytes.n && ((unsigned char)bytes.p[stop] & 0xC0) == 0x80)
            stop++;
        stop = behind_word(bytes, stop);
        inc_xml_text(w->out, inc_str_slice(bytes, at, stop));
        inc_xhtml_break(w, &inside[i]);
        at = stop;
    }
    inc_xml_text(w->out, inc_str_slice(bytes, at, bytes.n));
}

void inc_xhtml_plain_text(inc_xhtml *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = inc_xhtml_take_breaks(w, node, &inside);
    inc_xhtml_flush_breaks(w);
    text(w, node, node->as.text.text, inside, n);
}

void inc_xhtml_code_span(inc_xhtml *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = inc_xhtml_take_breaks(w, node, &inside);
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, "code", NULL);
    inc_xhtml_put(w, ">");
    text(w, node, node->as.text.text, inside, n);
    inc_xhtml_put(w, "</code>");
}

void inc_xhtml_inline_container(inc_xhtml *w, const inc_node *node, bool enter, const char *name)
{
    if (!enter) {
        inc_xhtml_end_tag(w, name, false);
        return;
    }
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, name, NULL);
    inc_xhtml_put(w, ">");
}

static bool link_href(inc_xhtml *w, const inc_node *node, inc_str *href)
{
    if (node->as.link.target) {
        *href = inc_epub_href(w->book, node, node->as.link.target);
        return href->n > 0;
    }
    return node->as.link.external && inc_xml_url(w->book->arena, node->as.link.url, href);
}

/* A link that leads nowhere, or stands inside another, is plain text. */
void inc_xhtml_link(inc_xhtml *w, const inc_node *node, bool enter)
{
    inc_str href = {0};
    bool live = link_href(w, node, &href) && (enter ? w->link_depth == 0 : w->link_depth == 1);
    if (!enter) {
        w->link_depth--;
        inc_xhtml_end_tag(w, live ? "a" : "span", false);
        return;
    }
    w->link_depth++;
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, live ? "a" : "span", NULL);
    if (live)
        inc_xml_attribute(w->out, "href", href);
    if (node->as.link.title.n && inc_node_attribute(node, "title").n == 0)
        inc_xml_attribute(w->out, "title", node->as.link.title);
    inc_xhtml_put(w, ">");
}

/* A small picture among words, without a size of its own, is as tall as their type (layout does the same). */
static bool is_sign(inc_epub_book *book, const inc_node *node, const inc_epub_picture *picture)
{
    if (picture->image->natural_height > INC_SIGN_MOST || node->as.image.width.n || node->as.image.height.n)
        return false;
    const inc_node *block = node->parent;
    while (block->parent && inc_node_is_inline(block))
        block = block->parent;
    if (block != book->words_block) {
        book->words_block = block;
        book->has_words = inc_node_among_words(node);
    }
    return book->has_words;
}

void inc_xhtml_image(inc_xhtml *w, const inc_node *node)
{
    inc_xhtml_flush_breaks(w);
    inc_epub_book *book = w->book;
    const inc_epub_picture *picture =
        node->as.image.file.n ? inc_epub_picture_of(book, node->as.image.name, node->as.image.file, node->span) : NULL;
    if (!picture) {
        inc_xhtml_begin_tag(w, node, "span", "missing-image");
        inc_xhtml_put(w, ">");
        inc_xml_text(w->out, node->as.image.alt);
        inc_xhtml_put(w, "</span>");
        return;
    }
    *(node->as.image.decorative ? &book->images_decorative
      : node->as.image.alt.n    ? &book->images_described
                                : &book->images_without_alt) += 1;
    uint32_t size = inc_epub_size_class(book, node->as.image.width, node->as.image.height);
    char size_class[16] = "";
    if (size)
        snprintf(size_class, sizeof size_class, "w%u", size);
    inc_xhtml_begin_tag(w, node, "img", size ? size_class : is_sign(book, node, picture) ? "sign" : NULL);
    inc_xml_attribute(w->out, "src", picture->href);
    inc_xml_attribute(w->out, "alt", node->as.image.decorative ? INC_STR("") : node->as.image.alt);
    const inc_node *description = node->as.image.description;
    if (description && book->ids[description->id].n && inc_epub_file_node(description) == inc_epub_file_node(node)) {
        inc_xml_attribute(w->out, "aria-details", book->ids[description->id]);
        book->images_at_length++;
    }
    if (node->as.image.decorative)
        inc_xhtml_put(w, " role=\"presentation\"");
    if (node->as.image.title.n && inc_node_attribute(node, "title").n == 0)
        inc_xml_attribute(w->out, "title", node->as.image.title);
    inc_xhtml_put(w, "/>");
}

void inc_xhtml_note_ref(inc_xhtml *w, const inc_node *node)
{
    inc_xhtml_flush_breaks(w);
    const inc_node *target = node->as.note_ref.note;
    inc_str href = target && target->as.note.number ? inc_epub_href(w->book, node, target) : INC_STR("");
    if (!target || target->as.note.number == 0) { /* undefined: as it was written */
        inc_xhtml_put(w, "[^");
        inc_xml_text(w->out, node->as.note_ref.name);
        inc_xhtml_put(w, "]");
        return;
    }
    bool live = href.n > 0 && w->link_depth == 0;
    if (node->prev && node->prev->kind == INC_NODE_NOTE_REF && !node->prev->paper)
        inc_xhtml_put(w, "\u202F"); /* 1 and 2 are not 12 */
    inc_xhtml_begin_tag(w, node, live ? "a" : "span", NULL);
    if (live) {
        inc_xml_attribute(w->out, "href", href);
        inc_xhtml_put(w, " epub:type=\"noteref\" role=\"doc-noteref\"");
    }
    inc_buf_printf(w->out, ">%u</%s>", target->as.note.number, live ? "a" : "span");
}

/* What to call a place: its page where the PDF has pages, else its chapter. */
static inc_str place_name(inc_xhtml *w, const inc_node *target)
{
    inc_str label = inc_pagemap_label(w->book->input->pagemap, target, 0);
    const inc_node *root = inc_epub_file_node(target);
    if (label.n || !root)
        return label;
    if (root->kind == INC_NODE_PART)
        return root->as.part.title;
    return root->as.chapter.number.n ? root->as.chapter.number : root->as.chapter.title;
}

static void place_link(inc_xhtml *w, const inc_node *node, const inc_node *target, inc_str name)
{
    inc_str href = inc_epub_href(w->book, node, target);
    bool live = href.n > 0 && w->link_depth == 0;
    if (live) {
        inc_xhtml_put(w, "<a");
        inc_xml_attribute(w->out, "href", href);
        inc_xhtml_put(w, ">");
    }
    inc_xml_text(w->out, name);
    inc_xhtml_put(w, live ? "</a>" : "");
}

void inc_xhtml_page_ref(inc_xhtml *w, const inc_node *node)
{
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, "span", NULL);
    inc_xhtml_put(w, ">");
    if (node->as.page_ref.target)
        place_link(w, node, node->as.page_ref.target, place_name(w, node->as.page_ref.target));
    inc_xhtml_put(w, "</span>");
}

/* "3, 12–14, 30": the pages of the PDF; every run is a link to its first place. */
void inc_xhtml_page_list(inc_xhtml *w, const inc_node *node)
{
    inc_arena *scratch = w->book->scratch;
    inc_arena_mark mark = inc_arena_mark_get(scratch);
    uint32_t n = 0, i = 0;
    for (const inc_node *ref = node->first; ref; ref = ref->next)
        n++;
    inc_page_place *places = INC_NEW_N(scratch, inc_page_place, n);
    const inc_node **refs = INC_NEW_N(scratch, const inc_node *, n);
    for (const inc_node *ref = node->first; ref; ref = ref->next, i++) {
        refs[i] = ref;
        places[i].from = place_name(w, ref->as.page_ref.target);
        places[i].to = ref->as.page_ref.end ? place_name(w, ref->as.page_ref.end) : INC_STR("");
        places[i].main = inc_node_has_class(ref, "main");
    }
    inc_page_run *runs = INC_NEW_N(scratch, inc_page_run, n);
    uint32_t count = inc_page_runs(scratch, places, n, runs);
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, "span", NULL);
    inc_xhtml_put(w, ">");
    for (i = 0; i < count; i++) {
        inc_str name = runs[i].from;
        if (runs[i].to.n)
            name = inc_strf(scratch, "%.*s–%.*s", INC_STR_ARG(runs[i].from), INC_STR_ARG(runs[i].to));
        inc_xhtml_put(w, i > 0 ? ", " : "");
        inc_xhtml_put(w, runs[i].main ? "<b>" : "");
        place_link(w, node, refs[runs[i].place]->as.page_ref.target, name);
        inc_xhtml_put(w, runs[i].main ? "</b>" : "");
    }
    inc_xhtml_put(w, "</span>");
    inc_arena_reset(scratch, mark);
}

/* Nothing to see, but a place to go to. */
void inc_xhtml_anchor(inc_xhtml *w, const inc_node *node)
{
    inc_xhtml_flush_breaks(w);
    if (w->book->ids[node->id].n == 0)
        return;
    inc_xhtml_begin_tag(w, node, "span", NULL);
    inc_xhtml_put(w, "></span>");
}

void inc_xhtml_math(inc_xhtml *w, const inc_node *node)
{
    inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, "span", NULL);
    inc_xhtml_put(w, ">");
    inc_xml_text(w->out, node->as.text.text);
    inc_xhtml_put(w, "</span>");
}
