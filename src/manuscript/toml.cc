/* toml.cc - the only file that knows toml++. */
#include "manuscript/toml.h"

#include <cstring>
#include <new>
#include <string_view>

// Version 3.3 asserts that a key begins with a letter, which is for the author to get wrong ("[/"); the code behind the assertion
// reports it properly. Without NDEBUG, lest the library promise the compiler what it no longer asserts.
#undef NDEBUG
#define TOML_ASSERT(expr) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 64
#include <toml++/toml.h>

namespace
{

struct Walk {
    unsigned depth_max;
    void *reader;
};

inc_toml_position position(const toml::source_position &at)
{
    return {static_cast<uint32_t>(at.line), static_cast<uint32_t>(at.column)};
}

inc_toml_status visit(const Walk &walk, const inc_toml_value &value)
{
    return inc_toml_visit(walk.reader, &value) ? INC_TOML_OK : INC_TOML_MEMORY;
}

inc_toml_status walk_node(const Walk &walk, const toml::key *key, const toml::node &node, unsigned depth);

inc_toml_status walk_children(const Walk &walk, const toml::node &node, unsigned depth)
{
    if (depth >= walk.depth_max)
        return INC_TOML_TOO_DEEP;
    inc_toml_status status = INC_TOML_OK;
    if (const toml::table *table = node.as_table()) {
        for (auto at = table->cbegin(); at != table->cend() && status == INC_TOML_OK; ++at)
            status = walk_node(walk, &at->first, at->second, depth + 1);
    } else if (const toml::array *array = node.as_array()) {
        for (auto at = array->cbegin(); at != array->cend() && status == INC_TOML_OK; ++at)
            status = walk_node(walk, nullptr, *at, depth + 1);
    }
    return status;
}

void set_date(inc_toml_value &value, const toml::date &date)
{
    value.event = INC_TOML_DATE;
    value.year = date.year;
    value.month = date.month;
    value.day = date.day;
}

void set_scalar(inc_toml_value &value, const toml::node &node)
{
    value.event = INC_TOML_OTHER;
    if (const auto *string = node.as_string()) {
        value.event = INC_TOML_STRING;
        value.string = string->get().data();
        value.string_size = string->get().size();
    } else if (const auto *integer = node.as_integer()) {
        value.event = INC_TOML_INTEGER;
        value.integer = integer->get();
    } else if (const auto *boolean = node.as_boolean()) {
        value.event = INC_TOML_BOOLEAN;
        value.boolean = boolean->get();
    } else if (const auto *date = node.as_date())
        set_date(value, date->get());
    else if (const auto *date_time = node.as_date_time())
        set_date(value, date_time->get().date);
}

inc_toml_status walk_node(const Walk &walk, const toml::key *key, const toml::node &node, unsigned depth)
{
    inc_toml_value value = {};
    value.begin = position(node.source().begin);
    value.end = position(node.source().end);
    if (key) {
        value.key = key->str().data();
        value.key_size = key->str().size();
        value.key_begin = position(key->source().begin);
        value.key_end = position(key->source().end);
    }
    if (!node.is_table() && !node.is_array()) {
        set_scalar(value, node);
        return visit(walk, value);
    }
    value.event = node.is_table() ? INC_TOML_TABLE : INC_TOML_ARRAY;
    inc_toml_status status = visit(walk, value);
    if (status == INC_TOML_OK)
        status = walk_children(walk, node, depth);
    if (status != INC_TOML_OK)
        return status;
    inc_toml_value end = {};
    end.event = INC_TOML_END;
    return visit(walk, end);
}

} // namespace

extern "C" inc_toml_status inc_toml_walk(const char *text, size_t size, unsigned depth_max, void *reader, inc_toml_error *error)
{
    try {
        const toml::parse_result result = toml::parse(std::string_view(text, size));
        if (!result) {
            const std::string_view message = result.error().description();
            const size_t length = message.copy(error->message, sizeof error->message - 1);
            error->message[length] = '\0';
            error->at = position(result.error().source().begin);
            return INC_TOML_SYNTAX;
        }
        return walk_node({depth_max, reader}, nullptr, result.table(), 0);
    } catch (const std::bad_alloc &) {
        return INC_TOML_MEMORY;
    }
}
