/* epub.h - document and page map to an EPUB 3.3. */
#ifndef INC_EPUB_H
#define INC_EPUB_H

#include "base/sink.h"
#include "document/document.h"
#include "font/font.h"
#include "image/image.h"
#include "layout/pagemap.h"
#include "style/counter.h"
#include "style/style.h"

typedef struct inc_epub_input {
    const inc_document *document;
    const inc_sheet *sheet;
    inc_fonts *fonts;
    inc_images *images;
    const inc_pagemap *pagemap;
    inc_str generator; /* "incipit 0.1.0" */
    uint32_t picture_pixels; /* of a picture at most; 0: as many as there are */
    inc_str inks;      /* profile that CMYK pictures without one are meant for, or "" */
} inc_epub_input;

/* Writes the file; false when it could not be made (reported). Sink errors are the caller's to check. */
bool inc_epub_write(const inc_epub_input *input, inc_arena *arena, inc_diags *diags, inc_sink *sink);

#endif
