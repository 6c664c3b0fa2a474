/* internal.h - what the files of font/ share: the face and the catalogue's lookups. */
#ifndef INC_FONT_INTERNAL_H
#define INC_FONT_INTERNAL_H

#include <hb.h>

#include "font/font.h"

#define INC_FONT_FILE_MAX ((size_t)128 << 20)

struct inc_font {
    hb_face_t *face; /* of `data`; immutable */
    hb_font_t *hb;   /* scaled to upem, immutable: positions are font units */
    inc_str data;    /* a plain sfnt: WOFF is unpacked, variations are pinned */
    inc_str path, family, postscript;
    inc_font_metrics metrics;
    inc_box bbox;
    int32_t pictorial_height; /* ink height of its pictures when it has no lower case (emoji, icons), else 0 */
    uint32_t index;
    uint16_t weight, glyph_count;
    bool italic, cff, fixed_pitch;
    bool whole; /* its licence forbids subsetting (OS/2 fsType 0x0100) */
};

typedef struct inc_font_request { /* what open needs to know of a declaration */
    inc_str path, family;
    uint16_t weight;
    bool italic;
    uint32_t index;
    inc_span span;
} inc_font_request;

/* Opens and checks a file; everything lives in the arena. NULL when it is unfit, which is reported. */
inc_font *inc_font_open(inc_arena *arena, const inc_font_request *request, inc_diags *diags);

/* Position i of a chain, opened now if it was not; NULL when it is broken. i < inc_chain_length. */
const inc_font *inc_chain_font(const inc_chain *chain, uint32_t i);
uint32_t inc_chain_length(const inc_chain *chain);

/* Every cluster of the text goes to the first face of the chain that can show all of it (shape.c tells how). */
typedef struct inc_font_item {
    const inc_font *font;
    uint32_t start, length; /* bytes */
    hb_script_t script;
    uint8_t columns; /* terminal cells of the text: 2 for wide and emoji clusters; of the first cluster */
} inc_font_item;

/* Cuts a text into items of one face and one script; with `single`, each cluster of a fallback face is an item of its
 * own. */
typedef struct inc_font_items {
    inc_font_item *v;
    size_t n, cap;
} inc_font_items;
void inc_font_itemize(const inc_chain *chain, inc_str text, bool single, inc_arena *arena, inc_font_items *items);

/* True when the code point is to be shaped as nothing: default-ignorables and controls. */
bool inc_font_ignorable(uint32_t cp);

/* True when cp belongs to the grapheme that `before` is part of (UAX #29, without Hangul and Indic conjuncts). */
bool inc_font_extends(uint32_t before, uint32_t cp);

#endif
