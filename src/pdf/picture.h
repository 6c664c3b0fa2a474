/* picture.h - pictures as PDF files store them: each distinct one decoded and compressed once, whichever files show it. */
#ifndef INC_PDF_PICTURE_H
#define INC_PDF_PICTURE_H

#include "base/vec.h"
#include "pdf/pdf.h"

typedef struct inc_pdf_form { /* a way of storing it */
    inc_pixels pixels;   /* without data and alpha */
    inc_str data;        /* as stored, filtered */
    bool predicted;      /* data went through a PNG predictor */
    inc_str alpha;       /* as stored, deflated; "" when opaque */
} inc_pdf_form;

typedef struct inc_pdf_picture {
    const inc_image *image;
    uint32_t index;      /* among the pictures */
    bool ready;          /* false: could not be decoded (see diags) */
    inc_pdf_form form[INC_MEDIUM_COUNT]; /* for the files that are wanted */
    bool large;          /* the screen file may do with fewer pixels */
    uint32_t expected, needed; /* width in pixels, after orientation, that the screen's resolution asks for, as far as one could tell before layout,
                                * and as the pages have it; 0: all, or it is not on the pages */
    inc_arena *arena;
    inc_diags *diags, *print_diags; /* print_diags: findings about its inks */
} inc_pdf_picture;

struct inc_pdf_pictures {
    inc_arena *arena;
    bool screen;
    unsigned screen_ppi; /* pixels an inch that the screen file needs at most; 0: as many as there are */
    inc_inks *inks;
    INC_VEC(inc_pdf_picture *) list; /* in order of first use */
    uint32_t *slots;                 /* hash table of index + 1 */
    size_t slot_count;
};

/* NULL when it is not among them. */
inc_pdf_picture *inc_pdf_pictures_find(const inc_pdf_pictures *pictures, const inc_image *image);

#endif
