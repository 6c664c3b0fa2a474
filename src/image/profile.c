/* profile.c - the ICC profiles that pictures bring along (ICC.1, 7.2). */
#include <lcms2.h>
#include <stdlib.h>

#include "base/guard.h"
#include "image/internal.h"

enum { HEADER = 128, EMBEDDED_MAX = 4 << 20, CLOSE = 4 /* of 255 levels */ };

static bool header_fits(inc_str icc, inc_image_color color)
{
    static const char classes[][5] = {"mntr", "scnr", "spac", "prtr"};
    bool class_fits = false;
    if (icc.n < HEADER + 4 || icc.n > EMBEDDED_MAX || memcmp(icc.p + 36, "acsp", 4) != 0 || inc_be32(icc.p) > icc.n)
        return false;
    for (size_t i = 0; i < INC_COUNT(classes); i++)
        class_fits |= memcmp(icc.p + 12, classes[i], 4) == 0;
    unsigned version = (unsigned char)icc.p[8];
    return class_fits && memcmp(icc.p + 16, color == INC_IMAGE_CMYK ? "CMYK" : "RGB ", 4) == 0 && version >= 2 && version <= 4;
}

/* Colours all over the cube come out as they went in, as near as nothing. */
static bool changes_nothing(cmsHTRANSFORM to_srgb)
{
    static const uint8_t levels[] = {0, 32, 96, 160, 224, 255};
    for (size_t i = 0; i < INC_COUNT(levels) * INC_COUNT(levels) * INC_COUNT(levels); i++) {
        uint8_t in[3] = {levels[i % 6], levels[i / 6 % 6], levels[i / 36]}, out[3];
        cmsDoTransform(to_srgb, in, out, 1);
        for (int k = 0; k < 3; k++)
            if (abs(in[k] - out[k]) > CLOSE)
                return false;
    }
    return true;
}

inc_str inc_profile_of(inc_str icc, inc_image_color color)
{
    if (color == INC_IMAGE_GRAY || !icc.n || !header_fits(icc, color))
        return INC_STR("");
    icc.n = inc_be32(icc.p);
    cmsContext context = cmsCreateContext(NULL, NULL);
    if (!context)
        inc_out_of_memory();
    cmsHPROFILE from = cmsOpenProfileFromMemTHR(context, icc.p, (cmsUInt32Number)icc.n), srgb = cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM link = from && srgb ? cmsCreateTransformTHR(context, from, color == INC_IMAGE_CMYK ? TYPE_CMYK_8 : TYPE_RGB_8, srgb, TYPE_RGB_8,
                                                              INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE)
                                      : NULL;
    bool useful = link && (color == INC_IMAGE_CMYK || !changes_nothing(link));
    if (link)
        cmsDeleteTransform(link);
    if (from)
        cmsCloseProfile(from);
    if (srgb)
        cmsCloseProfile(srgb);
    cmsDeleteContext(context);
    return useful ? icc : INC_STR("");
}
