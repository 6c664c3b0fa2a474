/* syntax.c - the written forms of PDF. */
#include "pdf/syntax.h"

#include "base/utf8.h"

static const char hex_digits[] = "0123456789ABCDEF";

void inc_pdf_put_fixed(inc_buf *out, int64_t value, unsigned decimals)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    while (decimals && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    for (; decimals; decimals--, rest /= 10) {
        *--p = (char)('0' + rest % 10);
        if (decimals == 1)
            *--p = '.';
    }
    if (rest || p == digits + sizeof digits)
        do
            *--p = (char)('0' + rest % 10);
        while (rest /= 10);
    if (value < 0)
        *--p = '-';
    inc_buf_add(out, (inc_str){p, (size_t)(digits + sizeof digits - p)});
}

void inc_pdf_put_len(inc_buf *out, inc_len value)
{
    inc_pdf_put_milli(out, inc_pdf_milli(value));
}

void inc_pdf_put_uint(inc_buf *out, uint64_t value)
{
    inc_pdf_put_fixed(out, (int64_t)INC_MIN(value, (uint64_t)INT64_MAX), 0);
}

void inc_pdf_put_ref(inc_buf *out, inc_ref ref)
{
    inc_pdf_put_uint(out, ref);
    inc_buf_add(out, INC_STR(" 0 R"));
}

void inc_pdf_put_bytes(inc_buf *out, inc_str bytes)
{
    inc_buf_byte(out, '(');
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '\r') {
            inc_buf_add(out, INC_STR("\\r"));
            continue;
        }
        if (c == '(' || c == ')' || c == '\\')
            inc_buf_byte(out, '\\');
        inc_buf_byte(out, c);
    }
    inc_buf_byte(out, ')');
}

static void put_unit(inc_buf *out, uint32_t unit)
{
    char d[4] = {hex_digits[unit >> 12 & 15], hex_digits[unit >> 8 & 15], hex_digits[unit >> 4 & 15], hex_digits[unit & 15]};
    inc_buf_add(out, (inc_str){d, 4});
}

void inc_pdf_put_utf16_digits(inc_buf *out, inc_str utf8)
{
    for (size_t at = 0; at < utf8.n;) {
        uint32_t cp = inc_utf8_decode(utf8, at, &at);
        if (cp < 0x10000)
            put_unit(out, cp);
        else {
            put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
            put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        }
    }
}

void inc_pdf_put_text(inc_buf *out, inc_str utf8)
{
    bool plain = true;
    for (size_t i = 0; i < utf8.n && plain; i++)
        plain = utf8.p[i] >= 0x20 && utf8.p[i] < 0x7F;
    if (plain) {
        inc_pdf_put_bytes(out, utf8);
        return;
    }
    inc_buf_add(out, INC_STR("<FEFF"));
    inc_pdf_put_utf16_digits(out, utf8);
    inc_buf_byte(out, '>');
}

static uint8_t on_white(uint8_t value, uint8_t alpha)
{
    return (uint8_t)((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

inc_color inc_pdf_on_white(inc_color color)
{
    return (inc_color){on_white(color.r, color.a), on_white(color.g, color.a), on_white(color.b, color.a), 255};
}

static int16_t share(unsigned part, unsigned whole)
{
    return (int16_t)((part * 1000 + whole / 2) / whole);
}

inc_pdf_tint inc_pdf_tint_of(inc_color c, const inc_inks *inks)
{
    if (c.r == c.g && c.g == c.b)
        return (inc_pdf_tint){1, {share(c.r, 255)}};
    if (!inks)
        return (inc_pdf_tint){3, {share(c.r, 255), share(c.g, 255), share(c.b, 255)}};
    inc_ink ink = inc_inks_of(inks, c, NULL);
    if (!ink.cyan && !ink.magenta && !ink.yellow)
        return (inc_pdf_tint){1, {share(100u - ink.black, 100)}};
    return (inc_pdf_tint){4, {share(ink.cyan, 100), share(ink.magenta, 100), share(ink.yellow, 100), share(ink.black, 100)}};
}

inc_pdf_tint inc_pdf_luminance(inc_color c)
{
    unsigned sum = c.r * 2125u + c.g * 7154u + c.b * 721u; /* of 10000 * 255 */
    return (inc_pdf_tint){1, {(int16_t)((sum + 1275) / 2550)}};
}

void inc_pdf_put_tint(inc_buf *out, const inc_pdf_tint *tint)
{
    for (unsigned i = 0; i < tint->count; i++) {
        inc_pdf_put_milli(out, tint->v[i]);
        inc_buf_byte(out, ' ');
    }
}

void inc_pdf_put_fill(inc_buf *out, inc_color color, const inc_inks *inks)
{
    inc_pdf_tint tint = inc_pdf_tint_of(inc_pdf_on_white(color), inks);
    inc_pdf_put_tint(out, &tint);
    inc_buf_puts(out, tint.count == 1 ? "g\n" : tint.count == 3 ? "rg\n" : "k\n");
}
