/* fuzz_highlight.c - any text is code; the first byte chooses the language, of all that there are. */
#include "fuzz.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

static void check_tokens(inc_str language, inc_str code, const inc_token *tokens, size_t count, inc_buf *out)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const inc_token *t = &tokens[i];
        size_t end = (size_t)t->start + t->length;
        FUZZ_CHECK(t->token_class && t->length, "an empty token");
        FUZZ_CHECK(t->start >= at && end <= code.n, "%s: token %zu at %u + %u after %zu, of %zu", language.p, i, t->start, t->length, at, code.n);
        bool starts = t->start == code.n || (code.p[t->start] & 0xC0) != 0x80, ends = end == code.n || (code.p[end] & 0xC0) != 0x80;
        FUZZ_CHECK(starts && ends, "%s: a token parts a character", language.p);
        at = end;
        inc_buf_printf(out, "%u %u %s\n", t->start, t->length, t->token_class);
    }
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    if (!input.n)
        return;
    const char *names = inc_languages[(unsigned char)input.p[0] % inc_language_count]->names;
    inc_str language = inc_strf(arena, "%.*s", (int)strcspn(names, " "), names), code = fuzz_text(inc_str_slice(input, 1, input.n), arena);
    FUZZ_CHECK(inc_highlight_knows(language), "%s", language.p);
    size_t count;
    const inc_token *tokens = inc_highlight(arena, language, code, &count);
    check_tokens(language, code, tokens, count, out);
    tokens = inc_highlight_diff(arena, language, code, &count);
    check_tokens(language, code, tokens, count, out);
}
