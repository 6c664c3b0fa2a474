/* codesplit.c - what a reader of code would say about parting it here: told from blank lines, indents and the class of each line's first token. */
#include "layout/codesplit.h"

enum { BLANK = 10, LINE = 180, BEHIND_END = 60, PROMPT = 20, LEVEL_MAX = 8 };
enum { BEFORE_BLANK = 5000, BEHIND_COMMENT = 6000, BEFORE_END = 1500, BEHIND_START = 2000, BEFORE_CHAIN = 800 };

typedef struct facts { /* of a line */
    bool blank, comment, attribute, prompt, closes, opens, chained;
    bool remark; /* ends in a comment */
    unsigned level; /* of its indent, in steps of two columns */
} facts;

typedef struct reader {
    inc_str text;
    const inc_token *tokens;
    size_t token_count, token; /* the next one not passed */
    unsigned least;            /* smallest indent */
} reader;

static inc_str line_at(const reader *r, const uint32_t *lines, size_t n, size_t i)
{
    size_t end = i + 1 < n ? lines[i + 1] : r->text.n;
    while (end > lines[i] && (r->text.p[end - 1] == '\n' || r->text.p[end - 1] == ' '))
        end--;
    return inc_str_slice(r->text, lines[i], end);
}

static unsigned indent_of(inc_str line)
{
    unsigned n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* The class of the token that stands at this byte, or "". */
static const char *class_at(reader *r, uint32_t at)
{
    while (r->token < r->token_count && r->tokens[r->token].start + r->tokens[r->token].length <= at)
        r->token++;
    return r->token < r->token_count && r->tokens[r->token].start <= at ? r->tokens[r->token].token_class : "";
}

static facts facts_of(reader *r, inc_str line, uint32_t start)
{
    facts f = {.blank = !line.n};
    if (f.blank)
        return f;
    unsigned indent = indent_of(line);
    const char *class = class_at(r, start + indent);
    char first = line.p[indent], last = line.p[line.n - 1];
    f.level = INC_MIN((indent - r->least) / 2, (unsigned)LEVEL_MAX);
    f.comment = strcmp(class, "comment") == 0 || strcmp(class, "quote") == 0;
    f.remark = f.comment || strcmp(class_at(r, start + (uint32_t)line.n - 1), "comment") == 0;
    f.attribute = strcmp(class, "meta") == 0 && strchr("#@[", first);
    f.prompt = strcmp(class, "meta") == 0 && strchr("$%>", first);
    f.closes = strchr("})]", first) != NULL;
    f.opens = !f.comment && strchr("{([", last);
    f.chained = strchr(".?|=&+", first) || inc_str_starts(inc_str_slice(line, indent, line.n), INC_STR("-->")); /* a compiler's frame, too */
    return f;
}

static int32_t penalty_between(const facts *before, const facts *here)
{
    if (here->blank)
        return BEFORE_BLANK; /* it is better left at the foot, where nobody sees it */
    if (before->attribute || (before->remark && here->comment))
        return INC_CODE_NEVER;
    if (before->comment)
        return BEHIND_COMMENT;
    if (here->prompt)
        return PROMPT;
    int32_t level = (int32_t)here->level;
    int32_t penalty = before->blank ? BLANK + 15 * level : before->closes && !before->level && !level ? BEHIND_END : LINE + 25 * level;
    return penalty + (here->closes ? BEFORE_END : 0) + (before->opens ? BEHIND_START : 0) + (here->chained ? BEFORE_CHAIN : 0);
}

void inc_code_penalties(inc_str text, const inc_token *tokens, size_t token_count, const uint32_t *lines, size_t n, int32_t *penalties)
{
    reader r = {.text = text, .tokens = tokens, .token_count = token_count, .least = UINT32_MAX};
    for (size_t i = 0; i < n; i++) {
        inc_str line = line_at(&r, lines, n, i);
        if (line.n)
            r.least = INC_MIN(r.least, indent_of(line));
    }
    facts before = {.blank = true};
    for (size_t i = 0; i < n; i++) {
        facts here = facts_of(&r, line_at(&r, lines, n, i), lines[i]);
        penalties[i] = i ? penalty_between(&before, &here) : 0;
        before = here;
    }
}
