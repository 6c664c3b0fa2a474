/* summary.c - the grammar of SUMMARY.md over the events of md4c. */
#include "manuscript/summary.h"

#include <md4c.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    SIZE_LARGEST = 4 << 20,
    ITEMS_MOST = 20000,
    ERRORS_MOST = 100,
    NEAR = 4096, /* bytes searched for the ends of a line or a link, so that one endless line costs no more */
    PATH_LONGEST = 4096,
    DEPTH_MOST = 16, /* of nested lists; mdBook's readers rarely see more than three */
};

/* ---- SUMMARY.md as a flat list of events, which the grammar below reads with one event of look-ahead ---- */

typedef enum event_kind { OPEN, CLOSE, RULE, WORDS } event_kind;
typedef enum tag { LIST, ITEM, HEADING_1, PARAGRAPH, LINK, HTML, CODE, OTHER } tag; /* CODE: of WORDS alone */

typedef struct event {
    event_kind kind;
    tag tag;
    inc_str text;  /* WORDS: the words; OPEN LINK: its target */
    uint32_t from; /* about where it stands; exact for WORDS */
} event;

typedef struct parser {
    inc_reading *r;
    uint32_t file;
    inc_str text;
    INC_VEC(event) events;
    uint32_t reached; /* behind the last words or target seen */
    unsigned in_image;
    size_t at;        /* next event */
    inc_map paths;    /* path -> (void *)(index of its item + 1) */
    INC_VEC(inc_item) items;
    unsigned errors;
    uint32_t numbers[DEPTH_MOST]; /* the section number so far */
} parser;

static bool within(const parser *p, const char *s)
{
    return (uintptr_t)s >= (uintptr_t)p->text.p && (uintptr_t)s <= (uintptr_t)(p->text.p + p->text.n);
}

/* True when the target stands in "(...)" behind `from`, not in a reference's definition. */
static bool is_inline_target(const parser *p, inc_str target, size_t from)
{
    if (!target.n || !within(p, target.p))
        return false;
    size_t at = (size_t)(target.p - p->text.p);
    while (at > from && (p->text.p[at - 1] == ' ' || p->text.p[at - 1] == '<'))
        at--;
    return at > from && p->text.p[at - 1] == '(';
}

static int add(parser *p, event_kind kind, tag of, inc_str text)
{
    inc_guard guard; /* md4c is above us */
    if (INC_GUARD(&guard) != 0)
        return -1;
    event e = {kind, of, text, p->reached};
    if (kind == WORDS && text.n && within(p, text.p)) {
        e.from = (uint32_t)(text.p - p->text.p);
        p->reached = e.from + (uint32_t)text.n;
    } else if (is_inline_target(p, text, p->reached))
        p->reached = (uint32_t)(text.p - p->text.p + (ptrdiff_t)text.n);
    else if (text.n && !within(p, text.p))
        e.text = inc_str_dup(p->r->scratch, text); /* md4c's own buffer does not last */
    INC_PUSH(p->r->scratch, &p->events, e);
    inc_guard_leave(&guard);
    return 0;
}

static tag tag_of(MD_BLOCKTYPE type, void *detail)
{
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        return LIST;
    case MD_BLOCK_LI:
        return ITEM;
    case MD_BLOCK_P:
        return PARAGRAPH;
    case MD_BLOCK_HTML:
        return HTML;
    case MD_BLOCK_H:
        return ((MD_BLOCK_H_DETAIL *)detail)->level == 1 ? HEADING_1 : OTHER;
    default:
        return OTHER;
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    if (type == MD_BLOCK_DOC)
        return 0;
    return add(data, type == MD_BLOCK_HR ? RULE : OPEN, tag_of(type, detail), INC_STR(""));
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    if (type == MD_BLOCK_DOC || type == MD_BLOCK_HR)
        return 0;
    return add(data, CLOSE, tag_of(type, detail), INC_STR(""));
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    parser *p = data;
    p->in_image += type == MD_SPAN_IMG;
    if (type != MD_SPAN_A || p->in_image)
        return 0;
    const MD_ATTRIBUTE *href = &((MD_SPAN_A_DETAIL *)detail)->href;
    inc_str target = {href->text ? href->text : "", href->size};
    if (target.n > PATH_LONGEST) /* cut: it names no file, and a reference may be used a thousand times */
        target.n = PATH_LONGEST + 1;
    return add(p, OPEN, LINK, target);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    (void)detail;
    parser *p = data;
    p->in_image -= type == MD_SPAN_IMG;
    return type == MD_SPAN_A && !p->in_image ? add(p, CLOSE, LINK, INC_STR("")) : 0;
}

/* &#233; and &#xE9;, as UTF-8; s as it is when it is neither. */
static inc_str numeric_entity(inc_str s, char bytes[4])
{
    bool hex = s.n > 3 && (s.p[2] == 'x' || s.p[2] == 'X');
    uint32_t cp = 0;
    for (size_t i = hex ? 3 : 2; i + 1 < s.n && cp <= 0x10FFFF; i++) {
        char c = s.p[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a' + 10);
        cp = cp * (hex ? 16 : 10) + digit;
    }
    return (inc_str){bytes, inc_utf8_encode(cp < ' ' ? INC_REPLACEMENT : cp, bytes)};
}

/* The few entities a title is likely to have; md4c leaves all of them to us. */
static inc_str entity(inc_str s, char bytes[4])
{
    static const struct {
        const char *name, *text;
    } known[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\xC2\xA0"}, {"&shy;", "\xC2\xAD"},
                 {"&copy;", "\xC2\xA9"}, {"&reg;", "\xC2\xAE"}, {"&trade;", "\xE2\x84\xA2"}, {"&ndash;", "\xE2\x80\x93"},
                 {"&mdash;", "\xE2\x80\x94"}, {"&hellip;", "\xE2\x80\xA6"}, {"&lsquo;", "\xE2\x80\x98"}, {"&rsquo;", "\xE2\x80\x99"},
                 {"&ldquo;", "\xE2\x80\x9C"}, {"&rdquo;", "\xE2\x80\x9D"}, {"&apos;", "'"}};
    if (s.n > 3 && s.p[1] == '#')
        return numeric_entity(s, bytes);
    for (size_t i = 0; i < INC_COUNT(known); i++)
        if (inc_str_is(s, known[i].name))
            return inc_str_of(known[i].text);
    return s;
}

static int words(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    parser *p = data;
    inc_str s = {text, size};
    char bytes[4];
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        return add(p, WORDS, OTHER, INC_STR(" "));
    case MD_TEXT_HTML:
        return 0;
    case MD_TEXT_ENTITY:
        return add(p, WORDS, OTHER, entity(s, bytes));
    default:
        return add(p, WORDS, type == MD_TEXT_CODE ? CODE : OTHER, s);
    }
}

static void collect_events(parser *p)
{
    MD_PARSER md = {.enter_block = enter_block, .leave_block = leave_block, .enter_span = enter_span, .leave_span = leave_span, .text = words};
    if (md_parse(p->text.p, (MD_SIZE)p->text.n, &md, p) != 0)
        inc_out_of_memory(); /* ours in a callback, or md4c's own */
}

/* ---- reading events ---- */

/* The next event; NULL at the end, or when so much is wrong that the rest is not worth reading. */
static const event *peek(const parser *p)
{
    return p->at < p->events.n && p->errors < ERRORS_MOST ? &p->events.v[p->at] : NULL;
}

static bool opens(const event *e, tag of)
{
    return e && e->kind == OPEN && e->tag == of;
}

/* Behind the CLOSE of the OPEN at p->at. */
static void skip(parser *p)
{
    size_t depth = 0;
    do {
        event_kind kind = p->events.v[p->at++].kind;
        depth += kind == OPEN;
        depth -= kind == CLOSE;
    } while (depth && p->at < p->events.n);
}

/* The words within the OPEN at p->at, which is skipped. *words_at: where the first of them stands. */
static inc_str flatten(parser *p, uint32_t *words_at)
{
    size_t from = p->at, first = 0;
    skip(p);
    inc_buf out = inc_buf_in(p->r->arena);
    for (size_t i = from; i < p->at; i++) {
        const event *e = &p->events.v[i];
        if (e->kind != WORDS)
            continue;
        first = first ? first : i;
        inc_buf_add(&out, e->text);
    }
    *words_at = p->events.v[first ? first : from].from;
    return inc_str_trim(inc_buf_str(&out));
}

/* Without the blanks around the title: they are whole stretches, or at the ends of two. */
static void trim_words(inc_item *item)
{
    while (item->word_count && !inc_str_trim(item->words[item->word_count - 1].text).n)
        item->word_count--;
    while (item->word_count && !inc_str_trim(item->words->text).n)
        item->words++, item->word_count--;
    if (!item->word_count)
        return;
    inc_str *first = &item->words->text, *last = &item->words[item->word_count - 1].text, kept = inc_str_trim(*first);
    *first = (inc_str){kept.p, first->n - (size_t)(kept.p - first->p)};
    kept = inc_str_trim(*last);
    last->n = (size_t)(kept.p - last->p) + kept.n;
}

/* The stretches of the title whose events begin with `from` and have been read. */
static void find_words(parser *p, size_t from, inc_item *item)
{
    size_t n = 0;
    bool code = false;
    for (size_t i = from; i < p->at; i++) {
        n += p->events.v[i].kind == WORDS;
        code |= p->events.v[i].kind == WORDS && p->events.v[i].tag == CODE;
    }
    if (!code)
        return;
    item->words = INC_NEW_N(p->r->arena, inc_words, n);
    for (size_t i = from; i < p->at; i++)
        if (p->events.v[i].kind == WORDS)
            item->words[item->word_count++] = (inc_words){inc_str_dup(p->r->arena, p->events.v[i].text), p->events.v[i].tag == CODE};
    trim_words(item);
}

/* The line that holds the offset, without its white space: the place of what went wrong there. */
static inc_span line_span(const parser *p, uint32_t offset)
{
    size_t from = INC_MIN(offset, p->text.n), to = from;
    while (from > 0 && offset - from < NEAR && p->text.p[from - 1] != '\n')
        from--;
    while (to < p->text.n && to - offset < NEAR && p->text.p[to] != '\n')
        to++;
    inc_str line = inc_str_slice(p->text, from, to), trimmed = inc_str_trim(line);
    return (inc_span){p->file, (uint32_t)(trimmed.n ? trimmed.p - p->text.p : (ptrdiff_t)from), (uint32_t)trimmed.n};
}

/* Where the next event stands. md4c gives places to words only: the first words in it, else the line behind the words before it. */
static inc_span place_here(const parser *p)
{
    for (size_t i = p->at; i < p->events.n && p->events.v[i].kind != CLOSE && p->events.v[i].kind != RULE; i++)
        if (p->events.v[i].kind == WORDS)
            return line_span(p, p->events.v[i].from);
    uint32_t start = p->at < p->events.n ? p->events.v[p->at].from : (uint32_t)p->text.n, offset = start;
    while (offset > 0 && offset < p->text.n && offset - start < NEAR && p->text.p[offset] != '\n')
        offset++;
    while (offset < p->text.n && (p->text.p[offset] == '\n' || p->text.p[offset] == ' '))
        offset++;
    return line_span(p, offset);
}

/* Too much is wrong, or too much is there: nothing more is read. */
static void give_up(parser *p)
{
    p->at = p->events.n;
}

static inc_diag *bad(parser *p, inc_span span, const char *message)
{
    p->errors++;
    return inc_report(p->r->diags, INC_DIAG_BAD_SUMMARY, span, "%s", message);
}

/* ---- entries ---- */

/* From the "[" before the link's words to the ")" behind its target; another kind of link (a reference) gives its whole line. */
static inc_span link_span(const parser *p, uint32_t words_at, inc_str target)
{
    inc_str s = p->text;
    size_t from = INC_MIN((size_t)words_at, s.n);
    while (from > 0 && words_at - from < NEAR && s.p[from - 1] != '[' && s.p[from - 1] != '\n')
        from--;
    if (from == 0 || s.p[from - 1] != '[')
        return line_span(p, words_at);
    size_t to = from--;
    if (is_inline_target(p, target, from))
        to = (size_t)(target.p - s.p) + target.n;
    size_t stop = INC_MIN(s.n, to + NEAR);
    while (to < stop && s.p[to] != '\n' && s.p[to] != ')')
        to++;
    to += to < s.n && s.p[to] == ')';
    return (inc_span){p->file, (uint32_t)from, (uint32_t)(to - from)};
}

/* The target as mdBook reads it: a path, with "%20" for spaces. */
static inc_str decode_path(parser *p, inc_str target)
{
    inc_buf out = inc_buf_in(p->r->arena);
    for (size_t i = 0; i < target.n; i++) {
        bool space = i + 2 < target.n && memcmp(target.p + i, "%20", 3) == 0;
        inc_buf_byte(&out, space ? ' ' : target.p[i]);
        i += space ? 2 : 0;
    }
    return inc_path_normalise(p->r->arena, inc_buf_str(&out));
}

/* The same file twice: an error, and its first place is the hint. The second entry stays, as a draft would. */
static bool is_new(parser *p, inc_str path, inc_span span)
{
    size_t known = (size_t)(uintptr_t)inc_map_find(&p->paths, path);
    if (!known) {
        inc_map_put(&p->paths, path, (void *)(uintptr_t)(p->items.n + 1));
        return true;
    }
    p->errors++;
    inc_diag *diag = inc_report(p->r->diags, INC_DIAG_DUPLICATE_CHAPTER, span, "'%.*s' is listed twice", INC_STR_ARG(path));
    inc_place first;
    if (inc_sources_place(p->r->sources, p->items.v[known - 1].span, &first))
        diag->hint = inc_strf(p->r->diags->arena, "it is first listed in line %u", first.line);
    return false;
}

static void add_item(parser *p, inc_item item)
{
    if (!item.title.p)
        item.title = INC_STR("");
    if (!item.path.p)
        item.path = INC_STR("");
    INC_PUSH(p->r->arena, &p->items, item);
    if (p->items.n == ITEMS_MOST) {
        bad(p, item.span, "more than 20,000 entries are not read");
        give_up(p);
    }
}

/* The LINK at p->at. */
static void add_link(parser *p, inc_item_place place, unsigned depth)
{
    inc_str target = p->events.v[p->at].text;
    inc_item item = {.kind = INC_ITEM_CHAPTER, .place = place, .depth = (uint8_t)depth};
    inc_span here = place_here(p);
    uint32_t words_at = 0;
    size_t from = p->at;
    item.title = flatten(p, &words_at);
    find_words(p, from, &item);
    if (item.title.n)
        item.span = link_span(p, words_at, target);
    else
        item.span = target.n && within(p, target.p) ? link_span(p, (uint32_t)(target.p - p->text.p), target) : here;
    if (target.n > PATH_LONGEST)
        bad(p, item.span, "this path is too long");
    else if (target.n) {
        inc_str path = decode_path(p, target);
        if (is_new(p, path, item.span))
            item.path = path;
    }
    if (place == INC_PLACE_NUMBERED) {
        item.number = INC_NEW_N(p->r->arena, uint32_t, depth + 1);
        memcpy(item.number, p->numbers, (depth + 1) * sizeof(uint32_t));
    }
    if (!item.title.n)
        bad(p, item.span, "this entry has no title");
    add_item(p, item);
}

static void add_separator(parser *p, inc_item_place place)
{
    inc_span span = place_here(p);
    p->at++;
    add_item(p, (inc_item){.kind = INC_ITEM_SEPARATOR, .place = place, .span = span});
}

/* ---- the grammar ---- */

static void read_title(parser *p, inc_str *title)
{
    while (opens(peek(p), HTML))
        skip(p);
    uint32_t at;
    *title = opens(peek(p), HEADING_1) ? flatten(p, &at) : INC_STR("");
}

/* Prefix or suffix: links wherever they stand, rules, and nothing else. */
static void read_affix(parser *p, inc_item_place place)
{
    for (const event *e = peek(p); e; e = peek(p)) {
        if (opens(e, LIST) || opens(e, HEADING_1)) {
            if (place == INC_PLACE_PREFIX)
                return;
            bad(p, place_here(p), opens(e, LIST) ? "a list cannot follow the suffix chapters" : "a part cannot follow the suffix chapters")->hint =
                INC_STR("a paragraph after the numbered chapters begins the suffix; move it to the end");
            skip(p);
        } else if (opens(e, LINK))
            add_link(p, place, 0);
        else if (e->kind == RULE)
            add_separator(p, place);
        else
            p->at++;
    }
}

/* The ITEM at p->at, up to and with its link. An item without one is skipped whole. */
static void read_item(parser *p, unsigned depth)
{
    size_t item = p->at++;
    while (opens(peek(p), PARAGRAPH) || opens(peek(p), HTML)) {
        if (opens(peek(p), HTML))
            skip(p);
        else
            p->at++;
    }
    if (opens(peek(p), LINK)) {
        p->numbers[depth]++;
        if (depth + 1 < DEPTH_MOST)
            p->numbers[depth + 1] = 0;
        add_link(p, INC_PLACE_NUMBERED, depth);
        return;
    }
    bad(p, place_here(p), "a list item must begin with a link")->hint = INC_STR("write \"- [Title](file.md)\", or \"- [Title]()\" for a draft");
    p->at = item;
    skip(p);
}

/* The LIST at p->at with the lists in it. Recursion is no deeper than DEPTH_MOST. */
static void read_list(parser *p, unsigned depth)
{
    if (depth == DEPTH_MOST) {
        bad(p, place_here(p), "chapters are nested too deep");
        skip(p);
        return;
    }
    p->at++;
    for (const event *e = peek(p); e; e = peek(p)) {
        if (opens(e, ITEM))
            read_item(p, depth);
        else if (opens(e, LIST))
            read_list(p, depth + 1);
        else {
            p->at++;
            if (e->kind == CLOSE && e->tag == LIST)
                return;
        }
    }
}

/* Parts: H1s and lists, up to the paragraph that begins the suffix. A paragraph straight below a part's title belongs to it. */
static void read_parts(parser *p)
{
    bool below_title = false;
    for (const event *e = peek(p); e; e = peek(p)) {
        if (opens(e, HEADING_1)) {
            uint32_t at;
            inc_item part = {.kind = INC_ITEM_PART, .place = INC_PLACE_NUMBERED};
            size_t from = p->at;
            part.title = flatten(p, &at);
            find_words(p, from, &part);
            part.span = line_span(p, at);
            add_item(p, part);
            below_title = true;
            continue;
        }
        if (opens(e, PARAGRAPH) && !below_title)
            return;
        below_title = false;
        if (opens(e, LIST))
            read_list(p, 0);
        else if (e->kind == RULE)
            add_separator(p, INC_PLACE_NUMBERED);
        else if (e->kind == OPEN)
            skip(p);
        else
            p->at++;
    }
}

void inc_summary_read(inc_reading *r, uint32_t file, inc_str *title)
{
    parser p = {.r = r, .file = file, .text = inc_sources_get(r->sources, file)->bytes, .paths = inc_map_in(r->scratch)};
    *title = INC_STR("");
    if (p.text.n > SIZE_LARGEST) {
        inc_report(r->diags, INC_DIAG_FILE_TOO_BIG, (inc_span){file, 0, 0}, "a SUMMARY.md of more than 4 MiB is not read");
        return;
    }
    collect_events(&p);
    read_title(&p, title);
    read_affix(&p, INC_PLACE_PREFIX);
    read_parts(&p);
    read_affix(&p, INC_PLACE_SUFFIX);
    r->book->items = p.items.v;
    r->book->item_count = p.items.n;
}
