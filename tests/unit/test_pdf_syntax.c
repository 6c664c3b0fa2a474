/* test_pdf_syntax.c - the written forms of PDF, and object files at their lowest level. */
#include "ink_fixture.h"

#include <zlib.h>

#include "base/guard.h"
#include "pdf/deflate.h"
#include "pdf/object.h"
#include "pdf/syntax.h"

static inc_str fixed(inc_arena *arena, int64_t value, unsigned decimals)
{
    inc_buf out = inc_buf_in(arena);
    inc_pdf_put_fixed(&out, value, decimals);
    return inc_buf_str(&out);
}

static void test_numbers(void **state)
{
    inc_arena *arena = *state;
    assert_str(fixed(arena, 0, 3), "0");
    assert_str(fixed(arena, 1, 3), ".001");
    assert_str(fixed(arena, -10, 3), "-.01");
    assert_str(fixed(arena, 12345, 3), "12.345");
    assert_str(fixed(arena, 12300, 3), "12.3");
    assert_str(fixed(arena, -12000, 3), "-12");
    assert_str(fixed(arena, 70, 0), "70");
    inc_buf out = inc_buf_in(arena);
    inc_pdf_put_len(&out, -1);
    assert_str(inc_buf_str(&out), "0");
}

static void test_strings(void **state)
{
    inc_arena *arena = *state;
    inc_buf out = inc_buf_in(arena);
    inc_pdf_put_text(&out, INC_STR("a(b)\\c"));
    assert_str(inc_buf_str(&out), "(a\\(b\\)\\\\c)");
    out.n = 0;
    inc_pdf_put_text(&out, INC_STR("\xC3\xA9\xF0\x9F\x98\x80"));
    assert_str(inc_buf_str(&out), "<FEFF00E9D83DDE00>");
    out.n = 0;
    inc_pdf_put_bytes(&out, INC_STR("x\r\n"));
    assert_str(inc_buf_str(&out), "(x\\r\n)");
}

static inc_str fill(inc_arena *arena, inc_color color, const inc_inks *inks)
{
    inc_buf out = inc_buf_in(arena);
    inc_pdf_put_fill(&out, color, inks);
    return inc_buf_str(&out);
}

static void test_colours(void **state)
{
    inc_arena *arena = *state;
    const inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    assert_str(fill(arena, (inc_color){255, 0, 0, 255}, NULL), "1 0 0 rg\n");
    assert_str(fill(arena, (inc_color){0, 0, 0, 51}, NULL), ".8 g\n");
    assert_str(fill(arena, (inc_color){0, 0, 0, 255}, inks), "0 g\n");
    assert_str(fill(arena, (inc_color){51, 51, 51, 255}, inks), ".2 g\n");
    assert_str(fill(arena, (inc_color){255, 0, 0, 255}, inks), "0 .97 .99 0 k\n"); /* as FOGRA39 has it */
    assert_str(fill(arena, (inc_color){255, 0, 0, 255}, test_inks(arena, true, INC_INK_TOTAL)), ".3 g\n");
}

static void test_deflate(void **state)
{
    inc_arena *arena = *state;
    inc_deflate *deflate = inc_deflate_new(arena);
    char text[5000], back[5000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * i % 7 + 'a');
    inc_str packed = inc_deflate_run(deflate, arena, (inc_str){text, sizeof text});
    assert_true(packed.n < 500);
    uLongf n = sizeof back;
    assert_int_equal(uncompress((Bytef *)back, &n, (const Bytef *)packed.p, packed.n), Z_OK);
    assert_int_equal(n, sizeof text);
    assert_memory_equal(text, back, n);
    packed = inc_deflate_run(deflate, arena, INC_STR(""));
    n = sizeof back;
    assert_int_equal(uncompress((Bytef *)back, &n, (const Bytef *)packed.p, packed.n), Z_OK);
    assert_int_equal(n, 0);
}

static void compose_one(void *context, size_t k, inc_buf *out)
{
    (void)context;
    inc_buf_printf(out, "<</K %zu>>", k);
}

/* The offsets of a classic file must point at their objects; equal content gives an equal /ID, other content another. */
static void test_object_file(void **state)
{
    inc_arena *arena = *state;
    inc_str files[3];
    for (int i = 0; i < 3; i++) {
        inc_pdf *pdf = inc_pdf_open(arena, inc_diags_new(arena));
        inc_ref page = inc_pdf_page(pdf), stream = inc_pdf_object(pdf);
        inc_pdf_fill(pdf, page, INC_STR("/MediaBox[0 0 9.5 9]"));
        inc_pdf_fill_stream(pdf, stream, INC_STR("/X 1"), i == 2 ? INC_STR("other") : INC_STR("bytes"));
        inc_buf *out = INC_NEW(arena, inc_buf);
        *out = inc_buf_in(arena);
        inc_memory_sink sink = inc_memory_sink_to(out);
        assert_true(inc_pdf_save(pdf, "1.6", &sink.sink));
        files[i] = inc_buf_str(out);
        assert_true(inc_str_find(files[i], INC_STR("/X 1/Length 5>>\nstream\n")) != INC_NPOS);
        inc_str head = inc_strf(arena, "\n%u 0 obj", stream), row;
        size_t at = inc_str_find(files[i], head) + 1;
        row = inc_strf(arena, "\n%010zu 00000 n", at);
        assert_true(inc_str_find(files[i], row) != INC_NPOS);
    }
    assert_true(inc_str_eq(files[0], files[1]));
    size_t a = inc_str_find(files[0], INC_STR("/ID[<")), b = inc_str_find(files[2], INC_STR("/ID[<"));
    assert_memory_not_equal(files[0].p + a, files[2].p + b, 30);
}

static void test_packed_file(void **state)
{
    inc_arena *arena = *state;
    inc_pdf *pdf = inc_pdf_open(arena, inc_diags_new(arena));
    inc_ref page = inc_pdf_page(pdf);
    inc_pdf_fill(pdf, page, INC_STR("/MediaBox[0 0 9 9]"));
    inc_buf out = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&out);
    inc_pdf_virtual objects = {.count = 1000, .compose = compose_one};
    assert_true(inc_pdf_first_virtual(pdf) > page);
    assert_true(inc_pdf_save_packed(pdf, "1.7", &objects, &sink.sink));
    inc_str file = inc_buf_str(&out);
    assert_true(inc_str_find(file, INC_STR("/Type/ObjStm/N 200/First ")) != INC_NPOS);
    assert_true(inc_str_find(file, INC_STR("/Type/XRef")) != INC_NPOS);
    assert_true(inc_str_find(file, INC_STR("\nxref")) == INC_NPOS);
    assert_true(file.n < 8000);
}

/* Each allocation of saving fails in turn: nothing that libharu has open is lost (the sanitizers look). */
static void test_packing_runs_out_of_memory(void **state)
{
    (void)state;
    volatile bool good = false;
    for (volatile unsigned long n = 1; !good; n++) {
        inc_arena *arena = inc_arena_new();
        inc_pdf *pdf = inc_pdf_open(arena, inc_diags_new(arena));
        inc_pdf_fill(pdf, inc_pdf_page(pdf), INC_STR("/MediaBox[0 0 9 9]"));
        inc_buf out = inc_buf_in(arena);
        inc_memory_sink sink = inc_memory_sink_to(&out);
        inc_pdf_virtual objects = {.count = 10, .compose = compose_one};
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            good = inc_pdf_save_packed(pdf, "1.7", &objects, &sink.sink);
            inc_guard_leave(&guard);
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        assert_true(n < 1000);
    }
}

static void test_failure_is_sticky(void **state)
{
    inc_arena *arena = *state;
    inc_diags *diags = inc_diags_new(arena);
    inc_pdf *pdf = inc_pdf_open(arena, diags);
    inc_pdf_page(pdf);
    inc_pdf_fail(pdf, "for a test");
    inc_pdf_fail(pdf, "again");
    assert_int_equal(inc_pdf_object(pdf), 0);
    inc_pdf_fill(pdf, 0, INC_STR(""));
    inc_buf out = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&out);
    assert_false(inc_pdf_save(pdf, "1.6", &sink.sink));
    assert_int_equal(out.n, 0);
    assert_int_equal(diags->n, 1);
    assert_int_equal(diags->v[0].id, INC_DIAG_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_numbers), TEST(test_strings), TEST(test_colours), TEST(test_deflate), TEST(test_object_file), TEST(test_packed_file), TEST(test_packing_runs_out_of_memory),
        TEST(test_failure_is_sticky),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
