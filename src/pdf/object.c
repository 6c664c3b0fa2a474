/*
 * object.c - object.h on libharu 2.3's object layer; the only file that includes <hpdf*.h>.
 *
 * Every dictionary and stream of ours is an HPDF_Dict without elements whose write_fn prints its body and whose after_write_fn prints
 * its data, so that any filter, a direct /Length and exact numbers are possible, and libharu's own serialisation of names, reals and
 * streams (fixed buffers, floats, no check of write errors) is passed by. cmake/ProbeHaru.cmake proves at configure time that this works.
 */
#include "pdf/object.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <stdio.h>

#include "base/guard.h"
#include "base/vec.h"
#include "pdf/deflate.h"

#if HPDF_VERSION_ID / 100 != 203 && HPDF_VERSION_ID / 100 != 204
#error "libharu 2.3 or 2.4 is needed: its internal structures are used"
#endif

enum {
    PAGES_PER_NODE = 50,  /* two levels of page tree */
    OBJECTS_PER_STREAM = 200,
    OUTPUT_BUFFER = 64 * 1024,
    OBJECT_ID_MAX = 8388607, /* libharu keeps 23 bits */
    ROW = 7,              /* of the cross-reference stream: /W[1 4 2] */
};

#define FILE_SIZE_MAX ((uint64_t)INT32_MAX) /* libharu counts in 32 bits */
#define NUMBER(dict) ((dict)->header.obj_id & 0x00FFFFFF)

typedef struct body { /* of one dictionary; its HPDF_Dict's attr */
    HPDF_Dict dict;
    inc_str entries, data;
    bool stream;
    HPDF_Stream out; /* where write_fn wrote, for after_write_fn, which is not told */
} body;

typedef struct output { /* bytes on their way to the sink: counted, hashed, gathered into large writes */
    inc_sink *sink;
    char *buffer;
    size_t fill;
    uint64_t size, hash_a, hash_b;
    bool out_of_memory, too_big;
} output;

struct inc_pdf {
    inc_arena *arena;
    inc_diags *diags;
    HPDF_Doc haru;
    INC_VEC(body *) bodies; /* by object number; NULL for libharu's own */
    size_t page_count;
    HPDF_Pages node;
    body catalog, info, trailer;
    inc_ref first_virtual;
    output out;
    bool failed;
};

/* ---- errors ---- */

static void fail(inc_pdf *pdf, const char *what, unsigned long status)
{
    if (pdf->failed)
        return;
    pdf->failed = true;
    if (status == HPDF_FAILD_TO_ALLOC_MEM)
        inc_report(pdf->diags, INC_DIAG_OUT_OF_MEMORY, INC_NO_SPAN, "memory ran out while writing the PDF (%s)", what);
    else if (status)
        inc_report(pdf->diags, INC_DIAG_INTERNAL, INC_NO_SPAN, "libharu failed with status 0x%04lX (%s)", status, what);
    else
        inc_report(pdf->diags, INC_DIAG_INTERNAL, INC_NO_SPAN, "the PDF could not be written: %s", what);
}

void inc_pdf_fail(inc_pdf *pdf, const char *what)
{
    fail(pdf, what, 0);
}

bool inc_pdf_ok(const inc_pdf *pdf)
{
    return !pdf->failed;
}

/* The status behind a NULL that libharu returned. */
static unsigned long why(const inc_pdf *pdf)
{
    unsigned long status = HPDF_GetError(pdf->haru);
    return status ? status : HPDF_FAILD_TO_ALLOC_MEM;
}

/* ---- dictionaries ---- */

static HPDF_STATUS put(HPDF_Stream s, const void *p, size_t n)
{
    const HPDF_BYTE *at = p;
    while (n) {
        HPDF_UINT part = (HPDF_UINT)INC_MIN(n, (size_t)1 << 24);
        HPDF_STATUS status = HPDF_Stream_Write(s, at, part);
        if (status != HPDF_OK)
            return status;
        at += part;
        n -= part;
    }
    return HPDF_OK;
}

static HPDF_STATUS put_str(HPDF_Stream s, inc_str str)
{
    return put(s, str.p, str.n);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream s)
{
    body *b = dict->attr;
    b->out = s;
    HPDF_STATUS status = put_str(s, b->entries);
    if (status == HPDF_OK && b->stream) {
        char length[48];
        int n = snprintf(length, sizeof length, "/Length %zu", b->data.n);
        status = put(s, length, (size_t)n);
    }
    return status;
}

static HPDF_STATUS write_data(HPDF_Dict dict)
{
    body *b = dict->attr;
    if (!b->stream)
        return HPDF_OK;
    HPDF_STATUS status = put_str(b->out, INC_STR("\nstream\n"));
    if (status == HPDF_OK)
        status = put_str(b->out, b->data);
    return status == HPDF_OK ? put_str(b->out, INC_STR("\nendstream")) : status;
}

static void hook(body *b, HPDF_Dict dict)
{
    b->dict = dict;
    dict->attr = b;
    dict->write_fn = write_entries;
    dict->after_write_fn = write_data;
}

/* Remembers the body of a dictionary that is in the cross-reference. */
static inc_ref enter(inc_pdf *pdf, HPDF_Dict dict)
{
    uint32_t number = NUMBER(dict);
    if (number >= OBJECT_ID_MAX) {
        fail(pdf, "too many objects", 0);
        return 0;
    }
    while (pdf->bodies.n <= number)
        INC_PUSH(pdf->arena, &pdf->bodies, NULL);
    body *b = INC_NEW(pdf->arena, body);
    hook(b, dict);
    pdf->bodies.v[number] = b;
    return number;
}

static HPDF_Dict new_dict(inc_pdf *pdf)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->haru->mmgr);
    if (!dict) {
        fail(pdf, "object", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    /* on failure Xref_Add frees the dictionary itself */
    if (HPDF_Xref_Add(pdf->haru->xref, dict) != HPDF_OK) {
        fail(pdf, "object", why(pdf));
        return NULL;
    }
    return dict;
}

inc_ref inc_pdf_object(inc_pdf *pdf)
{
    assert(!pdf->first_virtual);
    HPDF_Dict dict = pdf->failed ? NULL : new_dict(pdf);
    return dict ? enter(pdf, dict) : 0;
}

static body *body_of(inc_pdf *pdf, inc_ref ref)
{
    assert(pdf->failed || (ref < pdf->bodies.n && pdf->bodies.v[ref]));
    return pdf->failed ? NULL : pdf->bodies.v[ref];
}

void inc_pdf_fill(inc_pdf *pdf, inc_ref ref, inc_str entries)
{
    body *b = body_of(pdf, ref);
    if (b)
        b->entries = entries;
}

void inc_pdf_fill_stream(inc_pdf *pdf, inc_ref ref, inc_str entries, inc_str data)
{
    body *b = body_of(pdf, ref);
    if (b) {
        b->entries = entries;
        b->data = data;
        b->stream = true;
    }
}

void inc_pdf_catalog(inc_pdf *pdf, inc_str entries)
{
    pdf->catalog.entries = entries;
}

void inc_pdf_info(inc_pdf *pdf, inc_str entries)
{
    pdf->info.entries = entries;
}

/* ---- pages, labels, outline ---- */

inc_ref inc_pdf_page(inc_pdf *pdf)
{
    assert(!pdf->first_virtual);
    if (pdf->failed)
        return 0;
    if (pdf->page_count++ % PAGES_PER_NODE == 0) {
        pdf->node = HPDF_Doc_AddPagesTo(pdf->haru, pdf->haru->root_pages);
        if (!pdf->node) {
            fail(pdf, "page tree", why(pdf));
            return 0;
        }
    }
    HPDF_Dict page = new_dict(pdf);
    if (!page)
        return 0;
    HPDF_STATUS status = HPDF_Dict_AddName(page, "Type", "Page");
    if (status == HPDF_OK)
        status = HPDF_Pages_AddKids(pdf->node, page);
    if (status != HPDF_OK) {
        fail(pdf, "page", status);
        return 0;
    }
    page->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* what /Count counts */
    return enter(pdf, page);
}

void inc_pdf_page_labels(inc_pdf *pdf, uint32_t index, char style, uint32_t start)
{
    if (pdf->failed)
        return;
    HPDF_PageNumStyle haru_style = style == 'r' ? HPDF_PAGE_NUM_STYLE_LOWER_ROMAN : HPDF_PAGE_NUM_STYLE_DECIMAL;
    HPDF_STATUS status = HPDF_AddPageLabel(pdf->haru, index, haru_style, start, NULL);
    if (status != HPDF_OK)
        fail(pdf, "page labels", status);
}

inc_ref inc_pdf_outline_item(inc_pdf *pdf, inc_ref parent, bool open)
{
    assert(!pdf->first_virtual);
    body *above = parent ? body_of(pdf, parent) : NULL;
    if (pdf->failed)
        return 0;
    HPDF_Outline item = HPDF_CreateOutline(pdf->haru, above ? above->dict : NULL, "-", NULL);
    HPDF_STATUS status = item ? HPDF_Outline_SetOpened(item, open) : why(pdf);
    if (status == HPDF_OK)
        status = HPDF_Dict_RemoveElement(item, "Title"); /* ours is written from the body */
    if (status == HPDF_OK)
        status = HPDF_Dict_RemoveElement(item, "Type"); /* which says /Outlines: wrong for an item */
    if (status != HPDF_OK) {
        fail(pdf, "outline", status);
        return 0;
    }
    return enter(pdf, item);
}

/* ---- opening ---- */

static void close_haru(void *handle)
{
    HPDF_Free(handle);
}

inc_pdf *inc_pdf_open(inc_arena *arena, inc_diags *diags)
{
    inc_pdf *pdf = INC_NEW(arena, inc_pdf);
    pdf->arena = arena;
    pdf->diags = diags;
    pdf->out.buffer = inc_alloc(arena, OUTPUT_BUFFER);
    void **slot = inc_defer(arena, close_haru);
    pdf->haru = *slot = HPDF_New(NULL, NULL);
    if (!pdf->haru || !pdf->haru->info) {
        fail(pdf, "document", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    HPDF_Dict_RemoveElement(pdf->haru->info, "Producer");
    hook(&pdf->catalog, pdf->haru->catalog);
    hook(&pdf->info, pdf->haru->info);
    hook(&pdf->trailer, pdf->haru->trailer);
    return pdf;
}

/* ---- output ---- */

/* Two multiplicative hashes over the file's bytes make its /ID. */
static void hash_bytes(output *o, const unsigned char *p, size_t n)
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

static void flush(output *o)
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
    output *o = s->attr;
    if (o->size + n > FILE_SIZE_MAX)
        o->too_big = true;
    if (o->too_big || o->out_of_memory || !inc_sink_ok(o->sink))
        return HPDF_FILE_IO_ERROR;
    o->size += n;
    hash_bytes(o, p, n);
    while (n) {
        size_t part = INC_MIN((size_t)n, OUTPUT_BUFFER - o->fill);
        memcpy(o->buffer + o->fill, p, part);
        o->fill += part;
        p += part;
        n -= (HPDF_UINT)part;
        if (o->fill == OUTPUT_BUFFER)
            flush(o);
    }
    return HPDF_OK;
}

static HPDF_STATUS write_trailer(HPDF_Dict dict, HPDF_Stream s)
{
    body *b = dict->attr;
    inc_pdf *pdf = (inc_pdf *)((char *)b - offsetof(inc_pdf, trailer));
    char id[128];
    unsigned long long x = pdf->out.hash_a, y = pdf->out.hash_b;
    int n = snprintf(id, sizeof id, "/ID[<%016llX%016llX><%016llX%016llX>]", x, y, x, y);
    HPDF_STATUS status = put(s, id, (size_t)n);
    return status == HPDF_OK ? write_entries(dict, s) : status;
}

/* Opens the stream to the sink, writes the header and completes the trailer. */
static HPDF_Stream begin_file(inc_pdf *pdf, const char *version, inc_sink *sink)
{
    if (pdf->failed)
        return NULL;
    pdf->out.sink = sink;
    pdf->out.hash_a = 0xCBF29CE484222325u;
    pdf->out.hash_b = 0x2545F4914F6CDD1Du;
    HPDF_Stream s = HPDF_CallbackWriter_New(pdf->haru->mmgr, on_write, &pdf->out);
    if (!s) {
        fail(pdf, "output", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    pdf->trailer.dict->write_fn = write_trailer;
    HPDF_STATUS status = HPDF_Dict_Add(pdf->haru->trailer, "Root", pdf->haru->catalog);
    if (status == HPDF_OK)
        status = HPDF_Dict_Add(pdf->haru->trailer, "Info", pdf->haru->info);
    char header[32];
    int n = snprintf(header, sizeof header, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", version);
    if (status == HPDF_OK)
        status = put(s, header, (size_t)n);
    if (status != HPDF_OK)
        fail(pdf, "trailer", status);
    return s;
}

/* Empties the buffer and tells whether all went well; the sink's own errors are its owner's to report. */
static bool end_file(inc_pdf *pdf, HPDF_Stream s, HPDF_STATUS status)
{
    if (pdf->out.fill)
        flush(&pdf->out);
    HPDF_Stream_Free(s);
    if (pdf->out.out_of_memory)
        fail(pdf, "output", HPDF_FAILD_TO_ALLOC_MEM);
    else if (pdf->out.too_big)
        fail(pdf, "the file would be larger than 2 GiB", 0);
    else if (!inc_sink_ok(pdf->out.sink))
        pdf->failed = true;
    else if (status != HPDF_OK)
        fail(pdf, "saving", status);
    return !pdf->failed;
}

bool inc_pdf_save(inc_pdf *pdf, const char *version, inc_sink *sink)
{
    assert(!pdf->first_virtual);
    HPDF_Stream s = begin_file(pdf, version, sink);
    if (!s)
        return false;
    HPDF_STATUS status = pdf->failed ? HPDF_OK : HPDF_Xref_WriteToStream(pdf->haru->xref, s, NULL);
    return end_file(pdf, s, status);
}

/* ---- object streams ---- */

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
    k->status = put(k->out, head, (size_t)n);
}

static void end_object(packer *k)
{
    if (k->status == HPDF_OK)
        k->status = put_str(k->out, INC_STR("\nendobj\n"));
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
        k->status = put(k->out, head, (size_t)n);
    if (k->status == HPDF_OK)
        k->status = put_str(k->out, data);
    if (k->status == HPDF_OK)
        k->status = put_str(k->out, INC_STR("\nendstream"));
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
        k->status = put(k->out, tail, (size_t)n);
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
    if (most > OBJECT_ID_MAX) {
        fail(pdf, "too many objects", 0);
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
    HPDF_Stream out = begin_file(pdf, version, sink);
    if (!out)
        return false;
    packer *k = INC_NEW(pdf->arena, packer);
    k->pdf = pdf;
    k->out = out;
    k->member = HPDF_CallbackWriter_New(pdf->haru->mmgr, on_member, k);
    k->status = k->member ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM;
    if (!pdf->failed && k->member)
        pack_guarded(k, objects);
    if (k->member)
        HPDF_Stream_Free(k->member);
    return end_file(pdf, out, k->status);
}
