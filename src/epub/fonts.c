/*
 * fonts.c - which faces the EPUB carries, each cut down to the characters set in it.
 *
 * The cascade says which families every piece of text asks for; of those the first face that has the character carries
 * it, as in the PDF. So a face is embedded only when the EPUB's rules name it and something is set in it, and no larger
 * than it needs to be.
 */
#include "base/utf8.h"
#include "epub/book.h"
#include "highlight/highlight.h"

enum { FACES_MAX = 64, CODE_POINTS = 0x110000 };

typedef struct face_use { /* one face and the characters set in it */
    const inc_font *font;
    uint32_t *pages[CODE_POINTS / 4096]; /* a bit for each, in pages of 4096, NULL while none of them is used */
} face_use;

typedef struct slot { /* families, weight and slant as one style asks for them: its chain of faces */
    const inc_str *families;
    uint32_t family_count;
    uint16_t weight;
    bool italic;
    face_use *chain[16];
    uint32_t chain_count;
} slot;

typedef struct collector {
    inc_epub_book *book;
    inc_styler *styler;
    inc_str sheet; /* as it goes into the EPUB, without @font-face */
    INC_VEC(face_use *) faces;
    INC_VEC(slot *) slots;
} collector;

static face_use *use_of(collector *c, const inc_font *font)
{
    for (size_t i = 0; i < c->faces.n; i++)
        if (c->faces.v[i]->font == font)
            return c->faces.v[i];
    face_use *use = INC_NEW(c->book->arena, face_use);
    use->font = font;
    INC_PUSH(c->book->arena, &c->faces, use);
    return use;
}

static bool is_declared(const collector *c, inc_str family)
{
    const inc_font_face *faces;
    size_t n = inc_sheet_font_faces(c->book->input->sheet, &faces);
    for (size_t i = 0; i < n; i++)
        if (inc_str_eq_nocase(faces[i].family, family))
            return true;
    return false;
}

static slot *slot_of(collector *c, const inc_style *style)
{
    for (size_t i = c->slots.n; i-- > 0;) {
        slot *s = c->slots.v[i];
        if (s->families == style->families.v && s->family_count == style->families.n && s->weight == style->weight &&
            s->italic == style->italic)
            return s;
    }
    slot *s = INC_NEW(c->book->arena, slot);
    *s = (slot){.families = style->families.v,
                .family_count = style->families.n,
                .weight = style->weight,
                .italic = style->italic};
    for (uint32_t i = 0; i < style->families.n && s->chain_count < INC_COUNT(s->chain); i++) {
        if (!is_declared(c, style->families.v[i])) /* serif, or a font of the reader's */
            continue;
        const inc_chain *chain =
            inc_fonts_chain(c->book->input->fonts, &style->families.v[i], 1, style->weight, style->italic);
        const inc_font *font = chain ? inc_chain_first(chain) : NULL;
        if (font)
            s->chain[s->chain_count++] = use_of(c, font);
    }
    INC_PUSH(c->book->arena, &c->slots, s);
    return s;
}

static void use_character(collector *c, slot *s, uint32_t cp)
{
    for (uint32_t i = 0; i < s->chain_count; i++) {
        face_use *use = s->chain[i];
        uint32_t **page = &use->pages[cp / 4096];
        bool seen = *page && (*page)[cp % 4096 / 32] >> cp % 32 & 1;
        if (!seen && inc_font_glyph(use->font, cp) == 0)
            continue;
        if (!*page)
            *page = INC_NEW_N(c->book->arena, uint32_t, 4096 / 32);
        (*page)[cp % 4096 / 32] |= 1u << cp % 32;
        return;
    }
}

/* Text in a style; both cases of letters when the style or the reader may change it. */
static void use_text(collector *c, const inc_style *style, inc_str text)
{
    slot *s = slot_of(c, style);
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = inc_utf8_decode(text, at, &at);
        if (cp < 0x20)
            continue;
        use_character(c, s, cp);
        if (cp >= 'a' && cp <= 'z' && style->transform != INC_TRANSFORM_NONE)
            use_character(c, s, cp - 'a' + 'A');
    }
}

static void use_content(collector *c, const inc_style *style, const inc_content *item)
{
    if (item->kind == INC_CONTENT_STRING)
        use_text(c, style, item->text);
    if (item->kind != INC_CONTENT_COUNTER && item->kind != INC_CONTENT_COUNTERS)
        return;
    use_text(c, style, item->more);
    use_text(c, style, INC_STR("0123456789"));
    if (item->style != INC_LIST_DECIMAL && item->style != INC_LIST_OWN)
        use_text(c, style, INC_STR("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    for (uint32_t i = 0; item->own_style && i < item->own_style->count; i++)
        use_text(c, style, item->own_style->symbols[i]);
}

static void use_contents(collector *c, const inc_node *node, const inc_style *style)
{
    for (int pseudo = INC_PSEUDO_BEFORE; pseudo <= INC_PSEUDO_AFTER; pseudo++) {
        const inc_style *generated = inc_style_pseudo(c->styler, node, style, (inc_pseudo)pseudo);
        for (uint32_t i = 0; generated && i < generated->content.n; i++)
            use_content(c, generated, &generated->content.v[i]);
    }
}

/* A listing's words may be bold or slanted by their class. */
static void use_code(collector *c, const inc_node *node, const inc_style *style)
{
    size_t n;
    inc_str code = node->as.code.text;
    inc_arena_mark mark = inc_arena_mark_get(c->book->scratch);
    const inc_token *tokens = (node->as.code.diff ? inc_highlight_diff : inc_highlight)(c->book->scratch, inc_node_syntax(node), code, &n);
    use_text(c, style, code);
    for (size_t i = 0; i < n; i++) {
        inc_str name = inc_strf(c->book->scratch, "hljs-%s", tokens[i].token_class);
        const inc_style *token = inc_style_synthetic(c->styler, node, style, "span", name);
        if (token->weight != style->weight || token->italic != style->italic || token->families.v != style->families.v)
            use_text(c, token, inc_str_slice(code, tokens[i].start, tokens[i].start + tokens[i].length));
    }
    if (node->as.code.first_number)
        use_text(c, inc_style_synthetic(c->styler, node, style, "span", INC_STR("line-number")), INC_STR("0123456789"));
    inc_arena_reset(c->book->scratch, mark);
}

static void use_node(collector *c, const inc_node *node, const inc_style *style)
{
    switch (node->kind) {
    case INC_NODE_TEXT:
    case INC_NODE_CODE_SPAN:
    case INC_NODE_MATH:
        use_text(c, style, node->as.text.text);
        break;
    case INC_NODE_CODE:
        use_code(c, node, style);
        break;
    case INC_NODE_IMAGE:
        use_text(c, style, node->as.image.alt);
        break;
    case INC_NODE_ITEM:
        use_text(c, style, INC_STR("0123456789.•–◦☐☑ "));
        break;
    case INC_NODE_CALLOUT:
    case INC_NODE_NOTE:
    case INC_NODE_NOTE_REF:
    case INC_NODE_PAGE_REF:
    case INC_NODE_PAGE_LIST:
        use_text(c, style, INC_STR("0123456789ivxlc.,– "));
        break;
    default:
        break; /* no characters of their own */
    }
    if (node->kind != INC_NODE_TEXT && node->kind != INC_NODE_SOFT_BREAK)
        use_contents(c, node, style);
}

/* Styles are inherited down the tree: one for each open node. */
static void collect(collector *c)
{
    INC_VEC(const inc_style *) open = {0};
    for (inc_walk w = inc_walk_begin(c->book->document->book); inc_walk_next(&w);) {
        if (!w.enter) {
            open.n--;
            continue;
        }
        const inc_style *style = inc_style_of(c->styler, w.node, open.n ? open.v[open.n - 1] : NULL);
        INC_PUSH(c->book->arena, &open, style);
        w.skip = w.node->paper;
        if (!w.node->paper && style->display != INC_DISPLAY_NONE)
            use_node(c, w.node, style);
    }
}

static inc_str font_name(inc_epub_book *book, const inc_font *font)
{
    inc_str name = inc_font_postscript_name(font);
    inc_buf clean = inc_buf_in(book->arena);
    for (size_t i = 0; i < name.n && i < 60; i++) {
        char c = name.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            inc_buf_byte(&clean, c);
    }
    const char *extension = inc_font_is_cff(font) ? "otf" : "ttf";
    if (clean.n == 0)
        inc_buf_puts(&clean, "font");
    inc_str href = inc_strf(book->arena, "fonts/%.*s.%s", (int)clean.n, clean.p, extension);
    for (unsigned n = 2; inc_map_has(&book->font_hrefs, href); n++)
        href = inc_strf(book->arena, "fonts/%.*s-%u.%s", (int)clean.n, clean.p, n, extension);
    inc_map_put(&book->font_hrefs, href, book);
    return href;
}

/* The EPUB's rules leave the body's font to the reader; a family that none of them names would be dead weight. */
static bool is_named(const collector *c, inc_str path)
{
    const inc_font_face *faces;
    size_t n = inc_sheet_font_faces(c->book->input->sheet, &faces);
    for (size_t i = 0; i < n; i++)
        if (inc_str_eq(faces[i].path, path) && inc_str_find(c->sheet, faces[i].family) != INC_NPOS)
            return true;
    return false;
}

static void embed(collector *c, const face_use *use)
{
    inc_epub_book *book = c->book;
    if (!is_named(c, inc_font_path(use->font)))
        return;
    INC_VEC(uint32_t) code_points = {0};
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        const uint32_t *page = use->pages[cp / 4096];
        if (!page)
            cp |= 4095;
        else if (page[cp % 4096 / 32] >> cp % 32 & 1)
            INC_PUSH(book->arena, &code_points, cp);
    }
    inc_epub_font font = {.path = inc_font_path(use->font), .cff = inc_font_is_cff(use->font)};
    if (code_points.n == 0 ||
        !inc_font_subset_web(use->font, code_points.v, code_points.n, book->arena, book->diags, &font.bytes))
        return;
    font.href = font_name(book, use->font);
    INC_PUSH(book->arena, &book->fonts, font);
}

void inc_epub_fonts(inc_epub_book *book)
{
    collector c = {.book = book, .styler = inc_styler_new(book->arena, book->input->sheet, NULL)};
    inc_buf sheet = inc_buf_in(book->arena);
    inc_sheet_write_epub(book->input->sheet, NULL, NULL, &sheet);
    c.sheet = inc_buf_str(&sheet);
    book->font_hrefs = inc_map_in(book->arena);
    collect(&c);
    for (size_t i = 0; i < c.faces.n && book->fonts.n < FACES_MAX; i++)
        embed(&c, c.faces.v[i]);
}
