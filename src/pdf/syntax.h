/* syntax.h - the written forms of PDF: numbers, names, strings, references (ISO 32000-1, 7.3). */
#ifndef INC_PDF_SYNTAX_H
#define INC_PDF_SYNTAX_H

#include "base/length.h"
#include "base/paint.h"
#include "image/ink.h"
#include "pdf/object.h"

/* A length in thousandths of a point: what coordinates are rounded to. */
static inline int64_t inc_pdf_milli(inc_len value)
{
    return inc_len_scale(value, 1000, INC_PT);
}

/* value / 10^decimals without trailing zeros, exponent, or "-0". */
void inc_pdf_put_fixed(inc_buf *out, int64_t value, unsigned decimals);
static inline void inc_pdf_put_milli(inc_buf *out, int64_t milli) { inc_pdf_put_fixed(out, milli, 3); }
void inc_pdf_put_len(inc_buf *out, inc_len value); /* at most three decimals */
void inc_pdf_put_uint(inc_buf *out, uint64_t value);
void inc_pdf_put_ref(inc_buf *out, inc_ref ref); /* "12 0 R" */

/* (literal) of bytes as they are, escaped. */
void inc_pdf_put_bytes(inc_buf *out, inc_str bytes);

/* A text string of UTF-8: a literal when it is printable ASCII, else UTF-16BE in hexadecimal. */
void inc_pdf_put_text(inc_buf *out, inc_str utf8);

/* UTF-16BE digits of UTF-8 without < >, without byte order mark. */
void inc_pdf_put_utf16_digits(inc_buf *out, inc_str utf8);

/* A colour that is partly transparent as it looks on white paper. */
inc_color inc_pdf_on_white(inc_color color);

/* A colour as its components are written, in 1/1000. */
typedef struct inc_pdf_tint {
    unsigned count; /* 1: DeviceGray, 3: DeviceRGB, 4: DeviceCMYK */
    int16_t v[4];
} inc_pdf_tint;

/* An opaque colour in sRGB or grey, or, where there are inks, in CMYK or black ink alone. */
inc_pdf_tint inc_pdf_tint_of(inc_color color, const inc_inks *inks);
inc_pdf_tint inc_pdf_luminance(inc_color color); /* the grey that a mask sees in it (CSS Masking 1, 7.10.1) */
void inc_pdf_put_tint(inc_buf *out, const inc_pdf_tint *tint); /* its components, each with a blank behind it */

/* A colour as an operator: in sRGB or grey, or, where there are inks, in CMYK or black ink alone. A colour that is partly transparent is
 * mixed with white paper: printers want no live transparency. */
void inc_pdf_put_fill(inc_buf *out, inc_color color, const inc_inks *inks);

#endif
