/* json.c - writing JSON. */
#include "base/json.h"

#include "base/utf8.h"

static void add_string(inc_buf *out, inc_str value)
{
    inc_buf_byte(out, '"');
    for (size_t at = 0, next; at < value.n; at = next) {
        uint32_t cp = inc_utf8_decode(value, at, &next);
        if (cp == '"' || cp == '\\') {
            inc_buf_byte(out, '\\');
            inc_buf_byte(out, (char)cp);
        } else if (cp == '\n')
            inc_buf_puts(out, "\\n");
        else if (cp == '\t')
            inc_buf_puts(out, "\\t");
        else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            inc_buf_printf(out, "\\u%04x", (unsigned)cp);
        else
            inc_buf_code_point(out, cp);
    }
    inc_buf_byte(out, '"');
}

static void new_line(inc_json *json)
{
    inc_buf_byte(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        inc_buf_puts(json->out, "  ");
}

/* The comma, the line end and the key before a value. */
static void begin(inc_json *json, const char *key)
{
    if (json->depth) {
        bool *filled = &json->filled[json->depth - 1];
        if (*filled)
            inc_buf_byte(json->out, ',');
        if (!json->flat)
            new_line(json);
        else if (*filled)
            inc_buf_byte(json->out, ' ');
        *filled = true;
    }
    if (key) {
        add_string(json->out, inc_str_of(key));
        inc_buf_puts(json->out, ": ");
    }
}

void inc_json_open(inc_json *json, const char *key, char bracket)
{
    assert(json->depth < INC_JSON_DEPTH);
    begin(json, key);
    inc_buf_byte(json->out, bracket);
    json->filled[json->depth++] = false;
}

void inc_json_open_flat(inc_json *json, const char *key, char bracket)
{
    inc_json_open(json, key, bracket);
    if (!json->flat)
        json->flat = json->depth;
}

void inc_json_close(inc_json *json, char bracket)
{
    bool filled = json->filled[--json->depth];
    if (filled && !json->flat)
        new_line(json);
    if (json->flat > json->depth)
        json->flat = 0;
    inc_buf_byte(json->out, bracket);
    if (!json->depth)
        inc_buf_byte(json->out, '\n');
}

void inc_json_str(inc_json *json, const char *key, inc_str value)
{
    begin(json, key);
    add_string(json->out, value);
}

void inc_json_text(inc_json *json, const char *key, inc_str value)
{
    if (value.n)
        inc_json_str(json, key, value);
    else
        inc_json_null(json, key);
}

void inc_json_uint(inc_json *json, const char *key, uint64_t value)
{
    begin(json, key);
    inc_buf_printf(json->out, "%llu", (unsigned long long)value);
}

void inc_json_bool(inc_json *json, const char *key, bool value)
{
    begin(json, key);
    inc_buf_puts(json->out, value ? "true" : "false");
}

void inc_json_null(inc_json *json, const char *key)
{
    begin(json, key);
    inc_buf_puts(json->out, "null");
}

void inc_json_raw(inc_json *json, const char *key, inc_str value)
{
    begin(json, key);
    inc_buf_add(json->out, value);
}
