/* content.c - content streams: marked content, rules, shapes, pictures. */
#include "pdf/content.h"

#include "pdf/marks.h"
#include "pdf/shape.h"
#include "pdf/syntax.h"

enum { UNTAGGED, ARTIFACT, TAGGED };

typedef struct content {
    inc_pdf_text text;
    const inc_pdf_paint *paint;
    inc_buf *out;
    int piece;          /* UNTAGGED, ARTIFACT, TAGGED */
    const inc_tag *tag; /* of a tagged piece */
    uint32_t mcid;
    bool path;          /* rectangles waiting for their `f` */
} content;

/* ---- marked content ---- */

static void end_path(content *c)
{
    if (c->path)
        inc_buf_puts(c->out, "f\n");
    c->path = false;
}

static void end_piece(content *c)
{
    end_path(c);
    inc_pdf_text_end(&c->text);
    if (c->piece != UNTAGGED)
        inc_buf_puts(c->out, "EMC\n");
    c->piece = UNTAGGED;
}

/* The same rule as in tags.c: a piece ends where the next mark has another tag. */
static void begin_piece(content *c, const inc_tag *tag)
{
    if (!c->paint->tagged || (tag ? c->piece == TAGGED && c->tag == tag : c->piece == ARTIFACT))
        return;
    end_piece(c);
    if (!tag)
        inc_buf_puts(c->out, "/Artifact BMC\n");
    else {
        inc_buf_byte(c->out, '/');
        inc_buf_puts(c->out, inc_tag_kind_name(tag->kind));
        inc_buf_puts(c->out, "<</MCID ");
        inc_pdf_put_uint(c->out, c->mcid++);
        inc_buf_puts(c->out, ">>BDC\n");
    }
    c->piece = tag ? TAGGED : ARTIFACT;
    c->tag = tag;
}

/* ---- marks ---- */

static void put_rectangle(content *c, inc_len x, inc_len y, inc_len width, inc_len height)
{
    const inc_pdf_paint *p = c->paint;
    inc_len values[4] = {x + p->margin, p->pages->height - y - height + p->margin, width, height};
    for (int i = 0; i < 4; i++) {
        inc_pdf_put_len(c->out, values[i]);
        inc_buf_byte(c->out, ' ');
    }
    inc_buf_puts(c->out, "re\n");
}

static void put_points(content *c, const inc_len *points, size_t n, const char *operator)
{
    for (size_t i = 0; i < n; i++) {
        inc_pdf_put_len(c->out, points[i]);
        inc_buf_byte(c->out, ' ');
    }
    inc_buf_puts(c->out, operator);
}

/* An ellipse of four Bezier curves, whose inner points lie 0.5523 of a radius from the outer ones: at most 0.03 % off. */
static void put_ellipse(content *c, inc_len x, inc_len y, inc_len width, inc_len height)
{
    const inc_pdf_paint *p = c->paint;
    inc_len rx = width / 2, ry = height / 2, cx = x + rx + p->margin, cy = p->pages->height - y - ry + p->margin;
    inc_len kx = inc_len_scale(rx, 5523, 10000), ky = inc_len_scale(ry, 5523, 10000);
    put_points(c, (inc_len[]){cx + rx, cy}, 2, "m\n");
    put_points(c, (inc_len[]){cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry}, 6, "c\n");
    put_points(c, (inc_len[]){cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy}, 6, "c\n");
    put_points(c, (inc_len[]){cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry}, 6, "c\n");
    put_points(c, (inc_len[]){cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy}, 6, "c\n");
}

static void rule(content *c, const inc_mark *mark)
{
    inc_color color = mark->color[c->paint->medium];
    inc_pdf_text_end(&c->text);
    if (!c->text.colored || memcmp(&c->text.color, &color, sizeof color) != 0)
        end_path(c); /* a path takes no colour operators */
    inc_pdf_text_color(&c->text, color);
    (mark->round ? put_ellipse : put_rectangle)(c, mark->x, mark->y, mark->width, mark->height);
    c->path = true;
}

static void shapes(content *c, const inc_mark *mark)
{
    inc_color color = mark->color[c->paint->medium];
    end_path(c);
    inc_pdf_text_end(&c->text);
    inc_pdf_text_color(&c->text, c->paint->inks ? inc_ink_text_color(color) : color); /* what looks like text is printed like text */
    inc_pdf_put_shapes(c->out, mark, mark->x + c->paint->margin, c->paint->pages->height - mark->y + c->paint->margin);
}

static void picture(content *c, const inc_mark *mark)
{
    const inc_pdf_image *image = inc_pdf_images_find(c->paint->images, mark->as.image);
    const inc_pdf_graphic *graphic = inc_pdf_graphics_find(c->paint->graphics, mark->as.image->graphic);
    if (!graphic && (!image || !image->picture->ready))
        return;
    end_path(c);
    inc_pdf_text_end(&c->text);
    inc_len x = mark->x + c->paint->margin, y = c->paint->pages->height - mark->y - mark->height + c->paint->margin;
    if (graphic) {
        inc_pdf_graphic_draw(graphic, x, y, mark->width, mark->height, mark->turned, c->out);
        return;
    }
    if (!mark->turned) {
        inc_pdf_image_draw(image, x, y, mark->width, mark->height, c->out);
        return;
    }
    inc_buf_puts(c->out, "q 0 1 -1 0 "); /* its foot at the right */
    inc_pdf_put_len(c->out, x + mark->width);
    inc_buf_byte(c->out, ' ');
    inc_pdf_put_len(c->out, y);
    inc_buf_puts(c->out, " cm\n");
    inc_pdf_image_draw(image, 0, 0, mark->height, mark->width, c->out);
    inc_buf_puts(c->out, "Q\n");
}

static void put_mark(content *c, const inc_mark *mark)
{
    switch (mark->kind) {
    case INC_MARK_TEXT:
        end_path(c);
        if (mark->as.text.shapes)
            shapes(c, mark);
        else
            inc_pdf_text_mark(&c->text, mark);
        break;
    case INC_MARK_RULE:
        rule(c, mark);
        break;
    case INC_MARK_IMAGE:
        picture(c, mark);
        break;
    case INC_MARK_LINK:
        break;
    }
}

/* ---- the print file ---- */

/* Beside printer's marks nothing may stick out of the bleed. */
static void clip_to_bleed(content *c)
{
    const inc_pages *pages = c->paint->pages;
    inc_buf_puts(c->out, "q\n");
    put_rectangle(c, -pages->bleed, -pages->bleed, pages->width + 2 * pages->bleed, pages->height + 2 * pages->bleed);
    inc_buf_puts(c->out, "W n\n");
}

/* In a text state of its own: what was set inside the clip is gone. */
static void slug(const inc_pdf_paint *paint, const inc_page *page, inc_arena *scratch, inc_buf *out)
{
    inc_pdf_text text = {.paint = paint, .out = out, .scratch = scratch};
    if (!paint->slugs)
        return;
    inc_pdf_text_mark(&text, &paint->slugs[page - paint->pages->pages]);
    inc_pdf_text_end(&text);
}

void inc_pdf_content(const inc_pdf_paint *paint, const inc_page *page, inc_arena *scratch, inc_buf *out)
{
    content c = {.paint = paint, .out = out};
    c.text = (inc_pdf_text){.paint = paint, .out = out, .scratch = scratch, .spans = paint->medium == INC_SCREEN};
    bool marks = paint->medium == INC_PRINT && paint->pages->marks;
    if (marks) {
        inc_pdf_put_marks(paint, out);
        clip_to_bleed(&c);
    }
    for (size_t m = 0; m < page->mark_count; m++) {
        const inc_mark *mark = &page->marks[m];
        if (mark->kind == INC_MARK_LINK || !inc_pdf_mark_shows(mark, paint->medium))
            continue;
        begin_piece(&c, mark->tag);
        put_mark(&c, mark);
    }
    end_piece(&c);
    if (marks) {
        inc_buf_puts(out, "Q\n");
        slug(paint, page, scratch, out);
    }
}
