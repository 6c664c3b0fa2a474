/* layout.h - a document and its styles become pages. */
#ifndef INC_LAYOUT_H
#define INC_LAYOUT_H

#include "document/document.h"
#include "image/image.h"
#include "style/style.h"
#include "layout/page.h"
#include "layout/pagemap.h"

typedef struct inc_layout_input {
    const inc_document *document;
    const inc_sheet *sheet;
    inc_fonts *fonts;
    inc_images *images;
    inc_str hyphenation_folder;
    unsigned jobs;
    void (*progress)(void *context, const char *what, size_t done, size_t total); /* may be NULL */
    void *progress_context;
} inc_layout_input;

typedef struct inc_layout_result {
    inc_pages pages;
    inc_pagemap pagemap;
    unsigned passes;
} inc_layout_result;

/* Lays out the whole book into arena; findings (missing glyphs, overfull lines, references that do not settle) go to diags. */
void inc_layout(const inc_layout_input *input, inc_arena *arena, inc_diags *diags, inc_layout_result *result);

/* The width that a book's text has, before it is laid out. */
inc_len inc_layout_measure(const inc_sheet *sheet, const inc_document *document, inc_arena *arena);

#endif
