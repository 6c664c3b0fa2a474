/* probe_haru.c - run at configure time: does this libharu's object layer behave as src/pdf/object.c needs it?
 * Exit status 0 yes; else the number of the first thing that does not. */
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <stdio.h>
#include <string.h>

static char file[65536];
static size_t size;
static HPDF_Stream out;

static HPDF_STATUS on_write(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
    if (s->attr != file || size + n >= sizeof file)
        return HPDF_FILE_IO_ERROR;
    memcpy(file + size, p, n);
    size += n;
    return HPDF_OK;
}

static HPDF_STATUS on_entries(HPDF_Dict dict, HPDF_Stream s)
{
    const char *text = dict->attr;
    out = s;
    return HPDF_Stream_Write(s, (const HPDF_BYTE *)text, (HPDF_UINT)strlen(text));
}

static HPDF_STATUS on_data(HPDF_Dict dict)
{
    static const char text[] = "\nstream\nhello\nendstream";
    (void)dict;
    return HPDF_Stream_Write(out, (const HPDF_BYTE *)text, sizeof text - 1);
}

static HPDF_Dict raw(HPDF_Doc doc, const char *entries)
{
    HPDF_Dict dict = HPDF_Dict_New(doc->mmgr);
    if (!dict || HPDF_Xref_Add(doc->xref, dict) != HPDF_OK)
        return NULL;
    dict->attr = (void *)entries;
    dict->write_fn = on_entries;
    return dict;
}

static int build(HPDF_Doc doc)
{
    HPDF_Pages node = HPDF_Doc_AddPagesTo(doc, doc->root_pages);
    HPDF_Dict page = raw(doc, "/MediaBox[0 0 99.125 99]"), stream = raw(doc, "/Length 5");
    if (!node || !page || !stream)
        return 2;
    stream->after_write_fn = on_data;
    if (HPDF_Dict_AddName(page, "Type", "Page") != HPDF_OK || HPDF_Pages_AddKids(node, page) != HPDF_OK)
        return 3;
    page->header.obj_class |= HPDF_OSUBCLASS_PAGE;
    if (HPDF_AddPageLabel(doc, 0, HPDF_PAGE_NUM_STYLE_LOWER_ROMAN, 1, NULL) != HPDF_OK)
        return 4;
    HPDF_Outline item = HPDF_CreateOutline(doc, NULL, "-", NULL);
    if (!item || HPDF_Dict_RemoveElement(item, "Title") != HPDF_OK || HPDF_Dict_RemoveElement(item, "Type") != HPDF_OK)
        return 5;
    item->attr = (void *)"/Title(own)";
    item->write_fn = on_entries;
    if (item->header.obj_id == 0 || doc->xref->entries->count < 6)
        return 6;
    return 0;
}

static int save(HPDF_Doc doc)
{
    HPDF_Stream s = HPDF_CallbackWriter_New(doc->mmgr, on_write, file);
    doc->trailer->attr = (void *)"/ID[<00><00>]";
    doc->trailer->write_fn = on_entries;
    if (!s || HPDF_Dict_Add(doc->trailer, "Root", doc->catalog) != HPDF_OK || HPDF_Dict_Add(doc->trailer, "Info", doc->info) != HPDF_OK)
        return 7;
    HPDF_STATUS status = HPDF_Xref_WriteToStream(doc->xref, s, NULL);
    int result = status == HPDF_OK && s->size == size ? 0 : 8;
    HPDF_Stream_Free(s);
    return result;
}

int main(void)
{
    static const char *const wanted[] = {"/MediaBox[0 0 99.125 99]", "/Length 5", "\nstream\nhello\nendstream", "/Title(own)", "/Count 1\n", "/Kids",
                                         "/PageLabels", "/S /r", "trailer", "/ID[<00><00>]", "startxref", "/Root "};
    HPDF_Doc doc = HPDF_New(NULL, NULL);
    int result = doc && doc->info && doc->catalog && doc->trailer ? build(doc) : 1;
    if (!result)
        result = save(doc);
    for (size_t i = 0; !result && i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(file, wanted[i]))
            result = 20 + (int)i;
    if (doc)
        HPDF_Free(doc);
    return result;
}
