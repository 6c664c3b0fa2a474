/*
 * archive.c - the ZIP container (OCF 3.3, section 4.2) through libzip, in memory and then into the sink. The entries are deflated here:
 * libdeflate takes half the time that zlib, which libzip would use, takes for more bytes.
 */
#include <libdeflate.h>
#include <zip.h>

#include "base/guard.h"

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

static void free_compressor(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

/* ---- entries ---- */

typedef struct packed { /* what libzip asks for: an entry as it will stand in the file */
    inc_str bytes;
    size_t at;          /* read so far */
    uint64_t size;      /* not packed */
    uint32_t crc;
    zip_uint16_t method;
} packed;

static zip_int64_t describe(const packed *entry, void *data)
{
    zip_stat_t *status = data;
    zip_stat_init(status);
    status->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    status->size = entry->size;
    status->comp_size = entry->bytes.n;
    status->comp_method = entry->method;
    status->crc = entry->crc;
    return sizeof *status;
}

static zip_int64_t serve(void *context, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    packed *entry = context;
    size_t n = (size_t)INC_MIN(length, (zip_uint64_t)(entry->bytes.n - entry->at));
    switch (command) {
    case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_READABLE;
    case ZIP_SOURCE_OPEN: entry->at = 0; return 0;
    case ZIP_SOURCE_READ:
        if (n)
            memcpy(data, entry->bytes.p + entry->at, n);
        entry->at += n;
        return (zip_int64_t)n;
    case ZIP_SOURCE_STAT: return describe(entry, data);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_ERROR:
    case ZIP_SOURCE_FREE: return 0;
    default: return -1;
    }
}

static packed *pack(const inc_epub_entry *entry, struct libdeflate_compressor *deflate, inc_arena *arena)
{
    packed *made = INC_NEW(arena, packed);
    const char *bytes = entry->bytes.n ? entry->bytes.p : "";
    *made = (packed){.bytes = entry->bytes, .size = entry->bytes.n, .crc = libdeflate_crc32(0, bytes, entry->bytes.n), .method = ZIP_CM_STORE};
    if (entry->stored || !entry->bytes.n)
        return made;
    char *room = inc_alloc(arena, entry->bytes.n);
    size_t n = libdeflate_deflate_compress(deflate, bytes, entry->bytes.n, room, entry->bytes.n);
    if (n) { /* else it would not become smaller */
        made->bytes = (inc_str){inc_realloc(arena, room, entry->bytes.n, n), n};
        made->method = ZIP_CM_DEFLATE;
    }
    return made;
}

static bool add(zip_t *archive, packed *entry, const char *name)
{
    zip_source_t *source = zip_source_function(archive, serve, entry);
    if (!source)
        return false;
    zip_int64_t index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t i = (zip_uint64_t)index;
    /* Set as a DOS time, for zip_file_set_mtime goes through the local time zone. Attributes as from MS-DOS: no modes. */
    return zip_set_file_compression(archive, i, entry->method, 0) == 0 && zip_file_set_dostime(archive, i, 0, DOS_DATE_1980_01_01, 0) == 0 &&
           zip_file_set_external_attributes(archive, i, 0, ZIP_OPSYS_DOS, 0) == 0;
}

/* ---- the archive ---- */

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
    void **source = inc_defer(arena, free_source), **archive = inc_defer(arena, discard), **deflate = inc_defer(arena, free_compressor);
    *deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (!*deflate)
        inc_out_of_memory();
    *source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!*source)
        return fail(diags, "out of memory");
    *archive = zip_open_from_source(*source, ZIP_TRUNCATE, &error);
    if (!*archive)
        return fail(diags, zip_error_strerror(&error));
    zip_source_keep(*source); /* ours beside the archive's */
    for (size_t i = 0; i < n; i++)
        if (!add(*archive, pack(&entries[i], *deflate, arena), inc_cstr(arena, entries[i].name)))
            return fail(diags, zip_strerror(*archive));
    if (zip_close(*archive) != 0)
        return fail(diags, zip_strerror(*archive));
    *archive = NULL;
    bool good = pour(*source, sink);
    zip_source_free(*source);
    *source = NULL;
    return good || fail(diags, "reading it back failed");
}
