/* source.c - files, line tables and source-mapped text. */
#include "base/source.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

struct inc_sources {
    inc_arena *arena;
    INC_VEC(inc_source) files;
    inc_map by_path; /* path -> (void *)(file) */
};

inc_sources *inc_sources_new(inc_arena *arena)
{
    inc_sources *sources = INC_NEW(arena, inc_sources);
    sources->arena = arena;
    sources->by_path = inc_map_in(arena);
    return sources;
}

uint32_t inc_sources_add(inc_sources *sources, inc_str name, inc_str path, inc_str bytes)
{
    assert(bytes.n < UINT32_MAX);
    inc_source source = {.name = inc_str_dup(sources->arena, name), .path = inc_str_dup(sources->arena, path), .bytes = bytes};
    INC_PUSH(sources->arena, &sources->files, source);
    uint32_t file = (uint32_t)sources->files.n;
    inc_map_put(&sources->by_path, source.path, (void *)(uintptr_t)file);
    return file;
}

const inc_source *inc_sources_get(const inc_sources *sources, uint32_t file)
{
    return file && file <= sources->files.n ? &sources->files.v[file - 1] : NULL;
}

uint32_t inc_sources_find(const inc_sources *sources, inc_str path)
{
    return (uint32_t)(uintptr_t)inc_map_find(&sources->by_path, path);
}

void inc_sources_set_edits(inc_sources *sources, uint32_t file, const inc_edit *edits, uint32_t count)
{
    sources->files.v[file - 1].edits = edits;
    sources->files.v[file - 1].edit_count = count;
}

uint32_t inc_source_raw_offset(const inc_source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->edit_count; /* the edits before `low` begin at or before the offset */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->edits[middle].at <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? source->edits[low - 1].raw + (offset - source->edits[low - 1].at) : offset;
}

/* ---- who includes whom ---- */

void inc_sources_add_inclusion(inc_sources *sources, inc_span part, inc_span by)
{
    inc_source *source = &sources->files.v[part.file - 1];
    if (source->inclusion_count == INC_INCLUSIONS_MAX)
        return;
    if (source->inclusion_count == source->inclusion_cap)
        source->inclusions = inc_vec_grow(sources->arena, source->inclusions, &source->inclusion_cap, sizeof(inc_inclusion));
    source->inclusions[source->inclusion_count++] = (inc_inclusion){part.offset, part.offset + part.length, by};
}

bool inc_sources_includer(const inc_sources *sources, inc_span span, inc_span *by, uint32_t *others)
{
    const inc_source *source = inc_sources_get(sources, span.file);
    uint32_t found = 0;
    for (size_t i = 0; source && i < source->inclusion_count; i++) {
        const inc_inclusion *inclusion = &source->inclusions[i];
        if (span.offset < inclusion->from || span.offset > inclusion->to)
            continue;
        if (!inclusion->by.file)
            return false;
        if (!found++)
            *by = inclusion->by;
    }
    *others = found ? found - 1 : 0;
    return found > 0;
}

/* ---- lines and columns ---- */

enum { STRIDE = 1024 };

static bool begins_code_point(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The offset of each line, and how many code points stand before each STRIDE bytes: a file may be one line, with a finding at every word. */
static void build_lines(inc_sources *sources, inc_source *source)
{
    uint32_t code_points = 0;
    source->counts = INC_NEW_N(sources->arena, uint32_t, source->bytes.n / STRIDE + 1);
    for (size_t i = 0; i < source->bytes.n; i++) {
        if (i % STRIDE == 0)
            source->counts[i / STRIDE] = code_points;
        code_points += begins_code_point(source->bytes.p[i]);
    }
    if (source->bytes.n % STRIDE == 0)
        source->counts[source->bytes.n / STRIDE] = code_points;
    uint32_t n = 1;
    for (size_t i = 0; i < source->bytes.n; i++)
        n += source->bytes.p[i] == '\n';
    source->lines = INC_NEW_N(sources->arena, uint32_t, n);
    source->line_count = 1;
    for (size_t i = 0; i < source->bytes.n; i++)
        if (source->bytes.p[i] == '\n')
            source->lines[source->line_count++] = (uint32_t)i + 1;
}

/* The line (from 0) that holds the offset. */
static uint32_t line_at(const inc_source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        *(source->lines[middle] <= offset ? &low : &high) = middle;
    }
    return low;
}

/* Code points that begin before the offset. */
static uint32_t count_before(const inc_source *source, uint32_t offset)
{
    uint32_t n = source->counts[offset / STRIDE];
    for (uint32_t i = offset - offset % STRIDE; i < offset; i++)
        n += begins_code_point(source->bytes.p[i]);
    return n;
}

static uint32_t column_at(const inc_source *source, uint32_t line, uint32_t offset)
{
    return count_before(source, offset) - count_before(source, source->lines[line]) + 1;
}

inc_span inc_sources_find_char(const inc_sources *sources, inc_span span, uint32_t cp)
{
    const inc_source *source = inc_sources_get(sources, span.file);
    char bytes[4];
    inc_str wanted = {bytes, inc_utf8_encode(cp, bytes)};
    size_t at = source ? inc_str_find(inc_str_slice(source->bytes, span.offset, (size_t)span.offset + span.length), wanted) : INC_NPOS;
    return at == INC_NPOS ? span : (inc_span){span.file, span.offset + (uint32_t)at, (uint32_t)wanted.n};
}

bool inc_sources_place(inc_sources *sources, inc_span span, inc_place *place)
{
    if (!span.file)
        return false;
    inc_source *source = &sources->files.v[span.file - 1];
    if (!source->lines)
        build_lines(sources, source);
    uint32_t size = (uint32_t)source->bytes.n;
    uint32_t start = INC_MIN(span.offset, size), end = span.length > size - start ? size : start + span.length;
    uint32_t first = line_at(source, start), last = line_at(source, end);
    uint32_t stop = first + 1 < source->line_count ? source->lines[first + 1] - 1 : size;
    *place = (inc_place){
        .name = source->name,
        .line = first + 1,
        .column = column_at(source, first, start),
        .end_line = last + 1,
        .end_column = column_at(source, last, end),
        .offset = start,
        .end_offset = end,
        .line_offset = source->lines[first],
        .line_text = inc_str_slice(source->bytes, source->lines[first], stop),
    };
    return true;
}

/* The piece that holds the offset; there is at least one. */
static size_t piece_at(const inc_text *text, size_t offset)
{
    size_t low = 0, high = text->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(text->pieces[middle].at <= offset ? &low : &high) = middle;
    }
    return low;
}

inc_span inc_text_span(const inc_text *text, size_t from, size_t to)
{
    if (!text->piece_count)
        return INC_NO_SPAN;
    size_t low = piece_at(text, from);
    const inc_piece *piece = &text->pieces[low];
    size_t end = low + 1 < text->piece_count ? text->pieces[low + 1].at : text->bytes.n;
    size_t into = from - piece->at;
    if (piece->origin.length != end - piece->at) /* generated: all of it stands for one place */
        return piece->origin;
    size_t length = INC_MIN(to, end) - INC_MIN(from, INC_MIN(to, end));
    return (inc_span){piece->origin.file, piece->origin.offset + (uint32_t)into, (uint32_t)length};
}

inc_text_builder inc_text_begin(inc_arena *arena)
{
    return (inc_text_builder){.arena = arena, .bytes = inc_buf_in(arena)};
}

static void add_piece(inc_text_builder *b, inc_span origin, bool verbatim)
{
    inc_piece *last = b->n ? &b->pieces[b->n - 1] : NULL;
    bool last_verbatim = last && last->origin.file && last->origin.length == b->bytes.n - last->at;
    if (verbatim && last_verbatim && last->origin.file == origin.file
        && last->origin.offset + last->origin.length == origin.offset) {
        last->origin.length += origin.length;
        return;
    }
    if (b->n == b->cap)
        b->pieces = inc_vec_grow(b->arena, b->pieces, &b->cap, sizeof(inc_piece));
    b->pieces[b->n++] = (inc_piece){(uint32_t)b->bytes.n, origin};
}

void inc_text_add_source(inc_text_builder *b, const inc_sources *sources, inc_span span)
{
    if (!span.length)
        return;
    const inc_source *source = inc_sources_get(sources, span.file);
    add_piece(b, span, true);
    inc_buf_add(&b->bytes, inc_str_slice(source->bytes, span.offset, span.offset + span.length));
}

void inc_text_add_generated(inc_text_builder *b, inc_str bytes, inc_span place)
{
    if (!bytes.n)
        return;
    if (place.length == bytes.n)
        place.length = 0; /* or it would pass for verbatim bytes */
    add_piece(b, place, false);
    inc_buf_add(&b->bytes, bytes);
}

void inc_text_add_slice(inc_text_builder *b, const inc_text *from, size_t start, size_t end)
{
    if (start >= end)
        return;
    for (size_t i = piece_at(from, start); start < end; i++) {
        size_t piece_end = i + 1 < from->piece_count ? from->pieces[i + 1].at : from->bytes.n;
        size_t stop = INC_MIN(end, piece_end);
        const inc_piece *piece = &from->pieces[i];
        inc_str bytes = inc_str_slice(from->bytes, start, stop);
        if (piece->origin.length == piece_end - piece->at) {
            add_piece(b, (inc_span){piece->origin.file, piece->origin.offset + (uint32_t)(start - piece->at), (uint32_t)bytes.n}, true);
            inc_buf_add(&b->bytes, bytes);
        } else
            inc_text_add_generated(b, bytes, piece->origin);
        start = stop;
    }
}

inc_text inc_text_finish(inc_text_builder *b)
{
    return (inc_text){inc_buf_str(&b->bytes), b->pieces, b->n};
}

inc_text inc_text_of_source(inc_arena *arena, const inc_sources *sources, uint32_t file)
{
    const inc_source *source = inc_sources_get(sources, file);
    inc_piece *piece = INC_NEW(arena, inc_piece);
    *piece = (inc_piece){0, {file, 0, (uint32_t)source->bytes.n}};
    return (inc_text){source->bytes, piece, source->bytes.n ? 1 : 0};
}
