/* tree.c - the tree that TOML and YAML are read into, and their positions. */
#include "manuscript/tree.h"

#include "base/utf8.h"

void inc_tree_append(inc_tree *parent, inc_tree *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

const inc_tree *inc_tree_find(const inc_tree *table, const char *key)
{
    const inc_tree *found = NULL;
    if (table && table->kind == INC_TREE_TABLE)
        for (const inc_tree *entry = table->first; entry; entry = entry->next)
            if (inc_str_is(entry->key, key))
                found = entry;
    return found;
}

const char *inc_tree_kind_name(inc_tree_kind kind)
{
    static const char *const names[] = {
        [INC_TREE_TABLE] = "a table",     [INC_TREE_ARRAY] = "an array",   [INC_TREE_STRING] = "a string",
        [INC_TREE_INTEGER] = "a number",  [INC_TREE_BOOLEAN] = "a boolean", [INC_TREE_DATE] = "a date",
        [INC_TREE_OTHER] = "such a value",
    };
    return names[kind];
}

inc_str inc_tree_text(inc_arena *arena, inc_str s)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_reserve(&out, s.n + 1);
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = inc_utf8_decode(s, at, &next);
        bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE;
        inc_buf_code_point(&out, control ? INC_REPLACEMENT : cp);
    }
    return inc_buf_str(&out);
}

inc_points inc_points_of(inc_arena *arena, inc_str text)
{
    uint32_t count = (uint32_t)inc_utf8_count(text), line_count = 1;
    for (size_t i = 0; i < text.n; i++)
        line_count += text.p[i] == '\n';
    inc_points points = {
        .offsets = INC_NEW_N(arena, uint32_t, (size_t)count + 1),
        .lines = INC_NEW_N(arena, uint32_t, line_count),
        .line_count = 1,
    };
    for (size_t at = 0, next; at < text.n; at = next) {
        points.offsets[points.count++] = (uint32_t)at;
        if (inc_utf8_decode(text, at, &next) == '\n')
            points.lines[points.line_count++] = points.count;
    }
    points.offsets[points.count] = (uint32_t)text.n;
    return points;
}

uint32_t inc_points_offset(const inc_points *points, uint32_t index)
{
    return points->offsets[INC_MIN(index, points->count)];
}

uint32_t inc_points_offset_at(const inc_points *points, uint32_t line, uint32_t column)
{
    if (!line || line > points->line_count)
        return points->offsets[points->count];
    uint64_t index = (uint64_t)points->lines[line - 1] + (column ? column - 1 : 0);
    return inc_points_offset(points, (uint32_t)INC_MIN(index, (uint64_t)points->count));
}
