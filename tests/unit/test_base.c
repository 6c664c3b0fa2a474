/* test_base.c - arenas, strings, UTF-8, maps, lengths, sources, sinks, URLs. */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/length.h"
#include "base/map.h"
#include "base/sink.h"
#include "base/source.h"
#include "base/urls.h"
#include "base/utf8.h"
#include "base/vec.h"

static void test_arena_grows_last_block_in_place(void **state)
{
    inc_arena *arena = *state;
    char *p = inc_realloc(arena, NULL, 0, 10);
    memset(p, 'x', 10);
    char *q = inc_realloc(arena, p, 10, 1000);
    assert_ptr_equal(p, q);
    assert_int_equal(q[9], 'x');
    memset(q, 'y', 1000);
    assert_ptr_equal(inc_realloc(arena, q, 1000, 10), q);
    assert_int_equal(*(char *)inc_alloc(arena, 1), 0); /* where there was a y */
    q[9] = 'x';
    char *r = inc_realloc(arena, q, 10, 2000);
    assert_ptr_not_equal(q, r);
    assert_int_equal(r[9], 'x');
}

static void test_failed_allocation_unwinds(void **state)
{
    inc_arena *arena = *state;
    inc_guard guard;
    volatile bool caught = false;
    inc_alloc_fail_after(3);
    if (INC_GUARD(&guard) == 0) {
        for (int i = 0; i < 5; i++)
            inc_alloc(arena, 8);
        inc_guard_leave(&guard);
    } else
        caught = true;
    inc_alloc_fail_after(0);
    assert_true(caught);
}

static void test_utf8_start(void **state)
{
    (void)state;
    inc_str s = INC_STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA6\x80"); /* of 1, 2, 3 and 4 bytes */
    static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t n = 0; n < INC_COUNT(want); n++)
        assert_int_equal(inc_utf8_start(s, n).n, want[n]);
    assert_int_equal(inc_utf8_start(INC_STR(""), 5).n, 0);
}

static void test_utf8_maximal_subparts(void **state)
{
    (void)state;
    inc_str s = INC_STR("a\xC3\xA9\xE2\x82\xF0\x9F\x98\x80\xED\xA0\x80\xC0\xAF");
    uint32_t want[] = {'a', 0xE9, INC_REPLACEMENT, 0x1F600, INC_REPLACEMENT, INC_REPLACEMENT, INC_REPLACEMENT, INC_REPLACEMENT, INC_REPLACEMENT};
    size_t i = 0;
    for (size_t at = 0; at < s.n; i++)
        assert_int_equal(inc_utf8_decode(s, at, &at), want[i]);
    assert_int_equal(i, INC_COUNT(want));
    assert_int_equal(inc_utf8_invalid(s), 3);
    assert_int_equal(inc_utf8_invalid(INC_STR("\xEF\xBF\xBD ok")), INC_NPOS);
}

static void test_map_keeps_order(void **state)
{
    inc_map map = inc_map_in(*state);
    char keys[1000][8];
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        inc_map_put(&map, inc_str_of(keys[i]), keys[i]);
    }
    inc_map_put(&map, INC_STR("k5"), keys[6]);
    assert_int_equal(map.n, 1000);
    assert_ptr_equal(inc_map_find(&map, INC_STR("k5")), keys[6]);
    assert_null(inc_map_find(&map, INC_STR("k1000")));
    assert_str(map.entries[999].key, "k999");
}

/* Keys whose hashes end in the same 20 bits: two last bytes are free for that. */
static size_t make_colliding(char (*keys)[16], size_t count)
{
    size_t n = 0;
    for (unsigned i = 0; n < count && i < 1000000; i++) {
        snprintf(keys[n], sizeof keys[n], "%07u", i);
        uint64_t before = inc_hash(keys[n], 7);
        for (int a = 1; a < 256; a++) {
            keys[n][7] = (char)a;
            uint64_t h = (before ^ (unsigned)a) * 1099511628211u;
            if ((h & 0xFFF00) != 0x5AB00) /* the last byte changes the low 8 bits alone, before it is multiplied */
                continue;
            keys[n][8] = (char)((h & 0xFF) ^ 0xCD);
            keys[n++][9] = '\0';
            break;
        }
    }
    return n;
}

/* Labels that were made to fall into one slot: the map becomes a tree, and nothing else changes. */
static void test_map_with_colliding_keys(void **state)
{
    enum { COUNT = 30000 };
    char (*keys)[16] = inc_alloc_array(*state, COUNT, sizeof *keys);
    assert_int_equal(make_colliding(keys, COUNT), COUNT);
    inc_map map = inc_map_in(*state);
    for (size_t i = 0; i < COUNT; i++) {
        inc_map_put(&map, (inc_str){keys[i], 9}, keys[i]);
        if (i == 1000)
            assert_null(map.tree);
    }
    assert_non_null(map.tree);
    assert_int_equal(map.n, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_ptr_equal(inc_map_find(&map, (inc_str){keys[i], 9}), keys[i]);
        assert_ptr_equal(map.entries[i].value, keys[i]);
    }
    inc_map_put(&map, (inc_str){keys[7], 9}, keys);
    assert_ptr_equal(inc_map_find(&map, (inc_str){keys[7], 9}), keys);
    assert_int_equal(map.n, COUNT);
    assert_null(inc_map_find(&map, INC_STR("absent")));
    assert_false(inc_map_has(&map, INC_STR("")));
    unsigned depth = 0, deepest = 0; /* of the tree: walked without recursion, by looking every key up */
    for (size_t i = 0; i < COUNT; i += 97, depth = 0) {
        for (uint32_t at = map.root; at; depth++) {
            int order = memcmp(keys[i], map.entries[at - 1].key.p, 9);
            at = order == 0 ? 0 : order < 0 ? map.tree[at - 1].less : map.tree[at - 1].more;
        }
        deepest = INC_MAX(deepest, depth);
    }
    assert_in_range(deepest, 10, 2 * 15);
}

static bool is_there(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

/* What killed builds have left goes; what others, or builds at work, have in the folder stays. */
static void test_temporaries_are_swept(void **state)
{
    static const char *const names[] = {"a.pdf", "a.pdf.incipit-AbC123", "a.pdf.incipit-AbC123.old", "a.pdf.backup", "a.pdf.incipit-notes", "a.pdf.incipit-AbC1234",
                                        "a.epub.incipit-AbC123", "aa.pdf.incipit-AbC123", "a.pdf.incipit-AbC12_"};
    char folder[] = "/tmp/incipit-sweep-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[256];
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        fclose(fopen(path, "w"));
    }
    snprintf(path, sizeof path, "%s/a.pdf.incipit-link12", folder);
    assert_int_equal(symlink("a.pdf", path), 0);
    inc_str output = inc_strf(*state, "%s/a.pdf", folder);
    inc_file_sink_sweep(output, 3600);
    for (size_t i = 0; i < INC_COUNT(names); i++)
        assert_true(is_there(folder, names[i]));
    inc_file_sink_sweep(inc_strf(*state, "%s/b.pdf", folder), 0); /* no output, no sweep */
    inc_file_sink_sweep(output, -3600);
    for (size_t i = 0; i < INC_COUNT(names); i++)
        assert_int_equal(is_there(folder, names[i]), i != 1 && i != 2);
    assert_true(is_there(folder, "a.pdf.incipit-link12"));
    unlink(path);
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

static void test_length_formats(void **state)
{
    (void)state;
    char out[32];
    inc_len_format(INC_PT * 419 + 34603, 3, out);
    assert_string_equal(out, "419.528");
    inc_len_format(-1, 3, out);
    assert_string_equal(out, "0");
    inc_len_format(-INC_PT / 2, 2, out);
    assert_string_equal(out, "-0.5");
    assert_int_equal(inc_len_scale(-5, 1, 2), -3);
}

static void test_text_maps_back(void **state)
{
    inc_arena *arena = *state;
    inc_sources *sources = inc_sources_new(arena);
    uint32_t a = inc_sources_add(sources, INC_STR("a.md"), INC_STR("a.md"), INC_STR("one\ntwo\nthree\n"));
    uint32_t b = inc_sources_add(sources, INC_STR("b.rs"), INC_STR("b.rs"), INC_STR("fn main() {}\n"));
    inc_text_builder build = inc_text_begin(arena);
    inc_text_add_source(&build, sources, (inc_span){a, 0, 4});
    inc_text_add_source(&build, sources, (inc_span){b, 3, 4});
    inc_text_add_generated(&build, INC_STR("??"), (inc_span){a, 4, 3});
    inc_text_add_source(&build, sources, (inc_span){a, 8, 6});
    inc_text text = inc_text_finish(&build);
    assert_str(text.bytes, "one\nmain??three\n");
    inc_span span = inc_text_span(&text, 5, 8);
    assert_int_equal(span.file, b);
    assert_int_equal(span.offset, 4);
    assert_int_equal(span.length, 3);
    span = inc_text_span(&text, 9, 10);
    assert_int_equal(span.offset, 4);
    inc_place place;
    assert_true(inc_sources_place(sources, inc_text_span(&text, 12, 14), &place));
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 3);
    assert_str(place.line_text, "three");
    span = inc_sources_find_char(sources, (inc_span){b, 0, 13}, '(');
    assert_int_equal(span.offset, 7);
    assert_int_equal(span.length, 1);
    span = inc_sources_find_char(sources, (inc_span){b, 8, 5}, 'm'); /* it stands before */
    assert_int_equal(span.offset, 8);
    assert_int_equal(span.length, 5);
    assert_int_equal(inc_sources_find_char(sources, INC_NO_SPAN, 'm').file, 0);

    inc_text_builder again = inc_text_begin(arena);
    inc_text_add_slice(&again, &text, 2, 12);
    inc_text slice = inc_text_finish(&again);
    assert_str(slice.bytes, "e\nmain??th");
    assert_int_equal(inc_text_span(&slice, 3, 4).offset, 4);
    assert_int_equal(inc_text_span(&slice, 9, 10).offset, 9);
}

static void test_paths(void **state)
{
    inc_arena *arena = *state;
    assert_str(inc_path_normalise(arena, INC_STR("a/./b/../c//d")), "a/c/d");
    assert_str(inc_path_normalise(arena, INC_STR("../../x")), "../../x");
    assert_str(inc_path_normalise(arena, INC_STR("/../x")), "/x");
    assert_str(inc_path_extension(INC_STR("a/b.tar.gz")), "gz");
    assert_str(inc_path_stem(INC_STR("a/.hidden")), ".hidden");
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(inc_str_distance(INC_STR("tittle"), INC_STR("title"), 3), 1);
    assert_int_equal(inc_str_distance(INC_STR("abc"), INC_STR("xyz"), 3), 3);
}

static void test_roman(void **state)
{
    static const struct {
        uint32_t n;
        const char *low, *up;
    } cases[] = {{0, "0", "0"}, {1, "i", "I"}, {4, "iv", "IV"}, {49, "xlix", "XLIX"}, {1994, "mcmxciv", "MCMXCIV"}, {3999, "mmmcmxcix", "MMMCMXCIX"}, {4000, "4000", "4000"}};
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        assert_str(inc_str_roman(*state, cases[i].n, false), cases[i].low);
        assert_str(inc_str_roman(*state, cases[i].n, true), cases[i].up);
    }
}

static void test_urls(void **state)
{
    inc_arena *arena = *state;
    inc_url url = inc_url_cut(INC_STR("a/b.md?q=1#f?g"));
    assert_str(url.path, "a/b.md");
    assert_str(url.query, "?q=1");
    assert_str(url.fragment, "f?g");
    assert_str(inc_url_cut(INC_STR("C:/x")).scheme, "");
    assert_str(inc_url_cut(INC_STR("a:b")).scheme, "");
    assert_str(inc_url_cut(INC_STR("tel:1")).scheme, "tel");
    assert_str(inc_url_decode(arena, INC_STR("a%20%zz%4")), "a %zz%4");
    assert_str(inc_url_decode(arena, INC_STR("%ff")), "%ff");
    assert_str(inc_url_decode(arena, INC_STR("a%00b")), "a%00b");
    assert_str(inc_percent_decode(arena, INC_STR("%4a%0A%%41%4")), "J\n%A%4");
    assert_str(inc_percent_decode(arena, INC_STR("%fF")), "\xFF");
    assert_str(inc_url_resolve(arena, INC_STR("https://h/book/"), INC_STR("../std/x?y#z")), "https://h/std/x?y#z");
    assert_str(inc_url_resolve(arena, INC_STR("https://h"), INC_STR("../../x/")), "https://h/x/");
    assert_str(inc_url_resolve(arena, INC_STR("https://h/a/b"), INC_STR("/x")), "https://h/x");
    assert_str(inc_url_resolve(arena, INC_STR("https://h/a/b"), INC_STR("./c/./d")), "https://h/a/b/c/d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_roman), TEST(test_arena_grows_last_block_in_place), TEST(test_failed_allocation_unwinds), TEST(test_utf8_start), TEST(test_utf8_maximal_subparts),
        TEST(test_map_keeps_order), TEST(test_map_with_colliding_keys), TEST(test_temporaries_are_swept), TEST(test_length_formats), TEST(test_text_maps_back), TEST(test_paths), TEST(test_urls), TEST(test_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
