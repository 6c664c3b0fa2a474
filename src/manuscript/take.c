/* take.c - line ranges and anchors. */
#include "manuscript/take.h"

#include "base/map.h"

inc_part inc_part_parse(inc_str s)
{
    inc_part part = {.anchor = INC_STR(""), .first = 1, .last = UINT64_MAX};
    bool has_end = inc_str_find_char(s, ':') != INC_NPOS;
    inc_str start = inc_str_cut(&s, ':'), end = inc_str_cut(&s, ':');
    uint64_t number;
    bool has_start = inc_str_to_uint(start, &number);
    if (!has_start && start.n) {
        part.anchor = start;
        return part;
    }
    if (has_start)
        part.first = INC_MAX(number, (uint64_t)1);
    if (has_start && !has_end)
        part.last = part.first;
    else if (has_end && inc_str_to_uint(end, &number))
        part.last = number;
    return part;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

/* The name behind the first `mark` in the line that has one, or "". */
static inc_str name_behind(inc_str line, inc_str mark)
{
    for (;;) {
        size_t at = inc_str_find(line, mark);
        if (at == INC_NPOS)
            return INC_STR("");
        size_t from = at + mark.n;
        while (from < line.n && (line.p[from] == ' ' || line.p[from] == '\t'))
            from++;
        size_t to = from;
        while (to < line.n && is_word(line.p[to]))
            to++;
        if (to > from)
            return inc_str_slice(line, from, to);
        line = inc_str_slice(line, at + mark.n, line.n);
    }
}

typedef struct taker {
    const inc_reading *r;
    uint32_t file;
    inc_str bytes;
    bool hide;
    inc_span helper;
    inc_text_builder out;
    bool begun;        /* a line is out: the next one needs the line end of the one before */
    uint32_t newline;  /* offset of that line end */
} taker;

/* A line of the file, out: shown, hidden, or left out. The line end is held back until another line follows. */
static void put_line(taker *t, size_t from, size_t to, bool shown)
{
    if (!shown && !t->hide)
        return;
    if (t->begun)
        inc_text_add_source(&t->out, t->r->sources, (inc_span){t->file, t->newline, 1});
    if (!shown)
        inc_text_add_generated(&t->out, INC_STR("# "), t->helper);
    inc_text_add_source(&t->out, t->r->sources, (inc_span){t->file, (uint32_t)from, (uint32_t)(to - from)});
    t->begun = true;
    t->newline = (uint32_t)to;
}

/* The end of the line that begins at `at`, without its line end. */
static size_t line_end(inc_str s, size_t at)
{
    const char *end = memchr(s.p + at, '\n', s.n - at);
    return end ? (size_t)(end - s.p) : s.n;
}

static inc_take_result take_lines(taker *t, const inc_part *part, uint64_t *line_count)
{
    uint64_t line = 0;
    for (size_t at = 0, end; at < t->bytes.n; at = end + 1) {
        end = line_end(t->bytes, at);
        line++;
        put_line(t, at, end, line >= part->first && line <= part->last);
    }
    *line_count = line;
    if (part->first > part->last || (part->first > line && part->first > 1))
        return INC_TAKE_NO_LINES;
    return part->last != UINT64_MAX && part->last > line ? INC_TAKE_FEW_LINES : INC_TAKE_OK;
}

static inc_take_result take_anchor(taker *t, inc_str anchor)
{
    bool inside = false, found = false;
    for (size_t at = 0, end; at < t->bytes.n; at = end + 1) {
        end = line_end(t->bytes, at);
        inc_str line = inc_str_slice(t->bytes, at, end);
        inc_str opened = name_behind(line, INC_STR("ANCHOR:"));
        inc_str closed = name_behind(line, INC_STR("ANCHOR_END:"));
        if (inside && inc_str_eq(closed, anchor)) {
            inside = false;
            if (!t->hide)
                return INC_TAKE_OK;
        } else if (!inside && inc_str_eq(opened, anchor))
            inside = found = true;
        else if (!opened.n && !closed.n)
            put_line(t, at, end, inside);
    }
    return inside ? INC_TAKE_OPEN_ANCHOR : found ? INC_TAKE_OK : INC_TAKE_NO_ANCHOR;
}

/* Remembers the names that some line opens. */
static inc_map opened_anchors(inc_reading *r, inc_str bytes)
{
    inc_map opened = inc_map_in(r->scratch);
    for (size_t at = 0, end; at < bytes.n; at = end + 1) {
        end = line_end(bytes, at);
        inc_str name = name_behind(inc_str_slice(bytes, at, end), INC_STR("ANCHOR:"));
        if (name.n)
            inc_map_put(&opened, name, r);
    }
    return opened;
}

inc_str inc_take_meant_end(inc_reading *r, uint32_t file, inc_str anchor)
{
    inc_str bytes = inc_sources_get(r->sources, file)->bytes, meant = INC_STR("");
    inc_map opened = opened_anchors(r, bytes);
    unsigned least = anchor.n < 4 ? 2 : 3; /* fewer letters than that are wrong */
    for (size_t at = 0, end; at < bytes.n; at = end + 1) {
        end = line_end(bytes, at);
        inc_str name = name_behind(inc_str_slice(bytes, at, end), INC_STR("ANCHOR_END:"));
        unsigned distance = name.n && !inc_map_has(&opened, name) ? inc_str_distance(anchor, name, least) : least;
        if (distance < least) {
            least = distance;
            meant = name;
        }
    }
    return meant;
}

inc_take_result inc_take(inc_reading *r, uint32_t file, const inc_part *part, bool hide, inc_span helper, inc_text *text, uint64_t *line_count)
{
    taker t = {
        .r = r,
        .file = file,
        .bytes = inc_sources_get(r->sources, file)->bytes,
        .hide = hide,
        .helper = helper,
        .out = inc_text_begin(r->scratch),
    };
    *line_count = 0;
    inc_take_result result = part->anchor.n ? take_anchor(&t, part->anchor) : take_lines(&t, part, line_count);
    *text = inc_text_finish(&t.out);
    return result;
}
