/* test_report.c - places in long lines and cleaned files, who includes whom, severities, fingerprints, JSON. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/baseline.h"
#include "base/files.h"
#include "base/json.h"
#include "cli/report.h"

/* Columns are counted from the nearest mark, also far inside of a line. */
static void test_columns_in_long_lines(void **state)
{
    inc_arena *arena = *state;
    inc_buf text = inc_buf_in(arena);
    inc_buf_puts(&text, "one\n");
    for (int i = 0; i < 100000; i++)
        inc_buf_puts(&text, i % 3 ? "x" : "\xC3\xA9");
    inc_buf_puts(&text, "\nend");
    inc_sources *sources = inc_sources_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("a"), INC_STR("a"), inc_buf_str(&text));
    uint32_t column = 1;
    for (uint32_t at = 4; text.p[at] != '\n'; at += (unsigned char)text.p[at] >= 0x80 ? 2 : 1, column++) {
        if (column % 37 && column > 600)
            continue;
        inc_place place;
        assert_true(inc_sources_place(sources, (inc_span){file, at, 1}, &place));
        assert_int_equal(place.line, 2);
        assert_int_equal(place.column, column);
        assert_int_equal(place.line_offset, 4);
        assert_int_equal(place.offset, at);
    }
    inc_place end;
    assert_true(inc_sources_place(sources, (inc_span){file, (uint32_t)text.n - 3, UINT32_MAX}, &end)); /* longer than the file */
    assert_int_equal(end.line, 3);
    assert_int_equal(end.end_column, 4);
    assert_int_equal(end.end_offset, text.n);
}

/* Offsets in the cleaned bytes lead back to those of the file. */
static void test_raw_offsets(void **state)
{
    inc_arena *arena = *state;
    static const char raw[] = "\xEF\xBB\xBF" "a\r\nb\rc\xFF" "d\0e\xC3\xA9\r\nf";
    char path[] = "/tmp/incipit-raw-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, raw, sizeof raw - 1), sizeof raw - 1);
    close(fd);
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    int error;
    uint32_t file = inc_file_read_text(sources, arena, INC_STR("a"), inc_str_of(path), diags, &error);
    unlink(path);
    const inc_source *source = inc_sources_get(sources, file);
    assert_str(source->bytes, "a\nb\nc\xEF\xBF\xBD" "d\xEF\xBF\xBD" "e\xC3\xA9\nf");
    for (const char *letter = "abcdef"; *letter; letter++) {
        uint32_t clean = (uint32_t)inc_str_find_char(source->bytes, *letter);
        uint32_t want = (uint32_t)((const char *)memchr(raw, *letter, sizeof raw) - raw);
        assert_int_equal(inc_source_raw_offset(source, clean), want);
    }
    assert_int_equal(inc_source_raw_offset(source, (uint32_t)source->bytes.n), sizeof raw - 1);
}

static void test_includers(void **state)
{
    inc_arena *arena = *state;
    inc_sources *sources = inc_sources_new(arena);
    uint32_t chapter = inc_sources_add(sources, INC_STR("c"), INC_STR("c"), INC_STR("0123456789"));
    uint32_t part = inc_sources_add(sources, INC_STR("p"), INC_STR("p"), INC_STR("0123456789"));
    inc_span by;
    uint32_t others;
    inc_sources_add_inclusion(sources, (inc_span){part, 2, 3}, (inc_span){chapter, 1, 1});
    inc_sources_add_inclusion(sources, (inc_span){part, 4, 4}, (inc_span){chapter, 7, 1});
    assert_false(inc_sources_includer(sources, (inc_span){part, 1, 0}, &by, &others));
    assert_true(inc_sources_includer(sources, (inc_span){part, 2, 0}, &by, &others));
    assert_int_equal(by.offset, 1);
    assert_int_equal(others, 0);
    assert_true(inc_sources_includer(sources, (inc_span){part, 4, 0}, &by, &others));
    assert_int_equal(others, 1);
    inc_sources_add_inclusion(sources, (inc_span){part, 0, 10}, INC_NO_SPAN);
    assert_false(inc_sources_includer(sources, (inc_span){part, 4, 0}, &by, &others)); /* a chapter too */
    assert_false(inc_sources_includer(sources, INC_NO_SPAN, &by, &others));
    for (int i = 0; i < 1000; i++)
        inc_sources_add_inclusion(sources, (inc_span){chapter, 0, 10}, (inc_span){part, 0, 1});
    assert_true(inc_sources_includer(sources, (inc_span){chapter, 5, 0}, &by, &others));
    assert_int_equal(others, INC_INCLUSIONS_MAX - 1);
}

static void test_levels(void **state)
{
    inc_arena *arena = *state;
    static uint8_t levels[INC_DIAG_COUNT];
    levels[INC_DIAG_WIDOW] = INC_LEVEL_ERROR;
    levels[INC_DIAG_MISSING_IMAGE] = INC_LEVEL_OFF;
    levels[INC_DIAG_CANNOT_WRITE] = INC_LEVEL_OFF;
    inc_diags *diags = inc_diags_new(arena), *worker = inc_diags_new(arena);
    inc_report(diags, INC_DIAG_MISSING_IMAGE, INC_NO_SPAN, "a");
    inc_report(diags, INC_DIAG_WIDOW, INC_NO_SPAN, "b");
    inc_report(diags, INC_DIAG_ORPHAN, INC_NO_SPAN, "c");
    inc_diags_set_levels(diags, levels);
    assert_int_equal(diags->n, 2);
    assert_int_equal(diags->off, 1);
    assert_int_equal(diags->count[INC_ERROR], 1);
    assert_int_equal(diags->count[INC_NOTE], 1);
    inc_report(diags, INC_DIAG_MISSING_IMAGE, INC_NO_SPAN, "d")->hint = INC_STR("a hint may be set all the same");
    inc_report(diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "e");
    inc_report(worker, INC_DIAG_WIDOW, INC_NO_SPAN, "f");
    inc_report(worker, INC_DIAG_MISSING_IMAGE, INC_NO_SPAN, "g");
    inc_diags_append(diags, worker);
    assert_int_equal(diags->n, 4);
    assert_int_equal(diags->off, 3);
    assert_int_equal(diags->count[INC_ERROR], 2);
    assert_int_equal(diags->count[INC_FATAL], 1);
}

static void test_every_id_is_explained(void **state)
{
    (void)state;
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++) {
        const inc_diag_info *info = inc_diag_info_of((inc_diag_id)id);
        if (!info->example || !info->why || !info->mend)
            fail_msg("src/base/diag_help.def says nothing of %s", info->name);
        assert_int_equal(inc_diag_find(inc_str_of(info->name)), id);
    }
    assert_int_equal(inc_diag_find(INC_STR("no-such-id")), INC_DIAG_COUNT);
}

static inc_str fingerprint_of(inc_arena *arena, const char *text, uint32_t offset, const char *message)
{
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("a.md"), INC_STR("x/a.md"), inc_str_of(text));
    inc_fingerprints fingerprints = inc_fingerprints_in(arena);
    return inc_fingerprint_next(&fingerprints, sources, inc_report(diags, INC_DIAG_WIDOW, (inc_span){file, offset, 1}, "%s", message));
}

static void test_fingerprints(void **state)
{
    inc_arena *arena = *state;
    inc_str one = fingerprint_of(arena, "a line\n", 2, "by 12.5 pt on page 3");
    assert_str(fingerprint_of(arena, "new\n\n    a  line\n", 11, "by 7.25 pt on page 40"), inc_cstr(arena, one));
    assert_false(inc_str_eq(fingerprint_of(arena, "another line\n", 2, "by 12.5 pt on page 3"), one));
    assert_false(inc_str_eq(fingerprint_of(arena, "a line\n", 2, "by 12.5 pt before page 3"), one));
    assert_true(inc_str_ends(one, INC_STR(":1")));
}

static void test_baselines_are_read(void **state)
{
    inc_arena *arena = *state;
    inc_baseline baseline;
    unsigned line;
    assert_true(inc_baseline_read(&baseline, INC_STR(""), arena, &line));
    assert_true(inc_baseline_read(&baseline, INC_STR("# c\n\n0123456789abcdef:1 widow\r\nfedcba9876543210:12 orphan src/a b.md"), arena, &line));
    assert_true(inc_map_has(&baseline.known, INC_STR("fedcba9876543210:12")));
    assert_false(inc_baseline_read(&baseline, INC_STR("# c\nwidow\n"), arena, &line));
    assert_int_equal(line, 2);
    assert_false(inc_baseline_read(&baseline, INC_STR("0123456789abcdef widow"), arena, &line));
    assert_false(inc_baseline_read(&baseline, INC_STR("0123456789abcdeg:1 widow"), arena, &line));
    assert_false(inc_baseline_read(&baseline, INC_STR("0123456789abcdef:1"), arena, &line));
}

static void test_json(void **state)
{
    inc_arena *arena = *state;
    inc_buf out = inc_buf_in(arena);
    inc_json json = inc_json_to(&out);
    inc_json_open(&json, NULL, '{');
    inc_json_str(&json, "a", (inc_str){"q\" b\\ n\n t\t c\001 \x7F bad\xFF \xC3\xA9", 24});
    inc_json_text(&json, "none", INC_STR(""));
    inc_json_open(&json, "empty", '[');
    inc_json_close(&json, ']');
    inc_json_open_flat(&json, "flat", '{');
    inc_json_uint(&json, "n", UINT64_MAX);
    inc_json_open(&json, "in", '[');
    inc_json_bool(&json, NULL, true);
    inc_json_null(&json, NULL);
    inc_json_close(&json, ']');
    inc_json_close(&json, '}');
    inc_json_bool(&json, "last", false);
    inc_json_close(&json, '}');
    assert_str(inc_buf_str(&out),
        "{\n"
        "  \"a\": \"q\\\" b\\\\ n\\n t\\t c\\u0001 \\u007f bad\xEF\xBF\xBD \xC3\xA9\",\n"
        "  \"none\": null,\n"
        "  \"empty\": [],\n"
        "  \"flat\": {\"n\": 18446744073709551615, \"in\": [true, null]},\n"
        "  \"last\": false\n"
        "}\n");
}

/* Memory may run out before there is a list of findings. */
static void test_no_diagnostics_at_all(void **state)
{
    inc_arena *arena = *state;
    static const inc_format formats[] = {INC_FORMAT_HUMAN, INC_FORMAT_GCC, INC_FORMAT_JSON, INC_FORMAT_SARIF, INC_FORMAT_GITHUB};
    inc_build_result result = {.status = INC_STATUS_MACHINE, .root = INC_STR(""), .title = INC_STR("")};
    for (size_t i = 0; i < INC_COUNT(formats); i++) {
        inc_buf out = inc_buf_in(arena);
        inc_report_render(NULL, NULL, &result, &(inc_render){.format = formats[i], .command = "build", .book = "b"}, &out);
        bool is_object = formats[i] == INC_FORMAT_JSON || formats[i] == INC_FORMAT_SARIF;
        assert_true(is_object == (out.n > 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_columns_in_long_lines), TEST(test_raw_offsets), TEST(test_includers), TEST(test_levels),
        TEST(test_every_id_is_explained), TEST(test_fingerprints), TEST(test_baselines_are_read), TEST(test_json),
        TEST(test_no_diagnostics_at_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
