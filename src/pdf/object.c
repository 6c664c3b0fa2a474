/* object.c - object.h on libharu's object layer: dictionaries, the page tree, the outline. Saving is in save.c and pack.c. */
#include <stdio.h>

#include "pdf/haru.h"
#include "pdf/pdf.h"

enum { PAGES_PER_NODE = 50 /* two levels of page tree */ };

#define NUMBER(dict) ((dict)->header.obj_id & 0x00FFFFFF)

/* ---- errors ---- */

void inc_haru_fail(inc_pdf *pdf, const char *what, unsigned long status)
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
    inc_haru_fail(pdf, what, 0);
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

HPDF_STATUS inc_haru_put(HPDF_Stream s, const void *p, size_t n)
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

HPDF_STATUS inc_haru_put_str(HPDF_Stream s, inc_str str)
{
    return inc_haru_put(s, str.p, str.n);
}

HPDF_STATUS inc_haru_write_entries(HPDF_Dict dict, HPDF_Stream s)
{
    inc_haru_body *b = dict->attr;
    b->out = s;
    HPDF_STATUS status = inc_haru_put_str(s, b->entries);
    if (status == HPDF_OK && b->stream) {
        char length[48];
        int n = snprintf(length, sizeof length, "/Length %zu", b->data.n);
        status = inc_haru_put(s, length, (size_t)n);
    }
    return status;
}

static HPDF_STATUS write_data(HPDF_Dict dict)
{
    inc_haru_body *b = dict->attr;
    if (!b->stream)
        return HPDF_OK;
    HPDF_STATUS status = inc_haru_put_str(b->out, INC_STR("\nstream\n"));
    if (status == HPDF_OK)
        status = inc_haru_put_str(b->out, b->data);
    return status == HPDF_OK ? inc_haru_put_str(b->out, INC_STR("\nendstream")) : status;
}

static void hook(inc_haru_body *b, HPDF_Dict dict)
{
    b->dict = dict;
    dict->attr = b;
    dict->write_fn = inc_haru_write_entries;
    dict->after_write_fn = write_data;
}

/* Remembers the body of a dictionary that is in the cross-reference. */
static inc_ref enter(inc_pdf *pdf, HPDF_Dict dict)
{
    uint32_t number = NUMBER(dict);
    if (number >= INC_HARU_NUMBER_MAX) {
        inc_haru_fail(pdf, "too many objects", 0);
        return 0;
    }
    while (pdf->bodies.n <= number)
        INC_PUSH(pdf->arena, &pdf->bodies, NULL);
    inc_haru_body *b = INC_NEW(pdf->arena, inc_haru_body);
    hook(b, dict);
    pdf->bodies.v[number] = b;
    return number;
}

static HPDF_Dict new_dict(inc_pdf *pdf)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->haru->mmgr);
    if (!dict) {
        inc_haru_fail(pdf, "object", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    /* on failure Xref_Add frees the dictionary itself */
    if (HPDF_Xref_Add(pdf->haru->xref, dict) != HPDF_OK) {
        inc_haru_fail(pdf, "object", why(pdf));
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

static inc_haru_body *body_of(inc_pdf *pdf, inc_ref ref)
{
    assert(pdf->failed || (ref < pdf->bodies.n && pdf->bodies.v[ref]));
    return pdf->failed ? NULL : pdf->bodies.v[ref];
}

void inc_pdf_fill(inc_pdf *pdf, inc_ref ref, inc_str entries)
{
    inc_haru_body *b = body_of(pdf, ref);
    if (b)
        b->entries = entries;
}

void inc_pdf_fill_stream(inc_pdf *pdf, inc_ref ref, inc_str entries, inc_str data)
{
    inc_haru_body *b = body_of(pdf, ref);
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
            inc_haru_fail(pdf, "page tree", why(pdf));
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
        inc_haru_fail(pdf, "page", status);
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
        inc_haru_fail(pdf, "page labels", status);
}

inc_ref inc_pdf_outline_item(inc_pdf *pdf, inc_ref parent, bool open)
{
    assert(!pdf->first_virtual);
    inc_haru_body *above = parent ? body_of(pdf, parent) : NULL;
    if (pdf->failed)
        return 0;
    HPDF_Outline item = HPDF_CreateOutline(pdf->haru, above ? above->dict : NULL, "-", NULL);
    HPDF_STATUS status = item ? HPDF_Outline_SetOpened(item, open) : why(pdf);
    if (status == HPDF_OK)
        status = HPDF_Dict_RemoveElement(item, "Title"); /* ours is written from the body */
    if (status == HPDF_OK)
        status = HPDF_Dict_RemoveElement(item, "Type"); /* which says /Outlines: wrong for an item */
    if (status != HPDF_OK) {
        inc_haru_fail(pdf, "outline", status);
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
    pdf->out.buffer = inc_alloc(arena, INC_HARU_BUFFER);
    void **slot = inc_defer(arena, close_haru);
    pdf->haru = *slot = HPDF_New(NULL, NULL);
    if (!pdf->haru || !pdf->haru->info) {
        inc_haru_fail(pdf, "document", HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    HPDF_Dict_RemoveElement(pdf->haru->info, "Producer");
    hook(&pdf->catalog, pdf->haru->catalog);
    hook(&pdf->info, pdf->haru->info);
    hook(&pdf->trailer, pdf->haru->trailer);
    return pdf;
}

const char *inc_pdf_library_version(void)
{
    return HPDF_GetVersion();
}
