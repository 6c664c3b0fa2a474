/* helpers.c - finding the helpers in a text and putting in what they stand for. */
#include "manuscript/helpers.h"

#include "base/files.h"
#include "manuscript/take.h"

enum {
    DEPTH_MOST = 10,
    HELPER_LONGEST = 4096, /* bytes from "{{" to "}}" */
    PREFIX_LONGEST = 1024, /* bytes repeated before each line */
    HELPER_COST = 4096,    /* what one expansion counts for beside its bytes */
};
#define EXPANSION_MOST ((uint64_t)256 << 20) /* bytes looked through and put in, for a whole book */

typedef enum verb { INCLUDE, RUSTDOC_INCLUDE, PLAYGROUND, TITLE, ESCAPED, UNKNOWN } verb;

static const char *const verbs[] = {"include", "rustdoc_include", "playground", "title", "playpen"};

typedef struct helper {
    verb verb;
    size_t from, to;   /* in its text, braces included */
    inc_str word;      /* as written: "include" */
    inc_str arguments; /* trimmed */
} helper;

/* One level of expansion: a file, and the helper in it that is being expanded. */
typedef struct level {
    const struct level *outer;
    inc_str name;      /* of the file, relative to the book's root */
    inc_span helper;
    unsigned depth;
} level;

typedef struct expander {
    inc_reading *r;
    inc_text_builder out;
    inc_str title;
    bool circle; /* reported: nothing nested is put in any more, for circles that fan out would be told thousands of times */
} expander;

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* ---- finding ---- */

/* Remembers what was searched for in vain or is still ahead, so that the search stays linear. */
typedef struct finder {
    inc_str text;
    size_t barren; /* no "}}" from here back to where it was last looked for */
    size_t close;  /* the first "}" at or behind the place last asked for; the end when there is none */
} finder;

static size_t find_close(finder *f, size_t at)
{
    if (f->close < at) {
        const char *close = memchr(f->text.p + at, '}', f->text.n - at);
        f->close = close ? (size_t)(close - f->text.p) : f->text.n;
    }
    return f->close;
}

static verb verb_of(inc_str word)
{
    static const verb of[] = {INCLUDE, RUSTDOC_INCLUDE, PLAYGROUND, TITLE, PLAYGROUND};
    for (size_t i = 0; i < INC_COUNT(verbs); i++)
        if (inc_str_is(word, verbs[i]))
            return of[i];
    return UNKNOWN;
}

/* "\{{#" up to the last "}}" on its line. */
static bool match_escaped(finder *f, size_t at, helper *h)
{
    inc_str s = f->text;
    if (at < f->barren || s.n - at < 4 || memcmp(s.p + at, "\\{{#", 4) != 0)
        return false;
    const char *newline = memchr(s.p + at, '\n', s.n - at);
    size_t end = newline ? (size_t)(newline - s.p) : s.n;
    for (size_t i = end; i >= at + 6; i--)
        if (s.p[i - 1] == '}' && s.p[i - 2] == '}') {
            *h = (helper){.verb = ESCAPED, .from = at, .to = i};
            return true;
        }
    f->barren = end;
    return false;
}

/* "{{", "#word", white space, anything but "}", "}}". A word alone is text, as in "the helper {{#include}}": so mdBook has it. */
static bool match_helper(finder *f, size_t at, helper *h)
{
    inc_str s = f->text;
    size_t i = at + 2;
    if (s.n - at < 2 || memcmp(s.p + at, "{{", 2) != 0)
        return false;
    while (i < s.n && inc_is_space(s.p[i]))
        i++;
    if (i == s.n || s.p[i] != '#')
        return false;
    size_t word = ++i;
    while (i < s.n && is_word(s.p[i]))
        i++;
    if (i == word || i == s.n || (!inc_is_space(s.p[i]) && s.p[i] != '}'))
        return false;
    inc_str name = inc_str_slice(s, word, i);
    size_t close = find_close(f, i);
    inc_str arguments = inc_str_trim(inc_str_slice(s, i, close));
    if (s.n - close < 2 || s.p[close + 1] != '}' || !arguments.n || close - at > HELPER_LONGEST)
        return false;
    *h = (helper){.verb = verb_of(name), .from = at, .to = close + 2, .word = name, .arguments = arguments};
    return true;
}

/* The next helper at or behind `at`. */
static bool find_helper(finder *f, size_t at, helper *h)
{
    inc_str s = f->text;
    while (at < s.n) {
        const char *brace = memchr(s.p + at, '{', s.n - at);
        if (!brace)
            return false;
        size_t i = (size_t)(brace - s.p);
        if (i > at && s.p[i - 1] == '\\' && match_escaped(f, i - 1, h))
            return true;
        if (match_helper(f, i, h))
            return true;
        at = i + 1;
    }
    return false;
}

/* ---- putting out ---- */

static bool spend(expander *x, uint64_t bytes, inc_span place)
{
    if (bytes <= EXPANSION_MOST - x->r->expanded) {
        x->r->expanded += bytes;
        return true;
    }
    if (!x->r->too_much)
        inc_report(x->r->diags, INC_DIAG_INCLUDE_SIZE, place, "the book's includes come to more than 256 MiB");
    x->r->too_much = true;
    return false;
}

static const inc_text nothing = {.bytes = {"", 0}};

static bool is_blank_at(inc_str s, size_t at)
{
    return at >= s.n || s.p[at] == '\n';
}

/* text[from, to), with the prefix behind each line end (without its trailing white space where the line is empty). */
static void put_slice(expander *x, const inc_text *text, size_t from, size_t to, const inc_text *prefix)
{
    size_t bare = prefix->bytes.n;
    while (bare && inc_is_space(prefix->bytes.p[bare - 1]))
        bare--;
    while (from < to) {
        if (prefix->bytes.n && !spend(x, prefix->bytes.n, inc_text_span(prefix, 0, 0)))
            prefix = &nothing;
        const char *newline = prefix->bytes.n ? memchr(text->bytes.p + from, '\n', to - from) : NULL;
        size_t end = newline ? (size_t)(newline - text->bytes.p) + 1 : to;
        inc_text_add_slice(&x->out, text, from, end);
        if (newline)
            inc_text_add_slice(&x->out, prefix, 0, is_blank_at(text->bytes, end) ? bare : prefix->bytes.n);
        from = end;
    }
}

static bool has_word(inc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((is_word(s.p[i]) && s.p[i] != '_') || (unsigned char)s.p[i] >= 0x80)
            return true;
    return false;
}

/* Digits, then "." or ")", then white space: the marker of an ordered list's item. */
static size_t ordered_marker(inc_str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i > 0 && i < 10 && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && inc_is_space(s.p[i + 1]) ? i + 1 : 0;
}

/* What is repeated before further lines of what the helper inserts: the outer prefix, and what stands before it on its line as far as that can be
 * meant for them too. */
static inc_text prefix_before(expander *x, const inc_text *text, size_t at, const inc_text *outer, inc_span place)
{
    size_t from = at;
    while (from > 0 && text->bytes.p[from - 1] != '\n')
        from--;
    if (from == at || outer->bytes.n + at - from > PREFIX_LONGEST)
        return *outer;
    inc_text_builder b = inc_text_begin(x->r->scratch);
    inc_text_add_slice(&b, outer, 0, outer->bytes.n);
    size_t marks = from;
    while (marks < at && (inc_is_space(text->bytes.p[marks]) || text->bytes.p[marks] == '>'))
        marks++;
    inc_text_add_slice(&b, text, from, marks);
    inc_str rest = inc_str_slice(text->bytes, marks, at);
    size_t marker = ordered_marker(rest);
    if (marker && !has_word(inc_str_slice(rest, marker, rest.n))) {
        char *spaces = inc_alloc(x->r->scratch, rest.n + 1);
        memset(spaces, ' ', rest.n);
        inc_text_add_generated(&b, (inc_str){spaces, rest.n}, place);
    } else if (!has_word(rest))
        inc_text_add_slice(&b, text, marks, at);
    return inc_text_finish(&b);
}

/* ---- arguments ---- */

/* Cuts the file's name off the arguments: a word, or "quoted" with backslashes. False when the quote is not closed (reported). */
static bool cut_path(expander *x, inc_str *arguments, inc_str *path, inc_span place)
{
    inc_str s = *arguments;
    size_t i = 0;
    if (!s.n || s.p[0] != '"') {
        while (i < s.n && !inc_is_space(s.p[i]))
            i++;
        *path = inc_str_slice(s, 0, i);
        *arguments = inc_str_trim(inc_str_slice(s, i, s.n));
        return true;
    }
    inc_buf out = inc_buf_in(x->r->scratch);
    for (i = 1; i < s.n && s.p[i] != '"'; i++) {
        i += s.p[i] == '\\' && i + 1 < s.n;
        inc_buf_byte(&out, s.p[i]);
    }
    if (i >= s.n) {
        inc_report(x->r->diags, INC_DIAG_BAD_HELPER, place, "the quote around the file's name is not closed");
        return false;
    }
    *path = inc_buf_str(&out);
    *arguments = inc_str_trim(inc_str_slice(s, i + 1, s.n));
    return true;
}

/* Finds the file; 0 when it cannot be had (reported). *name: its path relative to the book's root. */
static uint32_t open_included(expander *x, const level *here, inc_str path, inc_span place, inc_str *name)
{
    inc_reading *r = x->r;
    *name = inc_reading_name(r, inc_path_folder(here->name), path);
    switch (inc_reading_find(r, *name)) {
    case INC_FOUND_FILE:
        return inc_reading_open(r, *name, place);
    case INC_FOUND_OUTSIDE:
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, place, "included file '%.*s' is not inside the book's folder", INC_STR_ARG(path))->hint =
            INC_STR("if it belongs to the book all the same, name a folder around both with --root");
        return 0;
    case INC_FOUND_FOLDER:
        inc_report(r->diags, INC_DIAG_MISSING_INCLUDE, place, "included '%.*s' is a folder", INC_STR_ARG(*name));
        return 0;
    case INC_FOUND_NOTHING:
        break;
    }
    inc_report(r->diags, INC_DIAG_MISSING_INCLUDE, place, "included file '%.*s' does not exist", INC_STR_ARG(*name))->hint =
        inc_reading_hint(r, *name, "the path is relative to the file that includes it");
    return 0;
}

/* ---- expanding ---- */

static void expand(expander *x, const inc_text *text, level *here, const inc_text *prefix);

/* True when this very helper is being expanded already. */
static bool is_circle(const level *here, inc_span place)
{
    for (const level *l = here->outer; l; l = l->outer)
        if (l->helper.file == place.file && l->helper.offset == place.offset)
            return true;
    return false;
}

static bool may_enter(expander *x, const level *here, inc_span place)
{
    if (x->circle && here->depth)
        return false;
    if (is_circle(here, place)) {
        x->circle = true;
        inc_report(x->r->diags, INC_DIAG_INCLUDE_CYCLE, place, "'%.*s' includes itself", INC_STR_ARG(here->name));
        return false;
    }
    if (here->depth < DEPTH_MOST)
        return true;
    x->circle = true;
    inc_report(x->r->diags, INC_DIAG_INCLUDE_CYCLE, place, "includes are nested deeper than %d", DEPTH_MOST);
    return false;
}

/* To mdBook an anchor without an end goes on to the end of the file, and authors count on it: only an end of nearly that name is a slip. */
static void report_open_anchor(expander *x, inc_str anchor, uint32_t file, inc_str name, inc_span place)
{
    inc_str meant = inc_take_meant_end(x->r, file, anchor);
    if (meant.n)
        inc_report(x->r->diags, INC_DIAG_UNCLOSED_ANCHOR, place, "anchor '%.*s' in '%.*s' has no end, but there is an end of '%.*s'", INC_STR_ARG(anchor),
                   INC_STR_ARG(name), INC_STR_ARG(meant))
            ->hint = inc_strf(x->r->diags->arena, "should it be \"ANCHOR_END: %.*s\"?", INC_STR_ARG(anchor));
}

static void report_part(expander *x, inc_take_result result, const inc_part *part, uint32_t file, inc_str name, uint64_t lines, inc_span place)
{
    inc_diags *diags = x->r->diags;
    switch (result) {
    case INC_TAKE_OK:
        break;
    case INC_TAKE_NO_ANCHOR:
        inc_report(diags, INC_DIAG_MISSING_ANCHOR, place, "'%.*s' has no anchor '%.*s'", INC_STR_ARG(name), INC_STR_ARG(part->anchor))->hint =
            inc_strf(diags->arena, "mark the lines there with comments \"ANCHOR: %.*s\" and \"ANCHOR_END: %.*s\"", INC_STR_ARG(part->anchor),
                     INC_STR_ARG(part->anchor));
        break;
    case INC_TAKE_OPEN_ANCHOR:
        report_open_anchor(x, part->anchor, file, name, place);
        break;
    case INC_TAKE_NO_LINES:
        if (part->first > part->last)
            inc_report(diags, INC_DIAG_BAD_RANGE, place, "the range ends before it begins");
        else
            inc_report(diags, INC_DIAG_BAD_RANGE, place, "'%.*s' has only %llu lines", INC_STR_ARG(name), (unsigned long long)lines);
        break;
    case INC_TAKE_FEW_LINES:
        inc_report(diags, INC_DIAG_SHORT_RANGE, place, "'%.*s' has only %llu lines", INC_STR_ARG(name), (unsigned long long)lines)->hint =
            INC_STR("a range without an end, as in \"file:6:\", goes to the last line");
        break;
    }
}

/* Remembers for the findings which helper brought the file's bytes, from the first of them to the last, into the book. */
static void record_inclusion(expander *x, const inc_text *taken, uint32_t file, inc_span by)
{
    uint32_t from = UINT32_MAX, to = 0;
    for (size_t i = 0; i < taken->piece_count; i++) {
        inc_span origin = taken->pieces[i].origin;
        if (origin.file == file && origin.length) {
            from = INC_MIN(from, origin.offset);
            to = INC_MAX(to, origin.offset + origin.length);
        }
    }
    if (from < to)
        inc_sources_add_inclusion(x->r->sources, (inc_span){file, from, to - from}, by);
}

/* Expands what was taken from the file `name` in the place of the helper. */
static void enter(expander *x, const inc_text *taken, uint32_t file, inc_str name, inc_span place, level *here, const inc_text *prefix)
{
    level inner = {.outer = here, .name = name, .depth = here->depth + 1};
    record_inclusion(x, taken, file, place);
    here->helper = place;
    expand(x, taken, &inner, prefix);
}

/* Opens the file that the helper names, if the cap on all includes allows it. */
static uint32_t afford(expander *x, const level *here, inc_str path, inc_span place, inc_str *name)
{
    uint32_t file = open_included(x, here, path, place, name);
    return file && spend(x, inc_sources_get(x->r->sources, file)->bytes.n + HELPER_COST, place) ? file : 0;
}

/* False when the helper is to stay in the text. */
static bool include(expander *x, const helper *h, inc_span place, level *here, const inc_text *prefix)
{
    inc_str rest = h->arguments, path, name;
    bool hide = h->verb == RUSTDOC_INCLUDE;
    if (!cut_path(x, &rest, &path, place))
        return false;
    inc_str part_of = path; /* a:b of path:a:b */
    if (h->arguments.p[0] == '"')
        part_of = rest.n && rest.p[0] == ':' ? inc_str_slice(rest, 1, rest.n) : INC_STR("");
    else
        path = inc_str_cut(&part_of, ':');
    inc_part part = inc_part_parse(part_of);
    uint32_t file = afford(x, here, path, place, &name);
    if (!file)
        return false;
    inc_text taken;
    uint64_t lines;
    inc_take_result result = inc_take(x->r, file, &part, hide, place, &taken, &lines);
    report_part(x, result, &part, file, name, lines, place);
    enter(x, &taken, file, name, place, here, prefix);
    return true;
}

/* The opening fence: longer than any run of backticks in the file, then the language and the words behind the file's name. *ticks: its length. */
static inc_str fence_for(expander *x, inc_str bytes, inc_str words, size_t *ticks)
{
    *ticks = 3;
    for (size_t i = 0, run = 0; i < bytes.n; i++) {
        run = bytes.p[i] == '`' ? run + 1 : 0;
        *ticks = INC_MAX(*ticks, run + 1);
    }
    inc_buf fence = inc_buf_in(x->r->scratch);
    for (size_t i = 0; i < *ticks; i++)
        inc_buf_byte(&fence, '`');
    inc_buf_puts(&fence, "rust");
    while (words.n) {
        size_t i = 0;
        while (i < words.n && !inc_is_space(words.p[i]))
            i++;
        inc_buf_byte(&fence, ',');
        inc_buf_add(&fence, inc_str_slice(words, 0, i));
        words = inc_str_trim(inc_str_slice(words, i, words.n));
    }
    inc_buf_byte(&fence, '\n');
    return inc_buf_str(&fence);
}

/* A fenced block with the file. */
static bool playground(expander *x, const helper *h, inc_span place, level *here, const inc_text *prefix)
{
    inc_str rest = h->arguments, path, name;
    if (!cut_path(x, &rest, &path, place))
        return false;
    uint32_t file = afford(x, here, path, place, &name);
    if (!file)
        return false;
    inc_text taken;
    uint64_t lines;
    inc_take(x->r, file, &(inc_part){.first = 1, .last = UINT64_MAX}, false, place, &taken, &lines);
    size_t ticks;
    inc_str fence = fence_for(x, taken.bytes, rest, &ticks);
    inc_text_builder b = inc_text_begin(x->r->scratch);
    inc_text_add_generated(&b, fence, place);
    inc_text_add_slice(&b, &taken, 0, taken.bytes.n);
    inc_text_add_generated(&b, INC_STR("\n"), place);
    inc_text_add_generated(&b, inc_str_slice(fence, 0, ticks), place);
    taken = inc_text_finish(&b);
    enter(x, &taken, file, name, place, here, prefix);
    return true;
}

/* A word that is none of ours may belong to another preprocessor or to a template language that the text is about. */
static void check_unknown(expander *x, const helper *h, inc_span place)
{
    for (size_t i = 0; h->word.n >= 4 && i < INC_COUNT(verbs); i++)
        if (inc_str_distance(h->word, inc_str_of(verbs[i]), 3) <= 2) {
            inc_report(x->r->diags, INC_DIAG_UNKNOWN_HELPER, place, "there is no helper '%.*s'", INC_STR_ARG(h->word))->hint =
                inc_strf(x->r->diags->arena, "did you mean '%s'?", verbs[i]);
            return;
        }
}

/* Puts out what the helper stands for; false: nothing was put out, it stays as it is. */
static bool expand_helper(expander *x, const helper *h, const inc_text *text, level *here, const inc_text *prefix)
{
    inc_span place = inc_text_span(text, h->from, h->to);
    if (h->verb == ESCAPED) {
        put_slice(x, text, h->from + 1, h->to, prefix);
        return true;
    }
    if (h->verb == UNKNOWN) {
        check_unknown(x, h, place);
        return false;
    }
    if (h->verb == TITLE) {
        x->title = inc_str_dup(x->r->arena, h->arguments);
        return true;
    }
    if (x->r->too_much || !may_enter(x, here, place))
        return false;
    inc_text inner_prefix = prefix_before(x, text, h->from, prefix, place);
    if (h->verb == PLAYGROUND)
        return playground(x, h, place, here, &inner_prefix);
    return include(x, h, place, here, &inner_prefix);
}

/* Recursion is no deeper than DEPTH_MOST. */
static void expand(expander *x, const inc_text *text, level *here, const inc_text *prefix)
{
    size_t done = 0;
    finder f = {.text = text->bytes};
    helper h;
    for (size_t at = 0; find_helper(&f, at, &h); at = h.to) {
        put_slice(x, text, done, h.from, prefix);
        done = expand_helper(x, &h, text, here, prefix) ? h.to : h.from;
    }
    put_slice(x, text, done, text->bytes.n, prefix);
}

inc_text inc_helpers_expand(inc_reading *r, inc_str name, inc_text text, inc_str *title)
{
    finder f = {.text = text.bytes};
    helper h;
    *title = INC_STR("");
    if (!find_helper(&f, 0, &h))
        return text;
    expander x = {.r = r, .out = inc_text_begin(r->arena), .title = INC_STR("")};
    expand(&x, &text, &(level){.name = name}, &nothing);
    *title = x.title;
    return r->too_much ? text : inc_text_finish(&x.out); /* no later phase shall labour on what was blown up */
}
