/* change.c - a difference in a language: the signs of the first column, and behind them code as if they were not there. */
#include "base/vec.h"
#include "highlight/highlight.h"

typedef struct change { /* the code without its first column */
    inc_buf text;
    INC_VEC(uint32_t) lines; /* offset in it of each line's first byte */
} change;

static change without_signs(inc_arena *arena, inc_str code)
{
    change c = {.text = inc_buf_in(arena)};
    bool first = true;
    for (size_t i = 0; i < code.n; i++) {
        if (first)
            INC_PUSH(arena, &c.lines, (uint32_t)c.text.n);
        bool sign = first && (code.p[i] == '+' || code.p[i] == '-' || code.p[i] == ' ');
        first = code.p[i] == '\n';
        if (!sign)
            inc_buf_byte(&c.text, code.p[i]);
    }
    return c;
}

typedef struct joiner {
    inc_arena *arena;
    INC_VEC(inc_token) out;
    const inc_token *tokens;
    size_t token_count, token; /* the next one that does not end before the line */
} joiner;

/* The tokens of a line that stands at `from` in the text without signs, and `shift` further on in the code. */
static void add_line(joiner *j, uint32_t from, uint32_t to, uint32_t shift)
{
    while (j->token < j->token_count && j->tokens[j->token].start + j->tokens[j->token].length <= from)
        j->token++;
    for (size_t i = j->token; i < j->token_count && j->tokens[i].start < to; i++) {
        const inc_token *token = &j->tokens[i];
        uint32_t start = INC_MAX(token->start, from), end = INC_MIN(token->start + token->length, to);
        INC_PUSH(j->arena, &j->out, ((inc_token){start + shift, end - start, token->token_class}));
    }
}

const inc_token *inc_highlight_diff(inc_arena *arena, inc_str language, inc_str code, size_t *count)
{
    joiner j = {.arena = arena};
    change c = without_signs(arena, code);
    j.tokens = inc_highlight(arena, language, inc_buf_str(&c.text), &j.token_count);
    size_t at = 0;
    for (size_t line = 0; line < c.lines.n && at < code.n; line++) {
        size_t lf = inc_str_find_char(inc_str_slice(code, at, code.n), '\n');
        size_t end = lf == INC_NPOS ? code.n : at + lf;
        char sign = code.p[at];
        bool signed_line = sign == '+' || sign == '-' || sign == ' ';
        if (sign == '+' || sign == '-')
            INC_PUSH(arena, &j.out, ((inc_token){(uint32_t)at, 1, sign == '+' ? "addition" : "deletion"}));
        size_t body = at + signed_line;
        add_line(&j, c.lines.v[line], c.lines.v[line] + (uint32_t)(end - body), (uint32_t)body - c.lines.v[line]);
        at = end + 1;
    }
    *count = j.out.n;
    return j.out.v;
}
