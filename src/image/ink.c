/* ink.c - printing conditions, and single colours in them. */
#include "image/ink.h"

#include <lcms2.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/guard.h"
#include "base/map.h"
#include "base/utf8.h"
#include "image/internal.h"
#include "image/link.h"

enum { ICC_HEADER = 128, DESCRIPTION_MAX = 200 };

struct inc_inks {
    inc_str profile, description;
    bool grey, black_alone;
    unsigned limit;
    cmsContext context;
    cmsHPROFILE output;
    cmsHTRANSFORM exact; /* for single colours: through the profile's own tables */
    inc_links *links;    /* for pictures; NULL when none is converted */
};

/* ---- opening ---- */

static void close_inks(void *handle)
{
    inc_inks *inks = handle;
    if (inks->exact)
        cmsDeleteTransform(inks->exact);
    if (inks->output)
        cmsCloseProfile(inks->output);
    cmsDeleteContext(inks->context);
}

/* ICC.1, 7.2: what the header says. */
static const char *header_fault(inc_str s)
{
    if (s.n < ICC_HEADER + 4 || memcmp(s.p + 36, "acsp", 4) != 0)
        return "is not an ICC profile";
    if (inc_be32(s.p) != s.n)
        return "is a cut-off or damaged ICC profile";
    if (memcmp(s.p + 12, "prtr", 4) != 0)
        return "is not the profile of a printing condition (its device class is not 'prtr')";
    if (memcmp(s.p + 16, "CMYK", 4) != 0 && memcmp(s.p + 16, "GRAY", 4) != 0)
        return "is neither a CMYK nor a grey profile";
    unsigned version = (unsigned char)s.p[8] << 8 | ((unsigned char)s.p[9] & 0xF0);
    if (version < 0x200 || version > 0x420)
        return "is of a version of ICC that PDF/X-4 does not know (it ends with 4.2)";
    return NULL;
}

/* One line of printable text; lcms gives it in wide characters. */
static inc_str description_of(cmsHPROFILE profile, inc_arena *arena)
{
    wchar_t wide[DESCRIPTION_MAX];
    inc_buf out = inc_buf_in(arena);
    cmsUInt32Number n = cmsGetProfileInfo(profile, cmsInfoDescription, "en", "US", wide, DESCRIPTION_MAX);
    for (cmsUInt32Number i = 0; i < DESCRIPTION_MAX && i < n / sizeof *wide && wide[i]; i++) {
        uint32_t c = (uint32_t)wide[i];
        bool good = c >= 0x20 && c != 0x7F && c < 0xFFFE && !(c >= 0xD800 && c < 0xE000);
        inc_buf_code_point(&out, good ? c : ' ');
    }
    return inc_str_trim(inc_buf_str(&out));
}

inc_inks *inc_inks_open(inc_arena *arena, inc_str profile, bool black_alone, unsigned limit, const char **fault)
{
    *fault = header_fault(profile);
    if (*fault)
        return NULL;
    inc_inks *inks = INC_NEW(arena, inc_inks);
    void **slot = inc_defer(arena, close_inks);
    inks->profile = profile;
    inks->limit = limit;
    inks->grey = memcmp(profile.p + 16, "GRAY", 4) == 0;
    inks->black_alone = black_alone || inks->grey;
    inks->context = cmsCreateContext(NULL, NULL);
    if (!inks->context)
        inc_out_of_memory();
    *slot = inks;
    *fault = "is a damaged ICC profile";
    inks->output = cmsOpenProfileFromMemTHR(inks->context, profile.p, (cmsUInt32Number)profile.n);
    if (!inks->output)
        return NULL;
    inks->description = description_of(inks->output, arena);
    *fault = NULL;
    if (inks->black_alone)
        return inks;
    cmsHPROFILE srgb = cmsCreate_sRGBProfileTHR(inks->context);
    if (srgb) {
        inks->exact = cmsCreateTransformTHR(inks->context, srgb, TYPE_RGB_8, inks->output, TYPE_CMYK_16, INTENT_RELATIVE_COLORIMETRIC,
                                            cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
        cmsCloseProfile(srgb);
    }
    if (!inks->exact) {
        *fault = "is an ICC profile that cannot convert colours into inks";
        return NULL;
    }
    inks->links = inc_links_new(arena, profile);
    return inks;
}

inc_str inc_inks_profile(const inc_inks *inks)
{
    return inks->profile;
}

inc_str inc_inks_description(const inc_inks *inks)
{
    return inks->description;
}

bool inc_inks_are_grey(const inc_inks *inks)
{
    return inks->grey;
}

unsigned inc_inks_limit(const inc_inks *inks)
{
    return inks->limit;
}

/* ---- single colours ---- */

/* Above the limit the coloured inks give way, in proportion: black carries the drawing. */
static inc_ink limited(inc_ink ink, unsigned limit)
{
    unsigned colors = ink.cyan + ink.magenta + ink.yellow;
    if (colors + ink.black <= limit)
        return ink;
    unsigned room = limit - ink.black;
    return (inc_ink){(uint8_t)(ink.cyan * room / colors), (uint8_t)(ink.magenta * room / colors), (uint8_t)(ink.yellow * room / colors), ink.black};
}

inc_ink inc_inks_of(const inc_inks *inks, inc_color color, unsigned *wanted)
{
    inc_ink ink = {0};
    if (inks->black_alone || (color.r == color.g && color.g == color.b))
        ink.black = (uint8_t)(100 - (inc_luma(color.r, color.g, color.b) * 100 + 127) / 255);
    else {
        uint8_t rgb[3] = {color.r, color.g, color.b};
        uint16_t out[4];
        cmsDoTransform(inks->exact, rgb, out, 1);
        uint8_t percent[4];
        for (int i = 0; i < 4; i++)
            percent[i] = (uint8_t)((out[i] * 100u + 32767) / 65535);
        ink = (inc_ink){percent[0], percent[1], percent[2], percent[3]};
    }
    if (wanted)
        *wanted = ink.cyan + ink.magenta + ink.yellow + (unsigned)ink.black;
    return limited(ink, inks->limit);
}

inc_color inc_ink_text_color(inc_color c)
{
    enum { DARK = 96, TOUCH = 40 }; /* the "blacks" of palettes, such as #1F2937 */
    uint8_t most = INC_MAX(c.r, INC_MAX(c.g, c.b)), least = INC_MIN(c.r, INC_MIN(c.g, c.b));
    if (most > DARK || most - least > TOUCH)
        return c;
    uint8_t grey = inc_luma(c.r, c.g, c.b);
    return (inc_color){grey, grey, grey, c.a};
}

/* ---- pictures ---- */

bool inc_inks_change(const inc_inks *inks, const inc_pixels *pixels)
{
    return pixels->color == INC_IMAGE_RGB || (pixels->color == INC_IMAGE_CMYK && inks->black_alone);
}

bool inc_inks_pixels(inc_inks *inks, inc_arena *arena, bool use_up, inc_pixels *pixels, unsigned *heaviest)
{
    inc_repaint paint = {.arena = arena, .use_up = use_up, .links = inks->black_alone ? NULL : inks->links, .limit = inks->limit};
    bool good = pixels->jpeg ? inc_jpeg_repaint(pixels, &paint) : inc_samples_repaint(pixels, &paint);
    *heaviest = paint.heaviest;
    return good;
}
