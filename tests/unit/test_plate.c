/* test_plate.c - figures on pages of their own: where their pictures stand and how large, in points worked out by hand. */
#include "layout_fixture.h"

#include <unistd.h>

#include "image/image.h"

/* Pages of 400 by 600 with margins of 50 at the spine and above, 70 outside and 80 below: 280 by 470 for the text. A caption takes 10 + 20. */
static const char css[] = "@page { size: 400pt 600pt; margin: 50pt 70pt 80pt 50pt } @page :left { margin-left: 70pt; margin-right: 50pt }"
                          "@page bleed { margin: 0 }"
                          "@media print, screen { figcaption { font-size: 10pt; line-height: 20pt; margin: 10pt 0 0 } }";

/* A picture of so many pixels, at 96 an inch, in a file that is gone again. */
static inc_node *add_picture(fixture *f, inc_node *figure, uint32_t width, uint32_t height)
{
    char path[] = "/tmp/incipit-plate-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    inc_buf png = inc_buf_in(f->arena);
    uint8_t *samples = inc_alloc_array(f->arena, height, width + 1);
    memset(samples, 99, (size_t)height * (width + 1));
    inc_png_write(f->arena, samples, width, height, 1, 1 << 0, INC_STR(""), &png);
    inc_str bytes = inc_buf_str(&png);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    inc_node *image = add(f, add(f, figure, INC_NODE_PARAGRAPH), INC_NODE_IMAGE);
    image->as.image.name = inc_strf(f->arena, "%u x %u", width, height);
    image->as.image.file = inc_str_dup(f->arena, inc_str_of(path));
    image->as.image.alt = INC_STR("A picture");
    assert_non_null(inc_images_open(f->input.images, image->as.image.name, image->as.image.file, INC_NO_SPAN));
    remove(path);
    return image;
}

typedef struct plate {
    const char *class_name;
    uint32_t width, height; /* of the picture, in pixels */
    const char *stated;     /* its width attribute, or NULL */
    bool captioned;
} plate;

/* One paragraph before the figure and one behind it. */
static const inc_pages *lay_out_plate(fixture *f, plate p)
{
    inc_node *chapter = add_chapter(f, "a", "A");
    add_text(f, chapter, "before");
    inc_node *figure = add(f, chapter, INC_NODE_FIGURE);
    inc_node_add_class(f->arena, figure, inc_str_of(p.class_name));
    inc_node *image = add_picture(f, figure, p.width, p.height);
    if (p.stated)
        image->as.image.width = inc_str_of(p.stated);
    if (p.captioned)
        inc_node_append(add(f, figure, INC_NODE_CAPTION), inc_node_text(f->arena, INC_STR("caption"), INC_NO_SPAN));
    add_text(f, chapter, "behind");
    return lay_out(f);
}

static const inc_mark *picture_on(const inc_page *page)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_IMAGE)
            return &page->marks[i];
    return NULL;
}

static void assert_box(const inc_mark *mark, double x, double y, double width, double height)
{
    inc_len wanted[] = {(inc_len)(x * INC_PT), (inc_len)(y * INC_PT), (inc_len)(width * INC_PT), (inc_len)(height * INC_PT)},
            got[] = {mark->x, mark->y, mark->width, mark->height};
    for (int i = 0; i < 4; i++)
        if (got[i] < wanted[i] - INC_PT / 100 || got[i] > wanted[i] + INC_PT / 100)
            fail_msg("the picture stands at %.2f %.2f, %.2f x %.2f", (double)mark->x / INC_PT, (double)mark->y / INC_PT, (double)mark->width / INC_PT,
                     (double)mark->height / INC_PT);
}

/* The text goes on before the plate, which is the page behind it: a left one, whose outer margin is 70. */
static void test_as_large_as_the_page(void **state)
{
    static const struct {
        plate plate;
        double x, y, width, height;
    } cases[] = {
        {{"full-page", 100, 100, NULL, false}, 70, 50, 280, 280},      /* as wide as the page, and at its head */
        {{"full-page", 100, 400, NULL, false}, 151.25, 50, 117.5, 470}, /* as tall: 470 / 4 wide, in the middle of 280 */
        {{"full-page", 100, 400, NULL, true}, 155, 50, 110, 440},      /* less the caption's 30 */
        {{"full-page", 4000, 1000, NULL, false}, 70, 50, 280, 70},     /* reduced to the measure */
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        fixture *f = begin_with(*state, css);
        const inc_pages *pages = lay_out_plate(f, cases[i].plate);
        assert_int_equal(pages->page_count, 2);
        assert_null(picture_on(&pages->pages[0]));
        assert_non_null(find_text(&pages->pages[0], "behind"));
        assert_false(pages->pages[1].recto);
        const inc_mark *mark = picture_on(&pages->pages[1]);
        assert_non_null(mark);
        assert_box(mark, cases[i].x, cases[i].y, cases[i].width, cases[i].height);
        assert_int_equal(find_text(&pages->pages[1], "caption") != NULL, cases[i].plate.captioned);
        assert_false(mark->bleeds);
    }
}

/* A stated size stays, up to four fifths of the page's height: 376. */
static void test_stated_sizes(void **state)
{
    fixture *f = begin_with(*state, css);
    const inc_pages *pages = lay_out_plate(f, (plate){"full-page", 100, 100, "50%", true});
    assert_int_equal(pages->page_count, 2);
    assert_box(picture_on(&pages->pages[1]), 140, 50, 140, 140); /* in the middle: 70 + (280 - 140) / 2 */
    f = begin_with(*state, css);
    pages = lay_out_plate(f, (plate){"full-page", 100, 200, "100%", true}); /* 560 tall */
    assert_box(picture_on(&pages->pages[1]), 116, 50, 188, 376);
}

/* The whole page, whatever the picture's proportions (what sticks out is cut off where it is painted); the caption stays in the text. */
static void test_the_whole_page(void **state)
{
    fixture *f = begin_with(*state, css);
    const inc_pages *pages = lay_out_plate(f, (plate){"full-bleed", 100, 100, NULL, true});
    assert_int_equal(pages->page_count, 2);
    const inc_mark *mark = picture_on(&pages->pages[1]);
    assert_non_null(mark);
    assert_true(mark->bleeds);
    assert_non_null(find_text(&pages->pages[0], "caption"));
    assert_null(find_text(&pages->pages[1], "caption"));
    assert_box(mark, 0, 0, 400, 600);
}

/* Two pictures, or words beside one, are no picture that can grow. */
static void test_more_than_a_picture(void **state)
{
    fixture *f = begin_with(*state, css);
    inc_node *chapter = add_chapter(f, "a", "A");
    inc_node *figure = add(f, chapter, INC_NODE_FIGURE);
    inc_node_add_class(f->arena, figure, INC_STR("full-bleed"));
    add_picture(f, figure, 100, 100);
    add_text(f, figure, "words");
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->page_count, 2);
    const inc_mark *mark = picture_on(&pages->pages[1]);
    assert_non_null(mark);
    assert_false(mark->bleeds);
    assert_int_equal(mark->width, 75 * INC_PT);
    assert_non_null(find_text(&pages->pages[1], "words"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_as_large_as_the_page), TEST(test_stated_sizes), TEST(test_the_whole_page), TEST(test_more_than_a_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
