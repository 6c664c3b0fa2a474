/*
 * highlight.c - the cost of highlighting grows with the input, not with its square: for every language, and for texts made of what its table
 * opens and never closes, four times as much input takes at most about four times as many steps.
 *
 * Steps are counted, not timed. The highlighter's sources are compiled into this program once more with -fsanitize-coverage=trace-pc, which
 * calls the function below at each basic block; what the C library searches through counts by the byte (-Wl,--wrap).
 */
#include <stdio.h>

#include "base/vec.h"
#include "highlight/language.h"

enum { SMALL = INC_LEX_REACH * 3 / 2, TIMES = 4, MOST = 7 /* a growth of n^1.4 */, BYTES_A_STEP = 8, PIECES_MAX = 600 };

static uint64_t steps, scanned;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

void *__real_memchr(const void *, int, size_t);
void *__wrap_memchr(const void *, int, size_t);
void *__wrap_memchr(const void *p, int c, size_t n)
{
    const char *found = __real_memchr(p, c, n);
    scanned += found ? (size_t)(found - (const char *)p) : n;
    return (void *)found;
}
/* ---- texts ---- */

typedef struct pieces {
    char text[PIECES_MAX][24];
    size_t n;
} pieces;

static void add(pieces *p, const char *format, const char *a, const char *b)
{
    if (p->n == PIECES_MAX || snprintf(p->text[p->n], sizeof p->text[0], format, a, b) >= (int)sizeof p->text[0])
        return;
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->text[i], p->text[p->n]) == 0)
            return;
    p->n++;
}

static void add_mark(pieces *p, const char *mark)
{
    static const char *const ways[] = {"%s", "%s ", "%s\n", "%sx", "(%s", "%s[", "%s\\", "\n%s x"};
    for (size_t i = 0; mark && *mark && i < INC_COUNT(ways); i++)
        add(p, ways[i], mark, "");
}

/* What the table opens, alone and in company; every sign of ASCII; and pairs of signs that hooks look for. */
static void collect(const inc_language *l, pieces *p)
{
    static const char *const signs[] = {"<<EOF\n", "<<'A' ", "<<-A\n", "<!--", "<![CDATA[", "<?", "<%", "&x", "[[", "{{", "{%", "#{", "${", "$(", "%(", "%w[", "q{", "qw(",
        "m{", "s/", "/[", "r#\"", "R\"(", "b'", "@\"", "$\"", "\"\"\"", "'''", "```", "~~~", "=begin\n", "=pod\n", "--[[", "--[==[", "[==[", "(*", "{-", "/*", "#|", "#=", "<#", "{|",
        "^", "a.b", "a:", "a=", "[a", "<a", "<a b", "<a b=\"", "</", "-- ", "$ ", "> ", "error", "error[", "#[", "#![", "a'", "1.", "0x", "1e", "::", "``", "a `", "\\begin{", "\\verb|"};
    for (size_t i = 0; i < INC_COUNT(l->strings) && l->strings[i].open; i++) {
        const inc_string_kind *kind = &l->strings[i];
        char prefix[16] = "";
        if (kind->prefixes)
            snprintf(prefix, sizeof prefix, "%.*s", (int)strcspn(kind->prefixes, " "), kind->prefixes);
        add_mark(p, kind->open);
        add(p, "%s%s", prefix, kind->open);
        add(p, "%s%s\n", prefix, kind->open);
        if (kind->flags & INC_STRING_HASHES) {
            add(p, "%s#%s", prefix, kind->open);
            add(p, "%s##%s\n", prefix, kind->open);
        }
        if (kind->inside) {
            add(p, "%s%s", kind->open, kind->inside);
            add(p, "%s%s ", kind->open, kind->inside);
            add(p, "%s%s\n", kind->open, kind->inside);
            add(p, "%s%s", kind->inside, kind->close);
        }
    }
    for (size_t i = 0; i < INC_COUNT(l->block_comments) && l->block_comments[i][0]; i++) {
        add_mark(p, l->block_comments[i][0]);
        add(p, "%s\"", l->block_comments[i][0], "");
        add(p, "%s %s", l->block_comments[i][0], l->block_comments[i][1]);
        add(p, "%s %s\n*", l->block_comments[i][1], l->block_comments[i][0]);
    }
    for (size_t i = 0; i < INC_COUNT(l->line_comments) && l->line_comments[i]; i++)
        add_mark(p, l->line_comments[i]);
    for (size_t i = 0; i < INC_COUNT(signs); i++) {
        add(p, "%s", signs[i], "");
        add(p, i % 2 ? "%s " : "%s\n", signs[i], "");
    }
    for (char sign[] = "!"; sign[0] < 127; sign[0]++) {
        add(p, "%s", sign, "");
        add(p, "%sx ", sign, "");
    }
    add(p, " ", "", "");
    add(p, "\n", "", "");
}

/* ---- counting ---- */

static uint64_t cost(inc_arena *arena, inc_str language, const char *begin, const char *piece, size_t n)
{
    inc_buf code = inc_buf_in(arena);
    inc_buf_puts(&code, begin);
    for (size_t length = strlen(piece); code.n + length <= n;)
        inc_buf_puts(&code, piece);
    size_t count;
    steps = scanned = 0;
    inc_highlight(arena, language, inc_buf_str(&code), &count);
    return steps + scanned / BYTES_A_STEP;
}

static const char *shown(inc_arena *arena, const char *piece)
{
    inc_buf out = inc_buf_in(arena);
    for (; *piece; piece++)
        inc_buf_printf(&out, *piece == '\n' ? "\\n" : "%c", *piece);
    return inc_buf_str(&out).p;
}

int main(int argc, char **argv)
{
    static pieces p;
    inc_arena *arena = inc_arena_new();
    inc_arena_mark start = inc_arena_mark_get(arena);
    size_t texts = 0, bad = 0;
    for (size_t i = 0; i < inc_language_count; i++) {
        const inc_language *l = inc_languages[i];
        inc_str language = {l->names, strcspn(l->names, " ")};
        if (argc > 1 && !inc_str_is(language, argv[1]))
            continue;
        p.n = 0;
        collect(l, &p);
        uint64_t words = cost(arena, language, "", "x", 1); /* the table of words is built each time */
        for (size_t k = 0; k < p.n; k++, texts++) {
            inc_arena_reset(arena, start);
            uint64_t small = cost(arena, language, "", p.text[k], SMALL) - words + 200, large = cost(arena, language, "", p.text[k], TIMES * SMALL) - words + 200;
            if (large <= MOST * small)
                continue;
            printf("%.*s: '%s' over and over: %llu steps for %d bytes, %llu for %d\n", INC_STR_ARG(language), shown(arena, p.text[k]),
                   (unsigned long long)small, SMALL, (unsigned long long)large, TIMES * SMALL);
            bad++;
        }
    }
    inc_arena_free(arena);
    printf("%zu texts, %zu of them at more than linear cost\n", texts, bad);
    if (!texts || !steps)
        puts("nothing was counted");
    return bad > 0 || !texts || !steps;
}
