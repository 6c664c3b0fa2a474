/* meta.c - document information (ISO 32000-1, 14.3), XMP (ISO 16684-1), output intent. */
#include "pdf/meta.h"

#include <lcms2.h>
#include <stdio.h>

#include "base/guard.h"
#include "base/map.h"
#include "base/utf8.h"
#include "pdf/syntax.h"

/* ---- dates ---- */

typedef struct stamp {
    char iso[40], pdf[40]; /* "2026-01-31T12:00:00+02:00", "D:20260131120000+02'00'" */
} stamp;

static bool digits(inc_str s, size_t at, size_t n)
{
    if (at + n > s.n)
        return false;
    for (size_t i = at; i < at + n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

/* Completes an ISO 8601 date, with or without time and zone; false for anything else. */
static bool make_stamp(inc_str date, stamp *out)
{
    char whole[11] = "0000-01-01";
    if (date.n == 4 || date.n == 7) { /* a year, or a month of it */
        memcpy(whole, date.p, date.n);
        date = inc_str_of(whole);
    }
    if (!digits(date, 0, 4) || !digits(date, 5, 2) || !digits(date, 8, 2) || date.p[4] != '-' || date.p[7] != '-')
        return false;
    bool timed = date.n >= 19 && digits(date, 11, 2) && digits(date, 14, 2) && digits(date, 17, 2);
    inc_str time = timed ? inc_str_slice(date, 11, 19) : INC_STR("00:00:00");
    inc_str zone = timed && date.n >= 6 ? inc_str_slice(date, date.n - 6, date.n) : INC_STR("");
    bool offset = timed && date.n >= 25 && (zone.p[0] == '+' || zone.p[0] == '-') && digits(zone, 1, 2) && digits(zone, 4, 2);
    snprintf(out->iso, sizeof out->iso, "%.10sT%.8s%.6s", date.p, time.p, offset ? zone.p : "Z");
    snprintf(out->pdf, sizeof out->pdf, "D:%.4s%.2s%.2s%.2s%.2s%.2s", date.p, date.p + 5, date.p + 8, time.p, time.p + 3, time.p + 6);
    size_t n = strlen(out->pdf);
    if (offset)
        snprintf(out->pdf + n, sizeof out->pdf - n, "%.3s'%.2s'", zone.p, zone.p + 4);
    else
        snprintf(out->pdf + n, sizeof out->pdf - n, "Z");
    return true;
}

/* ---- Info ---- */

static void put_entry(inc_buf *out, const char *key, inc_str value)
{
    if (!value.n)
        return;
    inc_buf_puts(out, key);
    inc_pdf_put_text(out, value);
}

static inc_str info(const inc_pages *pages, inc_medium medium, inc_str producer, const stamp *date, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    put_entry(&out, "/Title", pages->title);
    put_entry(&out, "/Author", pages->author);
    put_entry(&out, "/Subject", pages->subject);
    put_entry(&out, "/Creator", producer);
    put_entry(&out, "/Producer", producer);
    if (date)
        inc_buf_printf(&out, "/CreationDate(%s)/ModDate(%s)", date->pdf, date->pdf);
    if (medium == INC_PRINT)
        inc_buf_puts(&out, "/Trapped/False");
    return inc_buf_str(&out);
}

/* ---- XMP ---- */

static void put_xml(inc_buf *out, inc_str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = inc_utf8_decode(text, at, &at);
        if (cp == '&')
            inc_buf_puts(out, "&amp;");
        else if (cp == '<')
            inc_buf_puts(out, "&lt;");
        else if (cp == '>')
            inc_buf_puts(out, "&gt;");
        else if (cp >= 0x20 && cp != 0xFFFE && cp != 0xFFFF)
            inc_buf_code_point(out, cp);
        else
            inc_buf_byte(out, ' ');
    }
}

static void put_property(inc_buf *out, const char *name, inc_str value)
{
    if (!value.n)
        return;
    inc_buf_printf(out, "<%s>", name);
    put_xml(out, value);
    inc_buf_printf(out, "</%s>\n", name);
}

/* An array of one item: container is "Alt" (with x-default), "Seq" or "Bag". */
static void put_array(inc_buf *out, const char *name, const char *container, inc_str value)
{
    if (!value.n)
        return;
    bool alt = container[0] == 'A';
    inc_buf_printf(out, "<%s><rdf:%s><rdf:li%s>", name, container, alt ? " xml:lang=\"x-default\"" : "");
    put_xml(out, value);
    inc_buf_printf(out, "</rdf:li></rdf:%s></%s>\n", container, name);
}

/* PDF/A wants a schema for the properties of another standard (ISO 19005-2, 6.6.2.3). */
static const char extension_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static void put_claims(inc_buf *out, inc_pdf_claims claims)
{
    if (claims.ua1)
        inc_buf_puts(out, "<pdfuaid:part>1</pdfuaid:part>\n");
    if (claims.a2a)
        inc_buf_puts(out, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n");
    if (claims.x4)
        inc_buf_puts(out, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n");
    if (claims.ua1 && claims.a2a)
        inc_buf_puts(out, extension_schema);
}

/* A name for the document that comes from what it says of itself, so that a rebuild keeps it. */
static void put_ids(inc_buf *out, const inc_pages *pages, inc_medium medium)
{
    inc_str parts[] = {pages->identifier, pages->title, pages->author, medium == INC_PRINT ? INC_STR("print") : INC_STR("screen")};
    uint64_t a = 1, b = 2;
    for (size_t i = 0; i < INC_COUNT(parts); i++) {
        a = (a ^ inc_hash(parts[i].p, parts[i].n)) * 0x9E3779B97F4A7C15u;
        b = (b + inc_hash(parts[i].p, parts[i].n)) * 0xD6E8FEB86659FD93u;
        b ^= b >> 32;
    }
    inc_buf_printf(out, "<xmpMM:DocumentID>uuid:%08x-%04x-8%03x-8%03x-%012llx</xmpMM:DocumentID>\n", (unsigned)(a >> 32),
                   (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF), (unsigned)(b >> 52), (unsigned long long)(b & 0xFFFFFFFFFFFFu));
    inc_buf_puts(out, "<xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n");
}

static inc_str xmp(const inc_pages *pages, inc_medium medium, inc_str producer, const stamp *date, inc_pdf_claims claims, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                       "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                       " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"");
    if (claims.ua1)
        inc_buf_puts(&out, "\n xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
    if (claims.x4)
        inc_buf_puts(&out, "\n xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"");
    if (claims.a2a)
        inc_buf_puts(&out, "\n xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                           " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    inc_buf_puts(&out, ">\n<dc:format>application/pdf</dc:format>\n");
    put_array(&out, "dc:title", "Alt", pages->title);
    put_array(&out, "dc:creator", "Seq", pages->author);
    put_array(&out, "dc:description", "Alt", pages->subject);
    put_array(&out, "dc:language", "Bag", pages->language);
    put_array(&out, "dc:publisher", "Bag", pages->publisher);
    put_array(&out, "dc:rights", "Alt", pages->rights);
    put_property(&out, "dc:identifier", pages->identifier);
    put_property(&out, "pdf:Producer", producer);
    put_property(&out, "xmp:CreatorTool", producer);
    if (medium == INC_PRINT)
        inc_buf_puts(&out, "<pdf:Trapped>False</pdf:Trapped>\n");
    if (date) {
        put_property(&out, "xmp:CreateDate", inc_str_of(date->iso));
        put_property(&out, "xmp:ModifyDate", inc_str_of(date->iso));
        put_property(&out, "xmp:MetadataDate", inc_str_of(date->iso));
    }
    put_ids(&out, pages, medium);
    put_claims(&out, claims);
    inc_buf_puts(&out, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return inc_buf_str(&out);
}

void inc_pdf_metadata(inc_pdf *pdf, inc_ref ref, const inc_pages *pages, inc_medium medium, inc_str producer, inc_pdf_claims claims,
                      inc_arena *arena)
{
    stamp date;
    bool dated = make_stamp(pages->date, &date);
    if (!dated && claims.x4) /* which must have a date; there is no clock here */
        dated = make_stamp(INC_STR("2000"), &date);
    inc_pdf_info(pdf, info(pages, medium, producer, dated ? &date : NULL, arena));
    inc_pdf_fill_stream(pdf, ref, INC_STR("/Type/Metadata/Subtype/XML"), xmp(pages, medium, producer, dated ? &date : NULL, claims, arena));
}

/* ---- output intent ---- */

/* An sRGB profile of ICC version 4.2 (ISO 15076-1:2005, as ISO 32000-1 and PDF/A-2 allow); the date, all that differs from run to run,
 * is fixed. Version 2 would write the curves as tables, which poppler inverts anew for each page: 40 ms of every page turned. */
static inc_str srgb_profile(inc_arena *arena)
{
    cmsContext context = cmsCreateContext(NULL, NULL);
    cmsHPROFILE profile = context ? cmsCreate_sRGBProfileTHR(context) : NULL;
    cmsUInt32Number size = 0;
    inc_str bytes = {0};
    if (profile) {
        cmsSetProfileVersion(profile, 4.2);
        cmsSaveProfileToMem(profile, NULL, &size);
    }
    inc_guard guard;
    char *volatile p = NULL;
    volatile bool out_of_memory = false;
    if (INC_GUARD(&guard) == 0) {
        p = inc_alloc(arena, size);
        inc_guard_leave(&guard);
    } else
        out_of_memory = true;
    if (p && size >= 128 && cmsSaveProfileToMem(profile, p, &size)) {
        static const unsigned char created[12] = {0x07, 0xEA, 0, 1, 0, 1}; /* 2026-01-01 00:00:00 */
        memcpy(p + 24, created, sizeof created);
        memset(p + 84, 0, 16); /* profile id: not computed */
        bytes = (inc_str){p, size};
    }
    if (profile)
        cmsCloseProfile(profile);
    if (context)
        cmsDeleteContext(context);
    if (out_of_memory)
        inc_out_of_memory();
    return bytes;
}

inc_ref inc_pdf_srgb_intent(inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena)
{
    inc_str profile = srgb_profile(arena);
    if (!profile.n)
        return 0;
    inc_ref stream = inc_pdf_object(pdf), intent = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, stream, INC_STR("/N 3/Alternate/DeviceRGB/Filter/FlateDecode"), inc_deflate_run(deflate, arena, profile));
    inc_pdf_fill(pdf, intent,
                 inc_strf(arena,
                          "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                          "/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %u 0 R",
                          stream));
    return intent;
}

inc_ref inc_pdf_print_intent(inc_pdf *pdf, const inc_inks *inks, inc_str condition, inc_deflate *deflate, inc_arena *arena)
{
    bool grey = inc_inks_are_grey(inks);
    inc_str profile = inc_inks_profile(inks), description = inc_inks_description(inks);
    inc_ref stream = inc_pdf_object(pdf), intent = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, stream, grey ? INC_STR("/N 1/Alternate/DeviceGray/Filter/FlateDecode") : INC_STR("/N 4/Alternate/DeviceCMYK/Filter/FlateDecode"),
                        inc_deflate_run(deflate, arena, profile));
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "/Type/OutputIntent/S/GTS_PDFX");
    put_entry(&out, "/OutputConditionIdentifier", condition.n ? condition : INC_STR("Custom"));
    put_entry(&out, "/Info", description.n ? description : condition.n ? condition : INC_STR("Custom"));
    if (condition.n)
        put_entry(&out, "/RegistryName", INC_STR("http://www.color.org"));
    inc_buf_printf(&out, "/DestOutputProfile %u 0 R", stream);
    inc_pdf_fill(pdf, intent, inc_buf_str(&out));
    return intent;
}
