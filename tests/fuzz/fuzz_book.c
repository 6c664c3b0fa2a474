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

static void link_data(inc_arena *arena, const char *name)
{
    const char *root = getenv("INCIPIT_DATA");
    char here[4096];
    FUZZ_CHECK(root || getcwd(here, sizeof here), "no folder");
    const char *from = inc_strf(arena, "%s/%s", root ? root : here, name).p;
    FUZZ_CHECK(access(from, R_OK) == 0, "set INCIPIT_DATA: %s is not there", from);
    FUZZ_CHECK(symlink(from, inc_strf(arena, "%s/%s", data_folder, name).p) == 0, "%s", name);
}

/* base.css less all declarations of fonts but one. */
static void write_base(inc_arena *arena, inc_str sheet)
{
    inc_buf out = inc_buf_in(arena);
    while (sheet.n) {
        inc_str line = inc_str_cut(&sheet, '\n');
        if (inc_str_starts(line, INC_STR("@font-face")) && inc_str_find(line, INC_STR("SourceSerif4_400Regular.ttf")) == INC_NPOS)
            continue;
        inc_buf_add(&out, line);
        inc_buf_byte(&out, '\n');
    }
    fuzz_file(arena, inc_str_of(data_folder), INC_STR("own/base.css"), inc_buf_str(&out));
}

/* What incipit brings along: links to the real folders, and styles/ with one font. */
static inc_str data(inc_arena *arena)
{
    if (data_folder[0])
        return inc_str_of(data_folder);
    snprintf(data_folder, sizeof data_folder, "%s/incipit-data-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(data_folder), "no folder %s", data_folder);
    atexit(close_data);
    link_data(arena, "fonts");
    link_data(arena, "hyphenation");
    link_data(arena, "styles");
    static const char *const sheets[] = {"base.css", "epub.css", "rubric.css"};
    for (size_t i = 0; i < INC_COUNT(sheets); i++) {
        inc_str bytes, path = inc_strf(arena, "%s/styles/%s", data_folder, sheets[i]);
        FUZZ_CHECK(inc_file_read(arena, path, 1 << 20, &bytes) == 0, "%s", sheets[i]);
        if (i)
            fuzz_file(arena, inc_str_of(data_folder), inc_strf(arena, "own/%s", sheets[i]), bytes);
        else
            write_base(arena, bytes);
    }
    FUZZ_CHECK(unlink(inc_strf(arena, "%s/styles", data_folder).p) == 0, "styles");
    FUZZ_CHECK(rename(inc_strf(arena, "%s/own", data_folder).p, inc_strf(arena, "%s/styles", data_folder).p) == 0, "styles");
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

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
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
    FUZZ_CHECK(result.output_count == 0 || result.output_count == 3, "%u files", result.output_count);
    for (unsigned i = 0; i < result.output_count; i++)
        check_output(&result.outputs[i], arena, out);
    inc_build_result_free(&result);
}
