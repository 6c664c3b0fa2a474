/*
 * fuzz_book.c - a folder of files (folder.h) is a book, built into all three outputs, which must be whole; one of its own threads and several give
 * the same bytes. One font alone is declared, since it is not what is looked for here.
 */
#include "base/files.h"
#include "build.h"
#include "folder.h"
#include "output.h"

static char data_folder[64];

static void close_data(void)
{
    nftw(data_folder, fuzz_remove, 16, FTW_DEPTH | FTW_PHYS);
    rmdir(data_folder);
}

static inc_str read_data(inc_arena *arena, const char *name)
{
    const char *root = getenv("INCIPIT_DATA");
    inc_str bytes;
    FUZZ_CHECK(inc_file_read(arena, inc_strf(arena, "%s/%s", root ? root : ".", name), 1 << 25, &bytes) == 0, "set INCIPIT_DATA: %s is not there", name);
    return bytes;
}

/* base.css less all declarations of fonts but one. */
static inc_str with_one_font(inc_arena *arena, inc_str sheet)
{
    inc_buf out = inc_buf_in(arena);
    while (sheet.n) {
        inc_str line = inc_str_cut(&sheet, '\n');
        if (inc_str_starts(line, INC_STR("@font-face")) && inc_str_find(line, INC_STR("SourceSerif4_400Regular.ttf")) == INC_NPOS)
            continue;
        inc_buf_add(&out, line);
        inc_buf_byte(&out, '\n');
    }
    return inc_buf_str(&out);
}

/* What incipit brings along, with one font: copies, since fonts must not be links to elsewhere. */
static inc_str data(inc_arena *arena)
{
    static const char *const names[] = {"styles/base.css", "styles/epub.css", "styles/rubric.css", "fonts/source-serif-4/SourceSerif4_400Regular.ttf",
                                        "hyphenation/hyph_en_US.dic", "profiles/FOGRA39L_coated.icc"};
    if (data_folder[0])
        return inc_str_of(data_folder);
    snprintf(data_folder, sizeof data_folder, "%s/incipit-data-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(data_folder), "no folder %s", data_folder);
    atexit(close_data);
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        inc_str bytes = read_data(arena, names[i]);
        fuzz_file(arena, inc_str_of(data_folder), inc_str_of(names[i]), i ? bytes : with_one_font(arena, bytes));
    }
    return inc_str_of(data_folder);
}

static void check_output(const inc_output *output, inc_arena *arena, inc_buf *out)
{
    inc_str bytes;
    FUZZ_CHECK(inc_file_read(arena, output->path, 1 << 28, &bytes) == 0, "%.*s was not written", INC_STR_ARG(output->path));
    FUZZ_CHECK(bytes.n == output->bytes, "%.*s has another size", INC_STR_ARG(output->path));
    if (output->to == INC_TO_EPUB)
        fuzz_check_epub(bytes, arena);
    else
        fuzz_check_pdf(bytes);
    inc_buf_add(out, bytes);
}

static void build(inc_str input, inc_arena *arena, inc_buf *out, bool must_write)
{
    static unsigned runs;
    inc_str data_path = data(arena), folder = fuzz_folder();
    fuzz_unpack(arena, input, folder);
    inc_build_options options = {.book = folder, .output = inc_strf(arena, "%.*s/fuzz-out", INC_STR_ARG(folder)), .data = data_path, .keep_going = true, .jobs = 1 + runs++ % 3};
    inc_build_result result = inc_build(&options);
    FUZZ_CHECK(result.diags, "memory ran out");
    for (size_t i = 0; i < result.diags->n; i++)
        fuzz_check_line(result.diags->v[i].message, "a message of the run");
    fuzz_check_diags(result.sources, result.diags, out);
    FUZZ_CHECK(result.status == INC_STATUS_FINE || result.status == INC_STATUS_ERRORS || result.diags->count[INC_FATAL], "status %d", result.status);
    FUZZ_CHECK(result.output_count == 3 || (result.output_count == 0 && !must_write), "%u files", result.output_count);
    for (unsigned i = 0; i < result.output_count; i++)
        check_output(&result.outputs[i], arena, out);
    inc_build_result_free(&result);
}

/* Before everything else a book without a fault: were it not written, nothing would be tested. */
static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    static bool tried;
    if (!tried) {
        inc_buf other = inc_buf_in(arena);
        build(INC_STR("%%% SUMMARY.md\n# A\n\n- [One](a.md)\n%%% a.md\n# One\n\nText.\n"), arena, &other, true);
    }
    tried = true;
    build(input, arena, out, false);
}
