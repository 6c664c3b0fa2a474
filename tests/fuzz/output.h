/* output.h - what every finished file must be, whatever went in: a quick look at the syntax, not a validator. */
#ifndef INC_FUZZ_OUTPUT_H
#define INC_FUZZ_OUTPUT_H

#include <zip.h>

#include "base/vec.h"
#include "fuzz.h"

/* The last startxref names a cross-reference table or stream, and the file is ended. */
static inline void fuzz_check_pdf(inc_str pdf)
{
    FUZZ_CHECK(inc_str_starts(pdf, INC_STR("%PDF-1.")), "no PDF");
    FUZZ_CHECK(inc_str_ends(inc_str_trim(pdf), INC_STR("%%EOF")), "a PDF without an end");
    size_t at = pdf.n;
    while (at > 0 && !inc_str_starts(inc_str_slice(pdf, at, pdf.n), INC_STR("startxref")))
        at--;
    inc_str rest = inc_str_slice(pdf, INC_MIN(at + 10, pdf.n), pdf.n);
    uint64_t offset = 0;
    FUZZ_CHECK(inc_str_to_uint(inc_str_trim(inc_str_cut(&rest, '\n')), &offset) && offset < pdf.n, "startxref leads nowhere");
    inc_str there = inc_str_slice(pdf, (size_t)offset, INC_MIN((size_t)offset + 32, pdf.n));
    FUZZ_CHECK(inc_str_starts(there, INC_STR("xref")) || inc_str_find(there, INC_STR(" 0 obj")) != INC_NPOS, "no cross-reference at %zu", (size_t)offset);
}

static inline size_t fuzz_name_end(inc_str xml, size_t at)
{
    while (at < xml.n && !strchr(" \t\n/>=", xml.p[at]))
        at++;
    return at;
}

/* The index behind `mark`, which must come. */
static inline size_t fuzz_behind(inc_str xml, size_t at, const char *mark, const char *file)
{
    size_t found = inc_str_find(inc_str_slice(xml, at, xml.n), inc_str_of(mark));
    FUZZ_CHECK(found != INC_NPOS, "%s: no %s after %zu", file, mark, at);
    return at + found + strlen(mark);
}

static inline void fuzz_check_reference(inc_str xml, size_t at, const char *file)
{
    size_t end = at + 1;
    while (end < xml.n && end < at + 12 && xml.p[end] != ';')
        end++;
    inc_str name = inc_str_slice(xml, at + 1, INC_MIN(end, xml.n));
    bool known = inc_str_is(name, "amp") || inc_str_is(name, "lt") || inc_str_is(name, "gt") || inc_str_is(name, "quot") || inc_str_is(name, "apos");
    FUZZ_CHECK(end < xml.n && xml.p[end] == ';' && (known || (name.n && name.p[0] == '#')), "%s: reference &%.*s", file, INC_STR_ARG(name));
}

/* A start tag from its name on: attributes once each, quoted, without '<'. Returns the index behind it; *empty: it ends with "/>". */
static inline size_t fuzz_check_tag(inc_str xml, size_t at, bool *empty, inc_arena *arena, const char *file)
{
    inc_map names = inc_map_in(arena);
    at = fuzz_name_end(xml, at);
    for (;;) {
        while (at < xml.n && strchr(" \t\n", xml.p[at]))
            at++;
        FUZZ_CHECK(at < xml.n, "%s: a tag without an end", file);
        *empty = xml.p[at] == '/';
        if (xml.p[at] == '>' || *empty)
            return at + 1 + *empty;
        size_t end = fuzz_name_end(xml, at);
        inc_str name = inc_str_slice(xml, at, end);
        FUZZ_CHECK(end > at && end + 1 < xml.n && xml.p[end] == '=' && xml.p[end + 1] == '"', "%s: attribute %.*s", file, INC_STR_ARG(name));
        FUZZ_CHECK(!inc_map_has(&names, name), "%s: attribute %.*s twice", file, INC_STR_ARG(name));
        inc_map_put(&names, name, &names);
        for (at = end + 2; at < xml.n && xml.p[at] != '"'; at++) {
            FUZZ_CHECK(xml.p[at] != '<', "%s: '<' in attribute %.*s", file, INC_STR_ARG(name));
            if (xml.p[at] == '&')
                fuzz_check_reference(xml, at, file);
        }
        at++;
    }
}

/* Well-formed XML as we write it (without CDATA, with double quotes), and no characters that XML forbids. */
static inline void fuzz_check_xml(inc_str xml, inc_arena *arena, const char *file)
{
    INC_VEC(inc_str) open = {0};
    FUZZ_CHECK(inc_utf8_invalid(xml) == INC_NPOS, "%s is not UTF-8", file);
    for (size_t at = 0; at < xml.n;) {
        inc_str here = inc_str_slice(xml, at, xml.n);
        FUZZ_CHECK((unsigned char)xml.p[at] >= 0x20 || strchr("\t\n\r", xml.p[at]), "%s: control character %d", file, xml.p[at]);
        FUZZ_CHECK(!inc_str_starts(here, INC_STR("\xEF\xBF\xBE")) && !inc_str_starts(here, INC_STR("\xEF\xBF\xBF")), "%s: a character XML has not", file);
        if (xml.p[at] == '&')
            fuzz_check_reference(xml, at, file);
        if (xml.p[at] != '<') {
            at++;
        } else if (inc_str_starts(here, INC_STR("<!--"))) {
            at = fuzz_behind(xml, at, "-->", file);
        } else if (inc_str_starts(here, INC_STR("<?")) || inc_str_starts(here, INC_STR("<!"))) {
            at = fuzz_behind(xml, at, ">", file);
        } else if (inc_str_starts(here, INC_STR("</"))) {
            inc_str name = inc_str_slice(xml, at + 2, fuzz_name_end(xml, at + 2));
            FUZZ_CHECK(open.n && inc_str_eq(open.v[open.n - 1], name), "%s: </%.*s> closes <%.*s>", file, INC_STR_ARG(name),
                       INC_STR_ARG(open.n ? open.v[open.n - 1] : INC_STR("")));
            open.n--;
            at = fuzz_behind(xml, at, ">", file);
        } else {
            bool empty;
            inc_str name = inc_str_slice(xml, at + 1, fuzz_name_end(xml, at + 1));
            at = fuzz_check_tag(xml, at + 1, &empty, arena, file);
            if (!empty)
                INC_PUSH(arena, &open, name);
        }
    }
    FUZZ_CHECK(!open.n, "%s: <%.*s> stays open", file, INC_STR_ARG(open.v[open.n - 1]));
}

static inline bool fuzz_is_xml(inc_str name)
{
    return inc_str_ends(name, INC_STR(".xhtml")) || inc_str_ends(name, INC_STR(".opf")) || inc_str_ends(name, INC_STR(".ncx")) || inc_str_ends(name, INC_STR(".xml"));
}

/* An archive that opens, its type first, its documents well-formed. */
static inline void fuzz_check_epub(inc_str epub, inc_arena *arena)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(epub.p, epub.n, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    FUZZ_CHECK(archive, "the EPUB does not open: %s", zip_error_strerror(&error));
    zip_int64_t n = zip_get_num_entries(archive, 0);
    FUZZ_CHECK(n > 3 && strcmp(zip_get_name(archive, 0, 0), "mimetype") == 0, "no mimetype");
    for (zip_uint64_t i = 0; i < (zip_uint64_t)n; i++) {
        zip_stat_t status;
        FUZZ_CHECK(zip_stat_index(archive, i, 0, &status) == 0, "entry %zu", (size_t)i);
        if (!fuzz_is_xml(inc_str_of(status.name)))
            continue;
        char *bytes = inc_alloc(arena, status.size);
        zip_file_t *file = zip_fopen_index(archive, i, 0);
        FUZZ_CHECK(file && zip_fread(file, bytes, status.size) == (zip_int64_t)status.size, "%s", status.name);
        zip_fclose(file);
        fuzz_check_xml((inc_str){bytes, status.size}, arena, status.name);
    }
    zip_discard(archive);
}

#endif
