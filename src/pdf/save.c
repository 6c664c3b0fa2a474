/* save.c - the bytes of a file on their way to the sink, its /ID, and saving with a cross-reference table. */
#include <stdio.h>

#include "base/guard.h"
#include "pdf/haru.h"

#define FILE_SIZE_MAX ((uint64_t)INT32_MAX) /* libharu counts in 32 bits */

/* Two multiplicative hashes over the file's bytes make its /ID. */
static void hash_bytes(inc_haru_output *o, const unsigned char *p, size_t n)
{
    uint64_t a = o->hash_a, b = o->hash_b;
    for (size_t i = 0; i < n; i++) {
        a = (a ^ p[i]) * 0x100000001B3u;
        b = (b + p[i]) * 0x9E3779B97F4A7C15u;
        b ^= b >> 29;
    }
    o->hash_a = a;
    o->hash_b = b;
}

static void flush(inc_haru_output *o)
{
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) { /* a sink in memory may run out, below libharu's frames */
        inc_sink_write(o->sink, o->buffer, o->fill);
        inc_guard_leave(&guard);
    } else
        o->out_of_memory = true;
    o->fill = 0;
}

static HPDF_STATUS on_write(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
    inc_haru_output *o = s->attr;
    if (o->size + n > FILE_SIZE_MAX)
        o->too_big = true;
    if (o->too_big || o->out_of_memory || !inc_sink_ok(o->sink))
        return HPDF_FILE_IO_ERROR;
    o->size += n;
    hash_bytes(o, p, n);
    while (n) {
        size_t part = INC_MIN((size_t)n, INC_HARU_BUFFER - o->fill);
        memcpy(o->buffer + o->fill, p, part);
        o->fill += part;
        p += part;
        n -= (HPDF_UINT)part;
        if (o->fill == INC_HARU_BUFFER)
            flush(o);
    }
    return HPDF_OK;
}

static HPDF_STATUS write_trailer(HPDF_Dict dict, HPDF_Stream s)
{
    inc_haru_body *b = dict->attr;
    inc_pdf *pdf = (inc_pdf *)((char *)b - offsetof(inc_pdf, trailer));
    char id[128];
    unsigned long long x = pdf->out.hash_a, y = pdf->out.hash_b;
    int n = snprintf(id, sizeof id, "/ID[<%016llX%016llX><%016llX%016llX>]", x, y, x, y);
    HPDF_STATUS status = inc_haru_put(s, id, (size_t)n);
    return status == HPDF_OK ? inc_haru_write_entries(dict, s) : status;
}

HPDF_Stream inc_haru_begin(inc_pdf *pdf, const char *version, inc_sink *sink)
{
    if (pdf->failed)
        return NULL;
    pdf->out.sink = sink;
    pdf->out.hash_a = 0xCBF29CE484222325u;
    pdf->out.hash_b = 0x2545F4914F6CDD1Du;
    HPDF_Stream s = HPDF_CallbackWriter_New(pdf->haru->mmgr, on_write, &pdf->out);
    if (!s) {
        inc_haru_fail(pdf, "output", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    pdf->trailer.dict->write_fn = write_trailer;
    HPDF_STATUS status = HPDF_Dict_Add(pdf->haru->trailer, "Root", pdf->haru->catalog);
    if (status == HPDF_OK)
        status = HPDF_Dict_Add(pdf->haru->trailer, "Info", pdf->haru->info);
    char header[32];
    int n = snprintf(header, sizeof header, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", version);
    if (status == HPDF_OK)
        status = inc_haru_put(s, header, (size_t)n);
    if (status == HPDF_OK)
        return s;
    HPDF_Stream_Free(s); /* before the report, for which there may be no memory */
    inc_haru_fail(pdf, "trailer", status);
    return NULL;
}

bool inc_haru_end(inc_pdf *pdf, HPDF_Stream s, HPDF_STATUS status)
{
    if (pdf->out.fill)
        flush(&pdf->out);
    HPDF_Stream_Free(s);
    if (pdf->out.out_of_memory)
        inc_haru_fail(pdf, "output", HPDF_FAILD_TO_ALLOC_MEM);
    else if (pdf->out.too_big)
        inc_haru_fail(pdf, "the file would be larger than 2 GiB", 0);
    else if (!inc_sink_ok(pdf->out.sink))
        pdf->failed = true;
    else if (status != HPDF_OK)
        inc_haru_fail(pdf, "saving", status);
    return !pdf->failed;
}

bool inc_pdf_save(inc_pdf *pdf, const char *version, inc_sink *sink)
{
    assert(!pdf->first_virtual);
    HPDF_Stream s = inc_haru_begin(pdf, version, sink);
    if (!s)
        return false;
    return inc_haru_end(pdf, s, HPDF_Xref_WriteToStream(pdf->haru->xref, s, NULL));
}
