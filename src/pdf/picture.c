/* picture.c - decoding and compressing pictures. */
#include "pdf/picture.h"

#include "image/reduce.h"
#include "pdf/deflate.h"
#include "pdf/graphic.h"

enum { FILTERS = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 4 }; /* of PNG's; the average gains nothing */
enum { LARGE_FROM = 1000000 /* pixels */ };
enum { SAMPLED_FROM = 1 << 20 /* bytes */, BAND = 16 /* rows together */, SAMPLED = 8 /* one band of so many */ };

/* ---- collecting ---- */

static bool same_file(const inc_image *a, const inc_image *b)
{
    return a == b || (a->hash == b->hash && a->orientation == b->orientation && inc_str_eq(a->bytes, b->bytes));
}

static size_t slot_of(const inc_pdf_pictures *pictures, const inc_image *image)
{
    size_t i = image->hash & (pictures->slot_count - 1);
    while (pictures->slots[i] && !same_file(pictures->list.v[pictures->slots[i] - 1]->image, image))
        i = (i + 1) & (pictures->slot_count - 1);
    return i;
}

static void grow_slots(inc_pdf_pictures *pictures)
{
    pictures->slot_count = pictures->slot_count ? pictures->slot_count * 2 : 64;
    pictures->slots = INC_NEW_N(pictures->arena, uint32_t, pictures->slot_count);
    for (size_t i = 0; i < pictures->list.n; i++)
        pictures->slots[slot_of(pictures, pictures->list.v[i]->image)] = (uint32_t)i + 1;
}

static void free_arena(void *handle)
{
    inc_arena_free(handle);
}

static void add_raster(inc_pdf_pictures *pictures, const inc_image *image)
{
    if (pictures->list.n * 2 >= pictures->slot_count)
        grow_slots(pictures);
    size_t slot = slot_of(pictures, image);
    if (pictures->slots[slot])
        return;
    void **cleanup = inc_defer(pictures->arena, free_arena);
    inc_pdf_picture *picture = INC_NEW(pictures->arena, inc_pdf_picture);
    bool large = (uint64_t)image->width * image->height >= LARGE_FROM;
    *picture = (inc_pdf_picture){.image = image, .large = large && pictures->screen && pictures->screen_ppi, .index = (uint32_t)pictures->list.n, .arena = *cleanup = inc_arena_new()};
    INC_PUSH(pictures->arena, &pictures->list, picture);
    pictures->slots[slot] = (uint32_t)pictures->list.n;
}

void inc_pdf_pictures_add(inc_pdf_pictures *pictures, const inc_image *image)
{
    if (image->kind != INC_IMAGE_SVG) {
        add_raster(pictures, image);
        return;
    }
    inc_map seen = inc_map_in(pictures->arena);
    inc_graphic_parts parts = {0};
    if (image->graphic)
        inc_pdf_graphic_parts(image->graphic, pictures->arena, &seen, &parts);
    for (size_t i = 0; i < parts.n; i++)
        for (size_t k = 0; k < parts.v[i]->op_count; k++) {
            const inc_op *op = &parts.v[i]->ops[k];
            if (op->kind == INC_OP_IMAGE && op->as.image && op->as.image->kind != INC_IMAGE_SVG)
                add_raster(pictures, op->as.image);
        }
}

inc_pdf_pictures *inc_pdf_pictures_new(bool screen, unsigned screen_ppi, inc_inks *inks, inc_arena *arena)
{
    inc_pdf_pictures *pictures = INC_NEW(arena, inc_pdf_pictures);
    *pictures = (inc_pdf_pictures){.arena = arena, .screen = screen, .screen_ppi = screen_ppi, .inks = inks};
    return pictures;
}

inc_pdf_pictures *inc_pdf_pictures_of(const inc_pages *pages, bool screen, inc_inks *inks, inc_arena *arena)
{
    inc_pdf_pictures *pictures = inc_pdf_pictures_new(screen, 0, inks, arena);
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++)
            if (pages->pages[p].marks[m].kind == INC_MARK_IMAGE)
                inc_pdf_pictures_add(pictures, pages->pages[p].marks[m].as.image);
    return pictures;
}

size_t inc_pdf_pictures_count(const inc_pdf_pictures *pictures)
{
    return pictures->list.n;
}

inc_pdf_picture *inc_pdf_pictures_find(const inc_pdf_pictures *pictures, const inc_image *image)
{
    uint32_t found = pictures->slot_count ? pictures->slots[slot_of(pictures, image)] : 0;
    return found ? pictures->list.v[found - 1] : NULL;
}

/* ---- compressing ---- */

/* Are there as many samples as the size says? What follows counts on it. */
static bool complete(const inc_pixels *p)
{
    uint64_t count = (uint64_t)p->width * p->height;
    if (!count || (p->alpha.n && p->alpha.n != count))
        return false;
    return p->jpeg ? p->data.n > 0 : p->data.n == count * (unsigned)p->color * (p->bits / 8);
}

/* Filters the rows, which have room for that, in place. */
static inc_str predict(const inc_pixels *pixels, uint8_t *rows, size_t stride, uint32_t height, inc_arena *scratch)
{
    inc_png_filter(scratch, rows, stride, height, (unsigned)pixels->color * pixels->bits / 8, FILTERS);
    return (inc_str){(char *)rows, (stride + 1) * height};
}

/* Drawings with few colours do better without a predictor. A sample of a large picture's rows tells: to compress all of them twice
 * would be a good part of the work of a whole book. */
static bool gains(const inc_pixels *pixels, size_t stride, inc_deflate *deflate, inc_arena *scratch)
{
    uint32_t bands = pixels->data.n > SAMPLED_FROM ? SAMPLED : 1, height = 0;
    uint8_t *rows = inc_alloc_array(scratch, pixels->height, stride + 1); /* what is not sampled stays untouched */
    for (uint32_t y = 0; y < pixels->height; y++)
        if (y / BAND % bands == 0)
            memcpy(rows + height++ * stride, pixels->data.p + y * stride, stride);
    size_t flat = inc_deflate_run(deflate, scratch, (inc_str){(char *)rows, height * stride}).n;
    return inc_deflate_run(deflate, scratch, predict(pixels, rows, stride, height, scratch)).n < flat;
}

/* As stored. What is predicted uses up its samples, which grow in their arena. */
static void compress(inc_pdf_picture *picture, inc_pdf_form *form, inc_deflate *deflate, inc_arena *samples, inc_arena *scratch)
{
    const inc_pixels *pixels = &form->pixels;
    inc_str data = pixels->data, file = picture->image->bytes;
    if (pixels->jpeg) {
        bool own = data.p >= file.p && data.p < file.p + file.n;
        form->data = own ? data : inc_str_dup(picture->arena, data);
        return;
    }
    if (form->predicted) {
        size_t stride = data.n / pixels->height;
        uint8_t *rows = inc_realloc(samples, (char *)data.p, data.n, data.n + pixels->height);
        data = predict(pixels, rows, stride, pixels->height, scratch);
    }
    form->data = inc_deflate_run(deflate, picture->arena, data);
}

static inc_arena *open_arena(inc_arena *owner, void ***slot)
{
    *slot = inc_defer(owner, free_arena);
    inc_arena *arena = inc_arena_new();
    **slot = arena;
    return arena;
}

static void close_arena(void **slot)
{
    inc_arena *arena = *slot;
    *slot = NULL;
    inc_arena_free(arena);
}

typedef struct maker { /* of one picture's forms */
    const inc_pdf_pictures *pictures;
    inc_pdf_picture *picture;
    inc_deflate *deflate;
    inc_arena *samples; /* the pixels, which grow in place when nothing comes after them */
    inc_arena *scratch;
} maker;

static void find_predictor(maker *m, inc_pdf_form *form)
{
    const inc_pixels *pixels = &form->pixels;
    inc_arena_mark start = inc_arena_mark_get(m->scratch);
    form->predicted = !pixels->jpeg && gains(pixels, pixels->data.n / pixels->height, m->deflate, m->scratch);
    inc_arena_reset(m->scratch, start);
}

static void make_print_form(maker *m, inc_arena *samples, bool use_up)
{
    inc_pdf_picture *picture = m->picture;
    inc_pdf_form *form = &picture->form[INC_PRINT];
    inc_inks *inks = m->pictures->inks;
    unsigned heaviest = 0;
    form->pixels = picture->form[INC_SCREEN].pixels;
    bool changes = inc_inks_change(inks, &form->pixels);
    inc_str name = picture->image->name;
    picture->ready = inc_inks_pixels(inks, samples, use_up, &form->pixels, &heaviest);
    if (!picture->ready)
        inc_report(picture->print_diags, INC_DIAG_BROKEN_IMAGE, picture->image->span, "the colours of image '%.*s' could not be turned into inks",
                   INC_STR_ARG(name));
    if (heaviest)
        inc_report(picture->print_diags, INC_DIAG_INK_LIMIT, picture->image->span, "image '%.*s' has up to %u %% of ink, over the limit of %u %%",
                   INC_STR_ARG(name), heaviest, inc_inks_limit(inks))
            ->hint = INC_STR("its inks are the file's own and stay as they are; convert it for this printing condition");
    if (!picture->ready || !changes)
        return;
    find_predictor(m, form);
    compress(picture, form, m->deflate, samples, m->scratch);
}

/* Samples are tens of megabytes. They become inks in place, where the screen's form leaves them whole or none is wanted; else in an arena of
 * their own, before the screen's form uses them up. */
static void make_forms(maker *m, bool for_screen, inc_inks *inks)
{
    inc_pdf_picture *picture = m->picture;
    inc_pdf_form *screen = &picture->form[INC_SCREEN], *print = &picture->form[INC_PRINT];
    bool changes = inks && inc_inks_change(inks, &screen->pixels), screen_wanted = for_screen || !changes;
    if (screen->pixels.alpha.n)
        screen->alpha = inc_deflate_run(m->deflate, picture->arena, screen->pixels.alpha);
    screen->pixels.profile = inc_str_dup(picture->arena, screen->pixels.profile);
    if (screen_wanted)
        find_predictor(m, screen);
    if (inks && screen->predicted) {
        void **slot;
        inc_arena *samples = open_arena(picture->arena, &slot);
        make_print_form(m, samples, false);
        close_arena(slot);
    }
    if (picture->ready && screen_wanted)
        compress(picture, screen, m->deflate, m->samples, m->scratch);
    if (inks && !screen->predicted)
        make_print_form(m, m->samples, true);
    print->alpha = screen->alpha;
    if (!changes)
        *print = *screen;
}

static bool read_pixels(maker *m, inc_diags *diags)
{
    inc_pdf_picture *picture = m->picture;
    inc_pixels *pixels = &picture->form[INC_SCREEN].pixels;
    return inc_image_pixels(picture->image, m->samples, diags, picture->image->span, pixels) && complete(pixels);
}

/* The pixels that are asked for, in the way of `needed`; 0 when they are nearly all there are. */
static uint32_t asked_of(const inc_pdf_picture *picture, uint32_t needed)
{
    return (uint64_t)needed * 3 > (uint64_t)picture->image->width * 2 ? 0 : needed;
}

/* The same across the samples as they are stored. */
static uint32_t stored_width(const inc_pdf_picture *picture, uint32_t asked)
{
    uint64_t width = picture->image->width;
    return (uint32_t)((asked * (uint64_t)picture->form[INC_SCREEN].pixels.width + width - 1) / width);
}

/* The screen gets what it needs, in an arena of its own; then print every pixel, from the samples that are still whole. */
static void make_apart(maker *m, uint32_t width)
{
    inc_pdf_picture *picture = m->picture;
    inc_pdf_form *screen = &picture->form[INC_SCREEN], whole = *screen, small;
    inc_arena *outer = m->samples;
    void **slot;
    m->samples = open_arena(picture->arena, &slot);
    picture->ready = inc_pixels_reduce(&screen->pixels, width, m->samples);
    if (picture->ready)
        make_forms(m, true, NULL);
    close_arena(slot);
    m->samples = outer;
    if (!picture->ready || !m->pictures->inks)
        return;
    small = *screen;
    *screen = whole;
    make_forms(m, false, m->pictures->inks);
    *screen = small;
}

static void make_all(maker *m)
{
    inc_pdf_picture *picture = m->picture;
    picture->diags = inc_diags_new(picture->arena);
    picture->print_diags = inc_diags_new(picture->arena);
    picture->ready = read_pixels(m, picture->diags);
    if (!picture->ready)
        return;
    uint32_t width = stored_width(picture, asked_of(picture, picture->expected));
    if (width)
        make_apart(m, width);
    else
        make_forms(m, m->pictures->screen, m->pictures->inks);
}

/* The screen's form once more, in the width that the pages ask for. */
static void make_again(maker *m)
{
    inc_pdf_picture *picture = m->picture;
    inc_pdf_form *screen = &picture->form[INC_SCREEN], print = picture->form[INC_PRINT];
    *screen = (inc_pdf_form){0};
    picture->ready = read_pixels(m, inc_diags_new(m->scratch)); /* what is to be said was said the first time */
    if (picture->ready) {
        uint32_t width = stored_width(picture, asked_of(picture, picture->needed));
        picture->ready = !width || inc_pixels_reduce(&screen->pixels, width, m->samples);
    }
    if (picture->ready)
        make_forms(m, true, NULL);
    picture->form[INC_PRINT] = print;
}

static void make_picture(const inc_pdf_pictures *pictures, inc_pdf_picture *picture, void (*make)(maker *))
{
    void **cleanup, **more;
    maker m = {.pictures = pictures, .picture = picture};
    m.samples = open_arena(picture->arena, &cleanup);
    m.scratch = open_arena(picture->arena, &more);
    m.deflate = inc_deflate_new(m.scratch);
    make(&m);
    picture->form[INC_PRINT].pixels.profile = INC_STR("");
    for (int medium = 0; medium < INC_MEDIUM_COUNT; medium++)
        picture->form[medium].pixels.data = picture->form[medium].pixels.alpha = INC_STR("");
    close_arena(cleanup);
    close_arena(more);
}

void inc_pdf_pictures_make(void *context, size_t i, unsigned worker)
{
    (void)worker;
    inc_pdf_pictures *pictures = context;
    make_picture(pictures, pictures->list.v[i], make_all);
}

/* ---- sizes on the pages ---- */

/* Pixels across a picture that is shown in that size, at that many an inch. */
static uint32_t pixels_across(const inc_image *image, inc_len width, inc_len height, unsigned ppi)
{
    uint64_t across = (uint64_t)(inc_len_scale(width, ppi, 72) / INC_PT) + 1, down = (uint64_t)(inc_len_scale(height, ppi, 72) / INC_PT) + 1;
    return (uint32_t)INC_MIN(INC_MAX(across, down * image->width / image->height + 1), UINT32_MAX);
}

void inc_pdf_pictures_expect(inc_pdf_pictures *pictures, inc_len measure)
{
    for (size_t i = 0; i < pictures->list.n; i++) {
        inc_pdf_picture *picture = pictures->list.v[i];
        const inc_image *image = picture->image;
        inc_len natural = INC_MAX(image->natural_width, INC_PT), width = INC_MIN(natural, measure);
        if (picture->large)
            picture->expected = pixels_across(image, width, inc_len_scale(INC_MAX(image->natural_height, INC_PT), width, natural), pictures->screen_ppi);
    }
}

static bool is_wrong(const inc_pdf_picture *picture)
{
    return picture->ready && picture->needed && asked_of(picture, picture->needed) != asked_of(picture, picture->expected);
}

static void measure_mark(const inc_pdf_pictures *pictures, const inc_mark *mark)
{
    inc_pdf_picture *picture = inc_pdf_pictures_find(pictures, mark->as.image);
    inc_len width = mark->turned ? mark->height : mark->width, height = mark->turned ? mark->width : mark->height;
    if (picture && picture->large)
        picture->needed = INC_MAX(picture->needed, pixels_across(mark->as.image, width, height, pictures->screen_ppi));
}

bool inc_pdf_pictures_measure(inc_pdf_pictures *pictures, const inc_pages *pages)
{
    bool any = false;
    for (size_t p = 0; pictures->list.n && p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++)
            if (pages->pages[p].marks[m].kind == INC_MARK_IMAGE)
                measure_mark(pictures, &pages->pages[p].marks[m]);
    for (size_t i = 0; i < pictures->list.n; i++)
        any = any || is_wrong(pictures->list.v[i]);
    return any;
}

void inc_pdf_pictures_make_again(void *context, size_t i, unsigned worker)
{
    (void)worker;
    inc_pdf_pictures *pictures = context;
    if (is_wrong(pictures->list.v[i]))
        make_picture(pictures, pictures->list.v[i], make_again);
}
