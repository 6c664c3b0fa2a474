/*
 * book.h - the EPUB while it is being made: which files there are, what every node's id and href is, and what was met
 * on the way (pictures, sizes, page breaks). Private to epub/.
 */
#ifndef INC_EPUB_BOOK_H
#define INC_EPUB_BOOK_H

#include "base/vec.h"
#include "epub/epub.h"

typedef struct inc_epub_file { /* one content document of the spine */
    const inc_node *node;      /* its CHAPTER or PART */
    inc_str name;              /* "ch04-intro.xhtml" */
    inc_map ids;               /* the ids taken in it: to any non-NULL */
    inc_str xhtml;
    bool has_svg;              /* in its own markup */
} inc_epub_file;

typedef struct inc_epub_page { /* a page of the PDF that begins in the EPUB */
    inc_str label, href;       /* "87", "ch04-intro.xhtml#page-87" */
} inc_epub_page;

typedef struct inc_epub_picture {
    const inc_image *image;
    inc_str bytes; /* of an SVG: sanitised; of what readers cannot show: made anew; empty: could not be used */
    inc_image_kind kind; /* of the bytes */
    inc_str href;  /* "images/ferris.png" */
    const char *media_type;
} inc_epub_picture;

typedef struct inc_epub_font {
    inc_str path;  /* the file's, as @font-face names it */
    inc_str href;  /* "fonts/SourceSerif4-Regular.ttf" */
    inc_str bytes; /* the subset */
    bool cff;
} inc_epub_font;

typedef struct inc_epub_book {
    const inc_epub_input *input;
    const inc_document *document;
    inc_arena *arena;
    inc_arena *page;    /* one content document while it is written; its buffer grows in place */
    inc_arena *scratch; /* for what lives no longer than a node */
    inc_diags *diags;
    const inc_counters *counters; /* or NULL */
    INC_VEC(inc_epub_file) files;
    uint32_t *file_of;    /* by id of a CHAPTER or PART: index into files + 1; 0: it has no file */
    inc_str *ids;         /* by node id: the id attribute, "" for none */
    uint32_t *first_refs; /* by id of a NOTE: id of the first NOTE_REF to it, 0 for none */
    inc_map names;        /* of the content documents */
    INC_VEC(inc_epub_page) pages;
    inc_map page_labels;
    INC_VEC(inc_epub_picture *) pictures;
    inc_map picture_names; /* name of the image to its inc_epub_picture */
    inc_map picture_hrefs;
    INC_VEC(inc_str) sizes; /* declarations of images' sizes: the class of the i-th is "w<i>" */
    INC_VEC(inc_epub_font) fonts;
    inc_map font_hrefs;
    inc_str cover_href, cover_png, cover_alt; /* the cover's image; cover_png when we drew it */
    uint32_t images_described, images_decorative, images_without_alt, images_at_length;
} inc_epub_book;

/* ---- plan.c ---- */
void inc_epub_plan(inc_epub_book *book); /* files and ids */
inc_str inc_epub_href(const inc_epub_book *book, const inc_node *from,
                      const inc_node *target); /* "" when it has no file */
inc_str inc_epub_unique_id(inc_epub_book *book, inc_map *taken, inc_str wish);
const inc_node *inc_epub_file_node(const inc_node *node); /* the CHAPTER or PART around it, or NULL */
const inc_epub_file *inc_epub_file_of(const inc_epub_book *book, const inc_node *node);
bool inc_epub_is_kept(const inc_node *node); /* what is for paper only is not, and a NOTE that nothing refers to */

typedef struct inc_epub_semantics { /* what a part or chapter is, for assistive technology and landmarks */
    const char *type;               /* epub:type, NULL for none */
    const char *role;               /* ARIA role, NULL for none */
    const char *matter;             /* frontmatter, bodymatter, backmatter */
} inc_epub_semantics;
inc_epub_semantics inc_epub_semantics_of(const inc_epub_book *book, const inc_node *node);

/* ---- picture.c, svg.c ---- */
const inc_epub_picture *inc_epub_picture_of(inc_epub_book *book, inc_str name, inc_str file,
                                            inc_span span);        /* NULL: unusable */
uint32_t inc_epub_size_class(inc_epub_book *book, inc_str width, inc_str height); /* class number + 1; 0 when neither is a CSS length */

/* A copy of an SVG that is one well-formed element tree without DOCTYPE, scripts, event handlers, foreign elements and
 * outside references; entities of its DTD are resolved, ids made names of XML. False with *why set when that cannot be made. */
bool inc_svg_sanitise(inc_arena *arena, inc_str svg, inc_buf *out, const char **why);

/* A style sheet of an SVG, or the value of an attribute, that fetches nothing: what it imports is left out, a reference to the outside gives
 * way to its fallback or to `none`, one within the file follows the ids as inc_xml_name makes them. */
inc_str inc_svg_css(inc_arena *arena, inc_str css);

/* ---- xhtml.c, code.c ---- */
void inc_epub_xhtml(inc_epub_book *book, inc_epub_file *file);
void inc_epub_page_begin(inc_epub_book *book, inc_buf *out, const inc_epub_file *file, inc_str title,
                         const char *matter); /* up to and with <body>; file: NULL for what is no part of the text */
void inc_epub_page_end(inc_buf *out);

typedef void inc_epub_break_fn(void *context, const inc_page_break *b);
typedef struct inc_epub_code_events {
    inc_epub_break_fn *page_break;
    void (*callout)(void *context, const inc_node *callout, bool enter); /* before and behind its comment */
} inc_epub_code_events;
void inc_epub_code(inc_arena *arena, const inc_node *node, const inc_page_break *breaks, size_t break_count, const inc_epub_code_events *on,
                   void *context, inc_buf *out);

/* ---- nav.c, package.c, access.c, sheet.c, fonts.c, cover.c ---- */
inc_str inc_epub_nav(inc_epub_book *book);
inc_str inc_epub_ncx(inc_epub_book *book);
inc_str inc_epub_contents_title(inc_epub_book *book);
inc_str inc_epub_identifier(inc_epub_book *book);
inc_str inc_epub_package(inc_epub_book *book);
void inc_epub_accessibility(inc_epub_book *book, inc_buf *out); /* access.c: after all chapters were written */
inc_str inc_epub_sheet(inc_epub_book *book);
void inc_epub_fonts(inc_epub_book *book);
void inc_epub_cover(inc_epub_book *book);
inc_str inc_epub_cover_page(inc_epub_book *book);

/* ---- words.c, icon.c ---- */
typedef struct inc_epub_words { /* of one language */
    const char *language, *back /* with %u for the number of the note */, *cover, *landmarks, *pages;
} inc_epub_words;
const inc_epub_words *inc_epub_words_of(inc_str language); /* English where there are none */
inc_str inc_epub_back_text(inc_arena *arena, const inc_epub_words *words, unsigned number);
const char *inc_epub_icon(inc_alert_kind kind); /* an svg element */

/* ---- uuid.c ---- */
void inc_sha1(inc_str bytes, uint8_t digest[20]);    /* FIPS 180-4 */
inc_str inc_uuid_v5(inc_arena *arena, inc_str name); /* RFC 9562, 5.5, in the URL name space */

/* ---- archive.c ---- */
typedef struct inc_epub_entry {
    inc_str name, bytes;
    bool stored; /* not compressed: the mimetype, and what is compressed already */
} inc_epub_entry;

/* The entries in that order as a ZIP, all with the same time stamp: false when libzip fails (reported). */
bool inc_epub_archive(const inc_epub_entry *entries, size_t n, inc_arena *arena, inc_diags *diags, inc_sink *sink);

#endif
