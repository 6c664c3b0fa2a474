/* write.c - inc_pdf_write: the phases of one file. */
#include "pdf/pdf.h"

#include "base/guard.h"
#include "base/pool.h"
#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/inkcheck.h"
#include "pdf/marks.h"
#include "pdf/meta.h"
#include "pdf/nav.h"
#include "pdf/syntax.h"
#include "pdf/tags.h"

enum { WORKERS_MAX = 64 };

#define PAGE_MAX (14400 * INC_PT) /* ISO 32000-1, annex C: 200 inches */

typedef struct worker { /* what one thread has to itself */
    inc_arena *kept;    /* until the file is saved */
    inc_arena *scratch; /* two, so that one buffer can grow in place while other things are allocated */
    inc_arena *compose;
    inc_deflate *deflate;
} worker;

typedef struct file {
    const inc_pages *pages;
    const inc_pdf_options *options;
    inc_arena *arena;
    inc_diags *diags;
    inc_pdf *pdf;
    unsigned jobs;
    worker workers[WORKERS_MAX];
    inc_pdf_fonts fonts;
    inc_pdf_images images;
    inc_pdf_graphics graphics;
    inc_pdf_tags tags;
    inc_pdf_paint paint;
    inc_pdf_canvas canvas;
    bool tagged;
    inc_ref *page_refs, resources;
    inc_str *contents;      /* deflated, by page; empty for a blank one */
    inc_diags **font_diags;
} file;

static bool on_screen(const file *f)
{
    return f->options->medium == INC_SCREEN;
}

/* ---- in parallel: fonts, pictures, pages ---- */

static void free_arena(void *handle)
{
    inc_arena_free(handle);
}

static inc_arena *new_arena(file *f)
{
    void **slot = inc_defer(f->arena, free_arena);
    return *slot = inc_arena_new();
}

static void hire(file *f)
{
    f->jobs = INC_MIN(inc_parallel_jobs(f->options->jobs), (unsigned)WORKERS_MAX);
    for (unsigned i = 0; i < f->jobs; i++) {
        worker *w = &f->workers[i];
        w->kept = new_arena(f);
        w->scratch = new_arena(f);
        w->compose = new_arena(f);
        w->deflate = inc_deflate_new(w->kept);
    }
}

static void prepare_font(void *context, size_t i, unsigned index)
{
    file *f = context;
    worker *w = &f->workers[index];
    f->font_diags[i] = inc_diags_new(w->kept);
    inc_pdf_font_prepare(f->fonts.list.v[i], w->kept, f->font_diags[i]);
}

static void compose(void *context, size_t p, unsigned index)
{
    file *f = context;
    worker *w = &f->workers[index];
    inc_arena_mark compose_start = inc_arena_mark_get(w->compose);
    inc_buf out = inc_buf_in(w->compose);
    inc_pdf_content(&f->paint, &f->pages->pages[p], w->scratch, &out);
    if (out.n)
        f->contents[p] = inc_deflate_run(w->deflate, w->kept, inc_buf_str(&out));
    inc_arena_reset(w->compose, compose_start);
}

static void compose_graphic(void *context, size_t i, unsigned index)
{
    file *f = context;
    worker *w = &f->workers[index];
    inc_arena_mark start = inc_arena_mark_get(w->compose);
    inc_pdf_graphic_compose(f->graphics.list.v[i], &f->canvas, w->kept, w->compose, w->scratch, w->deflate);
    inc_arena_reset(w->compose, start);
}

static void run(file *f, size_t n, void (*fn)(void *, size_t, unsigned))
{
    if (!inc_parallel(f->jobs, n, fn, f))
        inc_out_of_memory();
}

/* ---- objects ---- */

static void embed(file *f)
{
    inc_buf out = inc_buf_in(f->arena);
    inc_deflate *deflate = f->workers[0].deflate;
    inc_buf_puts(&out, "/Font<<");
    for (size_t i = 0; i < f->fonts.list.n; i++) {
        inc_pdf_font *font = f->fonts.list.v[i];
        inc_pdf_font_embed(font, f->pdf, deflate, f->arena);
        if (font->ref)
            inc_buf_printf(&out, "/F%u %u 0 R", font->number, font->ref);
    }
    inc_buf_puts(&out, ">>/XObject<<");
    for (size_t i = 0; i < f->images.list.n; i++) {
        inc_pdf_image *image = f->images.list.v[i];
        inc_pdf_image_embed(&f->images, image, f->pdf, deflate);
        if (image->ref)
            inc_buf_printf(&out, "/I%u %u 0 R", image->number, image->ref);
    }
    for (size_t i = 0; i < f->graphics.list.n; i++) {
        inc_pdf_graphic *graphic = f->graphics.list.v[i];
        inc_pdf_graphic_embed(graphic, &f->canvas, f->pdf, f->arena);
        inc_buf_printf(&out, "/D%u %u 0 R", graphic->number, graphic->ref);
    }
    inc_buf_puts(&out, ">>");
    if (!on_screen(f) && f->pages->marks)
        inc_pdf_put_registration(f->options->inks, &out);
    f->resources = inc_pdf_object(f->pdf);
    inc_pdf_fill(f->pdf, f->resources, inc_buf_str(&out));
}

/* The trimmed page enlarged by `more` on each side, in the media box's coordinates. */
static void put_page_box(inc_buf *out, const file *f, const char *name, inc_len more)
{
    inc_len low = f->paint.margin - more;
    inc_buf_printf(out, "/%s[", name);
    inc_pdf_put_len(out, low);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, low);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, low + f->pages->width + 2 * more);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, low + f->pages->height + 2 * more);
    inc_buf_byte(out, ']');
}

static bool is_transparent(const file *f, uint32_t p)
{
    const inc_page *page = &f->pages->pages[p];
    for (size_t m = 0; m < page->mark_count; m++) {
        const inc_mark *mark = &page->marks[m];
        if (mark->kind != INC_MARK_IMAGE)
            continue;
        const inc_pdf_image *image = inc_pdf_images_find(&f->images, mark->as.image);
        const inc_pdf_graphic *graphic = inc_pdf_graphics_find(&f->graphics, mark->as.image->graphic);
        if ((image && image->picture->form[f->images.medium].alpha.n) || (graphic && graphic->transparent))
            return true;
    }
    return false;
}

static void finish_page(file *f, uint32_t p)
{
    inc_buf out = inc_buf_in(f->arena);
    put_page_box(&out, f, "MediaBox", f->paint.margin);
    if (!on_screen(f)) {
        put_page_box(&out, f, "BleedBox", f->pages->bleed);
        put_page_box(&out, f, "TrimBox", 0);
    }
    inc_buf_puts(&out, "/Resources ");
    inc_pdf_put_ref(&out, f->resources);
    if (f->contents[p].n) {
        inc_ref contents = inc_pdf_object(f->pdf);
        inc_pdf_fill_stream(f->pdf, contents, INC_STR("/Filter/FlateDecode"), f->contents[p]);
        inc_buf_puts(&out, "/Contents ");
        inc_pdf_put_ref(&out, contents);
    }
    if (!on_screen(f) && is_transparent(f, p)) /* blended in the inks, not in whatever a reader of the file likes */
        inc_buf_printf(&out, "/Group<</Type/Group/S/Transparency/CS/%s>>", inc_inks_are_grey(f->options->inks) ? "DeviceGray" : "DeviceCMYK");
    if (f->tagged && f->tags.page_first[p] < f->tags.page_first[p + 1])
        inc_buf_printf(&out, "/StructParents %u", p);
    if (on_screen(f))
        inc_pdf_links(f->pdf, f->pages, p, f->tagged ? &f->tags : NULL, f->page_refs, f->diags, f->arena, &out);
    inc_pdf_fill(f->pdf, f->page_refs[p], inc_buf_str(&out));
}

/* What the catalog names, made before the virtual objects get their numbers. */
typedef struct roots {
    inc_ref metadata, destinations, intent;
} roots;

static roots make_roots(file *f)
{
    roots r = {.metadata = inc_pdf_object(f->pdf)};
    if (on_screen(f)) {
        r.destinations = inc_pdf_destinations(f->pdf, f->pages, f->page_refs, f->arena);
        inc_pdf_outline(f->pdf, f->pages, f->page_refs, f->arena);
        inc_pdf_labels(f->pdf, f->pages);
        r.intent = inc_pdf_srgb_intent(f->pdf, f->workers[0].deflate, f->arena);
    } else
        r.intent = inc_pdf_print_intent(f->pdf, f->options->inks, f->options->condition, f->workers[0].deflate, f->arena);
    return r;
}

static void fill_catalog(file *f, const roots *r)
{
    inc_buf out = inc_buf_in(f->arena);
    inc_buf_printf(&out, "/Metadata %u 0 R", r->metadata);
    if (f->pages->language.n) {
        inc_buf_puts(&out, "/Lang");
        inc_pdf_put_text(&out, f->pages->language);
    }
    if (on_screen(f)) {
        inc_buf_puts(&out, "/ViewerPreferences<</DisplayDocTitle true>>");
        if (f->pages->outline_count)
            inc_buf_puts(&out, "/PageMode/UseOutlines");
    }
    if (f->tagged)
        inc_buf_printf(&out, "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R", f->tags.root);
    if (r->destinations)
        inc_buf_printf(&out, "/Names<</Dests %u 0 R>>", r->destinations);
    if (r->intent)
        inc_buf_printf(&out, "/OutputIntents[%u 0 R]", r->intent);
    inc_pdf_catalog(f->pdf, inc_buf_str(&out));
}

/* The standards that the content meets; what stands against PDF/UA is told as a note. */
static inc_pdf_claims claims(file *f, const roots *r)
{
    const char *objection = NULL;
    if (!on_screen(f))
        return (inc_pdf_claims){.x4 = true};
    if (!f->tagged)
        objection = "it has no tags";
    else if (!f->pages->title.n)
        objection = "it has no title";
    else if (!f->pages->language.n)
        objection = "its language is not known";
    else if (f->fonts.notdef)
        objection = "a character has no glyph";
    else
        objection = inc_pdf_tags_objection(&f->tags);
    for (size_t i = 0; i < f->fonts.list.n && !objection; i++)
        if (!f->fonts.list.v[i]->embedded)
            objection = "a font could not be embedded";
    if (objection)
        inc_report(f->diags, INC_DIAG_NOT_ACCESSIBLE, INC_NO_SPAN, "the screen PDF does not claim PDF/UA-1 and PDF/A-2a: %s", objection);
    return (inc_pdf_claims){.ua1 = !objection, .a2a = !objection && r->intent && !f->images.cmyk && !f->fonts.private_use};
}

/* ---- the whole ---- */

static const inc_pdf_pictures *own_pictures(file *f)
{
    inc_pdf_pictures *pictures = inc_pdf_pictures_of(f->pages, on_screen(f), on_screen(f) ? NULL : f->options->inks, f->arena);
    if (!inc_parallel(f->jobs, inc_pdf_pictures_count(pictures), inc_pdf_pictures_make, pictures))
        inc_out_of_memory();
    return pictures;
}

static void gather(file *f)
{
    if (!on_screen(f) && f->pages->marks)
        f->paint.slugs = inc_pdf_slugs(f->pages, f->arena);
    inc_pdf_graphics_gather(&f->graphics, f->pages, f->options->medium);
    const inc_graphic *const *parts = f->graphics.parts.v;
    size_t part_count = f->graphics.parts.n;
    inc_pdf_fonts_gather(&f->fonts, f->pages, f->paint.slugs, parts, part_count);
    f->font_diags = INC_NEW_N(f->arena, inc_diags *, f->fonts.list.n);
    run(f, f->fonts.list.n, prepare_font);
    for (size_t i = 0; i < f->fonts.list.n; i++)
        inc_diags_append(f->diags, f->font_diags[i]);
    f->images.pictures = f->options->pictures ? f->options->pictures : own_pictures(f);
    inc_pdf_images_gather(&f->images, f->pages, parts, part_count, f->options->medium, f->options->inks, f->diags);
}

static bool write_file(file *f, inc_sink *sink)
{
    size_t page_count = f->pages->page_count;
    hire(f);
    gather(f);
    if (!on_screen(f))
        inc_pdf_check_inks(f->pages, f->options->inks, f->arena, f->diags);
    f->page_refs = INC_NEW_N(f->arena, inc_ref, page_count);
    for (size_t p = 0; p < page_count; p++)
        f->page_refs[p] = inc_pdf_page(f->pdf);
    f->tagged = on_screen(f) && inc_pdf_tags_gather(&f->tags, f->pdf, f->pages, f->page_refs);
    f->paint.tagged = f->tagged;
    f->contents = INC_NEW_N(f->arena, inc_str, page_count);
    run(f, page_count, compose);
    run(f, f->graphics.list.n, compose_graphic);
    embed(f);
    for (size_t p = 0; p < page_count; p++)
        finish_page(f, (uint32_t)p);
    roots r = make_roots(f);
    fill_catalog(f, &r);
    inc_pdf_virtual objects = {0};
    if (f->tagged)
        objects = inc_pdf_tags_finish(&f->tags, f->pdf);
    inc_pdf_metadata(f->pdf, r.metadata, f->pages, f->options->medium, f->options->producer, claims(f, &r), f->arena);
    return on_screen(f) ? inc_pdf_save_packed(f->pdf, "1.7", &objects, sink) : inc_pdf_save(f->pdf, "1.6", sink);
}

bool inc_pdf_write(const inc_pages *pages, const inc_pdf_options *options, inc_arena *arena, inc_diags *diags, inc_sink *sink)
{
    file *f = INC_NEW(arena, file);
    *f = (file){.pages = pages, .options = options, .arena = arena, .diags = diags};
    f->fonts = (inc_pdf_fonts){.arena = arena, .medium = options->medium};
    f->images.arena = f->graphics.arena = f->tags.arena = arena;
    f->paint = (inc_pdf_paint){.pages = pages, .medium = options->medium, .inks = options->medium == INC_PRINT ? options->inks : NULL, .fonts = &f->fonts, .images = &f->images, .graphics = &f->graphics};
    if (options->medium == INC_PRINT)
        f->paint.margin = pages->bleed + (pages->marks ? INC_PDF_SLUG : 0);
    f->canvas = (inc_pdf_canvas){.inks = f->paint.inks, .spans = options->medium == INC_SCREEN, .paint = &f->paint, .fonts = &f->fonts, .images = &f->images};
    f->pdf = inc_pdf_open(arena, diags);
    inc_len longer = INC_MAX(pages->width, pages->height) + 2 * f->paint.margin;
    if (f->pdf && (longer > PAGE_MAX || pages->width <= 0 || pages->height <= 0 || f->paint.margin < 0))
        inc_pdf_fail(f->pdf, "a page's sides must measure more than 0 and at most 14400 pt");
    return f->pdf && inc_pdf_ok(f->pdf) && write_file(f, sink) && inc_sink_ok(sink);
}
