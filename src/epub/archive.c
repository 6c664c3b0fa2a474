/* archive.c - the ZIP container (OCF 3.3, section 4.2) through libzip, in memory and then into the sink. */
#include <zip.h>

#include "epub/book.h"

enum { DOS_DATE_1980_01_01 = 1 << 5 | 1, DEFLATE_LEVEL = 6 };

static void discard(void *archive)
{
    zip_discard(archive);
}

static void free_source(void *source)
{
    zip_source_free(source);
}

static bool add(zip_t *archive, const inc_epub_entry *entry, const char *name)
{
    zip_source_t *source = zip_source_buffer(archive, entry->bytes.p, entry->bytes.n, 0);
    if (!source)
        return false;
    zip_int64_t index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t i = (zip_uint64_t)index;
    bool stored = entry->stored || entry->bytes.n == 0;
    /* Set as a DOS time, for zip_file_set_mtime goes through the local time zone. Attributes as from MS-DOS: no modes.
     */
    return zip_set_file_compression(archive, i, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, stored ? 0 : DEFLATE_LEVEL) ==
               0 &&
           zip_file_set_dostime(archive, i, 0, DOS_DATE_1980_01_01, 0) == 0 &&
           zip_file_set_external_attributes(archive, i, 0, ZIP_OPSYS_DOS, 0) == 0;
}

static bool fail(inc_diags *diags, const char *what)
{
    inc_report(diags, INC_DIAG_INTERNAL, INC_NO_SPAN, "the EPUB could not be packed: %s", what);
    return false;
}

/* Copies the finished archive to the sink. */
static bool pour(zip_source_t *source, inc_sink *sink)
{
    char block[16384];
    if (zip_source_open(source) != 0)
        return false;
    zip_int64_t n;
    while ((n = zip_source_read(source, block, sizeof block)) > 0)
        inc_sink_write(sink, block, (size_t)n);
    zip_source_close(source);
    return n == 0;
}

bool inc_epub_archive(const inc_epub_entry *entries, size_t n, inc_arena *arena, inc_diags *diags, inc_sink *sink)
{
    zip_error_t error;
    zip_error_init(&error);
    void **source = inc_defer(arena, free_source), **archive = inc_defer(arena, discard);
    *source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!*source)
        return fail(diags, "out of memory");
    *archive = zip_open_from_source(*source, ZIP_TRUNCATE, &error);
    if (!*archive)
        return fail(diags, zip_error_strerror(&error));
    zip_source_keep(*source); /* ours beside the archive's */
    for (size_t i = 0; i < n; i++)
        if (!add(*archive, &entries[i], inc_cstr(arena, entries[i].name)))
            return fail(diags, zip_strerror(*archive));
    if (zip_close(*archive) != 0)
        return fail(diags, zip_strerror(*archive));
    *archive = NULL;
    bool good = pour(*source, sink);
    zip_source_free(*source);
    *source = NULL;
    return good || fail(diags, "reading it back failed");
}
