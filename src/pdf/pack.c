/* pack.c - saving with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8). */
#include <stdio.h>

#include "base/guard.h"
#include "pdf/deflate.h"
#include "pdf/haru.h"

enum {
    OBJECTS_PER_STREAM = 200,
    ROW = 7, /* of the cross-reference stream: /W[1 4 2] */
};

inc_ref inc_pdf_first_virtual(inc_pdf *pdf)
{
    if (pdf->failed)
        return 0;
    return pdf->first_virtual = pdf->haru->xref->entries->count;
}

typedef struct row { /* of the cross-reference stream */
    uint8_t type;
    uint32_t where;
    uint16_t index;
} row;

typedef struct packer {
    inc_pdf *pdf;
    HPDF_Stream out, member; /* member: into `bodies` */
    row *rows;               /* by object number */
    inc_ref next;            /* for the object streams themselves */
    inc_deflate *deflate;
    inc_arena *scratch; /* of one object stream */
    inc_arena_mark scratch_mark;
    inc_buf index, bodies;
    unsigned count;          /* objects gathered */
    bool out_of_memory;
    HPDF_STATUS status;
} packer;

static HPDF_STATUS on_member(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
    packer *k = s->attr;
    const inc_str bytes = {(const char *)p, n};
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) {
        inc_buf_add(&k->bodies, bytes);
        inc_guard_leave(&guard);
    } else
        k->out_of_memory = true;
    return k->out_of_memory ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_OK;
}

static void begin_object(packer *k, inc_ref ref)
{
    char head[32];
    k->rows[ref] = (row){1, (uint32_t)k->pdf->out.size, 0};
    int n = snprintf(head, sizeof head, "%u 0 obj\n", ref);
    k->status = inc_haru_put(k->out, head, (size_t)n);
}

static void end_object(packer *k)
{
    if (k->status == HPDF_OK)
        k->status = inc_haru_put_str(k->out, INC_STR("\nendobj\n"));
}

static void begin_gathering(packer *k)
{
    inc_arena_reset(k->scratch, k->scratch_mark);
    k->index = k->bodies = inc_buf_in(k->scratch);
    k->count = 0;
}

static void flush_objects(packer *k)
{
    if (!k->count || k->status != HPDF_OK)
        return;
    inc_ref ref = k->next++;
    size_t first = k->index.n;
    inc_buf_add(&k->index, inc_buf_str(&k->bodies));
    inc_str data = inc_deflate_run(k->deflate, k->scratch, inc_buf_str(&k->index));
    begin_object(k, ref);
    char head[128];
    int n = snprintf(head, sizeof head, "<</Type/ObjStm/N %u/First %zu/Filter/FlateDecode/Length %zu>>\nstream\n", k->count, first, data.n);
    if (k->status == HPDF_OK)
        k->status = inc_haru_put(k->out, head, (size_t)n);
    if (k->status == HPDF_OK)
        k->status = inc_haru_put_str(k->out, data);
    if (k->status == HPDF_OK)
        k->status = inc_haru_put_str(k->out, INC_STR("\nendstream"));
    end_object(k);
    begin_gathering(k);
}

/* Announces the next member of the current object stream; its text follows in k->bodies. */
static void begin_member(packer *k, inc_ref ref)
{
    if (k->count == OBJECTS_PER_STREAM)
        flush_objects(k);
    /* the stream's own number is the one it gets when it is flushed: nothing else takes numbers meanwhile */
    k->rows[ref] = (row){2, k->next, (uint16_t)k->count};
    if (k->bodies.n)
        inc_buf_byte(&k->bodies, '\n');
    inc_buf_printf(&k->index, "%u %zu ", ref, k->bodies.n);
    k->count++;
}

static bool must_stand_alone(const inc_pdf *pdf, inc_ref ref, const void *object)
{
    HPDF_Doc haru = pdf->haru;
    if (object == haru->catalog || object == haru->info || object == haru->root_pages)
        return true;
    if (ref < pdf->bodies.n && pdf->bodies.v[ref])
        return pdf->bodies.v[ref]->stream;
    const HPDF_Obj_Header *header = object;
    return (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && ((HPDF_Dict)object)->stream;
}

static void pack_real(packer *k)
{
    HPDF_Xref xref = k->pdf->haru->xref;
    k->rows[0] = (row){0, 0, 65535};
    for (inc_ref ref = 1; ref < k->pdf->first_virtual && k->status == HPDF_OK; ref++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, ref);
        if (!entry || entry->entry_typ == HPDF_FREE_ENTRY)
            k->rows[ref] = (row){0, 0, 65535};
        else if (must_stand_alone(k->pdf, ref, entry->obj)) {
            begin_object(k, ref);
            if (k->status == HPDF_OK)
                k->status = HPDF_Obj_WriteValue(entry->obj, k->out, NULL);
            end_object(k);
        } else {
            begin_member(k, ref);
            if (k->status == HPDF_OK)
                k->status = HPDF_Obj_WriteValue(entry->obj, k->member, NULL);
        }
    }
    flush_objects(k);
}

static void pack_virtual(packer *k, const inc_pdf_virtual *objects)
{
    for (size_t i = 0; i < objects->count && k->status == HPDF_OK; i++) {
        begin_member(k, k->pdf->first_virtual + (inc_ref)i);
        objects->compose(objects->context, i, &k->bodies);
    }
    flush_objects(k);
}

/* The rows as bytes, each row as its difference from the one above (PNG's "up" predictor), deflated. */
static inc_str rows_data(packer *k, inc_ref n)
{
    unsigned char above[ROW] = {0}, *out = inc_alloc_array(k->pdf->arena, n, ROW + 1);
    for (inc_ref i = 0; i < n; i++) {
        row r = k->rows[i];
        unsigned char now[ROW] = {r.type, (unsigned char)(r.where >> 24), (unsigned char)(r.where >> 16), (unsigned char)(r.where >> 8),
                                  (unsigned char)r.where, (unsigned char)(r.index >> 8), (unsigned char)r.index};
        unsigned char *to = out + (size_t)i * (ROW + 1);
        to[0] = 2;
        for (int b = 0; b < ROW; b++)
            to[1 + b] = (unsigned char)(now[b] - above[b]);
        memcpy(above, now, ROW);
    }
    return inc_deflate_run(k->deflate, k->pdf->arena, (inc_str){(char *)out, (size_t)n * (ROW + 1)});
}

static void write_xref_stream(packer *k)
{
    inc_pdf *pdf = k->pdf;
    if (k->status != HPDF_OK)
        return;
    inc_ref self = k->next++;
    size_t at = pdf->out.size;
    begin_object(k, self);
    HPDF_Dict trailer = pdf->haru->trailer;
    if (k->status == HPDF_OK)
        k->status = HPDF_Dict_AddNumber(trailer, "Size", (HPDF_INT32)k->next);
    pdf->trailer.entries = INC_STR("/Type/XRef/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>/Filter/FlateDecode");
    pdf->trailer.data = rows_data(k, k->next);
    pdf->trailer.stream = true;
    if (k->status == HPDF_OK)
        k->status = HPDF_Obj_WriteValue(trailer, k->out, NULL);
    end_object(k);
    char tail[64];
    int n = snprintf(tail, sizeof tail, "startxref\n%zu\n%%%%EOF\n", at);
    if (k->status == HPDF_OK)
        k->status = inc_haru_put(k->out, tail, (size_t)n);
}

static void free_arena(void *handle)
{
    inc_arena_free(handle);
}

static void pack(packer *k, const inc_pdf_virtual *objects)
{
    inc_pdf *pdf = k->pdf;
    size_t numbers = (size_t)pdf->first_virtual + objects->count;
    /* behind all objects come the object streams, then the cross-reference stream */
    size_t most = numbers + numbers / OBJECTS_PER_STREAM + 4;
    if (most > INC_HARU_NUMBER_MAX) {
        inc_haru_fail(pdf, "too many objects", 0);
        return;
    }
    k->next = (inc_ref)numbers;
    k->rows = INC_NEW_N(pdf->arena, row, most);
    k->deflate = inc_deflate_new(pdf->arena);
    void **slot = inc_defer(pdf->arena, free_arena);
    k->scratch = *slot = inc_arena_new();
    k->scratch_mark = inc_arena_mark_get(k->scratch);
    begin_gathering(k);
    pack_real(k);
    pack_virtual(k, objects);
    write_xref_stream(k);
}

/* So that libharu's two streams are given back when memory runs out. */
static void pack_guarded(packer *k, const inc_pdf_virtual *objects)
{
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) {
        pack(k, objects);
        inc_guard_leave(&guard);
    } else
        k->status = HPDF_FAILD_TO_ALLOC_MEM;
}

bool inc_pdf_save_packed(inc_pdf *pdf, const char *version, const inc_pdf_virtual *objects, inc_sink *sink)
{
    if (!pdf->first_virtual)
        inc_pdf_first_virtual(pdf);
    packer *k = INC_NEW(pdf->arena, packer); /* first: behind the beginning nothing of ours is allocated without a guard */
    HPDF_Stream out = inc_haru_begin(pdf, version, sink);
    if (!out)
        return false;
    k->pdf = pdf;
    k->out = out;
    k->member = HPDF_CallbackWriter_New(pdf->haru->mmgr, on_member, k);
    k->status = k->member ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM;
    if (k->member)
        pack_guarded(k, objects);
    if (k->member)
        HPDF_Stream_Free(k->member);
    return inc_haru_end(pdf, out, k->status);
}
