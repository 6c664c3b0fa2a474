/* pdf_tools.h - the book of pdf_book.h as a file, and what the tools that read PDFs say of it. */
#ifndef INC_TEST_PDF_TOOLS_H
#define INC_TEST_PDF_TOOLS_H

#include "pdf_book.h"

#include <sys/stat.h>
#include <unistd.h>

static inline inc_str write_pdf(book *b, inc_medium medium, unsigned jobs)
{
    inc_buf *out = INC_NEW(b->arena, inc_buf);
    *out = inc_buf_in(b->arena);
    inc_memory_sink sink = inc_memory_sink_to(out);
    inc_pdf_options options = {.medium = medium, .inks = medium == INC_PRINT ? test_inks(b->arena, false, INC_INK_TOTAL) : NULL, .producer = INC_STR("incipit 0.1.0"), .jobs = jobs};
    assert_true(inc_pdf_write(&b->pages, &options, b->arena, b->diags, &sink.sink));
    return inc_buf_str(out);
}

/* ---- outside tools ---- */

static inline bool installed(const char *tool)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", tool);
    if (system(command) == 0)
        return true;
    fprintf(stderr, "SKIPPED: %s is not installed\n", tool);
    return false;
}

/* The file's bytes under a temporary name; INCIPIT_KEEP_PDF names a folder to write to instead, for a look. */
static inline inc_str to_file(inc_arena *arena, inc_str bytes, const char *name)
{
    const char *keep = getenv("INCIPIT_KEEP_PDF");
    inc_str path = inc_strf(arena, "%s/%s%s", keep ? keep : "/tmp", keep ? "" : "incipit-XXXXXX-", name);
    int fd = keep ? -1 : mkstemps((char *)path.p, (int)strlen(name) + 1);
    FILE *file = keep ? fopen(path.p, "wb") : fdopen(fd, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    return path;
}

static inline void drop_file(inc_str path)
{
    if (!getenv("INCIPIT_KEEP_PDF"))
        unlink(path.p);
}

/* What a command says about a file, both streams; "%s" is the path. */
static inline inc_str say(inc_arena *arena, const char *format, inc_str path, int *status)
{
    inc_buf command = inc_buf_in(arena), out = inc_buf_in(arena);
    inc_str f = inc_str_of(format);
    size_t at = inc_str_find(f, INC_STR("%s"));
    inc_buf_add(&command, inc_str_slice(f, 0, at));
    inc_buf_add(&command, path);
    inc_buf_add(&command, inc_str_slice(f, at + 2, f.n));
    inc_buf_puts(&command, " 2>&1");
    FILE *pipe = popen(inc_cstr(arena, inc_buf_str(&command)), "r");
    assert_non_null(pipe);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
        inc_buf_add(&out, (inc_str){part, n});
    *status = pclose(pipe);
    return inc_buf_str(&out);
}

static inline bool contains(inc_str s, const char *what)
{
    return inc_str_find(s, inc_str_of(what)) != INC_NPOS;
}

static inline void assert_contains(inc_str s, const char *what)
{
    if (!contains(s, what))
        fail_msg("\"%s\" is missing in:\n%.*s", what, INC_STR_ARG(s));
}

static inline void assert_silent(inc_arena *arena, const char *tool, const char *format, inc_str path)
{
    int status;
    if (!installed(tool))
        return;
    inc_str said = say(arena, format, path, &status);
    inc_str notice = INC_STR("warning: ICC support is not available\n"); /* Debian's mutool says so of itself */
    if (inc_str_starts(said, notice))
        said = inc_str_slice(said, notice.n, said.n);
    bool silent = said.n == 0 || strcmp(tool, "qpdf") == 0; /* qpdf's status says it all */
    if (status || !silent)
        fail_msg("%s: %.*s", tool, INC_STR_ARG(said));
}

static inline void check_readers(inc_arena *arena, inc_str path)
{
    assert_silent(arena, "qpdf", "qpdf --check %s", path);
    assert_silent(arena, "mutool", "mutool draw -q -F txt -o /dev/null %s", path);
    assert_silent(arena, "mutool", "mutool draw -q -r 36 -F png -o /dev/null %s", path);
    assert_silent(arena, "pdftoppm", "pdftoppm -r 36 %s >/dev/null", path);
    assert_silent(arena, "gs", "gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=nullpage %s", path);
}

#endif
