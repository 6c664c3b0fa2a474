/* codesplit.c - what a reader of code would say about parting it here: told from blank lines, indents and the class of each line's first token. */
#include "layout/codesplit.h"

enum { BLANK = 10, LINE = 180, BEHIND_END = 60, PROMPT = 20, LEVEL_MAX = 8 };
enum { BEFORE_BLANK = 5000, BEHIND_START = 2000, BEFORE_CHAIN = 800 };
enum { ATTRIBUTE_LINES = 16 /* that brackets may keep open */ };

typedef struct facts { /* of a line */
    bool blank, comment, attribute, prompt, closes, opens, bare, chained; /* bare: nothing but the bracket that opens what follows */
    bool remark; /* ends in a comment */
    unsigned indent, level; /* level: in steps of two columns from the least */
} facts;

typedef struct reader {
    inc_str text;
    const inc_token *tokens;
    size_t token_count, token; /* the next one not passed */
    unsigned least;            /* smallest indent */
    int open;                  /* brackets of an attribute that goes on, */
    unsigned attribute_lines;  /* and how many lines it has */
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

/* Does the line begin or go on with something that belongs to what comes below: #[...], @decorator(...), [Attribute]? Directives of C stand alone. */
static bool is_attribute(reader *r, inc_str line, unsigned indent, bool meta)
{
    char first = line.p[indent], second = indent + 1 < line.n ? line.p[indent + 1] : ' ';
    bool begins = meta && (first == '@' || first == '[' || (first == '#' && (second == '[' || second == '!')));
    bool goes_on = r->open > 0 && ++r->attribute_lines < ATTRIBUTE_LINES;
    if (!begins && !goes_on) {
        r->open = 0;
        return false;
    }
    if (begins && !goes_on)
        r->open = 0, r->attribute_lines = 1;
    for (size_t i = indent; i < line.n; i++)
        r->open += strchr("([{", line.p[i]) ? 1 : strchr(")]}", line.p[i]) ? -1 : 0;
    return true;
}

/* Ends what other lines have begun: a bracket, a tag, a word. */
static bool closes(inc_str text)
{
    static const char *const words[] = {"end", "fi", "done", "esac", "endif", "endfunction", "endforeach", "endmacro", "endwhile"};
    if (strchr("})]", text.p[0]) || inc_str_starts(text, INC_STR("</")) || inc_str_starts(text, INC_STR("*/")))
        return true;
    size_t n = 0;
    while (n < text.n && text.p[n] >= 'a' && text.p[n] <= 'z')
        n++;
    if (n < text.n && !strchr(" ;,().", text.p[n]))
        return false;
    for (size_t i = 0; i < INC_COUNT(words); i++)
        if (inc_str_is(inc_str_slice(text, 0, n), words[i]))
            return true;
    return false;
}

static facts facts_of(reader *r, inc_str line, uint32_t start)
{
    facts f = {.blank = !line.n};
    if (f.blank) {
        r->open = 0;
        return f;
    }
    unsigned indent = indent_of(line);
    const char *class = class_at(r, start + indent);
    inc_str text = inc_str_slice(line, indent, line.n);
    char first = line.p[indent], last = line.p[line.n - 1];
    f.indent = indent;
    f.level = INC_MIN((indent - r->least) / 2, (unsigned)LEVEL_MAX);
    f.comment = strcmp(class, "comment") == 0 || strcmp(class, "quote") == 0;
    f.prompt = strcmp(class, "meta") == 0 && strchr("$%>", first);
    f.attribute = !f.comment && is_attribute(r, line, indent, strcmp(class, "meta") == 0);
    f.remark = f.comment || strcmp(class_at(r, start + (uint32_t)line.n - 1), "comment") == 0;
    f.closes = !f.comment && closes(text);
    f.opens = !f.comment && strchr("{([:", last);
    f.bare = text.n == 1 && strchr("{([", first);
    f.chained = strchr(".?|=&+", first) || inc_str_starts(text, INC_STR("-->")); /* a compiler's frame, too */
    return f;
}

static int32_t penalty_between(const facts *before, const facts *here)
{
    if (here->blank)
        return BEFORE_BLANK; /* it is better left at the foot, where nobody sees it */
    if (before->attribute || before->comment || (before->remark && here->comment) || here->closes || here->bare)
        return INC_CODE_NEVER;
    if (here->prompt)
        return PROMPT;
    int32_t level = (int32_t)here->level;
    bool opens = before->opens || (!before->blank && here->indent > before->indent);
    int32_t penalty = before->blank ? BLANK + 15 * level : before->closes && !before->level && !level ? BEHIND_END : LINE + 25 * level;
    return penalty + (opens ? BEHIND_START : 0) + (here->chained ? BEFORE_CHAIN : 0);
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
