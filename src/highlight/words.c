/* words.c - the words of a language in a table by hash, made anew for each listing: some microseconds, and nothing global. */
#include "highlight/language.h"

static uint32_t hash_of(inc_str word)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.n; i++)
        hash = (hash ^ (unsigned char)word.p[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The next word of a list, or an empty one at its end. */
static inc_str next_of(const char **list)
{
    const char *p = *list;
    while (*p == ' ')
        p++;
    const char *start = p;
    while (*p && *p != ' ')
        p++;
    *list = p;
    return (inc_str){start, (size_t)(p - start)};
}

static size_t count_of(const char *list)
{
    size_t n = 0;
    while (list && next_of(&list).n)
        n++;
    return n;
}

static void add_list(inc_lexer *lexer, const char *list, const char *token_class, bool introduces)
{
    for (inc_str word; list && (word = next_of(&list)).n;) {
        uint32_t slot = hash_of(word) & lexer->word_mask;
        while (lexer->words[slot].p)
            slot = (slot + 1) & lexer->word_mask;
        lexer->words[slot] = (inc_word){word.p, (uint32_t)word.n, introduces, token_class};
    }
}

void inc_lex_words(inc_lexer *lexer)
{
    const inc_language *l = lexer->language;
    size_t n = count_of(l->keywords) + count_of(l->introducers) + count_of(l->types) + count_of(l->literals) + count_of(l->built_ins), size = 16;
    while (size < 2 * n)
        size *= 2;
    lexer->words = inc_alloc(lexer->arena, size * sizeof *lexer->words);
    memset(lexer->words, 0, size * sizeof *lexer->words);
    lexer->word_mask = (uint32_t)(size - 1);
    add_list(lexer, l->introducers, "keyword", true);
    add_list(lexer, l->keywords, "keyword", false);
    add_list(lexer, l->types, "type", false);
    add_list(lexer, l->literals, "literal", false);
    add_list(lexer, l->built_ins, "built_in", false);
}

const inc_word *inc_lex_find_word(const inc_lexer *lexer, inc_str word)
{
    for (uint32_t slot = hash_of(word) & lexer->word_mask; lexer->words[slot].p; slot = (slot + 1) & lexer->word_mask)
        if (lexer->words[slot].n == word.n && memcmp(lexer->words[slot].p, word.p, word.n) == 0)
            return &lexer->words[slot];
    return NULL;
}

bool inc_lex_is(const inc_lexer *lexer, inc_str word, const char *token_class)
{
    const inc_word *found = inc_lex_find_word(lexer, word);
    return found && strcmp(found->token_class, token_class) == 0;
}
