/* graphql.c - GraphQL schemas and queries. */
#include "highlight/language.h"

extern const inc_language inc_language_graphql;
const inc_language inc_language_graphql = {
    .names = "graphql gql",
    .keywords = "directive enum extend fragment implements input interface mutation on query repeatable scalar schema subscription type union",
    .types = "Boolean Float ID Int String",
    .literals = "false null true",
    .line_comments = {"#"},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}, {'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
